"""From the start of the process to its painted window, and to the first page with its data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ratio import Ratio, Run, measure

ROOT = Path(__file__).resolve().parents[1]
PAIRS = 9


def window(sample: Path) -> Ratio:
    """The shell's first paint against a bare main window over the same file."""
    return measure(
        "window painted", "bare QMainWindow over the same file", _run("window", sample), _run("bare", sample), PAIRS
    )


def page(sample: Path) -> Ratio:
    """The first page with its data against that bare window and `import sqlmodel`."""
    return measure(
        "first page with data", "the same and `import sqlmodel`", _run("page", sample), _run("model", sample), PAIRS
    )


def _run(what: str, sample: Path) -> Run:
    def run() -> float:
        with tempfile.TemporaryDirectory() as folder:
            file = shutil.copy(sample, folder)
            env = {**os.environ, "TENFOLD_DATA": str(Path(folder, "data"))}
            env.setdefault("QT_QPA_PLATFORM", "offscreen")
            start = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.started", what, file],
                cwd=ROOT,
                env=env,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            return (float(done.stdout) - start) * 1000

    return run
