"""What the Reports page and its exports show, from applications whose cards the workspace's user may see.

Only scores from before the debrief count, and not those of people who shadowed. Money and candidates' names are left
out, but departures from the rule name the candidate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from app.domain.agreement import Agreement, RaterScore, agreement_of, candidates_of, units_of
from app.domain.decision import Verdict, departs
from app.domain.durations import Acceptance, End, SeatWait, TimeToFill, acceptance, time_to_fill
from app.domain.offer import OfferStatus
from app.domain.panel import Zone, pooled_variance
from app.domain.scorecard import CardState
from app.domain.severity import Severity, severities
from app.queries.hire_outcome import OutcomeReport, outcome_report
from app.queries.resampling import resamples
from app.records.panel_scores import first_scores
from app.records.rubric_pools import RubricPool, pool_words, pools_of
from app.records.visibility import sealings
from app.store.columns import aliased
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Scorecard
from app.store.tables_forms import ReturnedForm
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent
from app.store.tables_panel import Decision
from app.store.workspace import Workspace

_AT_ONCE = 500  # applications a query asks for
_ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED)


@dataclass(frozen=True)
class FillReport:
    """Time to fill: every seat with an approval date. `undated` are openings without one or filled before it."""

    seats: tuple[SeatWait, ...]
    figure: TimeToFill
    undated: tuple[str, ...]


@dataclass(frozen=True)
class OfferReport:
    """Offer acceptance; `months` are (first of the month, accepted, declined, expired), oldest first."""

    figure: Acceptance
    months: tuple[tuple[date, int, int, int], ...]


@dataclass(frozen=True)
class AgreementReport:
    """How far the panels of a rubric agree, and their pooled spread in points squared over `cells` with two or more
    scores."""

    rubric: str
    figure: Agreement
    variance: Fraction
    cells: int


@dataclass(frozen=True)
class RaterReport:
    """One interviewer: severity among those who score by a rubric, and the days from each interview's end to its card,
    smallest first, by whichever rubric."""

    id: int
    name: str
    rubric: str
    severity: Severity
    days: tuple[int, ...]


@dataclass(frozen=True)
class Departure:
    """A decision that went against the rule."""

    on: date
    opening: str
    candidate: str
    verdict: Verdict
    zone: Zone
    why: str
    by: str


@dataclass(frozen=True)
class DepartureReport:
    """The decisions that hold: how many could be held against a rule, and those that went against it."""

    decided: int
    without_rule: int
    departed: tuple[Departure, ...]


@dataclass(frozen=True)
class PoolChoice:
    """A rubric whose scores are pooled: its key, its name, and on how many applications it has cards one may see."""

    key: str
    words: str
    applications: int


@dataclass(frozen=True)
class Reports:
    """Everything on the page, as of a day. `sealed` counts applications whose cards the user may not see.

    What pools scores does so within the rubric `pool`; `pools` are those that have any, most applications first.
    """

    today: date
    pool: str
    pools: tuple[PoolChoice, ...]
    fill: FillReport
    offers: OfferReport
    agreement: AgreementReport
    raters: tuple[RaterReport, ...]
    departures: DepartureReport
    outcome: OutcomeReport
    sealed: int
    estimated: bool


def reports(workspace: Workspace, wanted: str = "") -> Reports:
    """Every report. What pools scores does so within the rubric of this key, else within the one with most cards."""
    today, zone = workspace.today(), workspace.zone
    with workspace.read() as connection:
        shown, sealed = _open_to_me(connection, workspace.me)
        pools = pools_of(connection)
        choices = _choices(connection, [pools[application] for application in shown])
        pool = next((c for c in choices if c.key == wanted), choices[0] if choices else PoolChoice("", "", 0))
        scored = first_scores(connection, [a for a in shown if pools[a].key == pool.key])
        fill = _fill(connection, today)
        offers = _offer_report(connection)
        days = _days_to_submit(connection, shown, zone)
        outcomes = outcome_report(connection, workspace, pool.key)
        departures = _departures(connection, frozenset(shown), zone)
        names = dict(connection.execute(select(col(Colleague.id), col(Colleague.name))).all())
    found = severities(scored)
    raters = sorted({s.rater for s in scored} | days.keys(), key=lambda r: (names[r], r))
    return Reports(
        today=today,
        pool=pool.key,
        pools=choices,
        fill=fill,
        offers=offers,
        agreement=_agreement(pool.words, scored),
        raters=tuple(RaterReport(r, names[r], pool.words, found.of(r), tuple(sorted(days.get(r, ())))) for r in raters),
        departures=departures,
        outcome=outcomes,
        sealed=sealed,
        estimated=found.estimated,
    )


def _open_to_me(connection: Connection, me: int | None) -> tuple[list[int], int]:
    """Applications with a card that is in and whose cards `me` may see, and the number of others."""
    query = (
        select(col(Interview.application_id))
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .where(col(Scorecard.state) != CardState.DRAFT)
        .distinct()
        .order_by(col(Interview.application_id))
    )
    every = list(connection.execute(query).scalars())
    if me is None:
        return [], len(every)
    found = [a for a, sealing in sealings(connection, every).items() if sealing.open_to(me)]
    return sorted(found), len(every) - len(found)


def _parts(every: Sequence[int]) -> Iterator[Sequence[int]]:
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


def _choices(connection: Connection, found: Sequence[RubricPool]) -> tuple[PoolChoice, ...]:
    counts = Counter(found)
    rows = (PoolChoice(pool.key, pool_words(connection, pool), n) for pool, n in counts.items())
    return tuple(sorted(rows, key=lambda c: (-c.applications, c.words)))


def _agreement(rubric: str, scored: Sequence[RaterScore]) -> AgreementReport:
    units = units_of(scored)
    figure = agreement_of(units, resamples(candidates_of(units)))
    return AgreementReport(rubric, figure, pooled_variance(units.values()), len(units))


def _fill(connection: Connection, today: date) -> FillReport:
    """Every seat: filled by the accepted offers in their order, the others open or cancelled."""
    accepted: dict[int, list[date]] = {}
    for _, opening, on, at in connection.execute(_answers().where(col(Offer.status) == OfferStatus.ACCEPTED)):
        accepted.setdefault(opening, []).append(on or at.date())
    seats: list[SeatWait] = []
    undated = []
    query = select(
        col(Opening.id), col(Opening.code), col(Opening.seats), col(Opening.approved_on), col(Opening.cancelled_on)
    ).order_by(col(Opening.id))
    for opening, code, places, begun, cancelled_on in connection.execute(query):
        fills = sorted(accepted.get(opening, []))
        last = cancelled_on or today
        if begun is None or any(on < begun for on in fills) or last < begun:
            undated.append(code)
            continue
        seats += [SeatWait((on - begun).days, End.FILLED, code, on) for on in fills]
        end = End.OPEN if cancelled_on is None else End.CANCELLED
        seats += [SeatWait((last - begun).days, end, code, last)] * (places - len(fills))
    return FillReport(tuple(seats), time_to_fill(seats), tuple(undated))


def _answers() -> Select[str, int, date | None, datetime]:
    """Offers: status, opening, and the day and the moment their newest status was noted."""
    later = aliased(OfferEvent)
    newest = (
        select(func.max(col(later.id)))
        .where(col(later.offer_id) == col(Offer.id), col(later.status) == col(Offer.status))
        .correlate(Offer)
        .scalar_subquery()
    )
    return (
        select(col(Offer.status), col(Application.opening_id), col(OfferEvent.on), col(OfferEvent.at))
        .select_from(Offer)
        .join(Application, col(Application.id) == col(Offer.application_id))
        .join(OfferEvent, col(OfferEvent.id) == newest)
        .order_by(col(Offer.id))
    )


def _offer_report(connection: Connection) -> OfferReport:
    statuses = [OfferStatus(s) for s in connection.execute(select(col(Offer.status))).scalars()]
    months: dict[date, Counter[OfferStatus]] = {}
    for status, _, noted_on, at in connection.execute(_answers().where(col(Offer.status).in_(_ANSWERED))):
        on = noted_on or at.date()
        months.setdefault(on.replace(day=1), Counter())[OfferStatus(status)] += 1
    took, said_no, ran_out = _ANSWERED
    figure = acceptance(
        statuses.count(took),
        statuses.count(said_no),
        statuses.count(ran_out),
        withdrawn=statuses.count(OfferStatus.WITHDRAWN),
        pending=sum(s.is_open for s in statuses),
    )
    return OfferReport(figure, tuple((m, n[took], n[said_no], n[ran_out]) for m, n in sorted(months.items())))


def _days_to_submit(connection: Connection, shown: Sequence[int], zone: tzinfo) -> dict[int, list[int]]:
    """By interviewer, whole days from the end of each interview with a time to its first card.

    A form counts to its own date, however late it was brought in. One without a readable date does not count.
    """
    found: dict[int, list[int]] = {}
    for some in _parts(shown):
        query = (
            select(
                col(Interview.interviewer_id),
                col(Interview.starts_at),
                col(Interview.minutes),
                col(Scorecard.submitted_at),
                col(ReturnedForm.id),
                col(ReturnedForm.written_on),
            )
            .select_from(Scorecard)
            .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
            .outerjoin(ReturnedForm, col(ReturnedForm.scorecard_id) == col(Scorecard.id))
            .where(
                col(Interview.application_id).in_(some),
                col(Interview.starts_at).is_not(None),
                col(Interview.shadow).is_(False),
                col(Scorecard.amends_id).is_(None),
                col(Scorecard.state) != CardState.DRAFT,
            )
        )
        for interviewer, starts_at, minutes, submitted_at, form, written_on in connection.execute(query):
            assert starts_at is not None  # as asked for
            assert submitted_at is not None  # no draft has one
            ended = starts_at + timedelta(minutes=minutes)
            done = written_on if form is not None else submitted_at.astimezone(zone).date()
            if done is None:
                continue
            passed = done - ended.astimezone(zone).date()
            found.setdefault(interviewer, []).append(max(0, passed.days))
    return found


def _departures(connection: Connection, shown: frozenset[int], zone: tzinfo) -> DepartureReport:
    """The newest decision of each application in `shown`."""
    newest = select(func.max(col(Decision.id))).group_by(col(Decision.application_id))
    query = (
        select(
            col(Decision.application_id),
            col(Decision.zone),
            col(Decision.verdict),
            col(Decision.at),
            col(Opening.code),
            col(Candidate.name),
            col(Decision.departure),
            col(Colleague.name),
        )
        .select_from(Decision)
        .join(Colleague, col(Colleague.id) == col(Decision.by_id))
        .join(Application, col(Application.id) == col(Decision.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Decision.id).in_(newest))
        .order_by(col(Decision.id))
    )
    decided = without = 0
    departed = []
    for application, supported, verdict, at, code, candidate, why, by in connection.execute(query):
        if application not in shown:
            continue
        if supported is None:
            without += 1
            continue
        decided += 1
        if departs(Verdict(verdict), Zone(supported)):
            on = at.astimezone(zone).date()
            departed.append(Departure(on, code, candidate, Verdict(verdict), Zone(supported), why, by))
    return DepartureReport(decided, without, tuple(departed))
