"""Readiness for a level: ready, close, not yet or can't say, and what would change it.

The rule counts cells and never weighs them, and gives no percentage. Each test takes a lesser state for a greater one
too, so that one more met score can never bring a lesser word:

- can't say: two or more core cells are thin, or no core or important cell has enough raters;
- ready: no core cell thin or not met, at most one split; no 1 in a core or important cell; at most one important cell
  not met;
- close: at most two core cells fall short (split, thin or not met), at most one of them not met; at most two important
  cells not met;
- not yet: everything else.

Supporting cells never decide, nor do thin important ones, but for a 1 in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.domain.guide import EvidenceNeeded, Guide
from app.domain.pack_guide import Weight
from app.domain.panel import State, dimension_state, low_median


class Readiness(StrEnum):
    """The outcome words."""

    READY = "ready"
    CLOSE = "close"
    NOT_YET = "not_yet"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class LevelAsk:
    """What the target level asks on a dimension; `bar` is None where nothing is expected."""

    dimension: str
    weight: Weight
    bar: int | None


class ReadinessScore(NamedTuple):
    """One independent rater's score on a dimension (any key names the rater), 1 to 4."""

    rater: str
    dimension: str
    score: int


class DatedEvidence(NamedTuple):
    """One piece of a rater's evidence on a dimension, and its day."""

    rater: str
    dimension: str
    on: date


