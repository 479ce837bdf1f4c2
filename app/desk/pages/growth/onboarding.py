"""The first year on a member's growth page: the first day, the variant, check-ins, goals by horizon, the outlook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from app.actions import onboarding
from app.desk.pages.growth.actions import GrowthActions
from app.desk.parts.controls import Button, Chip
from app.desk.parts.dates import DateField
from app.desk.parts.flow import flowing
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, TOP, Space, aligned, column, grid, holder, row, wide
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.phrases.growth import target_words
from app.queries.onboarding import OnboardingCheckIn, OnboardingGoalView, OnboardingHorizon, OnboardingView
from app.words import day, long_day, short_day, tr

_WHEN = 92  # px at ordinary text size


class OnboardingPart(QWidget):
    """Shows it, and writes what is typed into it."""

    def __init__(self, theme: Theme, actions: GrowthActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self._page: OnboardingView | None = None
        self.fields: dict[str, GrowingText] = {}
        self._layout_of: tuple[object, ...] = ()
        self.start = DateField(theme)
        self.start.line.setAccessibleName(tr("First day"))
        self.start.settled.connect(self._start)
        line = row(Text(tr("First day"), "caption", tone="soft"), wide(self.start), gap=8)
        self.template, self.variant = StillCombo(tr("Plan to begin from")), StillCombo(tr("Kind of company"))
        self.template.currentIndexChanged.connect(self._offer_variants)
        self.begin = Button(tr("Begin the first year"), "primary", run=self._begin)
        self._variants = holder(column(self.template, row(wide(self.variant), self.begin, gap=8), gap=6))
        self.edit = Button(tr("Edit the goals…"), small=True, run=self._edit)
        self.print = Button(tr("First year as PDF…"), small=True, run=actions.ask_year_packet)
        self._done = holder(row(self.edit, self.print, STRETCH, gap=8))
        self._note = Text("", tone="soft", wrap=True)
        self._body = column(gap=8)
        column(line, self._variants, self._note, self._done, self._body, STRETCH, gap=10, on=self)

    def show_page(self, page: OnboardingView, today: date) -> None:
        """Show the first year; a field that is being typed in stays."""
        self._page = page
        if not self.start.line.hasFocus():
            self.start.set_value(page.started_on)
        self._variants.setVisible(not page.begun)
        self._done.setVisible(page.begun)
        self.begin.setEnabled(page.started_on is not None)
        offered = [(t.rubric, f"{t.title} · {t.plan.level}") for t in page.templates]
        if [self.template.itemData(n) for n in range(self.template.count())] != [key for key, _ in offered]:
            self.template.clear()
            for key, words in offered:
                self.template.addItem(words, key)
        self.template.setVisible(len(offered) > 1)
        self._note.setText(_note(page))
        layout = (page.member, page.begun, page.started_on, page.talks, _without_words(page))
        if layout != self._layout_of:
            self._layout_of = layout
            self._fill(page, today)
        for horizon in page.horizons:
            for goal in horizon.goals:
                for name, text in (("baseline", goal.baseline), ("reached", goal.reached)):
                    field = self.fields.get(f"{goal.id} {name}")
                    if field is not None:
                        field.fill(text)

    def finish_now(self) -> None:
        """Save what is being typed and let it go."""
        for field in self.fields.values():
            field.finish_now()

    def save_now(self) -> None:
        """Save what is being typed."""
        for field in self.fields.values():
            field.save_now()

    def _fill(self, page: OnboardingView, today: date) -> None:
        self.fields = {}
        fill(self._body, self._lines(page, today) if page.begun and page.started_on is not None else ())

    def _lines(self, page: OnboardingView, today: date) -> Iterator[QWidget | Space]:
        for change in page.changes:
            yield Text(change, tone="accent", wrap=True)
        if page.depends:
            yield Text(tr("Goals that depend; off until chosen"), "caption", weight=500, tone="soft")
            yield flowing(*(self._conditional(*one) for one in page.depends), gap=6)
        yield Space(6)
        yield Text(tr("Check-ins"), weight=600)
        for check_in in page.talks:
            yield self._check_in(check_in, today)
        for horizon in page.horizons:
            yield Space(8)
            yield line_across(strong=True)
            yield _horizon_head(horizon)
            for number, goal in enumerate(horizon.goals):
                if number:
                    yield line_across()
                yield self._goal(goal, dated=horizon.due_on is not None)

    def _conditional(self, goal: str, condition: str, text: str, on: bool) -> Chip:
        name = tr("If {condition}: {goal}").format(condition=condition, goal=text)
        chip = Chip(tr("If {condition}").format(condition=condition), name=name)
        chip.setChecked(on)
        chip.toggled.connect(partial(self._depend, goal))
        return chip

    def _depend(self, goal: str, on: bool) -> None:
        assert self._page is not None
        kept = [id_ for id_, _, _, chosen in self._page.depends if chosen and id_ != goal]
        self._actions.onboard(onboarding.choose_goals, [*kept, goal] if on else kept)

    def _check_in(self, check_in: OnboardingCheckIn, today: date) -> QWidget:
        cells, large = grid(8), self._theme.large_text
        cells.setColumnMinimumWidth(0, 0 if large else self._theme.px(_WHEN))
        cells.setColumnStretch(0 if large else 1, 1)
        late = check_in.held_on is None and check_in.on < today
        when = tr("Day {n}, {day}").format(n=check_in.day, day=short_day(check_in.on).split(" ", 1)[1])
        cells.addWidget(Text(when, "caption", tone="warn" if late else "soft"), 0, 0)
        who = tr("with the manager") if check_in.who == "manager" else tr("with the buddy")
        line, body = (1, 0) if large else (0, 1)
        cells.addWidget(Text(f"{who}: {check_in.about}", wrap=True), line, body)
        words = tr("held {day}").format(day=day(check_in.held_on)) if check_in.held_on else tr("Hold it")
        run = partial(self._actions.hold, check_in.day)
        if check_in.held is not None:
            run = partial(self._actions.open_check_in, check_in.held)
        cells.addWidget(
            Button(words, "link", name=f"{words}: {when}, {check_in.about}", run=run), 0, 2, line + 1, 1, TOP
        )
        return holder(cells)

    def _goal(self, goal: OnboardingGoalView, *, dated: bool) -> QWidget:
        lines: list[QWidget] = [
            Text(", ".join(goal.dimensions), "caption", tone="soft", wrap=True),
            Text(goal.text, wrap=True),
            Text(tr("Done when: {words}").format(words=goal.done_when), tone="soft", wrap=True),
            *(Text(change, tone="accent", wrap=True) for change in goal.changes),
            *(Text(f"{n}: {target_words(t)}", "caption", tone="soft", wrap=True) for n, t in goal.targets),
        ]
        if goal.needs_baseline:
            lines += [self._field(goal, "baseline", tr("Baseline"), tr("Where it stands to begin with"))]
        if goal.closed:
            closed = tr("Closed until the baseline is written down.")
            return holder(column(*lines, Text(closed, "caption", tone="warn", wrap=True), gap=3))
        lines += [self._field(goal, "reached", tr("Where it stands"), tr("What is so by now"))]
        if dated:
            done = QCheckBox(tr("done {day}").format(day=day(goal.done_on)) if goal.done_on else tr("done"))
            done.setChecked(goal.done_on is not None)
            done.setAccessibleName(tr("Done: {goal}").format(goal=goal.text))
            done.clicked.connect(lambda on, g=goal.id: self._actions.set_year_goal(g, done=on))
            lines += [done]
        return holder(column(*lines, gap=3))

    def _field(self, goal: OnboardingGoalView, name: str, words: str, hint: str) -> QWidget:
        field = GrowingText(self._theme, tr("{words}: {goal}").format(words=words, goal=goal.text), hint, role="box")
        field.fill(goal.baseline if name == "baseline" else goal.reached)
        field.typed.connect(lambda text: self._actions.set_year_goal(goal.id, typing=True, **{name: text}))
        field.settled.connect(lambda text: self._actions.set_year_goal(goal.id, **{name: text}))
        field.entered.connect(field.clearFocus)
        field.escaped.connect(field.clearFocus)
        self.fields[f"{goal.id} {name}"] = field
        return holder(row(aligned(Text(words, "caption", tone="soft"), TOP), wide(field)))

    def _start(self) -> None:
        if self._page is not None and self.start.value != self._page.started_on:
            self._actions.onboard(onboarding.set_start, self.start.value)

    def _offer_variants(self) -> None:
        """The kinds of company the chosen plan knows."""
        templates = self._page.templates if self._page is not None else ()
        chosen = next((t for t in templates if t.rubric == self.template.currentData()), None)
        self.variant.clear()
        for one in chosen.plan.variants if chosen is not None else ():
            self.variant.addItem(f"{one.name} · {one.size}" if one.size else one.name, one.id)
        self.variant.setVisible(self.variant.count() > 0)

    def _begin(self) -> None:
        if self.template.currentData() is not None:
            self._actions.onboard(onboarding.begin, self.template.currentData(), self.variant.currentData() or "")

    def _edit(self) -> None:
        if self._page is not None:
            self._actions.ask_year(self._page)


def _without_words(page: OnboardingView) -> tuple[object, ...]:
    """What decides which rows there are; typed words change none."""
    return tuple(
        (g.id, g.text, g.done_when, g.closed, g.done_on, g.changes, h.due_on) for h in page.horizons for g in h.goals
    )


def _note(page: OnboardingView) -> str:
    if page.started_on is None:
        return tr("Every date counts from the first day. Write it down to begin.")
    if not page.begun:
        return tr("The plan is proposed by the role’s rubric. Choose it, and the kind of company, once; then edit it.")
    if not page.variant:
        return tr("Dates on a weekend stand on the Monday after.")
    name = next((n for id_, n, _ in page.variants if id_ == page.variant), page.variant)
    return tr("{variant}. Dates on a weekend stand on the Monday after.").format(variant=name)


def _horizon_head(horizon: OnboardingHorizon) -> QWidget:
    lines = [Text(f"{horizon.when}: {horizon.label}", weight=600, wrap=True)]
    if horizon.due_on is not None:
        words = tr("by {day}, because of a weekend") if horizon.moved else tr("by {day}")
        lines += [Text(words.format(day=long_day(horizon.due_on)), "caption", tone="soft")]
    return holder(column(*lines, gap=0, margins=(0, 4, 0, 2)))
