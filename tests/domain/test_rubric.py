"""The rubric as a value: look-ups, questions of a round, the panel's rule, and what it refuses."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from app.domain.onboarding import Onboarding, Target
from app.domain.pack import Pack
from app.domain.pack_guide import Levels, PackCell
from app.domain.panel import Rule
from app.domain.role import Role
from app.domain.rubric import Limits, Rubric
from app.domain.value import ACROSS, Exact, Id, Text, Value, Version

SCORES = (1, 2, 3, 4)


def dimension(key: str, **more: Any) -> dict[str, Any]:
    anchors = [{"score": s, "summary": f"{key} {s}", "behaviours": ["seen"]} for s in SCORES]
    questions = [{"id": f"q_{key}{n}", "kind": "behavioural", "text": f"{key} {n}?"} for n in (1, 2)]
    base = {"id": key, "name": key, "short": key, "narrow": key, "definition": key, "rater_trap": "none"}
    return {**base, "anchors": anchors, "questions": questions, "skills": ["k"], **more}


def small() -> dict[str, Any]:
    """A rubric of two dimensions that holds."""
    return {
        "id": "small",
        "name": "Small",
        "version": "1.0",
        "level": "M1",
        "bar": 3,
        "scale": [{"score": s, "label": str(s), "short": str(s), "meaning": str(s)} for s in SCORES],
        "not_assessed_reasons": [{"id": "late", "words": "late"}],
        "overall": [{"id": i, "words": i} for i in ("strong_hire", "hire", "no_hire", "strong_no_hire")],
        "must_have": ["a"],
        "limits": {
            "hire_from": "29/10",
            "mixed_from": "26/10",
            "min_raters": 2,
            "max_dimensions_per_interviewer": 2,
            "dimensions_without_score_allowed": 1,
            "wide_from": 2,
            "flat_from": 4,
        },
        "dimensions": [dimension("a"), dimension("b")],
        "exercises": [
            {
                "id": "talk",
                "name": "Talk",
                "short": "Talk",
                "minutes": [30, 60],
                "brief": "Talk.",
                "looks_at": ["sense"],
                "primary": ["a"],
                "secondary": ["b"],
                "questions": ["q_b2", "q_a2", "q_b1"],
            },
            {
                "id": "read",
                "name": "Read",
                "short": "Read",
                "minutes": [30, 60],
                "brief": "Read.",
                "looks_at": ["sense"],
                "primary": ["a", "b"],
            },
        ],
        "plans": [
            {
                "id": "one",
                "name": "One",
                "note": "One round.",
                "rounds": [{"exercise": "talk", "dimensions": ["a", "b"], "minutes": 45}],
            }
        ],
        "areas": [{"id": "x", "name": "X", "dimensions": ["a"]}],
        "signals": [
            {"id": "s1", "kind": "strong", "label": "good", "text": "Good", "dimensions": ["a", "b"]},
            {"id": "r1", "kind": "red", "label": "bad", "text": "Bad", "dimensions": ["b"]},
        ],
        "skills": [{"id": "k", "name": "K", "group": "soft", "weight": "important"}],
        "kpis": [{"id": "p", "name": "P", "target": "more", "every": "monthly", "dimensions": ["b"]}],
    }


def rubric(**changes: Any) -> Rubric:
    return Rubric.model_validate({**small(), **changes})


def faults(model: type[BaseModel], content: dict[str, Any]) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(content)
    (error,) = caught.value.errors()
    assert error["type"] == ACROSS
    return {fault.path: fault.sentence for fault in error["ctx"]["faults"]}


def test_look_ups_find_by_id_and_say_when_there_is_none() -> None:
    one = rubric()
    assert one.dimension("b").anchor(4).summary == "b 4"
    assert one.exercise("talk").short == "Talk"
    assert one.plan("one") is one.default_plan
    assert one.signal("r1").kind == "red"
    assert [s.id for s in one.signals_of("b")] == ["s1", "r1"]
    assert [s.id for s in one.signals_of("b", "red")] == ["r1"]
    assert [k.id for k in one.kpis_of("b")] == ["p"]
    assert not one.kpis_of("a")
    assert [k.id for k in one.skills_of("a")] == ["k"]
    for look_up in (one.dimension, one.exercise, one.plan, one.signal, one.skills_of):
        with pytest.raises(KeyError):
            look_up("none")


def test_a_plan_counts_minutes_and_views() -> None:
    plan = rubric().default_plan
    assert (plan.minutes, plan.seen("a"), plan.seen("none")) == (45, 1, 0)


def test_questions_keep_the_exercises_order_and_no_dimension_goes_without_one() -> None:
    one = rubric()

    def asked(exercise: str, *dimensions: str) -> list[str]:
        return [question.id for _, question in one.questions_for(exercise, dimensions)]

    assert asked("talk", "a", "b") == ["q_b2", "q_a2", "q_b1"]
    assert asked("talk", "a") == ["q_a2"]
    assert asked("read", "b", "a") == ["q_a1", "q_b1"]
    assert one.questions_for("talk", ["a"])[0][0].id == "a"


def test_the_panels_rule_comes_from_the_limits() -> None:
    assert rubric().rule() == Rule(dimensions=("a", "b"), must_have=frozenset("a"))
    assert rubric().rule(["b"]).must_have == frozenset("b")


def test_a_rubric_never_changes_and_survives_its_own_text() -> None:
    one = rubric()
    with pytest.raises(ValidationError):
        one.name = "Other"  # type: ignore[misc]
    assert Rubric.model_validate_json(one.model_dump_json()) == one
    assert '"hire_from":"29/10"' in one.model_dump_json()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"must_have": ["a", "a"]}, ("must_have", 1)),
        ({"must_have": ["c"]}, ("must_have", 0)),
        ({"dimensions": [dimension("a"), dimension("b", narrow="a")]}, ("dimensions", 1, "narrow")),
        ({"dimensions": [dimension("a"), dimension("b", skills=["z"])]}, ("dimensions", 1, "skills", 0)),
        (
            {"dimensions": [dimension("a"), dimension("b", questions=dimension("a")["questions"])], "exercises": []},
            ("dimensions", 1, "questions", 0, "id"),
        ),
        ({"areas": [{"id": "x", "name": "X", "dimensions": ["c"]}]}, ("areas", 0, "dimensions", 0)),
        ({"signals": [*small()["signals"], small()["signals"][0]]}, ("signals", 2, "label")),
        ({"exercises": [{**small()["exercises"][0], "minutes": [60, 30]}]}, ("exercises", 0, "minutes")),
    ],
)
def test_loose_ends_are_named_by_their_path(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    content = {**small(), **changes}
    if not content["exercises"]:
        content["exercises"] = [{**small()["exercises"][1]}]
    assert path in faults(Rubric, content)


def test_a_question_is_not_asked_twice_in_one_plan() -> None:
    rounds = [
        {"exercise": "talk", "dimensions": ["a"], "minutes": 30},
        {"exercise": "talk", "dimensions": ["a"], "minutes": 30},
    ]
    found = faults(Rubric, {**small(), "plans": [{"id": "p", "name": "P", "note": "N", "rounds": rounds}]})
    assert list(found) == [("plans", 0, "rounds", 1)]
    assert "q_a2" in found["plans", 0, "rounds", 1]


class Sample(Value):
    """One field of each kind that has a rule of its own."""

    id: Id = "a"
    text: Text = "a"
    exact: Exact = Fraction(1)
    version: Version = "1.0"


@pytest.mark.parametrize(
    ("written", "is_"), [("29/10", Fraction(29, 10)), ("2.9", Fraction(29, 10)), ("3", Fraction(3))]
)
def test_a_fraction_is_exact(written: str, is_: Fraction) -> None:
    assert Sample(exact=written).exact == is_
    assert Sample.model_validate_json(Sample(exact=is_).model_dump_json()).exact == is_


@pytest.mark.parametrize(
    "wrong",
    [
        {"exact": 2.9},
        {"exact": True},
        {"exact": "1/0"},
        {"exact": "1e9"},
        {"exact": ""},
        {"exact": "-1"},
        {"exact": None},
        {"id": ""},
        {"id": "1a"},
        {"id": "a b"},
        {"id": "a\n"},
        {"id": "a" * 49},
        {"id": 1},
        {"text": " "},
        {"text": "a\x00b"},
        {"text": "a\nb"},
        {"text": "a" * 801},
        {"text": 1},
        {"version": "1"},
        {"version": "1.0\n"},
        {"version": 1.0},
        {"more": 1},
    ],
)
def test_fields_with_a_rule_of_their_own(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Sample.model_validate(wrong)


def test_limits_lie_between_the_scores() -> None:
    limits = small()["limits"]
    for crossed in ({"hire_from": "2.5"}, {"hire_from": "4.1"}, {"mixed_from": "0.9"}):
        with pytest.raises(ValidationError):
            Limits.model_validate({**limits, **crossed})


def test_a_cell_has_a_bar_where_something_is_expected() -> None:
    assert PackCell(weight="not_expected", ref=1, expect="None.").bar is None
    for wrong in ({"weight": "core"}, {"weight": "not_expected", "bar": 2}):
        with pytest.raises(ValidationError):
            PackCell.model_validate({"ref": 1, "expect": "Some.", **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"at_least": 3, "at_most": 2},
        {"at_least": 1, "baseline": "last year"},
        {"unit": "percent_change", "at_least": -50},
    ],
)
def test_a_target_has_a_figure_and_a_change_its_baseline(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Target.model_validate({"metric": "m", "unit": "count", **wrong})


def cells(*dimensions: str) -> dict[str, Any]:
    return {d: {"weight": "core", "bar": 3, "ref": 3, "expect": "Does it."} for d in dimensions}


def guide(**changes: Any) -> dict[str, Any]:
    words = dict.fromkeys(("title", "scope", "autonomy", "impact", "horizon", "example"), "x")
    return {
        "yardstick": "M1",
        "tracks": [{"id": "m", "name": "M", "order": ["M1", "M2"]}, {"id": "ic", "name": "IC", "order": ["E1"]}],
        "transitions": [{"from": "M1", "to": "M2", "kind": "promotion"}],
        "readiness": {"window_days": 365, "min_raters": 2, "min_evidence_core": 2, "min_months_core": 2},
        "levels": [
            {"id": i, "track": t, "cells": cells("a", "b"), **words}
            for i, t in (("M1", "m"), ("M2", "m"), ("E1", "ic"))
        ],
        **changes,
    }


def test_a_guide_finds_levels_tracks_and_ways() -> None:
    one = Levels.model_validate(guide())
    assert one.level("E1").track == "ic"
    assert one.track("m").order == ("M1", "M2")
    assert [t.to for t in one.ways_from("M1")] == ["M2"]
    assert not one.ways_from("E1")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"yardstick": "M9"}, ("yardstick",)),
        ({"tracks": [{"id": "m", "name": "M", "order": ["M1"]}]}, ("tracks", 0, "order")),
        ({"tracks": [{"id": "m", "name": "M", "order": ["M1", "M2", "E1"]}]}, ("levels", 2, "track")),
        ({"transitions": [{"from": "E1", "to": "M1", "kind": "promotion"}]}, ("transitions", 0, "kind")),
        ({"transitions": [{"from": "M1", "to": "M2", "kind": "return"}]}, ("transitions", 0, "kind")),
        ({"transitions": [{"from": "M7", "to": "M2", "kind": "return"}]}, ("transitions", 0, "from")),
    ],
)
def test_a_guides_loose_ends_are_named(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert path in faults(Levels, guide(**changes))


def plan(*days: int | None, level: str = "M1") -> dict[str, Any]:
    goal = {"text": "Learn.", "dimensions": ["a"], "done_when": "Learned"}
    return {
        "level": level,
        "principles": [],
        "before_start": [],
        "checkins": [{"day": 7, "who": "buddy", "about": "first days"}],
        "horizons": [
            {"id": f"h{n}", "label": "h", "when": "then", "due_days": d, "goals": [{"id": f"g{n}", **goal}]}
            for n, d in enumerate(days)
        ],
    }


def test_onboarding_runs_forward() -> None:
    assert [g.id for g in Onboarding.model_validate(plan(30, 60, None)).goals] == ["g0", "g1", "g2"]
    assert faults(Onboarding, plan(60, 30))
    assert faults(Onboarding, plan(30, 30))
    twice = plan(30, 60)
    twice["horizons"][1]["goals"][0]["id"] = "g0"
    assert ("horizons", 1, "goals", 0, "id") in faults(Onboarding, twice)


def card(*verbs: str, level: str = "M1") -> dict[str, Any]:
    return {
        "title": "T",
        "level": level,
        "purpose": "P",
        "outcomes": ["O"],
        "reports_to": "R",
        "team": "T",
        "stakeholders": [{"name": "N", "what": "W"}],
        "responsibilities": [{"group": "G", "items": ["I"]}],
        "decision_rights": {"alone": ["A"], "with_peers": ["P"], "needs_approval": ["N"], "hiring": "H"},
        "approvals": [{"role": f"R{n}", "verb": verb} for n, verb in enumerate(verbs)],
    }


def test_the_first_of_the_approvals_decides_and_nobody_else() -> None:
    assert Role.model_validate(card("decides", "approves")).approvals[0].role == "R0"
    for verbs in (("approves", "decides"), ("decides", "decides"), ("approves",)):
        assert ("approvals",) in faults(Role, card(*verbs))


def pack(**changes: Any) -> dict[str, Any]:
    return {"role": card("decides"), "rubric": small(), "levels": guide(), "onboarding": plan(30), **changes}


def test_a_pack_has_one_text_and_survives_it() -> None:
    one = Pack.model_validate(pack())
    text = one.canonical_text()
    assert one.id == "small"
    assert "\n" not in text
    assert Pack.from_text(text) == one
    assert Pack.from_text(text).canonical_text() == text


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"role": card("decides", level="M2")}, ("role", "level")),
        ({"onboarding": plan(30, level="M2")}, ("onboarding", "level")),
        ({"rubric": {**small(), "level": "M9"}}, ("rubric", "level")),
        (
            {"rubric": {**small(), "dimensions": [*small()["dimensions"], dimension("c")]}},
            ("levels", "levels", 0, "cells"),
        ),
    ],
)
def test_a_packs_parts_speak_of_the_same(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert path in faults(Pack, pack(**changes))
