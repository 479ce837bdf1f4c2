"""The fields by which a person corrects how a ladder is read: of a table what each column is, else what lies where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.desk.parts.fields import Field, FieldType
from app.domain.guide import BAR_OF
from app.exchange import ladder_roles as roles
from app.exchange.ladder_map import STAR, LadderMap, map_with_fields, places_of, star_number
from app.exchange.ladder_table import EVERY, TablePlace, heading_row
from app.exchange.ladders import Source, guess_map, tree_for
from app.phrases.rubric import weight_word
from app.words import tr

_FOUND = "found"  # the row of the headings, where it is not said
_ROWS_SHOWN, _COLUMNS_SHOWN, _LONGEST = 20, 40, 60
_FIELDS: tuple[tuple[str, str], ...] = (
    ("cells", tr("The texts lie in")),
    ("text", tr("Text")),
    ("level", tr("Level of a text")),
    ("dimension", tr("Dimension of a text")),
    ("examples", tr("Examples")),
    ("weight", tr("Weight")),
    ("bar", tr("Bar")),
    ("groups", tr("Group of a dimension")),
    ("levels", tr("Levels are listed in")),
    ("level_title", tr("Title of a level")),
    ("track", tr("Track of a level")),
    ("dimensions", tr("Dimensions are listed in")),
    ("dimension_name", tr("Name of a dimension")),
    ("dimension_text", tr("Definition of a dimension")),
)
_LISTS = ("levels", "dimensions")


def fields_of(source: Source, map_: LadderMap) -> TableFields | TreeFields:
    """The fields that fit what was read."""
    return TableFields(source, map_) if source.sheets else TreeFields(source, map_)


class TableFields:
    """Sheet, row of the headings, layout, and a field for each column."""

    def __init__(self, source: Source, map_: LadderMap) -> None:
        self._source, self._map = source, map_
        self._headings = source.headings(map_)
        self._layout = roles.layout_of(map_)

    @property
    def fields(self) -> list[Field]:
        """All of them."""
        sheets = [s.name for s in self._source.sheets]
        fields = [Field("name", tr("Name of the guide"), required=True)]
        if len(sheets) > 1:
            choices = ((EVERY, tr("all sheets with the same headings")), *((name, name) for name in sheets))
            fields.append(Field("sheet", tr("The sheet"), FieldType.CHOICE, True, choices=choices))
        fields.append(Field("heading_row", tr("The headings"), FieldType.CHOICE, True, choices=self._rows()))
        layouts = (
            (roles.ROWS, tr("one text a row")),
            (roles.ACROSS, tr("a matrix, levels across")),
            (roles.DOWN, tr("a matrix, dimensions across")),
        )
        fields.append(Field("layout", tr("The table is"), FieldType.CHOICE, True, choices=layouts))
        words = _role_words(self._layout)
        for number, heading in enumerate(self._headings[:_COLUMNS_SHOWN]):
            label = tr("Column “{name}”").format(name=_cut(heading))
            fields.append(Field(f"column {number}", label, FieldType.CHOICE, True, choices=words))
        return [*fields, _every_weight()]

    @property
    def values(self) -> dict[str, Any]:
        """What they show."""
        known = roles.roles_of(self._map, self._headings)
        values = {
            "name": self._map.name,
            "heading_row": self._map.heading_row or _FOUND,
            "layout": self._layout,
            "every_weight": self._map.every_weight,
        }
        if len(self._source.sheets) > 1:
            values["sheet"] = self._map.sheet
        return values | {f"column {n}": known[h] for n, h in enumerate(self._headings[:_COLUMNS_SHOWN])}

    def edited(self, name: str, values: Mapping[str, Any]) -> tuple[LadderMap, bool]:
        """The map with what a person changed, and whether there are other choices now."""
        if name in ("sheet", "heading_row"):
            row = "" if name == "sheet" or values["heading_row"] == _FOUND else values["heading_row"]
            place = TablePlace(values.get("sheet", self._map.sheet), int(row or 0))
            made = guess_map(self._source, place)
        elif name == "layout":
            guess = guess_map(self._source, self._source.place(self._map))
            made = roles.laid_out(guess, self._headings, values["layout"])
        elif name.startswith("column "):
            heading = self._headings[int(name.removeprefix("column "))]
            made = roles.with_role(self._map, self._headings, heading, values[name])
        else:
            self._map = map_with_fields(self._map, **{name: values[name] or ""})
            return self._map, False
        self._map = replace(made, name=self._map.name, every_weight=self._map.every_weight)
        return self._map, True

    def _rows(self) -> tuple[tuple[str, str], ...]:
        """The rows that may hold the headings, each with what stands in it."""
        sheets = self._source.sheets
        sheet = next((s for s in sheets if s.name == self._map.sheet), sheets[0])
        found = tr("found in row {row}").format(row=heading_row(sheet))
        if self._map.sheet == EVERY:
            found = tr("found on each sheet")
        words = tr("row {row}: {cells}")
        return (
            (_FOUND, found),
            *(
                (str(line), words.format(row=line, cells=_cut(", ".join(c for c in cells if c.strip()))))
                for line, cells in sheet.rows[:_ROWS_SHOWN]
            ),
        )


class TreeFields:
    """Where in nested lists the texts lie, and whose they are."""

    def __init__(self, source: Source, map_: LadderMap) -> None:
        self._source, self._map = source, map_

    @property
    def fields(self) -> list[Field]:
        """All of them."""
        choices = self._choices()
        fields = [Field("name", tr("Name of the guide"), required=True)]
        fields += [
            Field(name, words, FieldType.CHOICE, choices=choices[name]) for name, words in _FIELDS if choices[name]
        ]
        return [*fields, _every_weight()]

    @property
    def values(self) -> dict[str, Any]:
        """What they show."""
        values: dict[str, Any] = {"name": self._map.name, "every_weight": self._map.every_weight}
        for name, _ in _FIELDS:
            values[name] = getattr(self._map, name) or None
        values["groups"] = next(iter(self._map.groups), None)
        choices = self._choices()
        return {k: v for k, v in values.items() if k not in choices or choices[k]}

    def edited(self, name: str, values: Mapping[str, Any]) -> tuple[LadderMap, bool]:
        """The map with what a person changed, and whether there are other choices now."""
        value = values[name] or ""
        if name == "groups":
            self._map = map_with_fields(self._map, groups=(value,) if value else ())
            return self._map, False
        self._map = map_with_fields(self._map, **{name: value})
        if name not in ("cells", *_LISTS):
            return self._map, False
        self._map = _with_ids(self._map, self._source)
        return self._map, True

    def _choices(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What each field of the map may be, from what lies in the file."""
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
            "groups": sources,
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


def _every_weight() -> Field:
    weights = tuple((w, weight_word(w)) for w in BAR_OF)
    return Field("every_weight", tr("Weight where none is given"), FieldType.CHOICE, True, choices=weights)


def _role_words(layout: str) -> tuple[tuple[str, str], ...]:
    """What a column can be, as a person reads it."""
    words = {
        roles.LEVEL: tr("is a level") if layout == roles.ACROSS else tr("names the levels"),
        roles.DIMENSION: tr("is a dimension") if layout == roles.DOWN else tr("names the dimensions"),
        roles.TEXT: tr("holds the texts"),
        roles.GROUP: tr("names groups of dimensions"),
        roles.TRACK: tr("names the track"),
        roles.DEFINITION: tr("defines the dimension"),
        roles.EXAMPLES: tr("holds examples"),
        roles.WEIGHT: tr("holds the weight"),
        roles.BAR: tr("holds the bar"),
        roles.BESIDE: tr("is kept beside"),
    }
    return tuple((role, words[role]) for role in roles.ROLES[layout])


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


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
