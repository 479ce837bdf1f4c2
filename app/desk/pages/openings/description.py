"""The job description of an opening: read with its places filled, written in place, copied and printed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, Space, aligned, column, holder, row, wide
from app.desk.parts.section import Section, fill
from app.desk.theme import Theme
from app.domain.job_description import FIRST_TEXT, PLACES, BlockKind, TextBlock, description_faults, description_text
from app.phrases.mail import fault_words
from app.queries.openings import OpeningView
from app.words import tr

_HIGH = 420  # px at ordinary text size


class DescriptionCard(Section):
    """`typed` carries the text while it is written, `finished` once it was left.

    `printed` asks for the PDF, `copied` says that it is in the clipboard.
    """

    typed = Signal(str)
    finished = Signal(str)
    printed = Signal()
    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        self.write = Button(tr("Write"), small=True, name=tr("Write the job description"), run=self.begin)
        self.done = Button(tr("Done"), small=True, name=tr("Done with the job description"), run=self.end)
        self.copy = Button(tr("Copy as text"), small=True, run=self._copy)
        self.print_ = Button(tr("PDF…"), small=True, name=tr("Job description as PDF"))
        super().__init__(tr("Job description"), self.copy, self.print_, self.write, self.done)
        self.print_.clicked.connect(self.printed)
        self._theme = theme
        self._view: OpeningView | None = None
        self._told: str | None = None  # what was told, until it is seen in the file
        self._changed = False  # whether anything was typed since it was begun
        self.line = QPlainTextEdit()
        self.line.setAccessibleName(tr("Text of the job description"))
        self.line.setTabChangesFocus(True)
        self._timer = Autosave(self, self.save_now)
        self.line.textChanged.connect(self._touched)
        self.line.installEventFilter(self)
        self.proposed = Button(tr("Begin with what the role card says"), "link", run=self._propose)
        self._fault = Text("", "caption", tone="soft", wrap=True)
        self._blocks = column(gap=6)
        self._read, self._written = (
            holder(self._blocks),
            holder(column(self.line, aligned(self.proposed, LEFT), self._fault, gap=6)),
        )
        self.add(self._read, self._written)
        self._written.hide()
        self.done.hide()
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def writing(self) -> bool:
        """Whether the text is being written."""
        return not self._written.isHidden()

    def show_description(self, view: OpeningView) -> None:
        """Show it; what is being typed stays."""
        other = self._view is None or self._view.id != view.id
        self._view = view
        if other and self.writing:
            self._turn(writing=False)
        if other:
            self._told = None
        if self._told is not None and self._told == view.description:
            self._told = None
        if other or not (self.line.hasFocus() or self._timer.isActive() or self._told is not None):
            self._put(view.description)
        self.copy.setVisible(bool(view.blocks) and not self.writing)
        self.print_.setVisible(bool(view.blocks) and not self.writing)
        nothing = tr("Nothing yet. Written once, it is printed, and copied into an advertisement.")
        if view.faults:
            nothing = fault_words(view.faults)
        fill(self._blocks, [*map(_shown, view.blocks), *_left_out(view)], nothing)

    def begin(self) -> None:
        """Write it."""
        if self._view is None:
            return
        self._turn(writing=True)
        self._put(self._view.description)
        self._changed = False
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self) -> None:
        """Begin with places that the role card fills."""
        self.line.setPlainText(FIRST_TEXT)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was typed is saved when the field is left."""
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self.save_now()
        return super().eventFilter(watched, event)

    def end(self) -> None:
        """Show how it reads."""
        self.finish_now()
        self._turn(writing=False)
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_now(self) -> None:
        """It is left: tell all of it, where anything was typed."""
        self._timer.stop()
        if self.writing and self._changed:
            self._changed = False
            self._tell(self.finished)

    def save_now(self) -> None:
        """Tell what was typed."""
        if self._timer.isActive():
            self._timer.stop()
            self._tell(self.typed)

    def _tell(self, signal: SignalInstance) -> None:
        self._told = self.line.toPlainText()
        signal.emit(self._told)

    def _touched(self) -> None:
        self._changed = True
        self._show_fault()
        self._timer.touch()

    def _put(self, text: str) -> None:
        if self.line.toPlainText() != text:
            self.line.blockSignals(True)
            self.line.setPlainText(text)
            self.line.blockSignals(False)
        self._show_fault()

    def _show_fault(self) -> None:
        faults = description_faults(self.line.toPlainText())
        self.proposed.setVisible(not self.line.toPlainText().strip())
        self._fault.set_tone("bad" if faults else "soft")
        may = tr("A line with “# ” is a heading, one with “- ” an item. These are filled in: {names}.")
        self._fault.setText(
            fault_words(faults) if faults else may.format(names=", ".join("{" + name + "}" for name in PLACES))
        )

    def _turn(self, *, writing: bool) -> None:
        self._read.setVisible(not writing)
        self._written.setVisible(writing)
        self.write.setVisible(not writing)
        self.done.setVisible(writing)
        ready = self._view is not None and bool(self._view.blocks) and not writing
        self.copy.setVisible(ready)
        self.print_.setVisible(ready)

    def _copy(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(description_text(self._view.blocks))
            self.copied.emit()

    def _measure(self) -> None:
        self.line.setMinimumHeight(self._theme.px(_HIGH))


def _left_out(view: OpeningView) -> list[QWidget]:
    """Which lines do not stand there, and why."""
    if not view.unfilled:
        return []
    names = ", ".join("{" + name + "}" for name in view.unfilled)
    said = tr("Lines with {names} are left out: nothing is known for it.").format(names=names)
    return [Text(said, "caption", tone="warn", wrap=True)]


def _shown(block: TextBlock) -> QWidget:
    if block.kind is BlockKind.HEADING:
        return holder(column(Space(10), Text(block.text, weight=600, wrap=True), gap=0))
    words = Text(block.text, wrap=True, selectable=True)
    if block.kind is BlockKind.PARAGRAPH:
        return words
    dot = Text("•", tone="soft")
    dot.setAlignment(Qt.AlignmentFlag.AlignTop)
    return holder(row(dot, wide(words), gap=8))
