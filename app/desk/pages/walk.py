"""The walk: the agenda with its minutes, who speaks, second scores keyed in silence, red flags, and the note."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.desk.controls import Button
from app.desk.growing import GrowingText
from app.desk.label import Text, rule
from app.desk.pages.agenda import Agenda
from app.desk.pages.flags import FlagList
from app.desk.pages.person import clear
from app.desk.pages.secondscores import SecondScores
from app.desk.pages.sidebyside import ScoreCell
from app.desk.strip import Size
from app.desk.theme import Theme
from app.domain.debrief import Seated, Turn, speaking_order
from app.queries.debrief import DebriefPage
from app.words import tr

_TICK_MS = 1000
_NOTE_HIGH = 92  # px at ordinary text size


class Stopwatch:
    """How long each dimension has been talked about, in milliseconds; the one that is open runs."""

    def __init__(self) -> None:
        self._spent: dict[str, int] = {}
        self._running: str | None = None
        self._since = QElapsedTimer()

    def run(self, dimension: str | None) -> None:
        """Go on counting for this one; the one before keeps what it has."""
        if dimension == self._running:
            return
        if self._running is not None:
            self._spent[self._running] = self.spent(self._running)
        self._running = dimension
        self._since.start()

    def spent(self, dimension: str) -> int:
        """What a dimension has taken so far."""
        running = self._since.elapsed() if dimension == self._running else 0
        return self._spent.get(dimension, 0) + running


class WalkHead(QWidget):
    """Which dimension it is, of how many, and the time that is left for it."""

    def __init__(self) -> None:
        super().__init__()
        self._watch = Stopwatch()
        self._page: DebriefPage | None = None
        self._dimension = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self._title = Text("", "lead", weight=500, elide=True)
        self._place = Text("", tone="soft")
        self._time = Text("", "lead", weight=600)
        self._of = Text("", tone="soft")
        row.addWidget(self._title)
        row.addWidget(self._place, 1)
        row.addWidget(self._time)
        row.addWidget(self._of)
        column.addLayout(row)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Time for this dimension"))
        column.addWidget(self._bar)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def show_page(self, page: DebriefPage, dimension: str) -> None:
        """Show this dimension; its time runs."""
        self._page, self._dimension = page, dimension
        self._watch.run(dimension)
        self._tick.start()
        place = [i.dimension for i in page.items].index(dimension)
        self._title.setText(page.rubric.dimension(dimension).short)
        self._place.setText(tr("{n} of {all}").format(n=place + 1, all=len(page.items)))
        self._show_time()

    def rest(self) -> None:
        """Stop the time."""
        self._watch.run(None)
        self._tick.stop()

    def _show_time(self) -> None:
        if self._page is None:
            return
        planned = next(i.minutes for i in self._page.items if i.dimension == self._dimension) * 60
        left = planned - self._watch.spent(self._dimension) // 1000
        self._time.setText(_clock(abs(left)))
        self._time.set_tone("ink" if left >= 0 else "warn")
        self._of.setText(tr("of {time}").format(time=_clock(planned)) if left >= 0 else tr("over"))
        self._bar.setRange(0, planned)
        self._bar.setValue(max(0, left))


class WalkPane(QWidget):
    """The right side of a debrief until the last dimension is walked.

    `chosen` wants another dimension talked about, `next_asked` that this one is done, `skip_asked` that the rest is
    skipped. `voted` carries second scores by colleague, `noted` a note that is being typed, `left` one that was left.
    """

    chosen = Signal(str)
    next_asked = Signal()
    skip_asked = Signal()
    voted = Signal(str, object)
    noted = Signal(str, str)
    left = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dimension: str | None = None
        self._head = WalkHead()
        self._agenda = Agenda(theme)
        self._agenda.chosen.connect(self.chosen)
        self.flags = FlagList(theme)
        self.scores = SecondScores(theme)
        self.scores.voted.connect(lambda given: self.voted.emit(self._dimension, given))
        self.skip = Button(tr("Skip the rest"), "link")
        self.skip.clicked.connect(self.skip_asked)
        self._speakers = QVBoxLayout()
        self._speakers.setSpacing(4)
        hint = tr("What was said that is on no card")
        self.note = GrowingText(theme, tr("Note on this dimension"), hint, role="box")
        self.note.typed.connect(self._typed)
        self.note.finished.connect(self._finished)
        self._next = Button(tr("Next"), "primary")
        self._next.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._next.clicked.connect(self.next_asked)
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def dimension(self) -> str | None:
        """The one that is talked about."""
        return self._dimension

    def show_page(self, page: DebriefPage, dimension: str) -> None:
        """Show the debrief as it is, at this dimension."""
        if self._dimension != dimension:
            self.note.forget()
        self._dimension = dimension
        self._head.show_page(page, dimension)
        self._agenda.show_page(page, dimension)
        self._show_speakers(page, dimension)
        self.scores.show_page(page, dimension)
        self.flags.show_flags([f for f in page.flags if dimension in f.dimensions])
        self.note.fill(page.walked[dimension].note)
        self._next.set_words(_next_words(page, dimension))

    def rest(self) -> None:
        """Nothing is talked about now."""
        self._head.rest()
        self._dimension = None

    def _typed(self, text: str) -> None:
        if self._dimension is not None:
            self.noted.emit(self._dimension, text)

    def _finished(self, text: str) -> None:
        if self._dimension is not None:
            self.left.emit(self._dimension, text)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addWidget(self._agenda)
        column.addWidget(rule())
        last = QHBoxLayout()
        last.addWidget(Text(tr("Decision opens after the last dimension"), "caption", tone="soft", wrap=True), 1)
        last.addWidget(self.skip)
        column.addLayout(last)
        column.addWidget(rule())
        column.addWidget(Text(tr("Who speaks"), "caption", weight=500, tone="soft"))
        column.addLayout(self._speakers)
        column.addWidget(self.flags)
        column.addWidget(rule())
        column.addWidget(self.scores)
        column.addWidget(rule())
        column.addWidget(Text(tr("Note"), "caption", weight=500, tone="soft"))
        column.addWidget(self.note)
        column.addStretch(1)
        column.addWidget(self._next)

    def _show_speakers(self, page: DebriefPage, dimension: str) -> None:
        clear(self._speakers)
        scores: dict[int, int | None] = {}
        for column in page.columns:
            score = column.rating(dimension).score
            if scores.get(column.colleague) is None:
                scores[column.colleague] = score
        names = _names(page)
        seated = [Seated(colleague, score) for colleague, score in scores.items()]
        if page.manager is not None and page.manager not in scores:
            seated.append(Seated(page.manager, None))
            names = {**names, page.manager: page.manager_name}
        silent = [names[s.colleague] for s, turn in speaking_order(seated, page.manager) if turn is Turn.NO_SCORE]
        for who, turn in speaking_order(seated, page.manager):
            if turn is Turn.NO_SCORE:
                if silent:
                    self._speakers.addWidget(self._speaker(None, ", ".join(silent), tr("did not score it"), page))
                    silent = []
                continue
            self._speakers.addWidget(self._speaker(who.score, names[who.colleague], _turn_words(turn), page))

    def _speaker(self, score: int | None, name: str, words: str, page: DebriefPage) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        cell: QWidget = QWidget()
        if score is not None:
            cell = ScoreCell(self._theme, score, page.rule.bar, Size.SMALL)
        else:
            cell.setFixedWidth(self._theme.px(14))
        row.addWidget(cell)
        row.addWidget(Text(name, tone="ink" if score is not None else "soft", wrap=True), 1)
        row.addWidget(Text(words, "caption", tone="soft"))
        return holder

    def _measure(self) -> None:
        self.note.setMinimumHeight(self._theme.px(_NOTE_HIGH))


def _next_words(page: DebriefPage, dimension: str) -> str:
    after = next_dimension(page, dimension)
    if after is None:
        return tr("To the decision")
    return tr("Next, {dimension}").format(dimension=page.rubric.dimension(after).short)


def next_dimension(page: DebriefPage, dimension: str) -> str | None:
    """The dimension to talk about after this one: the next on the agenda that was not walked; None after the last."""
    order = [i.dimension for i in page.items]
    place = order.index(dimension)
    left = [d for d in (*order[place + 1 :], *order[:place]) if page.walked[d].at is None]
    return left[0] if left else None


def _names(page: DebriefPage) -> dict[int, str]:
    return {c.colleague: c.name for c in page.columns}


def _turn_words(turn: Turn) -> str:
    return {
        Turn.LOWEST: tr("lowest, first"),
        Turn.HIGHEST: tr("highest"),
        Turn.SCORED: tr("then"),
        Turn.NO_SCORE: tr("did not score it"),
        Turn.MANAGER: tr("hiring manager, last"),
    }[turn]


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
