"""The transcript beside the questions: its lines, a search through them, and what can be done with those chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit

from app.desk.pages.scorecard.transcript_list import TranscriptList
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, row, wide
from app.desk.theme import Theme
from app.domain.transcript import SaidLine, found_in, place_of
from app.queries.transcript import TranscriptView
from app.words import ntr, tr


class SearchLine(QLineEdit):
    """What is looked for. Enter goes on, Shift+Enter back, Down into the lines, Escape too."""

    onward = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter never reaches what lies around it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TranscriptPane(QFrame):
    """Shows a transcript. `taken` asks for the chosen lines as evidence, `delete_asked` for its deletion, `escaped` to
    go back to the scores."""

    taken = Signal()
    delete_asked = Signal()
    escaped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "dimensions")
        self.setAccessibleName(tr("Transcript"))
        self._view: TranscriptView | None = None
        self._found: tuple[int, ...] = ()
        self._name = Text("", "caption", tone="soft", elide=True)
        self._delete = Button(tr("delete"), "link", small=True, name=tr("Delete the transcript"))
        self.search = SearchLine()
        self.search.setAccessibleName(tr("Search the transcript"))
        self.search.setPlaceholderText(tr("Search words or a speaker"))
        self._count = Text("", "caption", tone="soft")
        back = IconButton(theme, "chevron-up", tr("Previous line found"), run=lambda: self.go_on(-1))
        on = IconButton(theme, "chevron-down", tr("Next line found"), run=lambda: self.go_on(1))
        self.list = TranscriptList(theme)
        self._whole = GrowingText(theme, tr("The whole line"))
        self._whole.setReadOnly(True)
        self._take = Button("", small=True)
        self._key = Text("E", "key")
        head = row(Text(tr("Transcript"), "caption", tone="soft", weight=500), wide(self._name), self._delete, gap=8)
        column(
            column(
                head,
                row(wide(self.search), back, on, gap=4),
                self._count,
                gap=6,
                margins=(12, 14, 12, 0),
            ),
            wide(self.list),
            column(self._whole, row(self._take, self._key, STRETCH, gap=8), gap=8, margins=(12, 4, 12, 16)),
            gap=6,
            on=self,
        )
        self._connect()

    def _connect(self) -> None:
        self._delete.clicked.connect(lambda _on=False: self.delete_asked.emit())
        self._take.clicked.connect(lambda _on=False: self.taken.emit())
        self.search.textChanged.connect(self._look)
        self.search.onward.connect(self.go_on)
        self.search.left.connect(self.list.setFocus)
        self.list.taken.connect(self.taken)
        self.list.escaped.connect(self.escaped)
        self.list.moved.connect(self._show_whole)

    @property
    def shown(self) -> int | None:
        """The number of the transcript that is shown."""
        return self._view.id if self._view is not None else None

    def show_transcript(self, view: TranscriptView | None) -> None:
        """Show another one, or none: nothing of it stays in sight."""
        self._view = view
        self.list.lines.show_lines(view.lines if view is not None else ())
        self._whole.fill("")
        self.search.clear()
        lines = len(view.lines) if view is not None else 0
        self._name.setText(f"{view.name}, {ntr('{n} line', '{n} lines', lines)}" if view is not None else "")
        self._look(self.search.text())

    def show_target(self, dimension: str, *, editable: bool) -> None:
        """What the chosen lines would become evidence for; a card that is in takes none."""
        self._take.set_words(tr("Evidence for {name}").format(name=dimension))
        self._take.setVisible(editable and bool(dimension))
        self._key.setVisible(editable and bool(dimension))

    def holds_focus(self) -> bool:
        """Whether one is in it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _look(self, words: str) -> None:
        """Say how many lines are found, and go to the first one from where one is."""
        self._found = found_in(self._view.searched, words) if self._view is not None else ()
        self.list.show_found(self._found)
        if self._found:
            here = max(0, self.list.currentIndex().row())
            self._go(next((line for line in self._found if line >= here), self._found[0]))
        else:
            self._count.setText(tr("found in no line") if words.strip() else tr("Enter: next, Shift+Enter: previous"))

    def go_on(self, by: int) -> None:
        """To the next line found, or the one before; from the last to the first."""
        if not self._found:
            return
        here = self.list.currentIndex().row()
        if by > 0:
            self._go(next((line for line in self._found if line > here), self._found[0]))
        else:
            self._go(next((line for line in reversed(self._found) if line < here), self._found[-1]))

    def _go(self, line: int) -> None:
        self.list.go_to(line)
        place = self._found.index(line) + 1
        self._count.setText(tr("{n} of {all} lines found").format(n=place, all=len(self._found)))

    def _show_whole(self, line: int) -> None:
        lines = self.list.lines.lines
        self._whole.fill(lines[line].text if 0 <= line < len(lines) else "")

    def begin(self) -> None:
        """Into its first line."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.go_to(0)

    def go_to(self, quote: SaidLine) -> None:
        """To where a quote was said."""
        place = place_of(self.list.lines.lines, quote)
        if place is not None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.go_to(place)
