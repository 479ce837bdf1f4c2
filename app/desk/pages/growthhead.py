"""The head of a growth plan: whose, the strip against the target, and its gaps in words; and the key at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.desk.flow import Flow
from app.desk.key import beside, sample
from app.desk.label import Text
from app.desk.pages.growthgaps import gap_cell
from app.desk.pages.growthgoals import ScoreCell
from app.desk.strip import Cell, Size, StripWidget
from app.desk.theme import Theme
from app.growth_phrases import gaps_in_words
from app.phrases import count_word, way_word
from app.queries.growth import GrowthPage
from app.readiness_phrases import readiness_word
from app.words import day, ntr, tr


class GrowthHead(QFrame):
    """Name and strip over one line; the gaps at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "bar")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 14)
        outer.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(14)
        self._name = Text("", "title", elide=True)
        self._strip = StripWidget(theme, Size.LARGE, ground="background")
        row.addWidget(self._name)
        row.addWidget(self._strip)
        row.addStretch(1)
        left.addLayout(row)
        self._line = Text("", tone="soft", wrap=True)
        left.addWidget(self._line)
        outer.addLayout(left, 1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(2)
        self._word, self._why = Text("", "lead", weight=500), Text("", "caption", tone="soft")
        for label in (self._word, self._why):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            right.addWidget(label)
        outer.addWidget(self._right, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_page(self, page: GrowthPage) -> None:
        """Show whose plan it is."""
        self._name.setText(page.name)
        self._strip.show_cells([d.narrow for d in page.guide.dimensions], [gap_cell(g) for g in page.gaps])
        self._line.setText(head_line(page))
        word, why = gaps_in_words({d.id: d.short for d in page.guide.dimensions}, page.gaps)
        self._word.setText(word if page.readiness is None else readiness_word(page.readiness))
        self._why.setText(why)
        self._right.setVisible(not self._theme.large_text)


def head_line(page: GrowthPage) -> str:
    """From which level to which, what that is, and who assessed it on which day."""
    here = tr("{title} ({level})").format(title=page.title, level=page.level)
    if page.target is None:
        words = tr("{here}, stays and deepens").format(here=here) if page.plan is not None else here
    else:
        there = tr("{title} ({level})").format(title=page.against_title, level=page.against)
        words = tr("{here} to {there}").format(here=here, there=there)
        words = f"{words}, {way_word(page.way)}" if page.way else words
    if page.assessed_on is None:
        return words
    raters = ntr("{{count}} rater", "{{count}} raters", len(page.raters)).format(count=count_word(len(page.raters)))
    said = tr("assessed against {level} by {raters}, {day}")
    return f"{words} · {said.format(level=page.against, raters=raters, day=day(page.assessed_on))}"


class GrowthKey(QWidget):
    """What the cells mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flow = Flow(self, 8)
        for cells, words in (
            ((Cell(1), Cell(2)), tr("below the bar")),
            ((Cell(3), Cell(4)), tr("at or above")),
            ((Cell(2, bar=2),), tr("a 2 at a bar of 2")),
            ((Cell(2, high=3),), tr("scores on both sides")),
        ):
            flow.addWidget(sample(theme, cells, words))
        goal = ScoreCell(theme, 3, 3, wanted=True)
        goal.setAccessibleName(tr("where a goal ends"))
        flow.addWidget(beside(goal, tr("where a goal ends")))
