"""Where in a stranger's file the levels, dimensions and texts of a ladder lie: a guess, and a value to correct it by.

A place is a dotted way from the top in which `*` stands for every item of a list or of a table of names:
`tracks.*.milestones.*`. Within it, a name is a field of the item, `^name` a field of what holds the item, and `*2`
what the second star stands for: a name, or a position counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from app.domain.pack_guide import Weight
from app.domain.value import Way

STAR = "*"
LEVEL_WORDS = ("level", "grade", "milestone", "band", "rank", "step", "stage")
DIMENSION_WORDS = (
    "dimension",
    "theme",
    "competency",
    "competencies",
    "track",
    "skill",
    "area",
    "attribute",
    "category",
    "pillar",
    "capability",
    "practice",
    "cell",
)
TEXT_WORDS = (
    *("summary", "expectation", "expect", "expectations", "text", "statement", "description"),
    *("behaviour", "behavior", "criteria", "criterion"),
)
EXAMPLE_WORDS = ("examples", "example")
WEIGHT_WORDS, BAR_WORDS, TRACK_WORDS = ("weight", "w", "importance"), ("bar",), ("track", "ladder", "family")
ID_WORDS, NAME_WORDS = ("id", "key", "code", "slug"), ("name", "title", "displayname", "label", "short")
DEFINITION_WORDS = ("definition", "summary", "description")


@dataclass(frozen=True)
class LadderMap:
    """How to read a ladder. Names of places and fields as the module says; empty where there is none.

    `across` are a table's headings whose columns are levels (or dimensions); without any, each row is one statement.
    `name` is what the guide will be called; `title` and `note` are fields at the top that hold name and note.
    """

    name: str = ""
    cells: str = ""
    level: str = ""
    dimension: str = ""
    text: str = ""
    examples: str = ""
    weight: str = ""
    bar: str = ""
    track: str = ""
    levels: str = ""
    level_id: str = ""
    level_title: str = ""
    dimensions: str = ""
    dimension_id: str = ""
    dimension_name: str = ""
    dimension_text: str = ""
    title: str = ""
    note: str = ""
    every_weight: Weight = "important"
    across: tuple[str, ...] = ()


MAPPED = tuple(f.name for f in fields(LadderMap) if f.name not in ("across", "every_weight"))
"""The fields of a map that can be said in words."""


@dataclass
class LadderPlace:
    """Something that lies in many items: how many, and the names of their fields (none where items are texts)."""

    way: str
    count: int = 0
    fields: dict[str, None] = field(default_factory=dict)
    held_by: dict[str, None] = field(default_factory=dict)
    positions: bool = False
    texts: bool = False

    @property
    def stars(self) -> int:
        """How many stars its way has."""
        return self.way.split(".").count(STAR)


@dataclass(frozen=True)
class LadderItem:
    """One item of a place: its way, what each star stands for, and what holds it, the nearest last."""

    way: Way
    keys: tuple[str | int, ...]
    holders: tuple[tuple[Way, Mapping[str, Any]], ...]
    value: Any


def places_of(value: object) -> dict[str, LadderPlace]:
    """Every place of a file in which several items lie, in the order of the file."""
    found: dict[str, LadderPlace] = {}
    _walk(value, "", {}, found)
    return found


def items_of(value: object, place: str) -> Iterator[LadderItem]:
    """The items that lie at a place; none where nothing does."""
    if place:
        yield from _items(value, place.split("."), LadderItem((), (), (), value))


def _items(node: object, parts: Sequence[str], at: LadderItem) -> Iterator[LadderItem]:
    if not parts:
        yield LadderItem(at.way, at.keys, at.holders, node)
        return
    holders = (*at.holders, (at.way, node)) if isinstance(node, dict) else at.holders
    head, rest = parts[0], parts[1:]
    if head == STAR:
        pairs = (
            list(enumerate(node)) if isinstance(node, list) else list(node.items()) if isinstance(node, dict) else []
        )
        for key, inner in pairs:
            yield from _items(inner, rest, LadderItem((*at.way, key), (*at.keys, key), holders, inner))
    elif isinstance(node, dict) and head in node:
        yield from _items(node[head], rest, LadderItem((*at.way, head), at.keys, holders, node[head]))


def _walk(node: object, way: str, held: dict[str, None], found: dict[str, LadderPlace]) -> None:
    if isinstance(node, list):
        _note(node, way, held, found, positions=True)
    elif isinstance(node, dict):
        inner = {**held, **{k: None for k, v in node.items() if _scalar(v)}} if way else held
        if _named_alike(node):
            _note(list(node.values()), way, held, found, positions=False)
        else:
            for key, item in node.items():
                if isinstance(item, (list, dict)) and "." not in key and key != STAR:
                    _walk(item, f"{way}.{key}" if way else key, inner, found)


def _note(
    items: Sequence[object], way: str, held: dict[str, None], found: dict[str, LadderPlace], *, positions: bool
) -> None:
    inside = f"{way}.{STAR}" if way else STAR
    place = found.setdefault(inside, LadderPlace(inside, positions=positions))
    place.held_by |= held
    for item in items:
        place.count += 1
        if isinstance(item, dict):
            place.fields |= dict.fromkeys(item)
        else:
            place.texts = place.texts or isinstance(item, (str, list))
        _walk(item, inside, held, found)


def _named_alike(node: Mapping[str, object]) -> bool:
    """Whether a table of names holds items of one sort: tables that share a field, or texts alone under long names."""
    values = list(node.values())
    if len(values) >= 2 and all(isinstance(v, dict) and v for v in values):
        shared = set.intersection(*(set(v) for v in values if isinstance(v, dict)))
        return bool(shared)
    if len(values) >= 2 and all(isinstance(v, (str, list)) for v in values):
        known = {plain_word(k) for k in node}
        return not known & {*ID_WORDS, *NAME_WORDS, *TEXT_WORDS, "levels", "themes", "competencies"}
    return False


def star_number(source: str) -> int:
    """Which star a source names, from 1; 0 where it is a field."""
    number = source[1:] if source.startswith(STAR) else ""
    return int(number) if re.fullmatch("[1-9][0-9]?", number) else 0


def _scalar(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def plain_word(name: str) -> str:
    """A field's or heading's name without case, blanks and marks."""
    return re.sub(r"[\s_\-:*]+", "", name).lower()


def _called(fields: Sequence[str], words: Sequence[str], *, loosely: bool = False) -> str:
    """The first field that is called by one of the words; `loosely` where a word is only part of its name."""
    plain = {plain_word(f): f for f in reversed(fields)}
    exact = next((plain[w] for w in words if w in plain), "")
    if exact or not loosely:
        return exact
    return next((f for f in fields for w in words if plain_word(f).startswith(w) or plain_word(f).endswith(w)), "")


def _one_of(container: str, words: Sequence[str]) -> bool:
    name = plain_word(container)
    return any(name in (w, f"{w}s", f"{w[:-1]}ies") for w in words)


def guess_tree(value: object, name: str) -> LadderMap:
    """The most likely reading of nested lists and tables."""
    places = places_of(value)
    best = max((_cells_at(p, places) for p in places.values()), key=lambda s: s[0], default=(0, LadderMap()))
    map_ = best[1]
    top = [k for k, v in value.items() if isinstance(v, str)] if isinstance(value, dict) else []
    title, note = _called(top, ("name", "title")), _called(top, DEFINITION_WORDS)
    known = str(value[title]).strip() if isinstance(value, dict) and title else ""
    return map_with_fields(map_, name=known[:400] or name, title=title, note=note)


def _cells_at(place: LadderPlace, places: Mapping[str, LadderPlace]) -> tuple[int, LadderMap]:
    """How likely the cells lie here, and how they would be read."""
    fields = list(place.fields)
    text = _called(fields, TEXT_WORDS)
    examples = _called(fields, EXAMPLE_WORDS)
    level, level_at = _source(place, LEVEL_WORDS, places, fields)
    dimension, dimension_at = _source(place, DIMENSION_WORDS, places, [f for f in fields if f not in (level, text)])
    points = (100 if level_at else 0) + (100 if dimension_at else 0) + min(place.count, 40)
    points += 50 if text else 20 if place.texts and not fields else -60
    if not level or not dimension or level == dimension:
        level, dimension = _by_exclusion(place, level, dimension)
        points += 30 if level and dimension else -100
    found = LadderMap(
        cells=place.way,
        level=level,
        dimension=dimension,
        text=text,
        examples=examples,
        weight=_called(fields, WEIGHT_WORDS),
        bar=_called(fields, BAR_WORDS),
    )
    found = _with_levels(found, place, places)
    return points, _with_dimensions(found, place, places)


def _source(
    place: LadderPlace, words: Sequence[str], places: Mapping[str, LadderPlace], fields: Sequence[str]
) -> tuple[str, bool]:
    """Where a cell's level or dimension is said: in a field, in what holds it, or by what a star stands for."""
    own = _called(fields, words)
    if own:
        return own, True
    parts = place.way.split(".")
    for at, part in enumerate(parts):
        if part == STAR and at and _one_of(parts[at - 1], words):
            here = places[".".join(parts[: at + 1])]
            id_ = _called(list(here.fields), ID_WORDS) if here.positions else ""
            last = at == len(parts) - 1
            number = parts[: at + 1].count(STAR)
            return (f"^{id_}" if id_ and not last else f"{STAR}{number}"), True
    held = _called(list(place.held_by), words)
    return (f"^{held}" if held else ""), bool(held)


