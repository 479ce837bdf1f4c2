"""A goal on paper: what will be so beside its measure, how far it is, its support, and the boxes to tick."""

from __future__ import annotations

from typing import Any

from app.packets.paper.colour import colour, score_colours
from app.packets.paper.flow import Columns, Drawn, FlowColumn, Space
from app.packets.paper.strip import draw_cell, paper_cell_left
from app.packets.paper.type import CAP_HEIGHT, TABLE, TextSpan, Type, clean, measure, plain, rich, write
from app.queries.growth_packet import GrowthFacts
from app.queries.growth_parts import Check, GoalView
from app.words import day, tr

_NUMBER = 18.0  # points
_RIGHT = 158.0  # points: where measure and actions begin
_NAME = 44.0  # points: Measure, So far, Support
_CELL = (10.0, 12.0)
_STEP = (14.0, 5.4)
_BOX = 7.0
_TITLE = Type(11, 14, 600)
_MOST_DRAWN = 12


def goal_block(facts: GrowthFacts, goal: GoalView, number: int, width: float) -> Columns:
    """One goal; it moves to the next page as a whole."""
    left = _RIGHT - _NUMBER - 12
    names = {id_: name for id_, name, _ in facts.dimensions}
    bar = next((g.bar for g in facts.gaps if g.dimension == goal.dimension), None) or 3
    first = [Space(7), _from_to(names[goal.dimension], goal, bar, left), Space(2), plain(goal.title, _TITLE), Space(2)]
    first += [rich(_who(facts, goal), TABLE), Space(6)]
    second: list[Any] = [Space(7)]
    known = dict(facts.kpis)
    for name, text in (
        (tr("Measure"), goal.measure),
        (tr("So far"), _so_far(goal)),
        (tr("Support"), goal.support),
        (tr("Team"), known.get(goal.kpi, goal.kpi)),
    ):
        if text:
            steps = goal if name == tr("So far") and goal.steps <= _MOST_DRAWN else None
            second += [_row(name, text, width - _RIGHT, steps), Space(1)]
    second.append(Space(3))
    for check in goal.checks:
        second += [_check(check, width - _RIGHT), Space(1.5)]
    second.append(Space(6))
    return Columns(
        [
            FlowColumn(0, _NUMBER, (Space(6), plain(str(number), Type(11, 14, 600, "accent")))),
            FlowColumn(_NUMBER, left, tuple(first)),
            FlowColumn(_RIGHT, width - _RIGHT, tuple(second)),
        ],
        whole=400,
    )


def _who(facts: GrowthFacts, goal: GoalView) -> list[TextSpan]:
    """By when and whose: one's own goal has one's own name."""
    found = [TextSpan(day(goal.due_on), 600)] if goal.due_on is not None else []
    who = clean(goal.owner_name or facts.name)
    if goal.with_name:
        other = clean(goal.with_name)
        who = (
            tr("with {other}").format(other=other)
            if who == clean(facts.name)
            else tr("{name}, with {other}").format(name=who, other=other)
        )
    if who:
        found.append(TextSpan(f", {who}" if found else who))
    return found or [TextSpan(tr("no date yet"), None, "ink_soft")]


def _so_far(goal: GoalView) -> str:
    if not goal.steps:
        return ""
    words = tr("{done} of {all} {unit}").format(
        done=goal.steps_done, all=goal.steps, unit=goal.steps_unit or tr("steps")
    )
    return f"{words}, {day(goal.steps_on).rsplit(' ', 1)[0]}" if goal.steps_on is not None else words


def _from_to(name: str, goal: GoalView, bar: int, width: float) -> Drawn:
    """The dimension, its score now, and the one to reach in a dashed cell."""

    def paint(canvas: Any) -> None:
        write(canvas, 0, 3.4, name, TABLE.soft())
        x = measure(name, TABLE) + 6
        if goal.from_score is not None:
            draw_cell(canvas, x, 0.5, _CELL, bar, goal.from_score)
            x += _CELL[0] + 4
        if goal.to_score is None:
            return
        if goal.from_score is not None:
            write(canvas, x, 3.4, tr("to"), TABLE.soft())
            x += measure(tr("to"), TABLE) + 4
        canvas.saveState()
        canvas.setStrokeColor(score_colours(paper_cell_left(goal.to_score, bar))[0])
        canvas.setLineWidth(0.8)
        canvas.setDash(1.6, 1.2)
        canvas.roundRect(x + 0.4, 0.9, _CELL[0] - 0.8, _CELL[1] - 0.8, 1.4, stroke=1, fill=0)
        canvas.restoreState()
        points = _CELL[1] * 0.6
        at = 0.5 + (_CELL[1] - CAP_HEIGHT * points) / 2
        write(canvas, x + _CELL[0] / 2, at, str(goal.to_score), Type(points, 0, 500, "ink_soft").centred())

    return Drawn(width, 13, paint)


def _row(name: str, text: str, width: float, steps: GoalView | None) -> Columns:
    shift = _NAME
    columns = [FlowColumn(0, _NAME - 4, (plain(name, TABLE.soft()),))]
    if steps is not None:
        wide = steps.steps * (_STEP[0] + 1.6)
        columns.append(FlowColumn(_NAME, wide, (_steps(steps, wide),)))
        shift += wide + 5
    columns.append(FlowColumn(shift, width - shift, (plain(text, TABLE),)))
    return Columns(columns)


def _steps(goal: GoalView, width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        for number in range(goal.steps):
            x = number * (_STEP[0] + 1.6)
            canvas.setFillColor(colour("accent"))
            canvas.setStrokeColor(colour("ink_faint"))
            canvas.setLineWidth(0.6)
            done = number < goal.steps_done
            edge = 0.0 if done else 0.3
            canvas.roundRect(
                x + edge,
                3.4 + edge,
                _STEP[0] - 2 * edge,
                _STEP[1] - 2 * edge,
                1.4,
                stroke=0 if done else 1,
                fill=1 if done else 0,
            )

    return Drawn(width, 12, paint)


def _check(check: Check, width: float) -> Columns:
    spans = [
        TextSpan(tr("When "), None, "ink_soft"),
        TextSpan(check.when),
        TextSpan(tr(", I will "), None, "ink_soft"),
        TextSpan(f"{check.will}."),
    ]
    return Columns([FlowColumn(0, 12, (_box(done=check.done),)), FlowColumn(14, width - 14, (rich(spans, TABLE),))])


def _box(*, done: bool) -> Drawn:
    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(colour("accent" if done else "ink_faint"))
        canvas.setFillColor(colour("accent"))
        canvas.setLineWidth(0.7)
        canvas.roundRect(0.35, 2.4, _BOX, _BOX, 1.2, stroke=1, fill=1 if done else 0)
        if done:
            canvas.setStrokeColor(colour("panel"))
            canvas.setLineWidth(1)
            canvas.lines([(2, 5.8, 3.4, 4.3), (3.4, 4.3, 6, 7.6)])

    return Drawn(12, 12, paint)
