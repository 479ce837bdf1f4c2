"""The target level cell by cell: each core sentence beside its raters and dated evidence; the others in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.assessment import EvidenceEntry
from app.domain.panel import State
from app.domain.readiness import LevelCell
from app.packets.paper.flow import (
    Columns,
    Drawn,
    FlowColumn,
    PagePlace,
    Space,
    block,
    height_of,
    kept_together,
    ruled_line,
)
from app.packets.paper.level_parts import balanced, day_on_paper, draw_cells, draw_rule, state_words
from app.packets.paper.strip import LARGE_CELL, SMALL_CELL, STATE_RADIUS, draw_cell, draw_state
from app.packets.paper.type import BODY, CAP_HEIGHT, CAPTION, HEAD, TABLE, TITLE, TextSpan, fitted, plain, rich, write
from app.phrases.readiness import change_sentences_of, unsupported_words
from app.phrases.rubric import count_word, no_score_word, page_words
from app.queries.promotion import PromotionFacts
from app.records.calibration import RevisedScore
from app.records.submitted_assessments import SubmittedAssessment
from app.words import sentence_list, tr

EVIDENCE = "evidence"
_LEFT = 112.0  # points: name, state and raters
_DATE = 62.0
_DOWN = 4.4  # from the top of a row to its words, so that they stand at the middle of its cells
_BETWEEN = 26.0
_JOINED = "\u00a0"  # no line ends here
_AIR = (1.0, 0.7, 0.4)
"""What the packet says of months: facts from so many."""


def target_page(facts: PromotionFacts, width: float, height: float, pages: Mapping[str, int]) -> list[Any]:
    """The core cells with everything behind them, then the others, then what would change the word: with less air
    between them where it then fits one page."""
    pages_of = [_target(facts, width, height, pages, air) for air in _AIR]
    found = next((found for found in pages_of if height_of(found, width) <= height), pages_of[0])
    return kept_together(found, width, height, height * 0.5, _BETWEEN)


def _target(facts: PromotionFacts, width: float, height: float, pages: Mapping[str, int], air: float) -> list[Any]:
    cells = facts.judged.verdict.cells
    core = [c for c in cells if c.core]
    others = [c for c in cells if not c.core and c.state is not None]
    said = _said(facts, core)
    found: list[Any] = [
        block(
            width,
            [plain(tr("Target level, cell by cell"), TITLE), Space(3), plain(said, BODY.soft())],
            places=(PagePlace("target", tr("Target level, cell by cell")),),
        ),
        Space(6 * air),
        strips_line(facts, width),
        ruled_line(width, before=3 * air, after=7 * air, ink="ink", weight=1),
    ]
    for cell in core:
        found += [_cell(facts, cell, width, height), ruled_line(width, before=5 * air, after=6 * air)]
    changes = " ".join(change_sentences_of(facts.judged.verdict, facts.short))
    lines: list[Any] = [Space(6 * air)]
    if changes:
        lines.append(rich((TextSpan(tr("What would change it: "), ink="ink_soft"), TextSpan(changes)), TABLE))
    without = tr("pay, age, leave, hours.") if facts.tenure is not None else tr("pay, age, leave, hours, tenure.")
    lines.append(rich((TextSpan(tr("Not in this packet: "), ink="ink_soft"), TextSpan(without)), TABLE))
    table = _others(facts, others, width, pages, air) if others else []
    return [*found, block(width, [*table, *lines], whole=height * 0.6)]


def _others(
    facts: PromotionFacts, others: Sequence[LevelCell], width: float, pages: Mapping[str, int], air: float
) -> list[Any]:
    head = tr("The other one") if len(others) == 1 else tr("The other {n}").format(n=count_word(len(others)))
    at = pages.get(EVIDENCE)
    behind = tr("evidence on {page}").format(page=page_words(at)) if at else ""
    found: list[Any] = [_table_head(head, behind, width), ruled_line(width, before=3, after=3)]
    most = max(2, *(len(c.scores) for c in others))
    for cell in others:
        found += [_row(facts, cell, width, most), ruled_line(width, before=1.5 * air, after=2.5 * air)]
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


def flowing(found: list[Any], width: float, height: float, first: int = 3) -> list[Any]:
    """A part that goes on below the one before it, where its `first` things have room there: title, line, and so on."""
    head, rest = found[:first], found[first:]
    return [*kept_together(head, width, height, height, _BETWEEN), *rest]


def evidence_page(facts: PromotionFacts, width: float, height: float) -> list[Any]:
    """What stands behind the cells that are not core; nothing where every one is."""
    title = tr("Evidence on the others")
    found: list[Any] = [
        block(width, [plain(title, TITLE)], places=(PagePlace(EVIDENCE, title),)),
        ruled_line(width, before=6, after=8),
    ]
    others = [c for c in facts.judged.verdict.cells if not c.core and c.state is not None]
    for cell in others:
        found += [_cell(facts, cell, width, height), ruled_line(width, before=7, after=7)]
    return flowing(found[:-1], width, height) if others else []


def _cell(facts: PromotionFacts, cell: LevelCell, width: float, height: float) -> Columns:
    inner = width - _LEFT
    left: list[Any] = [plain(facts.short(cell.dimension), BODY.strong()), _state(cell, _LEFT - 8), Space(3)]
    right: list[Any] = [balanced(facts.target.cells[cell.dimension].expect, BODY.medium(), inner), Space(3)]
    vote = facts.judged.vote(cell.dimension)
    for given in facts.judged.counted:
        rating = given.content.rating(cell.dimension)
        if not rating.answered:
            continue
        again = vote.scores.get(given.rater) if vote is not None else None
        left.append(_rater(given, rating.score, again, cell))
        if given.id in facts.judged.after_open:
            left.append(plain(tr("amended after all were open"), CAPTION))
        old = facts.judged.unsupported(given, cell.dimension)
        if old is not None:
            left.append(plain(tr("only {years}: unsupported").format(years=old.year), CAPTION))
        if rating.reason is not None:
            right.append(plain(f"{given.name}: {no_score_word(rating.reason)}", TABLE.soft()))
    told = _tellings(facts, cell.dimension)
    right += [_fact(fact, names, inner) for fact, names in told if facts.inside(fact.on)]
    outside = [_fact(fact, names, inner) for fact, names in told if not facts.inside(fact.on)]
    if outside:
        words = tr("Outside the days of this calibration, and not counted:")
        right += [Space(2), plain(words, TABLE.soft()), *outside]
    right += [*_moved(facts, cell), *_what_next(facts, cell)]
    place = (PagePlace(cell.dimension, facts.short(cell.dimension), 1),)
    marks = frozenset({cell.dimension})
    return Columns(
        [FlowColumn(0, _LEFT - 8, tuple(left)), FlowColumn(_LEFT, inner, tuple(right))],
        whole=height * 0.5,
        marks=marks,
        places=place,
    )


def _tellings(facts: PromotionFacts, dimension: str) -> list[tuple[EvidenceEntry, list[str]]]:
    """What was seen, by its day, each with who saw it: the same thing said by two stands once."""
    found: dict[EvidenceEntry, list[str]] = {}
    for given in facts.judged.counted:
        for fact in given.content.rating(dimension).facts:
            names = found.setdefault(fact, [])
            if (name := given.name.split()[-1]) not in names:
                names.append(name)
    return sorted(found.items(), key=lambda told: told[0].on or date.max)


def _what_next(facts: PromotionFacts, cell: LevelCell) -> list[Any]:
    """What becomes of a cell whose bar is not met by all: the goal of the growth plan that is about it."""
    number = facts.goal(cell.dimension)
    if cell.state not in (State.SPLIT, State.NOT_MET) or number is None:
        return []
    words = tr("It is goal {n} of the growth plan.").format(n=number)
    if cell.state is State.SPLIT:
        words = tr("One either side of the bar. Becomes goal {n} of the growth plan.").format(n=number)
    return [Space(2), plain(words, TABLE.soft())]


def _fact(fact: EvidenceEntry, names: list[str], inner: float) -> Columns:
    by = sentence_list(names).replace(" ", _JOINED)
    where = fact.source.replace(" ", _JOINED)
    source = TextSpan(f"  {where}{_JOINED}·{_JOINED}{by}" if where else f"  {by}", ink="ink_soft")
    text = f"{fact.text} ({tr('inferred')})" if fact.inferred else fact.text
    return Columns(
        [
            FlowColumn(0, _DATE - 4, (plain(day_on_paper(fact.on), TABLE.soft()),)),
            FlowColumn(_DATE, inner - _DATE, (rich((TextSpan(text), source), TABLE),)),
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
                found += [Space(2), plain(said, TABLE.soft())]
    return found


def _state(cell: LevelCell, width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        if cell.state is not None and cell.state is not State.EMPTY:
            draw_state(canvas, STATE_RADIUS, 3 + CAP_HEIGHT * TABLE.size / 2, cell.state)
        write(canvas, 3.4 * STATE_RADIUS, 3, fitted(state_words(cell), TABLE, width - 12), TABLE)

    return Drawn(width, 13, paint)


def _rater(given: SubmittedAssessment, score: int | None, again: RevisedScore | None, cell: LevelCell) -> Drawn:
    """A rater's cell: what they hold now, and small beside it what they held before the session."""
    held = again.score if again is not None else score

    def paint(canvas: Any) -> None:
        draw_cell(canvas, 0, 1, LARGE_CELL, cell.bar or 3, held)
        x = LARGE_CELL[0]
        if held != score:
            draw_cell(canvas, x + 2, 4, SMALL_CELL, cell.bar or 3, score)
            x += SMALL_CELL[0] + 2
        write(canvas, x + 6, 6.5, fitted(given.name.split()[-1], TABLE, _LEFT - 19 - x), TABLE)

    return Drawn(_LEFT - 8, 21, paint)


