"""What a card lacks, its canonical text, and who may see it."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from app.domain.scorecard import (
    Card,
    Evidence,
    Lack,
    Missing,
    Observed,
    Overall,
    Rating,
    Sealing,
    Seat,
    canonical_text,
    flat,
    missing,
    vote_is_open,
)  # fmt: skip

SEEN = Evidence(datetime(2026, 3, 12, 9, 51, tzinfo=UTC), "Rolled back at minute 6")
FULL = Card(
    level="M1",
    rubric="ml-engineering-manager 1.0",
    planned=("mlops", "people"),
    ratings=(Rating("mlops", 3, evidence=(SEEN,)), Rating("people", None, "ran_out_of_time")),
    overall=Overall.HIRE,
)


def test_a_full_card_lacks_nothing() -> None:
    assert missing(FULL) == ()
    assert vote_is_open(FULL)


def test_everything_missing_is_named_in_the_order_of_the_plan() -> None:
    empty = Card("M1", "r", ("mlops", "people"), ())
    assert missing(empty) == (
        Missing(Lack.SCORE, "mlops"), Missing(Lack.SCORE, "people"), Missing(Lack.OVERALL, None),
    )  # fmt: skip
    assert not vote_is_open(empty)
    bare = Card("M1", "r", ("mlops",), (Rating("mlops", 4, evidence=(Evidence(SEEN.at, "  "),)),), Overall.HIRE)
    assert missing(bare) == (Missing(Lack.EVIDENCE, "mlops"),)
    flagged = Card("M1", "r", ("mlops",), (Rating("mlops", None, "x", observed=(Observed("r2", True),)),), Overall.HIRE)
    assert missing(flagged) == (Missing(Lack.QUOTE, "mlops", "r2"),)


def test_canonical_text_is_the_same_for_the_same_card() -> None:
    other = Card(FULL.level, FULL.rubric, FULL.planned, tuple(reversed(FULL.ratings)), FULL.overall)
    assert canonical_text(other) == canonical_text(FULL)
    assert json.loads(canonical_text(FULL))["format"] == 1


@given(st.text(), st.text())
def test_canonical_text_tells_texts_apart(one: str, two: str) -> None:
    def text(words: str) -> str:
        return canonical_text(Card("M1", "r", ("mlops",), (Rating("mlops", 3, evidence=(Evidence(SEEN.at, words),)),)))

    assert (text(one) == text(two)) == (one == two)


def test_sight() -> None:
    ruth, joel, hanne = 1, 2, 3
    due = Sealing((Seat(ruth, False), Seat(joel, True)))
    assert due.owes(ruth)
    assert not due.open_to(ruth), "her own card is due"
    assert not due.open_to(hanne), "a planned card is missing"
    assert not Sealing((Seat(ruth, False), Seat(joel, True)), opened=True).open_to(ruth), "one's own duty stays"
    assert Sealing((Seat(ruth, False), Seat(joel, True)), opened=True).open_to(hanne)
    assert Sealing((Seat(ruth, True), Seat(joel, True))).open_to(hanne)
    assert not Sealing((Seat(ruth, True), Seat(joel, True)), unheld=1).open_to(ruth), "an empty round"
    assert not Sealing().open_to(ruth), "nothing planned, nothing open"
    assert Sealing((Seat(ruth, True),), 2).cards_planned == 3


def test_flat() -> None:
    assert flat([3, 3, 3, 3], 4)
    assert not flat([3, 3, 3], 4)
    assert not flat([3, 3, 3, 2], 4)


def test_stamp_is_utc_text() -> None:
    local = datetime(2026, 3, 12, 10, 51, tzinfo=timezone(timedelta(hours=1)))
    card = Card("M1", "r", ("mlops",), (Rating("mlops", 3, evidence=(Evidence(local, "x"),)),))
    assert "2026-03-12T09:51:00.000Z" in canonical_text(card)
