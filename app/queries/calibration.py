"""A calibration as its page shows it: members by dimensions against the level proposed, the session, past ones beside.

Everything an assessment says starts with who may see it (`records.visibility`): a member whose assessments are
sealed to me is a row of sealed cells, with how many are in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from app.domain.assessment import Relation
from app.domain.calibration import DISTRIBUTION_FROM, AgendaProposal, AgendaTurn, CalibrationState, session_agenda
from app.domain.guide import Guide
from app.domain.panel import State
from app.domain.readiness import Movement, Readiness, movement
from app.domain.scorecard import CardState, Sealing
from app.records.calibration import JudgedMember, cycle_row, judged_members, level_then, manager_then
from app.records.member_level import levels_on
from app.records.visibility import assessment_sealings
from app.store.columns import table_of
from app.store.guide import guide_number, read_guide
from app.store.tables import Colleague
from app.store.tables_growth import (
    Assessment,
    Calibration,
    CalibrationDissent,
    CalibrationResult,
    GuideVersion,
    Member,
    Proposal,
    WorkStory,
)
from app.store.workspace import Workspace

_cycles, _proposals, _members = table_of(Calibration), table_of(Proposal), table_of(Member)
_versions = table_of(GuideVersion)
_colleagues, _assessments = table_of(Colleague), table_of(Assessment)
_outcomes, _dissents, _stories = table_of(CalibrationResult), table_of(CalibrationDissent), table_of(WorkStory)
PAST = 2
"""How many earlier calibrations stand beside this one."""


@dataclass(frozen=True)
class OutcomeFacts:
    """What was decided on a proposal, what the rule said then, and who disagreed."""

    id: int
    outcome: str
    reason: str
    change_reason: str
    readiness: str
    by: str
    at: datetime
    dissents: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RaterSeat:
    """Somebody who was asked about a member, and whether theirs is in. `level` is what they were asked against: another
    one than is proposed where they were not asked anew."""

    assessment: int
    rater: int
    name: str
    relation: Relation
    level: str
    is_in: bool
    mine: bool


@dataclass(frozen=True)
class CalibrationMember:
    """One member; `judged` is None while their assessments are sealed to me. `level` and `manager` are
    what they were when the session began, and what they are until then. `stories` are the work stories chosen for their
    packet, each a dimension and who tells it."""

    proposal: int
    member: int
    name: str
    level: str
    target: str
    manager: int | None
    manager_name: str
    anchor: bool
    note: str
    draft: str
    talked_at: datetime | None
    talked_again_at: datetime | None
    sealing: Sealing
    seats: tuple[RaterSeat, ...]
    judged: JudgedMember | None
    outcomes: tuple[OutcomeFacts, ...]
    stories: tuple[tuple[str, int], ...] = ()

    @property
    def outcome(self) -> OutcomeFacts | None:
        """What was decided last."""
        return self.outcomes[-1] if self.outcomes else None


@dataclass(frozen=True)
class PastCalibration:
    """An earlier calibration: how many of its members each outcome had."""

    id: int
    name: str
    outcomes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CalibrationView:
    """The whole page. `turns` is the agenda; `moved` sums up what the session changed; `behind` are
    members on an older version of the guide than this one, its `number`; times are minutes."""

    id: int
    name: str
    guide: Guide
    guide_version: int
    window_from: date | None
    window_to: date | None
    state: CalibrationState
    started_at: datetime | None
    start_reason: str
    closed_at: datetime | None
    reopen_reason: str
    members: tuple[CalibrationMember, ...]
    turns: tuple[AgendaTurn, ...] = ()
    past: tuple[PastCalibration, ...] = ()
    moved: Movement = field(default_factory=lambda: Movement(0, 0))
    behind: tuple[int, ...] = ()
    number: int = 1

    @property
    def begun(self) -> bool:
        """Whether the session is on, or was held."""
        return self.started_at is not None

    @property
    def closed(self) -> bool:
        """Whether it is locked."""
        return self.state is CalibrationState.CLOSED

    @property
    def due(self) -> int:
        """How many assessments are still due, without what members say of themselves."""
        return sum(m.sealing.cards_planned - m.sealing.cards_in for m in self.members)

    def member(self, proposal: int) -> CalibrationMember:
        """One of its members. Raises StopIteration."""
        return next(m for m in self.members if m.proposal == proposal)

    @property
    def met(self) -> Mapping[str, int]:
        """By dimension, how many members meet the bar, of those one may see."""
        counts = dict.fromkeys(self.guide.dimension_ids, 0)
        for one in self.members:
            for cell in one.judged.verdict.cells if one.judged is not None else ():
                counts[cell.dimension] += cell.state is State.MET
        return counts

    @property
    def words(self) -> Mapping[Readiness, int]:
        """How many members each word has."""
        counts = dict.fromkeys(Readiness, 0)
        for one in self.members:
            if one.judged is not None:
                counts[one.judged.verdict.word] += 1
        return counts

    @property
    def distribution(self) -> tuple[tuple[str, int], ...] | None:
        """How many members each word has, as information; None under twenty."""
        if len(self.members) < DISTRIBUTION_FROM:
            return None
        return tuple((str(word), count) for word, count in self.words.items())

    @property
    def next_turn(self) -> AgendaTurn | None:
        """The first turn that was not had."""
        for turn in self.turns:
            one = self.member(turn.proposal)
            if (one.talked_again_at if turn.again else one.talked_at) is None:
                return turn
        return None


@dataclass(frozen=True)
class CalibrationRow:
    """A calibration in a list."""

    id: int
    name: str
    state: CalibrationState
    members: int
    due: int
    started_at: datetime | None
    closed_at: datetime | None


def calibration_rows(workspace: Workspace) -> tuple[CalibrationRow, ...]:
    """Every calibration, the newest first."""
    found = []
    with workspace.read() as connection:
        for r in connection.execute(select(_cycles).order_by(_cycles.c.id.desc())).mappings():
            query = select(_proposals.c.member_id).where(_proposals.c.cycle_id == r["id"])
            members = list(connection.execute(query).scalars())
            due = sum(s.cards_planned - s.cards_in for s in assessment_sealings(connection, r["id"], members).values())
            found.append(
                CalibrationRow(
                    r["id"], r["name"], CalibrationState(r["state"]), len(members), due, r["started_at"], r["closed_at"]
                )
            )
    return tuple(found)


def calibration_view(workspace: Workspace, cycle: int) -> CalibrationView:
    """One calibration as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        return page_in(connection, workspace, cycle)


