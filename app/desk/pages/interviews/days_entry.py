"""Days for the lines of an assessment form that had none, as its rater says them, under the form's line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column
from app.desk.theme import Theme
from app.exchange.assessment_form import AssessmentVerdict, DaysSaid
from app.words import tr

_HOW = "how"


class DaysEntry(QFrame):
    """A field for each line; `said` carries them with how the rater said so, once each has its day."""

    said = Signal(object)

    def __init__(self, theme: Theme, verdict: AssessmentVerdict) -> None:
        super().__init__()
        self._lines = [f"line {number}" for number in range(len(verdict.undated))]
        fields = [
            Field(name, dimension, FieldType.DATE, required=True, help=text)
            for name, (dimension, text) in zip(self._lines, verdict.undated, strict=True)
        ]
        how = Field(_HOW, tr("How they said so"), required=True, hint=tr("On the phone, 13 March"))
        self.form = FieldSet(theme, [*fields, how])
        ask = tr("Ask who wrote it on which days this was. What they say is kept with how they said it.")
        self.bring = Button(tr("Bring it in with these days"), small=True, run=self._tell)
        column(Text(ask, "caption", tone="soft", wrap=True), self.form, aligned(self.bring, LEFT), gap=8, on=self)
        self.setAccessibleName(tr("Days for the lines of {name}").format(name=verdict.name))

    def _tell(self) -> None:
        if self.form.check():
            values = self.form.values()
            self.said.emit(DaysSaid(tuple(values[name] for name in self._lines), values[_HOW]))
