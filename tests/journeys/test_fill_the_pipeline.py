"""A person adds candidates by form and from a table, and moves cards by mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from app.desk.pages.people_import.page import PeopleImportPage
from app.desk.pages.pipeline.board import BoardView
from app.desk.pages.pipeline.page import PipelinePage
from tests.journeys.conftest import Sitting


def board_of(sitting: Sitting) -> BoardView:
    """The board that is shown."""
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    return page.view


def names(sitting: Sitting, stage: int) -> list[str]:
    """Who stands in a stage."""
    return [c.name for c in board_of(sitting).lists[stage].stage_model.cards]


def looked(sitting: Sitting) -> PeopleImportPage:
    """The page of the import, once every row was looked at."""
    sitting.settle()
    page = sitting.window.page
    assert isinstance(page, PeopleImportPage)
    sitting.qtbot.waitUntil(lambda: not page._rest.isActive() and page._job is None, timeout=20_000)
    return page


def brought(sitting: Sitting) -> None:
    """Import what is shown, and be back where it was asked for."""
    page = looked(sitting)
    if page.import_button.isEnabled():
        sitting.click(page.import_button)
    else:
        sitting.go("pipeline")


def test_a_candidate_is_added_by_keyboard(sitting: Sitting) -> None:
    sitting.go("pipeline")
    sitting.press("Ctrl+N")
    focused = sitting.window.focusWidget()
    assert isinstance(focused, QLineEdit)
    QTest.keyClicks(focused, "Åsa <b>Öberg</b>")
    sitting.press("Tab")
    QTest.keyClicks(sitting.window.focusWidget(), "asa@example.org")
    sitting.press("Return")
    assert "Åsa <b>Öberg</b>" in names(sitting, 0), "text is text"
    sitting.press("Ctrl+Z")
    assert "Åsa <b>Öberg</b>" not in names(sitting, 0)


def test_a_form_without_a_name_says_so_and_stays(sitting: Sitting) -> None:
    sitting.go("pipeline")
    sitting.press("Ctrl+N", "Return")
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    assert page._panel.isVisible()
    assert len(names(sitting, 0)) == 5


def test_a_table_is_imported_once(sitting: Sitting, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(
        "Name;E-mail;Source\nŽofie Malá;zofie@example.org;Careers page\nDimitri Olsson;;\n", encoding="utf-16"
    )
    sitting.go("pipeline")
    for _ in range(2):
        sitting.click(sitting.find(QPushButton, "Import"))
        dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog) and d.isVisible())
        dialog.fileSelected.emit(str(table))
        dialog.close()
        sitting.settle()
        # Whether the one without a mail is the Dimitri who is known needs a person.
        brought(sitting)
        assert names(sitting, 0).count("Žofie Malá") == 1
        assert names(sitting, 0).count("Dimitri Olsson") == 1


def test_a_wrong_table_changes_nothing_and_names_the_line(sitting: Sitting, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name,Applied\nFine Person,2026-03-01\nWrong Person,03/04/26\n")
    sitting.go("pipeline")
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    page.import_from(table)
    importing = looked(sitting)
    assert not importing.import_button.isEnabled()
    assert "Line 3: “03/04/26” could be two days" in importing.rows.problem.text()
    sitting.go("pipeline")
    assert len(names(sitting, 0)) == 5


def test_a_card_moves_by_mouse(sitting: Sitting) -> None:
    sitting.go("pipeline")
    view = board_of(sitting)
    source, target = view.lists[0], view.lists[2]
    data = source.stage_model.mimeData([source.stage_model.index(0)])
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target.viewport(), QDragEnterEvent(QPoint(40, 40), move, data, left, none))
    QApplication.sendEvent(target.viewport(), QDropEvent(QPointF(40, 40), move, data, left, none))
    sitting.settle()
    assert "Dimitri Olsson" in names(sitting, 2)
    assert "Dimitri Olsson" not in names(sitting, 0)
    assert sitting.session.opened is not None
    assert sitting.window.sidebar._undo_words.text() == "Dimitri Olsson to First rounds"


def test_a_click_opens_the_application(sitting: Sitting) -> None:
    sitting.go("pipeline")
    stage = board_of(sitting).lists[4]
    rect = stage.visualRect(stage.stage_model.index(0))
    QTest.mouseClick(stage.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    sitting.settle()
    assert sitting.window.place == "application"


def test_columns_that_are_dropped_are_seen_before_anybody_comes_in(sitting: Sitting, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("Name,Level,Guide\nOwn Person,MLE2,\n", encoding="utf-8")
    sitting.go("pipeline")
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    page.import_from(table)
    importing = looked(sitting)
    assert "Come along as further facts: Level, Guide." in importing.rows.remarks.text()
    brought(sitting)
    assert "Own Person" in names(sitting, 0)
