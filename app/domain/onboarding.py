"""The first months in a role: goals by horizon, check-ins, and how a kind of company bends them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.domain.spelling import canonical
from app.domain.value import Fault, Id, Label, Text, Value, refuse, repeats

Days = Annotated[int, Field(strict=True, ge=1, le=1100)]
Amount = Annotated[int, Field(strict=True, ge=-1000, le=1000)]


class CheckIn(Value):
    """A talk so many days after the start; `short` is for a timeline."""

    day: Days
    who: Literal["manager", "buddy"]
    about: Text
    short: Label | None = None


class Target(Value):
    """A figure a goal aims at, in `unit`, with the measure of the rubric it belongs to.

    A percent change counts from a baseline; until that is known, no progress can be shown.
    """

    metric: Id
    unit: Literal["count", "days", "percent", "percent_change"]
    at_least: Amount | None = None
    at_most: Amount | None = None
    above: Amount | None = None
    baseline: Text | None = None
    kpi: Id | None = None

    @model_validator(mode="after")
    def _has_a_figure(self) -> Self:
        if self.at_least is None and self.at_most is None and self.above is None:
            raise PydanticCustomError("figure", "this needs at_least, at_most or above")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise PydanticCustomError("figure", "this asks for more at least than at most")
        if (self.unit == "percent_change") != (self.baseline is not None):
            raise PydanticCustomError("baseline", "this needs a baseline for a percent_change, and none otherwise")
        return self


class HorizonGoal(Value):
    """Something to reach; `done_when` can be checked by a third person; `only_if` says when it applies.

    One that was added for a person may speak of no dimension; a pack's speak of one at least.
    """

    id: Id
    text: Text
    dimensions: tuple[Id, ...]
    done_when: Text
    targets: tuple[Target, ...] = ()
    only_if: Text | None = None


class Horizon(Value):
    """Goals due together, so many days after the start; None is a direction without a date."""

    id: Id
    label: Text
    when: Text
    due_days: Days | None = None
    goals: Annotated[tuple[HorizonGoal, ...], Field(min_length=1)]


class VariantChange(Value):
    """What a variant changes; `goal` names the goal it touches, when it is one."""

    goal: Id | None = None
    text: Text


class Variant(Value):
    """How the plan bends in one kind of company."""

    id: Id
    name: Text
    size: Text | None = None
    changes: Annotated[tuple[VariantChange, ...], Field(min_length=1)]


class Onboarding(Value):
    """The plan from before the first day on."""

    level: Id
    principles: tuple[Text, ...]
    before_start: tuple[Text, ...]
    checkins: tuple[CheckIn, ...]
    horizons: Annotated[tuple[Horizon, ...], Field(min_length=1)]
    variants: tuple[Variant, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        refuse(_faults(self))
        return self

    def as_text(self) -> str:
        """One line of JSON with sorted keys."""
        content = self.model_dump(mode="json")
        return canonical(content)

    @property
    def goals(self) -> tuple[HorizonGoal, ...]:
        """All goals, horizon by horizon."""
        return tuple(g for h in self.horizons for g in h.goals)


def _faults(plan: Onboarding) -> list[Fault]:
    found = repeats(("horizons",), "id", [h.id for h in plan.horizons])
    found += repeats(("variants",), "id", [v.id for v in plan.variants])
    seen: set[str] = set()
    for place, horizon in enumerate(plan.horizons):
        for number, goal in enumerate(horizon.goals):
            if goal.id in seen:
                way = ("horizons", place, "goals", number, "id")
                found.append(Fault(way, f"“{goal.id}” stands here twice"))
            seen.add(goal.id)
    for place, variant in enumerate(plan.variants):
        for number, change in enumerate(variant.changes):
            if change.goal is not None and change.goal not in seen:
                way = ("variants", place, "changes", number, "goal")
                found.append(Fault(way, f"“{change.goal}” is no goal of this plan"))
    days = [h.due_days for h in plan.horizons if h.due_days is not None]
    if days != sorted(set(days)):
        found.append(Fault(("horizons",), "these must stand in the order of their days"))
    return found


@dataclass(frozen=True)
class CheckInDue:
    """A horizon with its day: `moved` says that the day counted fell on a weekend and stands on the Monday after."""

    horizon: Horizon
    on: date
    moved: bool
    goals: tuple[HorizonGoal, ...]


@dataclass(frozen=True)
class OnboardingTalk:
    """A check-in with its day."""

    checkin: CheckIn
    on: date


def working_day(start: date, days: int) -> date:
    """So many days after the start; Saturdays and Sundays move to Monday."""
    day = start + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def dated(plan: Onboarding, start: date, chosen: Collection[str] = ()) -> tuple[CheckInDue, ...]:
    """The horizons that have a day, counted from the start. A conditional goal is left out until it is chosen."""
    return tuple(
        CheckInDue(
            horizon,
            working_day(start, horizon.due_days),
            working_day(start, horizon.due_days) != start + timedelta(days=horizon.due_days),
            tuple(g for g in horizon.goals if g.only_if is None or g.id in chosen),
        )
        for horizon in plan.horizons
        if horizon.due_days is not None
    )


def talks(plan: Onboarding, start: date) -> tuple[OnboardingTalk, ...]:
    """The check-ins with their days, counted from the start."""
    return tuple(OnboardingTalk(c, working_day(start, c.day)) for c in plan.checkins)


def needs_baseline(goal: HorizonGoal) -> bool:
    """Whether a goal aims at a change from where things were, so that nothing can be said before that is known."""
    return any(t.baseline is not None for t in goal.targets)


def is_closed(goal: HorizonGoal, baseline: str) -> bool:
    """Whether no progress may be shown or noted yet: its baseline is not written down (the plan's third principle)."""
    return needs_baseline(goal) and not baseline.strip()


def variant_changes(plan: Onboarding, variant: str) -> Mapping[str | None, tuple[str, ...]]:
    """How a kind of company bends the plan: by goal, and under None what holds for all of it. Nothing for no variant
    of this name."""
    found: dict[str | None, tuple[str, ...]] = {}
    for known in plan.variants:
        for change in known.changes if known.id == variant else ():
            found[change.goal] = (*found.get(change.goal, ()), change.text)
    return found


def outlook(plan: Onboarding) -> tuple[Horizon, ...]:
    """The horizons without a day: a direction, no commitment."""
    return tuple(h for h in plan.horizons if h.due_days is None)
