"""The table of the pipelines as a file: what is in view, in its columns and order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.domain.csv_table import write_table
from app.domain.pipeline import Outcome
from app.domain.pipeline_view import PipelineColumn, PipelineView
from app.exchange.workbook_writer import Written, write_workbook
from app.phrases.pipeline import column_words, ended_words
from app.queries.pipeline import PipelineRow, pipeline_ids, pipeline_rows, stuck_in
from app.queries.pipeline_cells import cell_words
from app.store.workspace import Workspace
from app.words import tr

Cell = str | int
_BLOCK = 500
_WIDTH = 24  # letters


def pipeline_table(
    workspace: Workspace, view: PipelineView, form: str, told: Callable[[float], object]
) -> tuple[bytes, int]:
    """The view as one of its FORMATS, and how many rows it has. `told` hears how far it is and may raise to stop it.

    Like the window's table it counts cards and says nothing of what is in them. No cell of it is a formula.
    """
    rows = list(_rows(workspace, view, told))
    headings = [heading for column in view.columns for heading in _headings(column)]
    if form == "csv":
        return write_table(headings, [[str(cell) for cell in row] for row in rows]), len(rows)
    sheet = Written(tr("Pipeline"), headings, rows, [_WIDTH] * len(headings))
    return write_workbook([sheet]), len(rows)


def _rows(workspace: Workspace, view: PipelineView, told: Callable[[float], object]) -> Iterator[list[Cell]]:
    found, limits = pipeline_ids(workspace, view), stuck_in(workspace, view.opening).limits
    for start in range(0, len(found.ids), _BLOCK):
        told(start / len(found.ids))
        for row in pipeline_rows(workspace, found.ids[start : start + _BLOCK], limits):
            yield [cell for column in view.columns for cell in _cells(row, column)]


def _headings(column: PipelineColumn) -> tuple[str, ...]:
    """What one column of the window is in a file, where numbers and days stand alone."""
    return {
        PipelineColumn.DAYS: (column_words(column), tr("Stuck or on hold")),
        PipelineColumn.CARDS: (column_words(column), tr("Cards planned")),
        PipelineColumn.ENDED: (tr("Ended as"), tr("Ended on")),
    }.get(column, (column_words(column),))


def _cells(row: PipelineRow, column: PipelineColumn) -> tuple[Cell, ...]:
    match column:
        case PipelineColumn.DAYS:
            return row.days, tr("on hold") if row.held else tr("stuck") if row.stuck else ""
        case PipelineColumn.CARDS:
            return row.cards_in, row.cards_planned
        case PipelineColumn.APPLIED:
            return (row.applied_on.isoformat() if row.applied_on else "",)
        case PipelineColumn.ENDED if row.outcome == Outcome.ACTIVE:
            return "", ""
        case PipelineColumn.ENDED:
            return ended_words(row.outcome), row.closed_on.isoformat() if row.closed_on else ""
        case _:
            return (cell_words(row, column),)
