"""Reports by keys and clicks: one at a time, one filter, a definition unfolded, an interviewer, a chart taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget

from app.desk.pages.reports.page import ReportsPage
from app.desk.parts.chart_picture import ChartPicture
from app.desk.parts.label import Text
from app.desk.parts.long_table import LongTable
from app.desk.preferences import Preferences
from app.domain.report_filter import ReportFilter
from app.packets.reports.table import REPORTS, ReportKind, ShownReport
from tests.journeys.conftest import Sitting
from tests.queries.test_fairness import Answers


def shown(sitting: Sitting) -> ReportsPage:
    """The page, with its picture drawn."""
    page = sitting.window.findChild(ReportsPage)
    assert page is not None
    sitting.qtbot.waitUntil(
        lambda: all(p.shown is not None for p in page.findChildren(ChartPicture) if p.isVisible()), timeout=20_000
    )
    sitting.settle()
    return page


def words(page: QWidget) -> str:
    return "\n".join(t.text() for t in page.findChildren(Text) if t.isVisible())


def test_one_report_at_a_time_with_its_chart_its_words_and_its_definition(sitting: Sitting) -> None:
    sitting.click(sitting.find(QPushButton, "Reports"))
    page = shown(sitting)
    assert page.section.report is not None
    assert page.section.report.name == "funnel"
    sitting.go("reports", report="agreement")
    said = words(shown(sitting))
    assert "the cards of 9 candidates are not open to you" in said
    assert "Alpha is" in said
    assert "Krippendorff’s alpha, ordinal" not in said, "the chart says its unit itself"
    assert "A unit is one dimension" not in said
    assert "Scores in them" in said, "the table stands there"
    sitting.click(sitting.find(QPushButton, "How computed: Agreement"))
    assert "A unit is one dimension of one candidate" in words(page)
    told = page.section.picture.accessibleName()
    assert told.startswith("Agreement. Alpha is")
    assert "n = 59 units" in told
    sitting.go("reports", report="severity")
    assert "For coaching only" in words(shown(sitting))


def test_arrows_go_through_the_list_and_only_the_shown_one_is_worked_out(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = ReportKind.shown

    def noted(kind: ReportKind, *rest: Any) -> ShownReport:
        asked.append(kind.name)
        return real(kind, *rest)

    monkeypatch.setattr(ReportKind, "shown", noted)
    sitting.go("reports")
    page = shown(sitting)
    assert page.list.hasFocus()
    assert asked == ["funnel"]
    names = list(REPORTS)
    sitting.press("Down", "Down")
    assert asked == names[:3]
    assert shown(sitting).section.accessibleName() == "Time to fill"
    sitting.press("End")
    assert asked[-1] == names[-1]
    assert "Nobody whose application was decided has answered" in words(shown(sitting))


def test_the_filter_is_kept_from_report_to_report_and_for_the_next_start(
    begin: Callable[..., Sitting], sample_copy: Path
) -> None:
    sitting = begin(sample_copy)
    sitting.go("reports")
    page = shown(sitting)
    sitting.press("Ctrl+F")
    assert page.filter.opening.hasFocus()
    sitting.press("Down")
    assert "39 application" not in words(page)
    opening = page.filter.opening.currentText()
    field = page.filter.since.line
    field.setFocus()
    QTest.keyClicks(field, "1 January 2026")
    sitting.press("Return")
    assert f"{opening} · from 1 January 2026 on" in words(page)
    sitting.press("Alt+8")
    assert page.look.report == "agreement"
    assert f"{opening} · from 1 January 2026 on" in words(shown(sitting))
    assert page.section.report is not None
    assert page.section.report.of == f"{opening} · from 1 January 2026 on"
    sitting.go("today")
    kept = Preferences.load(sample_copy.parent / "preferences.json")
    assert "agreement" in kept.reports[0][1]
    sitting.session.end()
    again = begin(sample_copy, kept)
    again.go("reports")
    page = shown(again)
    assert page.look.report == "agreement"
    assert f"{opening} · from 1 January 2026 on" in words(page)
    again.press("Ctrl+Shift+F")
    assert "all openings · all rubrics · all time" in words(shown(again))


def test_a_period_that_ends_before_it_begins_is_said_and_changes_nothing(sitting: Sitting) -> None:
    sitting.go("reports")
    page = shown(sitting)
    for field, day in ((page.filter.since, "1 March 2026"), (page.filter.until, "1 January 2026")):
        field.line.setFocus()
        QTest.keyClicks(field.line, day)
        sitting.press("Return")
    assert "ends before it begins" in words(page)
    assert page.look.asked == ReportFilter(since=date(2026, 3, 1))


def test_a_whole_year_is_chosen_from_the_list(sitting: Sitting) -> None:
    sitting.go("reports")
    page = shown(sitting)
    page.filter.period.setFocus()
    sitting.press("Down")
    assert page.look.asked.calendar_year == 2026
    assert "1 January 2026 to 31 December 2026" in words(shown(sitting))


def test_interviewers_are_looked_at_one_at_a_time(sitting: Sitting) -> None:
    sitting.go("reports", report="severity")
    page = shown(sitting)
    combo = sitting.find(QComboBox, "Interviewer")
    assert combo.currentText() == "Ruth Amadi", "it begins with oneself"
    names = [combo.itemText(n) for n in range(combo.count())]
    combo.setFocus()
    sitting.press("Up")
    other = combo.currentText()
    assert other != "Ruth Amadi"
    assert f"Severity of {other}" in words(page)
    assert not any(name in words(page.section) for name in names if name != other)
    page.show_name("days-to-submit")
    sitting.settle()
    assert combo.currentText() == other, "it stays with them"
    assert not any(name in words(page.section) for name in names if name != other)


def test_raters_of_the_team_are_looked_at_one_at_a_time(sitting: Sitting) -> None:
    sitting.go("reports", report="raters")
    page = shown(sitting)
    combo = sitting.find(QComboBox, "Rater")
    assert [combo.itemText(n) for n in range(combo.count())] == ["Dana Whitlock", "Ruth Amadi", "Tomasz Wieland"]
    assert combo.currentText() == "Ruth Amadi", "it begins with oneself"
    combo.setFocus()
    sitting.press("Down")
    assert "Ratings of Tomasz Wieland" in words(shown(sitting))
    assert "For coaching only" in words(page)
    assert not any(name in words(page.section) for name in ("Dana Whitlock", "Ruth Amadi"))
    field = page.filter.until.line
    field.setFocus()
    QTest.keyClicks(field, "1 January 2025")
    sitting.press("Return")
    assert "No assessment of a session that is open to you is in yet." in words(page)


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbfWhat")])
def test_a_report_leaves_as_picture_page_and_table(
    sitting: Sitting, form: str, begins: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / f"out.{form}"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    sitting.go("reports", report="agreement")
    section = shown(sitting).section
    action = next(a for a in section.menu.actions() if form.upper() in a.text())
    action.trigger()
    sitting.settle()
    assert target.read_bytes().startswith(begins)


def test_drawing_never_holds_the_window(sitting: Sitting) -> None:
    """What the window's own thread does with a picture is to show it."""
    sitting.go("reports", report="spread")
    page = shown(sitting)
    sitting.window.resize(1100, 800)
    sitting.qtbot.wait(200)
    page = shown(sitting)
    image = page.section.picture.shown
    assert image is not None
    assert abs(image.width() / image.devicePixelRatio() - page.section.picture.width()) < 2


