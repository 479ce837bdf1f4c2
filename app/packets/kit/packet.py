"""The interview kit: brief and questions on the first page, the scorecard as a form on the others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reportlab.platypus import PageBreak

from app.packets.kit.form import FormSheet, dimension_part, vote_part
from app.packets.kit.front import front
from app.packets.paper.fields import Placing, with_fields
from app.packets.paper.flow import Space, height_of
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import clean
from app.queries.kit import KitDimension, KitFacts
from app.words import tr

_BETWEEN = 18.0  # points between two dimensions
_FUZZ = 0.5


def interview_kit(facts: KitFacts, progress: Progress | None = None) -> Packet:
    """The kit of one interview: the same facts give the same bytes.

    One sheet for up to two dimensions, two for up to four, where the pack's anchors are of an ordinary length.
    """
    look = _look(facts)
    placing = Placing()

    def story(_pages: Mapping[str, int]) -> list[Any]:
        placing.restart()
        return [*front(facts, placing, *look.text_size), PageBreak(), *_form(facts, placing, look.text_size)]

    pages = compose(look, [story], progress)
    content = with_fields(pages.bytes, placing.found, facts.spec.text)
    return Packet(content, pages.number, hashlib.sha256(content).hexdigest(), pages.pages)


def _look(facts: KitFacts) -> PaperLook:
    name, who = clean(facts.candidate), clean(facts.interviewer)
    few = len(facts.dimensions) < 3
    return PaperLook(
        title=tr("Interview kit: {name}, {round}").format(name=name, round=clean(facts.exercise)),
        subject=tr("For {who}: brief, questions and scorecard form").format(who=who),
        kind=tr("Interview kit"),
        kind_after=tr("Scorecard form"),
        name=tr("{name}, against {level}, round {n}, {who}").format(
            name=name, level=facts.level, n=facts.position, who=who
        ),
        first_head=tr("one sheet, both sides: brief and form") if few else tr("two sheets, both sides: brief and form"),
        number=number_of("interview kit", facts),
        rubric_version=facts.rubric,
        paper=facts.paper,
        as_of=facts.as_of,
        form=facts.spec.form_id,
    )


def _form(facts: KitFacts, placing: Placing, room: tuple[float, float]) -> list[Any]:
    """The dimensions two on a page, the vote behind the last one; what is left on a page goes to the evidence."""
    pairs = [facts.dimensions[n : n + 2] for n in range(0, len(facts.dimensions), 2)] or [()]
    sheet = FormSheet(facts, placing, *room)
    if not _fits(sheet, pairs[-1], vote=True) and _fits(replace(sheet, small=True), pairs[-1], vote=True):
        sheet = replace(sheet, small=True)
    found: list[Any] = []
    for number, pair in enumerate(pairs):
        last = number == len(pairs) - 1
        groups = [pair] if _fits(sheet, pair, vote=False) else [(d,) for d in pair]
        for place, group in enumerate(groups):
            ends = last and place == len(groups) - 1
            found += _page(sheet, group, ends=ends)
            if not ends:
                found.append(PageBreak())
    return found


def _page(sheet: FormSheet[KitFacts], dimensions: Sequence[KitDimension], *, ends: bool) -> list[Any]:
    """One page of dimensions; the vote stands below them, or on a page of its own where it does not fit."""
    vote = ends and _fits(sheet, dimensions, vote=True)
    spare = sheet.height - _height(sheet, dimensions, vote=vote) - _FUZZ
    extra = max(0.0, spare / max(1, len(dimensions)))
    found: list[Any] = []
    for place, dimension in enumerate(dimensions):
        if place:
            found.append(Space(_BETWEEN))
        found += dimension_part(sheet, dimension, extra)
    if ends:
        found += vote_part(sheet) if vote else [PageBreak(), *vote_part(sheet)]
    return found


def _fits(sheet: FormSheet[KitFacts], dimensions: Sequence[KitDimension], *, vote: bool) -> bool:
    return _height(sheet, dimensions, vote=vote) <= sheet.height - _FUZZ


def _height(sheet: FormSheet[KitFacts], dimensions: Sequence[KitDimension], *, vote: bool) -> float:
    parts = [piece for dimension in dimensions for piece in dimension_part(sheet, dimension, 0)]
    parts += vote_part(sheet) if vote else []
    return height_of(parts, sheet.width) + _BETWEEN * (len(dimensions) - 1)
