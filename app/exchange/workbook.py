"""The cells of an XLSX workbook as text, with little trust: bounded, no entities, no formula is run.

openpyxl reads it, row by row. What it is given was counted before: how much unpacks, that no part declares a document
type (nothing an entity could grow from), and then how many rows, columns and cells there are.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count

from app.exchange.located_values import LadderError
from app.exchange.yaml_nodes import Problem
from app.words import tr

WORKBOOK_BYTES = 8_000_000
MAX_UNPACKED = 40_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 400
MAX_CELLS = 400_000
MAX_SHEETS = 60
_CHUNK = 65_536
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What a reader of workbooks meets in one that is broken; a SyntaxError is XML that is none."""

Row = tuple[int, list[str]]


@dataclass
class Sheet:
    """One sheet: its name, and the rows that hold anything with their numbers, from 1."""

    name: str
    rows: list[Row] = field(default_factory=list)


def read_workbook(file: str, content: bytes) -> list[Sheet]:
    """Every sheet that holds anything, in the order of the workbook. Raises LadderError."""
    if len(content) > WORKBOOK_BYTES:
        raise _no(file, tr("this file is larger than 8 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _must_be_bounded(file, archive)
        return _sheets(file, content)
    except LadderError:
        raise
    except _DAMAGED as wrong:
        raise _no(file, tr("this is no workbook that can be read: it is damaged or locked.")) from wrong


def _no(file: str, sentence: str) -> LadderError:
    return LadderError([Problem(file, 0, "", sentence)])


def _must_be_bounded(file: str, archive: zipfile.ZipFile) -> None:
    """Counted as it is unpacked: what a header claims is not believed."""
    left = MAX_UNPACKED
    for part in archive.infolist():
        before = b""
        with archive.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _no(file, tr("this workbook unpacks to more than 40 MB."))
                if any(mark in before + chunk for mark in _DOCTYPES):
                    raise _no(file, tr("this workbook declares a document type, which none needs."))
                before = chunk[-32:]


def _sheets(file: str, content: bytes) -> list[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415  (a quarter of a second, and rarely needed)

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if len(book.worksheets) > MAX_SHEETS:
            raise _no(file, tr("this workbook has more than {n} sheets.").format(n=MAX_SHEETS))
        cells = count(1)
        found = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its own size is not believed either
            found.append(Sheet(sheet.title, _rows(file, sheet.iter_rows(values_only=True), cells)))
        return [sheet for sheet in found if sheet.rows]
    finally:
        book.close()


def _rows(file: str, rows: Iterable[Sequence[object]], cells: Iterable[int]) -> list[Row]:
    found: list[Row] = []
    counted = iter(cells)
    for number, values in enumerate(rows, 1):
        shown = [_shown(value) for value in values]
        while shown and not shown[-1]:
            shown.pop()
        if number > MAX_ROWS or len(shown) > MAX_COLUMNS:
            raise _no(file, tr("a sheet of this workbook is too large for a ladder."))
        if sum(bool(cell) for cell in shown) and max(next(counted) for cell in shown if cell) > MAX_CELLS:
            raise _no(file, tr("this workbook holds too many cells for a ladder."))
        if any(cell.strip() for cell in shown):
            found.append((number, shown))
    return found


def _shown(value: object) -> str:
    """A cell as text: a day as it is written everywhere, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
