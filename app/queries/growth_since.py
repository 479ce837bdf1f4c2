"""What became of a growth plan since a check-in was held, and what is left of it for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.growth import SinceCheckIn
from app.queries.growth_parts import CheckInView, GoalView, GrowthEvidence


def since_check_in(
    held: CheckInView,
    check_ins: Sequence[CheckInView],
    goals: Sequence[GoalView],
    evidence: Sequence[GrowthEvidence],
) -> SinceCheckIn | None:
    """What changed between the check-in before this one and today, of what is shown to me.

    None where none of its plan was held before it, and for one after which another was held: what was so then is in its
    own words.
    """
    others = [c for c in check_ins if c.plan == held.plan and c.held_on is not None and c.id != held.id]
    last = max((c.held_on for c in others if c.held_on is not None), default=None)
    if held.plan is None or last is None or (held.held_on is not None and last > held.held_on):
        return None
    checks = [(goal, check) for goal in goals for check in goal.checks]
    return SinceCheckIn(
        last,
        tuple(g.title for g in goals if _after(g.made_on, last)),
        tuple(g.title for g in goals if g.state == "reached" and _after(g.settled_on, last)),
        tuple(g.title for g in goals if g.state == "dropped" and _after(g.settled_on, last)),
        tuple((check.when, check.will) for _, check in checks if check.done and _after(check.done_on, last)),
        sum(_after(item.on, last) for item in evidence),
        tuple((check.when, check.will) for goal, check in checks if goal.state == "open" and not check.done),
    )


def _after(on: date | None, last: date) -> bool:
    """What was done on the day of a check-in was talked about in it."""
    return on is not None and on > last
