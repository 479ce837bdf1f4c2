"""Every pin has a wheel for every system Tenfold is for. Asks the package index, so it is a trial."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = (
    ("x86_64-pc-windows-msvc", ""),
    ("x86_64-manylinux_2_34", ""),
    ("aarch64-manylinux_2_39", ""),
    ("x86_64-apple-darwin", "13.0"),
    ("aarch64-apple-darwin", "14.0"),
)


@pytest.mark.trial
@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not there to resolve for other systems")
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize(("system", "least"), SYSTEMS)
def test_pins_install(system: str, least: str, python: str, tmp_path: Path) -> None:
    asked = [
        "uv",
        "pip",
        "install",
        "-q",
        "--dry-run",
        "--target",
        str(tmp_path),
        "--python-platform",
        system,
        "--python-version",
        python,
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(ROOT / "constraints.txt"),
    ]
    place = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": least} if least else dict(os.environ)
    done = subprocess.run(asked, capture_output=True, text=True, check=False, env=place)
    if "error sending request" in done.stderr or "Could not connect" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
