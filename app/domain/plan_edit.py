"""Changes a person makes to an interview plan, one at a time: a plan in, a plan out. Places count from 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat
from app.domain.rubric import Rubric


def begin_from(start: InterviewPlan, now: InterviewPlan) -> InterviewPlan:
    """The plan to start from, with the people who hold the same places of the same exercises now."""
    held = {
        (r.exercise, place): seat
        for r in reversed(now.rounds)
        for place, seat in enumerate(r.seats)
        if seat.colleague is not None
    }

    def seated(planned: PlannedRound) -> PlannedRound:
        seats = []
        for place, seat in enumerate(planned.seats):
            known = held.get((planned.exercise, place))
            same = known is not None and known.shadow == seat.shadow and seat.colleague is None
            seats.append(replace(seat, colleague=known.colleague) if known is not None and same else seat)
        return replace(planned, seats=tuple(seats))

    return replace(start, rounds=tuple(seated(r) for r in start.rounds))


def add_round(plan: InterviewPlan, rubric: Rubric, exercise: str) -> InterviewPlan:
    """One more round at the end, with the exercise's own dimensions, as many as one person may have."""
    known = rubric.exercise(exercise)
    usual = [r.minutes for p in rubric.plans for r in p.rounds if r.exercise == exercise]
    most = rubric.limits.max_dimensions_per_interviewer
    dimensions = tuple(d for d in rubric.dimension_ids if d in known.primary[:most])
    added = PlannedRound(exercise, usual[0] if usual else known.minutes[1], (PlannedSeat(None, dimensions),))
    return replace(plan, rounds=(*plan.rounds, added))


def remove_round(plan: InterviewPlan, number: int) -> InterviewPlan:
    """The plan without this round."""
    return replace(plan, rounds=plan.rounds[:number] + plan.rounds[number + 1 :])


def move_round(plan: InterviewPlan, number: int, by: int) -> InterviewPlan:
    """The round further up (-1) or down (1); at the end it stays."""
    rounds = list(plan.rounds)
    target = min(max(number + by, 0), len(rounds) - 1)
    rounds.insert(target, rounds.pop(number))
    return replace(plan, rounds=tuple(rounds))


def set_minutes(plan: InterviewPlan, number: int, minutes: int) -> InterviewPlan:
    """The round with other minutes."""
    return _changed(plan, number, lambda r: replace(r, minutes=minutes))


def add_seat(plan: InterviewPlan, number: int, *, shadow: bool) -> InterviewPlan:
    """One more place in the round, which scores what the first one does."""
    return _changed(
        plan, number, lambda r: replace(r, seats=(*r.seats, PlannedSeat(None, r.seats[0].dimensions, shadow)))
    )


def remove_seat(plan: InterviewPlan, number: int, place: int) -> InterviewPlan:
    """The round without this place."""
    return _changed(plan, number, lambda r: replace(r, seats=r.seats[:place] + r.seats[place + 1 :]))


def hold(plan: InterviewPlan, number: int, place: int, colleague: int | None) -> InterviewPlan:
    """This person usually holds the place; None for nobody yet."""
    return _seat(plan, number, place, lambda s: replace(s, colleague=colleague))


def toggle(plan: InterviewPlan, rubric: Rubric, number: int, place: int, dimension: str) -> InterviewPlan:
    """The place scores the dimension from now on, or no longer; always in the rubric's order."""

    def changed(seat: PlannedSeat) -> PlannedSeat:
        wanted = set(seat.dimensions) ^ {dimension}
        return replace(seat, dimensions=tuple(d for d in rubric.dimension_ids if d in wanted))

    return _seat(plan, number, place, changed)


def _changed(plan: InterviewPlan, number: int, change: Callable[[PlannedRound], PlannedRound]) -> InterviewPlan:
    rounds = list(plan.rounds)
    rounds[number] = change(rounds[number])
    return replace(plan, rounds=tuple(rounds))


def _seat(plan: InterviewPlan, number: int, place: int, change: Callable[[PlannedSeat], PlannedSeat]) -> InterviewPlan:
    def changed(planned: PlannedRound) -> PlannedRound:
        seats = list(planned.seats)
        seats[place] = change(seats[place])
        return replace(planned, seats=tuple(seats))

    return _changed(plan, number, changed)
