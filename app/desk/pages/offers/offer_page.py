"""One offer: written while it is a draft, then approved, sent and answered; and its packet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QWidget

from app.actions import offer
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.offers.form import OfferForm, read_amount
from app.desk.pages.offers.state import OfferState
from app.desk.parts.approvals import ask_answer, ask_name
from app.desk.parts.attached_files import ask_where
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, wide
from app.desk.parts.line_rows import LineRows, Row
from app.desk.parts.packet_bar import PacketBar
from app.desk.parts.side_panel import confirm
from app.domain.offer import NEEDS_REASON, OfferStatus
from app.errors import Refused
from app.packets.names import OFFER
from app.phrases.rubric import offer_word
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.offer import OfferView, offer_page
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import day, tr

_RIGHT = 330  # px at ordinary text size
_BOTH = 860  # px at ordinary text size: narrower, the two columns stand below each other


class OfferPage(Page):
    """One offer. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: OfferView | None = None
        self.offer: int | None = None
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._packet = Button(tr("Offer packet"), "primary")
        self._packet.clicked.connect(self._ask_packet)
        self._person = Button(tr("Candidate"))
        self._person.clicked.connect(self._go_person)
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Offers, then whose."""
        last = Crumb(self.shown.name if self.shown is not None else tr("Offer"))
        return (Crumb(tr("Offers"), "offers"), last)

    def top_actions(self) -> Sequence[QWidget]:
        """The candidate, and the packet."""
        return (self._person, self._packet)

    def commands(self) -> Sequence[Command]:
        """What can be done with an offer."""
        where, there = tr("Offer"), self._there
        return (
            Command("offer.packet", tr("Offer packet"), self._ask_packet, ("Ctrl+Shift+P",), where, there),
            Command("offer.person", tr("To the candidate"), self._go_person, (), where, there),
        )

    def panes(self) -> Sequence[QWidget]:
        """What it says, then where it stands."""
        return (self.form, self.state)

    def arrived(self, **where: Any) -> None:
        """Show the offer `id`."""
        chosen = where.get("id", self.offer)
        if chosen != self.offer:
            self.shown = None
            self._stack.setCurrentWidget(self._blank)
        self.offer = chosen
        self._ask()

    def changed(self, report: Any) -> None:
        """Something of it may be another now."""
        self._ask()

    def flush(self) -> None:
        """Save what is being typed."""
        self.form.save_now()

    def unsaved(self) -> str:
        """Rows that can't be read, or were refused."""
        why = self.form.unsaved()
        if why and self.shown is not None:
            return tr("Offer to {name}: {why}").format(name=self.shown.name, why=why)
        aside = any(rows.aside() for rows in self.form.rows)
        return tr("Another offer has rows that are not saved yet.") if aside else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the columns."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    def _there(self) -> bool:
        return self.shown is not None

    def _build(self) -> None:
        theme = self.desk.theme
        self.bar = PacketBar(self.desk)
        self.bar.made.connect(self.desk.say)
        self.form = OfferForm(theme)
        self.form.edited.connect(self._edit)
        self.form.goals_edited.connect(self._set_goals)
        self.form.amounts.edited.connect(self._set_amounts)
        self.form.terms.edited.connect(self._set_terms)
        self.form.conditions.edited.connect(self._set_conditions)
        self.state = OfferState(self._ws.zone)
        self.state.asked.connect(self._advance)
        self.state.approvals.answered.connect(partial(ask_answer, self.desk, self))
        self.state.approvals.named.connect(partial(ask_name, self.desk, self))
        self._title = Text("", "title", wrap=True)
        self._line = Text("", tone="soft", wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._sheet())
        self._empty = EmptyPage(
            theme,
            tr("No offer is shown"),
            tr("Choose one from the list."),
            tr("To the offers"),
            lambda: self.desk.go("offers"),
        )
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for widget in (self._blank, self._scroll, self._empty):
            self._stack.addWidget(widget)
        column(self._stack, on=self)
        theme.changed.connect(self._arrange)

    def _sheet(self) -> QWidget:
        """Everything that scrolls: the head over what the offer says and where it stands."""
        self._side = QWidget()
        column(self.state, STRETCH, on=self._side)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self.form, 1)
        self._columns.addWidget(self._side)
        body = QWidget()
        column(
            self._title, self._line, self.bar, Space(8), wide(self._columns), gap=6, margins=(20, 16, 20, 20), on=body
        )
        return body

    def _ask(self) -> None:
        if self.offer is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self.desk.ask(self, "colleagues", partial(colleague_rows, self._ws), self._take_colleagues)
        self.desk.ask(self, "offer", partial(offer_page, self._ws, self.offer), self._show, self._gone)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def _gone(self, refused: Refused) -> None:
        self.shown = None
        self._empty.set_words(refused.sentence, refused.remedy)
        self._stack.setCurrentWidget(self._empty)
        self.headed.emit()

    def _show(self, page: OfferView) -> None:
        if page.id != self.offer:
            return
        before, self.shown = self.shown, page
        self._stack.setCurrentWidget(self._scroll)
        self._title.setText(tr("Offer to {name}").format(name=page.name))
        words = [page.role, page.code, offer_word(page.status)]
        if page.status is not OfferStatus.DRAFTED:
            words.append(tr("it stays as it was approved"))
        elif page.internal:
            said = tr("ours, and not marked for the letter: {conditions}")
            words.append(said.format(conditions="; ".join(page.internal)))
        self._line.setText(" · ".join(words))
        self.form.show_offer(page, self._colleagues)
        self.state.show_offer(page)
        self._arrange()
        if before is None or before.id != page.id:
            self.headed.emit()

    def _edit(self, values: dict[str, Any]) -> None:
        if self.shown is not None:
            self.desk.write(partial(offer.edit, self._ws, self.shown.id, **values), lambda _c: self._ask(), self)

    def _set_goals(self, goals: list[str]) -> None:
        def settled(_changed: ChangeReport) -> None:
            self.form.goals_settled()
            self._ask()

        def refused(why: Refused) -> None:
            self.form.goals_settled()
            self.desk.refuse(why)
            self._ask()

        if self.shown is not None:
            self.desk.write(partial(offer.edit, self._ws, self.shown.id, goals=goals), settled, self, refused)

    def _set_amounts(self, rows: tuple[Row, ...]) -> None:
        amounts = [read_amount(row) for row in rows]
        self._set_rows(self.form.amounts, lambda shown: partial(offer.set_amounts, self._ws, shown, amounts))

    def _set_terms(self, rows: tuple[Row, ...]) -> None:
        terms = [(name, text) for name, text in rows]
        self._set_rows(self.form.terms, lambda shown: partial(offer.set_terms, self._ws, shown, terms))

    def _set_conditions(self, rows: tuple[Row, ...]) -> None:
        words = [row[0] for row in rows]
        self._set_rows(self.form.conditions, lambda shown: partial(offer.edit, self._ws, shown, conditions=words))

    def _set_rows(self, rows: LineRows, action: Callable[[int], Callable[[], ChangeReport]]) -> None:
        """Save rows; they hear whether they were taken."""

        def taken(_changed: ChangeReport) -> None:
            rows.taken()
            self._ask()

        assert self.shown is not None
        self.desk.write(action(self.shown.id), taken, self, rows.refuse)

    def _whole(self) -> bool:
        """Whether everything typed is in the file; says what is not. What leaves must say what the screen says."""
        self.flush()
        self.desk.work.drain()
        why = self.form.unsaved()
        if why:
            self.desk.refuse(Refused(why, tr("Mend the row or take it out first.")))
        return not why

    def _advance(self, way: str) -> None:
        page, status, today = self.shown, OfferStatus(way), self._ws.today()
        if page is None or (status is OfferStatus.APPROVED and not self._whole()):
            return
        self.flush()
        says = {
            OfferStatus.APPROVED: tr("It is declared: what it says stays as it is. To change it, withdraw it."),
            OfferStatus.SENT: tr("It was sent to {name} today."),
            OfferStatus.ACCEPTED: tr("{name} is hired: the application closes. Ctrl+Z takes it back."),
        }
        sentence = says.get(status, tr("It is kept with today’s date, {day}. Ctrl+Z takes it back."))
        confirm(
            self.desk.theme,
            self,
            tr("Offer to {name}: {status}?").format(name=page.name, status=offer_word(status)),
            sentence.format(name=page.name, day=day(today)),
            tr("Record it"),
            lambda reason: self.desk.write(
                partial(offer.advance, self._ws, page.id, status, today, reason), lambda _c: self._ask(), self
            ),
            reason=tr("Why, as it was given") if status in NEEDS_REASON else "",
        )

    def _ask_packet(self) -> None:
        page = self.shown
        if page is None or self.bar.busy or not self._whole():
            return
        ask_where(
            self,
            tr("Offer packet"),
            tr("{name}, offer.pdf").format(name=page.name),
            lambda target: self.bar.make(page.application, page.name, target, OFFER),
        )

    def _go_person(self) -> None:
        if self.shown is not None:
            self.desk.go("application", id=self.shown.application)

    def _arrange(self) -> None:
        theme = self.desk.theme
        broad = self._scroll.viewport().width() >= theme.px(_BOTH)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if broad else directions.BottomToTop)
        if broad:
            self._side.setFixedWidth(theme.px(_RIGHT))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
