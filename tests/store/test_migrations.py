"""The shipped migrations in a row make the schema a new file gets."""

import json
import lzma
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.domain import contact
from app.errors import ReadOnly
from app.store import create, schema, shape, sqlite
from app.store.backup_folder import backups_of, list_backups
from app.store.check import check_workspace
from app.store.header import read_header
from app.store.migrate import migrate_to_newest
from app.store.migrations import STEPS, m0008_pipelines
from app.store.schema import build
from app.store.workspace import open_workspace, read_workspace
from tests.makers import new_workspace

ROOT = Path(__file__).resolve().parents[2]
WITH_INDEX = 8  # from this schema on a file has an index of words, which the dumps leave out


def shape_in(path: Path) -> dict[str, object]:
    plain = sqlite3.connect(path)
    tables = [
        r[0] for r in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    found: dict[str, object] = {}
    for table in sorted(tables):
        columns = [
            (r[1], r[2].replace("VARCHAR", "TEXT"), r[3], r[5]) for r in plain.execute(f"PRAGMA table_info({table})")
        ]
        keys = sorted((r[2], r[3], r[4]) for r in plain.execute(f"PRAGMA foreign_key_list({table})"))
        indexes = sorted((r[1], r[2], r[3]) for r in plain.execute(f"PRAGMA index_list({table})"))
        checks = plain.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0].count("CHECK")
        found[table] = (columns, keys, indexes, checks)
    plain.close()
    return found


def test_migrated_equals_new(tmp_path: Path) -> None:
    old = tmp_path / "old.tenfold"
    engine = sqlite.connect(old, writing=True, creating=True)
    with engine.begin() as connection:
        sqlite.mark(connection, 0)
    engine.dispose()
    migrate_to_newest(old, 0)
    new = tmp_path / "new.tenfold"
    engine = sqlite.connect(new, writing=True, creating=True)
    with engine.begin() as connection:
        build(connection)
    engine.dispose()
    assert shape_in(old) == shape_in(new)


def digest_in(path: Path, *, leave_out: str = "(?!)") -> str:
    """The digest of a file's schema, without what the pattern finds in the tables of the history."""
    plain = sqlite3.connect(path)
    rows = plain.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    plain.close()
    history = ("history", "image", "salt", "unfinished")
    return shape.digest([(*r[:3], re.sub(leave_out, "", r[3]) if r[1] in history else r[3]) for r in rows])


def test_a_file_as_it_is_made_is_known_by_its_digest(tmp_path: Path) -> None:
    """Whoever changes the schema puts these digests in the place of those before."""
    new = new_workspace(tmp_path)
    new.close()
    older = restored(tmp_path, sqlite.SCHEMA - 1)
    open_workspace(older, backups=tmp_path / "data").close()
    found = (digest_in(new.path), digest_in(new.path, leave_out=r"CONSTRAINT [pf]k_\w+ "), digest_in(older))
    assert found == shape.AS_MADE[sqlite.SCHEMA]


def test_the_names_of_keys_do_not_depend_on_what_is_imported_first() -> None:
    code = "from app.store.history_tables import Salt; print(Salt.__table__.primary_key.name)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "pk_salt"


