"""Growth plans: every member with their plan, those without one below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt

from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.growth.gaps import gap_cell
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.grouped import GroupedPage
from app.desk.parts.label import Text
from app.desk.parts.layout import grid
from app.desk.parts.long_list import ActionRow
from app.desk.parts.strip import StripWidget
from app.queries.growth import GrowthRow, growth_rows
from app.words import day, ntr, short_day, tr

_NEXT, _ACTION = 250, 124  # px at ordinary text size


class PlanRow(ActionRow):
    """One member, and the way to their plan."""

    def __init__(self, desk: Desk, item: GrowthRow) -> None:
        super().__init__()
        self.setProperty("role", "card")
        large = desk.theme.large_text
        cells = grid(16, 2, margins=(16, 10, 12, 10), on=self)
        cells.addWidget(Text(item.name, weight=500, elide=True), 0, 0)
        cells.addWidget(Text(_towards(item), "caption", tone="soft", elide=not large, wrap=large), 1, 0)
        row, column = (2, 0) if large else (0, 1)
        strip = StripWidget(desk.theme)
        strip.show_cells(item.narrow, [gap_cell(g) for g in item.cells])
        why = _why(item)
        cells.addWidget(strip, row, column, 1 if large or why else 2, 1, Qt.AlignmentFlag.AlignVCenter)
        if why:
            cells.addWidget(Text(why, "caption", tone="soft"), row + 1, column)
        row, column = (4, 0) if large else (0, 2)
        words, tone = _next(item, desk)
        goals = ntr("{n} open goal", "{n} open goals", item.open_goals) if item.plan is not None else tr("no plan yet")
        cells.addWidget(Text(goals, elide=True), row, column)
        cells.addWidget(Text(words, "caption", tone=tone, elide=True), row + 1, column)
        open_ = partial(desk.go, "growthplan", id=item.member)
        said = tr("Open the growth plan of {name}") if item.plan is not None else tr("Begin a growth plan for {name}")
        words = tr("Open") if item.plan is not None else tr("Begin a plan")
        self.button = Button(words, name=said.format(name=item.name), run=open_)
        cells.addWidget(self.button, 0, 3, row + 2, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        if not large:
            cells.setColumnMinimumWidth(2, desk.theme.px(_NEXT))
            cells.setColumnMinimumWidth(3, desk.theme.px(_ACTION))
        cells.setColumnStretch(0, 1)


def _towards(item: GrowthRow) -> str:
    if item.plan is None:
        return f"{item.title} ({item.level})"
    if item.target is None:
        return tr("{title} ({level}), stays and deepens").format(title=item.title, level=item.level)
    return tr("{title} ({level}) to {target}").format(title=item.title, level=item.level, target=item.target)


def _why(item: GrowthRow) -> str:
    """Where a strip is from that no assessment filled, or why there is none."""
    if item.from_hire:
        return tr("from the interviews")
    return "" if item.assessed else tr("not assessed against {level}").format(level=item.against)


def _next(item: GrowthRow, desk: Desk) -> tuple[str, str]:
    """When the next thing is due, and the tone of that."""
    today = desk.workspace.today()
    if item.next_talk is not None:
        late = item.next_talk < today
        words = tr("check-in was due {day}") if late else tr("next check-in {day}")
        return words.format(day=short_day(item.next_talk)), "warn" if late else "soft"
    if item.rerate_on is not None and item.rerate_on < today:
        return tr("to be rated again since {day}").format(day=day(item.rerate_on)), "warn"
    return (tr("no check-in planned"), "soft") if item.plan is not None else ("", "soft")


class GrowthListPage(GroupedPage[tuple[GrowthRow, ...]]):
    """Members by name, those with a plan first. Up and Down go from one to the next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            EmptyPage(
                desk.theme,
                tr("No growth plans yet"),
                tr("A plan belongs to a member of the team: somebody whose level is kept here."),
            ),
        )

    def breadcrumb(self) -> Sequence[Crumb]:
        return (Crumb(tr("Grow")), Crumb(tr("Growth plans")))

    def question(self) -> Callable[[], tuple[GrowthRow, ...]]:
        return partial(growth_rows, self.workspace)

    def fill(self, rows: tuple[GrowthRow, ...]) -> None:
        planned = [partial(PlanRow, self.desk, r) for r in rows if r.plan is not None]
        without = [partial(PlanRow, self.desk, r) for r in rows if r.plan is None]
        words = [ntr("{n} plan", "{n} plans", len(planned)), ntr("{n} without", "{n} without", len(without))]
        groups = ((tr("With a plan"), planned), (tr("Without one"), without))
        self.show_groups(tr("Growth plans"), " · ".join(words), groups)
