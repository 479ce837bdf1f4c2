"""Writing an assessment: dimension by dimension against the level's own sentence, alone, submitted last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.actions import assessment
from app.desk.commands import Command
from app.desk.controls import Button
from app.desk.desk import Desk
from app.desk.empty import EmptyPage
from app.desk.label import Text
from app.desk.page import Crumb, Page
from app.desk.pages.assessedline import DimensionPane
from app.desk.pages.person import clear
from app.desk.panel import confirm
from app.desk.strip import Cell, cell_size, paint_cell
from app.desk.theme import Theme
from app.domain.assessment import NoScore
from app.domain.kinds import Kind
from app.errors import Refused
from app.phrases import no_score_word, relation_word
from app.queries.assessment import AssessmentPage as Shown
from app.queries.assessment import assessment_page
from app.store.changed import Changed
from app.store.workspace import Workspace
from app.words import day, ntr, tr

_LEFT = 268  # px at ordinary text size


class _Row(QAbstractButton):
    """A dimension in the list: its cell, its name, how much is there."""

    def __init__(self, theme: Theme, dimension: str) -> None:
        super().__init__()
        self._theme, self._dimension = theme, dimension
        self._current, self._core = False, False
        self._cell, self._name, self._state = Cell(), "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: Shown, *, current: bool) -> None:
        """Show the dimension as the assessment has it; `current` is the one that is open."""
        self._current, dimension = current, self._dimension
        rating = page.content.rating(dimension)
        cell = page.level.cells[dimension]
        self._cell = Cell(rating.score, cell.bar or 3)
        self._name = page.guide.dimension(dimension).short
        self._core = cell.weight == "core"
        if rating.reason is not None:
            self._state = no_score_word(rating.reason, short=True)
        elif rating.facts:
            self._state = ntr("{n} line", "{n} lines", len(rating.facts))
        else:
            self._state = tr("no line yet") if rating.score is not None else ""
        said = str(rating.score) if rating.score is not None else (self._state or tr("no score yet"))
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(200), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cell, name, state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height, width = self._theme, self.height(), self.width()
        if self._current or self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self._current else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        size = cell_size(theme)
        rect = QRectF(8, (height - size.height()) / 2, size.width(), size.height())
        paint_cell(painter, rect, self._cell, theme, ground="accent_soft" if self._current else "background")
        caption = theme.font("caption")
        taken = QFontMetricsF(caption).horizontalAdvance(self._state)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(caption)
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QRectF(width - taken - 8, 0, taken + 2, height), middle, self._state)
        font = theme.font("body", 600 if self._core else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        room = width - taken - 16 - rect.right() - 8
        name = QFontMetricsF(font).elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(rect.right() + 8, 0, room, height), middle, name)
        painter.end()


class AssessmentPage(Page):
    """`arrived(id=…)` shows an assessment of a member."""

    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.ASSESSMENT, Kind.FACT, Kind.MEMBER, Kind.CYCLE})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Shown | None = None
        self._assessment: int | None = None
        self._current: str | None = None
        self._rows: dict[str, _Row] = {}
        self.submit = Button(tr("Submit…"), "primary")
        self.submit.clicked.connect(self._ask_submit)
        self._amend = Button(tr("Amend…"))
        self._amend.clicked.connect(self._ask_amend)
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """The calibration or the team, the person, Assessment."""
        page = self.shown
        first = Crumb(tr("Team"), "team")
        if page is None:
            return (first, Crumb(tr("Assessment")))
        if page.cycle is not None:
            first = Crumb(page.cycle_name, "calibration", {"id": page.cycle})
        return (first, Crumb(page.name, "member", {"id": page.member}), Crumb(tr("Assessment")))

    def top_actions(self) -> Sequence[QWidget]:
        """Submit it, or amend it once it is in."""
        page = self.shown
        if page is None:
            return ()
        if not page.locked:
            return (self.submit,)
        return (self._amend,) if page.mine and page.state == "submitted" else ()

    def commands(self) -> Sequence[Command]:
        """Keys as on the scorecard."""
        where, open_ = tr("Assessment"), self._can_write
        scores = tuple(
            Command(f"assessment.{n}", tr("Score {n}").format(n=n), partial(self.rate, n), (str(n),), where, open_)
            for n in (1, 2, 3, 4)
        )
        return (
            *scores,
            Command("assessment.0", tr("Not assessed: nothing seen of it"), self._not_seen, ("0",), where, open_),
            Command("assessment.clear", tr("Take the score back"), self._clear, ("Backspace",), where, open_),
            Command("assessment.next", tr("Next dimension"), partial(self.step, 1), ("N",), where, self._is_there),
            Command("assessment.previous", tr("Previous dimension"), partial(self.step, -1), ("P",), where,
                    self._is_there),
            Command("assessment.evidence", tr("Write evidence"), self._focus_entry, ("E",), where, open_),
            Command("assessment.rows", tr("Back to the dimensions"), self._focus_rows, ("Ctrl+Shift+Up", "Alt+Up"),
                    where, self._is_there),
            Command("assessment.submit", tr("Submit the assessment"), self._ask_submit, ("Ctrl+Shift+Return",), where,
                    open_),
        )  # fmt: skip

    def panes(self) -> Sequence[QWidget]:
        """Dimensions, then the open one."""
        return (self._left, self.pane)

    def arrived(self, **where: Any) -> None:
        """Show assessment `id`; one of another rater is typed in from paper."""
        chosen = where.get("id", self._assessment)
        if chosen != self._assessment:
            self.shown, self._current = None, None
            self._assessment = chosen
            if chosen is not None:
                self.desk.write(partial(assessment.begin, self._ws, chosen), lambda _c: self._ask(), self, self._quiet)
                return
        self._ask()

    def changed(self, report: Any) -> None:
        """Something in it is another now."""
        self._ask()

    def flush(self) -> None:
        """Save what is being typed."""
        self.pane.words.save_now()

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        self._title = Text("", "lead", weight=600, wrap=True)
        self._about = Text("", "caption", tone="soft", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(1)
        self._left = QFrame()
        self._left.setAccessibleName(tr("Dimensions"))
        column = QVBoxLayout(self._left)
        column.setContentsMargins(20, 16, 14, 16)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(6)
        column.addLayout(self._list)
        column.addStretch(1)
        self.pane = DimensionPane(theme)
        pane = self.pane
        pane.scored.connect(self.rate)
        pane.excused.connect(lambda reason: self._write(partial(self._excuse, reason)))
        pane.said.connect(self._say)
        pane.added.connect(self._add_fact)
        pane.dropped.connect(lambda fact: self._write(partial(assessment.edit_fact, self._ws, fact, text="")))
        self._empty = EmptyPage(
            theme, tr("No assessment is shown"), tr("Open one from a calibration or from the team."),
            tr("To the team"), lambda: self.desk.go("team"),
        )  # fmt: skip
        held = QWidget()
        across = QHBoxLayout(held)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._side = _scrolling(self._left)
        across.addWidget(self._side)
        right = _scrolling(pane)
        right.setProperty("role", "side")
        across.addWidget(right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(held)
        self._stack.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        theme = self.desk.theme
        self._side.setFixedWidth(theme.px(_LEFT * 0.68 if theme.large_text else _LEFT))

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    def _is_there(self) -> bool:
        return self.shown is not None

    def _can_write(self) -> bool:
        return self.shown is not None and not self.shown.locked

    # Data

    def _quiet(self, _refused: Refused) -> None:
        """What can't be begun is shown as far as one may see it."""
        self._ask()

    def _ask(self) -> None:
        if self._assessment is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self.desk.work.ask(
            self, "assessment", partial(assessment_page, self._ws, self._assessment), self._show, self._gone
        )

    def _gone(self, refused: Refused) -> None:
        self.shown = None
        self._empty.set_words(refused.sentence, refused.remedy)
        self._stack.setCurrentWidget(self._empty)
        self.headed.emit()

    def _show(self, page: Shown) -> None:
        if page.id != self._assessment:
            return
        arrived = self.shown is None
        self.shown = page
        self._stack.setCurrentIndex(0)
        self._title.setText(tr("{name} against {level}").format(name=page.name, level=page.level.title))
        parts = [page.rater_name, relation_word(page.relation)]
        if page.submitted_at is not None:
            parts.append(tr("in on {day}").format(day=day(page.submitted_at.astimezone(self._ws.zone).date())))
        else:
            parts.append(tr("{n} of {all}").format(n=page.content.answered, all=len(page.content.dimensions)))
        self._about.setText(" · ".join(parts))
        if self._current not in page.content.dimensions:
            lacking = [d for d in page.content.dimensions if not page.content.rating(d).answered]
            self._current = (lacking or list(page.content.dimensions))[0]
        if list(self._rows) != list(page.content.dimensions):
            clear(self._list)
            self._rows = {d: _Row(self.desk.theme, d) for d in page.content.dimensions}
            for dimension, row in self._rows.items():
                row.clicked.connect(lambda _on=False, chosen=dimension: self.choose(chosen))
                self._list.addWidget(row)
        for dimension, row in self._rows.items():
            row.show_page(page, current=dimension == self._current)
        self.pane.show_dimension(page, self._current)
        if arrived:
            self._focus_rows()
        self.headed.emit()

    # Deeds

    def choose(self, dimension: str) -> None:
        """Open another dimension."""
        self.flush()
        self._current = dimension
        if self.shown is not None:
            self._show(self.shown)

    def step(self, by: int) -> None:
        """Go on to the next one, or back."""
        page = self.shown
        if page is None or self._current is None:
            return
        order = page.content.dimensions
        self.choose(order[(order.index(self._current) + by) % len(order)])
        self._focus_rows()

    def _write(self, action: Callable[[], Changed]) -> None:
        self.desk.write(action, lambda _changed: self._ask(), self)

    def _at(self) -> tuple[int, str]:
        assert self._assessment is not None
        assert self._current is not None
        return self._assessment, self._current

    def rate(self, score: int) -> None:
        """Give the open dimension a score."""
        if self._can_write():
            self._write(partial(assessment.rate, self._ws, *self._at(), score))

    def _excuse(self, reason: str) -> Changed:
        return assessment.not_assessed(self._ws, *self._at(), NoScore(reason))

    def _not_seen(self) -> None:
        self._write(partial(self._excuse, str(NoScore.NOT_SEEN)))

    def _clear(self) -> None:
        self._write(partial(assessment.clear, self._ws, *self._at()))

    def _say(self, words: str) -> None:
        if self._can_write():
            assert self._assessment is not None
            self._write(partial(assessment.say, self._ws, self._assessment, self.pane.dimension, words))

    def _add_fact(self, on: Any, text: str, source: str, inferred: bool) -> None:
        def done(_changed: Changed) -> None:
            self.pane.entry.begin(on)
            self._ask()

        self.desk.write(
            partial(assessment.add_fact, self._ws, *self._at(), text, on, inferred=inferred, source=source), done, self
        )

    def _focus_entry(self) -> None:
        self.pane.entry.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_rows(self) -> None:
        row = self._rows.get(self._current or "")
        if row is not None:
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_submit(self) -> None:
        page = self.shown
        if page is None or page.locked:
            return
        self.flush()

        def done(_changed: Changed) -> None:
            self.desk.say(tr("The assessment of {name} is in.").format(name=page.name))
            self._ask()

        confirm(
            self.desk.theme, self, tr("Submit the assessment of {name}?").format(name=page.name),
            tr("It can’t be changed afterwards. A correction is a new one with its reason, and this one stays."),
            tr("Submit"), lambda _reason: self.desk.write(partial(assessment.submit, self._ws, page.id), done, self),
        )  # fmt: skip

    def _ask_amend(self) -> None:
        page = self.shown
        if page is not None:
            confirm(
                self.desk.theme, self, tr("Amend it?"), tr("The first one stays as it is, with your reason."),
                tr("Begin the amendment"),
                lambda reason: self.desk.write(
                    partial(assessment.amend, self._ws, page.id, reason),
                    lambda changed: self.arrived(id=changed.subject), self,
                ),
                reason=tr("What changed your mind, or what was wrong?"),
            )  # fmt: skip


def _scrolling(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
