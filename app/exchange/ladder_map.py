"""Where in a stranger's file the levels, dimensions and texts of a ladder lie: a guess, and a value to correct it by.

A place is a dotted way from the top in which `*` stands for every item of a list or of a table of names:
`tracks.*.milestones.*`. Within it, a name is a field of the item, `^name` a field of what holds the item, and `*2`
what the second star stands for: a name, or a position counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
GROUP_WORDS = ("category", "pillar", "group", "cluster", "section", "domain", "area")
ID_WORDS, NAME_WORDS = ("id", "key", "code", "slug"), ("name", "title", "displayname", "label", "short")
DEFINITION_WORDS = ("definition", "summary", "description")
_SENTENCE = 3  # words
_LEVEL_NAME = re.compile(
    r"(junior|mid|middle|senior|staff|principal|lead|intern|trainee|graduate|associate|entry|expert|fellow|"
    r"distinguished|director|head|chief|level|grade|band|step|stage)\b|[a-z]{1,4}[- ]?\d{1,2}\b|\d{1,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LadderMap:
    """How to read a ladder. Names of places and fields as the module says; empty where there is none.

    `across` are a table's headings whose columns are levels (or dimensions); without any, each row is one statement.
    `groups` say in which groups a dimension lies. `sheet` is the sheet that is read, "*" all with the same headings,
    and `heading_row` the row that holds them, empty where it is to be found.
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
    groups: tuple[str, ...] = ()
    sheet: str = ""
    heading_row: str = ""


MAPPED = tuple(f.name for f in fields(LadderMap) if f.name not in ("across", "every_weight"))
"""The fields of a map that can be said in words."""


@dataclass
class LadderPlace:
    """Something that lies in many items: how many, and the names of their fields (none where items are texts).

    `names` are those the items lie under; of `positions` there are none.
    """

    way: str
    count: int = 0
    fields: dict[str, None] = field(default_factory=dict)
    held_by: dict[str, None] = field(default_factory=dict)
    positions: bool = False
    texts: bool = False
    names: dict[str, None] = field(default_factory=dict)

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
            found[f"{way}.{STAR}" if way else STAR].names |= dict.fromkeys(node)
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
        return bool(shared) or _named_texts(values)
    if len(values) >= 2 and all(isinstance(v, (str, list)) for v in values):
        known = {plain_word(k) for k in node}
        return not known & {*ID_WORDS, *NAME_WORDS, *TEXT_WORDS, "levels", "themes", "competencies"}
    return False


def _named_texts(tables: Sequence[object]) -> bool:
    """Whether tables hold nothing but sentences under names of their own, as the groups of a ladder do."""
    known = {*ID_WORDS, *NAME_WORDS, *TEXT_WORDS, *EXAMPLE_WORDS}
    inside = [(k, v) for table in tables if isinstance(table, dict) for k, v in table.items()]
    texts = [text for _, v in inside for text in (v if isinstance(v, list) else [v])]
    return all(plain_word(k) not in known for k, _ in inside) and all(
        isinstance(text, str) and len(text.split()) >= _SENTENCE for text in texts
    )


def star_number(source: str) -> int:
    """Which star a source names, from 1; 0 where it is a field."""
    number = source[1:] if source.startswith(STAR) else ""
    return int(number) if re.fullmatch("[1-9][0-9]?", number) else 0


def _scalar(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def plain_word(name: str) -> str:
    """A field's or heading's name without case, blanks and marks."""
    return re.sub(r"[\s_\-:*]+", "", name).lower()


def called(fields: Sequence[str], words: Sequence[str], *, loosely: bool = False) -> str:
    """The first field that is called by one of the words; `loosely` where a word is only part of its name."""
    plain = {plain_word(f): f for f in reversed(fields)}
    exact = next((plain[w] for w in words if w in plain), "")
    if exact or not loosely:
        return exact
    return next((f for f in fields for w in words if plain_word(f).startswith(w) or plain_word(f).endswith(w)), "")


def one_of(container: str, words: Sequence[str]) -> bool:
    """Whether a list is called by one of the words, one or many."""
    name = plain_word(container)
    return any(name in (w, f"{w}s", f"{w[:-1]}ies") for w in words)


def look_like_levels(names: Iterable[str]) -> bool:
    """Whether most of some names are what levels are called."""
    known = [bool(_LEVEL_NAME.match(name.strip())) for name in names]
    return bool(known) and 2 * sum(known) > len(known)


def map_with_fields(map_: LadderMap, **values: Any) -> LadderMap:
    """The map with some fields changed, which are only known while it runs."""
    return LadderMap(**{**vars(map_), **values})
