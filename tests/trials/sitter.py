"""Runs as a process of its own: the real window on a workspace, used at random without rest.

python -m tests.trials.sitter FILE SEED SECONDS LEAST

Works for SECONDS, and until LEAST things were done; then closes the window. Each line it says is a number of things
done and the memory held in MB, or a failure. A line a second is the sign that the window is alive.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.actions import application, candidate
from app.desk.preferences import Preferences
from app.desk.shell.failures import Failures, report_of
from app.desk.shell.session import OpenWorkspace, Session
from app.desk.theme import Theme
from tests.gallery.__main__ import NOW, places, with_a_growth_plan
from tests.printing import make_hiring_packet

STEP_MS = 5
BY_THE_GALLERY = ("calibration-preparing", "calibration-twenty")
KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
    Qt.Key.Key_4,
    Qt.Key.Key_0,
    Qt.Key.Key_N,
    Qt.Key.Key_P,
    Qt.Key.Key_T,
    Qt.Key.Key_E,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
)


class Telling(Failures):
    """Says each failure instead of showing it."""

    def __call__(self, error: BaseException, operation: str = "") -> None:
        """One line for the parent, the rest for whoever reads."""
        say("failure: " + report_of(error, operation, "0").replace("\n", " | "))


class Sitter:
    """Somebody with no plan and no patience."""

    def __init__(self, app: QApplication, session: Session, file: Path, seed: int) -> None:
        self._app, self._session = app, session
        self._chance = random.Random(seed)
        self._visits = [(place, where) for name, place, where in places(file) if name not in BY_THE_GALLERY]
        self.done = 0
        self._said = 0.0

    @property
    def _opened(self) -> OpenWorkspace:
        assert self._session.opened is not None
        return self._session.opened

    def work(self) -> None:
        """One thing; once a second, a line that says so."""
        things: tuple[Callable[[], None], ...] = (
            *[self._press] * 12,
            *[self._type] * 4,
            *[self._visit] * 3,
            self._wheel,
            self._undo,
            self._edit,
            self._move,
            self._look,
            self._print,
        )
        self._chance.choice(things)()
        self.done += 1
        if time.monotonic() - self._said > 1:
            self._said = time.monotonic()
            say(f"{self.done} {held_mb()}")

    def _visit(self) -> None:
        place, where = self._chance.choice(self._visits)
        self._opened.window.go(place, **where)

    def _press(self) -> None:
        key = self._chance.choice(KEYS)
        text = chr(key) if Qt.Key.Key_Space <= key <= Qt.Key.Key_Z else ""
        self._send(key, text)

    def _type(self) -> None:
        if isinstance(self._app.focusWidget(), QLineEdit | QPlainTextEdit):
            for letter in self._chance.choice(("said twice ", "two years ", "ship ")):
                self._send(Qt.Key.Key_A, letter)

    def _send(self, key: Qt.Key, text: str) -> None:
        target = self._app.focusWidget() or self._opened.window
        none = Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._app.postEvent(target, QKeyEvent(kind, key, none, text))

    def _wheel(self) -> None:
        page = self._opened.window.page
        children = [w for w in page.findChildren(QWidget) if w.isVisible()] if page is not None else []
        if children:
            widget = self._chance.choice(children)
            at = QPointF(widget.rect().center())
            turn = QWheelEvent(
                at,
                QPointF(widget.mapToGlobal(widget.rect().center())),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            self._app.postEvent(widget, turn)

    def _undo(self) -> None:
        self._chance.choice((self._opened.desk.undo, self._opened.desk.redo))()

    def _edit(self) -> None:
        desk = self._opened.desk
        place = f"Town {self._chance.randrange(1000)}"
        desk.write(partial(candidate.edit, desk.workspace, self._chance.randint(1, 5), place=place))

    def _move(self) -> None:
        desk = self._opened.desk
        desk.write(partial(application.move, desk.workspace, self._chance.randint(1, 5), self._chance.randint(1, 6)))

    def _look(self) -> None:
        if self._chance.random() < 0.1:
            size, look = self._chance.choice((100, 120, 150)), self._chance.choice(("light", "dark"))
            self._opened.desk.prefer(text_size=size, appearance=look)

    def _print(self) -> None:
        desk = self._opened.desk
        if self._chance.random() < 0.2:
            desk.work.job(None, "packet", lambda _progress: make_hiring_packet(desk.workspace, 1))


def held_mb() -> int:
    """What this process holds of memory, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def say(word: object) -> None:
    """One line that the parent has for certain."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(file: str, seed: str, seconds: str, least: str) -> int:
    """Sit down, work, and leave."""
    path = Path(file)
    with_a_growth_plan(path)
    app = QApplication(["tenfold"])
    theme = Theme("light")
    theme.apply(app)
    trouble = Telling(path.parent / "log", "0")
    trouble.install()
    session = Session(app, theme, trouble, Preferences(), path.parent / "preferences.json", lambda: NOW)
    session.begin(path)
    sitter = Sitter(app, session, path, int(seed))
    end = time.monotonic() + float(seconds)
    stepping = QTimer()

    def step() -> None:
        if session.opened is None or not session.opened.desk.is_open or session.opened.window.page is None:
            return
        if sitter.done >= int(least) and time.monotonic() > end:
            stepping.stop()
            say(f"{sitter.done} {held_mb()}")
            session.opened.window.close_surely()
            return
        sitter.work()

    stepping.timeout.connect(step)
    stepping.start(STEP_MS)
    code = app.exec()
    session.end()
    trouble.remove()
    say("closed")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
