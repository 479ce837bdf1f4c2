"""The right side of a debrief after the walk: what the agreed rule supports, the must-haves, the decision."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.desk.pages.debrief.decision_form import DecisionForm
from app.desk.pages.debrief.flags import FlagList
from app.desk.pages.debrief.reasoning import Reasoning
from app.desk.parts.approvals import ApprovalList
from app.desk.parts.controls import Button
from app.desk.parts.decisions import Decided
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.section import clear
from app.desk.parts.states import StateMark
from app.desk.theme import Theme
from app.domain.panel import State
from app.phrases.rubric import state_word, zone_in_a_sentence, zone_word
from app.queries.debrief import DebriefView
from app.queries.lists import ColleagueRow
from app.words import tr


class ConcludePane(QWidget):
    """One word, one sentence, the must-haves, and the decision; figures are folded away below.

    `again` wants a further decision in the place of the one that holds.
    """

    again = Signal()

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._shown: tuple[object, ...] = ()
        self._anew = False
        self._word = Text("", "title")
        self._sentence = Text("", tone="soft", wrap=True)
        self._must = QVBoxLayout()
        self.flags = FlagList(theme)
        self._head = Text(tr("Decision"), "lead", weight=500)
        self._decides = Text("", "caption", tone="soft")
        self._decided = QVBoxLayout()
        self.form = DecisionForm(theme)
        self.anew = Button(tr("Decide again…"), small=True)
        self.anew.clicked.connect(self._open_form)
        self.approvals = ApprovalList(zone)
        self._later = Text(
            tr("Corrected later only by a new entry with its reason."), "caption", tone="soft", wrap=True
        )
        self.reasoning = Reasoning(theme)
        self._lay_out()

    def show_page(self, page: DebriefView, colleagues: tuple[ColleagueRow, ...], *, shared: bool) -> None:
        """Show the debrief as it is."""
        assert page.panel is not None
        self._word.setText(zone_word(page.panel.zone))
        self._sentence.setText(zone_in_a_sentence(page.panel, page.after, page.rule, page.rubric))
        self._show_must_haves(page)
        self.flags.show_flags(page.flags)
        decides = tr("{name} decides").format(name=page.manager_name)
        self._decides.setText(decides if page.manager_name else "")
        if self._shown != (page.application, page.decisions):
            self._shown, self._anew = (page.application, page.decisions), False
            self._show_decision(page)
        if self.form.is_behind(page):
            self.form.begin(page, colleagues)
        self._show_form(page)
        self.reasoning.show_page(page, shared=shared)

    def _lay_out(self) -> None:
        column(
            Text(tr("What the agreed rule supports"), "caption", tone="soft"),
            self._word,
            self._sentence,
            line_across(),
            Text(tr("Must-haves"), "caption", weight=500, tone="soft"),
            self._must,
            self.flags,
            line_across(),
            row(wide(self._head), self._decides, self.anew),
            self._decided,
            self.form,
            self.approvals,
            self.form.record,
            self._later,
            STRETCH,
            self.reasoning,
            gap=8,
            on=self,
        )

    def _show_must_haves(self, page: DebriefView) -> None:
        clear(self._must)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        assert page.panel is not None
        must = [d for d in page.rubric.dimension_ids if d in page.rule.must_have]
        columns = 1 if self._theme.large_text else 2
        for number, dimension in enumerate(must):
            state = page.panel.cell(dimension).state
            words = page.rubric.dimension(dimension).short
            if state is not State.MET:
                words = tr("{dimension}, {state}").format(dimension=words, state=state_word(state))
            grid.addWidget(
                holder(row(StateMark(self._theme, state), wide(Text(words, wrap=True)), gap=7)),
                number // columns,
                number % columns,
            )
        if not must:
            grid.addWidget(Text(tr("none agreed"), tone="soft"), 0, 0)
        self._must.addWidget(box)

    def _show_decision(self, page: DebriefView) -> None:
        clear(self._decided)
        for number, decided in enumerate(reversed(page.decisions)):
            if number:
                self._decided.addWidget(line_across())
            self._decided.addWidget(Decided(decided, page.level, page.rubric, self._zone, newest=number == 0))

    def _show_form(self, page: DebriefView) -> None:
        wanted = page.active and (not page.decisions or self._anew)
        self.form.setVisible(wanted)
        self.form.record.setVisible(wanted)
        self._later.setVisible(wanted)
        self.anew.setVisible(page.active and bool(page.decisions) and not self._anew)
        self._decides.setVisible(wanted)
        if wanted:
            self.approvals.show_asked(page.approvers)
        else:
            self.approvals.show_approvals(page.decisions[-1].approvals if page.decisions else ())

    def _open_form(self) -> None:
        self._anew = True
        self.again.emit()
        self.form.focus()
