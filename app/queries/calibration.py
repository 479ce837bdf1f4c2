"""A calibration as its page shows it: members by dimension against the proposed level, the session, earlier ones.

Whoever reads an assessment asks first who may see it (`records.visibility`): a member whose assessments are sealed to
the workspace's user is a row of sealed cells, with the number of assessments that are in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.calibration import DISTRIBUTION_FROM, AgendaProposal, AgendaTurn, CalibrationState, session_agenda
from app.domain.committee import Ballots, HeldVote, Seat
from app.domain.guide import Guide
from app.domain.panel import State
from app.domain.readiness import Movement, Readiness, movement
from app.domain.scorecard import CardState, Sealing
from app.queries.calibration_outcome import OutcomeFacts, PastCalibration, outcomes_of, past_calibrations
from app.records.calibration import JudgedMember, calibration_row, judged_members, level_then, manager_then
from app.records.committee import recused_from, seats_of, votes_on
from app.records.member_level import levels_on
from app.records.visibility import assessment_sealings
from app.store.columns import aliased, rows_with
from app.store.guide import guide_number, read_guide
from app.store.tables import Colleague
from app.store.tables_calibration import WorkStory
from app.store.tables_growth import Assessment, Calibration, GuideVersion, Member, Proposal
from app.store.workspace import Workspace


@dataclass(frozen=True)
class RaterSeat:
    """A rater of a member, and whether their assessment is in.

    `level` is the one they were asked for. It is not the proposed one where that changed and they were not asked again.
    """

    assessment: int
    rater: int
    name: str
    relation: Relation
    level: str
    is_in: bool
    mine: bool
    due_on: date | None = None


@dataclass(frozen=True)
class CalibrationMember:
    """One member; `judged` is None while their assessments are sealed to the workspace's user.

    `level` and `manager` are those of the day the session began, and before that those of today. `stories` are the work
    stories chosen for the packet, each a dimension and its rater. `votes` are the committee's, oldest first, and
    `recused` says who of it leaves this case to the others.
    """

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
    votes: tuple[HeldVote, ...] = ()
    recused: Mapping[int, Relation] = field(default_factory=dict)
    put_off_to: date | None = None
    put_off_reason: str = ""

    @property
    def vote(self) -> HeldVote | None:
        """The committee's vote that holds, or is open."""
        return self.votes[-1] if self.votes else None

    @property
    def outcome(self) -> OutcomeFacts | None:
        """What was decided last."""
        return self.outcomes[-1] if self.outcomes else None


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
    seats: tuple[Seat, ...] = ()
    ballots: Ballots = Ballots.NAMES
    due_on: date | None = None

    @property
    def voted(self) -> bool:
        """Whether the committee has voted on anybody, or is at it: what is kept of votes is fixed then."""
        return any(m.votes for m in self.members)

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
        """By dimension, how many of the visible members meet the bar."""
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
        """How many members each word has; None for fewer than twenty members, where it would say nothing."""
        if len(self.members) < DISTRIBUTION_FROM:
            return None
        return tuple((str(word), count) for word, count in self.words.items())

    @property
    def next_turn(self) -> AgendaTurn | None:
        """The first turn of the agenda that is still to come."""
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
        query = select(
            col(Calibration.id),
            col(Calibration.name),
            col(Calibration.state),
            col(Calibration.started_at),
            col(Calibration.closed_at),
        ).order_by(col(Calibration.id).desc())
        for calibration, name, state, started_at, closed_at in connection.execute(query).all():
            proposed = select(col(Proposal.member_id)).where(col(Proposal.cycle_id) == calibration)
            members = connection.execute(proposed).scalars().all()
            sealings = assessment_sealings(connection, calibration, members).values()
            due = sum(s.cards_planned - s.cards_in for s in sealings)
            found.append(
                CalibrationRow(calibration, name, CalibrationState(state), len(members), due, started_at, closed_at)
            )
    return tuple(found)


