"""Everything leaves and comes back: into an equal file, or into none."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.actions.everything import everything_written
from app.actions.export_records import whole_left
from app.domain.operations import Op
from app.errors import Damaged, Refused
from app.queries.search import search
from app.store import sqlite
from app.store.check import check_file
from app.store.everything_in import bring_everything
from app.store.everything_lines import NotRead, cells_in
from app.store.history import verify
from app.store.migrate import migrate_to_newest
from app.store.workspace import open_workspace, read_workspace
from tests.store.test_migrations import restored
from tests.whole import every_row, exported


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_sample_comes_back_equal_and_leaves_as_the_same_bytes(sample_copy: Path, tmp_path: Path) -> None:
    source = tmp_path / "all.jsonl"
    before = every_row(sample_copy)
    workspace = open_workspace(sample_copy)
    written = everything_written(workspace, source)
    assert not source.exists(), "it has its name once it is recorded that it leaves"
    assert whole_left(workspace, written).op is Op.COPY_FILE
    workspace.close()
    assert source.stat().st_mode & 0o777 == 0o600
    told: list[float] = []
    made = bring_everything(tmp_path / "new", source, told.append)
    assert made.name == "new.tenfold"
    assert made.stat().st_mode & 0o777 == 0o600
    assert every_row(made) == before, "it is equal to what was there before the record"
    assert len(before["blob"]) > 0
    assert before["sqlite_sequence"]
    assert check_file(made) == []
    assert exported(made) == source.read_bytes()
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] <= 1
    assert left_in(tmp_path) == ["all.jsonl", "new.tenfold", "sample.tenfold"]


def test_words_are_found_in_it(sample_copy: Path, tmp_path: Path) -> None:
    source = tmp_path / "all.jsonl"
    source.write_bytes(exported(sample_copy))
    workspace = open_workspace(bring_everything(tmp_path / "new", source))
    before = open_workspace(sample_copy)
    assert search(workspace, "noor")
    assert search(workspace, "noor") == search(before, "noor")
    with workspace.read() as connection:
        assert verify(connection) == []
    workspace.close()
    before.close()


@pytest.mark.parametrize("schema", [1, 4, 5, 6, 7, 8])
def test_an_export_of_an_older_schema_is_brought_up(tmp_path: Path, schema: int) -> None:
    old, source = restored(tmp_path, schema), tmp_path / "all.jsonl"
    source.write_bytes(exported(old))
    made = bring_everything(tmp_path / "new", source)
    migrate_to_newest(old, schema)
    assert every_row(made) == every_row(old)
    assert check_file(made) == []


def test_a_file_that_is_there_stays_and_nothing_is_read(sample_copy: Path, tmp_path: Path) -> None:
    before = sample_copy.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        bring_everything(sample_copy, tmp_path / "nothing.jsonl")
    assert sample_copy.read_bytes() == before


def test_what_is_not_sound_does_not_leave(sample_copy: Path, tmp_path: Path) -> None:
    engine = sqlite.connect(sample_copy, writing=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE candidate SET name = 'Somebody else' WHERE id = 3")
    engine.dispose()
    workspace = open_workspace(sample_copy)
    with pytest.raises(Damaged, match="would not come back"):
        everything_written(workspace, tmp_path / "all.jsonl")
    workspace.close()
    assert left_in(tmp_path) == ["sample.tenfold"]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "INSERT INTO unfinished VALUES (1, 'tag', 999, X'00', 'workspace', 'tag candidate', 1, '')",
            "not of the kind",
        ),
        ("UPDATE sqlite_sequence SET seq = 'many' WHERE name = 'tag'", "not of the kind"),
    ],
)
def test_what_would_not_come_back_does_not_leave(sample_copy: Path, tmp_path: Path, statement: str, words: str) -> None:
    """What no check looks at, and is no value of its column."""
    engine = sqlite.connect(sample_copy, writing=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT OR IGNORE INTO sqlite_sequence SELECT 'tag', 0")
        connection.exec_driver_sql(statement)
    engine.dispose()
    workspace = open_workspace(sample_copy)
    with pytest.raises(Refused, match=words):
        everything_written(workspace, tmp_path / "all.jsonl")
    workspace.let_readers_go()
    assert left_in(tmp_path) == ["sample.tenfold"]
    workspace.engine.dispose()


class Stopped(Exception):
    """Somebody does not want it any more."""


def stopping(after: int) -> Callable[[float], None]:
    calls = [0]

    def told(_fraction: float) -> None:
        calls[0] += 1
        if calls[0] > after:
            raise Stopped

    return told


@pytest.mark.parametrize("after", [0, 1, 5, 20])
def test_stopped_in_the_middle_leaves_nothing(sample_copy: Path, tmp_path: Path, after: int) -> None:
    source = tmp_path / "all.jsonl"
    source.write_bytes(exported(sample_copy))
    with pytest.raises(Stopped):
        bring_everything(tmp_path / "new", source, stopping(after))
    workspace = open_workspace(sample_copy)
    with pytest.raises(Stopped):
        everything_written(workspace, tmp_path / "again.jsonl", stopping(min(after, 1)))
    workspace.close()
    assert left_in(tmp_path) == ["all.jsonl", "sample.tenfold"]


# What is wrong with a file

Lines = list[Any]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of a small file of this schema."""
    from tests.actions.panel import Panel

    panel = Panel(tmp_path_factory.mktemp("small"))
    panel.bring_in(0)
    panel.workspace.close()
    return exported(panel.workspace.path)


