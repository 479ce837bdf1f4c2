"""A person scores an interview from the keyboard alone, submits it, and finds it where it belongs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QPushButton

from app.desk.pages.pipeline.board import BoardView
from app.desk.pages.pipeline.page import PipelinePage
from app.desk.pages.scorecard.page import ScorecardPage
from app.store.check import check_file
from tests.journeys.conftest import Sitting

MATEUS = "select c.id from scorecard c where c.state = 'draft'"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """What the closed file holds, read with the system's own SQLite."""
    plain = sqlite3.connect(path)
    found = plain.execute(query).fetchall()
    plain.close()
    return found


def draft_of(sitting: Sitting) -> int:
    """The card that is begun in the sample."""
    assert sitting.session.opened is not None
    with sitting.session.opened.desk.workspace.read() as connection:
        return int(connection.exec_driver_sql(MATEUS).scalar_one())


def test_by_keyboard_alone(sitting: Sitting) -> None:
    path = sitting.session.opened.desk.workspace.path  # type: ignore[union-attr]
    card = draft_of(sitting)
    sitting.go("scorecard", card=card)
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    sitting.write("Asked for the pager graph")
    sitting.press("Return")
    sitting.press("Escape", "N", "E")
    sitting.write("Ended a ranking project after a flat test")
    sitting.press("Escape", "3", "N", "0", "Space")
    assert "4 of 4" in page.head._progress.text()
    sitting.press("Ctrl+Shift+Return")
    assert sitting.window.notice.isVisible(), "the overall vote is missing, and it says so"
    assert (
        "the overall vote"
        in sitting.window.notice.accessibleName()
        + sitting.window.notice.findChildren(type(page.head._progress))[0].text()
    )
    sitting.press("Space")
    sitting.press("Ctrl+Shift+Return")
    dialog = next(d for d in page.findChildren(QDialog) if d.isVisible())
    sitting.click(next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "Submit card"))
    assert not page.can_write()
    sitting.session.end()
    assert check_file(path) == []
    assert rows(path, f"select state, overall from scorecard where id = {card}") == [("submitted", "strong_hire")]
    assert rows(path, "select op from history order by number desc limit 1") == [("submit card",)]
    texts = {str(r[0]) for r in rows(path, f"select text from note where scorecard_id = {card} and dimension is null")}
    assert "Asked for the pager graph" in texts


def test_what_was_shown_as_saved_is_there_after_reopening(
    sitting: Sitting, begin: Callable[[Path | None], Sitting]
) -> None:
    path = sitting.session.opened.desk.workspace.path  # type: ignore[union-attr]
    card = draft_of(sitting)
    sitting.go("scorecard", card=card)
    sitting.write("Half a sentence that was never finish")
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    assert page._saved.words == "Saved 10:58"
    sitting.session.end()
    again = begin(path)
    again.go("scorecard", card=card)
    assert again.session.opened is not None
    with again.session.opened.desk.workspace.read() as connection:
        texts = connection.exec_driver_sql(f"select text from note where scorecard_id = {card}").scalars().all()
    assert "Half a sentence that was never finish" in texts


def test_undo_takes_back_a_score_and_says_which(sitting: Sitting) -> None:
    sitting.go("scorecard", card=draft_of(sitting))
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    sitting.press("Escape", "2")
    assert page.shown is not None
    assert page.shown.content.rating("reliability").score == 2
    sitting.press("Ctrl+Z")
    assert page.shown.content.rating("reliability").score == 3
    sitting.press("Ctrl+Shift+Z")
    assert page.shown.content.rating("reliability").score == 2


def test_digits_typed_into_a_note_stay_words(sitting: Sitting) -> None:
    sitting.go("scorecard", card=draft_of(sitting))
    sitting.write("1,200 requests in 40 ms")
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    assert page.shown is not None
    assert page.shown.content.rating("reliability").score == 3
    assert page._brief.entry.text == "1,200 requests in 40 ms"


def board_of(sitting: Sitting) -> BoardView:
    """The board that is shown."""
    sitting.go("pipeline")
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    return page.view


def test_a_card_moves_by_keyboard_and_back(sitting: Sitting) -> None:
    view = board_of(sitting)

    def chosen() -> str:
        card = view.current_card()
        return card.name if card is not None else ""

    assert chosen() == "Dimitri Olsson"
    sitting.press("Alt+Right")
    assert chosen() == "Dimitri Olsson", "the focus goes with the card"
    assert "Dimitri Olsson" in [c.name for c in view.lists[1].stage_model.cards]
    sitting.press("Ctrl+Z")
    assert "Dimitri Olsson" in [c.name for c in view.lists[0].stage_model.cards]


def test_alone_first_on_the_board_and_in_the_lists(sitting: Sitting) -> None:
    view = board_of(sitting)
    by_name = {c.name: c for stage in view.lists for c in stage.stage_model.cards}
    oskar = by_name["Oskar Delacroix"]
    assert all(cell.score is None for cell in oskar.strip)
    assert sum(cell.sealed for cell in oskar.strip) == 3
    mateus = by_name["Mateus Kern"]
    assert [c.score for c in mateus.strip if c.score is not None] == [3, 3], "one's own draft, and nobody else's"


def test_a_file_that_is_no_workspace_says_so_in_the_start_window(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    wrong = tmp_path / "letter.tenfold"
    wrong.write_text("Dear all")
    sitting = begin(wrong)
    start = sitting.session._start
    assert start is not None
    assert "is not a Tenfold workspace" in start._sentence.text()
    assert wrong.read_text() == "Dear all"


def test_without_a_file_the_start_window_offers_the_first_step(begin: Callable[[Path | None], Sitting]) -> None:
    sitting = begin(None)
    start = sitting.session._start
    assert start is not None
    assert start.isVisible()
    assert start.new.hasFocus() or start.isActiveWindow() is False


def test_every_control_has_a_name(sitting: Sitting) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractScrollArea, QWidget

    card = draft_of(sitting)
    for place, where in (("pipeline", {}), ("interviews", {}), ("scorecard", {"card": card}), ("rubric", {})):
        sitting.go(place, **where)
        nameless = [
            type(w).__name__
            for w in sitting.window.findChildren(QWidget)
            if w.isVisible()
            and w.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not w.accessibleName()
            and not (isinstance(w, QAbstractScrollArea) and w.focusPolicy() == Qt.FocusPolicy.NoFocus)
            and w.parent() is not None
            and type(w).__name__ != "QScrollArea"
        ]
        assert nameless == [], place


def test_the_top_bar_has_the_one_action_of_a_card(sitting: Sitting) -> None:
    def offered() -> set[str]:
        found = sitting.window.findChildren(QPushButton)
        return {b.text() for b in found if b.isVisible() and b.text() in ("Submit card", "Amend")}

    sitting.go("scorecard", card=draft_of(sitting))
    assert offered() == {"Submit card"}
    with sitting.session.opened.desk.workspace.read() as connection:  # type: ignore[union-attr]
        mine = "SELECT id FROM scorecard WHERE state = 'submitted' AND author_id = ?"
        me = sitting.session.opened.desk.workspace.me  # type: ignore[union-attr]
        submitted = connection.exec_driver_sql(mine, (me,)).scalars().first()
    sitting.go("scorecard", card=submitted)
    assert offered() == {"Amend"}
