"""The calibration gym with the keyboard alone."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.actions import rubric
from app.desk.pages.practice.page import PracticePage
from app.desk.parts.label import Text
from app.exchange.packs import load_pack
from app.queries.practice import practice_page
from app.resources import packs
from tests.journeys.conftest import Sitting


def shown(sitting: Sitting) -> PracticePage:
    page = sitting.window.findChild(PracticePage)
    assert page is not None
    return page


def words(page: PracticePage) -> str:
    return "\n".join(t.text() for t in page.findChildren(Text) if t.isVisible())


def test_read_score_see_go_on(sitting: Sitting) -> None:
    sitting.press("Ctrl+6")
    page = shown(sitting)
    assert "Answer 1 of 20, 0 scored" in words(page)
    assert "experts" not in words(page), "nothing tells the score beforehand"
    assert not page.result.isVisible()
    sitting.press("3")
    assert "You gave 3, the experts 2: 1 point milder." in words(page)
    assert "The boxes are there" in words(page)
    assert "Ruth Amadi: 1 answer" in words(page)
    sitting.press("4")
    found = practice_page(sitting.window._desk.workspace)
    assert found is not None
    assert found.mine == {"gym_sd_1": 3}, "the first score holds"
    assert page.next.hasFocus()
    sitting.press("Return")
    assert "Answer 2 of 20, 1 scored" in words(page)
    sitting.press("3")
    assert "3, as the experts." in words(page)
    sitting.press("N", "P", "P")
    assert "You gave 3, the experts 2" in words(page), "what was scored shows its answer again"


def test_an_anchor_is_a_button_and_one_comes_back_to_what_is_left(sitting: Sitting) -> None:
    sitting.click(sitting.find(QPushButton, "Practice"))
    page = shown(sitting)
    sitting.click(page.rows[1])
    assert "2, as the experts." in words(page)
    sitting.go("rubric")
    sitting.go("practice")
    assert "Answer 1 of 20, 1 scored" in words(page)


def test_without_a_gym_the_page_offers_the_pack(sitting: Sitting) -> None:
    workspace = sitting.window._desk.workspace
    for name in ("ml-engineering-manager", "software-engineer-backend"):
        rubric.adopt(workspace, load_pack(packs() / name).model_copy(update={"gym": None}))
    sitting.go("practice")
    page = shown(sitting)
    assert "Nothing to practise on yet" in words(page)