def page_in(connection: Connection, workspace: Workspace, cycle: int) -> CalibrationView:
    """The same inside a read."""
    held = cycle_row(connection, cycle)
    members = _cycle_members(connection, held, workspace.me, workspace.today())
    guide = read_guide(connection, held["guide_id"])
    opened = [m.judged for m in members if m.judged is not None]
    seats = [AgendaProposal(m.proposal, m.anchor, m.judged.before) for m in members if m.judged is not None]
    pairs = [
        (b.low, a.low)
        for one in opened
        if one.after is not None
        for b, a in zip(one.before.cells, one.after.cells, strict=True)
    ]
    return CalibrationView(
        id=cycle,
        name=held["name"],
        guide=guide,
        guide_version=held["guide_id"],
        window_from=held["window_from"],
        window_to=held["window_to"],
        state=CalibrationState(held["state"]),
        started_at=held["started_at"],
        start_reason=held["start_reason"],
        closed_at=held["closed_at"],
        reopen_reason=held["reopen_reason"],
        members=members,
        turns=session_agenda(seats, held["seed"]) if held["started_at"] is not None else (),
        past=_past(connection, held),
        moved=movement(pairs),
        behind=_behind(connection, held["guide_id"], [m.member for m in members], today=workspace.today()),
        number=guide_number(connection, held["guide_id"]),
    )


def _behind(connection: Connection, version: int, members: Sequence[int], today: date) -> tuple[int, ...]:
    """Who is kept by an older version of the guide, and holds a level that this one has."""
    number, guide = guide_number(connection, version), read_guide(connection, version)
    query = (
        select(_members.c.id)
        .select_from(_members.join(_versions, _versions.c.id == _members.c.guide_id))
        .where(_members.c.id.in_(members), _versions.c.name == guide.name, _versions.c.version < number)
        .order_by(_members.c.id)
    )
    older = connection.execute(query).scalars().all()
    held, known = levels_on(connection, today, older), {level.id for level in guide.levels}
    return tuple(m for m in older if held[m][0] in known)


def _cycle_members(
    connection: Connection, held: RowMapping, me: int | None, today: date
) -> tuple[CalibrationMember, ...]:
    cycle, managers = held["id"], _colleagues.alias()
    query = (
        select(
            _proposals,
            level_then(held, today).label("level_then"),
            manager_then(held).label("manager_then"),
            _colleagues.c.name,
            managers.c.name.label("manager"),
        )
        .select_from(
            _proposals.join(_members, _members.c.id == _proposals.c.member_id)
            .join(_colleagues, _colleagues.c.id == _members.c.colleague_id)
            .outerjoin(managers, managers.c.id == manager_then(held))
        )
        .where(_proposals.c.cycle_id == cycle)
        .order_by(_proposals.c.id)
    )
    rows = connection.execute(query).mappings().all()
    wanted = [r["member_id"] for r in rows]
    sealings = assessment_sealings(connection, cycle, wanted)
    visible = {m for m in wanted if me is not None and sealings[m].open_to(me)}
    results = {j.member: j for j in judged_members(connection, cycle, visible)}
    seats = _seats(connection, cycle, me)
    told = {r["id"] for r in rows if r["member_id"] in visible}  # what was said and decided rests on the assessments
    outcomes = _outcomes_in(connection, told)
    stories = _stories_in(connection, told)
    return tuple(
        CalibrationMember(
            proposal=r["id"],
            member=r["member_id"],
            name=r["name"],
            level=r["level_then"],
            target=r["target"],
            manager=r["manager_then"],
            manager_name=r["manager"] or "",
            anchor=bool(r["anchor"]),
            note=r["note"] if r["id"] in told else "",
            draft=r["draft"] if r["id"] in told else "",
            talked_at=r["talked_at"],
            talked_again_at=r["talked_again_at"],
            sealing=sealings[r["member_id"]],
            seats=tuple(seats.get(r["member_id"], ())),
            judged=results.get(r["member_id"]),
            outcomes=tuple(outcomes.get(r["id"], ())),
            stories=tuple(stories.get(r["id"], ())),
        )
        for r in rows
    )


