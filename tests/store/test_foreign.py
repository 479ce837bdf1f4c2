"""What Tenfold never put into a file is refused in words before anything is read: it would run."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Damaged, Refused
from app.store.check import check_file
from app.store.workspace import open_workspace, read_workspace
from tests.makers import new_workspace
from tests.store.test_migrations import restored

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"
PLANTED = {
    "trigger emptied": "CREATE TRIGGER emptied AFTER INSERT ON packet BEGIN UPDATE note SET text = ''; END",
    "view endless": f"CREATE VIEW endless AS {ENDLESS}",
    "table words": "CREATE VIRTUAL TABLE words USING fts5(text)",
    "table mine": "CREATE TABLE mine (id INTEGER PRIMARY KEY)",
}
BENT = {
    "a view in a table's place": f"DROP TABLE training; CREATE VIEW training AS {ENDLESS}",
    "a column more": "ALTER TABLE colleague ADD more TEXT NOT NULL DEFAULT ''",
    "a column worked out": "ALTER TABLE colleague ADD more TEXT AS (upper(name))",
    "a table of another kind": "ALTER TABLE training RENAME TO old; CREATE TABLE training (id INTEGER PRIMARY KEY)",
    "an index over a calculation": "DROP INDEX ix_candidate_name;"
    "CREATE INDEX ix_candidate_name ON candidate (upper(name))",
    "an index less": "DROP INDEX ix_candidate_name",
    "a table less": "DROP TABLE training",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    workspace = new_workspace(tmp_path)
    workspace.close()
    return workspace.path


def script(path: Path, commands: str) -> None:
    plain = sqlite3.connect(path)
    plain.executescript(commands)
    plain.commit()
    plain.close()


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_is_named_and_the_file_left_as_it_was(path: Path, what: str) -> None:
    script(path, PLANTED[what])
    before = path.read_bytes()
    for way in (read_workspace, open_workspace):
        with pytest.raises(Damaged, match=what):
            way(path)
    assert what in check_file(path)[0].sentence
    assert path.read_bytes() == before


@pytest.mark.parametrize("what", BENT)
def test_a_table_that_is_another_is_refused(path: Path, what: str) -> None:
    script(path, f"PRAGMA foreign_keys = OFF; {BENT[what]}")
    before = path.read_bytes()
    for way in (read_workspace, open_workspace):
        with pytest.raises(Damaged):
            way(path)
    assert path.read_bytes() == before


def test_a_check_that_was_added_or_taken_out_shows(path: Path) -> None:
    for old, new in (("id = 1", "id > 0"), ("CHECK (id = 1)", "CHECK (1)")):
        script(
            path,
            "PRAGMA writable_schema = ON;"
            f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = 'workspace';",
        )
        with pytest.raises(Damaged, match="“workspace”"):
            read_workspace(path)


@pytest.mark.parametrize("says", [1, 2, 3, 4])
def test_a_schema_number_that_says_less_than_the_tables_hold_ends_in_words(path: Path, says: int) -> None:
    script(path, f"PRAGMA user_version = {says}")
    before = path.read_bytes()
    with pytest.raises(Refused, match=f"says schema {says}|never put there"):
        open_workspace(path)
    assert path.read_bytes() == before


def test_a_planted_trigger_never_runs_in_an_update_of_an_old_file(tmp_path: Path) -> None:
    path = restored(tmp_path, 1)
    script(path, "CREATE TRIGGER emptied AFTER UPDATE ON interview BEGIN UPDATE note SET text = ''; END")
    before = path.read_bytes()
    with pytest.raises(Damaged, match="trigger emptied"):
        open_workspace(path, backups=tmp_path / "data")
    assert path.read_bytes() == before


def test_two_commands_that_update_one_old_file_at_once_both_end_in_words(tmp_path: Path) -> None:
    """Each command is a process that has read the old number; what the second finds is up to date."""
    path = restored(tmp_path, 4)
    code = "import sys; from app.__main__ import main; sys.exit(main(sys.argv[1:]))"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, "backup", str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"TENFOLD_DATA": str(tmp_path / "data"), "HOME": str(tmp_path), "PATH": ""},
        )
        for _ in range(3)
    ]
    for process in both:
        out, err = process.communicate()
        assert "Traceback" not in err, err
        assert process.returncode in (0, 1), err
        assert out or err
    assert check_file(path) == []


def test_a_file_that_was_updated_meanwhile_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two commands have both seen schema 4; the other one was first."""
    from app.store import migrate

    path = restored(tmp_path, 4)
    upgrade = migrate.upgrade

    def second(file: Path, schema: int, backups: Path | None) -> None:
        upgrade(file, schema, None)
        upgrade(file, schema, backups)

    monkeypatch.setattr(migrate, "upgrade", second)
    open_workspace(path).close()
    assert check_file(path) == []
