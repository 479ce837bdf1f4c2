"""What a candidate answered of their own will: it is typed in here, and never shown back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.actions.demographic import VoluntaryAnswer
from app.desk.parts.controls import Button
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.queries.voluntary import VoluntaryAnswers
from app.words import day, tr


class VoluntaryPanel(FormPanel[VoluntaryAnswer]):
    """`removed` carries the number of an answer."""

    removed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        what_for = Text(
            tr(
                "Only what they chose to say, in their words. It serves one report, Fairness of rates, which shows "
                "groups of five people or more and nobody alone. No answer is shown again to anybody: not on "
                "this page, in a table, a search, an export of rows or a packet. A copy of the whole file, and the "
                "export of everything, hold it as the workspace does. It can be replaced or removed."
            ),
            tone="soft",
            wrap=True,
        )
        self._given = Section(tr("Given"))
        super().__init__(
            theme,
            tr("Voluntary answers"),
            VoluntaryAnswer,
            {
                "question": Asked(tr("Question"), hint=tr("Gender, disability, …")),
                "answer": Asked(tr("Answer"), help=tr("The same words for the same answer make one group.")),
                "given_on": Asked(tr("Given on"), required=True),
            },
            over=holder(column(what_for, self._given, gap=12)),
            save=tr("Keep"),
        )

    def begin(self, today: date) -> None:
        """Empty again: what was typed stands nowhere any more."""
        self.form.set_values({"question": "", "answer": "", "given_on": today})

    def show_answers(self, answers: VoluntaryAnswers) -> None:
        """Show when which question was answered."""
        self._given.show_lines((self._line(*one) for one in answers.given), tr("Nothing."), gap=2)
        line = self.form.input("question")
        assert isinstance(line, QLineEdit)
        completer = QCompleter(list(answers.questions), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(completer)

    def _line(self, number: int, question: str, given_on: date) -> QWidget:
        said = tr("{question}: given on {day}").format(question=question, day=day(given_on))
        away = Button(
            tr("Remove"), "link", small=True, name=tr("Remove the answer to {question}").format(question=question)
        )
        away.clicked.connect(lambda _on=False: self.removed.emit(number))
        return holder(row(wide(Text(said, wrap=True)), away, gap=8))
