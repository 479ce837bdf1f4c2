"""The cells of an XLSX workbook as text, with little trust: bounded, no entities, no formula is run.

A workbook is a ZIP of XML. What is needed of it, the shared texts and the cells of each sheet, is read with expat,
which stops at a document type, so that no entity can be declared, let alone grow.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from app.exchange.marked import LadderError
from app.exchange.rawyaml import Problem
from app.words import tr

MAX_BYTES = 8_000_000
MAX_UNPACKED = 40_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 400
MAX_CELLS = 400_000
MAX_SHEETS = 60
_CHUNK = 65_536
_PART = re.compile(r"xl/(?:workbook|sharedStrings|_rels/workbook\.xml|worksheets/[^/]+)\.(?:xml|rels)")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Row = tuple[int, list[str]]


@dataclass
class Sheet:
    """One sheet: its name, and the rows that hold anything with their numbers, from 1."""

    name: str
    rows: list[Row] = field(default_factory=list)


def read_workbook(file: str, content: bytes) -> list[Sheet]:
    """Every sheet that holds anything. Raises LadderError."""
    if len(content) > MAX_BYTES:
        raise _no(file, tr("this file is larger than 8 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Book(file, archive).sheets()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as wrong:
        raise _no(file, tr("this is no workbook that can be read: it is damaged or locked.")) from wrong
    except expat.ExpatError as wrong:
        raise _no(file, tr("this workbook is damaged: {why}.").format(why=expat.ErrorString(wrong.code))) from wrong


def _no(file: str, sentence: str) -> LadderError:
    return LadderError([Problem(file, 0, "", sentence)])


class _Book:
    """An open workbook."""

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        self._file, self._archive = file, archive
        self._parts = {i.filename: i for i in archive.infolist() if _PART.fullmatch(i.filename)}
        self._left = MAX_UNPACKED
        self._cells = 0
        if "xl/workbook.xml" not in self._parts:
            raise _no(file, tr("this is no workbook: it has no sheets."))

    def sheets(self) -> list[Sheet]:
        """In the order of the workbook."""
        texts = self._shared()
        targets: dict[str, str] = {}
        named: list[tuple[str, str]] = []

        def relation(name: str, given: dict[str, str]) -> None:
            if name == "Relationship":
                targets[given.get("Id", "")] = "xl/" + given.get("Target", "").removeprefix("/xl/").lstrip("/")

        def sheet(name: str, given: dict[str, str]) -> None:
            if name == "sheet":
                by = next((v for k, v in given.items() if k.rpartition(":")[2] == "id"), "")
                named.append((given.get("name", ""), by))

        self._parse("xl/_rels/workbook.xml.rels", relation)
        self._parse("xl/workbook.xml", sheet)
        if len(named) > MAX_SHEETS:
            raise _no(self._file, tr("this workbook has more than {n} sheets.").format(n=MAX_SHEETS))
        found = [Sheet(name, self._rows(targets.get(by, ""), texts)) for name, by in named]
        return [s for s in found if s.rows]

    def _content(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, counted as they are unpacked: what a header claims is not believed."""
        if part not in self._parts:
            return
        with self._archive.open(self._parts[part]) as opened:
            while chunk := opened.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise _no(self._file, tr("this workbook unpacks to more than 40 MB."))
                yield chunk

    def _parse(
        self,
        part: str,
        starts: Callable[[str, dict[str, str]], None],
        ends: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def doctype(*_: object) -> None:
            raise _no(self._file, tr("this workbook declares a document type, which none needs."))

        parser.StartDoctypeDeclHandler = doctype
        parser.StartElementHandler = lambda name, given: starts(name.rpartition(":")[2], given)
        if ends is not None:
            parser.EndElementHandler = lambda name: ends(name.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        empty = True
        for chunk in self._content(part):
            parser.Parse(chunk, False)
            empty = False
        if not empty:
            parser.Parse(b"", True)

    def _shared(self) -> list[str]:
        """Texts that cells name by number; of a text with reading aids only the text itself."""
        found: list[str] = []
        state = {"text": False, "aside": False}

        def starts(name: str, _given: dict[str, str]) -> None:
            if name == "si":
                found.append("")
            state["aside"] = state["aside"] or name == "rPh"
            state["text"] = name == "t"

        def ends(name: str) -> None:
            state["text"] = False
            if name == "rPh":
                state["aside"] = False

        def text(piece: str) -> None:
            if found and state["text"] and not state["aside"]:
                found[-1] += piece

        self._parse("xl/sharedStrings.xml", starts, ends, text)
        return found

    def _rows(self, part: str, texts: list[str]) -> list[Row]:
        reader = _SheetReader(self._file, texts, self._count)
        self._parse(part, reader.starts, reader.ends, reader.text)
        return [(number, cells) for number, cells in sorted(reader.rows.items()) if any(c.strip() for c in cells)]

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise _no(self._file, tr("this workbook holds too many cells for a ladder."))


class _SheetReader:
    """Gathers one sheet's cells while it is parsed."""

    def __init__(self, file: str, texts: list[str], count: Callable[[], None]) -> None:
        self._file, self._texts, self._count = file, texts, count
        self.rows: dict[int, list[str]] = {}
        self._row, self._column, self._kind = 0, 0, ""
        self._value: list[str] | None = None
        self._cell = ""

    def starts(self, name: str, given: dict[str, str]) -> None:
        """A row, a cell, or its value begins."""
        if name == "row":
            self._row, self._column = _whole(given.get("r", ""), self._row + 1), 0
        elif name == "c":
            self._count()
            place = _PLACE.fullmatch(given.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._cell = given.get("t", "n"), ""
            if self._row > MAX_ROWS or self._column > MAX_COLUMNS:
                raise _no(self._file, tr("a sheet of this workbook is too large for a ladder."))
        elif name in ("v", "t"):
            self._value = []

    def text(self, piece: str) -> None:
        """A piece of a value."""
        if self._value is not None:
            self._value.append(piece)

    def ends(self, name: str) -> None:
        """A value or a cell is whole."""
        if name in ("v", "t") and self._value is not None:
            self._cell += "".join(self._value)
            self._value = None
        elif name == "c" and self._cell:
            cells = self.rows.setdefault(self._row, [])
            cells.extend([""] * (self._column - len(cells)))
            cells[self._column - 1] = self._shown()

    def _shown(self) -> str:
        if self._kind == "s":
            number = _whole(self._cell, -1)
            return self._texts[number] if 0 <= number < len(self._texts) else ""
        if self._kind == "b":
            return "TRUE" if self._cell == "1" else "FALSE"
        return self._cell


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 8 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
