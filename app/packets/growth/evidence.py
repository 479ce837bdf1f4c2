"""The evidence of a growth plan: in which months there was some, and what was shared, dimension by dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.packets.paper.colour import colour
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, ruled_line
from app.packets.paper.type import BODY, CAPTION, HEAD, TABLE, TITLE, TextSpan, plain, rich, write
from app.phrases.growth import gap_words
from app.phrases.rubric import weight_word
from app.queries.growth_packet import GrowthFacts, SharedEvidence
from app.words import day, month, tr

EVIDENCE, PANEL = "evidence", "panel"
_NAME = 118.0  # points: a dimension
_WHEN = 78.0  # points: a day
_STEP, _LINE = 22.0, 14.0  # points, of the months


def growth_evidence_pages(facts: GrowthFacts, width: float) -> list[Any]:
    """The months of the core dimensions, then each dimension with its sentence and what was shared on it."""
    lead = tr("What was seen, with its day, and what {level} expects. Items stand here because they were shared.")
    found: list[Any] = [
        block(
            width,
            [
                plain(tr("Evidence by dimension and month"), TITLE),
                Space(3),
                plain(lead.format(level=facts.against), BODY.soft()),
            ],
            places=(PagePlace(EVIDENCE, tr("Evidence by dimension and month")),),
        ),
        Space(16),
        _months(facts, width),
        Space(4),
        plain(tr("A dot: something was shared from that month. A core dimension needs two months."), CAPTION),
        Space(18),
        ruled_line(width, ink="line_strong"),
    ]
    expects = dict(facts.expects)
    states = {g.dimension: g for g in facts.gaps}
    own = [f for f in facts.facts if not f.from_panel]
    for id_, name, _ in facts.dimensions:
        items = [f for f in own if f.dimension == id_]
        if not items:
            continue
        known = states[id_]
        left = (Space(6), plain(name, TABLE.strong()), plain(_standing(known.weight, gap_words(known)), CAPTION))
        right: list[Any] = [Space(6)]
        if expects.get(id_):
            right += [plain(expects[id_], TABLE.medium()), Space(3)]
        right += _items(items, width - _NAME)
        right.append(Space(6))
        columns = [FlowColumn(0, _NAME - 10, left), FlowColumn(_NAME, width - _NAME, tuple(right))]
        found += [Columns(columns, whole=200, marks=frozenset({id_})), ruled_line(width)]
    return found


def panel_pages(facts: GrowthFacts, width: float) -> list[Any]:
    """What was shared from the interviews: words and day alone, no score and nobody’s name."""
    lead = tr("Heard in the interviews and shared one by one. Scores and names are not in this packet.")
    found: list[Any] = [
        block(
            width,
            [plain(tr("From the interviews"), HEAD), Space(2), plain(lead, BODY.soft())],
            places=(PagePlace(PANEL, tr("From the interviews")),),
        ),
        Space(8),
        ruled_line(width),
    ]
    for id_, name, _ in facts.dimensions:
        items = [f for f in facts.facts if f.from_panel and f.dimension == id_]
        if items:
            left = (Space(6), plain(name, TABLE.strong()))
            right = (Space(6), *_items(items, width - _NAME), Space(6))
            columns = [FlowColumn(0, _NAME - 10, left), FlowColumn(_NAME, width - _NAME, right)]
            found += [Columns(columns, whole=200, marks=frozenset({id_})), ruled_line(width)]
    return found


def _standing(weight: str, words: str) -> str:
    return f"{weight_word(weight)}, {words}" if weight != "not_expected" else words


def _items(items: Sequence[SharedEvidence], width: float) -> list[Any]:
    found: list[Any] = []
    for item in items:
        notes = [item.source] if item.source else []
        notes += [tr("inferred")] if item.inferred else []
        spans = [TextSpan(item.text)] + [TextSpan(f"  {', '.join(notes)}", None, "ink_soft")] * bool(notes)
        when = plain(day(item.on) if item.on is not None else tr("no day"), TABLE.soft())
        columns = [FlowColumn(0, _WHEN + 8, (when,)), FlowColumn(_WHEN + 12, width - _WHEN - 12, (rich(spans, TABLE),))]
        found += [Columns(columns), Space(1.5)]
    return found


def _months(facts: GrowthFacts, width: float) -> Drawn:
    names = {id_: name for id_, name, _ in facts.dimensions}
    high = (len(facts.by_month) + 1) * _LINE

    def paint(canvas: Any) -> None:
        for number, on in enumerate(facts.months):
            write(canvas, _NAME + (number + 0.5) * _STEP, high - 9, month(on).split(" ")[0], CAPTION.centred())
        for number, row in enumerate(facts.by_month, start=1):
            y = high - (number + 0.5) * _LINE
            write(canvas, 0, y - 3, names[row.dimension], TABLE)
            for at, seen in enumerate(row.seen):
                canvas.setFillColor(colour("accent" if seen else "line_strong"))
                canvas.circle(_NAME + (at + 0.5) * _STEP, y, 3 if seen else 1.6, stroke=0, fill=1)
            right = _NAME + len(row.seen) * _STEP + 16
            ink = TABLE.soft() if row.enough else TABLE.strong()
            write(canvas, right, y - 3, str(row.count), ink)

    return Drawn(width, high, paint)