def _table_head(words: str, behind: str, width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        write(canvas, 0, 4, words, HEAD)
        write(canvas, width, 4, behind, TABLE.soft().right())

    return Drawn(width, 18, paint)


def _unsupported(facts: PromotionFacts, cell: LevelCell) -> list[Any]:
    """That the scores of a cell, or some, rest on nothing from the days that count."""
    words = unsupported_words(facts.judged.unsupported_in(cell.dimension), len(cell.scores))
    return [plain(words, CAPTION)] if words else []


def _row(facts: PromotionFacts, cell: LevelCell, width: float, most: int) -> Columns:
    """One line of the table; `most` is how many scores stand side by side in its longest line."""
    scores = most * (LARGE_CELL[0] + 3) + 8
    left = _LEFT + scores + 72
    name = plain(facts.short(cell.dimension), TABLE.medium())

    def paint(canvas: Any) -> None:
        for number, score in enumerate(reversed(cell.scores)):
            draw_cell(canvas, number * (LARGE_CELL[0] + 3), 0, LARGE_CELL, cell.bar or 3, score)

    expect = balanced(facts.target.cells[cell.dimension].expect, TABLE.soft(), width - left)
    return Columns(
        [
            FlowColumn(0, _LEFT - 4, (Space(_DOWN), name)),
            FlowColumn(_LEFT, scores, (Drawn(scores, 19, paint),)),
            FlowColumn(_LEFT + scores, 70, (Space(_DOWN), _state(cell, 70), *_unsupported(facts, cell))),
            FlowColumn(left, width - left, (Space(_DOWN), expect)),
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
        draw_rule(canvas, x + 5, 5.5, judged.before.word, decided=bool(facts.outcomes))
        if judged.after is not None:
            left = width * 0.5
            write(canvas, left, 5.5, tr("After"), TABLE.soft())
            x = draw_cells(canvas, left + 28, 2, judged.after.cells, voted)
            draw_rule(canvas, x + 5, 5.5, judged.after.word, decided=bool(facts.outcomes))

    return Drawn(width, 20, paint)
