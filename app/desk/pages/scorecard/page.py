"""The scorecard: one interview scored while one listens, from the keyboard alone, saved as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.actions import scorecard
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.scorecard.brief import BriefPane
from app.desk.pages.scorecard.dimension import DimensionPane
from app.desk.pages.scorecard.evidence_typing import EVIDENCE, NOTE, CardEvidenceTyping
from app.desk.pages.scorecard.examples import Examples
from app.desk.pages.scorecard.head import CardHead, SavedMark
from app.desk.pages.scorecard.rows import DimensionRow, Dimensions, first_to_open
from app.desk.pages.scorecard.saving import CardSaving
from app.desk.pages.scorecard.submission import CardSubmission
from app.desk.pages.scorecard.transcript_reading import KINDS, CardTranscript
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.subject_page import SubjectPage
from app.domain.scorecard import MissingOnCard
from app.errors import Refused
from app.queries.scorecard import CardView, Line, card_page
from app.store.change_report import ChangeReport
from app.words import clock, tr

TICK_MS = 15_000
_NARROW, _BROAD = 1000, 1240  # px at ordinary text size


class ScorecardPage(SubjectPage[CardView]):
    """One card. `arrived(card=…)` shows a card, `arrived(interview=…)` begins that interview's card first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, zone = desk.theme, self.workspace.zone
        self._choosing_reason = False
        self._rows: dict[str, DimensionRow] = {}
        self.pane: DimensionPane | None = None
        self._saved, self.head = SavedMark(theme), CardHead(theme, zone)
        self._brief, self._right = BriefPane(theme, zone), Dimensions(theme)
        self.vote = self._right.vote
        self._saving = CardSaving(self, self._saved)
        self._typing = CardEvidenceTyping(self._saving, self._brief, lambda: self.pane, self.refresh)
        self._submission = CardSubmission(self, self._saving, self._go_to)
        self.call = CardTranscript(self, self._saving, lambda: self._open)
        self._call_open = False
        self.setAcceptDrops(True)
        self._submit = Button(tr("Submit card"), "primary", run=self._submission.ask_submit)
        self._amend = Button(tr("Amend"), run=self._submission.ask_amend)
        parts = row(wide(self._brief, 4), wide(self.call.pane, 4), wide(self._right, 7), gap=0)
        empty = EmptyPage(
            theme,
            tr("No scorecard is shown"),
            tr("Choose an interview."),
            tr("To the interviews"),
            partial(desk.go, "interviews"),
        )
        self.lay_out(holder(column(self.head, self.call.bar, wide(parts), gap=0)), empty, self.call.consent)
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def breadcrumb(self) -> Sequence[Crumb]:
        if self.shown is None or self.shown.mine:
            last = tr("My scorecard")
        else:
            last = tr("{name}’s scorecard").format(name=self.shown.author)
        return (Crumb(tr("Interviews"), "interviews"), Crumb(last))

    def top_actions(self) -> Sequence[QWidget]:
        """When it was saved, and the one action: submit a draft of mine, or amend a card of mine that is in."""
        page = self.shown
        if self.can_write():
            return (self._saved, self._submit)
        amends = page is not None and page.mine and page.state == "submitted"
        return (self._saved, self._amend) if amends else (self._saved,)

    def commands(self) -> Sequence[Command]:
        """Plain keys work where no text is typed, those of scores on the open dimension; Escape leaves a text."""
        command = CommandsOf("scorecard", tr("Scorecard"), self.there)
        mine, here, submission = self.can_write, self._scores_here, self._submission
        scores = (
            command(
                f"score.{n}",
                tr("Score {n}").format(n=n),
                partial(self.score, n),
                str(n),
                when=mine,
                listed=False,
                keyed=here,
            )
            for n in (1, 2, 3, 4)
        )
        return (
            *scores,
            command("none", tr("Not assessed"), self._ask_reason, "0", when=mine, keyed=here),
            command("clear", tr("Take the score back"), self._clear, "Backspace", when=mine, keyed=here),
            command("next", tr("Next dimension"), partial(self._step, 1), "N"),
            command("back", tr("Previous dimension"), partial(self._step, -1), "P"),
            command("examples", tr("What this score looked like here"), self._show_examples, "L"),
            command("evidence", tr("Write evidence, or make the chosen lines it"), self._evidence, "E", when=mine),
            command("transcript", tr("Transcript of the call"), self._go_to_call, "R", when=self._has_call),
            command("transcript.delete", tr("Delete the transcript"), self.call.ask_delete, when=self._is_in_call),
            command("note", tr("Write a note"), self._brief.entry.setFocus, "T", when=mine),
            command("vote", tr("Overall vote"), self.vote.focus, "V", when=mine),
            command("submit", tr("Submit the card"), submission.ask_submit, "Ctrl+Shift+Return", when=mine),
            command("discard", tr("Throw this draft away"), submission.ask_discard, when=mine),
        )

    def panes(self) -> Sequence[QWidget]:
        """Notes, the transcript where there is one, then dimensions."""
        parts = (self._brief, self.call.pane, self._right, self.call.consent)
        return tuple(part for part in parts if part is self._right or not part.isHidden())

    def arrived(self, **where: Any) -> None:
        """Show `card`, or begin the card of `interview`."""
        self._tick.start()
        if "interview" in where:
            begin = partial(scorecard.start, self.workspace, where["interview"])
            self.act(begin, lambda changed: self.arrived(card=changed.subject), self._turn_away)
        else:
            super().arrived(id=where.get("card", self.subject))

    def left(self) -> None:
        """Save what is being typed, and let it go."""
        if (typed := self._typed_in()) is not None:
            typed.finish_now()
        self._tick.stop()

    def flush(self) -> None:
        if (typed := self._typed_in()) is not None:
            typed.save_now()

    def _typed_in(self) -> GrowingText | None:
        focused = QApplication.focusWidget()
        return focused if isinstance(focused, GrowingText) and self.isAncestorOf(focused) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page, hints give way to words."""
        super().resizeEvent(event)
        self.refresh()

    def _connect(self) -> None:
        self.vote.voted.connect(self._submission.vote)
        self.vote.why.escaped.connect(self._focus_dimension)
        brief, typing = self._brief, self._typing
        brief.asked.connect(partial(self._saving.on_card, scorecard.ask))
        brief.opened.connect(self.open_dimension)
        brief.call_asked.connect(self._go_to_call)
        brief.place_asked.connect(self._go_to_place)
        self.call.pane.escaped.connect(self._focus_dimension)
        brief.entry.turned.connect(typing.turn_note)
        typing.follow(NOTE, None)
        brief.note_saved.connect(typing.save)
        brief.note_used.connect(typing.use)
        brief.entry.escaped.connect(self._focus_dimension)

    # What is shown

    def query(self, subject: int) -> Callable[[], CardView]:
        return partial(card_page, self.workspace, subject)

    def page_for(self, refused: Refused) -> EmptyPage:
        """One that can't be shown is left."""
        self._turn_away(refused)
        return super().page_for(refused)

    def _turn_away(self, refused: Refused) -> None:
        self.desk.refuse(refused)
        self.desk.back()

    def put_away(self) -> None:
        """Its fields are empty, and no dimension is open."""
        self._saving.pending.clear()
        self._typing.forget()
        self.call.put_away()
        self._call_open = False
        self._close_dimension()

    def fill(self, page: CardView) -> None:
        """Where one left off, with the focus where notes are typed."""
        first = self.pane is None
        if first:
            for line in self._rows.values():
                line.deleteLater()
            self._rows = {}
            for place, dimension in enumerate(page.rubric.dimensions):
                line = DimensionRow(self.desk.theme, dimension, planned=dimension.id in page.content.planned)
                line.clicked.connect(partial(self.open_dimension, dimension.id))
                self._rows[dimension.id] = line
                self._right.column.insertWidget(place, line)
            self._saved.untouched()
            self.open_dimension(first_to_open(page), focus=False)
        self.refresh()
        if first and self.can_write():
            self._brief.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the card with the scores that are on their way to the file."""
        page, open_one = self.shown, self._open
        if page is None:
            return
        now, pending = self.workspace.now(), self._saving.pending
        narrow = self.width() < self.desk.theme.px(_NARROW)
        self.head.show_card(page, pending, now)
        self._brief.show_card(page, clock(now, self.workspace.zone), open_one, self._typing.hidden(NOTE), narrow)
        for dimension, entry in self._rows.items():
            entry.show_rating(page, pending.get(dimension))
            entry.setVisible(dimension != open_one)
        if self.pane is not None and open_one is not None:
            line = self._typing.hidden(EVIDENCE)
            self.pane.show_card(page, pending.get(open_one), line, self._choosing_reason, narrow)
        self.vote.show_card(page)
        self._show_call(page)

    def _show_call(self, page: CardView) -> None:
        """The transcript stands beside the questions, in a narrow page in their place while it is wanted."""
        self.call.show_card(page)
        broad = self.width() >= self.desk.theme.px(_BROAD)
        shown = page.transcript is not None and (broad or self._call_open)
        self.call.pane.setVisible(shown)
        self._brief.setVisible(broad or not shown)

    def _show_time(self) -> None:
        if self.shown is not None:
            self.head.show_time(self.shown, self.workspace.now())

    def can_write(self) -> bool:
        """Whether this is a draft of mine."""
        return self.shown is not None and self.shown.writable

    # The open dimension

    @property
    def _open(self) -> str | None:
        return self.pane.dimension if self.pane is not None else None

    def _close_dimension(self) -> None:
        if self.pane is not None:
            self._right.column.removeWidget(self.pane)
            self.pane.hide()
            self.pane.deleteLater()
            self.pane = None

    def open_dimension(self, dimension: str, *, focus: bool = True) -> None:
        """Open a planned dimension; the one that was open closes."""
        page = self.shown
        if page is None or dimension not in page.content.planned:
            return
        self.flush()
        self._typing.end(EVIDENCE)
        self._choosing_reason = False
        self._close_dimension()
        known, level = page.rubric.dimension(dimension), page.content.level
        examples = Examples(self.desk, page.id, dimension, page.rubric.bar)
        self.pane = pane = DimensionPane(self.desk.theme, self.workspace.zone, page.rubric, known, level, examples)
        pane.scored.connect(self.score)
        pane.not_assessed.connect(self._give_reason)
        self._typing.follow(EVIDENCE, dimension)
        pane.line_saved.connect(self._typing.save)
        pane.line_back.connect(lambda line: self._typing.use(line, None))
        pane.observed.connect(partial(self._observe, pane))
        pane.escaped.connect(self._focus_dimension)
        pane.place_asked.connect(self._go_to_place)
        place = next(i for i, d in enumerate(page.rubric.dimensions) if d.id == dimension)
        self._right.column.insertWidget(place, pane)
        self.refresh()
        if focus:
            pane.focus_anchors()
        QTimer.singleShot(0, pane, lambda: self._right.ensureWidgetVisible(pane, 0, 40))

    def _observe(self, pane: DimensionPane, signal: str, on: bool, quote: str) -> None:
        def then(_changed: ChangeReport) -> None:
            if on and not quote:
                pane.focus_quote(signal)

        self._saving.on_card(scorecard.observe, pane.dimension, signal, on, quote, then=then)

    def _step(self, by: int) -> None:
        """Open a neighbouring planned dimension; after the last comes the vote."""
        if self.shown is None or self._open is None:
            return
        planned = [d for d in self.shown.rubric.dimension_ids if d in self.shown.content.planned]
        place = planned.index(self._open) + by
        if 0 <= place < len(planned):
            self.open_dimension(planned[place])
        elif by > 0:
            self.vote.focus()

    def _go_to(self, lack: MissingOnCard) -> None:
        """Go where something missing is filled in."""
        if lack.dimension is None:
            self.vote.focus()
            return
        self.open_dimension(lack.dimension)
        if lack.lack == "evidence":
            self._focus_evidence()
        elif lack.lack == "quote" and lack.signal is not None and self.pane is not None:
            self.pane.focus_quote(lack.signal)

    def _scores_here(self) -> bool:
        """Whether the focus is on the anchors of the open dimension, or on the reasons for not assessing it."""
        return self.pane is not None and self.pane.takes_scores(QApplication.focusWidget())

    def score(self, score: int) -> None:
        """Give the open dimension a score."""
        if self._open is not None and self.can_write():
            self._choosing_reason = False
            self._saving.rate(self._open, score)
            self.refresh()

    def _clear(self) -> None:
        if self._open is not None:
            self._saving.on_card(scorecard.clear, self._open)

    def _ask_reason(self) -> None:
        if self.pane is not None:
            self._choosing_reason = True
            self.refresh()
            self.pane.focus_reason()

    def _give_reason(self, reason: str) -> None:
        self._choosing_reason = False
        if self._open is not None:
            self._saving.on_card(scorecard.not_assessed, self._open, reason)
            self._focus_dimension()

    def _focus_dimension(self) -> None:
        self._choosing_reason = False
        if self.pane is not None:
            self.pane.focus_anchors()

    def _evidence(self) -> None:
        """In the transcript the chosen lines become evidence; elsewhere it is written."""
        self.call.take() if self.call.pane.list.hasFocus() else self._focus_evidence()

    def _focus_evidence(self) -> None:
        if self.pane is not None:
            self.pane.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_examples(self) -> None:
        if self.pane is not None:
            self.pane.examples.toggle()

    # The transcript

    def _has_call(self) -> bool:
        """Whether there is a transcript to go to, or one may be read in."""
        return self._is_in_call() or self.can_write()

    def _is_in_call(self) -> bool:
        return self.shown is not None and self.shown.transcript is not None

    def _go_to_call(self) -> None:
        """Into the search of the transcript, out of it again, or to the file it is read from."""
        if not self._is_in_call():
            self.call.choose()
            return
        self._call_open = not (self._call_open and self.call.pane.holds_focus())
        self.refresh()
        (self.call.pane.search if self.call.pane.isVisible() else self._brief.entry).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def _go_to_place(self, line: Line) -> None:
        """To where a line of evidence was said."""
        self._call_open = True
        self.refresh()
        self.call.go_to(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a transcript for a draft of mine; forms are the window's."""
        event.setAccepted(self.can_write() and _dropped(event) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.call.bring(path)


def _dropped(event: QDropEvent) -> Path | None:
    """The one transcript that is dragged."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() in KINDS else None
