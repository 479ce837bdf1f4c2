"""A candidate, whole: every application of theirs, notes, files, facts and tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions import application, candidate_note, demographic, many
from app.actions.application import NewApplication, PutOnHold
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.candidate.applications import ApplicationsCard
from app.desk.pages.candidate.notes import NotePanel, NotesCard
from app.desk.pages.candidate.tags import TagsCard
from app.desk.pages.candidate.voluntary import VoluntaryPanel
from app.desk.parts.attached_files import size_words
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_preview import keep_preview_of, show_preview
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, STRETCH, aligned, column, holder, row, wide
from app.desk.parts.person_card import PersonCard
from app.desk.parts.section import Section
from app.desk.parts.subject_page import SubjectPage
from app.desk.parts.two_columns import TwoColumns
from app.phrases.closing import transcripts_words
from app.phrases.same_person import why_words
from app.queries.candidate_page import CandidateView, NoteRow, TheirApplication, TheirFile, candidate_page
from app.queries.duplicates import Pair, likely_twins
from app.queries.voluntary import voluntary_answers
from app.words import day, tr


class CandidatePage(SubjectPage[CandidateView]):
    """`arrived(id=…)` shows a candidate."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._about: TheirApplication | None = None
        self._actions = (Button(tr("Put into an opening…"), run=self._open_put), Button(tr("Note…"), run=self._note))
        self.name = Text("", "title", elide=True)
        self.twice = Button("", "link", run=partial(desk.go, "duplicates"))
        self.twice.hide()
        self.facts = Text("", tone="soft", wrap=True)
        self.applications = ApplicationsCard(desk)
        self.notes = NotesCard(theme, self.workspace.zone)
        self.files = Section(tr("Files"))
        self.person, self.tags = PersonCard(desk, self), TagsCard()
        self.further = Section(tr("Further facts"), note=tr("Columns of a table they came in by."))
        self.note, self.voluntary = NotePanel(theme), VoluntaryPanel(theme)
        self.answers = Button(tr("Voluntary answers…"), "link", run=self._open_voluntary, small=True)
        opening = {"opening": Asked(tr("Opening"), choices=())}
        self.put = FormPanel(
            theme,
            tr("Put into an opening"),
            NewApplication,
            {**opening, "applied_on": Asked(tr("Applied on"))},
            save=tr("Put in"),
        )
        self.deleted = Text("", tone="soft", wrap=True)
        self.transfer = FormPanel(
            theme, tr("Move to another opening"), NewApplication, opening, over=self.deleted, save=tr("Move")
        )
        self.hold = FormPanel(
            theme,
            tr("Put on hold"),
            PutOnHold,
            {"reason": Asked(tr("What is waited for?")), "until": Asked(tr("Until"), help=tr("Empty: not known."))},
            save=tr("Put on hold"),
        )
        self._connect()
        empty = EmptyPage(
            theme,
            tr("Nobody is shown"),
            tr("Find them in the field at the top, or open them from the pipeline."),
            tr("To the pipeline"),
            partial(desk.go, "pipeline"),
        )
        self.lay_out(self._content(), empty, self.note, self.put, self.transfer, self.hold, self.voluntary)

    def _content(self) -> QWidget:
        left = column(self.applications, self.notes, self.files, STRETCH, gap=16)
        right = column(self.person, self.tags, self.further, aligned(self.answers, LEFT), STRETCH, gap=16)
        self._columns = TwoColumns(self.desk.theme, left, right)
        head = column(self.name, self.facts, self.twice, gap=2)
        content = holder(column(head, wide(self._columns), gap=14, margins=(20, 16, 20, 20)))
        return self._columns.scroll(content)

    def _connect(self) -> None:
        self.applications.opened.connect(lambda one: self.desk.go("application", id=one.id))
        self.applications.transfer_asked.connect(self._open_transfer)
        self.applications.hold_asked.connect(self._open_hold)
        self.applications.resumed.connect(lambda one: self.act(partial(application.resume, self.workspace, one.id)))
        self.applications.reopened.connect(lambda one: self.act(partial(application.reopen, self.workspace, one.id)))
        self.notes.edited.connect(self._change_note)
        self.notes.removed.connect(lambda note: self.act(partial(candidate_note.remove, self.workspace, note.id)))
        self.tags.put.connect(lambda name: self.act(partial(many.tag_all, self.workspace, self._them(), [name])))
        self.tags.taken.connect(lambda name: self.act(partial(many.untag_all, self.workspace, self._them(), name)))
        self.note.saved.connect(self._save_note)
        self.put.saved.connect(self._save_put)
        self.transfer.saved.connect(self._save_transfer)
        self.hold.saved.connect(self._save_hold)
        self.voluntary.saved.connect(self._save_answer)
        self.voluntary.removed.connect(self._remove_answer)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Pipeline, the person."""
        name = self.shown.person.name if self.shown is not None else tr("Candidate")
        return (Crumb(tr("Hire")), Crumb(tr("Pipeline"), "pipeline"), Crumb(name))

    def top_actions(self) -> Sequence[QWidget]:
        """A further application, a note."""
        return self._actions if self.there() else ()

    def commands(self) -> Sequence[Command]:
        """What can be done with a candidate."""
        command = CommandsOf("candidate", tr("Candidate"), self.there)
        return (
            command("put", tr("Put into an opening"), self._open_put, "Ctrl+Shift+A"),
            command("note", tr("Note something"), self._note, "Ctrl+Shift+N"),
            command("facts", tr("Edit the person’s facts"), self._focus_facts, "Ctrl+E"),
            command("voluntary", tr("Voluntary answers"), self._open_voluntary),
            command("tag", tr("Put a tag on"), lambda: self.tags.line.setFocus(Qt.FocusReason.ShortcutFocusReason)),
        )

    def panes(self) -> Sequence[QWidget]:
        """Applications, notes, files, person, tags, and a form while it is open."""
        return (self.applications, self.notes, self.files, self.person, self.tags, *self.panels)

    # What is shown

    def query(self, subject: int) -> Callable[[], CandidateView]:
        """The candidate."""
        return partial(candidate_page, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """Who they may also be."""
        self.desk.ask(self, "twins", partial(likely_twins, self.workspace, subject), self._take_twins)

    def _take_twins(self, pairs: tuple[Pair, ...]) -> None:
        self.twice.setVisible(bool(pairs))
        if pairs:
            pair = pairs[0]
            twin = pair.other if pair.one.id == self.subject else pair.one
            self.twice.set_words(
                tr("Perhaps there twice: {name} has {what}").format(name=twin.facts.name, what=why_words(pair.why))
            )

    def put_away(self) -> None:
        """The next one begins at its top."""
        self.twice.hide()
        self._columns.to_top()
        keep_preview_of(self, ())

    def fill(self, page: CandidateView) -> None:
        """Every card."""
        self.name.setText(page.person.name)
        said = (page.person.now_at, page.person.place, page.person.mail, page.person.phone)
        self.facts.setText(" · ".join(fact for fact in said if fact))
        self.applications.show_applications(page.applications)
        self.notes.show_notes(page.notes)
        self.files.show_lines(map(self._file, page.files), tr("No files. They are attached to an application."))
        keep_preview_of(self, {held.file.id for held in page.files})
        self.person.show_person(page.id, page.person, page.follows)
        self.tags.show_tags(page.tags, page.all_tags)
        self.further.setVisible(bool(page.further))
        self.further.show_lines((self._fact(name, value) for name, value in page.further), gap=4)

    def flush(self) -> None:
        """Save what is being typed."""
        self.person.flush()

    def left(self) -> None:
        """Save what is being typed."""
        self.flush()

    def _fact(self, name: str, value: str) -> QWidget:
        return holder(
            column(Text(name, "caption", tone="soft", wrap=True), Text(value, wrap=True, selectable=True), gap=0)
        )

    def _file(self, held: TheirFile) -> QWidget:
        item = held.file
        added = day(item.added_at.astimezone(self.workspace.zone).date())
        facts = tr("{code} · {size} · added {day}").format(code=held.code, size=size_words(item.size), day=added)
        words = column(Text(item.name, elide=True), Text(facts, "caption", tone="soft", elide=True), gap=1)
        go = Button(tr("Show"), small=True, name=tr("Show {name}").format(name=item.name))
        go.clicked.connect(lambda _on=False: show_preview(self.desk, item, self))
        return holder(row(wide(words), go, gap=12, margins=(0, 4, 0, 4)))

    def _them(self) -> tuple[int, ...]:
        return (self.subject,) if self.subject is not None else ()

    # What is done

    def _open_put(self) -> None:
        if self.shown is not None:
            self.put.offer(opening=self.shown.elsewhere)
            self.put.form.set_values({"opening": None, "applied_on": self.workspace.today()})
            self.open_panel(self.put, tr("Put {name} into an opening").format(name=self.shown.person.name))

    def _save_put(self) -> None:
        if self.shown is not None:
            new = self.put.value()
            action = partial(application.add, self.workspace, self.shown.id, new.opening, new.applied_on)
            self.act_in(self.put, action)

    def _open_transfer(self, one: TheirApplication) -> None:
        if self.shown is not None:
            self._about = one
            self.transfer.offer(opening=self.shown.elsewhere)
            self.transfer.form.set_values({"opening": None})
            self.deleted.setText(transcripts_words(one.transcripts))
            self.deleted.setVisible(one.transcripts > 0)
            self.open_panel(self.transfer, tr("Move from {code} to another opening").format(code=one.code))

    def _save_transfer(self) -> None:
        if self._about is not None:
            to = self.transfer.value().opening
            self.act_in(self.transfer, partial(application.transfer, self.workspace, self._about.id, to))

    def _open_hold(self, one: TheirApplication) -> None:
        self._about = one
        self.hold.form.set_values({"reason": "", "until": None})
        self.open_panel(self.hold, tr("Put {code} on hold").format(code=one.code))

    def _save_hold(self) -> None:
        if self._about is not None:
            self.act_in(self.hold, partial(application.hold, self.workspace, self._about.id, self.hold.value()))

    def _note(self) -> None:
        if self.shown is not None:
            self.note.begin(None)
            self.open_panel(self.note, tr("Note on {name}").format(name=self.shown.person.name))

    def _change_note(self, note: NoteRow) -> None:
        self.note.begin(note)
        self.open_panel(self.note, tr("Change your note"))

    def _save_note(self) -> None:
        if self.shown is None:
            return
        typed, changing = self.note.value(), self.note.changing
        if changing is not None:
            self.act_in(self.note, partial(candidate_note.edit, self.workspace, changing.id, typed.text))
        else:
            self.act_in(self.note, partial(candidate_note.add, self.workspace, self.shown.id, typed))

    def _open_voluntary(self) -> None:
        if self.shown is not None:
            self.voluntary.begin(self.workspace.today())
            self._ask_answers()
            self.open_panel(self.voluntary, tr("Voluntary answers of {name}").format(name=self.shown.person.name))

    def _ask_answers(self) -> None:
        if self.shown is not None:
            ask = partial(voluntary_answers, self.workspace, self.shown.id)
            self.desk.ask(self, "voluntary", ask, self.voluntary.show_answers)

    def _save_answer(self) -> None:
        if self.shown is not None:
            self.act_in(
                self.voluntary, partial(demographic.give, self.workspace, self.shown.id, self.voluntary.value())
            )

    def _remove_answer(self, answer: int) -> None:
        self.act(partial(demographic.take_out, self.workspace, answer), lambda _changed: self._ask_answers())

    def _focus_facts(self) -> None:
        self.person.fields["name"].setFocus(Qt.FocusReason.ShortcutFocusReason)
