"""What holds in a calibration once its session began, and once it is closed: nothing behind it moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions import assessment, assessment_request, calibration, calibration_session, evidence, member
from app.actions.calibration import NewCalibration
from app.actions.member import LevelChange, NewMember
from app.actions.undo import Undoing, apply_inverse
from app.domain.calibration import CalibrationOutcome
from app.domain.operations import Op
from app.errors import NotFound, NotYet, Refused
from app.queries.assessment import assessment_page, my_assessments
from app.queries.assessment_form import due_forms
from app.queries.ballots import ballot_facts
from app.queries.calibration import calibration_rows, calibration_view
from app.queries.promotion import promotion_facts
from app.queries.team import team_page
from app.store.change_report import ChangeReport
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.printing import make_promotion_packet


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def begin(team: Team, reason: str = "") -> None:
    team.all_in()
    calibration.start(team.workspace, team.cycle, reason)


def close(team: Team) -> None:
    for one in team.page.members:
        calibration_session.decide(team.workspace, one.proposal, CalibrationOutcome.PROMOTE, "The core is covered.")
    calibration.close(team.workspace, team.cycle)


def undo(team: Team, step: ChangeReport) -> ChangeReport:
    done = apply_inverse(team.workspace, step, Op.UNDO)
    return replace(done, words=step.words, op=step.op)


def test_level_and_manager_are_those_of_when_the_session_began(team: Team) -> None:
    member.edit(team.workspace, team.anders, manager_id=DANA)
    assert team.of(team.anders).manager == DANA, "until it begins it is who it is now"
    begin(team)
    close(team)
    before = promotion_facts(team.workspace, team.anders)
    number = make_promotion_packet(team.workspace, team.anders).number
    member.change_level(team.workspace, team.anders, LevelChange("MLE4", date(2026, 4, 1), "Spring 2026"))
    member.edit(team.workspace, team.anders, manager_id=JOEL)
    one = team.of(team.anders)
    assert (one.level, one.target, one.manager, one.manager_name) == ("MLE3", "MLE4", DANA, "Dana Whitlock")
    assert one.judged is not None
    assert [g.rater for g in one.judged.voters("reliability")] == [TOMASZ], "Dana managed him then"
    after = promotion_facts(team.workspace, team.anders)
    assert after.now is not None
    assert (after.level, after.now.id, after.manager) == ("MLE3", "MLE3", "Dana Whitlock")
    assert after == before
    assert make_promotion_packet(team.workspace, team.anders).number == number
    assert check_workspace(team.workspace) == []


def test_ballots_and_minutes_stay_when_a_manager_changes_in_the_session(team: Team) -> None:
    begin(team)
    before = ballot_facts(team.workspace, team.cycle)
    member.edit(team.workspace, team.nadia, manager_id=TOMASZ)
    member.change_level(team.workspace, team.nadia, LevelChange("MLE3", date(2026, 4, 1)))
    assert ballot_facts(team.workspace, team.cycle) == before
    shown = team.of(team.nadia)
    assert (shown.level, shown.manager) == ("MLE2", RUTH)


def test_a_level_the_guide_does_not_have_is_said(team: Team) -> None:
    begin(team)
    with team.workspace.step(Op.UNDO, draft=True) as step:
        step.connection.exec_driver_sql("UPDATE proposal SET level = 'IC3' WHERE member_id = ?", (team.anders,))
    found = promotion_facts(team.workspace, team.anders)
    assert (found.level, found.now) == ("IC3", None), "and nothing is put in its place"
    assert calibration_view(team.workspace, team.cycle).members[0].level == "IC3"


def test_nothing_of_a_closed_calibration_can_be_taken_back(team: Team) -> None:
    """One list for each: a note, an asked seat, a draft of who is not in, a rating. All refuse, in both directions."""
    team.all_in()
    asked = assessment_request.ask(team.workspace, team.anders, JOEL, team.cycle)
    excused = assessment_request.excuse(
        team.workspace, assessment_request.ask(team.workspace, team.nadia, JOEL, team.cycle).subject
    )
    with team.workspace.acting(JOEL):
        rated = assessment.rate(team.workspace, asked.subject, "mlops", 3)
        undone_rating = undo(team, rated)
        fact = assessment.add_fact(team.workspace, asked.subject, "mlops", "Seen", date(2026, 1, 20))
    calibration.start(team.workspace, team.cycle, "Joel is away.")
    noted = calibration_session.note(team.workspace, team.of(team.anders).proposal, "Too early")
    other = calibration_session.note(team.workspace, team.of(team.nadia).proposal, "Not that")
    undone_note = undo(team, other)
    told = calibration_session.talked(team.workspace, team.of(team.nadia).proposal)
    close(team)
    for step in (asked, excused, fact, noted, told):
        with pytest.raises(Refused, match="Spring 2026 was closed since, and nothing of it changes"):
            undo(team, step)
    for step in (undone_note, undone_rating):
        with pytest.raises(Refused, match="Spring 2026 was closed since"):
            apply_inverse(team.workspace, step, Op.REDO)
    assert team.of(team.anders).note == "Too early"
    with pytest.raises(Refused, match="Its calibration is closed"):
        assessment_request.excuse(team.workspace, asked.subject)
    calibration.reopen(team.workspace, team.cycle, "A name was wrong.")
    undo(team, calibration_session.note(team.workspace, team.of(team.nadia).proposal, "More"))
    assert check_workspace(team.workspace) == []


def test_sharing_an_item_can_be_taken_back_after_closing(team: Team) -> None:
    begin(team)
    with team.workspace.read() as connection:
        fact = connection.exec_driver_sql("SELECT min(id) FROM fact").scalar()
    assert fact is not None
    shared = evidence.share(team.workspace, fact, shared=True)
    close(team)
    undo(team, shared)


def test_undo_does_not_reach_behind_the_begun_session(team: Team) -> None:
    anchor = calibration.propose(team.workspace, team.cycle, team.anders, "MLE4", anchor=True)
    raised = calibration.propose(team.workspace, team.cycle, team.nadia, "MLE4")
    lowered = calibration.propose(team.workspace, team.cycle, team.nadia, "MLE3")
    joel = member.add(team.workspace, NewMember("MLE2", "Joel", colleague=JOEL, manager=RUTH)).subject
    added = calibration.propose(team.workspace, team.cycle, joel, "MLE3")
    gone = calibration.take_out(team.workspace, team.of(joel).proposal)
    undone = undo(team, gone)
    begin(team, "Nobody has worked with Joel yet.")
    for step in (anchor, raised, lowered, added):
        with pytest.raises(Refused, match="session of Spring 2026 began since: who is in it, and the level proposed"):
            undo(team, step)
    with pytest.raises(Refused, match="began since"):
        apply_inverse(team.workspace, undone, Op.REDO)
    assert [(m.name, m.target) for m in team.page.members] == [
        ("Anders Mbeki", "MLE4"),
        ("Nadia Rousselle", "MLE3"),
        ("Joel Abara", "MLE3"),
    ]
    noted = calibration_session.note(team.workspace, team.of(team.anders).proposal, "Too early")
    undo(team, noted)
    assert team.of(team.anders).note == "", "what is said in the session can be"


def test_asking_is_not_taken_back_from_under_who_writes(team: Team) -> None:
    asked = assessment_request.ask(team.workspace, team.nadia, JOEL, team.cycle)
    with team.workspace.acting(JOEL):
        assessment.rate(team.workspace, asked.subject, "mlops", 3)
    with pytest.raises(Refused, match="Joel Abara has begun theirs since"):
        undo(team, asked)
    with team.workspace.acting(TOMASZ):
        amending = assessment.amend(team.workspace, team.fill(team.anders, TOMASZ), "Misread")
        undo(team, amending)
    assert team.seat(team.anders, TOMASZ) != amending.subject


def test_once_begun_nobody_comes_in_or_goes_and_the_days_stay(team: Team) -> None:
    begin(team)
    joel = member.add(team.workspace, NewMember("MLE2", "Joel", colleague=JOEL, manager=RUTH)).subject
    settled = pytest.raises(Refused, match="session of Spring 2026 has begun: who is in it, and the level proposed")
    with settled as refused:
        calibration.propose(team.workspace, team.cycle, joel, "MLE3")
    assert "prepare another calibration for Joel Abara" in refused.value.remedy
    with settled:
        calibration.propose(team.workspace, team.cycle, team.nadia, "MLE4")
    with settled:
        calibration.propose(team.workspace, team.cycle, team.nadia, "MLE3", anchor=True)
    with settled:
        calibration.take_out(team.workspace, team.of(team.nadia).proposal)
    with pytest.raises(Refused, match="so the days of its evidence stay"):
        calibration.edit(team.workspace, team.cycle, NewCalibration("Spring 2026", date(2025, 1, 1), date(2026, 3, 12)))
    calibration.edit(team.workspace, team.cycle, NewCalibration("Spring", date(2025, 3, 12), date(2026, 3, 12)))
    calibration.propose(team.workspace, team.cycle, team.nadia, "MLE3", (JOEL,))
    assert (team.page.name, len(team.of(team.nadia).seats)) == ("Spring", 3), "a further rater may be asked"


def test_who_is_taken_out_has_nothing_written_of_them(team: Team) -> None:
    team.fill(team.nadia, TOMASZ, submit=False)
    with pytest.raises(Refused, match="Tomasz Wieland has begun theirs on Nadia Rousselle"):
        calibration.take_out(team.workspace, team.of(team.nadia).proposal)
    with team.workspace.acting(TOMASZ):
        assessment.discard(team.workspace, team.seat(team.nadia, TOMASZ))
    calibration.take_out(team.workspace, team.of(team.nadia).proposal)
    team.fill(team.anders, DANA)
    with pytest.raises(Refused, match="Dana Whitlock’s assessment of Anders Mbeki is in") as refused:
        calibration.take_out(team.workspace, team.of(team.anders).proposal)
    assert refused.value.remedy == "Leave Anders Mbeki in it."


def test_another_level_asks_those_who_are_in_anew(team: Team) -> None:
    team.fill(team.nadia, RUTH)
    first = {r: team.fill(team.anders, r) for r in (TOMASZ, DANA)}
    assert team.of(team.anders).judged is not None
    assert team.page.due == 1, "Tomasz on Nadia"
    done = calibration.propose(team.workspace, team.cycle, team.anders, "MLE5")
    one = team.of(team.anders)
    assert one.judged is None, "the new ones are alone first too"
    assert [(s.level, s.is_in) for s in one.seats] == [("MLE5", False)] * 2
    assert {s.assessment for s in one.seats}.isdisjoint(first.values())
    assert team.page.due == calibration_rows(team.workspace)[0].due == 3
    assert len(due_forms(team.workspace, team.cycle)) == 3
    with team.workspace.acting(DANA):
        assert [(d.name, d.level) for d in my_assessments(team.workspace)] == [("Anders Mbeki", "MLE5")]
        assert assessment_page(team.workspace, first[DANA]).state == "submitted", "the old one stays as it was"
    with pytest.raises(Refused, match="3 assessments are still due"):
        calibration.start(team.workspace, team.cycle)
    undo(team, done)
    assert team.of(team.anders).judged is not None
    calibration.propose(team.workspace, team.cycle, team.anders, "MLE5")
    team.fill(team.anders, TOMASZ, "2222222222")
    assert team.of(team.anders).judged is None
    team.fill(team.anders, DANA, "3333333333")
    with team.workspace.acting(DANA):
        late = assessment.amend(team.workspace, first[DANA], "I mixed two projects up.").subject
        assessment.submit(team.workspace, late)
    shown = team.of(team.anders).judged
    assert shown is not None
    assert shown.verdict.cell("mlops").scores == (2, 3), "one of the level before never takes its place"
    calibration.propose(team.workspace, team.cycle, team.anders, "MLE4")
    back = team.of(team.anders)
    assert back.judged is not None, "who scored against it before need not again"
    assert [(s.level, s.is_in) for s in back.seats] == [("MLE4", True)] * 2
    assert check_workspace(team.workspace) == []


def test_the_new_ones_are_alone_first_everywhere(team: Team) -> None:
    """On the page of an assessment, on the team's, and in typing in for another."""
    team.fill(team.anders, TOMASZ)
    team.fill(team.anders, DANA)
    calibration.propose(team.workspace, team.cycle, team.anders, "MLE5", (RUTH,))
    new = team.fill(team.anders, TOMASZ, "1111111111")
    with team.workspace.acting(DANA):
        with pytest.raises(NotYet):
            assessment_page(team.workspace, new)
        with pytest.raises(Refused, match="Your own assessment of Anders Mbeki is due first"):
            assessment.type_in(team.workspace, team.seat(team.anders, RUTH))
        strip = next(m for m in team_page(team.workspace).members if m.id == team.anders).latest
        assert strip is not None
        assert all(c.score is None for c in strip.cells)


