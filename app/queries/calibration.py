"""A calibration as its page shows it: members by dimension against the proposed level, the session, earlier ones.

Whoever reads an assessment asks first who may see it (`records.visibility`): a member whose assessments are sealed to
the workspace's user is a row of sealed cells, with the number of assessments that are in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.calibration import DISTRIBUTION_FROM, AgendaProposal, AgendaTurn, CalibrationState, session_agenda
from app.domain.committee import Ballots, HeldVote, Seat
from app.domain.guide import Guide, GuideCell
from app.domain.panel import State
from app.domain.readiness import LevelCell, Movement, Readiness, movement
from app.domain.scorecard import Sealing
from app.queries.calibration_outcome import OutcomeFacts, PastCalibration, outcomes_of, past_calibrations
from app.queries.calibration_seats import RaterSeat, seats_in
from app.records.calibration import JudgedMember, calibration_row, judged_members, level_then, manager_then
from app.records.calibration_guides import behind_in, versions_in
from app.records.committee import recused_from, seats_of, votes_on
from app.records.visibility import assessment_sealings
from app.store.columns import aliased, rows_with
from app.store.guide import guide_number, read_guide
from app.store.tables import Colleague
from app.store.tables_calibration import WorkStory
from app.store.tables_growth import Calibration, Member, Proposal
from app.store.workspace import Workspace


@dataclass(frozen=True)
class CalibrationMember:
    """One member; `judged` is None while their assessments are sealed to the workspace's user.

    `guide` is the one that `target` is a level of, in its version `number`.
    `level` and `manager` are those of the day the session began, and before that those of today. `stories` are the work
    stories chosen for the packet, each a dimension and its rater. `votes` are the committee's, oldest first, and
    `recused` says who of it leaves this case to the others.
    """

    proposal: int
    member: int
    name: str
    level: str
    guide: Guide
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
    number: int = 1

    @property
    def cells(self) -> tuple[LevelCell, ...]:
        """Each dimension of their guide: what holds now, or while that is sealed only what the level asks."""
        if self.judged is not None:
            return self.judged.verdict.cells
        asked = self.guide.level(self.target).cells
        nothing = GuideCell(weight="not_expected", expect="")
        of = ((d, asked.get(d, nothing)) for d in self.guide.dimension_ids)
        return tuple(LevelCell(d, cell.weight, cell.bar, (), 0, None) for d, cell in of)

    @property
    def vote(self) -> HeldVote | None:
        """The committee's vote that holds, or is open."""
        return self.votes[-1] if self.votes else None

    @property
    def outcome(self) -> OutcomeFacts | None:
        """What was decided last."""
        return self.outcomes[-1] if self.outcomes else None


@dataclass(frozen=True)
class GuideGroup:
    """The members of a calibration who are held against one guide."""

    guide: Guide
    members: tuple[CalibrationMember, ...]

    @property
    def seen(self) -> tuple[JudgedMember, ...]:
        """Those whose assessments are open to me."""
        return tuple(m.judged for m in self.members if m.judged is not None)

    @property
    def met(self) -> Mapping[str, int]:
        """By dimension, how many of those meet the bar."""
        counts = dict.fromkeys(self.guide.dimension_ids, 0)
        for judged in self.seen:
            for cell in judged.verdict.cells:
                counts[cell.dimension] += cell.state is State.MET
        return counts

    @property
    def words(self) -> Mapping[Readiness, int]:
        """How many of them each word has."""
        return words_of(self.seen)


def words_of(judged: Iterable[JudgedMember]) -> Mapping[Readiness, int]:
    """How many each word has."""
    counts = dict.fromkeys(Readiness, 0)
    for one in judged:
        counts[one.verdict.word] += 1
    return counts


@dataclass(frozen=True)
class CalibrationView:
    """The whole page. `guides` are those its members are held against, its own `guide` first.

    `turns` is the agenda; `moved` sums up what the session changed; `behind` are members on an older version of their
    guide than the one here, each with that version's row; times are minutes.
    """

    id: int
    name: str
    guide: Guide
    guide_version: int
    guides: tuple[Guide, ...]
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
    behind: tuple[tuple[int, int], ...] = ()
    seats: tuple[Seat, ...] = ()
    ballots: Ballots = Ballots.NAMES
    due_on: date | None = None
    tenure: bool = False

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
    def versions(self) -> str:
        """Which versions of its guides these are, as papers name them."""
        numbers = {one.guide.name: one.number for one in self.members}
        return ", ".join(str(numbers[guide.name]) for guide in self.guides if guide.name in numbers)

    @property
    def groups(self) -> tuple[GuideGroup, ...]:
        """The members by the guide they are held against; its own guide stands alone while nobody is in it."""
        found = [GuideGroup(guide, tuple(m for m in self.members if m.guide is guide)) for guide in self.guides]
        return tuple(group for group in found if group.members) or (GuideGroup(self.guide, ()),)

    @property
    def distribution(self) -> tuple[tuple[str, int], ...] | None:
        """How many members each word has; None for fewer than twenty members, where it would say nothing."""
        if len(self.members) < DISTRIBUTION_FROM:
            return None
        opened = [m.judged for m in self.members if m.judged is not None]
        return tuple((str(word), count) for word, count in words_of(opened).items())

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
    guides = tuple(read_guide(connection, version) for version in versions_in(connection, row))
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
        guide=guides[0],
        guide_version=row.guide_id,
        guides=guides,
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
        behind=behind_in(connection, row, workspace.today()),
        seats=seats_of(connection, calibration),
        ballots=Ballots(row.ballots),
        due_on=row.due_on,
        tenure=row.tenure,
    )


def _later(one: CalibrationMember, today: date) -> date | None:
    """The day a case that was put off comes up; None once that is here, or it was talked about."""
    later = one.put_off_to is not None and one.put_off_to > today and one.talked_at is None
    return one.put_off_to if later else None


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
    seats = seats_in(connection, calibration, me)
    told = {r.id for r, *_ in rows if r.member_id in visible}  # what was said and decided rests on the assessments
    outcomes = outcomes_of(connection, told)
    stories, votes = _stories_in(connection, told), votes_on(connection, told)
    recused = recused_from(connection, [row.id for row, *_ in rows])
    versions = versions_in(connection, held)
    guides = {version: read_guide(connection, version) for version in versions}
    numbers = {version: guide_number(connection, version) for version in versions}
    return tuple(
        CalibrationMember(
            proposal=row.id,
            member=row.member_id,
            name=name,
            level=level,
            guide=guides[row.guide_id or held.guide_id],
            number=numbers[row.guide_id or held.guide_id],
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
