"""Why applications ended, and where those who were hired came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from sqlalchemy import case, func, select
from sqlmodel import col

from app.domain.offer import OfferStatus
from app.domain.pipeline import Outcome
from app.queries.reports.entry import ELSEWHERE, entry_day, reached_stages, stage_order
from app.queries.reports.scope import Scope
from app.records.local_days import LocalDays
from app.store.tables import Application, Candidate, Closing, Stage
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent


@dataclass(frozen=True)
class EndedFor:
    """So many applications ended in a stage in one way, for one reason of the list; empty where it was written in
    words alone, which stay with the application."""

    stage: str
    outcome: Outcome
    side: str
    why: str
    n: int


@dataclass(frozen=True)
class ReasonReport:
    """Rejections and withdrawals that hold, in the order of the stages; `declined` counts offers that were."""

    rows: tuple[EndedFor, ...]
    declined: int


@dataclass(frozen=True)
class SourceFlow:
    """Of the applications that came by one way: how many came past the stage they began in, got an offer, were hired,
    and are still open."""

    entered: int = 0
    went_on: int = 0
    offered: int = 0
    hired: int = 0
    open: int = 0

    @property
    def low(self) -> Fraction | None:
        """The share hired so far; None where nobody came."""
        return Fraction(self.hired, self.entered) if self.entered else None

    @property
    def high(self) -> Fraction | None:
        """The share hired if all who are open were."""
        return Fraction(self.hired + self.open, self.entered) if self.entered else None

    def __add__(self, other: Self) -> SourceFlow:
        """Both together."""
        return SourceFlow(
            self.entered + other.entered,
            self.went_on + other.went_on,
            self.offered + other.offered,
            self.hired + other.hired,
            self.open + other.open,
        )


@dataclass(frozen=True)
class SourceReport:
    """By sort of source, those with most applications first."""

    sources: tuple[tuple[str, SourceFlow], ...]


def reasons(scope: Scope) -> ReasonReport:
    """Applications that were closed in the period and are still, and offers declined in it."""
    query = (
        select(col(Stage.name), col(Closing.outcome), col(Closing.side), col(Closing.why), func.count())
        .select_from(Closing)
        .join(Application, col(Application.id) == col(Closing.application_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
        .where(
            col(Closing.reopened_at).is_(None),
            col(Closing.outcome).in_((Outcome.REJECTED, Outcome.WITHDRAWN)),
            col(Closing.outcome) == col(Application.outcome),
            scope.of_opening(col(Application.opening_id)),
            scope.within(col(Closing.closed_at)),
        )
        .group_by(col(Stage.name), col(Closing.outcome), col(Closing.side), col(Closing.why))
    )
    rows = [EndedFor(s, Outcome(o), side, why, n) for s, o, side, why, n in scope.connection.execute(query)]
    order = {stage: place for place, stage in enumerate(stage_order(scope))}
    rows.sort(key=lambda r: (order[r.stage], r.side, -r.n, r.outcome, r.why))
    return ReasonReport(tuple(rows), _declined(scope))


def sources(scope: Scope) -> SourceReport:
    """Applications by the sort of source of their candidate; they belong to the period by the day they came in."""
    reached, days = reached_stages(scope), LocalDays(scope.workspace.zone)
    offers = (
        select(col(OfferEvent.id))
        .join(Offer, col(Offer.id) == col(OfferEvent.offer_id))
        .where(col(Offer.application_id) == col(Application.id), col(OfferEvent.status) == OfferStatus.SENT)
    )
    hired = col(Application.outcome) == Outcome.HIRED
    kinds = (
        (reached.top > reached.first) | hired,
        offers.exists(),
        hired,
        col(Application.outcome) == Outcome.ACTIVE,
    )
    counts = (func.sum(case((clause, 1), else_=0)) for clause in kinds)
    query = (
        select(reached.entered, col(Candidate.source), func.count(), *counts)
        .select_from(reached.table)
        .join(Application, col(Application.id) == reached.application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(col(Application.outcome).not_in(ELSEWHERE))
        .group_by(reached.entered, col(Candidate.source))
    )
    found: defaultdict[str, SourceFlow] = defaultdict(SourceFlow)
    for key, source, *counted in scope.connection.execute(query):
        if scope.asked.holds(entry_day(key, days)):
            found[source] += SourceFlow(*counted)
    return SourceReport(tuple(sorted(found.items(), key=lambda item: (-item[1].entered, item[0]))))


def _declined(scope: Scope) -> int:
    """Offers that were declined in the period; each is so once."""
    query = (
        select(col(OfferEvent.on), col(OfferEvent.at))
        .select_from(OfferEvent)
        .join(Offer, col(Offer.id) == col(OfferEvent.offer_id))
        .join(Application, col(Application.id) == col(Offer.application_id))
        .where(
            col(Offer.status) == OfferStatus.DECLINED,
            col(OfferEvent.status) == OfferStatus.DECLINED,
            scope.of_opening(col(Application.opening_id)),
        )
    )
    return sum(scope.asked.holds(on or scope.day_of(at)) for on, at in scope.connection.execute(query))
