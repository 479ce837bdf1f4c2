"""The left half of the scorecard: the brief, the questions in one order for everyone, and notes only I see."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.desk.pages.scorecard.lines import TypedLine, TypedLines
from app.desk.parts.controls import Button
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, line_across, restyle
from app.desk.parts.layout import STRETCH, TOP, Space, aligned, column, holder, row, scrolling, wide
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.domain.rubric import Dimension, Question
from app.queries.scorecard import CardView, Line
from app.words import clock, tr


class QuestionRow(QFrame):
    """A question of the round. The one of the open dimension shows its follow-up questions too."""

    asked = Signal(str, bool)
    opened = Signal(str)

    def __init__(self, theme: Theme, dimension: Dimension, question: Question) -> None:
        super().__init__()
        self._theme = theme
        self.dimension, self.question = dimension.id, question.id
        self._asked = False
        self.setProperty("role", "question")
        self._mark = QLabel()
        self._mark.setFixedWidth(theme.px(12))
        self._when = Button("", "link", small=True, run=lambda: self.asked.emit(self.question, not self._asked))
        head = row(wide(Text(dimension.short, "caption", tone="soft", elide=True)), self._when)
        self._words = Text(question.text, wrap=True, tone="soft")
        self._probes = [Text(p, wrap=True, tone="soft") for p in question.probes]
        body = column(head, self._words, *self._probes, gap=2)
        row(aligned(self._mark, TOP), wide(body), gap=8, margins=(12, 8, 12, 8), on=self)

    def show_state(self, asked_at: str, is_open: bool, editable: bool) -> None:
        """When it was asked (empty: not yet), and whether its dimension is the open one."""
        self._asked = bool(asked_at)
        self._when.set_words(tr("asked {time}").format(time=asked_at) if asked_at else tr("mark asked"))
        self._when.setEnabled(editable)
        self._when.setVisible(editable or self._asked)
        self._words.set_tone("ink" if is_open else "soft")
        for probe in self._probes:
            probe.setVisible(is_open)
        side = self._theme.px(12)
        icon = self._theme.icon("check", "good", 12) if self._asked and not is_open else None
        self._mark.setPixmap(icon.pixmap(side, side)) if icon else self._mark.clear()
        if is_open:
            self._mark.setPixmap(dot(self._theme))
        self.setProperty("chosen", is_open)
        restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the question's dimension."""
        self.opened.emit(self.dimension)
        super().mousePressEvent(event)


def dot(theme: Theme) -> QPixmap:
    """A small full disc: here is where one is."""
    side = theme.px(12)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawEllipse(QRectF(side / 6, side / 4, side * 2 / 3, side * 2 / 3))
    painter.end()
    return drawn


