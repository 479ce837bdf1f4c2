"""Reopening keeps the closing, its reason and the reopening in the timeline; time closed is not waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.actions import application
from app.actions.undo import Undoing
from app.domain.pipeline import Closed, Outcome, days_in_stage
from app.errors import Refused
from app.packets.hiring.packet import hiring_packet
from app.queries.application import ApplicationView, application_page
from app.queries.board import board
from app.queries.hiring import hiring_facts
from app.queries.today import waiting
from app.store.check import check_workspace
from tests.actions.panel import Panel
from tests.packets.reading import text_of


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def page(panel: Panel) -> ApplicationView:
    return application_page(panel.workspace, panel.ada)


def closed_for_ten_days(panel: Panel) -> None:
    panel.clock.turn(days=2)
    application.close(panel.workspace, panel.ada, Outcome.REJECTED, "No answer.")
    panel.clock.turn(days=10)
    application.reopen(panel.workspace, panel.ada)
    panel.clock.turn(days=1)


def test_the_timeline_keeps_both_with_who_did_it(panel: Panel) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    closed_for_ten_days(panel)
    application.close(panel.workspace, panel.ada, Outcome.WITHDRAWN, "Took another job.")
    said = [(m.words, m.by) for m in page(panel).timeline if "losed" in m.words or "opened" in m.words]
    assert said == [
        ("Closed: rejected. No answer.", "Ruth Amadi"),
        ("Reopened", "Ruth Amadi"),
        ("Closed: withdrawn. Took another job.", "Ruth Amadi"),
    ]
    text = " ".join(" ".join(text_of(hiring_packet(hiring_facts(panel.workspace, panel.ada)))).split())
    assert "Closed: rejected. No answer." in text
    assert "Reopened" in text
    assert check_workspace(panel.workspace) == []


def test_time_closed_is_not_waiting(panel: Panel) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    closed_for_ten_days(panel)
    assert page(panel).days == 3
    shown = board(panel.workspace, 1)
    assert shown is not None
    assert [c.days for column in shown.columns for c in column.cards if c.application == panel.ada] == [3]
    (debrief,) = [w for w in waiting(panel.workspace) if w.place == "debrief"]
    assert debrief.at == datetime(2026, 3, 24, 9, 0, tzinfo=UTC), "since it was taken up again"


def test_a_closed_one_stops_counting(panel: Panel) -> None:
    panel.clock.turn(days=2)
    application.close(panel.workspace, panel.ada, Outcome.REJECTED)
    panel.clock.turn(days=30)
    assert page(panel).days == 2


def test_closing_and_reopening_are_taken_back_whole(panel: Panel) -> None:
    undoing = Undoing()
    undoing.note(application.close(panel.workspace, panel.ada, Outcome.REJECTED, "No answer."))
    with pytest.raises(Refused, match="is closed"):
        application.close(panel.workspace, panel.ada, Outcome.WITHDRAWN)
    undoing.note(application.reopen(panel.workspace, panel.ada))
    undoing.undo(panel.workspace)
    assert [m.words for m in page(panel).timeline][-1] == "Closed: rejected. No answer."
    undoing.undo(panel.workspace)
    assert not [m for m in page(panel).timeline if "losed" in m.words or "opened" in m.words]
    with pytest.raises(Refused, match="is open"):
        application.reopen(panel.workspace, panel.ada)


def test_days_in_a_stage_leave_out_every_spell_closed() -> None:
    def at(day: int) -> datetime:
        return datetime(2026, 3, day, 12, tzinfo=UTC)

    spells = (Closed(at(3), at(5)), Closed(at(10), at(11)), Closed(at(20), None))
    assert days_in_stage(at(1), date(2026, 3, 30), UTC, spells) == 29 - 2 - 1 - 10
    assert days_in_stage(at(4), date(2026, 3, 6), UTC, spells) == 1, "moved on while it was closed"
