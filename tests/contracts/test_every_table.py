"""Every table says whom its rows are about, and is left out nowhere: one row of each goes through all there is.

Erasing a person will stand on it. A new table fails here until it says so, and until it is known who may see its rows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint

from app.actions.export_records import whole_left
from app.domain.operations import Op
from app.exchange.tables_folder import tables_written
from app.phrases.tables import table_words
from app.queries.tables import shown_names
from app.records.table_sight import NEVER, OPEN, RULES
from app.store.about import PEOPLE, leads, person_of
from app.store.check import check_file
from app.store.columns import Day, HistoryRow, Utc, Words, table_of
from app.store.everything_in import bring_everything
from app.store.everything_tables import moved_tables
from app.store.history import RowChange
from app.store.registry import ROWS, metadata
from app.store.search_index import TABLES_OF_INDEX
from app.store.step import Step
from app.store.tables import Colleague, Interview
from app.store.tables_growth import Assessment
from app.store.workspace import Workspace, open_workspace
from tests.actions.test_every_op_undone import BESIDE, rows
from tests.makers import new_workspace
from tests.whole import every_row, exported

BYTES = b"what a file holds"
TEXT = "marmot"
FOUND_WITH_A_CARD = {"scorecard", "rating", "note", "observed_signal", "asked_question"}
"""Of rows of a draft no history tells: that they are gone can't be seen."""


def value(table: type[HistoryRow], column: Any, at: Any) -> Any:
    """Anything that a column may hold; the first row of another table where it names one."""
    kind, choices = column.type, choices_of(table, column.name)
    if column.name == "digest":
        known = "content" in table_of(table).columns
        return hashlib.sha256(TEXT.encode() if known else BYTES).hexdigest()
    if column.foreign_keys:
        return None if next(iter(column.foreign_keys)).column.table.name == table.__tablename__ else 1
    if choices:
        return choices[0]
    if isinstance(kind, Utc):
        return at
    if isinstance(kind, Day):
        return None if column.nullable else at.date()  # who left is waited for by nobody
    if isinstance(kind, Words):
        return [TEXT]
    if kind.python_type is bool:
        return column.name == "private"
    if kind.python_type is int:
        return 1
    return None if column.nullable else TEXT


def choices_of(table: type[HistoryRow], column: str) -> list[str]:
    for check in table_of(table).constraints:
        said = str(check.sqltext) if isinstance(check, CheckConstraint) else ""
        if re.search(rf"\b{column} IN \(", said):
            return re.findall(r"'(\w+)'", said)
    return []


