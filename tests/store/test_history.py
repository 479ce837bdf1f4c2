"""The chain: it holds, it shows changes, it survives erasing a person, and typing enters it once."""

import sqlite3
from pathlib import Path

import pytest

from app.domain.operations import Op
from app.store.check import check_file, check_workspace
from app.store.tables import Candidate, Colleague
from app.store.workspace import Workspace, open_workspace
from tests.makers import Clock, new_workspace


def filled(folder: Path) -> Workspace:
    workspace = new_workspace(folder)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Ruth Amadi")
    for n in (1, 2):
        with workspace.step(Op.ADD_CANDIDATE, about=f"candidate:{n}") as step:
            step.add(Candidate, name=f"Person {n}")
            step.add(Candidate, name=f"Twin of {n}")
    return workspace


def history(path: Path) -> list[sqlite3.Row]:
    plain = sqlite3.connect(path)
    plain.row_factory = sqlite3.Row
    rows = plain.execute("SELECT * FROM history LEFT JOIN image USING (number) ORDER BY number").fetchall()
    plain.close()
    return rows


def test_the_chain_holds(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    assert check_workspace(workspace) == []
    workspace.close()
    assert check_file(workspace.path) == []
    rows = history(workspace.path)
    assert [r["person"] for r in rows] == ["workspace", "workspace", "candidate:1", "candidate:2"]
    assert "Person 1" in rows[2]["content"]
    assert not any("Person" in str(r[key]) for r in rows for key in ("digest", "hash", "subject", "op"))


@pytest.mark.parametrize(
    "scribble",
    [
        "UPDATE history SET at = '2020-01-01T00:00:00.000Z' WHERE number = 2",
        "UPDATE history SET digest = replace(digest, 'a', 'b') WHERE number = 3",
        "UPDATE image SET content = replace(content, 'Person 1', 'Person 9') WHERE number = 3",
        "DELETE FROM history WHERE number = 2",
        "DELETE FROM history WHERE number = 4",
        "UPDATE history SET hash = previous WHERE number = 1",
    ],
)
def test_changes_show(tmp_path: Path, scribble: str) -> None:
    workspace = filled(tmp_path)
    workspace.close()
    plain = sqlite3.connect(workspace.path)
    plain.execute(scribble)
    plain.commit()
    plain.close()
    assert check_file(workspace.path)


def test_erasing_a_person_leaves_the_chain_verifiable(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    workspace.close()
    plain = sqlite3.connect(workspace.path)
    plain.execute("DELETE FROM image WHERE number IN (SELECT number FROM history WHERE person = 'candidate:1')")
    plain.execute("DELETE FROM salt WHERE person = 'candidate:1'")
    plain.commit()
    plain.close()
    assert check_file(workspace.path) == []


def test_one_step_about_two_people_is_two_rows(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.IMPORT_CANDIDATES) as step:
        for n in (1, 2, 1):
            step.about = f"candidate:{n}"
            step.add(Candidate, name=str(n))
    workspace.close()
    rows = history(workspace.path)[1:]
    assert [(r["person"], r["step"]) for r in rows] == [("candidate:1", 2), ("candidate:2", 2)]


def test_typing_enters_once_when_the_field_is_left(tmp_path: Path) -> None:
    clock = Clock()
    workspace = new_workspace(tmp_path, clock=clock)
    with workspace.step(Op.ADD_CANDIDATE, about="candidate:1") as step:
        row = step.add(Candidate, name="A")
    for name in ("An", "Ann", "Anna"):
        with workspace.step(Op.EDIT_CANDIDATE, about="candidate:1", typing=True) as step:
            step.edit(Candidate, row, name=name)
        clock.turn(seconds=20)
    workspace.finish_typing(rested_only=True)
    with workspace.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM history").scalar()
    assert count == 2, "it has not rested for 60 s"
    clock.turn(seconds=50)
    workspace.finish_typing(rested_only=True)
    with workspace.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM history").scalar()
    assert count == 3
    workspace.close()
    last = history(workspace.path)[-1]
    assert last["op"] == "edit candidate"
    assert '{"name":"A"},{"name":"Anna"}' in last["content"]


def test_typing_survives_a_kill(tmp_path: Path) -> None:
    """The state before the typing lies in the file: the next window finishes the entry."""
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_CANDIDATE, about="candidate:1") as step:
        row = step.add(Candidate, name="A")
    with workspace.step(Op.EDIT_CANDIDATE, about="candidate:1", typing=True) as step:
        step.edit(Candidate, row, name="Anna")
    workspace.engine.dispose()
    again = open_workspace(workspace.path, window=True)
    again.close()
    assert '{"name":"A"},{"name":"Anna"}' in history(workspace.path)[-1]["content"]
    assert check_file(workspace.path) == []


def test_a_finished_change_starts_where_the_typing_started(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_CANDIDATE, about="candidate:1") as step:
        row = step.add(Candidate, name="A")
    with workspace.step(Op.EDIT_CANDIDATE, about="candidate:1", typing=True) as step:
        step.edit(Candidate, row, name="An")
    with workspace.step(Op.EDIT_CANDIDATE, about="candidate:1") as step:
        step.edit(Candidate, row, name="Anna")
    workspace.close()
    rows = history(workspace.path)
    assert len(rows) == 3
    assert '{"name":"A"},{"name":"Anna"}' in rows[-1]["content"]
