"""The forms of a plan beside the page: its target, a goal with what the pack suggests, an item of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.evidence import NewEvidence
from app.actions.growth import NewGoal
from app.desk.parts.controls import Button
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.line_rows import LinePart, LineRows
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.domain.growth import From, Suggestion, asks_why
from app.phrases.growth import suggestion_source
from app.phrases.rubric import way_word
from app.queries.growth import GrowthView
from app.queries.growth_parts import GoalView, GrowthEvidence, Origin
from app.queries.lists import ColleagueRow
from app.words import ntr, tr

_STAY = "-"
_SCORES = tuple((n, str(n)) for n in (1, 2, 3, 4))
_GOAL = {
    "more_reason": Asked(
        tr("Why a further goal can’t wait"),
        help=tr("Three goals are open. More than three are rarely reached."),
        long=True,
    ),
    "dimension": Asked(tr("Dimension"), choices=()),
    "title": Asked(tr("What will be so"), hint=tr("Bruno owns the retraining pipeline")),
    "measure": Asked(tr("Measure"), hint=tr("How somebody else could see it"), long=True),
    "due_on": Asked(tr("By")),
    "owner": Asked(tr("Owner"), choices=()),
    "with_whom": Asked(tr("Together with"), choices=()),
    "from_score": Asked(tr("Score now"), choices=_SCORES),
    "to_score": Asked(tr("Score to reach"), choices=_SCORES),
    "steps": Asked(
        tr("Steps, as a number"),
        help=tr("Leave it open where nothing is counted."),
        hint="2",
        most=999_999_999,
        wrong=tr("Write a whole number, such as 3."),
    ),
    "steps_unit": Asked(tr("What is counted"), hint=tr("releases")),
    "support": Asked(tr("Support"), hint=tr("Who helps, with what, how often"), long=True),
    "kpi": Asked(tr("Team measure"), help=tr("The team’s figure this should move."), choices=()),
}
_EVIDENCE = {
    "dimension": Asked(tr("Dimension"), choices=()),
    "text": Asked(tr("What was seen"), long=True),
    "on": Asked(tr("On")),
    "goal_id": Asked(tr("Belongs to goal"), choices=()),
    "source": Asked(tr("Where it can be read"), hint=tr("decision record, release log")),
    "inferred": Asked(tr("Seen or inferred"), choices=((True, tr("inferred, not seen")),)),
    "shared": Asked(
        tr("In the growth packet"),
        help=tr("Each item by itself. What is not shared stays with you."),
        choices=((True, tr("yes, share it")),),
    ),
}


@dataclass(frozen=True)
class PlanAim:
    """What a plan aims at, and whether a new one begins with it."""

    target: str
    fresh: bool
    agreed_on: date | None = None

    @property
    def towards(self) -> str | None:
        """The level, None to stay and deepen."""
        return None if self.target == _STAY else self.target


class PlanPanel(FormPanel[PlanAim]):
    """What a plan aims at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            tr("Growth plan"),
            PlanAim,
            {
                "target": Asked(
                    tr("Grow towards"),
                    help=tr("A level of the guide, or staying where one is and going deeper."),
                    choices=(),
                ),
                "agreed_on": Asked(tr("Agreed on"), help=tr("Leave it open until both have said yes.")),
                "fresh": Asked(
                    tr("This plan, or a new one"),
                    help=tr("A new plan begins without goals, on the version of the guide the member is on."),
                    choices=((False, tr("Change this plan")), (True, tr("Begin a new plan; this one ends"))),
                ),
            },
        )

    def show_plan(self, page: GrowthView) -> None:
        """Offer the levels, the ways the guide names first."""
        ways = sorted(page.choices, key=lambda c: not c.way)
        named = [
            (c.id, " · ".join(p for p in (c.id, way_word(c.way), c.title) if p)) for c in ways if c.id != page.level
        ]
        self.offer(target=[(_STAY, tr("Stay at {level} and deepen").format(level=page.level)), *named])
        self.form.show_field("fresh", shown=page.plan is not None)
        target = page.target or (_STAY if page.plan is not None else None)
        self.form.set_values({"target": target, "agreed_on": page.agreed_on, "fresh": False})


