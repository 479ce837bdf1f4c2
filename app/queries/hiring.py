"""All facts of a hiring packet, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, select

from app.domain.panel import Panel, Rule
from app.domain.pipeline import kept_until
from app.domain.rubric import Rubric
from app.domain.scorecard import Card, CardState
from app.errors import NotFound, NotYet
from app.queries.debrief import second_scores_of, walked_of
from app.queries.decision import DecisionFacts, Person, decisions_of
from app.queries.timeline import TimelineMoment, timeline
from app.records.independence import written_after_opening
from app.records.panel_scores import JudgedApplication, judged, open_variance
from app.records.plan import rule_of
from app.records.returned_forms import ReturnedBy, cards_brought
from app.records.visibility import sealing_of
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.scorecard import read_cards
from app.store.tables import Application, Attachment, Candidate, Colleague, Interview, Opening, Scorecard
from app.store.tables_panel import Debrief, FlagResolution, PlanRound
from app.store.workspace import Workspace
from app.words import tr

_application, _candidate, _opening = table_of(Application), table_of(Candidate), table_of(Opening)
_interview, _round, _card, _colleague = (
    table_of(Interview),
    table_of(PlanRound),
    table_of(Scorecard),
    table_of(Colleague),
)
_attached, _debrief, _flag = table_of(Attachment), table_of(Debrief), table_of(FlagResolution)


@dataclass(frozen=True)
class CandidateFacts:
    """What the workspace keeps about the candidate. `kept_until` is set or follows from the decision."""

    name: str
    mail: str
    phone: str
    now_at: str
    place: str
    came_by: str
    can_start: str
    applied_on: date | None
    kept_until: date | None


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

    `panel` is the result by the scores from before the debrief, `second` the one as it stands now (None: the same).
    """

    candidate: CandidateFacts
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
        row = (
            connection.execute(
                select(_application, _candidate.c.name)
                .select_from(_application.join(_candidate))
                .where(_application.c.id == application)
            )
            .mappings()
            .first()
        )
        if row is None:
            raise NotFound(tr("There is no application {id}.").format(id=application))
        if workspace.me is None or not sealing_of(connection, application).open_to(workspace.me):
            raise NotYet(
                tr("The cards of {name} are not open yet, so there is no packet.").format(name=row["name"]),
                tr("Wait for the cards that are due, or open them early with a reason on the application page."),
            )
        head = connection.execute(select(_opening).where(_opening.c.id == row["opening_id"])).mappings().one()
        people = {c.id: Person(c.name, c.role) for c in connection.execute(select(_colleague))}
        rubric = read_pack(connection, head["rubric_id"]).rubric
        rule = rule_of(connection, application)
        result = judged(connection, application, open_variance(connection, workspace.me))
        interviews = _interviews(connection, application, rubric, people, result)
        decisions = decisions_of(connection, application, sealed=False)
        moments = timeline(connection, application, rubric)
        as_of = max(m.at for m in moments)
        until = decisions[-1].at if decisions else as_of
        person = connection.execute(select(_candidate).where(_candidate.c.id == row["candidate_id"])).mappings().one()
        held = {i.position for i in interviews}
        plan = connection.execute(select(_round).where(_round.c.plan_id == row["plan_id"]).order_by(_round.c.position))
        names = connection.execute(
            select(_attached.c.name).where(_attached.c.application_id == application).order_by(_attached.c.id)
        ).scalars()
        began = _began(connection, application)
        return HiringFacts(
            candidate=CandidateFacts(
                **{k: person[k] for k in ("name", "mail", "phone", "now_at", "place", "came_by", "can_start")},
                applied_on=row["applied_on"],
                kept_until=person["kept_until"]
                or (kept_until(decisions[-1].at.astimezone(workspace.zone).date()) if decisions else None),
            ),
            opening=OpeningFacts(
                code=head["code"],
                role=head["role"],
                level=head["level"],
                seats=head["seats"],
                approved_on=head["approved_on"],
                approved_by=_name(people, head["approved_by_id"]),
                manager=_name(people, head["manager_id"]),
                day=(until.astimezone(workspace.zone).date() - head["approved_on"]).days
                if head["approved_on"]
                else None,
                target_days=(head["target_from"], head["target_to"]),
                must_have=tuple(d for d in rubric.dimension_ids if d in rule.must_have),
            ),
            rubric=rubric,
            rule=rule,
            panel=result.first,
            second=result.second,
            interviews=interviews,
            rounds_without_interview=tuple(
                rubric.exercise(p.exercise).name for p in plan if p.position + 1 not in held
            ),
            decisions=decisions,
            opened_early=OpenedEarly(row["opened_at"], _name(people, row["opened_by_id"]), row["open_reason"])
            if row["opened_at"]
            else None,
            timeline=moments,
            files=tuple(names),
            as_of=as_of,
            zone=workspace.zone,
            paper=workspace.settings.paper,
            debrief_at=began.started_at if began is not None else None,
            discussed=_discussed(connection, application, began.id, people) if began is not None else (),
            settled=_settled(connection, application),
        )


