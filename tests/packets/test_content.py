"""What the hiring packet says: the decision and dissent, the rule, what is missing, history; and what it never says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from app.domain.panel import State, Zone
from app.domain.scorecard import Overall
from app.packets.hiring.dossier import Dossier
from app.packets.hiring.packet import hiring_packet
from app.packets.paper.page import Packet
from app.phrases.rubric import duration_words, limit_words, lower_first, one_decimal, zone_sentences
from app.queries.hiring import HiringFacts
from tests.packets import facts as cases
from tests.packets.reading import text_of


@pytest.fixture(scope="module")
def ines() -> list[str]:
    """The pages of the case in the design's pictures."""
    return text_of(hiring_packet(cases.ines()))


@pytest.fixture(scope="module")
def troubled() -> list[str]:
    """The pages of a case in which nothing went as planned."""
    return text_of(hiring_packet(cases.troubled()))


def _first(facts: HiringFacts) -> str:
    packet: Packet = hiring_packet(facts)
    return text_of(packet)[0]


def test_the_case_has_the_states_of_the_pictures() -> None:
    panel = cases.ines().panel
    words = [c.state for c in panel.cells]
    assert words == [
        State.MET,
        State.SPLIT,
        State.MET,
        State.MET,
        State.MET,
        State.SPLIT,
        State.MET,
        State.SPLIT,
        State.THIN,
        State.NOT_MET,
    ]
    assert [c.low_median for c in panel.cells] == [3, 2, 3, 3, 3, 2, 3, 2, 2, 2]
    assert (panel.zone, panel.composite) == (Zone.MIXED, Fraction(28, 10))


def test_page_one_decides(ines: list[str]) -> None:
    for words in (
        "as of 12 March 2026, 15:52",
        "ML Engineering Manager, Search & Ranking, one seat. Scored against M1 by six people.",
        "Hire at M1 Ruth Amadi, Hiring manager, 12 March 2026, 15:52 The template other teams took up",
        "Dissent, by name Hanne Sørby. A rollback nobody has tried since 2024",
        "Joel Abara voted no hire on the card and asked for no dissent.",
        "The composite is below 2.9. Thin, with one score: Governance. The line is the 95% band.",
        "Red flags None recorded.",
        "4 hire, 2 no hire. Names on page 8.",
        "Careers page, 10 February 2026",
        "4 to 9 March 2026, six rounds, 5 h 30 min",
        "SR-2026-01, day 59, target 60 to 120",
        "kept until 12 March 2027",
    ):
        assert words in ines[0]


def test_who_voted_and_who_carries_it_stand_on_a_late_page(ines: list[str]) -> None:
    assert "Esther Whitlock" not in "".join(ines[:1])
    assert "Who carries the zone Without Hanne Sørby’s scores the rule would support a hire." in ines[7]
    assert "Joel Abara Leadership no hire Would need a strong planner" in ines[7]


def test_evidence_stands_under_its_anchors(ines: list[str]) -> None:
    page = ines[2]
    assert "Sørby Wieland" in page
    assert "A system that could be built and run" in page
    assert "Designs for several teams" in page
    assert "Separates what should be shared" not in page
    assert "14:06 Found the feature computed twice" in page
    assert "Meets the bar of M1. Signals: answerable for a live system." in page
    assert "split, two points apart" in page
    assert "Not assessed: ran out of time." in ines[6]


def test_nothing_absent_has_a_heading(ines: list[str]) -> None:
    everything = " ".join(ines)
    for words in (
        "Approvals",
        "Signature",
        "Departure",
        "Conditions",
        "Sign-off",
        "Discussed",
        "References",
        "Agreement",
    ):
        assert words not in everything
    bare = " ".join(text_of(hiring_packet(cases.empty())))
    for words in ("Dissent", "Must-haves", "Files", "Who carries the zone", "Cards opened early", "Now", "Can start"):
        assert words not in re.sub("Votes, and who carries the zone", "", bare)


def test_without_a_decision_it_says_so() -> None:
    page = _first(replace(cases.ines(), decisions=()))
    assert "Decision No decision yet." in page
    assert "asked for no dissent" not in page


@pytest.mark.parametrize(("verdict", "words"), [("no_hire", "No hire"), ("hold", "Hold for more")])
def test_only_a_decision_to_hire_names_who_was_against_it(verdict: str, words: str) -> None:
    facts = cases.ines()
    page = _first(replace(facts, decisions=(replace(facts.decisions[0], verdict=verdict, dissents=()),)))
    assert f"Decision {words} Ruth Amadi" in page
    assert "asked for no dissent" not in page


def test_a_decision_that_took_another_s_place_says_why(troubled: list[str]) -> None:
    assert "Scored against M1 and M2, hired at MLE4." in troubled[0]
    assert "In the place of “No hire”, 12 March 2026 The manager’s seat was filled" in troubled[0]
    assert "Earlier decisions No hire. Ruth Amadi, Hiring manager, 12 March 2026, 15:52" in " ".join(troubled)