class BriefPane(QWidget):
    """Emits what the person asks for; the page acts and shows what came of it. New notes are typed in `entry`."""

    asked = Signal(str, bool)
    opened = Signal(str)
    note_saved = Signal(int, str)
    note_used = Signal(int, object)
    place_asked = Signal(object)
    call_asked = Signal()

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._questions: list[QuestionRow] = []
        self._goes_to: dict[int, str | None] = {}  # for each note, the dimension its link makes it evidence for
        self._card: int | None = None
        area = scrolling(self._body())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(wide(area), self._entry(), gap=0, on=self)

    def _body(self) -> QWidget:
        self._brief = Text("", wrap=True, weight=500)
        self._looks = Text("", wrap=True, tone="soft")
        self._question_column = column(gap=2, margins=(-12, 0, -12, 0))
        notes = column(gap=4)
        self._notes = TypedLines(notes, self._note)
        self._read_call = Button("", "link", small=True, run=self.call_asked.emit)
        caption = Text(tr("Transcript of the call"), "caption", tone="soft", weight=500, elide=True)
        self._call = holder(column(Space(6), line_across(), Space(4), row(wide(caption), self._read_call), gap=6))
        return holder(
            column(
                Text(tr("Brief"), "caption", tone="soft", weight=500),
                self._brief,
                self._looks,
                Space(6),
                line_across(),
                Space(4),
                Text(tr("Questions, same order for everyone"), "caption", tone="soft", weight=500, wrap=True),
                self._question_column,
                Space(6),
                line_across(),
                Space(4),
                row(
                    wide(Text(tr("My notes"), "caption", tone="soft", weight=500, elide=True)),
                    Text(tr("seen by me only"), "caption", tone="soft"),
                ),
                notes,
                self._call,
                STRETCH,
                gap=6,
                margins=(20, 14, 20, 12),
            )
        )

    def _entry(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "entry")
        self._now = Text("", "caption", tone="soft")
        self.entry = GrowingText(self._theme, tr("New note"), tr("Note"), role="entry")
        self._turns = Text("", "caption", tone="soft")
        typed = wide(self.entry)
        row(self._now, typed, Text("Ctrl Enter", "key"), self._turns, gap=10, margins=(12, 6, 12, 6), on=frame)
        self._around = holder(column(frame, margins=(20, 8, 20, 16)))
        return self._around

    def show_card(
        self, page: CardView, now: str, open_dimension: str | None, hidden_line: int | None, narrow: bool
    ) -> None:
        """Show a card; `hidden_line` is the note being typed in the field below, which is not shown twice."""
        editable = page.writable
        if self._card != page.id:
            self._card = page.id
            self._brief.setText(page.exercise.brief)
            looks = ", ".join(page.exercise.looks_at)
            self._looks.setText(tr("Look at: {what}.").format(what=looks))
            self._build_questions(page)
        for line in self._questions:
            at = page.asked.get(line.question)
            line.show_state(clock(at, self._zone) if at else "", line.dimension == open_dimension, editable)
        self._show_notes(page, open_dimension, hidden_line, editable)
        self._call.setVisible(editable or page.transcript is not None)
        self._read_call.set_words(tr("read a file…") if page.transcript is None else tr("show"))
        self._read_call.setAccessibleName(
            tr("Read the transcript of the call from a file") if page.transcript is None else tr("Show the transcript")
        )
        self._now.setText(now)
        self._around.setVisible(editable)
        name = page.rubric.dimension(open_dimension).narrow if open_dimension else ""
        self._turns.setVisible(not narrow)
        self._turns.setText(tr("makes it evidence for {name}").format(name=name) if name else "")

    def _build_questions(self, page: CardView) -> None:
        asked = page.rubric.questions_for(page.exercise.id, page.content.planned, page.retired - page.asked.keys())
        self._questions = [QuestionRow(self._theme, dimension, question) for dimension, question in asked]
        for line in self._questions:
            line.asked.connect(self.asked)
            line.opened.connect(self.opened)
        fill(self._question_column, self._questions)

    def _show_notes(self, page: CardView, open_dimension: str | None, hidden: int | None, editable: bool) -> None:
        shown = [line for line in page.lines if line.id != hidden] if page.mine else []
        for line, note in zip(shown, self._notes.show(shown, page), strict=True):
            target = line.dimension
            self._goes_to[line.id] = None if target else open_dimension
            words = page.rubric.dimension(target).narrow if target else tr("use")
            name = tr("Evidence for {name}; send back to notes") if target else tr("Make it evidence")
            note.link.set_words(words)
            note.link.setAccessibleName(name.format(name=words))
            note.link.setEnabled(editable)
            note.link.setVisible(bool(target) or (editable and open_dimension is not None))

    def _note(self, line: Line) -> TypedLine:
        name, go_to = tr("Note of {time}"), self.place_asked.emit
        made = TypedLine(self._theme, line, self._zone, name, self.note_saved.emit, go_to, gap=8)
        made.link.clicked.connect(lambda _on=False: self.note_used.emit(line.id, self._goes_to[line.id]))
        return made

    def field_of(self, line: int) -> GrowingText | None:
        """The field that shows a note."""
        return self._notes.field_of(line)