def _name(people: dict[int, Person], colleague: int | None) -> str:
    return people[colleague].name if colleague in people else ""


def _began(connection: Connection, application: int) -> Any:
    query = select(_debrief).where(_debrief.c.application_id == application).order_by(_debrief.c.id)
    return connection.execute(query).first()


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


def _settled(connection: Connection, application: int) -> tuple[SettledFlag, ...]:
    """The answer that holds for each red flag."""
    query = select(_flag).where(_flag.c.application_id == application).order_by(_flag.c.id)
    newest = {row.signal: row for row in connection.execute(query)}
    return tuple(SettledFlag(r.signal, r.verdict, r.why) for r in newest.values())


def _interviews(
    connection: Connection, application: int, rubric: Rubric, people: dict[int, Person], result: JudgedApplication
) -> tuple[InterviewFacts, ...]:
    cards = _cards(connection, application, people, result)
    query = (
        select(_interview, _round.c.position, _round.c.exercise)
        .select_from(_interview.join(_round))
        .where(_interview.c.application_id == application, _interview.c.shadow.is_(False))
        .order_by(_round.c.position, _interview.c.id)
    )
    return tuple(
        InterviewFacts(
            id=row["id"],
            position=row["position"] + 1,
            exercise=row["exercise"],
            name=rubric.exercise(row["exercise"]).name,
            short=rubric.exercise(row["exercise"]).short,
            interviewer=people[row["interviewer_id"]],
            starts_at=row["starts_at"],
            minutes=row["minutes"],
            place=row["place"],
            cards=tuple(c for c in cards if c.interview == row["id"]),
        )
        for row in connection.execute(query).mappings()
    )


def _cards(
    connection: Connection, application: int, people: dict[int, Person], result: JudgedApplication
) -> list[CardFacts]:
    query = (
        select(_card)
        .select_from(_card.join(_interview))
        .where(_interview.c.application_id == application, _card.c.state != CardState.DRAFT)
        .order_by(_card.c.id)
    )
    rows = connection.execute(query).mappings().all()
    wanted = [row["id"] for row in rows]
    contents, brought = read_cards(connection, wanted), cards_brought(connection, wanted)
    after_open = written_after_opening(connection, application)
    return [
        CardFacts(
            id=row["id"],
            interview=row["interview_id"],
            author=people[row["author_id"]],
            entered_by=_name(people, row["entered_by_id"]) or None if row["id"] not in brought else None,
            submitted_at=row["submitted_at"],
            content=contents[row["id"]],
            replaced=row["id"] not in result.first_cards,
            late=row["id"] in result.late_cards,
            after_open=row["id"] in after_open,
            brought=brought.get(row["id"]),
        )
        for row in rows
    ]
