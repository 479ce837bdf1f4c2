"""The assessment form: a brief on top, then each dimension with its sentence, boxes, and room for dated evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from reportlab.platypus import PageBreak

from app.domain.assessment import Relation
from app.domain.scorecard_form import DATE, FieldKind
from app.packets.kit.form import FormSheet, dimension_part
from app.packets.paper.colour import colour
from app.packets.paper.fields import Placing, with_fields
from app.packets.paper.flow import Columns, Drawn, FlowColumn, Space, block, height_of, ruled_line
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, LABEL, TABLE, TITLE, clean, plain, shrunk, write
from app.phrases.rubric import relation_word, weight_word
from app.queries.assessment_form import AssessmentFormFacts
from app.words import day, long_day, tr

_BETWEEN = 16.0
_FUZZ = 0.5


def assessment_form(facts: AssessmentFormFacts, progress: Progress | None = None) -> Packet:
    """The form of one assessment: the same facts give the same bytes."""
    look = _look(facts)
    placing = Placing()

    def story(_pages: Mapping[str, int]) -> list[Any]:
        placing.restart()
        return _story(facts, placing, *look.text_size)

    pages = compose(look, [story], progress)
    content = with_fields(pages.bytes, placing.found, facts.spec.text)
    return Packet(content, pages.number, hashlib.sha256(content).hexdigest(), pages.pages)


def _look(facts: AssessmentFormFacts) -> PaperLook:
    name, who = clean(facts.name), clean(facts.rater)
    return PaperLook(
        title=tr("Assessment form: {name}, by {who}").format(name=name, who=who),
        subject=tr("Against {level}").format(level=facts.spec.level),
        kind=tr("Assessment form"),
        name=tr("{name}, against {level}, {who}").format(name=name, level=facts.spec.level, who=who),
        first_head=tr("for {who}").format(who=who),
        number=number_of("assessment form", facts),
        rubric_version=str(facts.guide_version),
        paper=facts.paper,
        as_of=facts.as_of,
        form=facts.spec.form_id,
    )


def _story(facts: AssessmentFormFacts, placing: Placing, width: float, height: float) -> list[Any]:
    """As many dimensions on a page as fit whole; what is left of it goes to their evidence."""
    sheet = FormSheet(facts, placing, width, height, hint=(tr("a line each,"), tr("its day first")))
    found = [*_front(facts, width), Space(14)]
    room = height - height_of(found, width)
    pairs = list(zip(facts.dimensions, facts.sentences, strict=True))
    last = _back(facts, placing, width)
    while pairs:
        group = [pairs.pop(0)]
        while pairs and _high(sheet, [*group, pairs[0]], width) <= room - _FUZZ:
            group.append(pairs.pop(0))
        tail = height_of(last, width) if not pairs else 0.0
        spare = room - _high(sheet, group, width) - tail - _FUZZ
        extra = max(0.0, spare / len(group))
        for number, (dimension, sentence) in enumerate(group):
            found += [Space(_BETWEEN)] if number else []
            found += dimension_part(sheet, dimension, extra, sentence, _weight(facts, dimension.id))
        if pairs or spare < 0:
            found.append(PageBreak())
        room = height
    return [*found, *last]


def _high(sheet: FormSheet[AssessmentFormFacts], group: list[tuple[Any, str]], width: float) -> float:
    parts = [
        piece
        for dimension, sentence in group
        for piece in dimension_part(sheet, dimension, 0, sentence, _weight(sheet.facts, dimension.id))
    ]
    return height_of(parts, width) + _BETWEEN * (len(group) - 1)


def _weight(facts: AssessmentFormFacts, dimension: str) -> str:
    """How much a dimension is at the level, and its bar."""
    cell = facts.guide.level(facts.spec.level).cells[dimension]
    return tr("{weight}, bar {bar}").format(weight=weight_word(cell.weight), bar=cell.bar or 3)


def _front(facts: AssessmentFormFacts, width: float) -> list[Any]:
    level = facts.guide.level(facts.spec.level)
    against = tr("Against {level}, {title}: {scope}").format(
        level=level.id, title=clean(level.title), scope=clean(level.scope)
    )
    who = tr("By {who}.").format(who=clean(facts.rater))
    if facts.relation is not Relation.NOT_SAID:
        who = tr("By {who}, {relation}.").format(who=clean(facts.rater), relation=relation_word(facts.relation))
    if facts.cycle:
        who = f"{tr('{name} calibration.').format(name=clean(facts.cycle))} {who}"
    start, end = facts.window
    window = (
        tr("What counts happened from {start} to {end}.").format(start=day(start), end=day(end))
        if (start and end)
        else ""
    )
    alone = tr(
        "Fill this in before you talk to anyone about it. Score against the sentence, not against other people. "
        "Behind each score stands something that was seen on a day, a line each: “18 Nov 2025, led the review "
        "(incident log)”. A core dimension needs two months."
    )
    half = (width - 30) / 2
    return [
        block(
            width,
            [
                plain(facts.name, TITLE),
                Space(4),
                plain(against, BODY.soft()),
                Space(2),
                plain(f"{who} {window}".strip(), TABLE),
            ],
        ),
        Space(10),
        Columns(
            [
                FlowColumn(0, half, (plain(tr("Alone first"), LABEL), plain(alone, TABLE))),
                FlowColumn(half + 30, half, (plain(tr("How to return it"), LABEL), plain(_return_words(facts), TABLE))),
            ],
            whole=300,
        ),
        ruled_line(width, before=8, after=2, ink="ink", weight=1),
    ]


def _return_words(facts: AssessmentFormFacts) -> str:
    if facts.own:
        return tr("It is your own: save it and bring it in, or type it in from the sheets. Keep no copy.")
    by = tr("Please by {day}.").format(day=long_day(facts.due_on)) if facts.due_on is not None else ""
    who = clean(facts.return_to) or tr("who sent it")
    if facts.return_mail.strip():
        words = tr("Save it and mail it to {mail}, or hand the sheets to {who}. Keep no copy.")
        return " ".join(filter(None, (by, words.format(mail=clean(facts.return_mail), who=who))))
    words = tr("Save it and send it to {who}, or hand over the sheets. Keep no copy.")
    return " ".join(filter(None, (by, words.format(who=who))))


def _back(facts: AssessmentFormFacts, placing: Placing, width: float) -> list[Any]:
    middle = width * 0.6

    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(colour("ink_soft"))
        canvas.setLineWidth(0.6)
        canvas.line(34, 1, middle - 12, 1)
        canvas.line(middle + 28, 1, width, 1)
        write(canvas, 0, 5, tr("Name"), LABEL)
        words, type_ = shrunk(facts.rater, BODY, middle - 50, 6)
        write(canvas, 38, 5, words, type_)
        write(canvas, middle, 5, tr("Date"), LABEL)
        placing.put(canvas, (middle + 30, 2, width - middle - 32, 15), name=DATE, kind=FieldKind.TEXT, tip=tr("Date"))

    return [Space(14), Drawn(width, 20, paint)]
