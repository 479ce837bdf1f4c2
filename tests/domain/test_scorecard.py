"""What a card lacks, its canonical text, and who may see it."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from app.domain.scorecard import (
    Card,
    CardLack,
    CardRating,
    Evidence,
    InterviewSeat,
    MissingOnCard,
    Observed,
    Overall,
    Sealing,
    card_text,
    flat,
    missing_on_card,
    vote_is_open,
)

SEEN = Evidence(datetime(2026, 3, 12, 9, 51, tzinfo=UTC), "Rolled back at minute 6")
FULL = Card(
    level="M1",
    rubric="ml-engineering-manager 1.0",
    planned=("mlops", "people"),
    ratings=(CardRating("mlops", 3, evidence=(SEEN,)), CardRating("people", None, "ran_out_of_time")),
    overall=Overall.HIRE,
)


def test_a_full_card_lacks_nothing() -> None:
    assert missing_on_card(FULL) == ()
    assert vote_is_open(FULL)


def test_everything_missing_is_named_in_the_order_of_the_plan() -> None:
    empty = Card("M1", "r", ("mlops", "people"), ())
    assert missing_on_card(empty) == (
        MissingOnCard(CardLack.SCORE, "mlops"),
        MissingOnCard(CardLack.SCORE, "people"),
        MissingOnCard(CardLack.OVERALL, None),
    )
    assert not vote_is_open(empty)
    bare = Card("M1", "r", ("mlops",), (CardRating("mlops", 4, evidence=(Evidence(SEEN.at, "  "),)),), Overall.HIRE)
    assert missing_on_card(bare) == (MissingOnCard(CardLack.EVIDENCE, "mlops"),)
    flagged = Card(
        "M1", "r", ("mlops",), (CardRating("mlops", None, "x", observed=(Observed("r2", True),)),), Overall.HIRE
    )
    assert missing_on_card(flagged) == (MissingOnCard(CardLack.QUOTE, "mlops", "r2"),)


def test_canonical_text_is_the_same_for_the_same_card() -> None:
    other = Card(FULL.level, FULL.rubric, FULL.planned, tuple(reversed(FULL.ratings)), FULL.overall)
    assert card_text(other) == card_text(FULL)
    assert json.loads(card_text(FULL))["format"] == 1


@given(st.text(), st.text())
def test_canonical_text_tells_texts_apart(one: str, two: str) -> None:
    def text(words: str) -> str:
        return card_text(Card("M1", "r", ("mlops",), (CardRating("mlops", 3, evidence=(Evidence(SEEN.at, words),)),)))

    assert (text(one) == text(two)) == (one == two)


def test_sight() -> None:
    ruth, joel, hanne = 1, 2, 3
    due = Sealing((InterviewSeat(ruth, False), InterviewSeat(joel, True)))
    assert due.owes(ruth)
    assert not due.open_to(ruth), "her own card is due"
    assert not due.open_to(hanne), "a planned card is missing"
    assert not Sealing((InterviewSeat(ruth, False), InterviewSeat(joel, True)), opened=True).open_to(ruth), (
        "one's own duty stays"
    )
    assert Sealing((InterviewSeat(ruth, False), InterviewSeat(joel, True)), opened=True).open_to(hanne)
    assert Sealing((InterviewSeat(ruth, True), InterviewSeat(joel, True))).open_to(hanne)
    assert not Sealing((InterviewSeat(ruth, True), InterviewSeat(joel, True)), unheld=1).open_to(ruth), "an empty round"
    assert not Sealing().open_to(ruth), "nothing planned, nothing open"
    assert Sealing((InterviewSeat(ruth, True),), 2).cards_planned == 3


def test_flat() -> None:
    assert flat([3, 3, 3, 3], 4)
    assert not flat([3, 3, 3], 4)
    assert not flat([3, 3, 3, 2], 4)


def test_stamp_is_utc_text() -> None:
    local = datetime(2026, 3, 12, 10, 51, tzinfo=timezone(timedelta(hours=1)))
    card = Card("M1", "r", ("mlops",), (CardRating("mlops", 3, evidence=(Evidence(local, "x"),)),))
    assert "2026-03-12T09:51:00.000Z" in card_text(card)
