"""The three columns of a growth plan, and how they stand in a wide window, beside a form, and in a narrow one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from app.desk.desk import Desk
from app.desk.pages.growth.actions import GrowthActions
from app.desk.pages.growth.checkins import MomentsPart, moments_of
from app.desk.pages.growth.evidence import EvidencePart, MonthsGrid, months_note
from app.desk.pages.growth.gaps import GapsCard
from app.desk.pages.growth.goals import GoalsPart
from app.desk.pages.growth.onboarding import OnboardingPart
from app.desk.pages.growth.topics import TopicsPart
from app.desk.pages.growth.tracks import TracksPart
from app.desk.parts.chart_picture import ChartPicture
from app.desk.parts.controls import Button
from app.desk.parts.flow import flowing
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, TOP, aligned, column, holder, row, wide
from app.domain.growth import MOST_GOALS
from app.queries.growth import GrowthView
from app.records.gaps import gaps_of_given
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.charts.progress import ProgressPoint
    from app.charts.style import ChartLook

_LEFT, _RIGHT = 388, 314  # px at ordinary text size
_THREE, _TWO = 1080, 780  # px at ordinary text size: narrower, there are fewer columns
_WIDEST = 16_777_215
_VIEWS = (
    ("goals", tr("Goals")),
    ("tracks", tr("Two tracks")),
    ("progress", tr("Progress over time")),
    ("year", tr("First year")),
)
_YEAR_DAYS = 400  # after the first day; a first year that was never begun is not offered later


class GrowthBody(QWidget):
    """Everything of a plan but its head. `went_to` carries what a view was opened at, to be scrolled to."""

    went_to = Signal(QWidget)

    def __init__(self, desk: Desk, actions: GrowthActions) -> None:
        super().__init__()
        self._desk, theme = desk, desk.theme
        self.gaps, self.evidence = GapsCard(theme, actions), EvidencePart(theme, actions)
        self.goals, self.topics = GoalsPart(theme, actions), TopicsPart(theme, actions)
        self.tracks, self.year = TracksPart(theme), OnboardingPart(theme, actions)
        self.moments, self.months = MomentsPart(theme, actions), MonthsGrid(theme)
        self.note = GrowingText(theme, tr("Private note"), tr("Stays with you: in no packet"), role="box")
        self.note.typed.connect(partial(actions.keep_note, typing=True))
        self.note.settled.connect(partial(actions.keep_note, typing=False))
        self.begin = Button(tr("Begin a growth plan"), "primary", run=actions.ask_plan)
        self.picture = ChartPicture(desk)
        self._page: GrowthView | None = None
        self._points: tuple[ProgressPoint, ...] = ()
        self._view = self._asked = "goals"
        self.left, self.middle, self.right = QWidget(), QFrame(), QWidget()
        self.middle.setProperty("role", "panel")
        for body, name in zip(self.columns, (tr("Gaps and evidence"), tr("Goals"), tr("Check-ins")), strict=True):
            body.setAccessibleName(name)
        column(self.gaps, self.evidence, STRETCH, gap=20, margins=(16, 16, 20, 20), on=self.left)
        self._fill_middle()
        self._fill_right()
        self._row = row(self.left, wide(self.middle), self.right, gap=0, on=self)

    @property
    def columns(self) -> tuple[QWidget, ...]:
        """Left, middle, right."""
        return (self.left, self.middle, self.right)

    def show_page(self, page: GrowthView) -> None:
        """Show a member's growth."""
        today = self._desk.workspace.today()
        fresh = self._page is None or self._page.member != page.member
        self.gaps.show_page(page, today)
        self.evidence.show_page(page, today)
        self.goals.show_page(page)
        self.topics.show_page(page)
        self.tracks.show_page(page)
        self.moments.show_moments(moments_of(page, today))
        self.months.show_page(page)
        self._months_note.say(months_note(page))
        planned = page.plan is not None
        self._private.setVisible(planned)
        self.note.fill(page.private_note)
        self._no_plan.setVisible(not planned)
        self.goals.setVisible(planned)
        self._page = page
        self._show_progress(page)
        if fresh:
            self._view, self._asked = self._asked, "goals"
        if not self.offers(self._view):
            self._view = "goals"
        self._head()
        if self._view == "tracks":
            self.tracks.ask()

    def offers(self, view: str) -> bool:
        """Whether a view has anything to show of this member: progress two occasions, the first year one that was
        begun or is not long over."""
        page = self._page
        if page is None:
            return False
        if view == "progress":
            return len(self._points) > 1
        if view != "year" or page.year_begun or page.started_on is None:
            return True
        return (self._desk.workspace.today() - page.started_on).days <= _YEAR_DAYS

    def begin_with(self, name: str) -> None:
        """Which view the member that is shown next begins with."""
        self._asked = name

    def show_view(self, name: str) -> None:
        """Show the goals, two tracks beside each other, progress, or the first year."""
        if not self.offers(name):
            return
        self._view = name
        self._head()
        if name == "tracks":
            self.tracks.ask()
        start = {"tracks": self.tracks.first, "year": self.year.start.line}.get(name)
        if start is not None:
            start.setFocus()
            self.went_to.emit(start)

    def arrange(self, width: int, *, beside: bool) -> None:
        """Three columns, two beside a form, or one under the other."""
        theme = self._desk.theme
        three, two = width >= theme.px(_THREE), width >= theme.px(_TWO)
        directions = QBoxLayout.Direction
        across = three or (two and beside)
        self._row.setDirection(directions.LeftToRight if across else directions.TopToBottom)
        # Beside a form the right column gives its place to it.
        self.right.setVisible(three or not (two and beside))
        for body, broad in ((self.left, _LEFT), (self.right, _RIGHT)):
            if across:
                body.setFixedWidth(theme.px(broad))
            else:
                body.setMinimumWidth(0)
                body.setMaximumWidth(_WIDEST)

    def _head(self) -> None:
        """The heading of the middle, and the ways to what else can stand there."""
        page, goals = self._page, self._view == "goals"
        for name, part in self._parts.items():
            part.setVisible(name == self._view)
        self._heading.setText(dict(_VIEWS)[self._view])
        for name, link in self._links.items():
            link.setVisible(name != self._view and self.offers(name))
        planned = page is not None and page.plan is not None
        count = len(page.open_goals) if page is not None else 0
        self._count.setText(tr("{n} of at most {most}").format(n=count, most=MOST_GOALS))
        self._count.setVisible(goals and planned)
        self.goals.add.setVisible(goals and planned)
        self.goals.settled.setVisible(goals and page is not None and len(page.goals) > count)

    def _fill_middle(self) -> None:
        self._heading, self._count = Text("", "lead", weight=600), Text("", tone="soft")
        self._links = {name: Button(words, "link", run=partial(self.show_view, name)) for name, words in _VIEWS}
        ways = flowing(*self._links.values(), self.goals.settled, self.goals.add, gap=4, right=True)
        body = column(
            row(aligned(self._heading, TOP), aligned(self._count, TOP), wide(ways), gap=6),
            gap=12,
            margins=(24, 16, 24, 20),
            on=self.middle,
        )
        words = tr("Choose what to grow towards; the gaps at the left are the first goals. Three at most.")
        none = Text(tr("No growth plan yet"), weight=600)
        self._no_plan = holder(column(none, Text(words, tone="soft", wrap=True), self.begin, gap=8))
        first = holder(column(self.goals, self._no_plan, self.topics, STRETCH))
        # Not a stack: it would be as high as its highest page, whichever is shown.
        self._parts = {"goals": first, "tracks": self.tracks, "progress": self.picture, "year": self.year}
        for name, part in self._parts.items():
            body.addWidget(part)
            part.setVisible(name == self._view)
        body.addStretch(1)

    def _fill_right(self) -> None:
        head = row(
            Text(tr("Evidence by month"), "lead", weight=600),
            STRETCH,
            Text(tr("core, two months each"), "caption", tone="soft"),
        )
        self._months_note = Text("", "caption", tone="warn", wrap=True)
        label = Text(tr("Private note"), "caption", weight=500, tone="soft")
        self._private = holder(column(label, self.note, gap=6, margins=(0, 8, 0, 0)))
        column(
            self.moments,
            line_across(),
            head,
            self.months,
            self._months_note,
            self._private,
            STRETCH,
            gap=10,
            margins=(20, 16, 20, 20),
            on=self.right,
        )

    def _show_progress(self, page: GrowthView) -> None:
        """The chart, once there are two occasions to compare."""
        self._points = points = progress_of(page)
        if len(points) > 1:
            names = tuple(d.short for d in page.guide.dimensions)
            said = ntr("{n} occasion", "{n} occasions", len(points))
            words = tr("Progress over time of {name}, {n}").format(name=page.name, n=said)
            self.picture.show_drawing(partial(_draw, names, points), words)