def _seats(connection: Connection, cycle: int, me: int | None) -> dict[int, list[RaterSeat]]:
    """By member, of each rater the newest seat against the level proposed, else the newest."""
    query = (
        select(_assessments, _colleagues.c.name, _proposals.c.target)
        .select_from(
            _assessments.join(_colleagues, _colleagues.c.id == _assessments.c.rater_id).join(
                _proposals, _proposals.c.member_id == _assessments.c.member_id
            )
        )
        .where(_assessments.c.cycle_id == cycle, _proposals.c.cycle_id == cycle)
        .order_by(_assessments.c.id)
    )
    newest: dict[tuple[int, int], RaterSeat] = {}
    for r in connection.execute(query).mappings():
        at = (r["member_id"], r["rater_id"])
        known = newest.get(at)
        if known is not None and known.level == r["target"] != r["level"]:
            continue
        was_in = known is not None and known.level == r["level"] and known.is_in
        newest[at] = RaterSeat(
            r["id"],
            r["rater_id"],
            r["name"],
            Relation(r["relation"]),
            r["level"],
            was_in or r["state"] != CardState.DRAFT,
            r["rater_id"] == me,
        )
    found: dict[int, list[RaterSeat]] = {}
    for (member, _), seat in newest.items():
        found.setdefault(member, []).append(seat)
    return found


def _stories_in(connection: Connection, proposals: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    query = select(_stories).where(_stories.c.proposal_id.in_(proposals)).order_by(_stories.c.position, _stories.c.id)
    found: dict[int, list[tuple[str, int]]] = {}
    for r in connection.execute(query):
        found.setdefault(r.proposal_id, []).append((r.dimension, r.rater_id))
    return found


def _outcomes_in(connection: Connection, proposals: Collection[int]) -> dict[int, list[OutcomeFacts]]:
    heads = (
        select(_outcomes, _colleagues.c.name)
        .select_from(_outcomes.outerjoin(_colleagues, _colleagues.c.id == _outcomes.c.by_id))
        .where(_outcomes.c.proposal_id.in_(proposals))
        .order_by(_outcomes.c.id)
    )
    rows = connection.execute(heads).mappings().all()
    spoken: dict[int, list[tuple[str, str]]] = {}
    query = (
        select(_dissents.c.outcome_id, _colleagues.c.name, _dissents.c.text)
        .select_from(_dissents.join(_colleagues))
        .where(_dissents.c.outcome_id.in_([r["id"] for r in rows]))
        .order_by(_dissents.c.id)
    )
    for outcome, name, text in connection.execute(query):
        spoken.setdefault(outcome, []).append((name, text))
    found: dict[int, list[OutcomeFacts]] = {}
    for r in rows:
        found.setdefault(r["proposal_id"], []).append(
            OutcomeFacts(
                r["id"],
                r["outcome"],
                r["reason"],
                r["change_reason"],
                r["readiness"],
                r["name"] or "",
                r["at"],
                tuple(spoken.get(r["id"], ())),
            )
        )
    return found


def _past(connection: Connection, held: RowMapping) -> tuple[PastCalibration, ...]:
    """The closed ones before this one."""
    query = (
        select(_cycles)
        .where(_cycles.c.id < held["id"], _cycles.c.state == CalibrationState.CLOSED)
        .order_by(_cycles.c.id.desc())
        .limit(PAST)
    )
    found = []
    for r in connection.execute(query).mappings():
        proposals = list(connection.execute(select(_proposals.c.id).where(_proposals.c.cycle_id == r["id"])).scalars())
        counts: dict[str, int] = {}
        for given in _outcomes_in(connection, proposals).values():
            counts[given[-1].outcome] = counts.get(given[-1].outcome, 0) + 1
        found.append(PastCalibration(r["id"], r["name"], tuple(counts.items())))
    return tuple(found)
