"""From a file's values and a map to a guide: every item read once, every problem by its line, the rest kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

from pydantic import ValidationError

from app.domain.guide import Extra, Guide, GuideDimension, GuideTrack, Statement
from app.domain.value import Way
from app.exchange.guide_yaml import problems_of
from app.exchange.ladder_found import FoundCell, FoundLevel, LevelKey, is_plain, levels_made, narrow_names, weight_in
from app.exchange.ladder_leftovers import Rest, extra_of, keys_unsaid
from app.exchange.ladder_map import STAR, LadderItem, LadderMap, items_of, star_number
from app.exchange.located_values import LadderError, Marked, short
from app.exchange.yaml_nodes import Problem
from app.words import tr

_LONGEST_KEY, _LONGEST_NAME, _LONGEST_TEXT = 120, 400, 20_000
_PROBLEMS = 20
_LEVEL_TEXTS = ("scope", "autonomy", "impact", "horizon", "example", "typical")


class GuideBuilder:
    """Reads one file by one map, keeps what was used, and what is left."""

    def __init__(self, tree: Marked, map_: LadderMap, *, merging: bool) -> None:
        """`merging` lets rows of a table speak of the same level or dimension again."""
        self._tree, self._map, self._merging = tree, map_, merging
        self._rest = Rest(tree)
        self._problems: list[Problem] = []
        self._levels: dict[LevelKey, FoundLevel] = {}
        self._by_title: dict[str, str] = {}
        self._by_id: dict[str, list[LevelKey]] = {}
        self._groups: dict[str, dict[Extra, None]] = {}
        self._level_at: dict[Way, LevelKey] = {}
        self._dimensions: dict[str, GuideDimension] = {}
        self._by_name: dict[str, str] = {}

    def guide(self) -> Guide:
        """The whole guide, or every problem that was found."""
        map_ = self._map
        if not (map_.cells and map_.level and map_.dimension):
            raise LadderError([self._tree.problem((), _missing(map_))])
        cells = list(items_of(self._tree.value, map_.cells))
        if not cells:
            words = tr("nothing lies at {place}.").format(place=short(map_.cells))
            if self._tree.table:
                words = tr("no column here holds what a level asks; say which columns are levels.")
            raise LadderError([self._tree.problem((), words)])
        self._list_dimensions()
        self._list_levels()
        self._list_columns(cells)
        for item in cells:
            self._take(item)
            if len(self._problems) >= _PROBLEMS:
                break
        self._stop_where_wrong()
        self._leave_out_columns()
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
            if known is not None:
                self._said_otherwise(item, {map_.dimension_name: (name, known.name)})
                self._said_otherwise(item, {map_.dimension_text: (text, known.definition)})
            self._dimensions[id_] = known or GuideDimension(id=id_, name=name, short=name, narrow="-", definition=text)
            self._by_name.setdefault(name, id_)

    def _list_levels(self) -> None:
        map_ = self._map
        for item in items_of(self._tree.value, map_.levels):
            id_ = self._said(item, map_.level_id, _LONGEST_KEY)
            if id_ is None:
                continue
            title = self._word(item, map_.level_title, _LONGEST_NAME) or id_
            texts = {name: self._word(item, name, _LONGEST_TEXT) for name in _LEVEL_TEXTS}
            track, way = self._track_of(item)
            key = (track, id_)
            if way:
                self._rest.used(way)
            known = self._levels.get(key)
            if known is not None and not self._merging:
                self._wrong(item.way, tr("the level “{id}” stands here twice.").format(id=short(id_)))
            if known is not None:
                self._said_otherwise(item, {map_.level_title: (title, known.title)})
                self._said_otherwise(item, {name: (text, known.texts[name]) for name, text in texts.items()})
            self._add_level(FoundLevel(id_, title, track, texts))
            self._level_at[item.way] = key
            self._by_title.setdefault(title, id_)

    def _add_level(self, level: FoundLevel) -> None:
        key = (level.track, level.id)
        if key not in self._levels:
            self._levels[key] = level
            self._by_id.setdefault(level.id, []).append(key)

    def _said_otherwise(self, item: LadderItem, said: Mapping[str, tuple[str, str]]) -> None:
        """What a later row says in other words of the same thing has no place, and is kept."""
        for name, (here, before) in said.items():
            if here and here != before:
                self._rest.put_back((*item.way, name))

    def _list_columns(self, cells: Sequence[LadderItem]) -> None:
        """A column of a matrix is there though nothing stands in it, on each track that has rows."""
        tracks = dict.fromkeys(self._track_of(item)[0] for item in cells) if self._map.across else {}
        for track, heading in product(tracks, self._map.across):
            if self._map.level.startswith(STAR):
                self._add_level(FoundLevel(heading, heading, track))
            elif self._map.dimension.startswith(STAR):
                self._dimensions.setdefault(
                    heading, GuideDimension(id=heading, name=heading, short=heading, narrow="-")
                )

    def _leave_out_columns(self) -> None:
        """A track has no level of a column that only other tracks fill."""
        filled = {id_ for (_, id_), level in self._levels.items() if level.cells}
        across = {k for k in self._levels if k[1] in self._map.across and self._map.level.startswith(STAR)}
        for key in across:
            if not self._levels[key].cells and key[1] in filled:
                del self._levels[key]

    # Cells

    def _take(self, item: LadderItem) -> None:
        map_ = self._map
        level, dimension = self._level_of(item), self._dimension_of(item)
        weight, bar = self._word(item, map_.weight, 40), self._word(item, map_.bar, 40)
        if weight and weight_in(weight) not in (None, weight.lower()):
            self._rest.put_back((*item.way, map_.weight))  # ours has another name: theirs is kept too
        beside = self._grouped(item, dimension) if dimension is not None else ()
        said = self._statements(item, beside)
        if level is None or dimension is None or not said:
            return
        cell = level.cells.setdefault(dimension, FoundCell())
        self._weigh(item, cell, weight, bar)
        cell.said += said

    def _track_of(self, item: LadderItem) -> tuple[str, Way]:
        """The track an item speaks of, in a field of its own or of what holds it, and where; else nothing."""
        number = star_number(self._map.track)
        if number and number <= len(item.keys):
            return self._limited(item.way, str(item.keys[number - 1]), _LONGEST_KEY), ()
        name = self._map.track.removeprefix("^")
        own = [(item.way, item.value)] if isinstance(item.value, dict) and name == self._map.track else []
        for way, held in (*own, *reversed(item.holders)):
            if name and is_plain(held.get(name)):
                return self._limited((*way, name), str(held[name]), _LONGEST_KEY), (*way, name)
        return "", ()

    def _level_of(self, item: LadderItem) -> FoundLevel | None:
        map_ = self._map
        id_ = self._said(item, map_.level, _LONGEST_KEY)
        if id_ is None:
            return None
        track, way = self._track_of(item)
        if not map_.levels:
            self._add_level(FoundLevel(id_, self._title(item, id_), track))
        name = id_ if id_ in self._by_id else self._by_title.get(id_, "")
        if level := self._levels.get((track, name)):
            if way:
                self._rest.used(way)
            return level
        named = self._by_id.get(name, [])
        within = (self._level_at.get(item.way[:n]) for n in range(len(item.way), 0, -1))
        if (key := next(filter(None, within), None)) in named and key is not None:
            return self._levels[key]
        if len(named) == 1:
            return self._levels[named[0]]
        words = tr("“{id}” is no level of this ladder.")
        if named:
            words = tr("“{id}” is a level of more than one track, and this does not say of which.")
        self._wrong(self._way(item, map_.level), words.format(id=short(id_)))
        return None

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
        name = re.sub("ies$", "y", parts[at - 1]).removesuffix("s") if at else tr("level")
        return f"{name[:1].upper()}{name[1:]} {id_}"

    def _grouped(self, item: LadderItem, dimension: str) -> tuple[Extra, ...]:
        """The groups a dimension lies in become extras of it; so does each name on the way that says nothing else.

        A name the item itself lies under belongs to its text, and is given back.
        """
        map_ = self._map
        found = [(s.lstrip("^") if not star_number(s) else tr("Group"), self._group(item, s)) for s in map_.groups]
        used = {star_number(s) for s in (map_.level, map_.dimension, map_.track, *map_.groups)}
        unsaid = [(n, k) for n, k in enumerate(item.keys, 1) if isinstance(k, str) and n not in used]
        found += [
            (tr("Group"), key) for n, key in unsaid if self._place(n) not in (map_.levels, map_.dimensions, map_.cells)
        ]
        groups = self._groups.setdefault(dimension, {})
        groups |= dict.fromkeys(extra_of(name, word) for name, word in found if word)
        return tuple(extra_of(tr("Name"), key) for n, key in unsaid if self._place(n) == map_.cells)

    def _place(self, number: int) -> str:
        """The place of the cells up to a star."""
        parts = self._map.cells.split(".")
        at = [n for n, part in enumerate(parts) if part == STAR][number - 1]
        return ".".join(parts[: at + 1])

    def _group(self, item: LadderItem, source: str) -> str:
        """A group's name as the map says where it stands."""
        if number := star_number(source):
            return str(item.keys[number - 1]) if number <= len(item.keys) else ""
        way = self._way(item, source)
        held = self._rest.at(way)
        if not is_plain(held):
            return ""
        self._rest.used(way)
        return str(held)

    def _statements(self, item: LadderItem, beside: tuple[Extra, ...]) -> list[Statement]:
        map_ = self._map
        way = (*item.way, map_.text) if map_.text else item.way
        value = item.value.get(map_.text) if map_.text and isinstance(item.value, dict) else item.value
        texts = value if isinstance(value, list) else [value]
        if not texts and self._merging:
            return []
        if not texts or any(not is_plain(t) for t in texts):
            self._wrong(way, tr("the text of this statement is missing."))
            return []
        self._rest.used(way)
        examples = self._examples(item)
        extras = (*beside, *(self._rest.extras_of(item.way) if isinstance(item.value, dict) else ()))
        words = [self._limited(way, str(text), _LONGEST_TEXT) for text in texts]
        return [Statement(text=words[0], examples=examples, extras=extras), *(Statement(text=w) for w in words[1:])]

    def _examples(self, item: LadderItem) -> tuple[str, ...]:
        name = self._map.examples
        value = item.value.get(name) if name and isinstance(item.value, dict) else None
        found = value if isinstance(value, list) else [value]
        if value is None or any(not is_plain(e) for e in found):
            return ()  # what is no list of texts stays whole, as an extra
        self._rest.used((*item.way, name))
        return tuple(self._limited((*item.way, name), str(e), _LONGEST_TEXT) for e in found)

    def _weigh(self, item: LadderItem, cell: FoundCell, weight: str, bar: str) -> None:
        """The weight and bar of a cell, where the file has them; statements of one cell may not differ."""
        map_ = self._map
        if weight:
            known = weight_in(weight)
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
        if not is_plain(found) or not str(found).strip():
            words = tr("this says nothing about its {field}.").format(field=short(source.removeprefix("^")))
            self._wrong(item.way, words if source.strip("^") else tr("nothing says what this is called."))
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
        if not is_plain(value):
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
            extras = (*known.extras, *keys_unsaid(item, known.id, known.name), *self._rest.extras_of(item.way))
            self._dimensions[known.id] = known.model_copy(update={"extras": extras})
        for item in items_of(self._tree.value, map_.levels):
            id_ = self._said(item, map_.level_id, _LONGEST_KEY)
            level = self._levels[(self._track_of(item)[0], str(id_))]
            level.extras += [*keys_unsaid(item, level.id, level.title, level.track), *self._rest.extras_of(item.way)]

    def _made(self) -> Guide:
        map_, top = self._map, self._tree.value if isinstance(self._tree.value, dict) else {}
        title, note = top.get(map_.title), top.get(map_.note)
        if title == map_.name:
            self._rest.used((map_.title,))
        if isinstance(note, str) and len(note) <= _LONGEST_TEXT:
            self._rest.used((map_.note,))
        narrow = narrow_names([d.name for d in self._dimensions.values()])
        dimensions = []
        for known, head in zip(self._dimensions.values(), narrow, strict=True):
            extras = (*self._groups.get(known.id, ()), *known.extras)
            dimensions.append(known.model_copy(update={"narrow": head, "extras": extras}))
        tracks: dict[str, list[str]] = {}
        try:
            levels = levels_made(self._levels, map_.every_weight)
            for level in levels:
                tracks.setdefault(level.track, []).append(level.id)
            return Guide(
                name=map_.name or Path(self._tree.file).stem,
                dimensions=tuple(dimensions),
                tracks=tuple(
                    GuideTrack(id=t, name=tr("Levels") if t == "levels" else t, order=tuple(order))
                    for t, order in tracks.items()
                ),
                levels=tuple(levels),
                note=note if isinstance(note, str) and len(note) <= _LONGEST_TEXT else "",
                extras=tuple(self._rest.extras_of(())),
            )
        except ValidationError as invalid:
            raise LadderError(problems_of(invalid, Marked(self._tree.file))) from invalid


def _missing(map_: LadderMap) -> str:
    """What a map does not say, as a sentence."""
    if map_.cells and map_.dimension:
        return tr("nothing here says what the levels are; a place in a list is none unless you say so.")
    return tr("nothing here looks like levels and what they ask.")
