"""The team: members with their level and their strips over time, and the team by dimension.

As with cards, whoever reads an assessment asks first who may see it. The scores of the panel that hired a member are
their baseline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import SOLID, TeamStanding, on_yardstick, standing
from app.domain.guide import Guide, GuideLevel
from app.domain.guide_diff import GuideChange, difference
from app.domain.offer import OfferStatus
from app.domain.readiness import LevelCell, Readiness
from app.queries.guide_choice import GuideChoice, guide_choices
from app.queries.lists import ColleagueRow, colleague_rows
from app.records.calibration import JudgedMember, judged_members
from app.records.hire import MemberEvidence, hired_by, interview_facts
from app.records.member import newest_growth_plan
from app.records.member_level import levels_on
from app.records.plan import rubric_of
from app.records.promotions import PromotionWaiting, promotions_waiting
from app.records.strip import StripCell
from app.records.visibility import assessment_sealings, sealing_of
from app.store.columns import aliased, rows_of, rows_with
from app.store.guide import guide_number, newest_guide, read_guide
from app.store.tables import Application, Candidate, Colleague, Opening
from app.store.tables_calibration import CalibrationResult
from app.store.tables_growth import Calibration, LevelSpell, Member, Proposal
from app.store.tables_offer import Offer
from app.store.workspace import Workspace


@dataclass(frozen=True)
class StripThen:
    """A member's strip as it was: from the hire (`cycle` None) or a calibration, against a level, on a day.

    `word` is what the rule said of them then, `outcome` what was decided. `names` are those of its dimensions, `guide`
    the name of the guide it was scored by; empty for a panel, which scores on the yardstick's anchors.
    """

    on: date
    cycle: int | None
    words: str
    level: str
    cells: tuple[StripCell, ...]
    word: Readiness | None = None
    outcome: str = ""
    names: tuple[str, ...] = ()
    guide: str = ""


@dataclass(frozen=True)
class Spell:
    """A level that was held from a day on."""

    id: int
    level: str
    title: str
    since: date | None
    reason: str


@dataclass(frozen=True)
class MemberRow:
    """One member. `strips` are newest first; the list shows the first one. `guide` is the name of their guide."""

    id: int
    colleague: int
    name: str
    role: str
    level: str
    title: str
    level_since: date | None
    manager: int | None
    manager_name: str
    started_on: date | None
    left_on: date | None
    application: int | None
    strips: tuple[StripThen, ...]
    guide: str
    track: str = ""
    second: int | None = None
    second_name: str = ""

    @property
    def latest(self) -> StripThen | None:
        """The strip of the latest assessments, or of the hire."""
        return self.strips[0] if self.strips else None


@dataclass(frozen=True)
class TeamDimension:
    """One dimension over the team on the yardstick's anchors: how many members have a score, and who is solid."""

    dimension: str
    name: str
    looked: int
    solid: tuple[str, ...]
    standing: TeamStanding


@dataclass(frozen=True)
class Joining:
    """Somebody who accepted an offer here and is no member yet."""

    application: int
    name: str
    role: str
    level: str
    starts_on: date | None


@dataclass(frozen=True)
class TeamView:
    """The whole team as the workspace's user may see it; `guide` is None in a workspace that has none yet.

    `by_guide` has for each guide that members are on, by its name, the team by dimension.
    """

    guide: Guide | None
    members: tuple[MemberRow, ...]
    by_guide: tuple[tuple[str, tuple[TeamDimension, ...]], ...]
    joining: tuple[Joining, ...]
    colleagues: tuple[ColleagueRow, ...]
    guides: tuple[GuideChoice, ...] = ()

    @property
    def dimensions(self) -> tuple[TeamDimension, ...]:
        """The team by dimension, in the guide with most members."""
        return self.by_guide[0][1] if self.by_guide else ()


@dataclass(frozen=True)
class NewerGuide:
    """A newer version of a member's guide, and what it changes about their level."""

    version: int
    changed: tuple[GuideChange, ...]
    has_level: bool


@dataclass(frozen=True)
class MemberView:
    """One member with levels over time and what the panel that hired them wrote down.

    `version` is the number of their version of the guide, `newer` the newest where that is another one. `plan` is the
    target of their growth plan: None without a plan, and their own level where they stay and deepen. `promotion` is
    one that was decided, while its level was not given.
    """

    row: MemberRow
    guide: Guide
    version: int
    newer: NewerGuide | None
    plan: str | None
    spells: tuple[Spell, ...]
    interview: tuple[MemberEvidence, ...]
    guides: tuple[GuideChoice, ...] = ()
    guide_id: int = 0
    promotion: PromotionWaiting | None = None
    mail: str = ""


