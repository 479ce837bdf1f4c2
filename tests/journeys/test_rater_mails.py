"""Mails to raters from the window: a folder each, with their forms and one draft that holds all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.actions import calibration, colleague
from app.actions.calibration import NewCalibration
from app.desk.pages.calibration.page import CalibrationPage
from tests.actions.calibrating import TOMASZ, Team
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration import take_from_menu
from tests.journeys.test_debrief_to_offer import words


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_a_folder_for_each_rater_has_their_forms_and_one_mail_with_all_of_them(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(tmp_path)
    colleague.edit(team.workspace, TOMASZ, "Tomasz Wieland", "tomasz@example.org", "")
    calibration.edit(
        team.workspace,
        team.cycle,
        NewCalibration("Spring 2026", date(2025, 3, 12), date(2026, 3, 12), due_on=date(2026, 3, 20)),
    )
    team.workspace.close()
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(out)))
    sitting = begin(team.workspace.path)
    sitting.go("calibration")
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    take_from_menu(sitting, page.prepare.make_forms, "Forms by rater, each with a request…")
    sitting.qtbot.waitUntil((out / "Tomasz Wieland" / "Request.eml").exists, timeout=60_000)
    sitting.settle()
    assert {path.name for path in out.iterdir()} == {"Tomasz Wieland", "Dana Whitlock"}, "mine is not mailed to me"
    assert sum(1 for _ in (out / "Tomasz Wieland").glob("*.pdf")) == 2
    mail = message_from_bytes((out / "Tomasz Wieland" / "Request.eml").read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["To"] == "Tomasz Wieland <tomasz@example.org>"
    assert sum(1 for _ in mail.iter_attachments()) == 2
    body = mail.get_body()
    assert body is not None
    assert "- Anders Mbeki, against MLE4, by Friday 20 March 2026" in body.get_content()
    take_from_menu(sitting, page.prepare.make_forms, "Thanks to whose are in…")
    sitting.settle()
    assert "Nobody’s are all in yet." in words(sitting.window)
