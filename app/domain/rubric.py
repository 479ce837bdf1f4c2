"""The rubric: dimensions with their anchors, questions, signals, exercises, plans, skills and measures, as values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.domain.exercise import Exercise, PackPlan
from app.domain.panel import Rule
from app.domain.scorecard import SCORES, Overall
from app.domain.value import (
    Count,
    Exact,
    Fault,
    Id,
    Label,
    Named,
    Score,
    Text,
    Value,
    Version,
    one,
    refuse,
    repeats,
    unknown,
)

FEWEST, MOST = 3, 16
"""Dimensions of a rubric. A workspace may hold one with fewer from before there was a least number."""

ADVISED = 10
"""Dimensions that a panel can carry: each seen by two people, nobody with more than four."""

SignalKind = Literal["strong", "weak", "red"]
SkillGroup = Literal["must_have", "good_to_have", "advanced", "emerging", "soft"]


class ScalePoint(Value):
    """What a score means, in long and in short."""

    score: Score
    label: Label
    short: Label
    meaning: Text


class Choice(Value):
    """A reason or a vote: what is stored, and what is read."""

    id: Id
    words: Label


class Anchor(Value):
    """What a score looks like on one dimension."""

    score: Score
    summary: Text
    behaviours: Annotated[tuple[Text, ...], Field(min_length=1)]


class Question(Value):
    """A question of an interview, with what to ask when the answer stays short, and tags to find it again by."""

    id: Id
    kind: Literal["situational", "behavioural", "work_sample"]
    text: Text
    probes: tuple[Text, ...] = ()
    tags: tuple[Label, ...] = ()


class RubricSignal(Value):
    """Something to listen for. A red flag is an observation with a quote: it rejects nobody by itself."""

    id: Id
    kind: SignalKind
    label: Label
    text: Text
    dimensions: Annotated[tuple[Id, ...], Field(min_length=1)]


class Dimension(Value):
    """One of the things scored. `short` is its everyday name, `narrow` the one for the strip's heads."""

    id: Id
    name: Text
    short: Label
    narrow: Annotated[Label, Field(max_length=11)]
    definition: Text
    anchors: tuple[Anchor, ...]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    skills: tuple[Id, ...] = ()
    rater_trap: Text

    @field_validator("anchors")
    @classmethod
    def _one_for_each_score(cls, anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
        return _in_order(anchors)

    def anchor(self, score: int) -> Anchor:
        """The anchor of a score 1-4."""
        return self.anchors[score - 1]


class Area(Value):
    """A thing the source document wants assessed, and the dimensions that cover it."""

    id: Id
    name: Text
    dimensions: Annotated[tuple[Id, ...], Field(min_length=1)]


class Skill(Value):
    """A skill and its weight; `where` says in which settings the weight holds."""

    id: Id
    name: Text
    group: SkillGroup
    weight: Literal["critical", "important", "optional"]
    where: Text | None = None


class Kpi(Value):
    """A measure of the role with its target, how often it is read, and the dimensions it speaks of.

    One that was added for an offer may speak of none; a rubric's speak of one at least.
    """

    id: Id
    name: Text
    target: Text
    every: Text
    dimensions: tuple[Id, ...]


class Limits(Value):
    """The numbers of the panel's rule. Scores are 1-4; a composite is a mean of scores."""

    hire_from: Exact
    mixed_from: Exact
    min_raters: Count
    max_dimensions_per_interviewer: Annotated[int, Field(strict=True, ge=1, le=MOST)]
    dimensions_without_score_allowed: Count
    wide_from: Annotated[int, Field(strict=True, ge=1, le=3)]
    flat_from: Annotated[int, Field(strict=True, ge=2, le=MOST)]

    @model_validator(mode="after")
    def _between_the_scores(self) -> Self:
        if not 1 <= self.mixed_from <= self.hire_from <= 4:
            raise PydanticCustomError("limits", "this needs 1 ≤ mixed_from ≤ hire_from ≤ 4")
        return self


class Rubric(Value):
    """Everything an interview is scored by. A version in use never changes; a changed one is a new version."""

    id: Id
    name: Text
    version: Version
    level: Id
    bar: Score
    scale: tuple[ScalePoint, ...]
    not_assessed_reasons: Annotated[tuple[Choice, ...], Field(min_length=1)]
    overall: tuple[Choice, ...]
    must_have: tuple[Id, ...]
    limits: Limits
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1, max_length=MOST)]
    exercises: Annotated[tuple[Exercise, ...], Field(min_length=1)]
    plans: Annotated[tuple[PackPlan, ...], Field(min_length=1)]
    areas: tuple[Area, ...] = ()
    signals: tuple[RubricSignal, ...] = ()
    skills: tuple[Skill, ...] = ()
    kpis: tuple[Kpi, ...] = ()

    @field_validator("scale")
    @classmethod
    def _one_point_for_each_score(cls, scale: tuple[ScalePoint, ...]) -> tuple[ScalePoint, ...]:
        return _in_order(scale)

    @field_validator("overall")
    @classmethod
    def _the_four_votes(cls, overall: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if [c.id for c in overall] != list(Overall):
            raise PydanticCustomError("votes", "this needs the votes {ids}, in this order", {"ids": ", ".join(Overall)})
        return overall

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Self:
        refuse([*_doubles(self), *_loose_ends(self), *_plan_faults(self)])
        refuse(_asked_twice(self))
        return self

    @property
    def words(self) -> str:
        """Name and version, as a card, a kit or a packet says what it was scored by."""
        return f"{self.name} {self.version}"

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions' ids in the order of the strip."""
        return tuple(d.id for d in self.dimensions)

    @property
    def default_plan(self) -> PackPlan:
        """The plan a new opening starts with: the first one."""
        return self.plans[0]

    def dimension(self, wanted: str) -> Dimension:
        """The dimension with this id. Raises KeyError, as the other look-ups here do."""
        return one(self.dimensions, wanted)

    def exercise(self, wanted: str) -> Exercise:
        """The exercise with this id."""
        return one(self.exercises, wanted)

    def plan(self, wanted: str) -> PackPlan:
        """The plan with this id."""
        return one(self.plans, wanted)

    def signal(self, wanted: str) -> RubricSignal:
        """The signal with this id."""
        return one(self.signals, wanted)

    def signals_of(self, dimension: str, kind: SignalKind | None = None) -> tuple[RubricSignal, ...]:
        """What to listen for on a dimension: strong, weak, red, or one of these alone."""
        return tuple(s for s in self.signals if dimension in s.dimensions and kind in (None, s.kind))

    def skills_of(self, dimension: str) -> tuple[Skill, ...]:
        """The skills a dimension draws on, in its own order."""
        return tuple(one(self.skills, k) for k in self.dimension(dimension).skills)

    def kpis_of(self, dimension: str) -> tuple[Kpi, ...]:
        """The measures that speak of a dimension."""
        return tuple(k for k in self.kpis if dimension in k.dimensions)

    def questions_for(
        self, exercise: str, dimensions: Collection[str], retired: Collection[str] = ()
    ) -> tuple[tuple[Dimension, Question], ...]:
        """What to ask in an exercise that scores these dimensions, in the same order for everyone.

        A dimension the exercise has no question on brings its own first one, at the end. Where a question is retired,
        another one of its dimension that this exercise does not ask takes its place, if there is any.
        """
        whose = {q.id: (d, q) for d in self.dimensions for q in d.questions}
        own = [whose[q] for q in self.exercise(exercise).questions if whose[q][0].id in dimensions]
        asked = {d.id for d, _ in own}
        every = [*own, *((d, d.questions[0]) for d in self.dimensions if d.id in dimensions and d.id not in asked)]
        if not any(q.id in retired for _, q in every):
            return tuple(every)
        taken = {q.id for _, q in every}
        found: list[tuple[Dimension, Question]] = []
        for dimension, question in every:
            if question.id in retired:
                others = (q for q in dimension.questions if q.id not in retired and q.id not in taken)
                other = next(others, None)
                if other is None:
                    continue
                question = other
                taken.add(question.id)
            found.append((dimension, question))
        return tuple(found)

    def rule(self, must_have: Collection[str] | None = None) -> Rule:
        """The panel's rule by these limits; an opening may bring must-haves of its own."""
        limits = self.limits
        return Rule(
            dimensions=self.dimension_ids,
            must_have=frozenset(self.must_have if must_have is None else must_have),
            bar=self.bar,
            hire_from=limits.hire_from,
            mixed_from=limits.mixed_from,
            min_raters=limits.min_raters,
            without_score_allowed=limits.dimensions_without_score_allowed,
            wide_from=limits.wide_from,
        )


S = TypeVar("S", Anchor, ScalePoint)


def _in_order(points: tuple[S, ...]) -> tuple[S, ...]:
    if tuple(p.score for p in points) != SCORES:
        raise PydanticCustomError("scores", "this needs exactly the scores 1, 2, 3, 4, in this order")
    return points


def _doubles(rubric: Rubric) -> list[Fault]:
    lists: Mapping[str, Sequence[Named]] = {
        "not_assessed_reasons": rubric.not_assessed_reasons,
        "dimensions": rubric.dimensions,
        "exercises": rubric.exercises,
        "plans": rubric.plans,
        "areas": rubric.areas,
        "signals": rubric.signals,
        "skills": rubric.skills,
        "kpis": rubric.kpis,
    }
    found = [f for name, items in lists.items() for f in repeats((name,), "id", [i.id for i in items])]
    found += repeats(("dimensions",), "narrow", [d.narrow for d in rubric.dimensions])
    found += repeats(("signals",), "label", [s.label for s in rubric.signals])
    seen: set[str] = set()
    for place, dimension in enumerate(rubric.dimensions):
        for number, question in enumerate(dimension.questions):
            if question.id in seen:
                way = ("dimensions", place, "questions", number, "id")
                found.append(Fault(way, f"“{question.id}” stands here twice"))
            seen.add(question.id)
    return found


def _loose_ends(rubric: Rubric) -> list[Fault]:
    known = rubric.dimension_ids
    questions = {q.id for d in rubric.dimensions for q in d.questions}
    found = unknown(("must_have",), rubric.must_have, known, "dimension of this pack")
    speaking: Mapping[str, Sequence[Area | RubricSignal | Kpi]] = {
        "areas": rubric.areas,
        "signals": rubric.signals,
        "kpis": rubric.kpis,
    }
    for name, items in speaking.items():
        for place, item in enumerate(items):
            if not item.dimensions:
                found.append(Fault((name, place, "dimensions"), "this names no dimension"))
            found += unknown((name, place, "dimensions"), item.dimensions, known, "dimension of this pack")
    for place, dimension in enumerate(rubric.dimensions):
        skills = [s.id for s in rubric.skills]
        found += unknown(("dimensions", place, "skills"), dimension.skills, skills, "skill of this pack")
    for place, exercise in enumerate(rubric.exercises):
        at = ("exercises", place)
        found += unknown((*at, "primary"), exercise.primary, known, "dimension of this pack")
        found += unknown((*at, "secondary"), exercise.secondary, known, "dimension of this pack")
        found += unknown((*at, "questions"), exercise.questions, questions, "question of this pack")
        if exercise.minutes[0] > exercise.minutes[1]:
            found.append(Fault((*at, "minutes"), "this gives more minutes at least than at most"))
    return found


def _plan_faults(rubric: Rubric) -> list[Fault]:
    found: list[Fault] = []
    exercises = {e.id: e for e in rubric.exercises}
    most = rubric.limits.max_dimensions_per_interviewer
    for number, plan in enumerate(rubric.plans):
        for place, round_ in enumerate(plan.rounds):
            at = ("plans", number, "rounds", place)
            exercise = exercises.get(round_.exercise)
            if exercise is None:
                found.append(Fault((*at, "exercise"), f"“{round_.exercise}” is no exercise of this pack"))
                continue
            looked_at = (*exercise.primary, *exercise.secondary)
            what = f"dimension that “{exercise.id}” looks at"
            found += unknown((*at, "dimensions"), round_.dimensions, looked_at, what)
            if len(round_.dimensions) > most:
                found.append(Fault((*at, "dimensions"), f"this gives one interviewer more than {most} dimensions"))
            least, longest = exercise.minutes
            if not least <= round_.minutes <= longest:
                found.append(Fault((*at, "minutes"), f"“{exercise.id}” takes {least} to {longest} minutes"))
    return found


def _asked_twice(rubric: Rubric) -> list[Fault]:
    """Questions a candidate would hear from two interviewers of one plan."""
    found: list[Fault] = []
    for number, plan in enumerate(rubric.plans):
        heard: set[str] = set()
        for place, round_ in enumerate(plan.rounds):
            at = ("plans", number, "rounds", place)
            for _, question in rubric.questions_for(round_.exercise, round_.dimensions):
                if question.id in heard:
                    found.append(Fault(at, f"this asks “{question.id}” a second time in this plan"))
                heard.add(question.id)
    return found
