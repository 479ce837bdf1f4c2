"""The promotion packet: brief and scope, the target level cell by cell, stories and views, the session's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.panel import State
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, ruled_line
from app.packets.paper.level_parts import draw_word
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.strip import STATE_RADIUS, PaperCell, index_strip
from app.packets.paper.type import BODY, HEAD, LABEL, TABLE, TITLE, VERDICT, TextSpan, clean, measure, plain, rich
from app.packets.promotion.cells import evidence_page, target_page
from app.packets.promotion.front import front_facts
from app.packets.promotion.record import record_page
from app.packets.promotion.views import views_page
from app.phrases.readiness import Said, change_sentences_of, readiness_line_of, said_line, said_of
from app.phrases.rubric import outcome_word, way_word
from app.queries.promotion import PromotionFacts
from app.words import day, moment, sentence_list, tr


def promotion_packet(facts: PromotionFacts, progress: Progress | None = None) -> Packet:
    """The packet of a member, record copy: the same facts give the same bytes."""
    name = clean(facts.name)
    look = PaperLook(
        title=tr("Promotion packet: {name}").format(name=name),
        subject=tr("{level} to {target}, {cycle}").format(
            level=clean(facts.level), target=facts.target.id, cycle=clean(facts.cycle)
        ),
        kind=tr("Promotion packet"),
        name=tr("{name}, {level} to {target}").format(name=name, level=clean(facts.level), target=facts.target.id),
        first_head=tr("as of {moment}").format(moment=moment(facts.as_of, facts.zone)),
        number=number_of("promotion", facts),
        rubric_version=str(facts.guide_version),
        paper=facts.paper,
        as_of=facts.as_of,
    )

    def story(pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        return [
            *_brief(facts, width, pages),
            *target_page(facts, width, height, pages),
            *views_page(facts, width, height, pages),
            *evidence_page(facts, width, height),
            *record_page(facts, width, height),
        ]

    return compose(look, [story], progress)


def _brief(facts: PromotionFacts, width: float, pages: Mapping[str, int]) -> list[Any]:
    verdict = facts.judged.verdict
    now = f"{facts.now.title} ({facts.level})" if facts.now is not None else facts.level
    titles = tr("{now} to {target} ({target_id})").format(
        now=clean(now), target=clean(facts.target.title), target_id=facts.target.id
    )
    way = way_word(facts.way)
    line = readiness_line_of(verdict, facts.judged.before if facts.judged.after else None, facts.short)
    place = (PagePlace("brief", tr("Brief")),)
    head = Columns(
        [
            FlowColumn(
                0,
                width - 150,
                (plain(facts.name, TITLE), Space(4), plain(", ".join(w for w in (titles, way) if w), BODY.soft())),
            ),
            FlowColumn(
                width - 150, 150, (_word(facts, 150), plain(said_line(_said(facts), line), TABLE.soft().right()))
            ),
        ],
        places=place,
    )
    cells = [
        PaperCell(c.dimension, _narrow(facts, c.dimension), c.bar or 3, c.state or State.EMPTY, c.core, c.low, c.high)
        for c in verdict.cells
    ]
    found: list[Any] = [
        head,
        Space(16),
        index_strip(cells, pages, width),
        Space(4),
        plain(_legend(facts), TABLE.soft()),
    ]
    found += [Space(10), *_in_brief(facts, width), Space(9), *front_facts(facts, width, pages), Space(9)]
    found.append(plain(tr("Scope, before and after"), HEAD))
    return [*found, ruled_line(width, before=3, after=6), *_scopes(facts, width)]


def _narrow(facts: PromotionFacts, dimension: str) -> str:
    return next(d.narrow for d in facts.dimensions if d.id == dimension)


def _word(facts: PromotionFacts, width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        said = _said(facts)
        draw_word(canvas, width - 3.4 * STATE_RADIUS - measure(said.word, VERDICT), 7, said, VERDICT)

    return Drawn(width, 26, paint)


def _said(facts: PromotionFacts) -> Said:
    """What was decided, before what the rule says."""
    return said_of(facts.judged.verdict.word, facts.outcomes[-1].outcome if facts.outcomes else "")


def _legend(facts: PromotionFacts) -> str:
    start, end = facts.window
    words = tr("Against {level}. Core dimensions in semibold.").format(level=facts.target.id)
    if start is not None and end is not None:
        words += " " + tr("Evidence from {start} to {end}.").format(start=day(start), end=day(end))
    return words


def _in_brief(facts: PromotionFacts, width: float) -> list[Any]:
    verdict = facts.judged.verdict
    lines: list[Any] = [plain(tr("In brief"), HEAD), ruled_line(width, before=3, after=6)]
    proposed = tr("Proposed in {cycle}: {level}, {title}. {scope}.").format(
        cycle=facts.cycle, level=facts.target.id, title=facts.target.title, scope=facts.target.scope.rstrip(".")
    )
    lines += [plain(proposed, BODY), rich(_outcome(facts), BODY)]
    changes = " ".join(change_sentences_of(verdict, facts.short))
    if changes:
        lines.append(rich((TextSpan(tr("What would change it: "), 500), TextSpan(changes)), BODY))
    if facts.target.example:
        words = tr("The guide’s own example of {level}, of nobody here: “{example}”")
        said = words.format(level=facts.target.id, example=facts.target.example)
        lines += [Space(3), plain(said, BODY.soft())]
    return lines


def _outcome(facts: PromotionFacts) -> tuple[TextSpan, ...]:
    """What was decided last, by whom and when; or that nothing was."""
    label = TextSpan(tr("Outcome: "), 500)
    if not facts.outcomes:
        return (label, TextSpan(tr("No outcome yet.")))
    held = facts.outcomes[-1]
    words = tr("{outcome}, decided by {name}, {moment}. {reason}").format(
        outcome=outcome_word(held.outcome), name=held.by, moment=moment(held.at, facts.zone), reason=held.reason
    )
    spans = [label, TextSpan(words)]
    if held.dissents:
        names = sentence_list([name for name, _ in held.dissents])
        spans.append(TextSpan(" " + tr("Dissent: {names}, in the record.").format(names=names)))
    return tuple(spans)


def _scopes(facts: PromotionFacts, width: float) -> list[Any]:
    half = (width - 90) / 2
    now = facts.now
    nothing = tr("{level} is not a level of this guide, so nothing is set beside the one proposed.")
    unknown = [Space(3), plain(nothing.format(level=facts.level), TABLE.soft())] if now is None else []
    found: list[Any] = [
        Columns(
            [
                FlowColumn(90, half - 10, (plain(tr("Before, {level}").format(level=facts.level), LABEL),)),
                FlowColumn(90 + half, half, (plain(tr("Proposed, {level}").format(level=facts.target.id), LABEL),)),
            ]
        ),
        *unknown,
        Space(3),
    ]
    for words, before, after in (
        (tr("Scope"), now.scope if now else "", facts.target.scope),
        (tr("Autonomy"), now.autonomy if now else "", facts.target.autonomy),
        (tr("Impact"), now.impact if now else "", facts.target.impact),
        (tr("Horizon"), now.horizon if now else "", facts.target.horizon),
    ):
        if before or after:
            found += [
                Columns(
                    [
                        FlowColumn(0, 86, (plain(words, TABLE.medium()),)),
                        FlowColumn(90, half - 10, (plain(before, TABLE.soft()),)),
                        FlowColumn(90 + half, half, (plain(after, TABLE),)),
                    ],
                    whole=120,
                ),
                ruled_line(width, before=4, after=4),
            ]
    return [block(width, found, whole=300)]
