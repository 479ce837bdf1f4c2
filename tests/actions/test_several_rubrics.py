"""Two rubrics in one workspace: what an opening follows, rounds of its own, retired questions, pools, lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import candidate, guide, interview, opening, plan, rubric, scorecard
from app.actions.application import open_cards
from app.actions.candidate import NewCandidate
from app.actions.opening import NewOpening
from app.actions.undo import Undoing
from app.domain.exercise import Exercise
from app.domain.guide import guide_of_pack
from app.domain.plan_edit import add_round
from app.domain.scorecard import Overall
from app.errors import Refused
from app.exchange.shipped import load_role
from app.queries.application import application_page
from app.queries.kit import kit_facts
from app.queries.plain_lists import openings, rubrics, scorecards
from app.queries.plan import plan_page
from app.queries.practice import practice_page
from app.queries.reports.panel import agreement
from app.queries.reports.scope import filter_choices
from app.queries.scorecard import card_page
from app.records.panel_scores import open_variance
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, PACK, RUTH, Panel
from tests.printing import worked_out

BACKEND = load_role("software-engineer-backend")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Panel]:
    """The panel's opening, and a second one scored by the backend rubric with one candidate."""
    panel = Panel(tmp_path)
    version = rubric.adopt(panel.workspace, BACKEND).subject
    opening.add(panel.workspace, NewOpening("BE-1", "Backend Engineer", "SE3"), version)
    yield panel
    panel.workspace.close()


def applies(panel: Panel, name: str) -> int:
    done = candidate.add(panel.workspace, NewCandidate(name), 2)
    return next(c.row for c in done.changes if c.table == "application")


def scored(panel: Panel, application: int, scores: dict[int, int]) -> None:
    """A whole card of the first round by each of these people, with the same score everywhere."""
    row = application_page(panel.workspace, application).rounds[0]
    for who, score in scores.items():
        made = interview.add(panel.workspace, application, row.plan_round, who).subject
        with panel.workspace.acting(who):
            card = scorecard.start(panel.workspace, made).subject
            for dimension in row.dimensions:
                scorecard.note(panel.workspace, card, "Heard.", dimension)
                scorecard.rate(panel.workspace, card, dimension, score)
            scorecard.vote(panel.workspace, card, Overall.HIRE, "Good.")
            scorecard.submit(panel.workspace, card)


def test_each_opening_follows_its_own_rubric(two: Panel) -> None:
    first, second = plan_page(two.workspace, 1), plan_page(two.workspace, 2)
    assert first.rubric.id != second.rubric.id
    assert second.rubric.dimension_ids == BACKEND.rubric.dimension_ids
    assert {d for r in second.plan.rounds for d in r.dimensions} <= set(BACKEND.rubric.dimension_ids)
    page = application_page(two.workspace, applies(two, "Cem Yilmaz"))
    assert page.rubric == BACKEND.rubric
    assert dict(page.levels).keys() == {level.id for level in BACKEND.levels.levels} if BACKEND.levels else False
    named = [(o["code"], o["rubric"], o["rubric_version"]) for o in openings(two.workspace)]
    assert named == [
        ("SR-2026-01", "ml-engineering-manager", "1.0"),
        ("BE-1", "software-engineer-backend", "1.0"),
    ]
    assert [(r["rubric"], r["openings"]) for r in rubrics(two.workspace)] == [
        ("ml-engineering-manager", 1),
        ("software-engineer-backend", 1),
    ]
    two.start()
    assert {c["rubric"] for c in scorecards(two.workspace)} == {"ml-engineering-manager"}


def test_the_level_of_an_opening_may_be_one_of_an_imported_guide(two: Panel) -> None:
    renamed = guide_of_pack(PACK).model_copy(update={"name": "House ladder"})
    row = guide.adopt(two.workspace, renamed, "house.yaml").subject
    with pytest.raises(Refused, match="no level “M1”"):
        opening.add(two.workspace, NewOpening("BE-2", "Backend Engineer", "M1"), 2)
    made = opening.add(two.workspace, NewOpening("BE-2", "Backend Engineer", "M1", guide=row), 2).subject
    done = candidate.add(two.workspace, NewCandidate("Cem Yilmaz"), made)
    application = next(c.row for c in done.changes if c.table == "application")
    assert "M1" in dict(application_page(two.workspace, application).levels)


