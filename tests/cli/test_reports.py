"""Reports from the command line: as table, picture and page."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from app.cli.main import main
from app.packets.reports.table import REPORTS


@pytest.fixture(scope="module")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(sample_file, tmp_path_factory.mktemp("reports") / "sample.tenfold"))


def export(sample: Path, out: Path, report: str, form: str, *more: str) -> int:
    return main(["export", str(sample), "report", "--report", report, "--format", form, "--out", str(out), *more])


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_a_table(sample: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--interviewer", "1") if REPORTS[name].of_one else ()
    assert export(sample, tmp_path / "r.csv", name, "csv", "--json", *more) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["report"] == name
    assert said["finding"]
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_bytes().decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1


def test_a_report_is_a_picture_and_a_page_with_the_same_bytes_each_time(sample: Path, tmp_path: Path) -> None:
    for form, begins in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        found = []
        for number in (1, 2):
            out = tmp_path / f"{number}.{form}"
            assert export(sample, out, "agreement", form) == 0
            found.append(out.read_bytes())
        assert found[0] == found[1]
        assert found[0].startswith(begins)


def test_what_is_missing_is_said(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(sample, tmp_path / "r.csv", "severity", "csv") == 1
    assert "one interviewer at a time" in capsys.readouterr().err
    assert export(sample, tmp_path / "r.csv", "severity", "csv", "--interviewer", "4321") == 1
    with pytest.raises(SystemExit) as wrong:
        main(["export", str(sample), "report", "--application", "1", "--out", str(tmp_path / "r.csv")])
    assert wrong.value.code == 2
    with pytest.raises(SystemExit) as wrong:
        main(["export", str(sample), "hiring-packet", "--report", "agreement", "--out", str(tmp_path / "r.csv")])
    assert wrong.value.code == 2
    assert not (tmp_path / "r.csv").exists()


def test_the_same_filter_for_every_report(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--opening", "1", "--rubric", "ml-engineering-manager", "--from", "2026-01-01", "--to", "2026-03-31")
    for name, kind in REPORTS.items():
        more = ("--interviewer", "1") if kind.of_one else ()
        assert export(sample, tmp_path / f"{name}.csv", name, "csv", "--json", *more, *asked) == 0
        said = json.loads(capsys.readouterr().out)["of"]
        if kind.of_team:
            assert said == ("the team · 1 January 2026 to 31 March 2026 · an opening or a rubric narrows nothing here")
        else:
            assert said.startswith("SR-2026-01 · ML Engineering Manager")
            assert said.endswith("ML Engineering Manager · 1 January 2026 to 31 March 2026")
        rows = list(csv.reader(io.StringIO((tmp_path / f"{name}.csv").read_text("utf-8-sig"))))
        assert rows[0][-1] == "Filter"
        assert {row[-1] for row in rows[1:]} == {said}


def test_a_filter_of_what_is_not_there_is_refused(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(sample, tmp_path / "r.csv", "funnel", "csv", "--opening", "999") == 1
    assert "no opening 999" in capsys.readouterr().err
    assert export(sample, tmp_path / "r.csv", "funnel", "csv", "--rubric", "chief") == 1
    assert "ml-engineering-manager" in capsys.readouterr().err
    assert not (tmp_path / "r.csv").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("report", "--report", "funnel", "--from", "2026-02-30"),
        ("report", "--report", "funnel", "--from", "2026-02-02", "--to", "2026-02-01"),
        ("report", "--report", "funnel", "--member", "1"),
        ("report", "--opening", "1"),
        ("hiring-packet", "--application", "1", "--from", "2026-02-01"),
        ("interview-kit", "--interview", "1", "--opening", "1"),
        ("hiring-packet", "--application", "1", "--opening", "1"),
    ],
)
def test_options_that_do_not_go_together(sample: Path, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", str(sample), *wrong, "--out", str(tmp_path / "r.pdf")])
    assert ended.value.code == 2
    assert not (tmp_path / "r.pdf").exists()
