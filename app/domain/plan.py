"""An interview plan as a value: rounds with their seats, the rule agreed with it, and what keeps it from holding."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from app.domain.exercise import PackPlan
from app.domain.panel import Rule
from app.domain.rubric import Rubric
from app.domain.spelling import canonical


@dataclass(frozen=True)
class PlannedSeat:
    """A place in a round: who usually holds it, what they score, whether they only shadow."""

    colleague: int | None
    dimensions: tuple[str, ...]
    shadow: bool = False


@dataclass(frozen=True)
class PlannedRound:
    """One round: an exercise of the rubric, the minutes to book, and who sits in it."""

    exercise: str
    minutes: int
    seats: tuple[PlannedSeat, ...]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What the round scores: of everybody who counts, each dimension once, in the order of the seats."""
        return tuple(dict.fromkeys(d for s in self.seats if not s.shadow for d in s.dimensions))


@dataclass(frozen=True)
class InterviewPlan:
    """Rounds in their order and the rule. `budget` is the minutes a candidate may be asked for."""

    rounds: tuple[PlannedRound, ...]
    must_have: tuple[str, ...]
    hire_from: Fraction
    mixed_from: Fraction
    without_score_allowed: int
    budget: int

    @property
    def minutes(self) -> int:
        """What the candidate is asked for, all rounds together."""
        return sum(r.minutes for r in self.rounds)

    def rule(self, rubric: Rubric) -> Rule:
        """The panel's rule as this plan has it; bar, raters and widths are the rubric's."""
        return replace(
            rubric.rule(self.must_have),
            hire_from=self.hire_from,
            mixed_from=self.mixed_from,
            without_score_allowed=self.without_score_allowed,
        )

    def as_text(self) -> str:
        """The plan without its people, as one line of JSON: what a template keeps."""
        rounds = [
            {
                "exercise": r.exercise,
                "minutes": r.minutes,
                "seats": [{"dimensions": s.dimensions, "shadow": s.shadow} for s in r.seats],
            }
            for r in self.rounds
        ]
        rule = {k: v for k, v in asdict(self).items() if k != "rounds"}
        rule |= {"hire_from": str(self.hire_from), "mixed_from": str(self.mixed_from)}
        return canonical({"rounds": rounds, **rule})


def plan_from_text(text: str) -> InterviewPlan:
    """What `as_text` wrote. Raises ValueError or KeyError on anything else."""
    kept: dict[str, Any] = json.loads(text)
    rounds = tuple(
        PlannedRound(
            r["exercise"],
            int(r["minutes"]),
            tuple(PlannedSeat(None, tuple(s["dimensions"]), bool(s["shadow"])) for s in r["seats"]),
        )
        for r in kept["rounds"]
    )
    return InterviewPlan(
        rounds,
        tuple(kept["must_have"]),
        Fraction(kept["hire_from"]),
        Fraction(kept["mixed_from"]),
        int(kept["without_score_allowed"]),
        int(kept["budget"]),
    )


def plan_of_pack(rubric: Rubric, plan: PackPlan, must_have: Collection[str] | None = None) -> InterviewPlan:
    """A plan of the pack as an opening begins with it: one seat a round, nobody in it, the minutes as the budget."""
    limits = rubric.limits
    return InterviewPlan(
        rounds=tuple(
            PlannedRound(r.exercise, r.minutes, (PlannedSeat(None, tuple(r.dimensions)),)) for r in plan.rounds
        ),
        must_have=tuple(rubric.must_have if must_have is None else must_have),
        hire_from=limits.hire_from,
        mixed_from=limits.mixed_from,
        without_score_allowed=limits.dimensions_without_score_allowed,
        budget=plan.minutes,
    )


class PlanLack(StrEnum):
    """What keeps a plan from being saved."""

    NO_ROUNDS = "no_rounds"
    UNKNOWN = "unknown"
    NO_SEAT = "no_seat"
    NO_DIMENSIONS = "no_dimensions"
    MINUTES = "minutes"
    TWICE = "twice"
    LIMITS = "limits"


def plan_lacks(plan: InterviewPlan, rubric: Rubric) -> tuple[tuple[PlanLack, int | None], ...]:
    """Everything that keeps the plan from being saved, each with the number of its round (None for the whole)."""
    found: list[tuple[PlanLack, int | None]] = []
    known = set(rubric.dimension_ids)
    exercises = {e.id for e in rubric.exercises}
    if not plan.rounds:
        found.append((PlanLack.NO_ROUNDS, None))
    if not set(plan.must_have) <= known:
        found.append((PlanLack.UNKNOWN, None))
    if not 1 <= plan.mixed_from <= plan.hire_from <= 4 or plan.without_score_allowed < 0 or plan.budget < 0:
        found.append((PlanLack.LIMITS, None))
    for number, planned in enumerate(plan.rounds):
        held = [s.colleague for s in planned.seats if s.colleague is not None]
        strange = any(set(s.dimensions) - known for s in planned.seats)
        checks = (
            (PlanLack.UNKNOWN, strange or planned.exercise not in exercises),
            (PlanLack.NO_SEAT, all(s.shadow for s in planned.seats)),
            (PlanLack.NO_DIMENSIONS, any(not s.dimensions for s in planned.seats)),
            (PlanLack.MINUTES, not 5 <= planned.minutes <= 480),
            (PlanLack.TWICE, len(held) != len(set(held))),
        )
        found += [(lack, number) for lack, holds in checks if holds]
    return tuple(found)
