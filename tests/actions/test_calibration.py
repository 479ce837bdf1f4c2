"""Calibration cycles: alone first, both results kept, votes with a why, recusal, closing locks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions import assessment, assessment_request, calibration, calibration_session, member
from app.actions.calibration import NewCalibration
from app.actions.undo import Undoing
from app.domain.assessment import NoScore
from app.domain.calibration import CalibrationOutcome
from app.domain.operations import Op
from app.domain.panel import State
from app.domain.readiness import Readiness
from app.errors import NotYet, Refused
from app.queries.assessment import assessment_page, my_assessments
from app.queries.calibration import calibration_view
from app.queries.plain_lists import cycles, members
from app.queries.team import team_page
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def test_nobody_sees_anothers_before_their_own_is_in_and_all_are(team: Team) -> None:
    team.fill(team.anders, TOMASZ)
    assert team.of(team.anders).judged is None
    with team.workspace.acting(DANA), pytest.raises(NotYet):
        assessment_page(team.workspace, team.seat(team.anders, TOMASZ))
    with team.workspace.acting(TOMASZ):
        assert team.of(team.anders).judged is None, "his own is in, but not all are"
        assert assessment_page(team.workspace, team.seat(team.anders, TOMASZ)).mine
    team.fill(team.anders, DANA)
    assert team.of(team.anders).judged is not None, "all are in, and Ruth owes none on Anders"
    assert team.of(team.nadia).judged is None
    strips = {m.name: m.latest for m in team_page(team.workspace).members}
    assert strips["Nadia Rousselle"] is None
    assert [c["members"][1]["assessments_in"] for c in cycles(team.workspace)] == [0]


def test_a_sealed_assessment_shows_no_score_in_any_list(team: Team) -> None:
    team.fill(team.nadia, TOMASZ, "1111111111")
    shown = next(m for m in members(team.workspace) if m["name"] == "Nadia Rousselle")
    assert shown["scores"] == {}
    assert shown["readiness"] is None
    strip = next(m for m in team_page(team.workspace).members if m.name == "Nadia Rousselle").latest
    assert strip is not None
    assert all(c.score is None and c.sealed for c in strip.cells)


def test_typing_in_for_another_waits_for_ones_own(team: Team) -> None:
    with pytest.raises(Refused, match="Your own assessment of Nadia Rousselle is due first"):
        assessment.type_in(team.workspace, team.seat(team.nadia, TOMASZ))
    team.fill(team.nadia, RUTH)
    seat = team.seat(team.nadia, TOMASZ)
    with pytest.raises(Refused, match="This is Tomasz Wieland’s assessment"):
        assessment.rate(team.workspace, seat, "mlops", 3)
    assessment.type_in(team.workspace, seat)
    assessment.rate(team.workspace, seat, "mlops", 3)
    with team.workspace.acting(TOMASZ):
        assert my_assessments(team.workspace) != ()


def test_submit_names_what_is_missing(team: Team) -> None:
    seat = team.seat(team.anders, TOMASZ)
    with team.workspace.acting(TOMASZ):
        for dimension in team.page.guide.dimension_ids:
            assessment.not_assessed(team.workspace, seat, dimension, NoScore.NOT_SEEN)
        assessment.rate(team.workspace, seat, "mlops", 3)
        assessment.clear(team.workspace, seat, "data")
        assessment.add_fact(team.workspace, seat, "people", "Said to be kind", None, inferred=True)
        with pytest.raises(assessment.IncompleteAssessment) as refused:
            assessment.submit(team.workspace, seat)
        assert refused.value.sentence == (
            "Still missing: evidence for MLOps; a score or a reason for Data contracts; the day of a line on "
            "People leadership."
        )
        with pytest.raises(Refused, match="still to come"):
            assessment.add_fact(team.workspace, seat, "people", "Later", date(2027, 1, 1))
        with pytest.raises(Refused, match="The line is empty"):
            assessment.add_fact(team.workspace, seat, "people", " ", None)
        with pytest.raises(Refused, match="A score is 1, 2, 3 or 4"):
            assessment.rate(team.workspace, seat, "people", 5)


def test_a_submitted_assessment_stays_and_is_verified(team: Team) -> None:
    team.all_in()
    seat = team.seat(team.anders, TOMASZ)
    assert check_workspace(team.workspace) == []
    with team.workspace.acting(TOMASZ):
        with pytest.raises(Refused, match="submitted and can’t be changed"):
            assessment.rate(team.workspace, seat, "mlops", 1)
        with pytest.raises(Refused, match="An amendment needs a reason"):
            assessment.amend(team.workspace, seat, " ")
        amended = assessment.amend(team.workspace, seat, "I mixed two projects up.").subject
        assessment.rate(team.workspace, amended, "mlops", 2)
        with pytest.raises(Refused, match="was begun"):
            assessment.amend(team.workspace, seat, "Again.")
        assessment.submit(team.workspace, amended)
    assert check_workspace(team.workspace) == []
    assert "amend assessment" in team.chain()
    shown = team.of(team.anders).judged
    assert shown is not None
    assert [g.content.rating("mlops").score for g in shown.newest] == [2, 3]
    with team.workspace.step(Op.UNDO, draft=True) as step:
        step.connection.exec_driver_sql("UPDATE assessment_rating SET score = 4 WHERE assessment_id = ?", (amended,))
    assert [f.sentence for f in check_workspace(team.workspace)] == [f"Assessment {amended} is not what was submitted."]


def test_a_draft_can_be_undone_until_it_is_in(team: Team) -> None:
    undoing = Undoing()
    seat = team.seat(team.nadia, RUTH)
    undoing.note(assessment.rate(team.workspace, seat, "mlops", 3))
    undoing.note(assessment.say(team.workspace, seat, "mlops", "Every release since May."))
    undoing.undo(team.workspace)
    assert assessment_page(team.workspace, seat).content.rating("mlops").words == ""
    undoing.redo(team.workspace)
    content = assessment_page(team.workspace, seat).content
    assert content.rating("mlops").words == "Every release since May."
    assessment.discard(team.workspace, seat)
    assert assessment_page(team.workspace, seat).content.ratings == ()
    team.fill(team.nadia, RUTH)
    with pytest.raises(Refused, match="submitted and can’t be changed"):
        undoing.undo(team.workspace)


def test_before_and_after_with_a_vote_that_needs_a_why(team: Team) -> None:
    team.all_in()
    with pytest.raises(Refused, match="has not begun"):
        calibration_session.note(team.workspace, team.of(team.anders).proposal, "Too early")
    calibration.start(team.workspace, team.cycle)
    proposal = team.of(team.anders).proposal
    with pytest.raises(Refused, match="Tomasz Wieland and Dana Whitlock"):
        calibration_session.vote(team.workspace, proposal, "reliability", {TOMASZ: 3})
    with pytest.raises(Refused, match="Dana Whitlock: a changed score needs a why"):
        calibration_session.vote(team.workspace, proposal, "reliability", {TOMASZ: 3, DANA: 3})
    why = {DANA: "I had not seen the failover review."}
    calibration_session.vote(team.workspace, proposal, "reliability", {TOMASZ: 3, DANA: 3}, why)
    shown = team.of(team.anders).judged
    assert shown is not None
    assert shown.after is not None
    assert (shown.before.word, shown.after.word) == (Readiness.CLOSE, Readiness.READY)
    assert shown.before.cell("reliability").state is State.SPLIT
    assert shown.after.cell("reliability").state is State.MET
    assert team.page.moved.up == 1
    with pytest.raises(Refused, match="has second scores already"):
        calibration_session.vote(team.workspace, proposal, "reliability", {TOMASZ: 3, DANA: 2})
    calibration_session.vote(
        team.workspace, proposal, "reliability", {TOMASZ: 3, DANA: 0 or None}, {DANA: "I step back."}, "Miskeyed"
    )
    again = team.of(team.anders).judged
    assert again is not None
    assert len(again.votes) == 2, "every step between is kept"
    assert again.verdict.cell("reliability").scores == (3,)


def test_the_persons_own_manager_has_no_vote(team: Team) -> None:
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    shown = team.of(team.nadia)
    assert shown.judged is not None
    assert [g.name for g in shown.judged.raters("governance")] == ["Tomasz Wieland", "Ruth Amadi"]
    assert [g.name for g in shown.judged.voters("governance")] == ["Tomasz Wieland"]
    with pytest.raises(Refused, match="The person’s own manager has no vote"):
        calibration_session.vote(team.workspace, shown.proposal, "governance", {TOMASZ: 3, RUTH: 3})
    calibration_session.vote(team.workspace, shown.proposal, "governance", {TOMASZ: 2}, {TOMASZ: "The audit was late."})
    after = team.of(team.nadia).judged
    assert after is not None
    assert after.verdict.cell("governance").scores == (2, 2), "the manager's first score stays"


def test_what_a_member_says_of_themselves_never_counts_and_nobody_waits_for_it(team: Team) -> None:
    anders = next(m for m in team_page(team.workspace).members if m.name == "Anders Mbeki").colleague
    assessment_request.ask(team.workspace, team.anders, anders, team.cycle)
    team.all_in()
    assert team.of(team.anders).judged is not None
    team.fill(team.anders, anders, "4444444444")
    shown = team.of(team.anders).judged
    assert shown is not None
    assert shown.verdict.cell("mlops").scores == (3, 3)
    assert len(shown.newest) == 3
    with pytest.raises(Refused, match="was asked already"):
        assessment_request.ask(team.workspace, team.anders, DANA, team.cycle)


def test_a_session_begun_early_takes_a_reason_and_opens(team: Team) -> None:
    team.fill(team.anders, TOMASZ)
    team.fill(team.nadia, RUTH)
    with pytest.raises(Refused, match="2 assessments are still due"):
        calibration.start(team.workspace, team.cycle)
    calibration.start(team.workspace, team.cycle, "Dana is ill.")
    assert team.of(team.anders).judged is not None
    with team.workspace.acting(DANA):
        assert team.of(team.anders).judged is None, "who still owes one sees nothing"
    team.clock.turn(minutes=5)
    team.fill(team.anders, DANA, "2222222222")
    shown = team.of(team.anders).judged
    assert shown is not None
    assert shown.after is not None, "what comes in later is no first score"
    assert shown.before.cell("mlops").state is State.THIN
    assert shown.after.cell("mlops").scores == (2, 3)


def test_who_begins_a_session_has_given_their_own(team: Team) -> None:
    with pytest.raises(NotYet, match="An assessment of your own is due first"):
        calibration.start(team.workspace, team.cycle, "Now.")


def test_outcomes_dissent_closing_and_reopening(team: Team) -> None:
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    first, second = (m.proposal for m in team.page.members)
    with pytest.raises(Refused, match="An outcome needs a reason"):
        calibration_session.decide(team.workspace, first, CalibrationOutcome.PROMOTE, " ")
    calibration_session.decide(
        team.workspace, first, CalibrationOutcome.PROMOTE, "The core is covered.", [(DANA, "Not on reliability.")]
    )
    with pytest.raises(Refused, match="was decided before"):
        calibration_session.decide(team.workspace, first, CalibrationOutcome.NOT_NOW, "Else.")
    with pytest.raises(Refused, match="1 member has no outcome yet"):
        calibration.close(team.workspace, team.cycle)
    calibration_session.decide(team.workspace, second, CalibrationOutcome.NOT_NOW, "One core cell is below.")
    shown = team.page.member(first).outcome
    assert shown is not None
    assert shown.dissents == (("Dana Whitlock", "Not on reliability."),)
    assert shown.readiness == "close"
    calibration.close(team.workspace, team.cycle)
    locked = pytest.raises(Refused, match="is closed")
    with locked:
        calibration_session.note(team.workspace, first, "More")
    with locked:
        calibration_session.decide(team.workspace, first, CalibrationOutcome.NOT_NOW, "Else.", (), "Why")
    with locked:
        calibration.propose(team.workspace, team.cycle, team.nadia, "MLE4")
    with locked:
        calibration.close(team.workspace, team.cycle)
    with team.workspace.acting(DANA), pytest.raises(Refused, match="Its calibration is closed"):
        assessment.amend(team.workspace, team.seat(team.anders, DANA), "Late.")
    with pytest.raises(Refused, match="Reopening needs a reason"):
        calibration.reopen(team.workspace, team.cycle, "")
    calibration.reopen(team.workspace, team.cycle, "A name was wrong.")
    calibration_session.note(team.workspace, first, "More")
    assert [op for op in team.chain() if op in ("close cycle", "reopen cycle")] == ["close cycle", "reopen cycle"]
    assert check_workspace(team.workspace) == []


def test_two_past_cycles_stand_beside_this_one(team: Team) -> None:
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    for one in team.page.members:
        calibration_session.decide(team.workspace, one.proposal, CalibrationOutcome.NOT_NOW, "Not yet.")
    calibration.close(team.workspace, team.cycle)
    later = calibration.add(team.workspace, calibration.NewCalibration("Autumn 2026", None, None)).subject
    calibration.propose(team.workspace, later, team.anders, "MLE4", (TOMASZ,))
    past = calibration_view(team.workspace, later).past
    assert [(p.name, p.outcomes) for p in past] == [("Spring 2026", (("not_now", 2),))]
    row = next(m for m in team_page(team.workspace).members if m.id == team.anders)
    assert [s.words for s in row.strips] == ["Spring 2026"]
    assert row.strips[0].outcome == "not_now"


def test_preparing_can_be_taken_back(team: Team) -> None:
    undoing = Undoing()
    undoing.note(calibration.propose(team.workspace, team.cycle, team.nadia, "M1", anchor=True))
    assert team.of(team.nadia).target == "M1"
    assert assessment_page(team.workspace, team.seat(team.nadia, RUTH)).level.id == "M1", "asked against it anew"
    undoing.undo(team.workspace)
    assert team.of(team.nadia).target == "MLE3"
    undoing.note(assessment_request.excuse(team.workspace, team.seat(team.nadia, RUTH)))
    assert [s.rater for s in team.of(team.nadia).seats] == [TOMASZ]
    undoing.undo(team.workspace)
    assert [s.rater for s in team.of(team.nadia).seats] == [TOMASZ, RUTH]
    calibration.take_out(team.workspace, team.of(team.nadia).proposal)
    assert len(team.page.members) == 1
    team.fill(team.anders, DANA)
    with pytest.raises(Refused, match="assessment of Anders Mbeki is in"):
        calibration.take_out(team.workspace, team.of(team.anders).proposal)
    with pytest.raises(Refused, match="has begun theirs"):
        assessment_request.excuse(team.workspace, team.seat(team.anders, DANA))
    with pytest.raises(Refused, match="is not in Spring 2026"):
        assessment_request.ask(team.workspace, team.nadia, JOEL, team.cycle)


def test_a_cycle_needs_a_name_and_days_in_order(team: Team) -> None:
    with pytest.raises(Refused, match="needs a name"):
        calibration.add(team.workspace, calibration.NewCalibration(" ", None, None))
    with pytest.raises(Refused, match="end before it begins"):
        calibration.edit(team.workspace, team.cycle, NewCalibration("Spring", date(2026, 3, 2), date(2026, 3, 1)))
    with pytest.raises(Refused, match="no level “X9”"):
        calibration.propose(team.workspace, team.cycle, team.nadia, "X9")
    empty = calibration.add(team.workspace, calibration.NewCalibration("Empty", None, None)).subject
    with pytest.raises(Refused, match="Nobody is in Empty yet"):
        calibration.start(team.workspace, empty)


def test_an_assessment_outside_a_cycle_is_against_ones_own_level(team: Team) -> None:
    asked = assessment_request.ask(team.workspace, team.nadia, RUTH).subject
    assert assessment_page(team.workspace, asked).level.id == "MLE2"
    assert {d.id for d in my_assessments(team.workspace)} == {asked, team.seat(team.nadia, RUTH)}
    with pytest.raises(Refused, match="asked already"):
        assessment_request.ask(team.workspace, team.nadia, RUTH)


def test_a_member_with_a_history_stays(team: Team) -> None:
    with pytest.raises(Refused, match="stands in a calibration"):
        member.remove(team.workspace, team.anders)
