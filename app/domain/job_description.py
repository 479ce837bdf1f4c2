"""A job description: plain text with headings and lists, and places for what the opening and its role card say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.braces import faults_in, fill_places, places_in

PLACES = (
    "role",
    "level",
    "organisation",
    "place",
    "purpose",
    "team",
    "reports to",
    "responsibilities",
    "outcomes",
    "must have",
    "rounds",
    "pay",
    "pay criteria",
)
"""What a job description may ask for between braces."""

FIRST_TEXT = (
    "{organisation} is looking for: {role}.\n\n"
    "# What the job is for\n\n{purpose}\n\n{team}\n\nReports to: {reports to}\n\n"
    "# What you answer for\n\n- {responsibilities}\n\n"
    "# What you will have reached\n\n- {outcomes}\n\n"
    "# What we look for first\n\n- {must have}\n\n"
    "# Pay\n\n{pay}\n\n- {pay criteria}\n\n"
    "# How we get to know each other\n\n- {rounds}"
)
"""What a new description begins with."""


class BlockKind(StrEnum):
    """What a block of a description is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class TextBlock:
    """A heading, a paragraph or an item of a list."""

    kind: BlockKind
    text: str


def description_faults(text: str) -> tuple[str, ...]:
    """Places that nobody can fill, and braces that stand alone."""
    return faults_in(text, PLACES)


def described(text: str, values: Mapping[str, tuple[str, ...]]) -> tuple[TextBlock, ...]:
    """The description with its places filled.

    What is filled in is never read for places again. A line whose place is empty is left out, an item is there once for
    each value, and a heading without anything under it goes. Raises KeyError for a place that has no value.
    """
    found: list[TextBlock] = []
    for block in _blocks(text, values):
        if block.kind is BlockKind.HEADING and found and found[-1].kind is BlockKind.HEADING:
            found.pop()
        found.append(block)
    if found and found[-1].kind is BlockKind.HEADING:
        found.pop()
    return tuple(found)


def unfilled(text: str, values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The places of a text for which nothing is known: the lines that ask for them are left out."""
    return tuple(name for name in places_in(text) if not values.get(name, ()))


def _blocks(text: str, values: Mapping[str, tuple[str, ...]]) -> Iterator[TextBlock]:
    for line in text.splitlines():
        stripped = line.strip()
        kind, words = BlockKind.PARAGRAPH, stripped
        for sign, of in (("# ", BlockKind.HEADING), ("- ", BlockKind.ITEM)):
            if stripped.startswith(sign):
                kind, words = of, stripped.removeprefix(sign).strip()
        names = places_in(words)
        if not words or any(not values[name] for name in names):
            continue
        if len(names) == 1 and kind is BlockKind.ITEM:
            yield from (TextBlock(kind, fill_places(words, {names[0]: one})) for one in values[names[0]])
        else:
            yield TextBlock(kind, fill_places(words, {name: ", ".join(values[name]) for name in names}))


def description_text(blocks: tuple[TextBlock, ...]) -> str:
    """The description as plain text to copy: headings on lines of their own, items behind a bullet."""
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if number and not (block.kind is BlockKind.ITEM and blocks[number - 1].kind is BlockKind.ITEM):
            lines.append("")
        lines.append(f"• {block.text}" if block.kind is BlockKind.ITEM else block.text)
    return "\n".join(lines)
