"""An assessment as values: who rates a member, what is missing before it may be submitted, its canonical text.

Who may see one is decided by the rule for scorecards, `domain.scorecard.Sealing`: a seat is a rater who was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.spelling import canonical

ASSESSMENT_FORMAT = 1


class Relation(StrEnum):
    """How a rater stands to the member. `SELF` and `MANAGER` are known; of others it is said, or not."""

    SELF = "self"
    MANAGER = "manager"
    SKIP_LEVEL = "skip_level"
    PEER = "peer"
    REPORT = "report"
    OTHER = "other"
    NOT_SAID = "not_said"

    @property
    def counts(self) -> bool:
        """Whether the scores decide anything: a person's view of themselves is shown beside, and never counted."""
        return self is not Relation.SELF


class NoScore(StrEnum):
    """Why a dimension has no score. Who gives `WORDS` has something to say, and no score to give."""

    NOT_SEEN = "not_seen"
    TOO_SHORT = "too_short"
    CONFLICT = "conflict"
    WORDS = "words"


@dataclass(frozen=True)
class EvidenceEntry:
    """One thing that was seen, or inferred, on a day; `source` says where it can be looked up."""

    on: date | None
    text: str
    inferred: bool = False
    source: str = ""


@dataclass(frozen=True)
class AssessedRating:
    """A dimension's score 1-4 against the level's sentence, or why there is none; the rater's words; their facts."""

    dimension: str
    score: int | None = None
    reason: str | None = None
    words: str = ""
    facts: tuple[EvidenceEntry, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a score or a reason."""
        return self.score is not None or self.reason is not None


@dataclass(frozen=True)
class AssessmentContent:
    """An assessment's content. `guide` is the digest of the guide version whose level it was scored against."""

    member: int
    rater: int
    relation: Relation
    cycle: int | None
    guide: str
    level: str
    dimensions: tuple[str, ...]
    ratings: tuple[AssessedRating, ...]
    amend_reason: str = ""
    entered_by: int | None = None

    def rating(self, dimension: str) -> AssessedRating:
        """The dimension's rating, empty when nobody touched it."""
        return next((r for r in self.ratings if r.dimension == dimension), AssessedRating(dimension))

    @property
    def answered(self) -> int:
        """How many dimensions have a score or a reason."""
        return sum(self.rating(d).answered for d in self.dimensions)

    @property
    def begun(self) -> bool:
        """Whether anything is written in it."""
        return any(r.answered or r.words.strip() or r.facts for r in self.ratings)


class AssessmentLack(StrEnum):
    """What may be missing."""

    SCORE = "score"
    FACT = "fact"
    DAY = "day"
    WORDS = "words"


@dataclass(frozen=True)
class MissingInAssessment:
    """One thing missing before submit."""

    lack: AssessmentLack
    dimension: str


def missing_in_assessment(assessed: AssessmentContent) -> tuple[MissingInAssessment, ...]:
    """Everything that keeps an assessment from being submitted, in its own order: a score or a reason for each
    dimension, a fact behind each score, words where they are all that is given, and the day of each fact."""
    found: list[MissingInAssessment] = []
    for dimension in assessed.dimensions:
        rating = assessed.rating(dimension)
        if not rating.answered:
            found.append(MissingInAssessment(AssessmentLack.SCORE, dimension))
        elif rating.score is not None and not any(f.text.strip() for f in rating.facts):
            found.append(MissingInAssessment(AssessmentLack.FACT, dimension))
        elif rating.reason == NoScore.WORDS and not rating.words.strip() and not rating.facts:
            found.append(MissingInAssessment(AssessmentLack.WORDS, dimension))
        if any(f.on is None for f in rating.facts):
            found.append(MissingInAssessment(AssessmentLack.DAY, dimension))
    return tuple(found)


_IN_TEXT = {Relation.NOT_SAID: Relation.PEER}
"""Until schema 5 a relation nobody said was written as peer; their digests were made of that word, and hold."""


def assessment_text(assessed: AssessmentContent) -> str:
    """The assessment as one line of JSON with sorted keys, independent of tables, so that a digest of it lasts."""
    ratings = [
        {
            "dimension": r.dimension,
            "score": r.score,
            "reason": r.reason,
            "words": r.words,
            "facts": sorted([f.on.isoformat() if f.on else "", f.text, f.inferred, f.source] for f in r.facts),
        }
        for r in sorted(assessed.ratings, key=lambda r: r.dimension)
        if r.answered or r.facts or r.words
    ]
    return canonical(
        {
            "format": ASSESSMENT_FORMAT,
            "member": assessed.member,
            "rater": assessed.rater,
            "relation": _IN_TEXT.get(assessed.relation, assessed.relation),
            "cycle": assessed.cycle,
            "guide": assessed.guide,
            "level": assessed.level,
            "dimensions": list(assessed.dimensions),
            "ratings": ratings,
            "amend_reason": assessed.amend_reason,
            "entered_by": assessed.entered_by,
        }
    )


class TeamStanding(StrEnum):
    """How a team stands on a dimension."""

    STRONG = "strong"
    SOME = "some"
    ONE = "one"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


SOLID = 3
"""On the yardstick's anchors: somebody who does this by themselves."""


def on_yardstick(score: int, bar: int, ref: int) -> int:
    """A score against a level as a place on the yardstick's anchors, 1-4: at the bar is where the level's own people
    lie. For pictures of people of different levels side by side; decisions never use it."""
    return min(4, max(1, ref + score - bar))


def standing(places: Sequence[int]) -> TeamStanding:
    """Strong where two thirds are solid; carried by one where a team of two or more has a single solid person."""
    n, k = len(places), sum(p >= SOLID for p in places)
    if n == 0:
        return TeamStanding.UNKNOWN
    if k == 0:
        return TeamStanding.NOBODY
    if k == 1 and n > 1:
        return TeamStanding.ONE
    return TeamStanding.STRONG if 3 * k >= 2 * n else TeamStanding.SOME
