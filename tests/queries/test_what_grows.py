"""What is asked at each start and change is asked in as many statements in a large file as in a small one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.queries.board import board
from app.queries.kit import kit_rows
from app.queries.offer import offer_rows
from app.queries.scorecard import my_due_rounds, my_rounds
from app.queries.today import waiting, waiting_by_place
from app.queries.waiting import WaitKind
from app.store.workspace import Workspace, open_workspace
from benchmarks.many import multiply
from tests.samples import sample_in

ASKED: tuple[Callable[[Workspace], Any], ...] = (
    waiting_by_place,
    waiting,
    my_rounds,
    my_due_rounds,
    kit_rows,
    offer_rows,
    lambda w: board(w, 1),
)
LATER = "2027-03-12"
"""By then check-ins, first years and plans are due that are not on the sample's day."""


def opened(path: Path, day: str | None) -> Workspace:
    if day is not None:
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("UPDATE workspace SET today_kept = ?", (day,))
            file.execute("UPDATE member SET variant = 'small', started_on = '2026-01-05' WHERE left_on IS NULL")
    return open_workspace(path)


def statements(ask: Callable[[], object]) -> int:
    ask()  # packs and guides are read once
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(found)


@pytest.mark.parametrize("day", [None, LATER])
def test_four_times_the_sample_is_asked_in_as_many_statements(tmp_path: Path, day: str | None) -> None:
    small = opened(sample_in(tmp_path), day)
    once = waiting(small)
    counts = [statements(lambda ask=ask: ask(small)) for ask in ASKED]  # type: ignore[misc]
    small.close()
    multiply(small.path, 4, closed=False, team=True)
    large = opened(small.path, day)
    four_times = waiting(large)
    assert [statements(lambda ask=ask: ask(large)) for ask in ASKED] == counts  # type: ignore[misc]
    for kind in {w.kind for w in once} - {WaitKind.PROMOTION}:  # outcomes of calibrations are not multiplied
        alike = [sum(w.kind is kind for w in found) for found in (once, four_times)]
        assert alike[1] == 4 * alike[0] > 0, kind
    assert len(four_times) > len(once)
    assert max(counts) < 60
    large.close()
