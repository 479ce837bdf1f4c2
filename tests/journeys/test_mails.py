"""A person writes mails to one and to many, rejects with mails, takes it back, and changes a text."""

from __future__ import annotations

import email
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.mail_texts.page import MailTextsPage
from app.desk.pages.pipeline.page import PipelinePage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.domain.mail import MailKind
from app.domain.pipeline import Outcome
from app.domain.pipeline_view import PipelineColumn, PipelineView, Shape
from app.queries.application import application_page
from app.queries.mails import mails_for
from app.store.workspace import Workspace
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import confirm

DIALOGS = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
TABLE = PipelineView(Shape.TABLE, opening=1, sort=PipelineColumn.NAME, descending=False)


def known(sitting: Sitting) -> Workspace:
    page = sitting.window.page
    assert page is not None
    return page.desk.workspace


def words(sitting: Sitting) -> str:
    return "\n".join(label.text() for label in sitting.window.findChildren(Text) if label.isVisible())


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where files go that a dialog asks a place for."""
    folder = tmp_path / "drafts"
    folder.mkdir()

    def answer(dialog: QFileDialog) -> None:
        whole = dialog.fileMode() == QFileDialog.FileMode.Directory
        dialog.fileSelected.emit(str(folder if whole else folder / "one.eml"))

    monkeypatch.setattr(QFileDialog, "open", answer)
    return folder


@DIALOGS
def test_several_are_rejected_with_mails_and_taken_back_with_their_drafts(sitting: Sitting, answered: Path) -> None:
    sitting.go("pipeline", view=TABLE)
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    page.table.setFocus()
    sitting.press("Home", "Shift+Down", "Shift+Down")
    chosen = page.table.chosen()
    assert len(chosen) == 3
    sitting.press("Ctrl+D", "Ctrl+Return")
    panel = page.several.mail
    assert panel.isVisible(), "who was rejected gets a mail"
    assert panel.form.values()["mail"] == MailKind.REJECTION
    assert "3 mails" in words(sitting)
    assert "Your application for" in words(sitting)
    sitting.press("Ctrl+Return")
    files = sorted(answered.glob("*.eml"))
    assert len(files) == 3
    message = email.message_from_bytes(files[0].read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    assert sitting.window.sidebar._undo_words.text().startswith("closing")
    sitting.press("Ctrl+Z")
    assert [application_page(known(sitting), number).outcome for number in chosen] == [Outcome.ACTIVE] * 3
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    shown = " ".join(label.text() for label in dialog.findChildren(Text))
    assert all(str(path) in shown for path in files), "each draft is named"
    confirm(sitting)
    assert list(answered.glob("*.eml")) == []


@DIALOGS
def test_a_rejection_that_stays_is_left_alone(sitting: Sitting, answered: Path) -> None:
    sitting.go("application", id=18)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    sitting.click(page._more)
    page.closing.form.set_values({"outcome": "rejected"})
    sitting.click(page.closing.save_button)
    sitting.press("Ctrl+Shift+M", "Ctrl+Return")
    assert (answered / "one.eml").exists()
    assert "Draft written: rejection, in English" in words(sitting)
    sitting.click(page._more)
    assert application_page(known(sitting), 18).outcome == Outcome.ACTIVE, "reopened by its button"
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    sitting.click(dialog.cancel_button)
    assert (answered / "one.eml").exists()


def test_what_can_not_be_written_says_why(sitting: Sitting) -> None:
    sitting.go("application", id=18)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    sitting.press("Ctrl+Shift+M")
    page.mail.form.set_values({"mail": str(MailKind.OFFER)})
    page.mail._ask()
    sitting.settle()
    assert "there is no approved offer with a last day" in words(sitting)
    assert not page.mail.save_button.isEnabled()
    assert page.mail.preview.isHidden()


def test_a_text_is_changed_and_the_programs_taken_again(sitting: Sitting) -> None:
    sitting.go("settings")
    sitting.click(sitting.find(QPushButton, "Texts of mails"))
    page = sitting.window.page
    assert isinstance(page, MailTextsPage)
    sitting.click(sitting.find(QPushButton, "Edit Thanks in English"))
    page.panel.body.setPlainText("Dear {nobody},")
    assert "Nobody can fill {nobody}." in words(sitting)
    sitting.click(page.panel.save_button)
    assert not page.panel.isHidden(), "a text with a place nobody fills is not kept"
    page.panel.body.setPlainText("Dear {first name}, thanks. {sender}")
    sitting.click(page.panel.save_button)
    assert page.panel.isHidden()
    (ready,) = mails_for(known(sitting), [18], MailKind.THANKS)
    assert ready.written is not None
    assert ready.written.body.endswith("thanks. Ruth Amadi\nQuillmarket\n")
    sitting.click(sitting.find(QPushButton, "Edit Thanks in English"))
    sitting.click(page.panel.drop)
    (again,) = mails_for(known(sitting), [18], MailKind.THANKS)
    assert again.written is not None
    assert again.written.body != ready.written.body


def test_closing_as_hired_without_an_interview_says_so(sitting: Sitting) -> None:
    sitting.go("pipeline", view=TABLE)
    ws = known(sitting)
    bare = next(
        number
        for (number,) in _active(ws)
        if all(held.interview is None for held in application_page(ws, number).rounds)
    )
    sitting.go("application", id=bare)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    sitting.click(page._more)
    assert "hired without one" not in words(sitting)
    page.closing.form.set_values({"outcome": "hired"})
    page.closing._offer_reasons("outcome")
    assert "No interview was planned here: they would be hired without one." in words(sitting)
    assert "every seat of SR-2026-01 is filled" in words(sitting)


def _active(workspace: Workspace) -> list[tuple[int]]:
    with workspace.read() as connection:
        query = "SELECT id FROM application WHERE opening_id = 1 AND outcome = 'active' ORDER BY id"
        return [(row[0],) for row in connection.exec_driver_sql(query)]


@DIALOGS
def test_what_was_told_about_pay_stands_at_the_application(sitting: Sitting) -> None:
    sitting.go("application", id=18)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    sitting.click(page.head.pay)
    sitting.click(page.told.save_button)
    assert page.head.pay.text() == "Told about pay 12 March 2026: €98,000 to €121,000 a year"
    sitting.press("Ctrl+Z")
    assert page.head.pay.text().startswith("Not told about pay yet")
