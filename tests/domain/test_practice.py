"""The gym that ships, and what one's scores in it say."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.pack import Pack
from app.domain.practice import PracticeSet, practice
from app.exchange.packs import load_pack
from app.resources import packs

PACK = load_pack(packs() / "ml-engineering-manager")


def gym() -> PracticeSet:
    assert PACK.gym is not None
    return PACK.gym


def test_two_answers_a_dimension_that_differ_in_score() -> None:
    found: dict[str, list[int]] = {}
    for answer in gym().answers:
        found.setdefault(answer.dimension, []).append(answer.score)
    assert found.keys() == set(PACK.rubric.dimension_ids)
    assert all(len(scores) == 2 and scores[0] != scores[1] for scores in found.values()), found
    assert set(Counter(a.score for a in gym().answers)) == {1, 2, 3, 4}


def test_answers_are_as_long_as_is_said_and_come_with_a_reason() -> None:
    assert {a.id: a.words for a in gym().answers if not 120 <= a.words <= 200} == {}
    assert all(len(a.why.split()) >= 15 for a in gym().answers)


def test_the_two_of_a_dimension_do_not_follow_each_other() -> None:
    order = [a.dimension for a in gym().answers]
    assert all(one != other for one, other in pairwise(order))


def test_a_pack_without_a_gym_keeps_its_text() -> None:
    bare = PACK.model_copy(update={"gym": None})
    assert '"gym"' not in bare.canonical_text()
    assert Pack.from_text(bare.canonical_text()) == bare
    assert Pack.from_text(PACK.canonical_text()) == PACK


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("dimension", "cooking", "no dimension"), ("question", "q_pe1", "no question on"), ("score", 5, "less than")],
)
def test_a_gym_speaks_of_the_pack_it_comes_with(field: str, value: object, says: str) -> None:
    content = json.loads(PACK.canonical_text())
    content["gym"]["answers"][0][field] = value
    with pytest.raises(ValidationError, match=says):
        Pack.model_validate_json(json.dumps(content))


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=20))
def test_every_pair_counts_once(pairs: list[tuple[int, int]]) -> None:
    found = practice(pairs)
    assert found.same + found.one_apart + found.further == found.scored == len(pairs)
    assert (found.mean is None) == (not pairs)
