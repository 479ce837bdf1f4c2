"""The scorecard: one interview scored while one listens, from the keyboard alone, saved as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from app.actions import scorecard
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.scorecard.brief import BriefPane
from app.desk.pages.scorecard.commands import card_commands
from app.desk.pages.scorecard.dimension import DimensionPane
from app.desk.pages.scorecard.evidence_typing import EVIDENCE, NOTE, CardEvidenceTyping
from app.desk.pages.scorecard.examples import Examples
from app.desk.pages.scorecard.head import CardHead, SavedMark
from app.desk.pages.scorecard.rows import DimensionRow, Dimensions, first_to_open
from app.desk.pages.scorecard.submission import CardSubmission
from app.desk.parts.controls import Button
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.layout import column, row, wide
from app.errors import Refused
from app.queries.scorecard import CardView, card_page
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import clock, tr

TICK_MS = 15_000
Then = Callable[[ChangeReport], None] | None
Failed = Callable[[], None] | None
_NARROW = 1000  # px at ordinary text size


class ScorecardPage(Page):
    """One card. `arrived(card=…)` shows a card, `arrived(interview=…)` begins that interview's card first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card: int | None = None
        self._shown: CardView | None = None
        self._open: str | None = None
        self._pending: dict[str, int] = {}
        self._typed = CardEvidenceTyping(self)
        self._choosing_reason = False
        self._unsaved = 0
        self._rows: dict[str, DimensionRow] = {}
        self.pane: DimensionPane | None = None
        self._declaring = CardSubmission(self)
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Interviews, then whose card it is."""
        if self._shown is None or self._shown.mine:
            last = tr("My scorecard")
        else:
            last = tr("{name}’s scorecard").format(name=self._shown.author)
        return (Crumb(tr("Interviews"), "interviews"), Crumb(last))

    def top_actions(self) -> Sequence[QWidget]:
        """When it was saved, and the one action: submit, or amend."""
        return (self._saved, self._submit, self._amend)

    def commands(self) -> Sequence[Command]:
        """Scores, not assessed, next and previous, notes and evidence, vote, submit."""
        return card_commands(self, self._brief, self._declaring)

    def panes(self) -> Sequence[QWidget]:
        """Notes, then dimensions."""
        return (self._brief, self._right)

    def arrived(self, **where: Any) -> None:
        """Show `card`, or begin the card of `interview`."""
        self._tick.start()
        if "interview" in where:
            self.desk.write(
                partial(scorecard.start, self.desk.workspace, where["interview"]),
                self.started,
                self,
                self._not_started,
            )
        elif "card" in where and where["card"] != self._card:
            self._take(where["card"])
        else:
            self._ask()

    def left(self) -> None:
        """Save what is being typed, and let it go."""
        focused = QApplication.focusWidget()
        if isinstance(focused, GrowingText) and self.isAncestorOf(focused):
            focused.finish_now()
        self._tick.stop()

    def flush(self) -> None:
        """Save what is being typed in any field of the page."""
        focused = QApplication.focusWidget()
        if isinstance(focused, GrowingText) and self.isAncestorOf(focused):
            focused.save_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page, hints give way to words."""
        super().resizeEvent(event)
        self.refresh()

    def changed(self, report: Any) -> None:
        """Somebody changed a card or the interview."""
        self._ask()

    def _build(self) -> None:
        desk = self.desk
        self._saved = SavedMark(desk.theme)
        self._submit = Button(tr("Submit card"), "primary")
        self._submit.clicked.connect(self._declaring.ask_submit)
        self._amend = Button(tr("Amend"))
        self._amend.clicked.connect(self._declaring.ask_amend)
        self._amend.hide()
        self._sheet, self._blank = QWidget(), QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._sheet)
        self._head = CardHead(desk.theme, desk.workspace.zone)
        self._brief = BriefPane(desk.theme, desk.workspace.zone)
        self._right = Dimensions(desk.theme)
        self.vote = self._right.vote
        self.vote.voted.connect(self._declaring.vote)
        self.vote.why.escaped.connect(self._focus_dimension)
        column(self._head, wide(row(wide(self._brief, 4), wide(self._right, 7), gap=0)), gap=0, on=self._sheet)
        brief = self._brief
        brief.asked.connect(lambda question, on: self.act(scorecard.ask, question, on))
        brief.opened.connect(self.open_dimension)
        brief.note_typed.connect(lambda text: self._typed.type(NOTE, text, None))
        brief.note_entered.connect(lambda: self._typed.end(NOTE))
        brief.note_turned.connect(self._typed.turn_note)
        brief.note_saved.connect(self._typed.save)
        brief.note_used.connect(self._typed.use)
        brief.entry.escaped.connect(self._focus_dimension)

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.desk.workspace

    @property
    def open_one(self) -> str | None:
        """The dimension that is open."""
        return self._open

    def entry(self, field: str) -> GrowingText | None:
        """The field where a new note or a new line of evidence is typed."""
        return self._brief.entry if field == NOTE else (self.pane.entry if self.pane else None)

    @property
    def shown(self) -> CardView | None:
        """What is shown; None before it was read."""
        return self._shown

    @property
    def card(self) -> int:
        """The card that is shown."""
        assert self._card is not None
        return self._card

    def started(self, changed: ChangeReport) -> None:
        """Show the card that was begun."""
        self._take(changed.subject)

    def _not_started(self, refused: Refused) -> None:
        self.desk.refuse(refused)
        self.desk.back()

    def _take(self, card: int) -> None:
        self._card = card
        self.forget()
        self._ask()

    def forget(self) -> None:
        """No card is in sight until it is asked for again."""
        self._shown, self._open = None, None
        self._pending.clear()
        self._typed.forget()
        self._submit.hide()
        self._amend.hide()
        self._stack.setCurrentWidget(self._blank)
        self.headed.emit()

    def _ask(self) -> None:
        if self._card is not None:
            self.desk.ask(self, "card", partial(card_page, self.workspace, self._card), self._show, self._not_started)

    def act(self, action: Callable[..., ChangeReport], *given: Any, then: Then = None, failed: Failed = None) -> None:
        """Do something on the card that is shown."""
        self.write(partial(action, self.workspace, self.card, *given), then, failed)

    def write(self, action: Callable[[], ChangeReport], then: Then = None, failed: Failed = None) -> None:
        """Write, and say "Saved" with the time when it is in the file; `failed` keeps what was not taken."""
        self._unsaved += 1
        self._saved.saving()

        def done(changed: ChangeReport) -> None:
            self._unsaved -= 1
            if self._unsaved == 0:
                self._saved.saved(clock(changed.at, self.workspace.zone))
            if then is not None:
                then(changed)
            self._ask()

        def refuse(refused: Refused) -> None:
            self._unsaved -= 1
            self._pending.clear()
            (self._saved.untouched if isinstance(refused, scorecard.IncompleteScorecard) else self._saved.failed)()
            self.desk.refuse(refused)
            if failed is not None:
                failed()
            self._ask()

        self.desk.write(action, done, self, refuse)

    def fields_of(self, line: int) -> list[GrowingText]:
        """The fields that show a line."""
        found = (self._brief.field_of(line), self.pane.field_of(line) if self.pane else None)
        return [field for field in found if field is not None]

    def _show(self, page: CardView) -> None:
        first = self._shown is None
        self._shown = page
        self._stack.setCurrentWidget(self._sheet)
        if first:
            self._build_rows(page)
            self._saved.untouched()
            self.open_dimension(first_to_open(page), focus=False)
            self.headed.emit()
        self.refresh()
        if first and self.can_write():
            self._brief.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_rows(self, page: CardView) -> None:
        for line in self._rows.values():
            line.deleteLater()
        self._rows = {}
        for place, dimension in enumerate(page.rubric.dimensions):
            line = DimensionRow(self.desk.theme, dimension, planned=dimension.id in page.content.planned)
            line.clicked.connect(partial(self.open_dimension, dimension.id))
            self._rows[dimension.id] = line
            self._right.column.insertWidget(place, line)

    def refresh(self) -> None:
        """Show everything as it stands."""
        page = self._shown
        if page is None:
            return
        now, narrow = self.workspace.now(), self.width() < self.desk.theme.px(_NARROW)
        self._head.show_card(page, self._pending, now)
        self._brief.show_card(page, clock(now, self.workspace.zone), self._open, self._typed.hidden(NOTE), narrow)
        for dimension, entry in self._rows.items():
            entry.show_rating(page, self._pending.get(dimension))
            entry.setVisible(dimension != self._open)
        if self.pane is not None and self._open is not None:
            line = self._typed.hidden(EVIDENCE)
            self.pane.show_card(page, self._pending.get(self._open), line, self._choosing_reason, narrow)
        self.vote.show_card(page)
        self._submit.setVisible(self.can_write())
        self._amend.setVisible(page.mine and page.state == "submitted")

    def _show_time(self) -> None:
        if self._shown is not None:
            self._head.show_time(self._shown, self.workspace.now())

    def can_write(self) -> bool:
        """Whether this is a draft of mine."""
        return self._shown is not None and self._shown.mine and self._shown.state == "draft"

    def close_card(self) -> None:
        """Show no card any more."""
        self._card, self._shown = None, None

    def has_card(self) -> bool:
        """Whether a card was read."""
        return self._shown is not None

    def open_dimension(self, dimension: str, *, focus: bool = True) -> None:
        """Open a planned dimension; the one that was open closes."""
        page = self._shown
        if page is None or dimension not in page.content.planned:
            return
        self.flush()
        self._typed.end(EVIDENCE)
        self._choosing_reason = False
        self._open = dimension
        if self.pane is not None:
            self._right.column.removeWidget(self.pane)
            self.pane.hide()
            self.pane.deleteLater()
        known, level = page.rubric.dimension(dimension), page.content.level
        self.pane = pane = DimensionPane(self.desk.theme, self.workspace.zone, page.rubric, known, level)
        pane.scored.connect(self.score)
        pane.not_assessed.connect(self._give_reason)
        pane.evidence_typed.connect(lambda text: self._typed.type(EVIDENCE, text, dimension))
        pane.evidence_entered.connect(lambda: self._typed.end(EVIDENCE))
        pane.line_saved.connect(self._typed.save)
        pane.line_back.connect(lambda line: self._typed.use(line, None))
        pane.put_examples(Examples(self.desk, self.card, dimension, page.rubric.bar))
        pane.observed.connect(partial(self._observe, pane))
        pane.escaped.connect(self._focus_dimension)
        place = next(i for i, d in enumerate(page.rubric.dimensions) if d.id == dimension)
        self._right.column.insertWidget(place, pane)
        self.refresh()
        if focus:
            pane.focus_anchors()
        QTimer.singleShot(0, pane, lambda: self._right.ensureWidgetVisible(pane, 0, 40))

    def _observe(self, pane: DimensionPane, signal: str, on: bool, quote: str) -> None:
        then = (lambda _changed: pane.focus_quote(signal)) if on and not quote else None
        self.act(scorecard.observe, pane.dimension, signal, on, quote, then=then)

    def step(self, by: int) -> None:
        """Open a neighbouring planned dimension; after the last comes the vote."""
        if self._shown is None or self._open is None:
            return
        planned = [d for d in self._shown.rubric.dimension_ids if d in self._shown.content.planned]
        place = planned.index(self._open) + by
        if 0 <= place < len(planned):
            self.open_dimension(planned[place])
        elif by > 0:
            self.vote.focus()

    def scores_here(self) -> bool:
        """Whether the focus is on the anchors of the open dimension, or on the reasons for not assessing it."""
        return self.pane is not None and self.pane.takes_scores(QApplication.focusWidget())

    def score(self, score: int) -> None:
        """Give the open dimension a score."""
        if self._open is None or not self.can_write():
            return
        dimension = self._open
        self._choosing_reason = False
        self._pending[dimension] = score
        self.refresh()
        self.act(scorecard.rate, dimension, score, then=lambda _changed: self._settle(dimension, score))

    def _settle(self, dimension: str, score: int) -> None:
        if self._pending.get(dimension) == score:
            del self._pending[dimension]

    def clear(self) -> None:
        """Take the open dimension's score or reason back."""
        if self._open is not None:
            self.act(scorecard.clear, self._open)

    def ask_reason(self) -> None:
        """Ask why the open dimension is not assessed."""
        if self.pane is not None:
            self._choosing_reason = True
            self.refresh()
            self.pane.focus_reason()

    def _give_reason(self, reason: str) -> None:
        self._choosing_reason = False
        if self._open is not None:
            self.act(scorecard.not_assessed, self._open, reason)
            self._focus_dimension()

    def _focus_dimension(self) -> None:
        self._choosing_reason = False
        if self.pane is not None:
            self.pane.focus_anchors()

    def focus_evidence(self) -> None:
        """Put the focus where evidence is typed."""
        if self.pane is not None:
            self.pane.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_examples(self) -> None:
        """Unfold what the chosen score looked like here, or fold it."""
        if self.pane is not None and self.pane.examples is not None:
            self.pane.examples.toggle()
