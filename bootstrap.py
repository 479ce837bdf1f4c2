"""Set Tenfold up and start it: the only command a checkout needs.

    python3 bootstrap.py              open the window on a sample workspace
    python3 bootstrap.py test [ARGS]  format, lint, types, layers, tests; ARGS go to pytest
    python3 bootstrap.py run ARGS     any tenfold command, such as: run check FILE

`.venv` is made from pins that are checked by hash; a stamp in it says what it was made from, so that the next start
is quick. The stamp is written last: what was interrupted is begun again. Pins are made with

    printf 'hatchling\\neditables\\n' > build.in
    uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \\
        --no-header --no-annotate pyproject.toml build.in -o constraints.txt
    … the same with: --extra test -c constraints.txt … -o constraints-test.txt
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "tenfold-stamp"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{SUFFIX}"
TENFOLD = SCRIPTS / f"tenfold{SUFFIX}"
SAMPLE = ROOT / ".sample" / "sample.tenfold"
PINS = {"run": ROOT / "constraints.txt", "test": ROOT / "constraints-test.txt"}  # "test" holds all of "run"
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports"]),
    ("tests", ["pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]),
)
# What Qt needs of Linux, as Debian names the packages; the second table only where there is a screen.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def main(arguments: list[str]) -> int:
    """Set up what is missing, then do what was asked."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        sys.exit(f"Tenfold runs on Python 3.11 to 3.14; this is {sys.version.split()[0]}. Start me with one of those.")
    wanted, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if wanted not in ("", "test", "run"):
        print(__doc__)
        return 0 if wanted in ("-h", "--help") else 2
    set_up("test" if wanted == "test" else "run")
    if wanted == "test":
        return check(rest)
    if wanted == "run":
        return become([str(TENFOLD), *rest])
    make_sample()
    return become([str(TENFOLD), str(SAMPLE)]) if has_screen() else write_packet()


