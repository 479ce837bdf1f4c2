"""All facts of a promotion packet, as one value. Pay, age, leave and hours are not among them, and tenure only where
its calibration says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.calibration import MOST_STORIES
from app.domain.guide import EvidenceNeeded, GuideDimension, GuideLevel
from app.domain.panel import State
from app.errors import NotFound, NotYet
from app.queries.calibration import CalibrationMember, CalibrationView, page_in
from app.queries.calibration_outcome import OutcomeFacts
from app.records.calibration import JudgedMember
from app.records.member_level import levels_on
from app.records.submitted_assessments import SubmittedAssessment
from app.store.tables_goals import Goal
from app.store.tables_growth import GrowthPlan, Member, Proposal
from app.store.workspace import Workspace
from app.words import tr

STRONGEST = 3
"""So many facts for the level stand on page one."""
Window = tuple[date | None, date | None]


@dataclass(frozen=True)
class StoryFacts:
    """A piece of work in a rater's words, with its evidence from inside the calibration's dates."""

    dimension: str
    by: str
    words: str
    facts: tuple[tuple[date | None, str, str], ...]


@dataclass(frozen=True)
class StrongFact:
    """One of the facts a reader begins with: when, what, on which dimension, seen by whom."""

    on: date
    text: str
    dimension: str
    by: str
    source: str


@dataclass(frozen=True)
class PromotionFacts:
    """Everything a promotion packet prints; `as_of` is the time of its newest fact.

    `strongest` are at most three facts for the level; `tenure` is since when they hold their level and their first day,
    None where the calibration does not print it. `chosen` says that somebody chose the work stories. `level` is the
    member's when the session began, `now` that level in the calibration's guide, None where the guide does not have it.
    `goals` has by dimension the number of the open goal of the member's plan that is about it.
    """

    name: str
    manager: str
    cycle: str
    way: str
    level: str
    now: GuideLevel | None
    target: GuideLevel
    dimensions: tuple[GuideDimension, ...]
    window: Window
    session_on: date | None
    judged: JudgedMember
    stories: tuple[StoryFacts, ...]
    chosen: bool
    note: str
    outcomes: tuple[OutcomeFacts, ...]
    goals: tuple[tuple[str, int], ...]
    needs: EvidenceNeeded
    guide_version: int
    as_of: datetime
    zone: tzinfo
    paper: str
    strongest: tuple[StrongFact, ...] = ()
    tenure: tuple[date | None, date | None] | None = None

    def short(self, dimension: str) -> str:
        """A dimension by its everyday name."""
        return next(d.short for d in self.dimensions if d.id == dimension)

    def of(self, relation: Relation) -> tuple[SubmittedAssessment, ...]:
        """The assessments against the proposed level by raters of one relation to the member."""
        return tuple(g for g in self.against if g.content.relation is relation)

    @property
    def against(self) -> tuple[SubmittedAssessment, ...]:
        """The assessments against the proposed level, the member's own among them."""
        return tuple(g for g in self.judged.newest if g.content.level == self.target.id)

    def goal(self, dimension: str) -> int | None:
        """The number of the goal that is about a dimension, None without one."""
        return dict(self.goals).get(dimension)

    def inside(self, on: date | None) -> bool:
        """Whether a day is inside the calibration's dates, so that what happened on it counts."""
        return _inside(self.window, on)


def promotion_facts(workspace: Workspace, member: int, calibration: int | None = None) -> PromotionFacts:
    """The packet of a member in a calibration, the newest without. Raises NotFound, NotYet while it is sealed."""
    with workspace.read() as connection:
        chosen = calibration if calibration is not None else _newest_of(connection, member)
        page = page_in(connection, workspace, chosen)
        one = next((m for m in page.members if m.member == member), None)
        if one is None:
            raise NotFound(tr("Member {id} is not in this calibration.").format(id=member))
        if one.judged is None:
            raise NotYet(
                tr("The assessments of {name} are sealed to you.").format(name=one.name),
                tr("They open once every one that was asked for is in."),
            )
        goals = _goals_of(connection, member)
        tenure = _tenure(connection, workspace.today(), member) if page.tenure else None
    facts = _facts(workspace, page, one, one.judged, goals)
    return replace(facts, strongest=_strongest(facts), tenure=tenure)


def _tenure(connection: Connection, today: date, member: int) -> tuple[date | None, date | None]:
    started = connection.execute(select(col(Member.started_on)).where(col(Member.id) == member)).scalar()
    return levels_on(connection, today, [member])[member][1], started


