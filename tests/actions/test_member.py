"""Members: by form, from a table, from an accepted offer in one step with the panel's evidence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.__main__ import main
from app.actions import calibration, candidate, colleague, evidence, member, member_level
from app.actions.calibration import NewCalibration
from app.actions.member import LevelChange, NewMember
from app.actions.member_import import ImportedMembers, import_all
from app.actions.undo import Undoing
from app.desk.pages.team.filter import TeamWanted
from app.domain.assessment import Relation
from app.domain.import_fields import About
from app.errors import Refused
from app.exchange.csv_rows import TableError
from app.queries.calibration import calibration_view
from app.queries.calibration_choice import calibration_choice
from app.queries.plain_lists import applications, colleagues, members
from app.queries.team import member_page, team_page
from app.queries.team_tables import team_table
from app.store.check import check_workspace
from app.store.workspace import open_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, Team
from tests.actions.panel import Panel
from tests.exchange.people import incoming, members_in
from tests.packets.test_growth import hire


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_a_member_has_level_manager_and_spells(team: Team) -> None:
    row = member.add(team.workspace, NewMember("MLE1", colleague=DANA, since=date(2024, 5, 1), manager=RUTH)).subject
    member.change_level(team.workspace, row, LevelChange("MLE2", date(2026, 1, 1), "Promoted in Autumn 2025"))
    member.edit(team.workspace, row, started_on=date(2024, 5, 1))
    page = member_page(team.workspace, row)
    assert page is not None
    assert (page.row.name, page.row.level, page.row.manager_name) == ("Dana Whitlock", "MLE2", "Ruth Amadi")
    assert [(s.level, s.since, s.reason) for s in page.spells] == [
        ("MLE1", date(2024, 5, 1), ""),
        ("MLE2", date(2026, 1, 1), "Promoted in Autumn 2025"),
    ]
    with pytest.raises(Refused, match="is on the team already"):
        member.add(team.workspace, NewMember("MLE1", "dana whitlock"))
    with pytest.raises(Refused, match="no level “MLE9”"):
        member.change_level(team.workspace, row, LevelChange("MLE9", date(2026, 1, 1)))
    with pytest.raises(Refused, match="their own manager"):
        member.edit(team.workspace, row, manager_id=DANA)
    with pytest.raises(Refused, match="needs a name"):
        member.add(team.workspace, NewMember("MLE1"))
    member.remove(team.workspace, row)
    assert member_page(team.workspace, row) is None
    assert check_workspace(team.workspace) == []


def test_members_from_a_table(team: Team) -> None:
    table = "Name;Level;Since;Manager;Shoe size\nViktor Amoah;M1;1.3.2024;Ruth Amadi;44\nAnders Mbeki;MLE3;;;\n"
    assert incoming(table.encode("cp1252"), About.MEMBERS).map.left_out == ("Shoe size",)
    people = members_in(table.encode("cp1252"))
    done = import_all(team.workspace, people)
    assert (len(done.added), len(done.known)) == (1, 1)
    assert done.changed is not None
    assert done.changed.words == "import of 1 member"
    viktor = next(m for m in members(team.workspace) if m["name"] == "Viktor Amoah")
    assert (viktor["level"], viktor["level_since"], viktor["manager"]) == ("M1", "2024-03-01", RUTH)
    assert import_all(team.workspace, people).added == (), "nobody comes in twice"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("Name,Role\nA,B\n", "No heading says where names and levels are"),
        ("Name,Level\nA,\n", "Line 2, A: there is no level"),
        ("Name,Level,Since\nA,MLE1,soon\n", "Line 2, A: “soon” is no date"),
        ("Name,Level\n,MLE1\n", "Line 2: there is no name"),
        ("Name,Level,Mail\nA,MLE1,nowhere\n", "Line 2, A: “nowhere” is no mail address"),
    ],
)
def test_a_wrong_table_brings_nobody(table: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        members_in(table.encode())


def test_one_wrong_level_brings_nobody(team: Team) -> None:
    people = members_in(b"Name,Level\nNew One,MLE1\nNew Two,X\n")
    with pytest.raises(Refused, match="Line 3: the guide has no level “X”"):
        import_all(team.workspace, people)
    assert "New One" not in {m["name"] for m in members(team.workspace)}


def bring(team: Team, table: str, *, dry_run: bool = False) -> ImportedMembers:
    return import_all(team.workspace, members_in(table.encode()), dry_run=dry_run)


def test_two_people_of_one_name_have_two_mails(team: Team) -> None:
    table = "Name,Mail,Level\nKim Lee,kim@example.org,MLE1\nKim Lee,lee@example.org,MLE2\n"
    assert len(bring(team, table).added) == 2
    assert bring(team, table).known != ()
    assert bring(team, table).added == ()
    kims = [m for m in members(team.workspace) if m["name"] == "Kim Lee"]
    assert [m["level"] for m in kims] == ["MLE1", "MLE2"]
    with pytest.raises(Refused, match="Line 2: 2 people here are called Kim Lee"):
        bring(team, "Name,Level\nKim Lee,MLE1\n")
    with pytest.raises(Refused, match="2 people here are called Kim Lee"):
        member.add(team.workspace, NewMember("MLE1", "Kim Lee"))


def test_a_name_without_a_mail_is_the_same_person_and_takes_the_mail_given(team: Team) -> None:
    row = member.add(team.workspace, NewMember("MLE1", "dana whitlock", "dana@example.org")).subject
    page = member_page(team.workspace, row)
    assert page is not None
    assert page.row.colleague == DANA
    other = member.add(team.workspace, NewMember("MLE1", "Dana Whitlock", "whitlock@example.org")).subject
    page = member_page(team.workspace, other)
    assert page is not None
    assert page.row.colleague != DANA, "another mail is another person"


def test_a_candidate_of_another_mail_is_no_colleague_of_the_same_name(tmp_path: Path) -> None:
    panel = Panel(tmp_path)
    other = colleague.add(panel.workspace, "Ada Lind", "ada@elsewhere.org").subject
    candidate.edit(panel.workspace, 1, mail="ada.lind@example.org")
    page = member_page(panel.workspace, hire(panel))
    assert page is not None
    assert page.row.colleague != other
    assert [c["mail"] for c in colleagues(panel.workspace) if c["name"] == "Ada Lind"] == [
        "ada@elsewhere.org",
        "ada.lind@example.org",
    ]


def test_a_manager_may_stand_further_down_the_table(team: Team) -> None:
    table = "Name,Mail,Level,Manager\nAda Lind,,MLE1,Eva Holm\nBo Falk,,MLE1,eva@example.org\n"
    done = bring(team, table + "Eva Holm,eva@example.org,M1,\n")
    assert len(done.added) == 3
    rows = {m["name"]: m for m in members(team.workspace)}
    assert rows["Ada Lind"]["manager"] == rows["Bo Falk"]["manager"] == rows["Eva Holm"]["colleague"]


def test_what_a_table_has_otherwise_of_a_known_member_is_said_and_not_changed(team: Team) -> None:
    table = "Name,Level,Since,Manager\nAnders Mbeki,MLE4,2026-01-01,Dana Whitlock\nNadia Rousselle,MLE2,,\n"
    done = bring(team, table)
    assert (len(done.known), done.added) == (2, ())
    assert done.words == (
        "0 new members, 2 known already. Differs, and stays as it is here: Anders Mbeki (level MLE4, here MLE3, "
        "since 1 January 2026, here none and manager Dana Whitlock, here Ruth Amadi)."
    )
    anders = next(m for m in members(team.workspace) if m["name"] == "Anders Mbeki")
    assert (anders["level"], anders["manager"]) == ("MLE3", RUTH)


def test_every_unknown_level_and_manager_is_named_by_its_line(team: Team) -> None:
    table = "Name,Level,Manager\nNew One,X,\nNew Two,MLE1,Nobody Here\nNew Three,Y,No One\n"
    with pytest.raises(Refused) as refused:
        bring(team, table)
    said = str(refused.value)
    for words in (
        "Line 2: the guide has no level “X”",
        "Line 3: Nobody here is called Nobody Here",
        "Line 4: the guide has no level “Y”",
        "Line 4: Nobody here is called No One",
    ):
        assert words in said
    assert "New Two" not in {m["name"] for m in members(team.workspace)}


def test_a_dry_run_says_what_would_come_and_changes_nothing(team: Team) -> None:
    before = members(team.workspace)
    done = bring(team, "Name,Level\nNew One,MLE1\nAnders Mbeki,MLE4\n", dry_run=True)
    assert done.changed is None
    assert done.words.startswith("1 new member, 1 known already. Differs")
    assert members(team.workspace) == before


def test_the_command_line_says_what_would_come(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    table = tmp_path / "team.csv"
    table.write_text("Name,Level\nNew One,MLE1\nAnders Mbeki,MLE4\n", "utf-8")
    path = str(team.workspace.path)
    team.workspace.close()
    assert main(["import", path, "members", str(table), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Would bring in: 1 new member, 1 known already. Differs")
    assert "Nothing was changed." in said
    assert main(["import", path, "members", str(table), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["known"], told["dry_run"]) == (1, 1, False)
    assert told["differs"] == ["Anders Mbeki (level MLE4, here MLE3)"]
    with pytest.raises(SystemExit, match="2"):
        main(["import", path, "members", str(table), "--opening", "1"])


def test_the_level_of_now_is_that_of_the_newest_spell_that_has_begun(team: Team) -> None:
    anders = team.anders
    workspace = team.workspace

    def level() -> tuple[str, date | None]:
        page = member_page(workspace, anders)
        assert page is not None
        with workspace.read() as connection:
            kept = connection.exec_driver_sql("SELECT level FROM member WHERE id = ?", (anders,)).scalar()
        assert kept == page.row.level or page.row.level_since == workspace.today()
        return page.row.level, page.row.level_since

    member.change_level(workspace, anders, LevelChange("MLE4", date(2026, 3, 15)))
    assert level() == ("MLE3", None), "the 15th is to come"
    member.change_level(workspace, anders, LevelChange("MLE3", date(2025, 2, 1)))
    member.change_level(workspace, anders, LevelChange("MLE2", date(2023, 2, 1)))
    assert level() == ("MLE3", date(2025, 2, 1)), "what was held before does not hold now"
    team.clock.turn(days=3)
    assert level() == ("MLE4", date(2026, 3, 15))
    member_level.levels_come(workspace)
    with workspace.read() as connection:
        kept = connection.exec_driver_sql("SELECT level FROM member WHERE id = ?", (anders,)).scalar()
    assert kept == "MLE4"
    count = len(team.chain())
    member_level.levels_come(workspace)
    assert len(team.chain()) == count, "nothing is left to come"
    assert check_workspace(workspace) == []


def test_from_an_accepted_offer_in_one_step(sample_copy: Path) -> None:
    workspace = open_workspace(sample_copy)
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
    evidence.share(workspace, page.interview[0].id, shared=True)
    again = member_page(workspace, done.subject)
    assert again is not None
    assert [f.shared for f in again.interview].count(True) == 1
    evidence.share(workspace, page.interview[0].id, shared=False)
    assert hired.application not in {j.application for j in team_page(workspace).joining}
    with pytest.raises(Refused, match="is on the team already"):
        member.from_offer(workspace, hired.application)
    assert check_workspace(workspace) == []
    undecided = next(a["id"] for a in applications(workspace) if a["outcome"] == "active")
    with pytest.raises(Refused, match="has accepted no offer"):
        member.from_offer(workspace, undecided)
    workspace.close()


def test_a_second_manager_is_asked_as_a_manager_and_found_by_either(tmp_path: Path) -> None:
    team = Team(tmp_path)
    ws = team.workspace
    with pytest.raises(Refused, match="their own manager"):
        own = next(m for m in team_page(ws).members if m.id == team.anders).colleague
        member.edit(ws, team.anders, second_manager_id=own)
    member.edit(ws, team.anders, second_manager_id=JOEL)
    row = next(m for m in team_page(ws).members if m.id == team.anders)
    assert (row.manager_name, row.second_name) == ("Ruth Amadi", "Joel Abara")
    assert TeamWanted(manager="Joel Abara").shows(row)
    assert TeamWanted(manager="Ruth Amadi").shows(row)
    held = calibration.add(ws, NewCalibration("Autumn", None, None)).subject
    choice = next(one for one in calibration_choice(ws, held).members if one.member == team.anders)
    assert [name for _, name in choice.raters][:2] == ["Ruth Amadi", "Joel Abara"]
    calibration.propose(ws, held, team.anders, "MLE4", (JOEL, DANA))
    seats = next(m for m in calibration_view(ws, held).members if m.member == team.anders).seats
    assert {s.name: s.relation for s in seats} == {
        "Joel Abara": Relation.MANAGER,
        "Dana Whitlock": Relation.NOT_SAID,
    }
    assert "Joel Abara" in next(row for row in team_table(ws).rows if "Anders Mbeki" in row)
