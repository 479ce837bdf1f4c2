"""Commands and the palette: found by a part of their name, walked with the arrows, run by Enter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.desk.commands import WINDOW, Command, Commands, bind, key_words
from app.desk.preferences import Appearance
from app.desk.shell.palette import Palette, fitting
from app.desk.shell.palette_line import PaletteEntry
from app.desk.theme import Theme


def nothing() -> None:
    """A command that does nothing."""


def command(identity: str, *keys: str) -> Command:
    return Command(identity, identity, nothing, keys)


@pytest.mark.parametrize(
    ("scope", "other"),
    [
        (WINDOW, command("undo")),
        ("board", command("undo")),
        (WINDOW, command("take back", "Ctrl+Z")),
        ("board", command("take back", "ctrl+z")),
    ],
)
def test_ids_and_keys_are_taken_once(scope: str, other: Command) -> None:
    commands = Commands()
    commands.add(command("undo", "Ctrl+Z"))
    with pytest.raises(ValueError, match=r"undo|Ctrl\+Z"):
        commands.add(other, scope)
    assert commands.in_scope(WINDOW, "board") == [commands.resolve("undo")]


def test_two_pages_may_use_one_key() -> None:
    commands = Commands()
    commands.add_many([command("board.new", "Ctrl+N"), command("board.move", "M")], "board")
    commands.add(command("plan.new", "Ctrl+N"), "plan")
    assert [c.id for c in commands.in_scope("board")] == ["board.new", "board.move"]
    commands.drop("board")
    with pytest.raises(KeyError):
        commands.resolve("board.new")


def test_a_key_in_words() -> None:
    assert [key_words(key) for key in ("Ctrl+K", "Ctrl+Shift+Z", "F6", "Ctrl++")] == [
        "Ctrl K",
        "Ctrl Shift Z",
        "F6",
        "Ctrl +",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Pipeline", "Plan an interview", "Undo"]),
        ("pi", ["Pipeline", "Plan an interview"]),
        ("int plan", ["Plan an interview"]),
        ("pln", ["Pipeline", "Plan an interview"]),
        ("EDIT", ["Undo"]),
        ("zebra", []),
    ],
)
def test_what_fits(query: str, found: list[str]) -> None:
    entries = [
        PaletteEntry("Pipeline", nothing, "Go to"),
        PaletteEntry("Plan an interview", nothing, "Interviews"),
        PaletteEntry("Undo", nothing, "Edit"),
    ]
    assert [entry.words for entry in fitting(query, entries)] == found


def test_a_page_comes_before_the_commands_of_its_group() -> None:
    entries = [PaletteEntry("Plan a round", nothing, "Interviews"), PaletteEntry("Interviews", nothing, "Go to")]
    assert [entry.words for entry in fitting("interviews", entries)] == ["Interviews", "Plan a round"]


class Host(QWidget):
    """A window with the palette's field and something else that takes the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.palette_ = Palette(Theme(Appearance.LIGHT), self, self.entries)
        self.other = QPushButton("other")
        column = QVBoxLayout(self)
        column.addWidget(self.palette_.field)
        column.addWidget(self.other)
        column.addStretch()
        self.resize(600, 500)

    def entries(self) -> list[PaletteEntry]:
        def runs(words: str) -> Callable[[], None]:
            return lambda: self.ran.append(words)

        return [PaletteEntry(words, runs(words), "Go to", "Ctrl+1") for words in ("Pipeline", "Interviews", "Rubric")]


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    """The window, shown, with the focus on its button."""
    made = Host()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.other.setFocus()
    return made


def test_typing_and_enter_runs_and_gives_the_focus_back(host: Host) -> None:
    host.palette_.open()
    assert host.palette_.popup.isVisible()
    QTest.keyClicks(host.palette_.field, "inter")
    QTest.keyClick(host.palette_.field, Qt.Key.Key_Return)
    assert host.ran == ["Interviews"]
    assert host.palette_.popup.isHidden()
    assert host.palette_.field.text() == ""
    assert host.other.hasFocus()


def test_arrows_go_round(host: Host) -> None:
    host.palette_.open()
    for _ in range(2):
        QTest.keyClick(host.palette_.field, Qt.Key.Key_Up)
    QTest.keyClick(host.palette_.field, Qt.Key.Key_Return)
    assert host.ran == ["Interviews"]


def test_escape_gives_up(host: Host) -> None:
    host.palette_.open()
    QTest.keyClicks(host.palette_.field, "pip")
    QTest.keyClick(host.palette_.field, Qt.Key.Key_Escape)
    assert host.ran == []
    assert host.palette_.popup.isHidden()
    assert host.other.hasFocus()


def test_a_click_runs(host: Host) -> None:
    host.palette_.open()
    view = host.palette_.list
    rect = view.visualRect(view.model().index(2, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert host.ran == ["Rubric"]


def test_nothing_found_says_so_and_runs_nothing(host: Host) -> None:
    host.palette_.open()
    QTest.keyClicks(host.palette_.field, "zebra")
    assert host.palette_.list.isHidden()
    QTest.keyClick(host.palette_.field, Qt.Key.Key_Return)
    assert host.ran == []


def test_a_reader_of_the_screen_hears_group_and_key(host: Host) -> None:
    host.palette_.open()
    index = host.palette_.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Pipeline, Go to, Ctrl 1"


def test_letters_are_typed_where_text_has_the_focus(qtbot: QtBot) -> None:
    page, inside, outside = QWidget(), QPushButton("inside"), QLineEdit()
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(page)
    column.addWidget(outside)
    QVBoxLayout(page).addWidget(inside)
    ran: list[str] = []
    bind([command("score", "3"), command("new", "Ctrl+N")], page, lambda chosen: ran.append(chosen.id))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    outside.setFocus()
    QTest.keyClick(outside, Qt.Key.Key_3)
    assert (outside.text(), ran) == ("3", [])
    QTest.keyClick(outside, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    inside.setFocus()
    QTest.keyClick(inside, Qt.Key.Key_3)
    assert ran == ["new", "score"]
    page.hide()
    QTest.keyClick(outside, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["new", "score"]
