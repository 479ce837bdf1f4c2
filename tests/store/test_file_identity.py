"""A file that is moved, deleted, replaced or written to under its window: a loud stop, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.operations import Op
from app.errors import Busy, Refused, Replaced
from app.store.check import check_file
from app.store.file_identity import FileIdentity, held_here
from app.store.files import bytes_in, replace_file
from app.store.tables import Colleague
from app.store.tables_panel import PlanTemplate
from app.store.workspace import Workspace, open_workspace, read_workspace
from tests.makers import new_workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take an open file away")
Taken = Callable[[Path], None]


def add(workspace: Workspace, name: str) -> None:
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name=name)


def names(path: Path) -> list[str]:
    workspace = read_workspace(path)
    with workspace.read() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql("SELECT name FROM colleague ORDER BY id")]
    workspace.close()
    return found


def closed(folder: Path, *people: str) -> Path:
    workspace = new_workspace(folder)
    for name in people:
        add(workspace, name)
    workspace.close()
    return workspace.path


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.tenfold"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    """As a synchronising program does: a new file, renamed over the old one."""
    aside = path.with_name("incoming")
    shutil.copy(path.parent / "older.copy", aside)
    aside.replace(path)


def written_over(path: Path) -> None:
    """As `cp` does: into the file that is there."""
    path.write_bytes((path.parent / "older.copy").read_bytes())


def log_gone(path: Path) -> None:
    path.with_name(path.name + "-wal").unlink()


@pytest.mark.parametrize("take", [moved, deleted, replaced, written_over, log_gone])
@pytest.mark.parametrize("noticed", ["at a step", "at close"])
def test_what_the_window_held_is_beside_the_place(tmp_path: Path, take: Taken, noticed: str) -> None:
    path = closed(tmp_path, "Ruth Amadi")
    shutil.copy(path, tmp_path / "older.copy")
    window = open_workspace(path, window=True)
    add(window, "Joel Abara")
    take(path)
    left = path.read_bytes() if path.exists() else None
    if noticed == "at a step":
        for _ in range(2):
            with pytest.raises(Replaced) as stop:
                add(window, "Not to be saved")
        window.close()
    else:
        with pytest.raises(Replaced) as stop:
            window.close()
    rescued = stop.value.rescued
    assert rescued == tmp_path / "trial (rescued).tenfold"
    assert str(rescued) in stop.value.remedy
    assert names(rescued) == ["Ruth Amadi", "Joel Abara"]
    assert check_file(rescued) == []
    assert rescued.stat().st_mode & 0o777 == 0o600
    if left is not None:
        assert path.read_bytes() == left, "the other file is as it was put there"
        assert names(path) == ["Ruth Amadi"]
        open_workspace(path).close()
    assert not [p.name for p in tmp_path.iterdir() if p.name.endswith(("-wal", "-shm", ".part", ".lock"))]


def test_a_long_log_is_folded_in_between_and_nothing_is_taken_for_a_stranger(tmp_path: Path) -> None:
    window = open_workspace(closed(tmp_path), window=True)
    for number in range(12):
        with window.step(Op.ADD_COLLEAGUE) as step:
            step.add(PlanTemplate, name=str(number), content="x" * 700_000, kept_at=step.at)
    assert window.path.stat().st_size > 4_000_000, "the log went into the file"
    add(window, "Ruth Amadi")
    window.close()
    assert "Ruth Amadi" in names(window.path)
    assert check_file(window.path) == []


def test_a_second_name_is_the_same_file(tmp_path: Path) -> None:
    path = closed(tmp_path, "Ruth Amadi")
    second = tmp_path / "second.tenfold"
    os.link(path, second)
    window = open_workspace(path, window=True)
    add(window, "Joel Abara")
    code = (
        "import sys; from pathlib import Path; from app.store.workspace import open_workspace, read_workspace\n"
        "from app.errors import Busy\n"
        "for start in (lambda p: open_workspace(p, window=True), open_workspace, read_workspace):\n"
        "    try: start(Path(sys.argv[1]))\n"
        "    except Busy: continue\n"
        "    sys.exit(3)"
    )
    subprocess.run([sys.executable, "-c", code, str(second)], check=True)
    with pytest.raises(Busy):
        open_workspace(second, window=True)
    add(window, "Hanne Sørby")
    window.close()
    assert names(second) == ["Ruth Amadi", "Joel Abara", "Hanne Sørby"]
    open_workspace(second, window=True).close()
    assert check_file(path) == []


def test_a_file_made_where_a_journal_was_is_no_part_of_the_workspace(tmp_path: Path) -> None:
    """The system gives the number of a deleted journal to the next new file."""
    path = tmp_path / "open.tenfold"
    journal, table = path.with_name("open.tenfold-journal"), tmp_path / "people.csv"
    for made in (path, journal):
        made.write_bytes(b"x")
    identity = FileIdentity(path, alone=False)
    try:
        assert held_here(journal)
        journal.rename(table)
        assert not held_here(table)
        assert held_here(path)
    finally:
        identity.leave()
    assert not held_here(path)


def test_nothing_opens_the_open_workspace_as_a_file(tmp_path: Path) -> None:
    window = open_workspace(closed(tmp_path), window=True)
    os.link(window.path, tmp_path / "cv.pdf")
    for path in (window.path, tmp_path / "cv.pdf", window.path.with_name(window.path.name + "-shm")):
        with pytest.raises(Refused, match="open here"):
            bytes_in(path, 10)
    with pytest.raises(Refused, match="is a workspace"):
        replace_file(window.path, b"x")
    (tmp_path / "cv.pdf").unlink()
    window.close()


KILLED = (
    "import os, signal, sys; from pathlib import Path; from tests.store.test_file_identity import add\n"
    "from app.store.workspace import open_workspace\n"
    "w = open_workspace(Path(sys.argv[1]), window=True); add(w, 'Joel Abara')\n"
    "os.kill(os.getpid(), signal.SIGKILL)"
)


@pytest.mark.parametrize("start", [open_workspace, read_workspace])
def test_the_log_of_a_killed_window_is_not_played_onto_another_file(
    tmp_path: Path, start: Callable[..., Workspace]
) -> None:
    path = closed(tmp_path, "Ruth Amadi")
    shutil.copy(path, tmp_path / "older.copy")
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    replaced(path)
    for refused in (read_workspace, open_workspace):
        with pytest.raises(Refused, match="was put in the place of"):
            refused(path)
    with pytest.raises(Refused, match="was put in the place of"):
        open_workspace(path, window=True)
    assert (tmp_path / "trial.tenfold-wal.kept").stat().st_size > 0
    start(path).close()
    open_workspace(path, window=True).close()
    assert names(path) == ["Ruth Amadi"]
    assert check_file(path) == []


def test_a_folder_copied_as_a_killed_window_left_it_opens_with_its_log(tmp_path: Path) -> None:
    path = closed(tmp_path, "Ruth Amadi")
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    copied = tmp_path / "copied"
    copied.mkdir()
    for left in tmp_path.glob("*trial.tenfold*"):
        shutil.copy(left, copied)
    assert names(copied / path.name) == ["Ruth Amadi", "Joel Abara"]
    for one in (path, copied / path.name):
        open_workspace(one, window=True).close()
        assert names(one) == ["Ruth Amadi", "Joel Abara"]
        assert check_file(one) == []
        assert not list(one.parent.glob("*trial.tenfold-*")), "one file again"
        assert not list(one.parent.glob(".trial.tenfold.lock"))


def test_a_pipe_with_the_inode_of_a_deleted_log_is_not_taken_for_the_open_workspace(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    log = workspace.path.with_name(f"{workspace.path.name}-journal")
    os.mkfifo(log)
    identity = FileIdentity(workspace.path, alone=False)
    assert held_here(workspace.path)
    assert not held_here(log)
    with pytest.raises(Refused):
        check_file(log)
    identity.leave()
    log.unlink()
    workspace.close()