def set_up(purpose: str) -> None:
    """Make `.venv` hold the pins for a purpose and the project, unless the stamp says that it does."""
    made_from = stamp()
    known = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    if known[:1] == [made_from] and purpose in known and PYTHON.exists():
        return
    start = time.monotonic()
    uv = working_uv()
    install_packages(missing_packages(uv))
    if known:
        STAMP.unlink()
    elif VENV.exists():
        print("Beginning again: .venv was not finished.", flush=True)
    if not known or not PYTHON.exists() or python_of_venv() != sys.version_info[:2]:
        shutil.rmtree(VENV, ignore_errors=True)
        say("Making .venv")
        run([uv, "venv", "-q", "--python", sys.executable, str(VENV)] if uv else venv_command())
    pins = PINS[purpose]
    names = Counter(line.split("==")[0] for line in pins.read_text("utf-8").splitlines() if "==" in line)
    installer = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [*pip_command(), "install"]
    say("Installing packages, each checked by its hash (some 150 MB the first time)")
    pinned = [*installer, "--require-hashes", "-r", str(pins)]
    run(pinned) if uv else install_with_pip(pinned, names)  # uv draws its own progress
    say("Installing Tenfold")
    run([*installer, "-q", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    say("Compiling")
    run([str(PYTHON), "-m", "compileall", "-qq", "-j", "0", str(VENV), str(ROOT / "app")], may_fail=True)
    STAMP.write_text(f"{made_from} run {purpose}\n", "utf-8")
    print(f"Set up in {time.monotonic() - start:.0f} s.", flush=True)


def stamp() -> str:
    """What `.venv` is made from: pins, project and Python, as one hash."""
    parts = [path.read_bytes() for path in (*PINS.values(), ROOT / "pyproject.toml")]
    parts += [sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def working_uv() -> str | None:
    """The path of uv where there is one that runs."""
    found = shutil.which("uv")
    if found is None or subprocess.run([found, "--version"], capture_output=True, check=False).returncode:
        return None
    return found


def python_of_venv() -> tuple[int, ...]:
    """The Python that `.venv` was made with; () where it does not run."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([PYTHON, "-c", code], capture_output=True, check=False, text=True)
    except OSError:
        return ()
    return tuple(int(n) for n in done.stdout.split())


def has_module(name: str) -> bool:
    """Whether this Python, which starts us, has a module."""
    return importlib.util.find_spec(name) is not None


def venv_command() -> list[str]:
    """Without ensurepip, as on a bare Debian, the pip that is there works from outside."""
    return [sys.executable, "-m", "venv", *([] if has_module("ensurepip") else ["--without-pip"]), str(VENV)]


def pip_command() -> list[str]:
    """The new environment's own pip, else ours, pointed at it."""
    if has_module("ensurepip"):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def missing_packages(uv: str | None) -> list[str]:
    """What the system lacks, by the names of Debian's packages."""
    lacks = [] if uv or has_module("ensurepip") or has_module("pip") else ["python3-venv"]
    if not sys.platform.startswith("linux"):
        return lacks
    for library, package in (LIBRARIES | (SCREEN_LIBRARIES if has_screen() else {})).items():
        try:
            ctypes.CDLL(library)
        except OSError:
            lacks.append(package)
    return lacks


def install_packages(packages: list[str]) -> None:
    """Install them as root on Debian, else name the one command to run."""
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        sys.exit(f"This system lacks what Debian calls {names}.\nInstall these, then start me again.")
    if os.geteuid():
        sys.exit(f"This system lacks a few packages. Run this, then start me again:\n  sudo apt-get install {names}")
    say(f"Installing {names}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-qq", "update"], env=quiet)
    run(["apt-get", "-qq", "install", "--no-install-recommends", "-y", *packages], env=quiet)
    importlib.invalidate_caches()


def say(words: str) -> None:
    """One line for each thing done."""
    print(f"{words} …", flush=True)


def run(command: list[str], *, may_fail: bool = False, quiet: bool = False, env: dict[str, str] | None = None) -> None:
    """Run a step; where it fails, say which one and stop."""
    out = subprocess.DEVNULL if quiet else None
    code = subprocess.run(command, check=False, cwd=ROOT, env=env, stdout=out).returncode
    if code and not may_fail:
        sys.exit(f"This step failed ({code}): {' '.join(command)}\nMend what it says above, then start me again.")


def install_with_pip(command: list[str], names: Counter[str]) -> None:
    """Of all that pip prints, show how far it is; where it fails, show the end. `names` says how often each package
    is pinned: pip first says which of these pins are for other systems."""
    lines: list[str] = []
    done: set[str] = set()
    end = "" if sys.stdout.isatty() else "\n"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        for line in running.stdout:
            lines.append(line)
            word, _, rest = line.partition(" ")
            if word == "Ignoring":
                names[rest.split(":")[0]] -= 1
            if word not in ("Collecting", "Requirement", "Installing"):
                continue
            if word != "Installing":
                done.add(rest.removeprefix("already satisfied: ").split("==")[0].split()[0])
            shown = f"  {len(done)} of {sum(n > 0 for n in names.values())}  {word} {rest.split()[0]}"
            print(f"\r{shown:<70.70}" if not end else shown, end=end, flush=True)
    print(flush=True)
    if running.returncode:
        sys.exit("".join(lines[-15:]) + "The packages were not installed. Mend what pip says, then start me again.")


def has_screen() -> bool:
    """On Linux a window needs a display, unless another platform was asked for."""
    given = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in given)


def make_sample() -> None:
    """The sample workspace, made once; a half-made one never gets the name."""
    if SAMPLE.exists():
        return
    say("Making the sample workspace")
    SAMPLE.parent.mkdir(exist_ok=True)
    making = SAMPLE.with_name("making.tenfold")
    for left in SAMPLE.parent.glob("*making.tenfold*"):
        left.unlink()
    run([str(TENFOLD), "sample", str(making)], quiet=True)
    making.replace(SAMPLE)


def write_packet() -> int:
    """The hiring packet of somebody who was hired, for a machine without a screen."""
    print("There is no screen to open Tenfold on, so this writes a hiring packet of the sample workspace instead.")
    listed = subprocess.run(
        [TENFOLD, "list", SAMPLE, "applications", "--json"], stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    hired = next(a["id"] for a in json.loads(listed.stdout) if a["outcome"] == "hired")
    packet = str(SAMPLE.with_name("hiring-packet.pdf"))
    return become([str(TENFOLD), "export", str(SAMPLE), "hiring-packet", "--application", str(hired), "--out", packet])


def check(pytest_arguments: list[str]) -> int:
    """Every check in its order, until one fails; pytest has the last word."""
    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name, (tool, *arguments) in CHECKS:
        print(f"== {name}", flush=True)
        start = time.monotonic()
        extra = pytest_arguments if tool == "pytest" else []
        code = subprocess.run([str(SCRIPTS / f"{tool}{SUFFIX}"), *arguments, *extra], check=False).returncode
        if code or tool == "pytest":
            return code
        print(f"   {time.monotonic() - start:.1f} s", flush=True)
    return 0


def become(command: list[str]) -> int:
    """Give the terminal over to the program."""
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
