"""A level as it is read, and two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.desk.pages.guides.tile import tile_matrix, tile_of, tile_words
from app.desk.parts.label import Text, as_tooltip, line_across
from app.desk.parts.layout import STRETCH, TOP, aligned, column, holder, row, wide
from app.desk.theme import Theme
from app.domain.guide import Extra, Guide, GuideCell, GuideLevel, Statement
from app.domain.guide_diff import LevelPair, compare_levels
from app.phrases.rubric import way_in_full, weight_word
from app.words import ntr, tr

BOOK_WIDTH = 1080
_NAME = 150  # px at ordinary text size: a dimension's or a fact's name


def in_book(theme: Theme, content: QWidget) -> QWidget:
    """The content in the middle of the page, as wide as lines read well."""
    content.setMaximumWidth(max(BOOK_WIDTH, theme.px(BOOK_WIDTH)))
    return holder(row(STRETCH, wide(content, 100), STRETCH, margins=(32, 20, 32, 32)))


class Across(QScrollArea):
    """Something wide that scrolls sideways by itself, as high as it is."""

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWidgetResizable(True)
        self._content = content
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """As high as what it holds, with room for its bar."""
        high = self._content.sizeHint().height() + self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        """It may be narrower than what it holds."""
        return QSize(0, self.sizeHint().height())


def put_into_grid(area: QScrollArea, sheet: QWidget) -> None:
    """Show another sheet. The one before goes later: what asked for this may still be at work in it."""
    before = area.takeWidget()
    if before is not None:
        before.hide()
        before.deleteLater()
    area.setWidget(sheet)


def level_sheet(theme: Theme, guide: Guide, level: GuideLevel) -> QWidget:
    """The page of a level: how far it reaches, where it leads, and what it asks on each dimension."""
    sheet, body = _sheet()
    body.addWidget(Text(level.title, "display", wrap=True))
    body.addWidget(Text(place_words(guide, level), "lead", tone="soft", wrap=True))
    body.addSpacing(6)
    facts = _facts(guide, level)
    if facts:
        body.addLayout(_table(theme, facts))
        body.addSpacing(14)
    body.addWidget(Text(tr("What it asks"), "lead", weight=600))
    for dimension in guide.dimensions:
        cell = level.cells.get(dimension.id)
        if cell is not None:
            body.addWidget(line_across())
            body.addLayout(_asked(theme, dimension.short, dimension.definition, cell))
    silent = [d.short for d in guide.dimensions if d.id not in level.cells]
    if silent:
        body.addWidget(line_across())
        words = tr("The guide says nothing here about {names}.").format(names=", ".join(silent))
        body.addWidget(Text(words, tone="soft", wrap=True))
    body.addStretch(1)
    return sheet


def place_words(guide: Guide, level: GuideLevel) -> str:
    """Where a level stands: 'M1 · Engineering management, level 1 of 3'."""
    track = guide.track(level.track)
    words = tr("{track}, level {n} of {all}") if len(guide.tracks) > 1 else tr("Level {n} of {all}")
    place = words.format(track=track.name, n=track.order.index(level.id) + 1, all=len(track.order))
    short = level.label == level.id and not level.title.endswith(level.id)
    return f"{level.id} · {place}" if short else place


def compare_sheet(theme: Theme, guide: Guide, left: str, right: str) -> QWidget:
    """Two levels side by side, dimension by dimension, with what moves between them."""
    sheet, body = _sheet()
    one, other = guide.level(left), guide.level(right)
    body.addWidget(Text(_between(guide, one, other), "lead", tone="soft", wrap=True))
    pairs = compare_levels(guide, left, right)
    moving = sum(p.weight_moves or p.bar_moves for p in pairs)
    words = ntr("{n} dimension weighs differently", "{n} dimensions weigh differently", moving)
    words = words if moving else tr("Every dimension weighs the same.")
    body.addWidget(Text(words, "caption", tone="soft"))
    body.addSpacing(6)
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    stacked = theme.large_text
    first = 0 if stacked else 1
    for place, level in enumerate((one, other)):
        head = Text(level.title, "title", wrap=True)
        grid.addWidget(head, 0, first + place)
        grid.addWidget(Text(place_words(guide, level), "caption", tone="soft", wrap=True), 1, first + place)
        grid.setColumnStretch(first + place, 1)
    line = 2
    for name, field in _FACT_FIELDS:
        texts = [getattr(one, field).strip(), getattr(other, field).strip()]
        if any(texts):
            line = _pair_row(grid, line, name, "", [Text(t or "–", wrap=True) for t in texts], stacked)
    for pair in pairs:
        line = _pair_row(grid, line, pair.dimension.short, _moves(pair), _sides(theme, pair), stacked)
    if not stacked:
        grid.setColumnMinimumWidth(0, theme.px(_NAME))
    body.addLayout(grid)
    body.addStretch(1)
    return sheet


def overview_sheet(theme: Theme, guide: Guide) -> QWidget:
    """The whole guide at a glance: its note, and the matrix of bars and weights."""
    sheet, body = _sheet()
    body.addWidget(Text(guide.name, "display", wrap=True))
    if guide.note.strip():
        body.addWidget(Text(guide.note.strip(), "lead", tone="soft", wrap=True))
    lead = tr("The figure is the bar, the tile its weight. An empty place says that the guide is silent there.")
    body.addWidget(Text(lead, tone="soft", wrap=True))
    body.addSpacing(6)
    body.addWidget(Across(tile_matrix(theme, guide), tr("Bars and weights")))
    if guide.transitions:
        body.addSpacing(10)
        body.addWidget(Text(tr("Ways between the levels"), "lead", weight=600))
        for way in guide.transitions:
            ends = tr("{one} to {other}").format(one=guide.level(way.from_).title, other=guide.level(way.to).title)
            body.addWidget(line_across())
            body.addLayout(_two(theme, Text(ends, wrap=True), Text(way_in_full(way.kind), tone="soft", wrap=True), 360))
    if guide.extras:
        body.addSpacing(10)
        body.addWidget(Text(tr("Kept from the source"), "lead", weight=600))
        words = tr("These parts have no place in a guide. They are kept with it, and go out with its YAML.")
        body.addWidget(Text(words, tone="soft", wrap=True))
        for kept in guide.extras:
            body.addWidget(line_across())
            body.addLayout(_two(theme, Text(kept.name, weight=500, wrap=True), _long(kept.words)))
    body.addStretch(1)
    return sheet


_FACT_FIELDS = (
    (tr("Scope"), "scope"),
    (tr("Autonomy"), "autonomy"),
    (tr("Impact"), "impact"),
    (tr("Horizon"), "horizon"),
    (tr("For example"), "example"),
    (tr("Typical, not a gate"), "typical"),
)


def _sheet() -> tuple[QWidget, QVBoxLayout]:
    sheet = QWidget()
    body = column(gap=7, on=sheet)
    return sheet, body


def _facts(guide: Guide, level: GuideLevel) -> list[tuple[str, str]]:
    found = [(name, getattr(level, field).strip()) for name, field in _FACT_FIELDS]
    ways = (
        (tr("From here"), [(guide.level(w.to).title, w.kind) for w in guide.ways_from(level.id)]),
        (tr("To here"), [(guide.level(w.from_).title, w.kind) for w in guide.ways_to(level.id)]),
    )
    for name, ends in ways:
        lines = [tr("{level}: {way}").format(level=title, way=way_in_full(kind)) for title, kind in ends]
        found.append((name, "\n".join(lines)))
    found += [(kept.name, "\n".join(kept.lines)) for kept in level.extras]
    return [(name, text) for name, text in found if text]


def _table(theme: Theme, facts: Sequence[tuple[str, str]]) -> QVBoxLayout:
    body = column(gap=7)
    for name, text in facts:
        body.addWidget(line_across())
        body.addLayout(_two(theme, Text(name, tone="soft", wrap=True), Text(text, wrap=True)))
    return body


def _two(theme: Theme, name: QWidget, text: QWidget, width: int = _NAME) -> QHBoxLayout | QVBoxLayout:
    """A name and what it holds, side by side; one over the other where the text is large."""
    if theme.large_text:
        return column(name, text, gap=2)
    name.setFixedWidth(theme.px(width))
    return row(aligned(name, TOP), wide(text, 1, TOP), gap=16)


def _asked(theme: Theme, name: str, definition: str, cell: GuideCell) -> QHBoxLayout | QVBoxLayout:
    title = Text(name, weight=500, wrap=True)
    title.setToolTip(as_tooltip(definition))
    head = holder(
        row(
            wide(column(title, Text(weight_word(cell.weight), "caption", tone="soft"), gap=1)),
            aligned(tile_of(theme, cell, name), TOP),
            gap=10,
        )
    )
    return _two(theme, head, cell_text_of(theme, cell), _NAME + 46)


def cell_text_of(theme: Theme, cell: GuideCell) -> QWidget:
    """What a cell says: its statements, each with its examples and what the source had beside it."""
    held = QWidget()
    body = column(gap=3, on=held)
    faint = cell.weight == "not_expected"
    for number, statement in enumerate(cell.said):
        if number:
            body.addSpacing(7)
        _add_statement(body, statement, faint=faint)
    if cell.statements:
        _add_extras(body, cell.extras)
    return held


def _add_statement(column: QVBoxLayout, statement: Statement, *, faint: bool) -> None:
    column.addWidget(Text(statement.text.strip() or "–", wrap=True, tone="soft" if faint else "ink"))
    for example in statement.examples:
        column.addLayout(_bullet(example))
    _add_extras(column, statement.extras)


def _add_extras(column: QVBoxLayout, extras: Sequence[Extra]) -> None:
    for kept in extras:
        if len(kept.lines) == 1:
            words = tr("{name}: {text}").format(name=kept.name, text=kept.lines[0])
            column.addWidget(Text(words, "caption", tone="faint", wrap=True))
        elif kept.lines:
            column.addWidget(Text(kept.name, "caption", tone="faint"))
            for line in kept.lines:
                column.addLayout(_bullet(line))


def _bullet(text: str) -> QHBoxLayout:
    return row(aligned(Text("–", tone="soft"), TOP), wide(Text(text.strip(), wrap=True, tone="soft")), gap=6)


def _long(text: str) -> Text:
    """Text of any kind; one that holds no blank may be broken anywhere."""
    return Text(text.replace(",", ", ").replace("  ", " "), tone="soft", wrap=True)


def _between(guide: Guide, one: GuideLevel, other: GuideLevel) -> str:
    """What the way between two levels is, in words."""
    way = guide.way_between(one.id, other.id)
    if one.id == other.id:
        return tr("One level beside itself.")
    if way is None:
        return tr("The guide names no way between these two.")
    ends = tr("{one} to {other}").format(one=guide.level(way.from_).label, other=guide.level(way.to).label)
    return tr("{ends}: {way}").format(ends=ends, way=way_in_full(way.kind))


def _moves(pair: LevelPair) -> str:
    """What weight and bar do from left to right."""
    if not (pair.weight_moves or pair.bar_moves):
        return ""
    before, after = tile_words(pair.left), tile_words(pair.right)
    if pair.left is not None and pair.right is not None and not pair.bar_moves:
        before, after = weight_word(pair.left.weight), weight_word(pair.right.weight)
    return tr("{before} → {after}").format(before=before, after=after)


def _sides(theme: Theme, pair: LevelPair) -> list[QWidget]:
    found: list[QWidget] = []
    for cell in (pair.left, pair.right):
        text = cell_text_of(theme, cell) if cell else Text(tr("The guide is silent here."), tone="faint", wrap=True)
        held = holder(row(aligned(tile_of(theme, cell, pair.dimension.short), TOP), wide(text, 1, TOP), gap=10))
        found.append(held)
    return found


def _pair_row(grid: QGridLayout, row: int, name: str, note: str, sides: Sequence[QWidget], stacked: bool) -> int:
    """One row of a comparison; gives the next row's number."""
    line: QFrame = line_across()
    grid.addWidget(line, row, 0, 1, 2 if stacked else 3)
    head = QWidget()
    words = column(Text(name, weight=500, wrap=True), gap=1, on=head)
    if note:
        words.addWidget(Text(note, "caption", tone="accent", wrap=True))
    top = Qt.AlignmentFlag.AlignTop
    if stacked:
        grid.addWidget(head, row + 1, 0, 1, 2)
        for place, side in enumerate(sides):
            grid.addWidget(side, row + 2, place, top)
        return row + 3
    grid.addWidget(head, row + 1, 0, top)
    for place, side in enumerate(sides, start=1):
        grid.addWidget(side, row + 1, place, top)
    return row + 2
