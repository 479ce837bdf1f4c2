"""Versions of a leveling guide: with the pack, by edit, and in a file of an older program."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.actions import guide as keeping
from app.actions import rubric
from app.domain.guide import Guide, guide_of_pack
from app.errors import NotFound, Refused
from app.exchange.new_workspace import make_new
from app.exchange.packs import load_pack
from app.queries.guide import guide_at, guide_facts, guide_rows
from app.queries.plain_lists import guides
from app.resources import packs
from app.store import sqlite
from app.store.check import check_file
from app.store.migrate import migrate_to_newest
from app.store.workspace import Workspace, open_workspace
from tests.makers import new_workspace

PACK = load_pack(packs() / "ml-engineering-manager")
SHIPPED = guide_of_pack(PACK)


def edited(guide: Guide, scope: str) -> Guide:
    level = guide.level("M1").model_copy(update={"scope": scope})
    return guide.model_copy(update={"levels": tuple(level if x.id == "M1" else x for x in guide.levels)})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path)
    rubric.adopt(made, PACK)
    return made


def test_an_adopted_pack_brings_its_guide_once(workspace: Workspace) -> None:
    first = rubric.adopt(workspace, PACK)
    assert first.subject == 1
    assert first.changes == ()
    (row,) = guide_rows(workspace)
    assert (row.name, row.version, row.newest, row.levels, row.dimensions) == (SHIPPED.name, 1, True, 8, 10)
    assert row.source == "pack ml-engineering-manager 1.0"
    assert guide_at(workspace, row.id) == SHIPPED
    workspace.close()
    assert check_file(workspace.path) == []


def test_a_new_workspace_has_the_guide_from_the_start(tmp_path: Path) -> None:
    opened = open_workspace(make_new(tmp_path / "new"))
    assert [r.version for r in guide_rows(opened)] == [1]
    opened.close()


def test_an_edit_is_a_new_version_with_its_reason_and_the_old_one_stays(workspace: Workspace) -> None:
    later = edited(SHIPPED, "Two teams")
    done = keeping.revise(workspace, 1, later, " Teams have grown ")
    assert "M1" in done.words
    assert guide_at(workspace, 1) == SHIPPED
    assert guide_at(workspace, done.subject) == later
    rows = guide_rows(workspace)
    assert [(r.version, r.newest, r.reason) for r in rows] == [(1, False, ""), (2, True, "Teams have grown")]
    back = keeping.revise(workspace, done.subject, SHIPPED, "It was too early")
    assert [r.version for r in guide_rows(workspace)] == [1, 2, 3]
    assert guide_at(workspace, back.subject) == SHIPPED
    workspace.close()
    assert check_file(workspace.path) == []


def test_what_is_no_new_version_is_refused(workspace: Workspace) -> None:
    later = edited(SHIPPED, "Two teams")
    with pytest.raises(Refused, match="needs its reason"):
        keeping.revise(workspace, 1, later, "  ")
    with pytest.raises(Refused, match="Nothing was changed"):
        keeping.revise(workspace, 1, SHIPPED, "because")
    with pytest.raises(Refused, match="keeps its guide’s name"):
        keeping.revise(workspace, 1, later.model_copy(update={"name": "Other"}), "because")
    keeping.revise(workspace, 1, later, "because")
    with pytest.raises(Refused, match="no longer the newest"):
        keeping.revise(workspace, 1, edited(SHIPPED, "Three teams"), "because")
    with pytest.raises(NotFound):
        keeping.revise(workspace, 99, later, "because")
    assert len(guide_rows(workspace)) == 2


def test_another_guide_stands_beside_and_is_not_kept_twice(workspace: Workspace) -> None:
    other = SHIPPED.model_copy(update={"name": "Operations"})
    first = keeping.adopt(workspace, other, "operations.yml")
    again = keeping.adopt(workspace, other, "operations.yml")
    assert (again.subject, again.changes) == (first.subject, ())
    assert [(g["name"], g["version"], g["newest"]) for g in guides(workspace)] == [
        (SHIPPED.name, 1, True),
        ("Operations", 1, True),
    ]


def test_a_guide_that_left_is_in_the_history(workspace: Workspace) -> None:
    facts = guide_facts(workspace, 1)
    assert (facts.version, facts.guide, facts.paper) == (1, SHIPPED, "A4")
    before = len(history(workspace))
    keeping.guide_left(workspace, 1, "0123456789ab", "f" * 64)
    assert len(history(workspace)) == before + 1
    assert history(workspace)[-1] == ("export packet", "guide_version:1")
    with pytest.raises(NotFound):
        guide_facts(workspace, 99)
    with pytest.raises(NotFound):
        keeping.guide_left(workspace, 99, "0", "0")


def history(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.read() as connection:
        return [
            (r[0], r[1]) for r in connection.exec_driver_sql("SELECT op, subject FROM history ORDER BY number").all()
        ]


def test_a_file_of_an_older_program_gets_its_guide_when_it_is_migrated(tmp_path: Path, workspace: Workspace) -> None:
    workspace.close()
    adopted = (
        sqlite3.connect(workspace.path)
        .execute("SELECT id, pack, version, digest, content, adopted_at FROM rubric_version")
        .fetchall()
    )
    old = tmp_path / "old.tenfold"
    engine = sqlite.connect(old, writing=True, creating=True)
    with engine.begin() as connection:
        sqlite.mark(connection, 0)
    engine.dispose()
    newest = sqlite.SCHEMA
    try:
        sqlite.SCHEMA = 2
        migrate_to_newest(old, 0)
    finally:
        sqlite.SCHEMA = newest
    plain = sqlite3.connect(old)
    (first,) = adopted
    marks = ", ".join("?" for _ in first)
    plain.execute(f"INSERT INTO rubric_version VALUES ({marks})", first)
    plain.execute(f"INSERT INTO rubric_version VALUES ({marks})", (2, *first[1:3], "digest 2", "{}", first[5]))
    plain.commit()
    plain.close()
    migrate_to_newest(old, 2)
    plain = sqlite3.connect(old)
    rows = plain.execute("SELECT name, version, source, reason, content, by_id FROM guide_version").fetchall()
    plain.close()
    assert rows == [(SHIPPED.name, 1, "pack ml-engineering-manager 1.0", "", SHIPPED.canonical_text(), None)]
