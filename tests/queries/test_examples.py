"""What a score looked like here: of closed cards one may see, never one's own candidate's, and without names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import application, interview, scorecard
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.domain.scorecard import Overall
from app.queries.examples import MOST, looked_like, without_names
from app.store.tables import Scorecard
from tests.actions.panel import LENA, OMAR, RUTH, Panel

FIRST = "systems_design"


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def own_card(panel: Panel) -> int:
    """Ruth's draft on Ben."""
    held = interview.add(panel.workspace, panel.ben, 1, RUTH).subject
    return scorecard.start(panel.workspace, held).subject


def close(panel: Panel) -> None:
    application.close(panel.workspace, panel.ada, Outcome.REJECTED, "Not this time.")


def look(panel: Panel, card: int, score: int = 3, who: int = RUTH) -> tuple[str, ...]:
    with panel.workspace.acting(who):
        return looked_like(panel.workspace, card, FIRST, score)


def test_only_closed_candidates_whose_cards_are_open_are_looked_at(panel: Panel) -> None:
    card = own_card(panel)
    panel.bring_in(0, 1, 2, 3, 4)
    close(panel)
    assert look(panel, card) == (), "one card is still due"
    panel.bring_in(5)
    assert look(panel, card) != ()
    application.reopen(panel.workspace, panel.ada)
    assert look(panel, card) == (), "nobody has decided any more"


def test_who_owes_a_card_sees_nothing(panel: Panel) -> None:
    card = own_card(panel)
    panel.bring_in(0, 2, 3, 4, 5)
    panel.open_early()
    close(panel)
    assert look(panel, card) != ()
    assert look(panel, card, who=OMAR) == ()


def test_never_of_the_same_application(panel: Panel) -> None:
    cards = panel.bring_in(0, 1, 2, 3, 4, 5)
    close(panel)
    assert look(panel, cards[0]) == ()


def test_only_this_score_on_this_dimension(panel: Panel) -> None:
    card = own_card(panel)
    panel.bring_in(0, 1, 2, 3, 4, 5)
    close(panel)
    assert look(panel, card, 3)[0].startswith("Heard about systems_design")
    assert look(panel, card, 2) == ()
    assert look(panel, 4321, 3) == ()


def test_names_are_left_out_and_there_are_six_lines_at_most(panel: Panel) -> None:
    card = own_card(panel)
    draft = panel.start(0)
    panel.fill(draft, 0)
    for n in range(9):
        scorecard.note(panel.workspace, draft, f"Ada said {n} things to Lena, and Lind wrote them down", FIRST)
    panel.submit(draft, 0)
    panel.bring_in(1, 2, 3, 4, 5)
    close(panel)
    found = look(panel, card)
    assert len(found) == MOST
    assert any("… said" in line for line in found)
    assert not any(name in line for line in found for name in ("Ada", "Lind", "Lena"))


def test_a_shadows_card_is_no_example(panel: Panel) -> None:
    card = own_card(panel)
    shadow = interview.add(panel.workspace, panel.ada, 1, LENA, shadow=True).subject
    with panel.workspace.acting(LENA):
        draft = scorecard.start(panel.workspace, shadow).subject
        for dimension in panel.rounds[0].dimensions:
            scorecard.note(panel.workspace, draft, "What the shadow heard.", dimension)
            scorecard.rate(panel.workspace, draft, dimension, 1)
        scorecard.vote(panel.workspace, draft, Overall.NO_HIRE, "No.")
        scorecard.submit(panel.workspace, draft)
    panel.bring_in(0, 1, 2, 3, 4, 5)
    close(panel)
    assert look(panel, card, 1) == ()


def test_another_level_is_another_bar(panel: Panel) -> None:
    card = own_card(panel)
    panel.bring_in(0, 1, 2, 3, 4, 5)
    close(panel)
    assert look(panel, card)
    with panel.workspace.step(Op.DRAFT_CARD) as step:
        step.edit(Scorecard, card, level="MLE5")
    assert look(panel, card) == ()


@given(st.lists(st.text(min_size=1, max_size=12), max_size=5), st.text(max_size=60))
def test_any_name_can_be_taken_out(names: list[str], line: str) -> None:
    found = without_names(line, names)
    assert isinstance(found, str)


def test_short_parts_and_parts_of_words_stay() -> None:
    assert without_names("Al and Alice did it all", ["Al Bo"]) == "Al and Alice did it all"
    assert without_names("Al Bo did it; ADA too", ["Al Bo", "Ada Lind"]) == "… did it; … too"
