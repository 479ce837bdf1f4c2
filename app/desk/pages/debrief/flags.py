"""Red flags of a dimension: what was heard, and what the debrief makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.parts.controls import Button
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.section import clear
from app.desk.theme import Theme
from app.domain.debrief import FlagVerdict
from app.phrases.rubric import flag_word
from app.queries.debrief import Flag
from app.words import tr


class FlagList(QWidget):
    """`settled` carries the signal and what it is said to be; the words follow in a question."""

    settled = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Flag, ...] = ()
        self._column = column(gap=6, on=self)
        self.hide()

    def show_flags(self, flags: Sequence[Flag]) -> None:
        """Show these; nothing where there are none."""
        self.setVisible(bool(flags))
        if tuple(flags) == self._shown:
            return
        self._shown = tuple(flags)
        clear(self._column)
        for flag in flags:
            self._column.addWidget(line_across())
            self._add(flag)

    def _add(self, flag: Flag) -> None:
        self._column.addWidget(
            holder(
                row(
                    Text(tr("Red flag"), "caption", weight=500, tone="bad"),
                    wide(Text(flag.label, weight=500, wrap=True)),
                )
            )
        )
        for name, quote in flag.quotes:
            words = tr("{name}: “{quote}”").format(name=name, quote=quote)
            self._column.addWidget(Text(words, tone="soft", wrap=True))
        if flag.verdict is not None:
            words = tr("{verdict}: {why}").format(verdict=flag_word(flag.verdict), why=flag.why)
            self._column.addWidget(Text(words, wrap=True))
        else:
            self._column.addWidget(
                Text(tr("Open: while it is, the rule does not support a hire."), "caption", tone="soft", wrap=True)
            )
        line = QWidget()
        flow = Flow(line, 6)
        for verdict in FlagVerdict:
            button = Button(flag_word(verdict), small=True)
            button.setAccessibleName(f"{flag_word(verdict)}: {flag.label}")
            button.clicked.connect(lambda _on=False, s=flag.signal, v=verdict: self.settled.emit(s, v.value))
            flow.addWidget(button)
        self._column.addWidget(line)
