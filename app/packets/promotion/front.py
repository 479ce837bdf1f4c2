"""What page one of a promotion packet decides by: what speaks for the proposal, what against it, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.panel import State
from app.packets.paper.flow import Columns, FlowColumn, Space, block, ruled_line
from app.packets.paper.type import BODY, HEAD, TABLE, TextSpan, plain, rich
from app.phrases.rubric import page_words, relation_word, state_word
from app.queries.promotion import PromotionFacts, StrongFact
from app.words import day, sentence_list, tr

_DAY = 92.0  # points
_AGAINST = (State.NOT_MET, State.SPLIT, State.THIN, State.EMPTY)


def front_facts(facts: PromotionFacts, width: float, pages: Mapping[str, int]) -> list[Any]:
    """Three blocks, each held together."""
    return [
        block(width, [plain(tr("For it"), HEAD), ruled_line(width, before=3, after=4), *_for(facts, width, pages)]),
        Space(9),
        block(width, [plain(tr("Against it"), HEAD), ruled_line(width, before=3, after=4), *_against(facts)]),
        Space(9),
        block(width, [plain(tr("Who says so"), HEAD), ruled_line(width, before=3, after=4), *_who(facts)]),
    ]


def _for(facts: PromotionFacts, width: float, pages: Mapping[str, int]) -> list[Any]:
    """The strongest facts with their days, and whether somebody chose them."""
    if not facts.strongest:
        return [plain(tr("No fact from inside these dates lies in a cell that meets its bar."), BODY.soft())]
    found: list[Any] = []
    for one in facts.strongest:
        found += [_fact(facts, one, width, pages), Space(2)]
    chosen = tr("From the work stories chosen for this packet.")
    counted = tr("Nobody chose them: the newest of cells that meet their bar, core ones first.")
    return [*found, plain(chosen if facts.chosen else counted, TABLE.soft())]


def _fact(facts: PromotionFacts, one: StrongFact, width: float, pages: Mapping[str, int]) -> Columns:
    at = pages.get(one.dimension)
    beside = [facts.short(one.dimension), one.by, *([one.source] if one.source else [])]
    beside += [page_words(at)] if at is not None else []
    words = rich((TextSpan(one.text, 500), TextSpan(" " + ", ".join(beside), ink="ink_soft")), BODY)
    return Columns([FlowColumn(0, _DAY, (plain(day(one.on), TABLE.soft()),)), FlowColumn(_DAY, width - _DAY, (words,))])


def _against(facts: PromotionFacts) -> list[Any]:
    """Cells that are not met, core ones first, and dissents by name."""
    cells = sorted(facts.judged.verdict.cells, key=lambda cell: not cell.core)
    lines: list[Any] = []
    for core, head in ((True, tr("Core: ")), (False, tr("Beside the core: "))):
        said = [
            tr("{dimension} {state}").format(dimension=facts.short(c.dimension), state=state_word(c.state).lower())
            for c in cells
            if c.core is core and c.state in _AGAINST
        ]
        if said:
            lines.append(rich((TextSpan(head, 500), TextSpan(f"{sentence_list(said)}.")), BODY))
    for name, text in facts.outcomes[-1].dissents if facts.outcomes else ():
        lines.append(rich((TextSpan(tr("{name} dissents: ").format(name=name), 500), TextSpan(text)), BODY))
    return lines or [plain(tr("Every cell that counts meets its bar, and nobody dissents."), BODY.soft())]


def _who(facts: PromotionFacts) -> list[Any]:
    """The manager, the raters with what they are to the member, and time at level where the calibration prints it."""
    raters = [
        tr("{name} ({relation})").format(name=g.name, relation=relation_word(g.content.relation))
        for g in facts.judged.counted
    ]
    lines = [
        rich((TextSpan(tr("Manager: "), 500), TextSpan(facts.manager or tr("nobody named"))), BODY),
        rich((TextSpan(tr("Raters: "), 500), TextSpan(f"{sentence_list(raters) or tr('nobody')}.")), BODY),
    ]
    if facts.tenure is not None:
        since, started = facts.tenure
        at = tr("unknown since when") if since is None else tr("since {day}").format(day=day(since))
        here = tr("first day not known") if started is None else tr("here since {day}").format(day=day(started))
        words = tr("{level} {since}, {here}.").format(level=facts.level, since=at, here=here)
        lines.append(rich((TextSpan(tr("Time: "), 500), TextSpan(words)), BODY))
    return lines
