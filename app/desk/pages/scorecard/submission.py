"""What is declared on a scorecard: the overall vote, submitting it, amending it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.actions import scorecard
from app.desk.pages.scorecard.saving import CardSaving
from app.desk.pages.scorecard.transcript_reading import gone_words
from app.desk.parts.subject_page import SubjectPage
from app.domain.scorecard import MissingOnCard, Overall, missing_on_card
from app.domain.transcript import Keeping
from app.queries.scorecard import CardView, card_page
from app.words import tr


class CardSubmission:
    """The questions and writes of the end of the card that a page shows; `go_to` goes where something is missing."""

    def __init__(self, page: SubjectPage[CardView], saving: CardSaving, go_to: Callable[[MissingOnCard], None]) -> None:
        self._page, self._desk, self._saving, self._go_to = page, page.desk, saving, go_to

    def vote(self, vote: str, why: str) -> None:
        """Give the overall vote (empty: none) and the sentence to it."""
        self._saving.on_card(scorecard.vote, Overall(vote) if vote else None, why)

    def ask_submit(self) -> None:
        """Say what is missing and go there, or ask once and submit."""
        page = self._page
        if page.shown is not None and page.shown.writable:
            page.flush()
            self._desk.work.drain()
            query = partial(card_page, page.workspace, page.shown.id)
            self._desk.work.ask(page, "submit", query, self._confirm_submit)

    def _confirm_submit(self, page: CardView) -> None:
        lacks = missing_on_card(page.content)
        if lacks:
            self._saving.on_card(scorecard.submit)
            self._go_to(lacks[0])
            return
        said = tr("Your card for {name} is in.").format(name=page.candidate)
        rule = tr("A submitted card is never edited. What changes later is a new card with its reason.")
        self._page.confirm(
            tr("Submit your card for {name}?").format(name=page.candidate),
            f"{rule} {_gone_with(page)}".strip(),
            tr("Submit card"),
            lambda _why: self._saving.on_card(scorecard.submit, then=lambda _changed: self._desk.say(said)),
        )

    def ask_discard(self) -> None:
        """A draft with a transcript is asked about: that does not come back."""
        page = self._page.shown
        if page is None or page.transcript is None:
            self.discard()
            return
        self._page.confirm(
            tr("Throw this draft away?"),
            tr("Undo brings the card back, but not its transcript. {what}").format(what=gone_words()),
            tr("Throw it away"),
            lambda _why: self.discard(),
        )

    def discard(self) -> None:
        """Throw the draft away; undo brings it back."""
        card, self._page.subject = self._page.subject, None
        assert card is not None
        self._page.forget()
        throw_away = partial(scorecard.discard, self._page.workspace, card)
        self._saving.write(throw_away, lambda _changed: self._desk.go("interviews"))

    def ask_amend(self) -> None:
        """Ask why, and begin the card that takes this one's place."""
        if self._page.shown is None:
            return
        self._page.confirm(
            tr("Amend this card?"),
            tr("The submitted card stays. A new one begins with the same content and takes its place once it is in."),
            tr("Begin the amendment"),
            lambda why: self._saving.on_card(
                scorecard.amend, why, then=lambda changed: self._page.arrived(card=changed.subject)
            ),
            reason=tr("Why? It stands on the new card."),
        )


def _gone_with(page: CardView) -> str:
    """What becomes of the transcript with the submission; empty where there is none."""
    if page.transcript is None:
        return ""
    if page.keeping is Keeping.SUBMIT:
        return tr("The transcript is deleted with it. {what}").format(what=gone_words())
    if page.keeping is Keeping.DECISION:
        return tr("The transcript stays, for you alone, until the decision or the closing.")
    return tr("The transcript stays, for you alone, until you delete it.")
