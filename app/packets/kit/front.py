"""The first page of a kit: who is met when, what to look at, and the questions with room to write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.domain.scorecard_form import NOTES, FieldKind
from app.packets.paper.colour import colour
from app.packets.paper.fields import Placing
from app.packets.paper.flow import Columns, Drawn, FlowColumn, Space, block, height_of, ruled_line
from app.packets.paper.type import BODY, CAPTION, LABEL, TABLE, TITLE, TextSpan, clean, plain, rich, shrunk, write
from app.queries.kit import KitFacts, KitQuestion
from app.words import clock, long_day, tr

_CELL = (28.0, 22.0)
_PITCH = 48.7  # points, where ten cells share the width
_NUMBER = 18.0  # points left of a question, for its number
_LINE = 20.0  # points between lines for a pen
_MOST_LINES, _LEAST_LINES = 4, 1
_NOTES, _MOST_NOTES = 58.0, 160.0
_GUTTER = 30.0


def front(facts: KitFacts, placing: Placing, width: float, height: float) -> list[Any]:
    """The page, filled to its foot: lines for a pen take what the words leave."""
    head = [*_head(facts, width), Space(14), _strip(facts, width), Space(16), _columns(facts, width), Space(16)]
    head += [_questions_head(width), ruled_line(width, before=4, after=8)]
    bare = [piece for question in _numbered(facts, width, 0) for piece in question]
    spare = height - height_of([*head, *bare], width) - _NOTES - 22
    count = max(1, len(facts.questions))
    lines = max(_LEAST_LINES, min(_MOST_LINES, int((spare / count - 6) // _LINE)))
    for question in _numbered(facts, width, lines):
        head += [*question, Space(6)]
    left = height - height_of(head, width) - 6
    return [*head, Space(4), _notes(placing, width, max(_NOTES, min(_MOST_NOTES, left)))]


def _head(facts: KitFacts, width: float) -> list[Any]:
    against = (
        tr("{role}. Score against {level}, {title}.") if facts.level_title else tr("{role}. Score against {level}.")
    )
    what = tr("{exercise}, round {n} of {all}, by {who}.").format(
        exercise=clean(facts.exercise), n=facts.position, all=facts.rounds, who=clean(facts.interviewer)
    )
    items = [
        plain(facts.candidate, TITLE),
        Space(4),
        plain(against.format(role=clean(facts.role), level=facts.level, title=clean(facts.level_title)), BODY.soft()),
        Space(2),
        plain(f"{what} {_when(facts)}.", TABLE),
    ]
    if facts.shadow:
        items += [
            Space(2),
            plain(tr("You shadow this round: your card is practice and counts nowhere."), TABLE.medium()),
        ]
    return [block(width, items)]


def kit_time_words(facts: KitFacts) -> str:
    """Day and hours of the interview, or that they are open."""
    if facts.starts_at is None:
        return tr("No time yet, {n} minutes").format(n=facts.minutes)
    ends = facts.starts_at + timedelta(minutes=facts.minutes)
    return tr("{day}, {start} to {end}").format(
        day=long_day(facts.starts_at.astimezone(facts.zone).date()),
        start=clock(facts.starts_at, facts.zone),
        end=clock(ends, facts.zone),
    )


def _when(facts: KitFacts) -> str:
    return ", ".join(clean(part) for part in (kit_time_words(facts), facts.place) if part)


def _strip(facts: KitFacts, width: float) -> Drawn:
    """The strip with nothing in it: what this interview looks at is underlined."""
    height = _CELL[1] + 20
    pitch = min(_PITCH, width / max(1, len(facts.strip)))

    def paint(canvas: Any) -> None:
        for number, cell in enumerate(facts.strip):
            x = number * pitch
            words, type_ = shrunk(cell.name, TABLE.strong() if cell.planned else TABLE.soft(), pitch - 4, 6)
            write(canvas, x, height - 8, words, type_)
            canvas.setStrokeColor(colour("ink" if cell.planned else "line_strong"))
            canvas.setLineWidth(1 if cell.planned else 0.6)
            canvas.roundRect(x + 0.5, 5.5, _CELL[0] - 1, _CELL[1] - 1, 3.5, stroke=1, fill=0)
            if cell.planned:
                canvas.setFillColor(colour("accent"))
                canvas.rect(x, 0, _CELL[0], 1.8, stroke=0, fill=1)

    return Drawn(width, height, paint)


def _columns(facts: KitFacts, width: float) -> Columns:
    half = (width - _GUTTER) / 2
    looks = tr("Look at {what}.").format(what="; ".join(clean(w).rstrip(".") for w in facts.looks_at))
    alone = tr(
        "Fill in the form before you talk to anyone about this candidate. Write what you saw or heard. "
        "The candidate may ask to read it."
    )
    return Columns(
        [
            FlowColumn(0, half, (plain(tr("Brief"), LABEL), plain(f"{facts.brief} {looks}", BODY))),
            FlowColumn(half + _GUTTER, half, (plain(tr("Alone first"), LABEL), plain(alone, BODY))),
        ],
        whole=300,
    )


def _questions_head(width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        write(canvas, 0, 2, tr("Questions, same order for everyone"), LABEL)
        write(canvas, width, 2, tr("start by"), LABEL.right())

    return Drawn(width, 12, paint)


def _numbered(facts: KitFacts, width: float, lines: int) -> list[list[Any]]:
    return [_question(facts, q, n, width, lines) for n, q in enumerate(facts.questions, 1)]


def _question(facts: KitFacts, question: KitQuestion, number: int, width: float, lines: int) -> list[Any]:
    inner = width - _NUMBER
    probes = " ".join(question.probes)
    items: list[Any] = [_question_head(facts, question, inner), plain(question.text, BODY.medium())]
    if probes:
        items += [Space(1), plain(probes, TABLE.soft())]
    items.append(_ruled(inner, lines))
    figure = rich((TextSpan(str(number), 600, "accent"),), BODY)
    return [Columns([FlowColumn(0, _NUMBER - 4, (figure,)), FlowColumn(_NUMBER, inner, tuple(items))], whole=300)]


def _question_head(facts: KitFacts, question: KitQuestion, width: float) -> Drawn:
    when = tr("{n} min in").format(n=question.start)
    if facts.starts_at is not None:
        when = clock(facts.starts_at + timedelta(minutes=question.start), facts.zone)

    def paint(canvas: Any) -> None:
        write(canvas, 0, 3, question.dimension, TABLE.soft())
        write(canvas, width, 3, when, TABLE.soft().right())

    return Drawn(width, 12, paint)


def _ruled(width: float, lines: int) -> Drawn:
    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(colour("line_strong"))
        canvas.setLineWidth(0.5)
        for number in range(lines):
            canvas.line(0, number * _LINE + 1, width, number * _LINE + 1)

    return Drawn(width, lines * _LINE + 1 if lines else 0, paint)


def _notes(placing: Placing, width: float, height: float) -> Drawn:
    """The notes' field: what is typed here comes back, and stays its author's own."""

    def paint(canvas: Any) -> None:
        write(canvas, 0, height - 8, tr("Notes"), LABEL)
        write(canvas, width, height - 8, tr("yours; the panel reads what stands under Evidence"), CAPTION.right())
        canvas.setStrokeColor(colour("line_strong"))
        canvas.setLineWidth(0.6)
        canvas.roundRect(0.3, 0.3, width - 0.6, height - 15, 3, stroke=1, fill=0)
        placing.put(
            canvas, (4, 3, width - 8, height - 20), name=NOTES, kind=FieldKind.TEXT, tip=tr("Notes"), lines=True
        )

    return Drawn(width, height, paint)


def by_when_words(facts: KitFacts) -> str:
    """Until when the form is wanted back."""
    if facts.by_when is None:
        return tr("By the first working day after the interview.")
    return tr("By {day}.").format(day=long_day(facts.by_when))
