"""The head of an application: who, which job, how far, the strip; and the form that closes it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.actions.application import ClosedApplication
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import TOP, aligned, column, row, wide
from app.desk.parts.strip import PaintedCell, Size, StripWidget
from app.desk.theme import Theme
from app.domain.pipeline import Outcome
from app.queries.application import ApplicationView
from app.words import ntr, tr

OUTCOMES = ((Outcome.HIRED, tr("Hired")), (Outcome.REJECTED, tr("Rejected")), (Outcome.WITHDRAWN, tr("Withdrawn")))


class ApplicationHead(QWidget):
    """Name and facts at the left, the strip at the right, and below them that the application is closed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = Text("", "title", elide=True)
        self.facts = Text("", tone="soft", wrap=True)
        left = column(self.name, self.facts, gap=2)
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
        words = {Outcome.HIRED: tr("Closed: hired."), Outcome.REJECTED: tr("Closed: rejected.")}
        said = words.get(Outcome(page.outcome), tr("Closed: withdrawn."))
        self.outcome.setText(f"{said} {page.close_reason}".strip())


class ClosingPanel(FormPanel[ClosedApplication]):
    """How it ended; it says what is deleted with it."""

    def __init__(self, theme: Theme) -> None:
        self._deleted = Text("", tone="soft", wrap=True)
        super().__init__(
            theme,
            tr("Close the application"),
            ClosedApplication,
            {"outcome": Asked(tr("How did it end?"), choices=OUTCOMES), "reason": Asked(tr("Reason"), long=True)},
            over=self._deleted,
            save=tr("Close application"),
        )

    def begin(self, page: ApplicationView) -> None:
        """Ask about one application."""
        self.form.set_values({"outcome": None, "reason": ""})
        self._deleted.setText(
            ntr(
                "{n} transcript of these interviews is deleted with it, for good.",
                "{n} transcripts of these interviews are deleted with it, for good.",
                page.transcripts,
            )
        )
        self._deleted.setVisible(page.transcripts > 0)


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
