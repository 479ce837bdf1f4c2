"""Runs as a process of its own, to be killed: the real window, and somebody who types a note without a pause.

python -m tests.trials.writer FILE CARD

Says how many letters of the note the file holds each time the window was told that something is saved.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.preferences import Preferences
from app.desk.shell.failures import Failures
from app.desk.shell.session import Session
from app.desk.theme import Theme
from tests.gallery.__main__ import NOW
from tests.trials.sitter import say

EVERY_MS = 20
TEXT = "she said that the release check caught it twice and nobody had asked for it before "


def main(file: str, card: str) -> int:
    """Sit down and type until somebody ends the process."""
    path = Path(file)
    app = QApplication(["tenfold"])
    theme = Theme("light")
    theme.apply(app)
    session = Session(
        app, theme, Failures(path.parent / "log", "0"), Preferences(), path.parent / "preferences.json", lambda: NOW
    )
    session.begin(path)
    typed = 0

    def saved(_report: object) -> None:
        assert session.opened is not None
        with session.opened.desk.workspace.read() as connection:
            longest = "SELECT max(length(text)) FROM note WHERE text LIKE ?"
            say(connection.exec_driver_sql(longest, (TEXT[:3] + "%",)).scalar() or 0)

    def key() -> None:
        nonlocal typed
        opened = session.opened
        if opened is None or not opened.desk.is_open or opened.window.page is None:
            return
        page = opened.window.page
        if not isinstance(page, ScorecardPage):
            opened.window.go("scorecard", card=int(card))
            opened.desk.changed.connect(saved)
        elif page.there():
            entry = page._brief.entry
            if typed == 0:
                say("ready")
                entry.setFocus()
            letter = TEXT[typed % len(TEXT)]
            app.sendEvent(entry, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter))
            typed += 1

    timer = QTimer()
    timer.timeout.connect(key)
    timer.start(EVERY_MS)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
