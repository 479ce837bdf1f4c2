"""What reports are about: one opening, one rubric, a period of whole days, or everything; kept as one text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Self

from app.domain.spelling import canonical


@dataclass(frozen=True)
class ReportFilter:
    """None and "" leave everything in. Both days belong to the period; what it is of, each report says of itself.

    `rubric` is the key of a rubric whose scores are pooled. Raises ValueError where a period ends before it begins.
    """

    opening: int | None = None
    rubric: str = ""
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """A period that ends before it begins is none."""
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError("a period that ends before it begins")

    @property
    def whole(self) -> bool:
        """Whether everything is in."""
        return self == type(self)()

    @property
    def dated(self) -> bool:
        """Whether it is of a period."""
        return self.since is not None or self.until is not None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the period; one that is not known lies in none but all time."""
        if day is None:
            return not self.dated
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def calendar_year(self) -> int | None:
        """The one year that the period is, from its first day to its last; None where it is anything else."""
        first, last = self.since, self.until
        if first is None or last is None or first.year != last.year:
            return None
        return first.year if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) else None


@dataclass(frozen=True)
class ReportsView:
    """The filter, and the report by its name that is shown; empty for the first one."""

    report: str = ""
    asked: ReportFilter = ReportFilter()

    def showing(self, report: str) -> Self:
        """The same filter with another report."""
        return replace(self, report=report)

    def as_text(self) -> str:
        """The view as canonical JSON."""
        held = asdict(self.asked) | {"since": _text(self.asked.since), "until": _text(self.asked.until)}
        return canonical({"report": self.report, **held})


def reports_view_of(text: str) -> ReportsView:
    """The view in such a text; what can't be read of it stays as it is without one."""
    try:
        held = json.loads(text)
        opening, rubric, report = held.get("opening"), held.get("rubric", ""), held.get("report", "")
        asked = ReportFilter(
            opening if type(opening) is int else None,
            rubric if isinstance(rubric, str) else "",
            _day(held.get("since")),
            _day(held.get("until")),
        )
    except (ValueError, AttributeError):
        return ReportsView()
    return ReportsView(report if isinstance(report, str) else "", asked)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(held: object) -> date | None:
    return date.fromisoformat(held) if isinstance(held, str) else None
