"""The most likely reading of a ladder in nested lists: where its texts lie, whose they are, what is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exchange.ladder_map import (
    BAR_WORDS,
    DEFINITION_WORDS,
    DIMENSION_WORDS,
    EXAMPLE_WORDS,
    ID_WORDS,
    LEVEL_WORDS,
    NAME_WORDS,
    STAR,
    TEXT_WORDS,
    TRACK_WORDS,
    WEIGHT_WORDS,
    LadderMap,
    LadderPlace,
    called,
    look_like_levels,
    map_with_fields,
    one_of,
    places_of,
    star_number,
)


def guess_tree(value: object, name: str) -> LadderMap:
    """The most likely reading of nested lists and tables."""
    places = places_of(value)
    best = max((_cells_at(p, places) for p in places.values()), key=lambda s: s[0], default=(0, LadderMap()))
    map_ = best[1]
    top = [k for k, v in value.items() if isinstance(v, str)] if isinstance(value, dict) else []
    title, note = called(top, ("name", "title")), called(top, DEFINITION_WORDS)
    known = str(value[title]).strip() if isinstance(value, dict) and title else ""
    return map_with_fields(map_, name=known[:400] or name, title=title, note=note)


def _cells_at(place: LadderPlace, places: Mapping[str, LadderPlace]) -> tuple[int, LadderMap]:
    """How likely the cells lie here, and how they would be read."""
    fields = list(place.fields)
    text = called(fields, TEXT_WORDS)
    examples = called(fields, EXAMPLE_WORDS)
    level, level_at = _source(place, LEVEL_WORDS, places, fields)
    dimension, dimension_at = _source(place, DIMENSION_WORDS, places, [f for f in fields if f not in (level, text)])
    points = (100 if level_at else 0) + (100 if dimension_at else 0) + min(place.count, 40)
    points += 50 if text else 20 if place.texts and not fields else -60
    if not level or not dimension or level == dimension:
        level, dimension = _by_exclusion(place, places, level, dimension)
        points += 30 if level and dimension else -100
    found = LadderMap(
        cells=place.way,
        level=level,
        dimension=dimension,
        text=text,
        examples=examples,
        weight=called(fields, WEIGHT_WORDS),
        bar=called(fields, BAR_WORDS),
    )
    found = _with_levels(_grouped(found, place), place, places)
    return points, _with_dimensions(found, place, places)


def _source(
    place: LadderPlace, words: Sequence[str], places: Mapping[str, LadderPlace], fields: Sequence[str]
) -> tuple[str, bool]:
    """Where a cell's level or dimension is said: in a field, in what holds it, or by what a star stands for."""
    own = called(fields, words)
    if own:
        return own, True
    parts = place.way.split(".")
    for at, part in enumerate(parts):
        if part == STAR and at and one_of(parts[at - 1], words):
            here = places[".".join(parts[: at + 1])]
            id_ = _name_in(here) if here.positions else ""
            last = at == len(parts) - 1
            number = parts[: at + 1].count(STAR)
            return (f"^{id_}" if id_ and not last else f"{STAR}{number}"), True
    held = called(list(place.held_by), words)
    return (f"^{held}" if held else ""), bool(held)


def _by_exclusion(place: LadderPlace, places: Mapping[str, LadderPlace], level: str, dimension: str) -> tuple[str, str]:
    """With one of two stars known, the other star is the other thing. A bare position in a list is none of them."""
    parts = place.way.split(".")
    ways = [".".join(parts[: at + 1]) for at, part in enumerate(parts) if part == STAR]
    here = {f"{STAR}{n}": places[way] for n, way in enumerate(ways, 1) if way in places}
    if level == dimension:
        dimension = ""
    free = [s for s in here if s not in (level, dimension)]
    named = [s for s in free if not here[s].positions]
    if level and not dimension and free:
        return level, next((_by_name(s, here[s], place) for s in reversed(free) if _by_name(s, here[s], place)), "")
    if dimension and not level and named:
        return named[-1], dimension
    if not level and not dimension and len(named) >= 2:
        found = next((s for s in named if look_like_levels(here[s].names)), "")
        if found or (len(named) == place.stars and not place.fields):
            found = found or named[-1]
            return found, next(s for s in reversed(named) if s != found)
    return level, dimension


def _by_name(star: str, here: LadderPlace, cells: LadderPlace) -> str:
    """How the items of a list are told apart: by what they lie under, else by a field of theirs."""
    if not here.positions:
        return star
    name = _name_in(here)
    return "" if not name else name if here.way == cells.way else f"^{name}"


def _name_in(here: LadderPlace) -> str:
    fields = list(here.fields)
    return called(fields, ID_WORDS) or called(fields, NAME_WORDS)


def _grouped(found: LadderMap, place: LadderPlace) -> LadderMap:
    """What is named between the level and the dimension are groups."""
    stars = [f"{STAR}{n}" for n in range(1, place.stars + 1)]
    used = (found.level, found.dimension)
    if not all(u in stars for u in used):
        return found
    return map_with_fields(found, groups=tuple(s for s in stars[: stars.index(found.dimension)] if s not in used))


def _with_levels(found: LadderMap, cells: LadderPlace, places: Mapping[str, LadderPlace]) -> LadderMap:
    """Where the levels themselves are listed."""
    wanted = _listed(cells, places, LEVEL_WORDS, found.level)
    if wanted is None:
        return found
    fields = list(wanted.fields)
    return map_with_fields(
        found,
        levels=wanted.way,
        level_id=_named_by(wanted, found.level),
        level_title=called(fields, NAME_WORDS),
        track=called(fields, TRACK_WORDS) or _track_above(wanted, found, places),
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
        dimension_id=_named_by(wanted, found.dimension),
        dimension_name=called(fields, NAME_WORDS),
        dimension_text=called(fields, DEFINITION_WORDS),
    )


def _track_above(levels: LadderPlace, found: LadderMap, places: Mapping[str, LadderPlace]) -> str:
    """The track, where levels are listed within a list of tracks."""
    parts = levels.way.split(".")
    for at, part in enumerate(parts[:-1]):
        here = places.get(".".join(parts[: at + 1]))
        if part == STAR and at and here is not None and one_of(parts[at - 1], TRACK_WORDS):
            number = f"{STAR}{parts[: at + 1].count(STAR)}"
            name = _name_in(here)
            return "" if number in (found.level, found.dimension) else f"^{name}" if here.positions else number
    return ""


def _named_by(listed: LadderPlace, source: str) -> str:
    """What tells the items of a list apart: the field that texts name them by, their id, what they are listed under, or
    in a plain list their name."""
    fields = list(listed.fields)
    if source.startswith("^") and source[1:] in fields and not called(fields, (*ID_WORDS, *NAME_WORDS)):
        return source[1:]
    if id_ := called(fields, ID_WORDS):
        return id_
    return called(fields, NAME_WORDS) if listed.positions else f"{STAR}{listed.stars}"


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
    return next((p for p in others if one_of(p.way.split(".")[-2] if "." in p.way else "", words)), None)
