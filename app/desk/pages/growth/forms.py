"""The forms of a plan beside the page: its target, a goal with what the pack suggests, an item of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.growth import NewGoal
from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.line_rows import LinePart, LineRows
from app.desk.parts.section import clear
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.growth import From, Suggestion, asks_why
from app.phrases.growth import suggestion_source
from app.phrases.rubric import way_word
from app.queries.growth import GrowthView
from app.queries.growth_parts import GoalView, GrowthEvidence, Origin
from app.queries.lists import ColleagueRow
from app.words import ntr, tr, whole_number

_STAY = "-"
_SCORES = tuple((str(n), str(n)) for n in (1, 2, 3, 4))
_YES = "yes"


class PlanPanel(SidePanel):
    """What a plan aims at."""

    def __init__(self, theme: Theme) -> None:
        self.fields = FieldSet(
            theme,
            [
                Field(
                    "target",
                    tr("Grow towards"),
                    FieldType.CHOICE,
                    required=True,
                    help=tr("A level of the guide, or staying where one is and going deeper."),
                ),
                Field("agreed_on", tr("Agreed on"), FieldType.DATE, help=tr("Leave it open until both have said yes.")),
                Field(
                    "fresh",
                    tr("This plan, or a new one"),
                    FieldType.CHOICE,
                    required=True,
                    choices=((_STAY, tr("Change this plan")), (_YES, tr("Begin a new plan; this one ends"))),
                    help=tr("A new plan begins without goals, on the version of the guide the member is on."),
                ),
            ],
        )
        super().__init__(theme, tr("Growth plan"), self.fields)

    def show_plan(self, page: GrowthView) -> None:
        """Offer the levels, the ways the guide names first."""
        ways = sorted(page.choices, key=lambda c: not c.way)
        named = [
            (c.id, " · ".join(p for p in (c.id, way_word(c.way), c.title) if p)) for c in ways if c.id != page.level
        ]
        self.fields.set_choices("target", [(_STAY, tr("Stay at {level} and deepen").format(level=page.level)), *named])
        target = page.target or (_STAY if page.plan is not None else None)
        self.fields.show_field("fresh", shown=page.plan is not None)
        self.fields.set_values({"target": target, "agreed_on": page.agreed_on, "fresh": _STAY})

    @property
    def fresh(self) -> bool:
        """Whether a new plan is to begin beside the one there is."""
        return bool(self.fields.values()["fresh"] == _YES)

    def values(self) -> dict[str, Any]:
        """The target, None to stay, and the day."""
        found = self.fields.values()
        return {"target": None if found["target"] == _STAY else found["target"], "agreed_on": found["agreed_on"]}


class GoalPanel(SidePanel):
    """A goal with its actions. `dimension_chosen` asks for what the pack suggests on another dimension."""

    dimension_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.goal: GoalView | None = None
        self.asks_why = False
        self._suggested_by = ""
        self._topics: dict[str, tuple[int, ...]] = {}
        self.fields = FieldSet(theme, _goal_fields())
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
        content = holder(column(self._heard, self.fields, self.checks, self._heading, self._suggestions, gap=12))
        super().__init__(theme, tr("Goal"), content)
        self.fields.edited.connect(self._edited)

    def show_goal(
        self, page: GrowthView, colleagues: Sequence[ColleagueRow], goal: GoalView | None, dimension: str = ""
    ) -> None:
        """Show a goal, or an empty form that begins from a gap."""
        self.goal, self._suggested_by = goal, goal.suggested_by if goal else ""
        people = [(str(c.id), c.name) for c in colleagues]
        for name in ("owner", "with_whom"):
            self.fields.set_choices(name, people)
        self.fields.set_choices("dimension", [(d.id, d.short) for d in page.guide.dimensions])
        self.fields.set_choices("kpi", page.kpis)
        me = next((str(c.id) for c in colleagues if c.name == page.name), None)
        if goal is not None:
            self.fields.set_values(_values_of(goal))
        else:
            found = page.gap(dimension) if dimension else None
            score = found.score if found is not None and not page.from_hire else None  # the panel's is in no packet
            start = dict.fromkeys(self.fields.values()) | {
                "dimension": dimension or None,
                "owner": me,
                "from_score": str(score) if score is not None else None,
                "to_score": str(found.bar) if found is not None and found.bar is not None else None,
            }
            self.fields.set_values(start)
        self.asks_why = goal is None and asks_why(len(page.open_goals))
        self.fields.show_field("more_reason", shown=self.asks_why)
        self._topics = {t.dimension: tuple(f.id for f in t.facts) for t in page.topics} if goal is None else {}
        self._say_heard()
        self.checks.begin([(c.when, c.will) for c in goal.checks] if goal else [("", "")])
        self.show_suggestions(())

    def show_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Offer these; taking one fills the sentence, or the measure where it is a figure or a question."""
        clear(self._suggestions)
        self._heading.setVisible(bool(found))
        for one in found:
            self._suggestions.addWidget(_Offered(one, lambda chosen=one: self.take(chosen)))

    def take(self, chosen: Suggestion) -> None:
        """Begin with a suggestion, after what is typed already; where it comes from is kept with the goal."""
        into = {From.QUESTION: "measure", From.KPI: "measure"}.get(chosen.source, "title")
        text = f"{chosen.text}: {chosen.more}" if chosen.source is From.KPI and chosen.more else chosen.text
        typed = self.fields.values()
        between = "; " if into == "title" else "\n"
        self.fields.set_values({**typed, into: between.join(part for part in (typed[into], text) if part)})
        if into == "title":
            self._suggested_by = suggestion_source(chosen)
        self.fields.input(into).setFocus()

    def values(self) -> tuple[NewGoal, tuple[tuple[str, str], ...]]:
        """The goal and its actions as typed. Raises ValueError where the steps are no number."""
        typed = self.fields.values()

        def number(name: str) -> int | None:
            return int(typed[name]) if typed[name] else None

        return NewGoal(
            dimension=typed["dimension"],
            title=typed["title"],
            measure=typed["measure"],
            owner=number("owner"),
            with_whom=number("with_whom"),
            due_on=typed["due_on"],
            from_score=number("from_score"),
            to_score=number("to_score"),
            steps=whole_number(typed["steps"] or "0"),
            steps_unit=typed["steps_unit"],
            support=typed["support"],
            kpi=typed["kpi"] or "",
            suggested_by=self._suggested_by,
            more_reason=typed["more_reason"],
        ), tuple((when, will) for when, will in self.checks.values)

    @property
    def evidence(self) -> tuple[int, ...]:
        """What the panel wrote down on the dimension, which a goal begun from it carries along."""
        return self._topics.get(self.fields.values()["dimension"] or "", ())

    def _say_heard(self) -> None:
        count = len(self.evidence)
        words = ntr(
            "{n} line from the interviews goes with it, for you alone.",
            "{n} lines from the interviews go with it, for you alone.",
            count,
        )
        self._heard.setText(words)
        self._heard.setVisible(bool(count))

    def _edited(self, name: str) -> None:
        chosen = self.fields.values()["dimension"]
        if name == "dimension":
            self._say_heard()
        if name == "dimension" and chosen:
            self.dimension_chosen.emit(chosen)


