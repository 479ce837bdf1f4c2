"""Writing what is in view of the pipelines to a file. It is imported with the first one: a start does without."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.desk.desk import Desk
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.file_dialog import ask_save
from app.desk.work import Progress
from app.domain.pipeline_view import PipelineView
from app.exchange.pipeline_table import pipeline_table
from app.store.files import replace_file
from app.store.workspace import Workspace
from app.words import ntr, tr


class TableExport(FileBar):
    """How far the file is, and the way to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("How far the table is"))
        self._workspace = desk.workspace

    def ask(self, view: PipelineView, form: str) -> None:
        """Ask where the table goes, and write it."""
        name, kinds = tr("Pipeline.{form}").format(form=form), f"{form.upper()} (*.{form})"
        begin = partial(self._begin, view, form)
        ask_save(self.window(), tr("Export what is in view"), name, begin, kinds=kinds, suffix=form)

    def _begin(self, view: PipelineView, form: str, target: Path) -> None:
        self.make(tr("Writing the table"), partial(_draw, self._workspace, view, form, target), target)


def _draw(workspace: Workspace, view: PipelineView, form: str, target: Path, progress: Progress) -> Drawn:
    content, count = pipeline_table(workspace, view, form, progress)
    progress.check()
    replace_file(target, content)
    counted = ntr("{n} application", "{n} applications", count)
    said = tr("{count} written to {name}.").format(count=counted, name=target.name)
    return Drawn((), lambda _n: said)