def team_page(workspace: Workspace) -> TeamView:
    """Everybody on the team, by name."""
    colleagues = colleague_rows(workspace)
    with workspace.read() as connection:
        newest = newest_guide(connection)
        if newest is None:
            return TeamView(None, (), (), joining(connection), colleagues)
        rows = _rows(connection, workspace)
        kept = _guides_kept(connection, rows)
        by_guide = tuple((g.name, _dimensions([r for r in rows if r.guide == g.name], g)) for g in kept)
        guide = kept[0] if kept else read_guide(connection, newest)
        return TeamView(guide, rows, by_guide, joining(connection), colleagues, guide_choices(connection))


def _guides_kept(connection: Connection, rows: Sequence[MemberRow]) -> list[Guide]:
    """The guides that members are on, each in the version of its latest member; the one with most members first."""
    query = select(col(Member.guide_id)).order_by(col(Member.id).desc())
    found: dict[str, Guide] = {}
    for version in connection.execute(query).scalars():
        guide = read_guide(connection, version)
        found.setdefault(guide.name, guide)
    here = Counter(r.guide for r in rows if r.left_on is None)
    return sorted(found.values(), key=lambda g: -here[g.name])


def member_page(workspace: Workspace, member: int) -> MemberView | None:
    """One member; None where there is none."""
    with workspace.read() as connection:
        found = _rows(connection, workspace, member)
        if not found:
            return None
        guide_id = connection.execute(select(col(Member.guide_id)).where(col(Member.id) == member)).scalar_one()
        guide = read_guide(connection, guide_id)
        version, newer = guide_number(connection, guide_id), _newer(connection, guide_id, found[0].level)
        titles = {known.id: known.title for known in guide.levels}
        spells = (
            select(col(LevelSpell.id), col(LevelSpell.level), col(LevelSpell.since), col(LevelSpell.reason))
            .where(col(LevelSpell.member_id) == member)
            .order_by(col(LevelSpell.since), col(LevelSpell.id))
        )
        held = tuple(
            Spell(number, level, titles.get(level, level), since, reason)
            for number, level, since, reason in connection.execute(spells)
        )
        hired = found[0].application
        is_open = hired is not None and workspace.me is not None and sealing_of(connection, hired).open_to(workspace.me)
        interview = interview_facts(connection, member) if is_open else ()
        plan = _planned(connection, found[0])
        guides = guide_choices(connection)
        promoted = next(iter(promotions_waiting(connection, workspace.me, member)), None)
        mail = connection.execute(
            select(col(Colleague.mail)).where(col(Colleague.id) == found[0].colleague)
        ).scalar_one()
        return MemberView(found[0], guide, version, newer, plan, held, interview, guides, guide_id, promoted, mail)


def _newer(connection: Connection, guide_id: int, level: str) -> NewerGuide | None:
    guide = read_guide(connection, guide_id)
    newest = newest_guide(connection, guide.name)
    if newest is None or newest == guide_id:
        return None
    after = read_guide(connection, newest)
    changed = tuple(c for c in difference(guide, after) if c.level == level)
    return NewerGuide(guide_number(connection, newest), changed, any(one.id == level for one in after.levels))


def _planned(connection: Connection, row: MemberRow) -> str | None:
    plan = newest_growth_plan(connection, row.id)
    return None if plan is None else plan.target or row.level


def _rows(connection: Connection, workspace: Workspace, member: int | None = None) -> tuple[MemberRow, ...]:
    manager, second = aliased(Colleague), aliased(Colleague)
    query = (
        select(col(Colleague.name), col(Colleague.role), col(manager.name), col(second.name))
        .select_from(Member)
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .outerjoin(manager, col(manager.id) == col(Member.manager_id))
        .outerjoin(second, col(second.id) == col(Member.second_manager_id))
        .order_by(col(Member.left_on).is_not(None), col(Colleague.name), col(Member.id))
    )
    if member is not None:
        query = query.where(col(Member.id) == member)
    rows = rows_with(connection, query, Member)
    strips = _strips(connection, workspace, [row for row, *_ in rows])
    levels = levels_on(connection, workspace.today(), [row.id for row, *_ in rows])
    found = []
    for row, name, role, manager_name, second_name in rows:
        guide = read_guide(connection, row.guide_id)
        titles = {known.id: known.title for known in guide.levels}
        level, since = levels[row.id]
        found.append(
            MemberRow(
                row.id,
                row.colleague_id,
                name,
                role,
                level,
                titles.get(level, level),
                since,
                row.manager_id,
                manager_name or "",
                row.started_on,
                row.left_on,
                row.application_id,
                strips[row.id],
                guide.name,
                next((track.name for track in guide.tracks if level in track.order), ""),
                row.second_manager_id,
                second_name or "",
            )
        )
    return tuple(found)