def test_a_round_of_one_s_own_is_planned_kitted_and_scored_and_stays_with_its_opening(two: Panel) -> None:
    ids = BACKEND.rubric.dimension_ids
    own = Exercise(
        id="own",
        name="Take-home",
        short="Take-home",
        minutes=(60, 60),
        brief="Talk through what they sent.",
        looks_at=("what was cut",),
        primary=ids[:2],
    )
    undoing = Undoing()
    undoing.note(plan.add_exercise(two.workspace, 2, own))
    undoing.undo(two.workspace)
    assert all(e.name != "Take-home" for e in plan_page(two.workspace, 2).rubric.exercises)
    plan.add_exercise(two.workspace, 2, own)
    with pytest.raises(Refused, match="already"):
        plan.add_exercise(two.workspace, 2, own)
    with pytest.raises(Refused, match="not in this rubric"):
        plan.add_exercise(two.workspace, 2, own.model_copy(update={"name": "Other", "primary": ("mlops",)}))
    page = plan_page(two.workspace, 2)
    made = next(e for e in page.rubric.exercises if e.name == "Take-home")
    plan.change(two.workspace, 2, add_round(page.plan, page.rubric, made.id))
    application = applies(two, "Cem Yilmaz")
    last = application_page(two.workspace, application).rounds[-1]
    assert last.exercise == "Take-home"
    held = interview.add(two.workspace, application, last.plan_round, RUTH).subject
    assert kit_facts(two.workspace, held).exercise == "Take-home"
    card = scorecard.start(two.workspace, held).subject
    assert card_page(two.workspace, card).exercise.name == "Take-home"
    assert all(e.name != "Take-home" for e in plan_page(two.workspace, 1).rubric.exercises)
    with pytest.raises(Refused, match="has this round"):
        plan.remove_exercise(two.workspace, 2, made.id)
    assert check_workspace(two.workspace) == []


def test_a_retired_question_is_in_no_new_kit_and_stays_where_it_was_asked(two: Panel) -> None:
    before = [q.text for q in kit_facts(two.workspace, two.interviews[0]).questions]
    asked = PACK.rubric.questions_for(two.rounds[0].exercise, two.rounds[0].dimensions)
    gone = asked[0][1]
    card = two.start()
    scorecard.ask(two.workspace, card, gone.id)
    rubric.retire(two.workspace, PACK.id, gone.id, "It went round.")
    after = [q.text for q in kit_facts(two.workspace, two.interviews[0]).questions]
    assert gone.text in before
    assert gone.text not in after
    assert len(after) == len(before), "another question of the dimension takes its place"
    shown = card_page(two.workspace, card)
    assert gone.id in shown.retired
    assert gone.id in shown.asked
    with pytest.raises(Refused, match="needs a reason"):
        rubric.retire(two.workspace, PACK.id, asked[1][1].id, " ")


def test_scores_are_pooled_within_a_rubric_and_it_is_said(two: Panel) -> None:
    two.bring_in(0, 1, 2, 3, 4, 5)
    with two.workspace.read() as connection:
        alone = open_variance(connection, RUTH, two.ada)
    application = applies(two, "Cem Yilmaz")
    scored(two, application, {OMAR: 1, LENA: 4, RUTH: 4})
    open_cards(two.workspace, application, "The panel meets today.")
    with two.workspace.read() as connection:
        assert open_variance(connection, RUTH, two.ada) == alone, "another rubric's spread says nothing here"
        assert open_variance(connection, RUTH, application) > alone
    assert {key for key, _ in filter_choices(two.workspace).rubrics} == {
        "ml-engineering-manager",
        "software-engineer-backend",
    }
    found = worked_out(two.workspace, agreement)
    other = worked_out(two.workspace, agreement, rubric="software-engineer-backend")
    assert other.rubric == "Software Engineer, Backend"
    assert other.cells == len(application_page(two.workspace, application).rounds[0].dimensions)
    assert found.rubric == "ML Engineering Manager"
    assert found.cells != other.cells


def test_practice_is_within_a_rubric(two: Panel) -> None:
    first = practice_page(two.workspace)
    assert first is not None
    assert [row.pack for row in first.choices] == ["ml-engineering-manager", "software-engineer-backend"]
    second = practice_page(two.workspace, first.choices[1].id)
    assert second is not None
    assert second.rubric == BACKEND.rubric
    assert second.mine == {}
