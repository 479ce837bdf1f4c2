"""First topics of somebody who was hired: what the panel scored under its bar, with what it wrote down."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.desk.pages.growth.actions import GrowthActions
from app.desk.pages.growth.gaps import gap_cell
from app.desk.parts.controls import Button
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import RIGHT, column, grid, holder
from app.desk.parts.section import fill
from app.desk.parts.strip import StripWidget
from app.desk.theme import Theme
from app.queries.growth import GrowthView, Topic
from app.words import ntr, tr

_LINES = 2  # of what was written down, beside each topic


class TopicsPart(QWidget):
    """A goal begins from one."""

    def __init__(self, theme: Theme, actions: GrowthActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        words = tr("What the panel scored under its bar. A goal begun here carries its evidence; no packet shows it.")
        self._list = column(gap=6)
        column(
            Text(tr("First topics, from the interviews"), weight=600),
            Text(words, "caption", tone="soft", wrap=True),
            self._list,
            gap=6,
            margins=(0, 8, 0, 0),
            on=self,
        )

    def show_page(self, page: GrowthView) -> None:
        """Show what is left to begin; nothing where there is none."""
        fill(self._list, (widget for topic in page.topics for widget in (line_across(), self._topic(page, topic))))
        self.setVisible(bool(page.topics))

    def _topic(self, page: GrowthView, topic: Topic) -> QWidget:
        name = page.guide.dimension(topic.dimension).short
        cells = grid(8, 2)
        strip = StripWidget(self._theme)
        strip.show_cells([name], [gap_cell(page.gap(topic.dimension))])
        cells.addWidget(strip, 0, 0)
        cells.addWidget(Text(name, weight=500, elide=True), 0, 1)
        said = tr("Begin a goal on {dimension}").format(dimension=name)
        begin = Button(tr("Begin a goal"), "link", name=said, run=partial(self._actions.goal_from_gap, topic.dimension))
        cells.addWidget(begin, 0, 2, RIGHT)
        cells.setColumnStretch(1, 1)
        for number, item in enumerate(topic.facts[:_LINES], start=1):
            cells.addWidget(Text(item.text, tone="soft", wrap=True), number, 1, 1, 2)
        more = len(topic.facts) - _LINES
        if more > 0:
            cells.addWidget(Text(ntr("and {n} more line", "and {n} more lines", more), "caption", tone="soft"), 9, 1)
        return holder(cells)
