"""What packets about levels share: a row of cells, the word of readiness with its shape, a line of dated evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.readiness import LevelCell, Readiness, ReadinessVerdict
from app.packets.paper.colour import colour
from app.packets.paper.flow import Columns, Drawn, FlowColumn
from app.packets.paper.strip import STATE_RADIUS, draw_cell, draw_state
from app.packets.paper.type import CAP_HEIGHT, TABLE, Type, measure, plain, write
from app.phrases.readiness import Said, readiness_word, said_of
from app.phrases.rubric import state_word
from app.words import day, tr

CELL = (11.5, 14.0)
STEP = 13.2
_NARROWER = 4.0  # points
_ENDLESS = 100_000


def draw_cells(canvas: Any, x: float, y: float, cells: tuple[LevelCell, ...], marked: frozenset[str]) -> float:
    """A strip with its lower left corner at (x, y); gives its right end. `marked` are underlined."""
    for cell in cells:
        draw_cell(canvas, x, y, CELL, cell.bar or 3, cell.low, cell.high)
        if cell.dimension in marked:
            canvas.setFillColor(colour("accent"))
            canvas.rect(x, y - 3, CELL[0], 1.1, stroke=0, fill=1)
        x += STEP
    return x


def draw_word(canvas: Any, x: float, y: float, said: Said, type_: Type) -> float:
    """The shape and the word with its baseline at `y`; gives its right end."""
    draw_state(canvas, x + STATE_RADIUS, y + CAP_HEIGHT * type_.size / 2, said.shape)
    left = x + 3.4 * STATE_RADIUS
    write(canvas, left, y, said.word, type_)
    return left + measure(said.word, type_)


def draw_rule(canvas: Any, x: float, y: float, word: Readiness, *, decided: bool) -> None:
    """What the rule says beside a strip; once something was decided it is small, and said to be the rule's."""
    if decided:
        write(canvas, x, y, tr("rule: {word}").format(word=readiness_word(word)), TABLE.soft())
    else:
        draw_word(canvas, x, y, said_of(word), TABLE.medium())


def strip_line(
    width: float, words: str, verdict: ReadinessVerdict, marked: frozenset[str] = frozenset(), *, decided: bool = False
) -> Drawn:
    """'Before', the cells, the word."""

    def paint(canvas: Any) -> None:
        write(canvas, 0, 5.5, words, TABLE.soft())
        x = draw_cells(canvas, 62, 2, verdict.cells, marked)
        draw_rule(canvas, x + 10, 5.5, verdict.word, decided=decided)

    return Drawn(width, 20, paint)


def state_words(cell: LevelCell) -> str:
    """A cell's state as paper says it, with its bar where that is another than 3."""
    if cell.state is None:
        return tr("not expected")
    words = state_word(cell.state)
    return tr("{state}, bar {bar}").format(state=words, bar=cell.bar) if cell.bar != 3 else words


def balanced(words: str, type_: Type, width: float) -> Columns:
    """A sentence in as many lines as it needs, each about as long as the others: no word stands alone on the last."""

    def high(wide: float) -> float:
        return float(plain(words, type_).wrap(wide, _ENDLESS)[1])

    whole, narrow = high(width), width
    while whole > type_.leading and narrow > width * 0.4 and high(narrow - _NARROWER) <= whole:
        narrow -= _NARROWER
    return Columns([FlowColumn(0, narrow, (plain(words, type_),))], whole=whole)


def day_on_paper(on: date | None) -> str:
    """'18 Nov 2025'."""
    if on is None:
        return ""
    words = day(on).split()
    return f"{words[0]} {words[1][:3]} {words[2]}"
