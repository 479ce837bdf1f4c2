"""What an interview plan sees of a candidate, and what its rule would do to one whose worth is known.

The simulator uses the panel's own functions: what it says of the rule is what the rule does.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from app.domain import panel
from app.domain.panel import PanelCell, Rule, Zone
from app.domain.plan import InterviewPlan, PlannedSeat
from app.domain.rubric import Rubric

PEOPLE_NEEDED = 2
ROUNDS_NEEDED = 2

RATER_SD = 0.7
"""How far two people's scores of one cell lie apart, in points: the pooled SD before there is data."""
DIMENSION_SD = 0.5
"""How far a candidate's dimensions lie around their own level, in points: people are not equally good at everything."""
USUAL_GAPS = Fraction(1, 20)
"""The share of planned scores that are missing where a workspace has none yet to tell."""
OFFSETS = (Fraction(1, 2), Fraction(0), Fraction(-1, 2))
_ROUNDING = 1 / 12  # the variance that giving whole points adds by itself


class CoverageGap(StrEnum):
    """Why a dimension is thin."""

    NOBODY = "nobody"
    ONE_PERSON = "one_person"
    ONE_ROUND = "one_round"


@dataclass(frozen=True)
class DimensionSeen:
    """One dimension: how many people score it, and in how many rounds."""

    dimension: str
    people: int
    rounds: int
    must_have: bool

    @property
    def gap(self) -> CoverageGap | None:
        """What is thin about it; None where two people in two rounds see it."""
        if self.people == 0:
            return CoverageGap.NOBODY
        if self.people < PEOPLE_NEEDED:
            return CoverageGap.ONE_PERSON
        return CoverageGap.ONE_ROUND if self.rounds < ROUNDS_NEEDED else None


@dataclass(frozen=True)
class Load:
    """One person, or a seat nobody holds yet: the places (round, seat) they hold and how many dimensions they score."""

    colleague: int | None
    places: tuple[tuple[int, int], ...]
    dimensions: int
    most: int

    @property
    def over(self) -> bool:
        """Whether that is more than one person can listen for."""
        return self.dimensions > self.most


@dataclass(frozen=True)
class Coverage:
    """A plan against its rubric. `areas` and `signals` are the ids nobody reaches."""

    dimensions: tuple[DimensionSeen, ...]
    loads: tuple[Load, ...]
    minutes: int
    budget: int
    areas: tuple[str, ...]
    signals: tuple[str, ...]

    @property
    def thin(self) -> tuple[DimensionSeen, ...]:
        """Dimensions that are seen by too few."""
        return tuple(s for s in self.dimensions if s.gap is not None)

    @property
    def over_budget(self) -> int:
        """Minutes past what a candidate may be asked for; 0 where none."""
        return max(0, self.minutes - self.budget)


def coverage(plan: InterviewPlan, rubric: Rubric) -> Coverage:
    """What the plan sees. Shadows count nowhere; a seat nobody holds yet is somebody of its own."""
    seats = _counting(plan)
    people: dict[str, set[object]] = {d: set() for d in rubric.dimension_ids}
    rounds: dict[str, set[int]] = {d: set() for d in rubric.dimension_ids}
    for place, seat in seats:
        for dimension in set(seat.dimensions) & people.keys():
            people[dimension].add(seat.colleague if seat.colleague is not None else place)
            rounds[dimension].add(place[0])
    reached = {d for d, who in people.items() if who}
    return Coverage(
        dimensions=tuple(
            DimensionSeen(d, len(people[d]), len(rounds[d]), d in plan.must_have) for d in rubric.dimension_ids
        ),
        loads=_loads(seats, rubric.limits.max_dimensions_per_interviewer),
        minutes=plan.minutes,
        budget=plan.budget,
        areas=tuple(a.id for a in rubric.areas if not reached & set(a.dimensions)),
        signals=tuple(s.id for s in rubric.signals if not reached & set(s.dimensions)),
    )


def _counting(plan: InterviewPlan) -> list[tuple[tuple[int, int], PlannedSeat]]:
    return [
        ((number, place), seat)
        for number, planned in enumerate(plan.rounds)
        for place, seat in enumerate(planned.seats)
        if not seat.shadow
    ]


def _loads(seats: Sequence[tuple[tuple[int, int], PlannedSeat]], most: int) -> tuple[Load, ...]:
    held: dict[object, list[tuple[tuple[int, int], PlannedSeat]]] = {}
    for place, seat in seats:
        held.setdefault(seat.colleague if seat.colleague is not None else place, []).append((place, seat))
    return tuple(
        Load(
            own[0][1].colleague, tuple(place for place, _ in own), len({d for _, s in own for d in s.dimensions}), most
        )
        for own in held.values()
    )


class Chance(Protocol):
    """Where random numbers come from; the domain draws none of its own."""

    def gauss(self, mu: float, sigma: float) -> float:
        """A normal number."""

    def random(self) -> float:
        """A number from 0 to 1, 1 left out."""


@dataclass(frozen=True)
class SimulatedOutcome:
    """What the rule said of `n` candidates whose level lies `offset` points from the bar."""

    offset: Fraction
    n: int
    counts: dict[Zone, int]

    def rate(self, zone: Zone) -> Fraction:
        """The share that got this word."""
        return Fraction(self.counts[zone], self.n)


def simulate(
    plan: InterviewPlan,
    rubric: Rubric,
    n: int,
    chance: Callable[[int], Chance],
    gaps: Fraction = USUAL_GAPS,
    offsets: Sequence[Fraction] = OFFSETS,
) -> tuple[SimulatedOutcome, ...]:
    """Send `n` candidates of each level through the plan and judge them by its rule.

    A candidate's worth on a dimension is their level plus a normal number of SD `DIMENSION_SD`. Each seat scores it in
    whole points from 1 to 4 with noise of `RATER_SD`, rounding included; `gaps` of the scores are missing. `chance`
    gives the random numbers of the level of this number, so that two rules over the same seats meet the same people.
    """
    rule = plan.rule(rubric)
    raters = Counter(d for _, seat in _counting(plan) for d in seat.dimensions)
    seen = [(d, raters[d]) for d in rule.dimensions]
    return tuple(
        SimulatedOutcome(offset, n, _judge(rule, seen, n, float(rule.bar + offset), chance(number), float(gaps)))
        for number, offset in enumerate(offsets)
    )


def _judge(
    rule: Rule, seen: Sequence[tuple[str, int]], n: int, level: float, chance: Chance, gaps: float
) -> dict[Zone, int]:
    noise = math.sqrt(RATER_SD**2 - _ROUNDING)
    counts = dict.fromkeys(Zone, 0)
    known: dict[tuple[str, tuple[int, ...]], PanelCell] = {}
    for _ in range(n):
        cells = []
        for dimension, raters in seen:
            worth = level + chance.gauss(0, DIMENSION_SD)
            scores = [_score(worth + chance.gauss(0, noise)) for _ in range(raters) if chance.random() >= gaps]
            key = (dimension, tuple(sorted(scores)))
            if key not in known:
                known[key] = panel.cell(dimension, key[1], rule)
            cells.append(known[key])
        counts[panel.zone(cells, rule)] += 1
    return counts


def _score(worth: float) -> int:
    return min(4, max(1, math.floor(worth + 0.5)))
