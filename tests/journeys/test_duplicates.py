"""A manager adds somebody who is there already, is told, and makes one person of the two; by keys and clicks."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.desk.pages.candidate.duplicates import DuplicatesPage
from app.desk.pages.candidate.page import CandidatePage
from app.queries.candidate_page import candidate_page
from tests.journeys.conftest import Sitting

NOOR = 24


def test_there_twice_is_said_and_mended(sitting: Sitting) -> None:
    sitting.go("candidate", id=NOOR)
    page = sitting.window.page
    assert isinstance(page, CandidatePage)
    assert not page.twice.isVisible()
    workspace = page.desk.workspace
    facts = NewCandidate("Noor Salimi", mail="noor.salimi@example.org", place="Lisbon")
    page.desk.write(lambda: candidate.add(workspace, facts, 1))
    sitting.settle()
    assert page.twice.text() == "Perhaps there twice: Noor Salimi has the same mail address and the same name"

    sitting.click(page.twice)
    pairs = sitting.window.page
    assert isinstance(pairs, DuplicatesPage)
    (card,) = pairs.cards
    sitting.click(card.one_person)
    assert len(pairs.cards) == 1, "nothing is joined before it is said which application goes on"
    place, goes_on = card.findChildren(QComboBox)
    place.setCurrentIndex(1)
    goes_on.setCurrentIndex(goes_on.findData(NOOR))
    sitting.click(card.one_person)
    shown = candidate_page(workspace, NOOR)
    assert (shown.person.place, len(shown.applications)) == ("Lisbon", 2)
    assert pairs.stack.currentWidget() is not None
    assert "Nobody seems to be there twice" in pairs._empty.words
    sitting.press("Ctrl+Z")
    assert len(candidate_page(workspace, NOOR).applications) == 1


def test_two_people_stay_two(sitting: Sitting) -> None:
    sitting.go("duplicates")
    pairs = sitting.window.page
    assert isinstance(pairs, DuplicatesPage)
    workspace = pairs.desk.workspace
    pairs.desk.write(lambda: candidate.add(workspace, NewCandidate("Salimi Noor"), None))
    sitting.settle()
    sitting.click(pairs.cards[0].two_people)
    assert "Nobody seems to be there twice" in pairs._empty.words


def test_who_is_added_again_is_named_at_once(sitting: Sitting) -> None:
    sitting.go("pipeline")
    sitting.press("Ctrl+N")
    sitting.write("Salimi, Noor")
    sitting.press("Tab")
    sitting.write("noor.salimi@example.org")
    sitting.press("Return")
    sitting.settle()
    said = sitting.window.notice.accessibleName()
    assert "perhaps twice: they have the same mail address and the same name" in said
    sitting.press("Ctrl+K")
    sitting.write("same person tw")
    sitting.settle()
    sitting.press("Return")
    assert isinstance(sitting.window.page, DuplicatesPage)
