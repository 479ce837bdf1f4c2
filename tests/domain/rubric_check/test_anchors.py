"""Anchors that differ in degree alone, tell of states alone, or stand in two dimensions."""

from __future__ import annotations

import pytest

from app.domain.rubric_check.finding import RubricRule
from tests.domain.rubric_check.drafts import anchor, dimension, found, rubric

DEGREES = [
    ("Often explains the trade-off", "Always explains the trade-off", ("often", "always")),
    ("Writes some tests for the data", "Writes many tests for the data", ("some", "many")),
    ("Good at planning releases", "Very good at planning releases", ("very",)),
    ("Good.", "Excellent.", ("good", "excellent")),
    ("Explains designs clearly", "Explains designs very clearly", ("very",)),
    ("Sometimes raises risks in time", "Raises risks in time", ("sometimes",)),
    ("Delivers most of the time what was promised", "Consistently delivers what was promised", ("consistently",)),
    ("Rarely asks who owns an input", "Usually asks who owns an input.", ("rarely", "usually")),
    ("Has a basic understanding of drift", "Has a deep understanding of drift", ("basic", "deep")),
    ("Gives a few examples of coaching", "Gives plenty of examples of coaching", ()),
    ("Reviews the design of others", "Reviews the designs of others", ()),
    ("Reviews what others wrote", "Reviews what others wrote", ()),
]
APART = [
    ("States one trade-off when pushed", "States three trade-offs when pushed"),
    ("Explains the trade-off when asked", "Explains the trade-off unasked"),
    ("Does not write tests", "Writes tests"),
    ("Cannot name the owner", "Can name the owner"),
    ("Sends a weekly report to the sponsor", "Sends a daily report to the sponsor"),
    ("Explains designs to engineers", "Explains designs to executives"),
    ("Escalates with a plan", "Escalates without a plan"),
    ("Applies the agreed standard", "Supplies the agreed standard"),
    ("", "Always"),
    ("Checks data by hand", "Checks data by an automated gate"),
]


@pytest.mark.parametrize(("lower", "upper", "quotes"), DEGREES)
def test_lines_that_differ_in_degree_alone_are_found(lower: str, upper: str, quotes: tuple[str, ...]) -> None:
    (finding,) = found(rubric(dimension(anchors=[anchor(2, lower), anchor(3, upper)])), RubricRule.DEGREE_ONLY)
    assert (finding.place, finding.dimension) == (("dimensions", 0, "anchors", 1, "behaviours", 0), "one")
    assert finding.other == ("dimensions", "one", "anchors", "2", "behaviours")
    assert set(quotes) <= set(finding.quotes)


@pytest.mark.parametrize(("lower", "upper"), APART)
def test_lines_that_can_be_told_apart_pass(lower: str, upper: str) -> None:
    assert not found(rubric(dimension(anchors=[anchor(2, lower), anchor(3, upper)])), RubricRule.DEGREE_ONLY)


def test_summaries_and_any_line_of_the_neighbour_are_compared_and_no_other() -> None:
    low = anchor(1, "Draws the flow", "Often asks for numbers", summary="Some evidence")
    high = anchor(2, "Always asks for numbers", summary="Much evidence")
    of = dimension(anchors=[low, high])
    assert [f.place[4:] for f in found(rubric(of), RubricRule.DEGREE_ONLY)] == [("summary",), ("behaviours", 0)]
    assert not found(rubric(dimension(anchors=[low, anchor(3, "Always asks for numbers")])), RubricRule.DEGREE_ONLY)


STATES = [
    "Is smart",
    "Strong understanding of distributed systems",
    "Knows Python and Kubernetes",
    "Has a positive attitude",
    "Good communicator",
    "Demonstrates strong leadership skills",
    "Is very proactive, reliable and organised",
    "Understands the business and its needs",
    "Does not really understand monitoring",
    "Excellent communication skills and attention to detail",
    "Shows a can-do mindset",
    "Thinks strategically",
    "Is a team player",
    "Has deep knowledge of cloud services",
    "Passionate about quality",
    "Lacks confidence",
    "Cares about users",
    "A natural leader",
]
ACTS = [
    "Explains the trade-off with numbers",
    "Cannot say which data produced a live model",
    "Has a test strategy that covers data and model behaviour",
    "Holds regular 1:1s with no agreed expectations by level behind them",
    "Understands the business and explains its needs to the engineers",
    "Shows leadership by writing the decision down",
    "Has never carried, or declines, responsibility for a live service",
    "Shows debt that was ranked, scheduled and removed",
    "Can articulate the business goal of a feature",
    "No account of tests, review or interfaces in own work",
    "Is asked by other teams to review their designs",
    "Engineers they grew now lead others; succession for own seat was real",
    "Knows the limits of the model and named two of them in the design",
    "Mentions access control only when asked",
    "Quick to blame: names the person who caused the outage",
    "Demonstrates concepts with prototypes",
]


