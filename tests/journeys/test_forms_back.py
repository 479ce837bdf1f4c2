"""A manager sends kits out and gets forms back, through the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu, QPushButton, QWidget

from app.actions import interview, settings
from app.desk.pages.interviews.days_entry import DaysEntry
from app.desk.pages.interviews.page import InterviewsPage
from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts import file_bar
from app.desk.parts.form_picture import PaperDock
from app.desk.parts.label import Text
from app.domain.scorecard_form import evidence_field
from app.errors import Refused
from app.packets import printables
from app.packets.kit.packet import interview_kit
from app.queries.assessment import assessment_page
from app.queries.kit import KitRow, kit_facts, kit_rows, without_card
from app.queries.lists import colleague_rows
from app.queries.plain_lists import scorecards
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.actions.calibrating import DANA, Team
from tests.exchange.filling import edited, whole, with_pypdf
from tests.exchange.test_assessment_form import answers
from tests.exchange.test_scorecard_form import flatten
from tests.journeys.conftest import Sitting
from tests.printing import make_form

MENU = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
ZEBRA = "The zebra crossed at noon."


def workspace(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def page(sitting: Sitting) -> InterviewsPage:
    sitting.go("interviews")
    found = sitting.window.page
    assert isinstance(found, InterviewsPage)
    return found


def lacking(sitting: Sitting, *, mine: bool = False) -> list[KitRow]:
    return [row for row in without_card(kit_rows(workspace(sitting))) if row.mine == mine]


def held(sitting: Sitting, row: KitRow) -> KitRow:
    """The same row, its interview an hour ago."""
    known = workspace(sitting)
    at = known.now() - timedelta(hours=1)
    who = next(c.id for c in colleague_rows(known) if c.name == row.interviewer)
    interview.edit(known, row.interview, who, at, row.minutes, row.place)
    return next(r for r in kit_rows(known) if r.interview == row.interview)


def form(sitting: Sitting, row: KitRow, words: str = ZEBRA) -> bytes:
    facts = kit_facts(workspace(sitting), row.interview)
    return with_pypdf(interview_kit(facts).bytes, whole(facts.spec, words))


def drop(sitting: Sitting, target: QWidget, *files: Path) -> None:
    """Drag files from a folder and let them go over a widget."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    at, copy = QPointF(200, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(at.toPoint(), copy, dragged, buttons, keys)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(at, copy, dragged, buttons, keys))
    sitting.settle()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Text) if label.isVisible())


def in_file(sitting: Sitting) -> set[int]:
    return {c["interview"] for c in scorecards(workspace(sitting)) if c["state"] == "submitted"}


