"""The window: going places, commands by key, one quiet message, and room for large text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page, Place
from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.preferences import Appearance, Preferences
from app.desk.shell.window import Window
from app.desk.theme import Theme
from app.desk.work import Work
from app.errors import Refused


@dataclass(frozen=True)
class Report:
    """A change as the store tells it."""

    table: str

    def touches(self, tables: frozenset[str]) -> bool:
        return self.table in tables


class Board(Page):
    """A page that remembers what the window told it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.heard: list[str] = []
        self.read = {"board": frozenset({"application"})}
        self.line = QLineEdit()
        self.button = Button("Move")
        self.action = Button("Add candidate", "primary")
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.button)
        column.addWidget(Text("A long line of words that has no room in a narrow window. " * 3, elide=True))

    def breadcrumb(self) -> Sequence[Crumb]:
        return (Crumb("Hire", "pipeline"), Crumb("Pipeline"))

    def top_actions(self) -> Sequence[QWidget]:
        return (self.action,)

    def footer(self) -> QWidget:
        return Text("The strip's key", "caption")

    def commands(self) -> Sequence[Command]:
        return (Command("board.add", "Add candidate", lambda: self.heard.append("add"), ("Ctrl+N",)),)

    def arrived(self, **where: Any) -> None:
        self.heard.append(f"arrived {where}")

    def flush(self) -> None:
        self.heard.append("flush")

    def changed(self, report: Any) -> None:
        self.heard.append("changed")


class Rubric(Page):
    """A second page."""

    def breadcrumb(self) -> Sequence[Crumb]:
        return (Crumb("Rubric"),)


