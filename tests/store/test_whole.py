"""Whole or not at all: new files, packets and their records, claims, and what can still be read on a full disk."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from app.actions.candidate import NewCandidate, add
from app.actions.export_records import packet_left
from app.errors import Busy, NotFound, Refused
from app.packets.paper.page import Packet
from app.packets.printables import Print, hand_out
from app.store import sqlite
from app.store.check import check_file
from app.store.create import create_workspace, making
from app.store.partial_files import sweep
from app.store.workspace import open_workspace
from tests.makers import new_workspace

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits or signals")
LIMITED = (
    "import resource, sys; from app.__main__ import main\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); sys.exit(main(sys.argv[1:]))"
)


def limited(most: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command on a disk that takes no file larger than so many bytes."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED.format(most=most), *map(str, arguments)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


@posix
@pytest.mark.parametrize("most", [100_000, 700_000, 900_000])
def test_a_sample_for_which_there_is_no_room_leaves_nothing(tmp_path: Path, most: int) -> None:
    """Whether the disk is full at the first page, in the file or in its log."""
    done = limited(most, "sample", tmp_path / "sample.tenfold")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "may be full" in done.stderr
    assert list(tmp_path.iterdir()) == []


NEW = (
    "import sys; from pathlib import Path; from app.exchange.new_workspace import make_new\n"
    "print('go', flush=True); make_new(Path(sys.argv[1]))"
)


@posix
@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.trial) for n in range(3, 40))])
def test_a_new_workspace_whose_maker_is_killed_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    path = tmp_path / "mine.tenfold"
    with subprocess.Popen([sys.executable, "-c", NEW, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as maker:
        assert maker.stdout is not None
        maker.stdout.readline()
        time.sleep(random.Random(seed).random() * 0.15)
        maker.kill()
    assert maker.returncode in (0, -signal.SIGKILL)
    if path.exists():
        assert check_file(path) == []
    sweep()
    assert [p.name for p in tmp_path.iterdir() if p.name != "data"] in ([], [path.name])


def test_a_maker_that_fails_leaves_nothing_and_no_file_is_replaced(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), making(tmp_path / "mine"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refused, match="exists already"), making(tmp_path / "mine"):
        (tmp_path / "mine.tenfold").write_text("came in between")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["came in between"]


def test_a_packet_whose_record_is_refused_does_not_leave(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    packet = Packet(b"%PDF new", "TF-1", "0" * 64, 1)
    made = Print(packet, "packet.pdf", partial(packet_left, application=99, packet="hiring", number="TF-1", sha256="0"))
    known = tmp_path / "known.pdf"
    known.write_bytes(b"as it was")
    for target in (tmp_path / "packet.pdf", known):
        with pytest.raises(NotFound):
            hand_out(workspace, made, target)
    workspace.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["known.pdf", "trial.tenfold"]
    assert known.read_bytes() == b"as it was"


@contextmanager
def written_by_another(path: Path) -> Iterator[None]:
    """Somebody is in the middle of a long step."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield
        holder.communicate("")


def test_a_window_refused_for_a_moment_opens_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT_MS", 100)
    workspace = create_workspace(tmp_path / "trial")
    add(workspace, NewCandidate(name="Ines Calder"), None)
    workspace.close()
    with written_by_another(workspace.path), pytest.raises(Busy):
        open_workspace(workspace.path, window=True)
    assert [p.name for p in tmp_path.iterdir()] == ["trial.tenfold"]
    open_workspace(workspace.path, window=True).close()
    assert check_file(workspace.path) == []


def test_unfinished_typing_that_cannot_be_finished_at_the_start_keeps_no_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_workspace(tmp_path)
    path.close()

    def busy(_workspace: object) -> None:
        raise Busy("busy", "wait")

    with monkeypatch.context() as patch:
        patch.setattr("app.store.workspace.Workspace.finish_typing", busy)
        with pytest.raises(Busy):
            open_workspace(path.path, window=True)
    open_workspace(path.path, window=True).close()
    assert [p.name for p in tmp_path.iterdir()] == ["trial.tenfold"]


@posix
def test_on_a_full_disk_what_a_killed_window_left_can_be_read(tmp_path: Path) -> None:
    """The index of the log has no room: it is built in memory."""
    workspace = new_workspace(tmp_path)
    workspace.close()
    code = (
        "import os, signal, sys; from pathlib import Path; from app.store.workspace import open_workspace\n"
        "from app.actions.candidate import NewCandidate, add\n"
        "w = open_workspace(Path(sys.argv[1]), window=True); add(w, NewCandidate(name='Ines Calder'), None)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(workspace.path)], cwd=ROOT, check=False)
    assert sqlite.log_of(workspace.path).stat().st_size > 0
    (tmp_path / "trial.tenfold-shm").unlink()
    before = workspace.path.read_bytes()
    shown = limited(1000, "list", workspace.path, "candidates")
    assert (shown.returncode, "Ines Calder" in shown.stdout) == (0, True), shown.stderr
    assert limited(1000, "check", workspace.path).returncode == 0
    assert workspace.path.read_bytes() == before
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
