"""Reports by keys and clicks: unfold a definition and a table, choose an interviewer, take a chart along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from app.desk.pages.reports.page import ReportsPage
from app.desk.parts.chart_picture import ChartPicture
from app.desk.parts.label import Text
from app.desk.parts.long_table import LongTable
from tests.journeys.conftest import Sitting


def shown(sitting: Sitting) -> ReportsPage:
    """The page, with its pictures drawn."""
    page = sitting.window.findChild(ReportsPage)
    assert page is not None
    sitting.qtbot.waitUntil(
        lambda: all(p.shown is not None for p in page.findChildren(ChartPicture) if p.isVisible()), timeout=20_000
    )
    sitting.settle()
    return page


def words(page: ReportsPage) -> str:
    return "\n".join(t.text() for t in page.findChildren(Text) if t.isVisible())


def test_each_figure_has_its_chart_its_words_and_its_definition(sitting: Sitting) -> None:
    sitting.click(sitting.find(QPushButton, "Reports"))
    page = shown(sitting)
    said = words(page)
    assert "the cards of 9 candidates are not open to you" in said
    assert "Alpha is" in said
    assert "For coaching only" in said
    assert "Krippendorff’s alpha, ordinal" not in said, "the chart says its unit itself"
    assert "A unit is one dimension" not in said
    sitting.click(sitting.find(QPushButton, "How computed: Agreement"))
    assert "A unit is one dimension of one candidate" in words(page)
    sitting.click(sitting.find(QPushButton, "Table: Time to fill"))
    assert "SR-2025-07" in words(page)
    told = page.sections["agreement"].picture.accessibleName()
    assert told.startswith("Agreement. Alpha is")
    assert "n = 59 units" in told


def test_interviewers_are_looked_at_one_at_a_time(sitting: Sitting) -> None:
    sitting.go("reports")
    page = shown(sitting)
    combo = sitting.find(QComboBox, "Interviewer")
    assert combo.currentText() == "Ruth Amadi", "it begins with oneself"
    names = [combo.itemText(n) for n in range(combo.count())]
    combo.setFocus()
    sitting.press("Up")
    other = combo.currentText()
    assert other != "Ruth Amadi"
    assert f"Severity of {other}" in words(page)
    body = words(page.sections["severity"]) + words(page.sections["days-to-submit"])  # type: ignore[arg-type]
    assert not any(name in body for name in names if name != other)


def test_alt_and_a_digit_go_to_a_report(sitting: Sitting) -> None:
    sitting.go("reports")
    page = shown(sitting)
    sitting.press("Alt+3")
    assert page.sections["agreement"].how.hasFocus()
    sitting.press("Space")
    assert page.sections["agreement"].how.isChecked()


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbfWhat")])
def test_a_report_leaves_as_picture_page_and_table(
    sitting: Sitting, form: str, begins: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / f"out.{form}"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    sitting.go("reports")
    section = shown(sitting).sections["agreement"]
    action = next(a for a in section.menu.actions() if form.upper() in a.text())
    action.trigger()
    sitting.settle()
    assert target.read_bytes().startswith(begins)


def test_drawing_never_holds_the_window(sitting: Sitting) -> None:
    """What the window's own thread does with a picture is to show it."""
    sitting.go("reports")
    page = shown(sitting)
    sitting.window.resize(1100, 800)
    sitting.qtbot.wait(200)
    page = shown(sitting)
    image = page.sections["spread"].picture.shown
    assert image is not None
    assert abs(image.width() / image.devicePixelRatio() - page.sections["spread"].picture.width()) < 2


def test_a_long_table_shows_every_row_and_makes_no_label_of_its_cells(sitting: Sitting) -> None:
    sitting.click(sitting.find(QPushButton, "Reports"))
    section = shown(sitting).sections["time-to-fill"]
    assert section.report is not None
    rows = tuple((f"<b>SR-{n}</b>", *("" for _ in section.report.headings[1:])) for n in range(5000))
    section.show_report(replace(section.report, rows=rows))
    before = len(section.findChildren(Text))
    section.table.click()
    table = section.findChild(LongTable)
    assert table is not None
    assert table.accessibleName() == "Table: Time to fill"
    assert len(section.findChildren(Text)) == before
    words_of = table.model()
    assert words_of.rowCount() == 5000
    assert words_of.index(0, 0).data() == "<b>SR-0</b>"
    sitting.settle()
    assert table.indexAt(table.viewport().rect().bottomLeft()).row() >= 4998, "the newest is in sight"
    table.setFocus()
    sitting.press("Ctrl+Home")
    assert table.currentIndex().row() == 0
    assert table.visualRect(table.currentIndex()).top() >= 0