def written(lines: Lines) -> bytes:
    """Lines as a file whose last one has the digest of those before it."""
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    before = b"".join(dump(line).encode("utf-8", "surrogatepass") + b"\n" for line in lines[:-1])
    ending = lines[-1] | {"sha256": hashlib.sha256(before).hexdigest()} if isinstance(lines[-1], dict) else lines[-1]
    return before + dump(ending).encode("utf-8", "surrogatepass") + b"\n"


def parsed(content: bytes) -> Lines:
    return [json.loads(line) for line in content.splitlines()]


def head(lines: Lines, table: str) -> int:
    return next(n for n, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == table)


def column(lines: Lines, table: str, name: str) -> tuple[int, int]:
    at = head(lines, table)
    return at + 1, lines[at]["columns"].index(name)


def put(lines: Lines, table: str, name: str, value: object) -> Lines:
    row, place = column(lines, table, name)
    lines[row][place] = value
    return lines


def twice(lines: Lines) -> Lines:
    at = head(lines, "candidate")
    lines[at]["rows"] += 1
    lines[-1]["rows"] += 1
    lines.insert(at + 1, list(lines[at + 1]))
    return lines


def without_table(lines: Lines) -> Lines:
    at = head(lines, "contact")
    count = lines[at]["rows"]
    del lines[at : at + 1 + count]
    lines[-1]["rows"] -= count
    return lines


def dangling(lines: Lines) -> Lines:
    return put(lines, "application", "candidate_id", 999)


def with_column(lines: Lines) -> Lines:
    lines[head(lines, "candidate")]["columns"][1] = "sql); DROP TABLE candidate"
    return lines


def with_counter(lines: Lines) -> Lines:
    lines[head(lines, "sqlite_sequence") + 1][0] = "history"
    return lines


