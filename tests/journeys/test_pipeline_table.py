"""A person filters, sorts, chooses several and acts on them, by keys; and finds it as it was left."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.pages.pipeline.page import PipelinePage
from app.desk.pages.pipeline.table import PipelineTable
from app.desk.pages.pipeline.table_model import BLOCK, PipelineModel
from app.desk.parts.label import Text
from app.desk.theme import Theme
from app.domain.candidate import Source
from app.domain.pipeline_view import PipelineColumn, PipelineView, Shape, Standing
from app.queries.pipeline import PipelineRow, pipeline_ids
from tests.journeys.conftest import Sitting

MENU = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
TABLE = PipelineView(Shape.TABLE, sort=PipelineColumn.NAME, descending=False)


def page_of(sitting: Sitting) -> PipelinePage:
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    return page


def table_of(sitting: Sitting) -> PipelineTable:
    return page_of(sitting).table


def names(sitting: Sitting) -> list[str]:
    """The names in sight, in the order of the table."""
    rows = table_of(sitting).rows
    found = [rows.row(line) for line in range(len(rows.ids))]
    return [row.name for row in found if row is not None]


def choose_in_menu(sitting: Sitting, words: str) -> None:
    """Take a line of the menu that has dropped, by its words."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    line = next(action for action in menu.actions() if action.text() == words)
    menu.close()
    line.trigger()
    sitting.settle()


def said(sitting: Sitting) -> str:
    return " ".join(text.text() for text in sitting.window.notice.findChildren(Text))


def open_table(sitting: Sitting, view: PipelineView = TABLE) -> PipelineTable:
    sitting.go("pipeline", view=view)
    return table_of(sitting)


def test_the_table_is_two_keys_away_and_enter_opens(sitting: Sitting) -> None:
    sitting.go("pipeline")
    sitting.press("Ctrl+B")
    table = table_of(sitting)
    assert table.isVisible()
    assert table.hasFocus()
    assert len(names(sitting)) == 19
    sitting.press("Down", "Return")
    assert sitting.window.place == "application"


def test_what_was_chosen_is_there_on_return(sitting: Sitting) -> None:
    sitting.go("pipeline", view=replace(TABLE, stage="Screen", opening=1))
    assert len(names(sitting)) == 4
    sitting.go("today")
    sitting.go("pipeline")
    assert table_of(sitting).isVisible()
    assert len(names(sitting)) == 4
    kept = sitting.session.opened
    assert kept is not None
    held = kept.desk.preferences.pipeline(kept.desk.workspace.settings.key)
    assert '"stage":"Screen"' in held.replace(" ", "")
    sitting.press("Ctrl+Shift+F")
    assert len(names(sitting)) == 19


def test_the_filter_is_a_form_and_stands_in_words(sitting: Sitting) -> None:
    sitting.go("pipeline")
    sitting.press("Ctrl+F")
    page = page_of(sitting)
    panel = page.bar.panels[0]
    assert panel.isVisible()
    focused = sitting.window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Which"
    QTest.keyClicks(focused, "Closed")
    sitting.press("Ctrl+Return")
    assert panel.isHidden()
    assert table_of(sitting).isVisible(), "closed ones are on no board"
    assert any("Closed ones" in text.text() for text in page.bar.findChildren(Text))
    assert len(names(sitting)) == 14


def test_a_view_without_anybody_keeps_the_keys(sitting: Sitting) -> None:
    sitting.go("pipeline", view=replace(TABLE, opening=1, standing=Standing.HELD))
    focused = sitting.window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Filter…", focused
    sitting.press("Ctrl+Shift+F")
    assert len(names(sitting)) == 19


def test_closed_ones_are_one_link_away(sitting: Sitting) -> None:
    sitting.go("pipeline")
    sitting.click(sitting.find(QPushButton, "14 closed"))
    assert len(names(sitting)) == 14


