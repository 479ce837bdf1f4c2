"""Another company's ladder on its way in: how it is read, what comes of it, and what stays beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.desk.desk import Desk
from app.desk.pages.guides.edit import foot
from app.desk.pages.guides.ladder_fields import TableFields, TreeFields, fields_of
from app.desk.pages.guides.reading import put_into_grid
from app.desk.parts.controls import Button
from app.desk.parts.fields import FieldSet
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.domain.guide import Guide
from app.exchange.ladder_map import LadderMap
from app.exchange.ladder_words import reading_words
from app.exchange.ladders import Source, build, guess_map
from app.exchange.located_values import LadderError
from app.words import ntr, tr

_PROBLEMS = 8  # told one by one
_SHOWN = 3  # dimensions of the first level in the preview


@dataclass(frozen=True)
class Preview:
    """What a map makes of a file: the guide and how it was read, or sentences of what is wrong, in the order of the
    lines."""

    guide: Guide | None = None
    problems: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


def preview(source: Source, map_: LadderMap) -> Preview:
    """Read the file by the map; nothing is kept."""
    try:
        guide = build(source, map_)
        return Preview(guide, read=tuple(reading_words(source, map_, guide)))
    except LadderError as wrong:
        return Preview(None, tuple(str(problem) for problem in wrong.problems))


class LadderForm(QWidget):
    """The mapping at the left, what comes of it at the right. `brought` carries the guide, `cancelled` nothing."""

    brought = Signal(object)
    cancelled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._theme = desk, desk.theme
        self._source: Source | None = None
        self._map = LadderMap()
        self._found: Guide | None = None
        self._form: FieldSet | None = None
        self._fields: TableFields | TreeFields | None = None
        self._left, self._right = QScrollArea(), QScrollArea()
        for area, name in ((self._left, tr("How it is read")), (self._right, tr("What comes in"))):
            area.setWidgetResizable(True)
            area.setAccessibleName(name)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parts = row(wide(self._left, 2), wide(self._right, 3), gap=0)
        self.bring_button = Button(tr("Bring it in"), "primary")
        self.bring_button.clicked.connect(self._bring)
        cancel = Button(tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        hint = tr("What has no place in a guide is kept beside it, and goes out again with its YAML.")
        column(wide(parts), foot(hint, cancel, self.bring_button), gap=0, on=self)

    def begin(self, source: Source) -> None:
        """Show a file that was read, with the most likely map."""
        self._source = source
        self._map = LadderMap() if source.guide is not None else guess_map(source)
        self._build()
        self._ask()

    @property
    def form(self) -> FieldSet | None:
        """The fields; None for a guide that Tenfold wrote, which needs no map."""
        return self._form

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the file alone."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    # The map

    def _build(self) -> None:
        assert self._source is not None
        sheet = QWidget()
        body = column(
            Text(tr("How {file} is read").format(file=self._source.name), "title", wrap=True),
            gap=12,
            margins=(32, 20, 24, 20),
            on=sheet,
        )
        self._form = None
        if self._source.guide is not None:
            words = tr("A guide that Tenfold wrote: it comes in as it went out, and there is nothing to choose.")
            body.addWidget(Text(words, tone="soft", wrap=True))
        else:
            words = tr("This is a guess. Correct it where it is wrong; the right side shows what comes of it.")
            body.addWidget(Text(words, tone="soft", wrap=True))
            self._fields = fields_of(self._source, self._map)
            self._form = FieldSet(self._theme, self._fields.fields)
            self._form.set_values(self._fields.values)
            self._form.edited.connect(self._edited)
            body.addWidget(self._form)
        body.addStretch(1)
        put_into_grid(self._left, sheet)
        if self._form is not None:
            self._form.focus_first()

    def _edited(self, name: str) -> None:
        assert self._form is not None
        assert self._source is not None
        assert self._fields is not None
        self._map, others = self._fields.edited(name, self._form.values())
        if others:
            self._build()  # the choices are others now; the focus stays on the field
            assert self._form is not None
            self._form.input(name).setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    # What comes of it

    def _ask(self) -> None:
        assert self._source is not None
        self.bring_button.setEnabled(False)
        self._desk.work.ask(self, "preview", partial(preview, self._source, self._map), self._show)

    def _show(self, found: Preview) -> None:
        self._found = found.guide
        self.bring_button.setEnabled(found.guide is not None)
        sheet = QWidget()
        body = column(gap=8, margins=(24, 20, 32, 20), on=sheet)
        if found.guide is None:
            body.addWidget(Text(tr("It can’t come in like this"), "title", wrap=True))
            for problem in found.problems[:_PROBLEMS]:
                body.addWidget(Text(problem, tone="bad", wrap=True))
            more = len(found.problems) - _PROBLEMS
            if more > 0:
                body.addWidget(Text(ntr("And {n} more problem.", "And {n} more problems.", more), tone="soft"))
            hint = tr("Choose where it lies at the left, or correct the file and import it again.")
            body.addWidget(Text(hint, tone="soft", wrap=True))
        else:
            _add_preview(body, found.guide, found.read)
        body.addStretch(1)
        put_into_grid(self._right, sheet)

    def _bring(self) -> None:
        if self._found is not None:
            self.brought.emit(self._found)


def _add_preview(column: QVBoxLayout, guide: Guide, read: Sequence[str]) -> None:
    add: Callable[[QWidget], None] = column.addWidget
    add(Text(guide.name, "title", wrap=True))
    cells = [cell for level in guide.levels for cell in level.cells.values()]
    counts = (
        ntr("{n} level", "{n} levels", len(guide.levels)),
        ntr("{n} dimension", "{n} dimensions", len(guide.dimensions)),
        ntr("{n} text", "{n} texts", sum(len(c.said) for c in cells)),
    )
    add(Text(", ".join(counts), tone="soft", wrap=True))
    for sentence in read:
        add(Text(sentence, tone="soft", wrap=True))
    for track in guide.tracks:
        words = tr("{track}: {levels}").format(
            track=track.name, levels=", ".join(guide.level(i).title for i in track.order)
        )
        add(Text(words, wrap=True))
    add(Text(tr("Dimensions: {names}").format(names=", ".join(d.name for d in guide.dimensions)), wrap=True))
    if guide.extras:
        add(Text(tr("Kept beside it: {names}").format(names=", ".join(e.name for e in guide.extras)), wrap=True))
    first = guide.in_order[0]
    column.addSpacing(8)
    add(Text(tr("As it will read: {level}").format(level=first.title), "lead", weight=600, wrap=True))
    for dimension in [d for d in guide.dimensions if d.id in first.cells][:_SHOWN]:
        cell = first.cells[dimension.id]
        add(line_across())
        add(Text(dimension.name, weight=500, wrap=True))
        add(Text(cell.said[0].text.strip(), tone="soft", wrap=True))
        more = [*cell.said[0].examples, *(s.text for s in cell.said[1:])]
        if more:
            add(Text(ntr("and {n} more", "and {n} more", len(more)), "caption", tone="faint"))
        beside = [e.name for e in cell.said[0].extras]
        if beside:
            add(Text(tr("beside it: {names}").format(names=", ".join(beside)), "caption", tone="faint", wrap=True))