def _by_exclusion(place: LadderPlace, level: str, dimension: str) -> tuple[str, str]:
    """With two stars and one of them known, the other star is the other thing."""
    stars = [f"{STAR}{n}" for n in range(1, place.stars + 1)]
    if level == dimension:
        dimension = ""
    free = [s for s in stars if s not in (level, dimension)]
    if level and not dimension and free:
        return level, free[-1]
    if dimension and not level and free:
        return free[-1], dimension
    if not level and not dimension and len(free) >= 2:
        return free[-1], free[-2]
    return level, dimension


def _with_levels(found: LadderMap, cells: LadderPlace, places: Mapping[str, LadderPlace]) -> LadderMap:
    """Where the levels themselves are listed."""
    wanted = _listed(cells, places, LEVEL_WORDS, found.level)
    if wanted is None:
        return found
    fields = list(wanted.fields)
    return map_with_fields(
        found,
        levels=wanted.way,
        level_id=_named_by(wanted),
        level_title=_called(fields, NAME_WORDS),
        track=_called(fields, TRACK_WORDS),
    )


def _with_dimensions(found: LadderMap, cells: LadderPlace, places: Mapping[str, LadderPlace]) -> LadderMap:
    """Where the dimensions themselves are listed."""
    wanted = _listed(cells, places, DIMENSION_WORDS, found.dimension)
    if wanted is None or wanted.way == found.levels:
        return found
    fields = list(wanted.fields)
    return map_with_fields(
        found,
        dimensions=wanted.way,
        dimension_id=_named_by(wanted),
        dimension_name=_called(fields, NAME_WORDS),
        dimension_text=_called(fields, DEFINITION_WORDS),
    )


