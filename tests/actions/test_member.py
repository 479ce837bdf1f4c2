"""Members: by form, from a table, from an accepted offer in one step with the panel's evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import member
from app.actions.member import NewMember
from app.actions.undo import Undoing
from app.errors import Refused
from app.exchange.membertable import read_members
from app.exchange.sample import make_sample
from app.exchange.table import TableError
from app.packets.export import print_hiring_packet
from app.queries.growlists import members
from app.queries.lists import applications
from app.queries.team import member_page, team_page
from app.store.check import check_workspace
from app.store.workspace import open_workspace
from tests.actions.calibrating import DANA, RUTH, Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_a_member_has_level_manager_and_spells(team: Team) -> None:
    row = member.add(team.workspace, NewMember("MLE1", colleague=DANA, since=date(2024, 5, 1), manager=RUTH)).subject
    member.change_level(team.workspace, row, "MLE2", date(2026, 1, 1), "Promoted in Autumn 2025")
    member.edit(team.workspace, row, started_on=date(2024, 5, 1))
    page = member_page(team.workspace, row)
    assert page is not None
    assert (page.row.name, page.row.level, page.row.manager_name) == ("Dana Whitlock", "MLE2", "Ruth Amadi")
    assert [(s.level, s.since, s.reason) for s in page.spells] == [
        ("MLE1", date(2024, 5, 1), ""), ("MLE2", date(2026, 1, 1), "Promoted in Autumn 2025"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="is on the team already"):
        member.add(team.workspace, NewMember("MLE1", "dana whitlock"))
    with pytest.raises(Refused, match="no level “MLE9”"):
        member.change_level(team.workspace, row, "MLE9", date(2026, 1, 1))
    with pytest.raises(Refused, match="their own manager"):
        member.edit(team.workspace, row, manager_id=DANA)
    with pytest.raises(Refused, match="needs a name"):
        member.add(team.workspace, NewMember("MLE1"))
    member.remove(team.workspace, row)
    assert member_page(team.workspace, row) is None
    assert check_workspace(team.workspace) == []


def test_members_from_a_table(team: Team) -> None:
    table = "Name;Level;Since;Manager;Shoe size\nViktor Amoah;M1;1.3.2024;Ruth Amadi;44\nAnders Mbeki;MLE3;;;\n"
    people, unknown = read_members(table.encode("cp1252"))
    assert unknown == ("Shoe size",)
    changed, added, known = member.import_all(team.workspace, people)
    assert (added, known) == (1, 1)
    assert changed.words == "import of 1 member"
    viktor = next(m for m in members(team.workspace) if m["name"] == "Viktor Amoah")
    assert (viktor["level"], viktor["level_since"], viktor["manager"]) == ("M1", "2024-03-01", RUTH)
    assert member.import_all(team.workspace, people)[1] == 0, "nobody comes in twice"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("Name,Role\nA,B\n", "No heading says where names and levels are"),
        ("Name,Level\nA,\n", "Line 2: there is no level"),
        ("Name,Level,Since\nA,MLE1,soon\n", "Line 2: “soon” is no date"),
        ("Name,Level\n,MLE1\n", "Line 2: there is no name"),
        ("Name,Level,Mail\nA,MLE1,nowhere\n", "Line 2: “nowhere” is no mail address"),
    ],
)
def test_a_wrong_table_brings_nobody(table: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_members(table.encode())


def test_one_wrong_level_brings_nobody(team: Team) -> None:
    people, _ = read_members(b"Name,Level\nNew One,MLE1\nNew Two,X\n")
    with pytest.raises(Refused, match="no level “X”"):
        member.import_all(team.workspace, people)
    assert "New One" not in {m["name"] for m in members(team.workspace)}


def test_from_an_accepted_offer_in_one_step(tmp_path: Path) -> None:
    workspace = open_workspace(make_sample(tmp_path / "sample", print_hiring_packet))
    waiting = team_page(workspace).joining
    assert waiting, "the sample has somebody who accepted"
    hired = waiting[0]
    undoing = Undoing()
    done = member.from_offer(workspace, hired.application)
    undoing.note(done)
    page = member_page(workspace, done.subject)
    assert page is not None
    assert page.row.name == hired.name
    assert page.row.latest is not None
    assert page.row.latest.cycle is None
    assert any(c.score is not None for c in page.row.latest.cells), "the panel's ratings are the baseline"
    assert page.interview, "with the evidence"
    assert all(f.from_interview and not f.shared and f.by for f in page.interview)
    member.share(workspace, page.interview[0].id)
    again = member_page(workspace, done.subject)
    assert again is not None
    assert [f.shared for f in again.interview].count(True) == 1
    member.share(workspace, page.interview[0].id, shared=False)
    assert hired.application not in {j.application for j in team_page(workspace).joining}
    with pytest.raises(Refused, match="is on the team already"):
        member.from_offer(workspace, hired.application)
    assert check_workspace(workspace) == []
    undecided = next(a["id"] for a in applications(workspace) if a["outcome"] == "active")
    with pytest.raises(Refused, match="has accepted no offer"):
        member.from_offer(workspace, undecided)
    workspace.close()