def progress_of(page: GrowthView) -> tuple[ProgressPoint, ...]:
    """The hire and every assessment, oldest first, as the chart draws them."""
    from app.charts.progress import ProgressPoint, ProgressScore  # noqa: PLC0415  (charts come with the first that is drawn)

    found: list[ProgressPoint] = []
    hired = page.hired
    if hired is not None and hired.on is not None and hired.cells:
        known = {d: ProgressScore(s, hired.bar, high) for d, s, high in hired.cells if s is not None}
        found.append(ProgressPoint(hired.on, hired.level, tuple(known.get(d) for d in page.guide.dimension_ids)))
    levels = {level.id for level in page.guide.levels}
    for one in page.occasions:
        if one.level in levels:
            line = gaps_of_given(page.guide, one.level, one.given, one.on)
            cells = tuple(
                ProgressScore(g.score, g.bar, g.high) if g.score is not None and g.bar is not None else None
                for g in line
            )
            found.append(ProgressPoint(one.on, one.level, cells))
    return tuple(found)


def _draw(
    names: tuple[str, ...], points: tuple[ProgressPoint, ...], look: ChartLook, width: int, ratio: float
) -> bytes | None:
    from app.charts.progress import over_time  # noqa: PLC0415  (in the reader's thread)
    from app.charts.style import Frame, png  # noqa: PLC0415

    count = ntr("n = {n} occasion", "n = {n} occasions", len(points))
    frame = Frame(tr("Each against its own level’s bar"), count, "", width, look)
    return png(over_time(frame, names, points), ratio)
