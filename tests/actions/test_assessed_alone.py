"""Alone first for assessments: what nobody may see of a draft, of another round, or of a level proposed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.actions import assessment, assessment_request, calibration, calibration_session, evidence, growth, member
from app.actions.member import NewMember
from app.domain.assessment import NoScore
from app.domain.calibration import CalibrationOutcome
from app.domain.readiness import Readiness
from app.errors import NotYet, Refused
from app.queries.assessment import assessment_page, my_assessments
from app.queries.assessment_form import due_forms
from app.queries.growth import growth_page
from app.queries.growth_packet import growth_facts
from app.queries.plain_lists import cycles
from app.queries.team import team_page
from app.records.assessment_groups import groups_of, newest_against
from app.store.guide import read_guide
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def asked(team: Team, member: int, rater: int) -> int:
    return assessment_request.ask(team.workspace, member, rater).subject


def whole(team: Team, row: int, rater: int, score: int = 3) -> None:
    """A whole assessment of somebody, submitted."""
    with team.workspace.acting(rater):
        for dimension in assessment_page(team.workspace, row).content.dimensions:
            assessment.rate(team.workspace, row, dimension, score)
            assessment.add_fact(team.workspace, row, dimension, f"Seen on {dimension}", date(2026, 1, 20))
        assessment.submit(team.workspace, row)


def test_a_level_proposed_anew_opens_nothing_while_mine_is_due(team: Team) -> None:
    team.fill(team.nadia, TOMASZ, "1111111111")
    calibration.propose(team.workspace, team.cycle, team.nadia, "MLE2")
    assert team.of(team.nadia).judged is None
    page = growth_page(team.workspace, team.nadia)
    assert page.occasions == ()
    assert page.facts == ()


def test_who_is_still_to_speak_of_themselves_keeps_nobody_waiting(team: Team) -> None:
    itself = asked(team, team.nadia, next(m.colleague for m in team_page(team.workspace).members if m.id == team.nadia))
    row = asked(team, team.nadia, TOMASZ)
    whole(team, row, TOMASZ)
    assert assessment_page(team.workspace, row).content.answered == 10
    assert len(growth_page(team.workspace, team.nadia).occasions) == 1
    with pytest.raises(NotYet):
        assessment_page(team.workspace, itself)


def test_another_round_is_alone_again(team: Team) -> None:
    for rater in (RUTH, TOMASZ):
        whole(team, asked(team, team.nadia, rater), rater)
    team.clock.turn(days=100)
    mine, his = asked(team, team.nadia, RUTH), asked(team, team.nadia, TOMASZ)
    whole(team, his, TOMASZ, 1)
    with pytest.raises(NotYet):
        assessment_page(team.workspace, his)
    assert {g.scores for g in growth_page(team.workspace, team.nadia).gaps if g.scores} == {(3, 3)}
    whole(team, mine, RUTH, 2)
    assert assessment_page(team.workspace, his).content.rating("mlops").score == 1


def test_an_amendment_belongs_to_the_round_of_the_first_one(team: Team) -> None:
    rows = {rater: asked(team, team.nadia, rater) for rater in (RUTH, TOMASZ)}
    for rater, row in rows.items():
        whole(team, row, rater)
    team.clock.turn(days=100)
    amended = assessment.amend(team.workspace, rows[RUTH], "I mixed two projects up.").subject
    assert len(growth_page(team.workspace, team.nadia).occasions) == 1
    assert assessment_page(team.workspace, rows[TOMASZ]).content.answered == 10, "mine was in"
    assessment.rate(team.workspace, amended, "mlops", 2)
    assessment.submit(team.workspace, amended)
    (only,) = growth_page(team.workspace, team.nadia).occasions
    assert sorted(only.scores()["mlops"]) == [2, 3]


def test_a_draft_of_an_amendment_is_in_no_plan_and_no_packet(team: Team) -> None:
    rows = {rater: asked(team, team.nadia, rater) for rater in (RUTH, TOMASZ)}
    for rater, row in rows.items():
        whole(team, row, rater)
    mine = next(f.id for f in growth_page(team.workspace, team.nadia).facts if f.by == "Ruth Amadi")
    evidence.share(team.workspace, mine, shared=True)
    growth.begin(team.workspace, team.nadia, "MLE3")
    amended = assessment.amend(team.workspace, rows[RUTH], "I mixed two projects up.").subject
    for line in assessment_page(team.workspace, amended).facts:
        assessment.edit_fact(team.workspace, line.id, text="A draft")
    page = growth_page(team.workspace, team.nadia)
    assert len(page.facts) == 20
    assert "A draft" not in {f.text for f in page.facts}
    assert "A draft" not in str(growth_facts(team.workspace, team.nadia))
    with pytest.raises(Refused, match="not open yet"):
        evidence.share(team.workspace, assessment_page(team.workspace, amended).facts[0].id, shared=True)
    assessment.submit(team.workspace, amended)
    page = growth_page(team.workspace, team.nadia)
    assert len(page.facts) == 20, "what was amended stands no more"
    assert not [f for f in page.facts if f.shared], "what is new is shared item by item again"


def test_what_a_rater_has_begun_is_typed_in_by_nobody_else(team: Team) -> None:
    row = team.seat(team.anders, TOMASZ)
    ways: list[Callable[[], object]] = [
        lambda: assessment.add_fact(team.workspace, row, "mlops", "Led the review", date(2026, 1, 20)),
        lambda: assessment.say(team.workspace, row, "mlops", "Steady."),
        lambda: assessment.not_assessed(team.workspace, row, "mlops", NoScore.NOT_SEEN),
    ]
    for begin in ways:
        with team.workspace.acting(TOMASZ):
            begin()
        with pytest.raises(Refused, match="Tomasz Wieland has begun this one"):
            assessment.type_in(team.workspace, row)
        with pytest.raises(NotYet):
            assessment_page(team.workspace, row)
        with team.workspace.acting(TOMASZ):
            assessment.discard(team.workspace, row)
    assessment.type_in(team.workspace, row)
    assert assessment_page(team.workspace, row).content.answered == 0


def test_who_types_in_sees_no_more_once_the_rater_goes_on_alone(team: Team) -> None:
    row = team.seat(team.anders, TOMASZ)
    assessment.type_in(team.workspace, row)
    assessment.rate(team.workspace, row, "mlops", 3)
    with team.workspace.acting(TOMASZ):
        assessment.rate(team.workspace, row, "data", 2)
    with pytest.raises(NotYet):
        assessment_page(team.workspace, row)
    with pytest.raises(Refused, match="This is Tomasz Wieland’s assessment"):
        assessment.rate(team.workspace, row, "software", 3)


def test_a_score_taken_back_leaves_nothing_begun(team: Team) -> None:
    row = team.seat(team.anders, TOMASZ)
    with team.workspace.acting(TOMASZ):
        assessment.rate(team.workspace, row, "mlops", 3)
        assessment.clear(team.workspace, row, "mlops")
        assert [d.begun for d in my_assessments(team.workspace)] == [False, False]
    assessment_request.excuse(team.workspace, row)
    assert TOMASZ not in {s.rater for s in team.of(team.anders).seats}
    assert DANA in {s.rater for s in team.of(team.anders).seats}
    assert JOEL not in {s.rater for s in team.of(team.anders).seats}


def test_what_was_said_and_decided_is_sealed_to_who_still_owes_theirs(team: Team) -> None:
    team.fill(team.anders, TOMASZ, "4444444444")
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "Dana is away.")
    proposal = team.of(team.anders).proposal
    calibration_session.note(team.workspace, proposal, "Tomasz gave a xylophone")
    calibration_session.draft(team.workspace, proposal, '{"reason": "xylophone"}')
    calibration_session.decide(
        team.workspace, proposal, CalibrationOutcome.PROMOTE, "A xylophone reason.", [(JOEL, "A xylophone doubt.")]
    )
    assert "xylophone" in str(team.of(team.anders))
    with team.workspace.acting(DANA):
        hers = team.of(team.anders)
        assert hers.judged is None
        assert "xylophone" not in str(hers)
        assert hers.outcome is None
        strips = next(m for m in team_page(team.workspace).members if m.id == team.anders).strips
        assert [s.outcome for s in strips] == [""]
        assert "promote" not in str(cycles(team.workspace))


def test_a_member_nobody_was_asked_about_holds_no_session_up_for_good(team: Team) -> None:
    team.all_in()
    colm = member.add(team.workspace, NewMember("MLE2", "Colm Iwata")).subject
    calibration.propose(team.workspace, team.cycle, colm, "MLE3")
    with pytest.raises(Refused, match="Nobody was asked about Colm Iwata"):
        calibration.start(team.workspace, team.cycle)
    calibration.start(team.workspace, team.cycle, "He joined last week.")
    shown = team.of(colm)
    assert shown.judged is not None
    assert shown.judged.verdict.word is Readiness.CANNOT_SAY
    for one in team.page.members:
        calibration_session.decide(team.workspace, one.proposal, CalibrationOutcome.MORE_EVIDENCE, "Later.", [])
    calibration.close(team.workspace, team.cycle)


def test_the_newest_of_a_rater_counts_whenever_the_others_came_in(team: Team) -> None:
    team.fill(team.nadia, RUTH, "2222222222")
    team.clock.turn(days=7)
    outside = assessment_request.ask(team.workspace, team.nadia, RUTH, None, "MLE3").subject
    whole(team, outside, RUTH, 3)
    team.clock.turn(days=30)
    team.fill(team.nadia, TOMASZ, "3333333333")
    growth.begin(team.workspace, team.nadia, "MLE3")
    with team.workspace.read() as connection:
        found = groups_of(connection, team.workspace, team.nadia)
        newest = newest_against(partial(read_guide, connection), found, 1, "MLE3")
    assert {g.rater: g.content.rating("mlops").score for g in newest} == {RUTH: 3, TOMASZ: 3}


def test_what_somebody_says_of_themselves_alone_opens_once_it_is_in(team: Team) -> None:
    herself = next(m.colleague for m in team_page(team.workspace).members if m.id == team.nadia)
    row = asked(team, team.nadia, herself)
    with pytest.raises(NotYet):
        assessment_page(team.workspace, row)
    whole(team, row, herself)
    assert assessment_page(team.workspace, row).content.answered == 10


def test_who_typed_a_form_in_reads_no_amendment_being_written(team: Team) -> None:
    row = team.seat(team.anders, TOMASZ)
    assessment.type_in(team.workspace, row)
    for dimension in assessment_page(team.workspace, row).content.dimensions:
        assessment.not_assessed(team.workspace, row, dimension, NoScore.NOT_SEEN)
    assessment.submit(team.workspace, row)
    with team.workspace.acting(TOMASZ):
        amended = assessment.amend(team.workspace, row, "I mixed two projects up.").subject
    with pytest.raises(NotYet):
        assessment_page(team.workspace, amended)
    with pytest.raises(Refused, match="This is Tomasz Wieland’s assessment"):
        assessment.rate(team.workspace, amended, "mlops", 1)


def test_asked_again_within_a_month_one_is_alone_again(team: Team) -> None:
    first, danas = asked(team, team.nadia, TOMASZ), asked(team, team.nadia, DANA)
    whole(team, first, TOMASZ)
    again = asked(team, team.nadia, TOMASZ)
    whole(team, danas, DANA, 4)
    with team.workspace.acting(TOMASZ):
        assert again in {d.id for d in my_assessments(team.workspace)}
        assert assessment_page(team.workspace, danas).content.answered == 10, "of the first round, which is in"
        joels = asked(team, team.nadia, JOEL)
    whole(team, joels, JOEL, 1)
    with team.workspace.acting(TOMASZ), pytest.raises(NotYet):
        assessment_page(team.workspace, joels)


def test_nobody_waits_for_what_is_asked_about_who_left(team: Team) -> None:
    team.fill(team.nadia, RUTH)
    team.fill(team.nadia, TOMASZ)
    team.clock.turn(days=30)
    member.edit(team.workspace, team.anders, left_on=team.workspace.today())
    assert team.page.due == 0
    assert due_forms(team.workspace, team.cycle) == ()
    too_late: list[Callable[[], object]] = [
        lambda: assessment_request.ask(team.workspace, team.anders, JOEL),
        lambda: calibration.propose(team.workspace, team.cycle, team.anders, "MLE5"),
    ]
    for late in too_late:
        with pytest.raises(Refused, match="Anders Mbeki has left"):
            late()
    calibration.start(team.workspace, team.cycle)


def test_nothing_is_typed_in_to_a_closed_calibration(team: Team) -> None:
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "Enough is in.")
    for one in team.page.members:
        calibration_session.decide(team.workspace, one.proposal, CalibrationOutcome.NOT_NOW, "Later.", [])
    calibration.close(team.workspace, team.cycle)
    with pytest.raises(Refused, match="Its calibration is closed"):
        assessment.type_in(team.workspace, team.seat(team.anders, DANA))