def add_a_column(op: Operations) -> None:
    with op.batch_alter_table("colleague") as table:
        table.add_column(sa.Column("team", sa.Text(), nullable=False, server_default=""))


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A program of the next schema: what it makes is what its migrations make."""
    number = sqlite.SCHEMA + 1
    shape._made.cache_clear()
    monkeypatch.setattr(sqlite, "SCHEMA", number)
    monkeypatch.setattr(create, "build", lambda connection: schema.run_migrations(connection, 0, number))
    yield number
    shape._made.cache_clear()


def fail_halfway(op: Operations) -> None:
    add_a_column(op)
    raise RuntimeError


@pytest.fixture
def last_file(tmp_path: Path) -> Path:
    """A workspace of this schema."""
    workspace = new_workspace(tmp_path)
    workspace.close()
    return workspace.path


def test_an_older_file_is_backed_up_and_migrated(
    tmp_path: Path, last_file: Path, next_schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STEPS, next_schema, add_a_column)
    with pytest.raises(ReadOnly, match="older"):
        read_workspace(last_file)
    opened = open_workspace(last_file, backups=tmp_path / "data")
    key = opened.settings.key
    opened.close()
    assert len(list_backups(backups_of(tmp_path / "data", key))) == 1
    assert "team" in [c[0] for c in shape_in(last_file)["colleague"][0]]  # type: ignore[index]
    assert read_header(last_file).schema == next_schema


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, last_file: Path, next_schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = last_file.read_bytes()
    monkeypatch.setitem(STEPS, next_schema, fail_halfway)
    with pytest.raises(RuntimeError):
        open_workspace(last_file, backups=tmp_path / "data")
    assert last_file.read_bytes() == before


def restored(folder: Path, schema: int) -> Path:
    """A workspace as that schema wrote it."""
    path = folder / f"schema{schema}.tenfold"
    plain = sqlite3.connect(path)
    plain.executescript(lzma.decompress((Path(__file__).parent / f"schema{schema}.sql.xz").read_bytes()).decode())
    plain.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
    plain.execute(f"PRAGMA user_version = {schema}")
    plain.close()
    if schema >= WITH_INDEX:
        engine = sqlite.connect(path, writing=True)
        with engine.begin() as connection:
            for statement in m0008_pipelines.INDEX:
                connection.exec_driver_sql(statement)
        engine.dispose()
    return path


def written_by_the_first_version(folder: Path) -> Path:
    """A workspace as schema 1 wrote it: a decided application with dissent, one with a draft, a candidate undone."""
    return restored(folder, 1)


def test_a_file_of_the_first_version_keeps_everything_and_goes_on(tmp_path: Path) -> None:
    path = written_by_the_first_version(tmp_path)
    plain = sqlite3.connect(path)
    kept_columns = {
        "candidate": "id, name, now_at, place, came_by, can_start, kept_until",
        **dict.fromkeys(("scorecard", "rating", "note", "dissent", "stage_entry"), "*"),
    }
    kept = {
        table: plain.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()
        for table, columns in kept_columns.items()
    }
    history = plain.execute("SELECT * FROM history ORDER BY number").fetchall()
    counters = dict(plain.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    plain.close()

    workspace = open_workspace(path, backups=tmp_path / "data")
    assert check_workspace(workspace) == []
    with workspace.read() as connection:
        for table, rows in kept.items():
            now = connection.exec_driver_sql(f"SELECT {kept_columns[table]} FROM {table} ORDER BY id").all()
            assert [tuple(r)[: len(rows[0])] for r in now] == rows, table
        assert [tuple(r) for r in connection.exec_driver_sql("SELECT * FROM history ORDER BY number").all()] == history
        now_counted = {str(n): int(s) for n, s in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}
        assert {k: now_counted[k] for k in counters} == counters
        assert connection.exec_driver_sql("SELECT count(*) FROM plan").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM interview WHERE dimensions = '[]'").scalar() == 0
    added = candidate.add(workspace, NewCandidate("Noor Said"), 1)
    assert added.subject == counters["candidate"] + 1, "the undone candidate's number is not given again"
    workspace.close()


def test_sessions_and_check_ins_of_schema_3_get_what_schema_4_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A begun session keeps level and manager as they are found, one in preparation none; a check-in its day."""
    old = tmp_path / "third.tenfold"
    engine = sqlite.connect(old, writing=True, creating=True)
    with engine.begin() as connection:
        sqlite.mark(connection, 0)
    engine.dispose()
    with monkeypatch.context() as third:
        third.setattr(sqlite, "SCHEMA", 3)
        migrate_to_newest(old, 0)
    plain = sqlite3.connect(old)
    stamp = "2026-03-12T09:00:00.000Z"
    plain.executescript(f"""
        INSERT INTO colleague (id, name, mail, role) VALUES (1, 'Ruth', '', ''), (2, 'Anders', '', '');
        INSERT INTO guide_version (id, name, version, source, reason, digest, content, made_at)
            VALUES (1, 'Guide', 1, '', '', 'd', '', '{stamp}');
        INSERT INTO member (id, colleague_id, guide_id, level, manager_id, started_on, variant, onboarding_goals)
            VALUES (1, 2, 1, 'MLE3', 1, '2026-01-01', '', '[]');
        INSERT INTO cycle (id, name, guide_id, state, seed, started_at, start_reason, reopen_reason, made_at) VALUES
            (1, 'Held', 1, 'closed', 0, '{stamp}', '', '', '{stamp}'),
            (2, 'To come', 1, 'open', 0, NULL, '', '', '{stamp}');
        INSERT INTO proposal (id, cycle_id, member_id, target, anchor, note, draft) VALUES
            (1, 1, 1, 'MLE4', 0, '', ''), (2, 2, 1, 'MLE4', 0, '', '');
        INSERT INTO growth_plan (id, member_id, guide_id, private_note, made_at) VALUES (1, 1, 1, '', '{stamp}');
        INSERT INTO growth_talk (id, member_id, plan_id, due_on, prepared, said, private_note) VALUES
            (1, 1, NULL, '2026-01-08', '[]', '', ''), (2, 1, NULL, '2026-02-02', '[]', '', ''),
            (3, 1, NULL, '2027-01-01', '[]', '', ''), (4, 1, 1, '2026-01-08', '[]', '', ''),
            (5, 1, NULL, NULL, '[]', '', '');
    """)
    plain.commit()
    plain.close()
    migrate_to_newest(old, 3)
    plain = sqlite3.connect(old)
    kept = plain.execute("SELECT id, level, manager_id FROM proposal ORDER BY id").fetchall()
    days = dict(plain.execute("SELECT id, day FROM growth_talk ORDER BY id").fetchall())
    plain.close()
    assert kept == [(1, "MLE3", 1), (2, "", None)]
    assert days == {1: 7, 2: 30, 3: 365, 4: None, 5: None}


