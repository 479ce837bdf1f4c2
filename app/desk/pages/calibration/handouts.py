"""What goes out of a calibration and comes back: forms, tables, ballots, minutes, promotion packets.

Reading and drawing go on in a job or beside the writer; only the step that says what left or came in waits its turn
there, and every page hears of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app.actions.letter import drop_letter, keep_letter
from app.desk.pages.calibration.letter_panel import LetterPanel
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.file_dialog import ask_folder, ask_open, ask_open_many, ask_where
from app.desk.parts.subject_page import SubjectPage
from app.desk.work import Progress
from app.domain.calibration import CalibrationOutcome
from app.errors import Refused
from app.exchange.assessment_sheet import RatingsIn, bring_ratings, ratings_table
from app.exchange.mail import Enclosure
from app.exchange.outcome_letters import outcome_draft
from app.exchange.rater_mails import RaterLetter, letter_name, rater_draft
from app.packets.printables import BALLOTS, BOOK, FORM, MINUTES, PROMOTION, RECORD, Print, Printable, hand_out_into
from app.queries.calibration import CalibrationView
from app.queries.outcome_letters import LetterRow, OutcomeLetter, letter_rows, outcome_letters
from app.queries.rater_mails import rater_mails
from app.store.files import kept_beside, replace_file, safe_name, unused_name
from app.store.workspace import Workspace
from app.words import ntr, tr

LetterForm = Callable[[OutcomeLetter], tuple[str, bytes]]
"""The name and the bytes of a letter's file."""


class CalibrationHandouts:
    """Asks for files for the calibration that a page shows."""

    def __init__(self, page: SubjectPage[CalibrationView], bar: FileBar) -> None:
        self._page, self._desk, self._bar = page, page.desk, bar
        self.letters = LetterPanel(page.desk.theme)
        self.letters.saved.connect(self._keep_letter)
        self.letters.dropped.connect(self._drop_letter)

    # What prints

    def open_menu(self, button: QPushButton) -> None:
        """What can be printed, under its button; the first one has the focus."""
        menu = DropMenu(button)
        menu.offer(tr("Ballots…"), self.ask_ballots)
        begun = self._page.shown is not None and self._page.shown.begun
        menu.offer(tr("Minutes…"), self.ask_minutes, when=begun)
        menu.offer(tr("Promotion packets…"), self.ask_packets)
        menu.offer(tr("Book for the committee…"), self.ask_book)
        menu.offer(tr("Book for the record…"), self.ask_record, when=begun)
        decided = self._page.shown is not None and any(m.outcome is not None for m in self._page.shown.members)
        menu.offer(tr("Letters to members, as mails…"), self.ask_mails, when=decided)
        menu.offer(tr("Letters to members, as PDF…"), self.ask_pdfs, when=decided)
        menu.offer(tr("Texts of the letters…"), self.ask_texts)
        menu.drop()

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
        self._ask_each(FORM, tr("Where to put the forms"), tr("Making the forms"))

    def open_forms_menu(self, button: QPushButton) -> None:
        """What goes to raters, under its button."""
        menu = DropMenu(button)
        menu.offer(tr("Forms into one folder…"), self.ask_forms)
        menu.offer(tr("Forms by rater, each with a request…"), partial(self.ask_by_rater, RaterLetter.REQUEST))
        menu.offer(tr("Forms by rater, each with a reminder…"), partial(self.ask_by_rater, RaterLetter.REMINDER))
        menu.offer(tr("Thanks to whose are in…"), partial(self.ask_by_rater, RaterLetter.THANKS))
        menu.drop()

    def ask_by_rater(self, letter: RaterLetter) -> None:
        """A folder for each rater, with the forms they still owe and one draft of a mail with all of them."""
        page = self._page.shown
        if page is not None:
            draw = partial(_by_rater, self._desk.workspace, page.id, letter)
            ask_folder(
                self._page,
                tr("Where to put a folder for each rater"),
                lambda folder: self._bar.make(tr("Making the mails"), partial(draw, folder)),
            )

    def ask_packets(self) -> None:
        """A promotion packet for each member one may see, into a folder."""
        self._ask_each(PROMOTION, tr("Where to put the packets"), tr("Making the promotion packets"))

    def ask_book(self) -> None:
        """The whole calibration as one PDF, without what was decided."""
        self._ask_one(BOOK, tr("Making the book"))

    def ask_record(self) -> None:
        """The whole calibration as one PDF, with what was decided and the minutes."""
        self._ask_one(RECORD, tr("Making the book"))

    def ask_mails(self) -> None:
        """A draft of a mail to each member on whom an outcome is recorded, into a folder."""
        self._ask_letters(_as_mail)

    def ask_pdfs(self) -> None:
        """The same letters as PDF."""
        self._ask_letters(_as_pdf)

    def _ask_letters(self, form: LetterForm) -> None:
        page = self._page.shown
        if page is not None:
            draw = partial(_letters, self._desk.workspace, page.id, form)
            ask_folder(
                self._page,
                tr("Where to put the letters"),
                lambda folder: self._bar.make(tr("Writing the letters"), partial(draw, folder)),
            )

    def ask_texts(self, outcome: str = CalibrationOutcome.PROMOTE) -> None:
        """Change the words of the letters."""

        def show(rows: tuple[LetterRow, ...]) -> None:
            self.letters.show_rows(rows, outcome)
            self._page.open_panel(self.letters, tr("Texts of the letters"))

        self._desk.work.ask(self._page, "letters", partial(letter_rows, self._desk.workspace), show)

    def _keep_letter(self) -> None:
        if self.letters.form.check():
            self._page.act_in(self.letters, partial(keep_letter, self._desk.workspace, self.letters.value()))

    def _drop_letter(self, outcome: str) -> None:
        drop = partial(drop_letter, self._desk.workspace, CalibrationOutcome(outcome))
        self._page.act(drop, lambda _changed: self.ask_texts(outcome))

    def ask_minutes(self) -> None:
        """The minutes as a PDF."""
        self._ask_one(MINUTES, tr("Making the minutes"))

    def ask_ballots(self) -> None:
        """A slip for each voter and member, as a PDF to be printed and cut."""
        self._ask_one(BALLOTS, tr("Making the ballots"))

    def _ask_each(self, printable: Printable, where: str, words: str) -> None:
        page = self._page.shown
        if page is not None:
            ask_folder(self._page, where, partial(self._bar.print_each, printable, page.id, words))

    def _ask_one(self, printable: Printable, words: str) -> None:
        page = self._page.shown
        if page is not None:
            name = f"{printable.title}, {page.name}.pdf"
            ask_where(self._page, printable.title, name, partial(self._bar.print_one, printable, page.id, words))

    # Tables

    def ask_table_out(self) -> None:
        """My own assessments as a table, to fill in a spreadsheet."""
        page = self._page.shown
        if page is None:
            return

        def chosen(target: Path) -> None:
            said = tr("The table is in {path}.").format(path=target)
            self._bar.make(tr("Making the table"), partial(_table, self._desk.workspace, page.id, target, said), target)

        ask_where(self._page, tr("My table"), tr("My table, {name}.csv").format(name=page.name), chosen, suffix="csv")

    def ask_table_in(self) -> None:
        """Bring a filled table into my drafts; nothing is submitted by it."""
        page = self._page.shown
        if page is None:
            return
        ask_open(
            self._page,
            tr("My filled table"),
            tr("Tables (*.csv *.txt *.tsv *.xlsx)"),
            lambda path: self._page.act(partial(bring_ratings, self._desk.workspace, page.id, path), self._say_in),
        )

    def _say_in(self, brought: RatingsIn) -> None:
        self._desk.say(brought.words)


