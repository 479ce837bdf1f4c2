"""The filter of reports: what lies in it, and that it comes back from its text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.report_filter import ReportFilter, ReportsView, reports_view_of
from app.phrases.reports import filter_words

DAYS = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))


@given(st.none() | st.integers(1, 999), st.text(max_size=9), DAYS, DAYS, st.text(max_size=9))
def test_a_view_comes_back_from_its_text(
    opening: int | None, rubric: str, since: date | None, until: date | None, report: str
) -> None:
    if since is not None and until is not None and until < since:
        since, until = until, since
    view = ReportsView(report, ReportFilter(opening, rubric, since, until))
    assert reports_view_of(view.as_text()) == view


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "{",
        '{"since": "tomorrow"}',
        '{"since": "2026-03-02", "until": "2026-03-01"}',
        '{"opening": true}',
    ],
)
def test_what_cannot_be_read_is_no_filter(text: str) -> None:
    assert reports_view_of(text) == ReportsView()


def test_both_days_belong_to_the_period() -> None:
    asked = ReportFilter(since=date(2026, 1, 1), until=date(2026, 1, 31))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [asked.holds(day) for day in days] == [False, True, True, False]
    assert not asked.holds(None)
    assert ReportFilter().holds(None)
    with pytest.raises(ValueError, match="ends before"):
        ReportFilter(since=date(2026, 1, 2), until=date(2026, 1, 1))


def test_one_whole_year_or_none() -> None:
    assert ReportFilter(since=date(2025, 1, 1), until=date(2025, 12, 31)).calendar_year == 2025
    for since, until in (
        (date(2025, 1, 1), date(2026, 12, 31)),
        (date(2025, 1, 2), date(2025, 12, 31)),
        (date(2025, 1, 1), None),
        (None, None),
    ):
        assert ReportFilter(since=since, until=until).calendar_year is None


def test_the_filter_in_words() -> None:
    everything = ReportFilter()
    assert everything.whole
    assert filter_words(everything, "", "") == "all openings · all rubrics · all time"
    asked = ReportFilter(3, "", None, date(2026, 1, 31))
    assert filter_words(asked, "SR-1 · Lead", "") == "SR-1 · Lead · until 31 January 2026"
    of_rubric = ReportFilter(rubric="sre", since=date(2026, 1, 1))
    assert filter_words(of_rubric, "", "SRE") == "all openings · SRE · from 1 January 2026 on"
