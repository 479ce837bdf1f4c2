"""The whole check: every pack that comes with Tenfold passes, keys stay, and nothing unfinished makes it fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.exercise import Exercise
from app.domain.rubric import Anchor, Dimension, Question, Rubric
from app.domain.rubric_check.check import check, reads_english
from app.domain.rubric_check.finding import Amounts, Finding, RubricRule
from app.domain.value import Value
from app.exchange.check_lists import check_lists
from app.exchange.packs import load_rubric
from app.phrases.rubric_check import better_words, finding_words, place_words
from app.resources import packs
from tests.domain.rubric_check.drafts import anchor, dimension, found, question, rubric, unfinished

LISTS = check_lists()
SHIPPED = sorted(folder for folder in packs().iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_the_packs_that_come_with_tenfold_pass(folder: Path) -> None:
    of = load_rubric(folder / "rubric.yaml").value
    assert [f"{place_words(f.where)}: {finding_words(f)}" for f in check(of, LISTS)] == []
    assert reads_english(of)


BAD = rubric(
    dimension(
        "late",
        [anchor(1, "Is smart", "Often explains it"), anchor(2, "Always explains it")],
        [question("Have you ever been arrested?", "You agree, right?"), question("Who broke it?", name="q2", kind="")],
    ),
    dimension("early", [anchor(4, "A true rockstar")], []),
    name="The guys",
    must_have=("early",),
    exercises=(unfinished(Exercise, id="e", primary=("late",), brief="Culture fit"),),
)


def test_findings_come_in_the_order_of_the_rubric() -> None:
    assert [(f.rule, place_words(f.where)) for f in check(BAD, LISTS)] == [
        (RubricRule.NARROWING, "name"),
        (RubricRule.MUST_HAVE_NO_EXERCISE, "must-have early"),
        (RubricRule.DEGREE_ONLY, "late, score 2, behaviours"),
        (RubricRule.NO_BEHAVIOURAL, "late, questions"),
        (RubricRule.NOT_TO_BE_ASKED, "late, question q1, text"),
        (RubricRule.YES_OR_NO, "late, question q1, text"),
        (RubricRule.LEADING, "late, question q1, probes"),
        (RubricRule.NOTHING_SEEN, "early, score 4"),
        (RubricRule.NARROWING, "early, score 4, behaviours"),
        (RubricRule.NO_QUESTION, "early, questions"),
        (RubricRule.NARROWING, "exercise e, brief"),
    ]


@pytest.mark.parametrize("rule", RubricRule)
def test_every_rule_has_words_and_an_example_of_better(rule: RubricRule) -> None:
    finding = Finding(
        rule,
        ("dimensions", 0),
        ("dimensions", "one"),
        quotes=("first", "second"),
        other=("dimensions", "two"),
        better="something else" if rule in (RubricRule.NARROWING, RubricRule.NOT_TO_BE_ASKED) else "",
        amounts=Amounts(there=11, needed=6, items=4),
    )
    said, better = finding_words(finding), better_words(finding)
    assert not {"{", "}"} & set(said + better)
    assert said.endswith(".")
    assert len(better) > 10
    if rule is RubricRule.DEGREE_ONLY:
        assert "says the same" in finding_words(replace(finding, quotes=()))


def test_a_finding_set_aside_comes_back_when_its_words_change() -> None:
    asked = question("Is it important to test?")
    before = found(rubric(dimension("one"), dimension("two", questions=[asked])), RubricRule.YES_OR_NO)
    keys = {f.key for f in before}
    moved = found(rubric(dimension("two", questions=[question("", name="q0"), asked])), RubricRule.YES_OR_NO)
    assert [f.key in keys for f in moved] == [True]
    spaced = found(rubric(dimension("two", questions=[question("Is it  important to test? ")])), RubricRule.YES_OR_NO)
    assert {f.key for f in spaced} <= keys
    changed = found(rubric(dimension("two", questions=[question("Is it important to plan?")])), RubricRule.YES_OR_NO)
    assert not keys & {f.key for f in changed}
    assert len(changed) == 1


def test_a_draft_with_nothing_in_it_has_no_finding_on_words() -> None:
    assert check(unfinished(Rubric), LISTS) == ()
    blank = dimension("one", [anchor(n, "", " ", summary="") for n in (1, 2, 3, 4)], [question(" ", "")])
    assert [f.rule for f in check(rubric(blank), LISTS)] == [RubricRule.NO_BEHAVIOURAL]
    bare = unfinished(Dimension, anchors=(unfinished(Anchor),), questions=(unfinished(Question),))
    assert {f.rule for f in check(rubric(bare, bare), LISTS)} == {RubricRule.NO_BEHAVIOURAL, RubricRule.NO_SITUATIONAL}


GERMAN = (
    "Erklärt den Kollegen, welche Folgen ein Ausfall der Daten für die Modelle hat und wer sie trägt",
    "Prüft vor jeder Freigabe mit dem Betrieb, ob der Weg zurück in weniger als zehn Minuten gelingt",
    "Nennt die Grenzen des Verfahrens, bevor jemand danach fragt, und belegt sie mit eigenen Zahlen",
    "He, guys",
)


def test_another_language_gets_only_the_rules_that_count() -> None:
    of = rubric(dimension("eins", [anchor(3, *GERMAN)]), dimension("zwei", [anchor(3, *GERMAN)]))
    assert not reads_english(of)
    assert {f.rule for f in check(of, LISTS)} == {RubricRule.NO_QUESTION}


SENTENCES = (
    "Have you ever been arrested?",
    "You would surely roll back, right?",
    "Is smart",
    "Often explains the trade-off between cost and latency",
    "Always explains the trade-off between cost and latency",
    "a rockstar",
    "’ … ? ! don't",
    "",
    "   ",
    "\ud800 İ",
)
WHOLE = load_rubric(SHIPPED[0] / "rubric.yaml").value
START = WHOLE.model_copy(update={"dimensions": WHOLE.dimensions[:3]})
JUNK: tuple[Any, ...] = (None, "", " ", 0, -1, True, 2.5, (), [], ("", None), {}, object(), *SENTENCES)


def torn(value: Any, chance: Random) -> Any:
    """A value as an editor may hold it: anywhere in it a field may be missing, blank, another text, or junk."""
    if chance.random() < 0.08:
        return chance.choice(JUNK)
    if isinstance(value, Value):
        fields = {name: torn(getattr(value, name), chance) for name in type(value).model_fields}
        return unfinished(type(value), **{n: inner for n, inner in fields.items() if chance.random() > 0.05})
    if isinstance(value, tuple):
        return tuple(torn(item, chance) for item in value if chance.random() > 0.1)
    return chance.choice(SENTENCES) if isinstance(value, str) and chance.random() < 0.2 else value


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whatever_an_editor_holds_is_checked(seed: int) -> None:
    chance = Random(seed)
    fields = {name: torn(getattr(START, name), chance) for name in type(START).model_fields}
    findings = check(unfinished(Rubric, **fields), LISTS)
    assert len({f.key for f in findings}) == len(findings)
    for finding in findings:
        assert finding_words(finding)
        assert better_words(finding)
        assert place_words(finding.where)


@pytest.mark.parametrize("odd", ["-", "a-", "you ", "you, ", "'", "a'", "? ", "and ", ".", "\u00e9-", "what "])
def test_no_text_makes_a_check_long(odd: str) -> None:
    """Patterns that can split a text in many ways would not come back from these."""
    text = f"you {odd * 4000} do you"
    check(rubric(dimension("one", [anchor(1, text), anchor(2, text)], [question(text, text)])), LISTS)