def test_a_draft_of_the_level_before_stays_its_raters_and_does_not_hold_anything_up(team: Team) -> None:
    old = team.fill(team.nadia, TOMASZ, submit=False)
    calibration.propose(team.workspace, team.cycle, team.nadia, "MLE4")
    new = team.seat(team.nadia, TOMASZ)
    assert new != old
    with team.workspace.acting(TOMASZ):
        mine = [(d.id, d.level) for d in my_assessments(team.workspace) if d.name == "Nadia Rousselle"]
        assert mine == [(old, "MLE3"), (new, "MLE4")], "what was typed is not lost"
        assessment.discard(team.workspace, old)
        assert [d.id for d in my_assessments(team.workspace) if d.name == "Nadia Rousselle"] == [new]
    assert new in due_forms(team.workspace, team.cycle)
    assert old not in due_forms(team.workspace, team.cycle)


def test_who_was_left_behind_by_another_level_can_be_asked_again(team: Team) -> None:
    """A file in which the level was changed when nobody was asked anew."""
    team.all_in()
    with team.workspace.step(Op.UNDO, draft=True) as step:
        step.connection.exec_driver_sql("UPDATE proposal SET target = 'MLE5' WHERE member_id = ?", (team.anders,))
    assert [(s.level, s.is_in) for s in team.of(team.anders).seats] == [("MLE4", True)] * 2
    assessment_request.ask(team.workspace, team.anders, DANA, team.cycle)
    assert [(s.level, s.is_in) for s in team.of(team.anders).seats] == [("MLE4", True), ("MLE5", False)]
    with pytest.raises(Refused, match="was asked already"):
        assessment_request.ask(team.workspace, team.anders, DANA, team.cycle)


