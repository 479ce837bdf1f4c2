"""One offer: written while it is a draft, then approved, sent and answered; and its packet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.actions import offer
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.offers.form import OfferForm, read_amount
from app.desk.pages.offers.packet_pages import PagePanel, page_words
from app.desk.pages.offers.state import OfferState
from app.desk.parts.approvals import ask_answer, ask_name
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_dialog import ask_where
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, holder, scrolling, wide
from app.desk.parts.line_rows import LineRows, Row
from app.desk.parts.side_panel import confirm
from app.desk.parts.subject_page import SubjectPage
from app.domain.offer import NEEDS_REASON, OfferStatus
from app.domain.offer_pages import PacketPage
from app.errors import Refused
from app.packets.printables import OFFER
from app.phrases.rubric import offer_word
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.offer import OfferView, offer_page
from app.store.change_report import ChangeReport
from app.words import day, tr

_RIGHT = 330  # px at ordinary text size
_BOTH = 860  # px at ordinary text size: narrower, the two columns stand below each other


class OfferPage(SubjectPage[OfferView]):
    """One offer. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._packet = Button(tr("Offer packet"), "primary", run=self._ask_packet)
        self._person = Button(tr("Candidate"), run=self._go_person)
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
        command = CommandsOf("offer", tr("Offer"), self.there)
        return (
            command("packet", tr("Offer packet"), self._ask_packet, "Ctrl+Shift+P"),
            command("person", tr("To the candidate"), self._go_person),
        )

    def panes(self) -> Sequence[QWidget]:
        """What it says, then where it stands, then the form that is open."""
        return (self.form, self.state, *(panel for panel in self.panels if not panel.isHidden()))

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

    def _build(self) -> None:
        theme = self.desk.theme
        self.bar = FileBar(self.desk)
        self.form = OfferForm(theme)
        self.form.edited.connect(self._edit)
        self.form.goals_edited.connect(self._set_goals)
        self.form.amounts.edited.connect(self._set_amounts)
        self.form.terms.edited.connect(self._set_terms)
        self.form.conditions.edited.connect(self._set_conditions)
        self.form.pages.left_out.connect(self._leave_out)
        self.form.pages.asked.connect(self._ask_page)
        self.page_form = PagePanel(theme)
        self.page_form.saved.connect(self._save_page)
        self.state = OfferState(self.workspace.zone)
        self.state.asked.connect(self._advance)
        self.state.approvals.answered.connect(partial(ask_answer, self.desk, self))
        self.state.approvals.named.connect(partial(ask_name, self.desk, self))
        self._title = Text("", "title", wrap=True)
        self._line = Text("", tone="soft", wrap=True)
        self._scroll = scrolling(self._sheet())
        empty = EmptyPage(
            theme,
            tr("No offer is shown"),
            tr("Choose one from the list."),
            tr("To the offers"),
            partial(self.desk.go, "offers"),
        )
        self.lay_out(self._scroll, empty, self.page_form)
        theme.changed.connect(self._arrange)

    def _sheet(self) -> QWidget:
        """Everything that scrolls: the head over what the offer says and where it stands."""
        self._side = holder(column(self.state, STRETCH))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self.form, 1)
        self._columns.addWidget(self._side)
        return holder(
            column(self._title, self._line, self.bar, Space(8), wide(self._columns), gap=6, margins=(20, 16, 20, 20))
        )

    def query(self, subject: int) -> Callable[[], OfferView]:
        """The offer."""
        return partial(offer_page, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """Whom goals can be given to."""
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._take_colleagues)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def fill(self, page: OfferView) -> None:
        """Whose it is and how it stands, what it says, and its days."""
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

    def _edit(self, values: dict[str, Any]) -> None:
        if self.shown is not None:
            self.act(partial(offer.edit, self.workspace, self.shown.id, **values))

    def _set_goals(self, goals: list[str]) -> None:
        def refused(why: Refused) -> None:
            self.form.goals_settled()
            self.desk.refuse(why)
            self.read_again()

        if self.shown is not None:
            action = partial(offer.edit, self.workspace, self.shown.id, goals=goals)
            self.act(action, lambda _changed: self.form.goals_settled(), refused)

    def _set_amounts(self, rows: tuple[Row, ...]) -> None:
        amounts = [read_amount(row) for row in rows]
        self._set_rows(self.form.amounts, lambda shown: partial(offer.set_amounts, self.workspace, shown, amounts))

    def _set_terms(self, rows: tuple[Row, ...]) -> None:
        terms = [(name, text) for name, text in rows]
        self._set_rows(self.form.terms, lambda shown: partial(offer.set_terms, self.workspace, shown, terms))

    def _set_conditions(self, rows: tuple[Row, ...]) -> None:
        words = [row[0] for row in rows]
        self._set_rows(self.form.conditions, lambda shown: partial(offer.edit, self.workspace, shown, conditions=words))

    def _leave_out(self, pages: tuple[PacketPage, ...]) -> None:
        if self.shown is not None:
            wanted = self.shown.pages.model_copy(update={"left_out": pages})
            self.act(partial(offer.set_pages, self.workspace, self.shown.id, wanted))

    def _ask_page(self, page: PacketPage) -> None:
        if self.shown is not None:
            self.page_form.show_page(self.shown, page)
            self.open_panel(self.page_form, page_words(page))

    def _save_page(self) -> None:
        if self.shown is None:
            return
        try:
            typed = self.page_form.typed()
        except ValueError:
            said = tr("Something on this page is empty or too long.")
            self.page_form.refuse(Refused(said, tr("Lines take 800 characters, names of groups 30.")))
            return
        self.act_in(self.page_form, partial(offer.set_pages, self.workspace, self.shown.id, typed))

    def _set_rows(self, rows: LineRows, action: Callable[[int], Callable[[], ChangeReport]]) -> None:
        """Save rows; they hear whether they were taken."""
        assert self.shown is not None
        self.act(action(self.shown.id), lambda _changed: rows.taken(), rows.refuse)

    def _whole(self) -> bool:
        """Whether everything typed is in the file; says what is not. What leaves must say what the screen says."""
        self.flush()
        self.desk.work.drain()
        why = self.form.unsaved()
        if why:
            self.desk.refuse(Refused(why, tr("Mend the row or take it out first.")))
        return not why

    def _advance(self, way: str) -> None:
        page, status, today = self.shown, OfferStatus(way), self.workspace.today()
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
            lambda reason: self.act(partial(offer.advance, self.workspace, page.id, status, today, reason)),
            reason=tr("Why, as it was given") if status in NEEDS_REASON else "",
        )

    def _ask_packet(self) -> None:
        page = self.shown
        if page is None or self.bar.busy or not self._whole():
            return
        name, words = tr("{name}, offer.pdf"), tr("Making the offer packet for {name}")
        make = partial(self.bar.print_one, OFFER, page.application, words.format(name=page.name))
        ask_where(self, OFFER.title, name.format(name=page.name), make)

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