def add_one_of_each(step: Step) -> None:
    """A row in every table but the workspace's own, in an order in which each comes after those it names."""
    step.connection.exec_driver_sql(
        "INSERT INTO blob (digest, content) VALUES (?, ?)", (hashlib.sha256(BYTES).hexdigest(), BYTES)
    )
    for table in metadata.sorted_tables:
        if table.name in ROWS and table.name != "workspace":
            rows_, person = ROWS[table.name], person_of(table.name)
            step.about = f"{person}:1" if person in ("candidate", "member") else "workspace"
            step.add(rows_, **{c.name: value(rows_, c, step.at) for c in table.columns if c.name != "id"})


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with a row in every table, and somebody who wrote none of them: a card and an assessment of theirs
    are due."""
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.IMPORT_CANDIDATES) as step:
        add_one_of_each(step)
        step.about = "workspace"
        other = step.add(Colleague, name="Somebody else")
        step.about = "candidate:1"
        step.copy_all(Interview, interviewer_id=other)
        step.about = "member:1"
        step.copy_all(Assessment, rater_id=other)
    yield workspace
    workspace.close()


def test_every_table_says_whom_its_rows_are_about() -> None:
    for name, table in ROWS.items():
        said = table.__dict__.get("person")
        assert isinstance(said, tuple), f"{name} does not say whom its rows are about"
        if name in PEOPLE:
            assert said == ("id",), name
        for column in said:
            assert person_of(name) in PEOPLE, name
            target = leads(name)[column]
            assert person_of(target) == person_of(name), f"{name}.{column} leads to somebody else"
    assert person_of("scorecard") == "candidate"
    assert person_of("goal_action") == "member"


def test_who_is_about_nobody_names_nothing_of_a_person() -> None:
    """A row that names something of a candidate or member is about them, or the erasure of them would not reach it."""
    for name, table in ROWS.items():
        named = {key.column.table.name for key in table_of(table).foreign_keys}
        people = {person_of(of) for of in named if of in ROWS} & {"candidate", "member"}
        assert not people or person_of(name), f"{name} names a row about a {people}, and is about nobody"


def test_the_history_keeps_each_row_under_the_salt_of_whom_it_is_about(sample_copy: Path) -> None:
    """As the sample was made, and each kind of step that it has not."""
    workspace = open_workspace(sample_copy)
    for act in BESIDE:
        act(workspace)
    with workspace.read() as connection:
        query = "SELECT h.op, h.person, i.content FROM history h JOIN image i USING (number)"
        told = connection.exec_driver_sql(query).all()
    workspace.close()
    other = set()
    for op, person, content in told:
        for change in json.loads(content):
            if isinstance(change, list) and len(change) == 4 and change[0] in ROWS:
                about = person_of(change[0])
                expected = about if about in ("candidate", "member") else "workspace"
                other |= {(op, change[0], person)} if person.partition(":")[0] != expected else set()
    assert other == set()


def test_one_row_of_each_is_undone_and_done_again(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    before = rows(workspace)
    with workspace.step(Op.IMPORT_CANDIDATES) as step:
        add_one_of_each(step)
    after = rows(workspace)
    assert all(after[table] for table in ROWS)
    done = [change for change in step.report().changes if change.table != "workspace"]
    with workspace.step(Op.UNDO) as undoing:  # what undo does, once nothing stands on it that keeps it from it
        for change in reversed(done):
            undoing.put(RowChange(change.table, change.row, change.after, change.before, change.person))
    assert rows(workspace) == before
    with workspace.step(Op.REDO) as redoing:
        for change in done:
            redoing.put(change)
    assert rows(workspace) == after
    workspace.close()


def test_one_row_of_each_leaves_and_comes_back(full: Workspace, tmp_path: Path) -> None:
    with full.read() as connection:
        moved = {table.name for table in moved_tables(connection)}
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert moved == set(names) - TABLES_OF_INDEX - {"committee_ballot"}
    assert moved >= ROWS.keys()
    source = tmp_path / "all.jsonl"
    source.write_bytes(exported(full.path))
    made = bring_everything(tmp_path / "back", source)
    assert every_row(made) == every_row(full.path)
    assert all(every_row(made)[table] for table in ROWS)


def test_the_check_misses_one_row_of_each(full: Workspace, tmp_path: Path) -> None:
    full.close()
    assert check_file(full.path) == []
    content = full.path.read_bytes()
    for table in ROWS.keys() - FOUND_WITH_A_CARD - {"workspace"}:
        copy = tmp_path / "less.tenfold"
        copy.write_bytes(content)
        plain = sqlite3.connect(copy)
        plain.execute(f"DELETE FROM {table} WHERE id = 1")
        plain.commit()
        plain.close()
        assert check_file(copy) != [], table


@pytest.mark.parametrize("who", [2, None])
def test_who_may_see_one_row_of_each(full: Workspace, tmp_path: Path, who: int | None) -> None:
    """Somebody who wrote none of it sees in the tables what everybody may see, and no row more; and so does who is not
    known."""
    assert not OPEN & NEVER
    assert not OPEN & RULES.keys()
    assert ROWS.keys() >= OPEN | NEVER | RULES.keys()
    assert full.me is None
    with full.acting(who) if who is not None else nullcontext():
        whole_left(full, tables_written(full, tmp_path / "out", "csv")[0])
    for table in shown_names():
        text = (tmp_path / "out" / f"{table_words(table)[0]}.csv").read_bytes().decode("utf-8-sig")
        shown = {row["No."] for row in csv.DictReader(io.StringIO(text, newline=""))}
        assert ("1" in shown) == (table in OPEN), table
    for table in ROWS.keys() - OPEN - NEVER - RULES.keys():
        assert any(of not in OPEN for of in leads(table).values()), f"nothing says who may see {table}"
