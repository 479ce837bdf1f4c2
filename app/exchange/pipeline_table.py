"""The table of the pipelines as a file: what is in view, in its columns and order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.domain.csv_table import write_table
from app.domain.pipeline_view import PipelineView
from app.exchange.workbook_writer import Written, write_workbook
from app.phrases.pipeline import column_words
from app.queries.pipeline import pipeline_ids, pipeline_rows, stuck_in
from app.queries.pipeline_cells import cell_words
from app.store.workspace import Workspace
from app.words import tr

_BLOCK = 500
_WIDTH = 24  # letters


def pipeline_table(
    workspace: Workspace, view: PipelineView, form: str, told: Callable[[float], object]
) -> tuple[bytes, int]:
    """The view as one of its FORMATS, and how many rows it has. `told` hears how far it is and may raise to stop it.

    Like the window's table it counts cards and says nothing of what is in them. No cell of it is a formula.
    """
    rows = list(_rows(workspace, view, told))
    headings = [column_words(column) for column in view.columns]
    if form == "csv":
        return write_table(headings, rows), len(rows)
    sheet = Written(tr("Pipeline"), headings, rows, [_WIDTH] * len(headings))
    return write_workbook([sheet]), len(rows)


def _rows(workspace: Workspace, view: PipelineView, told: Callable[[float], object]) -> Iterator[list[str]]:
    found, limits = pipeline_ids(workspace, view), stuck_in(workspace, view.opening).limits
    for start in range(0, len(found.ids), _BLOCK):
        told(start / len(found.ids))
        for row in pipeline_rows(workspace, found.ids[start : start + _BLOCK], limits):
            yield [cell_words(row, column) for column in view.columns]
