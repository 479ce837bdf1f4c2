"""The window is killed while somebody types without a pause: what it called saved is in the file, and no more is lost.

One seed runs with every test run; `-m trial` runs the rest of two hundred.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.queries.plain_lists import scorecards
from app.store.check import check_file
from app.store.workspace import read_workspace
from tests.trials.test_kill import ROOT, seeds
from tests.trials.writer import TEXT

SAVES = 3  # acknowledged before the kill may come: more than one without a pause


@pytest.mark.parametrize("seed", seeds(1, 200))
def test_what_was_called_saved_is_there(sample_copy: Path, tmp_path: Path, seed: int) -> None:
    card = _draft(sample_copy)
    said = _killed(sample_copy, tmp_path, card, random.Random(seed))
    kept = _typed(sample_copy)
    assert len(kept) >= said[-1], "called saved, and not in the file"
    assert (TEXT * 99).startswith(kept), "the words are those that were typed"
    assert check_file(sample_copy) == []


def _draft(path: Path) -> int:
    workspace = read_workspace(path)
    found: int = next(c["id"] for c in scorecards(workspace) if c["state"] == "draft")
    workspace.close()
    return found


def _killed(path: Path, folder: Path, card: int, chance: random.Random) -> list[int]:
    """Let it type until it has saved a few times, kill it a random moment later, and give what it had said."""
    command = [sys.executable, "-m", "tests.trials.writer", str(path), str(card)]
    place = {**os.environ, "TENFOLD_DATA": str(folder / "data"), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=place) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "ready\n", "it ended before it began"
        said = [int(writing.stdout.readline()) for _ in range(SAVES)]
        time.sleep(chance.random() * 2.5)
        assert writing.poll() is None, "it ended by itself"
        writing.kill()
        rest = writing.stdout.read()
    return said + [int(line) for line in rest.split("\n")[:-1] if line]


def _typed(path: Path) -> str:
    workspace = read_workspace(path)
    with workspace.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT text FROM note WHERE text LIKE ? ORDER BY length(text) DESC", (TEXT[:3] + "%",)
        ).scalar()
    workspace.close()
    return str(found or "")
