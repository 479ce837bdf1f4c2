"""Which applications a view has and in which order, who is stuck and who is not, and what a row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import application, candidate, candidate_import, many, opening
from app.actions.application import ClosedApplication, PutOnHold
from app.actions.candidate import NewCandidate
from app.actions.opening import NewOpening
from app.domain.candidate import Source
from app.domain.operations import Op
from app.domain.pipeline import Outcome, StageLimit, stage_limit
from app.domain.pipeline_view import PipelineColumn, PipelineView, Standing
from app.queries.board import SHOWN, board
from app.queries.lists import opening_rows
from app.queries.pipeline import (
    PipelineRow,
    people_of,
    pipeline_choices,
    pipeline_ids,
    pipeline_rows,
    shared_stages,
    stages_called,
    stuck_in,
)
from app.store.tables import Interview, Stage
from tests.actions.panel import LENA, OMAR, RUTH, Panel

ALL = PipelineView(standing=Standing.ALL, sort=PipelineColumn.NAME, descending=False)


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def put(panel: Panel, name: str, place: str = "", source: str = Source.NOT_SAID) -> int:
    changed = candidate.add(panel.workspace, NewCandidate(name, place=place, source=source), 1)
    return next(c.row for c in changed.changes if c.table == "application")


def limits(panel: Panel) -> Mapping[int, StageLimit]:
    return stuck_in(panel.workspace).limits


def names(panel: Panel, view: PipelineView) -> list[str]:
    found = pipeline_ids(panel.workspace, view)
    return [row.name for row in pipeline_rows(panel.workspace, found.ids, limits(panel))]


def row_of(panel: Panel, number: int) -> PipelineRow:
    return pipeline_rows(panel.workspace, [number], limits(panel))[0]


def second_opening(panel: Panel) -> int:
    version = opening_rows(panel.workspace)[0].rubric
    return opening.add(panel.workspace, NewOpening("SR-2026-02", "Search engineer", "MLE3"), version).subject


@pytest.mark.parametrize(
    ("spells", "limit"),
    [
        ([1, 2, 3, 4, 5, 6, 7], None),
        ([8, 1, 7, 2, 6, 3, 5, 4], StageLimit(6, 8)),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], StageLimit(7, 9)),
        ([0] * 6 + [10, 11], StageLimit(0, 8)),
    ],
)
def test_the_limit_is_the_nearest_rank_of_eight_or_more(spells: list[int], limit: StageLimit | None) -> None:
    assert stage_limit(spells) == limit


def eight_have_gone_on(panel: Panel) -> None:
    """Spells of 1 to 8 days in the first stage: the limit is 6."""
    people = [put(panel, f"Gone {n}") for n in range(8)]
    for one in people:
        panel.clock.turn(days=1)
        application.move(panel.workspace, one, 2)


def test_stuck_is_longer_than_three_in_four(panel: Panel) -> None:
    eight_have_gone_on(panel)
    late, just = put(panel, "Late"), put(panel, "Just")
    panel.clock.turn(days=1)
    fresh = put(panel, "Fresh")
    for one in (panel.ada, panel.ben, just):
        application.close(panel.workspace, one, Outcome.WITHDRAWN)
    panel.clock.turn(days=8)
    found = pipeline_ids(panel.workspace, replace(ALL, standing=Standing.STUCK))
    assert found.ids == (late,)
    assert limits(panel)[1] == StageLimit(8, 11), "1 to 8 days, and 9, 9 and 1 of the three that were closed"
    assert stuck_in(panel.workspace, 1).ids == {late}
    assert row_of(panel, late).stuck
    assert not row_of(panel, fresh).stuck
    application.hold(panel.workspace, late, PutOnHold("On leave."))
    assert pipeline_ids(panel.workspace, replace(ALL, standing=Standing.STUCK)).ids == ()
    assert row_of(panel, late).held == "On leave."
    assert not row_of(panel, late).stuck


def test_who_was_moved_away_has_not_gone_on_from_a_stage(panel: Panel) -> None:
    eight_have_gone_on(panel)
    elsewhere = second_opening(panel)
    before = limits(panel)[1]
    moved = put(panel, "Moved")
    panel.clock.turn(days=30)
    application.transfer(panel.workspace, moved, elsewhere)
    assert limits(panel)[1] == before == StageLimit(6, 8)


def test_under_eight_spells_nobody_is_stuck(panel: Panel) -> None:
    for number in range(7):
        application.move(panel.workspace, put(panel, f"Gone {number}"), 2)
    panel.clock.turn(days=300)
    assert pipeline_ids(panel.workspace, replace(ALL, standing=Standing.STUCK)).ids == ()


def test_time_closed_is_no_time_in_the_stage(panel: Panel) -> None:
    eight_have_gone_on(panel)
    back = put(panel, "Back")
    application.close(panel.workspace, back, Outcome.WITHDRAWN)
    panel.clock.turn(days=30)
    application.reopen(panel.workspace, back)
    panel.clock.turn(days=6)
    assert back not in pipeline_ids(panel.workspace, replace(ALL, standing=Standing.STUCK)).ids
    panel.clock.turn(days=1)
    assert back in pipeline_ids(panel.workspace, replace(ALL, standing=Standing.STUCK)).ids
    application.move(panel.workspace, back, 2)
    assert limits(panel)[1] == StageLimit(7, 9)


def test_each_filter_has_its_own(panel: Panel) -> None:
    cleo = put(panel, "Cleo", source="referred")
    application.move(panel.workspace, cleo, 2)
    many.tag_all(panel.workspace, people_of(panel.workspace, [cleo]), ["search"])
    application.give_owner(panel.workspace, [cleo], LENA)
    there = second_opening(panel)
    candidate.add(panel.workspace, NewCandidate("Dora"), there)
    many.close_all(panel.workspace, [panel.ben], ClosedApplication(Outcome.REJECTED, reason="No."))
    assert names(panel, ALL) == ["Ada Lind", "Ben Okoro", "Cleo", "Dora"]
    for view, expected in (
        (PipelineView(sort=PipelineColumn.NAME, descending=False), ["Ada Lind", "Cleo", "Dora"]),
        (replace(ALL, standing=Standing.CLOSED), ["Ben Okoro"]),
        (replace(ALL, opening=there), ["Dora"]),
        (replace(ALL, stage="Screen"), ["Cleo"]),
        (replace(ALL, source="referred"), ["Cleo"]),
        (replace(ALL, tag="search"), ["Cleo"]),
        (replace(ALL, owner=LENA), ["Cleo"]),
        (replace(ALL, waiting=OMAR), ["Ada Lind"]),
        (replace(ALL, opening=99), []),
        (replace(ALL, tag="' OR 1=1 --"), []),
    ):
        assert names(panel, view) == expected, view
    counts = pipeline_ids(panel.workspace, replace(ALL, opening=1)).counts
    assert (counts[Standing.OPEN], counts[Standing.CLOSED], counts[Standing.ALL]) == (2, 1, 3)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", list(PipelineColumn))
def test_every_order_has_everybody_once(panel: Panel, column: PipelineColumn, descending: bool) -> None:
    put(panel, "Ada Lind", place="Bergen")
    found = pipeline_ids(panel.workspace, replace(ALL, sort=column, descending=descending)).ids
    assert sorted(found) == [1, 2, 3]


def test_what_is_not_known_comes_last(panel: Panel) -> None:
    for name, place in (("Cleo", "bergen"), ("Dora", "Århus"), ("Ella", "Cork")):
        put(panel, name, place=place)
    by = replace(ALL, sort=PipelineColumn.PLACE)
    assert names(panel, by)[:2] == ["Cleo", "Ella"]
    assert names(panel, replace(by, descending=True))[-2:] == ["Ada Lind", "Ben Okoro"]


def test_a_row_counts_cards_and_says_who_is_waited_for(panel: Panel) -> None:
    panel.bring_in(0)
    row = row_of(panel, panel.ada)
    assert (row.cards_in, row.cards_planned, row.waiting) == (1, 6, "Omar Haddad")
    with panel.workspace.step(Op.EDIT_INTERVIEW) as step:
        step.edit(Interview, panel.interviews[1], shadow=True)
    assert row_of(panel, panel.ada).waiting == "Lena Vogt", "nobody waits for a shadow"
    assert pipeline_ids(panel.workspace, replace(ALL, waiting=OMAR)).ids == ()


def test_a_closed_one_says_how_it_ended(panel: Panel) -> None:
    why = "Somebody else was chosen"
    many.close_all(panel.workspace, [panel.ben], ClosedApplication(Outcome.REJECTED, why, "Close."))
    row = row_of(panel, panel.ben)
    assert (row.outcome, row.why, row.reason, row.closed_on) == ("rejected", why, "Close.", panel.workspace.today())


def test_what_each_filter_can_be(panel: Panel) -> None:
    choices = pipeline_choices(panel.workspace)
    assert choices.stages[:2] == ("Applied", "Screen")
    assert choices.waiting == ((LENA, "Lena Vogt"), (OMAR, "Omar Haddad"), (RUTH, "Ruth Amadi"))
    assert choices.openings == ((1, "Senior ML engineer · SR-2026-01"),)


def test_stages_that_all_of_them_have(panel: Panel) -> None:
    there = second_opening(panel)
    with panel.workspace.step(Op.EDIT_OPENING) as step:
        step.add(Stage, opening_id=there, position=9, name="Only here")
    changed = candidate.add(panel.workspace, NewCandidate("Dora"), there)
    dora = next(c.row for c in changed.changes if c.table == "application")
    assert "Only here" in shared_stages(panel.workspace, [dora])
    assert "Only here" not in shared_stages(panel.workspace, [dora, panel.ada])
    stages = stages_called(panel.workspace, [dora, panel.ada], "Panel")
    many.move_all(panel.workspace, stages)
    assert names(panel, replace(ALL, stage="Panel")) == ["Ada Lind", "Dora"]


def test_the_board_shows_a_view_and_who_is_stuck(panel: Panel) -> None:
    eight_have_gone_on(panel)
    shown = board(panel.workspace, 1, only=[panel.ada])
    assert shown is not None
    assert [[c.name for c in column.cards] for column in shown.columns][:2] == [["Ada Lind"], []]
    assert shown.columns[0].limit == StageLimit(6, 8)
    assert shown.columns[0].cards[0].stuck


def test_the_board_shows_the_longest_of_a_crowded_stage_and_counts_all(panel: Panel) -> None:
    many_more = [NewCandidate(f"Person {number}") for number in range(SHOWN)]
    panel.clock.turn(days=1)
    candidate_import.import_all(panel.workspace, many_more, 1)
    shown = board(panel.workspace, 1)
    assert shown is not None
    first = shown.columns[0]
    assert (first.count, len(first.cards)) == (SHOWN + 2, SHOWN)
    assert [card.name for card in first.cards[:2]] == ["Ada Lind", "Ben Okoro"]
    assert pipeline_ids(panel.workspace, PipelineView(opening=1)).counts[Standing.OPEN] == SHOWN + 2
