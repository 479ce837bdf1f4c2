"""Decisions on an application as they stand, and the form that records one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.desk.controls import Button, IconButton, Segmented
from app.desk.fields import Field, FieldSet
from app.desk.fields import Kind as FieldKind
from app.desk.label import Text, rule
from app.desk.pages.person import clear, section
from app.desk.panel import SidePanel
from app.desk.theme import Theme
from app.domain.decision import Verdict
from app.domain.pipeline import Outcome
from app.queries.application import ApplicationPage
from app.queries.decision import DecisionFacts
from app.queries.lists import ColleagueRow
from app.words import moment, tr

VERDICTS = ((Verdict.HIRE, tr("Hire")), (Verdict.NO_HIRE, tr("No hire")), (Verdict.HOLD, tr("Hold for more")))


def verdict_words(verdict: str, level: str, against: str) -> str:
    """'Hire at MLE4, scored against M1'."""
    words = {str(key): said for key, said in VERDICTS}[verdict]
    if verdict == Verdict.HIRE:
        words = tr("Hire at {level}").format(level=level)
    if level != against:
        if verdict != Verdict.HIRE:
            words = tr("{verdict}, for {level}").format(verdict=words, level=level)
        words = tr("{verdict}, scored against {against}").format(verdict=words, against=against)
    return words


def why_not(page: ApplicationPage) -> str:
    """Why no decision can be recorded now; empty where one can."""
    if page.outcome != Outcome.ACTIVE:
        return tr("The application is closed. Reopen it to decide again.")
    if page.open:
        return ""
    if page.owes:
        return tr("The cards are sealed: your own card is still due. A decision needs open cards.")
    return tr(
        "The cards are sealed. A decision needs open cards: wait for those that are due, or open them early with a "
        "reason."
    )


class DecisionCard(QWidget):
    """What was decided, newest first. `asked` wants a decision recorded."""

    asked = Signal()

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self._shown: tuple[object, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, column, head = section(tr("Decision"))
        outer.addWidget(frame)
        self.button = Button(tr("Record a decision…"), small=True)
        self.button.clicked.connect(self.asked)
        head.addWidget(self.button)
        self.why = Text("", tone="soft", wrap=True)
        column.addWidget(self.why)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)

    def show_decisions(self, page: ApplicationPage) -> None:
        """Show the decisions of this application, and whether one can be recorded."""
        why = why_not(page)
        self.button.setEnabled(not why)
        self.button.set_words(tr("Record a new decision…") if page.decisions else tr("Record a decision…"))
        if not why and not page.decisions:
            why = tr("Nothing is decided yet. The cards are open.")
        self.why.setText(why)
        self.why.setVisible(bool(why) and not (page.decisions and page.outcome != Outcome.ACTIVE))
        if self._shown == (page.id, page.decisions, page.level):
            return
        self._shown = (page.id, page.decisions, page.level)
        clear(self._list)
        for number, decided in enumerate(reversed(page.decisions)):
            if number:
                self._list.addWidget(rule())
            self._list.addWidget(_Decided(decided, page.level, self._zone, newest=number == 0))


class _Decided(QWidget):
    """One decision in full."""

    def __init__(self, decided: DecisionFacts, against: str, zone: tzinfo, *, newest: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = verdict_words(decided.verdict, decided.level, against)
        column.addWidget(Text(words, "lead" if newest else "body", weight=600, wrap=True))
        by = tr("{name} · {when}").format(name=decided.by.name, when=moment(decided.at, zone))
        if not newest:
            by += " · " + tr("replaced by the one above")
        column.addWidget(Text(by, "caption", tone="soft", wrap=True))
        column.addWidget(Text(decided.reason, wrap=True, selectable=True))
        if decided.change_reason:
            column.addWidget(Text(tr("Replaces the one before"), "caption", tone="soft", weight=500))
            column.addWidget(Text(decided.change_reason, wrap=True, selectable=True))
        if decided.dissents:
            column.addWidget(Text(tr("Dissent, kept by name"), "caption", tone="soft", weight=500))
        for name, text in decided.dissents:
            column.addWidget(Text(f"{name}: {text}", wrap=True, selectable=True))


class _Dissent(QWidget):
    """One dissent being written: whose, and what they say."""

    def __init__(self, theme: Theme, colleagues: Sequence[ColleagueRow]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.who = QComboBox()
        self.who.setAccessibleName(tr("Who dissents"))
        for colleague in colleagues:
            self.who.addItem(colleague.name, colleague.id)
        self.who.setCurrentIndex(-1)
        self.who.setPlaceholderText(tr("Who?"))
        self.who.setMinimumContentsLength(8)
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.out = IconButton(theme, "x", tr("Take this dissent out"))
        row = QHBoxLayout()
        row.addWidget(self.who, 1)
        row.addWidget(self.out)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("The dissent, in their words"))
        self.text.setPlaceholderText(tr("In their words"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(64))
        column.addLayout(row)
        column.addWidget(self.text)


class DecisionForm(QWidget):
    """Verdict, level, reason, dissents, and why it replaces an earlier one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._replaces = False
        self.dissents: list[_Dissent] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.verdict = Segmented(VERDICTS, tr("Verdict"), strong=True)
        column.addWidget(self.verdict)
        self._problem = Text(tr("Choose one."), "caption", tone="bad")
        column.addWidget(self._problem)
        self.facts = FieldSet(
            theme,
            [
                Field("level", tr("Level"), FieldKind.CHOICE, required=True),
                Field("reason", tr("Reason"), FieldKind.TEXT, required=True),
            ],
        )
        column.addWidget(self.facts)
        self.change = FieldSet(
            theme,
            [Field("change_reason", tr("Why does it replace the earlier one?"), FieldKind.TEXT, required=True)],
        )
        column.addWidget(self.change)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Dissent, kept by name"), "caption", weight=500, tone="soft"), 1)
        self.add = Button(tr("Add"), "link")
        self.add.setAccessibleName(tr("Add a dissent"))
        self.add.clicked.connect(self.add_dissent)
        head.addWidget(self.add)
        column.addLayout(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        column.addLayout(self._list)
        self._lacking = Text(tr("A dissent needs its name and its words."), "caption", tone="bad", wrap=True)
        column.addWidget(self._lacking)

    def begin(self, page: ApplicationPage, colleagues: tuple[ColleagueRow, ...]) -> None:
        """Empty the form for this application."""
        self._colleagues = colleagues
        self._replaces = bool(page.decisions)
        self.verdict.choose(None)
        self._problem.hide()
        self._lacking.hide()
        self.facts.set_choices("level", [(key, f"{key} · {title}") for key, title in page.levels])
        self.facts.set_values({"level": page.level, "reason": ""})
        self.change.set_values({"change_reason": ""})
        self.change.setVisible(self._replaces)
        for dissent in list(self.dissents):
            self._take_out(dissent)

    def add_dissent(self) -> None:
        """One more row for a dissent."""
        dissent = _Dissent(self._theme, self._colleagues)
        dissent.out.clicked.connect(lambda _on=False: self._take_out(dissent))
        self.dissents.append(dissent)
        self._list.addWidget(dissent)
        dissent.who.setFocus()

    def check(self) -> bool:
        """Whether all is there; says what is not."""
        self._problem.setVisible(self.verdict.value is None)
        self._lacking.setVisible(
            any(d.who.currentData() is None or not d.text.toPlainText().strip() for d in self.dissents)
        )
        facts = self.facts.check()
        change = not self._replaces or self.change.check()
        if self.verdict.value is None:
            self.verdict.button(Verdict.HIRE).setFocus()
        return facts and change and self._problem.isHidden() and self._lacking.isHidden()

    def values(self) -> tuple[Verdict, str, str, list[tuple[int, str]], str]:
        """Verdict, level, reason, dissents, and why it replaces the one before."""
        facts = self.facts.values()
        dissents = [(int(d.who.currentData()), d.text.toPlainText().strip()) for d in self.dissents]
        why = self.change.values()["change_reason"] if self._replaces else ""
        return Verdict(self.verdict.value or ""), facts["level"], facts["reason"], dissents, why

    def _take_out(self, dissent: _Dissent) -> None:
        self.dissents.remove(dissent)
        self._list.removeWidget(dissent)
        dissent.hide()
        dissent.deleteLater()
        self.add.setFocus()


class DecisionPanel(SidePanel):
    """The form beside the page. `complete` says that it is filled and may be confirmed."""

    complete = Signal()

    def __init__(self, theme: Theme) -> None:
        self.form = DecisionForm(theme)
        super().__init__(theme, tr("Record a decision"), self.form, save=tr("Record decision"))
        self.saved.connect(self._check)
        self.cancelled.connect(self.close_panel)

    def sizeHint(self) -> QSize:
        """Wide enough for the three verdicts beside each other."""
        return super().sizeHint().expandedTo(QSize(self.form.verdict.sizeHint().width() + 56, 0))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`, because the verdicts stay beside each other."""
        return QSize(self.form.verdict.sizeHint().width() + 56, super().minimumSizeHint().height())

    def _check(self) -> None:
        if self.form.check():
            self.complete.emit()