@pytest.mark.parametrize("line", STATES)
def test_an_anchor_of_states_alone_is_found(line: str) -> None:
    (finding,) = found(rubric(dimension(anchors=[anchor(3, line)])), RubricRule.NOTHING_SEEN)
    assert (finding.place, finding.quotes) == (("dimensions", 0, "anchors", 0), (line,))
    assert finding.where == ("dimensions", "one", "anchors", "3")


@pytest.mark.parametrize("line", ACTS)
def test_an_anchor_with_something_to_see_or_hear_passes(line: str) -> None:
    assert not found(rubric(dimension(anchors=[anchor(3, line)])), RubricRule.NOTHING_SEEN)
    assert not found(rubric(dimension(anchors=[anchor(3, "Is smart", line)])), RubricRule.NOTHING_SEEN)


def test_an_act_in_the_summary_is_enough() -> None:
    told = anchor(3, "Is calm", summary="Cuts the damage before explaining it")
    assert not found(rubric(dimension(anchors=[told])), RubricRule.NOTHING_SEEN)
    held = anchor(3, "Is calm", summary="Strong under pressure")
    assert found(rubric(dimension(anchors=[held])), RubricRule.NOTHING_SEEN)


SHARED = [
    (
        ("Shares postmortems with every team and tracks the actions to their end",),
        ("Shares postmortems with every team and tracks their actions to the end",),
    ),
    (
        ("Names owner, schema and freshness of each critical input before building",),
        ("Names schema, owner and freshness of every critical input before the launch",),
    ),
    (
        ("Draws the whole flow from data to rollout", "Sizes load and picks batch or streaming"),
        ("Sizes the load and picks streaming or batch", "Draws the whole flow from data to the rollout"),
    ),
    (
        ("Explains the trade-off between latency and cost with numbers from production",),
        ("Explained trade-offs between cost and latency with production numbers",),
    ),
    (
        ("Coaches engineers through weekly feedback on written goals",),
        ("Coaches engineers through weekly feedback on goals they wrote",),
    ),
    (
        ("Rolls out by canary with a written rollback trigger",),
        ("Rolls out by canary or shadow with a written rollback trigger",),
    ),
    (
        ("Keeps a risk list that changed what the team did", "Is never late"),
        ("Keeps a risk list that changed what the team did next quarter",),
    ),
    (
        ("Settles conflicts between senior people by reframing the decision with options",),
        ("Reframes decisions with options to settle conflicts between senior people",),
    ),
]
OWN = [
    ("Rolls out by canary with a written trigger", "Hires against written criteria and changed their mind"),
    ("Explains risk early to the sponsor", "Explains a null result without being asked"),
    ("Keeps one definition of a feature", "Keeps lineage records that an outsider could follow"),
    ("Names the failure modes of the design", "Names the person who owns the input"),
    ("Shows commitments against results", "Shows a class of incident that stopped"),
    ("Tests data", "Tests data"),
    ("Brings bad news late to the peer", "Brings reviewers in at the end of the design"),
    ("Breaks uncertain work into steps that end in a decision", "Ends work whose measured effect did not pay"),
]


@pytest.mark.parametrize(("one", "two"), SHARED)
def test_anchors_that_two_dimensions_share_are_found(one: tuple[str, ...], two: tuple[str, ...]) -> None:
    both = rubric(dimension("one", [anchor(3, *one)]), dimension("two", [anchor(3, *two)]))
    (finding,) = found(both, RubricRule.SHARED_WORDS)
    assert (finding.place[:4], finding.dimension) == (("dimensions", 1, "anchors", 0), "two")
    assert finding.other[:4] == ("dimensions", "one", "anchors", "3")
    assert len(finding.quotes) >= 5


@pytest.mark.parametrize(("one", "two"), OWN)
def test_anchors_of_one_s_own_pass(one: str, two: str) -> None:
    both = rubric(dimension("one", [anchor(3, one)]), dimension("two", [anchor(3, two)]))
    assert not found(both, RubricRule.SHARED_WORDS)


def test_one_line_that_stands_in_two_long_anchors_is_found() -> None:
    line = "Traces a model fault to a data change step by step"
    one = anchor(3, line, "Agrees owner, schema and notice with producers", "Checks freshness at the border")
    two = anchor(2, "Hunts causes while users wait", "Writes reminders as follow-up actions to the postmortem", line)
    (finding,) = found(rubric(dimension("one", [one]), dimension("two", [two])), RubricRule.SHARED_WORDS)
    assert finding.place == ("dimensions", 1, "anchors", 0, "behaviours", 2)


def test_anchors_of_one_dimension_may_share_words() -> None:
    line = "Rolls out by canary with a written rollback trigger"
    same = dimension("one", [anchor(2, line), anchor(4, line + " that others took up")])
    assert not found(rubric(same), RubricRule.SHARED_WORDS)
