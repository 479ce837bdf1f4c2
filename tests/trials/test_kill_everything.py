"""Killed while everything leaves or comes back: there is the whole of it, or nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.store.everything_in import bring_everything
from app.store.partial_files import sweep
from tests.trials.test_kill import ROOT, seeds
from tests.whole import every_row, exported

LONGEST = 0.4  # seconds: about what it takes once it has begun to write


@pytest.fixture(scope="module")
def source(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the sample."""
    path = tmp_path_factory.mktemp("source") / "all.jsonl"
    path.write_bytes(exported(sample_file))
    return path


def killed(folder: Path, chance: random.Random, *arguments: object) -> None:
    """Begin a command, kill it some time after it began to write into the folder, and start another program."""
    before = set(folder.iterdir())
    with subprocess.Popen([sys.executable, "-m", "app", *map(str, arguments)], cwd=ROOT) as working:
        while working.poll() is None and set(folder.iterdir()) == before:
            time.sleep(0.002)
        time.sleep(chance.random() * LONGEST)
        working.kill()
    sweep()


@pytest.mark.parametrize("seed", seeds(5, 60))
def test_an_import_is_whole_or_not_there(source: Path, sample_file: Path, tmp_path: Path, seed: int) -> None:
    killed(tmp_path, random.Random(seed), "import", tmp_path / "new.tenfold", "everything", source)
    left = [path.name for path in tmp_path.iterdir()]
    assert left in ([], ["new.tenfold"])
    if left:
        assert every_row(tmp_path / "new.tenfold") == every_row(sample_file)


@pytest.mark.parametrize("seed", seeds(3, 30))
def test_an_export_is_whole_or_not_there(sample_copy: Path, tmp_path: Path, seed: int) -> None:
    before = every_row(sample_copy)
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "all.jsonl"
    killed(folder, random.Random(seed), "export", sample_copy, "everything", "--with-sealed", "--out", out)
    left = [path.name for path in folder.iterdir()]
    assert left in ([], ["all.jsonl"])
    if left:
        assert every_row(bring_everything(tmp_path / "new", out)) == before
