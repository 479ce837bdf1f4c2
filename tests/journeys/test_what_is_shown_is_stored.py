"""A page shows what the file holds: after an undo, after a write on another page, after a command beside the window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.actions import candidate, decision
from app.actions.decision import NewDecision
from app.desk.page import Page
from app.desk.pages.offers.offer_page import OfferPage
from app.desk.pages.pipeline.page import PipelinePage
from app.desk.shell.file_watch import WrittenOutside
from app.domain.decision import Verdict
from app.queries.offer import offer_rows
from app.queries.plain_lists import candidates
from app.store.change_report import ChangeReport
from tests.gallery.__main__ import places, with_a_growth_plan
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import words, workspace

GUIDES = {
    "import-candidates",
    "duplicates",
    "mail-texts",
    "rubric",
    "rubric-draft",
    "levels",
    "levels-compare",
    "levels-overview",
}
ROOT = Path(__file__).resolve().parents[2]


def write(sitting: Sitting, action: partial[ChangeReport]) -> None:
    sitting.session.opened.desk.write(action)  # type: ignore[union-attr]
    sitting.settle()


def page_of(sitting: Sitting) -> Page:
    assert sitting.window.page is not None
    return sitting.window.page


def test_an_undone_name_is_not_on_the_slate(sitting: Sitting) -> None:
    ws = workspace(sitting)
    who, name = next((c["id"], c["name"]) for c in candidates(ws) if c["name"] == "Ines Halvorsen")
    write(sitting, partial(candidate.edit, ws, who, name="Ines Halvorsen-Berg"))
    sitting.go("slate", opening=1)
    assert "Ines Halvorsen-Berg" in words(page_of(sitting))
    sitting.press("Ctrl+Z")
    assert "Ines Halvorsen-Berg" not in words(page_of(sitting))
    assert name in words(page_of(sitting))


def test_undo_names_nothing_that_would_be_refused(sitting: Sitting) -> None:
    ws, named = workspace(sitting), sitting.window.sidebar._undo_words
    who = next(c["id"] for c in candidates(ws) if c["name"] == "Ines Halvorsen")
    write(sitting, partial(candidate.edit, ws, who, now_at="Acme"))
    write(sitting, partial(candidate.edit, ws, who, place="Oslo"))
    candidate.edit(ws, who, place="Bergen")  # what no list of undo knows, as by a command beside the window
    sitting.session.opened.desk.changed.emit(WrittenOutside())  # type: ignore[union-attr]
    sitting.settle()
    assert not named.isVisible(), "the place was changed again, and with it the row of where she works"
    write(sitting, partial(candidate.edit, ws, who, now_at="Bemo"))
    assert named.text() == "edit of Ines Halvorsen"
    offered = next(r for r in offer_rows(ws) if r.status == "sent")
    again = NewDecision(
        Verdict.HOLD,
        offered.level,
        "Wait.",
        change_reason="New.",
        departure="See above.",
        missing=("mlops", "system_design"),
    )
    write(sitting, partial(decision.decide, ws, offered.application, again))
    assert not named.isVisible(), "where she works is not what was just done"
    sitting.press("Ctrl+Z")
    assert "was recorded for good" in words(sitting.window.notice)
    assert next(c["now_at"] for c in candidates(ws) if c["id"] == who) == "Bemo"


def test_what_is_read_beside_the_offer_is_shown_as_it_is(sitting: Sitting) -> None:
    """The candidate's name, and the role of the opening: neither is a part of the offer."""
    ws = workspace(sitting)
    sitting.go("offer", id=3)
    page = page_of(sitting)
    assert isinstance(page, OfferPage)
    assert page.shown is not None
    name = page.shown.name
    who = next(c["id"] for c in candidates(ws) if c["name"] == name)
    write(sitting, partial(candidate.edit, ws, who, name="Wendeline Castellanos"))
    assert page.shown.name == "Wendeline Castellanos"
    sitting.press("Ctrl+Z")
    assert page.shown.name == name


def test_every_page_reads_something_and_hears_of_it(begin: Callable[..., Sitting], sample_copy: Path) -> None:
    """The tables are noted from the statements themselves: people, for one, are on nearly every page."""
    with_a_growth_plan(sample_copy)
    shown = places_of(sample_copy)
    sitting = begin(sample_copy)
    seen = {}
    for name, place, where in shown:
        sitting.go(place, **where)
        page = page_of(sitting)
        assert page.read, f"{name} asks for nothing"
        assert None not in page.read.values(), f"{name} still waits for an answer"
        seen[name] = frozenset().union(*(t for t in page.read.values() if t is not None))
    for name in ("pipeline", "slate", "application", "debrief", "offer", "interviews", "today"):
        assert "candidate" in seen[name], name
    for name in ("team", "member", "calibration", "growth-plan", "assessment"):
        assert "colleague" in seen[name], name
    assert {name for name, tables in seen.items() if "workspace" not in tables} <= GUIDES, "who one is, and the day"


def places_of(path: Path) -> list[tuple[str, str, dict[str, object]]]:
    return [(n, p, w) for n, p, w in places(path) if n not in ("calibration-preparing", "calibration-twenty")]


def test_a_command_beside_the_window_shows_in_it(sitting: Sitting, tmp_path: Path) -> None:
    path = workspace(sitting).path
    table = tmp_path / "people.csv"
    table.write_text("Name,Mail\nIngrid Vale,ingrid@example.org\n", "utf-8")
    sitting.go("pipeline")
    assert "Ingrid Vale" not in cards(sitting)
    command = [sys.executable, "-m", "app", "import", str(path), "candidates", str(table), "--opening", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sitting.qtbot.waitUntil(lambda: "Ingrid Vale" in cards(sitting), timeout=30_000)


def cards(sitting: Sitting) -> set[str]:
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    board = page._board
    return {card.name for column in board.columns for card in column.cards} if board is not None else set()
