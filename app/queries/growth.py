"""Growth plans as their page and their list show them: gaps, goals, evidence, check-ins, and assessments over time.

Assessments come through `records.assessment_groups`, which asks who may see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.gap_sources import topics_of
from app.domain.growth import Gap, Months, Suggestion, evidence_by_month, months_until, rerating_due, suggestions
from app.domain.guide import Guide
from app.domain.readiness import Readiness
from app.domain.rubric import Rubric
from app.queries.growth_parts import (
    CheckInView,
    GoalView,
    GrowthEvidence,
    Origin,
    facts_of,
    goals_of,
    own_note_on_plan,
    talks_of,
)
from app.queries.settled import Settled, settled_for
from app.records.assessment_groups import AssessmentGroup, groups_of
from app.records.gaps import gaps_against, is_assessed
from app.records.hire import Hired, hired_by
from app.records.member import MemberToday, member_today, newest_growth_plan
from app.records.member_rubric import first_year_of, rubric_of_member
from app.store.guide import read_guide
from app.store.rubric import read_pack
from app.store.tables import Colleague
from app.store.tables_growth import GrowthPlan, Member
from app.store.workspace import Workspace


@dataclass(frozen=True)
class LevelChoice:
    """A level of the guide as a target. `way` is the guide's name for the step from the member's level: promotion,
    track_change, return, or "" for none."""

    id: str
    title: str
    track: str
    way: str


@dataclass(frozen=True)
class GrowthRow:
    """A member in the list, with their plan where they have one. `cells` are the gaps against its target.

    `from_hire` says that they are the panel's first scores, `assessed` that there is any score in them.
    """

    member: int
    name: str
    level: str
    title: str
    target: str | None
    plan: int | None
    cells: tuple[Gap, ...]
    narrow: tuple[str, ...]
    open_goals: int
    next_talk: date | None
    rerate_on: date | None
    against: str
    from_hire: bool
    assessed: bool


@dataclass(frozen=True)
class Topic:
    """A first thing to grow in: a dimension the panel scored under its bar, with what it wrote down on it."""

    dimension: str
    facts: tuple[GrowthEvidence, ...]


@dataclass(frozen=True)
class GrowthView:
    """One member's growth. Without a plan, `plan` is None and the gaps are against their own level.

    `against` is the level of the gaps, `level_known` whether the guide has it. `readiness` and `outcome` are those of
    the calibration the gaps come from, `settled_by` is the version of the guide it used where that differs for this
    level, `raters` are its raters and `session_on` is the day of the session whose second scores are in the gaps.
    `from_hire` says that nobody has assessed the member: the gaps are then the panel's first scores, which are for the
    manager and in no packet. `behind` says that plan and member are on different versions of the guide. `settled` is
    what the newest calibration left open and no goal is about.
    """

    member: int
    name: str
    started_on: date | None
    level: str
    title: str
    plan: int | None
    target: str | None
    against: str
    against_title: str
    way: str
    agreed_on: date | None
    private_note: str
    guide: Guide
    guide_version: int
    choices: tuple[LevelChoice, ...]
    gaps: tuple[Gap, ...]
    raters: tuple[str, ...]
    assessed_on: date | None
    rerate_on: date | None
    occasions: tuple[AssessmentGroup, ...]
    hired: Hired | None
    goals: tuple[GoalView, ...]
    talks: tuple[CheckInView, ...]
    facts: tuple[GrowthEvidence, ...]
    months: tuple[date, ...]
    by_month: tuple[Months, ...]
    year_begun: bool = False
    readiness: Readiness | None = None
    outcome: str = ""
    settled_by: int | None = None
    from_hire: bool = False
    level_known: bool = True
    behind: bool = False
    session_on: date | None = None
    settled: Settled | None = None
    kpis: tuple[tuple[str, str], ...] = field(default=())

    @property
    def open_goals(self) -> tuple[GoalView, ...]:
        """The goals that are being worked on."""
        return tuple(g for g in self.goals if g.state == "open")

    @property
    def next_talk(self) -> CheckInView | None:
        """The next check-in of the current plan."""
        waiting = [t for t in self.talks if t.plan is not None and t.plan == self.plan and t.held_on is None]
        return min(waiting, key=lambda t: (t.due_on or date.max, t.id), default=None)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Suggestions from the interviews while nobody has assessed the member, without dimensions that have a goal."""
        taken = {g.dimension for g in self.goals}
        wanted = [d for d in topics_of(self.gaps) if d not in taken] if self.from_hire else []
        heard = [f for f in self.facts if f.origin is Origin.PANEL]
        return tuple(Topic(d, tuple(f for f in heard if f.dimension == d)) for d in wanted)

    def gap(self, dimension: str) -> Gap:
        """The gap of a dimension. Raises KeyError for one that the guide does not have."""
        found = [g for g in self.gaps if g.dimension == dimension]
        if not found:
            raise KeyError(dimension)
        return found[0]


