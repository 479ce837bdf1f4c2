"""A scorecard as values: what is missing before it may be submitted, its canonical text, and who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app.domain.spelling import canonical

CANONICAL_FORMAT = 1
WITH_CALLS_FORMAT = 2
"""The layout of a card with words out of a transcript: their line has the second of the call and the speaker too."""
SCORES = (1, 2, 3, 4)


class CardState(StrEnum):
    """`AMENDED` is a submitted card that a later card of the same author has replaced."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AMENDED = "amended"


class Overall(StrEnum):
    """The vote over the whole interview."""

    STRONG_HIRE = "strong_hire"
    HIRE = "hire"
    NO_HIRE = "no_hire"
    STRONG_NO_HIRE = "strong_no_hire"

    @property
    def for_hire(self) -> bool:
        """Whether the vote counts on the hire side."""
        return self in (Overall.STRONG_HIRE, Overall.HIRE)


@dataclass(frozen=True)
class Evidence:
    """One thing seen or heard, at a moment (aware); not `timed` where only its day is known, as on a form.

    Words out of a transcript have the second of the call they were said at, where that is known, and their speaker.
    """

    at: datetime
    text: str
    timed: bool = True
    said_at: int | None = None
    speaker: str | None = None

    @property
    def quoted(self) -> bool:
        """Whether these are words out of a transcript."""
        return self.said_at is not None or self.speaker is not None


@dataclass(frozen=True)
class Observed:
    """A signal that was ticked; a red flag comes with a quote."""

    signal: str
    red: bool
    quote: str = ""


@dataclass(frozen=True)
class CardRating:
    """A dimension's score 1-4, or the reason it was not assessed, with what stands behind it."""

    dimension: str
    score: int | None = None
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    observed: tuple[Observed, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a score or a reason."""
        return self.score is not None or self.reason is not None


@dataclass(frozen=True)
class Card:
    """A scorecard's content, without who may see it."""

    level: str
    rubric: str
    planned: tuple[str, ...]
    ratings: tuple[CardRating, ...]
    overall: Overall | None = None
    overall_reason: str = ""
    amend_reason: str = ""
    interview: int = 0
    author: int = 0
    entered_by: int | None = None

    def rating(self, dimension: str) -> CardRating:
        """The dimension's rating, empty when nobody touched it."""
        return next((r for r in self.ratings if r.dimension == dimension), CardRating(dimension))


class CardLack(StrEnum):
    """What may be missing."""

    SCORE = "score"
    EVIDENCE = "evidence"
    QUOTE = "quote"
    OVERALL = "overall"


@dataclass(frozen=True)
class MissingOnCard:
    """One thing missing before submit; `dimension` is None for the overall vote."""

    lack: CardLack
    dimension: str | None
    signal: str | None = None


def answered(card: Card) -> int:
    """How many planned dimensions have a score or a reason."""
    return sum(card.rating(d).answered for d in card.planned)


def vote_is_open(card: Card) -> bool:
    """The overall vote opens only when every planned dimension has a score or a reason."""
    return answered(card) == len(card.planned)


def missing_on_card(card: Card) -> tuple[MissingOnCard, ...]:
    """Everything that keeps the card from being submitted, in the order of the plan, the vote last."""
    found: list[MissingOnCard] = []
    for dimension in card.planned:
        rating = card.rating(dimension)
        if not rating.answered:
            found.append(MissingOnCard(CardLack.SCORE, dimension))
        elif rating.score is not None and not any(e.text.strip() for e in rating.evidence):
            found.append(MissingOnCard(CardLack.EVIDENCE, dimension))
        found += [
            MissingOnCard(CardLack.QUOTE, dimension, o.signal) for o in rating.observed if o.red and not o.quote.strip()
        ]
    if card.overall is None:
        found.append(MissingOnCard(CardLack.OVERALL, None))
    return tuple(found)


def card_text(card: Card) -> str:
    """The card as one line of JSON with sorted keys, independent of tables, so that a digest of it lasts.

    The number under `format` names this layout; a change of layout takes a new number and keeps this one.
    """
    ratings = [
        {
            "dimension": r.dimension,
            "score": r.score,
            "reason": r.reason,
            "evidence": [_line(e) for e in r.evidence],
            "observed": sorted([o.signal, o.quote] for o in r.observed),
        }
        for r in sorted(card.ratings, key=lambda r: r.dimension)
        if r.answered or r.evidence or r.observed
    ]
    quoting = any(e.quoted for r in card.ratings for e in r.evidence)
    return canonical(
        {
            "format": WITH_CALLS_FORMAT if quoting else CANONICAL_FORMAT,
            "level": card.level,
            "rubric": card.rubric,
            "planned": list(card.planned),
            "ratings": ratings,
            "overall": card.overall,
            "overall_reason": card.overall_reason,
            "amend_reason": card.amend_reason,
            "interview": card.interview,
            "author": card.author,
            "entered_by": card.entered_by,
        }
    )


def _line(heard: Evidence) -> list[object]:
    said: list[object] = [heard.said_at, heard.speaker] if heard.quoted else []
    return [_stamp(heard.at), heard.text, *said]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class InterviewSeat:
    """One planned interview of an application: whose it is, whether a card of theirs is in, whether they shadow."""

    interviewer: int
    is_in: bool
    shadow: bool = False


@dataclass(frozen=True)
class Sealing:
    """What decides who may see an application's cards.

    `seats` are the planned interviews; `unheld` counts places of the plan that nobody holds yet; `opened` says that
    somebody opened the cards with a reason, or began the debrief. Nobody waits for a shadow's card; a shadow sees
    others' cards only once their own is in, as everybody does.
    """

    seats: tuple[InterviewSeat, ...] = ()
    unheld: int = 0
    opened: bool = False

    @property
    def cards_in(self) -> int:
        """How many planned cards are in."""
        return sum(s.is_in for s in self.seats if not s.shadow)

    @property
    def cards_planned(self) -> int:
        """How many cards the plan asks for."""
        return sum(not s.shadow for s in self.seats) + self.unheld

    @property
    def all_in(self) -> bool:
        """Whether every planned card is in."""
        return self.cards_planned > 0 and self.cards_in == self.cards_planned

    def owes(self, person: int) -> bool:
        """Whether a card of this person's own is still due."""
        return any(s.interviewer == person and not s.is_in for s in self.seats)

    def open_to(self, person: int) -> bool:
        """Whether this person may see the cards of others (product, 2)."""
        return not self.owes(person) and (self.all_in or self.opened)

    def is_written_by(self, me: int | None, author: int, entered_by: int | None, state: str) -> bool:
        """Whether `me` sees what nobody else does: on one's own card, or one typed in for another until it is in."""
        if me is None:
            return False
        return author == me or (state == CardState.DRAFT and entered_by == me and not self.owes(me))

    def shows(self, me: int | None, author: int, entered_by: int | None, state: str) -> bool:
        """Whether `me` sees this card: one's own always, one typed in for another until it is in, else by the rule."""
        if me is None:
            return False
        if self.is_written_by(me, author, entered_by, state):
            return True
        return state != CardState.DRAFT and self.open_to(me)


def flat(scores: Sequence[int], at_least: int) -> bool:
    """Whether one person's scores are all equal and many enough to say "please check"."""
    return len(scores) >= at_least and len(set(scores)) == 1
