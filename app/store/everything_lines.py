"""The file of everything: JSON, one value a line, so that it is written and read a row at a time.

The first line says what it is: `{"tenfold": "everything", "format": 1, "schema": 9}`. Of each table there is a line
with its name, its columns and the number of its rows, `{"table": "tag", "columns": ["id", …], "rows": 2}`, and then
each row as the list of its values: numbers, texts, null; bytes are text in Base64. The last line has the number of all
rows and the SHA-256 of every byte before it, `{"end": "everything", "rows": 2, "sha256": "…"}`. Between the values of a
row stands a comma alone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.errors import Refused
from app.words import tr

WHAT, FORMAT = "everything", 1
LONGEST_LINE = 256 * 1024 * 1024
_LONGEST_HEAD = 64 * 1024
_NUMBERS = 2**63
_DECODER = json.JSONDecoder()
_SCALARS = frozenset('"-0123456789n')
Cell = int | str | bytes | None


class NotRead(ValueError):
    """A line that is none of such a file; what it says is why, in a person's words, and never what stands in it."""


@dataclass(frozen=True)
class Header:
    """What the first line says."""

    format: int
    schema: int


@dataclass(frozen=True)
class TableHead:
    """What is said of a table before its rows."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Ending:
    """What the last line says."""

    rows: int
    sha256: str


def header_line(schema: int) -> bytes:
    """The first line."""
    return _line({"tenfold": WHAT, "format": FORMAT, "schema": schema})


def head_line(head: TableHead) -> bytes:
    """The line before a table's rows."""
    return _line({"table": head.name, "columns": list(head.columns), "rows": head.rows})


def row_line(cells: Sequence[Cell]) -> bytes:
    """One row."""
    return _line([base64.b64encode(cell).decode() if isinstance(cell, bytes) else cell for cell in cells])


def ending_line(ending: Ending) -> bytes:
    """The last line."""
    return _line({"end": WHAT, "rows": ending.rows, "sha256": ending.sha256})


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Lines:
    """The lines of a file, one after another; of no line more than so much is ever held."""

    def __init__(self, source: BinaryIO, name: str) -> None:
        self._source, self._name = source, name
        self._digest = hashlib.sha256()
        self.number = 0
        self.read = 0

    def refusal(self, why: str) -> Refused:
        """Why the file is not brought in, with the line that was read last."""
        return Refused(
            tr("{name} can’t be brought in. Line {n}: {why}.").format(name=self._name, n=self.number, why=why),
            tr("Export the workspace again and take that file. Nothing was made of this one."),
        )

    def header(self) -> Header:
        """The first line. Raises Refused."""
        held = self._head()
        if held.get("tenfold") != WHAT:
            raise self.refusal(tr("it does not say that it is Tenfold’s export of everything"))
        return Header(self._count(held, "format"), self._count(held, "schema"))

    def head_or_ending(self) -> TableHead | Ending:
        """What comes after a table's rows. Raises Refused."""
        before = self._digest.hexdigest()
        held = self._head()
        if "end" in held:
            if held.get("sha256") != before:
                raise self.refusal(tr("what is before it is not what was written: the file was damaged or changed"))
            return Ending(self._count(held, "rows"), before)
        name, columns = held.get("table"), held.get("columns")
        if not isinstance(name, str) or not isinstance(columns, list) or not all(isinstance(c, str) for c in columns):
            raise self.refusal(tr("it names no table with its columns"))
        return TableHead(name, tuple(columns), self._count(held, "rows"))

    def row(self, kinds: Sequence[type]) -> tuple[Cell, ...]:
        """A row of so many values of these kinds. Raises Refused."""
        text = self._text(LONGEST_LINE)
        try:
            return cells_in(text, kinds)
        except NotRead as error:
            raise self.refusal(str(error)) from None

    def must_end(self) -> None:
        """Raises Refused where anything comes after the last line."""
        if self._source.read(1):
            self.number += 1
            raise self.refusal(tr("something comes after the end"))

    def _text(self, most: int) -> str:
        self.number += 1
        line = self._source.readline(most + 1)
        if not line.endswith(b"\n"):
            raise self.refusal(tr("it is too long") if len(line) > most else tr("the file ends in the middle"))
        self._digest.update(line)
        self.read += len(line)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            raise self.refusal(tr("it is no text in UTF-8")) from None

    def _head(self) -> dict[str, Any]:
        text = self._text(_LONGEST_HEAD)
        try:
            held = json.loads(text)
        except (ValueError, RecursionError):
            held = None
        if not isinstance(held, dict):
            raise self.refusal(tr("it is no line of JSON that says what comes next"))
        return held

    def _count(self, held: dict[str, Any], key: str) -> int:
        value = held.get(key)
        if type(value) is not int or not 0 <= value < _NUMBERS:
            raise self.refusal(tr("“{key}” is no number").format(key=key))
        return value


def cells_in(text: str, kinds: Sequence[type]) -> tuple[Cell, ...]:
    """The values of a row. They are read one by one, so that a row in which anything is nested is never built.

    Raises NotRead.
    """
    cells: list[Cell] = []
    at = 1
    for kind in kinds:
        expected = "," if cells else "["
        if text[at - 1 : at] != expected:
            raise NotRead(tr("it has not as many values as its table has columns"))
        if text[at : at + 1] not in _SCALARS:
            raise NotRead(tr("a value is no number, text or null"))
        try:
            value, at = _DECODER.raw_decode(text, at)
        except ValueError:
            raise NotRead(tr("it is no line of JSON")) from None
        cells.append(_held(value, kind))
        at += 1
    if text[at - 1 :] != "]\n":
        raise NotRead(tr("it has not as many values as its table has columns"))
    return tuple(cells)


def _held(value: object, kind: type) -> Cell:
    """A value as SQLite is to hold it."""
    if kind is bytes and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            raise NotRead(tr("bytes in it are not in Base64")) from None
    return must_be(value, kind)


def must_be(value: object, kind: type) -> Cell:
    """The value, where it is empty or of its column's kind. Raises NotRead."""
    if value is None:
        return None
    if type(value) is not kind:
        raise NotRead(tr("a value is not of the kind its column holds"))
    if isinstance(value, int) and not -_NUMBERS <= value < _NUMBERS:
        raise NotRead(tr("a number is larger than any of ours"))
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise NotRead(tr("a text holds half of a letter")) from None
    assert isinstance(value, int | str | bytes)
    return value