PLACES = (
    Place("pipeline", "Pipeline", Board, "Hire", "Ctrl+1"),
    Place("application", "Application", Rubric, "Hire", under="pipeline"),
    Place("rubric", "Rubric", Rubric, "Guides", "Ctrl+2"),
    Place("settings", "Settings", Rubric),
)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A desk without a workspace; the pages here need none."""
    problems: list[str] = []
    theme = Theme(Appearance.LIGHT)
    theme.apply(qapp)
    work = Work(lambda error, operation: problems.append(f"{operation}: {error!r}"))
    yield Desk(work, theme, Preferences(appearance=Appearance.LIGHT), tmp_path / "preferences.json")
    work.close()
    theme.choose(text_factor=1.0)
    qapp.setStyleSheet("")
    assert problems == []


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    """The window on its first page."""
    made = Window(desk, PLACES)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go("pipeline")
    yield made
    made.close()


def board(window: Window) -> Board:
    """The page being shown, which is the board."""
    assert isinstance(window.page, Board)
    return window.page


def crumbs(window: Window) -> list[str]:
    """The path in the top bar."""
    shown: list[QPushButton | Text] = [b for b in window.topbar.findChildren(QPushButton) if b.isVisible()]
    shown += [label for label in window.topbar.findChildren(Text) if label.isVisible()]
    return [w.text() for w in sorted(shown, key=lambda w: w.x()) if w.property("role") in ("crumb", "body")]


def test_only_the_places_given_are_shown(window: Window) -> None:
    shown = [b.text() for b in window.sidebar.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["Pipeline", "Rubric", "Settings"]
    assert {"Hire", "Guides"} <= {label.text() for label in window.sidebar.findChildren(Text)}


def test_a_click_goes_there_and_a_crumb_comes_back(window: Window) -> None:
    first = board(window)
    QTest.mouseClick(window.sidebar.button("rubric"), Qt.MouseButton.LeftButton)
    assert window.place == "rubric"
    assert window.sidebar.button("rubric").isChecked()
    assert not window.sidebar.button("pipeline").isChecked()
    assert first.heard == ["arrived {}", "flush"]
    assert not first.action.isVisible()
    window.go("pipeline", id=7)
    assert window.page is first
    assert first.heard[-1] == "arrived {'id': 7}"
    assert crumbs(window) == ["Hire", "/", "Pipeline"]
    crumb = next(b for b in window.topbar.findChildren(QPushButton) if b.text() == "Hire" and b.isVisible())
    QTest.mouseClick(crumb, Qt.MouseButton.LeftButton)
    assert first.heard[-1] == "arrived {}"


def test_a_place_under_another_marks_that_one(window: Window) -> None:
    window.go("application", id=1)
    assert window.sidebar.button("pipeline").isChecked()


def test_keys_go_places_and_back(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "rubric"
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.place == "pipeline"
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.place == "rubric"
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.place == "rubric"


def test_typing_is_saved_before_a_command_runs(window: Window) -> None:
    page = board(window)
    page.heard.clear()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.heard == ["flush", "add"]


def test_a_pages_commands_are_in_the_palette_while_it_is_shown(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.palette_.field, "add cand")
    QTest.keyClick(window.palette_.field, Qt.Key.Key_Return)
    assert board(window).heard[-1] == "add"
    window.go("rubric")
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.palette_.field, "add cand")
    assert window.palette_.list.isHidden()


def test_undo_and_redo_by_key(window: Window, desk: Desk) -> None:
    done: list[str] = []
    desk.undo = lambda: done.append("undo")
    desk.redo = lambda: done.append("redo")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Z, control)
    QTest.keyClick(window, Qt.Key.Key_Z, control | shift)
    assert done == ["undo", "redo"]


def test_a_field_keeps_its_own_undo(window: Window, desk: Desk) -> None:
    done: list[str] = []
    desk.undo = lambda: done.append("undo")
    line = board(window).line
    line.setFocus()
    QTest.keyClicks(line, "a")
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (line.text(), done) == ("", [])


def test_f6_goes_round_the_parts(window: Window) -> None:
    board(window).line.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.sidebar.isAncestorOf(window.focusWidget())
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.palette_.field.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert board(window).line.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.palette_.field.hasFocus()


def test_a_refusal_is_said_and_escape_takes_it_away(window: Window, desk: Desk, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise Refused("This card is in already.", "Write an amendment.")

    desk.write(refuse)
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.accessibleName() == "This card is in already. Write an amendment."
    board(window).button.setFocus()
    QTest.keyClick(board(window).button, Qt.Key.Key_Escape)
    assert not window.notice.isVisible()


def test_a_write_tells_the_page_that_is_shown_if_it_shows_such_things(window: Window, desk: Desk, qtbot: QtBot) -> None:
    answers: list[Report] = []
    for table in ("application", "rubric_version"):
        desk.write(partial(Report, table), answers.append)
    qtbot.waitUntil(desk.work.idle)
    assert [r.table for r in answers] == ["application", "rubric_version"]
    assert board(window).heard.count("changed") == 1


def test_the_foot_says_what_undo_takes_back_and_how_the_file_is(window: Window) -> None:
    window.set_undo("Noor Salimi to First rounds")
    window.set_status(Path("/home/me/search.tenfold"), "Saved, backed up 08:40")
    window.set_today_note("Today is kept at 12 March 2026")
    window.set_count("rubric", 2)
    said = {label.text() for label in window.sidebar.findChildren(Text) if label.isVisible()}
    assert {
        "Noor Salimi to First rounds",
        "search.tenfold",
        "Saved, backed up 08:40",
        "Today is kept at 12 March 2026",
        "2",
    } <= said
    assert "/home/me" not in window.windowTitle()
    assert window.sidebar.button("rubric").accessibleName() == "Rubric, 2 wait"
    window.set_undo(None)
    assert "undoes" not in {label.text() for label in window.sidebar.findChildren(Text) if label.isVisible()}


@pytest.mark.parametrize("text_size", [80, 100, 200])
def test_the_smallest_window_cuts_nothing_off(window: Window, desk: Desk, qtbot: QtBot, text_size: int) -> None:
    desk.prefer(text_size=text_size)
    window.resize(1024, 640)
    qtbot.wait(20)
    assert window.size().toTuple() == (1024, 640)
    for widget in (window.palette_.field, board(window).action, window.sidebar):
        corner = widget.mapTo(window, widget.rect().bottomRight())
        assert window.rect().contains(corner), widget
    action = board(window).action
    assert action.width() >= action.sizeHint().width()


def test_what_has_the_focus_is_in_sight(window: Window, desk: Desk, qtbot: QtBot) -> None:
    page = board(window)
    page.setMinimumSize(2000, 2000)
    window.resize(1024, 640)
    window.go("pipeline")
    qtbot.wait(20)
    assert page.pos().toTuple() == (0, 0)
    page.button.setFocus()
    corner = page.button.mapTo(window, page.button.rect().center())
    assert window.rect().contains(corner)
    assert page.pos().y() < 0


def test_text_size_by_key_is_kept(window: Window, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.theme.text_factor == 1.1
    qtbot.waitUntil(desk.work.idle)
    assert Preferences.load(tmp_path / "preferences.json").text_size == 110


def test_closing_saves_what_is_typed_and_how_the_window_lay(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = Window(desk, PLACES)
    with qtbot.waitExposed(window):
        window.show()
    window.resize(1024, 700)
    window.go("pipeline")
    page = board(window)
    with qtbot.waitSignal(window.closing):
        window.close()
    assert page.heard[-1] == "flush"
    assert desk.work.drain(5)
    kept = Preferences.load(tmp_path / "preferences.json")
    assert kept.last_place == "pipeline"
    assert kept.geometry is not None
    again = Window(desk, PLACES)
    assert again.size().toTuple() == (1024, 700)
    again.close()


def test_every_control_has_a_name(window: Window) -> None:
    for control in (*window.findChildren(QPushButton), *window.sidebar.findChildren(QPushButton)):
        assert control.accessibleName() or control.text(), control


def test_the_path_is_whole_where_there_is_room_beside_the_field(window: Window, desk: Desk) -> None:
    desk.theme.choose(text_factor=2.0)
    window.resize(1440, 900)
    window.topbar.set_actions(())
    window.topbar.set_path((Crumb("Grow"), Crumb("Growth plans")))
    QTest.qWait(50)
    labels = [label for label in window.topbar.findChildren(Text) if label.isVisible() and label.text()[:4] == "Grow"]
    assert len(labels) == 2
    assert all(label.width() >= label.sizeHint().width() for label in labels)
