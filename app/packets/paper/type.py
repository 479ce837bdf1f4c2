"""Letters on paper: embedded fonts, every script a name may be written in, and plain text made into paragraphs.

Nothing a person typed is ever read as markup: a paragraph is given its runs ready-made, so reportlab's parser never
runs. This is the only place that makes paragraphs.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Literal

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from app.domain.scorecard_form import NO_LETTER
from app.packets.paper.colour import colour
from app.packets.paper.reading_order import PlacedCharacter, broken, in_order, runs_backwards, text_in_order
from app.resources import resource

Weight = Literal[400, 500, 600]
Align = Literal["left", "right", "centre"]

CAP_HEIGHT = 0.727
"""Height of a capital or a figure in Inter, in ems."""

ASCENT = 0.969
"""From the top of a line to its baseline in Inter, in ems."""

_FACES: dict[Weight, str] = {400: "Inter-Regular", 500: "Inter-Medium", 600: "Inter-SemiBold"}
_SHAPED = ("NotoSansDevanagari-Regular", "NotoSansThai-Regular")
_OTHERS = ("NotoSansHebrew-Regular", "NotoSansArabic-Regular", *_SHAPED, "WenQuanYiMicroHei")
_ELLIPSIS = "…"
_ENDLESS = 100_000  # points
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "centre": TA_CENTER}
_typesetting = threading.RLock()
_fonts: dict[str, Any] = {}


@dataclass(frozen=True)
class Type:
    """How text is set: size and leading in points, weight, a colour's token, and which side it keeps to."""

    size: float
    leading: float
    weight: Weight = 400
    ink: str = "ink"
    align: Align = "left"

    @property
    def foot(self) -> float:
        """From the foot of one line to its baseline, in points: where to write beside a paragraph."""
        return self.leading - ASCENT * self.size

    def soft(self) -> Type:
        """The same, for what is read second."""
        return replace(self, ink="ink_soft")

    def medium(self) -> Type:
        """The same, a little heavier."""
        return replace(self, weight=500)

    def strong(self) -> Type:
        """The same, heaviest."""
        return replace(self, weight=600)

    def right(self) -> Type:
        """The same, kept to the right."""
        return replace(self, align="right")

    def centred(self) -> Type:
        """The same, in the middle."""
        return replace(self, align="centre")


TITLE = Type(22, 26, 600)
VERDICT = Type(16, 20, 600)
HEAD = Type(12, 16, 600)
BODY = Type(10, 14)
TABLE = Type(8.5, 12)
LABEL = Type(8, 12, 500, "ink_soft")
CAPTION = Type(7.5, 10, 400, "ink_faint")


@dataclass(frozen=True)
class TextSpan:
    """A piece of a paragraph that differs from the rest. `link` is the key of a place in the same packet."""

    text: str
    weight: Weight | None = None
    ink: str | None = None
    link: str = ""


@contextmanager
def typesetting() -> Iterator[None]:
    """Hold the fonts for one packet. Shaping adds glyphs to a font, so those fonts start afresh each time:
    the same facts then give the same bytes whatever was set before."""
    with _typesetting:
        for name in _SHAPED:
            if font := _fonts.pop(name, None):
                font.unregister()
        runs.cache_clear()  # what is kept of the packet before would name fonts that are gone
        yield


def plain(text: str, type_: Type) -> Any:
    """A paragraph that shows the text as it is, line breaks included."""
    return rich((TextSpan(text.strip()),), type_)


def rich(spans: Sequence[TextSpan], type_: Type) -> Any:
    """A paragraph of pieces that differ in weight, colour or link."""
    lines: list[list[TextSpan]] = [[]]
    for span in spans:
        for number, line in enumerate(_lines(span.text)):
            if number:
                lines.append([])
            lines[-1].append(span if line == span.text else replace(span, text=line))
    frags = _frags(lines, type_)
    shaped = next((f.fontName for f in reversed(frags) if f.fontName in _SHAPED), "")
    if not any(runs_backwards(span.text) for line in lines for span in line):
        return Paragraph("", _style(type_, shaped), frags=frags)
    paragraph = _Ordered("", _style(type_, shaped), frags=frags)
    paragraph.ordered = (lines, type_)
    return paragraph


def _frags(lines: Sequence[Sequence[TextSpan]], type_: Type) -> list[Any]:
    found: list[Any] = []
    for number, line in enumerate(lines):
        if number:
            found.append(_frag("", _FACES[type_.weight], type_, line[0] if line else TextSpan(""), line_break=True))
        for span in line:
            found += [_frag(text, font, type_, span) for text, font in runs(span.text, span.weight or type_.weight)]
    return found


