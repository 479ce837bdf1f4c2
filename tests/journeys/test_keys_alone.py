"""A hiring manager by keys alone: import, find, filter, choose several, reject with mails, undo, report, export.

Only where a file lies is answered for the dialogs of the system, which are not the program's.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from app.desk.pages.people_import.whose import CandidatesImportPage
from app.desk.pages.pipeline.page import PipelinePage
from app.desk.pages.reports.page import ReportsPage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.domain.pipeline import Outcome
from app.queries.application import application_page
from tests.journeys.conftest import PAUSE_MS, Sitting

DIALOGS = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
PEOPLE = 30


class Keys:
    """Keys go to where the keyboard is, whatever window that is in."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    @property
    def where(self) -> QWidget:
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal.focusWidget() or modal
        return self.sitting.window.focusWidget() or self.sitting.window

    def press(self, *keys: str) -> None:
        for key in keys:
            QTest.keySequence(self.where, key)
            self.sitting.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.where, text)
        QTest.qWait(2 * PAUSE_MS)
        self.sitting.settle()

    def run(self, words: str) -> None:
        """A command by its name."""
        self.press("Ctrl+K")
        self.write(words)
        self.press("Return")

    def tab_to(self, name: str) -> None:
        """Tab until the control of this name has the keyboard."""
        for _ in range(80):
            if self.where.accessibleName() == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not reached by Tab")


def words(sitting: Sitting) -> str:
    return "\n".join(label.text() for label in sitting.window.findChildren(Text) if label.isVisible())


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.csv"
    rows = [f"Person {n:02},person{n:02}@example.org,Referral" for n in range(PEOPLE)]
    path.write_text("\n".join(["Name,Email,Came by", *rows]) + "\n", "utf-8")
    return path


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: Path) -> Path:
    """What the system's dialogs answer: the table to open, and a folder for what is written."""
    folder = tmp_path / "out"
    folder.mkdir()

    def answer(dialog: QFileDialog) -> None:
        match dialog.fileMode():
            case QFileDialog.FileMode.Directory:
                dialog.fileSelected.emit(str(folder))
            case QFileDialog.FileMode.ExistingFile:
                dialog.fileSelected.emit(str(table))
            case _:
                suffix = dialog.defaultSuffix() or "csv"
                dialog.fileSelected.emit(str(folder / f"written.{suffix}"))

    monkeypatch.setattr(QFileDialog, "open", answer)
    return folder


@DIALOGS
def test_a_day_by_keys_alone(sitting: Sitting, answers: Path) -> None:
    keys = Keys(sitting)
    keys.press("Ctrl+2")
    keys.run("Import candidates")
    page = sitting.window.page
    assert isinstance(page, CandidatesImportPage)
    sitting.qtbot.waitUntil(page.import_button.isEnabled)
    keys.press("Ctrl+Return")
    sitting.qtbot.waitUntil(lambda: sitting.window.page is not page)
    sitting.settle()

    keys.press("Ctrl+K")
    keys.write("Person 07")
    keys.press("Return")
    assert sitting.window.place in ("candidate", "application")
    assert "person07@example.org" in _fields(sitting) + words(sitting)

    keys.press("Ctrl+2", "Ctrl+B")
    pipeline = sitting.window.page
    assert isinstance(pipeline, PipelinePage)
    keys.press("Ctrl+F")
    keys.tab_to("Stage")
    keys.write("App")
    keys.press("Ctrl+Return")
    assert "Applied" in words(sitting), "the filter stands in words above"
    ids = pipeline.table.rows.ids
    assert len(ids) >= PEOPLE
    keys.press("Ctrl+A")
    assert set(pipeline.table.chosen()) == set(ids)
    keys.press("Ctrl+D")
    keys.tab_to("Reason")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert {application_page(pipeline.desk.workspace, n).outcome for n in ids} == {Outcome.REJECTED}
    assert pipeline.several.mail.isVisible()
    keys.press("Ctrl+Return")
    drafts = list(answers.glob("*.eml"))
    assert len(drafts) == len(ids)

    keys.press("Ctrl+Z")
    assert {application_page(pipeline.desk.workspace, n).outcome for n in ids} == {Outcome.ACTIVE}
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    keys.press("Tab", "Return")
    sitting.window.activateWindow()  # as a window manager does when a dialog goes
    sitting.qtbot.waitUntil(sitting.window.isActiveWindow)
    assert list(answers.glob("*.eml")) == []

    keys.press("Ctrl+8", "Alt+1")
    reports = sitting.window.page
    assert isinstance(reports, ReportsPage)
    assert reports.look.report == "funnel"
    sitting.qtbot.waitUntil(lambda: "went on" in words(sitting))

    keys.press("Ctrl+2", "Ctrl+Shift+F", "Ctrl+Shift+E")
    sitting.qtbot.waitUntil((answers / "written.csv").exists)
    sitting.settle()
    with (answers / "written.csv").open(encoding="utf-8-sig", newline="") as lines:
        names = {cell for line in csv.reader(lines) for cell in line}
    assert "Person 07" in names


def _fields(sitting: Sitting) -> str:
    """What stands in the fields in sight."""
    lines = [w.text() for w in sitting.window.findChildren(QLineEdit) if w.isVisible()]
    return "\n".join([*lines, *(w.toPlainText() for w in sitting.window.findChildren(QPlainTextEdit) if w.isVisible())])
