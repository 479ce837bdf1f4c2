"""The two public ladders as rubrics: what the check says of them is what is wrong with them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.actions import colleague, rubric_draft
from app.actions.guide import adopt
from app.exchange.check_lists import check_lists
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladders import build, guess_map
from app.queries.rubric_draft import checked, draft_view
from tests.makers import new_workspace

LADDERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "ladders"


def found_in(file: Path, level: int, folder: Path) -> tuple[Counter[str], set[str], int]:
    """Its findings by rule, the words that narrow, and the number of dimensions."""
    source = read_ladder(file)
    guide = build(source, guess_map(source))
    workspace = new_workspace(folder)
    colleague.add(workspace, "Ruth Amadi")
    adopted = adopt(workspace, guide, file.name).subject
    draft = rubric_draft.begin_from_guide(workspace, adopted, guide.levels[level].id, "From a ladder").subject
    view = checked(draft_view(workspace, draft), check_lists())
    workspace.close()
    keys = [finding.key.split("/") for finding in view.findings]
    return Counter(key[0] for key in keys), {key[2] for key in keys if key[0] == "narrowing"}, len(view.dimensions)


@pytest.mark.skipif(not LADDERS.exists(), reason="the ladders lie beside the checkout")
def test_a_ladder_asks_no_question_on_anything(tmp_path: Path) -> None:
    rules, _, dimensions = found_in(LADDERS / "ft" / "engineering.yml", 2, tmp_path)
    assert rules == {"no_question": dimensions}


@pytest.mark.skipif(not LADDERS.exists(), reason="the ladders lie beside the checkout")
def test_sixteen_tracks_are_too_many_and_two_of_their_words_narrow_the_field(tmp_path: Path) -> None:
    """Both stand in examples, of a tour “by college students” and of a “dominant conversation”: to be set aside, with
    that reason."""
    rules, words, dimensions = found_in(LADDERS / "snowflake" / "snowflake.json", 2, tmp_path)
    assert rules == {"no_question": dimensions, "too_many_dimensions": 1, "narrowing": 2}
    assert words == {"graduate", "dominant"}