class _Ordered(Paragraph):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph in which something is read from right to left: broken as it is read, then each line put in order."""

    ordered: tuple[list[list[TextSpan]], Type] | None = None  # None for what was split off: it stands in order already

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break and order for this width."""
        if self.ordered is not None:
            lines, type_ = self.ordered
            self.frags = _frags(_set_in_order(lines, type_, width), type_)
        size: tuple[float, float] = super().wrap(width, height)
        return size

    def split(self, width: float, height: float) -> list[Any]:
        """Part it between two lines as they stand; what is split off stands in order already."""
        if self.ordered is None:
            return list(super().split(width, height))
        lines, type_ = self.ordered
        placed = _set_in_order(lines, type_, width)
        fits = int((height + 0.01) // type_.leading)
        if self.wrap(width, height)[1] > len(placed) * type_.leading + 0.01:
            return list(super().split(width, height))  # a word was wider than the line
        if not 0 < fits < len(placed):
            return [self] if fits else []
        return [Paragraph("", self.style, frags=_frags(part, type_)) for part in (placed[:fits], placed[fits:])]


def _set_in_order(lines: Sequence[Sequence[TextSpan]], type_: Type, width: float) -> list[list[TextSpan]]:
    def wide(line: Sequence[PlacedCharacter[TextSpan]]) -> float:
        return sum(_wide(s.text, s.weight or type_.weight, type_.size) for s in _spans(line))

    found = []
    for line in lines:
        placed = [PlacedCharacter(c, replace(span, text="")) for span in line for c in span.text]
        found += [_spans(in_order(part)) for part in broken(placed, width, wide)]
    return found


def _spans(line: Sequence[PlacedCharacter[TextSpan]]) -> list[TextSpan]:
    """Characters that are set alike as pieces again."""
    return [
        replace(style, text="".join(p.character for p in alike)) for style, alike in groupby(line, lambda p: p.style)
    ]


def _wide(line: str, weight: Weight, size: float) -> float:
    return float(sum(pdfmetrics.stringWidth(t, font, size) for t, font in runs(line, weight)))


def measure(text: str, type_: Type) -> float:
    """The width of one line in points."""
    return _wide(text_in_order(" ".join(_lines(text))), type_.weight, type_.size)


def fitted(text: str, type_: Type, width: float) -> str:
    """The text on one line, cut with an ellipsis where it is wider than `width` points."""
    line = " ".join(_lines(text))[:400]
    if measure(line, type_) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(line[:middle].rstrip() + _ELLIPSIS, type_) <= width:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + _ELLIPSIS


def shrunk(text: str, type_: Type, width: float, least: float) -> tuple[str, Type]:
    """The text and a type in which it fits: smaller down to `least` points, then cut."""
    wide = measure(text, type_)
    if wide <= width:
        return text, type_
    smaller = replace(type_, size=max(least, type_.size * width / wide * 0.995))
    return fitted(text, smaller, width), smaller


def write(canvas: Any, x: float, y: float, text: str, type_: Type, fill: Any = None) -> None:
    """One line of text with its baseline at `y`; `x` is its left, middle or right, as the type aligns.

    `fill` is a colour in the place of the type's own.
    """
    line = " ".join(_lines(text))
    canvas.setFillColor(fill or colour(type_.ink))
    pieces = runs(text_in_order(line), type_.weight)
    if type_.align != "left":
        x -= (0.5 if type_.align == "centre" else 1.0) * measure(line, type_)
    if any(font in _SHAPED for _, font in pieces):
        _write_shaped(canvas, x, y, line, type_)
        return
    for piece, font in pieces:
        canvas.setFont(font, type_.size)
        canvas.drawString(x, y, piece)
        x += pdfmetrics.stringWidth(piece, font, type_.size)


def _write_shaped(canvas: Any, x: float, y: float, line: str, type_: Type) -> None:
    paragraph = plain(line, replace(type_, align="left"))
    _, height = paragraph.wrap(_ENDLESS, _ENDLESS)
    first = paragraph.blPara if paragraph.blPara.kind == 0 else paragraph.blPara.lines[0]
    paragraph.drawOn(canvas, x, y - height + first.ascent)


def clean(text: str) -> str:
    """One line that any reader can show: no control characters, no lone halves of a character."""
    return " ".join(" ".join(_lines(text)).split())


@lru_cache(maxsize=4096)
def runs(line: str, weight: Weight = 400) -> Sequence[tuple[str, str]]:
    """The line in pieces, each with the font that has its characters. What no font has becomes a box."""
    if line.isascii():
        _font(_FACES[weight])
        return [(line, _FACES[weight])] if line else []
    found: list[tuple[list[str], str]] = []
    for word in re.split("( +)", line):
        for character, font in _one_font_where_shaped(_set(word, found[-1][1] if found else _FACES[weight], weight)):
            if found and found[-1][1] == font:
                found[-1][0].append(character)
            else:
                found.append(([character], font))
    return [("".join(characters), font) for characters, font in found]


def _set(word: str, before: str, weight: Weight) -> list[tuple[str, str]]:
    found = []
    for character in word:
        font = _font_of(character, before, weight)
        if font is None and character in _JOINERS:
            continue
        before = font or _FACES[weight]
        found.append((character if font else NO_LETTER, before))
    return found


def _one_font_where_shaped(word: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Shaping takes a word to be in one font: punctuation follows the script, anything else stands apart."""
    shaped = next((font for _, font in word if font in _SHAPED), None)
    if shaped is None:
        return word
    found: list[tuple[str, str]] = []
    for character, font in word:
        font = shaped if _has(shaped, character) else font
        if found and found[-1][1] != font:
            found.append((" ", _FACES[400]))
        found.append((character, font))
    return found


def _font_of(character: str, before: str, weight: Weight) -> str | None:
    own = _FACES[weight]
    if ord(character) < 0x300 and _has(own, character):
        return own
    joins = character in _JOINERS or unicodedata.combining(character) or unicodedata.category(character) == "Mn"
    if joins and _has(before, character):
        return before
    if unicodedata.category(character) in {"Co", "Cn"}:
        return None
    return next((font for font in (own, *_OTHERS) if _has(font, character)), None)


def _has(font: str, character: str) -> bool:
    return ord(character) in _font(font).face.charToGlyph


def _font(name: str) -> Any:
    """The font by its file's name, read when the first character asks for it."""
    if name not in _fonts:
        kind = TTFont if name in _SHAPED else _Unshaped
        font = kind(name, str(resource("fonts", f"{name}.ttf")))
        font.face.name = name.encode()  # the three weights share one name inside, and would share one set of outlines
        pdfmetrics.registerFont(font)
        _fonts[name] = font
    return _fonts[name]


class _Unshaped(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """A font whose words stay as they are typed in a paragraph that is shaped for another script's sake."""

    @property
    def hbFont(self) -> Any:  # noqa: N802  # reportlab's name
        """Absent, which is how reportlab learns to leave a word alone."""
        raise AttributeError


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[str, ...]:
    lines = [_printable(line) for line in _LINE_ENDS.split(unicodedata.normalize("NFC", text))]
    return tuple(line for place, line in enumerate(lines) if line or (place and lines[place - 1]))


def _printable(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(kept for c in line.replace("\t", " ") if (kept := _kept(c)))


def _kept(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else ""
    category = unicodedata.category(character)
    if category == "Cs":
        return NO_LETTER
    if category == "Zs":
        return character if character == "\u00a0" else " "
    if category in {"Cc", "Cf"} and character not in _JOINERS:
        return ""
    return "" if "\ufe00" <= character <= "\ufe0f" else character


def _frag(text: str, font: str, type_: Type, span: TextSpan, *, line_break: bool = False) -> Any:
    _font(font)
    frag = ParaFrag(
        text=text,
        fontName=font,
        fontSize=type_.size,
        textColor=colour(span.ink or type_.ink),
        rise=0,
        greek=0,
        bold=0,
        italic=0,
        us_lines=[],
        link=[(0, f"#{span.link}")] if span.link else [],
    )
    if line_break:
        frag.lineBreak = True
    return frag


@cache
def _style(type_: Type, shaped: str = "") -> Any:
    _font(_FACES[type_.weight])
    return ParagraphStyle(
        "plain",
        fontName=shaped or _FACES[type_.weight],
        fontSize=type_.size,
        leading=type_.leading,
        textColor=colour(type_.ink),
        alignment=_ALIGN[type_.align],
        splitLongWords=1,
        shaping=1 if shaped else 0,
        allowWidows=0,
        allowOrphans=0,
        embeddedHyphenation=0,
        uriWasteReduce=0,
        wordWrap=None,
    )
