"""A window and commands on one file, with file dialogs in between, and at the end a close or a kill: nothing that was
acknowledged is lost, and the file is sound.

One seed runs with every test run; `-m trial` runs a hundred rounds.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.queries.plain_lists import candidates
from app.store.check import check_file
from app.store.partial_files import sweep
from app.store.workspace import open_workspace, read_workspace

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("import", "import", "dry run", "failed", "report", "packet", "list", "check", "backup")
DIALOGS = ("open", "many", "folder", "save")


@contextmanager
def window(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A window in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.trials.hand", str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == "open\n", (first, process.stderr.read() if process.stderr else "", process.poll())
        try:
            yield process
        finally:
            process.kill()


def tell(process: subprocess.Popen[str], line: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline().rstrip("\n")


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)], cwd=ROOT, check=False, capture_output=True, text=True
    )


class Round:
    """One window, its commands, and what both have acknowledged."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path, self.chance = path, chance
        self.known: set[str] = set()
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"Person {self.count}"

    def table(self, *names: str) -> Path:
        table = self.path.with_name("people.csv")
        table.write_text("name\n" + "".join(f"{n}\n" for n in names), "utf-8")
        return table

    def write(self, process: subprocess.Popen[str]) -> None:
        name = self.name()
        assert tell(process, f"write {name}") == "saved"
        self.known.add(name)

    def command(self) -> None:
        """Any command, with how it must end; what a dry run or a failed run was given is not there."""
        before = self.log()
        which = self.chance.choice(COMMANDS)
        if which == "import":
            name = self.name()
            done = command("import", self.path, "candidates", self.table(name))
            assert done.returncode == 0, done.stderr
            self.known.add(name)
            return
        wanted = 0
        if which == "dry run":
            done = command("import", self.path, "candidates", self.table("Never"), "--dry-run")
        elif which == "failed":
            done = command("import", self.path, "candidates", self.table("Never"), "--opening", 99_999)
            wanted = 1
        elif which == "report":
            done = command("export", self.path, "report", "--report", "spread", "--out", self.path.with_name("r.csv"))
        elif which == "packet":
            out = self.path.with_name("p.pdf")
            done = command("export", self.path, "hiring-packet", "--application", 1, "--out", out)
            wanted = done.returncode  # sealed to me in some states of the sample; it must not harm
        elif which == "list":
            done = command("list", self.path, "candidates")
        else:
            done = command(which, self.path)
        assert done.returncode == wanted, (which, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        if which not in ("packet", "backup"):
            assert self.log() == before, f"{which} wrote something"

    def log(self) -> tuple[bytes, bytes]:
        """The bytes of the file and of its log, looked at by a process that holds no lock."""
        log = self.path.with_name(self.path.name + "-wal")
        return self.path.read_bytes(), log.read_bytes() if log.exists() else b""

    def must_hold(self) -> None:
        assert check_file(self.path) == []
        workspace = read_workspace(self.path)
        names = [row["name"] for row in candidates(workspace)]
        workspace.close()
        assert self.known <= set(names), self.known - set(names)
        assert "Never" not in names
        assert len(names) == len(set(names))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks that a close drops")
@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.trial) for n in range(1, 100))])
def test_window_and_commands_on_one_file(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    chance = random.Random(seed)
    path = Path(shutil.copy(sample_file, tmp_path / "shared.tenfold"))
    sitting = Round(path, chance)
    with window(path) as process:
        sitting.write(process)
        for _ in range(2 if seed < 1 else 6):
            assert tell(process, f"dialog {chance.choice(DIALOGS)}") == "cancelled"
            sitting.command()
            sitting.write(process)
        if seed % 2:
            process.kill()
            process.wait()
        else:
            assert tell(process, "close") == "closed"
            assert process.wait() == 0
    if seed % 2 == 0:
        assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(("shared.tenfold-", ".shared"))]
    sitting.must_hold()
    open_workspace(path, window=True).close()
    sitting.must_hold()
    sweep()
    assert not list((tmp_path / "data" / "parts").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks that a close drops")
def test_a_window_that_lost_its_locks_all_the_same_loses_nothing(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever opened and closed the files in its process: commands that write name the window, others read."""
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    path = Path(shutil.copy(sample_file, tmp_path / "shared.tenfold"))
    sitting = Round(path, random.Random(0))
    with window(path) as process:
        sitting.write(process)
        assert tell(process, "drop") == "dropped"
        for done in (
            command("import", path, "candidates", sitting.table("Never")),
            command("export", path, "hiring-packet", "--application", 1, "--out", tmp_path / "p.pdf"),
        ):
            assert done.returncode == 1
            assert "is open in a window that has lost its hold on the file" in done.stderr
        assert not (tmp_path / "p.pdf").exists()
        backup = command("backup", path)
        assert backup.returncode == 1
        assert "Person 1" in command("list", path, "candidates").stdout
        assert command("check", path).returncode == 0
        sitting.write(process)
        restored = command("restore", path, path.with_name("other.tenfold"))
        assert restored.returncode == 1
        assert tell(process, "close") == "closed"
        assert process.wait() == 0
    sitting.must_hold()
