"""All facts of a hiring packet, as one value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.candidate import Applicant
from app.domain.panel import Panel, Rule
from app.domain.pipeline import kept_until
from app.domain.rubric import Rubric
from app.domain.scorecard import Card, CardState
from app.errors import NotFound, NotYet
from app.queries.debrief import begun_debrief, second_scores_of, settled_flags, walked_of
from app.queries.decision import DecisionFacts, Person, decisions_of
from app.queries.timeline import TimelineMoment, timeline
from app.records.candidate import Reached, candidate_facts, reached
from app.records.independence import written_after_opening
from app.records.opening_rubric import opening_rubric
from app.records.panel_scores import JudgedApplication, judged, open_variance
from app.records.plan import rule_of
from app.records.returned_forms import ReturnedBy, cards_brought
from app.records.visibility import card_counts, sealing_of
from app.store.columns import rows_with
from app.store.scorecard import read_cards
from app.store.tables import Application, Attachment, Candidate, Colleague, Interview, Opening, Scorecard
from app.store.tables_panel import PlanRound
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class OpeningFacts:
    """The job. `day` counts from the approval to the decision (to the newest fact where there is none)."""

    code: str
    role: str
    level: str
    seats: int
    approved_on: date | None
    approved_by: str
    manager: str
    day: int | None
    target_days: tuple[int, int]
    must_have: tuple[str, ...]


@dataclass(frozen=True)
class CardFacts:
    """A submitted card. `replaced` says that it is not in the first result; `late` that it came in after the debrief
    had begun and is in the second one; `after_open` that its author could read the others when they wrote it.

    `brought` is the form its author filled in, `entered_by` who typed it in from paper.
    """

    id: int
    interview: int
    author: Person
    entered_by: str | None
    submitted_at: datetime
    content: Card
    replaced: bool
    late: bool = False
    after_open: bool = False
    brought: ReturnedBy | None = None


@dataclass(frozen=True)
class InterviewFacts:
    """One interview: its place in the plan (1 is the first round), and its cards, the first one first."""

    id: int
    position: int
    exercise: str
    name: str
    short: str
    interviewer: Person
    starts_at: datetime | None
    minutes: int
    place: str
    cards: tuple[CardFacts, ...]

    @property
    def card(self) -> CardFacts | None:
        """The card that counts: the one from before the debrief, where there is one."""
        first = [c for c in self.cards if not c.replaced] or [c for c in self.cards if c.late]
        return first[-1] if first else None


@dataclass(frozen=True)
class OpenedEarly:
    """The cards were opened before all were in: when, by whom, why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Discussed:
    """What the debrief made of one dimension: its note, and second scores by name (None: no score)."""

    dimension: str
    at: datetime | None
    note: str
    skipped: bool
    second: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class SettledFlag:
    """What the debrief made of an observed red flag."""

    signal: str
    verdict: str
    why: str


@dataclass(frozen=True)
class HiringFacts:
    """Everything a hiring packet prints. Interviews are in the order of the plan, decisions oldest first.

    The candidate's `kept_until` is set or follows from the decision.
    `panel` is the result by the scores from before the debrief, `second` the one as it stands now (None: the same).
    """

    candidate: Applicant
    opening: OpeningFacts
    rubric: Rubric
    rule: Rule
    panel: Panel
    second: Panel | None
    interviews: tuple[InterviewFacts, ...]
    rounds_without_interview: tuple[str, ...]
    decisions: tuple[DecisionFacts, ...]
    opened_early: OpenedEarly | None
    timeline: tuple[TimelineMoment, ...]
    files: tuple[str, ...]
    as_of: datetime
    zone: tzinfo
    paper: str
    debrief_at: datetime | None = None
    discussed: tuple[Discussed, ...] = ()
    settled: tuple[SettledFlag, ...] = ()

    @property
    def cards(self) -> tuple[CardFacts, ...]:
        """The cards that count, in the order of the plan."""
        return tuple(i.card for i in self.interviews if i.card is not None)

    @property
    def decision(self) -> DecisionFacts | None:
        """The decision that holds."""
        return self.decisions[-1] if self.decisions else None


def hiring_facts(workspace: Workspace, application: int) -> HiringFacts:
    """The facts as the workspace's user may see them. Raises NotFound, and NotYet while the cards are sealed."""
    with workspace.read() as connection:
        row, candidate, opening = _applied(connection, application)
        if workspace.me is None or not sealing_of(connection, application).open_to(workspace.me):
            raise NotYet(
                tr("The cards of {name} are not open yet, so there is no packet.").format(name=candidate.name),
                tr("Wait for the cards that are due, or open them early with a reason on the application page."),
            )
        colleagues = select(col(Colleague.id), col(Colleague.name), col(Colleague.role))
        people = {number: Person(name, role) for number, name, role in connection.execute(colleagues)}
        rubric = opening_rubric(connection, opening.id)
        rule = rule_of(connection, application)
        result = judged(connection, application, open_variance(connection, workspace.me, application))
        interviews = _interviews(connection, application, rubric, people, result)
        decisions = decisions_of(connection, application, sealed=False)
        moments = timeline(connection, application, rubric)
        as_of = max(m.at for m in moments)
        decided_on = decisions[-1].at.astimezone(workspace.zone).date() if decisions else None
        begun = begun_debrief(connection, application)
        return HiringFacts(
            candidate=_candidate(
                candidate, reached(connection, [candidate.id]).get(candidate.id, {}), row.applied_on, decided_on
            ),
            opening=_opening(opening, people, rubric, rule, decided_on or as_of.astimezone(workspace.zone).date()),
            rubric=rubric,
            rule=rule,
            panel=result.first,
            second=result.second,
            interviews=interviews,
            rounds_without_interview=_not_held(connection, row.plan_id, rubric, {i.position for i in interviews}),
            decisions=decisions,
            opened_early=OpenedEarly(row.opened_at, _name(people, row.opened_by_id), row.open_reason)
            if row.opened_at
            else None,
            timeline=moments,
            files=_files(connection, application),
            as_of=as_of,
            zone=workspace.zone,
            paper=workspace.settings.paper,
            debrief_at=begun[1] if begun is not None else None,
            discussed=_discussed(connection, application, begun[0], people) if begun is not None else (),
            settled=tuple(SettledFlag(s, *said) for s, said in settled_flags(connection, application).items()),
        )


