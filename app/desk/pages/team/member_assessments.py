"""The assessments of a member as lines: when, against what, and each rater as the way to theirs where it is open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.desk import Desk
from app.desk.pages.team.asked import AskedActions
from app.desk.parts.controls import Button
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.section import Section
from app.queries.assessment_request import AssessmentLine
from app.words import day, short_day, tr


def assessments_section(desk: Desk, lines: Sequence[AssessmentLine], asked: AskedActions) -> Section:
    """A line for each calibration, and for each day and level outside one."""
    groups = groupby(lines, key=lambda line: (line.level, line.cycle))
    return Section(tr("Assessments")).add(*(_line(desk, asked, *about, list(group)) for about, group in groups))


def _way_to(line: AssessmentLine, asked: AskedActions) -> Button:
    """Who was asked, as the way to what can be done about that."""
    more = Button(_asked(line), "link", small=True)
    more.setAccessibleDescription(tr("Opens a menu"))
    more.clicked.connect(lambda _on=False: asked.open_menu(more, line))
    return more


def _asked(line: AssessmentLine) -> str:
    """Who was asked, and by when they are to answer."""
    if line.due_on is None:
        return tr("{name}, asked").format(name=line.rater)
    return tr("{name}, asked by {day}").format(name=line.rater, day=short_day(line.due_on))


def _line(desk: Desk, asked: AskedActions, level: str, cycle: str, lines: Sequence[AssessmentLine]) -> QWidget:
    large = desk.theme.large_text
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    when = Text(day(lines[0].on), tone="soft")
    when.setFixedWidth(when.sizeHint().width() if large else desk.theme.px(126))
    grid.addWidget(when, 0, 0)
    words = [tr("against {level}").format(level=level), cycle or tr("outside a calibration")]
    what = Text(", ".join(words), elide=not large, wrap=large)
    grid.addWidget(what, *((1, 0) if large else (0, 1)))
    raters = QWidget()
    flow = Flow(raters, 8)
    for line in lines:
        if line.opens:
            link = Button(line.rater if line.is_in else _asked(line), "link")
            link.setAccessibleName(tr("Open {name}’s assessment, {what}").format(name=line.rater, what=what.text()))
            link.clicked.connect(lambda _on=False, row=line.id: desk.go("assessment", id=row))
            flow.addWidget(link)
        elif line.is_in:
            flow.addWidget(Text(tr("{name}, sealed").format(name=line.rater), "caption", tone="soft"))
        else:
            flow.addWidget(_way_to(line, asked))
    grid.addWidget(raters, *((2, 0) if large else (0, 2)))
    if not large:
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
    return holder
