"""No difference of views of voluntary answers shows a few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fair_views import FEWEST, Answer, FairView, ShownGroups

RUBRIC_OF = {"o1": "r1", "o2": "r1", "o3": "r2", "o4": "r2"}
YEARS = (2024, 2025, 2026)
SCOPES = ("", "r1", "r2", *RUBRIC_OF)
VIEWS = [FairView(scope, year) for scope, year in product(SCOPES, (0, *YEARS))]


Cells = dict[tuple[str, str, int], int]


def person(group: str, opening: str, year: int) -> Answer:
    """Somebody who counts in this opening and year."""
    return Answer(group, frozenset(FairView(s, y) for s in ("", RUBRIC_OF[opening], opening) for y in (0, year)))


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(sorted(RUBRIC_OF)), st.sampled_from(YEARS)),
    st.integers(1, 14),
    min_size=1,
    max_size=36,
)


def people(cells: Cells) -> list[Answer]:
    return [person(*where) for where, n in cells.items() for _ in range(n)]


def counted(answers: Sequence[Answer], view: FairView) -> Counter[str]:
    """How many people of each group a view has, hidden or not."""
    return Counter(answer.group for answer in answers if view in answer.views)


def within(answers: Sequence[Answer], view: FairView) -> frozenset[int]:
    return frozenset(n for n, answer in enumerate(answers) if view in answer.views)


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_no_pair_of_views_gives_a_group_under_five_by_subtraction(cells: Cells) -> None:
    answers = people(cells)
    shown = ShownGroups(answers)
    groups = {view: shown.of(view) for view in VIEWS}
    sets = {view: within(answers, view) for view in VIEWS}
    for view in VIEWS:
        held = counted(answers, view)
        assert all(held[group] >= FEWEST for group in groups[view])
        hidden = [n for group, n in held.items() if group not in groups[view]]
        assert not hidden or not groups[view] or (len(hidden) >= 2 and sum(hidden) >= FEWEST)
    for wide, narrow in permutations(VIEWS, 2):
        if not sets[narrow] <= sets[wide]:
            continue
        left = sets[wide] - sets[narrow]
        for group in groups[wide] & groups[narrow]:
            few = counted(answers, wide)[group] - counted(answers, narrow)[group]
            assert not left or few >= FEWEST, (group, wide, narrow)


@settings(max_examples=100, deadline=None)
@given(CELLS)
def test_nor_do_views_that_lie_beside_each_other(cells: Cells) -> None:
    answers = people(cells)
    shown = ShownGroups(answers)
    sets = {view: within(answers, view) for view in VIEWS}
    families = [(FairView(s), [FairView(s, y) for y in YEARS]) for s in SCOPES]
    families += [(FairView("", y), [FairView(s, y) for s in SCOPES[1:]]) for y in (0, *YEARS)]
    families += [
        (FairView(r, y), [FairView(o, y) for o in RUBRIC_OF if RUBRIC_OF[o] == r])
        for r in SCOPES[1:3]
        for y in (0, *YEARS)
    ]
    for wide, narrow in families:
        for group in shown.of(wide):
            there = [view for view in narrow if group in shown.of(view)]
            for n in range(1, len(there) + 1):
                for some in combinations(there, n):
                    apart = all(not sets[a] & sets[b] for a, b in combinations(some, 2))
                    left = sets[wide] - frozenset().union(*(sets[view] for view in some))
                    few = sum(answers[one].group == group for one in left)
                    assert not apart or not left or few >= FEWEST, (group, wide, some)


def test_one_opening_beside_all() -> None:
    """Seven of a in all and five in o1: the two others would be seen, so o1 does not show them."""
    answers = [person("a", "o1", 2025)] * 5 + [person("a", "o2", 2025)] * 2
    answers += [person("b", o, 2025) for o in ("o1", "o2") for _ in range(30)]
    answers += [person("c", o, 2025) for o in ("o1", "o2") for _ in range(40)]
    shown = ShownGroups(answers)
    assert shown.of(FairView()) == {"a", "b", "c"}
    assert shown.of(FairView("o1")) == {"c"}, "a is hidden, and with it b, the next smallest"
    assert shown.of(FairView("o2")) == {"c"}


def test_a_hidden_group_takes_the_next_smallest_along() -> None:
    answers = [person("a", "o1", 2025)] * 3 + [person("b", "o1", 2025)] * 9 + [person("c", "o1", 2025)] * 30
    assert ShownGroups(answers).of(FairView()) == {"c"}
    assert ShownGroups(answers[3:]).of(FairView()) == {"b", "c"}


def test_nobody_answered_in_one_year_so_the_other_year_is_everybody() -> None:
    answers = [person("a", "o1", 2025)] * 6 + [person("b", "o1", 2025)] * 6
    shown = ShownGroups(answers)
    assert shown.of(FairView("", 2025)) == {"a", "b"}
    assert shown.of(FairView("", 2024)) == frozenset()


def test_three_years_do_not_add_up_to_a_fourth() -> None:
    answers = [person(g, "o1", y) for g in "ab" for y in (2024, 2025) for _ in range(10)]
    answers += [person("a", "o1", 2026)] * 3 + [person("b", "o1", 2026)] * 10
    shown = ShownGroups(answers)
    years = [year for year in YEARS if "a" in shown.of(FairView("", year))]
    assert len(years) == 1, "the other two together have thirteen of a"
