"""Who was asked outside a calibration: form out, another day, excused, from the member's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.actions.assessment_request import ask_for
from app.desk.pages.team.member_page import MemberPage
from app.queries.assessment_request import assessment_lines
from tests.actions.calibrating import DANA, JOEL, Team
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration import take_from_menu
from tests.journeys.test_debrief_to_offer import workspace


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_a_form_goes_out_another_day_is_said_and_one_is_excused(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(tmp_path)
    ask_for(team.workspace, team.anders, [DANA, JOEL], "MLE3", due_on=date(2026, 3, 20))
    team.workspace.close()
    sitting = begin(team.workspace.path)
    sitting.go("member", id=team.anders)
    page = sitting.window.page
    assert isinstance(page, MemberPage)
    target = tmp_path / "form.pdf"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))

    def asked(name: str) -> QPushButton:
        sitting.settle()
        return next(
            b for b in page.findChildren(QPushButton) if b.isVisible() and b.text().startswith(f"{name}, asked by")
        )

    take_from_menu(sitting, asked("Dana Whitlock"), "Their form as PDF…")
    sitting.qtbot.waitUntil(target.exists, timeout=30_000)
    assert target.read_bytes().startswith(b"%PDF")
    take_from_menu(sitting, asked("Dana Whitlock"), "Another day…")
    page.asked.due.form.set_values({"due_on": date(2026, 4, 3)})
    page.asked.due.saved.emit()
    sitting.settle()
    assert asked("Dana Whitlock").text() == "Dana Whitlock, asked by Fri 3 Apr"
    take_from_menu(sitting, asked("Joel Abara"), "Excuse them")
    outside = [line for line in assessment_lines(workspace(sitting), team.anders) if not line.cycle]
    assert [(line.rater, line.due_on) for line in outside] == [("Dana Whitlock", date(2026, 4, 3))]
