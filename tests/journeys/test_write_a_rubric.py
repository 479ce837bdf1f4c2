"""A rubric from nothing to a submitted card, a kit out and back, the debrief and the packet; and one from a ladder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.actions import candidate, debrief, interview, opening, scorecard
from app.actions.candidate import NewCandidate
from app.actions.guide import adopt
from app.actions.opening import NewOpening
from app.desk.pages.debrief.page import DebriefPage
from app.desk.pages.interviews.page import InterviewsPage
from app.desk.pages.rubric.dimension_form import DimensionForm
from app.desk.pages.rubric.draft_page import RubricDraftPage
from app.desk.pages.rubric.page import RubricPage
from app.desk.pages.rubric.part_form import PartForm
from app.desk.pages.rubric.plan_form import PlanForm
from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts.label import Text
from app.domain.rubric_draft import DIMENSION, EXERCISE, PLAN
from app.domain.scorecard import Overall
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladders import build, guess_map
from app.queries.application import application_page
from app.queries.hiring import hiring_facts
from app.queries.rubric_draft import draft_rows, draft_view
from app.queries.rubrics import rubric_rows
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.exchange.filling import whole, with_pypdf
from tests.journeys.conftest import Sitting
from tests.printing import make_hiring_packet, make_kit

LADDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "ladders" / "snowflake" / "snowflake.json"


def workspace(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def words(widget: QWidget) -> str:
    return "\n".join(t.text() for t in widget.findChildren(Text) if t.isVisible())


def draft_page(sitting: Sitting) -> RubricDraftPage:
    page = sitting.window.page
    assert isinstance(page, RubricDraftPage)
    return page


def into(sitting: Sitting, field: QWidget, text: str) -> None:
    """Type a text in the place of what is there, and leave the field."""
    field.setFocus()
    sitting.press("Ctrl+A")
    sitting.write(text)
    sitting.press("Tab")


def new_rubric(sitting: Sitting, name: str) -> RubricDraftPage:
    sitting.press("Ctrl+5", "Ctrl+Shift+N")
    page = sitting.window.page
    assert isinstance(page, RubricPage)
    assert page.new_panel.isVisible()
    sitting.write(name)
    page.new_panel.fields.input("own_level").setFocus()
    sitting.write("S2")
    sitting.press("Ctrl+Return")
    return draft_page(sitting)


def form_of(page: RubricDraftPage, section: str) -> QWidget:
    form: QWidget = page.part._forms[section]
    return form


def write_dimension(sitting: Sitting, page: RubricDraftPage, n: int) -> None:
    form = form_of(page, DIMENSION)
    assert isinstance(form, DimensionForm)
    into(sitting, form.texts["name",].text, f"Careful craft {n}")
    assert form.texts["short",].text.text == f"Careful craft {n}", "a shorter name is proposed"
    assert form.texts["narrow",].text.text, "and one for the strip"
    into(sitting, form.texts["definition",].text, "Builds what holds, and can say why.")
    for score in range(4):
        into(sitting, form.texts["anchors", score, "summary"].text, f"Craft {n} as it looks at {score + 1}.")
        into(sitting, form.texts["anchors", score, "behaviours"].text, f"Shows piece {n}{score} and names its load")
    into(sitting, form.texts["rater_trap",].text, "Do not score the tools.")
    into(sitting, form.texts["signals", "strong"].text, f"Names load {n}: Says what piece {n} must carry")
    for kind in (
        "A beam cracks overnight. Walk me through your next hour.",
        "Tell me of a piece that came back broken.",
    ):
        sitting.press("Ctrl+Shift+Q")
        form = form_of(page, DIMENSION)
        assert isinstance(form, DimensionForm)
        last = len(form._shown_questions) - 1
        assert form.texts["questions", last, "text"].text.hasFocus(), "a question that was begun is typed in next"
        into(sitting, form.texts["questions", last, "text"].text, kind)


def test_a_rubric_from_nothing_to_a_card_a_kit_a_debrief_and_a_packet(sitting: Sitting, tmp_path: Path) -> None:
    page = new_rubric(sitting, "Joiner")
    assert "things are missing" in words(page.notes)
    form = form_of(page, DIMENSION)
    assert isinstance(form, DimensionForm)
    assert form.texts["name",].text.hasFocus(), "an empty draft begins in its first field"
    right = page.top_actions()[0].parentWidget()
    assert right is not None
    shown = {b for b in right.findChildren(QAbstractButton) if b.isVisible()}
    assert shown == set(page.top_actions()), "the buttons of the page before are gone"
    for n in range(3):
        write_dimension(sitting, page, n)
        sitting.press("Alt+Down")
    form = form_of(page, EXERCISE)
    assert isinstance(form, PartForm)
    for way, text in ((("name",), "Workshop hour"), (("short",), "Workshop"), (("brief",), "Build a joint together.")):
        into(sitting, form.texts[way].text, text)
    into(sitting, form.texts["looks_at",].text, "what holds")
    for chip in form._held["primary",].findChildren(QWidget):
        if chip.property("key"):
            chip.setFocus()
            sitting.press("Space")
    sitting.press("Alt+Down")
    plan = form_of(page, PLAN)
    assert isinstance(plan, PlanForm)
    into(sitting, plan.form.texts["note",].text, "One hour sees everything.")
    plan._add()
    sitting.settle()
    assert "Nothing is missing" in words(page.notes), words(page.notes)
    assert "shares most of its words with Careful craft 0, score 1" in words(page.notes), "it reads what is written"

    sitting.press("Ctrl+Shift+Return", "Ctrl+Return")
    read = sitting.window.page
    assert isinstance(read, RubricPage)
    assert "Careful craft 0" in words(read)
    known = workspace(sitting)
    version = next(r.id for r in rubric_rows(known) if r.name == "Joiner")

    job = opening.add(known, NewOpening("JO-1", "Joiner", "S2"), version).subject
    row = next(c.row for c in candidate.add(known, NewCandidate("Ada Lind"), job).changes if c.table == "application")
    planned = application_page(known, row).rounds[0].plan_round
    mine, theirs = (interview.add(known, row, planned, who).subject for who in (1, 2))

    card = scorecard.start(known, mine).subject
    dimensions = [d.id for d in application_page(known, row).rubric.dimensions]
    for dimension in dimensions:
        scorecard.note(known, card, "Named the load, then the joint.", dimension)
    sitting.go("scorecard", card=card)
    score = sitting.window.page
    assert isinstance(score, ScorecardPage)
    assert "Careful craft 0" in words(score)
    sitting.press("Escape")
    for _ in dimensions:
        sitting.press("3", "N")
    scorecard.vote(known, card, Overall.HIRE, "Holds.")
    scorecard.submit(known, card)

    kit, facts = make_kit(known, theirs)
    assert facts.rubric == "Joiner 1.0"
    path = tmp_path / "back.pdf"
    path.write_bytes(with_pypdf(kit.bytes, whole(facts.spec)))
    sitting.go("interviews")
    back = sitting.window.page
    assert isinstance(back, InterviewsPage)
    back.incoming.bring([path])
    sitting.settle()
    debrief.start(known, row)
    sitting.go("debrief", id=row)
    met = sitting.window.page
    assert isinstance(met, DebriefPage)
    assert met.shown is not None
    assert [d.short for d in met.shown.rubric.dimensions][2] == "Careful craft 2"
    assert "2 of 2 cards in" in words(met)
    assert hiring_facts(known, row).rubric.words == "Joiner 1.0"
    packet = make_hiring_packet(known, row)
    assert packet.pages >= 3
    assert check_workspace(known) == []


def test_a_draft_survives_a_crash_and_typing_is_undone(sitting: Sitting, begin: Callable[[Path], Sitting]) -> None:
    page = new_rubric(sitting, "Joiner")
    form = form_of(page, DIMENSION)
    assert isinstance(form, DimensionForm)
    form.texts["definition",].text.setFocus()
    sitting.write("Half a sent")
    known = workspace(sitting)
    (row,) = draft_rows(known)
    copy = known.path.with_name("crashed.tenfold")
    copy.write_bytes(known.path.read_bytes())
    wal = known.path.with_name(known.path.name + "-wal")
    if wal.exists():
        copy.with_name(copy.name + "-wal").write_bytes(wal.read_bytes())
    second = begin(copy)
    part = next(p for p in draft_view(workspace(second), row.id).parts if p.section == DIMENSION)
    assert part.content["definition"] == "Half a sent"
    sitting.window.activateWindow()
    form.texts["definition",].text.setFocus()
    page.list.setFocus()
    sitting.settle()
    sitting.press("Ctrl+Z")
    part = next(p for p in draft_view(known, row.id).parts if p.section == DIMENSION)
    assert part.content["definition"] == ""


@pytest.mark.skipif(not LADDER.exists(), reason="the ladders lie beside the checkout")
def test_a_real_ladder_becomes_a_rubric_whose_gaps_are_named(sitting: Sitting) -> None:
    known = workspace(sitting)
    source = read_ladder(LADDER)
    guide = build(source, guess_map(source))
    adopt(known, guide, "snowflake.json")
    sitting.press("Ctrl+5", "Ctrl+Shift+N")
    page = sitting.window.page
    assert isinstance(page, RubricPage)
    sitting.write("Snowflake Engineer")
    panel = page.new_panel
    panel.fields.set_values({"from": "guide"})
    panel._edited("from")
    chosen = next(g for g in panel._guides if g.name == guide.name)
    panel.fields.set_values({"guide": chosen.id})
    panel._edited("guide")
    panel.fields.set_values({"level": chosen.levels[2][0]})
    sitting.press("Ctrl+Return")
    draft = draft_page(sitting)
    assert draft.shown is not None
    assert len(draft.shown.dimensions) == min(16, len(guide.dimensions))
    assert "things are missing" in words(draft.notes)
    assert "anchor 1, what it looks like: empty" in words(draft.notes)
    assert draft.shown.findings, "the check names what a ladder leaves"
