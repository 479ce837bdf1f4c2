"""Exports of everything that are broken in every way there is: explained, or rightly in; never a part of a workspace.

Thirty seeds run with every test run; `-m trial` runs a thousand more.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Refused
from app.store.check import check_file
from app.store.everything_in import bring_everything
from app.store.workspace import open_workspace
from tests.actions.panel import Panel
from tests.store.test_everything import Lines, parsed, written
from tests.store.test_migrations import restored
from tests.whole import exported

STRANGE: tuple[object, ...] = (
    *(None, True, 0, -1, 2**62, 2**63, 10**400, 1.5, 1e308, "", " ", "0", "\0", "\ud800", "😀" * 300, "\u202e"),
    *("9999-99-99", "2026-02-31", "2026-03-12T09:41:05.123Z", "submitted", "draft", "[]", "{}", "null", "[" * 5000),
    *([], {}, [[]], [None] * 1000, {"base64": "AA=="}, "AA==", "A", "../../etc/passwd", "x" * 100_000),
)
HEADS: tuple[object, ...] = (
    *({}, [], None, 1, "everything", {"end": "everything", "rows": 0, "sha256": ""}),
    *({"table": "note", "columns": [], "rows": 0}, {"table": "history", "columns": ["number"], "rows": 2**62}),
    {"table": "x" * 30_000, "columns": ["a"] * 5000, "rows": -1},
)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Small ones, of this schema and of two before it."""
    folder = tmp_path_factory.mktemp("exports")
    panel = Panel(folder)
    panel.bring_in(0)
    panel.workspace.close()
    return [exported(panel.workspace.path), exported(restored(folder, 1)), exported(restored(folder, 4))]


def other_cell(random_: random.Random, lines: Lines) -> None:
    row = random_.choice([line for line in lines if isinstance(line, list) and line])
    row[random_.randrange(len(row))] = random_.choice(STRANGE)


def other_head(random_: random.Random, lines: Lines) -> None:
    head = random_.choice([line for line in lines if isinstance(line, dict)])
    key = random_.choice([*head, "more"])
    head[key] = random_.choice((*STRANGE, "tag", ["id"], sorted(head.get("columns", [])), 3))


def line_elsewhere(random_: random.Random, lines: Lines) -> None:
    line = lines.pop(random_.randrange(len(lines)))
    lines.insert(random_.randrange(len(lines) + 1), line)


def line_twice(random_: random.Random, lines: Lines) -> None:
    at = random_.randrange(len(lines))
    copy = lines[at].copy() if isinstance(lines[at], list | dict) else lines[at]
    lines.insert(at, copy)
    for head in reversed(lines[:at]):
        if isinstance(head, dict):
            if type(head.get("rows")) is int:
                head["rows"] += 1
            break


def line_gone(random_: random.Random, lines: Lines) -> None:
    del lines[random_.randrange(len(lines))]


def line_more(random_: random.Random, lines: Lines) -> None:
    lines.insert(random_.randrange(len(lines) + 1), random_.choice(HEADS))


def cells_swapped(random_: random.Random, lines: Lines) -> None:
    """Two values of one column: of the right kind, and still not what was declared."""
    rows = [line for line in lines if isinstance(line, list)]
    one = random_.choice(rows)
    other = random_.choice([row for row in rows if len(row) == len(one)])
    for place in random_.sample(range(min(len(one), len(other))), k=1 if one else 0):
        one[place], other[place] = other[place], one[place]


CHANGES: tuple[Callable[[random.Random, Lines], None], ...] = (
    *(other_cell, other_cell, other_cell, other_head, line_elsewhere, line_twice, line_gone, line_more),
    cells_swapped,
)


def malformed(seed: int, exports: list[bytes]) -> bytes:
    """A file by its number."""
    random_ = random.Random(seed)
    content = random_.choice(exports)
    if random_.random() < 0.75:
        lines = parsed(content)
        for _ in range(random_.randrange(1, 4)):
            if any(isinstance(line, list) and line for line in lines):
                random_.choice(CHANGES)(random_, lines)
        content = written(lines)
    if random_.random() < 0.3:
        at = random_.randrange(len(content))
        match random_.randrange(3):
            case 0:
                content = content[:at]
            case 1:
                content = content[:at] + random_.randbytes(random_.randrange(1, 6)) + content[at:]
            case _:
                content = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
    return content


def must_be_explained(seed: int, exports: list[bytes]) -> bool:
    """Whether it is in. It is said why not, or the new workspace is sound and opens."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-files-"))
    try:
        source = folder / "all.jsonl"
        source.write_bytes(malformed(seed, exports))
        try:
            made = bring_everything(folder / "new", source)
        except Refused as refused:
            assert refused.sentence, seed
            assert refused.remedy, seed
            assert ".part" not in str(refused), seed
            assert [path.name for path in folder.iterdir()] == ["all.jsonl"], seed
            return False
        assert check_file(made) == [], seed
        open_workspace(made).close()
        return True
    finally:
        shutil.rmtree(folder)


def test_a_malformed_export_is_explained_or_rightly_in(exports: list[bytes]) -> None:
    came_in = [must_be_explained(seed, exports) for seed in range(30)]
    assert came_in.count(False) > 0


@pytest.mark.trial
@pytest.mark.parametrize("first", range(30, 1_030, 100))
def test_a_thousand_malformed_exports_are_explained_or_rightly_in(exports: list[bytes], first: int) -> None:
    for seed in range(first, first + 100):
        must_be_explained(seed, exports)
