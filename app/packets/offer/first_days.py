"""The first 90 days: a line of days with who is met, then the goals of each horizon with what says they are done."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.onboarding import CheckInDue, OnboardingTalk
from app.packets.offer.role import page_title
from app.packets.paper.colour import colour
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.type import CAPTION, HEAD, TABLE, fitted, measure, plain, write
from app.queries.offer import OfferFacts
from app.words import day, long_day, tr

_SHOWN = 90  # days
_SHARES = (0.5, 0.36, 0.14)
_DOT = 4.0  # points
_HIGH = 58.0  # points


def days_pages(facts: OfferFacts, width: float, place: PagePlace, later: int | None) -> list[Any]:
    """The days, and the goals by 30, 60 and 90; `later` is the page of the goals after that."""
    lead = tr("From {day}. If your first day moves, every date below moves with it.").format(
        day=long_day(facts.starts_on)
    )
    found = page_title(place, tr("Your first 90 days"), lead, width)
    found += [_line_of_days(facts, width), Space(20)]
    near = [d for d in facts.horizons if d.horizon.due_days is not None and d.horizon.due_days <= _SHOWN]
    for number, due in enumerate(near):
        found += kept_together(_horizon(facts, due, width, first=number == 0), width, 560, 120, 14 if number else 0)
    after = [d for d in facts.horizons if d not in near]
    if after and later is not None:
        words = [f"{d.horizon.when}: {long_day(d.on)}." for d in after]
        words.append(tr("On page {n}.").format(n=later))
        found += [Space(8), plain(" ".join(words), TABLE.soft())]
    return found


def _horizon(facts: OfferFacts, due: CheckInDue, width: float, *, first: bool) -> list[Any]:
    when = tr("by {day}, day {n}").format(day=long_day(due.on), n=due.horizon.due_days)
    if due.moved:
        when = tr("by {day}, as day {n} is on a weekend").format(day=long_day(due.on), n=due.horizon.due_days)
    taken = measure(when, TABLE.medium()) + 8
    head = Columns(
        [
            FlowColumn(0, width - taken, (plain(due.horizon.label, HEAD),)),
            FlowColumn(width - taken, taken, (Space(3), plain(when, TABLE.medium().right()))),
        ]
    )
    found: list[Any] = [head, Space(4), ruled_line(width)]
    if first:
        names = (tr("goal"), tr("done when"), tr("dimension"))
        found.append(_row([[plain(n, CAPTION if i < 2 else CAPTION.right())] for i, n in enumerate(names)], width))
    narrow = {id_: words for id_, words, _ in facts.dimensions}
    for goal in due.goals:
        dimensions = ", ".join(narrow[d] for d in goal.dimensions)
        cells = [[plain(goal.text, TABLE)], [plain(goal.done_when, TABLE.soft())], [plain(dimensions, CAPTION.right())]]
        found += [_row(cells, width), ruled_line(width)]
    if not due.goals:
        found.append(block(width, [Space(4), plain(tr("No goal is chosen for this time."), TABLE.soft())]))
    return found


def _row(cells: list[list[Any]], width: float) -> Columns:
    columns, x = [], 0.0
    for share, items in zip(_SHARES, cells, strict=True):
        columns.append(
            FlowColumn(x, share * width - (10 if x + share * width < width - 1 else 0), (Space(3), *items, Space(3)))
        )
        x += share * width
    return Columns(columns, whole=120)


def _line_of_days(facts: OfferFacts, width: float) -> Drawn:
    """The first day and every talk until day 90 on one line, at their distance in days."""
    talks = [t for t in facts.talks if t.checkin.day <= _SHOWN]
    last = max([t.on for t in talks], default=facts.starts_on)
    span = max(1, (last - facts.starts_on).days)

    def x_of(on: date) -> float:
        return _DOT + (width - 2 * _DOT) * (on - facts.starts_on).days / span

    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(colour("line_strong"))
        canvas.setLineWidth(0.8)
        y = 34.0
        canvas.line(_DOT, y, width - _DOT, y)
        _mark(canvas, x_of(facts.starts_on), y, full=True)
        write(canvas, 0, y + 12, _short(facts.starts_on), CAPTION.medium())
        places = [x_of(t.on) for t in talks]
        for number, talk in enumerate(talks):
            x = places[number]
            _mark(canvas, x, y, full=bool(talk.checkin.short))
            before = places[number - 1] if number else 0.0
            room = (places[number + 1] if number + 1 < len(places) else width) - x
            _words(canvas, facts, talk, x, y, width, min(room, 2 * (x - before) if number else room))

    return Drawn(width, _HIGH, paint)


def _words(canvas: Any, facts: OfferFacts, talk: OnboardingTalk, x: float, y: float, width: float, room: float) -> None:
    """The day over the line, who and what under it; at the right end the words keep to the right."""
    right = x > width - 60
    strong = CAPTION.medium() if talk.checkin.short else CAPTION
    left = max(0.0, x - 4)

    def put(dy: float, text: str, type_: Any) -> None:
        if right:
            write(canvas, width, y + dy, text, type_.right())
        else:
            write(canvas, left, y + dy, fitted(text, type_, max(28.0, room - 4)), type_)

    put(12, _short(talk.on), strong)
    put(-15, _who(facts, talk), CAPTION)
    if talk.checkin.short:
        put(-25, talk.checkin.short, CAPTION)


def _mark(canvas: Any, x: float, y: float, *, full: bool) -> None:
    canvas.setStrokeColor(colour("accent"))
    canvas.setFillColor(colour("accent") if full else colour("panel"))
    canvas.setLineWidth(1.2)
    canvas.circle(x, y, _DOT if full else _DOT - 1.4, stroke=1, fill=1)


def _who(facts: OfferFacts, talk: OnboardingTalk) -> str:
    name = facts.manager if talk.checkin.who == "manager" else facts.buddy
    if name:
        return name.split()[0] if talk.checkin.who == "manager" else tr("{name}, buddy").format(name=name.split()[0])
    return tr("your manager") if talk.checkin.who == "manager" else tr("your buddy")


def _short(on: date) -> str:
    return day(on).rsplit(" ", 1)[0]
