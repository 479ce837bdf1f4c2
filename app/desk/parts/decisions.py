"""Decisions on an application as they stand, and the way to the debrief that makes one."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.parts.approvals import ApprovalList
from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.section import Section
from app.domain.decision import Verdict
from app.domain.panel import Zone
from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.phrases.rubric import condition_words, lower_first, zone_word
from app.queries.application import ApplicationView
from app.queries.decision import DecisionFacts
from app.words import moment, tr

VERDICTS = ((Verdict.HIRE, tr("Hire")), (Verdict.NO_HIRE, tr("No hire")), (Verdict.HOLD, tr("Hold for more")))


def decision_words(verdict: str, level: str, against: str) -> str:
    """'Hire at MLE4, scored against M1'."""
    words = {str(key): said for key, said in VERDICTS}[verdict]
    if verdict == Verdict.HIRE:
        words = tr("Hire at {level}").format(level=level)
    if level != against:
        if verdict != Verdict.HIRE:
            words = tr("{verdict}, for {level}").format(verdict=words, level=level)
        words = tr("{verdict}, scored against {against}").format(verdict=words, against=against)
    return words


def why_not(page: ApplicationView) -> str:
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


class DecisionCard(Section):
    """What was decided, newest first, and who approved it. `asked` wants the debrief, `offer_asked` the offer."""

    asked = Signal()
    offer_asked = Signal()

    def __init__(self, zone: tzinfo) -> None:
        self.offer = Button(tr("Draft an offer"), small=True)
        self.button = Button(tr("Debrief"), small=True)
        super().__init__(tr("Decision"), self.offer, self.button)
        self.offer.clicked.connect(self.offer_asked)
        self.button.clicked.connect(self.asked)
        self._zone = zone
        self._shown: tuple[object, ...] = ()
        self.why = Text("", tone="soft", wrap=True)
        self.approvals = ApprovalList(zone)
        self.add(self.why).show_lines((), gap=10).add(self.approvals)

    def show_decisions(self, page: ApplicationView) -> None:
        """Show the decisions of this application, and whether one can be recorded."""
        why = why_not(page)
        self.button.setEnabled(not why)
        self.button.set_words(tr("Debrief and decision") if page.decisions else tr("Debrief"))
        if not why and not page.decisions:
            why = tr("Nothing is decided yet. The cards are open: walk through them in the debrief.")
        hire = bool(page.decisions) and page.decisions[-1].verdict == Verdict.HIRE
        self.offer.setVisible(page.offer is not None or (hire and page.outcome == Outcome.ACTIVE))
        self.offer.set_words(tr("Offer") if page.offer is not None else tr("Draft an offer"))
        self.why.setText(why)
        self.why.setVisible(bool(why) and not (page.decisions and page.outcome != Outcome.ACTIVE))
        self.approvals.show_approvals(page.decisions[-1].approvals if page.decisions else ())
        if self._shown == (page.id, page.decisions, page.level):
            return
        self._shown = (page.id, page.decisions, page.level)
        self.show_lines(
            Decided(decided, page.level, page.rubric, self._zone, newest=number == 0)
            for number, decided in enumerate(reversed(page.decisions))
        )


class Decided(QWidget):
    """One decision in full."""

    def __init__(self, decided: DecisionFacts, against: str, rubric: Rubric, zone: tzinfo, *, newest: bool) -> None:
        super().__init__()
        words = decision_words(decided.verdict, decided.level, against)
        by = tr("{name} · {when}").format(name=decided.by.name, when=moment(decided.at, zone))
        if not newest:
            by += " · " + tr("replaced by the one above")
        body = column(
            Text(words, "lead" if newest else "body", weight=600, wrap=True),
            Text(by, "caption", tone="soft", wrap=True),
            gap=4,
            on=self,
        )
        if decided.sealed:
            body.addWidget(Text(tr("Its words open to you with the cards."), tone="soft", wrap=True))
            return
        body.addWidget(Text(decided.reason, wrap=True, selectable=True))
        if decided.missing is not None:
            dimension, exercise = decided.missing
            self._part(
                body,
                tr("Waits for"),
                tr("{dimension}, looked at again in: {exercise}").format(
                    dimension=rubric.dimension(dimension).short, exercise=rubric.exercise(exercise).name
                ),
            )
        if decided.departure:
            supported = tr("Departure from the rule, which said: {zone}")
            heading = supported.format(zone=lower_first(zone_word(Zone(decided.zone or Zone.MIXED))))
            self._part(body, heading, decided.departure)
        if decided.change_reason:
            self._part(body, tr("Replaces the one before"), decided.change_reason)
        if decided.dissents:
            dissents = "\n".join(f"{name}: {text}" for name, text in decided.dissents)
            self._part(body, tr("Dissent, kept by name"), dissents)
        conditions = [condition_words(c, decided.for_letter) for c in decided.conditions]
        if conditions:
            self._part(body, tr("Conditions"), "\n".join(conditions))

    def _part(self, column: QVBoxLayout, heading: str, text: str) -> None:
        column.addWidget(Text(heading, "caption", tone="soft", weight=500, wrap=True))
        column.addWidget(Text(text, wrap=True, selectable=True))
