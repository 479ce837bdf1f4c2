"""What each column of a table is in a ladder: the map of a table as a person says it, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exchange.ladder_map import STAR, LadderMap, map_with_fields
from app.exchange.ladder_table_guess import across_map

ROWS, ACROSS, DOWN = "rows", "across", "down"
"""Layouts: one text a row; a matrix with its levels across, or with its dimensions across."""

LEVEL, DIMENSION, TEXT, GROUP, TRACK = "level", "dimension", "text", "group", "track"
DEFINITION, EXAMPLES, WEIGHT, BAR, BESIDE = "definition", "examples", "weight", "bar", "beside"
ROLES: Mapping[str, tuple[str, ...]] = {
    ROWS: (GROUP, BESIDE, LEVEL, DIMENSION, TEXT, TRACK, EXAMPLES, WEIGHT, BAR),
    ACROSS: (LEVEL, GROUP, BESIDE, DIMENSION, TRACK, DEFINITION),
    DOWN: (DIMENSION, BESIDE, LEVEL, TRACK),
}
"""What a column can be in each layout; first what several can be, so that going there by arrows takes from no other."""

_SEVERAL = {ROWS: {GROUP, BESIDE}, ACROSS: {LEVEL, GROUP, BESIDE}, DOWN: {DIMENSION, BESIDE}}


def layout_of(map_: LadderMap) -> str:
    """How the table is laid out by this map."""
    if not map_.across:
        return ROWS
    return DOWN if map_.level.startswith("^") else ACROSS


def roles_of(map_: LadderMap, headings: Sequence[str]) -> dict[str, str]:
    """What each column is by this map."""
    layout = layout_of(map_)
    named = {map_.track: TRACK, map_.examples: EXAMPLES, map_.weight: WEIGHT, map_.bar: BAR, map_.text: TEXT}
    named |= dict.fromkeys(map_.groups, GROUP)
    if layout == ACROSS:
        named |= {map_.dimension_text: DEFINITION}
    named |= dict.fromkeys(map_.across, LEVEL if layout == ACROSS else DIMENSION)
    named |= {map_.level.removeprefix("^"): LEVEL, map_.dimension.removeprefix("^"): DIMENSION}
    return {h: role if (role := named.get(h, BESIDE)) in ROLES[layout] else BESIDE for h in headings}


def with_role(map_: LadderMap, headings: Sequence[str], heading: str, role: str) -> LadderMap:
    """The map in which a column is something else; what only one column can be is taken from the one that was it."""
    layout = layout_of(map_)
    roles = roles_of(map_, headings)
    rows = LEVEL if layout == DOWN else DIMENSION
    if role not in _SEVERAL[layout]:
        roles = {h: BESIDE if known == role and h != heading else known for h, known in roles.items()}
    return _by_roles(map_, layout, {**roles, heading: role}, rows)


def laid_out(guess: LadderMap, headings: Sequence[str], layout: str) -> LadderMap:
    """The map for another layout of the same table; the guess where it has this one."""
    if layout_of(guess) == layout:
        return guess
    kept = LadderMap(name=guess.name, sheet=guess.sheet, heading_row=guess.heading_row)
    if layout == ROWS:
        columns = [*headings, "", "", ""]
        fields = {"level": columns[0], "dimension": columns[1], "text": columns[2]}
        return map_with_fields(kept, cells=f"rows.{STAR}", **fields)
    known = map_with_fields(kept, across=tuple(headings[1:]))
    return across_map(known, headings[0], rows_are_levels=layout == DOWN)


def _by_roles(map_: LadderMap, layout: str, roles: Mapping[str, str], rows: str) -> LadderMap:
    def one(role: str) -> str:
        return next((h for h, known in roles.items() if known == role), "")

    kept = LadderMap(
        name=map_.name,
        every_weight=map_.every_weight,
        sheet=map_.sheet,
        heading_row=map_.heading_row,
        track=one(TRACK),
        groups=tuple(h for h, known in roles.items() if known == GROUP),
    )
    if layout == ROWS:
        return map_with_fields(
            kept,
            cells=f"rows.{STAR}",
            level=one(LEVEL),
            dimension=one(DIMENSION),
            text=one(TEXT),
            examples=one(EXAMPLES),
            weight=one(WEIGHT),
            bar=one(BAR),
        )
    across = tuple(h for h, known in roles.items() if known == (DIMENSION if rows == LEVEL else LEVEL))
    if not across:
        return map_  # without any column across it would be no matrix
    known = map_with_fields(kept, across=across, dimension_text=one(DEFINITION))
    return across_map(known, one(rows), rows_are_levels=rows == LEVEL)
