"""A person plans rounds: all at once, at times as they write them, with what speaks against them, and in a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.actions import interview
from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.interviews.week import WeekPage
from app.desk.parts.dates import DateField
from app.desk.parts.label import Text
from app.desk.parts.pressable_row import PressableRow
from app.exchange.calendar import invite
from app.queries.application import application_page
from app.queries.invitations import round_events
from app.queries.lists import colleague_rows
from app.queries.plain_lists import applications, candidates
from app.store.workspace import Workspace
from tests.journeys.conftest import Sitting

ZONE = ZoneInfo("Europe/Brussels")


def page_of(sitting: Sitting) -> ApplicationPage:
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    return page


def known(sitting: Sitting) -> Workspace:
    return page_of(sitting).workspace


def words(sitting: Sitting) -> str:
    return "\n".join(label.text() for label in sitting.window.findChildren(Text) if label.isVisible())


def noor(sitting: Sitting) -> int:
    """An application with two rounds that nobody holds, and two to come."""
    sitting.go("pipeline", opening=1)
    page = sitting.window.page
    assert page is not None
    people = {c["id"]: c["name"] for c in candidates(page.desk.workspace)}
    found = next(a["id"] for a in applications(page.desk.workspace) if people[a["candidate"]] == "Noor Salimi")
    sitting.go("application", id=found)
    return int(found)


def test_every_round_is_planned_in_one_step_and_taken_back_as_one(sitting: Sitting) -> None:
    number = noor(sitting)
    before = application_page(known(sitting), number).rounds
    open_ones = [r for r in before if r.interview is None]
    assert open_ones
    sitting.click(page_of(sitting).rounds.all)
    after = application_page(known(sitting), number).rounds
    assert not [r for r in after if r.interview is None]
    assert page_of(sitting).rounds.all.isHidden()
    sitting.press("Ctrl+Z")
    assert application_page(known(sitting), number).rounds == before


def test_a_time_is_typed_as_one_writes_it_and_what_speaks_against_it_is_said(sitting: Sitting) -> None:
    number = noor(sitting)
    page = page_of(sitting)
    item = next(r for r in application_page(known(sitting), number).rounds if r.interview is None)
    sitting.press("Ctrl+I")
    form = page.interview.form
    form.set_values({"interviewer": 4})
    starts = form.input("starts_at")
    assert isinstance(starts, DateField)
    starts.line.setFocus()
    sitting.write("friday 10:15")
    assert "meets" in words(sitting), "the candidate is in another round then"
    starts.line.selectAll()
    sitting.write("1/3/2026 9:00")
    assert "That time is over." in words(sitting)
    starts.line.selectAll()
    sitting.write("next tuesday 9am")
    assert page.interview.clashes.isHidden()
    sitting.press("Tab")
    assert starts.line.text() == "17 March 2026, 09:00", "what was understood stands there in full"
    sitting.press("Ctrl+Return")
    held = next(r for r in application_page(known(sitting), number).rounds if r.plan_round == item.plan_round)
    assert held.starts_at == datetime(2026, 3, 17, 9, 0, tzinfo=ZONE)


def test_invitations_are_written_and_put_right(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "rounds"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    number = noor(sitting)
    page = page_of(sitting)
    sitting.click(page.rounds.calendar)
    first = [path.read_text("utf-8") for path in target.glob("*.ics")]
    assert len(first) == 2, "the two rounds to come"
    assert all(text.count("BEGIN:VEVENT") == 1 and "METHOD:REQUEST" in text for text in first)
    back = tmp_path / "back.ics"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(back)))
    now = known(sitting).now()
    item = next(r for r in application_page(known(sitting), number).rounds if r.starts_at and r.starts_at > now)
    page.rounds.removed.emit(item)
    sitting.settle()
    link = next(b for b in page.rounds.findChildren(QPushButton) if "take it back" in b.text())
    sitting.click(link)
    assert "METHOD:CANCEL" in back.read_text("utf-8")
    assert not [b for b in page.rounds.findChildren(QPushButton) if "take it back" in b.text() and b.isVisible()]


def test_who_no_longer_holds_a_round_is_named_and_gets_a_file(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "round.ics"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    number = noor(sitting)
    page, now = page_of(sitting), known(sitting).now()
    item = next(r for r in application_page(known(sitting), number).rounds if r.starts_at and r.starts_at > now)
    assert item.interview is not None
    invite(known(sitting), round_events(known(sitting), [item.interview]), target)
    other = next(c.id for c in colleague_rows(known(sitting)) if c.id != item.interviewer and not c.me)
    change = partial(interview.edit, known(sitting), item.interview, other, item.starts_at, item.minutes, item.place)
    page.desk.write(change)
    sitting.settle()
    link = next(b for b in page.rounds.findChildren(QPushButton) if f"still names {item.interviewer_name}" in b.text())
    sitting.click(link)
    assert f"2 calendar files are in {tmp_path}" in sitting.window.notice.accessibleName()
    assert "METHOD:CANCEL" in (tmp_path / "round, taken back.ics").read_text("utf-8")
    assert not [b for b in page.rounds.findChildren(QPushButton) if "still names" in b.text() and b.isVisible()]


def test_a_time_that_nobody_touched_is_not_moved(sitting: Sitting) -> None:
    number, page = noor(sitting), page_of(sitting)
    second = datetime(2026, 10, 25, 1, 30, 20, tzinfo=UTC)
    item = next(r for r in application_page(known(sitting), number).rounds if r.interview is not None)
    assert item.interview is not None
    assert item.interviewer is not None
    interview.edit(known(sitting), item.interview, item.interviewer, second, 60, "")
    item = next(r for r in application_page(known(sitting), number).rounds if r.interview == item.interview)
    page.rounds.edited.emit(item)
    sitting.settle()
    starts = page.interview.form.input("starts_at")
    assert isinstance(starts, DateField)
    assert starts.line.text() == "25 October 2026, 02:30", "the second of the two"
    page.interview.form.set_values({"place": "Room Fjord"})
    page.interview.save_button.click()
    sitting.settle()
    held = next(r for r in application_page(known(sitting), number).rounds if r.interview == item.interview)
    assert (held.starts_at, held.place) == (second, "Room Fjord")


def test_a_week_is_turned_and_a_round_opened_by_keys(sitting: Sitting) -> None:
    sitting.go("interviews")
    sitting.press("Ctrl+Shift+W")
    page = sitting.window.page
    assert isinstance(page, WeekPage)
    assert page.title.text() == "Mon 9 Mar to 15 March 2026"
    assert "at two places" in words(sitting)
    all_of_it = [e for e in page.findChildren(PressableRow) if e.isVisible()]
    sitting.click(page.mine)
    mine = [e for e in page.findChildren(PressableRow) if e.isVisible()]
    assert 0 < len(mine) < len(all_of_it)
    assert all("Ruth Amadi" in e.accessibleName() for e in mine)
    sitting.press("N")
    assert page.title.text() == "Mon 16 Mar to 22 March 2026"
    sitting.press("P", "P")
    assert page.title.text() == "Mon 2 Mar to 8 March 2026"
    sitting.press("T")
    entry = next(e for e in page.findChildren(PressableRow) if e.isVisible())
    entry.setFocus()
    sitting.press("Return")
    assert sitting.window.place == "application"
