"""Unknown failures: a log and one dialog, and never a word of what a person typed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.shell.failures import Failures, report_of


@pytest.fixture
def trouble(qtbot: QtBot, tmp_path: Path) -> Iterator[Failures]:
    """Installed, and taken out again."""
    made = Failures(tmp_path / "log", "0.1.0")
    made.install()
    yield made
    made.remove()
    if made.dialog is not None:
        made.dialog.close()


def failing(secret: str) -> None:
    nobody: dict[str, int] = {}
    try:
        _ = nobody[secret]
    except KeyError as error:
        raise ValueError(f"{secret} is not there") from error


def caught(secret: str) -> ValueError:
    try:
        failing(secret)
    except ValueError as error:
        return error
    raise AssertionError


def test_the_report_says_where_and_never_what() -> None:
    report = report_of(caught("Hana Kovač"), "candidate.add", "0.1.0")
    assert "Tenfold 0.1.0" in report
    assert "During candidate.add" in report
    assert "builtins.ValueError" in report
    assert "After builtins.KeyError" in report
    assert "test_failures.py:" in report
    assert "failing" in report
    for private in ("Hana", "not there", str(Path.home()), str(Path(__file__).parent)):
        assert private not in report


def test_one_dialog_with_a_report_to_copy(trouble: Failures, qtbot: QtBot, tmp_path: Path) -> None:
    trouble(caught("Hana"), "candidate.add")
    trouble(caught("Hana"), "candidate.edit")
    qtbot.waitUntil(lambda: trouble.dialog is not None)
    dialog = trouble.dialog
    assert dialog is not None
    assert dialog.isVisible()
    shown = dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "candidate.add" in shown
    copy, close = dialog.findChildren(QPushButton)
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == shown
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert trouble.dialog is None
    log = (tmp_path / "log" / "tenfold.log").read_text(encoding="utf-8")
    assert "candidate.add" in log
    assert "candidate.edit" in log
    assert "Hana" not in log


def test_failures_in_any_thread_end_here(trouble: Failures, qtbot: QtBot, tmp_path: Path) -> None:
    thread = threading.Thread(target=failing, args=("Hana",), name="import")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: trouble.dialog is not None)
    assert "During import" in (tmp_path / "log" / "tenfold.log").read_text(encoding="utf-8")


def test_failures_nobody_caught_end_here(trouble: Failures, qtbot: QtBot) -> None:
    error = caught("Hana")
    sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: trouble.dialog is not None)


def test_qt_warnings_go_to_the_log(tmp_path: Path, qtbot: QtBot) -> None:
    heard: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, message: heard.append(message))
    trouble = Failures(tmp_path, "0.1.0")
    trouble.install()
    try:
        QObject().startTimer(-1)
    finally:
        trouble.remove()
        qInstallMessageHandler(before)
    assert len(heard) == 1
    assert heard[0] in (tmp_path / "tenfold.log").read_text(encoding="utf-8")


def test_what_was_there_before_comes_back(tmp_path: Path, qtbot: QtBot) -> None:
    before = (sys.excepthook, threading.excepthook)
    trouble = Failures(tmp_path, "0.1.0")
    trouble.install()
    assert sys.excepthook != before[0]
    trouble.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_folder_that_cannot_be_written_keeps_nothing_from_working(tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    trouble = Failures(blocked / "log", "0.1.0")
    trouble.install()
    trouble(caught("Hana"), "candidate.add")
    qtbot.waitUntil(lambda: trouble.dialog is not None)
    trouble.remove()
    assert trouble.dialog is not None
    trouble.dialog.close()
