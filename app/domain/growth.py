"""Growth: gaps against a level, the few goals they lead to, check-ins, evidence by month, and what the pack suggests.

A score means something against its own level's bar alone (product, 1), so a gap is asked of one cell at a time and no
mean is taken over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.guide import Guide, GuideCell
from app.domain.onboarding import working_day
from app.domain.panel import State, dimension_state, low_median
from app.domain.rubric import Rubric

MOST_GOALS = 3
"""Open goals of a plan at a time; a further one needs a reason."""

CHECK_IN_DAYS = 14
QUARTER_DAYS = 91
MONTHS_SHOWN = 6

LONGEST_CHECK = 160
"""Characters of each half of a “When …, I will …”: one moment and one act, said in a breath."""

PREPARED = 3
"""Lines of a check-in that are prepared."""


class GapStanding(StrEnum):
    """How a cell stands against its bar."""

    MET = "met"
    SPLIT = "split"
    BELOW = "below"
    THIN = "thin"
    EMPTY = "empty"
    NOT_EXPECTED = "not_expected"


STANDINGS: Mapping[State, GapStanding] = {
    State.MET: GapStanding.MET,
    State.SPLIT: GapStanding.SPLIT,
    State.NOT_MET: GapStanding.BELOW,
    State.THIN: GapStanding.THIN,
    State.EMPTY: GapStanding.EMPTY,
}


@dataclass(frozen=True)
class Gap:
    """One dimension against a level: its cell's weight and bar, the scores that count, and how they stand.

    `score` is the low median, `high` the highest score where they lie on both sides of the bar; `below` is how many
    points the low median lies under the bar, 0 at or above it.
    """

    dimension: str
    weight: str
    bar: int | None
    scores: tuple[int, ...]
    standing: GapStanding
    score: int | None = None
    high: int | None = None
    below: int = 0

    @property
    def core(self) -> bool:
        """Whether the level can't be held without it."""
        return self.weight == "core"

    @property
    def is_gap(self) -> bool:
        """Whether a goal may come from it: split, or below its bar."""
        return self.standing in (GapStanding.SPLIT, GapStanding.BELOW)

    @property
    def state(self) -> State:
        """The panel's word for its shape; one that is not expected has none."""
        return next((s for s, found in STANDINGS.items() if found is self.standing), State.EMPTY)


def gap(dimension: str, cell: GuideCell | None, scores: Sequence[int]) -> Gap:
    """One dimension against a cell of a level, by the words' own rule (statistics.md) with the cell's own bar."""
    given = tuple(sorted(scores))
    score = low_median(given) if given else None
    if cell is None or cell.bar is None:
        return Gap(dimension, "not_expected", None, given, GapStanding.NOT_EXPECTED, score)
    bar = cell.bar
    both = any(s < bar for s in given) and any(s >= bar for s in given)
    return Gap(
        dimension=dimension,
        weight=cell.weight,
        bar=bar,
        scores=given,
        standing=STANDINGS[dimension_state(given, bar)],
        score=score,
        high=max(given) if both else None,
        below=max(0, bar - score) if score is not None else 0,
    )


def gaps(guide: Guide, level: str, scores: Mapping[str, Sequence[int]]) -> tuple[Gap, ...]:
    """Every dimension of a guide against one of its levels, in the order of the strip. Raises KeyError."""
    cells = guide.level(level).cells
    return tuple(gap(d, cells.get(d), scores.get(d, ())) for d in guide.dimension_ids)


# Check-ins


