"""A packet and a report are the same bytes from the window and from the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.actions import onboarding
from app.cli.main import main
from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.reports.page import ReportsPage
from app.domain.report_filter import ReportFilter
from app.packets.printables import PRINTABLES
from app.packets.reports.table import FORMATS, REPORTS
from app.store.workspace import open_workspace
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import workspace

NUMBER = {"application": 1, "interview": 62, "guide": 1, "assessment": 7, "member": 3, "cycle": 2, "opening": 1}
"""Of what each is printed, in the sample."""


def exported(path: Path, *words: object) -> None:
    assert main(["export", str(path), *map(str, words)]) == 0, words


@pytest.fixture
def begun(sample_copy: Path) -> Path:
    """The sample with a first year that has begun, which can be printed."""
    opened = open_workspace(sample_copy)
    onboarding.set_start(opened, NUMBER["member"], date(2026, 1, 5))
    onboarding.begin(opened, NUMBER["member"], 1, "midsize")
    opened.close()
    return sample_copy


@pytest.fixture
def twin(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same workspace for the command line, which is not open in a window."""
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data of commands"))
    return Path(shutil.copy(begun, tmp_path / "twin.tenfold"))


def test_every_printable(begin: Callable[..., Sitting], twin: Path, sample_copy: Path, tmp_path: Path) -> None:
    sitting = begin(sample_copy)
    sitting.go("application", id=1)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    for name, printable in PRINTABLES.items():
        here, there = tmp_path / f"{name} window", tmp_path / f"{name} command"
        if printable.about != "assessment":  # forms leave the command line by calibration alone
            page.bar.print_one(printable, NUMBER[printable.about], "Making it", here.with_suffix(".pdf"))
            sitting.settle()
            exported(twin, name, f"--{printable.about}", NUMBER[printable.about], "--out", there.with_suffix(".pdf"))
            assert here.with_suffix(".pdf").read_bytes() == there.with_suffix(".pdf").read_bytes(), name
        if printable.several is not None:
            here.mkdir()
            page.bar.print_each(printable, NUMBER[printable.several.of], "Making them", here)
            sitting.settle()
            exported(twin, name, f"--{printable.several.of}", NUMBER[printable.several.of], "--out", there)
            made = {p.name: p.read_bytes() for p in here.iterdir()}
            assert made or name == "assessment-form", "every form of the sample is in"
            assert made == {p.name: p.read_bytes() for p in there.iterdir()}, name
    assert workspace(sitting).path == sample_copy


@pytest.mark.parametrize("form", FORMATS)
def test_every_report(begin: Callable[..., Sitting], twin: Path, sample_copy: Path, tmp_path: Path, form: str) -> None:
    sitting = begin(sample_copy)
    sitting.go("reports")
    page = sitting.window.page
    assert isinstance(page, ReportsPage)
    asked = ("--opening", 1, "--rubric", "ml-engineering-manager", "--from", "2025-06-01", "--to", "2026-03-31")
    since, until = date(2025, 6, 1), date(2026, 3, 31)
    page.filter.filtered.emit(ReportFilter(1, "ml-engineering-manager", since, until))
    sitting.settle()
    made = 0
    for name in REPORTS:
        here, there = tmp_path / f"{name} window.{form}", tmp_path / f"{name} command.{form}"
        page.show_name(name)
        sitting.settle()
        page.section.export(form, here)
        sitting.settle()
        if here.exists():  # there is nothing to draw of some
            made += 1
            more = ("--interviewer", 1) if REPORTS[name].of_one else ()
            exported(twin, "report", "--report", name, "--format", form, *asked, *more, "--out", there)
            assert here.read_bytes() == there.read_bytes(), name
        else:
            assert form != "csv"
    assert made > 8
