"""Reading order: a line with Hebrew or Arabic as it stands on paper, from left to right, its letters joined.

Lines are broken before they are put in order; each character keeps what it was set with.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Generic, TypeVar

import uharfbuzz
from bidi import algorithm

from app.resources import resource

T = TypeVar("T")
ARABIC = "NotoSansArabic-Regular"
_BACKWARDS = ("R", "AL")


@dataclass(frozen=True)
class PlacedCharacter(Generic[T]):
    """A character and what it is set with."""

    character: str
    style: T


def runs_backwards(text: str) -> bool:
    """Whether any of it is read from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _BACKWARDS for c in text)


def broken(
    line: Sequence[PlacedCharacter[T]], width: float, measure: Callable[[Sequence[PlacedCharacter[T]]], float]
) -> list[list[PlacedCharacter[T]]]:
    """The line in parts that fit `width` each, parted at spaces; a word wider than that stands by itself."""
    words: list[list[PlacedCharacter[T]]] = [[]]
    for placed in line:
        words[-1].append(placed)
        if placed.character == " ":
            words.append([])
    found: list[list[PlacedCharacter[T]]] = [[]]
    for word in words:
        if found[-1] and measure(in_order(_trimmed([*found[-1], *word]))) > width:
            found.append([])
        found[-1] += word
    return [_trimmed(part) for part in found]


def _trimmed(line: list[PlacedCharacter[T]]) -> list[PlacedCharacter[T]]:
    end = len(line)
    while end and line[end - 1].character == " ":
        end -= 1
    return line[:end]


def in_order(line: Sequence[PlacedCharacter[T]]) -> list[PlacedCharacter[T]]:
    """One line from left to right. Arabic letters take the forms they have beside each other."""
    text = "".join(p.character for p in line)
    if not runs_backwards(text):
        return list(line)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = _base(text)
    storage["base_dir"] = "LR"[storage["base_level"]]
    algorithm.get_embedding_levels(text, storage)
    for place, known in enumerate(storage["chars"]):
        known["place"] = place
        if not known["type"]:  # a letter that this Unicode does not know yet is read as most are
            known["type"] = known["orig"] = "L"
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
        algorithm.reorder_resolved_levels,
        algorithm.apply_mirroring,
    ):
        step(storage, False)
    shown = [replace(line[known["place"]], character=known["ch"]) for known in storage["chars"]]
    return _joined(shown)


def text_in_order(text: str) -> str:
    """The same of plain text."""
    if not runs_backwards(text):
        return text
    return "".join(p.character for p in in_order([PlacedCharacter(c, None) for c in text]))


def _base(text: str) -> int:
    """A line is read from right to left where most of its letters are: a name alone does not turn a sentence."""
    kinds = [unicodedata.bidirectional(c) for c in text]
    return int(sum(k in _BACKWARDS for k in kinds) > kinds.count("L"))


def _joined(shown: list[PlacedCharacter[T]]) -> list[PlacedCharacter[T]]:
    found: list[PlacedCharacter[T]] = []
    at = 0
    while at < len(shown):
        end = at
        while end < len(shown) and _is_arabic(shown[end].character):
            end += 1
        if end == at:
            found.append(shown[at])
            at += 1
            continue
        read = shown[at:end][::-1]
        found += [
            replace(read[place], character=character)
            for character, place in _shaped("".join(p.character for p in read))
        ]
        at = end
    return found


def _is_arabic(character: str) -> bool:
    kind = unicodedata.bidirectional(character)
    return kind == "AL" or (kind == "NSM" and "\u0600" <= character <= "\u08ff") or character in "\u200c\u200d"


def _shaped(text: str) -> list[tuple[str, int]]:
    """The forms of a run in the order they are drawn, each with the place of its letter in the run."""
    font, characters = _font()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "rtl", "Arab"
    uharfbuzz.shape(font, buffer)
    found = []
    for info in buffer.glyph_infos:
        known = characters.get(info.codepoint)
        if known is not None or text[info.cluster] not in "\u200c\u200d":
            found.append((known or text[info.cluster], info.cluster))
    return found


@cache
def _font() -> tuple[Any, dict[int, str]]:
    """The font, and the character of each of its glyphs that has one."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(resource("fonts", f"{ARABIC}.ttf"))))
    font = uharfbuzz.Font(face)
    characters: dict[int, str] = {}
    for code in sorted(face.unicodes, key=lambda c: not 0xFB50 <= c <= 0xFEFF):
        glyph = font.get_nominal_glyph(code)
        if glyph is not None:
            characters.setdefault(glyph, chr(code))
    return font, characters
