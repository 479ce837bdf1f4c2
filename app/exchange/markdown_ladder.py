"""A ladder in Markdown: its tables, or its headings with text beneath; front matter in YAML beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.exchange.ladder_map import DIMENSION_WORDS, LEVEL_WORDS, TRACK_WORDS, one_of
from app.exchange.located_values import read_yaml, text_of, unfit_line
from app.exchange.outline import Block, Document, sheets_of
from app.exchange.sheet import Sheets, refusal
from app.exchange.spanned_rows import SpannedCell
from app.words import tr

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRESSED = re.compile(r"(\*\*|__|\*|_|`)(?!\s)(.+?)(?<!\s)\1", re.DOTALL)


def read_markdown(file: str, content: bytes) -> Sheets:
    """The tables of a Markdown text, or its outline. Raises LadderError."""
    lines = text_of(file, content).splitlines()
    bad = next((n for n, line in enumerate(lines, 1) if unfit_line(line)), 0)
    if bad:
        raise refusal(file, tr("this holds a control character."), bad)
    columns, beside, start = _front_matter(file, lines)
    document = Document(file)
    _Reader(document, lines, start).read()
    return sheets_of(document, columns, beside)


def _front_matter(file: str, lines: Sequence[str]) -> tuple[dict[str, str], dict[str, object], int]:
    """What the YAML at the top says of level, dimension or track, what else it says, and where the text begins."""
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not lines or lines[0].rstrip() != "---" or end < 2:
        return {}, {}, 0
    value = read_yaml(file, "\n".join(["", *lines[1:end]]).encode()).value
    if not isinstance(value, dict):
        return {}, {tr("Front matter"): value}, end + 1
    words = (*LEVEL_WORDS, *DIMENSION_WORDS, *TRACK_WORDS)
    said = {k: str(v) for k, v in value.items() if isinstance(v, (str, int)) and one_of(k, words)}
    return said, {k: v for k, v in value.items() if k not in said}, end + 1


class _Reader:
    """Goes through the lines once; paragraphs and items of lists are texts."""

    def __init__(self, document: Document, lines: Sequence[str], start: int) -> None:
        self._document, self._lines, self._at = document, lines, start
        self._text: list[str] = []
        self._began = 0

    def read(self) -> None:
        """The whole text."""
        while self._at < len(self._lines):
            self._one()
        self._end_text()

    def _one(self) -> None:
        line = self._lines[self._at]
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        heading, item, fence = _HEADING.fullmatch(line), _ITEM.fullmatch(line), _FENCE.match(line)
        if fence:
            self._fenced(fence[1])
        elif heading:
            self._heading(len(heading[1]), heading[2] or "")
        elif "|" in line and "|" in following and _RULE.fullmatch(following):
            self._table()
        elif not line.strip():
            self._end_text()
            self._at += 1
        elif _UNDERLINE.fullmatch(line) and len(self._text) == 1:
            text = self._text.pop()
            self._heading(1 if "=" in line else 2, text)
        else:
            if item:
                self._end_text()
            self._add(item[3] if item else line.strip())

    def _add(self, text: str) -> None:
        if not self._text:
            self._began = self._at + 1
        self._text.append(text)
        self._at += 1

    def _end_text(self) -> None:
        if text := "\n".join(self._text).strip():
            self._document.blocks.append(Block(self._began, 0, text))
        self._text = []

    def _heading(self, depth: int, text: str) -> None:
        self._end_text()
        if shown := _plain(text):
            self._document.blocks.append(Block(self._at + 1, depth, shown))
        self._at += 1

    def _fenced(self, mark: str) -> None:
        """Code stays as it is, whatever it looks like."""
        self._add(self._lines[self._at])
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._add(line)
            if line.strip().startswith(mark):
                break

    def _table(self) -> None:
        self._end_text()
        rows = [(self._at + 1, _cells(self._lines[self._at]))]
        self._at += 2
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            rows.append((self._at + 1, _cells(self._lines[self._at])))
            self._at += 1
        self._document.add_table("", rows)


def _cells(line: str) -> list[SpannedCell]:
    inner = line.strip().removeprefix("|")
    parts = _CELL_END.split(inner)
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [SpannedCell(_plain(_BREAK.sub("\n", part.replace(r"\|", "|")))) for part in parts]


def _plain(text: str) -> str:
    """Without the marks around a text that is stressed as a whole; everything else as it is written."""
    shown = text.strip()
    known = _STRESSED.fullmatch(shown)
    return known[2] if known and known[1] not in known[2] else shown
