"""`tenfold find` says what its user may see, also of a file that can't be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.main import main


def test_it_says_what_is_there(sample_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", str(sample_copy), "noor", "sal"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Noor Salimi  SR-2026-01"]
    assert main(["find", str(sample_copy), "noor", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["group"], found["place"], found["id"]) == ("people", "candidate", 24)


def test_nothing_is_a_no(sample_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", str(sample_copy), '" OR *zebra']) == 1
    assert capsys.readouterr().out == "Nothing has these words.\n"
