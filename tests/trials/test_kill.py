"""The process is killed at any moment: nothing that was acknowledged is lost, and no file is left half.

Ten seeds run with every test run; `-m trial` runs the rest of two hundred.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.actions import scorecard
from app.store.backup import make_backup
from app.store.backup_folder import list_backups
from app.store.check import check_file
from app.store.workspace import open_workspace, read_workspace
from tests.actions.panel import Panel
from tests.makers import START
from tests.trials.typist import Typist

ROOT = Path(__file__).resolve().parents[2]


def seeds(few: int, many: int) -> list[object]:
    """The first ones always, the rest as a trial."""
    return [*range(few), *(pytest.param(n, marks=pytest.mark.trial) for n in range(few, many))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a card that was begun, closed."""
    panel = Panel(tmp_path_factory.mktemp("made"))
    panel.start()
    panel.workspace.close()
    return panel.workspace.path


@pytest.fixture
def file(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "trial.tenfold"))


def killed(chance: random.Random, longest: float, *arguments: object) -> list[str]:
    """Let the process work, kill it at a random moment, and give what it had said."""
    command = [sys.executable, "-m", "tests.trials.typist", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "ready\n", "it ended before it began"
        time.sleep(chance.random() * longest)
        assert working.poll() is None, "it ended by itself"
        working.kill()
        said = working.stdout.read()
    return [line for line in said.split("\n")[:-1] if line]


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a person's work."""
    workspace = read_workspace(path)
    found: dict[str, list[tuple[object, ...]]] = {}
    with workspace.read() as connection:
        for table in ("candidate", "application", "stage_entry", "scorecard", "rating", "note", "observed_signal"):
            found[table] = [tuple(r) for r in connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY id')]
    workspace.close()
    return found


def after(made: Path, folder: Path, seed: int, numbers: Iterable[int]) -> list[dict[str, list[tuple[object, ...]]]]:
    """What the file holds after so many things were done, without anybody being killed."""
    path = Path(shutil.copy(made, folder / "undisturbed.tenfold"))
    typist = Typist(path, seed)
    found, done = [], 0
    for number in numbers:
        while done < number:
            typist.work()
            done += 1
        found.append(rows(path))
    typist.workspace.close()
    return found


@pytest.mark.parametrize("seed", seeds(6, 160))
def test_killed_while_typing(made: Path, file: Path, tmp_path: Path, seed: int) -> None:
    """What is there is what was acknowledged, or that and the one thing under way: exactly, row by row."""
    said = killed(random.Random(seed), 0.3, "type", file, seed)
    acknowledged = int(said[-1]) if said else 0
    opened = open_workspace(file, window=True)  # the dead window's claim is gone with it
    opened.close()
    assert check_file(file) == []
    assert rows(file) in after(made, tmp_path, seed, (acknowledged, acknowledged + 1))
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith("trial.tenfold-")]


@pytest.mark.parametrize("seed", seeds(2, 20))
def test_killed_while_backing_up(file: Path, tmp_path: Path, seed: int) -> None:
    data = tmp_path / "data"
    said = killed(random.Random(seed), 0.4, "backup", file, data)
    assert check_file(file) == []
    folders = list((data / "backups").glob("*")) if data.exists() else []
    backups = [b.path for folder in folders for b in list_backups(folder)]
    assert [b for b in backups if check_file(b)] == []
    if said:
        assert Path(said[-1]) in backups
    workspace = open_workspace(file, window=True)
    assert check_file(make_backup(workspace, data, START.replace(year=2099))) == []
    workspace.close()


@pytest.mark.parametrize("seed", seeds(2, 20))
def test_killed_while_restoring(file: Path, tmp_path: Path, seed: int) -> None:
    workspace = open_workspace(file)
    backups = []
    for hour in range(2):
        scorecard.note(workspace, 1, f"Line {hour}.")
        backups.append(make_backup(workspace, tmp_path / "data", START.replace(hour=hour)))
    workspace.close()
    known = [rows(b) for b in backups]
    killed(random.Random(seed), 0.4, "restore", file, *backups)
    whole = [p for p in tmp_path.glob("*.tenfold") if not p.name.startswith(".")]
    assert file in whole, "at every moment a whole workspace lies under the name"
    for path in whole:
        assert check_file(path) == []
        assert rows(path) in known
    assert [check_file(b) for b in backups] == [[], []]