def test_opening_early_is_said_with_by_whom_and_why(troubled: list[str]) -> None:
    words = "Ruth Amadi, 9 March 2026, 18:00. Esther Whitlock is on leave until April."
    assert f"Cards opened early {words}" in troubled[0]
    assert "5 of 7 cards are in." in troubled[1]
    assert "Not in: Esther Whitlock (People)." in troubled[1]
    assert "Planned, and held by nobody: People leadership interview." in troubled[1]


def test_an_amended_card_is_history_with_its_reason(troubled: list[str]) -> None:
    everything = " ".join(troubled)
    assert "Amended: I had mixed up two of the four seniors. Card of 5 March 2026, 12:30:" in everything
    assert "Product & experiments 3, now 4; People leadership 4, now 2; vote hire, now no hire." in everything
    assert "typed in by Ingrid Solheim" in everything
    assert "Amended; the first card said 4." in everything


def test_red_flags_are_counted_on_page_one_and_quoted_behind_it(troubled: list[str]) -> None:
    assert "Red flags Incident ends with a culprit" in troubled[0]
    assert "Red flag: Incident ends with a culprit. “That outage was Piotr, and Piotr is gone.”" in troubled[3]


def test_the_same_score_throughout_asks_to_check() -> None:
    page = text_of(hiring_packet(cases.flat_panel()))[1]
    assert "All four of Hanne Sørby’s scores are 3: please check." in page
    assert "6 strong hire" in page
    assert "Priya Raman’s scores" not in page


def test_private_and_inner_things_are_not_printed(ines: list[str]) -> None:
    everything = " ".join(ines)
    for inner in ("systems_design", "ran_out_of_time", "no_hire", "supports_", "review 1"):
        assert inner not in everything


def test_two_of_one_name_are_told_apart() -> None:
    facts = cases.ines()
    other = replace(facts.interviews[1].interviewer, name="Lars Sørby")
    cards = tuple(replace(c, author=other) for c in facts.interviews[1].cards)
    twins = replace(facts.interviews[1], interviewer=other, cards=cards)
    dossier = Dossier(replace(facts, interviews=(facts.interviews[0], twins, *facts.interviews[2:])), 487, 700)
    assert dossier.last_names["Lars Sørby"] == "Lars Sørby"
    assert dossier.last_names["Hanne Sørby"] == "Hanne Sørby"
    assert dossier.last_names["Priya Raman"] == "Raman"


def test_zone_sentences_name_the_cause_and_never_thin_as_one() -> None:
    facts = cases.ines()
    rule = facts.rubric.rule()
    near = replace(facts.panel, composite=Fraction(287, 100), thin=())
    assert zone_sentences(near, rule, facts.rubric) == ["The composite is just below 2.9."]
    good = replace(facts.panel, composite=Fraction(3), zone=Zone.SUPPORTS_HIRE, thin=("governance",))
    assert zone_sentences(good, rule, facts.rubric) == [
        "The composite is at 2.9 or above, and nothing else stands against it.",
        "Thin, with one score: Governance.",
    ]
    flagged = replace(facts.panel, composite=Fraction(3), open_red_flags=1, thin=(), unscored=("mlops", "data"))
    assert zone_sentences(flagged, rule, facts.rubric) == [
        "Must-have without a score: MLOps.",
        "Without a score: MLOps and Data contracts.",
        "1 red flag is open.",
    ]


def test_votes_are_counted_in_the_rubric_s_order() -> None:
    facts = cases.huge(dimensions=2, raters=5, lines=1)
    dossier = Dossier(facts, 487, 700)
    assert dossier.vote_count() == "1 strong hire, 2 hire, 1 no hire, 1 strong no hire"
    assert next(vote for _, _, vote in dossier.votes()) is Overall.HIRE


def test_a_card_from_another_year_has_its_year() -> None:
    facts = cases.ines()
    early = [replace(i, starts_at=i.starts_at - timedelta(days=200)) for i in facts.interviews if i.starts_at]
    pages = text_of(hiring_packet(cases.with_interviews(facts, early)))
    assert "16 August 2025" in pages[2]
    assert "16 to 21 August 2025" in pages[0]


def test_figures() -> None:
    assert [one_decimal(Fraction(n, 100)) for n in (284, 285, 290, 400)] == ["2.8", "2.9", "2.9", "4.0"]
    assert [limit_words(Fraction(n, 100)) for n in (290, 275, 300)] == ["2.9", "2.75", "3.0"]
    assert [duration_words(n) for n in (330, 45, 120, 0)] == ["5 h 30 min", "45 min", "2 h", "0 min"]
    assert [lower_first(t) for t in ("Patches data", "MLOps", "A team", "")] == ["patches data", "MLOps", "a team", ""]
