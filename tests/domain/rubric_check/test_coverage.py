"""What counts and compares: kinds of question, must-haves, minutes, the number of dimensions."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.exercise import Exercise, PackPlan, Round
from app.domain.rubric import Limits, Question
from app.domain.rubric_check.finding import RubricRule
from tests.domain.rubric_check.drafts import dimension, found, question, rubric, unfinished

S, B, W = "situational", "behavioural", "work_sample"
NONE, NO_S, NO_B = RubricRule.NO_QUESTION, RubricRule.NO_SITUATIONAL, RubricRule.NO_BEHAVIOURAL


@pytest.mark.parametrize(
    ("kinds", "rules"),
    [
        ((), [NONE]),
        ((S,), [NO_B]),
        ((B,), [NO_S]),
        ((W,), [NO_B]),
        ((S, S), [NO_B]),
        ((S, W), [NO_B]),
        ((B, B), [NO_S]),
        (("",), [NO_B, NO_S]),
        ((None,), [NO_B, NO_S]),
        ((S, B), []),
        ((B, W), []),
        ((W, S, B), []),
    ],
)
def test_kinds_of_question(kinds: tuple[Any, ...], rules: list[RubricRule]) -> None:
    asked = [question("", name=f"q{n}", kind=kind) for n, kind in enumerate(kinds)]
    findings = found(rubric(dimension(questions=asked)))
    assert [f.rule for f in findings] == rules
    assert all((f.place, f.dimension) == (("dimensions", 0, "questions"), "one") for f in findings)


def exercise(name: str, *primary: str, optional: bool = False, questions: tuple[str, ...] = ()) -> Exercise:
    return unfinished(Exercise, id=name, primary=primary, optional=optional, questions=questions)


def plan(*rounds: tuple[str, tuple[str, ...], Any]) -> PackPlan:
    made = tuple(unfinished(Round, exercise=e, dimensions=d, minutes=m) for e, d, m in rounds)
    return unfinished(PackPlan, id="p", rounds=made)


NO_EXERCISE, NO_PLAN = RubricRule.MUST_HAVE_NO_EXERCISE, RubricRule.MUST_HAVE_NO_PLAN


@pytest.mark.parametrize(
    ("must_have", "exercises", "plans", "rules"),
    [
        (("one",), [exercise("a", "two")], [], [NO_EXERCISE]),
        (("one",), [exercise("a", "one", optional=True)], [], [NO_EXERCISE]),
        (("one",), [exercise("a", "one", optional=True), exercise("b", "two")], [], [NO_EXERCISE]),
        (("one",), [exercise("a", "one")], [plan(("a", ("two",), 60))], [NO_PLAN]),
        (("one",), [exercise("a", "two")], [plan(("a", ("two",), 60))], [NO_EXERCISE, NO_PLAN]),
        (("two", "one"), [exercise("a", "two")], [], [NO_EXERCISE]),
        (("one",), [exercise("a", "one")], [plan(("a", ("one",), 60))], []),
        (("one",), [exercise("a", "two"), exercise("b", "one")], [plan(), plan(("b", ("one", "two"), 60))], []),
        (("one",), [], [], []),
        (("nothing",), [exercise("a", "two")], [plan(("a", ("two",), 60))], []),
        ((), [exercise("a", "two")], [plan(("a", ("two",), 60))], []),
    ],
)
def test_must_haves(
    must_have: tuple[str, ...], exercises: list[Exercise], plans: list[PackPlan], rules: list[RubricRule]
) -> None:
    of = rubric(dimension("one"), dimension("two"), must_have=must_have, exercises=tuple(exercises), plans=tuple(plans))
    findings = found(of, NO_EXERCISE, NO_PLAN)
    assert [f.rule for f in findings] == rules
    assert all(f.where == ("must_have", "one") and f.place[1] == must_have.index("one") for f in findings)


def asked(whose: str, count: int) -> list[Question]:
    return [question("", name=f"{whose}{n}") for n in range(count)]


@pytest.mark.parametrize(
    ("listed", "dimensions", "minutes", "needed"),
    [
        (("one0", "one1", "two0", "two1"), ("one", "two"), 44, 45),
        (("one0", "one1", "two0", "two1"), ("one", "two"), 45, None),
        (("one0", "one1", "one2"), ("one",), 30, 35),
        (("one0", "one1", "one2"), ("one",), 35, None),
        (("one0", "one1", "two0", "two1"), ("one",), 25, None),
        ((), ("one", "two"), 20, 25),
        ((), ("one", "two"), 25, None),
        (("one0",), ("one", "two"), 20, 25),
        (("one0", "one0"), ("one",), 15, None),
        (("one0", "gone"), ("one", "gone"), 15, None),
        (("one0",), ("one",), 5, 15),
        (("one0", "one1"), ("one",), None, None),
    ],
)
def test_minutes_against_questions(
    listed: tuple[str, ...], dimensions: tuple[str, ...], minutes: int | None, needed: int | None
) -> None:
    of = rubric(
        dimension("one", questions=asked("one", 3)),
        dimension("two", questions=asked("two", 3)),
        exercises=(exercise("a", questions=listed),),
        plans=(plan(("a", dimensions, minutes)),),
    )
    findings = found(of, RubricRule.TOO_FEW_MINUTES)
    assert [f.amounts.needed for f in findings if f.amounts] == ([] if needed is None else [needed])
    assert all(f.place == ("plans", 0, "rounds", 0, "minutes") for f in findings)


@pytest.mark.parametrize(
    ("count", "per_person", "people"),
    [
        (1, 4, None),
        (9, 4, None),
        (10, 4, None),
        (11, 4, 6),
        (12, 4, 6),
        (13, 4, 7),
        (11, 5, 5),
        (12, 3, 8),
        (20, None, 10),
    ],
)
def test_too_many_dimensions(count: int, per_person: int | None, people: int | None) -> None:
    limits = unfinished(Limits, max_dimensions_per_interviewer=per_person)
    of = rubric(*(dimension(f"d{n}") for n in range(count)), limits=limits)
    findings = found(of, RubricRule.TOO_MANY_DIMENSIONS)
    assert [f.amounts.needed for f in findings if f.amounts] == ([] if people is None else [people])