@dataclass(frozen=True)
class LevelCell:
    """One dimension of a member against the level: its scores in ascending order, its state by its own bar.

    `state` is None where nothing is expected, `EMPTY` without a score. `months` is how many different months its
    evidence comes from. `high` is the highest score where scores lie on both sides of the bar.
    """

    dimension: str
    weight: Weight
    bar: int | None
    scores: tuple[int, ...]
    months: int
    state: State | None

    @property
    def core(self) -> bool:
        """Whether the level stands on it."""
        return self.weight == "core"

    @property
    def thin(self) -> bool:
        """Whether there is too little evidence to say more: none at all, too few raters, too few months."""
        return self.state in (State.THIN, State.EMPTY)

    @property
    def low(self) -> int | None:
        """The low median, a score somebody gave."""
        return low_median(self.scores) if self.scores else None

    @property
    def high(self) -> int | None:
        """The highest score where some are below the bar and some are not."""
        if self.bar is None or not self.scores or not self.scores[0] < self.bar <= self.scores[-1]:
            return None
        return self.scores[-1]

    @property
    def below(self) -> int:
        """How far the low median lies under the bar; 0 where it does not."""
        return max(0, (self.bar or 0) - self.low) if self.low is not None else 0

    @property
    def with_a_one(self) -> bool:
        """Whether somebody gave a 1 where more is asked."""
        return 1 in self.scores and (self.bar or 0) > 1

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What it counts as."""
        if self.state is None or self.weight not in _KINDS:
            return ()
        return _KINDS[self.weight].get(self.state, ()) + (Obstacle.ONE,) * self.with_a_one


class Obstacle(StrEnum):
    """What keeps a better word away, or would bring a lesser one."""

    CORE_THIN = "core_thin"
    ALL_THIN = "all_thin"
    CORE_NOT_MET = "core_not_met"
    CORE_SPLIT = "core_split"
    CORE_SHORT = "core_short"
    ONE = "one"
    IMPORTANT_NOT_MET = "important_not_met"


@dataclass(frozen=True)
class Tally:
    """How many cells of each kind there are: all that the rule looks at. `all_thin` is how many could decide, where
    none of them has the evidence to."""

    core_thin: int = 0
    all_thin: int = 0
    core_not_met: int = 0
    core_split: int = 0
    one: int = 0
    important_not_met: int = 0

    @property
    def core_short(self) -> int:
        """Core cells that fall short in any way."""
        return self.core_thin + self.core_not_met + self.core_split

    def with_more(self, what: Obstacle) -> Tally:
        """The same with one more cell of a kind."""
        return replace(self, **{what: getattr(self, what) + 1})


_MOST: Mapping[Readiness, Mapping[Obstacle, int]] = {
    Readiness.CANNOT_SAY: {Obstacle.CORE_THIN: 1, Obstacle.ALL_THIN: 0},
    Readiness.READY: {
        Obstacle.CORE_THIN: 0,
        Obstacle.CORE_NOT_MET: 0,
        Obstacle.CORE_SPLIT: 1,
        Obstacle.ONE: 0,
        Obstacle.IMPORTANT_NOT_MET: 1,
    },
    Readiness.CLOSE: {Obstacle.CORE_NOT_MET: 1, Obstacle.CORE_SHORT: 2, Obstacle.IMPORTANT_NOT_MET: 2},
}
"""How many of each a word allows; under "can't say", how many still let something be said."""


@lru_cache(maxsize=1024)  # most tallies are alike
def outcome(tally: Tally) -> Readiness:
    """The word, in the rule's order of tests: can't say, ready, close, not yet."""
    if not _holds(tally, Readiness.CANNOT_SAY):
        return Readiness.CANNOT_SAY
    for word in (Readiness.READY, Readiness.CLOSE):
        if _holds(tally, word):
            return word
    return Readiness.NOT_YET


def _holds(tally: Tally, word: Readiness) -> bool:
    return all(getattr(tally, kind) <= most for kind, most in _MOST[word].items())


@dataclass(frozen=True)
class ReadinessNeed:
    """What a better word needs: `fewer` of these cells must be met (for thin ones: have more evidence)."""

    obstacle: Obstacle
    dimensions: tuple[str, ...]
    fewer: int


@dataclass(frozen=True)
class ReadinessVerdict:
    """The word with everything behind it.

    `better` is the next word up with what it `needs`, None for who is ready; `worse` is, by lesser word, which one
    further cell would bring it; `carried_by` names the raters without whom the word would be another, and which.
    """

    word: Readiness
    cells: tuple[LevelCell, ...]
    tally: Tally
    better: Readiness | None = None
    needs: tuple[ReadinessNeed, ...] = ()
    worse: tuple[tuple[Obstacle, Readiness], ...] = ()
    carried_by: Mapping[str, Readiness] = field(default_factory=dict)

    def cell(self, dimension: str) -> LevelCell:
        """The cell of a dimension of the level. Raises StopIteration."""
        return next(c for c in self.cells if c.dimension == dimension)

    def of(self, obstacle: Obstacle) -> tuple[LevelCell, ...]:
        """The cells of a kind, in the order of the strip."""
        return tuple(c for c in self.cells if obstacle in c.obstacles)


def asked_by(guide: Guide, level: str) -> tuple[LevelAsk, ...]:
    """What a level of a guide asks, in the order of the strip. Raises KeyError for an unknown level."""
    cells = guide.level(level).cells
    return tuple(
        LevelAsk(d, cells[d].weight, cells[d].bar) if d in cells else LevelAsk(d, "not_expected", None)
        for d in guide.dimension_ids
    )


def judge_readiness(
    asked: Sequence[LevelAsk],
    scores: Collection[ReadinessScore],
    evidence: Collection[DatedEvidence],
    needed: EvidenceNeeded | None = None,
) -> ReadinessVerdict:
    """Everything the rule says of a member against a level; the order of scores and evidence never matters.

    `evidence` is what is dated inside the window. Scores on dimensions the level does not ask for are shown and decide
    nothing.
    """
    cells = _cells(asked, scores, evidence, needed or EvidenceNeeded())
    tally = _tally(cells)
    word = outcome(tally)
    better = _better(tally, word)
    return ReadinessVerdict(
        word,
        cells,
        tally,
        better,
        _needs(cells, tally, better, word),
        _worse(cells, tally, word),
        _carried(asked, scores, word) if word is not Readiness.CANNOT_SAY else {},
    )


def _carried(asked: Sequence[LevelAsk], scores: Collection[ReadinessScore], said: Readiness) -> Mapping[str, Readiness]:
    """Who changes the word that is `said` by not being there. Thin is ignored here as it is in a debrief: of two
    raters, leaving one out would otherwise make every cell thin, and everybody would carry it."""
    by_dimension: defaultdict[str, list[ReadinessScore]] = defaultdict(list)
    for s in scores:
        by_dimension[s.dimension].append(s)
    raters = sorted({s.rater for s in scores})
    if len(raters) < 2:
        return {}
    whole = _bare_word(asked, by_dimension)
    without = {r: _bare_word(asked, by_dimension, r) for r in raters}
    return {rater: word for rater, word in without.items() if word not in (whole, said)}


def _bare_word(
    asked: Sequence[LevelAsk], scores: Mapping[str, Sequence[ReadinessScore]], without: str = ""
) -> Readiness:
    """The word where one score is enough, as if a rater had not been there."""
    cells = []
    for one in asked:
        given = sorted([s.score for s in scores.get(one.dimension, ()) if s.rater != without])
        cells.append(_cell(one.dimension, one.weight, one.bar, tuple(given), 0, enough=True, raters=1))
    return outcome(_tally(cells))


def _cells(
    asked: Sequence[LevelAsk],
    scores: Collection[ReadinessScore],
    evidence: Collection[DatedEvidence],
    needed: EvidenceNeeded,
) -> tuple[LevelCell, ...]:
    by_dimension: defaultdict[str, list[int]] = defaultdict(list)
    for s in scores:
        by_dimension[s.dimension].append(s.score)
    dated: defaultdict[str, list[date]] = defaultdict(list)
    for e in evidence:
        dated[e.dimension].append(e.on)
    found = []
    for one in asked:
        days = dated[one.dimension]
        months = len({(on.year, on.month) for on in days})
        enough = len(days) >= needed.min_evidence_core and months >= needed.min_months_core
        given = tuple(sorted(by_dimension[one.dimension]))
        found.append(_cell(one.dimension, one.weight, one.bar, given, months, enough=enough, raters=needed.min_raters))
    return tuple(found)


@lru_cache(maxsize=4096)  # the same few scores come again and again: over members, and with each rater left out
def _cell(
    dimension: str, weight: Weight, bar: int | None, scores: tuple[int, ...], months: int, *, enough: bool, raters: int
) -> LevelCell:
    """A cell, of which a core one has `enough` evidence or has not; `raters` is how many it needs."""
    state: State | None = None
    if bar is not None and weight != "not_expected":
        state = State.THIN if scores and weight == "core" and not enough else dimension_state(scores, bar, raters)
    return LevelCell(dimension, weight, bar, scores, months, state)


_KINDS: Mapping[Weight, Mapping[State, tuple[Obstacle, ...]]] = {
    "core": {
        State.THIN: (Obstacle.CORE_THIN, Obstacle.CORE_SHORT),
        State.EMPTY: (Obstacle.CORE_THIN, Obstacle.CORE_SHORT),
        State.NOT_MET: (Obstacle.CORE_NOT_MET, Obstacle.CORE_SHORT),
        State.SPLIT: (Obstacle.CORE_SPLIT, Obstacle.CORE_SHORT),
    },
    "important": {State.NOT_MET: (Obstacle.IMPORTANT_NOT_MET,)},
}


def _tally(cells: Iterable[LevelCell]) -> Tally:
    counts: dict[Obstacle, int] = {}
    deciding = thin = 0
    for cell in cells:
        for kind in cell.obstacles:
            counts[kind] = counts.get(kind, 0) + 1
        if cell.state is not None and cell.weight in _KINDS:
            deciding += 1
            thin += cell.thin
    if thin == deciding:
        counts[Obstacle.ALL_THIN] = deciding
    counts.pop(Obstacle.CORE_SHORT, None)  # it is the sum of three others
    return Tally(**{kind.value: n for kind, n in counts.items()})


def _better(tally: Tally, word: Readiness) -> Readiness | None:
    """The next word up; for who can't be judged, what could be said if their thin cells had evidence and were met."""
    if word is Readiness.CANNOT_SAY:
        return outcome(replace(tally, core_thin=0, all_thin=0))
    return {Readiness.READY: None, Readiness.CLOSE: Readiness.READY}.get(word, Readiness.CLOSE)


