"""What is found of a ladder while it is read: levels by track and id, cells, weights in other people's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.guide import BAR_OF, Extra, GuideCell, GuideLevel, Statement, cell_of
from app.domain.pack_guide import Weight

NARROW = 9  # letters that fit a strip's head
LevelKey = tuple[str, str]
"""A level's track and its id: another track may call one of its own the same."""

_LONGEST_ID, _LONGEST_TITLE = 120, 400
WEIGHTS: dict[str, Weight] = {
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
class FoundCell:
    """What was found for one level and dimension."""

    said: list[Statement] = field(default_factory=list)
    weight: Weight | None = None
    bar: int | None = None


@dataclass
class FoundLevel:
    """A level as it was found."""

    id: str
    title: str
    track: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    cells: dict[str, FoundCell] = field(default_factory=dict)


def is_plain(value: object) -> bool:
    """Whether a value is a text or a number."""
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def weight_in(words: str) -> Weight | None:
    """The weight that words of other people mean; None for what is none."""
    return WEIGHTS.get(" ".join(words.lower().split()))


def levels_made(levels: Mapping[LevelKey, FoundLevel], every_weight: Weight) -> list[GuideLevel]:
    """The levels as the guide has them. Where two tracks call a level the same, the track is put before its name."""
    ids = Counter(id_ for _, id_ in levels)
    taken = set(ids)
    made = []
    for (track, id_), level in levels.items():
        name, title = id_, level.title
        if ids[id_] > 1 and track:
            name = f"{track} {id_}"[:_LONGEST_ID]
            while name in taken:
                name = f"{name[: _LONGEST_ID - 2]} 2"
            if len(f"{track} {title}") <= _LONGEST_TITLE:
                title = f"{track} {title}"
        taken.add(name)
        cells = {d: _cell_made(c, every_weight) for d, c in level.cells.items()}
        made.append(
            GuideLevel(
                id=name,
                track=track or "levels",
                title=title,
                cells=cells,
                extras=tuple(level.extras),
                **level.texts,
            )
        )
    return made


def _cell_made(cell: FoundCell, every_weight: Weight) -> GuideCell:
    weight: Weight = cell.weight or every_weight
    bar = None if weight == "not_expected" else cell.bar or BAR_OF[weight]
    return cell_of(cell.said, weight, bar)


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