@dataclass(frozen=True)
class TrackView:
    """One of two levels side by side: its sentences, and the member's gaps against them."""

    level: str
    title: str
    track: str
    assessed_on: date | None
    gaps: tuple[Gap, ...]
    expects: tuple[str, ...]


def growth_rows(workspace: Workspace) -> tuple[GrowthRow, ...]:
    """Every member who has not left, by name; those with a plan first."""
    with workspace.read() as connection:
        query = (
            select(col(Member.id))
            .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
            .where(col(Member.left_on).is_(None))
            .order_by(col(Colleague.name), col(Member.id))
        )
        members = connection.execute(query).scalars().all()
        rows = [_row(connection, workspace, member) for member in members]
    return tuple(sorted(rows, key=lambda r: r.plan is None))


@dataclass(frozen=True)
class _Ground:
    """What every view of a member's growth starts from: their row with today's level, the current plan, and the version
    of the guide and the level of their gaps."""

    member: MemberToday
    name: str
    plan: GrowthPlan | None
    version: int
    guide: Guide
    against: str

    @property
    def plan_id(self) -> int | None:
        return self.plan.id if self.plan is not None else None

    @property
    def target(self) -> str | None:
        return self.plan.target if self.plan is not None else None


def _ground(connection: Connection, workspace: Workspace, member: int) -> _Ground:
    known, plan = member_today(connection, workspace, member), newest_growth_plan(connection, member)
    version = plan.guide_id if plan is not None else known.guide_id
    against = (plan.target if plan is not None else None) or known.level
    return _Ground(known, known.name, plan, version, read_guide(connection, version), against)


def _row(connection: Connection, workspace: Workspace, member: int) -> GrowthRow:
    known = _ground(connection, workspace, member)
    every = groups_of(connection, workspace, member)
    hired = None
    if not is_assessed(every):
        hired = hired_by(connection, workspace, known.member.application_id, known.member.started_on)
    found = gaps_against(connection, workspace, member, known.version, known.against, every, hired)
    talks = talks_of(connection, member, workspace.me) if known.plan is not None else ()
    waiting = [t.due_on for t in talks if t.plan == known.plan_id and t.held_on is None and t.due_on]
    goals = goals_of(connection, known.plan.id) if known.plan is not None else ()
    return GrowthRow(
        member=member,
        name=known.name,
        level=known.member.level,
        title=_title(known.guide, known.member.level),
        target=known.target,
        plan=known.plan_id,
        cells=found.gaps,
        narrow=tuple(d.narrow for d in known.guide.dimensions),
        open_goals=sum(g.state == "open" for g in goals),
        next_talk=min(waiting, default=None),
        rerate_on=rerating_due(found.assessed_on),
        against=known.against,
        from_hire=found.from_hire,
        assessed=any(g.scores for g in found.gaps),
    )


