"""What waits, until what is done about it; and what was put off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import application, candidate, colleague, interview, opening_closing, today
from app.actions.application import PutOnHold
from app.actions.candidate import NewCandidate
from app.actions.opening_closing import OpeningClosed
from app.domain.pipeline import OpeningEnd, Outcome
from app.packets.printables import KIT, hand_out
from app.queries.application import application_page
from app.queries.today import today_view, waiting, waiting_by_place
from app.queries.waiting import WaitKind
from tests.actions.panel import OMAR, Panel


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def forms(panel: Panel) -> list[tuple[str, str]]:
    return [(w.about, w.who) for w in waiting(panel.workspace) if w.kind is WaitKind.FORM]


def test_a_form_waits_from_its_interview_to_its_card(panel: Panel) -> None:
    row = panel.interviews[1]
    interview.edit(panel.workspace, row, OMAR, panel.clock.moment + timedelta(hours=1), 60, "")
    made = KIT.print(panel.workspace, row)
    assert forms(panel) == []
    hand_out(panel.workspace, made, None)
    assert forms(panel) == [], "the interview is still ahead"
    panel.clock.turn(days=2)
    assert forms(panel) == [("Ada Lind", "Omar Haddad")]
    panel.bring_in(1)
    assert forms(panel) == []


def kinds(panel: Panel) -> list[tuple[WaitKind, str]]:
    view = today_view(panel.workspace)
    return [(w.kind, w.about) for w in (*view.items, *view.quiet)]


def test_a_card_of_somebody_else_is_late_until_it_is_in(panel: Panel) -> None:
    row = panel.interviews[1]
    interview.edit(panel.workspace, row, OMAR, panel.clock.moment + timedelta(hours=1), 60, "")
    assert (WaitKind.LATE_CARD, "Ada Lind") not in kinds(panel)
    panel.clock.turn(days=1)
    assert (WaitKind.LATE_CARD, "Ada Lind") in kinds(panel)
    panel.bring_in(1)
    assert (WaitKind.LATE_CARD, "Ada Lind") not in kinds(panel)


def test_a_round_without_a_time_waits_once_for_each_candidate(panel: Panel) -> None:
    for row in panel.interviews[:2]:
        interview.edit(panel.workspace, row, application_holder(panel, row), None, 60, "")
    assert [w.about for w in today_view(panel.workspace).items if w.kind is WaitKind.UNTIMED] == ["Ada Lind"]
    for row in panel.interviews:
        when = panel.clock.moment + timedelta(days=3)
        interview.edit(panel.workspace, row, application_holder(panel, row), when, 60, "")
    assert [w.about for w in today_view(panel.workspace).items if w.kind is WaitKind.UNTIMED] == []


def application_holder(panel: Panel, row: int) -> int:
    held = next(r for r in application_page(panel.workspace, panel.ada).rounds if r.interview == row)
    assert held.interviewer is not None
    return held.interviewer


def test_a_hold_waits_from_the_day_it_was_to_end(panel: Panel) -> None:
    application.hold(panel.workspace, panel.ada, PutOnHold("Their visa.", panel.workspace.today() + timedelta(days=2)))
    assert WaitKind.HOLD not in dict(kinds(panel))
    panel.clock.turn(days=2)
    assert (WaitKind.HOLD, "Ada Lind") in kinds(panel)
    application.resume(panel.workspace, panel.ada)
    assert WaitKind.HOLD not in dict(kinds(panel))


def test_a_filled_opening_waits_to_be_closed(panel: Panel) -> None:
    application.close(panel.workspace, panel.ada, Outcome.HIRED)
    assert WaitKind.FULL in dict(kinds(panel))
    opening_closing.close(panel.workspace, 1, OpeningClosed(OpeningEnd.FILLED, panel.workspace.today()))
    assert WaitKind.FULL not in dict(kinds(panel))


def test_who_is_in_no_opening_and_whose_record_is_over_is_named_apart(panel: Panel) -> None:
    added = candidate.add(panel.workspace, NewCandidate("Eve Moor"), None).subject
    candidate.edit(panel.workspace, added, kept_until=panel.workspace.today() - timedelta(days=1))
    view = today_view(panel.workspace)
    assert {w.kind for w in view.quiet if w.about == "Eve Moor"} == {WaitKind.NO_OPENING, WaitKind.REVIEW}
    assert "Eve Moor" not in [w.about for w in view.items]
    assert waiting_by_place(panel.workspace)["today"] == len(view.items) == len(waiting(panel.workspace))


def test_what_is_put_off_comes_back_on_its_day_and_is_so_for_one_person_alone(panel: Panel) -> None:
    application.close(panel.workspace, panel.ada, Outcome.HIRED)
    before = today_view(panel.workspace).items
    (full,) = [w for w in before if w.kind is WaitKind.FULL]
    today.put_off(panel.workspace, full.key, full.about, 7)
    view = today_view(panel.workspace)
    assert full.key not in [w.key for w in view.items]
    assert [(w.key, w.put_off) for w in view.put_off] == [(full.key, panel.workspace.today() + timedelta(days=7))]
    assert waiting_by_place(panel.workspace)["today"] == len(before) - 1
    me = panel.workspace.me
    colleague.become(panel.workspace, OMAR)
    assert full.key in [w.key for w in today_view(panel.workspace).items]
    assert me is not None
    colleague.become(panel.workspace, me)
    panel.clock.turn(days=7)
    assert full.key in [w.key for w in today_view(panel.workspace).items]
    today.put_off(panel.workspace, full.key, full.about, 1)
    today.take_up(panel.workspace, full.key, full.about)
    assert full.key in [w.key for w in today_view(panel.workspace).items]
