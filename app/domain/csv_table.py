"""A table as CSV that spreadsheets read and none of them runs."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV table in UTF-8 with a byte order mark, as spreadsheets read it. No cell of it can run.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers stay numbers.
    """
    return b"".join(table_lines(headings, rows))


def table_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same a row at a time, for tables that are never held as a whole."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for row in chain([headings], rows):
        writer.writerow([_harmless(cell) for cell in row])
        yield written.getvalue().encode("utf-8")
        written.seek(0)
        written.truncate()


def one_line(written: str) -> str:
    """One line of composed characters without control characters."""
    text = unicodedata.normalize("NFC", written)
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(shown.split())


def written_lines(cell: str) -> str:
    """A text of several lines, each clean: composed characters, no control characters, no space at its ends."""
    if "\n" not in cell and "\r" not in cell:
        return one_line(cell)
    lines = (one_line(line) for line in unicodedata.normalize("NFC", cell).splitlines())
    return "\n".join(lines).strip()


def _harmless(cell: str) -> str:
    line = one_line(cell)
    looks = unicodedata.normalize("NFKC", line).lstrip()
    number = line.replace(".", "", 1).removeprefix("-").removeprefix("+")
    return f"'{line}" if looks.startswith(_RUNS) and not number.isdecimal() else line