def _goal_fields() -> list[Field]:
    return [
        Field(
            "more_reason",
            tr("Why a further goal can’t wait"),
            FieldType.TEXT,
            help=tr("Three goals are open. More than three are rarely reached."),
        ),
        Field("dimension", tr("Dimension"), FieldType.CHOICE, required=True),
        Field("title", tr("What will be so"), required=True, hint=tr("Bruno owns the retraining pipeline")),
        Field("measure", tr("Measure"), FieldType.TEXT, hint=tr("How somebody else could see it")),
        Field("due_on", tr("By"), FieldType.DATE),
        Field("owner", tr("Owner"), FieldType.CHOICE),
        Field("with_whom", tr("Together with"), FieldType.CHOICE),
        Field("from_score", tr("Score now"), FieldType.CHOICE, choices=_SCORES),
        Field("to_score", tr("Score to reach"), FieldType.CHOICE, choices=_SCORES),
        Field("steps", tr("Steps, as a number"), hint="2", help=tr("Leave it open where nothing is counted.")),
        Field("steps_unit", tr("What is counted"), hint=tr("releases")),
        Field("support", tr("Support"), FieldType.TEXT, hint=tr("Who helps, with what, how often")),
        Field("kpi", tr("Team measure"), FieldType.CHOICE, help=tr("The team’s figure this should move.")),
    ]


