"""What the Reports page and its exports say. Sealed cards never enter: only applications whose cards are open to me.

Only scores from before the debrief of people who did not shadow count. Money and names of candidates stay out, but for
the departures from the rule, which name whom they were about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, func, select

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
from app.records.visibility import sealings
from app.store.columns import table_of
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, ReturnedForm, Scorecard
from app.store.tables_offer import Offer, OfferEvent
from app.store.tables_panel import Decision
from app.store.workspace import Workspace

_AT_ONCE = 500  # applications a query asks for
_ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED)

_openings, _applications, _candidates = table_of(Opening), table_of(Application), table_of(Candidate)
_interviews, _cards, _colleagues = table_of(Interview), table_of(Scorecard), table_of(Colleague)
_forms = table_of(ReturnedForm)
_offers, _events, _decisions = table_of(Offer), table_of(OfferEvent), table_of(Decision)


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
    """How far the panel agrees, and its pooled spread in points squared over `cells` with two or more scores."""

    figure: Agreement
    variance: Fraction
    cells: int


@dataclass(frozen=True)
class RaterReport:
    """One interviewer: severity, and the days from each interview's end to its card, smallest first."""

    id: int
    name: str
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
class Reports:
    """Everything on the page, as of a day. `sealed` counts applications with cards that are not open to me."""

    today: date
    fill: FillReport
    offers: OfferReport
    agreement: AgreementReport
    raters: tuple[RaterReport, ...]
    departures: DepartureReport
    outcome: OutcomeReport
    sealed: int
    estimated: bool


def reports(workspace: Workspace) -> Reports:
    """Read everything once."""
    today, zone = workspace.today(), workspace.zone
    with workspace.read() as connection:
        shown, sealed = _open_to_me(connection, workspace.me)
        scored = first_scores(connection, shown)
        fill = _fill(connection, today)
        offers = _offer_report(connection)
        days = _days_to_submit(connection, shown, zone)
        outcomes = outcome_report(connection, workspace)
        departures = _departures(connection, frozenset(shown), zone)
        names = {row.id: row.name for row in connection.execute(select(_colleagues.c.id, _colleagues.c.name))}
    found = severities(scored)
    raters = sorted({s.rater for s in scored} | days.keys(), key=lambda r: (names[r], r))
    return Reports(
        today=today,
        fill=fill,
        offers=offers,
        agreement=_agreement(scored),
        raters=tuple(RaterReport(r, names[r], found.of(r), tuple(sorted(days.get(r, ())))) for r in raters),
        departures=departures,
        outcome=outcomes,
        sealed=sealed,
        estimated=found.estimated,
    )


def _open_to_me(connection: Connection, me: int | None) -> tuple[list[int], int]:
    """Applications with a card that is in, whose cards I may see; and how many others there are."""
    query = select(_interviews.c.application_id).select_from(_cards.join(_interviews))
    query = query.where(_cards.c.state != CardState.DRAFT).distinct().order_by(_interviews.c.application_id)
    every = list(connection.execute(query).scalars())
    if me is None:
        return [], len(every)
    found = [a for a, sealing in sealings(connection, every).items() if sealing.open_to(me)]
    return sorted(found), len(every) - len(found)


def _parts(every: Sequence[int]) -> Iterator[Sequence[int]]:
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


def _agreement(scored: Sequence[RaterScore]) -> AgreementReport:
    units = units_of(scored)
    figure = agreement_of(units, resamples(candidates_of(units)))
    return AgreementReport(figure, pooled_variance(units.values()), len(units))


def _fill(connection: Connection, today: date) -> FillReport:
    """One seat a row: filled by the accepted offers in their order, the others open or cancelled."""
    accepted: dict[int, list[date]] = {}
    for row in connection.execute(_answers().where(_offers.c.status == OfferStatus.ACCEPTED)):
        accepted.setdefault(row.opening_id, []).append(row.on or row.at.date())
    seats: list[SeatWait] = []
    undated = []
    for opening in connection.execute(select(_openings).order_by(_openings.c.id)):
        fills = sorted(accepted.get(opening.id, []))
        begun = opening.approved_on
        last = opening.cancelled_on or today
        if begun is None or any(on < begun for on in fills) or last < begun:
            undated.append(opening.code)
            continue
        seats += [SeatWait((on - begun).days, End.FILLED, opening.code, on) for on in fills]
        end = End.OPEN if opening.cancelled_on is None else End.CANCELLED
        seats += [SeatWait((last - begun).days, end, opening.code, last)] * (opening.seats - len(fills))
    return FillReport(tuple(seats), time_to_fill(seats), tuple(undated))


