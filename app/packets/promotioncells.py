"""The target level cell by cell: each core sentence beside its raters and dated evidence; the others in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import PageBreak

from app.domain.assessment import DatedFact
from app.domain.panel import State
from app.domain.readiness import LevelCell
from app.packets.flow import Column, Columns, Drawn, Gap, Place, block, height_of, rule
from app.packets.levelparts import draw_cells, draw_word, short_day, state_words
from app.packets.strip import LARGE_CELL, STATE_RADIUS, draw_cell, draw_state
from app.packets.type import BODY, CAP_HEIGHT, HEAD, TABLE, TITLE, Span, fitted, plain, rich, write
from app.phrases import count_word, no_score_word, page_words
from app.queries.promotion import PromotionFacts
from app.readiness_phrases import change_sentences_of
from app.store.assessments import Given
from app.words import sentence_list, tr

EVIDENCE = "evidence"
_LEFT = 112.0  # points: name, state and raters
_DATE = 62.0
_AIR = (1.0, 0.7, 0.4)
"""What the packet says of months: facts from so many."""


def target_page(facts: PromotionFacts, width: float, height: float, pages: Mapping[str, int]) -> list[Any]:
    """The core cells with everything behind them, then the others, then what would change the word: with less air
    between them where it then fits one page."""
    pages_of = [_target(facts, width, height, pages, air) for air in _AIR]
    return next((found for found in pages_of if height_of(found, width) <= height), pages_of[0])


def _target(facts: PromotionFacts, width: float, height: float, pages: Mapping[str, int], air: float) -> list[Any]:
    cells = facts.judged.verdict.cells
    core = [c for c in cells if c.core]
    others = [c for c in cells if not c.core and c.state is not None]
    said = _said(facts, core)
    found: list[Any] = [
        block(width, [plain(tr("Target level, cell by cell"), TITLE), Gap(3), plain(said, BODY.soft())],
              places=(Place("target", tr("Target level, cell by cell")),)),
        Gap(6 * air), strips_line(facts, width), rule(width, before=3 * air, after=7 * air, ink="ink", weight=1),
    ]  # fmt: skip
    for cell in core:
        found += [_cell(facts, cell, width, height), rule(width, before=5 * air, after=6 * air)]
    changes = " ".join(change_sentences_of(facts.judged.verdict, facts.short))
    lines: list[Any] = [Gap(6 * air)]
    if changes:
        lines.append(rich((Span(tr("What would change it: "), ink="ink_soft"), Span(changes)), TABLE))
    without = tr("pay, age, leave, hours, tenure.")
    lines.append(rich((Span(tr("Not in this packet: "), ink="ink_soft"), Span(without)), TABLE))
    table = _others(facts, others, width, pages, air) if others else []
    return [*found, block(width, [*table, *lines], whole=height * 0.6)]


def _others(
    facts: PromotionFacts, others: Sequence[LevelCell], width: float, pages: Mapping[str, int], air: float
) -> list[Any]:
    head = tr("The other one") if len(others) == 1 else tr("The other {n}").format(n=count_word(len(others)))
    at = pages.get(EVIDENCE)
    behind = tr("evidence on {page}").format(page=page_words(at)) if at else ""
    found: list[Any] = [_table_head(head, behind, width), rule(width, before=3, after=3)]
    most = max(2, *(len(c.scores) for c in others))
    for cell in others:
        found += [_row(facts, cell, width, most), rule(width, before=1.5 * air, after=2.5 * air)]
    return found


def _said(facts: PromotionFacts, core: Sequence[LevelCell]) -> str:
    """What the core cells rest on; that each has facts from two months only where each has."""
    title = tr("{title} ({level})").format(title=facts.target.title, level=facts.target.id)
    if not core:
        return f"{title}."
    cells = tr("the core cell") if len(core) == 1 else tr("the {n} core cells").format(n=count_word(len(core)))
    months = count_word(facts.needs.min_months_core)
    short = [facts.short(c.dimension) for c in core if c.months < facts.needs.min_months_core]
    if short:
        words = tr("{title}: {cells}. Facts from fewer than {n} months in {names}.")
        return words.format(title=title, cells=cells, n=months, names=sentence_list(short))
    words = tr("{title}: {cells}, each with facts from {n} months or more.")
    return words.format(title=title, cells=cells, n=months)


def evidence_page(facts: PromotionFacts, width: float, height: float) -> list[Any]:
    """What stands behind the cells that are not core; nothing where every one is."""
    title = tr("Evidence on the others")
    found: list[Any] = [
        block(width, [plain(title, TITLE)], places=(Place(EVIDENCE, title),)), rule(width, before=6, after=8)
    ]  # fmt: skip
    others = [c for c in facts.judged.verdict.cells if not c.core and c.state is not None]
    for cell in others:
        found += [_cell(facts, cell, width, height), rule(width, before=7, after=7)]
    return [PageBreak(), *found[:-1]] if others else []


def _cell(facts: PromotionFacts, cell: LevelCell, width: float, height: float) -> Columns:
    inner = width - _LEFT
    left: list[Any] = [plain(facts.short(cell.dimension), BODY.strong()), _state(cell, _LEFT - 8), Gap(3)]
    right: list[Any] = [plain(facts.target.cells[cell.dimension].expect, BODY.medium()), Gap(3)]
    outside: list[Any] = []
    for given in facts.judged.counted:
        rating = given.content.rating(cell.dimension)
        if not rating.answered:
            continue
        left.append(_rater(given, rating.score, cell))
        if rating.reason is not None:
            right.append(plain(f"{given.name}: {no_score_word(rating.reason)}", TABLE.soft()))
        for fact in rating.facts:
            (right if facts.inside(fact.on) else outside).append(_fact(fact, inner))
    if outside:
        words = tr("Outside the days of this calibration, and not counted:")
        right += [Gap(2), plain(words, TABLE.soft()), *outside]
    right += _moved(facts, cell)
    place = (Place(cell.dimension, facts.short(cell.dimension), 1),)
    marks = frozenset({cell.dimension})
    return Columns(
        [Column(0, _LEFT - 8, tuple(left)), Column(_LEFT, inner, tuple(right))], whole=height * 0.5, marks=marks,
        places=place,
    )  # fmt: skip


def _fact(fact: DatedFact, inner: float) -> Columns:
    source = Span(f"  {fact.source}" if fact.source else "", ink="ink_soft")
    text = f"{fact.text} ({tr('inferred')})" if fact.inferred else fact.text
    return Columns(
        [
            Column(0, _DATE - 4, (plain(short_day(fact.on), TABLE.soft()),)),
            Column(_DATE, inner - _DATE, (rich((Span(text), source), TABLE),)),
        ],
        whole=80,
    )


def _moved(facts: PromotionFacts, cell: LevelCell) -> list[Any]:
    """Each score that is another after the session, with its why; the first one stays."""
    found = []
    names = {g.rater: g for g in facts.judged.first}
    vote = facts.judged.vote(cell.dimension)
    if vote is not None:
        for rater, again in vote.scores.items():
            first = names[rater].content.rating(cell.dimension).score if rater in names else None
            if rater in names and again.score != first:
                words = tr(
                    "{name} {first} before the session, {second} after: “{why}” The {first} stays in the record."
                )
                second = again.score if again.score is not None else tr("no score")
                said = words.format(name=names[rater].name, first=first, second=second, why=again.why)
                found += [Gap(2), plain(said, TABLE.soft())]
    return found


def _state(cell: LevelCell, width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        if cell.state is not None and cell.state is not State.EMPTY:
            draw_state(canvas, STATE_RADIUS, 3 + CAP_HEIGHT * TABLE.size / 2, cell.state)
        write(canvas, 3.4 * STATE_RADIUS, 3, fitted(state_words(cell), TABLE, width - 12), TABLE)

    return Drawn(width, 13, paint)


def _rater(given: Given, score: int | None, cell: LevelCell) -> Drawn:
    def paint(canvas: Any) -> None:
        draw_cell(canvas, 0, 1, LARGE_CELL, cell.bar or 3, score)
        write(canvas, LARGE_CELL[0] + 6, 6.5, fitted(given.name.split()[-1], TABLE, _LEFT - 34), TABLE)

    return Drawn(_LEFT - 8, 21, paint)


def _table_head(words: str, behind: str, width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        write(canvas, 0, 4, words, HEAD)
        write(canvas, width, 4, behind, TABLE.soft().right())

    return Drawn(width, 18, paint)


def _row(facts: PromotionFacts, cell: LevelCell, width: float, most: int) -> Columns:
    """One line of the table; `most` is how many scores stand side by side in its longest line."""
    scores = most * (LARGE_CELL[0] + 3) + 8
    left = _LEFT + scores + 72
    name = plain(facts.short(cell.dimension), TABLE.medium())

    def paint(canvas: Any) -> None:
        for number, score in enumerate(reversed(cell.scores)):
            draw_cell(canvas, number * (LARGE_CELL[0] + 3), 0, LARGE_CELL, cell.bar or 3, score)

    expect = plain(facts.target.cells[cell.dimension].expect, TABLE.soft())
    return Columns(
        [
            Column(0, _LEFT - 4, (Gap(3), name)),
            Column(_LEFT, scores, (Drawn(scores, 19, paint),)),
            Column(_LEFT + scores, 70, (Gap(3), _state(cell, 70))),
            Column(left, width - left, (Gap(3), expect)),
        ],
        whole=80,
        marks=frozenset({cell.dimension}),
    )


def strips_line(facts: PromotionFacts, width: float) -> Drawn:
    """Both strips on one line: before at the left, after the session at the right."""
    judged = facts.judged
    voted = frozenset(v.dimension for v in judged.votes)

    def paint(canvas: Any) -> None:
        write(canvas, 0, 5.5, tr("Before") if facts.session_on is not None else tr("Now"), TABLE.soft())
        x = draw_cells(canvas, 34, 2, judged.before.cells, voted)
        draw_word(canvas, x + 5, 5.5, judged.before.word, TABLE.medium())
        if judged.after is not None:
            left = width * 0.5
            write(canvas, left, 5.5, tr("After"), TABLE.soft())
            x = draw_cells(canvas, left + 28, 2, judged.after.cells, voted)
            draw_word(canvas, x + 5, 5.5, judged.after.word, TABLE.medium())

    return Drawn(width, 20, paint)
