"""A wrong entry of a level is put right with a reason; what it said stays in the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions import member
from app.actions.member import LevelChange
from app.actions.member_level import correct_level
from app.actions.undo import Undoing
from app.errors import Refused
from app.queries.team import MemberView, member_page
from app.store.check import check_workspace
from tests.actions.calibrating import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    member.change_level(made.workspace, made.anders, LevelChange("MLE4", date(2026, 2, 1), "Promoted"))
    yield made
    made.workspace.close()


def page(team: Team) -> MemberView:
    found = member_page(team.workspace, team.anders)
    assert found is not None
    return found


def test_an_entry_is_put_right_and_the_level_of_today_follows(team: Team) -> None:
    undoing = Undoing()
    wrong = page(team).spells[-1]
    undoing.note(correct_level(team.workspace, wrong.id, LevelChange("MLE5", date(2026, 4, 1), "It holds from April")))
    assert (page(team).row.level, page(team).spells[-1].reason) == ("MLE3", "It holds from April"), "not yet"
    with team.workspace.read() as connection:
        images = " ".join(connection.exec_driver_sql("SELECT content FROM image").scalars())
    assert "Promoted" in images, "what it said stays in the history"
    undoing.undo(team.workspace)
    assert page(team).row.level == "MLE4"
    assert check_workspace(team.workspace) == []


def test_it_needs_a_reason_a_change_and_a_level_there_is(team: Team) -> None:
    wrong = page(team).spells[-1]
    for right, why in (
        (LevelChange("MLE5", date(2026, 2, 1)), "needs a reason"),
        (LevelChange("MLE4", date(2026, 2, 1), "Hm"), "says that already"),
        (LevelChange("CEO", date(2026, 2, 1), "Hm"), "no level “CEO”"),
    ):
        with pytest.raises(Refused, match=why):
            correct_level(team.workspace, wrong.id, right)


def test_name_mail_and_title_are_edited_with_the_member_in_one_step(team: Team) -> None:
    undoing = Undoing()
    undoing.note(
        member.edit(team.workspace, team.anders, name="Anders Mbeki-Holm", role="Lead", started_on=date(2020, 1, 1))
    )
    assert (page(team).row.name, page(team).row.role) == ("Anders Mbeki-Holm", "Lead")
    with pytest.raises(Refused, match="needs a name"):
        member.edit(team.workspace, team.anders, name=" ")
    undoing.undo(team.workspace)
    assert (page(team).row.name, page(team).row.started_on) == ("Anders Mbeki", None)
    assert check_workspace(team.workspace) == []
