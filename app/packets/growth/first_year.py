"""The first year on paper: its goals by horizon with their days, what says they are done, and the check-ins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, CAPTION, HEAD, TABLE, TITLE, plain
from app.queries.onboarding import FirstYearFacts, OnboardingGoalView, OnboardingHorizon
from app.words import day, long_day, moment, tr

_GOAL, _DONE = 0.5, 0.36  # shares of the width; the rest says where it stands


def first_year_packet(facts: FirstYearFacts, progress: Progress | None = None) -> Packet:
    """The packet of a first year: the same facts give the same bytes. Raises what `progress` raises."""
    look = PaperLook(
        title=tr("First year: {name}").format(name=facts.year.name),
        subject=facts.title,
        kind=tr("First year"),
        name=facts.year.name,
        first_head=tr("as of {when}").format(when=moment(facts.as_of, facts.zone)),
        number=number_of("first year", facts),
        rubric_version=facts.rubric_version,
        paper=facts.paper,
        as_of=facts.as_of,
    )

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        year = facts.year
        begins = tr("From {day}.").format(day=long_day(year.started_on)) if year.started_on is not None else ""
        lead = " ".join(w for w in (facts.title + ".", begins) if w)
        found: list[Any] = [
            block(width, [plain(year.name, TITLE), Space(3), plain(lead, BODY.soft())], places=(_PLACE,)),
            Space(14),
        ]
        for change in year.changes:
            found += [plain(change, BODY), Space(4)]
        for horizon in year.horizons:
            found += kept_together(_horizon(horizon, width), width, height, 120, 14)
        return found + _check_ins(facts, width)

    return compose(look, [story], progress)


_PLACE = PagePlace("year", tr("First year"))


def _horizon(horizon: OnboardingHorizon, width: float) -> list[Any]:
    when = tr("by {day}").format(day=long_day(horizon.due_on)) if horizon.due_on is not None else horizon.when
    head = Columns(
        [
            FlowColumn(0, width * 0.6, (plain(horizon.label, HEAD),)),
            FlowColumn(width * 0.6, width * 0.4, (Space(3), plain(when, TABLE.medium().right()))),
        ]
    )
    found: list[Any] = [head, Space(4), ruled_line(width)]
    for goal in horizon.goals:
        found += [_goal(goal, width), ruled_line(width)]
    return found


def _goal(goal: OnboardingGoalView, width: float) -> Columns:
    stands = goal.reached or (goal.baseline and tr("from {baseline}").format(baseline=goal.baseline))
    if goal.done_on is not None:
        stands = tr("done {day}").format(day=day(goal.done_on))
    under = [plain(words, CAPTION) for words in (", ".join(goal.dimensions), *goal.changes) if words]
    first, second = width * _GOAL, width * _DONE
    return Columns(
        [
            FlowColumn(0, first - 10, (Space(3), plain(goal.text, TABLE), *under, Space(3))),
            FlowColumn(first, second - 10, (Space(3), plain(goal.done_when, TABLE.soft()), Space(3))),
            FlowColumn(first + second, width - first - second, (Space(3), plain(stands, TABLE.right()), Space(3))),
        ],
        whole=120,
    )


def _check_ins(facts: FirstYearFacts, width: float) -> list[Any]:
    if not facts.year.talks:
        return []
    found: list[Any] = [Space(6), block(width, [plain(tr("Check-ins"), HEAD), Space(4)]), ruled_line(width)]
    for talk in facts.year.talks:
        with_whom = tr("with the manager") if talk.who == "manager" else tr("with the buddy")
        held = tr("held {day}").format(day=day(talk.held_on)) if talk.held_on is not None else ""
        cells = [
            FlowColumn(0, 120, (Space(3), plain(day(talk.on), TABLE.medium()), Space(3))),
            FlowColumn(130, width - 230, (Space(3), plain(f"{with_whom}: {talk.about}", TABLE), Space(3))),
            FlowColumn(width - 90, 90, (Space(3), plain(held, TABLE.soft().right()), Space(3))),
        ]
        found += [Columns(cells, whole=80), ruled_line(width)]
    return found
