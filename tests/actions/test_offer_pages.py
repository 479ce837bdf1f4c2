"""The pages of an offer: proposed by the rubric, edited for one offer, left out; and the first year that follows."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.actions import member, offer, onboarding
from app.actions.undo import Undoing
from app.domain.offer import OfferStatus
from app.domain.offer_page_texts import texts_of, with_texts
from app.domain.offer_pages import OFFER_PAGES, OfferPages
from app.domain.onboarding_text import goals_text, plan_with
from app.errors import NotYet, Refused
from app.queries.offer import offer_page
from app.queries.onboarding import first_year_facts, year_page
from app.queries.team import team_page
from app.store.check import check_workspace
from tests.actions.panel import PACK, Panel
from tests.actions.test_offer import written
from tests.printing import make_first_year, make_offer_packet


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_what_the_rubric_proposes_is_printed_and_not_kept_twice(panel: Panel) -> None:
    row = written(panel)
    page = offer_page(panel.workspace, row)
    assert page.pages == OfferPages().over(PACK)
    offer.set_pages(panel.workspace, row, page.pages)
    with panel.workspace.read() as connection:
        assert connection.exec_driver_sql("SELECT pages FROM offer").scalar() == ""
    text = text_of(make_offer_packet(panel.workspace, panel.ada).bytes)
    assert "What you decide" in text
    assert "Measures of the role" in text


def test_an_edited_page_is_printed_and_one_that_is_left_out_is_not(panel: Panel) -> None:
    row = written(panel)
    page = offer_page(panel.workspace, row)
    typed = texts_of(page.pages, "rights") | {"alone": "What is cooked on Fridays\nWho washes up"}
    undoing = Undoing()
    undoing.note(offer.set_pages(panel.workspace, row, with_texts(page.pages, "rights", typed)))
    offer.set_pages(
        panel.workspace,
        row,
        offer_page(panel.workspace, row).pages.model_copy(update={"left_out": ("measures", "level")}),
    )
    text = text_of(make_offer_packet(panel.workspace, panel.ada).bytes)
    assert "Who washes up" in text
    assert "Later, and how we measure" not in text
    assert "What this level means" not in text
    assert "the role, your first 90 days with their dates and what you decide." in " ".join(text.split())
    assert "What is cooked" not in str(PACK), "the rubric stays as it is"
    assert check_workspace(panel.workspace) == []


def test_an_approved_offer_stays_as_it_is(panel: Panel) -> None:
    row = written(panel)
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, panel.workspace.today())
    with pytest.raises(Refused, match="stays as it is"):
        offer.set_pages(panel.workspace, row, OfferPages(left_out=("days",)))


@pytest.mark.parametrize("page", OFFER_PAGES)
def test_a_page_as_text_comes_back_as_it_was(page: str) -> None:
    whole = OfferPages().over(PACK)
    texts = texts_of(whole, page)  # type: ignore[arg-type]
    if texts:
        assert with_texts(whole, page, texts) == whole  # type: ignore[arg-type]


def test_measures_are_typed_as_name_target_and_how_often() -> None:
    whole = OfferPages().over(PACK)
    typed = texts_of(whole, "measures") | {"kpis": "Deploys: two a day (weekly)\nCalm: nobody paged at night"}
    found = with_texts(whole, "measures", typed).kpis
    assert found is not None
    assert [(k.name, k.target, k.every) for k in found] == [
        ("Deploys", "two a day", "weekly"),
        ("Calm", "nobody paged at night", "as agreed"),
    ]


def test_goals_that_stay_keep_what_they_have_and_new_ones_begin_empty() -> None:
    plan = PACK.onboarding
    assert plan is not None
    first = plan.horizons[0]
    kept, *others = first.goals
    text = f"{kept.text}\nDone when: {kept.done_when}\n\nMeet the night shift.\nDone when: Three nights stood"
    changed = plan_with(plan, {first.id: text}).horizons[0]
    assert changed.goals[0] == kept
    assert (changed.goals[1].text, changed.goals[1].done_when) == ("Meet the night shift.", "Three nights stood")
    assert changed.goals[1].dimensions == ()
    assert changed.goals[1].id not in {g.id for g in plan.goals}
    assert plan_with(plan, {h.id: goals_text(h) for h in plan.horizons}) == plan
    with pytest.raises(ValueError, match="horizons"):
        plan_with(plan, {h.id: "" for h in plan.horizons})
    assert others


def test_the_first_year_begins_as_the_offer_had_it_and_is_the_member_s_own(panel: Panel) -> None:
    row, workspace = written(panel), panel.workspace
    page = offer_page(workspace, row)
    plan = page.pages.onboarding
    assert plan is not None
    typed = {plan.horizons[0].id: "Read the runbook.\nDone when: Signed"}
    offer.set_pages(workspace, row, page.pages.model_copy(update={"onboarding": plan_with(plan, typed)}))
    offer.advance(workspace, row, OfferStatus.APPROVED, workspace.today())
    offer.advance(workspace, row, OfferStatus.SENT, workspace.today())
    offer.advance(workspace, row, OfferStatus.ACCEPTED, workspace.today())
    who = member.from_offer(workspace, team_page(workspace).joining[0].application).subject
    before = year_page(workspace, who)
    assert before is not None
    assert not before.begun
    with pytest.raises(NotYet, match="has not begun"):
        first_year_facts(workspace, who)
    onboarding.begin(workspace, who, before.templates[0].rubric, "midsize")
    begun = year_page(workspace, who)
    assert begun is not None
    assert [g.text for g in begun.horizons[0].goals] == ["Read the runbook."]
    onboarding.rewrite(workspace, who, {begun.horizons[0].id: "Read the runbook twice.\nDone when: Signed"})
    onboarding.set_goal(workspace, who, begun.horizons[0].goals[0].id, reached="Half of it")
    with pytest.raises(Refused, match="Something is written down"):
        onboarding.rewrite(workspace, who, {begun.horizons[0].id: "Another.\n\nAnd one more."})
    text = text_of(make_first_year(workspace, who).bytes)
    assert "Read the runbook twice." in text
    assert "Half of it" in text
    assert check_workspace(workspace) == []
