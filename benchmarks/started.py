"""Runs as a process of its own and prints the moment (monotonic clock) at which its window was painted.

python -m benchmarks.started window FILE    Tenfold's shell, first paint
python -m benchmarks.started page FILE      Tenfold's first page with its data, painted
python -m benchmarks.started bare FILE      a bare main window beside an open SQLite file, first paint
python -m benchmarks.started model FILE     the same after `import sqlmodel`
"""

from __future__ import annotations

import os
import sys
import time


def painted() -> None:
    """Say when, and end at once: what closing takes is not measured."""
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    os._exit(0)


def bare(file: str) -> None:
    """The least a desktop program over a SQLite file does."""
    import sqlcipher3.dbapi2 as driver
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
            super().paintEvent(event)
            painted()

    app = QApplication([])
    connection = driver.connect(file)
    connection.execute("SELECT count(*) FROM candidate").fetchone()
    window = Bare()
    window.resize(1280, 800)
    window.show()
    app.exec()


def tenfold(file: str, *, with_page: bool) -> None:
    """The program itself, as `tenfold FILE` starts it, with an eye on its first paint or its first page."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from app.desk.shell import main, session

    begin = session.Session.begin

    class Eye(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
            if event.type() == QEvent.Type.Paint:
                painted()
            return False

    def watched(self: session.Session, path: object) -> None:
        begin(self, path)  # type: ignore[arg-type]
        opened = self.opened
        assert opened is not None
        if not with_page:
            self.eye = Eye()  # type: ignore[attr-defined]
            opened.window.installEventFilter(self.eye)  # type: ignore[attr-defined]
            return

        def look() -> None:
            if opened.desk.is_open and opened.work.idle():
                opened.window.repaint()
                painted()

        timer = QTimer(self)
        timer.timeout.connect(look)
        timer.start(1)

    session.Session.begin = watched  # type: ignore[method-assign]
    main.run([file])


if __name__ == "__main__":
    what, name = sys.argv[1:]
    if what == "model":
        import sqlmodel  # noqa: F401  (its import is what is measured)
    if what in ("bare", "model"):
        bare(name)
    else:
        tenfold(name, with_page=what == "page")
