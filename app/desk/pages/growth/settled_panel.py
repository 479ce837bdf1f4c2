"""What a calibration settled, as goals: one line for each point that stood open, written in one step."""

from __future__ import annotations

from datetime import date, timedelta

from app.actions.growth import NewGoal, NewPlan
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.section import fill
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.growth import MOST_GOALS, QUARTER_DAYS
from app.domain.panel import State
from app.phrases.rubric import outcome_word, state_word
from app.queries.growth import GrowthView
from app.queries.settled import Settled, SettledPoint
from app.words import day, tr

_BY, _WHY = "by", "why"


class SettledPanel(SidePanel):
    """What is written is a goal, what is left empty is none."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._about = Text("", tone="soft", wrap=True)
        self._lines = column(gap=0)
        self._page: GrowthView | None = None
        self._settled: Settled | None = None
        self._today = date.min
        self.form = FieldSet(theme, [])
        super().__init__(
            theme,
            tr("From the calibration"),
            holder(column(self._about, self._lines, gap=12)),
            save=tr("Make them goals"),
        )

    def show_settled(self, page: GrowthView, settled: Settled, today: date) -> None:
        """A line for each point; those whose bar was not met are written in already."""
        self._page, self._settled, self._today = page, settled, today
        words = tr("{calibration} decided on {day}: {outcome}, against {level}. What stood open can be a goal.")
        said = words.format(
            calibration=settled.calibration,
            day=day(settled.on),
            outcome=outcome_word(settled.outcome).lower(),
            level=settled.target,
        )
        if page.plan is not None and not self._goes_on:
            said += " " + tr("A plan towards {level} begins with them; the one that holds ends.").format(
                level=settled.target
            )
        self._about.setText(said)
        self.form = FieldSet(
            self._theme,
            [
                *(_field(point, settled.target) for point in settled.points),
                Field(_BY, tr("By"), FieldType.DATE, help=tr("For all of them; each can be given another day.")),
                Field(
                    _WHY,
                    tr("Why more than three can’t wait"),
                    help=tr("More than three open goals are rarely reached."),
                ),
            ],
        )
        fill(self._lines, [self.form])
        below = [p for p in settled.points if p.state in (State.NOT_MET, State.SPLIT)][: self._room]
        written = tr("{dimension} as {level} asks")
        self.form.set_values(
            {p.dimension: written.format(dimension=p.name, level=settled.target) for p in below} | {_BY: self._by}
        )

    @property
    def _by(self) -> date:
        """A quarter after it was decided, which is when gaps are rated again; from today where that has passed."""
        assert self._settled is not None
        return max(self._settled.on, self._today) + timedelta(days=QUARTER_DAYS)

    @property
    def _room(self) -> int:
        """How many goals there is room for before a reason is asked."""
        assert self._page is not None
        assert self._settled is not None
        return max(0, MOST_GOALS - (len(self._page.open_goals) if self._goes_on else 0))

    @property
    def _goes_on(self) -> bool:
        """Whether the plan that holds is towards that level already."""
        assert self._page is not None
        assert self._settled is not None
        return (self._page.target, self._page.guide_version) == (self._settled.target, self._settled.guide)

    def typed(self) -> tuple[NewPlan, list[NewGoal]]:
        """The plan they belong to, and a goal for each line that is not empty."""
        assert self._page is not None
        assert self._settled is not None
        settled, values = self._settled, self.form.values()
        written = [point for point in settled.points if values[point.dimension]]
        goals = [
            NewGoal(
                point.dimension,
                values[point.dimension],
                due_on=values[_BY],
                from_score=point.score,
                to_score=point.bar,
                suggested_by=settled.calibration,
                more_reason=values[_WHY] if number >= self._room else "",
            )
            for number, point in enumerate(written)
        ]
        return NewPlan(self._page.member, settled.guide, settled.target), goals


def _field(point: SettledPoint, level: str) -> Field:
    words = tr("{dimension}, {state}").format(dimension=point.name, state=state_word(point.state).lower())
    return Field(point.dimension, words, help=tr("{level}: {expect}").format(level=level, expect=point.expect))
