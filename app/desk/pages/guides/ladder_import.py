"""Another company's ladder on its way in: how it is read, what comes of it, and what stays beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.desk.desk import Desk
from app.desk.pages.guides.edit import foot
from app.desk.pages.guides.reading import put_into_grid
from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.domain.guide import BAR_OF, Guide
from app.exchange.ladder_map import STAR, LadderMap, across_map, guess_table, map_with_fields, places_of, star_number
from app.exchange.ladders import Source, build, guess_map, tree_for
from app.exchange.located_values import LadderError
from app.phrases.rubric import weight_word
from app.words import ntr, tr

_ROWS, _ACROSS, _DOWN = "rows", "across", "down"
_PROBLEMS = 8  # told one by one
_SHOWN = 3  # dimensions of the first level in the preview
_FIELDS: tuple[tuple[str, str], ...] = (
    ("cells", tr("The texts lie in")),
    ("text", tr("Text")),
    ("level", tr("Level of a text")),
    ("dimension", tr("Dimension of a text")),
    ("examples", tr("Examples")),
    ("weight", tr("Weight")),
    ("bar", tr("Bar")),
    ("levels", tr("Levels are listed in")),
    ("level_title", tr("Title of a level")),
    ("track", tr("Track of a level")),
    ("dimensions", tr("Dimensions are listed in")),
    ("dimension_name", tr("Name of a dimension")),
    ("dimension_text", tr("Definition of a dimension")),
)


@dataclass(frozen=True)
class Preview:
    """What a map makes of a file: the guide, or sentences of what is wrong, in the order of the lines."""

    guide: Guide | None = None
    problems: tuple[str, ...] = ()


def preview(source: Source, map_: LadderMap) -> Preview:
    """Read the file by the map; nothing is kept."""
    try:
        return Preview(build(source, map_))
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
            self._form = FieldSet(self._theme, self._fields())
            self._form.set_values(self._values())
            self._form.edited.connect(self._edited)
            body.addWidget(self._form)
        body.addStretch(1)
        put_into_grid(self._left, sheet)
        if self._form is not None:
            self._form.focus_first()

    def _fields(self) -> list[Field]:
        assert self._source is not None
        fields = [Field("name", tr("Name of the guide"), required=True)]
        if self._source.headings:
            layouts = (
                (_ROWS, tr("one text a row")),
                (_ACROSS, tr("a matrix, levels across")),
                (_DOWN, tr("a matrix, dimensions across")),
            )
            fields.append(Field("layout", tr("The table is"), FieldType.CHOICE, True, choices=layouts))
        choices = self._choices()
        fields += [
            Field(name, words, FieldType.CHOICE, choices=choices[name]) for name, words in _FIELDS if choices[name]
        ]
        weights = tuple((w, weight_word(w)) for w in BAR_OF)
        fields.append(Field("every_weight", tr("Weight where none is given"), FieldType.CHOICE, True, choices=weights))
        return fields

    def _values(self) -> dict[str, Any]:
        assert self._form is not None
        values: dict[str, Any] = {"name": self._map.name, "every_weight": self._map.every_weight}
        for name, _ in _FIELDS:
            values[name] = getattr(self._map, name) or None
        if self._source is not None and self._source.headings:
            values["layout"] = _layout(self._map)
        choices = self._choices()
        return {k: v for k, v in values.items() if k not in choices or choices[k]}

    def _choices(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What each field of the map may be, from what lies in the file."""
        assert self._source is not None
        places = places_of(tree_for(self._source, self._map).value)
        cells = places.get(self._map.cells)
        own = list(cells.fields) if cells else []
        held = [f"^{name}" for name in (cells.held_by if cells else ())]
        stars = [f"{STAR}{n}" for n in range(1, (cells.stars if cells else 0) + 1)]
        sources = _named([*own, *held, *stars], self._map.cells)
        fields = _named(own, "")
        ways = tuple((p.way, f"{p.way} ({p.count})") for p in places.values())
        lists = {n: list(places[w].fields) if (w := getattr(self._map, n)) in places else [] for n in _LISTS}
        return {
            "cells": ways,
            "text": fields,
            "level": sources,
            "dimension": sources,
            "examples": fields,
            "weight": fields,
            "bar": fields,
            "levels": ways,
            "dimensions": ways,
            "level_title": _named(lists["levels"], ""),
            "track": _named(lists["levels"] if self._map.levels else own, ""),
            "dimension_name": _named(lists["dimensions"], ""),
            "dimension_text": _named(lists["dimensions"], ""),
        }

    def _edited(self, name: str) -> None:
        assert self._form is not None
        assert self._source is not None
        values = self._form.values()
        if name == "layout":
            self._map = _laid_out(self._source.headings, self._map, values["layout"])
            self._rebuild(name)
        elif name in ("cells", "levels", "dimensions"):
            self._map = map_with_fields(self._map, **{name: values[name] or ""})
            self._map = _with_ids(self._map, self._source)
            self._rebuild(name)
        else:
            self._map = map_with_fields(self._map, **{name: values[name] or ""})
        self._ask()

    def _rebuild(self, name: str) -> None:
        """The choices are others now; the focus stays on the field."""
        self._build()
        assert self._form is not None
        self._form.input(name).setFocus(Qt.FocusReason.OtherFocusReason)

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
            _add_preview(body, found.guide)
        body.addStretch(1)
        put_into_grid(self._right, sheet)

    def _bring(self) -> None:
        if self._found is not None:
            self.brought.emit(self._found)


