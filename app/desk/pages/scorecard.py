"""The scorecard: one interview scored while one listens, from the keyboard alone, saved as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions import scorecard
from app.desk.commands import Command
from app.desk.controls import Button
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.brief import BriefPane
from app.desk.pages.cardhead import CardHead, SavedMark
from app.desk.pages.dimension import DimensionPane
from app.desk.pages.rows import DimensionRow
from app.desk.pages.vote import VotePane
from app.desk.panel import confirm
from app.domain.kinds import Kind
from app.domain.scorecard import Missing, Overall, missing
from app.errors import Refused
from app.queries.scorecard import CardPage, card_page
from app.store.changed import Changed
from app.words import clock, tr

TICK_MS = 15_000


class ScorecardPage(Page):
    """One card. `arrived(card=…)` shows a card, `arrived(interview=…)` begins that interview's card first."""

    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.SCORECARD, Kind.INTERVIEW})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card: int | None = None
        self._shown: CardPage | None = None
        self._open: str | None = None
        self._pending: dict[str, int] = {}
        self._typing: dict[str, int | None] = {"note": None, "evidence": None}
        self._choosing_reason = False
        self._unsaved = 0
        self._rows: dict[str, DimensionRow] = {}
        self._pane: DimensionPane | None = None
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_time)

    # What the window asks of a page

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
        where = tr("Scorecard")
        scores = [
            Command(
                f"scorecard.score.{n}", tr("Score {n}").format(n=n), partial(self._digit, n), (str(n),), where,
                self._can_write, listed=False,
            )
            for n in (1, 2, 3, 4)
        ]  # fmt: skip
        return [
            *scores,
            Command("scorecard.none", tr("Not assessed"), self._ask_reason, ("0",), where, self._can_write),
            Command("scorecard.next", tr("Next dimension"), partial(self._step, 1), ("N",), where, self._has_card),
            Command("scorecard.back", tr("Previous dimension"), partial(self._step, -1), ("P",), where, self._has_card),
            Command("scorecard.evidence", tr("Write evidence"), self._focus_evidence, ("E",), where, self._can_write),
            Command("scorecard.note", tr("Write a note"), self._brief.entry.setFocus, ("T",), where, self._can_write),
            Command("scorecard.vote", tr("Overall vote"), self._vote.focus, ("V",), where, self._can_write),
            Command(
                "scorecard.submit",
                tr("Submit the card"),
                self._ask_submit,
                ("Ctrl+Shift+Return",),
                where,
                self._can_write,
            ),
        ]

    def panes(self) -> Sequence[QWidget]:
        """Notes, then dimensions."""
        return (self._brief, self._right)

    def arrived(self, **where: Any) -> None:
        """Show `card`, or begin the card of `interview`."""
        self._tick.start()
        if "interview" in where:
            self.desk.write(
                partial(scorecard.start, self.desk.workspace, where["interview"]),
                self._started,
                self,
                self._not_started,
            )
        elif "card" in where and where["card"] != self._card:
            self._take(where["card"])
        else:
            self._ask()

    def left(self) -> None:
        """Save what is being typed."""
        self.flush()
        self._tick.stop()

    def flush(self) -> None:
        """Save what is being typed in any field of the page."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and hasattr(focused, "save_now"):
            focused.save_now()

    def changed(self, report: Any) -> None:
        """Somebody changed a card or the interview."""
        self._ask()

    # Building

    def _build(self) -> None:
        desk = self.desk
        self._saved = SavedMark(desk.theme)
        self._submit = Button(tr("Submit card"), "primary")
        self._submit.clicked.connect(self._ask_submit)
        self._amend = Button(tr("Amend"))
        self._amend.clicked.connect(self._ask_amend)
        self._amend.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = CardHead(desk.theme, desk.workspace.zone)
        column.addWidget(self._head)
        across = QHBoxLayout()
        across.setSpacing(0)
        self._brief = BriefPane(desk.theme, desk.workspace.zone)
        across.addWidget(self._brief, 4)
        across.addWidget(self._right_half(), 7)
        column.addLayout(across, 1)
        brief = self._brief
        brief.asked.connect(lambda question, on: self._write(partial(scorecard.ask, self._ws, self._id, question, on)))
        brief.opened.connect(self._open_dimension)
        brief.note_typed.connect(lambda text: self._type("note", text, None))
        brief.note_entered.connect(lambda: self._end_typing("note"))
        brief.note_turned.connect(self._turn_note)
        brief.note_saved.connect(self._save_line)
        brief.note_used.connect(lambda line, target: self._write(partial(scorecard.use_note, self._ws, line, target)))
        brief.entry.escaped.connect(self._focus_dimension)

    def _right_half(self) -> QWidget:
        self._right = QScrollArea()
        self._right.setWidgetResizable(True)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = QFrame()
        frame.setProperty("role", "dimensions")
        self._dimensions = QVBoxLayout(frame)
        self._dimensions.setContentsMargins(0, 4, 20, 16)
        self._dimensions.setSpacing(0)
        self._vote = VotePane(self.desk.theme)
        self._vote.voted.connect(self._give_vote)
        self._vote.why.escaped.connect(self._focus_dimension)
        self._dimensions.addWidget(self._vote)
        self._dimensions.addStretch(1)
        self._right.setWidget(frame)
        return self._right

    # Data

    @property
    def _ws(self) -> Any:
        return self.desk.workspace

    @property
    def _id(self) -> int:
        assert self._card is not None
        return self._card

    def _started(self, changed: Changed) -> None:
        self._take(changed.subject)

    def _not_started(self, refused: Refused) -> None:
        self.desk.refuse(refused)
        self.desk.back()

    def _take(self, card: int) -> None:
        self._card, self._shown, self._open = card, None, None
        self._pending.clear()
        self._typing = {"note": None, "evidence": None}
        self._ask()

    def _ask(self) -> None:
        if self._card is not None:
            self.desk.work.ask(self, "card", partial(card_page, self._ws, self._card), self._show, self._not_started)

    def _write(self, action: Callable[[], Changed], then: Callable[[Changed], None] | None = None) -> None:
        """Write, and say "Saved" with the time when it is in the file."""
        self._unsaved += 1
        self._saved.saving()

        def done(changed: Changed) -> None:
            self._unsaved -= 1
            if self._unsaved == 0:
                self._saved.saved(clock(changed.at, self._ws.zone))
            if then is not None:
                then(changed)
            self._ask()

        def failed(refused: Refused) -> None:
            self._unsaved -= 1
            self._pending.clear()
            self._saved.failed()
            self.desk.refuse(refused)
            self._ask()

        self.desk.write(action, done, self, failed)

    def _show(self, page: CardPage) -> None:
        first = self._shown is None
        self._shown = page
        if first:
            self._build_rows(page)
            self._saved.untouched()
            self._open_dimension(self._first_open(page), focus=False)
            self.headed.emit()
        self._refresh()
        if first and self._can_write():
            self._brief.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_open(self, page: CardPage) -> str:
        answered = [d for d in page.content.planned if page.content.rating(d).answered]
        waiting = [d for d in page.content.planned if d not in answered]
        if answered and waiting and page.state == "draft":
            newest = max((line for line in page.lines if line.dimension), key=lambda line: line.at, default=None)
            return newest.dimension if newest and newest.dimension else waiting[0]
        return (waiting or list(page.content.planned))[0]

    def _build_rows(self, page: CardPage) -> None:
        for row in self._rows.values():
            row.deleteLater()
        self._rows = {}
        for place, dimension in enumerate(page.rubric.dimensions):
            row = DimensionRow(self.desk.theme, dimension, planned=dimension.id in page.content.planned)
            row.clicked.connect(partial(self._open_dimension, dimension.id))
            self._rows[dimension.id] = row
            self._dimensions.insertWidget(place, row)

    def _refresh(self) -> None:
        page = self._shown
        if page is None:
            return
        now = self._ws.now()
        self._head.show_card(page, self._pending, now)
        self._brief.show_card(page, clock(now, self._ws.zone), self._open, self._typing["note"])
        for dimension, row in self._rows.items():
            row.show_rating(page, self._pending.get(dimension))
            row.setVisible(dimension != self._open)
        if self._pane is not None and self._open is not None:
            self._pane.show_card(page, self._pending.get(self._open), self._typing["evidence"], self._choosing_reason)
        self._vote.show_card(page)
        self._submit.setVisible(self._can_write())
        self._amend.setVisible(page.mine and page.state == "submitted")

    def _show_time(self) -> None:
        if self._shown is not None:
            self._head.show_time(self._shown, self._ws.now())

    def _can_write(self) -> bool:
        return self._shown is not None and self._shown.mine and self._shown.state == "draft"

    def _has_card(self) -> bool:
        return self._shown is not None

    # Dimensions

    def _open_dimension(self, dimension: str, *, focus: bool = True) -> None:
        page = self._shown
        if page is None or dimension not in page.content.planned:
            return
        self.flush()
        self._end_typing("evidence")
        self._choosing_reason = False
        self._open = dimension
        if self._pane is not None:
            self._dimensions.removeWidget(self._pane)
            self._pane.hide()
            self._pane.deleteLater()
        pane = DimensionPane(
            self.desk.theme, self._ws.zone, page.rubric, page.rubric.dimension(dimension), page.content.level
        )
        self._pane = pane
        pane.scored.connect(self._score)
        pane.not_assessed.connect(self._give_reason)
        pane.evidence_typed.connect(lambda text: self._type("evidence", text, dimension))
        pane.evidence_entered.connect(lambda: self._end_typing("evidence"))
        pane.line_saved.connect(self._save_line)
        pane.line_back.connect(lambda line: self._write(partial(scorecard.use_note, self._ws, line, None)))
        pane.observed.connect(
            lambda signal, on, quote: self._write(
                partial(scorecard.observe, self._ws, self._id, dimension, signal, on, quote),
                lambda _changed: pane.focus_quote(signal) if on and not quote else None,
            )
        )
        pane.escaped.connect(self._focus_dimension)
        place = next(i for i, d in enumerate(page.rubric.dimensions) if d.id == dimension)
        self._dimensions.insertWidget(place, pane)
        self._refresh()
        if focus:
            pane.focus_anchors()
        QTimer.singleShot(0, pane, lambda: self._right.ensureWidgetVisible(pane, 0, 40))

    def _step(self, by: int) -> None:
        if self._shown is None or self._open is None:
            return
        planned = [d for d in self._shown.rubric.dimension_ids if d in self._shown.content.planned]
        place = planned.index(self._open) + by
        if 0 <= place < len(planned):
            self._open_dimension(planned[place])
        elif by > 0:
            self._vote.focus()

    def _digit(self, number: int) -> None:
        if self._choosing_reason and self._pane is not None:
            reasons = self._pane.reasons()
            if number <= len(reasons):
                self._give_reason(reasons[number - 1])
            return
        self._score(number)

    def _score(self, score: int) -> None:
        if self._open is None or not self._can_write():
            return
        dimension = self._open
        self._choosing_reason = False
        self._pending[dimension] = score
        self._refresh()
        self._write(
            partial(scorecard.rate, self._ws, self._id, dimension, score),
            lambda _changed: self._settle(dimension, score),
        )

    def _settle(self, dimension: str, score: int) -> None:
        if self._pending.get(dimension) == score:
            del self._pending[dimension]

    def _ask_reason(self) -> None:
        if self._pane is not None:
            self._choosing_reason = True
            self._refresh()
            self._pane.focus_reason()

    def _give_reason(self, reason: str) -> None:
        self._choosing_reason = False
        if self._open is not None:
            self._write(partial(scorecard.not_assessed, self._ws, self._id, self._open, reason))
            self._focus_dimension()

    def _focus_dimension(self) -> None:
        self._choosing_reason = False
        if self._pane is not None:
            self._pane.focus_anchors()

    def _focus_evidence(self) -> None:
        if self._pane is not None:
            self._pane.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Typed lines: the line being typed is in the file from its first word on

    def _type(self, field: str, text: str, dimension: str | None) -> None:
        if self._typing[field] == -1:
            self.desk.work.drain()  # its first word is on the way: the line's number comes back with it
        line = self._typing[field]
        if line is not None:
            self._write(partial(scorecard.edit_note, self._ws, line, text))
            if not text.strip():
                self._typing[field] = None
        elif text.strip():
            self._typing[field] = -1
            self._write(partial(scorecard.note, self._ws, self._id, text, dimension), partial(self._typed_line, field))

    def _typed_line(self, field: str, changed: Changed) -> None:
        if self._typing[field] == -1:
            self._typing[field] = next(c.row for c in changed.changes if c.table == "note")

    def _end_typing(self, field: str) -> None:
        """The line is finished: it joins the others, and the field is free for the next one."""
        entry = self._brief.entry if field == "note" else (self._pane.entry if self._pane else None)
        self._typing[field] = None
        if entry is not None and entry.text:
            entry.forget()
        self._refresh()

    def _turn_note(self) -> None:
        """Ctrl+Enter: the note just typed becomes evidence for the open dimension."""
        if self._open is None or self._typing["note"] is None:
            return
        self.desk.work.drain()
        line = self._typing["note"]
        self._end_typing("note")
        if line is not None and line > 0:
            self._write(partial(scorecard.use_note, self._ws, line, self._open))

    def _save_line(self, line: int, text: str) -> None:
        self._write(partial(scorecard.edit_note, self._ws, line, text))

    # The vote, submitting, amending

    def _give_vote(self, vote: str, why: str) -> None:
        self._write(partial(scorecard.vote, self._ws, self._id, Overall(vote) if vote else None, why))

    def _ask_submit(self) -> None:
        if not self._can_write() or self._shown is None:
            return
        self.flush()
        self.desk.work.drain()
        self.desk.work.ask(self, "submit", partial(card_page, self._ws, self._id), self._confirm_submit)

    def _confirm_submit(self, page: CardPage) -> None:
        lacks = missing(page.content)
        if lacks:
            self._write(partial(scorecard.submit, self._ws, self._id))
            self._jump(lacks[0])
            return
        confirm(
            self.desk.theme, self, tr("Submit your card for {name}?").format(name=page.candidate),
            tr("A submitted card is never edited. What changes later is a new card with its reason."),
            tr("Submit card"),
            lambda _why: self._write(partial(scorecard.submit, self._ws, self._id), lambda _c: self._submitted(page)),
        )  # fmt: skip

    def _submitted(self, page: CardPage) -> None:
        self.desk.say(tr("Your card for {name} is in.").format(name=page.candidate))

    def _jump(self, lack: Missing) -> None:
        """Go where the first missing thing is filled in."""
        if lack.dimension is None:
            self._vote.focus()
            return
        self._open_dimension(lack.dimension)
        if lack.lack == "evidence":
            self._focus_evidence()
        elif lack.lack == "quote" and lack.signal is not None and self._pane is not None:
            self._pane.focus_quote(lack.signal)

    def _ask_amend(self) -> None:
        if self._shown is None:
            return
        confirm(
            self.desk.theme, self, tr("Amend this card?"),
            tr("The submitted card stays. A new one begins with the same content and takes its place once it is in."),
            tr("Begin the amendment"),
            lambda why: self.desk.write(partial(scorecard.amend, self._ws, self._id, why), self._started, self),
            reason=tr("Why? It stands on the new card."),
        )  # fmt: skip
