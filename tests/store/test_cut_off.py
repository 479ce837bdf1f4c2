"""A writer killed in the milliseconds in which a rollback journal lies beside the file: everybody can go on with it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.operations import Op
from app.errors import ReadOnly
from app.store.backup import make_backup, restore
from app.store.check import check_file
from app.store.tables import Colleague
from app.store.workspace import open_workspace, read_workspace, try_workspace
from tests.makers import new_workspace

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
HALF = """
import os, signal, sys
import sqlcipher3.dbapi2 as driver
c = driver.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size = 1")
c.execute("PRAGMA cache_spill = 1")
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE colleague SET name = 'Half written'")
c.execute("PRAGMA user_version = 99")
c.execute("CREATE TABLE half (x)")
for n in range(60):
    c.execute("INSERT INTO half VALUES (zeroblob(9000))")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Pages that no longer fit the cache go into the file before the commit: the header, too."""


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """A workspace whose writer was killed in the middle of a transaction."""
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Ruth Amadi")
    workspace.close()
    subprocess.run([sys.executable, "-c", HALF, str(workspace.path)], check=False)
    journal = tmp_path / "trial.tenfold-journal"
    assert journal.stat().st_size > 512, "no journal was left"
    assert b"Half written" in workspace.path.read_bytes(), "nothing was half written"
    return workspace.path


def window(path: Path) -> None:
    open_workspace(path, window=True).close()


def command(path: Path) -> None:
    open_workspace(path).close()


def reading(path: Path) -> None:
    read_workspace(path).close()


def trying(path: Path) -> None:
    try_workspace(path).close()


@pytest.mark.parametrize("start", [window, command, reading, trying, check_file])
def test_whoever_comes_next_takes_back_what_was_half_written(half: Path, start: Callable[[Path], object]) -> None:
    start(half)
    assert check_file(half) == []
    workspace = read_workspace(half)
    with workspace.read() as connection:
        assert connection.exec_driver_sql("SELECT name FROM colleague").scalar() == "Ruth Amadi"
    workspace.close()
    assert [p.name for p in half.parent.iterdir()] == [half.name]


def test_a_backup_is_restored_over_it_and_it_is_kept_whole(half: Path, tmp_path: Path) -> None:
    spare = Path(shutil.copy(half, tmp_path / "spare.tenfold"))
    shutil.copy(half.with_name(half.name + "-journal"), tmp_path / "spare.tenfold-journal")
    workspace = open_workspace(spare)
    backup = make_backup(workspace, tmp_path / "data", NOW)
    workspace.close()
    kept = restore(half, backup, NOW)
    assert kept is not None
    assert check_file(half) == check_file(kept) == []
    assert not [p.name for p in tmp_path.iterdir() if p.name.endswith("-journal")]


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights")
def test_where_it_may_not_be_written_it_says_what_to_do(half: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_arguments: False)
    with pytest.raises(ReadOnly, match="left in the middle of a change"):
        read_workspace(half)


WORK = """
import sys
from pathlib import Path
from app.domain.operations import Op
from app.store.tables import Colleague
from app.store.workspace import open_workspace
print("ready", flush=True)
for n in range(10_000):
    workspace = open_workspace(Path(sys.argv[1]), window=n % 2 == 0)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name=f"{n}")
    print(n, flush=True)
    workspace.close()
"""


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(n, marks=pytest.mark.trial) for n in range(4, 300))])
def test_killed_while_opening_and_closing(tmp_path: Path, seed: int) -> None:
    workspace = new_workspace(tmp_path)
    workspace.close()
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(workspace.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).random() * 0.4)
        working.kill()
        said = [line for line in working.stdout.read().split("\n")[:-1] if line]
    opened = open_workspace(workspace.path, window=True)
    with opened.read() as connection:
        names = {row[0] for row in connection.exec_driver_sql("SELECT name FROM colleague")}
    opened.close()
    assert set(said) <= names
    assert check_file(workspace.path) == []
    assert [p.name for p in tmp_path.iterdir()] == ["trial.tenfold"]
