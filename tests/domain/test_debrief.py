"""The order of a debrief, who speaks when, and how second scores are read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.debrief import AgendaNeed, Seated, SpeakingTurn, debrief_agenda, read_scores, speaking_order
from app.domain.decision import Verdict, departs
from app.domain.panel import PanelScore, Rule, Zone, judge_panel, told_apart

RULE = Rule(dimensions=("a", "b", "c", "d", "e"), must_have=frozenset({"b"}))
SCORE = st.integers(1, 4)


def test_must_have_splits_come_first_then_flags_wide_thin_splits_and_what_is_agreed() -> None:
    shown = judge_panel(
        [
            PanelScore(str(n), d, int(s))
            for d, text in {"a": "23", "b": "23", "c": "3", "d": "24", "e": "33"}.items()
            for n, s in enumerate(text)
        ],
        RULE,
    )
    items = debrief_agenda(shown, RULE.must_have, flagged=("e",))
    assert [i.dimension for i in items] == ["b", "e", "d", "c", "a"]
    assert items[0].needs == (AgendaNeed.MUST_HAVE, AgendaNeed.SPLIT)
    assert items[1].needs == (AgendaNeed.FLAG,)
    assert items[2].needs == (AgendaNeed.SPLIT, AgendaNeed.WIDE)
    assert [i.minutes for i in items] == [8, 6, 6, 4, 5]
    calm = debrief_agenda(shown, RULE.must_have)[-1]
    assert calm.agreed
    assert calm.minutes == 1


@given(st.dictionaries(st.sampled_from(RULE.dimensions), st.lists(SCORE, max_size=5)))
def test_the_agenda_holds_every_dimension_once_with_a_reason(scores: dict[str, list[int]]) -> None:
    shown = judge_panel([PanelScore(str(n), d, s) for d, given_ in scores.items() for n, s in enumerate(given_)], RULE)
    items = debrief_agenda(shown, RULE.must_have)
    assert sorted(i.dimension for i in items) == sorted(RULE.dimensions)
    assert all(i.needs and i.minutes > 0 for i in items)
    agreed = [i.agreed for i in items]
    assert agreed == sorted(agreed), "agreed ones come last"


def test_lowest_speaks_first_highest_next_and_the_hiring_manager_last() -> None:
    seated = [Seated(1, 3), Seated(2, 4), Seated(3, None), Seated(4, 2), Seated(5, 2)]
    order = [(s.colleague, turn) for s, turn in speaking_order(seated, manager=1)]
    assert order == [
        (4, SpeakingTurn.LOWEST),
        (2, SpeakingTurn.HIGHEST),
        (5, SpeakingTurn.SCORED),
        (3, SpeakingTurn.NO_SCORE),
        (1, SpeakingTurn.MANAGER),
    ]


@given(st.lists(st.tuples(st.integers(1, 9), st.none() | SCORE), unique_by=lambda p: p[0]), st.integers(1, 9))
def test_everybody_speaks_once(seats: list[tuple[int, int | None]], manager: int) -> None:
    order = speaking_order([Seated(c, s) for c, s in seats], manager)
    assert sorted(s.colleague for s, _ in order) == sorted(c for c, _ in seats)
    if manager in [c for c, _ in seats]:
        assert order[-1][0].colleague == manager


def test_keyed_digits_are_read_in_seating_order() -> None:
    assert read_scores("3 2 3 0") == read_scores("3230") == (3, 2, 3, None)
    assert read_scores("") == ()
    for wrong in ("5", "3 x", "-1", "３"):
        with pytest.raises(ValueError):
            read_scores(wrong)


def test_a_decision_departs_where_it_goes_against_the_rule_and_a_hold_never_does() -> None:
    against = {(v, z) for v in Verdict for z in Zone if departs(v, z)}
    assert against == {
        (Verdict.HIRE, Zone.MIXED),
        (Verdict.HIRE, Zone.SUPPORTS_NO_HIRE),
        (Verdict.NO_HIRE, Zone.SUPPORTS_HIRE),
    }


def test_candidates_inside_each_others_band_cannot_be_told_apart() -> None:
    near = judge_panel([PanelScore(r, "a", s) for r, s in (("x", 3), ("y", 3))], RULE)
    far = judge_panel([PanelScore(r, d, 1) for r in "xy" for d in RULE.dimensions], RULE)
    high = judge_panel([PanelScore(r, d, 4) for r in "xy" for d in RULE.dimensions], RULE)
    assert told_apart(near, near) is False
    assert told_apart(far, high) is True
    assert told_apart(high, far) is True
    assert told_apart(near, judge_panel([], RULE)) is None
    assert told_apart(near, replace(near, band=0.0)) is False, "the same composite is never apart"
