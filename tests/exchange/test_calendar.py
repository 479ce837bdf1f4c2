"""Rounds as files that a calendar takes as an invitation: new, moved, taken back; whatever people are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.actions import application, candidate, colleague, interview
from app.actions.undo import Undoing
from app.domain.calendar import Attendee, RoundEvent
from app.domain.pipeline import Outcome
from app.errors import NotYet, Refused
from app.exchange.calendar import calendar_file, invite, invite_into
from app.queries.application import application_page
from app.queries.invitations import invitations_due, round_events
from app.queries.today import today_view
from app.queries.waiting import WaitKind
from app.queries.week import clashes, week_rounds
from app.store.workspace import Workspace, open_workspace
from tests.actions.panel import RUTH, Panel
from tests.exchange.test_mail import HOSTILE
from tests.samples import sample_in

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
STARTS = datetime(2026, 3, 13, 13, 30, tzinfo=UTC)


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    """A panel of which Ruth knows her address, and the candidate has one."""
    made = Panel(tmp_path)
    colleague.edit(made.workspace, RUTH, "Ruth Amadi", "ruth@example.org", "")
    person = application_page(made.workspace, made.ada).candidate
    candidate.edit(made.workspace, person, mail="ada@example.org")
    interview.edit(made.workspace, made.interviews[0], RUTH, STARTS, 60, "Room; Linden, 2\\3")
    return made


def events(panel: Panel) -> tuple[RoundEvent, ...]:
    return round_events(panel.workspace, [panel.interviews[0]])


def unfolded(content: bytes) -> list[str]:
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def value(lines: list[str], name: str) -> str:
    (found,) = [line.partition(":")[2] for line in lines if line.partition(":")[0] == name]
    return found


def plain(text: str) -> str:
    found, signs = "", iter(text)
    for sign in signs:
        follows = next(signs) if sign == "\\" else ""
        found += {"n": "\n"}.get(follows, follows) if sign == "\\" else sign
    return found


def test_a_round_is_an_invitation(panel: Panel) -> None:
    lines = unfolded(calendar_file(events(panel)[0], NOW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert value(lines, "METHOD") == "REQUEST"
    assert value(lines, "SEQUENCE") == "0"
    assert value(lines, "STATUS") == "CONFIRMED"
    assert value(lines, "DTSTART") == "20260313T133000Z"
    assert value(lines, "DTEND") == "20260313T143000Z"
    assert value(lines, "DTSTAMP") == "20260312T090000Z"
    assert plain(value(lines, "LOCATION")) == "Room; Linden, 2\\3"
    assert [line for line in lines if line.startswith("ORGANIZER")] == [
        'ORGANIZER;CN="Ruth Amadi":mailto:ruth@example.org'
    ]
    invited = [line for line in lines if line.startswith("ATTENDEE")]
    assert [line.rpartition("mailto:")[2] for line in invited] == ["ruth@example.org", "ada@example.org"]
    assert all("RSVP=TRUE" in line and "PARTSTAT=NEEDS-ACTION" in line for line in invited)


def test_without_an_address_it_is_a_file_to_look_at(panel: Panel) -> None:
    colleague.edit(panel.workspace, RUTH, "Ruth Amadi", "nobody", "")
    lines = unfolded(calendar_file(events(panel)[0], NOW))
    assert value(lines, "METHOD") == "PUBLISH"
    assert not [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE"))]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_brings_a_line_of_its_own(panel: Panel, name: str) -> None:
    (event,) = events(panel)
    odd = replace(
        event,
        title=f"{name}\r\nEND:VEVENT",
        about=name,
        place=f"{name}\nATTACH:file:///etc",
        organiser=Attendee(f'{name}"\r\nATTACH:x', "ruth@example.org"),
        attendees=(Attendee(f"{name};RSVP=FALSE\r\nATTACH:x", "ada@example.org"),),
    )
    lines = unfolded(calendar_file(odd, NOW))
    assert [line for line in lines if line.startswith(("BEGIN:", "END:", "ATTACH"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert "END:VEVENT" in plain(value(lines, "SUMMARY"))


def test_an_interview_without_a_time_is_in_no_calendar(panel: Panel) -> None:
    interview.edit(panel.workspace, panel.interviews[0], RUTH, None, 60, "")
    with pytest.raises(NotYet, match="no time yet"):
        events(panel)
    with pytest.raises(Refused, match="No round is chosen"):
        invite(panel.workspace, [], Path("none.ics"))


def sent(panel: Panel, folder: Path, what: tuple[RoundEvent, ...]) -> list[str]:
    target = folder / "round.ics"
    invite(panel.workspace, what, target)
    return unfolded(target.read_bytes())


def test_a_later_file_moves_the_round_and_takes_it_back(panel: Panel, tmp_path: Path) -> None:
    first = sent(panel, tmp_path, events(panel))
    assert invitations_due(panel.workspace, panel.ada) == ()
    again = sent(panel, tmp_path, events(panel))
    assert value(again, "SEQUENCE") == "0", "nothing is new in it"
    interview.edit(panel.workspace, panel.interviews[0], RUTH, STARTS + timedelta(days=1), 45, "Room Fjord")
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    assert "send what holds now" in wrong.words
    moved = sent(panel, tmp_path, wrong.events)
    assert value(moved, "UID") == value(first, "UID")
    assert (value(moved, "SEQUENCE"), value(moved, "DTSTART")) == ("1", "20260314T133000Z")
    assert invitations_due(panel.workspace, panel.ada) == ()
    interview.remove(panel.workspace, panel.interviews[0])
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    assert "take it back" in wrong.words
    gone = sent(panel, tmp_path, wrong.events)
    assert value(gone, "UID") == value(first, "UID")
    assert (value(gone, "METHOD"), value(gone, "STATUS"), value(gone, "SEQUENCE")) == ("CANCEL", "CANCELLED", "2")
    assert value(gone, "DTSTART") == "20260314T133000Z"
    assert invitations_due(panel.workspace, panel.ada) == ()


def test_a_closed_application_takes_its_invitations_back_and_its_reopening_sends_them_anew(
    panel: Panel, tmp_path: Path
) -> None:
    sent(panel, tmp_path, events(panel))
    undoing = Undoing()
    undoing.note(application.close(panel.workspace, panel.ada, Outcome.WITHDRAWN))
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    undoing.note(invite(panel.workspace, wrong.events, tmp_path / "gone.ics"))
    undoing.undo(panel.workspace)
    assert invitations_due(panel.workspace, panel.ada) == ()
    assert [event.sequence for event in events(panel)] == [2], "it was taken back, so a calendar needs a newer one"


def test_what_is_over_is_let_be(panel: Panel, tmp_path: Path) -> None:
    sent(panel, tmp_path, events(panel))
    panel.clock.turn(hours=24 * 30)
    interview.remove(panel.workspace, panel.interviews[0])
    assert invitations_due(panel.workspace, panel.ada) == ()


def test_a_round_that_is_moved_at_the_last_moment_is_put_right(panel: Panel, tmp_path: Path) -> None:
    sent(panel, tmp_path, events(panel))
    panel.clock.moment = STARTS + timedelta(minutes=5)
    interview.edit(panel.workspace, panel.interviews[0], RUTH, STARTS + timedelta(days=4), 60, "Room; Linden, 2\\3")
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    assert "send what holds now" in wrong.words
    assert [w.about for w in today_view(panel.workspace).items if w.kind is WaitKind.INVITATION] == ["Ada Lind"]


def test_who_is_invited_no_more_gets_a_file_that_takes_it_back(panel: Panel, tmp_path: Path) -> None:
    sent(panel, tmp_path, events(panel))
    colleague.edit(panel.workspace, 2, "Mateus Kern", "mateus@example.org", "")
    interview.edit(panel.workspace, panel.interviews[0], 2, STARTS, 60, "Room; Linden, 2\\3")
    assert [w.kind for w in today_view(panel.workspace).items if w.kind is WaitKind.INVITATION]
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    assert "still names Ruth Amadi: send what holds now" in wrong.words
    report = invite(panel.workspace, wrong.events, tmp_path / "now.ics")
    assert report.words == "calendar file of a round"
    back = unfolded((tmp_path / "now, taken back.ics").read_bytes())
    assert (value(back, "METHOD"), value(back, "SEQUENCE")) == ("CANCEL", "1")
    assert not [line for line in back if line.startswith("STATUS")], "the round itself is not off"
    assert [line.rpartition("mailto:")[2] for line in back if line.startswith("ATTENDEE")] == ["ruth@example.org"]
    now = unfolded((tmp_path / "now.ics").read_bytes())
    assert (value(now, "METHOD"), value(now, "SEQUENCE")) == ("REQUEST", "1")
    assert value(now, "UID") == value(back, "UID")
    invited = [line.rpartition("mailto:")[2] for line in now if line.startswith("ATTENDEE")]
    assert invited == ["mateus@example.org", "ada@example.org"]
    assert invitations_due(panel.workspace, panel.ada) == ()


def test_nothing_is_taken_back_by_a_file_that_reaches_nobody(panel: Panel, tmp_path: Path) -> None:
    sent(panel, tmp_path, events(panel))
    colleague.edit(panel.workspace, RUTH, "Ruth Amadi", "nobody", "")
    interview.edit(panel.workspace, panel.interviews[0], 2, STARTS + timedelta(days=1), 60, "")
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    assert "says Fri 13 Mar" in wrong.words
    invite(panel.workspace, wrong.events, tmp_path / "now.ics")
    assert value(unfolded((tmp_path / "now.ics").read_bytes()), "METHOD") == "PUBLISH"
    assert not (tmp_path / "now, taken back.ics").exists()
    assert invitations_due(panel.workspace, panel.ada) == ()


def test_several_rounds_are_a_file_each(panel: Panel, tmp_path: Path) -> None:
    interview.edit(panel.workspace, panel.interviews[1], 2, STARTS + timedelta(hours=2), 60, "")
    both = round_events(panel.workspace, panel.interviews[:2])
    invite_into(panel.workspace, both, tmp_path)
    files = sorted(tmp_path.glob("*.ics"))
    assert len(files) == 2
    assert [path.read_text("utf-8").count("BEGIN:VEVENT") for path in files] == [1, 1]
    invite_into(panel.workspace, round_events(panel.workspace, panel.interviews[:2]), tmp_path)
    assert [path.read_text("utf-8").count("BEGIN:VEVENT") for path in tmp_path.glob("*.ics")] == [1, 1]


def test_what_stands_in_a_link_is_one_line(panel: Panel, tmp_path: Path) -> None:
    person = application_page(panel.workspace, panel.ada).candidate
    candidate.edit(panel.workspace, person, name="Ada\u202eLind " + "x" * 5000)
    sent(panel, tmp_path, events(panel))
    interview.remove(panel.workspace, panel.interviews[0])
    (wrong,) = invitations_due(panel.workspace, panel.ada)
    assert "\u202e" not in wrong.words
    assert len(wrong.words) < 250


def weigh(workspace: Workspace, panel: Panel, number: int | None, who: int, starts: datetime | None) -> tuple[str, ...]:
    return clashes(workspace, panel.ada, number, who, starts, 60)


def test_what_speaks_against_a_time_is_said(panel: Panel) -> None:
    workspace, first = panel.workspace, panel.interviews[0]
    assert weigh(workspace, panel, first, RUTH, STARTS) == ()
    assert weigh(workspace, panel, first, RUTH, None) == ()
    assert "That time is over." in weigh(workspace, panel, first, RUTH, panel.workspace.now() - timedelta(days=1))
    busy = weigh(workspace, panel, None, RUTH, STARTS + timedelta(minutes=59))
    assert len(busy) == 2, "she is elsewhere, and so is the candidate"
    assert weigh(workspace, panel, None, RUTH, STARTS + timedelta(minutes=60)) == ()
    assert weigh(workspace, panel, None, RUTH, STARTS - timedelta(minutes=60)) == ()
    other = next(c for c in (2, 3, 4) if c != RUTH)
    assert len(weigh(workspace, panel, None, other, STARTS)) == 1, "only the candidate is"


def test_an_application_that_is_gone_clashes_with_nothing(panel: Panel) -> None:
    assert clashes(panel.workspace, 9_999, None, RUTH, STARTS, 60) == ()


def test_the_hours_of_a_clock_change_are_said(tmp_path: Path) -> None:
    workspace = open_workspace(sample_in(tmp_path))
    zone = workspace.zone
    assert str(zone) == "Europe/Brussels"
    missing = datetime(2026, 3, 29, 2, 30, tzinfo=zone)
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    assert any("does not exist" in words for words in clashes(workspace, 18, None, 2, missing, 60))
    assert any("is there twice" in words for words in clashes(workspace, 18, None, 2, twice, 60))
    assert clashes(workspace, 18, None, 2, twice.replace(fold=1), 60) == ()
    workspace.close()


def test_a_round_over_a_clock_change_lasts_its_minutes(panel: Panel) -> None:
    brussels = ZoneInfo("Europe/Brussels")
    interview.edit(panel.workspace, panel.interviews[1], 2, datetime(2026, 3, 29, 3, 30, tzinfo=brussels), 60, "")
    typed = datetime(2026, 3, 29, 1, 30, tzinfo=brussels)
    assert len(clashes(panel.workspace, panel.ada, panel.interviews[0], 2, typed, 90)) == 2, "until 04:00, not 03:00"
    assert clashes(panel.workspace, panel.ada, panel.interviews[0], 2, typed, 60) == ()


def test_a_week_shows_what_collides(panel: Panel) -> None:
    workspace = panel.workspace
    interview.edit(workspace, panel.interviews[1], 2, STARTS + timedelta(minutes=30), 60, "")
    begins = datetime(2026, 3, 9, tzinfo=UTC)
    week = [one for one in week_rounds(workspace, begins) if one.interview in panel.interviews[:2]]
    assert [one.interview for one in week] == panel.interviews[:2]
    assert [one.twice for one in week] == [("Ada Lind",), ("Ada Lind",)]
    assert week_rounds(workspace, begins + timedelta(days=7)) == ()
