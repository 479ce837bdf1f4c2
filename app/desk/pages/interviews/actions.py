"""What is done about kits and forms: each asks where to, works off the window's thread, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from app.actions import scorecard, settings
from app.desk.parts.attached_files import ask_where
from app.desk.parts.file_dialog import ask_folder, ask_open_many
from app.desk.parts.form_picture import PaperDock
from app.desk.parts.returned_forms import pictures_of
from app.desk.work import Job, Progress
from app.errors import Refused
from app.exchange.calendar import round_file
from app.exchange.mail import Enclosure, Letter, draft
from app.exchange.quarantine import PagePicture
from app.exchange.scorecard_form import FormVerdict
from app.queries.kit import KitFacts, KitRow, kit_facts, kit_rows, without_card
from app.queries.scorecard import card_page
from app.store.change_report import ChangeReport
from app.store.files import kept_beside, leaving, replace_file, unused_name
from app.store.workspace import Workspace
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.desk.pages.interviews.page import InterviewsPage
    from app.packets.paper.page import Packet

Made = list[tuple["Packet", KitFacts]]
_LETTERS = {"mail": Letter.KIT, "reminder": Letter.REMINDER, "thanks": Letter.THANKS}


class KitActions:
    """Writes and files for the page of interviews."""

    def __init__(self, page: InterviewsPage) -> None:
        self._page = page
        self._desk = page.desk
        self._job: Job | None = None

    @property
    def _ws(self) -> Workspace:
        return self._desk.workspace

    # Kits out

    def ask(self, wanted: str, row: KitRow) -> None:
        """Choose where a kit, a mail draft or a calendar file goes."""
        words, suffix, run = {
            "kit": (tr("Interview kit"), "pdf", self.save_kit),
            "calendar": (tr("Calendar file"), "ics", self.save_calendar),
        }.get(wanted, (tr("Mail draft"), "eml", partial(self.save_draft, _LETTERS.get(wanted, Letter.KIT))))
        name = f"{row.candidate}, R{row.position} {row.exercise}, {row.interviewer}.{suffix}"
        ask_where(self._page, words, name, lambda target: run(row, target), suffix=suffix)

    def ask_many(self, rows: Sequence[KitRow]) -> None:
        """Choose the folder that takes a kit for each of these."""
        if rows and self._job is None:
            ask_folder(self._page, tr("Folder for the kits"), lambda folder: self.make_kits(rows, folder))

    def make_kits(self, rows: Sequence[KitRow], folder: Path) -> None:
        """Make them all, then write and record them; cancelled before that, nothing is written."""
        self._page.kits.bar.begin(tr("Making the kits"))
        run = partial(_make, self._ws, tuple(row.interview for row in rows))
        job = self._desk.work.job(self._page, tr("Interview kits"), run, lambda made: self._keep(made, folder))
        job.progressed.connect(self._page.kits.bar.tell)
        job.finished.connect(self._made)
        self._job = job

    def cancel(self) -> None:
        """Stop making kits."""
        if self._job is not None:
            self._job.cancel()

    def _made(self) -> None:
        if self._job is not None and self._job.cancelled:
            self._desk.say(tr("No kits were made."))
        self._job = None
        self._page.kits.bar.hide()

    def _keep(self, made: Made, folder: Path) -> None:
        taken: list[str] = []
        written: list[ChangeReport] = []
        failed: list[Refused] = []

        def told(outcome: ChangeReport | Refused) -> None:
            if isinstance(outcome, Refused):
                failed.append(outcome)
            else:
                written.append(outcome)
            if len(written) + len(failed) == len(made):
                self._say_kits(len(written), failed, folder)

        for packet, facts in made:
            target = folder / unused_name(_kit_name(facts), taken)
            taken.append(target.name)
            self._desk.write(partial(_hand_out_beside, self._ws, packet, facts, target), told, self._page, told)

    def _say_kits(self, written: int, failed: list[Refused], folder: Path) -> None:
        said = f"{ntr('{n} kit is in', '{n} kits are in', written)} {folder}."
        if not failed:
            self._desk.say(said)
            return
        lost = ntr("{n} kit was not written.", "{n} kits were not written.", len(failed))
        why = f"{failed[0].sentence} {failed[0].remedy}".strip()
        self._desk.refuse(Refused(f"{said} {lost}" if written else lost, why))

    def save_kit(self, row: KitRow, target: Path) -> None:
        """Write one kit as PDF."""
        self._one(row, lambda packet, facts: self._write_kit(packet, facts, target))

    def save_draft(self, letter: Letter, row: KitRow, target: Path) -> None:
        """Write a mail draft: with the kit, or thanks without."""
        if letter is Letter.THANKS:
            self._file(partial(_thanks, self._ws, row, target), target)
            return

        def write(packet: Packet, facts: KitFacts) -> None:
            content = draft(letter, facts, row.mail, Enclosure(_kit_name(facts), packet.bytes))
            self._write_kit(packet, facts, target, content)

        self._one(row, write)

    def save_calendar(self, row: KitRow, target: Path) -> None:
        """Write the round as a calendar file."""
        self._file(partial(_calendar, self._ws, row.interview, target), target)

    def _one(self, row: KitRow, then: Callable[[Packet, KitFacts], None]) -> None:
        run = partial(_make, self._ws, (row.interview,))
        self._desk.work.job(self._page, tr("Interview kit"), run, lambda made: then(*made[0]))

    def _write_kit(self, packet: Packet, facts: KitFacts, target: Path, mail: bytes | None = None) -> None:
        self._desk.write(
            partial(_hand_out, self._ws, packet, facts, target, mail),
            lambda _changed: self._written(target),
            self._page,
        )

    def _file(self, run: Callable[[], object], target: Path) -> None:
        self._desk.work.ask(self._page, f"file {target}", run, lambda _done: self._written(target))

    def _written(self, target: Path) -> None:
        self._desk.say(tr("Written to {path}.").format(path=target))

    # Forms back

    def ask_forms(self) -> None:
        """Choose filled forms."""
        ask_open_many(self._page, tr("Filled forms"), "PDF (*.pdf)", self._page.incoming.bring)

    def ask_folder(self) -> None:
        """Choose a folder of filled forms."""
        ask_folder(self._page, tr("Folder of filled forms"), lambda folder: self._page.incoming.bring([folder]))

    def ask_watch(self) -> None:
        """Choose the folder to look into from now on."""
        ask_folder(self._page, tr("Folder to watch"), lambda folder: self.watch(str(folder)))

    def watch(self, folder: str) -> None:
        """Look into this folder from now on; an empty one for none."""
        self._desk.write(
            partial(settings.watch_folder, self._ws, folder), lambda _changed: self._page.incoming.scan(), self._page
        )

    def compare(self, verdict: FormVerdict) -> None:
        """Show a form beside the card that is in, where that card may be seen; it says so where not."""
        if verdict.card is not None:
            query = partial(card_page, self._ws, verdict.card)
            beside = partial(self._page.forms.show_beside, verdict)
            self._desk.work.ask(self._page, "compare", query, beside)

    def from_paper(self, verdict: FormVerdict, button: QWidget) -> None:
        """Type a flattened or scanned form in, beside its picture."""
        if verdict.interview is not None:
            self._begin(verdict, verdict.interview)
            return
        rows = partial(_lacking, self._ws)
        self._desk.work.ask(self._page, "whose", rows, lambda found: self._ask_whose(verdict, button, found))

    def _ask_whose(self, verdict: FormVerdict, button: QWidget, rows: Sequence[KitRow]) -> None:
        menu = QMenu(button)
        menu.aboutToHide.connect(menu.deleteLater)
        for row in rows:
            words = f"{row.candidate}, R{row.position} {row.exercise}, {row.interviewer}".replace("&", "&&")
            menu.addAction(words).triggered.connect(partial(self._begin_row, verdict, row))
        if not rows:
            menu.addAction(tr("No interview waits for a card")).setEnabled(False)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def _begin_row(self, verdict: FormVerdict, row: KitRow, _on: bool = False) -> None:
        self._begin(verdict, row.interview)

    def _begin(self, verdict: FormVerdict, interview: int) -> None:
        """Nothing of the picture is shown before the card may be begun."""
        self._desk.write(
            partial(scorecard.start, self._ws, interview),
            lambda changed: self._beside(verdict, changed.subject),
            self._page,
        )

    def _beside(self, verdict: FormVerdict, card: int) -> None:
        assert verdict.original is not None
        content, name, window = verdict.original.content, verdict.name, self._page.window()
        me = self._ws.me
        self._page.incoming.forget(verdict)
        self._desk.go("scorecard", card=card)

        def show(pages: list[PagePicture]) -> None:
            if isinstance(window, QMainWindow) and self._ws.me == me:
                PaperDock(self._desk.theme, name, pages, window).show_in(window)

        self._desk.work.job(window, tr("Picture of a form"), partial(pictures_of, content), show)


def _make(workspace: Workspace, interviews: tuple[int, ...], progress: Progress) -> Made:
    from app.packets.application_files import make_kit  # noqa: PLC0415  (in the job's thread: it brings the printer)

    made: Made = []
    for number, interview in enumerate(interviews):
        progress(number / len(interviews), tr("Kit {n} of {all}").format(n=number + 1, all=len(interviews)))
        made.append(make_kit(workspace, interview))
    return made


def _kit_name(facts: KitFacts) -> str:
    from app.packets.application_files import kit_name  # noqa: PLC0415

    return kit_name(facts)


def _hand_out(
    workspace: Workspace, packet: Packet, facts: KitFacts, target: Path, mail: bytes | None = None
) -> ChangeReport:
    """Write a kit, or the mail it goes with, and record that the kit left."""
    from app.packets.application_files import hand_out_kit  # noqa: PLC0415

    with leaving(target, mail if mail is not None else packet.bytes):
        return hand_out_kit(workspace, packet, facts, None)


def _hand_out_beside(workspace: Workspace, packet: Packet, facts: KitFacts, target: Path) -> ChangeReport:
    """The same into a folder, where no kit takes the place of one that was filled in."""
    return _hand_out(workspace, packet, facts, kept_beside(target, packet.bytes))


def _thanks(workspace: Workspace, row: KitRow, target: Path) -> None:
    replace_file(target, draft(Letter.THANKS, kit_facts(workspace, row.interview), row.mail))


def _calendar(workspace: Workspace, interview: int, target: Path) -> None:
    replace_file(target, round_file([kit_facts(workspace, interview)], workspace.now()))


def _lacking(workspace: Workspace) -> tuple[KitRow, ...]:
    return without_card(kit_rows(workspace))
