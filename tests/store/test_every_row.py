"""`check` says "sound" only of what it compared: every column of every table is edited behind Tenfold's back, and
shows, or is counted as what no history tells of. Damaged values are named by table and row."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary

from app.store.check import check_file, compare_file
from app.store.columns import Day, Utc, Words, table_of
from app.store.compare import Compared, Why
from app.store.history_tables import History, Image, Salt, Unfinished
from app.store.registry import ROWS
from app.store.tables import Blob
from app.store.workspace import open_workspace
from tests.store.test_migrations import restored

UNTOLD = {
    ("scorecard", "started_at"),
    ("note", "timed"),
    ("observed_signal", "red"),
    ("asked_question", "question"),
    ("asked_question", "at"),
    ("asked_question", "scorecard_id"),
    ("fact", "member_id"),
    ("fact", "goal_id"),
    ("fact", "note_id"),
    ("fact", "shared"),
    ("fact", "by_id"),
    ("fact", "added_at"),
}
"""Columns of submitted cards and assessments that their digest does not cover, and no history tells of."""

NO_DIGEST = {("rating", "reason"): "score IS NULL", ("assessment_rating", "reason"): "score IS NULL"}
DECLARED = {
    "scorecard": "state <> 'draft'",
    "rating": "scorecard_id IN (SELECT id FROM scorecard WHERE state <> 'draft')",
    "note": "dimension IS NOT NULL AND scorecard_id IN (SELECT id FROM scorecard WHERE state <> 'draft')",
    "observed_signal": "scorecard_id IN (SELECT id FROM scorecard WHERE state <> 'draft')",
    "assessment": "state <> 'draft'",
    "assessment_rating": "assessment_id IN (SELECT id FROM assessment WHERE state <> 'draft')",
}
"""Where what is not yet declared lies beside what is: the rows that must show."""

TABLES = {name: table_of(rows) for name, rows in ROWS.items()}
CHAIN = {str(rows.__tablename__): table_of(rows) for rows in (History, Image, Salt, Unfinished, Blob)}


def others(table: str, column: str) -> tuple[str, ...]:
    """SQL for values a column could hold, for damaged ones, and for nothing."""
    kind = {**TABLES, **CHAIN}[table].c[column].type
    damaged = ("CAST(X'C328' AS TEXT)", "X'00'")
    if isinstance(kind, Words):
        return ("'[\"Somebody else\"]'", "'[half'", *damaged)
    if isinstance(kind, Utc):
        return ("'2019-01-01T00:00:00.000Z'", "'yesterday'", *damaged)
    if isinstance(kind, Day):
        return ("'2019-01-01'", "'2019-13-01'", *damaged)
    if isinstance(kind, Boolean):
        return (f'1 - "{column}"', "'yes'")
    if isinstance(kind, Integer):
        return (f'coalesce("{column}", 0) + 1', "'many'", "1.5")
    if isinstance(kind, LargeBinary):
        return ("X'00'",)
    return (f"""coalesce("{column}", '') || 'x'""", "7", *damaged)


def edits(path: Path) -> Iterator[tuple[str, str, int, str]]:
    """Table, column, row and another value for it, of every column of which the file has a row that tells."""
    plain = sqlite3.connect(path)
    for table, rows in sorted({**TABLES, **CHAIN}.items()):
        for column in (c.name for c in rows.columns):
            where = DECLARED.get(table, "1")
            if (table, column) in NO_DIGEST:
                where += f" AND {NO_DIGEST[table, column]}"
            row = plain.execute(f"SELECT rowid FROM {table} WHERE {where} ORDER BY rowid DESC").fetchone()
            if row is not None and column not in ("id", "number"):
                for other in others(table, column):
                    yield table, column, row[0], other
    plain.close()


def told(path: Path, table: str, column: str, row: int, other: str) -> tuple[Compared, bool]:
    """What the check says once the value is another one; and whether SQLite took it as one."""
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA ignore_check_constraints = ON")
        was = plain.execute(f'SELECT CAST("{column}" AS BLOB), typeof("{column}") FROM {table} WHERE rowid = ?', (row,))
        before = was.fetchone()
        try:
            plain.execute(f'UPDATE {table} SET "{column}" = {other} WHERE rowid = ?', (row,))
        except sqlite3.IntegrityError:  # a name that must be the only one
            return Compared(), False
        was = plain.execute(f'SELECT CAST("{column}" AS BLOB), typeof("{column}") FROM {table} WHERE rowid = ?', (row,))
        changed = was.fetchone() != before
    plain.close()
    return compare_file(path), changed


def must_tell(path: Path, copy: Path, edit: tuple[str, str, int, str]) -> None:
    table, column, *_ = edit
    shutil.copy(path, copy)
    compared, changed = told(copy, *edit)
    if not changed or compared.findings:
        return
    known = {why for (t, c, why) in compared.beside if t == table and c in ("", column)}
    if path.stem == "schema4" and Why.MIGRATED in known:
        return
    assert (table, column) in UNTOLD, edit
    assert known & {Why.UNDECLARED, Why.DRAFT}, edit


@pytest.fixture(scope="module")
def files(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample, and a file of an older schema that has what the sample has not."""
    old = restored(tmp_path_factory.mktemp("old"), 4)
    open_workspace(old).close()
    return [sample_file, old]


