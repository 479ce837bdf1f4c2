"""A candidate's applications: where each stands, what its strip shows, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.desk.desk import Desk
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.label import Text
from app.desk.parts.layout import row
from app.desk.parts.section import Section
from app.desk.parts.strip import PaintedCell, Size, StripWidget
from app.domain.pipeline import Outcome
from app.phrases.closing import closed_words, held_words
from app.queries.candidate_page import TheirApplication
from app.words import day, ntr, tr


class ApplicationsCard(Section):
    """One row an application, the open ones first; each signal carries it."""

    opened = Signal(object)
    transfer_asked = Signal(object)
    hold_asked = Signal(object)
    resumed = Signal(object)
    reopened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Applications"))
        self._desk = desk

    def show_applications(self, applications: tuple[TheirApplication, ...]) -> None:
        """Show them."""
        nothing = tr("No application yet. Put them into an opening, and they stand on its board.")
        self.show_lines((_Row(self, self._desk, one) for one in applications), nothing)


class _Row(QFrame):
    """One application."""

    def __init__(self, card: ApplicationsCard, desk: Desk, one: TheirApplication) -> None:
        super().__init__()
        about = f"{one.role}, {one.code}"
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        strip = StripWidget(desk.theme, Size.SMALL)
        strip.show_cells(one.names, [PaintedCell(c.score, c.bar, c.high, c.sealed) for c in one.strip])
        more = IconButton(desk.theme, "ellipsis", tr("More about {what}").format(what=about))
        more.clicked.connect(lambda _on=False: self._open_menu(more, card, one))
        go = Button(tr("Open"), small=True, name=tr("Open {what}").format(what=about))
        go.clicked.connect(lambda _on=False: card.opened.emit(one))
        grid.addWidget(Text(about, weight=500, elide=True), 0, 0)
        grid.addWidget(Text(_stands(one), "caption", tone="soft", wrap=True), 1, 0)
        grid.addWidget(strip, 2, 0, Qt.AlignmentFlag.AlignLeft)
        buttons = QWidget()
        row(go, more, gap=8, on=buttons)
        grid.addWidget(buttons, 0, 1, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)

    def _open_menu(self, button: QWidget, card: ApplicationsCard, one: TheirApplication) -> None:
        menu = DropMenu(button)
        if one.outcome != Outcome.ACTIVE:
            menu.offer(tr("Reopen"), lambda: card.reopened.emit(one))
        else:
            menu.offer(tr("Move to another opening…"), lambda: card.transfer_asked.emit(one))
            if one.held:
                menu.offer(tr("Go on, no longer on hold"), lambda: card.resumed.emit(one))
            else:
                menu.offer(tr("Put on hold…"), lambda: card.hold_asked.emit(one))
        menu.drop()


def _stands(one: TheirApplication) -> str:
    """Where an application stands, in one line."""
    words = [tr("applied {day}").format(day=day(one.applied_on))] if one.applied_on else []
    if one.outcome != Outcome.ACTIVE:
        ended = closed_words(one.outcome, one.why, one.reason)
        return " · ".join([*words, tr("last in {stage}").format(stage=one.stage), ended])
    words.append(tr("stage {stage}, {days}").format(stage=one.stage, days=ntr("{n} day", "{n} days", one.days)))
    if one.cards_planned:
        words.append(tr("{n} of {all} cards in").format(n=one.cards_in, all=one.cards_planned))
    if one.held:
        words.append(held_words(one.held, one.held_until))
    return " · ".join(words)
