"""In Settings: everything leaves the workspace, as tables to look at or as a file that becomes a workspace again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.desk.desk import Desk
from app.desk.parts.controls import Button
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.file_dialog import ask_folder, ask_where
from app.desk.parts.label import Text
from app.desk.parts.section import Section
from app.desk.parts.side_panel import confirm
from app.desk.work import Progress
from app.phrases.everything import carries_everything, tables_left_words
from app.store.reading import while_wanted
from app.store.workspace import Workspace
from app.words import tr


class ExportCard(Section):
    """Three ways for everything to leave; how far the one that was chosen is."""

    def __init__(self, desk: Desk) -> None:
        self.folder = Button(tr("Tables as CSV…"), small=True)
        self.workbook = Button(tr("Tables as XLSX…"), small=True)
        self.everything = Button(tr("Everything as JSON…"), small=True)
        super().__init__(tr("Export"), self.folder, self.workbook, self.everything)
        self._desk = desk
        self.bar = FileBar(desk, tr("How far the export is"))
        self.folder.clicked.connect(self.ask_folder)
        self.workbook.clicked.connect(self.ask_workbook)
        self.everything.clicked.connect(self.ask_everything)
        tables = tr(
            "The tables hold what you may see, in words, and say how much is left out. As CSV they are a folder with a "
            "README of its columns."
        )
        whole = tr(
            "Everything as JSON is for moving the workspace: the start window makes an equal one of it (“From an "
            "export…”). That something left is kept in the history."
        )
        self.add(Text(tables, tone="soft", wrap=True), Text(whole, tone="soft", wrap=True), self.bar)

    def ask_folder(self) -> None:
        """Ask in which folder the folder of tables goes."""
        ask_folder(self.window(), tr("In which folder the tables go"), self._write_folder)

    def ask_workbook(self) -> None:
        """Ask where the workbook goes."""
        name = tr("{name} tables.xlsx").format(name=self._desk.workspace.path.stem)
        ask_where(self.window(), tr("Tables as XLSX"), name, partial(self._write_tables, "xlsx"), suffix="xlsx")

    def ask_everything(self) -> None:
        """Say what is in it, then ask where it goes."""
        name = tr("{name}.jsonl").format(name=self._desk.workspace.path.stem)
        confirm(
            self._desk.theme,
            self.window(),
            tr("Export everything?"),
            carries_everything(),
            tr("Choose where…"),
            lambda _reason: ask_where(
                self.window(), tr("Everything as JSON"), name, self._write_everything, suffix="jsonl"
            ),
        )

    def _write_folder(self, folder: Path) -> None:
        workspace = self._desk.workspace
        when = workspace.now().astimezone(workspace.zone).strftime("%Y-%m-%d %H%M%S")
        self._write_tables("csv", folder / tr("{name} tables {when}").format(name=workspace.path.stem, when=when))

    def _write_tables(self, form: str, target: Path) -> None:
        self.bar.make(tr("Writing the tables"), partial(_tables, self._desk.workspace, target, form), target)

    def _write_everything(self, target: Path) -> None:
        self.bar.make(tr("Writing everything"), partial(_everything, self._desk.workspace, target))


def _tables(workspace: Workspace, target: Path, form: str, progress: Progress) -> Drawn:
    from app.actions.export_records import whole_left  # noqa: PLC0415  (imported with the first one)
    from app.exchange.tables_folder import tables_written  # noqa: PLC0415

    with while_wanted(progress.check):
        written, left_out = tables_written(workspace, target, form, progress)
    said = tables_left_words(target.name, left_out)
    return Drawn([partial(whole_left, workspace, written)], lambda _n: said)


def _everything(workspace: Workspace, target: Path, progress: Progress) -> Drawn:
    from app.actions.everything import everything_written  # noqa: PLC0415
    from app.actions.export_records import whole_left  # noqa: PLC0415

    with while_wanted(progress.check):
        written = everything_written(workspace, target, progress)
    said = tr("Everything is in {name}. Only you may read it.").format(name=target.name)
    return Drawn([partial(whole_left, workspace, written)], lambda _n: said)