_LISTS = ("levels", "dimensions")


def _named(sources: Sequence[str], cells: str) -> tuple[tuple[str, str], ...]:
    """Sources as a person reads them."""
    found = []
    for source in sources:
        number = star_number(source)
        if number and cells:
            parts = cells.split(".")
            at = [n for n, part in enumerate(parts) if part == STAR][number - 1]
            words = tr("name or place in “{list}”").format(list=parts[at - 1] if at else tr("the file"))
        elif source.startswith("^"):
            words = tr("“{field}” of what holds it").format(field=source[1:])
        else:
            words = source
        found.append((source, words))
    return tuple(found)


def _layout(map_: LadderMap) -> str:
    if not map_.across:
        return _ROWS
    return _DOWN if map_.level.startswith("^") else _ACROSS


def _laid_out(headings: Sequence[str], map_: LadderMap, layout: str) -> LadderMap:
    """The map for another reading of the same table."""
    if layout == _ROWS:
        columns = [*headings, "", "", ""]
        made = guess_table(headings, map_.name)
        if made.across:
            made = LadderMap(
                cells=f"rows.{STAR}",
                level=columns[0],
                dimension=columns[1],
                text=columns[2],
            )
    else:
        made = guess_table(headings, map_.name)
        if _layout(made) != layout:
            made = across_map(LadderMap(across=tuple(headings[1:])), headings[0], layout == _DOWN)
    return replace(made, name=map_.name, every_weight=map_.every_weight)


def _with_ids(map_: LadderMap, source: Source) -> LadderMap:
    """The ids that go with the lists that were chosen, and no field that the place does not have."""
    places = places_of(tree_for(source, map_).value)
    changed: dict[str, str] = {}
    for name, id_field, others in (
        ("levels", "level_id", ("level_title",)),
        ("dimensions", "dimension_id", ("dimension_name", "dimension_text")),
    ):
        place = places.get(getattr(map_, name))
        if place is None:
            changed |= {id_field: "", **dict.fromkeys(others, "")}
            continue
        fields = list(place.fields)
        if getattr(map_, id_field) not in (*fields, f"{STAR}{place.stars}") or not getattr(map_, id_field):
            plain = next((f for f in fields if f.lower() in ("id", "key", "code", "name", "title")), "")
            changed[id_field] = plain if place.positions and plain else f"{STAR}{place.stars}"
        changed |= {o: "" for o in others if getattr(map_, o) not in fields}
    cells = places.get(map_.cells)
    own = list(cells.fields) if cells else []
    changed |= {n: "" for n in ("text", "examples", "weight", "bar") if getattr(map_, n) not in own}
    return map_with_fields(map_, **changed)


def _add_preview(column: QVBoxLayout, guide: Guide) -> None:
    add: Callable[[QWidget], None] = column.addWidget
    add(Text(guide.name, "title", wrap=True))
    cells = [cell for level in guide.levels for cell in level.cells.values()]
    counts = (
        ntr("{n} level", "{n} levels", len(guide.levels)),
        ntr("{n} dimension", "{n} dimensions", len(guide.dimensions)),
        ntr("{n} text", "{n} texts", sum(len(c.said) for c in cells)),
    )
    add(Text(", ".join(counts), tone="soft", wrap=True))
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
