"""What is declared on a scorecard: the overall vote, submitting it, amending it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions import scorecard
from app.desk.parts.side_panel import confirm
from app.domain.scorecard import MissingOnCard, Overall, missing_on_card
from app.queries.scorecard import CardView, card_page
from app.words import tr

if TYPE_CHECKING:
    from app.desk.pages.scorecard.page import ScorecardPage


class CardSubmission:
    """The questions and writes of a card's end."""

    def __init__(self, page: ScorecardPage) -> None:
        self._page = page

    def vote(self, vote: str, why: str) -> None:
        """Give the overall vote (empty: none) and the sentence to it."""
        self._page.act(scorecard.vote, Overall(vote) if vote else None, why)

    def ask_submit(self) -> None:
        """Say what is missing and go there, or ask once and submit."""
        if not self._page.can_write() or self._page.shown is None:
            return
        self._page.flush()
        self._page.desk.work.drain()
        self._page.desk.work.ask(
            self._page, "submit", partial(card_page, self._page.workspace, self._page.card), self._confirm_submit
        )

    def _confirm_submit(self, page: CardView) -> None:
        lacks = missing_on_card(page.content)
        if lacks:
            self._page.act(scorecard.submit)
            self._jump(lacks[0])
            return
        confirm(
            self._page.desk.theme,
            self._page,
            tr("Submit your card for {name}?").format(name=page.candidate),
            tr("A submitted card is never edited. What changes later is a new card with its reason."),
            tr("Submit card"),
            lambda _why: self._page.act(scorecard.submit, then=lambda _changed: self._submitted(page)),
        )

    def _submitted(self, page: CardView) -> None:
        self._page.desk.say(tr("Your card for {name} is in.").format(name=page.candidate))

    def _jump(self, lack: MissingOnCard) -> None:
        """Go where the first missing thing is filled in."""
        if lack.dimension is None:
            self._page.vote.focus()
            return
        self._page.open_dimension(lack.dimension)
        if lack.lack == "evidence":
            self._page.focus_evidence()
        elif lack.lack == "quote" and lack.signal is not None and self._page.pane is not None:
            self._page.pane.focus_quote(lack.signal)

    def discard(self) -> None:
        """Throw the draft away; undo brings it back."""
        throw_away = partial(scorecard.discard, self._page.workspace, self._page.card)
        self._page.close_card()
        self._page.write(throw_away, lambda _changed: self._page.desk.go("interviews"))

    def ask_amend(self) -> None:
        """Ask why, and begin the card that takes this one's place."""
        if self._page.shown is None:
            return
        confirm(
            self._page.desk.theme,
            self._page,
            tr("Amend this card?"),
            tr("The submitted card stays. A new one begins with the same content and takes its place once it is in."),
            tr("Begin the amendment"),
            lambda why: self._page.act(scorecard.amend, why, then=self._page.started),
            reason=tr("Why? It stands on the new card."),
        )
