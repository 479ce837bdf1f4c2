"""The team, assessments and outcomes as CSV or XLSX. No cell of them is a formula."""

from __future__ import annotations

from app.domain.csv_table import write_table
from app.exchange.workbook_writer import Written, write_workbook
from app.queries.team_tables import GrowthTable

_WIDTH = 22  # letters


def growth_table_file(table: GrowthTable, form: str) -> bytes:
    """The table in a form, "csv" or "xlsx"."""
    if form == "csv":
        return write_table(list(table.headings), [[str(cell) for cell in row] for row in table.rows])
    sheet = Written(table.name, list(table.headings), [list(row) for row in table.rows], [_WIDTH] * len(table.headings))
    return write_workbook([sheet])