def _strongest(facts: PromotionFacts) -> tuple[StrongFact, ...]:
    """The newest dated fact of each chosen story, in their order; where nobody chose, of the cells that meet their bar,
    core ones first and of those the ones with most dated facts."""
    found = []
    for story in facts.stories if facts.chosen else ():
        dated = [(on, text, source) for on, text, source in story.facts if on is not None]
        if dated:
            on, text, source = max(dated)
            found.append(StrongFact(on, text, story.dimension, story.by, source))
    if not facts.chosen:
        seen = []
        for cell in facts.judged.verdict.cells:
            inside = [
                StrongFact(f.on, f.text, cell.dimension, given.name, f.source)
                for given in facts.judged.counted
                for f in given.content.rating(cell.dimension).facts
                if f.on is not None and facts.inside(f.on)
            ]
            if cell.state is State.MET and inside:
                seen.append((not cell.core, -len(inside), max(inside, key=lambda one: one.on)))
        found = [newest for *_, newest in sorted(seen, key=lambda one: one[:2])]
    return tuple(found[:STRONGEST])


def _newest_of(connection: Connection, member: int) -> int:
    query = select(col(Proposal.cycle_id)).where(col(Proposal.member_id) == member).order_by(col(Proposal.id).desc())
    found = connection.execute(query.limit(1)).scalar()
    if found is None and connection.execute(select(col(Member.id)).where(col(Member.id) == member)).scalar() is None:
        raise NotFound(tr("There is no member {id}.").format(id=member))
    if found is None:
        raise NotFound(tr("Member {id} stands in no calibration.").format(id=member), tr("Propose a level for them."))
    return found


def _goals_of(connection: Connection, member: int) -> tuple[tuple[str, int], ...]:
    """By dimension the first open goal of the plan that holds, by its number in it."""
    newest = (
        select(col(GrowthPlan.id))
        .where(col(GrowthPlan.member_id) == member, col(GrowthPlan.ended_on).is_(None))
        .order_by(col(GrowthPlan.id).desc())
    )
    plan = connection.execute(newest.limit(1)).scalar()
    query = select(col(Goal.state), col(Goal.dimension)).where(col(Goal.plan_id) == plan)
    found: dict[str, int] = {}
    rows = connection.execute(query.order_by(col(Goal.position), col(Goal.id)))
    for number, (state, dimension) in enumerate(rows, start=1):
        if state == "open":
            found.setdefault(dimension, number)
    return tuple(found.items())


def _facts(
    workspace: Workspace,
    page: CalibrationView,
    one: CalibrationMember,
    judged: JudgedMember,
    goals: tuple[tuple[str, int], ...],
) -> PromotionFacts:
    ways = [w.kind for w in one.guide.transitions if (w.from_, w.to) == (one.level, one.target)]
    window = (page.window_from, page.window_to)
    known = {level.id: level for level in one.guide.levels}
    moments = [g.submitted_at for g in judged.newest] + [v.at for v in judged.votes] + [o.at for o in one.outcomes]
    session = page.started_at.astimezone(workspace.zone).date() if page.started_at is not None else None
    return PromotionFacts(
        name=one.name,
        manager=one.manager_name,
        cycle=page.name,
        way=str(ways[0]) if ways else "",
        level=one.level,
        now=known.get(one.level),
        target=known[one.target],
        dimensions=one.guide.dimensions,
        window=window,
        session_on=session,
        judged=judged,
        stories=_chosen(one, judged, window) if one.stories else _stories(judged, window),
        chosen=bool(one.stories),
        note=one.note,
        outcomes=one.outcomes,
        goals=goals,
        needs=one.guide.needs,
        guide_version=one.number,
        as_of=max([*moments, *([page.started_at] if page.started_at is not None else [])]),
        zone=workspace.zone,
        paper=workspace.settings.paper,
    )


def _chosen(one: CalibrationMember, judged: JudgedMember, window: Window) -> tuple[StoryFacts, ...]:
    """Those that were chosen, in their order."""
    raters = {g.rater: g for g in judged.counted}
    return tuple(_story(raters[rater], dimension, window) for dimension, rater in one.stories if rater in raters)


def _story(given: SubmittedAssessment, dimension: str, window: Window) -> StoryFacts:
    rating = given.content.rating(dimension)
    facts = tuple((f.on, f.text, f.source) for f in rating.facts if _inside(window, f.on))
    return StoryFacts(dimension, given.name, rating.words, facts)


def _inside(window: Window, on: date | None) -> bool:
    return on is not None and (window[0] or date.min) <= on <= (window[1] or date.max)


def _stories(judged: JudgedMember, window: Window) -> tuple[StoryFacts, ...]:
    """Of each core cell the story with most evidence, up to four, those with most evidence first."""
    found = []
    for cell in judged.verdict.cells:
        tellings = [_story(g, cell.dimension, window) for g in judged.counted if cell.core]
        told = [story for story in tellings if story.facts and story.words.strip()]
        if told:
            found.append(max(told, key=lambda story: len(story.facts)))
    return tuple(sorted(found, key=lambda s: (-len(s.facts), -len(s.words)))[:MOST_STORIES])