@MENU
def test_several_move_in_one_step(sitting: Sitting) -> None:
    open_table(sitting, replace(TABLE, opening=1, stage="Applied"))
    before = names(sitting)
    assert len(before) == 5
    sitting.press("Home", "Shift+Down", "Shift+Down", "Ctrl+M")
    choose_in_menu(sitting, "Panel")
    assert names(sitting) == before[3:]
    assert "3 applications moved to Panel. Ctrl+Z takes it back." in said(sitting)
    sitting.press("Ctrl+Z")
    assert names(sitting) == before


@MENU
def test_all_are_closed_with_a_reason_and_come_back(sitting: Sitting) -> None:
    open_table(sitting, replace(TABLE, opening=1, stage="Applied"))
    before = names(sitting)
    sitting.press("Ctrl+A", "Ctrl+D")
    panel = page_of(sitting).several.closing
    assert panel.isVisible()
    sitting.press("Tab")
    QTest.keyClicks(sitting.window.focusWidget(), "Somebody else")
    sitting.press("Ctrl+Return")
    assert names(sitting) == []
    sitting.go("pipeline", view=replace(TABLE, opening=1, standing=Standing.CLOSED))
    rows = [table_of(sitting).rows.row(line) for line in range(len(table_of(sitting).rows.ids))]
    assert {row.name for row in rows if row and row.why == "Somebody else was chosen"} == set(before)
    sitting.press("Ctrl+Z")
    sitting.go("pipeline", view=replace(TABLE, opening=1, stage="Applied"))
    assert names(sitting) == before


def tagged(table: PipelineTable) -> dict[int, tuple[str, ...]]:
    rows = [table.rows.row(line) for line in range(len(table.rows.ids))]
    return {row.application: row.tags for row in rows if row is not None and row.tags}


@MENU
def test_tags_and_owner_go_to_those_chosen_with_ctrl_space(sitting: Sitting) -> None:
    table = open_table(sitting, replace(TABLE, opening=1, stage="Applied"))
    sitting.press("Home", "Ctrl+Down", "Ctrl+Down", "Ctrl+Space")
    assert len(table.chosen()) in (1, 2)
    chosen = table.chosen()
    sitting.press("Ctrl+T")
    sitting.write("search, remote")
    sitting.press("Return")
    assert tagged(table) == dict.fromkeys(chosen, ("search", "remote"))
    assert table.chosen() == chosen, "they stay chosen"
    sitting.press("Ctrl+Shift+O")
    choose_in_menu(sitting, "Ruth Amadi")
    sitting.press("Ctrl+Z", "Ctrl+Z")
    assert tagged(table) == {}


def test_mouse_sorts_and_chooses(sitting: Sitting) -> None:
    table = open_table(sitting, replace(TABLE, opening=1))
    before = names(sitting)
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    sitting.settle()
    assert names(sitting) == before[::-1]
    assert table.chosen() == (), "a heading chooses nobody"
    first, third = (table.visualRect(table.rows.index(line, 0)).center() for line in (0, 2))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pos=third)
    assert len(table.chosen()) == 3
    assert page_of(sitting).several.isVisible()
    sitting.press("Escape")
    assert page_of(sitting).several.isHidden()


@MENU
def test_columns_are_chosen_ordered_and_sized(sitting: Sitting) -> None:
    table = open_table(sitting, replace(TABLE, opening=1))
    page_of(sitting).bar.drop_columns()
    choose_in_menu(sitting, "Place")
    assert table.rows.columns[-1] is PipelineColumn.PLACE
    sitting.press("Home", "Ctrl+Shift+Right")
    assert table.rows.columns[1] is PipelineColumn.NAME
    table.horizontalHeader().moveSection(1, 0)  # as a drag ends
    sitting.settle()
    assert table.rows.columns[0] is PipelineColumn.NAME
    assert [table.horizontalHeader().visualIndex(at) for at in range(3)] == [0, 1, 2]
    table.setColumnWidth(0, 300)
    sitting.settle()
    assert dict(page_of(sitting).look.widths)[PipelineColumn.NAME] == 300
    page_of(sitting).bar.drop_columns()
    choose_in_menu(sitting, "Place")
    assert PipelineColumn.PLACE not in table.rows.columns
    sitting.go("today")
    sitting.go("pipeline")
    assert table.columnWidth(0) == 300


