"""Offers: drafts, what is sent and when it lapses, what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.offers.state import lapse_words
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.grouped import GroupedPage
from app.desk.parts.label import Text
from app.desk.parts.long_list import ActionRow
from app.domain.offer import OfferStatus
from app.phrases.rubric import offer_word
from app.queries.offer import OfferRow, offer_rows
from app.words import day, ntr, tr


class _Row(ActionRow):
    """One offer, and the way to it."""

    def __init__(self, desk: Desk, item: OfferRow) -> None:
        super().__init__()
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(Text(item.name, weight=500, elide=True), 0, 0)
        grid.addWidget(Text(f"{item.role} · {item.level}", "caption", tone="soft", elide=True), 1, 0)
        status = offer_word(item.status)
        since = tr("{status} {day}").format(status=status, day=day(item.since)) if item.since else status
        row, column = (2, 0) if desk.theme.large_text else (0, 1)
        grid.addWidget(Text(since[:1].upper() + since[1:], elide=True), row, column)
        words, tone = lapse_words(item.lapses_in)
        if not words and item.expires_on is not None and OfferStatus(item.status).is_open:
            words = tr("stands until {day}").format(day=day(item.expires_on))
        grid.addWidget(Text(words, "caption", tone=tone, elide=True), row + 1, column)
        name = tr("Open the offer to {name}").format(name=item.name)
        self.button = Button(tr("Open"), name=name, run=partial(desk.go, "offer", id=item.id))
        grid.addWidget(self.button, 0, 2, row + 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 0 if desk.theme.large_text else 2)


class OffersPage(GroupedPage[tuple[OfferRow, ...]]):
    """Open offers first, the one that lapses next at the top."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            EmptyPage(
                desk.theme,
                tr("No offers yet"),
                tr("An offer begins with a decision to hire: draft it on the candidate’s page."),
                tr("Go to the pipeline"),
                partial(desk.go, "pipeline"),
            ),
        )

    def breadcrumb(self) -> Sequence[Crumb]:
        """Hire, Offers."""
        return (Crumb(tr("Hire")), Crumb(tr("Offers")))

    def question(self) -> Callable[[], tuple[OfferRow, ...]]:
        return partial(offer_rows, self.workspace)

    def fill(self, rows: tuple[OfferRow, ...]) -> None:
        is_open = [partial(_Row, self.desk, r) for r in rows if OfferStatus(r.status).is_open]
        ended = [partial(_Row, self.desk, r) for r in rows if not OfferStatus(r.status).is_open]
        words = [ntr("{n} open", "{n} open", len(is_open)), ntr("{n} ended", "{n} ended", len(ended))]
        self.show_groups(tr("Offers"), " · ".join(words), ((tr("Open"), is_open), (tr("Ended"), ended)))
