"""The most likely reading of a table: a text a row, or a matrix with its levels (or dimensions) across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exchange.ladder_map import (
    BAR_WORDS,
    DEFINITION_WORDS,
    DIMENSION_WORDS,
    EXAMPLE_WORDS,
    GROUP_WORDS,
    LEVEL_WORDS,
    STAR,
    TEXT_WORDS,
    TRACK_WORDS,
    WEIGHT_WORDS,
    LadderMap,
    called,
    look_like_levels,
    map_with_fields,
    one_of,
    plain_word,
)

_WORDS = 3  # a cell with so many is a text
_DIMENSIONS = tuple(word for word in DIMENSION_WORDS if word != "cell")  # of a table every column has cells
_IDS = tuple(f"{word}id" for word in LEVEL_WORDS)


class TableGuess:
    """Looks at the headings of a table and at what stands under them. `sheet` is the column of the sheets' names."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Mapping[str, str]], sheet: str = "") -> None:
        self._sheet = sheet
        self._headings = [h for h in headings if h != sheet]
        self._under = {h: [row[h] for row in rows if row.get(h, "").strip()] for h in headings}

    def map(self, name: str) -> LadderMap:
        """The likeliest map."""
        level = self._level_column()
        rest = [h for h in self._headings if h != level]
        track = called(rest, TRACK_WORDS)
        dimension = self._dimension_column([h for h in rest if h != track])
        text = called([h for h in rest if h not in (track, dimension)], TEXT_WORDS, loosely=True)
        if level and not text:
            text = self._only_text()
        if level and dimension and text and len({level, dimension, text}) == 3:
            return self._statements(name, level, dimension, text, track)
        if by_content := self._by_content(level, dimension, track):
            return self._statements(name, *by_content, track)
        if level and text and not dimension and (track or self._sheet):
            return self._statements(name, level, track or self._sheet, text, "")
        return self._matrix(name, level, track)

    def rows_named_by(self, taken: Sequence[str]) -> str:
        """The column that names the rows of a matrix whose other columns are `taken`."""
        free = [h for h in self._headings if h not in taken]
        level = called(free, (*LEVEL_WORDS, *_IDS))
        named = [h for h in free if one_of(h, _DIMENSIONS)]
        own = [h for h in named if not one_of(h, GROUP_WORDS)]
        found = next(iter([level] if level else [*own[-1:], *named[-1:], *free[:1]]), "")
        return found or self._sheet or next(iter(self._headings), "")

    def _level_column(self) -> str:
        exact = called(self._headings, (*LEVEL_WORDS, *_IDS))
        loose = [h for h in self._headings if plain_word(h).endswith(LEVEL_WORDS)]
        return exact or (loose[0] if len(loose) == 1 else "")

    def _dimension_column(self, free: Sequence[str]) -> str:
        own = [h for h in free if not one_of(h, GROUP_WORDS)]
        words = _DIMENSIONS
        return called(own, words) or called(free, words) or called(own, words, loosely=True)

    def _only_text(self) -> str:
        """The one column that holds texts, where all others hold names."""
        long = [h for h in self._headings if any(len(c.split()) >= _WORDS for c in self._under[h])]
        return long[0] if len(long) == 1 else ""

    def _by_content(self, level: str, dimension: str, track: str) -> tuple[str, str, str] | None:
        """Level, dimension and text of a table whose headings do not say, by what stands under them: of levels and
        dimensions one is named again and again where each row is a text."""
        text = self._only_text()
        names = [h for h in self._headings if h != text and self._under[h] and not (h != level and self._figures(h))]
        names = [h for h in (self._sheet, *names) if h and h != track]
        repeated = [h for h in names if len(set(self._under[h])) < len(self._under[h])]
        if not text or len(names) < 2 or not repeated:
            return None
        telling = [h for h in names if look_like_levels(dict.fromkeys(self._under[h]))]
        level = level or next(iter(telling), next(h for h in names if h != dimension))
        others = [h for h in names if h != level]
        return level, dimension if dimension in others else others[-1], text

    def _statements(self, name: str, level: str, dimension: str, text: str, track: str) -> LadderMap:
        taken = (level, dimension, text, track)
        free = [h for h in self._headings if h not in taken]
        groups = [h for h in free if one_of(h, GROUP_WORDS)]
        if self._sheet and self._sheet not in taken:
            groups.insert(0, self._sheet)
        return LadderMap(
            name=name,
            cells=f"rows.{STAR}",
            level=level,
            dimension=dimension,
            text=text,
            track=track,
            examples=called(free, EXAMPLE_WORDS),
            weight=called(free, WEIGHT_WORDS),
            bar=called(free, BAR_WORDS),
            groups=tuple(groups),
        )

    def _matrix(self, name: str, level: str, track: str) -> LadderMap:
        first = self._rows_column(level, [track])
        definition = called([h for h in self._headings if h != first], DEFINITION_WORDS)
        before = self._headings[: self._headings.index(first)] if first in self._headings else []
        groups = [h for h in before if h not in (track, definition)]
        if self._sheet and first != self._sheet:
            groups.insert(0, self._sheet)
        taken = {first, definition, track, *groups}
        free = [h for h in self._headings if h not in taken]
        groups += [h for h in free if one_of(h, GROUP_WORDS)]
        across = tuple(h for h in free if h not in groups and not self._figures(h))
        across = across or tuple(h for h in free if h not in groups)
        if len(across) == 1 and called(across, TEXT_WORDS):  # a text is no level
            return LadderMap(name=name, cells=f"rows.{STAR}", dimension=first, text=across[0], groups=tuple(groups))
        known = LadderMap(name=name, dimension_text=definition, across=across, track=track, groups=tuple(groups))
        under = dict.fromkeys(self._under.get(first, ()))
        rows_are_levels = one_of(first, LEVEL_WORDS) or (
            not one_of(first, _DIMENSIONS) and look_like_levels(under) and not look_like_levels(across)
        )
        return across_map(known, first, rows_are_levels=rows_are_levels)

    def _rows_before_levels(self, taken: Sequence[str]) -> str:
        """Where several headings are called as levels are, the last column of names before them."""
        levels = [h for h in self._headings if look_like_levels([h]) and not one_of(h, LEVEL_WORDS)]
        if len(levels) < 2:
            return ""
        before = [h for h in self._headings[: self._headings.index(levels[0])] if h not in taken]
        names = [h for h in before if not any(len(c.split()) > _WORDS for c in self._under[h])]
        return next(reversed([h for h in names if not one_of(h, (*DEFINITION_WORDS, *GROUP_WORDS))]), "")

    def _rows_column(self, level: str, taken: Sequence[str]) -> str:
        if found := self._rows_before_levels(taken):
            return found
        if level and plain_word(level) in (*LEVEL_WORDS, *_IDS):
            return level
        named = [h for h in self._headings if one_of(h, _DIMENSIONS) and h not in taken]
        first = next((h for h in self._headings if h not in taken), "")
        holds_texts = self._under.get(first) and all(len(c.split()) >= _WORDS for c in self._under[first])
        if self._sheet and not named and (holds_texts or look_like_levels([first])):
            return self._sheet
        return self.rows_named_by(taken) if named else first

    def _figures(self, heading: str) -> bool:
        """Whether nothing but numbers stands here, as points and scores do."""
        cells = self._under[heading]
        return bool(cells) and all(c.replace(".", "").replace("%", "").strip().isdecimal() for c in cells)


def across_map(known: LadderMap, first: str, *, rows_are_levels: bool) -> LadderMap:
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
            dimensions="",
            dimension_id="",
            dimension_name="",
            dimension_text="",
        )
    return map_with_fields(
        known,
        cells=cells,
        level=f"{STAR}2",
        dimension=f"^{first}",
        levels="",
        level_id="",
        level_title="",
        dimensions=rows,
        dimension_id=first,
        dimension_name=first,
    )
