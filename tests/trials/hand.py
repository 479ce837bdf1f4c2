"""Runs as a process of its own: a window on a workspace, told what to do line by line, and saying what is done.

python -m tests.trials.hand FILE

write NAME     a candidate of that name, saved
dialog KIND    a file dialog on the folder of the workspace, shown until its files are listed, and cancelled
drop           the files of the workspace are opened and closed in its process
close          the window is closed
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeView

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.desk.parts.file_dialog import ask_folder, ask_open, ask_open_many, ask_save
from app.desk.preferences import Preferences
from app.desk.shell.failures import Failures
from app.desk.shell.session import Session
from app.desk.theme import Theme
from app.words import tr


class Hand:
    """A person at the window."""

    def __init__(self, app: QApplication, path: Path) -> None:
        os.environ["HOME"] = str(path.parent)
        theme = Theme("light")
        theme.apply(app)
        data = Path(os.environ["TENFOLD_DATA"])
        self.session = Session(app, theme, Failures(data, "0"), Preferences(), data / "preferences.json")
        self.session.begin(path)
        self.wait(lambda: self.session.opened is None or self.session.opened.desk.is_open)
        self.settle()

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        while not until():
            QTest.qWait(5)

    def settle(self) -> None:
        """Let the window live until nothing is under way."""
        opened = self.session.opened
        if opened is not None:
            self.wait(opened.work.idle)

    def write(self, name: str) -> str:
        """A candidate, saved."""
        opened = self.session.opened
        assert opened is not None
        told: list[str] = []
        add = partial(candidate.add, opened.desk.workspace, NewCandidate(name=name), None)
        opened.desk.write(add, lambda _changed: told.append("saved"), None, lambda why: told.append(f"refused {why}"))
        self.wait(lambda: bool(told))
        self.settle()  # no portion of the index is on its way while commands run
        return told[0]

    def dialog(self, kind: str) -> str:
        """A file dialog, looked at and cancelled."""
        opened = self.session.opened
        assert opened is not None
        match kind:
            case "open":
                ask_open(opened.window, tr("Open"), "All (*)", lambda _path: None)
            case "many":
                ask_open_many(opened.window, tr("Open"), "", lambda _paths: None)
            case "folder":
                ask_folder(opened.window, tr("Folder"), lambda _path: None)
            case _:
                ask_save(opened.window, tr("Save"), "packet.pdf", lambda _path: None)
        shown = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog) and d.isVisible())
        tree = shown.findChild(QTreeView)
        assert tree is not None
        self.wait(lambda: tree.model().rowCount(tree.rootIndex()) >= 1)
        shown.grab()
        shown.reject()
        QTest.qWait(5)
        self.settle()
        return "cancelled"

    def drop(self) -> str:
        """Open and close the files, as a program inside this process might."""
        opened = self.session.opened
        assert opened is not None
        path = opened.desk.workspace.path
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).open("rb").close()
        return "dropped"

    def close(self) -> str:
        """Close the window, as a person does."""
        self.session.end()
        return "closed"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main(path: Path) -> None:
    """Do what is said until the window is closed."""
    app = QApplication([])
    hand = Hand(app, path)
    say("open" if hand.session.opened is not None else "refused")
    for line in sys.stdin:
        what, _, about = line.rstrip("\n").partition(" ")
        match what:
            case "write":
                say(hand.write(about))
            case "dialog":
                say(hand.dialog(about))
            case "drop":
                say(hand.drop())
            case _:
                say(hand.close())
        if what == "close":
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
