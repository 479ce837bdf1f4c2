"""What stands in a promotion packet and in minutes, and what never does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.actions import assessment_request, calibration, calibration_session, growth, member, settings, work_story
from app.actions.calibration import NewCalibration
from app.actions.growth import NewGoal
from app.actions.member import NewMember
from app.domain.calibration import CalibrationOutcome
from app.domain.operations import Op
from app.errors import NotFound, NotYet
from app.packets.paper.page import Packet
from app.packets.printables import BALLOTS, hand_out
from app.queries.ballots import ballot_facts
from app.queries.calibration import calibration_view
from app.queries.promotion import promotion_facts
from app.queries.team import team_page
from app.store.workspace import open_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.printing import make_ballots, make_minutes, make_packets, make_promotion_packet


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def text_of(packet: Packet) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(packet.bytes)).pages]


def held(team: Team) -> None:
    anders = next(m for m in team_page(team.workspace).members if m.name == "Anders Mbeki").colleague
    assessment_request.ask(team.workspace, team.anders, anders, team.cycle)
    team.fill(team.anders, anders, "4444444444")
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    first = team.of(team.anders).proposal
    team.clock.turn(minutes=9)
    calibration_session.note(team.workspace, first, "Search asked <b>him</b> & led it")
    why = {DANA: "I had not seen the review."}
    calibration_session.vote(team.workspace, first, "reliability", {TOMASZ: 3, DANA: 3}, why)
    calibration_session.decide(
        team.workspace, first, CalibrationOutcome.PROMOTE, "The core is covered.", [(DANA, "Too early.")]
    )


def test_ballots_are_for_who_may_vote_and_show_no_score(team: Team) -> None:
    with pytest.raises(NotYet, match="sealed to you"):
        make_ballots(team.workspace, team.cycle)
    anders = next(m for m in team_page(team.workspace).members if m.name == "Anders Mbeki").colleague
    assessment_request.ask(team.workspace, team.anders, anders, team.cycle)
    team.fill(team.anders, anders, "1111111111")
    team.all_in()
    before = ballot_facts(team.workspace, team.cycle).ballots
    calibration.start(team.workspace, team.cycle)
    facts = ballot_facts(team.workspace, team.cycle)
    slips = {(b.member, b.voter): [c.name for c in b.cells] for b in facts.ballots}
    assert slips == {
        ("Anders Mbeki", "Tomasz Wieland"): ["Reliability", "Communication", "Execution"],
        ("Anders Mbeki", "Dana Whitlock"): ["Reliability", "Communication", "Execution"],
        ("Nadia Rousselle", "Tomasz Wieland"): ["Systems design", "Reliability", "Governance"],
    }, "neither Ruth, who manages Nadia, nor Anders himself votes"
    order = [b.member for b in facts.ballots]
    turns = [team.page.member(t.proposal).name for t in team.page.turns if not t.again]
    assert list(dict.fromkeys(order)) == turns, "in the order of the agenda"
    whole = " ".join(text_of(make_ballots(team.workspace, team.cycle)))
    assert set(before) == set(facts.ballots), "the same slips before and after it begins"
    assert "Dana Whitlock, seat 2" in whole
    assert whole.count("1 2 3 4 no score") == 3 * (3 + 1), "a line for each cell, and one more on each slip"
    made = BALLOTS.print(team.workspace, team.cycle)
    hand_out(team.workspace, made, team.workspace.path.parent / "ballots.pdf")
    assert team.chain()[-1] == "export packet"
    first = team.of(team.anders).proposal
    for one in (first, team.of(team.nadia).proposal):
        calibration_session.decide(team.workspace, one, CalibrationOutcome.NOT_NOW, "Later.", [])
    calibration.close(team.workspace, team.cycle)
    with pytest.raises(NotYet, match="closed, nobody votes"):
        make_ballots(team.workspace, team.cycle)


def test_a_promotion_packet_has_its_parts_in_their_order(team: Team) -> None:
    held(team)
    packet = make_promotion_packet(team.workspace, team.anders)
    pages = text_of(packet)
    whole = " ".join(pages)
    assert "Senior ML Engineer (MLE3) to Staff ML Engineer (MLE4), promotion" in pages[0]
    assert "Scope, before and after" in pages[0]
    assert "One more core cell split, or one not met, makes it Close." in pages[0]
    assert "Target level, cell by cell" in pages[1]
    assert "the four core cells" in pages[1]
    assert (
        "Dana Whitlock 2 before the session, 3 after: “I had not seen the review.” The 2 stays in the record." in whole
    )
    order = [
        whole.index(w)
        for w in ("In brief", "The other six", "Others who were asked", "Self-view, which counts nowhere", "Record of")
    ]
    assert order == sorted(order)
    assert "Promote, by Ruth Amadi" in pages[-1]
    assert "Dana Whitlock dissents: Too early." in pages[-1]
    assert "Search asked <b>him</b> & led it" in pages[-1], "what was typed is no markup"
    assert "Not in this packet: pay, age, leave, hours, tenure." in whole
    assert "%" not in whole


def test_the_same_facts_give_the_same_bytes(team: Team) -> None:
    held(team)
    one, other = (make_promotion_packet(team.workspace, team.anders) for _ in range(2))
    assert one.bytes == other.bytes
    assert one.number == other.number
    assert make_minutes(team.workspace, team.cycle).bytes == make_minutes(team.workspace, team.cycle).bytes


def test_who_is_not_ready_gets_what_it_needs(team: Team) -> None:
    held(team)
    pages = text_of(make_promotion_packet(team.workspace, team.nadia))
    whole = " ".join(pages)
    assert "If it is not yet" in whole
    assert "Ready needs Systems design met." in whole
    assert "The manager, after the evidence" in whole
    assert whole.index("MLOps") < whole.index("The manager, after the evidence")


def test_what_is_sealed_is_printed_nowhere(team: Team) -> None:
    team.fill(team.anders, TOMASZ, "1111111111")
    with pytest.raises(NotYet, match="sealed"):
        make_promotion_packet(team.workspace, team.anders)
    with pytest.raises(NotYet, match="has not begun"):
        make_minutes(team.workspace, team.cycle)
    with pytest.raises(NotFound, match="There is no member 99"):
        make_promotion_packet(team.workspace, 99)
    alone = member.add(team.workspace, NewMember("MLE2", "Colm Iwata")).subject
    with pytest.raises(NotFound, match="stands in no calibration"):
        make_promotion_packet(team.workspace, alone)
    assert make_packets(team.workspace, team.cycle) == []


def test_minutes_hold_votes_outcomes_and_dissent(team: Team) -> None:
    held(team)
    whole = " ".join(text_of(make_minutes(team.workspace, team.cycle)))
    assert "Anders Mbeki, MLE3 to MLE4" in whole
    assert "Reliability, 10:" in whole or "Reliability, 09:" in whole
    assert "Tomasz Wieland 3 again and Dana Whitlock 2, then 3 (“I had not seen the review.”)" in whole
    assert whole.count("How we read a score 5 min") == whole.count("A last look at all 8 min") == 1
    assert "Cells moved by the session: one up. No distribution was set." in whole
    assert whole.count("The strips, from left to right: 1 Systems design, 2 MLOps,") == 1
    assert "No outcome was recorded." in whole, "Nadia's"
    assert "Words that rest on one rater" in whole


def test_a_sentence_about_months_stands_only_where_it_is_true(team: Team) -> None:
    """Anders has facts of a day before the window: they are set apart, and a month is missing where they were."""
    calibration.edit(team.workspace, team.cycle, NewCalibration("Spring 2026", date(2025, 12, 1), date(2026, 3, 12)))
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    whole = " ".join(text_of(make_promotion_packet(team.workspace, team.anders)))
    assert "each with facts from two months" not in whole
    assert "Facts from fewer than two months in Systems design, MLOps, Reliability and Communication." in whole
    assert "Evidence from 1 December 2025 to 12 March 2026." in whole
    for part in whole.split("Outside the days of this calibration, and not counted:")[1:]:
        assert part.strip().startswith("8 Sep 2025 Fact 0")
    assert whole.count("8 Sep 2025") == 10, "once for each cell, told by both, and in no work story"
    assert "Not looked at: there is too little evidence for a word." in whole


def test_nobody_carries_it_is_said_only_where_somebody_could(team: Team) -> None:
    team.fill(team.nadia, TOMASZ)
    team.fill(team.nadia, RUTH)
    team.fill(team.anders, TOMASZ, "3333333333")
    calibration.start(team.workspace, team.cycle, "Dana is ill.")
    whole = " ".join(text_of(make_promotion_packet(team.workspace, team.nadia))[-1:])
    assert "No: whoever is left out, the others’ scores lead to no other word." in whole
    alone = " ".join(text_of(make_promotion_packet(team.workspace, team.anders))[-1:])
    assert "whoever is left out" not in alone


def test_a_level_that_is_not_in_the_guide_is_said(team: Team) -> None:
    held(team)
    with team.workspace.step(Op.UNDO, draft=True) as step:
        step.connection.exec_driver_sql("UPDATE proposal SET level = 'IC3' WHERE member_id = ?", (team.anders,))
    first = text_of(make_promotion_packet(team.workspace, team.anders))[0]
    assert "IC3 to Staff ML Engineer (MLE4)" in first
    assert "IC3 is not a level of this guide, so nothing is set beside the one proposed." in first


def test_work_stories_are_those_that_were_chosen_in_their_order(team: Team) -> None:
    team.all_in()
    proposal = team.of(team.anders).proposal
    whole = " ".join(text_of(make_promotion_packet(team.workspace, team.anders)))
    assert "Of each core cell the telling" not in whole, "nobody told anything in words"
    for dimension, rater in (("execution", DANA), ("mlops", TOMASZ), ("data", DANA)):
        work_story.tell(team.workspace, proposal, dimension, rater)
    work_story.leave_out(team.workspace, proposal, "mlops", TOMASZ)
    work_story.tell(team.workspace, proposal, "mlops", DANA)
    told = [(s.dimension, s.by) for s in promotion_facts(team.workspace, team.anders).stories]
    assert told == [("execution", "Dana Whitlock"), ("data", "Dana Whitlock"), ("mlops", "Dana Whitlock")]
    pages = text_of(make_promotion_packet(team.workspace, team.anders))
    line = (
        "Work stories chosen for this packet; what was seen stands with the cells. Execution Told by Dana Whitlock: 2"
    )
    assert line in pages[2]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_brief_and_target_level_are_a_page_each(sample_copy: Path, paper: str) -> None:
    """In the sample as in the picture of the design; the last lines are never alone on a page."""
    workspace = open_workspace(sample_copy)
    settings.set_paper(workspace, paper)
    pages = text_of(make_promotion_packet(workspace, 3))
    for one in calibration_view(workspace, 2).members:
        assert one.judged is not None
        told = [f.text for g in one.judged.newest for r in g.content.ratings for f in r.facts]
        assert len(told) == len(set(told)), f"of {one.name} everybody has seen something else"
    workspace.close()
    assert len(pages) == 4, "views, evidence and record go on below each other"
    assert "Horizon One to two quarters Two to four quarters Promotion packet" in pages[0]
    assert "Not in this packet: pay, age, leave, hours, tenure. Promotion packet" in pages[1]


def test_the_first_page_says_what_was_decided_and_by_whom(team: Team) -> None:
    held(team)
    first = text_of(make_promotion_packet(team.workspace, team.anders))[0]
    assert "Outcome: Promote, decided by Ruth Amadi, 12 March 2026, 09:09. The core is covered." in first
    assert "Dissent: Dana Whitlock, in the record." in first
    assert "What would change it: One more core cell split, or one not met, makes it Close." in first
    assert "Outcome: No outcome yet." in text_of(make_promotion_packet(team.workspace, team.nadia))[0]


def test_what_was_seen_stands_once_by_its_day_with_who_saw_it(team: Team) -> None:
    """Both saw the same on the same days, in other words of their own only where they said so."""
    held(team)
    whole = " ".join(text_of(make_promotion_packet(team.workspace, team.anders))[1:])
    assert whole.count("8 Sep 2025 Fact 0 on mlops Wieland and Whitlock") == 1
    assert whole.count("Fact 0 on mlops") == 1
    assert whole.index("Fact 0 on mlops") < whole.index("Fact 1 on mlops")
    assert "Told by" not in whole, "nobody added words"


def test_a_split_cell_says_which_goal_is_about_it(team: Team) -> None:
    held(team)
    row = growth.begin(team.workspace, team.anders, "MLE4").subject
    assert row is not None
    growth.add_goal(team.workspace, row, NewGoal("communication", "Moves a team by a paper"))
    whole = " ".join(text_of(make_promotion_packet(team.workspace, team.anders)))
    assert whole.count("One either side of the bar. Becomes goal 1 of the growth plan.") == 1


def test_page_one_decides_by_facts_for_and_against_it(team: Team) -> None:
    team.all_in()
    front = text_of(make_promotion_packet(team.workspace, team.anders))[0]
    assert "For it" in front
    assert "Nobody chose them: the newest of cells that meet their bar, core ones first." in front
    assert front.count("20 January 2026 Fact 1 on ") == 3, "three, each with its day"
    assert re.search(r"Against it Core: [^.]*split", front)
    assert "Manager: Ruth Amadi Raters: " in front
    assert "Tomasz Wieland (" in front
    assert "since" not in front.split("Who says so")[1].split("Scope")[0], "no tenure unless the calibration says so"
    page = calibration_view(team.workspace, team.cycle)
    new = NewCalibration(page.name, page.window_from, page.window_to, None, page.due_on, tenure=True)
    calibration.edit(team.workspace, team.cycle, new)
    pages = text_of(make_promotion_packet(team.workspace, team.anders))
    assert "Time: MLE3 unknown since when, first day not known." in pages[0]
    assert "Not in this packet: pay, age, leave, hours." in " ".join(pages)


def test_page_one_tells_the_stories_somebody_chose_and_every_dissent(team: Team) -> None:
    team.all_in()
    proposal = team.of(team.anders).proposal
    work_story.tell(team.workspace, proposal, "mlops", DANA)
    calibration.start(team.workspace, team.cycle)
    calibration_session.decide(
        team.workspace, proposal, CalibrationOutcome.PROMOTE, "The core is covered.", [(JOEL, "Communication is open.")]
    )
    front = text_of(make_promotion_packet(team.workspace, team.anders))[0]
    assert "20 January 2026 Fact 1 on mlops MLOps, Dana Whitlock" in front
    assert "From the work stories chosen for this packet." in front
    assert "Joel Abara dissents: Communication is open." in front
