"""After a calibration: the level is given with its day, and members are written to without anybody's scores."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.actions import calibration_session, member
from app.actions.member import LevelChange
from app.desk.pages.team.member_page import MemberPage
from app.domain.calibration import CalibrationOutcome
from app.queries.calibration import calibration_view
from app.queries.outcome_letters import letter_rows
from app.queries.team import member_page, team_page
from app.queries.today import waiting
from app.queries.waiting import WaitKind
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration import take_from_menu
from tests.journeys.test_calibration_page import calibration_shown
from tests.journeys.test_debrief_to_offer import words, workspace

SPRING = 2


def test_a_promotion_that_waits_is_made_from_today_with_its_day(sitting: Sitting) -> None:
    item = next(w for w in waiting(workspace(sitting)) if w.kind is WaitKind.PROMOTION)
    sitting.go("today")
    button = next(
        b
        for b in sitting.window.findChildren(QPushButton)
        if b.accessibleName().startswith(f"Give the level: {item.about}")
    )
    sitting.click(button)
    page = sitting.window.page
    assert isinstance(page, MemberPage)
    assert "promoted them to" in words(page)
    sitting.click(sitting.find(QPushButton, "Give the level…"))
    assert page.level.value().level == item.part
    assert page.level.value().reason == "Spring 2026"
    page.level.form.set_values({"since": date(2026, 4, 1)})
    page.level.saved.emit()
    sitting.settle()
    found = member_page(workspace(sitting), item.where["id"])
    assert found is not None
    assert found.promotion is None
    assert (found.spells[-1].level, found.spells[-1].since) == (item.part, date(2026, 4, 1))
    assert item.key not in {w.key for w in waiting(workspace(sitting))}
    assert "promoted them to" not in words(page)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_letters_say_the_outcome_and_what_the_level_asks_and_nothing_of_anybody(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace(sitting)
    view = calibration_view(ws, SPRING)
    nadia = next(m for m in view.members if m.name == "Nadia Rousselle")
    bruno = next(m for m in view.members if m.name == "Bruno Achterberg")
    calibration_session.decide(ws, nadia.proposal, CalibrationOutcome.NOT_NOW, "Dana saw a 2 on systems.", [(2, "No!")])
    member.change_level(ws, bruno.member, LevelChange("MLE2", date(2026, 4, 1)))
    out = tmp_path / "letters"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(out)))
    page = calibration_shown(sitting, SPRING)
    take_from_menu(sitting, page.print, "Letters to members, as mails…")
    sitting.qtbot.waitUntil(lambda: len(list(out.iterdir())) == 3)
    read = {}
    for path in out.iterdir():
        mail = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body()
        assert body is not None
        read[path.name] = (mail["Subject"], body.get_content())
    subject, text = read["Nadia Rousselle, outcome.eml"]
    assert subject == "What Spring 2026 said about your next level"
    assert "It is not now." in text
    asked = view.guide.level(nadia.target).cells
    assert f"- Systems design: {asked['systems_design'].expect}" in text
    assert "It holds from Wednesday 1 April 2026 on." in read["Bruno Achterberg, outcome.eml"][1]
    for name in ("Dana", "Tomasz", "Joel", "Hanne", "split", "not met", "dissent", "No!"):
        assert name not in text
    assert not any(digit in text.replace("2026", "").replace("MLE3", "") for digit in "1234")


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_letters_are_written_in_ones_own_words_and_as_pdf(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace(sitting)
    nadia = next(m for m in calibration_view(ws, SPRING).members if m.name == "Nadia Rousselle")
    calibration_session.decide(ws, nadia.proposal, CalibrationOutcome.NOT_NOW, "Dana saw a 2 on systems.")
    page = calibration_shown(sitting, SPRING)
    take_from_menu(sitting, page.print, "Texts of the letters…")
    panel = page._handouts.letters
    assert panel.isVisible()
    assert "Congratulations." in panel.body.toPlainText()
    panel.form.set_values({"outcome": "not_now"})
    panel.form.edited.emit("outcome")
    assert "It is not now." in panel.body.toPlainText()
    panel.body.setPlainText("Hi {first name},\n\nnot yet {nonsense}.")
    panel.saved.emit()
    sitting.settle()
    assert "Nobody can fill {nonsense}." in words(panel)
    panel.body.setPlainText(
        "Hi {first name},\n\nnot yet. <b>Work</b> on:\n{to show}\n\nIt holds from {since}.\n\n{sender}"
    )
    panel.saved.emit()
    sitting.settle()
    assert not panel.isVisible()
    out = tmp_path / "letters"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(out)))
    take_from_menu(sitting, page.print, "Letters to members, as PDF…")
    sitting.qtbot.waitUntil(lambda: len(list(out.iterdir())) == 3)
    sitting.settle()
    text = " ".join(PdfReader(out / "Nadia Rousselle, outcome.pdf").pages[0].extract_text().split())
    assert "Hi Nadia, not yet. <b>Work</b> on: - Systems design: " in text
    assert "It holds from" not in text, "nobody knows from when"
    assert "Dana" not in text
    take_from_menu(sitting, page.print, "Texts of the letters…")
    panel.show_rows(letter_rows(ws), "not_now")
    sitting.click(panel.drop)
    assert "It is not now." in panel.body.toPlainText(), "the program's words again"
    sitting.press("Ctrl+Z")
    assert any(row.own for row in letter_rows(ws))


def test_a_wrong_level_and_a_wrong_name_are_put_right_on_the_members_page(sitting: Sitting) -> None:
    number = next(m.id for m in team_page(workspace(sitting)).members if m.name == "Anders Mbeki")
    sitting.go("member", id=number)
    page = sitting.window.page
    assert isinstance(page, MemberPage)
    assert page.shown is not None
    spell = page.shown.spells[-1]
    sitting.click(
        next(b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Correct MLE3 since"))
    )
    page.level.form.set_values({"since": date(2023, 2, 1), "reason": "It was a month earlier"})
    page.level.saved.emit()
    sitting.settle()
    assert page.shown.spells[-1].since == date(2023, 2, 1)
    assert page.shown.spells[-1].id == spell.id
    sitting.press("Ctrl+E")
    page.edit.form.set_values({"name": "Anders Mbeki-Holm"})
    page.edit.saved.emit()
    sitting.settle()
    assert "Anders Mbeki-Holm" in words(page)
