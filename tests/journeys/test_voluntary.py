"""A voluntary answer is typed in by keys, replaced and taken back, and never shown again."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.actions import demographic
from app.actions.demographic import VoluntaryAnswer
from app.cli.main import main
from app.desk.pages.candidate.page import CandidatePage
from app.desk.parts.label import Text
from app.domain.pipeline_view import PipelineColumn, PipelineView, Shape, Standing
from app.packets.reports.table import REPORTS
from app.queries.application import application_page
from app.queries.search import search
from app.store.workspace import open_workspace
from tests.journeys.conftest import Sitting
from tests.journeys.test_nothing_leaks import LISTS, everything_said

NOOR = 24
ANSWER = "Zapotekisch"


@pytest.fixture
def path(sample_copy: Path) -> Path:
    """The sample with an answer of somebody whose packet can be printed, and of Noor."""
    workspace = open_workspace(sample_copy)
    for who in (application_page(workspace, 1).candidate, NOOR):
        demographic.give(workspace, who, VoluntaryAnswer("Mother tongue", ANSWER, workspace.today()))
    workspace.close()
    return sample_copy


def given(sitting: Sitting) -> str:
    page = sitting.window.page
    assert isinstance(page, CandidatePage)
    return "\n".join(label.text() for label in page.voluntary.findChildren(Text) if label.isVisible())


def answer(sitting: Sitting, question: str, words: str) -> CandidatePage:
    page = sitting.window.page
    assert isinstance(page, CandidatePage)
    sitting.click(sitting.find(QPushButton, "Voluntary answers…"))
    for name, typed in (("question", question), ("answer", words)):
        line = page.voluntary.form.input(name)
        assert isinstance(line, QLineEdit)
        line.setFocus()
        QTest.keyClicks(line, typed)
    sitting.press("Ctrl+Return")
    return page


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_an_answer_is_typed_in_and_never_shown_again(sitting: Sitting) -> None:
    sitting.go("candidate", id=NOOR)
    page = answer(sitting, "Mother tongue", ANSWER)
    assert page.voluntary.isHidden()
    assert ANSWER not in everything_said(sitting.window)
    sitting.click(sitting.find(QPushButton, "Voluntary answers…"))
    assert "Mother tongue: given on 12 March 2026" in given(sitting)
    assert "No answer is shown again" in given(sitting)
    assert ANSWER not in everything_said(sitting.window)
    sitting.press("Escape")
    table = PipelineView(Shape.TABLE, Standing.ALL, columns=tuple(PipelineColumn))
    for place, where in (("pipeline", {"view": table}), ("today", {}), ("reports", {"report": "fairness"})):
        sitting.go(place, **where)
        assert ANSWER not in everything_said(sitting.window)
    sitting.window.open_palette()
    sitting.write(ANSWER[:6])
    assert ANSWER not in everything_said(sitting.window)
    sitting.press("Escape")


@pytest.mark.parametrize("what", LISTS)
def test_no_list_says_it(path: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(path), what, "--json"]) == 0
    assert ANSWER not in capsys.readouterr().out


def test_no_search_finds_it_and_no_report_and_packet_has_it(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = open_workspace(path)
    assert search(workspace, ANSWER) == ()
    assert search(workspace, "Mother tongue") == ()
    workspace.close()
    for report in REPORTS:
        out = ["--out", str(tmp_path / f"{report}.csv")]
        assert main(["export", str(path), "report", "--report", report, "--interviewer", "1", *out]) == 0
    assert main(["export", str(path), "hiring-packet", "--application", "1", "--out", str(tmp_path / "h.pdf")]) == 0
    assert main(["export", str(path), "tables", "--out", str(tmp_path / "tables")]) == 0
    capsys.readouterr()
    written = [*tmp_path.rglob("*.csv")]
    assert len(written) > len(REPORTS) + 10, "every table is there"
    for made in written:
        assert ANSWER not in made.read_text("utf-8-sig")
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "h.pdf").pages)
    assert "Rutherford" in text
    assert ANSWER not in text


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_it_is_replaced_removed_and_brought_back(sitting: Sitting) -> None:
    sitting.go("candidate", id=NOOR)
    page = answer(sitting, "Mother tongue", ANSWER)
    answer(sitting, "mother tongue", "Dansk")
    sitting.click(sitting.find(QPushButton, "Voluntary answers…"))
    assert given(sitting).count("given on") == 1
    sitting.click(sitting.find(QPushButton, "Remove the answer to Mother tongue"))
    assert "given on" not in given(sitting).replace("Given on", "")
    sitting.press("Escape")
    page.tags.setFocus()
    sitting.find(QPushButton, "Note…").setFocus()
    sitting.press("Ctrl+Z")
    sitting.click(sitting.find(QPushButton, "Voluntary answers…"))
    assert "Mother tongue: given on" in given(sitting)