def choose(name: str | Path) -> None:
    """Answer the file dialog that is open."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
    dialog.filesSelected.emit([str(name)])
    dialog.fileSelected.emit(str(name))
    dialog.close()


def menu_entry(sitting: Sitting, text: str) -> None:
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    action = next(a for a in menu.actions() if text in a.text())
    menu.close()
    action.trigger()
    sitting.settle()


def test_a_form_dropped_on_the_page_is_its_interviewer_s_card_and_nothing_of_it_is_shown(
    sitting: Sitting, tmp_path: Path
) -> None:
    here, row = page(sitting), lacking(sitting)[0]
    path = tmp_path / "back.pdf"
    path.write_bytes(form(sitting, row))
    drop(sitting, here, path)
    assert row.interview in in_file(sitting)
    said = words(here.forms)
    assert f"{row.interviewer}’s card for {row.candidate} is in." in said
    assert ZEBRA not in words(sitting.window)
    assert check_workspace(workspace(sitting)) == []
    sitting.press("Ctrl+Z")
    assert row.interview in in_file(sitting), "a card that is in is never taken back"


def test_a_form_dropped_on_another_page_comes_in_too(sitting: Sitting, tmp_path: Path) -> None:
    row = lacking(sitting)[0]
    path = tmp_path / "back.pdf"
    path.write_bytes(form(sitting, row))
    sitting.go("rubric")
    drop(sitting, sitting.window, path)
    assert sitting.window.place == "interviews"
    assert row.interview in in_file(sitting)


def test_forms_are_chosen_by_keys_and_each_has_its_line(sitting: Sitting, tmp_path: Path) -> None:
    here, row = page(sitting), lacking(sitting)[0]
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(interview_kit(kit_facts(workspace(sitting), row.interview)).bytes)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 a letter")
    sitting.press("Ctrl+Shift+O")
    choose(empty)
    sitting.settle()
    drop(sitting, here, tmp_path / "letter.pdf")
    said = words(here.forms)
    assert "empty.pdf\nturned down\nThis form is incomplete. It lacks a score or a reason for" in said
    assert "letter.pdf\nturned down\nThis file is damaged" in said
    sitting.click(here.forms.clear)
    assert "turned down" not in words(here.forms)


def test_a_form_of_an_interview_to_come_asks_first_and_comes_in_when_it_was_held(
    sitting: Sitting, tmp_path: Path
) -> None:
    here, known = page(sitting), workspace(sitting)
    row = next(r for r in lacking(sitting) if r.starts_at is not None and r.starts_at > known.now())
    (tmp_path / "early.pdf").write_bytes(form(sitting, row))
    drop(sitting, here, tmp_path / "early.pdf")
    assert row.interview not in in_file(sitting)
    assert "early.pdf\nasks first\n" in words(here.forms)
    assert f"{row.interviewer}’s interview with {row.candidate} is still to come" in words(here.forms)
    sitting.click(sitting.find(QPushButton, "It was held: bring it in: early.pdf"))
    assert row.interview in in_file(sitting)
    assert f"{row.interviewer}’s card for {row.candidate} is in." in words(here.forms)


def test_a_folder_that_is_watched_is_looked_into_at_the_start_and_on_coming_back(
    sitting: Sitting, begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    here = page(sitting)
    folder = tmp_path / "returned"
    folder.mkdir()
    first, second, third = (held(sitting, row) for row in lacking(sitting)[:3])
    (folder / "one.pdf").write_bytes(form(sitting, first))
    sitting.click(here.forms.start)
    choose(folder)
    sitting.settle()
    assert first.interview in in_file(sitting)
    assert str(folder) in words(here.forms)
    (folder / "two.pdf").write_bytes(form(sitting, second))
    sitting.window.focused.emit()
    sitting.settle()
    assert second.interview in in_file(sitting)
    before = words(here.forms)
    sitting.window.focused.emit()
    sitting.settle()
    assert words(here.forms) == before, "what was looked at is no news"
    path = workspace(sitting).path
    (folder / "three.pdf").write_bytes(form(sitting, third))
    sitting.session.end()
    again = begin(path)
    assert third.interview in in_file(again)
    assert {v.name for v in page(again).incoming.results} == {"three.pdf"}
    again.click(page(again).forms.stop)
    assert workspace(again).settings.forms_folder == ""


def test_a_watched_folder_that_is_away_is_said_once(sitting: Sitting, tmp_path: Path) -> None:
    here = page(sitting)
    here._actions.watch(str(tmp_path / "gone"))
    sitting.settle()
    assert "could not be read" in sitting.window.notice.accessibleName()
    sitting.window.notice.dismiss()
    sitting.window.focused.emit()
    sitting.settle()
    assert not sitting.window.notice.isVisible()


def test_another_form_for_a_card_that_is_in_stands_beside_it_where_it_may_be_seen(
    sitting: Sitting, tmp_path: Path
) -> None:
    here = page(sitting)
    seen = next(r for r in kit_rows(workspace(sitting)) if r.card == "in" and r.candidate == "Ines Halvorsen")
    hidden = next(r for r in kit_rows(workspace(sitting)) if r.card == "in" and r.candidate == "Rafael Ioannou")
    for row, name in ((seen, "seen.pdf"), (hidden, "hidden.pdf")):
        (tmp_path / name).write_bytes(form(sitting, row))
        drop(sitting, here, tmp_path / name)
    assert ZEBRA not in words(sitting.window)
    sitting.click(sitting.find(QPushButton, "Compare with the card: hidden.pdf"))
    assert ZEBRA not in words(sitting.window)
    assert "sealed until the cards are open" in sitting.window.notice.accessibleName()
    sitting.click(sitting.find(QPushButton, "Compare with the card: seen.pdf"))
    said = words(here.forms)
    assert "The card that is in\nThis form" in said
    assert ZEBRA in said


def test_a_flattened_form_is_typed_in_beside_its_picture(sitting: Sitting, tmp_path: Path) -> None:
    here, mine = page(sitting), lacking(sitting, mine=True)
    other = next(r for r in lacking(sitting) if r.application in {m.application for m in mine})
    row = mine[0]
    for name, which in (("mine.pdf", row), ("other.pdf", other)):
        (tmp_path / name).write_bytes(edited(form(sitting, which), flatten))
        drop(sitting, here, tmp_path / name)
    sitting.click(sitting.find(QPushButton, "Enter from paper: other.pdf"))
    assert "Your own card" in sitting.window.notice.accessibleName()
    assert sitting.window.findChildren(PaperDock) == [], "no picture of another's form while my own card is due"
    button = sitting.find(QPushButton, "Enter from paper: mine.pdf")
    button.setFocus()
    sitting.press("Space")
    assert isinstance(sitting.window.page, ScorecardPage)
    (dock,) = sitting.window.findChildren(PaperDock)
    assert dock.isVisible()
    assert dock.accessibleName() == "Picture of mine.pdf"
    assert "Page 1 of mine.pdf" in {w.accessibleName() for w in dock.findChildren(QWidget)}
    sitting.click(dock.close_button)
    assert sitting.window.findChildren(PaperDock) == []


@MENU
def test_a_scan_asks_whose_it_is(sitting: Sitting, tmp_path: Path) -> None:
    import pikepdf

    here, row = page(sitting), lacking(sitting, mine=True)[0]
    scan = pikepdf.new()
    image = scan.make_stream(b"\x80" * 100)
    image.Type, image.Subtype, image.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DeviceGray
    image.BitsPerComponent, image.Width, image.Height = 8, 10, 10
    scan.add_blank_page(page_size=(595, 842))
    scan.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    scan.pages[0].Contents = scan.make_stream(b"595 0 0 842 0 0 cm /Scan Do")
    scan.save(tmp_path / "scan.pdf")
    drop(sitting, here, tmp_path / "scan.pdf")
    sitting.click(sitting.find(QPushButton, "Enter from paper: scan.pdf"))
    menu_entry(sitting, f"{row.candidate}, R{row.position} {row.exercise}")
    assert isinstance(sitting.window.page, ScorecardPage)
    assert [d.isVisible() for d in sitting.window.findChildren(PaperDock)] == [True]


def test_kits_for_a_round_in_one_go(sitting: Sitting, tmp_path: Path) -> None:
    here = page(sitting)
    rounds = sitting.find(QComboBox, "Kits of which round")
    rounds.setFocus()
    QTest.keyClick(rounds, Qt.Key.Key_Down)
    QTest.keyClick(rounds, Qt.Key.Key_Down)
    sitting.settle()
    wanted = [r for r in without_card(kit_rows(workspace(sitting))) if r.position == int(rounds.currentData())]
    assert wanted
    sitting.click(here.kits.button)
    choose(tmp_path)
    sitting.settle()
    made = sorted(tmp_path.glob("*.pdf"))
    assert len(made) == len(wanted)
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)
    assert "kit made Thu 12 Mar" in words(here.kits)
    assert not here.kits.bar.isVisible()
    assert check_workspace(workspace(sitting)) == []


def test_kits_that_could_not_be_written_are_not_counted(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = page(sitting)
    hand_out, asked = printables.hand_out_into, []

    def first_refused(*given: Any, **more: Any) -> Any:
        asked.append(given)
        if len(asked) == 1:
            raise Refused("The disk is full.", "Make room.")
        return hand_out(*given, **more)

    monkeypatch.setattr(file_bar, "hand_out_into", first_refused)
    here.kits.button.click()
    choose(tmp_path)
    sitting.settle()
    made = len(list(tmp_path.glob("*.pdf")))
    assert made == len(asked) - 1 > 0
    said = sitting.window.notice.accessibleName()
    assert f"{made} kit" in said
    assert "1 kit was not written. The disk is full." in said


def test_kits_that_are_cancelled_leave_nothing(sitting: Sitting, tmp_path: Path) -> None:
    here = page(sitting)
    here.kits.button.click()
    choose(tmp_path)
    here.kits.bar.cancel.click()
    sitting.settle()
    assert list(tmp_path.glob("*.pdf")) == []
    assert "kit made Thu" not in words(here.kits)


@MENU
@pytest.mark.parametrize(
    ("entry", "subject"), [("Kit as a mail draft", "Interview kit"), ("Reminder", "Your scorecard")]
)
def test_a_kit_or_a_reminder_as_a_mail_draft(sitting: Sitting, tmp_path: Path, entry: str, subject: str) -> None:
    page(sitting)
    row = lacking(sitting)[0]
    about = f"{row.candidate}, round {row.position}, {row.exercise}, {row.interviewer}"
    sitting.click(sitting.find(QPushButton, f"More about the kit: {about}"))
    menu_entry(sitting, entry)
    choose(tmp_path / "draft.eml")
    sitting.settle()
    message = message_from_bytes((tmp_path / "draft.eml").read_bytes())
    assert message["X-Unsent"] == "1"
    assert str(message["Subject"]).startswith(subject)
    assert row.mail in str(message["To"])
    assert [p.get_content_type() for p in message.walk()][-1] == "application/pdf"


@MENU
def test_thanks_and_a_calendar_file(sitting: Sitting, tmp_path: Path) -> None:
    here = page(sitting)
    row = lacking(sitting)[0]
    about = f"{row.candidate}, round {row.position}, {row.exercise}, {row.interviewer}"
    sitting.click(sitting.find(QPushButton, f"More about the kit: {about}"))
    menu_entry(sitting, "calendar")
    choose(tmp_path / "round.ics")
    sitting.settle()
    assert (tmp_path / "round.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    which = here.kits.which
    which.setFocus()
    QTest.keyClick(which, Qt.Key.Key_Down)
    sitting.settle()
    done = next(r for r in kit_rows(workspace(sitting)) if r.card == "in")
    about = f"{done.candidate}, round {done.position}, {done.exercise}, {done.interviewer}"
    sitting.click(sitting.find(QPushButton, f"Thanks: {about}"))
    choose(tmp_path / "thanks.eml")
    sitting.settle()
    assert b"Thank you" in (tmp_path / "thanks.eml").read_bytes()


@pytest.mark.parametrize("watched", [False, True])
def test_assessment_forms_come_back_by_drop_and_in_the_watched_folder(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, watched: bool
) -> None:
    """Beside a scorecard's form: each is known by what it says of itself."""
    team = Team(tmp_path)
    row = team.seat(team.anders, DANA)
    packet, facts = make_form(team.workspace, row)
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "back.pdf").write_bytes(with_pypdf(packet.bytes, answers(facts.spec)))
    if watched:
        settings.watch_folder(team.workspace, str(folder))
    path = team.workspace.path
    team.workspace.close()
    sitting = begin(path)
    if watched:
        sitting.settle()
        sitting.go("interviews")
    else:
        sitting.go("team")
        drop(sitting, sitting.window, folder / "back.pdf")
    here = sitting.window.page
    assert isinstance(here, InterviewsPage)
    assert "Dana Whitlock’s assessment of Anders Mbeki is in." in words(here.forms)
    with workspace(sitting).acting(DANA):
        assert assessment_page(workspace(sitting), row).content.answered == 10
    if not watched:
        drop(sitting, here, folder / "back.pdf")
        assert "is in already, and this form says the same" in words(here.forms)