def _strips(connection: Connection, workspace: Workspace, rows: Sequence[Member]) -> dict[int, tuple[StripThen, ...]]:
    """By member, newest first: each calibration with anything to see, then the hire."""
    members = [row.id for row in rows]
    found: dict[int, list[StripThen]] = {m: [] for m in members}
    for calibration in rows_of(connection, Calibration, order_by=[col(Calibration.id).desc()]):
        sealings = assessment_sealings(connection, calibration.id, members)
        outcomes = _outcomes_of(connection, calibration.id)
        for one in judged_members(connection, calibration.id, members):
            is_open = workspace.me is not None and sealings[one.member].open_to(workspace.me)
            strip = _strip_then(workspace, calibration, one, outcomes.get(one.proposal, ""), is_open=is_open)
            if strip is not None:
                names = tuple(one.guide.dimension(c.dimension).short for c in strip.cells)
                found[one.member].append(replace(strip, names=names, guide=one.guide.name))
    for row in rows:
        hire = _hire_strip(connection, workspace, row)
        if hire is not None:
            found[row.id].append(hire)
    return {m: tuple(strips) for m, strips in found.items()}


def _strip_then(
    workspace: Workspace, calibration: Calibration, one: JudgedMember, outcome: str, *, is_open: bool
) -> StripThen | None:
    newest = max((g.submitted_at for g in one.newest), default=None)
    if newest is None:
        return None
    moment = calibration.closed_at or newest
    return StripThen(
        moment.astimezone(workspace.zone).date(),
        calibration.id,
        calibration.name,
        one.target,
        tuple(strip_cell(c, sealed=not is_open) for c in one.verdict.cells),
        one.verdict.word if is_open else None,
        outcome if is_open else "",
    )


def strip_cell(cell: LevelCell, *, sealed: bool = False) -> StripCell:
    """A cell of a level as the strip shows it; sealed where it has a score that may not be seen yet."""
    if sealed:
        return StripCell(cell.dimension, cell.bar or 3, sealed=bool(cell.scores))
    return StripCell(cell.dimension, cell.bar or 3, cell.low, cell.high)


def _outcomes_of(connection: Connection, calibration: int) -> dict[int, str]:
    query = (
        select(col(CalibrationResult.proposal_id), col(CalibrationResult.outcome))
        .select_from(CalibrationResult)
        .join(Proposal, col(Proposal.id) == col(CalibrationResult.proposal_id))
        .where(col(Proposal.cycle_id) == calibration)
        .order_by(col(CalibrationResult.id))
    )
    return dict(connection.execute(query).all())


def _hire_strip(connection: Connection, workspace: Workspace, member: Member) -> StripThen | None:
    """The panel's strip of the application a member was hired by; None without one, without scores, and while its cards
    are sealed to the workspace's user."""
    hired = hired_by(connection, workspace, member.application_id, member.started_on)
    if hired is None or not any(scores for _, scores in hired.scores):
        return None
    cells = tuple(StripCell(dimension, hired.bar, low, high) for dimension, low, high in hired.cells)
    shorts = {d.id: d.short for d in rubric_of(connection, hired.application).dimensions}
    names = tuple(shorts.get(c.dimension, c.dimension) for c in cells)
    return StripThen(hired.on, None, "", hired.level, cells, names=names)


def _dimensions(rows: Sequence[MemberRow], guide: Guide) -> tuple[TeamDimension, ...]:
    levels = {known.id: known for known in guide.levels}
    found = []
    for dimension in guide.dimensions:
        places: list[int] = []
        solid: list[str] = []
        for row in rows:
            at = _place(row, dimension.id, levels) if row.left_on is None else None
            if at is not None:
                places.append(at)
                solid += [row.name] * (at >= SOLID)
        found.append(TeamDimension(dimension.id, dimension.short, len(places), tuple(solid), standing(places)))
    return tuple(found)


def _place(row: MemberRow, dimension: str, levels: Mapping[str, GuideLevel]) -> int | None:
    """A member's latest score on the yardstick's anchors. A panel scores on these, an assessment on the level's own
    sentence."""
    strip = row.latest
    score = next((c.score for c in strip.cells if c.dimension == dimension), None) if strip is not None else None
    if strip is None or score is None or strip.cycle is None:
        return score
    if strip.guide != row.guide:
        return None  # another guide's level may have the same name
    asked = levels[strip.level].cells.get(dimension) if strip.level in levels else None
    if asked is None or asked.bar is None:
        return None
    return on_yardstick(score, asked.bar, asked.ref or asked.bar)


def joining(connection: Connection) -> tuple[Joining, ...]:
    """Who accepted an offer and is no member yet, the next to start first."""
    taken = select(col(Member.id)).where(col(Member.application_id) == col(Offer.application_id)).exists()
    query = (
        select(
            col(Offer.application_id), col(Candidate.name), col(Opening.role), col(Offer.level), col(Offer.starts_on)
        )
        .select_from(Offer)
        .join(Application, col(Application.id) == col(Offer.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Offer.status) == OfferStatus.ACCEPTED, ~taken)
        .order_by(col(Offer.starts_on), col(Offer.id))
    )
    return tuple(Joining(*row) for row in connection.execute(query))
