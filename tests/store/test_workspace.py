"""A workspace as a file: what is refused, what is left behind, what is durable."""

import hashlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.operations import Op
from app.errors import Busy, Damaged, NotAWorkspace, Refused, TooNew
from app.store import sqlite
from app.store.check import check_file
from app.store.create import create_workspace
from app.store.tables import Colleague, Setting
from app.store.workspace import open_workspace, read_workspace
from tests.makers import Clock, new_workspace


def closed(folder: Path, name: str = "trial") -> Path:
    workspace = new_workspace(folder, name)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Ruth Amadi")
    workspace.close()
    return workspace.path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_closed_workspace_is_one_ordinary_sqlite_file(tmp_path: Path) -> None:
    path = closed(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["trial.tenfold"]
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA application_id").fetchone()[0] == sqlite.APPLICATION_ID
        assert plain.execute("PRAGMA user_version").fetchone()[0] == sqlite.SCHEMA
        assert plain.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert plain.execute("SELECT op FROM history ORDER BY number").fetchall() == [
            ("create workspace",),
            ("add colleague",),
        ]
    plain.close()


def test_while_open_every_commit_is_durable(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.engine.connect() as connection:
        assert sqlite.pragma(connection, "journal_mode") == "wal"
        assert sqlite.pragma(connection, "synchronous") == 2
        assert sqlite.pragma(connection, "secure_delete") == 1
        assert sqlite.pragma(connection, "foreign_keys") == 1
    workspace.close()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = closed(tmp_path)
    before = digest(path)
    with pytest.raises(Refused, match="exists already"):
        create_workspace(path)
    assert digest(path) == before


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 84, b"%PDF-1.7\n" + b"x" * 4096])
def test_what_is_not_a_workspace_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.tenfold"
    path.write_bytes(content)
    for opening in (open_workspace, read_workspace):
        with pytest.raises(NotAWorkspace, match="is not a Tenfold workspace"):
            opening(path)
    assert path.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 1


def test_another_programs_database_is_not_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "other.tenfold"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    with pytest.raises(NotAWorkspace):
        open_workspace(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspace, match="folder"):
        open_workspace(tmp_path)
    with pytest.raises(NotAWorkspace, match="no file"):
        open_workspace(tmp_path / "gone.tenfold")
    assert list(tmp_path.iterdir()) == []


