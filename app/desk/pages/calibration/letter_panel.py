"""The texts of letters to members: one for each outcome, in the workspace's own words where somebody wrote them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, holder
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.calibration import CalibrationOutcome
from app.domain.letter import LETTER_PLACES, LetterText
from app.phrases.mail import fault_words
from app.phrases.rubric import outcome_word
from app.queries.outcome_letters import LetterRow
from app.words import tr

_HIGH = 280  # px at ordinary text size


class LetterPanel(SidePanel):
    """`saved` says that the text shown is to be kept, `dropped` that one on an outcome is the program's again."""

    dropped = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._rows: dict[CalibrationOutcome, LetterRow] = {}
        choices = [(str(outcome), outcome_word(outcome)) for outcome in CalibrationOutcome]
        self.form = FieldSet(
            theme,
            [
                Field("outcome", tr("On the outcome"), FieldType.CHOICE, required=True, choices=choices, marked=False),
                Field("subject", tr("Subject"), required=True),
            ],
        )
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(tr("Text of the letter"))
        self.body.setTabChangesFocus(True)
        self._note = Text("", "caption", tone="soft", wrap=True)
        self.drop = Button(tr("Take the program’s text again"), "link", small=True)
        label = Text(tr("Text"), "caption", weight=500, tone="soft")
        words = column(label, self.body, self._note, aligned(self.drop, LEFT), gap=4)
        super().__init__(theme, tr("Texts of the letters"), holder(column(self.form, words, gap=12)))
        self.drop.clicked.connect(lambda _on=False: self.dropped.emit(self.form.values()["outcome"]))
        self.body.textChanged.connect(self._say)
        self.form.edited.connect(self._choose)
        theme.changed.connect(self._measure)
        self._measure()

    def show_rows(self, rows: Sequence[LetterRow], outcome: str) -> None:
        """Show the text on an outcome."""
        self._rows = {row.text.outcome: row for row in rows}
        row = self._rows[CalibrationOutcome(outcome)]
        self.form.set_values({"outcome": outcome, "subject": row.text.subject})
        self.body.setPlainText(row.text.body)
        self.drop.setVisible(row.own)

    def value(self) -> LetterText:
        """What is typed."""
        typed = self.form.values()
        return LetterText(CalibrationOutcome(typed["outcome"]), typed["subject"], self.body.toPlainText())

    def _choose(self, field: str) -> None:
        if field == "outcome":
            self.show_rows(tuple(self._rows.values()), self.form.values()["outcome"])
        self._say()

    def _say(self) -> None:
        if not self._rows:
            return
        faults = self.value().faults
        self._note.set_tone("bad" if faults else "soft")
        may = tr(
            "These are filled in: {names}. A paragraph with one that stays empty is left out. Nobody’s score, vote or "
            "reason can stand in a letter."
        )
        names = ", ".join("{" + name + "}" for name in LETTER_PLACES)
        self._note.setText(fault_words(faults) if faults else may.format(names=names))

    def _measure(self) -> None:
        self.body.setMinimumHeight(self._theme.px(_HIGH))
