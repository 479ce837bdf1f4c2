"""Somebody else says that they are here: what the one before was shown of cards is in sight no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app.actions import colleague, scorecard
from app.actions.application import open_cards
from app.desk.pages.interviews.page import InterviewsPage
from app.desk.parts.form_picture import PaperDock
from app.domain.scorecard import Overall
from app.queries.kit import kit_rows
from tests.actions.panel import OMAR, RUTH, Panel
from tests.exchange.filling import edited
from tests.exchange.test_scorecard_form import flatten
from tests.journeys.conftest import Sitting
from tests.journeys.test_forms_back import drop, form, words, workspace
from tests.journeys.test_nothing_leaks import ASKS_FOR_VOTES, SECRET, become, everything_said, leaks

CARD = 3  # one of Lena's


def opened_early(folder: Path) -> Path:
    """Ruth's and Lena's cards for Ada are in and open; Omar's is due, so that they are sealed to him."""
    panel = Panel(folder)
    for number in (0, 2, 3, 4, 5):
        card = panel.start(number)
        with panel.workspace.acting(panel.holder(number)):
            for dimension in panel.rounds[number].dimensions:
                scorecard.note(panel.workspace, card, f"A {SECRET} about {dimension}.", dimension)
                scorecard.rate(panel.workspace, card, dimension, 1)
            scorecard.vote(panel.workspace, card, Overall.STRONG_NO_HIRE, f"No {SECRET}.")
            scorecard.submit(panel.workspace, card)
    open_cards(panel.workspace, panel.ada, "Omar is away until Monday.")
    path = panel.workspace.path
    panel.workspace.close()
    become(path, OMAR)
    return path


def is_now(sitting: Sitting, who: int) -> None:
    desk = sitting.window._desk
    desk.write(partial(colleague.become, desk.workspace, who))
    sitting.settle()


def seen(sitting: Sitting) -> list[str]:
    """What is in sight of the cards; a page that offers scores itself names them all."""
    said = everything_said(sitting.window)
    if sitting.window.place in ASKS_FOR_VOTES:
        return [SECRET] if SECRET in said else []
    return leaks(said) + (["a 1 on the slate"] if "Ada Lind 1" in said else [])


PAGES = pytest.mark.parametrize(
    ("place", "where"),
    [
        ("debrief", {"id": 1}),
        ("slate", {"opening": 1}),
        ("scorecard", {"card": CARD}),
        ("application", {"id": 1}),
        ("pipeline", {}),
        ("reports", {}),
    ],
)


@PAGES
def test_taking_back_who_i_am_takes_the_cards_out_of_sight(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, place: str, where: dict[str, int]
) -> None:
    sitting = begin(opened_early(tmp_path))
    sitting.go("settings")
    is_now(sitting, RUTH)
    sitting.go(place, **where)
    if place != "reports":
        assert seen(sitting), "Ruth sees the cards"
    sitting.press("Ctrl+Z")
    assert workspace(sitting).me == OMAR
    after = everything_said(sitting.window)
    assert not seen(sitting), f"{place} still shows {seen(sitting)}"
    if place == "scorecard":
        assert "sealed until the cards are open" in after


@PAGES
def test_coming_back_as_somebody_else_shows_nothing_even_before_it_is_asked_again(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, place: str, where: dict[str, int]
) -> None:
    sitting = begin(opened_early(tmp_path))
    sitting.go("settings")
    is_now(sitting, RUTH)
    sitting.go(place, **where)
    sitting.go("settings")
    sitting.press("Ctrl+Z")
    sitting.window.go(place, **where)
    assert not seen(sitting), "before the answer"
    sitting.settle()
    assert not seen(sitting)
    is_now(sitting, RUTH)
    sitting.go(place, **where)
    if place != "reports":
        assert seen(sitting), "and Ruth sees them again"


def test_a_form_stands_beside_no_card_for_somebody_else(sitting: Sitting, tmp_path: Path) -> None:
    """Hanne has a card due for the candidate; Ruth compared a form with hers."""
    sitting.go("interviews")
    here = sitting.window.page
    assert isinstance(here, InterviewsPage)
    row = next(r for r in kit_rows(workspace(sitting)) if r.card == "in" and r.candidate == "Ines Halvorsen")
    (tmp_path / "seen.pdf").write_bytes(form(sitting, row))
    drop(sitting, here, tmp_path / "seen.pdf")
    sitting.click(sitting.find(QPushButton, "Compare with the card: seen.pdf"))
    assert "The card that is in" in words(here.forms)
    is_now(sitting, 2)
    assert "The card that is in" not in words(here.forms)
    is_now(sitting, RUTH)
    sitting.click(sitting.find(QPushButton, "Compare with the card: seen.pdf"))
    sitting.click(here.forms.clear)
    assert here.forms._beside == {}
    drop(sitting, here, tmp_path / "seen.pdf")
    assert "The card that is in" not in words(here.forms)


def test_the_picture_of_a_form_goes_with_who_opened_it(sitting: Sitting, tmp_path: Path) -> None:
    sitting.go("interviews")
    here = sitting.window.page
    assert isinstance(here, InterviewsPage)
    mine = next(r for r in kit_rows(workspace(sitting)) if r.mine and r.card != "in")
    (tmp_path / "mine.pdf").write_bytes(edited(form(sitting, mine), flatten))
    drop(sitting, here, tmp_path / "mine.pdf")
    sitting.click(sitting.find(QPushButton, "Enter from paper: mine.pdf"))
    assert [dock.isVisible() for dock in sitting.window.findChildren(PaperDock)] == [True]
    is_now(sitting, 2)
    assert sitting.window.findChildren(PaperDock) == []
