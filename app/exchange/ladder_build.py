"""From a file's values and a map to a guide: every item read once, every problem by its line, the rest kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from app.domain.guide import (
    BAR_OF,
    Extra,
    Guide,
    GuideCell,
    GuideDimension,
    GuideLevel,
    GuideTrack,
    Statement,
    cell_of,
)
from app.domain.pack_guide import Weight
from app.domain.value import Way
from app.exchange.guide_yaml import problems_of
from app.exchange.ladder_leftovers import Rest
from app.exchange.ladder_map import STAR, LadderItem, LadderMap, items_of, star_number
from app.exchange.located_values import LadderError, Marked, short
from app.exchange.yaml_nodes import Problem
from app.words import tr

NARROW = 9  # letters that fit a strip's head
_LONGEST_KEY, _LONGEST_NAME, _LONGEST_TEXT = 120, 400, 20_000
_PROBLEMS = 20
_LEVEL_TEXTS = ("scope", "autonomy", "impact", "horizon", "example", "typical")
_WEIGHTS: dict[str, Weight] = {
    "core": "core",
    "must": "core",
    "must have": "core",
    "must-have": "core",
    "critical": "core",
    "key": "core",
    "important": "important",
    "normal": "important",
    "expected": "important",
    "supporting": "supporting",
    "nice to have": "supporting",
    "minor": "supporting",
    "not expected": "not_expected",
    "not_expected": "not_expected",
    "none": "not_expected",
    "n/a": "not_expected",
}


@dataclass
class _Cell:
    """What was found for one level and dimension."""

    said: list[Statement] = field(default_factory=list)
    weight: Weight | None = None
    bar: int | None = None


@dataclass
class _Level:
    """A level as it was found."""

    id: str
    title: str
    track: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    cells: dict[str, _Cell] = field(default_factory=dict)


class GuideBuilder:
    """Reads one file by one map, keeps what was used, and what is left."""

    def __init__(self, tree: Marked, map_: LadderMap, *, merging: bool) -> None:
        """`merging` lets rows of a table speak of the same level or dimension again."""
        self._tree, self._map, self._merging = tree, map_, merging
        self._rest = Rest(tree)
        self._problems: list[Problem] = []
        self._levels: dict[str, _Level] = {}
        self._by_title: dict[str, str] = {}
        self._dimensions: dict[str, GuideDimension] = {}
        self._by_name: dict[str, str] = {}

    def guide(self) -> Guide:
        """The whole guide, or every problem that was found."""
        map_ = self._map
        if not (map_.cells and map_.level and map_.dimension):
            raise LadderError([self._tree.problem((), tr("nothing here looks like levels and what they ask."))])
        cells = list(items_of(self._tree.value, map_.cells))
        if not cells:
            words = tr("nothing lies at {place}.").format(place=short(map_.cells))
            raise LadderError([self._tree.problem((), words)])
        self._list_dimensions()
        self._list_levels()
        self._list_columns()
        for item in cells:
            self._take(item)
            if len(self._problems) >= _PROBLEMS:
                break
        self._stop_where_wrong()
        self._keep_rest()
        return self._made()

    # Lists

    def _list_dimensions(self) -> None:
        map_ = self._map
        for item in items_of(self._tree.value, map_.dimensions):
            id_ = self._said(item, map_.dimension_id, _LONGEST_KEY)
            if id_ is None:
                continue
            name = self._word(item, map_.dimension_name, _LONGEST_NAME) or id_
            text = self._word(item, map_.dimension_text, _LONGEST_TEXT)
            if id_ in self._dimensions and not self._merging:
                self._wrong(item.way, tr("the dimension “{id}” stands here twice.").format(id=short(id_)))
            known = self._dimensions.get(id_)
            if known is not None and text and text != known.definition:
                self._rest.put_back((*item.way, map_.dimension_text))
            self._dimensions[id_] = known or GuideDimension(id=id_, name=name, short=name, narrow="-", definition=text)
            self._by_name.setdefault(name, id_)

    def _list_levels(self) -> None:
        map_ = self._map
        for item in items_of(self._tree.value, map_.levels):
            id_ = self._said(item, map_.level_id, _LONGEST_KEY)
            if id_ is None:
                continue
            title = self._word(item, map_.level_title, _LONGEST_NAME) or id_
            if id_ in self._levels and not self._merging:
                self._wrong(item.way, tr("the level “{id}” stands here twice.").format(id=short(id_)))
            texts = {name: self._word(item, name, _LONGEST_TEXT) for name in _LEVEL_TEXTS}
            track = self._word(item, map_.track, _LONGEST_KEY)
            self._levels.setdefault(id_, _Level(id_, title, track, texts))
            self._by_title.setdefault(title, id_)

    def _list_columns(self) -> None:
        """A column of a matrix is there though nothing stands in it."""
        for heading in self._map.across:
            if self._map.level.startswith(STAR):
                self._levels.setdefault(heading, _Level(heading, heading))
            elif self._map.dimension.startswith(STAR):
                self._dimensions.setdefault(
                    heading, GuideDimension(id=heading, name=heading, short=heading, narrow="-")
                )

    # Cells

    def _take(self, item: LadderItem) -> None:
        map_ = self._map
        level, dimension = self._level_of(item), self._dimension_of(item)
        weight, bar = self._word(item, map_.weight, 40), self._word(item, map_.bar, 40)
        said = self._statements(item)
        if level is None or dimension is None or not said:
            return
        cell = level.cells.setdefault(dimension, _Cell())
        self._weigh(item, cell, weight, bar)
        cell.said += said

    def _level_of(self, item: LadderItem) -> _Level | None:
        map_ = self._map
        id_ = self._said(item, map_.level, _LONGEST_KEY)
        if id_ is None:
            return None
        if not map_.levels:
            track = self._word(item, map_.track, _LONGEST_KEY)
            level = self._levels.setdefault(id_, _Level(id_, self._title(item, id_), track))
            if level.track != track:
                words = tr("“{id}” stands on another track further up.").format(id=short(id_))
                self._wrong((*item.way, map_.track), words)
            return level
        known = self._levels.get(id_) or self._levels.get(self._by_title.get(id_, ""))
        if known is None:
            self._wrong(self._way(item, map_.level), tr("“{id}” is no level of this ladder.").format(id=short(id_)))
        return known

    def _dimension_of(self, item: LadderItem) -> str | None:
        map_ = self._map
        id_ = self._said(item, map_.dimension, _LONGEST_KEY)
        if id_ is None:
            return None
        if not map_.dimensions:
            self._dimensions.setdefault(id_, GuideDimension(id=id_, name=id_, short=id_, narrow="-"))
        known = id_ if id_ in self._dimensions else self._by_name.get(id_)
        if known is None:
            words = tr("“{id}” is no dimension of this ladder.").format(id=short(id_))
            self._wrong(self._way(item, map_.dimension), words)
        return known

    def _title(self, item: LadderItem, id_: str) -> str:
        """A level that is only a position is called by the list it stands in: 'Milestone 2'."""
        source = self._map.level
        number = star_number(source)
        if not number or not isinstance(item.keys[number - 1], int):
            return id_
        parts = self._map.cells.split(".")
        at = [n for n, part in enumerate(parts) if part == STAR][number - 1]
        name = parts[at - 1].removesuffix("s") if at else tr("level")
        return f"{name[:1].upper()}{name[1:]} {id_}"

    def _statements(self, item: LadderItem) -> list[Statement]:
        map_ = self._map
        way = (*item.way, map_.text) if map_.text else item.way
        value = item.value.get(map_.text) if map_.text and isinstance(item.value, dict) else item.value
        texts = value if isinstance(value, list) else [value]
        if not texts and self._merging:
            return []
        if not texts or any(not _plain(t) for t in texts):
            self._wrong(way, tr("the text of this statement is missing."))
            return []
        self._rest.used(way)
        examples = self._examples(item)
        extras = tuple(self._rest.extras_of(item.way)) if isinstance(item.value, dict) else ()
        words = [self._limited(way, str(text), _LONGEST_TEXT) for text in texts]
        return [Statement(text=words[0], examples=examples, extras=extras), *(Statement(text=w) for w in words[1:])]

    def _examples(self, item: LadderItem) -> tuple[str, ...]:
        name = self._map.examples
        value = item.value.get(name) if name and isinstance(item.value, dict) else None
        found = value if isinstance(value, list) else [value]
        if value is None or any(not _plain(e) for e in found):
            return ()  # what is no list of texts stays whole, as an extra
        self._rest.used((*item.way, name))
        return tuple(self._limited((*item.way, name), str(e), _LONGEST_TEXT) for e in found)

    def _weigh(self, item: LadderItem, cell: _Cell, weight: str, bar: str) -> None:
        """The weight and bar of a cell, where the file has them; statements of one cell may not differ."""
        map_ = self._map
        if weight:
            known = _WEIGHTS.get(" ".join(weight.lower().split()))
            if known is None:
                self._wrong((*item.way, map_.weight), tr("“{word}” is no weight.").format(word=short(weight)))
            elif cell.weight not in (None, known):
                self._wrong((*item.way, map_.weight), tr("this cell has another weight further up."))
            cell.weight = known or cell.weight
        if bar:
            if bar not in ("1", "2", "3", "4"):
                self._wrong((*item.way, map_.bar), tr("“{word}” is no bar from 1 to 4.").format(word=short(bar)))
            elif cell.bar not in (None, int(bar)):
                self._wrong((*item.way, map_.bar), tr("this cell has another bar further up."))
            else:
                cell.bar = int(bar)

    # Values

    def _said(self, item: LadderItem, source: str, most: int) -> str | None:
        """A level's or dimension's id as the map says where it stands; None, and a problem, where it is missing."""
        number = star_number(source)
        if number:
            if number > len(item.keys):
                self._wrong(item.way, tr("there is no {source} here.").format(source=source))
                return None
            key = item.keys[number - 1]
            found: object = key + 1 if isinstance(key, int) else key
            way: Way = item.way
        else:
            way = self._way(item, source)
            found = self._rest.at(way)
        if not _plain(found) or not str(found).strip():
            words = tr("this says nothing about its {field}.").format(field=short(source.removeprefix("^")))
            self._wrong(item.way, words)
            return None
        if not number:
            self._rest.used(way)
        return self._limited(way, str(found), most)

    def _way(self, item: LadderItem, source: str) -> Way:
        if star_number(source):
            return item.way
        if not source.startswith("^"):
            return (*item.way, source)
        name = source[1:]
        holder = next((way for way, held in reversed(item.holders) if name in held), item.way)
        return (*holder, name)

    def _word(self, item: LadderItem, name: str, most: int) -> str:
        """A text of an item by its field's name; empty where there is none."""
        value = item.value.get(name) if name and isinstance(item.value, dict) else None
        if not _plain(value):
            return ""
        self._rest.used((*item.way, name))
        return self._limited((*item.way, name), str(value), most)

    def _limited(self, way: Way, text: str, most: int) -> str:
        if len(text) > most:
            self._wrong(way, tr("this is longer than {n} characters.").format(n=most))
        return text[:most]

    def _wrong(self, way: Way, sentence: str) -> None:
        self._problems.append(self._tree.problem(way, sentence))

    def _stop_where_wrong(self) -> None:
        if self._problems:
            raise LadderError(sorted(dict.fromkeys(self._problems), key=lambda p: p.line))

    # The end

    def _keep_rest(self) -> None:
        """What the items of the lists have beside what was used, as their extras."""
        map_ = self._map
        for item in items_of(self._tree.value, map_.dimensions):
            id_ = self._said(item, map_.dimension_id, _LONGEST_KEY)
            known = self._dimensions[str(id_)]
            extras = (*known.extras, *self._rest.extras_of(item.way))
            self._dimensions[known.id] = known.model_copy(update={"extras": extras})
        for item in items_of(self._tree.value, map_.levels):
            id_ = self._said(item, map_.level_id, _LONGEST_KEY)
            self._levels[str(id_)].extras += self._rest.extras_of(item.way)

    def _made(self) -> Guide:
        map_, top = self._map, self._tree.value if isinstance(self._tree.value, dict) else {}
        title, note = top.get(map_.title), top.get(map_.note)
        if title == map_.name:
            self._rest.used((map_.title,))
        if isinstance(note, str) and len(note) <= _LONGEST_TEXT:
            self._rest.used((map_.note,))
        narrow = narrow_names([d.name for d in self._dimensions.values()])
        dimensions = [
            d.model_copy(update={"narrow": n}) for d, n in zip(self._dimensions.values(), narrow, strict=True)
        ]
        tracks: dict[str, list[str]] = {}
        for level in self._levels.values():
            tracks.setdefault(level.track or "levels", []).append(level.id)
        try:
            return Guide(
                name=map_.name or Path(self._tree.file).stem,
                dimensions=tuple(dimensions),
                tracks=tuple(
                    GuideTrack(id=t, name=tr("Levels") if t == "levels" else t, order=tuple(order))
                    for t, order in tracks.items()
                ),
                levels=tuple(self._level_made(level) for level in self._levels.values()),
                note=note if isinstance(note, str) and len(note) <= _LONGEST_TEXT else "",
                extras=tuple(self._rest.extras_of(())),
            )
        except ValidationError as invalid:
            raise LadderError(problems_of(invalid, Marked(self._tree.file))) from invalid

    def _level_made(self, level: _Level) -> GuideLevel:
        cells = {d: self._cell_made(c) for d, c in level.cells.items()}
        return GuideLevel(
            id=level.id,
            track=level.track or "levels",
            title=level.title,
            cells=cells,
            extras=tuple(level.extras),
            **level.texts,
        )

    def _cell_made(self, cell: _Cell) -> GuideCell:
        weight: Weight = cell.weight or self._map.every_weight
        bar = None if weight == "not_expected" else cell.bar or BAR_OF[weight]
        return cell_of(cell.said, weight, bar)


def _plain(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def narrow_names(names: list[str]) -> list[str]:
    """Names of at most 9 letters for narrow heads, no two alike: first words, cut, and numbered where they repeat."""
    found: list[str] = []
    for name in names:
        words = [w for w in name.replace("&", " ").split() if w.lower() not in {"and", "of", "the"}] or [name]
        first = " ".join(words[0].split()) or "-"
        if len(words) > 1 and len(f"{words[0]} {words[1]}") <= NARROW:
            first = f"{words[0]} {words[1]}"
        head = first if len(first) <= NARROW else f"{first[: NARROW - 1]}…"
        number = 2
        while head in found:
            head = f"{first[: NARROW - 1 - len(str(number))].rstrip()} {number}"
            number += 1
        found.append(head)
    return found