def written_by_schema_4(folder: Path) -> Path:
    """A workspace as schema 4 wrote it: a form brought in and amended once the cards were open, an approval, an
    application reopened and closed again, two assessments, a plan and a check-in with notes of two people."""
    return restored(folder, 4)


def test_a_file_of_schema_4_says_no_more_than_it_knew(tmp_path: Path) -> None:
    path = written_by_schema_4(tmp_path)
    workspace = open_workspace(path, backups=tmp_path / "data")
    assert check_workspace(workspace) == []

    def rows(query: str) -> list[tuple[object, ...]]:
        with workspace.read() as connection:
            return [tuple(r) for r in connection.exec_driver_sql(query).all()]

    untimed = rows(
        "SELECT DISTINCT author_id, amends_id IS NOT NULL FROM note JOIN scorecard ON scorecard.id = "
        "scorecard_id WHERE NOT timed ORDER BY 2"
    )
    assert untimed == [(2, 0), (2, 1)], "the form's lines, also where an amendment took them over"
    assert rows("SELECT text FROM note WHERE timed AND text LIKE 'Said so%'") == [("Said so on the phone.",)]
    assert rows("SELECT rater_id, relation FROM assessment ORDER BY id") == [(1, "manager"), (2, "not_said")]
    assert rows("SELECT colleague_id, recorded_by_id, recorded_at IS NULL FROM approval WHERE answer IS NOT NULL") == [
        (3, 1, 0)
    ]
    assert rows("SELECT outcome, reason, by_id, reopened_at IS NULL, reopened_by_id FROM closing ORDER BY id") == [
        ("rejected", "No answer.", 1, 0, 1),
        ("withdrawn", "Took another job.", 1, 1, None),
    ]
    assert rows("SELECT plan_id IS NULL, author_id, text FROM own_note ORDER BY id") == [
        (0, 1, "Mine alone."),
        (1, 2, "Tired today."),
    ]
    workspace.close()