def _values_of(goal: GoalView) -> dict[str, Any]:
    def words(number: int | None) -> str | None:
        return str(number) if number is not None else None

    return {
        "dimension": goal.dimension,
        "title": goal.title,
        "measure": goal.measure,
        "due_on": goal.due_on,
        "owner": words(goal.owner),
        "with_whom": words(goal.with_whom),
        "from_score": words(goal.from_score),
        "to_score": words(goal.to_score),
        "steps": words(goal.steps or None),
        "steps_unit": goal.steps_unit,
        "support": goal.support,
        "kpi": goal.kpi or None,
        "more_reason": goal.more_reason,
    }


class _Offered(QWidget):
    """A suggestion, where it comes from, and the button that takes it."""

    def __init__(self, found: Suggestion, take: Any) -> None:
        super().__init__()
        text = f"{found.text}: {found.more}" if found.more else found.text
        self.button = Button(tr("Take it"), "link")
        self.button.setAccessibleName(tr("Take it: {text}").format(text=found.text))
        self.button.clicked.connect(lambda _on=False: take())
        column(
            Text(text, wrap=True),
            Text(suggestion_source(found), "caption", tone="soft", wrap=True),
            self.button,
            gap=0,
            on=self,
        )


class EvidencePanel(SidePanel):
    """An item of evidence, and whether it may stand in the growth packet. `removed` asks for it to be taken out."""

    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        self.fact: GrowthEvidence | None = None
        self.fields = FieldSet(
            theme,
            [
                Field("dimension", tr("Dimension"), FieldType.CHOICE, required=True),
                Field("text", tr("What was seen"), FieldType.TEXT, required=True),
                Field("on", tr("On"), FieldType.DATE),
                Field("goal", tr("Belongs to goal"), FieldType.CHOICE),
                Field("source", tr("Where it can be read"), hint=tr("decision record, release log")),
                Field(
                    "inferred",
                    tr("Seen or inferred"),
                    FieldType.CHOICE,
                    choices=((_YES, tr("inferred, not seen")),),
                ),
                Field(
                    "shared",
                    tr("In the growth packet"),
                    FieldType.CHOICE,
                    choices=((_YES, tr("yes, share it")),),
                    help=tr("Each item by itself. What is not shared stays with you."),
                ),
            ],
        )
        self._origin = Text("", "caption", tone="soft", wrap=True)
        self.out = Button(tr("Take it out"), "link")
        content = holder(column(self._origin, self.fields, self.out, gap=12))
        super().__init__(theme, tr("Evidence"), content)
        self.out.clicked.connect(self.removed)

    def show_fact(self, page: GrowthView, fact: GrowthEvidence | None) -> None:
        """Show an item, or an empty form."""
        self.fact = fact
        self.fields.set_choices("dimension", [(d.id, d.short) for d in page.guide.dimensions])
        goals = [(str(g.id), tr("Goal {n}: {title}").format(n=g.number, title=g.title)) for g in page.goals]
        self.fields.set_choices("goal", goals)
        self.fields.set_values(
            {
                "dimension": fact.dimension if fact else None,
                "text": fact.text if fact else "",
                "on": fact.on if fact else None,
                "goal": str(fact.goal) if fact and fact.goal is not None else None,
                "source": fact.source if fact else "",
                "inferred": _YES if fact and fact.inferred else None,
                "shared": _YES if fact and fact.shared else None,
            }
        )
        mine = fact is None or fact.origin is Origin.TYPED
        for name in ("dimension", "text", "on", "goal", "source", "inferred"):
            self.fields.input(name).setEnabled(mine)
        self.out.setVisible(fact is not None and mine)
        words = {
            Origin.PANEL: tr("{name} wrote this in an interview. It is yours until you share it; it stays as it was."),
            Origin.ASSESSMENT: tr("{name} wrote this in an assessment; it stays as it was given."),
        }
        said = words.get(fact.origin, "").format(name=fact.by or tr("An interviewer")) if fact else ""
        self._origin.setText(said)
        self._origin.setVisible(bool(said))

    @property
    def writable(self) -> bool:
        """Whether it is one's own note, so that its words may change."""
        return self.fact is None or self.fact.origin is Origin.TYPED

    def values(self) -> dict[str, Any]:
        """What is typed, as the actions take it."""
        typed = self.fields.values()
        return {
            "dimension": typed["dimension"],
            "text": typed["text"],
            "on": typed["on"],
            "goal": int(typed["goal"]) if typed["goal"] else None,
            "source": typed["source"],
            "inferred": typed["inferred"] == _YES,
            "shared": typed["shared"] == _YES,
        }
