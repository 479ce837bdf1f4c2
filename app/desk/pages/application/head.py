"""The head of an application: who, which job, how far, the strip; and the form that closes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.actions.application import ClosedApplication
from app.desk.parts.controls import Button
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, TOP, aligned, column, holder, row, wide
from app.desk.parts.strip import PaintedCell, Size, StripWidget
from app.desk.theme import Theme
from app.domain.pipeline import ClosingReason, Outcome
from app.phrases.closing import closed_words, held_words, outcome_words, side_words, transcripts_words
from app.queries.application import ApplicationView, Elsewhere
from app.words import day, ntr, tr

OUTCOMES = ((Outcome.HIRED, tr("Hired")), (Outcome.REJECTED, tr("Rejected")), (Outcome.WITHDRAWN, tr("Withdrawn")))


class ApplicationHead(QWidget):
    """Name and facts at the left, the strip at the right, and below them that the application is closed or on hold.

    `pay_asked` wants to say when they were told about pay.
    """

    pay_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = Text("", "title", elide=True)
        self.facts = Text("", tone="soft", wrap=True)
        self.elsewhere = Text("", tone="soft", wrap=True)
        self.pay = Button("", "link")
        self.pay.clicked.connect(self.pay_asked)
        left = column(self.name, self.facts, self.elsewhere, aligned(self.pay, LEFT), gap=2)
        self.strip = StripWidget(theme, Size.LARGE, ground="background")
        across = row(wide(left), aligned(self.strip, TOP), gap=20)
        self.closed = QFrame()
        self.closed.setProperty("role", "sunken")
        self.outcome = Text("", wrap=True)
        row(self.outcome, margins=(16, 10, 16, 10), on=self.closed)
        column(across, self.closed, gap=12, on=self)

    def show_head(self, page: ApplicationView) -> None:
        """Show an application's head."""
        self.name.setText(page.name)
        self.facts.setText(_facts(page))
        names = {d.id: d.narrow for d in page.rubric.dimensions}
        self.strip.show_cells(
            [names[c.dimension] for c in page.strip],
            [PaintedCell(c.score, c.bar, c.high, c.sealed) for c in page.strip],
        )
        self.closed.setVisible(page.outcome != Outcome.ACTIVE)
        self.outcome.setText(closed_words(page.outcome, page.why, page.close_reason))
        if page.held:
            self.closed.setVisible(True)
            held = held_words(page.held, page.held_until)
            self.outcome.setText(f"{held[:1].upper()}{held[1:]}")
        self.pay.set_words(_pay(page))
        self.pay.setVisible(bool(page.pay or page.pay_told))
        others = "; ".join(map(_other, page.elsewhere))
        self.elsewhere.setText(tr("Other applications: {what}").format(what=others))
        self.elsewhere.setVisible(bool(page.elsewhere))


class ClosingPanel(FormPanel[ClosedApplication]):
    """How it ended; it says what is deleted with it."""

    def __init__(self, theme: Theme) -> None:
        self._deleted, self._about_hire = Text("", tone="soft", wrap=True), Text("", tone="warn", wrap=True)
        super().__init__(
            theme,
            tr("Close the application"),
            ClosedApplication,
            {
                "outcome": Asked(tr("How did it end?"), choices=OUTCOMES),
                "why": Asked(tr("Reason"), choices=(), help=tr("The list is changed in Settings.")),
                "reason": Asked(tr("In words"), long=True),
            },
            over=holder(column(self._deleted, self._about_hire, gap=6)),
            save=tr("Close application"),
        )
        self._reasons: tuple[ClosingReason, ...] = ()
        self._hire = ""
        self.form.edited.connect(self._offer_reasons)

    def begin(self, page: ApplicationView) -> None:
        """Ask about one application."""
        self._reasons, self._hire = page.reasons, _about_hire(page)
        self.form.set_values({"outcome": None, "why": None, "reason": ""})
        self._offer_reasons("outcome")
        self._deleted.setText(transcripts_words(page.transcripts))
        self._deleted.setVisible(page.transcripts > 0)

    def _offer_reasons(self, field: str) -> None:
        """The reasons are those of how it ended, ours or theirs."""
        if field != "outcome":
            return
        outcome = self.form.values()["outcome"]
        self._about_hire.say(self._hire if outcome == Outcome.HIRED else "")
        fitting = [r for r in self._reasons if r.outcome == outcome]
        self.offer(why=[(r.words, f"{r.words} · {side_words(r.side)}") for r in fitting])
        self.form.show_field("why", shown=bool(fitting))


def _about_hire(page: ApplicationView) -> str:
    """What closing it as hired means beyond the application."""
    words = []
    if all(held.interview is None for held in page.rounds):
        words.append(tr("No interview was planned here: they would be hired without one."))
    if page.last_seat:
        words.append(tr("With them every seat of {code} is filled: then close the opening too.").format(code=page.code))
    return " ".join(words)


def _other(other: Elsewhere) -> str:
    how = tr("stage {stage}").format(stage=other.stage)
    return f"{other.code}, {how if other.outcome == Outcome.ACTIVE else outcome_words(other.outcome)}"


def _pay(page: ApplicationView) -> str:
    """Whether they were told what the opening pays."""
    if page.pay_told_on is not None:
        return tr("Told about pay {day}: {range}").format(day=day(page.pay_told_on), range=page.pay_told)
    return tr("Not told about pay yet: {range}").format(range=page.pay)


def _facts(page: ApplicationView) -> str:
    words = [page.role, page.code, tr("against {level}").format(level=page.level)]
    if page.outcome == Outcome.ACTIVE:
        days = ntr("{n} day", "{n} days", page.days)
        words.append(tr("stage {stage}, {days}").format(stage=page.stage_name, days=days))
    else:
        words.append(tr("last in {stage}").format(stage=page.stage_name))
    if page.sealing.cards_planned:
        words.append(tr("{n} of {all} cards in").format(n=page.sealing.cards_in, all=page.sealing.cards_planned))
    return " · ".join(words)
