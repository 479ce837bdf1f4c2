"""A person is found, tagged, noted on, put into another opening and moved, by keys, on the page that is theirs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QWidget

from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.candidate.page import CandidatePage
from app.desk.parts.controls import IconButton
from app.desk.parts.label import Text
from app.domain.pipeline import Outcome
from app.queries.candidate_page import CandidateView, candidate_page
from tests.journeys.conftest import Sitting

NOOR = 24


def shown(sitting: Sitting) -> CandidatePage:
    """The page that is shown."""
    page = sitting.window.page
    assert isinstance(page, CandidatePage)
    return page


def words(sitting: Sitting) -> str:
    return "\n".join(label.text() for label in shown(sitting).findChildren(Text) if label.isVisible())


def stored(sitting: Sitting) -> CandidateView:
    return candidate_page(shown(sitting).desk.workspace, NOOR)


def choose(combo: QWidget, words: str) -> None:
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(next(n for n in range(combo.count()) if words in combo.itemText(n)))


def test_noted_tagged_and_put_into_another_opening(sitting: Sitting) -> None:
    sitting.go("candidate", id=NOOR)
    sitting.press("Ctrl+Shift+N")
    sitting.write("Prefers calls after six.")
    sitting.click(shown(sitting).note.save_button)
    assert [(n.text, n.private) for n in stored(sitting).notes] == [("Prefers calls after six.", False)]
    assert "Prefers calls after six." in words(sitting)

    shown(sitting).tags.line.setFocus()
    sitting.write("remote")
    sitting.press("Return")
    assert stored(sitting).tags == ("remote",)
    sitting.find(QPushButton, "Note…").setFocus()  # a line that has the focus takes back its own words
    sitting.press("Ctrl+Z")
    assert stored(sitting).tags == ()

    sitting.press("Ctrl+Shift+A")
    panel = shown(sitting).put
    choose(panel.form.input("opening"), "·")
    sitting.click(panel.save_button)
    assert len(stored(sitting).applications) == 2
    assert all(one.outcome == Outcome.ACTIVE for one in stored(sitting).applications)


def test_on_hold_and_on_again_from_its_menu(sitting: Sitting) -> None:
    sitting.go("candidate", id=NOOR)
    page = shown(sitting)
    assert page.shown is not None
    page.applications.hold_asked.emit(page.shown.applications[0])
    sitting.write("Their visa.")
    sitting.click(page.hold.save_button)
    assert "on hold: Their visa." in words(sitting)
    sitting.go("application", id=page.shown.applications[0].id)
    assert isinstance(sitting.window.page, ApplicationPage)
    assert sitting.window.page.head.outcome.text() == "On hold: Their visa."


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_a_closed_one_says_why_and_is_reopened(sitting: Sitting) -> None:
    sitting.go("candidate", id=3)
    page = shown(sitting)
    assert page.shown is not None
    assert "Closed: rejected" in words(sitting)
    more = next(b for b in page.applications.findChildren(IconButton) if b.accessibleName().startswith("More about"))
    more.click()
    menu = more.findChild(QMenu)
    assert menu is not None
    next(a for a in menu.actions() if a.text() == "Reopen").trigger()
    sitting.settle()
    assert candidate_page(page.desk.workspace, 3).applications[0].outcome == Outcome.ACTIVE
