"""Where an offer stands: its days, who approved it, what may become of it next."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.parts.approvals import ApprovalList
from app.desk.parts.controls import Button
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.section import Section, clear
from app.domain.offer import NEXT, OfferStatus
from app.phrases.rubric import offer_word
from app.queries.offer import OfferView
from app.words import day, long_day, ntr, tr


def lapse_words(days: int | None) -> tuple[str, str]:
    """When an offer lapses, in words, and the tone of that."""
    if days is None:
        return "", "soft"
    if days < 0:
        return ntr("lapsed yesterday", "lapsed {n} days ago", -days), "bad"
    if days == 0:
        return tr("stands until tonight"), "warn"
    return ntr("lapses in one day", "lapses in {n} days", days), "warn" if days <= 3 else "soft"


class OfferState(QWidget):
    """`asked` carries what the offer is to become."""

    asked = Signal(str)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        frame = Section(tr("Where it stands"))
        self._column = frame.body
        column(frame, on=self)
        self._word = Text("", "lead", weight=600)
        self._lapse = Text("", "caption", wrap=True)
        self._column.addWidget(self._word)
        self._column.addWidget(self._lapse)
        self._buttons = QVBoxLayout()
        self._column.addLayout(self._buttons)
        self.approvals = ApprovalList(zone)
        self._column.addWidget(self.approvals)
        self._events = column(gap=6)
        self._column.addLayout(self._events)

    def show_offer(self, page: OfferView) -> None:
        """Show this offer."""
        self._word.setText(_sentence_case(offer_word(page.status)))
        words, tone = lapse_words(page.lapses_in)
        if page.expires_on is not None and page.status.is_open:
            until = tr("stands until {day}").format(day=long_day(page.expires_on))
            words = f"{words}, {until}" if words else until
        self._lapse.setText(_sentence_case(words))
        self._lapse.set_tone(tone)
        self._lapse.setVisible(bool(words))
        self.approvals.show_approvals(page.approvals)
        self._show_buttons(page)
        clear(self._events)
        for event in reversed(page.events):
            when = day(event.on) if event.on is not None else ""
            line = tr("{status} {day}").format(status=_sentence_case(offer_word(event.status)), day=when)
            if event.by:
                line = tr("{line}, by {name}").format(line=line, name=event.by)
            self._events.addWidget(Text(line, "caption", tone="soft", wrap=True))
            if event.reason:
                self._events.addWidget(Text(event.reason, wrap=True))

    def _show_buttons(self, page: OfferView) -> None:
        clear(self._buttons)
        ways = [s for s in OfferStatus if s in NEXT.get(page.status, frozenset())]
        if page.lapses_in is None or page.lapses_in >= 0:
            ways = [w for w in ways if w is not OfferStatus.EXPIRED]
        if not ways:
            return
        holder = QWidget()
        flow = Flow(holder, 6)
        for number, way in enumerate(ways):
            button = Button(_way_words(way), "primary" if number == 0 else "")
            button.clicked.connect(lambda _on=False, w=way: self.asked.emit(w.value))
            flow.addWidget(button)
        self._buttons.addWidget(holder)


def _way_words(way: OfferStatus) -> str:
    return {
        OfferStatus.DRAFTED: tr("Draft"),
        OfferStatus.APPROVED: tr("Approve…"),
        OfferStatus.SENT: tr("It was sent…"),
        OfferStatus.ACCEPTED: tr("Accepted…"),
        OfferStatus.DECLINED: tr("Declined…"),
        OfferStatus.EXPIRED: tr("It lapsed…"),
        OfferStatus.WITHDRAWN: tr("Withdraw…"),
    }[way]


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
