"""Every command ends in a sentence, whatever it is given to read, to write, or to speak to."""

import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

from app.cli.main import main
from app.store.files import safe_name, unused_name
from tests.store.test_foreign import script

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets with names")
ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))

    def one(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return one


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def plug(folder: Path) -> Path:
    os.mknod(folder / "s", stat.S_IFSOCK | 0o600)
    return folder / "s"


def loop(folder: Path) -> Path:
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    return folder / "a"


def terminal(_: Path) -> str:
    try:
        return os.ttyname(os.openpty()[1])
    except OSError:
        pytest.skip("this system hands out no terminals")


STRANGE: dict[str, Callable[[Path], Path | str]] = {
    "a pipe": pipe,
    "a socket": plug,
    "a device": lambda _: "/dev/null",
    "a terminal": terminal,
    "a folder": lambda folder: folder,
    "a loop": loop,
    "a long name": lambda folder: folder / ("x" * 300),
    "a long path": lambda folder: folder / "/".join(["x" * 200] * 30),
    "a zero byte": lambda folder: f"{folder}/a\0b.tenfold",
    "nothing": lambda folder: folder / "nothing",
    "under a file": lambda _: f"{__file__}/x.tenfold",
    "nobody's home": lambda _: "~nobody-of-that-name/x.tenfold",
}


@pytest.mark.parametrize("kind", STRANGE)
def test_whatever_is_named_as_workspace_table_form_ladder_or_backup_ends_in_a_sentence(
    run: Run, sample_copy: Path, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "odd").mkdir()
    odd = STRANGE[kind](tmp_path / "odd")
    before = sample_copy.read_bytes()
    for arguments in (
        ("check", odd),
        ("list", odd, "openings"),
        ("backup", odd),
        ("import", sample_copy, "candidates", odd),
        ("import", sample_copy, "members", odd),
        ("import", sample_copy, "guide", odd),
        ("import", sample_copy, "scorecards", odd),
        ("restore", sample_copy, odd),
    ):
        code, out, err = run(*arguments)
        assert code in (1, 2), arguments
        assert "Traceback" not in err
        assert "nobody foresaw" not in err, (arguments, err)
        assert err.strip() or "finding" in out or out.strip(), arguments
    assert sample_copy.read_bytes() == before


@pytest.mark.parametrize("kind", ["a pipe", "a socket", "a folder", "a loop", "a long name", "a zero byte", "a device"])
def test_what_is_written_takes_the_place_of_ordinary_files_alone(
    run: Run, sample_copy: Path, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "odd").mkdir()
    odd = STRANGE[kind](tmp_path / "odd")
    listed = sorted(p.name for p in (tmp_path / "odd").iterdir())
    for arguments in (
        ("export", sample_copy, "report", "--report", "spread", "--out", odd),
        ("export", sample_copy, "hiring-packet", "--application", 1, "--out", odd),
        *([("sample", odd)] if kind in ("a long name", "a zero byte") else []),
    ):
        code, _, err = run(*arguments)
        assert code in (1, 2), arguments
        assert err.strip()
        assert "nobody foresaw" not in err, (arguments, err)
    if kind != "a folder":
        assert sorted(p.name for p in (tmp_path / "odd").iterdir()) == listed
    if kind == "a device":
        assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_link_is_left_with_what_it_leads_to(run: Run, sample_copy: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")
    link = tmp_path / "link.csv"
    link.symlink_to(kept)
    code, _, err = run("export", sample_copy, "report", "--report", "spread", "--out", link)
    assert (code, kept.read_text(), link.is_symlink()) == (1, "mine", True)
    assert "is a link" in err


def test_a_dash_is_standard_output_and_words_go_beside_it(sample_copy: Path, tmp_path: Path) -> None:
    for name, begins in (("hiring-packet", b"%PDF"), ("offer-packet", b"%PDF"), ("report", b"\xef\xbb\xbf")):
        about = ("--report", "spread") if name == "report" else ("--application", "1")
        done = subprocess.run(
            [sys.executable, "-m", "app", "export", str(sample_copy), name, *about, "--out", "-"],
            cwd=ROOT,
            env={**os.environ, "TENFOLD_DATA": str(tmp_path)},
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            assert done.stdout.startswith(begins) or name == "report"
            assert b"standard output" in done.stderr
        else:
            assert b"Traceback" not in done.stderr
            assert not done.stdout
    assert not (ROOT / "-").exists()


@pytest.mark.parametrize("number", [2**63, -(2**64), 10**5000 if sys.version_info < (3, 11) else 10**300])
def test_numbers_no_file_can_hold_are_wrong_usage(run: Run, sample_copy: Path, tmp_path: Path, number: int) -> None:
    code, _, err = run("export", sample_copy, "hiring-packet", "--application", number, "--out", tmp_path / "x.pdf")
    assert code == 2
    assert "no number of anything is that large" in err


def shell(words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", words], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False
    )


def test_terminals_and_pipes_that_have_not_all_letters_or_are_closed(sample_copy: Path, tmp_path: Path) -> None:
    script(sample_copy, "UPDATE colleague SET name = 'Ōé – 名' WHERE id = 1")
    tenfold, data = f"{sys.executable} -m app", str(tmp_path)
    for letters in ("ascii", "latin-1"):
        done = shell(f"{tenfold} list {sample_copy} colleagues", PYTHONIOENCODING=letters, TENFOLD_DATA=data)
        assert (done.returncode, done.stderr) == (0, b"")
    done = shell(f"{tenfold} list {sample_copy} colleagues --json", PYTHONIOENCODING="latin-1", TENFOLD_DATA=data)
    assert b"\\u014d".lower() in done.stdout.lower() or b"\\u014c" in done.stdout
    done = shell(f"{tenfold} list {sample_copy} colleagues >&-", TENFOLD_DATA=data)
    assert b"Traceback" not in done.stderr
    if Path("/dev/full").exists():
        done = shell(f"{tenfold} list {sample_copy} colleagues >/dev/full", TENFOLD_DATA=data)
        assert done.returncode == 1
        assert b"No space left on device" in done.stderr
        assert b"Traceback" not in done.stderr


def test_no_command_shows_what_a_damaged_file_holds(run: Run, sample_copy: Path, tmp_path: Path) -> None:
    """A flipped byte in a name, in a line of evidence, in a moment: the line itself is never printed."""
    script(
        sample_copy,
        "UPDATE note SET text = CAST('Sealed evidence' || X'FF' AS TEXT);"
        "UPDATE interview SET starts_at = 'Sealed moment';"
        "UPDATE colleague SET name = CAST('Sealed name' || X'FF' AS TEXT);"
        "UPDATE opening SET approved_on = 'Sealed day'",
    )
    for arguments in (
        ("list", "openings"),
        ("list", "interviews"),
        ("list", "scorecards"),
        ("list", "colleagues"),
        ("export", "hiring-packet", "--application", 1, "--out", tmp_path / "x.pdf"),
        ("check",),
        ("backup",),
    ):
        _, out, err = run(arguments[0], sample_copy, *arguments[1:])
        assert "Traceback" not in err
        assert "Sealed" not in out + err, arguments


def test_what_nobody_foresaw_is_said_by_its_place_and_without_its_words(run: Run, sample_copy: Path) -> None:
    script(
        sample_copy,
        "PRAGMA ignore_check_constraints = ON; UPDATE scorecard SET overall = 'Sealed' WHERE overall IS NOT NULL;"
        "UPDATE workspace SET time_zone = 'Sealed/Place'",
    )
    for what in ("interviews", "scorecards", "applications"):
        code, out, err = run("list", sample_copy, what)
        assert "Sealed" not in out + err
        assert code in (0, 1)


@pytest.mark.parametrize("letter", ["x", "é", "名", "🎉", "e\u0301", "x\u0323"])
def test_a_file_name_is_counted_in_bytes_and_no_letter_is_cut(letter: str) -> None:
    name = safe_name(letter * 400 + ".pdf")
    assert len(name.encode()) <= 204
    assert name.endswith(unicodedata.normalize("NFC", letter) + ".pdf")
    taken = [name]
    for _ in range(12):
        taken.append(unused_name(letter * 400 + ".pdf", taken))
    assert len(set(taken)) == len(taken)
    assert max(len(n.encode()) for n in taken) <= 204


def test_a_disk_that_keeps_no_locks_is_named(
    run: Run, sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no such disk here: the system's refusal stands in for it."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    code, _, err = run("restore", tmp_path / "new.tenfold", sample_copy)
    assert code == 1
    assert "No locks available" in err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder nobody may write to, not even root")
def test_folders_nobody_may_write_to_are_named(
    run: Run, sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (
        ("sample", "/proc/new.tenfold"),
        ("export", sample_copy, "report", "--report", "spread", "--out", "/proc/x.csv"),
        ("export", sample_copy, "hiring-packet", "--application", 1, "--out", "/proc/x.pdf"),
        ("export", sample_copy, "interview-kit", "--opening", 1, "--out", "/proc/kits"),
        ("restore", "/proc/new.tenfold", sample_copy),
    ):
        code, _, err = run(*arguments)
        assert code == 1, arguments
        assert "/proc" in err, (arguments, err)
        assert "nobody foresaw" not in err, (arguments, err)
    monkeypatch.setenv("TENFOLD_DATA", "/proc/tenfold")
    for command in ("backup", "check"):
        code, out, err = run(command, sample_copy)
        assert code == (1 if command == "backup" else 0)
        assert "nobody foresaw" not in out + err, err


def test_a_file_and_a_second_word_are_wrong_usage(tmp_path: Path) -> None:
    """The window opens on one file; what else was meant is not guessed."""
    done = subprocess.run(
        [sys.executable, "-m", "app", str(tmp_path / "my.tenfold"), "extra"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "my.tenfold" in done.stderr