class GoalPanel(FormPanel[NewGoal]):
    """A goal with its actions. `dimension_chosen` asks for what the pack suggests on another dimension."""

    dimension_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self.goal: GoalView | None = None
        self.asks_why = False
        self._suggested_by = ""
        self._topics: dict[str, tuple[int, ...]] = {}
        self.checks = LineRows(
            theme,
            tr("When …, I will …"),
            tr("Add a when"),
            [
                LinePart(tr("When"), tr("a review comment comes up twice"), 1),
                LinePart(tr("I will"), tr("ask who wrote it"), 1),
            ],
        )
        self._heard = Text("", "caption", tone="soft", wrap=True)
        self._heading = Text(tr("From the pack, to begin with and to change"), "caption", weight=500, tone="soft")
        self._suggestions = column(gap=6)
        under = (self.checks, self._heading, self._suggestions)
        super().__init__(theme, tr("Goal"), NewGoal, _GOAL, *under, over=self._heard)
        self.form.edited.connect(self._edited)

    def show_goal(
        self, page: GrowthView, colleagues: Sequence[ColleagueRow], goal: GoalView | None, dimension: str = ""
    ) -> None:
        """Show a goal, or an empty form that begins from a gap."""
        self.goal, self._suggested_by = goal, goal.suggested_by if goal else ""
        people = [(c.id, c.name) for c in colleagues]
        dimensions = [(d.id, d.short) for d in page.guide.dimensions]
        self.offer(owner=people, with_whom=people, dimension=dimensions, kpi=page.kpis)
        names = self.form.values()
        if goal is not None:
            self.form.set_values({name: getattr(goal, name) for name in names} | {"steps": goal.steps or None})
        else:
            found = page.gap(dimension) if dimension else None
            start = {
                "dimension": dimension or None,
                "owner": next((c.id for c in colleagues if c.name == page.name), None),
                # The panel's score is in no packet.
                "from_score": found.score if found is not None and not page.from_hire else None,
                "to_score": found.bar if found is not None else None,
            }
            self.form.set_values(dict.fromkeys(names) | start)
        self.asks_why = goal is None and asks_why(len(page.open_goals))
        self.form.show_field("more_reason", shown=self.asks_why)
        self._topics = {t.dimension: tuple(f.id for f in t.facts) for t in page.topics} if goal is None else {}
        self._say_heard()
        self.checks.begin([(c.when, c.will) for c in goal.checks] if goal else [("", "")])
        self.show_suggestions(())

    def show_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Offer these; taking one fills the sentence, or the measure where it is a figure or a question."""
        fill(self._suggestions, (_offered(one, self) for one in found))
        self._heading.setVisible(bool(found))

    def take(self, chosen: Suggestion) -> None:
        """Begin with a suggestion, after what is typed already; where it comes from is kept with the goal."""
        into = {From.QUESTION: "measure", From.KPI: "measure"}.get(chosen.source, "title")
        text = f"{chosen.text}: {chosen.more}" if chosen.source is From.KPI and chosen.more else chosen.text
        between = "; " if into == "title" else "\n"
        self.form.set_values({into: between.join(part for part in (self.form.values()[into], text) if part)})
        if into == "title":
            self._suggested_by = suggestion_source(chosen)
        self.form.input(into).setFocus()

    def typed(self) -> tuple[NewGoal, list[tuple[str, str]]]:
        """The goal and its actions as typed."""
        return self.value(suggested_by=self._suggested_by), [(when, will) for when, will in self.checks.values]

    @property
    def heard(self) -> tuple[int, ...]:
        """What the panel wrote down on the dimension, which a goal begun from it carries along."""
        return self._topics.get(self.form.values()["dimension"] or "", ())

    def _say_heard(self) -> None:
        count = len(self.heard)
        words = ntr(
            "{n} line from the interviews goes with it, for you alone.",
            "{n} lines from the interviews go with it, for you alone.",
            count,
        )
        self._heard.say(words if count else "")

    def _edited(self, name: str) -> None:
        if name != "dimension":
            return
        self._say_heard()
        if chosen := self.form.values()["dimension"]:
            self.dimension_chosen.emit(chosen)


def _offered(found: Suggestion, panel: GoalPanel) -> QWidget:
    """A suggestion, where it comes from, and the button that takes it."""
    text = f"{found.text}: {found.more}" if found.more else found.text
    name = tr("Take it: {text}").format(text=found.text)
    take = Button(tr("Take it"), "link", name=name, run=partial(panel.take, found))
    source = Text(suggestion_source(found), "caption", tone="soft", wrap=True)
    return holder(column(Text(text, wrap=True), source, take, gap=0))


class EvidencePanel(FormPanel[NewEvidence]):
    """An item of evidence, and whether it may stand in the growth packet. `removed` asks for it to be taken out."""

    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        self.item: GrowthEvidence | None = None
        self._origin = Text("", "caption", tone="soft", wrap=True)
        self.out = Button(tr("Take it out"), "link")
        super().__init__(theme, tr("Evidence"), NewEvidence, _EVIDENCE, self.out, over=self._origin)
        self.out.clicked.connect(self.removed)

    def show_evidence(self, page: GrowthView, item: GrowthEvidence | None) -> None:
        """Show an item, or an empty form."""
        self.item = item
        self.offer(
            dimension=[(d.id, d.short) for d in page.guide.dimensions],
            goal_id=[(g.id, tr("Goal {n}: {title}").format(n=g.number, title=g.title)) for g in page.goals],
        )
        if item is None:
            self.form.set_values(dict.fromkeys(self.form.values()))
        else:
            self.show_value(
                NewEvidence(item.dimension, item.text, item.on, item.goal, item.inferred, item.source, item.shared)
            )
        for name in self.form.values():
            self.form.input(name).setEnabled(self.writable or name == "shared")
        self.out.setVisible(item is not None and self.writable)
        words = {
            Origin.PANEL: tr("{name} wrote this in an interview. It is yours until you share it; it stays as it was."),
            Origin.ASSESSMENT: tr("{name} wrote this in an assessment; it stays as it was given."),
        }
        said = words.get(item.origin, "").format(name=item.by or tr("An interviewer")) if item else ""
        self._origin.say(said)

    @property
    def writable(self) -> bool:
        """Whether it is one's own note, so that its words may change."""
        return self.item is None or self.item.origin is Origin.TYPED
