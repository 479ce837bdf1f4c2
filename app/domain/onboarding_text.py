"""Goals of a first year as a person types them: a goal, then under it what says that it is done."""

from __future__ import annotations

from difflib import SequenceMatcher

from app.domain.onboarding import Horizon, HorizonGoal, Onboarding
from app.domain.typed_text import groups

DONE_WHEN = "Done when: "
_REWORDED = 0.6  # share of letters that two wordings of one goal have in common


def goals_text(horizon: Horizon) -> str:
    """The goals of a horizon, with an empty line between them."""
    return "\n\n".join(f"{goal.text}\n{DONE_WHEN}{goal.done_when}" for goal in horizon.goals)


def horizon_with(horizon: Horizon, text: str, taken: frozenset[str] = frozenset()) -> Horizon | None:
    """The horizon with the goals as they were typed; None where none is left.

    A goal whose words are still there keeps its dimensions, targets and progress, and so does one in its place that
    says nearly the same. A further one speaks of no dimension; its id is none of `taken`.
    """
    typed = [(head, _done_when(inner)) for head, inner in groups(text)]
    same = {goal.text: goal for goal in horizon.goals}
    spare = [g for g in horizon.goals if g.text not in {head for head, _ in typed}]
    in_place = len(typed) == len(horizon.goals)
    used = set(taken) | {g.id for g in horizon.goals}
    goals: list[HorizonGoal] = []
    for place, (head, done_when) in enumerate(typed):
        known = same.pop(head, None)
        if known is None and in_place and horizon.goals[place] in spare and _alike(horizon.goals[place].text, head):
            known = horizon.goals[place]
        if known is not None:
            goals.append(HorizonGoal.model_validate(known.model_dump() | {"text": head, "done_when": done_when}))
            continue
        number = 1
        while f"{horizon.id}_own{number}" in used:
            number += 1
        used.add(f"{horizon.id}_own{number}")
        goals.append(HorizonGoal(id=f"{horizon.id}_own{number}", text=head, dimensions=(), done_when=done_when))
    return horizon.model_copy(update={"goals": tuple(goals)}) if goals else None


def plan_with(plan: Onboarding, typed: dict[str, str], proposed: Onboarding | None = None) -> Onboarding:
    """The plan with the goals of these horizons as they were typed; one that had been emptied comes back from what was
    `proposed`. Raises pydantic's ValidationError where nothing is left, or a text is too long."""
    horizons: list[Horizon] = []
    kept: set[str] = set()
    for horizon in _every_horizon(plan, proposed):
        changed = horizon_with(horizon, typed[horizon.id]) if horizon.id in typed else horizon
        if changed is not None and changed.goals:
            horizons.append(changed)
            kept |= {goal.id for goal in changed.goals}
    content = plan.model_dump() | {"horizons": [h.model_dump() for h in horizons]}
    content["variants"] = [
        {**variant, "changes": left}
        for variant in content["variants"]
        if (left := [c for c in variant["changes"] if c["goal"] is None or c["goal"] in kept])
    ]
    return Onboarding.model_validate(content)


def _every_horizon(plan: Onboarding, proposed: Onboarding | None) -> tuple[Horizon, ...]:
    """The plan's horizons, and in their places those it was proposed with and has no more, without goals."""
    if proposed is None:
        return plan.horizons
    own = {horizon.id: horizon for horizon in plan.horizons}
    return tuple(own.get(h.id, h.model_copy(update={"goals": ()})) for h in proposed.horizons)


def _alike(one: str, other: str) -> bool:
    """Whether two texts are one that was reworded, and not two."""
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _REWORDED


def _done_when(inner: tuple[str, ...]) -> str:
    """What stands under a goal, on one line; a goal that says nothing is done when somebody says so."""
    words = " ".join(inner).strip()
    return words.removeprefix(DONE_WHEN.strip()).strip() or "agreed with the manager"
