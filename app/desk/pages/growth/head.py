"""The head of a growth plan: whose, the strip against the target, and its gaps in words; and the key at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from app.desk.pages.growth.gaps import gap_cell
from app.desk.pages.growth.goals import GoalScore
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.desk.parts.name_strip import NameStrip
from app.desk.parts.section import fill
from app.desk.parts.states import StateMark
from app.desk.parts.strip import PaintedCell
from app.desk.parts.strip_key import beside, sample
from app.desk.theme import Theme
from app.phrases.growth import head_words
from app.phrases.readiness import said_of
from app.phrases.rubric import count_word, way_word
from app.queries.growth import GrowthView
from app.words import day, ntr, tr


class GrowthHead(QFrame):
    """Name and strip over one line; the gaps at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "bar")
        self._left, self._right = NameStrip(theme), QWidget()
        self._right.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._word, self._why = Text("", "lead", weight=500), Text("", "caption", tone="soft")
        self._mark = row()
        self._said = row(self._mark, self._word, gap=7)
        self._right_column = column(self._said, self._why, gap=2, on=self._right)
        self._across = row(wide(self._left), self._right, gap=16, margins=(20, 14, 20, 14), on=self)

    def show_page(self, page: GrowthView) -> None:
        """Show whose plan it is."""
        self._left.name.setText(page.name)
        self._left.strip.show_cells([d.narrow for d in page.guide.dimensions], [gap_cell(g) for g in page.gaps])
        self._left.line.setText(head_line(page))
        names = {d.id: d.short for d in page.guide.dimensions}
        word, why = head_words(names, page.gaps, page.readiness, page.outcome, from_hire=page.from_hire)
        if not page.level_known:
            word, why = tr("No gaps to show"), tr("{level} is not a level of this guide").format(level=page.against)
        self._word.setText(word)
        self._why.setText(why)
        shape = said_of(page.readiness, page.outcome).shape if page.readiness is not None else None
        fill(self._mark, [StateMark(self._theme, shape, word)] if shape is not None else ())
        self.arrange()

    def arrange(self) -> None:
        """The word at the right; in large text under the line, so that there is room for both."""
        large, directions = self._theme.large_text, QBoxLayout.Direction
        self._across.setDirection(directions.TopToBottom if large else directions.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeft if large else Qt.AlignmentFlag.AlignRight
        self._across.setAlignment(self._right, Qt.AlignmentFlag(0) if large else side | Qt.AlignmentFlag.AlignVCenter)
        self._right_column.setAlignment(self._said, side)
        self._why.setAlignment(side)
        self._why.setWordWrap(large)


def head_line(page: GrowthView) -> str:
    """From which level to which, what that is, and who assessed it on which day."""
    here = tr("{title} ({level})").format(title=page.title, level=page.level)
    if page.target is None:
        words = tr("{here}, stays and deepens").format(here=here) if page.plan is not None else here
    else:
        there = tr("{title} ({level})").format(title=page.against_title, level=page.against)
        words = tr("{here} to {there}").format(here=here, there=there)
        words = f"{words}, {way_word(page.way)}" if page.way else words
    if page.from_hire and page.hired is not None:
        cards = ntr("{{count}} card", "{{count}} cards", page.hired.cards).format(count=count_word(page.hired.cards))
        said = tr("scored by the panel of the hire, {cards} against {level}").format(
            cards=cards, level=page.hired.level
        )
        return f"{words} · {said}"
    if page.assessed_on is None:
        return words
    raters = ntr("{{count}} rater", "{{count}} raters", len(page.raters)).format(count=count_word(len(page.raters)))
    said = tr("assessed against {level} by {raters}, {day}")
    said = said.format(level=page.against, raters=raters, day=day(page.assessed_on))
    if page.session_on is not None:
        said = tr("{said}, after the session of {day}").format(said=said, day=day(page.session_on))
    return f"{words} · {said}"


class GrowthKey(QWidget):
    """What the cells mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flow = Flow(self, 8)
        for cells, words in (
            ((PaintedCell(1), PaintedCell(2)), tr("below the bar")),
            ((PaintedCell(3), PaintedCell(4)), tr("at or above")),
            ((PaintedCell(2, bar=2),), tr("a 2 at a bar of 2")),
            ((PaintedCell(2, high=3),), tr("scores on both sides")),
        ):
            flow.addWidget(sample(theme, cells, words))
        goal = GoalScore(theme, 3, 3, wanted=True)
        goal.setAccessibleName(tr("where a goal ends"))
        flow.addWidget(beside(goal, tr("where a goal ends")))
