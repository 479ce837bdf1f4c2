"""The question bank beside a dimension: the questions of all rubrics, searched as one types."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.desk.desk import Desk
from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Button
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, column, holder, row
from app.desk.parts.section import fill
from app.desk.parts.side_panel import SidePanel
from app.phrases.rubric import question_kind
from app.queries.rubric_draft import BankQuestion, question_bank
from app.words import ntr, tr

_SHOWN = 30


class BankPanel(SidePanel):
    """`taken` carries a question that is to be put into the dimension."""

    taken = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Search the questions of all rubrics"))
        self.search.setPlaceholderText(tr("Words of a question, a tag, a dimension"))
        self._count = Text("", "caption", tone="soft")
        self._lines = column(gap=8)
        content = holder(column(self.search, self._count, self._lines, STRETCH, gap=8))
        super().__init__(desk.theme, tr("Question bank"), content, save=tr("Done"))
        self._timer = Autosave(self, self._ask)
        self.search.textChanged.connect(self._timer.touch)

    def begin(self) -> None:
        """Show every question."""
        self.search.clear()
        self._ask()

    def _ask(self) -> None:
        ask = partial(question_bank, self._desk.workspace, self.search.text())
        self._desk.work.ask(self, "bank", ask, self._take)

    def _take(self, found: tuple[BankQuestion, ...]) -> None:
        self._count.setText(ntr("{n} question", "{n} questions", len(found)))
        fill(self._lines, [self._line(question) for question in found[:_SHOWN]])

    def _line(self, question: BankQuestion) -> QWidget:
        facts = [question.rubric, question.dimension, question_kind(question.kind)]
        facts.append(ntr("asked on {n} card", "asked on {n} cards", question.asked))
        facts += [", ".join(question.tags)] if question.tags else []
        facts += [tr("retired")] if question.retired else []
        name = tr("Take: {question}").format(question=question.text)
        take = Button(tr("Take it"), "link", name=name, run=partial(self.taken.emit, question))
        words = Text(" · ".join(facts), "caption", tone="soft", wrap=True)
        return holder(column(Text(question.text, wrap=True), words, row(take, STRETCH), line_across(), gap=3))
