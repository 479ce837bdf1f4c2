"""What a table of candidates adds: new people, more of known ones, applications; undone as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions import application, candidate, candidate_note, colleague
from app.actions.candidate import NewCandidate
from app.actions.candidate_import import ImportedCandidates, bring_in, import_all, prepare
from app.actions.candidate_note import NewNote
from app.actions.imported_rows import Came
from app.actions.opening import NewOpening
from app.actions.opening import add as add_opening
from app.actions.read_candidate import ReadCandidate
from app.actions.rubric import adopt
from app.actions.undo import Undoing, apply_inverse
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.exchange.packs import load_pack
from app.queries.candidate_page import candidate_page
from app.queries.plain_lists import applications, candidates
from app.queries.rubrics import rubric_rows
from app.resources import packs
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.exchange.people import candidates_in
from tests.makers import new_workspace

HEADINGS = "Name,Email,Phone,LinkedIn,City,Tags,Notes,Job,Stage,Status,Grade\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path)
    version = adopt(made, load_pack(packs() / "ml-engineering-manager")).subject
    add_opening(made, NewOpening("SR-1", "ML Engineer", "MLE3"), version)
    yield made
    made.close()


def bring(workspace: Workspace, *rows: str, opening: int | None = None) -> ImportedCandidates:
    return import_all(workspace, candidates_in((HEADINGS + "\n".join(rows)).encode()), opening)


def rows_of(workspace: Workspace, table: str, columns: str) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return [tuple(r) for r in connection.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY rowid")]


def came(done: ImportedCandidates) -> list[Came]:
    return [row.came for row in done.rows]


def test_all_of_a_row_comes_in_and_what_is_written_is_what_the_history_says(workspace: Workspace) -> None:
    bring(
        workspace,
        '"Ana Reyes","a@x.org; a2@x.org",+49 30 1234567,https://x.org/ana,Berlin,"ml, py",Met,SR-1,Screen,Active,7',
    )
    assert rows_of(workspace, "contact", "way, position, folded") == [
        ("mail", 0, "a@x.org"),
        ("mail", 1, "a2@x.org"),
        ("phone", 0, "+49301234567"),
        ("link", 0, "x.org/ana"),
    ]
    assert rows_of(workspace, "tag", "name") == [("ml",), ("py",)]
    assert rows_of(workspace, "candidate_note", "text, private, author_id") == [("Met", 0, None)]
    assert rows_of(workspace, "further_fact", "name, value") == [("Grade", "7"), ("Status", "Active")]
    assert [a["stage"] for a in applications(workspace)] == ["Screen"]
    assert check_workspace(workspace) == []


def test_twice_adds_nothing_and_more_is_added_to_what_is_known(workspace: Workspace) -> None:
    row = "Ana Reyes,a@x.org,,,,ml,Met,ML Engineer,,,7"
    assert came(bring(workspace, row)) == [Came.ADDED]
    before = rows_of(workspace, "history", "number, hash")
    assert came(bring(workspace, row)) == [Came.KNOWN]
    assert rows_of(workspace, "history", "number, hash") == before
    more = bring(workspace, "Ana Reyes,a@x.org; a2@x.org,,,Berlin,ml;py,Met,,,,8")
    assert came(more) == [Came.CHANGED]
    assert more.rows[0].why == "new: Place, a2@x.org, py; differs, and stays as it is here: Grade"
    assert candidates(workspace)[0]["place"] == "Berlin"
    other = bring(workspace, "Ana Reyes,a@x.org,,,Oslo,,,,,,")
    assert (came(other), other.rows[0].why) == ([Came.KNOWN], "differs, and stays as it is here: Place")
    assert candidates(workspace)[0]["place"] == "Berlin"


def test_a_phone_or_link_joins_only_with_the_same_name(workspace: Workspace) -> None:
    bring(workspace, "Ana Reyes,,+49 30 1234567,https://x.org/ana,,,,,,,")
    assert came(bring(workspace, "ana reyes,a@x.org,0049 (30) 1234567,,,,,,,,")) == [Came.CHANGED]
    asked = bring(workspace, "Ana Reyes,b@x.org,,x.org/ana/,,,,,,,")
    assert came(asked) == [Came.REFUSED]
    assert "under another mail address" in asked.left_out[0].why
    other = bring(workspace, "Leo Ruiz,l@x.org,+49 30 1234567,,,,,,,,")
    assert came(other) == [Came.ADDED]
    assert "Ana Reyes has the same telephone number or link" in other.rows[0].why


def test_two_known_people_in_one_row_need_a_person(workspace: Workspace) -> None:
    bring(workspace, "Ana Reyes,a@x.org,,,,,,,,,", "Leo Ruiz,l@x.org,,,,,,,,,")
    done = bring(workspace, "Ana Reyes,a@x.org; l@x.org,,,,,,,,,")
    assert "those of 2 people who are known" in done.left_out[0].why


def test_what_ended_elsewhere_is_not_opened_here(workspace: Workspace) -> None:
    done = bring(workspace, "Ana Reyes,a@x.org,,,,,,SR-1,Onsite,Rejected,", "Leo Ruiz,l@x.org,,,,,,Other job,Onsite,,")
    assert (done.applications, done.not_opened) == (0, 1)
    assert "1 application that had ended elsewhere was not opened here." in done.words
    kept = {("Stage", "Onsite"), ("Status", "Rejected"), ("Job", "Other job")}
    assert kept <= set(rows_of(workspace, "further_fact", "name, value"))


def test_an_import_is_undone_as_a_whole_and_done_again(workspace: Workspace) -> None:
    bring(workspace, "Ana Reyes,a@x.org,,,,,,,,,")
    tables = ("candidate", "contact", "tag", "further_fact", "application", "stage_entry")
    before = {table: rows_of(workspace, table, "*") for table in tables}
    rows = [f"P {n},p{n}@x.org,,,Oslo,ml,,,,,7" for n in range(150)]
    done = bring(workspace, "Ana Reyes,a@x.org,,,Berlin,py,,,,,8", *rows, opening=1)
    assert done.changed is not None
    after = {table: rows_of(workspace, table, "*") for table in tables}
    undoing = Undoing()
    undoing.note(done.changed)
    undoing.undo(workspace)
    assert {table: rows_of(workspace, table, "*") for table in tables} == before
    undoing.redo(workspace)
    assert {table: rows_of(workspace, table, "*") for table in tables} == after
    assert check_workspace(workspace) == []


@pytest.mark.parametrize("meanwhile", ["edited", "added", "other"])
def test_what_changed_after_it_was_prepared_is_seen(workspace: Workspace, meanwhile: str) -> None:
    bring(workspace, "Ana Reyes,a@x.org,,,,,,,,,", "Leo Ruiz,l@x.org,,,,,,,,,")
    ready = prepare(
        workspace, candidates_in(b"Name,Email,City\nAna Reyes,a@x.org,Berlin\nNew One,n@x.org,Oslo\n"), None
    )
    if meanwhile == "edited":
        candidate.edit(workspace, 1, place="Lima")
    elif meanwhile == "added":
        candidate.add(workspace, NewCandidate("New One", "n@x.org"))
    else:
        candidate.edit(workspace, 2, place="Lima")
    done = bring_in(workspace, ready)
    first = Came.KNOWN if meanwhile == "edited" else Came.CHANGED
    assert came(done)[0] is first
    assert sum(c["name"] == "New One" for c in candidates(workspace)) == 1
    assert check_workspace(workspace) == []


def test_who_was_closed_applies_again_by_a_table_and_the_same_row_adds_nothing(workspace: Workspace) -> None:
    row = ReadCandidate("Ada Lind", mail="ada@example.org", applied_on=date(2026, 2, 1))
    first = import_all(workspace, [row], 1)
    number = candidate_page(workspace, first.added[0]).applications[0].id
    application.close(workspace, number, Outcome.REJECTED)
    assert import_all(workspace, [row], 1).applications == 0
    again = import_all(workspace, [replace(row, applied_on=date(2026, 9, 1))], 1)
    assert again.applications == 1
    assert [one.outcome for one in candidate_page(workspace, first.added[0]).applications] == ["active", "rejected"]


def test_the_day_somebody_applied_is_kept_where_there_is_no_opening_for_it(workspace: Workspace) -> None:
    done = import_all(workspace, [ReadCandidate("Ada Lind", applied_on=date(2026, 2, 1))], None)
    assert candidate_page(workspace, done.added[0]).further == (("Applied on", "2026-02-01"),)


def test_a_note_of_somebody_elses_own_takes_no_place_and_tells_nothing(workspace: Workspace) -> None:
    colleague.add(workspace, "Ruth Amadi")
    done = import_all(workspace, [ReadCandidate("Ada Lind", mail="ada@example.org")], None)
    candidate_note.add(workspace, done.added[0], NewNote("Great call", private=True))
    import_all(workspace, [ReadCandidate("Ada Lind", mail="ada@example.org", notes=("Great call",))], None)
    assert [n.private for n in candidate_page(workspace, done.added[0]).notes] == [False, True]


def test_an_import_that_was_gone_on_with_is_not_taken_back(workspace: Workspace) -> None:
    colleague.add(workspace, "Ruth Amadi")
    done = import_all(workspace, [ReadCandidate(f"Person {n}", mail=f"p{n}@example.org") for n in range(250)], 1)
    candidate_note.add(workspace, done.added[7], NewNote("Called."))
    assert done.changed is not None
    with pytest.raises(Refused, match="can’t be taken back"):
        apply_inverse(workspace, done.changed, Op.UNDO)
    assert check_workspace(workspace) == []


def test_the_opening_of_a_row_stands_before_the_one_for_all_and_what_is_not_known_is_said(workspace: Workspace) -> None:
    version = rubric_rows(workspace)[0].id
    add_opening(workspace, NewOpening("SR-2", "Data Engineer", "MLE3"), version)
    done = bring(
        workspace,
        "Ada Lind,ada@example.org,,,,,,SR-2,,,",
        "Bo Moe,bo@example.org,,,,,,,Angebot,,",
        "Cy Roe,cy@example.org,,,,,,Nonsense,,,",
        opening=1,
    )
    assert [candidate_page(workspace, n).applications[0].code for n in done.added] == ["SR-2", "SR-1", "SR-1"]
    assert [row.why for row in done.rows] == [
        "",
        "no stage is called “Angebot”: they begin in the first",
        "no opening here is called “Nonsense”",
    ]
