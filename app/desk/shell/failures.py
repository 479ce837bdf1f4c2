"""The one place unknown failures go: a log on this machine, and one dialog with a report that names nobody.

A failure's message may hold what a person typed, so neither report nor log has it: only its kind and where it was.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Slot, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import Space, column, row, wide
from app.store.partial_files import make_private_folder
from app.words import tr

_LOG_BYTES = 256 * 1024
_LOGS_KEPT = 2
LOOK_MS = 500
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_PACKAGE = Path(__file__).resolve().parent.parent


class Failures(QObject):
    """Call it with a failure in the window's thread, and `install` it for those nobody catches, in any thread.

    What fails in another thread is logged there and shown here a moment later: no other thread speaks to Qt.
    """

    def __init__(self, log_folder: Path, version: str) -> None:
        super().__init__()
        self._version = version
        self._log = logging.Logger("tenfold", logging.INFO)
        self._log.addHandler(logging.NullHandler())
        self._folder = log_folder
        self._before: tuple[Callable[..., Any], Callable[..., Any], Any] | None = None
        self.dialog: FailureDialog | None = None
        self.dress: Callable[[QWidget], None] | None = None  # gives the dialog its looks
        self._elsewhere: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._show_elsewhere)

    def __call__(self, error: BaseException, operation: str = "") -> None:
        """Log the failure and show it; `operation` is the name of the function that was asked for."""
        self._show(self._logged(error, operation))

    def install(self) -> None:
        """Become the end of every failure nobody catches, in Python and in Qt, until `remove`."""
        self._open_log()
        previous = qInstallMessageHandler(self._qt_said)
        self._before = (sys.excepthook, threading.excepthook, previous)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        self._looking.start()

    def remove(self) -> None:
        """Put back what was there before `install`, and close the log."""
        self._looking.stop()
        if self._before is not None:
            sys.excepthook, threading.excepthook, previous = self._before
            qInstallMessageHandler(previous)
            self._before = None
        for handler in list(self._log.handlers):
            self._log.removeHandler(handler)
            handler.close()

    def _open_log(self) -> None:
        try:
            if not self._folder.is_dir():
                make_private_folder(self._folder)
            handler = RotatingFileHandler(
                self._folder / "tenfold.log", maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8"
            )
        except OSError:
            return  # a disk that cannot be written must not keep the window from opening
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._log.addHandler(handler)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        self(error.with_traceback(trace))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            self._elsewhere.put(self._logged(args.exc_value, args.thread.name if args.thread is not None else ""))

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Qt's own warnings go to the log, and on to whoever listened before."""
        self._log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message.replace(str(Path.home()), "~"))
        previous = self._before[2] if self._before is not None else None
        if callable(previous):
            previous(kind, context, message)

    def _logged(self, error: BaseException, operation: str) -> str:
        report = report_of(error, operation, self._version)
        self._log.error(report)
        return report

    def _show_elsewhere(self) -> None:
        while not self._elsewhere.empty():
            self._show(self._elsewhere.get())

    def _show(self, report: str) -> None:
        """One dialog; what fails while it is open is in the log."""
        if self.dialog is not None or QApplication.instance() is None:
            return
        self.dialog = FailureDialog(report)
        if self.dress is not None:
            self.dress(self.dialog)
        self.dialog.finished.connect(self._shown)
        self.dialog.open()

    @Slot()
    def _shown(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


class FailureDialog(QDialog):
    """Says that something went wrong and offers the report."""

    def __init__(self, report: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(tr("Something went wrong"))
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(tr("Report"))
        self._report.setMinimumSize(420, 80)
        self._copy = Button(tr("Copy report"))
        close = Button(tr("Close"), "primary")
        close.setDefault(True)
        self._copy.clicked.connect(self._copy_report)
        close.clicked.connect(self.accept)
        column(
            Text(tr("Something went wrong"), "title"),
            Text(
                tr(
                    "What was saved is safe, and you can go on. This report says where the program failed. "
                    "It holds no names, no paths and nothing you typed."
                ),
                tone="soft",
                wrap=True,
            ),
            wide(self._report),
            row(Space(share=1), self._copy, close),
            gap=12,
            margins=(20, 20, 20, 16),
            on=self,
        )
        close.setFocus()

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._copy.set_words(tr("Copied"))


def report_of(error: BaseException, operation: str, version: str) -> str:
    """What happened, without its message: program, system, kind of failure, and the calls that led there."""
    import platform  # noqa: PLC0415  (a hundredth of the time to the painted window)

    lines = [
        f"Tenfold {version}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide {PySide6.__version__}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    if operation:
        lines.append(f"During {operation}")
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    for number, link in enumerate(chain):
        kind = type(link)
        lines.append(("After " if number else "") + f"{kind.__module__}.{kind.__qualname__}")
        lines.extend(_frames(link.__traceback__))
    return "\n".join(lines)


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {_place(code.co_filename)}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return lines


def _place(file: str) -> str:
    """The file as part of a package, never where it lies on this machine."""
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    parts = path.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return path.name