def _needs(
    cells: Sequence[LevelCell], tally: Tally, better: Readiness | None, word: Readiness
) -> tuple[ReadinessNeed, ...]:
    if better is None:
        return ()
    limits = _MOST[Readiness.CANNOT_SAY if word is Readiness.CANNOT_SAY else better]
    over = {kind: getattr(tally, kind) - most for kind, most in limits.items() if getattr(tally, kind) > most}
    if over.get(Obstacle.CORE_SHORT, 0) <= over.get(Obstacle.CORE_NOT_MET, 0):
        over.pop(Obstacle.CORE_SHORT, None)  # the cells that have to be met for the other reason are enough
    if Obstacle.CORE_THIN in over:
        over.pop(Obstacle.ALL_THIN, None)
    return tuple(
        ReadinessNeed(kind, tuple(c.dimension for c in cells if kind in c.obstacles), fewer)
        for kind, fewer in over.items()
    )


_RANK = {Readiness.READY: 2, Readiness.CLOSE: 1, Readiness.NOT_YET: 0}


def _worse(cells: Sequence[LevelCell], tally: Tally, word: Readiness) -> tuple[tuple[Obstacle, Readiness], ...]:
    """Which one further cell of a kind would bring a lesser word, where a cell is left that could become one."""
    if word is Readiness.CANNOT_SAY:
        return ()
    free = {
        kind: any(c.weight == weight and c.state is State.MET for c in cells)
        for kind, weight in (
            (Obstacle.CORE_SPLIT, "core"),
            (Obstacle.CORE_NOT_MET, "core"),
            (Obstacle.IMPORTANT_NOT_MET, "important"),
        )
    }
    found = []
    for kind, possible in free.items():
        then = outcome(tally.with_more(kind))
        if possible and _RANK[then] < _RANK[word]:
            found.append((kind, then))
    return tuple(found)


@dataclass(frozen=True)
class Movement:
    """How a session changed things: cells that went up and down over all members, by score, and both words' counts."""

    up: int
    down: int

    @property
    def net(self) -> int:
        """Ups less downs: whether the talk pushes one way."""
        return self.up - self.down


def movement(pairs: Iterable[tuple[int | None, int | None]]) -> Movement:
    """Ups and downs over pairs of a first and a second score; a pair without both says nothing."""
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return Movement(sum(b > a for a, b in known), sum(b < a for a, b in known))
