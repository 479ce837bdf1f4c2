"""A committee in the window: seats are given, each votes in turn and unseen, and the result is shown at the end."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton

from app.desk.pages.calibration.page import CalibrationPage
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots, HeldVote, Office, Tally, Turn
from app.queries.calibration import calibration_view
from app.store.check import check_workspace
from tests.calibrations import prepared, seated
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration_page import calibration_shown
from tests.journeys.test_debrief_to_offer import confirm, words, workspace

SPRING = 2  # the sample's calibration whose session is on


def voted(sitting: Sitting, page: CalibrationPage) -> HeldVote:
    held = calibration_view(workspace(sitting), SPRING).member(page.at).vote
    assert held is not None
    return held


def with_seats(sitting: Sitting) -> CalibrationPage:
    seated(workspace(sitting), SPRING)
    page = calibration_shown(sitting, SPRING)
    sitting.settle()
    return page


def choose(sitting: Sitting, name: str, words_of_it: str) -> None:
    """Open the menu of a button by a key, and take a line of it by the arrows."""
    button = sitting.find(QPushButton, name)
    button.setFocus()
    QTest.keySequence(button, "Space")
    menu = button.findChildren(QMenu)[-1]
    offered = [action.text() for action in menu.actions() if action.isEnabled()]
    for _ in range(offered.index(words_of_it)):
        QTest.keySequence(menu, "Down")
    QTest.keySequence(menu, "Return")
    sitting.window.activateWindow()
    sitting.qtbot.waitUntil(sitting.window.isActiveWindow)
    sitting.settle()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_seats_are_given_before_the_session_and_change_by_a_menu(sitting: Sitting) -> None:
    made = prepared(workspace(sitting))
    page = calibration_shown(sitting, made)
    combo = sitting.find(QComboBox, "Who gets a seat")
    for _ in range(2):
        combo.setCurrentIndex(0)
        combo.activated.emit(0)
        sitting.click(sitting.find(QPushButton, "Give this colleague a seat"))
    first, second = calibration_view(workspace(sitting), made).seats
    assert (first.office, first.votes) == (Office.NONE, True)
    choose(sitting, f"{second.name}: votes", "chairs and votes")
    choose(sitting, "Keep names or counts…", "Keep only how many there were of each")
    view = calibration_view(workspace(sitting), made)
    assert [(s.office, s.votes) for s in view.seats] == [(Office.NONE, True), (Office.CHAIR, True)]
    assert view.ballots is Ballots.COUNTS
    assert "from fewer than 4 only the result" in words(page.prepare)
    sitting.click(sitting.find(QPushButton, f"Take the seat of {first.name} away"))
    sitting.press("Ctrl+Z")
    assert len(calibration_view(workspace(sitting), made).seats) == 2


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_each_votes_unseen_and_the_result_stands_when_the_vote_has_ended(sitting: Sitting) -> None:
    page = with_seats(sitting)
    voting = page.session.voting
    sitting.click(voting.open)
    confirm(sitting)
    held = voted(sitting, page)
    assert not voting.choice.isVisible()
    before = words(voting)
    for turn, choice in zip(held.due[:2], ("promote", "not_now"), strict=True):
        sitting.click(sitting.find(QPushButton, f"Vote of {turn.name}"))
        assert f"{turn.name} votes on {page.one.name if page.one else ''}" in words(voting)
        assert voting.choice.value is None, "nothing of the one before is chosen"
        assert not voting.cast_it.isEnabled()
        sitting.click(voting.choice.button(choice))
        sitting.click(voting.cast_it)
        assert not voting.choice.isVisible()
        assert turn.name in words(voting)
        left = voted(sitting, page).due
        assert sitting.find(QPushButton, f"Vote of {left[0].name}").hasFocus(), "the next one has the turn"
    assert words(voting).count("voted") == before.count("voted") + 2
    assert "promote" not in words(voting).lower()
    choose(sitting, f"{held.due[2].name} does not vote", "Recused: peer")
    sitting.click(voting.end)
    confirm(sitting, "One is away")
    ended = voted(sitting, page)
    assert ended.tally == Tally(1, 1, 0)
    assert ended.result is None
    assert "nothing had more than half (1 promote, 1 not now)" in words(voting)
    assert [t.choice for t in ended.turns if t.turn is Turn.VOTED] == [
        CalibrationOutcome.PROMOTE,
        CalibrationOutcome.NOT_NOW,
    ]
    sitting.click(voting.open)
    confirm(sitting, "One more has read the evidence")
    assert voted(sitting, page).open
    assert check_workspace(workspace(sitting)) == []


def test_a_vote_that_ends_early_asks_why(sitting: Sitting) -> None:
    page = with_seats(sitting)
    sitting.click(page.session.voting.open)
    confirm(sitting)
    sitting.click(page.session.voting.end)
    confirm(sitting, "The room is needed")
    assert voted(sitting, page).end_reason == "The room is needed"
    assert "nobody voted" in words(page.session.voting)


def test_an_outcome_waits_for_the_vote(sitting: Sitting) -> None:
    page = with_seats(sitting)
    sitting.click(page.session.voting.open)
    confirm(sitting)
    form = page.session.form
    form.outcome.choose("promote")
    form.reason.set_values({"reason": "The core is covered"})
    form.check()
    confirm(sitting)
    assert "The committee is voting on" in words(sitting.window)
    assert calibration_view(workspace(sitting), SPRING).member(page.at).outcome is None


def test_a_case_waits_for_another_day_and_keeps_its_place_among_them(sitting: Sitting) -> None:
    page = calibration_shown(sitting, SPRING)
    first = page.at
    name = page.one.name if page.one is not None else ""
    sitting.click(page.session.put_off)
    form = page._actions.later
    form.form.set_values({"day": date(2026, 3, 12), "reason": "Her review comes first."})
    form.saved.emit()
    sitting.settle()
    assert "12 March 2026 is not to come" in words(form)
    form.form.set_values({"day": date(2026, 3, 13), "reason": "Her review comes first."})
    form.saved.emit()
    sitting.settle()
    view = calibration_view(workspace(sitting), SPRING)
    assert view.turns[-1].proposal == first
    assert view.turns[-1].day == date(2026, 3, 13)
    assert page.at != first, "the next one is talked about"
    page.talk_about(first)
    sitting.settle()
    assert f"{name} is put off to 13 March 2026: Her review comes first." in words(page.session)
    sitting.click(page.session.take_up)
    turn = calibration_view(workspace(sitting), SPRING).next_turn
    assert turn is not None
    assert turn.proposal == first
