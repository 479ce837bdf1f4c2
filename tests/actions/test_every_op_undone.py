"""Every kind of step that may be undone gives the same rows back: tried on each as the sample is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.actions.undo import apply_inverse
from app.domain.operations import DECLARED, Op
from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet
from app.store.step import Step
from app.store.workspace import Workspace

TRIES = 4
"""Of each kind, on the first so many steps."""
NOT_ROWS = {"history", "image", "salt", "unfinished", "sqlite_sequence"}
IN_NO_SAMPLE = {
    "a sample has none": {
        Op.EDIT_COLLEAGUE,
    },
}


def rows(workspace: Workspace) -> dict[str, list[Any]]:
    """Everything the file holds, but for its history."""
    with workspace.read() as connection:
        named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY rowid')]
            for name in named
            if name not in NOT_ROWS
        }


def test_every_step_of_the_sample_can_be_taken_back_and_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tried, trying = Workspace.step, Counter[Op](), []

    @contextmanager
    def step(workspace: Workspace, op: Op, **more: Any) -> Iterator[Step]:
        if trying or op in DECLARED or tried[op] >= TRIES:
            with real(workspace, op, **more) as made:
                yield made
            return
        before = rows(workspace)
        with real(workspace, op, **more) as made:
            yield made
        report = made.report()
        if not report.undoable or not report.changes:
            return
        tried[op] += 1
        after = rows(workspace)
        trying.append(op)
        undone = apply_inverse(workspace, report, Op.UNDO)
        assert rows(workspace) == before, op
        apply_inverse(workspace, undone, Op.REDO)
        assert rows(workspace) == after, op
        trying.clear()

    monkeypatch.setattr(Workspace, "step", step)
    make_sample(tmp_path / "sample", print_hiring_packet)
    missing = set(Op) - DECLARED - set(tried) - {Op.UNDO, Op.REDO}
    assert sorted(missing) == sorted(set().union(*IN_NO_SAMPLE.values()))