def _named_by(listed: LadderPlace) -> str:
    """What tells the items of a list apart: their id, what they are listed under, or in a plain list their name."""
    fields = list(listed.fields)
    if id_ := _called(fields, ID_WORDS):
        return id_
    return _called(fields, NAME_WORDS) if listed.positions else f"{STAR}{listed.stars}"


def _listed(
    cells: LadderPlace, places: Mapping[str, LadderPlace], words: Sequence[str], source: str
) -> LadderPlace | None:
    """The place above the cells that a star or a holder's field names, else a list that is called so."""
    parts = cells.way.split(".")
    stars = [".".join(parts[: at + 1]) for at, part in enumerate(parts) if part == STAR]
    number = star_number(source)
    if number:
        return places.get(stars[number - 1]) if number < len(stars) else None
    if source.startswith("^"):
        above = [places[s] for s in stars[:-1] if s in places and source[1:] in places[s].fields]
        if above:
            return above[-1]
    others = [p for p in places.values() if p.way not in stars and p.fields and STAR not in p.way[:-1]]
    return next((p for p in others if _one_of(p.way.split(".")[-2] if "." in p.way else "", words)), None)


def guess_table(headings: Sequence[str], name: str) -> LadderMap:
    """The most likely reading of a table: a statement a row, or a matrix with its levels across."""
    level = _called(headings, LEVEL_WORDS, loosely=True)
    dimension = _called([h for h in headings if h != level], DIMENSION_WORDS, loosely=True)
    text = _called([h for h in headings if h not in (level, dimension)], TEXT_WORDS, loosely=True)
    track = _called([h for h in headings if h not in (level, dimension)], TRACK_WORDS)
    if level and dimension and text and _called(headings, (*LEVEL_WORDS, *(f"{w}id" for w in LEVEL_WORDS))):
        return LadderMap(
            name=name,
            cells=f"rows.{STAR}",
            level=level,
            dimension=dimension,
            text=text,
            track=track,
            examples=_called(headings, EXAMPLE_WORDS),
            weight=_called(headings, WEIGHT_WORDS),
            bar=_called(headings, BAR_WORDS),
        )
    first = next((h for h in headings if h), "")
    definition = _called([h for h in headings if h != first], DEFINITION_WORDS)
    across = tuple(h for h in headings if h not in (first, definition, "") and h != track)
    return across_map(
        LadderMap(name=name, dimension_text=definition, across=across), first, _one_of(first, LEVEL_WORDS)
    )


def across_map(known: LadderMap, first: str, rows_are_levels: bool) -> LadderMap:
    """The reading of a matrix whose rows are named in the column `first`."""
    rows, cells = f"rows.{STAR}", f"rows.{STAR}.cells.{STAR}"
    if rows_are_levels:
        return map_with_fields(
            known,
            cells=cells,
            level=f"^{first}",
            dimension=f"{STAR}2",
            levels=rows,
            level_id=first,
            level_title=first,
            dimension_text="",
        )
    return map_with_fields(
        known,
        cells=cells,
        level=f"{STAR}2",
        dimension=f"^{first}",
        dimensions=rows,
        dimension_id=first,
        dimension_name=first,
    )


def corrected(map_: LadderMap, pairs: Sequence[str]) -> LadderMap:
    """The map with some fields said in words, "level=Grade" each. Raises ValueError for a field it has not."""
    said: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in MAPPED:
            raise ValueError(pair)
        said[name] = value
    if said.get("cells") == f"rows.{STAR}":
        said["across"] = ()  # a statement a row is no matrix
    return map_with_fields(map_, **said)


def map_with_fields(map_: LadderMap, **values: Any) -> LadderMap:
    """The map with some fields changed, which are only known while it runs."""
    return LadderMap(**{**vars(map_), **values})
