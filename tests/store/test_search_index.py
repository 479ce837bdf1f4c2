"""The index of words: what a step marks, what is told of it, and that nothing of it outlives its rows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.actions import candidate, undo
from app.actions.candidate import NewCandidate
from app.domain.operations import Op
from app.domain.search_words import sought
from app.store.check import check_file, check_workspace
from app.store.indexing import index_all, index_next, mend_index
from app.store.search_index import FITS, INDEX, MARKS, is_behind, rows_that_fit
from app.store.search_sources import SOURCES, Group
from app.store.sqlite import sidecars
from app.store.tables import Candidate, Colleague
from app.store.workspace import Workspace, open_workspace, read_workspace
from tests.makers import new_workspace


def found(workspace: Workspace, typed: str, group: Group = Group.PEOPLE) -> set[tuple[str, int]]:
    with workspace.read() as connection:
        return {
            (table, row)
            for fit in FITS
            for _, table, row in rows_that_fit(connection, sought(typed), group, fit, most=100)
        }


def add(workspace: Workspace, name: str, place: str = "") -> int:
    with workspace.step(Op.ADD_CANDIDATE) as step:
        return step.add(Candidate, name=name, place=place)


def marked(workspace: Workspace) -> int:
    with workspace.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {MARKS}").scalar() or 0)


def bytes_of(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in (path, *sidecars(path)) if p.exists())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path)
    index_all(made)
    return made


def test_a_step_marks_what_it_changed_and_the_index_is_told(workspace: Workspace) -> None:
    noor = add(workspace, "Noor Said", place="ns@mail.example")
    assert marked(workspace) == 1
    assert found(workspace, "noor") == set()
    index_all(workspace)
    assert marked(workspace) == 0
    assert found(workspace, "noor") == found(workspace, "sai") == found(workspace, "mail.exam") == {("candidate", noor)}
    with workspace.step(Op.EDIT_CANDIDATE) as step:
        step.edit(Candidate, noor, name="Nora Said")
    index_all(workspace)
    assert found(workspace, "nora said") == {("candidate", noor)}
    assert found(workspace, "noor said") == set()
    workspace.close()


def test_a_step_that_fails_marks_nothing(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), workspace.step(Op.ADD_CANDIDATE) as step:
        step.add(Candidate, name="Nobody")
        raise ZeroDivisionError
    assert marked(workspace) == 0
    workspace.close()


def test_it_is_told_a_few_rows_at_a_time(workspace: Workspace) -> None:
    with workspace.step(Op.IMPORT_CANDIDATES) as step:
        for number in range(30):
            step.add(Candidate, name=f"Person {number}")
    portions = 0
    while index_next(workspace, 0):
        portions += 1
        assert marked(workspace) > 0
    assert portions > 3
    assert len(found(workspace, "person")) == 30
    workspace.close()


def test_a_search_waits_no_longer_than_it_says(workspace: Workspace) -> None:
    with workspace.step(Op.IMPORT_CANDIDATES) as step:
        for number in range(3000):
            step.add(Candidate, name=f"Person {number}")
    index_all(workspace, 0)
    assert 0 < marked(workspace) < 3000
    workspace.close()


def test_what_is_being_typed_waits_and_what_was_taken_back_is_nowhere(workspace: Workspace) -> None:
    row = add(workspace, "Ada")
    index_all(workspace)
    for name in ("Ada Zyxwording", "Ada Quuxling", "Ada"):
        with workspace.step(Op.EDIT_CANDIDATE, typing=True) as step:
            step.edit(Candidate, row, name=name)
        index_all(workspace)
        assert found(workspace, "ada") == {("candidate", row)}
        assert found(workspace, name.split()[-1]) == ({("candidate", row)} if name == "Ada" else set())
    workspace.finish_typing()
    with workspace.read() as connection:
        assert is_behind(connection)
    index_all(workspace)
    path = workspace.path
    workspace.close()
    left = bytes_of(path).lower()
    assert b"ada" in left
    assert b"zyxwording" not in left
    assert b"quuxling" not in left


def test_who_is_taken_back_leaves_no_word_in_the_index(workspace: Workspace) -> None:
    added = candidate.add(workspace, NewCandidate("Zyxwording Quuxling"))
    index_all(workspace)
    assert found(workspace, "zyx") == {("candidate", added.subject)}
    undo.apply_inverse(workspace, added, Op.UNDO)
    index_all(workspace)
    assert found(workspace, "zyx") == set()
    workspace.close()
    plain = sqlite3.connect(workspace.path)
    for tail in ("_data", "_idx", "_content", "_docsize"):
        for line in plain.execute(f"SELECT * FROM {INDEX}{tail}"):
            whole = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in line)
            assert b"zyx" not in whole, tail
            assert b"quux" not in whole, tail
    plain.close()


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE {INDEX}_data SET block = x'0011' WHERE id > 10",
        f"DELETE FROM {INDEX}_data",
        f"DELETE FROM {INDEX}_content",
        f"DROP TABLE {MARKS}",
        f"DROP TABLE {INDEX}",
        f"DROP TABLE {INDEX}_config",
        f"DROP TABLE {INDEX}_data",
    ],
)
def test_a_damaged_index_is_made_anew_and_never_refused(workspace: Workspace, damage: str) -> None:
    noor = add(workspace, "Noor Said")
    index_all(workspace)
    workspace.close()
    plain = sqlite3.connect(workspace.path)
    plain.execute(damage)
    plain.commit()
    plain.close()
    assert check_file(workspace.path) == []
    again = open_workspace(workspace.path, window=True)
    add(again, "Ada Lovelace")
    mend_index(again)
    assert found(again, "noor") == {("candidate", noor)}
    assert len(found(again, "ada")) == 1
    assert check_workspace(again) == []
    again.close()


def test_codes_are_given_once() -> None:
    codes = [(source.group, source.code) for source in SOURCES]
    assert len(set(codes)) == len(codes)


def test_it_can_be_asked_by_a_reader(workspace: Workspace) -> None:
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        row = step.add(Colleague, name="Vasco Lindqvist", role="Staff engineer")
    index_all(workspace)
    reader = read_workspace(workspace.path)
    assert found(reader, "lind") == found(reader, "staff") == {("colleague", row)}
    reader.close()
    workspace.close()
