"""What changed between two versions of a leveling guide, and how two of its levels differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.guide import Extra, Guide, GuideCell, GuideDimension, GuideLevel, GuideTrack
from app.domain.guide_text import cell_text


class What(StrEnum):
    """What a change is about, beside the fields of levels, cells and dimensions."""

    ADDED = "added"
    REMOVED = "removed"
    ORDER = "order"
    WAYS = "ways"
    EXTRAS = "extras"
    PARTED = "parted"


LEVEL_FIELDS = ("title", "track", "scope", "autonomy", "impact", "horizon", "example", "typical")
CELL_FIELDS = ("weight", "bar", "ref", "expect", "examples")
DIMENSION_FIELDS = ("name", "short", "narrow", "definition")


@dataclass(frozen=True)
class GuideChange:
    """One thing that is another now. `level` and `dimension` are ids; without either the guide itself changed.

    `field` is the name of the field, or one of `What`.
    """

    field: str
    before: str = ""
    after: str = ""
    level: str | None = None
    dimension: str | None = None


@dataclass(frozen=True)
class LevelPair:
    """Two levels' cells on one dimension; None where a level says nothing."""

    dimension: GuideDimension
    left: GuideCell | None
    right: GuideCell | None

    @property
    def weight_moves(self) -> bool:
        """Whether the weights differ."""
        return (self.left.weight if self.left else None) != (self.right.weight if self.right else None)

    @property
    def bar_moves(self) -> bool:
        """Whether the bars differ."""
        return (self.left.bar if self.left else None) != (self.right.bar if self.right else None)


def difference(before: Guide, after: Guide) -> tuple[GuideChange, ...]:
    """Every change: of the guide itself, of its dimensions, then level by level and dimension by dimension.

    Nothing when, and only when, the two are the same.
    """
    return tuple(_changes(before, after))


def levels_changed(changes: Sequence[GuideChange]) -> tuple[str, ...]:
    """The levels whose text, weight or bar is another now, each once."""
    return tuple(dict.fromkeys(c.level for c in changes if c.level is not None))


def same_sentences(one: Guide, other: Guide, level: str) -> frozenset[str]:
    """The dimensions on which a level says the same, word for word, in two versions: a score against the one counts
    against the other. Nothing where a version has no such level."""
    if any(all(known.id != level for known in guide.levels) for guide in (one, other)):
        return frozenset()
    here, there = one.level(level).cells, other.level(level).cells
    return frozenset(d for d, cell in here.items() if d in there and there[d].expect == cell.expect)


def compare_levels(guide: Guide, left: str, right: str) -> tuple[LevelPair, ...]:
    """Two levels side by side, in the order of the strip. Raises KeyError."""
    one, other = guide.level(left), guide.level(right)
    return tuple(LevelPair(d, one.cells.get(d.id), other.cells.get(d.id)) for d in guide.dimensions)


def _changes(before: Guide, after: Guide) -> Iterator[GuideChange]:
    for field in ("name", "note", "yardstick"):
        yield from _field(before, after, field)
    yield from _listed(What.ORDER, _orders(before.tracks), _orders(after.tracks))
    yield from _listed(What.WAYS, _ways(before), _ways(after))
    yield from _listed(What.EXTRAS, _texts(before.extras), _texts(after.extras))
    yield from _of_dimensions(before, after)
    yield from _of_levels(before, after)


def _field(
    before: object, after: object, field: str, level: str | None = None, dimension: str | None = None
) -> Iterator[GuideChange]:
    was, now = getattr(before, field), getattr(after, field)
    if was != now:
        yield GuideChange(field, _shown(was), _shown(now), level, dimension)


def _listed(
    what: What, before: str, after: str, level: str | None = None, dimension: str | None = None
) -> Iterator[GuideChange]:
    if before != after:
        yield GuideChange(what, before, after, level, dimension)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(str(v) for v in value)
    return "" if value is None else str(value)


def _orders(tracks: Sequence[GuideTrack]) -> str:
    return "\n".join(f"{t.name} ({t.id}): {', '.join(t.order)}" for t in tracks)


def _ways(guide: Guide) -> str:
    return "\n".join(f"{t.from_} → {t.to}: {t.kind}" for t in guide.transitions)


def _texts(extras: Sequence[Extra]) -> str:
    return "\n".join(f"{e.name}: {e.words}" for e in extras)


def _of_dimensions(before: Guide, after: Guide) -> Iterator[GuideChange]:
    was, now = {d.id: d for d in before.dimensions}, {d.id: d for d in after.dimensions}
    yield from (GuideChange(What.REMOVED, d.name, "", None, d.id) for d in before.dimensions if d.id not in now)
    for id_, dimension in now.items():
        if id_ not in was:
            yield GuideChange(What.ADDED, "", dimension.name, None, id_)
            continue
        for field in DIMENSION_FIELDS:
            yield from _field(was[id_], dimension, field, None, id_)
        yield from _listed(What.EXTRAS, _texts(was[id_].extras), _texts(dimension.extras), None, id_)
    kept = [[d for d in ids if d in was and d in now] for ids in (before.dimension_ids, after.dimension_ids)]
    yield from _listed(What.ORDER, ", ".join(kept[0]), ", ".join(kept[1]))


def _of_levels(before: Guide, after: Guide) -> Iterator[GuideChange]:
    was, now = {x.id: x for x in before.levels}, {x.id: x for x in after.levels}
    yield from (GuideChange(What.REMOVED, x.title, "", x.id) for x in before.levels if x.id not in now)
    for id_, level in now.items():
        if id_ not in was:
            yield GuideChange(What.ADDED, "", level.title, id_)
            continue
        yield from _of_level(was[id_], level, list(dict.fromkeys((*after.dimension_ids, *before.dimension_ids))))
    kept = [[x.id for x in levels if x.id in was and x.id in now] for levels in (before.levels, after.levels)]
    yield from _listed(What.ORDER, ", ".join(kept[0]), ", ".join(kept[1]))


def _of_level(before: GuideLevel, after: GuideLevel, dimensions: Sequence[str]) -> Iterator[GuideChange]:
    for field in LEVEL_FIELDS:
        yield from _field(before, after, field, after.id)
    yield from _listed(What.EXTRAS, _texts(before.extras), _texts(after.extras), after.id)
    for dimension in dimensions:
        was, now = before.cells.get(dimension), after.cells.get(dimension)
        if was is None and now is not None:
            yield GuideChange(What.ADDED, "", now.expect, after.id, dimension)
        elif was is not None and now is None:
            yield GuideChange(What.REMOVED, was.expect, "", after.id, dimension)
        if was is None or now is None:
            continue
        yield from _of_cell(was, now, after.id, dimension)


def _of_cell(was: GuideCell, now: GuideCell, level: str, dimension: str) -> Iterator[GuideChange]:
    for field in CELL_FIELDS:
        yield from _field(was, now, field, level, dimension)
    kept = [(*cell.extras, *(e for s in cell.statements for e in s.extras)) for cell in (was, now)]
    if kept[0] != kept[1]:
        yield GuideChange(What.EXTRAS, _texts(kept[0]), _texts(kept[1]), level, dimension)
    elif was != now and all(getattr(was, f) == getattr(now, f) for f in CELL_FIELDS):
        yield GuideChange(What.PARTED, cell_text(was), cell_text(now), level, dimension)