def calibration_view(workspace: Workspace, calibration: int) -> CalibrationView:
    """One calibration as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        return page_in(connection, workspace, calibration)


def page_in(connection: Connection, workspace: Workspace, calibration: int) -> CalibrationView:
    """The same inside a read."""
    row = calibration_row(connection, calibration)
    members = _members(connection, row, calibration, workspace.me, workspace.today())
    guide = read_guide(connection, row.guide_id)
    opened = [m.judged for m in members if m.judged is not None]
    cases = [
        AgendaProposal(m.proposal, m.anchor, m.judged.before, _later(m, workspace.today()))
        for m in members
        if m.judged is not None
    ]
    pairs = [
        (b.low, a.low)
        for one in opened
        if one.after is not None
        for b, a in zip(one.before.cells, one.after.cells, strict=True)
    ]
    return CalibrationView(
        id=calibration,
        name=row.name,
        guide=guide,
        guide_version=row.guide_id,
        window_from=row.window_from,
        window_to=row.window_to,
        state=CalibrationState(row.state),
        started_at=row.started_at,
        start_reason=row.start_reason,
        closed_at=row.closed_at,
        reopen_reason=row.reopen_reason,
        members=members,
        turns=session_agenda(cases, row.seed) if row.started_at is not None else (),
        past=past_calibrations(connection, calibration),
        moved=movement(pairs),
        behind=_behind(connection, row.guide_id, [m.member for m in members], today=workspace.today()),
        number=guide_number(connection, row.guide_id),
        seats=seats_of(connection, calibration),
        ballots=Ballots(row.ballots),
        due_on=row.due_on,
    )


def _later(one: CalibrationMember, today: date) -> date | None:
    """The day a case that was put off comes up; None once that is here, or it was talked about."""
    later = one.put_off_to is not None and one.put_off_to > today and one.talked_at is None
    return one.put_off_to if later else None


def _behind(connection: Connection, version: int, members: Sequence[int], today: date) -> tuple[int, ...]:
    """Members who are on an older version of the guide and hold a level that this version has."""
    number, guide = guide_number(connection, version), read_guide(connection, version)
    query = (
        select(col(Member.id))
        .join(GuideVersion, col(GuideVersion.id) == col(Member.guide_id))
        .where(col(Member.id).in_(members), col(GuideVersion.name) == guide.name, col(GuideVersion.version) < number)
        .order_by(col(Member.id))
    )
    older = connection.execute(query).scalars().all()
    held, known = levels_on(connection, today, older), {level.id for level in guide.levels}
    return tuple(m for m in older if held[m][0] in known)


def _members(
    connection: Connection, held: Calibration, calibration: int, me: int | None, today: date
) -> tuple[CalibrationMember, ...]:
    manager = aliased(Colleague)
    query = (
        select(level_then(held, today), manager_then(held), col(Colleague.name), col(manager.name))
        .select_from(Proposal)
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .outerjoin(manager, col(manager.id) == manager_then(held))
        .where(col(Proposal.cycle_id) == calibration)
        .order_by(col(Proposal.id))
    )
    rows = rows_with(connection, query, Proposal)
    wanted = [row.member_id for row, *_ in rows]
    sealings = assessment_sealings(connection, calibration, wanted)
    visible = {m for m in wanted if me is not None and sealings[m].open_to(me)}
    results = {j.member: j for j in judged_members(connection, calibration, visible)}
    seats = _seats(connection, calibration, me)
    told = {r.id for r, *_ in rows if r.member_id in visible}  # what was said and decided rests on the assessments
    outcomes = outcomes_of(connection, told)
    stories, votes = _stories_in(connection, told), votes_on(connection, told)
    recused = recused_from(connection, [row.id for row, *_ in rows])
    return tuple(
        CalibrationMember(
            proposal=row.id,
            member=row.member_id,
            name=name,
            level=level,
            target=row.target,
            manager=manager_id,
            manager_name=manager_name or "",
            anchor=row.anchor,
            note=row.note if row.id in told else "",
            draft=row.draft if row.id in told else "",
            talked_at=row.talked_at,
            talked_again_at=row.talked_again_at,
            sealing=sealings[row.member_id],
            seats=tuple(seats.get(row.member_id, ())),
            judged=results.get(row.member_id),
            outcomes=tuple(outcomes.get(row.id, ())),
            stories=tuple(stories.get(row.id, ())),
            votes=tuple(votes.get(row.id, ())),
            recused=recused[row.id],
            put_off_to=row.put_off_to,
            put_off_reason=row.put_off_reason,
        )
        for row, level, manager_id, name, manager_name in rows
    )


def _seats(connection: Connection, calibration: int, me: int | None) -> dict[int, list[RaterSeat]]:
    """By member, the newest seat of each rater, one against the proposed level before any other."""
    query = (
        select(
            col(Assessment.id),
            col(Assessment.member_id),
            col(Assessment.rater_id),
            col(Assessment.relation),
            col(Assessment.level),
            col(Assessment.state),
            col(Assessment.due_on),
            col(Colleague.name),
            col(Proposal.target),
        )
        .select_from(Assessment)
        .join(Colleague, col(Colleague.id) == col(Assessment.rater_id))
        .join(Proposal, col(Proposal.member_id) == col(Assessment.member_id))
        .where(col(Assessment.cycle_id) == calibration, col(Proposal.cycle_id) == calibration)
        .order_by(col(Assessment.id))
    )
    newest: dict[tuple[int, int], RaterSeat] = {}
    for assessment, member, rater, relation, level, state, due_on, name, target in connection.execute(query):
        known = newest.get((member, rater))
        if known is not None and known.level == target != level:
            continue
        was_in = known is not None and known.level == level and known.is_in
        newest[member, rater] = RaterSeat(
            assessment, rater, name, Relation(relation), level, was_in or state != CardState.DRAFT, rater == me, due_on
        )
    found: dict[int, list[RaterSeat]] = {}
    for (member, _), seat in newest.items():
        found.setdefault(member, []).append(seat)
    return found


def _stories_in(connection: Connection, proposals: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    query = (
        select(col(WorkStory.proposal_id), col(WorkStory.dimension), col(WorkStory.rater_id))
        .where(col(WorkStory.proposal_id).in_(proposals))
        .order_by(col(WorkStory.position), col(WorkStory.id))
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for proposal, dimension, rater in connection.execute(query):
        found.setdefault(proposal, []).append((dimension, rater))
    return found
