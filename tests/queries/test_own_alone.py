"""What stays with one is seen by its author alone: notes on plans and check-ins, and evidence until it is shared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from app.actions import assessment_request, checkin, evidence, growth
from app.actions.assessment_request import ask_for
from app.actions.rater_relation import say_relation
from app.actions.undo import Undoing
from app.domain.assessment import Relation
from app.errors import Refused
from app.queries.growth import growth_page
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.packets.reading import text_of
from tests.printing import make_growth_packet


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def seen(team: Team, who: int) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The plan's note, the check-ins' notes and the evidence, as somebody sees them."""
    with team.workspace.acting(who):
        page = growth_page(team.workspace, team.anders)
    return page.private_note, tuple(t.private_note for t in page.talks), tuple(f.text for f in page.facts)


def test_a_note_that_stays_with_you_is_seen_by_you_alone(team: Team) -> None:
    plan = growth.begin(team.workspace, team.anders, "MLE4").subject
    growth.edit_plan(team.workspace, plan, private_note="Ruth thinks of leaving.")
    talk = checkin.start(team.workspace, plan, said="We talked.", private_note="He looked tired.").subject
    assert seen(team, RUTH)[:2] == ("Ruth thinks of leaving.", ("He looked tired.", ""))
    for other in (TOMASZ, DANA):
        assert seen(team, other)[:2] == ("", ("", ""))
    with team.workspace.acting(DANA):
        growth.edit_plan(team.workspace, plan, private_note="Dana’s own.")
        checkin.edit(team.workspace, talk, private_note="Also mine.")
    assert seen(team, RUTH)[0] == "Ruth thinks of leaving.", "nobody writes over another's"
    assert seen(team, DANA)[:2] == ("Dana’s own.", ("Also mine.", ""))
    assert "leaving" not in " ".join(text_of(make_growth_packet(team.workspace, team.anders)))
    assert check_workspace(team.workspace) == []


def test_a_note_is_typed_undone_and_goes_with_its_check_in(team: Team) -> None:
    plan = growth.begin(team.workspace, team.anders, "MLE4").subject
    undoing = Undoing()
    for text in ("F", "Fi", "Fine"):
        undoing.note(growth.edit_plan(team.workspace, plan, typing=True, private_note=text))
    undoing.note(growth.edit_plan(team.workspace, plan, private_note="Fine"))
    assert seen(team, RUTH)[0] == "Fine"
    undoing.undo(team.workspace)
    assert seen(team, RUTH)[0] == ""
    talk = checkin.start(team.workspace, plan, private_note="Mine.").subject
    with team.workspace.acting(DANA):
        checkin.edit(team.workspace, talk, private_note="Dana's.")
    undoing.note(checkin.remove(team.workspace, talk))
    undoing.undo(team.workspace)
    assert "Mine." in seen(team, RUTH)[1]
    assert "Dana's." in seen(team, DANA)[1]


def test_unshared_evidence_is_seen_by_its_author_alone(team: Team) -> None:
    growth.begin(team.workspace, team.anders, "MLE4")
    mine = evidence.add(
        team.workspace, team.anders, evidence.NewEvidence("mlops", "Broke the build twice", None)
    ).subject
    evidence.add(team.workspace, team.anders, evidence.NewEvidence("mlops", "Led the review", None, shared=True))
    assert set(seen(team, RUTH)[2]) == {"Broke the build twice", "Led the review"}
    assert seen(team, TOMASZ)[2] == ("Led the review",)
    with team.workspace.acting(TOMASZ):
        for deed in (
            partial(evidence.share, team.workspace, mine, shared=True),
            partial(evidence.edit, team.workspace, mine, text="x"),
            partial(evidence.remove, team.workspace, mine),
        ):
            with pytest.raises(Refused, match="own until they share it"):
                deed()
    evidence.share(team.workspace, mine, shared=True)
    assert "Broke the build twice" in seen(team, TOMASZ)[2]


def test_a_relation_is_known_or_said_and_never_guessed(team: Team) -> None:
    """Ruth manages Anders; Joel and Dana are neither, and nobody called them peers."""
    row = assessment_request.ask(team.workspace, team.anders, JOEL).subject
    assert assessment_of(team, row).relation is Relation.NOT_SAID
    say_relation(team.workspace, row, Relation.SKIP_LEVEL)
    assert assessment_of(team, row).relation is Relation.SKIP_LEVEL
    with pytest.raises(Refused, match="self-view"):
        say_relation(team.workspace, row, Relation.SELF)
    ask_for(team.workspace, team.nadia, [DANA, JOEL], "MLE2", {DANA: Relation.OTHER})
    said = {a.rater: a.relation for a in assessments_of(team, team.nadia)}
    assert (said[DANA], said[JOEL]) == (Relation.OTHER, Relation.NOT_SAID)
    again = assessment_request.ask(team.workspace, team.anders, RUTH).subject
    assert assessment_of(team, again).relation is Relation.MANAGER


def test_what_is_in_keeps_its_relation(team: Team) -> None:
    row = team.fill(team.anders, TOMASZ)
    with pytest.raises(Refused, match="is in and stays"):
        say_relation(team.workspace, row, Relation.PEER)
    assert check_workspace(team.workspace) == []


@dataclass(frozen=True)
class Asked:
    rater: int
    relation: Relation


def assessments_of(team: Team, member: int) -> list[Asked]:
    with team.workspace.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT rater_id, relation FROM assessment WHERE member_id = ? AND cycle_id IS NULL ORDER BY id", (member,)
        )
        return [Asked(row.rater_id, Relation(row.relation)) for row in rows]


def assessment_of(team: Team, row: int) -> Asked:
    with team.workspace.read() as connection:
        query = "SELECT rater_id, relation FROM assessment WHERE id = ?"
        found = connection.exec_driver_sql(query, (row,)).one()
        return Asked(found.rater_id, Relation(found.relation))
