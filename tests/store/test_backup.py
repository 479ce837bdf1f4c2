"""Backups are checked, thinned by rule, and restored without leaving anything behind."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.operations import Op
from app.errors import Busy, Damaged, ReadOnly, Refused
from app.store import backup, backup_folder, sqlite
from app.store.backup import make_backup, restore, save_copy
from app.store.backup_folder import Backup, backups_of, copy_before_migration, list_backups, to_keep
from app.store.check import check_file
from app.store.partial_files import part_of, sweep
from app.store.reading import while_wanted
from app.store.tables import Colleague
from app.store.tables_panel import PlanTemplate
from app.store.workspace import open_workspace
from tests.makers import new_workspace

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def made(*ages: timedelta, size: int = 10) -> list[Backup]:
    return [Backup(Path(f"{i}"), NOW - age, size) for i, age in enumerate(ages)]


def test_a_backup_is_made_from_an_open_file_and_holds(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Ruth Amadi")
    target = make_backup(workspace, tmp_path / "data", NOW)
    assert check_file(target) == []
    assert [p.name for p in target.parent.iterdir()] == [target.name]
    workspace.close()


def test_restore_keeps_what_it_replaces(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    copy = make_backup(workspace, tmp_path / "data", NOW)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Later")
    with pytest.raises(Busy):
        window = open_workspace(workspace.path, window=True)
        try:
            restore(workspace.path, copy, NOW)
        finally:
            window.close()
    workspace.close()
    kept = restore(workspace.path, copy, NOW)
    assert kept is not None
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", kept.name, "trial.tenfold"]
    assert b"Later" in kept.read_bytes()
    assert b"Later" not in workspace.path.read_bytes()
    assert check_file(workspace.path) == check_file(kept) == []


def test_restore_over_a_damaged_file(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    copy = make_backup(workspace, tmp_path / "data", NOW)
    workspace.close()
    workspace.path.write_bytes(workspace.path.read_bytes()[:5000])
    assert restore(workspace.path, copy, NOW) is not None
    assert check_file(workspace.path) == []


def test_a_bad_backup_is_refused(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    copy = make_backup(workspace, tmp_path / "data", NOW)
    workspace.close()
    other = new_workspace(tmp_path, "other")
    other.close()
    before = workspace.path.read_bytes()
    with pytest.raises(Refused, match="another workspace"):
        restore(workspace.path, other.path, NOW)
    broken = tmp_path / "broken.tenfold"
    broken.write_bytes(copy.read_bytes()[:-4096])
    with pytest.raises(Damaged):
        restore(workspace.path, broken, NOW)
    assert workspace.path.read_bytes() == before


def test_a_restore_that_fails_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = new_workspace(tmp_path)
    copy = make_backup(workspace, tmp_path / "data", NOW)
    workspace.close()
    before = workspace.path.read_bytes()

    def fail(*_arguments: object) -> None:
        raise Busy("Busy.", "Wait.")

    monkeypatch.setattr(backup, "_keep", fail)
    with pytest.raises(Busy):
        restore(workspace.path, copy, NOW)
    assert workspace.path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "trial.tenfold"]


def test_a_copy_before_migration_is_checked_and_the_older_ones_thinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = new_workspace(tmp_path)
    folder = backups_of(tmp_path / "data", workspace.settings.key)
    workspace.close()
    for _ in range(9):
        copy_before_migration(workspace.path, tmp_path / "data")
    assert len(list_backups(folder)) == len(list(folder.iterdir())) == 5
    before = {p.name for p in folder.iterdir()}
    monkeypatch.setattr(sqlite, "integrity", lambda _connection: ["page 3 is never used"])
    with pytest.raises(Damaged, match="page 3"):
        copy_before_migration(workspace.path, tmp_path / "data")
    assert {p.name for p in folder.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_takes_no_more_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(PlanTemplate, name="Long", content="x" * 400_000, kept_at=step.at)
    folder = backups_of(tmp_path / "data", workspace.settings.key)
    workspace.close()
    before = workspace.path.read_bytes()
    code = (
        "import resource, sys; from app.__main__ import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); sys.exit(main(sys.argv[1:]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "backup", str(workspace.path)],
        check=False,
        capture_output=True,
        text=True,
        env={"TENFOLD_DATA": str(tmp_path / "data")},
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "may be full or failing" in run.stderr
    assert "damaged" not in run.stderr
    assert list(folder.iterdir()) == []
    assert check_file(workspace.path) == []
    assert len(workspace.path.read_bytes()) == len(before)


def test_a_database_error_is_never_raw(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with pytest.raises(ReadOnly, match="no-folder"):
        save_copy(workspace, tmp_path / "no-folder" / "copy")
    workspace.close()


def test_the_rule_of_keeping() -> None:
    hours = made(*(timedelta(hours=h) for h in range(24)))
    assert to_keep(hours) == {b.path for b in [*hours[:5], hours[10]]}, "the newest of yesterday is at hour 10"
    days = made(*(timedelta(days=d) for d in range(60)))
    kept = {b.made for b in days if b.path in to_keep(days)}
    assert {NOW - timedelta(days=d) for d in range(7)} <= kept
    assert min(kept) > NOW - timedelta(weeks=4)
    assert len(kept) <= 7 + 4
    assert to_keep([]) == set()


def test_two_gigabytes_but_never_fewer_than_two() -> None:
    huge = made(*(timedelta(hours=h) for h in range(5)), size=3 * 1024**3)
    assert to_keep(huge) == {huge[0].path, huge[1].path}


@given(st.lists(st.tuples(st.integers(0, 400 * 24), st.integers(1, 10**9)), max_size=40, unique_by=lambda t: t[0]))
def test_the_newest_is_always_kept_and_thinning_settles(ages: list[tuple[int, int]]) -> None:
    backups = [Backup(Path(str(h)), NOW - timedelta(hours=h), size) for h, size in ages]
    kept = to_keep(backups)
    if backups:
        assert max(backups, key=lambda b: b.made).path in kept
        assert len(kept) >= min(2, len(backups))
    left = [b for b in backups if b.path in kept]
    assert to_keep(left) == kept
    assert sum(b.size for b in left) <= backup_folder.MOST_BYTES or len(left) <= 2


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    folder = backups_of(tmp_path / "data", workspace.settings.key)
    folder.mkdir(parents=True)
    (folder / "mine.tenfold").write_text("x")
    for h in range(9):
        make_backup(workspace, tmp_path / "data", NOW + timedelta(hours=h))
    assert len(list_backups(folder)) == 5
    assert (folder / "mine.tenfold").exists()
    workspace.close()


@pytest.mark.parametrize("key", ["../../elsewhere", "", "x" * 32, "unknown"])
def test_a_key_that_names_another_folder_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(Damaged, match="no key"):
        backups_of(tmp_path, key)


def test_a_clock_that_was_ahead_never_costs_the_newest(tmp_path: Path) -> None:
    """Made while the clock was ten years ahead, then put right: the newest is what was made last."""
    workspace = new_workspace(tmp_path)
    ahead = NOW.replace(year=2036)
    for hour in range(12):
        make_backup(workspace, tmp_path / "data", ahead + timedelta(hours=hour))
    for hour in range(12):
        made = make_backup(workspace, tmp_path / "data", NOW + timedelta(hours=hour))
        assert made.exists(), "the one just made was thinned"
        assert list_backups(made.parent)[0].path == made
    workspace.close()
    assert len(list_backups(made.parent)) <= 7


def test_those_named_by_the_clock_alone_are_the_oldest(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    folder = backups_of(tmp_path / "data", workspace.settings.key)
    first = make_backup(workspace, tmp_path / "data", NOW)
    before = first.rename(folder / "2036-01-01T090000.000000Z.tenfold")
    second = make_backup(workspace, tmp_path / "data", NOW)
    assert [b.path for b in list_backups(folder)] == [second, before]
    workspace.close()


def test_copies_of_a_workspace_thin_only_their_own(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    copied = save_copy(workspace, tmp_path / "copy")
    mine = {make_backup(workspace, tmp_path / "data", NOW + timedelta(minutes=n)) for n in range(3)}
    other = open_workspace(copied)
    for n in range(20):
        make_backup(other, tmp_path / "data", NOW + timedelta(hours=1, minutes=n))
    other.close()
    workspace.close()
    left = {b.path for b in list_backups(next(iter(mine)).parent)}
    assert mine <= left
    assert len(left) == 3 + 5


def test_a_file_with_findings_is_backed_up_marked_and_thins_none_that_holds(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Ruth Amadi")
    sound = {make_backup(workspace, tmp_path / "data", NOW + timedelta(minutes=n)) for n in range(2)}
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE history SET digest = 'x' WHERE number = 1")
    for n in range(20):
        with pytest.raises(Damaged, match="but it does not hold: History row 1"):
            make_backup(workspace, tmp_path / "data", NOW + timedelta(hours=1, minutes=n))
    workspace.close()
    left = list_backups(next(iter(sound)).parent)
    assert sound == {b.path for b in left if b.sound}
    assert 1 <= len([b for b in left if not b.sound]) <= 5
    assert all("with findings" in b.path.name for b in left if not b.sound)


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights")
def test_what_is_private_is_so_from_the_first_byte_and_a_killed_part_goes_with_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each write is looked at while it is under way, then its process is killed there."""
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    workspace = new_workspace(tmp_path)
    workspace.close()
    code = (
        "import os, signal, sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "os.umask(0o022)\n"
        "from app.store import backup, files, sqlite; from app.store.workspace import open_workspace\n"
        "from app.store.partial_files import data_folder\n"
        "seen = []\n"
        "def look(event, arguments):\n"
        "    if event == 'os.rename' or (event == 'os.link'):\n"
        "        part = Path(os.fsdecode(arguments[0]))\n"
        "        if part.name.endswith('.part'):\n"
        "            print(oct(part.stat().st_mode & 0o777), part, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(look)\n"
        "w = open_workspace(Path(sys.argv[1]))\n"
        "if sys.argv[2] == 'backup': backup.make_backup(w, data_folder(), datetime.now(UTC))\n"
        "if sys.argv[2] == 'copy': backup.save_copy(w, Path(sys.argv[1]).parent / 'copy')\n"
        "if sys.argv[2] == 'export': files.replace_file(Path(sys.argv[1]).parent / 'packet.pdf', b'x')\n"
    )
    for what, mode in (("backup", "0o600"), ("copy", "0o600"), ("export", "0o644")):
        run = subprocess.run(
            [sys.executable, "-c", code, str(workspace.path), what], check=False, capture_output=True, text=True
        )
        assert run.returncode == -9, run.stderr
        said, _, part = run.stdout.strip().partition(" ")
        assert said == mode
        assert Path(part).exists()
        sweep()
        assert not Path(part).exists()
    assert list((tmp_path / "data" / "parts").iterdir()) == []
    for folder in (tmp_path / "data", *(p for p in (tmp_path / "data").rglob("*") if p.is_dir())):
        assert folder.stat().st_mode & 0o777 == 0o700, folder


def test_what_is_being_written_now_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "backups" / ("0" * 32)
    folder.mkdir(parents=True)
    old = folder / ".2026-03-12T090000.000000Z.tenfold.part"
    old.write_bytes(b"of a program that kept no records")
    with part_of(tmp_path / "packet.pdf") as aside, part_of(folder / "x.tenfold") as copy:
        aside.write_bytes(b"x")
        copy.write_bytes(b"x")
        sweep()
        assert aside.exists()
        assert copy.exists()
    assert not aside.exists()
    assert list(folder.iterdir()) == []


class Unwanted(Exception):
    """What a closed window raises in the work it had begun."""


def test_a_backup_is_given_up_between_two_statements(tmp_path: Path) -> None:
    """A window that closes does not wait for its check; nothing half stays."""
    workspace = new_workspace(tmp_path)
    asked = 0

    def unwanted() -> None:
        nonlocal asked
        asked += 1
        if asked > 5:
            raise Unwanted

    with pytest.raises(Unwanted), while_wanted(unwanted):
        make_backup(workspace, tmp_path / "data", NOW)
    assert [p for p in (tmp_path / "data").rglob("*") if p.is_file()] == []
    workspace.close()
