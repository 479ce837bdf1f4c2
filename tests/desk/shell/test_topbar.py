"""The top bar: the actions of a page have the room they need, also once they have grown; those of another are away."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.page import Crumb
from app.desk.preferences import Appearance
from app.desk.shell.topbar import TopBar
from app.desk.theme import Theme

WIDTH = 620


def bar_in(qtbot: QtBot) -> TopBar:
    bar = TopBar(Theme(Appearance.LIGHT), QLineEdit())
    qtbot.addWidget(bar)
    bar.resize(WIDTH, 60)
    bar.set_path([Crumb("Guides"), Crumb("Rubric")])
    bar.show()
    return bar


def test_an_action_that_grows_after_it_was_shown_gets_its_room(qtbot: QtBot) -> None:
    bar, action = bar_in(qtbot), QPushButton("1")
    bar.set_actions([action])
    qtbot.wait(10)
    action.setText("ML Engineering Manager 1.0, which scores two openings of this year")
    qtbot.waitUntil(lambda: action.width() >= action.sizeHint().width())
    assert action.mapTo(bar, action.rect().topRight()).x() < WIDTH


def test_what_another_page_shows_of_its_own_is_not_seen(qtbot: QtBot) -> None:
    bar, old, new = bar_in(qtbot), QPushButton("Edit"), QPushButton("Add")
    bar.set_actions([old])
    bar.set_actions([new])
    old.setVisible(True)
    assert (old.isVisible(), new.isVisible()) == (False, True)
    bar.set_actions([old])
    assert (old.isVisible(), new.isVisible()) == (True, False)
