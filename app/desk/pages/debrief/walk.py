"""The walk: the agenda with its minutes, who speaks, second scores keyed in silence, red flags, and the note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.pages.debrief.agenda import Agenda
from app.desk.pages.debrief.flags import FlagList
from app.desk.parts.controls import Button
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.second_scores import SecondScores, votes_in
from app.desk.parts.section import clear
from app.desk.parts.side_by_side import ScoreCell
from app.desk.parts.strip import Size
from app.desk.parts.time_head import TimeHead
from app.desk.theme import Theme
from app.domain.debrief import Seated, SpeakingTurn, speaking_order
from app.queries.debrief import DebriefView
from app.words import tr

_NOTE_HIGH = 92  # px at ordinary text size


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
        self._head = TimeHead(tr("Time for this dimension"))
        self._agenda = Agenda(theme)
        self._agenda.chosen.connect(self.chosen)
        self.flags = FlagList(theme)
        self.scores = SecondScores(theme)
        self.scores.voted.connect(lambda given: self.voted.emit(self._dimension, given))
        self.skip = Button(tr("Skip the rest"), "link")
        self.skip.clicked.connect(self.skip_asked)
        self._speakers = column(gap=4)
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

    def show_page(self, page: DebriefView, dimension: str) -> None:
        """Show the debrief as it is, at this dimension."""
        if self._dimension != dimension:
            self.note.forget()
        self._dimension = dimension
        place = [i.dimension for i in page.items].index(dimension)
        self._head.show_subject(
            dimension,
            page.rubric.dimension(dimension).short,
            tr("{n} of {all}").format(n=place + 1, all=len(page.items)),
            page.items[place].minutes,
        )
        self._agenda.show_page(page, dimension)
        self._show_speakers(page, dimension)
        self.scores.ask(dimension, *votes_in(page, dimension))
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
        column(
            self._head,
            self._agenda,
            line_across(),
            row(
                wide(Text(tr("Decision opens after the last dimension"), "caption", tone="soft", wrap=True)), self.skip
            ),
            line_across(),
            Text(tr("Who speaks"), "caption", weight=500, tone="soft"),
            self._speakers,
            self.flags,
            line_across(),
            self.scores,
            line_across(),
            Text(tr("Note"), "caption", weight=500, tone="soft"),
            self.note,
            STRETCH,
            self._next,
            gap=10,
            on=self,
        )

    def _show_speakers(self, page: DebriefView, dimension: str) -> None:
        clear(self._speakers)
        scores: dict[int, int | None] = {}
        for body in page.columns:
            score = body.rating(dimension).score
            if scores.get(body.colleague) is None:
                scores[body.colleague] = score
        names = _names(page)
        seated = [Seated(colleague, score) for colleague, score in scores.items()]
        if page.manager is not None and page.manager not in scores:
            seated.append(Seated(page.manager, None))
            names = {**names, page.manager: page.manager_name}
        silent = [
            names[s.colleague] for s, turn in speaking_order(seated, page.manager) if turn is SpeakingTurn.NO_SCORE
        ]
        for who, turn in speaking_order(seated, page.manager):
            if turn is SpeakingTurn.NO_SCORE:
                if silent:
                    self._speakers.addWidget(self._speaker(None, ", ".join(silent), tr("did not score it"), page))
                    silent = []
                continue
            self._speakers.addWidget(self._speaker(who.score, names[who.colleague], _turn_words(turn), page))

    def _speaker(self, score: int | None, name: str, words: str, page: DebriefView) -> QWidget:
        cell: QWidget = QWidget()
        if score is not None:
            cell = ScoreCell(self._theme, score, page.rule.bar, Size.SMALL)
        else:
            cell.setFixedWidth(self._theme.px(14))
        return holder(
            row(
                cell,
                wide(Text(name, tone="ink" if score is not None else "soft", wrap=True)),
                Text(words, "caption", tone="soft"),
                gap=8,
            )
        )

    def _measure(self) -> None:
        self.note.setMinimumHeight(self._theme.px(_NOTE_HIGH))


def _next_words(page: DebriefView, dimension: str) -> str:
    after = next_dimension(page, dimension)
    if after is None:
        return tr("To the decision")
    return tr("Next, {dimension}").format(dimension=page.rubric.dimension(after).short)


def next_dimension(page: DebriefView, dimension: str) -> str | None:
    """The dimension to talk about after this one: the next on the agenda that was not walked; None after the last."""
    order = [i.dimension for i in page.items]
    place = order.index(dimension)
    left = [d for d in (*order[place + 1 :], *order[:place]) if page.walked[d].at is None]
    return left[0] if left else None


def _names(page: DebriefView) -> dict[int, str]:
    return {c.colleague: c.name for c in page.columns}


def _turn_words(turn: SpeakingTurn) -> str:
    return {
        SpeakingTurn.LOWEST: tr("lowest, first"),
        SpeakingTurn.HIGHEST: tr("highest"),
        SpeakingTurn.SCORED: tr("then"),
        SpeakingTurn.NO_SCORE: tr("did not score it"),
        SpeakingTurn.MANAGER: tr("hiring manager, last"),
    }[turn]
