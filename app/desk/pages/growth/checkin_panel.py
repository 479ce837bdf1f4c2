"""A check-in while it is prepared and held: what it is about, what was said, a note of one's own. Saved as typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.checkin import prompts
from app.desk.parts.controls import Button
from app.desk.parts.dates import DateField
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.growth import PREPARED
from app.queries.growth_parts import CheckInView
from app.words import long_day, tr

SAID, PRIVATE = "said", "private_note"
NOT_YET = 0
"""The id of a check-in that is being begun: it is kept with the first word, or with Done."""


class CheckInPanel(SidePanel):
    """`typed` carries a check-in and what was typed into it so far, `finished` when a field is left.

    `moved` carries another day, `removed` asks for it to be taken out. One that is being begun has the id `NOT_YET`;
    leaving it without a word leaves nothing.
    """

    typed = Signal(int, object)
    finished = Signal(int, object)
    moved = Signal(int, object)
    removed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self.talk: CheckInView | None = None
        self._dirty: set[GrowingText] = set()
        about = [tr("To talk about, line {n}").format(n=n) for n in range(1, PREPARED + 1)]
        self.lines = [
            GrowingText(theme, words, tr("A goal, a question, a thing to ask"), role="box") for words in about
        ]
        self.said = GrowingText(theme, tr("What was said"), tr("What was said, and what follows"), role="box")
        self.note = GrowingText(theme, tr("Private note"), tr("Stays with you: in no packet"), role="box")
        content = QWidget()
        self._when = Text("", "caption", tone="soft", wrap=True)
        self._day_label = Text(tr("Day"), "caption", weight=500, tone="soft")
        self.day = DateField(theme)
        self.day.line.setAccessibleName(tr("Day of the check-in"))
        body = column(self._when, self._day_label, self.day, gap=6, on=content)
        for words, fields in (
            (tr("To talk about"), self.lines),
            (tr("What was said"), [self.said]),
            (tr("Private note"), [self.note]),
        ):
            body.addSpacing(4)
            body.addWidget(Text(words, "caption", weight=500, tone="soft"))
            if self.said in fields:
                body.addWidget(Text(" ".join(prompts()), "caption", tone="soft", wrap=True))
            for field in fields:
                body.addWidget(field)
        self.out = Button(tr("Take this check-in out"), "link")
        body.addSpacing(6)
        body.addWidget(self.out)
        super().__init__(theme, tr("Check-in"), content, save=tr("Done"))
        self._connect()

    def _connect(self) -> None:
        self.day.line.editingFinished.connect(self._move)
        self.day.edited.connect(self._move_chosen)
        self.out.clicked.connect(self._remove)
        for field in (*self.lines, self.said, self.note):
            field.typed.connect(lambda _text, f=field: self._tell(f, typing=True))
            field.finished.connect(lambda _text, f=field: self._tell(f, typing=False))
            field.entered.connect(self.focusNextChild)
            field.escaped.connect(self.cancelled)

    def show_talk(self, name: str, talk: CheckInView) -> None:
        """Show a check-in; what is being typed stays."""
        fresh = self.talk is None or self.talk.id != talk.id
        if fresh and self.talk is not None:
            self.finish_now()
        self.talk = talk
        self.out.setVisible(talk.id != NOT_YET)
        on = talk.held_on or talk.due_on
        words = tr("Held on {day}, with {name}") if talk.held_on else tr("Due on {day}, with {name}")
        if talk.id == NOT_YET:
            words = tr("{day}, with {name}. It is kept with the first word, or with Done.")
        self._when.setText(words.format(day=long_day(on) if on else "?", name=name))
        if fresh or not self.day.line.hasFocus():
            self.day.set_value(on)
        texts = [*talk.prepared, "", "", ""][:3]
        for field, text in zip(
            (*self.lines, self.said, self.note), (*texts, talk.said, talk.private_note), strict=True
        ):
            if fresh:
                field.clearFocus()
                field.forget()
            field.fill(text)

    def adopt(self, talk: int) -> None:
        """The check-in that was being begun is kept now, under this id; what is being typed goes on."""
        if self.talk is not None and self.talk.id == NOT_YET:
            self.talk = replace(self.talk, id=talk)

    def finish_now(self) -> None:
        """Save what is typed and let it go."""
        for field in (*self.lines, self.said, self.note):
            field.finish_now()

    def save_now(self) -> None:
        """Save what is typed."""
        for field in (*self.lines, self.said, self.note):
            field.save_now()

    def _tell(self, field: GrowingText, *, typing: bool) -> None:
        """Pass on what was typed; a field that was only walked through writes nothing."""
        if self.talk is None or not (typing or field in self._dirty):
            return
        if typing:
            self._dirty.add(field)
        else:
            self._dirty.discard(field)
        if field is self.said:
            values: dict[str, object] = {SAID: field.text}
        elif field is self.note:
            values = {PRIVATE: field.text}
        else:
            values = {"prepared": [line.text for line in self.lines]}
        (self.typed if typing else self.finished).emit(self.talk.id, values)

    def _move_chosen(self) -> None:
        if not self.day.line.hasFocus():
            self._move()

    def _move(self) -> None:
        if self.talk is None or self.day.unreadable or self.day.value is None:
            return
        if self.day.value != (self.talk.held_on or self.talk.due_on):
            self.moved.emit(self.talk.id, self.day.value)

    def _remove(self) -> None:
        if self.talk is not None:
            self.removed.emit(self.talk.id)