def test_a_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = closed(tmp_path)
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA user_version = {sqlite.SCHEMA + 1}")
    plain.close()
    before = digest(path)
    for opening in (open_workspace, read_workspace):
        with pytest.raises(TooNew, match="newer Tenfold"):
            opening(path)
    assert digest(path) == before


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_damage_never_ends_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("damage")
    path = closed(folder)
    content = bytearray(path.read_bytes())
    kind = data.draw(st.sampled_from(["cut", "scribble"]))
    if kind == "cut":
        content = content[: data.draw(st.integers(101, len(content) - 1))]
    else:
        start = data.draw(st.integers(100, len(content) - 600))
        content[start : start + 512] = data.draw(st.binary(min_size=512, max_size=512))
    path.write_bytes(bytes(content))
    before = digest(path)
    try:
        open_workspace(path).close()
    except Refused as refused:
        assert refused.sentence
        assert digest(path) == before, "a refused file is untouched"
    check_file(path)


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    path = closed(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    path.write_bytes(bytes(content))
    before = digest(path)
    with pytest.raises(Damaged, match="is damaged"):
        open_workspace(path)
    assert digest(path) == before
    assert check_file(path)


@pytest.mark.parametrize(
    "scribble",
    [
        "DELETE FROM workspace",
        "DROP TABLE workspace",
        "ALTER TABLE workspace RENAME COLUMN key TO name",
        "UPDATE workspace SET created_at = 'long ago'",
    ],
)
def test_a_file_without_its_own_row_is_left_byte_for_byte(tmp_path: Path, scribble: str) -> None:
    path = closed(tmp_path)
    plain = sqlite3.connect(path)
    plain.execute(scribble)
    plain.commit()
    plain.close()
    before = digest(path)
    with pytest.raises(Damaged, match="is damaged"):
        open_workspace(path)
    assert digest(path) == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_what_fails_while_opening_leaves_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = closed(tmp_path)

    def fail(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.store.workspace.Workspace", fail)
    with pytest.raises(RuntimeError):
        open_workspace(path, window=True)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    plain.close()


def test_a_cut_file_says_so(tmp_path: Path) -> None:
    path = closed(tmp_path)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(Damaged, match="shorter"):
        open_workspace(path)


def test_a_second_window_is_refused(tmp_path: Path) -> None:
    path = closed(tmp_path)
    first = open_workspace(path, window=True)
    try:
        with pytest.raises(Busy, match="open in another window"):
            open_workspace(path, window=True)
        code = (
            "import sys; from pathlib import Path; from app.store.workspace import open_workspace\n"
            "from app.errors import Busy\n"
            "try: open_workspace(Path(sys.argv[1]), window=True)\n"
            "except Busy: sys.exit(7)"
        )
        assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 7
    finally:
        first.close()
    open_workspace(path, window=True).close()
    assert [p.name for p in tmp_path.iterdir()] == ["trial.tenfold"]


def test_a_command_reads_and_writes_beside_a_window(tmp_path: Path) -> None:
    path = closed(tmp_path)
    window = open_workspace(path, window=True)
    code = (
        "import sys; from pathlib import Path; from app.store.workspace import open_workspace, read_workspace\n"
        "from app.store.tables import Colleague; from app.domain.operations import Op\n"
        "r = read_workspace(Path(sys.argv[1])); r.close()\n"
        "w = open_workspace(Path(sys.argv[1]))\n"
        "with w.step(Op.ADD_COLLEAGUE) as s: s.add(Colleague, name='Joel Abara')\n"
        "w.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    with window.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM colleague").scalar() == 2
    with window.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Hanne Sørby")
    with window.engine.connect() as connection:
        assert sqlite.pragma(connection, "journal_mode") == "wal", "the command left the window's log alone"
    window.close()
    assert [p.name for p in tmp_path.iterdir()] == ["trial.tenfold"]
    assert check_file(path) == []


def test_a_writer_waits_then_says_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT_MS", 300)
    path = closed(tmp_path)
    workspace = open_workspace(path)
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(Busy, match="being written"), workspace.step(Op.ADD_COLLEAGUE) as step:
            step.add(Colleague, name="X")
        holder.communicate("")
    workspace.close()


def test_read_only_files_are_read_and_not_opened(tmp_path: Path) -> None:
    """As an ordinary user: root may write anywhere, so the child gives root up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = closed(folder)
        path.chmod(0o444)
        folder.chmod(0o555)
        code = (
            "import os, sys; from pathlib import Path\n"
            "from app.store.workspace import open_workspace, read_workspace\n"
            "from app.store.check import check_file; from app.errors import ReadOnly\n"
            "import encodings.idna, app.store.backup\n"
            "os.getuid() == 0 and (os.setgid(65534), os.setuid(65534))\n"
            "p = Path(sys.argv[1]); r = read_workspace(p); r.close(); assert check_file(p) == []\n"
            "try: open_workspace(p)\n"
            "except ReadOnly: sys.exit(7)"
        )
        run = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True)
        folder.chmod(0o755)
        assert run.returncode == 7, run.stderr
        assert [p.name for p in folder.iterdir()] == ["trial.tenfold"]


def test_a_failed_step_leaves_nothing(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with pytest.raises(RuntimeError), workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Half")
        raise RuntimeError
    with workspace.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM colleague").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM history").scalar() == 1
    workspace.close()


def test_what_was_typed_and_taken_back_is_nowhere_in_the_file(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        row = step.add(Colleague, name="x")
    with workspace.step(Op.DRAFT_CARD, draft=True) as step:
        step.edit(Colleague, row, name="a thought better kept " * 400)
    with workspace.step(Op.DRAFT_CARD, draft=True) as step:
        step.edit(Colleague, row, name="x")
    workspace.close()
    assert b"better kept" not in workspace.path.read_bytes()


def test_the_kept_day(tmp_path: Path) -> None:
    from datetime import date

    from app.store.tables import Setting

    clock = Clock()
    workspace = new_workspace(tmp_path, clock=clock)
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, today_kept=date(2026, 3, 12))
    clock.turn(days=200, hours=2)
    assert workspace.settings.today_kept == date(2026, 3, 12)
    assert workspace.today() == date(2026, 3, 12)
    assert workspace.now().hour == 11
    workspace.close()


def test_readers_are_as_many_as_read_at_once(tmp_path: Path) -> None:
    """Not as many as there were threads: each job has one of its own."""
    workspace = new_workspace(tmp_path)
    together = threading.Barrier(3)

    def look(wait: bool) -> None:
        with workspace.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM colleague").scalar() is not None
            if wait:
                together.wait()

    for wait, count in ((False, 20), (True, 3)):
        threads = [threading.Thread(target=look, args=(wait,)) for _ in range(count)]
        for thread in threads:
            thread.start()
            if not wait:
                thread.join()
        for thread in threads:
            thread.join()
        assert len(workspace._readers) == (3 if wait else 1)
    workspace.close()


def test_what_another_process_wrote_is_noticed_once_and_own_steps_never(tmp_path: Path) -> None:
    path = closed(tmp_path)
    window = open_workspace(path, window=True)
    assert not window.written_outside()
    with window.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Hanne Sørby")
    assert not window.written_outside()
    code = (
        "import sys; from pathlib import Path; from app.store.workspace import open_workspace\n"
        "from app.store.tables import Colleague; from app.domain.operations import Op\n"
        "w = open_workspace(Path(sys.argv[1]))\n"
        "with w.step(Op.ADD_COLLEAGUE) as s: s.add(Colleague, name='Joel Abara')\n"
        "w.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert window.written_outside()
    assert not window.written_outside()
    window.close()


def test_the_kept_day_holds_after_a_write_from_outside(tmp_path: Path) -> None:
    """At every moment, in every thread: the row about the workspace is never missing."""
    path = closed(tmp_path)
    window = open_workspace(path, window=True)
    with window.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, today_kept=date(2020, 1, 2))
    beside = open_workspace(path)
    with beside.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Hanne Sørby")
    beside.close()
    assert window.written_outside()
    assert window.today() == date(2020, 1, 2)
    window.close()
