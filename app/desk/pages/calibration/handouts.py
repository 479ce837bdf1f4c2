"""What goes out of a calibration and comes back: forms, tables, ballots, minutes, promotion packets.

Reading and drawing go on in a job or beside the writer; only the step that says what left or came in waits its turn
there, and every page hears of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton

from app.desk.parts.attached_files import ask_where
from app.desk.parts.file_dialog import ask_folder, ask_open, ask_open_many
from app.desk.work import Progress
from app.errors import Refused
from app.exchange.assessment_sheet import bring_ratings, ratings_table
from app.store.change_report import ChangeReport
from app.store.files import replace_file
from app.store.workspace import Workspace
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.desk.pages.calibration.page import CalibrationPage
    from app.packets.calibration_files import Made
    from app.packets.paper.page import Packet


class CalibrationHandouts:
    """Asks for files for one page."""

    def __init__(self, page: CalibrationPage) -> None:
        self._page = page
        self._desk = page.desk

    # What prints

    def open_menu(self, button: QPushButton) -> None:
        """What can be printed, under its button; the first one has the focus."""
        menu = QMenu(button)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Ballots…")).triggered.connect(self.ask_ballots)
        minutes = menu.addAction(tr("Minutes…"))
        minutes.triggered.connect(self.ask_minutes)
        minutes.setEnabled(self._page.shown is not None and self._page.shown.begun)
        menu.addAction(tr("Promotion packets…")).triggered.connect(self.ask_packets)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    # Forms back

    def ask_back(self) -> None:
        """Filled forms, each brought in or turned down for one reason."""
        ask_open_many(self._page, tr("Filled assessment forms"), "PDF (*.pdf)", self.bring)

    def bring(self, files: list[Path]) -> None:
        """Bring these files in, as forms come back anywhere."""
        if self._desk.incoming is not None:
            self._desk.incoming.bring(files)

    # Forms and packets out

    def ask_forms(self) -> None:
        """A fillable PDF for each assessment that is due, into a folder."""
        self._ask_many(
            tr("Where to put the forms"),
            tr("Forms"),
            _forms,
            lambda n: ntr("{n} form was written.", "{n} forms were written.", n),
        )

    def ask_packets(self) -> None:
        """A promotion packet for each member one may see, into a folder."""
        self._ask_many(
            tr("Where to put the packets"),
            tr("Promotion packets"),
            _packets,
            lambda n: ntr("{n} packet was written.", "{n} packets were written.", n),
        )

    def _ask_many(
        self, where: str, title: str, make: Callable[[Workspace, int, Progress], list[Made]], told: Callable[[int], str]
    ) -> None:
        page, workspace = self._page.shown, self._desk.workspace
        if page is None:
            return

        def chosen(folder: Path) -> None:
            self._desk.work.job(
                self._page,
                title,
                lambda progress: make(workspace, page.id, progress),
                lambda made: self._keep(made, folder, told),
                self._desk.refuse,
            )

        ask_folder(self._page, where, chosen)

    def _keep(self, made: list[Made], folder: Path, told: Callable[[int], str]) -> None:
        """Write them one by one, each as a step of its own; say how many, and why one could not be."""
        failed: list[Refused] = []
        written: list[object] = []

        def done(outcome: object) -> None:
            if isinstance(outcome, Refused):
                failed.append(outcome)
            else:
                written.append(outcome)
            if len(written) + len(failed) == len(made):
                self._say_written(told(len(written)), failed)

        if not made:
            self._desk.say(told(0))
        for one in made:
            self._desk.write(partial(_hand_out, self._desk.workspace, one, folder), done, self._page, done)

    def _say_written(self, said: str, failed: list[Refused]) -> None:
        if failed:
            self._desk.refuse(Refused(f"{said} {failed[0].sentence}", failed[0].remedy))
        else:
            self._desk.say(said)

    # One PDF

    def ask_minutes(self) -> None:
        """The minutes as a PDF."""
        self._ask_pdf(tr("Minutes"), tr("The minutes are in {path}."), _minutes, _minutes_out)

    def ask_ballots(self) -> None:
        """A slip for each voter and member, as a PDF to be printed and cut."""
        self._ask_pdf(tr("Ballots"), tr("The ballots are in {path}."), _ballots, _ballots_out)

    def _ask_pdf(
        self,
        title: str,
        told: str,
        make: Callable[[Workspace, int, Progress], Packet],
        hand_out: Callable[[Workspace, int, Packet, Path], ChangeReport],
    ) -> None:
        page, workspace = self._page.shown, self._desk.workspace
        if page is None:
            return

        def chosen(target: Path) -> None:
            def keep(packet: Packet) -> None:
                self._desk.write(
                    partial(hand_out, workspace, page.id, packet, target),
                    lambda _changed: self._desk.say(told.format(path=target)),
                    self._page,
                )

            self._desk.work.job(
                self._page, title, lambda progress: make(workspace, page.id, progress), keep, self._desk.refuse
            )

        ask_where(self._page, title, f"{title}, {page.name}.pdf", chosen)

    # Tables

    def ask_table_out(self) -> None:
        """My own assessments as a table, to fill in a spreadsheet."""
        page = self._page.shown
        if page is None:
            return

        def chosen(target: Path) -> None:
            self._desk.work.ask(
                self._page,
                f"table {target}",
                partial(_table, self._desk.workspace, page.id, target),
                lambda _done: self._desk.say(tr("The table is in {path}.").format(path=target)),
            )

        ask_where(self._page, tr("My table"), tr("My table, {name}.csv").format(name=page.name), chosen, suffix="csv")

    def ask_table_in(self) -> None:
        """Bring a filled table into my drafts; nothing is submitted by it."""
        page = self._page.shown
        if page is None:
            return
        ask_open(
            self._page,
            tr("My filled table"),
            tr("Tables (*.csv *.txt *.tsv)"),
            lambda path: self._page.write(partial(bring_ratings, self._desk.workspace, page.id, path)),
        )


def _table(workspace: Workspace, cycle: int, target: Path) -> None:
    replace_file(target, ratings_table(workspace, cycle))


def _forms(workspace: Workspace, cycle: int, progress: Progress) -> list[Made]:
    from app.packets import calibration_files  # noqa: PLC0415  (in the job's thread: it brings the printer)

    return calibration_files.make_forms(workspace, cycle, progress)


def _packets(workspace: Workspace, cycle: int, progress: Progress) -> list[Made]:
    from app.packets import calibration_files  # noqa: PLC0415

    return calibration_files.make_packets(workspace, cycle, progress)


def _hand_out(workspace: Workspace, made: Made, folder: Path) -> ChangeReport:
    from app.packets import calibration_files  # noqa: PLC0415

    return calibration_files.hand_out_made(workspace, made, folder)


def _minutes(workspace: Workspace, cycle: int, progress: Progress) -> Packet:
    from app.packets import calibration_files  # noqa: PLC0415

    return calibration_files.make_minutes(workspace, cycle, progress)


def _minutes_out(workspace: Workspace, cycle: int, packet: Packet, target: Path) -> ChangeReport:
    from app.packets import calibration_files  # noqa: PLC0415

    return calibration_files.hand_out_minutes(workspace, cycle, packet, target)


def _ballots(workspace: Workspace, cycle: int, progress: Progress) -> Packet:
    from app.packets import calibration_files  # noqa: PLC0415

    return calibration_files.make_ballots(workspace, cycle, progress)


def _ballots_out(workspace: Workspace, cycle: int, packet: Packet, target: Path) -> ChangeReport:
    from app.packets import calibration_files  # noqa: PLC0415

    return calibration_files.hand_out_ballots(workspace, cycle, packet, target)