@MENU
def test_a_view_is_kept_by_name_and_chosen_again(sitting: Sitting) -> None:
    open_table(sitting, replace(TABLE, opening=1, stage="Screen"))
    sitting.press("Ctrl+Shift+V")
    choose_in_menu(sitting, "Keep this view as…")
    sitting.write("Screen & calls")
    sitting.press("Return", "Ctrl+Shift+F")
    assert len(names(sitting)) == 19
    sitting.press("Ctrl+Shift+V")
    choose_in_menu(sitting, "Screen && calls")
    assert len(names(sitting)) == 4


def save_as(sitting: Sitting, target: Path) -> None:
    dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog) and d.isVisible())
    dialog.fileSelected.emit(str(target))
    dialog.close()
    sitting.settle()


def test_what_is_in_view_goes_out_and_no_cell_runs(sitting: Sitting, tmp_path: Path) -> None:
    sitting.go("pipeline")
    sitting.press("Ctrl+N")
    sitting.write('=HYPERLINK("x")')
    sitting.press("Return")
    open_table(sitting, replace(TABLE, opening=1, stage="Applied"))
    sitting.press("Ctrl+Shift+E")
    save_as(sitting, tmp_path / "out.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert lines[0][:5] == ["Name", "Opening", "Stage", "Days in stage", "Stuck or on hold"]
    assert ["11", "stuck"] in [line[3:5] for line in lines]
    assert "2026-03-01" in [line[-1] for line in lines], "a day as programs read it"
    assert [line[0].removeprefix("'") for line in lines[1:]] == names(sitting)
    assert '\'=HYPERLINK("x")' in [line[0] for line in lines]
    page_of(sitting).bar.ask_export("xlsx")
    save_as(sitting, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.max_row == 7


def test_all_openings_are_a_table(sitting: Sitting) -> None:
    sitting.go("pipeline")
    page = page_of(sitting)
    next(a for a in page._menu.actions() if a.text() == "All openings").trigger()
    sitting.settle()
    assert page.table.isVisible()
    workspace = page.desk.workspace
    assert len(names(sitting)) == len(pipeline_ids(workspace, PipelineView()).ids) > 19
    sitting.press("Ctrl+B")
    assert page.view.isVisible(), "a board is of one opening"


def row(number: int) -> PipelineRow:
    return PipelineRow(
        number, number, f"Person {number}", "Role · R-1", "Applied", 3, None, False, "", None, 0, 6, "", "",
        Source.NOT_SAID, "", (), None, "", "", "", "active", None, "", "",
    )  # fmt: skip


def take_all(model: PipelineModel, pending: list[tuple[int, int, tuple[int, ...]]]) -> None:
    while pending:
        turn, block, ids = pending.pop()
        model.take(turn, block, [row(number) for number in ids])


def test_the_model_is_sound_and_reads_only_what_is_asked_for(qtbot: QtBot, qtmodeltester: object) -> None:
    model = PipelineModel(Theme("light"), TABLE.columns)
    asked: list[int] = []

    def read() -> None:
        turn, block, ids = model.next_block()
        asked.append(block)
        pending.append((turn, block, ids))

    pending: list[tuple[int, int, tuple[int, ...]]] = []
    model.wanted.connect(read)
    model.show_ids(tuple(range(1000, 0, -1)))
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    take_all(model, pending)
    asked.clear()
    model.show_ids(tuple(range(2000, 2500)))
    assert model.data(model.index(450, 0)) == "…"
    take_all(model, pending)
    assert model.data(model.index(450, 0)) == "Person 2450"
    assert set(asked) <= {0, 450 // BLOCK}, "of what is in sight alone; the tester looks at the first"
    model.show_columns((PipelineColumn.NAME,))
    assert model.columnCount() == 1
    model.forget()
    qtmodeltester.check(model)  # type: ignore[attr-defined]