@dataclass(frozen=True)
class SinceCheckIn:
    """What became of a plan after the check-in of the day `on`: goals that are new, reached or dropped, actions that
    were done, and how much was seen.

    `left` are actions of open goals that are not done. Goals are their titles, an action is its when and its will.
    """

    on: date
    new: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    done: tuple[tuple[str, str], ...] = ()
    evidence: int = 0
    left: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything did."""
        return bool(self.new or self.reached or self.dropped or self.done or self.evidence)


# Goals


def asks_why(open_goals: int) -> bool:
    """Whether a further goal beside this many open ones needs a reason."""
    return open_goals >= MOST_GOALS


class CheckFault(StrEnum):
    """What is wrong with a “When …, I will …”."""

    NO_WHEN = "no_when"
    NO_WILL = "no_will"
    TOO_LONG = "too_long"
    SAME = "same"


def tidy_check(when: str, will: str) -> tuple[str, str]:
    """Both halves without what the page says already: a leading “When”, “I will”, the comma and the full stop."""
    when, will = " ".join(when.split()), " ".join(will.split())
    when = _without(when, "when ").rstrip(" ,")
    will = _without(_without(will, "i will "), "i’ll ").rstrip(" .")
    return when, will


def _without(text: str, opening: str) -> str:
    return text[len(opening) :].lstrip() if text.casefold().startswith(opening) else text


def check_faults(when: str, will: str) -> tuple[CheckFault, ...]:
    """What keeps a tidied pair from being a plan that can be ticked: a moment and an act are both needed
    (Gollwitzer 1999, implementation intentions)."""
    found = []
    if not when:
        found.append(CheckFault.NO_WHEN)
    if not will:
        found.append(CheckFault.NO_WILL)
    if len(when) > LONGEST_CHECK or len(will) > LONGEST_CHECK:
        found.append(CheckFault.TOO_LONG)
    if when and when.casefold() == will.casefold():
        found.append(CheckFault.SAME)
    return tuple(found)


# Days


def next_check_in(after: date) -> date:
    """Two weeks later, and on the Monday after where that is a weekend."""
    return working_day(after, CHECK_IN_DAYS)


def rerating_due(last: date | None) -> date | None:
    """The working day by which a level's sentences are read and rated again: a quarter after the last time."""
    return None if last is None else working_day(last, QUARTER_DAYS)


def months_until(today: date, count: int = MONTHS_SHOWN) -> tuple[date, ...]:
    """The firsts of the last `count` months, oldest first, this one the last."""
    found = [today.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))


@dataclass(frozen=True)
class Months:
    """The months in which something was seen on a dimension, and how many of them a core cell needs."""

    dimension: str
    seen: tuple[bool, ...]
    needed: int

    @property
    def count(self) -> int:
        """In how many of the months."""
        return sum(self.seen)

    @property
    def enough(self) -> bool:
        """Whether it was seen over time, and not once."""
        return self.count >= self.needed


def evidence_by_month(
    dimensions: Iterable[str], facts: Iterable[tuple[str, date | None]], months: Sequence[date], needed: int
) -> tuple[Months, ...]:
    """By dimension, in which of these months there is evidence. `facts` are dimension and day; one without a day
    counts nowhere."""
    known = {(d, on.replace(day=1)) for d, on in facts if on is not None}
    return tuple(Months(d, tuple((d, m) in known for m in months), needed) for d in dimensions)


# What the pack suggests


class From(StrEnum):
    """What kind of text of the pack a suggestion is."""

    LEVEL = "level"
    SKILL = "skill"
    QUESTION = "question"
    ANCHOR = "anchor"
    KPI = "kpi"


@dataclass(frozen=True)
class Suggestion:
    """A text one may begin a goal with, and where in the pack it stands: a level's id, a score, or a name."""

    source: From
    text: str
    where: str = ""
    more: str = ""


def suggestions(guide: Guide, level: str, dimension: str, rubric: Rubric | None) -> tuple[Suggestion, ...]:
    """What the guide's level and the rubric say on a dimension, the level's own sentence first. Nothing is made up
    where they say nothing. `rubric` is None where the guide's dimensions are another's. Raises KeyError for a level
    the guide has not."""
    cell = guide.level(level).cells.get(dimension)
    found = [] if cell is None else [Suggestion(From.LEVEL, cell.expect, level)]
    found += [] if cell is None else [Suggestion(From.LEVEL, e, level) for e in cell.examples]
    if rubric is None or dimension not in rubric.dimension_ids:
        return tuple(found)
    known = rubric.dimension(dimension)
    found += [Suggestion(From.ANCHOR, b, str(rubric.bar)) for b in known.anchor(rubric.bar).behaviours]
    found += [Suggestion(From.SKILL, s.name, s.group, s.where or "") for s in rubric.skills_of(dimension)]
    found += [Suggestion(From.QUESTION, q.text, q.kind) for q in known.questions]
    found += [Suggestion(From.KPI, k.name, k.every, k.target) for k in rubric.kpis_of(dimension)]
    return tuple(found)
