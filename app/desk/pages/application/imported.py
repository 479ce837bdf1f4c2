"""Cards that came from another program: read here, and counted nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.section import Section
from app.domain.imported_card import SCORES, CardFromElsewhere, MarkFromElsewhere, known_word
from app.queries.imported_cards import ImportedCards
from app.words import day, ntr, tr


class ImportedCardsCard(Section):
    """Shown where there is any."""

    def __init__(self, zone: tzinfo) -> None:
        note = tr("They enter no strip, no word of the panel and no report.")
        super().__init__(tr("Cards from elsewhere"), note=note)
        self._zone = zone

    def show_cards(self, held: ImportedCards) -> None:
        """Show those one may see, or that they are sealed."""
        self.setVisible(bool(held.cards or held.sealed))
        sealed = ntr(
            "One card is sealed to you until your own is in.",
            "{n} cards are sealed to you until your own is in.",
            held.sealed,
        )
        self.show_lines((holder(column(*self._card(card), gap=10)) for card in held.cards), sealed, gap=8)

    def _card(self, card: CardFromElsewhere) -> Iterator[QWidget]:
        at = card.submitted_at or card.held_at
        on = day(at.astimezone(self._zone).date()) if at is not None else ""
        facts = " · ".join(w for w in (card.round, on, tr("from {source}").format(source=card.source)) if w)
        head = [
            Text(card.author or tr("author not known"), weight=500, wrap=True),
            Text(facts, "caption", tone="soft", wrap=True),
        ]
        if card.overall:
            head.append(Text(tr("Overall: {said}").format(said=_said(card.overall)), wrap=True))
        yield holder(column(*head, gap=4))
        if card.marks:
            yield holder(column(*map(_mark, card.marks), gap=4))
        if card.text:
            yield Text(card.text, wrap=True, selectable=True)


def _mark(mark: MarkFromElsewhere) -> QWidget:
    words = mark.name if not mark.note else tr("{name}: {note}").format(name=mark.name, note=mark.note)
    said = _said(mark.said)
    if mark.needs_a_person:
        said = tr("{said}, needs a person").format(said=said)
    return holder(row(wide(Text(words, wrap=True, selectable=True)), Text(said, "caption", tone="soft"), gap=12))


def _said(word: str) -> str:
    """The word as it came, with the score it is."""
    known = {
        "definitely_not": tr("definitely not"),
        "no": tr("no"),
        "mixed": tr("mixed"),
        "yes": tr("yes"),
        "strong_yes": tr("strong yes"),
        "no_decision": tr("no decision"),
    }
    said = known.get(known_word(word), word) or tr("nothing said")
    score = SCORES.get(known_word(word))
    return tr("{said} ({score})").format(said=said, score=score) if score is not None else said