def test_what_is_no_cell_cannot_be_voted_on(team: Team) -> None:
    team.fill(team.anders, TOMASZ)
    team.fill(team.anders, DANA)
    team.fill(team.nadia, TOMASZ, "0333333333")
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle)
    first = team.of(team.anders).proposal
    with pytest.raises(Refused, match="no dimension “charm”"):
        calibration_session.vote(team.workspace, first, "charm", {})
    with pytest.raises(Refused, match="Nobody may vote on Systems design"):
        calibration_session.vote(team.workspace, team.of(team.nadia).proposal, "systems_design", {})
    twice = [(DANA, "Too early."), (JOEL, "No."), (DANA, "Not on reliability.")]
    with pytest.raises(Refused, match="Dana Whitlock dissents twice"):
        calibration_session.decide(team.workspace, first, CalibrationOutcome.PROMOTE, "The core is covered.", twice)
    with pytest.raises(NotFound):
        calibration_session.decide(
            team.workspace, first, CalibrationOutcome.PROMOTE, "The core is covered.", [(99, "No.")]
        )
    assert team.of(team.anders).outcome is None


def test_what_was_declared_between_two_edits_keeps_them_apart(team: Team) -> None:
    """Edits within a minute count as one; the beginning of the session between them must not go with them."""
    undoing = Undoing()
    days = (date(2025, 3, 12), date(2026, 3, 12))
    undoing.note(calibration.edit(team.workspace, team.cycle, NewCalibration("Spring", *days)))
    team.all_in()
    undoing.note(calibration.start(team.workspace, team.cycle))
    undoing.note(calibration.edit(team.workspace, team.cycle, NewCalibration("Spring of 2026", *days)))
    undoing.undo(team.workspace)
    assert (team.page.name, team.page.begun) == ("Spring", True)
    with pytest.raises(Refused, match="recorded for good"):
        undoing.undo(team.workspace)
    assert team.page.begun
