"""Greenhouse's JSON: candidates and applications come in, scorecards as cards from elsewhere and never as ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.actions import colleague
from app.actions.imported_rows import Came
from app.actions.opening import NewOpening
from app.actions.opening import add as add_opening
from app.actions.rubric import adopt
from app.actions.undo import apply_inverse
from app.domain.import_fields import About
from app.domain.operations import Op
from app.exchange.csv_rows import TableError
from app.exchange.packs import load_pack
from app.exchange.people_import import Outcome, bring, look
from app.exchange.people_reading import read_people
from app.exchange.people_table import table_in
from app.resources import packs
from app.store.check import check_file, check_workspace
from app.store.everything_in import bring_everything
from app.store.workspace import Workspace
from tests.exchange.greenhouse import PAYLOADS, application, candidate, coming, in_folder, scorecard, usual
from tests.makers import new_workspace
from tests.whole import every_row, exported


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path)
    colleague.add(made, "Mara Vogt")
    version = adopt(made, load_pack(packs() / "ml-engineering-manager")).subject
    add_opening(made, NewOpening("SR-1", "ML Engineer", "MLE3"), version)
    yield made
    made.close()


def rows_of(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def said(outcome: Outcome) -> str:
    return "\n".join((outcome.words, *outcome.remarks, *(row.words for row in outcome.rows)))


def test_a_dry_run_says_all_of_it_and_writes_nothing(workspace: Workspace) -> None:
    outcome = look(workspace, coming(usual()))
    assert outcome.blocked is None
    assert [row.came for row in outcome.rows] == [Came.ADDED, Came.ADDED]
    for words in (
        "Read as Greenhouse’s API gives it: 2 candidates.",
        "2 new applications (1 of them closed)",
        "no opening here is called “Chef”",
        "Left out of applications: Your gender?.",
        "Scorecards of no application in these files: 1 (6).",
        "Mails of activity feeds, which do not come along: 1.",
        "Lines that Greenhouse wrote into activity feeds, which do not come along: 2.",
        "by file: eeoc.json (1).",
        "Private notes, which become those of who brings them in, seen by nobody else: 1.",
        "1 scorecard comes with them: a card from elsewhere is counted nowhere, and sealed as all others",
        "1 mark is “mixed”, which is no score: it needs a person.",
        "1 card from elsewhere",
    ):
        assert words in said(outcome)
    assert rows_of(workspace, "SELECT count(*) FROM candidate") == [(0,)]


def test_what_came_in_is_theirs_and_is_undone_as_a_whole(workspace: Workspace) -> None:
    me = workspace.me
    outcome = bring(workspace, coming(usual()))
    assert rows_of(workspace, "SELECT name, came_by, source FROM candidate") == [
        ("Ada Lind", "LinkedIn", "board"),
        ("Wei Zhang", "LinkedIn", "board"),
    ]
    columns = "outcome, applied_on, substr(closed_at, 1, 10), close_reason"
    assert rows_of(workspace, f"SELECT {columns} FROM application ORDER BY id") == [
        ("active", "2025-02-01", None, ""),
        ("rejected", "2025-02-01", "2025-03-01", "Lacking skill(s)"),
    ]
    assert rows_of(workspace, "SELECT side, outcome, by_id FROM closing") == [("ours", "rejected", None)]
    assert rows_of(workspace, "SELECT application_id FROM stage_entry") == [(1,)], "nobody knows when who was where"
    assert rows_of(workspace, "SELECT author_id, substr(at, 1, 10), text, private FROM candidate_note ORDER BY id") == [
        (None, "2025-02-03", "Kate, in Greenhouse: Very mysterious", 0),
        (me, "2025-02-03", "Kate, in Greenhouse: Between us", 1),
    ]
    facts = dict(rows_of(workspace, "SELECT name, value FROM further_fact WHERE name LIKE 'Greenhouse application%'"))
    assert "Job: Chef" in facts["Greenhouse application 3"]
    assert "Why us?: The rubric" in facts["Greenhouse application 1"]
    assert "gender" not in "".join(facts.values())
    assert [name for (name,) in rows_of(workspace, "SELECT name FROM attachment")] == ["Greenhouse offer, –.txt"]
    assert rows_of(workspace, "SELECT count(*) FROM scorecard") == rows_of(workspace, "SELECT count(*) FROM offer")
    assert check_workspace(workspace) == []
    assert outcome.changed is not None
    apply_inverse(workspace, outcome.changed, Op.UNDO)
    gone = ("candidate", "application", "closing", "attachment", "candidate_note", "further_fact", "imported_card")
    for table in (*gone, "imported_mark"):
        assert rows_of(workspace, f"SELECT count(*) FROM {table}") == [(0,)]
    assert check_workspace(workspace) == []


def test_twice_adds_nothing_twice(workspace: Workspace) -> None:
    bring(workspace, coming(usual()))
    before = rows_of(workspace, "SELECT count(*) FROM attachment")
    again = bring(workspace, coming(usual()))
    assert [(row.came, row.why.count("new")) for row in again.rows] == [(Came.KNOWN, 0), (Came.KNOWN, 0)]
    assert rows_of(workspace, "SELECT count(*) FROM attachment") == before == [(1,)]
    assert rows_of(workspace, "SELECT count(*) FROM imported_card") == [(1,)]


def test_scorecards_are_cards_from_elsewhere_with_what_they_say(workspace: Workspace) -> None:
    more = [
        {"name": "Depth", "rating": "Definitely Not", "note": ""},
        {"name": "Silence", "rating": None, "note": None},
    ]
    files = usual() | {"scorecards.json": [scorecard(5, 1)]}
    files["scorecards.json"][0]["attributes"] += [*more, {"name": "Care", "rating": "no_decision", "note": "Unseen"}]
    bring(workspace, coming(files))
    columns = "application_id, source, number, author, round, substr(submitted_at, 1, 10), overall, text"
    assert rows_of(workspace, f"SELECT {columns} FROM imported_card") == [
        (1, "Greenhouse", "5", "Robert Robertson", "Screen", "2025-02-10", "strong_yes", "Key Take-Aways\nDecent")
    ]
    assert rows_of(workspace, "SELECT name, said, score, note FROM imported_mark ORDER BY position") == [
        ("Communication", "mixed", None, "Clear"),
        ("Depth", "Definitely Not", 1, ""),
        ("Care", "no_decision", None, "Unseen"),
    ]
    assert rows_of(workspace, "SELECT count(*) FROM rating") == [(0,)]
    assert check_workspace(workspace) == []


def test_a_card_without_a_number_does_not_come_in_twice(workspace: Workspace) -> None:
    card = scorecard(5, 1, id=None)
    files = usual() | {"scorecards.json": [card, card, card | {"interview": "Onsite"}]}
    assert bring(workspace, coming(files)).words.endswith("2 cards from elsewhere.")
    again = bring(workspace, coming(files))
    assert "scorecard" not in "".join((again.words, *again.remarks[2:])), again.remarks
    assert rows_of(workspace, "SELECT round FROM imported_card ORDER BY id") == [("Screen",), ("Onsite",)]


def test_cards_and_texts_of_what_has_no_place_here_are_counted(workspace: Workspace) -> None:
    files = usual() | {"scorecards.json": [scorecard(5, 3), scorecard(6, 3)]}
    files["offers.json"][0]["application_id"] = 3
    for outcome in (look(workspace, coming(files)), bring(workspace, coming(files))):
        assert "2 scorecards have no application here, and do not come in." in outcome.words
        assert "1 text has no application here, and does not come in." in outcome.words
        assert not any("comes with them" in remark or "mixed" in remark for remark in outcome.remarks)
    assert rows_of(workspace, "SELECT count(*) FROM imported_card") == [(0,)]


def test_a_card_of_one_application_is_never_put_on_another(workspace: Workspace) -> None:
    """Wei applied as a chef on the day they were rejected here: the opening that is chosen holds that one already."""
    files = usual() | {"scorecards.json": [scorecard(5, 3), scorecard(6, 2)]}
    files["applications.json"].reverse()
    for _ in range(2):
        outcome = bring(workspace, replace(coming(files), opening=1))
        assert "1 scorecard has no application here, and does not come in." in outcome.words
        assert rows_of(workspace, "SELECT number FROM imported_card") == [("6",)]
    files["applications.json"] = [application(3, 102, job="Chef", applied_at="2025-06-01T09:00:00Z")]
    for _ in range(2):
        bring(workspace, replace(coming(files), opening=1))
        assert rows_of(workspace, "SELECT number FROM imported_card") == [("6",), ("5",)]


def test_cards_of_prospects_and_of_rows_that_are_refused_are_not_said_to_be_of_nobody(workspace: Workspace) -> None:
    files = usual() | {"scorecards.json": [scorecard(5, 1), scorecard(6, 2)]}
    files["applications.json"] = [application(1, 101, prospect=True), application(2, 102)]
    files["candidates.json"][1]["tags"] = "no list"
    outcome = look(workspace, coming(files, skip=True))
    assert "Scorecards and offers of prospects, which have no application here: 2." in said(outcome)
    assert "“tags” is no list" in said(outcome)
    assert "of no application in these files" not in said(outcome)
    files["applications.json"].append(application(3, 102, id=None))
    files["scorecards.json"].append(scorecard(7, 0, application_id=None))
    assert "Scorecards of no application in these files: 1 (7)." in said(look(workspace, coming(files, skip=True)))


def test_who_put_a_card_in_for_another_and_private_notes_on_it_are_said(workspace: Workspace) -> None:
    card = scorecard(5, 1, submitted_by={"name": "Kate Austen"})
    card["questions"].append({"id": None, "question": "Private Notes", "answer": "Between us"})
    card["attributes"].append({"name": "Depth " * 50, "rating": "yes", "note": ""})
    outcome = bring(workspace, coming(usual() | {"scorecards.json": [card]}))
    assert "Private notes on scorecards, which go where the card goes: 1." in said(outcome)
    ((author, text),) = rows_of(workspace, "SELECT author, text FROM imported_card")
    assert author == "Robert Robertson"
    assert text == "Submitted by Kate Austen\n\nKey Take-Aways\nDecent\n\nPrivate Notes\nBetween us"
    *_, (name,) = rows_of(workspace, "SELECT name FROM imported_mark ORDER BY position")
    assert (len(name), name[-1]) == (200, "…")


def test_everything_leaves_and_comes_back_with_cards_from_elsewhere(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, coming(usual()))
    workspace.close()
    whole = tmp_path / "all.jsonl"
    whole.write_bytes(exported(workspace.path))
    again = bring_everything(tmp_path / "again", whole)
    assert every_row(again) == every_row(workspace.path)
    assert len(every_row(again)["imported_mark"]) == 1
    assert check_file(again) == []


def test_a_requisition_names_the_opening_where_its_job_does_not(workspace: Workspace) -> None:
    files = usual() | {"jobs.json": [{"id": 7, "name": "Chef", "requisition_id": "SR-1"}]}
    files["applications.json"] = [application(1, 101, job="Something")]
    bring(workspace, coming(files))
    assert rows_of(workspace, "SELECT candidate_id, opening_id FROM application") == [(1, 1)]


def test_a_candidate_who_is_private_there_is_named_as_seen_by_everybody_here(workspace: Workspace) -> None:
    outcome = look(workspace, coming({"candidates.json": [candidate(101, "Ada", "Lind", is_private=True)]}))
    assert "Private in Greenhouse, and here seen by everybody: candidates (1)." in said(outcome)


def test_a_candidate_file_alone_brings_the_applications_inside(workspace: Workspace) -> None:
    one = candidate(101, "Ada", "Lind", applications=[application(1, 101)], application_ids=[1, 44])
    outcome = bring(workspace, coming({"candidates.json": [one]}))
    assert "Applications that are named by their number alone: 1." in said(outcome)
    assert rows_of(workspace, "SELECT count(*) FROM application") == [(1,)]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"email_addresses": "ada@example.org"}, "“email_addresses” is no list of records"),
        ({"applications": [7]}, "“applications” is no list of records"),
        ({"created_at": "2025-02-31"}, "“created_at” is no day"),
        ({"first_name": {"x": 1}}, "“first_name” is no text"),
    ],
)
def test_what_is_not_as_the_api_writes_it_refuses_its_row_alone(
    workspace: Workspace, more: dict[str, Any], why: str
) -> None:
    files = usual() | {"candidates.json": [candidate(101, "Ada", "Lind", **more), candidate(102, "Wei", "Zhang")]}
    assert look(workspace, coming(files)).blocked is not None
    outcome = bring(workspace, coming(files, skip=True))
    assert why in said(outcome)
    assert rows_of(workspace, "SELECT name FROM candidate") == [("Wei Zhang",)]


def test_a_folder_is_read_in_a_process_of_its_own_and_what_is_no_json_is_named(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "dump", usual())
    (folder / "resume.pdf").write_bytes(b"%PDF")
    table = read_people(folder, About.CANDIDATES)
    assert len(table.rows) == 2
    assert sum(len(read.cards) for beside in table.beside.values() for read in beside.applications) == 1
    assert "1 file is no JSON and was not read: resume.pdf." in table.remarks
    (folder / "broken.json").write_text("{")
    with pytest.raises(TableError, match=r"broken\.json: This is no JSON"):
        read_people(folder, About.CANDIDATES)
    with pytest.raises(TableError, match="Only candidates"):
        read_people(in_folder(tmp_path / "two", usual()), About.MEMBERS)
    with pytest.raises(TableError, match="nobody’s candidate record"):
        read_people(in_folder(tmp_path / "three", {"a.json": [application(1, 2), scorecard(1, 1)]}), About.CANDIDATES)


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the vendor's own examples are not beside this clone")
def test_the_vendors_own_examples_come_in(workspace: Workspace) -> None:
    held = {path.name: json.loads(path.read_text()) for path in sorted(PAYLOADS.glob("*.json"))}
    lists = {
        name: [part["json"] for part in parts if part["section"].startswith(("GET: List", "The "))]
        for name, parts in held.items()
    }
    incoming = replace(coming(lists), skip_refused=True)
    outcome = bring(workspace, incoming)
    names = {name for (name,) in rows_of(workspace, "SELECT name FROM candidate")}
    assert "John Locke" in names
    assert "eeoc.json" in said(outcome)
    assert check_workspace(workspace) == []
    for section in held["candidates.json"]:
        if section["section"] in ("The candidate object", "GET: List Candidates"):
            assert table_in("c.json", json.dumps(section["json"]).encode(), About.CANDIDATES).beside


def test_records_inside_records_are_read_in_time_whatever_their_depth() -> None:
    deep: Any = {"a": "x", "b": 1}
    for _ in range(80):
        deep = {"a": deep, "b": 1}
    table = table_in("deep.json", json.dumps([{"Name": "Ada Lind", "More": deep}]).encode(), About.CANDIDATES)
    assert "x" in "".join(table.rows[0][1]), "each level was read twice: 80 levels would never end"
