"""Commands run in this process, on a copy of the sample."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main


@dataclass
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Tenfold = Callable[..., Said]


@pytest.fixture(scope="module")
def made(sample_file: Path) -> Path:
    """The sample, made once; tests work on copies."""
    return sample_file


@pytest.fixture
def sample(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "sample.tenfold"))


@pytest.fixture
def tenfold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tenfold:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
