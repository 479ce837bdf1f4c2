"""Notes about a candidate, with their time and author; one's own can be changed and taken out."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.actions.candidate_note import NewNote
from app.desk.parts.controls import IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import TOP, aligned, column, row, wide
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.queries.candidate_page import NoteRow
from app.words import moment, tr


class NotesCard(Section):
    """The notes one may read, the newest first. `edited` and `removed` carry a note."""

    edited = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__(tr("Notes"))
        self._theme, self._zone = theme, zone

    def show_notes(self, notes: tuple[NoteRow, ...]) -> None:
        """Show them."""
        self.show_lines(map(self._line, notes), tr("No notes yet."), gap=4)

    def _line(self, note: NoteRow) -> QWidget:
        line = QFrame()
        who = tr("you") if note.mine else note.author or tr("came in with a table")
        seen = tr("you alone") if note.private else tr("the panel")
        facts = (moment(note.at, self._zone), who, tr("for {whom}").format(whom=seen))
        head = Text(" · ".join(fact for fact in facts if fact), "caption", tone="soft", wrap=True)
        words = column(head, Text(note.text, wrap=True, selectable=True), gap=1)
        if not note.mine:
            row(wide(words), margins=(0, 5, 0, 5), on=line)
            return line
        more = IconButton(self._theme, "ellipsis", tr("More about your note: {text}").format(text=note.text[:40]))
        more.clicked.connect(lambda _on=False: self._open_menu(more, note))
        row(wide(words), aligned(more, TOP), margins=(0, 5, 0, 5), on=line)
        return line

    def _open_menu(self, button: QWidget, note: NoteRow) -> None:
        menu = DropMenu(button)
        menu.offer(tr("Change…"), lambda: self.edited.emit(note))
        menu.offer(tr("Remove"), lambda: self.removed.emit(note))
        menu.drop()


class NotePanel(FormPanel[NewNote]):
    """A note, new or changed. `changing` is the one that is changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            tr("Note"),
            NewNote,
            {
                "text": Asked(tr("What is to be remembered"), long=True),
                "private": Asked(
                    tr("Who reads it"),
                    choices=((False, tr("The panel")), (True, tr("I alone"))),
                    required=True,
                    help=tr(
                        "The panel reads it at once, before their cards are in: what you saw in an interview belongs "
                        "on your card. Yours alone is found and shown to nobody else who uses this file by name."
                    ),
                ),
            },
            save=tr("Keep note"),
        )
        self.changing: NoteRow | None = None

    def begin(self, note: NoteRow | None) -> None:
        """Begin a new note, or change one: who reads it stays."""
        self.changing = note
        self.form.show_field("private", shown=note is None)
        self.show_value(NewNote(note.text if note else "", note.private if note else False))
