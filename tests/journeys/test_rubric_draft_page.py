"""The page of a rubric's draft: every text is whole, parts are added and moved by key, findings are set aside."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.actions import rubric, rubric_draft
from app.desk.pages.rubric.dimension_form import DimensionForm
from app.desk.pages.rubric.draft_page import RubricDraftPage
from app.desk.pages.rubric.page import RubricPage
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.side_panel import Confirm
from app.domain.rubric_draft import DIMENSION, EXERCISE
from app.exchange.shipped import load_role
from app.queries.rubric_draft import draft_view
from app.queries.rubrics import rubric_rows
from tests.journeys.conftest import Sitting
from tests.journeys.test_write_a_rubric import words, workspace


@pytest.fixture
def page(sitting: Sitting) -> RubricDraftPage:
    draft = rubric_draft.begin_version(workspace(sitting), 1).subject
    sitting.go("rubricdraft", id=draft)
    found = sitting.window.page
    assert isinstance(found, RubricDraftPage)
    return found


def test_no_text_is_cut_off_in_whatever_width(sitting: Sitting, page: RubricDraftPage) -> None:
    for width in (1440, 1000, 1440, 760):
        sitting.window.resize(width, 900)
        sitting.settle()
        shown = [t for t in page.part.findChildren(GrowingText) if t.isVisible()]
        assert len(shown) > 10
        assert all(t.minimumHeight() == t.maximumHeight() == t.height() for t in shown), width


def test_parts_are_added_moved_and_taken_out_by_key(sitting: Sitting, page: RubricDraftPage) -> None:
    known, draft = workspace(sitting), page.subject
    assert draft is not None
    sitting.press("Ctrl+Shift+D")
    assert len(draft_view(known, draft).dimensions) == 11
    assert "11" in words(page.part) or page.shown is not None
    sitting.press("Ctrl+Shift+Up")
    assert [d for d, _ in draft_view(known, draft).dimensions][9] == "d1"
    page.list.setFocus()
    sitting.settle()
    sitting.press("Ctrl+Z", "Ctrl+Z")
    assert len(draft_view(known, draft).dimensions) == 10
    sitting.press("Ctrl+Shift+X")
    exercises = [p for p in draft_view(known, draft).parts if p.section == EXERCISE]
    assert exercises[-1].content["name"] == ""


def test_a_finding_is_shown_where_it_is_and_set_aside_with_a_reason(sitting: Sitting, page: RubricDraftPage) -> None:
    known, draft = workspace(sitting), page.subject
    assert draft is not None
    assert "The check finds nothing." in words(page.notes)
    form = page.part._forms[DIMENSION]
    assert isinstance(form, DimensionForm)
    field = form.texts["questions", 0, "text"].text
    field.setFocus()
    sitting.press("Ctrl+A")
    sitting.write("Have you ever built a scoring system?")
    sitting.press("Tab")
    assert "The check found 1 thing" in words(page.notes)
    assert page.shown is not None
    page.notes.put_aside.emit(page.shown.findings[0].key)
    sitting.settle()
    dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, Confirm) and d.isVisible())
    assert dialog._reason is not None
    dialog._reason.set_values({"reason": "A warm-up, never scored."})
    sitting.click(dialog.action_button)
    assert "The check finds nothing." in words(page.notes)
    assert "A warm-up, never scored." in words(page.notes)
    assert list(draft_view(known, draft).set_aside.values()) == ["A warm-up, never scored."]


def test_a_question_is_taken_from_the_bank(sitting: Sitting, page: RubricDraftPage) -> None:
    known, draft = workspace(sitting), page.subject
    assert draft is not None
    rubric.adopt(known, load_role("site-reliability-engineer"))
    sitting.press("Ctrl+Shift+B")
    assert page.bank.isVisible()
    sitting.write("on call")
    question = page.bank._lines.itemAt(0)
    assert question is not None
    take = next(b for b in page.bank.findChildren(QPushButton) if b.isVisible() and b.text() == "Take it")
    sitting.click(take)
    first = next(p for p in draft_view(known, draft).parts if p.section == DIMENSION)
    assert len(first.content["questions"]) == 5
    assert f"Take: {first.content['questions'][-1]['text']}" == take.accessibleName()


def test_a_rubric_is_chosen_read_and_edited_from_its_page(sitting: Sitting) -> None:
    known = workspace(sitting)
    sitting.press("Ctrl+5")
    page = sitting.window.page
    assert isinstance(page, RubricPage)
    assert "ML systems design & architecture" in words(page)
    other = next(r.id for r in rubric_rows(known) if r.pack == "software-engineer-backend")
    page.bar.names.setCurrentIndex(page.bar.names.findData(other))
    page.bar.names.activated.emit(page.bar.names.currentIndex())
    sitting.settle()
    assert "Coding" in words(page)
    sitting.press("N")
    assert page._place == 1
    sitting.press("E")
    assert isinstance(sitting.window.page, RubricDraftPage)
    assert sitting.window.page.shown is not None
    assert sitting.window.page.shown.base == "Software Engineer, Backend 1.0"