WRONG: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "another program": (lambda lines: [{"format": 1, "schema": 8}, *lines[1:]], "Line 1: it does not say"),
    "a newer format": (lambda lines: [lines[0] | {"format": 2}, *lines[1:]], "newer Tenfold"),
    "a newer schema": (lambda lines: [lines[0] | {"schema": sqlite.SCHEMA + 1}, *lines[1:]], "newer Tenfold"),
    "no schema": (lambda lines: [lines[0] | {"schema": 0}, *lines[1:]], "no Tenfold ever wrote"),
    "an odd schema": (lambda lines: [lines[0] | {"schema": True}, *lines[1:]], "“schema” is no number"),
    "a huge schema": (lambda lines: [lines[0] | {"schema": 10**30}, *lines[1:]], "“schema” is no number"),
    "an older schema than its tables": (
        lambda lines: [lines[0] | {"schema": 1}, *lines[1:]],
        "has not the columns|no such",
    ),
    "a row twice": (twice, "comes twice"),
    "no number": (lambda lines: put(lines, "candidate", "id", None), "has no number"),
    "no name": (lambda lines: put(lines, "candidate", "name", None), "holds what it can’t"),
    "a wrong type": (lambda lines: put(lines, "candidate", "name", 7), "not of the kind"),
    "a number as text": (lambda lines: put(lines, "candidate", "id", "1"), "not of the kind"),
    "true": (lambda lines: put(lines, "candidate", "id", True), "no number, text or null"),
    "a fraction": (lambda lines: put(lines, "candidate", "id", 1.5), "not of the kind"),
    "a number too large": (lambda lines: put(lines, "candidate", "id", 2**63), "larger than any"),
    "very many digits": (lambda lines: put(lines, "candidate", "name", int("9" * 4000)), "not of the kind"),
    "a list in a row": (lambda lines: put(lines, "candidate", "name", ["a"]), "no number, text or null"),
    "half of a letter": (lambda lines: put(lines, "candidate", "name", "\ud800"), "no text in UTF-8|half of a letter"),
    "broken Base64": (lambda lines: put(lines, "salt", "salt", "not%base64"), "not in Base64"),
    "other bytes": (lambda lines: put(lines, "salt", "salt", "AAAA"), "not sound"),
    "a moment that is none": (lambda lines: put(lines, "application", "entered_at", "yesterday"), "not sound"),
    "a changed row": (lambda lines: put(lines, "candidate", "name", "Eve"), "not sound"),
    "a changed chain": (lambda lines: put(lines, "history", "hash", "0" * 64), "not sound"),
    "a zero byte": (lambda lines: put(lines, "candidate", "name", "A\0da"), "not sound"),
    "a row that leads nowhere": (dangling, "not sound"),
    "an unknown outcome": (lambda lines: put(lines, "application", "outcome", "sold"), "holds what it can’t"),
    "a missing table": (without_table, "no table “contact”"),
    "an unknown table": (
        lambda lines: [lines[0], {"table": "sqlite_master", "columns": [], "rows": 0}, *lines[1:]],
        "no such",
    ),
    "an unknown column": (with_column, "has not the columns"),
    "a row too short": (lambda lines: [line[:-1] if type(line) is list else line for line in lines], "as many values"),
    "a row too long": (lambda lines: [[*line, 1] if type(line) is list else line for line in lines], "as many values"),
    "other rows than it counts": (lambda lines: [*lines[:-1], lines[-1] | {"rows": 3}], "counts other rows"),
    "a counter of no table": (with_counter, "a counter is of no table"),
    "no workspace row": (lambda lines: put(lines, "workspace", "key", "x"), "not sound"),
    "no end": (lambda lines: lines[:-1], "ends in the middle|no line of JSON"),
    "columns that are none": (
        lambda lines: [lines[0], {"table": "tag", "columns": 3, "rows": 0}, *lines[1:]],
        "names no table",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_made(small: bytes, tmp_path: Path, name: str) -> None:
    change, words = WRONG[name]
    source = tmp_path / "all.jsonl"
    source.write_bytes(written(change(parsed(small))))
    with pytest.raises(Refused, match=words) as refused:
        bring_everything(tmp_path / "new", source)
    assert refused.value.remedy
    assert ".part" not in str(refused.value)
    assert left_in(tmp_path) == ["all.jsonl"]


def test_written_anew_it_comes_in(small: bytes, tmp_path: Path) -> None:
    """What the tests above change is right as long as they change nothing."""
    source = tmp_path / "all.jsonl"
    source.write_bytes(written(parsed(small)))
    assert check_file(bring_everything(tmp_path / "new", source)) == []


RAW: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _content: b"", "ends in the middle"),
    "cut off": (lambda content: content[: len(content) // 2], "ends in the middle"),
    "cut off at a line": (lambda content: content[: content.rindex(b"\n", 0, -1) + 1], "ends in the middle"),
    "more behind it": (lambda content: content + b"\n", "after the end"),
    "one letter changed": (lambda content: content.replace(b"Ada", b"Eda", 1), "damaged or changed"),
    "deep JSON": (lambda content: b"[" * 60_000 + b"\n" + content, "no line of JSON"),
    "a deep row": (lambda content: content.replace(b"\n[", b"\n[" + b"[" * 100_000, 1), "no number, text or null"),
    "no text": (lambda content: b"\xff\xfe" + content, "no text in UTF-8"),
    "a workspace": (lambda _content: b"SQLite format 3\0" * 100, "ends in the middle"),
    "a line of 100 KB": (lambda content: b'"' + b"x" * 100_000 + b'"\n' + content, "too long"),
    "half of a letter": (lambda content: content.replace(b'"Ada', b'"\\ud800', 1), "half of a letter"),
    "a zero byte": (lambda content: content.replace(b"\n[1,", b"\n[\0,", 1), "no number, text or null"),
}


@pytest.mark.parametrize("name", RAW)
def test_bytes_that_are_no_such_file_are_refused(small: bytes, tmp_path: Path, name: str) -> None:
    change, words = RAW[name]
    source = tmp_path / "all.jsonl"
    source.write_bytes(change(small))
    with pytest.raises(Refused, match=words):
        bring_everything(tmp_path / "new", source)
    assert left_in(tmp_path) == ["all.jsonl"]


def test_a_row_is_never_more_than_its_values() -> None:
    assert cells_in('[1,"a\\nb",null,"AAE="]\n', (int, str, str, bytes)) == (1, "a\nb", None, b"\0\1")
    for text in ("[]\n", "[1]\n", "[1, 2]\n", "[1,2\n", "{1,2]\n", "[1,2]x\n", "[1,NaN]\n", "[1,-]\n", "[1,]\n", ""):
        with pytest.raises(NotRead):
            cells_in(text, (int, int))


def test_the_place_must_be_free_and_no_workspace(sample_copy: Path, tmp_path: Path) -> None:
    workspace = open_workspace(sample_copy)
    other = Path(shutil.copy(sample_copy, tmp_path / "other.tenfold"))
    for target in (other, sample_copy, tmp_path):
        with pytest.raises(Refused, match=r"left as it (is|was)"):
            everything_written(workspace, target)
    with pytest.raises(Refused, match="could not be written"):
        everything_written(workspace, tmp_path / "no folder" / "all.jsonl")
    workspace.close()
    assert left_in(tmp_path) == ["other.tenfold", "sample.tenfold"]


def test_seals_hold_in_the_new_file(tmp_path: Path) -> None:
    from app.queries.plain_lists import scorecards
    from tests.actions.panel import RUTH
    from tests.journeys.test_nothing_leaks import become, sealed

    path = sealed(tmp_path, mine_is_in=False)
    become(path, RUTH)
    source = tmp_path / "all.jsonl"
    source.write_bytes(exported(path))
    made = bring_everything(tmp_path / "new", source)
    lists = []
    for one in (path, made):
        workspace = read_workspace(one)
        lists.append(scorecards(workspace))
        workspace.close()
    assert lists[0] == lists[1]
    assert any("level" not in card for card in lists[1]), "some are sealed to her"


def test_a_transcript_moves_and_one_that_was_deleted_is_its_key_alone(tmp_path: Path) -> None:
    from app.actions import transcript
    from tests.actions.panel import Panel
    from tests.actions.test_transcript import RARE, read_in

    panel = Panel(tmp_path)
    card = panel.start()
    read_in(panel, card)
    source = tmp_path / "all.jsonl"
    source.write_bytes(exported(panel.workspace.path))
    assert RARE.encode() in source.read_bytes()
    assert every_row(bring_everything(tmp_path / "with", source)) == every_row(panel.workspace.path)
    transcript.delete(panel.workspace, card)
    source.write_bytes(exported(panel.workspace.path))
    assert RARE.encode() not in source.read_bytes()
    made = bring_everything(tmp_path / "without", source)
    assert every_row(made)["transcript"] == every_row(panel.workspace.path)["transcript"] != []
    panel.workspace.close()
