"""A check-in while it is prepared and held: what it is about, what was said, a note of one's own. Saved as typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, SignalInstance

from app.actions.checkin import prompts
from app.desk.parts.controls import Button
from app.desk.parts.dates import DateField
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, Space, aligned, column, holder
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.growth import PREPARED, SinceCheckIn
from app.phrases.growth import left_words, since_words
from app.queries.growth_parts import CheckInView
from app.words import long_day, tr

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
        self.check_in: CheckInView | None = None
        about, hint = tr("To talk about, line {n}"), tr("A goal, a question, a thing to ask")
        self.lines = [GrowingText(theme, about.format(n=n), hint, role="box") for n in range(1, PREPARED + 1)]
        self.said = GrowingText(theme, tr("What was said"), tr("What was said, and what follows"), role="box")
        self.note = GrowingText(theme, tr("Private note"), tr("Stays with you: in no packet"), role="box")
        self.fields = (*self.lines, self.said, self.note)
        self._when = Text("", "caption", tone="soft", wrap=True)
        self.since = Text("", tone="soft", wrap=True)
        self.left = Text("", wrap=True)
        self.take_over = Button(tr("Talk about them again"), "link", small=True, run=self._take_over)
        self._still: tuple[tuple[str, str], ...] = ()
        self._earlier = holder(
            column(
                self.since,
                Space(2),
                _label(tr("Left from last time")),
                self.left,
                aligned(self.take_over, LEFT),
                gap=6,
            )
        )
        self.day = DateField(theme)
        self.day.line.setAccessibleName(tr("Day of the check-in"))
        self.out = Button(tr("Take this check-in out"), "link")
        body = column(
            self._when,
            self._earlier,
            _label(tr("Day")),
            self.day,
            Space(4),
            _label(tr("To talk about")),
            *self.lines,
            Space(4),
            _label(tr("What was said")),
            Text(" ".join(prompts()), "caption", tone="soft", wrap=True),
            self.said,
            Space(4),
            _label(tr("Private note")),
            self.note,
            Space(6),
            self.out,
            gap=6,
        )
        super().__init__(theme, tr("Check-in"), holder(body), save=tr("Done"))
        self.day.settled.connect(self._move)
        self.out.clicked.connect(self._remove)
        for field in self.fields:
            field.typed.connect(lambda _text, f=field: self._tell(self.typed, f))
            field.settled.connect(lambda _text, f=field: self._tell(self.finished, f))
            field.entered.connect(self.focusNextChild)
            field.escaped.connect(self.cancelled)

    def show_check_in(self, name: str, shown: CheckInView, since: SinceCheckIn | None) -> None:
        """Show a check-in, and what became of the plan `since` the one before; what is being typed stays."""
        fresh = self.check_in is None or self.check_in.id != shown.id
        if fresh and self.check_in is not None:
            self.finish_now()
        self.check_in = shown
        self.out.setVisible(shown.id != NOT_YET)
        self._show_since(since)
        on = shown.held_on or shown.due_on
        words = tr("Held on {day}, with {name}") if shown.held_on else tr("Due on {day}, with {name}")
        if shown.id == NOT_YET:
            words = tr("{day}, with {name}. It is kept with the first word, or with Done.")
        self._when.setText(words.format(day=long_day(on) if on else "?", name=name))
        if fresh or not self.day.line.hasFocus():
            self.day.set_value(on)
        texts = [*shown.prepared, "", "", ""][:3]
        for field, text in zip(self.fields, (*texts, shown.said, shown.private_note), strict=True):
            if fresh:
                field.clearFocus()
                field.forget()
            field.fill(text)

    def _show_since(self, since: SinceCheckIn | None) -> None:
        self._earlier.setVisible(since is not None)
        if since is None:
            return
        self._still = since.left
        self.since.setText(since_words(since))
        self.left.setText(
            left_words(since.left) if since.left else tr("Nothing: every action of an open goal is done.")
        )
        self.take_over.setVisible(bool(since.left))

    def _take_over(self) -> None:
        """What is left goes into the lines that are free, as far as they reach."""
        here = {line.text.strip() for line in self.lines}
        wanted = [will for _, will in self._still if will not in here]
        for line in self.lines:
            if not line.text.strip() and wanted:
                line.setPlainText(wanted.pop(0))
        for line in self.lines:
            line.finish_now()

    def close_panel(self) -> None:
        """What was typed is saved first."""
        self.finish_now()
        self.check_in = None
        super().close_panel()

    def adopt(self, number: int) -> None:
        """The check-in that was being begun is kept now, under this id; what is being typed goes on."""
        if self.check_in is not None and self.check_in.id == NOT_YET:
            self.check_in = replace(self.check_in, id=number)

    def finish_now(self) -> None:
        """Save what is typed and let it go."""
        for field in self.fields:
            field.finish_now()

    def save_now(self) -> None:
        """Save what is typed."""
        for field in self.fields:
            field.save_now()

    def _tell(self, signal: SignalInstance, field: GrowingText) -> None:
        if self.check_in is None:
            return
        values: dict[str, object] = {"prepared": [line.text for line in self.lines]}
        if field not in self.lines:
            values = {"said" if field is self.said else "private_note": field.text}
        signal.emit(self.check_in.id, values)

    def _move(self) -> None:
        on, check_in = self.day.value, self.check_in
        if check_in is not None and on is not None and on != (check_in.held_on or check_in.due_on):
            self.moved.emit(check_in.id, on)

    def _remove(self) -> None:
        if self.check_in is not None:
            self.removed.emit(self.check_in.id)


def _label(words: str) -> Text:
    return Text(words, "caption", weight=500, tone="soft")