def test_the_days_a_rater_said_bring_an_assessment_form_in(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    team = Team(tmp_path)
    row = team.seat(team.anders, DANA)
    packet, facts = make_form(team.workspace, row)
    path = tmp_path / "assessment.pdf"
    given = answers(facts.spec)
    texts = {name: words.splitlines()[0] for name, words in given.texts.items()}
    texts[evidence_field("reliability")] = "led the failover review"
    path.write_bytes(with_pypdf(packet.bytes, replace(given, texts=texts)))
    file = team.workspace.path
    team.workspace.close()
    sitting = begin(file)
    here = page(sitting)
    here.incoming.bring([path])
    sitting.qtbot.waitUntil(lambda: bool(here.incoming.results) and not here.incoming.busy, timeout=20_000)
    sitting.settle()
    assert "the day of a line on Reliability" in words(here.forms)
    assert "led the failover review" not in words(here.forms), "its words are shown where somebody asks for them"
    sitting.click(sitting.find(QPushButton, "Say the days…: assessment.pdf"))
    entry = here.forms.findChild(DaysEntry)
    assert entry is not None
    assert "led the failover review" in words(entry)
    sitting.click(entry.bring)
    assert here.incoming.results[0].reason is not None, "nothing comes in without a day"
    entry.form.set_values({"line 0": date(2025, 11, 18), "how": "On the phone"})
    sitting.click(entry.bring)
    sitting.settle()
    assert here.incoming.results[0].fits
    with workspace(sitting).acting(DANA):
        shown = assessment_page(workspace(sitting), row)
    assert shown.days_said == "On the phone"
    assert [f.on for f in shown.content.rating("reliability").facts] == [date(2025, 11, 18)]