def _applied(connection: Connection, application: int) -> tuple[Application, Candidate, Opening]:
    query = (
        select()
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Application.id) == application)
    )
    for row in rows_with(connection, query, Application, Candidate, Opening):
        return row
    raise NotFound(tr("There is no application {id}.").format(id=application))


def _candidate(row: Candidate, ways: Reached, applied_on: date | None, decided_on: date | None) -> Applicant:
    """What is kept about the candidate, and until when: as it was set, or as it follows from the decision."""
    follows = kept_until(decided_on) if decided_on is not None else None
    facts = Applicant(**vars(candidate_facts(row, ways)), applied_on=applied_on)
    return replace(facts, kept_until=facts.kept_until or follows)


def _opening(row: Opening, people: dict[int, Person], rubric: Rubric, rule: Rule, until: date) -> OpeningFacts:
    return OpeningFacts(
        code=row.code,
        role=row.role,
        level=row.level,
        seats=row.seats,
        approved_on=row.approved_on,
        approved_by=_name(people, row.approved_by_id),
        manager=_name(people, row.manager_id),
        day=(until - row.approved_on).days if row.approved_on else None,
        target_days=(row.target_from, row.target_to),
        must_have=tuple(d for d in rubric.dimension_ids if d in rule.must_have),
    )


def _not_held(connection: Connection, plan: int, rubric: Rubric, held: set[int]) -> tuple[str, ...]:
    """The rounds of a plan that have no interview, by name; `held` are the places of the others, from 1."""
    rounds = select(col(PlanRound.position), col(PlanRound.exercise)).where(col(PlanRound.plan_id) == plan)
    every = connection.execute(rounds.order_by(col(PlanRound.position)))
    return tuple(rubric.exercise(exercise).name for position, exercise in every if position + 1 not in held)


def _files(connection: Connection, application: int) -> tuple[str, ...]:
    query = select(col(Attachment.name)).where(col(Attachment.application_id) == application)
    return tuple(connection.execute(query.order_by(col(Attachment.id))).scalars())


def _name(people: dict[int, Person], colleague: int | None) -> str:
    return people[colleague].name if colleague in people else ""


def _discussed(
    connection: Connection, application: int, debrief: int, people: dict[int, Person]
) -> tuple[Discussed, ...]:
    again = second_scores_of(connection, application)
    return tuple(
        Discussed(
            dimension,
            walked.at,
            walked.note,
            walked.skipped,
            tuple((people[c].name, score) for c, score in again.get(dimension, {}).items()),
        )
        for dimension, walked in walked_of(connection, debrief).items()
    )


def _interviews(
    connection: Connection, application: int, rubric: Rubric, people: dict[int, Person], result: JudgedApplication
) -> tuple[InterviewFacts, ...]:
    cards = _cards(connection, application, people, result)
    query = (
        select(col(PlanRound.position), col(PlanRound.exercise))
        .select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .where(col(Interview.application_id) == application, card_counts())
        .order_by(col(PlanRound.position), col(Interview.id))
    )
    return tuple(
        InterviewFacts(
            id=row.id,
            position=position + 1,
            exercise=exercise,
            name=rubric.exercise(exercise).name,
            short=rubric.exercise(exercise).short,
            interviewer=people[row.interviewer_id],
            starts_at=row.starts_at,
            minutes=row.minutes,
            place=row.place,
            cards=tuple(c for c in cards if c.interview == row.id),
        )
        for row, position, exercise in rows_with(connection, query, Interview)
    )


def _cards(
    connection: Connection, application: int, people: dict[int, Person], result: JudgedApplication
) -> list[CardFacts]:
    query = (
        select(
            col(Scorecard.id),
            col(Scorecard.interview_id),
            col(Scorecard.author_id),
            col(Scorecard.entered_by_id),
            col(Scorecard.submitted_at),
        )
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .where(col(Interview.application_id) == application, col(Scorecard.state) != CardState.DRAFT)
        .order_by(col(Scorecard.id))
    )
    rows = connection.execute(query).all()
    wanted = [card for card, *_ in rows]
    contents, brought = read_cards(connection, wanted), cards_brought(connection, wanted)
    after_open = written_after_opening(connection, application)
    found = []
    for card, interview, author, typed_by, submitted_at in rows:
        assert submitted_at is not None  # it is no draft
        found.append(
            CardFacts(
                id=card,
                interview=interview,
                author=people[author],
                entered_by=_name(people, typed_by) or None if card not in brought else None,
                submitted_at=submitted_at,
                content=contents[card],
                replaced=card not in result.first_cards,
                late=card in result.late_cards,
                after_open=card in after_open,
                brought=brought.get(card),
            )
        )
    return found