def test_what_schema_7_knew_of_a_person_becomes_rows(tmp_path: Path) -> None:
    path = restored(tmp_path, 7)
    plain = sqlite3.connect(path)
    before = {c: (m, p) for c, m, p in plain.execute("SELECT id, mail, phone FROM candidate")}
    why = plain.execute("SELECT id, reason FROM closing ORDER BY id").fetchall()
    plain.close()
    workspace = open_workspace(path, backups=tmp_path / "data")
    assert check_workspace(workspace) == []

    def rows(query: str) -> list[tuple[object, ...]]:
        with workspace.read() as connection:
            return [tuple(r) for r in connection.exec_driver_sql(query).all()]

    last = max(before)
    contacts = {
        (c, way): (value, folded)
        for c, way, value, folded in rows("SELECT candidate_id, way, value, folded FROM contact ORDER BY id")
    }
    assert {k: v[0] for k, v in contacts.items()} == {
        (c, way): value
        for c, known in before.items()
        for way, value in zip(("mail", "phone"), known, strict=True)
        if value
    } | {(last, "mail"): "B@Example.org"}
    assert rows(f"SELECT value, folded FROM contact WHERE candidate_id = {last} AND way = 'mail'") == [
        ("a@example.org", "a@example.org"),
        ("B@Example.org", "b@example.org"),
    ]
    assert contacts[last, "phone"] == ("0047 20 30 40 50", "+4720304050")
    assert all(
        folded == contact.folded(contact.ContactKind(str(way)), str(value))
        for (_, way), (value, folded) in contacts.items()
    )
    assert rows("SELECT DISTINCT source, referred_by, language FROM candidate") == [("not_said", "", "")]
    assert rows("SELECT id, reason, side, why FROM closing ORDER BY id") == [(*c, "not_said", "") for c in why]
    workspace.close()


def test_what_was_being_typed_in_schema_7_keeps_what_was_before(tmp_path: Path) -> None:
    path = restored(tmp_path, 7)
    plain = sqlite3.connect(path)
    plain.row_factory = sqlite3.Row
    row = dict(plain.execute("SELECT * FROM candidate WHERE id = 24").fetchone())
    plain.execute(
        "INSERT INTO unfinished (table_name, row_id, before, person, op, who, touched_at) VALUES"
        " ('candidate', 24, ?, 'candidate:24', 'edit candidate', 1, '2026-03-12T09:00:00.000Z')",
        (json.dumps(row),),
    )
    plain.execute("UPDATE candidate SET mail = 'new@example.org', place = 'Lisbon' WHERE id = 24")
    plain.commit()
    plain.close()
    workspace = open_workspace(path, backups=tmp_path / "data")
    workspace.finish_typing()
    with workspace.read() as connection:
        said = (
            connection.exec_driver_sql(
                "SELECT content FROM image JOIN history USING (number) WHERE history.person = 'candidate:24'"
                " ORDER BY number DESC LIMIT 2"
            )
            .scalars()
            .all()
        )
    assert check_workspace(workspace) == []
    workspace.close()
    changes = {table: (before, after) for text in said for table, _, before, after in json.loads(text)}
    assert changes["contact"][0]["value"] == row["mail"]
    assert changes["contact"][1]["value"] == "new@example.org"
    before, after = changes["candidate"]
    assert {name for name in after if before[name] != after[name]} == {"place"}


def test_what_schema_8_cancelled_has_been_closed_once(tmp_path: Path) -> None:
    path = restored(tmp_path, 8)
    plain = sqlite3.connect(path)
    cancelled = plain.execute("SELECT id, cancelled_on FROM opening WHERE cancelled_on IS NOT NULL").fetchall()
    plain.close()
    assert len(cancelled) == 1
    workspace = open_workspace(path, backups=tmp_path / "data")
    assert check_workspace(workspace) == []
    with workspace.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT opening_id, closed_on, how, reason, by_id, reopened_on FROM opening_closing"
        ).all()
    assert [tuple(row) for row in found] == [(*cancelled[0], "cancelled", "No budget.", None, None)]
    workspace.close()