def test_an_edit_of_any_column_shows_or_is_counted(files: list[Path], tmp_path: Path) -> None:
    chance = random.Random(11)
    for path in files:
        for edit in chance.sample(sorted(edits(path)), 40):
            must_tell(path, tmp_path / "edited.tenfold", edit)


@pytest.mark.trial
@pytest.mark.parametrize("table", sorted({*TABLES, *CHAIN}))
def test_every_edit_of_every_column_shows_or_is_counted(files: list[Path], tmp_path: Path, table: str) -> None:
    for path in files:
        for edit in edits(path):
            if edit[0] == table:
                must_tell(path, tmp_path / "edited.tenfold", edit)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_row_that_is_gone_shows(sample_copy: Path, table: str) -> None:
    plain = sqlite3.connect(sample_copy)
    where = DECLARED.get(table, "1")
    row = plain.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY id DESC").fetchone()
    if row is None or table in ("workspace", "asked_question"):
        pytest.skip("no row that tells")
    plain.execute(f"DELETE FROM {table} WHERE id = ?", row)
    plain.commit()
    assert check_file(sample_copy), "gone"
    plain.close()


@pytest.mark.parametrize("schema", [1, 4, 5, 6, 7])
def test_files_of_every_schema_are_sound_and_say_what_an_update_filled_in(tmp_path: Path, schema: int) -> None:
    path = restored(tmp_path, schema)
    open_workspace(path).close()
    compared = compare_file(path)
    assert compared.findings == []
    assert compared.count(Why.MIGRATED) > 0 or schema in (5, 6, 7), "the sample had no row that an update filled in"


def test_the_sample_is_sound_and_only_drafts_and_undeclared_are_not_compared(sample_file: Path) -> None:
    compared = compare_file(sample_file)
    assert compared.findings == []
    assert {why for _, _, why in compared.beside} == {Why.DRAFT, Why.UNDECLARED}


def test_a_planted_row_shows(sample_copy: Path) -> None:
    plain = sqlite3.connect(sample_copy)
    plain.execute(
        "INSERT INTO approval (decision_id, position, role, answer, note) SELECT id, 9, 'CEO', 'approved', ''"
        " FROM decision"
    )
    plain.commit()
    plain.close()
    assert {f.sentence.partition(" of ")[2] for f in check_file(sample_copy)} == {
        "approval is there, but the history knows nothing of it."
    }


def test_a_flipped_byte_is_named_by_its_row_and_never_shown(sample_copy: Path) -> None:
    plain = sqlite3.connect(sample_copy)
    note, text = plain.execute("SELECT id, text FROM note WHERE dimension IS NOT NULL ORDER BY id DESC").fetchone()
    plain.execute("UPDATE note SET text = CAST(CAST(text AS BLOB) || X'FF' AS TEXT) WHERE id = ?", (note,))
    plain.commit()
    plain.close()
    said = [f.sentence for f in check_file(sample_copy)]
    assert f"Row {note} of note: “text” can’t be read." in said
    assert not any(text[:12] in sentence for sentence in said)


def test_what_one_person_erased_says_nothing_of_others(sample_copy: Path) -> None:
    """The images of somebody are gone, as after an erasure; a decision on somebody else was forged."""
    with closing(sqlite3.connect(sample_copy)) as plain:
        decided = plain.execute("SELECT person FROM history WHERE subject LIKE 'decision:1'").fetchone()[0]
        (erased,) = next(
            row
            for row in plain.execute("SELECT person FROM history WHERE op = 'add candidate' ORDER BY number DESC")
            if row[0] != decided
        )
        plain.execute("DELETE FROM image WHERE number IN (SELECT number FROM history WHERE person = ?)", (erased,))
        plain.execute("UPDATE decision SET reason = 'forged' WHERE id = 1")
        plain.commit()
    assert any("decision" in str(finding) for finding in check_file(sample_copy))


@pytest.mark.parametrize("content", ['[["decision",1,null,"abc"]]', '["x"]', "null", '[["decision",1e400,null,null]]'])
def test_an_image_of_another_form_is_a_finding(sample_copy: Path, content: str) -> None:
    with closing(sqlite3.connect(sample_copy)) as plain:
        plain.execute("UPDATE image SET content = ? WHERE number = (SELECT max(number) FROM image)", (content,))
        plain.commit()
    assert check_file(sample_copy)
