"""Practice is kept as training of whoever practises, and is never undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import practice, rubric
from app.actions.undo import Undoing
from app.errors import Refused
from app.queries.practice import practice_page
from tests.actions.panel import OMAR, PACK, Panel


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def test_each_persons_training_is_their_own(panel: Panel) -> None:
    practice.score(panel.workspace, 1, "gym_sd_1", 3)
    practice.score(panel.workspace, 1, "gym_mo_1", 3)
    with panel.workspace.acting(OMAR):
        practice.score(panel.workspace, 1, "gym_sd_1", 2)
    page = practice_page(panel.workspace)
    assert page is not None
    assert page.mine == {"gym_sd_1": 3, "gym_mo_1": 3}
    assert (page.result.same, page.result.one_apart) == (1, 1)
    assert [(t.name, t.answers) for t in page.trained] == [("Omar Haddad", 1), ("Ruth Amadi", 2)]
    assert not any("score" in str(t).lower() for t in page.trained), "of others, only how much"


def test_the_first_score_holds(panel: Panel) -> None:
    practice.score(panel.workspace, 1, "gym_sd_1", 4)
    practice.score(panel.workspace, 1, "gym_sd_1", 2)
    page = practice_page(panel.workspace)
    assert page is not None
    assert page.mine == {"gym_sd_1": 4}
    assert [t.answers for t in page.trained] == [1]


@pytest.mark.parametrize(("answer", "score"), [("no_such", 3), ("gym_sd_1", 5), ("gym_sd_1", 0)])
def test_what_is_not_there_is_refused(panel: Panel, answer: str, score: int) -> None:
    with pytest.raises(Refused):
        practice.score(panel.workspace, 1, answer, score)


def test_training_is_declared(panel: Panel) -> None:
    changed = practice.score(panel.workspace, 1, "gym_sd_1", 3)
    undoing = Undoing()
    undoing.note(changed)
    assert undoing.next_undo is None
    assert [op for op, _ in panel.chain()].count("train") == 1


def test_a_workspace_of_an_older_pack_has_no_gym_until_it_is_adopted(panel: Panel) -> None:
    rubric.adopt(panel.workspace, PACK.model_copy(update={"gym": None}))
    page = practice_page(panel.workspace)
    assert page is not None
    assert page.gym is None
    with pytest.raises(Refused):
        practice.score(panel.workspace, 2, "gym_sd_1", 3)
