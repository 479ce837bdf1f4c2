"""What an opening pays: a range with its criteria, set before anybody applies."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.pipeline import PayPeriod


@dataclass(frozen=True)
class PayRange:
    """From `low` to `high` in the minor unit of an ISO 4217 currency, for each `period`; an end may be open.

    `criteria` are the objective ones by which a place in the range is found.
    """

    low: int | None = None
    high: int | None = None
    currency: str = ""
    period: PayPeriod = PayPeriod.YEAR
    criteria: str = ""

    @property
    def is_said(self) -> bool:
        """Whether there is any amount in it."""
        return self.low is not None or self.high is not None
