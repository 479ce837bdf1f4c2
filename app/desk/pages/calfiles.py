"""What goes out of a calibration and comes back: forms, tables, minutes, promotion packets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.exchange.ratingtable import bring_ratings, ratings_table
from app.packets.cyclefiles import hand_out_ballots, hand_out_forms, hand_out_minutes, hand_out_packets
from app.store.changed import Changed
from app.store.files import replace_file, safe_name
from app.store.workspace import Workspace
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.desk.pages.calibration import CalibrationPage


class CalibrationFiles:
    """Asks for files for one page."""

    def __init__(self, page: CalibrationPage) -> None:
        self._page = page
        self._desk = page.desk

    def ask_back(self) -> None:
        """Filled forms, each brought in or turned down for one reason."""
        dialog = QFileDialog(self._page, tr("Filled assessment forms"), str(Path.home()), "PDF (*.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.bring)
        dialog.open()

    def bring(self, names: list[str]) -> None:
        """Bring these files in, as forms come back anywhere."""
        if self._desk.incoming is not None:
            self._desk.incoming.bring([Path(n) for n in names])

    def ask_forms(self) -> None:
        """A fillable PDF for each assessment that is due, into a folder."""
        page = self._page.shown
        if page is None:
            return

        def chosen(folder: str) -> None:
            self._desk.work.job(
                self._page, tr("Forms"),
                lambda progress: hand_out_forms(self._desk.workspace, page.id, Path(folder), progress),
                lambda made: self._desk.say(ntr("{n} form was written.", "{n} forms were written.", len(made))),
                self._desk.refuse,
            )  # fmt: skip

        dialog = QFileDialog(self._page, tr("Where to put the forms"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ask_minutes(self) -> None:
        """The minutes as a PDF."""
        self._ask_pdf(tr("Minutes"), tr("The minutes are in {path}."), hand_out_minutes)

    def ask_ballots(self) -> None:
        """A slip for each voter and member, as a PDF to be printed and cut."""
        self._ask_pdf(tr("Ballots"), tr("The ballots are in {path}."), hand_out_ballots)

    def _ask_pdf(self, title: str, told: str, write: Callable[[Workspace, int, Path], Changed]) -> None:
        page = self._page.shown
        if page is None:
            return
        dialog = QFileDialog(self._page, title, str(Path.home()), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(safe_name(f"{title}, {page.name}.pdf"))
        dialog.fileSelected.connect(
            lambda name: self._desk.write(
                partial(write, self._desk.workspace, page.id, Path(name)),
                lambda _changed: self._desk.say(told.format(path=name)), self._page,
            )
        )  # fmt: skip
        dialog.open()

    def ask_packets(self) -> None:
        """A promotion packet for each member one may see, into a folder."""
        page = self._page.shown
        if page is None:
            return

        def chosen(folder: str) -> None:
            self._desk.work.job(
                self._page, tr("Promotion packets"),
                lambda progress: hand_out_packets(self._desk.workspace, page.id, Path(folder), progress),
                lambda made: self._desk.say(ntr("{n} packet was written.", "{n} packets were written.", len(made))),
                self._desk.refuse,
            )  # fmt: skip

        dialog = QFileDialog(self._page, tr("Where to put the packets"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ask_table_out(self) -> None:
        """My own assessments as a table, to fill in a spreadsheet."""
        page = self._page.shown
        if page is None:
            return
        dialog = QFileDialog(self._page, tr("My table"), str(Path.home()), "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(
            lambda name: self._desk.work.ask(
                self._page, "table", partial(ratings_table, self._desk.workspace, page.id),
                lambda content: replace_file(Path(name), content),
            )
        )  # fmt: skip
        dialog.open()

    def ask_table_in(self) -> None:
        """Bring a filled table into my drafts; nothing is submitted by it."""
        page = self._page.shown
        if page is None:
            return
        dialog = QFileDialog(self._page, tr("My filled table"), str(Path.home()), tr("Tables (*.csv *.txt *.tsv)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(
            lambda name: self._page.write(partial(bring_ratings, self._desk.workspace, page.id, Path(name)))
        )
        dialog.open()
