"""The cells of an XLSX workbook as text, with little trust: bounded, no entities, no formula is run.

openpyxl reads it, row by row. What it is given was counted before: how much unpacks, that no part declares a document
type (nothing an entity could grow from), and then how many rows, columns and cells there are. A merged cell says its
text in each of its cells, as it looks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import count

from app.exchange.located_values import LadderError
from app.exchange.packed import DAMAGED, bounded_archive
from app.exchange.sheet import LADDER, MAX_SHEETS, Row, Sheet, Sheets, Size, refusal
from app.exchange.workbook_marks import SheetMarks, marks_of
from app.words import tr


def read_workbook(file: str, content: bytes, size: Size = LADDER) -> Sheets:
    """Every sheet that holds anything, in the order of the workbook. Raises LadderError."""
    try:
        with bounded_archive(file, content, size) as archive:
            marks = marks_of(archive)
        return _marked(file, _sheets(file, content, size), marks, size)
    except LadderError:
        raise
    except DAMAGED as wrong:
        raise refusal(file, tr("this is no workbook that can be read: it is damaged or locked.")) from wrong


def _marked(file: str, sheets: list[Sheet], marks: dict[str, SheetMarks], size: Size) -> Sheets:
    """The sheets with their merged cells filled, and sentences on formulas without a value."""
    found = Sheets()
    cells = sum(len(row) for sheet in sheets for _, row in sheet.rows)
    for sheet in sheets:
        known = marks.get(sheet.name, SheetMarks())
        sheet.notes = known.notes
        for area in known.merged:
            cells += (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
            if cells > size.cells:
                raise refusal(file, tr("this workbook holds too many cells."))
            _fill(sheet, area)
        if sheet.rows or sheet.notes:
            found.sheets.append(sheet)
        for note in (n for n in known.notes if n.kind == "formula"):
            words = tr("Sheet “{sheet}”, row {row}, column {column}: a formula without a stored value, kept beside.")
            found.remarks.append(words.format(sheet=sheet.name, row=note.row, column=note.column + 1))
    return found


def _fill(sheet: Sheet, area: tuple[int, int, int, int]) -> None:
    """Say the text of a merged area's first cell in all of them."""
    top, left, bottom, right = area
    rows = dict(sheet.rows)
    text = rows[top][left] if top in rows and left < len(rows[top]) else ""
    if not text:
        return
    for number in range(top, bottom + 1):
        cells = rows.setdefault(number, [])
        cells += [""] * (right + 1 - len(cells))
        cells[left : right + 1] = [text] * (right + 1 - left)
    sheet.rows = sorted(rows.items())


def _sheets(file: str, content: bytes, size: Size) -> list[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415  (a quarter of a second, and rarely needed)

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if len(book.worksheets) > MAX_SHEETS:
            raise refusal(file, tr("this workbook has more than {n} sheets.").format(n=MAX_SHEETS))
        cells = count(1)
        found = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its own size is not believed either
            found.append(Sheet(sheet.title, _rows(file, sheet.iter_rows(values_only=True), cells, size)))
        return found
    finally:
        book.close()


def _rows(file: str, rows: Iterable[Sequence[object]], cells: Iterable[int], size: Size) -> list[Row]:
    found: list[Row] = []
    counted = iter(cells)
    for number, values in enumerate(rows, 1):
        shown = [_shown(value) for value in values]
        while shown and not shown[-1]:
            shown.pop()
        if number > size.rows or len(shown) > size.columns:
            raise refusal(file, tr("a sheet of this workbook is too large."))
        if sum(bool(cell) for cell in shown) and max(next(counted) for cell in shown if cell) > size.cells:
            raise refusal(file, tr("this workbook holds too many cells."))
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