def growth_page(workspace: Workspace, member: int) -> GrowthView:
    """One member's growth. Raises NotFound."""
    with workspace.read() as connection:
        known = _ground(connection, workspace, member)
        guide = known.guide
        every = groups_of(connection, workspace, member)
        hired = hired_by(connection, workspace, known.member.application_id, known.member.started_on)
        found = gaps_against(connection, workspace, member, known.version, known.against, every, hired)
        facts = facts_of(connection, member, every, hired, workspace.me)
        months = months_until(workspace.today())
        core = [g.dimension for g in found.gaps if g.core]
        rubric = _rubric(connection, member)
        return GrowthView(
            member=member,
            name=known.name,
            started_on=known.member.started_on,
            level=known.member.level,
            title=_title(guide, known.member.level),
            plan=known.plan_id,
            target=known.target,
            against=known.against,
            against_title=_title(guide, known.against),
            way=_way(guide, known.member.level, known.against),
            agreed_on=known.plan.agreed_on if known.plan is not None else None,
            private_note=own_note_on_plan(connection, known.plan.id, workspace.me) if known.plan is not None else "",
            guide=guide,
            guide_version=known.version,
            choices=_choices(guide, known.member.level),
            gaps=found.gaps,
            year_begun=first_year_of(connection, member) is not None,
            readiness=found.readiness,
            outcome=found.outcome,
            settled_by=found.settled_by,
            from_hire=found.from_hire,
            level_known=found.known,
            behind=known.version != known.member.guide_id,
            session_on=found.session_on,
            settled=settled_for(connection, workspace, member),
            raters=found.raters,
            assessed_on=found.assessed_on,
            rerate_on=rerating_due(found.assessed_on),
            occasions=tuple(o for o in every if read_guide(connection, o.guide).name == guide.name),
            hired=hired,
            goals=goals_of(connection, known.plan.id) if known.plan is not None else (),
            talks=talks_of(connection, member, workspace.me),
            facts=facts,
            months=months,
            by_month=evidence_by_month(core, [(f.dimension, f.on) for f in facts], months, guide.needs.min_months_core),
            kpis=tuple((k.id, f"{k.name}: {k.target}") for k in rubric.kpis) if rubric is not None else (),
        )


def suggested(workspace: Workspace, member: int, dimension: str) -> tuple[Suggestion, ...]:
    """What the guide and the pack say on a dimension at the level the member grows towards. Raises NotFound."""
    with workspace.read() as connection:
        known = _ground(connection, workspace, member)
        rubric = _rubric(connection, member)
    if not _has(known.guide, known.against):
        return ()
    return suggestions(known.guide, known.against, dimension, rubric)


def _rubric(connection: Connection, member: int) -> Rubric | None:
    version = rubric_of_member(connection, member)
    return read_pack(connection, version).rubric if version is not None else None


def compare_tracks(workspace: Workspace, member: int, levels: Sequence[str]) -> tuple[TrackView, ...]:
    """Levels side by side, each with the member's gaps. Raises NotFound, and KeyError for a level not in the guide."""
    with workspace.read() as connection:
        known = _ground(connection, workspace, member)
        every = groups_of(connection, workspace, member)
        made = []
        for level in levels:
            here = known.guide.level(level)
            found = gaps_against(connection, workspace, member, known.version, level, every)
            cells = [here.cells.get(d) for d in known.guide.dimension_ids]
            made.append(
                TrackView(
                    level=level,
                    title=here.title,
                    track=here.track,
                    assessed_on=found.assessed_on,
                    gaps=found.gaps,
                    expects=tuple(c.expect if c is not None else "" for c in cells),
                )
            )
        return tuple(made)


def _choices(guide: Guide, level: str) -> tuple[LevelChoice, ...]:
    ordered = [guide.level(one) for track in guide.tracks for one in track.order]
    names = {t.id: t.name for t in guide.tracks}
    return tuple(LevelChoice(o.id, o.title, names[o.track], _way(guide, level, o.id)) for o in ordered)


def _way(guide: Guide, level: str, target: str) -> str:
    return next((t.kind for t in guide.transitions if (t.from_, t.to) == (level, target)), "")


def _title(guide: Guide, level: str) -> str:
    return guide.level(level).title if _has(guide, level) else level


def _has(guide: Guide, level: str) -> bool:
    return any(known.id == level for known in guide.levels)