def _table(workspace: Workspace, calibration: int, target: Path, said: str, _progress: Progress) -> Drawn:
    replace_file(target, ratings_table(workspace, calibration))
    return Drawn((), lambda _n: said)


def _by_rater(workspace: Workspace, calibration: int, letter: RaterLetter, folder: Path, progress: Progress) -> Drawn:
    """Thanks are written at once: nothing of the workspace leaves with them."""
    thanks = letter is RaterLetter.THANKS
    wanted = [mail for mail in rater_mails(workspace, calibration) if bool(mail.due) is not thanks]
    if not wanted:
        raise Refused(tr("Nobody’s are all in yet.") if thanks else tr("No assessment is due."))
    names: list[str] = []
    writes: list[Callable[[], object]] = []
    for place, mail in enumerate(wanted):
        progress(place / len(wanted), mail.rater)
        names.append(unused_name(mail.rater, names))
        forms = FORM.print_each(workspace, [] if thanks else [one.assessment for one in mail.due])
        content = rater_draft(letter, mail, [Enclosure(made.name, made.packet.bytes) for made in forms])
        into = folder / names[-1]
        writes += [partial(_form_into, workspace, made, into) for made in forms[:-1]]
        writes += [partial(_form_into, workspace, made, into, letter, content) for made in forms[-1:]]
        if thanks:
            _mail_into(into, letter, content)
    said = ntr("{n} folder with a mail in", "{n} folders with a mail each in", len(wanted))
    assert FORM.several is not None
    return Drawn(writes, lambda _n: f"{said} {folder}.", FORM.several.lost)


def _form_into(
    workspace: Workspace, made: Print, folder: Path, letter: RaterLetter | None = None, content: bytes = b""
) -> object:
    """A form into its rater's folder, and after the last one the mail that holds all of them."""
    folder.mkdir(exist_ok=True)
    report = hand_out_into(workspace, made, folder, beside=True)[1]
    if letter is not None:
        _mail_into(folder, letter, content)
    return report


def _mail_into(folder: Path, letter: RaterLetter, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    replace_file(kept_beside(folder / letter_name(letter), content), content)


def _as_mail(letter: OutcomeLetter) -> tuple[str, bytes]:
    return tr("{name}, outcome.eml").format(name=letter.name), outcome_draft(letter)


def _as_pdf(letter: OutcomeLetter) -> tuple[str, bytes]:
    from app.packets.calibration.letter import outcome_letter  # noqa: PLC0415  (reportlab, where it is asked for)

    return tr("{name}, outcome.pdf").format(name=letter.name), outcome_letter(letter).bytes


def _letters(workspace: Workspace, calibration: int, form: LetterForm, folder: Path, progress: Progress) -> Drawn:
    letters = outcome_letters(workspace, calibration)
    if not letters:
        raise Refused(tr("No outcome is recorded yet."))
    for number, letter in enumerate(letters):
        name, content = form(letter)
        replace_file(kept_beside(folder / safe_name(name), content), content)
        progress((number + 1) / len(letters), letter.name)
    said = ntr("{n} letter in", "{n} letters in", len(letters))
    return Drawn((), lambda _n: f"{said} {folder}.")
