"""What SQLite can not do becomes a sentence by its result code. Each failure here is a real one."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.errors import Busy, Damaged, ReadOnly, Refused
from app.store import sqlite
from app.store.sqlite_errors import DriverError
from tests.makers import new_workspace
from tests.samples import sample_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    workspace = new_workspace(tmp_path)
    workspace.close()
    return workspace.path


@contextlib.contextmanager
def opened(path: Path, *, writing: bool = True) -> Iterator[Connection]:
    """A transaction on a file; what fails in it is told in words."""
    engine = sqlite.connect(path, writing=writing)
    try:
        with sqlite.transaction(engine, path) as connection:
            yield connection
    finally:
        engine.dispose()


def add_colleagues(connection: Connection, many: int) -> None:
    for _ in range(many):
        connection.execute(text("INSERT INTO colleague (name, mail, role) VALUES (hex(zeroblob(2000)), '', '')"))


def test_a_file_another_command_is_writing_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT_MS", 20)
    with opened(path), pytest.raises(Busy, match="another window or command"), opened(path):
        pass


def test_a_write_through_a_connection_that_only_reads_is_read_only(path: Path) -> None:
    with pytest.raises(ReadOnly, match="is read-only"), opened(path, writing=False) as connection:
        add_colleagues(connection, 1)


def test_a_file_that_is_no_database_is_damaged(path: Path) -> None:
    path.write_bytes(b"Dear hiring team, " * 400)
    with pytest.raises(Damaged, match="is damaged"), opened(path):
        pass


def test_a_page_that_was_overwritten_is_damage(path: Path) -> None:
    with opened(path) as connection:
        add_colleagues(connection, 20)
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'colleague'")).scalar_one()
        size = sqlite.pragma(connection, "page_size")
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(content)
    with pytest.raises(Damaged, match="is damaged"), opened(path) as connection:
        connection.execute(text("SELECT count(name) FROM colleague")).all()


def test_a_full_disk_is_said_to_be_one(path: Path) -> None:
    with pytest.raises(ReadOnly, match="may be full or failing"), opened(path) as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {sqlite.pragma(connection, 'page_count')}")
        add_colleagues(connection, 50)


def test_a_write_the_system_refuses_is_said_to_be_a_failing_disk(path: Path) -> None:
    """The system lets no file grow past a limit: SQLite finds that its write failed."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(ReadOnly, match="may be full or failing"), opened(path) as connection:
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
            add_colleagues(connection, 50)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_in_a_folder_that_is_gone_could_not_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly, match="could not be opened"), opened(tmp_path / "gone" / "a.tenfold"):
        pass


def test_a_text_that_is_no_utf_8_is_damage_and_is_not_repeated(path: Path) -> None:
    with opened(path) as connection:
        connection.execute(
            text("INSERT INTO colleague (name, mail, role) VALUES (CAST(x'5365637265FF' AS TEXT), '', '')")
        )
    with pytest.raises(Damaged, match="can’t be read") as told, opened(path) as connection:
        connection.execute(text("SELECT name FROM colleague")).all()
    assert "Secre" not in str(told.value)


def test_a_value_larger_than_any_can_be_is_damage(path: Path) -> None:
    with pytest.raises(Damaged, match="too big"), opened(path) as connection:
        connection.execute(text("SELECT zeroblob(2147483647)")).all()


def test_a_row_that_others_point_to_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="depends on it"), opened(sample_in(tmp_path)) as connection:
        connection.execute(text("DELETE FROM candidate"))


def test_a_row_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="depends on it"), opened(sample_in(tmp_path)) as connection:
        connection.execute(text("UPDATE application SET candidate_id = :nobody WHERE id = 1"), {"nobody": 10**6})


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO colleague (id, name, mail, role) SELECT id, name, mail, role FROM colleague",
        "UPDATE colleague SET name = NULL",
        "UPDATE application SET outcome = 'perhaps'",
    ],
)
def test_another_constraint_that_breaks_is_a_bug_and_stays_one(tmp_path: Path, statement: str) -> None:
    with pytest.raises(DriverError, match="constraint"), opened(sample_in(tmp_path)) as connection:
        connection.execute(text(statement))


def test_looking_closer_leaves_nothing_behind(tmp_path: Path) -> None:
    """Who goes on after a refused statement commits nothing of it, and foreign keys hold as before."""
    path = sample_in(tmp_path)
    with opened(path) as connection:
        for _ in range(2):
            with pytest.raises(Refused):
                connection.execute(text("DELETE FROM candidate"))
    with opened(path) as connection:
        assert connection.execute(text("SELECT count(*) FROM candidate")).scalar_one() > 0
        assert sqlite.integrity(connection) == []


@pytest.mark.parametrize("change", ["DROP TABLE colleague", "ALTER TABLE colleague DROP COLUMN role"])
def test_a_table_that_is_gone_or_lacks_a_column_is_damage(path: Path, change: str) -> None:
    plain = sqlite3.connect(path)
    plain.executescript(f"PRAGMA foreign_keys = OFF; {change}")
    plain.close()
    with pytest.raises(Damaged, match="is damaged"), opened(path) as connection:
        connection.execute(text("SELECT role FROM colleague")).all()


@pytest.mark.parametrize("statement", ["SELEC 1", "SELECT rolle FROM colleague", "SELECT 1 FROM colleges"])
def test_a_wrong_statement_on_a_whole_file_is_a_bug_and_stays_one(path: Path, statement: str) -> None:
    with pytest.raises(DriverError), opened(path) as connection:
        connection.execute(text(statement))


@pytest.mark.trial
def test_locks_that_are_never_let_go_are_said_to_be_none(path: Path) -> None:
    """A log whose index is torn while another one holds its lock: SQLite tries for ten seconds, then gives up."""
    engine = sqlite.connect(path, writing=True)
    sqlite.begin_log(engine, path)
    with sqlite.transaction(engine, path) as connection:
        add_colleagues(connection, 1)
        with path.with_name(path.name + "-shm").open("rb+", buffering=0) as index:
            whole = index.read(48)
            index.seek(0)
            index.write(b"\xff" * 48)
            with pytest.raises(ReadOnly, match="keeps no locks"), opened(path, writing=False) as other:
                other.execute(text("SELECT count(*) FROM colleague")).all()
            index.seek(0)
            index.write(whole)
    engine.dispose()
