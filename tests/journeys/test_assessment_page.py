"""An assessment on its page: its lines stand under each other, what does not count says so, nothing is cut."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton

from app.actions import assessment, evidence
from app.actions.evidence import NewEvidence
from app.desk.pages.assessment.page import AssessmentPage
from app.desk.parts.label import Text
from app.queries.assessment import assessment_page, my_assessments
from app.queries.lists import colleague_rows
from tests.calibrations import prepared
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration import take_from_menu
from tests.journeys.test_debrief_to_offer import words, workspace

SUBMITTED = 7


def opened(sitting: Sitting, row: int) -> AssessmentPage:
    sitting.go("assessment", id=row)
    page = sitting.window.page
    assert isinstance(page, AssessmentPage)
    return page


def test_a_submitted_one_lines_up_and_asks_for_nothing(
    begin: Callable[[Path | None], Sitting], sample_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "search-ranking.tenfold"
    shutil.copy(sample_file, path)
    sitting = begin(path)
    page = opened(sitting, SUBMITTED)
    assert page.shown is not None
    assert [c.words for c in page.breadcrumb()] == ["Team", page.shown.name, "Assessment"], "as the sidebar says"
    assert not page.pane.words.isVisible(), "nothing was said, and nothing can be"
    texts = [f.text for f in page.shown.facts if f.dimension == page.pane.dimension]
    lefts = {label.mapTo(page, QPoint(0, 0)).x() for label in page.pane.findChildren(Text) if label.text() in texts}
    assert len(texts) == 2
    assert len(lefts) == 1
    label = next(w for w in page.pane.findChildren(Text) if w.text() == "Not assessed")
    chip = next(iter(page.pane.reasons.values()))
    middles = [w.mapTo(page, QPoint(0, w.height() // 2)).y() for w in (label, chip)]
    assert abs(middles[0] - middles[1]) <= 1
    sitting.click(sitting.find(QPushButton, f"{page.shown.cycle_name} calibration"))
    assert sitting.window.place == "calibration"


def test_a_day_outside_the_dates_says_that_it_does_not_count(sitting: Sitting) -> None:
    prepared(workspace(sitting))
    page = opened(sitting, mine(sitting))
    assert page.shown is not None
    dimension = page.pane.dimension
    assessment.add_fact(workspace(sitting), page.shown.id, dimension, "Long ago", date(2024, 1, 5))
    assessment.add_fact(workspace(sitting), page.shown.id, dimension, "Lately", date(2026, 3, 12))
    page.changed(None)
    sitting.settle()
    assert words(page.pane).count("outside these dates, does not count") == 1


def test_the_path_is_not_cut_at_large_text(sitting: Sitting) -> None:
    page = opened(sitting, SUBMITTED)
    assert sitting.find(QPushButton, "Team").text() == "Team"
    page.desk.prefer(text_size=200)
    sitting.settle()
    assert sitting.find(QPushButton, "Team").text() == "Team"
    crumb = sitting.find(QPushButton, page.shown.name if page.shown is not None else "")
    assert crumb.text() == crumb.accessibleName(), "there is room for it beside the field"
    sitting.window.resize(1024, 700)
    sitting.settle()
    assert crumb.text() == crumb.accessibleName() or crumb.text().endswith("…")
    assert crumb.fontMetrics().horizontalAdvance(crumb.text()) <= crumb.width()


def mine(sitting: Sitting) -> int:
    return my_assessments(workspace(sitting))[-1].id


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_what_was_noted_before_is_chosen_as_evidence_and_keeps_its_source(sitting: Sitting) -> None:
    ws = workspace(sitting)
    prepared(ws)
    row = mine(sitting)
    page = opened(sitting, row)
    assert page.shown is not None
    member, dimension = page.shown.member, page.pane.dimension
    other = next(d for d in page.shown.content.dimensions if d != dimension)
    for new in (
        NewEvidence(dimension, "Cut the release alone", date(2026, 3, 12), source="release log"),
        NewEvidence(other, "Of another dimension", date(2026, 3, 12)),
        NewEvidence(dimension, "Without a day"),
    ):
        evidence.add(ws, member, new)
    other_one = next(c for c in colleague_rows(ws) if not c.me)
    with ws.acting(other_one.id):
        evidence.add(ws, member, NewEvidence(dimension, "For them alone", date(2026, 3, 11)))
        evidence.add(ws, member, NewEvidence(dimension, "Shared by another", date(2026, 3, 10), shared=True))
    page.read_again()
    sitting.settle()
    offered = [one.text for one in page.pane._noted]
    assert [text for text in offered if "check-in" not in text][:2] == ["Cut the release alone", "Shared by another"]
    assert not {"Of another dimension", "Without a day", "For them alone"} & set(offered)
    take_from_menu(sitting, page.pane.from_notes, "12 March 2026 · Cut the release alone · release log")
    line = next(f for f in assessment_page(ws, row).facts if f.text == "Cut the release alone")
    assert (line.on, line.source, line.dimension) == (date(2026, 3, 12), "release log", dimension)
    assert "Cut the release alone" not in [one.text for one in page.pane._noted], "once"
    take_from_menu(sitting, page.pane.from_notes, f"10 March 2026 · Shared by another · noted by {other_one.name}")
    assert [f.source for f in assessment_page(ws, row).facts if f.text == "Shared by another"] == [
        f"noted by {other_one.name}"
    ]
    sitting.press("Ctrl+Z")
    assert "Shared by another" not in [f.text for f in assessment_page(ws, row).facts]
