"""Beside the anchors: L unfolds what the chosen score looked like here."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts.label import Text
from app.queries.plain_lists import scorecards
from tests.journeys.conftest import Sitting


def test_l_unfolds_and_the_digits_beside_it_choose_another_score(sitting: Sitting) -> None:
    workspace = sitting.window._desk.workspace
    card = next(c["id"] for c in scorecards(workspace) if c["state"] == "draft")
    sitting.go("scorecard", card=card)
    page = sitting.window.findChild(ScorecardPage)
    assert page is not None
    assert page.pane is not None
    page.pane.focus_anchors()
    examples = page.pane.examples
    assert examples is not None
    assert not examples.fold.isVisible(), "nothing anchors a person who did not ask"
    sitting.press("L")
    assert examples.fold.isVisible()
    assert examples.link.text() == "What a 3 looked like here"
    lines = [t.text() for t in examples.fold.findChildren(Text) if t.isVisible() and t.text() != "–"]
    assert 1 <= len(lines) <= 6
    sitting.click(sitting.find(QPushButton, "Score to look at: 1"))
    assert examples.link.text() == "What a 1 looked like here"
    said = [t.text() for t in examples.fold.findChildren(Text) if t.isVisible()]
    assert said == ["No closed candidate whose cards are open to you has a 1 here yet."]
    page.pane.focus_anchors()
    sitting.press("L")
    assert not examples.fold.isVisible()
