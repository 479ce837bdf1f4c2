"""One person who is there twice is made one by a person, and two again by undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import application, candidate, candidate_note, many
from app.actions.candidate import NewCandidate
from app.actions.candidate_note import NewNote
from app.actions.merge import Merge, merge, tell_apart
from app.actions.undo import Undoing
from app.domain.pipeline import Outcome
from app.domain.same_person import Why, near_keys, nearly_same, plain_name
from app.errors import NotFound, Refused
from app.queries.application import application_page
from app.queries.candidate_page import candidate_page
from app.queries.duplicates import duplicates, likely_twins
from app.queries.search import search
from app.store.about import tables_that_name
from app.store.check import check_workspace
from app.store.registry import ROWS
from app.store.workspace import Workspace, open_workspace
from tests.actions.test_every_op_undone import rows
from tests.samples import sample_in

NOOR = 24


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(sample_in(tmp_path))
    yield opened
    assert check_workspace(opened) == []
    opened.close()


def again(workspace: Workspace, opening: int | None = None) -> int:
    """Noor once more: with her mail, another spelling of her name, and facts of her own."""
    facts = NewCandidate(
        "SALIMI, Noor",
        mail="Noor.Salimi@Example.org, noor@example.com",
        place="Lisbon",
        can_start="July",
        tags=("Dutch", "remote"),
        further=(("Grade", "7"),),
    )
    return candidate.add(workspace, facts, opening).subject


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Óscar Núñez", "NUNEZ, Oscar", True),
        ("Anne-Marie Ó Sé", "O Se Anne Marie", True),
        ("Noor Salimi", "Noor Salim", False),
        ("山田太郎", "山田太郎", True),
    ],
)
def test_names_are_compared_without_accents_capitals_and_order(one: str, other: str, same: bool) -> None:
    assert (plain_name(one) == plain_name(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Jonas Meyer", "Jonas Meier", True),
        ("Jonas Meyer", "Jonas Weyer", True),
        ("Meyer, Jonas", "Jonsa Meyer", True),
        ("Ana López", "Ana Maria Lopez", True),
        ("Katharina Brandstätter", "Katarina Brandstatter", True),
        ("Jonas Meyer", "Jonas Meyer", False),
        ("Jonas Meyer", "Tobias Meyer", False),
        ("Li Wei", "Li Wang", False),
        ("Madonna", "Madona", False),
        ("", "", False),
    ],
)
def test_names_that_are_nearly_the_same(one: str, other: str, near: bool) -> None:
    here, there = plain_name(one), plain_name(other)
    assert nearly_same(here, there) is near
    assert nearly_same(there, here) is near
    assert not near or near_keys(here) & near_keys(there), "they are compared at all"


def test_who_is_nearly_named_so_is_named_with_why(workspace: Workspace) -> None:
    first = candidate.add(workspace, NewCandidate("Katharina Brandstätter"), None).subject
    second = candidate.add(workspace, NewCandidate("BRANDSTATTER, Katarina"), None).subject
    (pair,) = likely_twins(workspace, second)
    assert (pair.one.id, pair.other.id, pair.why) == (first, second, (Why.NEAR_NAME,))
    assert (first, second) in [(p.one.id, p.other.id) for p in duplicates(workspace).shown]
    tell_apart(workspace, first, second)
    assert likely_twins(workspace, second) == ()


def test_the_whole_file_is_looked_through_and_who_is_two_is_asked_about_no_more(workspace: Workspace) -> None:
    assert duplicates(workspace).all == 0
    twin = again(workspace)
    (pair,) = duplicates(workspace).shown
    assert (pair.one.id, pair.other.id, pair.why) == (NOOR, twin, (Why.MAIL, Why.NAME))
    assert [found.other.id for found in likely_twins(workspace, NOOR)] == [twin]
    assert likely_twins(workspace, 25) == ()
    tell_apart(workspace, twin, NOOR)
    assert duplicates(workspace).all == 0


def test_merged_field_by_field_and_two_again_by_one_undo(workspace: Workspace) -> None:
    twin, undoing = again(workspace, 3), Undoing()
    many.tag_all(workspace, [NOOR], ["Dutch"])
    candidate_note.add(workspace, twin, NewNote("Wrote again in June."))
    before = rows(workspace)
    undoing.note(merge(workspace, Merge(NOOR, twin, taken=frozenset({"can_start"}))))
    page = candidate_page(workspace, NOOR)
    assert (page.person.name, page.person.can_start) == ("Noor Salimi", "July")
    assert page.person.place != "Lisbon"
    assert page.person.mail == "noor.salimi@example.org, noor@example.com"
    assert set(page.tags) == {"Dutch", "remote"}
    assert [note.text for note in page.notes] == ["Wrote again in June."]
    assert page.further == (("Grade", "7"),)
    assert len(page.applications) == 2
    with pytest.raises(NotFound):
        candidate_page(workspace, twin)
    assert {hit.target for hit in search(workspace, "noor@example.com")} == {(("id", NOOR),)}
    assert check_workspace(workspace) == []
    undoing.undo(workspace)
    assert rows(workspace) == before
    undoing.redo(workspace)
    assert len(candidate_page(workspace, NOOR).applications) == 2


def test_two_open_applications_in_one_opening_need_a_word_on_which_goes_on(workspace: Workspace) -> None:
    here = candidate_page(workspace, NOOR).applications[0]
    twin = again(workspace, here.opening)
    theirs = candidate_page(workspace, twin).applications[0].id
    with pytest.raises(Refused, match="Both have an open application"):
        merge(workspace, Merge(NOOR, twin))
    with pytest.raises(Refused, match="Both have an open application"):
        merge(workspace, Merge(NOOR, twin, goes_on=frozenset({here.id, theirs})))
    merge(workspace, Merge(NOOR, twin, goes_on=frozenset({here.id})))
    assert application_page(workspace, theirs).outcome == Outcome.DUPLICATE
    assert application_page(workspace, here.id).outcome == Outcome.ACTIVE
    with pytest.raises(Refused, match="applied again since"):
        application.reopen(workspace, theirs)


def test_nobody_is_merged_with_themselves(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="one candidate already"):
        merge(workspace, Merge(NOOR, NOOR))


def test_every_table_that_names_a_candidate_says_so() -> None:
    """A merge takes along what says that it is about a candidate; a row that does not would keep it from happening."""
    named = set(tables_that_name("candidate"))
    for name, table in ROWS.items():
        for key in table.__table__.foreign_keys:  # type: ignore[attr-defined]
            if key.target_fullname == "candidate.id":
                assert (name, key.parent.name) in named