def test_a_long_table_shows_every_row_and_makes_no_label_of_its_cells(sitting: Sitting) -> None:
    sitting.go("reports", report="time-to-fill")
    section = shown(sitting).section
    assert section.report is not None
    rows = tuple((f"<b>SR-{n}</b>", *("" for _ in section.report.headings[1:])) for n in range(5000))
    section.show_report(replace(section.report, rows=rows))
    QTest.qWait(20)
    before = len(section.findChildren(Text))
    table = section.findChild(LongTable)
    assert table is not None
    assert table.accessibleName() == "Table: Time to fill"
    assert before < 100
    words_of = table.model()
    assert words_of.rowCount() == 5000
    assert words_of.index(0, 0).data() == "<b>SR-0</b>"
    sitting.settle()
    assert table.indexAt(table.viewport().rect().bottomLeft()).row() >= 4998, "the newest is in sight"
    table.setFocus()
    sitting.press("Ctrl+Home")
    assert table.currentIndex().row() == 0
    assert table.visualRect(table.currentIndex()).top() >= 0


def test_fairness_is_of_a_whole_year_or_of_all_time(begin: Callable[..., Sitting], tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    for year in (2024, 2025):
        answers.people("Woman", hired=2, turned_down=10, year=year)
        answers.people("Man", hired=6, turned_down=6, year=year)
    answers.people("Man", hired=1, turned_down=2, year=2026)
    path = answers.workspace.path
    answers.workspace.close()
    sitting = begin(path)
    sitting.go("reports")
    shown(sitting)
    sitting.press("End")
    page = shown(sitting)
    assert page.section.report is not None
    assert ("Gender", "Woman", "hired", "4", "24") in [row[:5] for row in page.section.report.rows]
    page.filter.period.setFocus()
    sitting.press("Down", "Down")
    assert page.look.asked.calendar_year == 2025
    assert page.section.report.of.endswith("1 January 2025 to 31 December 2025")
    field = page.filter.until.line
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "30 June 2025")
    sitting.press("Return")
    assert "one whole calendar year" in words(shown(sitting))
    sitting.press("Ctrl+Shift+F")
    assert "under four fifths" in words(shown(sitting))
