"""What is done to an application: each asks what has to be asked, writes, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from app.actions import application, interview, offer
from app.actions.application import PutOnHold
from app.desk.parts.attached_files import OpenedFiles, attach_from, copy_out, open_outside
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_dialog import ask_folder, ask_open_many, ask_save, ask_where
from app.desk.parts.file_preview import show_preview
from app.desk.parts.side_panel import confirm
from app.desk.parts.subject_page import SubjectPage
from app.domain.calendar import RoundEvent
from app.errors import Refused
from app.exchange.calendar import files_of, invite, invite_into
from app.packets.printables import HIRING
from app.queries.application import ApplicationView, FileRow, RoundRow
from app.queries.invitations import InvitationDue, round_events
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import ntr, tr


class ApplicationActions:
    """Asks and writes for the application that a page shows."""

    def __init__(self, page: SubjectPage[ApplicationView], bar: FileBar) -> None:
        self._page, self._desk = page, page.desk
        self._bar = bar
        self._opened = OpenedFiles()

    @property
    def _ws(self) -> Workspace:
        return self._desk.workspace

    @property
    def _shown(self) -> ApplicationView:
        assert self._page.shown is not None
        return self._page.shown

    # Stages and ends

    def move(self, stage: int) -> None:
        """Move to a stage."""
        self._desk.write(partial(application.move, self._ws, self._shown.id, stage))

    def reopen(self) -> None:
        """Take a closed application up again."""
        self._desk.write(partial(application.reopen, self._ws, self._shown.id))

    def ask_hold(self) -> None:
        """Put the application on hold, once a reason is given."""
        shown = self._shown
        confirm(
            self._desk.theme,
            self._page,
            tr("Put {name}’s application on hold?").format(name=shown.name),
            tr("It stays in its stage, and is not counted among those that are stuck."),
            tr("Put on hold"),
            lambda reason: self._desk.write(partial(application.hold, self._ws, shown.id, PutOnHold(reason))),
            reason=tr("What is waited for?"),
        )

    def resume(self) -> None:
        """Go on with an application that was on hold."""
        self._desk.write(partial(application.resume, self._ws, self._shown.id))

    # Interviews and cards

    def remove_interview(self, item: RoundRow) -> None:
        """Take an interview out."""
        if item.interview is not None:
            self._desk.write(partial(interview.remove, self._ws, item.interview))

    def plan_all(self) -> None:
        """Give every round that nobody holds to who usually holds it."""
        name = self._shown.name
        said = tr("The rounds of {name} are planned. Each needs a time.").format(name=name)
        self._desk.write(
            partial(interview.plan_all, self._ws, self._shown.id), lambda _changed: self._desk.say(said), self._page
        )

    def ask_calendar(self) -> None:
        """Choose where the rounds to come go as invitations."""
        now = self._ws.now()
        to_come = [r for r in self._shown.rounds if r.starts_at is not None and r.starts_at > now]
        numbers = [r.interview for r in to_come if r.interview is not None]
        if not numbers:
            self._desk.say(tr("No round to come has a time."), tr("Give one a time first."))
            return
        self._desk.work.ask(self._page, "events", partial(round_events, self._ws, numbers), self._ask_file)

    def ask_to_put_right(self, wrong: InvitationDue) -> None:
        """Choose where the file goes that puts an invitation right."""
        self._ask_file(wrong.events)

    def _ask_file(self, events: tuple[RoundEvent, ...]) -> None:
        """One round is a file, several are files in a folder."""
        if len({event.interview for event in events}) > 1:
            ask_folder(self._page, tr("Where to put the calendar files"), partial(self._invite, invite_into, events))
            return
        name = tr("{name}, interview.ics").format(name=self._shown.name)
        ask_where(self._page, tr("Calendar file"), name, partial(self._invite, invite, events), suffix="ics")

    def _invite(
        self,
        write: Callable[[Workspace, Sequence[RoundEvent], Path], ChangeReport],
        events: tuple[RoundEvent, ...],
        target: Path,
    ) -> None:
        said = tr("Written to {path}. Open it in your calendar, which sends it.").format(path=target)
        count = len(files_of(events))
        if count > 1:
            said = ntr(
                "{n} calendar file is in {{path}}. Open each in your calendar, which sends it.",
                "{n} calendar files are in {{path}}. Open each in your calendar, which sends it.",
                count,
            ).format(path=target if target.is_dir() else target.parent)
        self._desk.write(partial(write, self._ws, events, target), lambda _changed: self._desk.say(said), self._page)

    def ask_open(self) -> None:
        """Open the cards that are in, once a reason is given."""
        shown = self._shown
        confirm(
            self._desk.theme,
            self._page,
            tr("Open the cards of {name} early?").format(name=shown.name),
            tr(
                "{n} of {all} cards are in. Everyone whose own card is in may then read them, and who is still due "
                "writes theirs after others could. It stands in the history with your reason and can’t be undone."
            ).format(n=shown.sealing.cards_in, all=shown.sealing.cards_planned),
            tr("Open the cards"),
            lambda reason: self._desk.write(
                partial(application.open_cards, self._ws, shown.id, reason),
                lambda _changed: self._desk.say(tr("The cards of {name} are open.").format(name=shown.name)),
                self._page,
            ),
            reason=tr("Why can’t the missing cards be waited for?"),
        )

    # Files

    def ask_attach(self) -> None:
        """Choose files to attach."""
        ask_open_many(self._page, tr("Attach a file"), "", self.attach)

    def attach(self, files: Sequence[Path]) -> None:
        """Attach these files, all or none."""
        if files:
            self._desk.write(partial(attach_from, self._ws, self._shown.id, tuple(files)))

    def show_file(self, item: FileRow) -> None:
        """Show an attached file beside the page."""
        show_preview(self._desk, item, self._page)

    def open_file(self, item: FileRow) -> None:
        """Open a copy of an attached file with the system's program for it."""
        try:
            target = self._opened.place_for(item)
        except Refused as refused:
            self._desk.refuse(refused)
            return
        self._desk.work.ask(self._page, "file", partial(copy_out, self._ws, item.id, target), self._open_copy)

    def _open_copy(self, target: Path) -> None:
        if not open_outside(target):
            self._desk.say(tr("No program here opens {name}.").format(name=target.name), tr("Save a copy of it."))

    def ask_copy(self, item: FileRow) -> None:
        """Write a copy of an attached file where somebody wants it."""
        ask_save(self._page, tr("Save a copy"), item.name, partial(self.copy, item))

    def copy(self, item: FileRow, target: Path) -> None:
        """Write a copy of an attached file."""
        self._desk.work.ask(
            self._page,
            "copy",
            partial(copy_out, self._ws, item.id, target),
            lambda path: self._desk.say(tr("A copy lies in {path}.").format(path=path)),
        )

    def remove_file(self, item: FileRow) -> None:
        """Remove an attached file; it can be undone."""
        self._desk.write(
            partial(application.detach, self._ws, item.id),
            lambda _changed: self._desk.say(tr("{name} is removed. Ctrl+Z brings it back.").format(name=item.name)),
            self._page,
        )

    # Packet

    def ask_packet(self) -> None:
        """Choose where the hiring packet goes."""
        shown = self._shown
        if self._bar.busy:
            return
        if not shown.open:
            self._desk.refuse(
                Refused(
                    tr("The cards of {name} are sealed, and a packet prints them.").format(name=shown.name),
                    tr("Wait for the cards that are due, or open them early with a reason."),
                )
            )
            return
        name = tr("{name}, hiring packet.pdf").format(name=shown.name)
        words = tr("Making the hiring packet for {name}").format(name=shown.name)
        ask_where(self._page, HIRING.title, name, partial(self._bar.print_one, HIRING, shown.id, words))

    def go_offer(self) -> None:
        """Open the offer of this application, or draft one."""
        shown = self._shown
        if shown.offer is not None:
            self._desk.go("offer", id=shown.offer)
            return
        self._desk.write(
            partial(offer.draft, self._ws, shown.id),
            lambda changed: self._desk.go("offer", id=changed.subject),
            self._page,
        )
