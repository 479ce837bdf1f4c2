"""A map with some of it said by a person: of a table by its columns, of anything by its places."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence

from app.errors import Refused
from app.exchange.ladder_map import MAPPED, STAR, LadderMap, map_with_fields, plain_word
from app.exchange.ladder_table import EVERY, TablePlace
from app.exchange.ladder_table_guess import TableGuess, across_map
from app.exchange.ladders import Source, guess_map
from app.words import tr

COLUMNS = ("level_columns", "dimension_columns", "rows", "groups")
"""What can be said of a table in words of its own; `groups` of anything."""

_HEADED = ("level", "dimension", "text", "examples", "weight", "bar", "track")


def said_map(source: Source, pairs: Sequence[str]) -> LadderMap:
    """The guess, with some fields said: "level_columns=Junior, Senior" each. Raises Refused for what is not there."""
    said: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in (*MAPPED, *COLUMNS):
            raise Refused(
                tr("“{words}” is nothing a ladder can be read by.").format(words=pair),
                tr("Say field=place, with one of: {names}.").format(
                    names=", ".join(dict.fromkeys((*COLUMNS, *MAPPED)))
                ),
            )
        said[name] = value.strip()
    return _of_table(source, said) if source.sheets else _of_tree(source, said)


def _of_tree(source: Source, said: Mapping[str, str]) -> LadderMap:
    found = {name: value for name, value in said.items() if name in MAPPED and name != "groups"}
    map_ = map_with_fields(guess_map(source), **found)
    return map_with_fields(map_, groups=tuple(_several(said["groups"]))) if "groups" in said else map_


def _of_table(source: Source, said: Mapping[str, str]) -> LadderMap:
    map_ = guess_map(source, _place(source, said)) if {"sheet", "heading_row"} & set(said) else guess_map(source)
    headings = source.headings(map_)
    found = {name: value for name, value in said.items() if name not in (*COLUMNS, "sheet", "heading_row")}
    found |= {name: column(found[name], headings) for name in _HEADED if _is_heading(found.get(name, ""))}
    groups = columns(said["groups"], headings) if "groups" in said else None
    if {"level_columns", "dimension_columns", "rows"} & set(said):
        map_ = _matrix(map_, said, headings, found.get("track", map_.track), groups or map_.groups)
    elif found.get("cells") == f"rows.{STAR}" or ("text" in found and "cells" not in found):
        found["cells"] = f"rows.{STAR}"
        map_ = _statements(map_, found, groups or map_.groups)
    if groups is not None:
        map_ = map_with_fields(map_, groups=tuple(groups))
    return without_twice(map_with_fields(map_, **found))


def _is_heading(value: str) -> bool:
    return bool(value) and value[0] not in (STAR, "^")


def _place(source: Source, said: Mapping[str, str]) -> TablePlace:
    guessed = source.place(guess_map(source))
    name, row = said.get("sheet", guessed.sheet), said.get("heading_row", "")
    names = [s.name for s in source.sheets]
    if name not in (*names, EVERY):
        raise Refused(
            tr("There is no sheet “{name}”.").format(name=name),
            tr("There are: {names}.").format(names=", ".join(names)),
        )
    rows = [line for s in source.sheets if name in (EVERY, s.name) for line, _ in s.rows]
    if row and (not row.isdecimal() or len(row) > 7 or int(row) not in rows):
        raise Refused(
            tr("There are no headings in row {row}.").format(row=row), tr("Name a row of the table that holds any.")
        )
    return TablePlace(name, int(row or 0))


def _matrix(
    map_: LadderMap, said: Mapping[str, str], headings: Sequence[str], track: str, groups: Sequence[str]
) -> LadderMap:
    """A matrix as it is said: the columns that lie across, and the one that names the rows."""
    levels_down = "dimension_columns" in said if "level_columns" not in said else False
    if "level_columns" not in said and "dimension_columns" not in said:
        levels_down = bool(map_.across) and map_.level.startswith("^")
    written = said.get("level_columns", said.get("dimension_columns"))
    across = columns(written, headings) if written is not None else list(map_.across)
    kept = [g for g in groups if g not in across]
    if "rows" in said:
        rows = column(said["rows"], headings)
    else:
        rows = TableGuess(headings, []).rows_named_by([*across, *kept, track, map_.dimension_text])
    across = [h for h in across if h != rows] or [h for h in headings if h not in (rows, track, *kept)]
    known = LadderMap(
        name=map_.name,
        across=tuple(across),
        track=track,
        groups=tuple(g for g in kept if g != rows),
        dimension_text=map_.dimension_text if map_.dimension_text not in (*across, rows) else "",
        every_weight=map_.every_weight,
        sheet=map_.sheet,
        heading_row=map_.heading_row,
    )
    return across_map(known, rows, rows_are_levels=levels_down)


def _statements(map_: LadderMap, found: Mapping[str, str], groups: Sequence[str]) -> LadderMap:
    """A text a row; what a matrix said of its rows holds for it where nothing else is said."""
    fields = {name: getattr(map_, name) for name in ("level", "dimension")}
    plain = {name: "" if value.startswith(STAR) else value.removeprefix("^") for name, value in fields.items()}
    used = [*found.values(), *plain.values()]
    return map_with_fields(map_, across=(), groups=tuple(g for g in groups if g not in used), **plain)


def without_twice(map_: LadderMap) -> LadderMap:
    """What names the levels, dimensions or track of a ladder is no group of it."""
    taken = {map_.level.removeprefix("^"), map_.dimension.removeprefix("^"), map_.track, map_.text, *map_.across}
    return map_with_fields(map_, groups=tuple(g for g in map_.groups if g not in taken))


def column(name: str, headings: Sequence[str]) -> str:
    """The heading a person means, whatever its case. Raises Refused where there is none."""
    if name in headings:
        return name
    found = [h for h in headings if plain_word(h) == plain_word(name)]
    if len(found) != 1:
        raise Refused(
            tr("There is no column “{name}”.").format(name=name),
            tr("The columns are: {names}.").format(names=", ".join(headings)),
        )
    return found[0]


def columns(written: str, headings: Sequence[str]) -> list[str]:
    """The headings a person means, with commas between them; one with a comma of its own stands in quotes."""
    return [column(name, headings) for name in _several(written)]


def _several(written: str) -> list[str]:
    parts = next(csv.reader([written.replace("\n", " ")], skipinitialspace=True), [])
    return [part.strip() for part in parts if part.strip()]
