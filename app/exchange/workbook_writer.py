"""Tables as an XLSX workbook: the same tables give the same bytes, and no cell of it is a formula.

Characters that no workbook may hold become spaces, and a text longer than a cell takes says that it is cut.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.words import tr

_LONGEST = 32_767  # units of UTF-16 in a cell

_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  (openpyxl takes no zone)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@dataclass(frozen=True)
class Written:
    """A sheet: its name, headings, rows, and the widths of its columns in letters."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[int]


def write_workbook(sheets: Sequence[Written]) -> bytes:
    """The sheets in their order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = _DAY
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        made.freeze_panes = "A2"
        for number, row in enumerate([sheet.headings, *sheet.rows], start=1):
            for place, value in enumerate(row, start=1):
                cell = made.cell(number, place, _held(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # also where it begins with an equals sign
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for place, width in enumerate(sheet.widths):
            made.column_dimensions[get_column_letter(place + 1)].width = width
    saved = io.BytesIO()
    book.save(saved)
    return _timeless(saved.getvalue())


def _held(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    text: str = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    cut = tr("… (cut here: a cell of a workbook holds no more)")
    return text if len(text.encode("utf-16-le")) <= 2 * _LONGEST else text[: _LONGEST // 2 - len(cut)] + cut


def _timeless(content: bytes) -> bytes:
    """The same archive without the moment it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            held = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", before.read(part))
            after.writestr(zipfile.ZipInfo(part.filename), held, zipfile.ZIP_DEFLATED)
    return made.getvalue()
