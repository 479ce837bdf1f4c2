"""The window is used at random without rest, with busy loops beside it: nothing fails, it never stands still for good,
and what it holds of memory stays bounded. A short while runs with every test run, half an hour with `-m trial`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.store.check import check_file
from tests.trials.test_kill import ROOT

GROWS = 1.3  # times what it holds at a third of the way, at the end
BUSY = "while True: pass"


@pytest.mark.parametrize(
    ("seconds", "least", "busy"), [(0, 120, 0), pytest.param(30 * 60, 5000, 4, marks=pytest.mark.trial)]
)
def test_the_window_holds(sample_copy: Path, tmp_path: Path, seconds: int, least: int, busy: int) -> None:
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.trials.sitter", str(sample_copy), "1"]
    place = {**os.environ, "TENFOLD_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    with busy_loops(busy):
        done = subprocess.run(
            [*command, str(seconds), str(least)], cwd=ROOT, env=place, capture_output=True, text=True, check=False
        )
    said = done.stdout.splitlines()
    assert [line for line in said if line.startswith("failure")] == []
    assert (done.returncode, said[-1]) == (0, "closed"), done.stderr[-3000:]
    counted = [[int(n) for n in line.split()] for line in said[:-1]]
    assert counted[-1][0] >= least
    held = [mb for _, mb in counted]
    if seconds:
        assert held[-1] <= GROWS * held[len(held) // 3], held[:: max(1, len(held) // 20)]
    assert check_file(sample_copy) == []


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """So many processes that leave nothing of a core to others."""
    with ExitStack() as ending:
        for _ in range(count):
            loop = ending.enter_context(subprocess.Popen([sys.executable, "-c", BUSY]))
            ending.callback(loop.kill)
        yield
