"""What is done about kits and forms: each asks where to, works off the window's thread, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QWidget

from app.actions import scorecard, settings
from app.desk.desk import Desk
from app.desk.pages.interviews.forms_back import FormsCard
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.file_dialog import ask_folder, ask_open_many, ask_where
from app.desk.parts.form_picture import PaperDock
from app.desk.parts.returned_forms import ReturnedForms, pictures_of
from app.desk.work import Progress
from app.exchange.calendar import invite
from app.exchange.mail import Enclosure, Letter, draft
from app.exchange.quarantine import PagePicture
from app.exchange.scorecard_form import FormVerdict
from app.packets.printables import KIT, hand_out
from app.queries.invitations import round_events
from app.queries.kit import KitRow, kit_facts, kit_rows, without_card
from app.queries.scorecard import card_page
from app.store.files import replace_file
from app.store.workspace import Workspace
from app.words import tr

_LETTERS = {"mail": Letter.KIT, "reminder": Letter.REMINDER}


class KitActions:
    """Writes and files for the page of interviews."""

    def __init__(self, owner: QWidget, desk: Desk, bar: FileBar, returned: ReturnedForms) -> None:
        self._owner, self._desk, self._bar, self._returned = owner, desk, bar, returned

    @property
    def _workspace(self) -> Workspace:
        return self._desk.workspace

    # Kits out

    def ask(self, wanted: str, row: KitRow) -> None:
        """Choose where a kit, a mail draft or a calendar file goes."""
        kinds: dict[str, tuple[str, str, Callable[[Workspace, KitRow, Path, Progress], Drawn]]] = {
            "kit": (KIT.title, "pdf", partial(_kit, None)),
            "calendar": (tr("Calendar file"), "ics", _calendar),
            "thanks": (tr("Mail draft"), "eml", _thanks),
        }
        mail = partial(_kit, _LETTERS.get(wanted, Letter.KIT))
        words, suffix, draw = kinds.get(wanted, (tr("Mail draft"), "eml", mail))
        name = f"{row.candidate}, R{row.position} {row.exercise}, {row.interviewer}.{suffix}"

        def make(target: Path) -> None:
            self._bar.make(tr("Making {name}").format(name=target.name), partial(draw, self._workspace, row, target))

        ask_where(self._owner, words, name, make, suffix=suffix)

    def ask_many(self, rows: Sequence[KitRow]) -> None:
        """Choose the folder that takes a kit for each of these."""
        if rows and not self._bar.busy:
            ask_folder(self._owner, tr("Folder for the kits"), partial(self.make_kits, rows))

    def make_kits(self, rows: Sequence[KitRow], folder: Path) -> None:
        """Make them all, then write and record them; cancelled before that, nothing is written."""
        self._bar.print_each(KIT, [row.interview for row in rows], tr("Making the kits"), folder)

    # Forms back

    def ask_forms(self) -> None:
        """Choose filled forms."""
        ask_open_many(self._owner, tr("Filled forms"), "PDF (*.pdf)", self._returned.bring)

    def ask_folder(self) -> None:
        """Choose a folder of filled forms."""
        ask_folder(self._owner, tr("Folder of filled forms"), lambda folder: self._returned.bring([folder]))

    def ask_watch(self) -> None:
        """Choose the folder to look into from now on."""
        ask_folder(self._owner, tr("Folder to watch"), lambda folder: self.watch(str(folder)))

    def watch(self, folder: str) -> None:
        """Look into this folder from now on; an empty one for none."""
        self._desk.write(
            partial(settings.watch_folder, self._workspace, folder), lambda _changed: self._returned.scan(), self._owner
        )

    def compare(self, forms: FormsCard, verdict: FormVerdict) -> None:
        """Show a form beside the card that is in, where that card may be seen; it says so where not."""
        if verdict.card is not None:
            query = partial(card_page, self._workspace, verdict.card)
            beside = partial(forms.show_beside, verdict)
            self._desk.work.ask(self._owner, "compare", query, beside)

    def from_paper(self, verdict: FormVerdict, button: QWidget) -> None:
        """Type a flattened or scanned form in, beside its picture."""
        if verdict.interview is not None:
            self._begin(verdict, verdict.interview)
            return
        rows = partial(_lacking, self._workspace)
        self._desk.work.ask(self._owner, "whose", rows, lambda found: self._ask_whose(verdict, button, found))

    def _ask_whose(self, verdict: FormVerdict, button: QWidget, rows: Sequence[KitRow]) -> None:
        menu = DropMenu(button)
        for row in rows:
            words = f"{row.candidate}, R{row.position} {row.exercise}, {row.interviewer}"
            menu.offer(words, partial(self._begin_row, verdict, row))
        if not rows:
            menu.note(tr("No interview waits for a card"))
        menu.drop()

    def _begin_row(self, verdict: FormVerdict, row: KitRow) -> None:
        self._begin(verdict, row.interview)

    def _begin(self, verdict: FormVerdict, interview: int) -> None:
        """Nothing of the picture is shown before the card may be begun."""
        self._desk.write(
            partial(scorecard.start, self._workspace, interview),
            lambda changed: self._beside(verdict, changed.subject),
            self._owner,
        )

    def _beside(self, verdict: FormVerdict, card: int) -> None:
        assert verdict.original is not None
        content, name, window = verdict.original.content, verdict.name, self._owner.window()
        me = self._workspace.me
        self._returned.forget(verdict)
        self._desk.go("scorecard", card=card)

        def show(pages: list[PagePicture]) -> None:
            if isinstance(window, QMainWindow) and self._workspace.me == me:
                PaperDock(self._desk.theme, name, pages, window).show_in(window)

        self._desk.work.job(window, tr("Picture of a form"), partial(pictures_of, content), show)


def _kit(letter: Letter | None, workspace: Workspace, row: KitRow, target: Path, _progress: Progress) -> Drawn:
    """A kit, or the mail it goes with."""
    made, content = KIT.print(workspace, row.interview), None
    if letter is not None:
        facts = kit_facts(workspace, row.interview)
        content = draft(letter, facts, row.mail, Enclosure(made.name, made.packet.bytes))
    return Drawn([partial(hand_out, workspace, made, target, content)], lambda _n: _written(target))


def _thanks(workspace: Workspace, row: KitRow, target: Path, _progress: Progress) -> Drawn:
    replace_file(target, draft(Letter.THANKS, kit_facts(workspace, row.interview), row.mail))
    return Drawn((), lambda _n: _written(target))


def _calendar(workspace: Workspace, row: KitRow, target: Path, _progress: Progress) -> Drawn:
    events = round_events(workspace, [row.interview])
    return Drawn([partial(invite, workspace, events, target)], lambda _n: _written(target))


def _written(target: Path) -> str:
    return tr("Written to {path}.").format(path=target)


def _lacking(workspace: Workspace) -> tuple[KitRow, ...]:
    return without_card(kit_rows(workspace))
