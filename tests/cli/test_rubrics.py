"""Rubrics on the command line: in, listed, out; a dry run changes nothing; what is none is refused by its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.main import main
from app.exchange.new_workspace import make_new
from app.exchange.rubric_files import rubric_file
from app.exchange.shipped import load_role
from tests.sized import pack_of

Run = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    return str(make_new(tmp_path / "trial"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def once(code: int, *arguments: object) -> str:
        assert main([str(a) for a in arguments]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return once


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_a_rubric_comes_in_is_listed_and_goes_out_with_the_same_bytes(
    file: str, tmp_path: Path, run: Run, form: str
) -> None:
    source, out = tmp_path / f"in.{form}", tmp_path / f"out.{form}"
    source.write_bytes(rubric_file(load_role("data-scientist"), form))
    said = json.loads(run(0, "import", file, "rubric", source, "--json"))
    assert (said["rubric"], said["version"], said["added"], said["without"]) == ("data-scientist", "1.0", True, [])
    rows = json.loads(run(0, "list", file, "rubrics", "--json"))
    assert [(r["rubric"], r["newest"]) for r in rows] == [("ml-engineering-manager", True), ("data-scientist", True)]
    assert "Data Scientist 1.0" in run(0, "export", file, "rubric", "--rubric", said["id"], "--out", out)
    assert out.read_bytes() == source.read_bytes()
    out.unlink()
    run(0, "export", file, "rubric", "--rubric", "data-scientist", "--out", out)
    assert out.read_bytes() == source.read_bytes()
    assert "no rubric “plumber” here" in run(1, "export", file, "rubric", "--rubric", "plumber", "--out", out)
    assert "there already, word for word" in run(0, "import", file, "rubric", out)


def test_a_bare_rubric_says_once_what_it_has_not(file: str, tmp_path: Path, run: Run) -> None:
    source = tmp_path / "small.yaml"
    source.write_bytes(rubric_file(pack_of(3), "yaml"))
    said = run(0, "import", file, "rubric", source)
    assert "Without role card, levels, first 90 days and practice: what depends on them is not shown." in said


def test_a_dry_run_changes_nothing(file: str, tmp_path: Path, run: Run) -> None:
    before = Path(file).read_bytes()
    source = tmp_path / "small.yaml"
    source.write_bytes(rubric_file(pack_of(5), "yaml"))
    assert "Would bring in “Rubric of 5 1.0”. Nothing was changed." in run(
        0, "import", file, "rubric", source, "--dry-run"
    )
    assert Path(file).read_bytes() == before


def test_all_that_is_wrong_is_said_and_nothing_is_half_in(file: str, tmp_path: Path, run: Run) -> None:
    source = tmp_path / "broken.yaml"
    text = rubric_file(pack_of(3), "yaml").decode()
    source.write_text(text.replace("narrow: Systems", "narrow: The whole system").replace("bar: 3", "bar: 9"), "utf-8")
    said = run(1, "import", file, "rubric", source)
    assert "rubric.bar: this must be 4 or less" in said
    assert "rubric.dimensions.0.narrow: this is longer than 11 characters" in said
    assert len(json.loads(run(0, "list", file, "rubrics", "--json"))) == 1
    said = run(1, "import", file, "rubric", tmp_path / "nothing.yaml")
    assert "no such file or folder." in said
    assert "Look at the path." in said


def test_the_same_version_with_other_anchors_is_refused(file: str, tmp_path: Path, run: Run) -> None:
    source = tmp_path / "changed.yaml"
    text = rubric_file(load_role("ml-engineering-manager"), "yaml").decode()
    source.write_text(text.replace("Describes a model, not a system.", "Describes a model alone."), "utf-8")
    assert "version 1.0 of “ML Engineering Manager” already, with other words" in run(
        1, "import", file, "rubric", source
    )


def test_check_rubric_takes_each_kind_of_file(tmp_path: Path, run: Run) -> None:
    for form in ("yaml", "xlsx"):
        source = tmp_path / f"one.{form}"
        source.write_bytes(rubric_file(load_role("engineering-manager"), form))
        assert "nothing found" in run(0, "check-rubric", source)


def test_a_rubric_takes_no_opening_and_does_not_come_as_pdf(file: str, tmp_path: Path) -> None:
    for wrong in (
        ["import", file, "rubric", "x.yaml", "--opening", "1"],
        ["export", file, "rubric", "--rubric", "1", "--format", "pdf", "--out", str(tmp_path / "x")],
        ["export", file, "rubric", "--guide", "1", "--out", str(tmp_path / "x")],
    ):
        with pytest.raises(SystemExit) as left:
            main(wrong)
        assert left.value.code == 2