def _answers() -> Any:
    """Offers with the day their newest status was noted."""
    later = _events.alias()
    newest = (
        select(func.max(later.c.id))
        .where(later.c.offer_id == _offers.c.id, later.c.status == _offers.c.status)
        .correlate(_offers)
        .scalar_subquery()
    )
    offers = _offers.join(_applications, _applications.c.id == _offers.c.application_id).join(
        _events, _events.c.id == newest
    )
    return (
        select(_offers.c.status, _applications.c.opening_id, _events.c.on, _events.c.at)
        .select_from(offers)
        .order_by(_offers.c.id)
    )


def _offer_report(connection: Connection) -> OfferReport:
    statuses = [OfferStatus(s) for s in connection.execute(select(_offers.c.status)).scalars()]
    months: dict[date, Counter[OfferStatus]] = {}
    for row in connection.execute(_answers().where(_offers.c.status.in_(_ANSWERED))):
        on = row.on or row.at.date()
        months.setdefault(on.replace(day=1), Counter())[OfferStatus(row.status)] += 1
    took, said_no, ran_out = _ANSWERED
    figure = acceptance(
        statuses.count(took),
        statuses.count(said_no),
        statuses.count(ran_out),
        withdrawn=statuses.count(OfferStatus.WITHDRAWN),
        pending=sum(s.is_open for s in statuses),
    )
    return OfferReport(figure, tuple((m, n[took], n[said_no], n[ran_out]) for m, n in sorted(months.items())))


def _days_to_submit(connection: Connection, shown: Sequence[int], zone: Any) -> dict[int, list[int]]:
    """By interviewer, whole days from the end of each interview with a time to its first card.

    A form counts to the day it is dated, however late it was brought in; one without a day that can be read not at all.
    """
    found: dict[int, list[int]] = {}
    for some in _parts(shown):
        query = (
            select(
                _interviews.c.interviewer_id,
                _interviews.c.starts_at,
                _interviews.c.minutes,
                _cards.c.submitted_at,
                _forms.c.id.label("form"),
                _forms.c.written_on,
            )
            .select_from(_cards.join(_interviews).outerjoin(_forms, _forms.c.scorecard_id == _cards.c.id))
            .where(
                _interviews.c.application_id.in_(some),
                _interviews.c.starts_at.is_not(None),
                _interviews.c.shadow.is_(False),
                _cards.c.amends_id.is_(None),
                _cards.c.state != CardState.DRAFT,
            )
        )
        for row in connection.execute(query):
            ended = row.starts_at + timedelta(minutes=row.minutes)
            done = row.written_on if row.form is not None else row.submitted_at.astimezone(zone).date()
            if done is None:
                continue
            passed = done - ended.astimezone(zone).date()
            found.setdefault(row.interviewer_id, []).append(max(0, passed.days))
    return found


def _departures(connection: Connection, shown: frozenset[int], zone: Any) -> DepartureReport:
    """The newest decision of each application whose cards are open to me."""
    newest = select(func.max(_decisions.c.id)).group_by(_decisions.c.application_id)
    query = (
        select(_decisions, _colleagues.c.name.label("who"), _candidates.c.name.label("candidate"), _openings.c.code)
        .select_from(_decisions.join(_colleagues, _colleagues.c.id == _decisions.c.by_id))
        .join_from(_decisions, _applications, _applications.c.id == _decisions.c.application_id)
        .join_from(_applications, _candidates)
        .join_from(_applications, _openings, _openings.c.id == _applications.c.opening_id)
        .where(_decisions.c.id.in_(newest))
        .order_by(_decisions.c.id)
    )
    decided = without = 0
    departed = []
    for row in connection.execute(query):
        if row.application_id not in shown:
            continue
        if row.zone is None:
            without += 1
            continue
        decided += 1
        verdict, rule_zone = Verdict(row.verdict), Zone(row.zone)
        if departs(verdict, rule_zone):
            on = row.at.astimezone(zone).date()
            departed.append(Departure(on, row.code, row.candidate, verdict, rule_zone, row.departure, row.who))
    return DepartureReport(decided, without, tuple(departed))
