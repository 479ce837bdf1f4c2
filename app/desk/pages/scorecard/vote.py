"""The overall vote of a scorecard. It opens when every planned dimension has a score or a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.parts.controls import Segmented
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, row, wide
from app.desk.theme import Theme
from app.domain.scorecard import Overall, answered, vote_is_open
from app.phrases.rubric import overall_word
from app.queries.scorecard import CardView
from app.words import tr


class VotePane(QWidget):
    """Four choices and a sentence; `voted` carries the vote (empty for none) and the sentence."""

    voted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.why = GrowingText(theme, tr("Why, in a sentence"), tr("Why, in a sentence (may stay empty)"))
        self._note = Text("", "caption", tone="soft", elide=True)
        head = row(Text(tr("Overall vote"), "lead", weight=500), wide(self._note))
        self._choice = Segmented([(v.value, overall_word(v)) for v in Overall], tr("Overall vote"), strong=True)
        self._choice.chosen.connect(lambda vote: self.voted.emit(vote, self.why.text))
        self.why.typed.connect(lambda text: self.voted.emit(self._choice.value or "", text))
        column(head, aligned(self._choice, LEFT), self.why, gap=8, margins=(20, 16, 0, 8), on=self)

    def focus(self) -> None:
        """Put the focus on the vote."""
        key = self._choice.value or Overall.STRONG_HIRE.value
        self._choice.button(key).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_card(self, page: CardView) -> None:
        """Show the vote as the card has it, closed until it opens."""
        is_open = vote_is_open(page.content)
        editable = page.writable
        for vote in Overall:
            self._choice.button(vote.value).setEnabled(is_open and editable)
        self._choice.choose(page.content.overall.value if page.content.overall else None)
        planned = len(page.content.planned)
        left = planned - answered(page.content)
        self._note.setText(
            "" if is_open else tr("opens when {n} more dimensions have a score or a reason").format(n=left)
        )
        self.why.setVisible(is_open)
        self.why.setReadOnly(not editable)
        self.why.fill(page.content.overall_reason)
