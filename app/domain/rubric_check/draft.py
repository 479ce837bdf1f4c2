"""A rubric as far as it is written: whatever is missing or blank in an editor's draft is empty here, never an error.

A draft made without validation may lack any field or hold anything in it; the rules read this view alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.rubric import Rubric
from app.domain.value import Way

USUAL_DIMENSIONS_PER_PERSON = 4


@dataclass(frozen=True)
class Passage:
    """A text with its place: the way into the rubric, the same by ids, and the dimension it belongs to."""

    place: Way
    where: tuple[str, ...]
    dimension: str | None
    text: str

    @property
    def written(self) -> bool:
        """Whether anything stands here; a field that is still blank is no fault."""
        return bool(self.text.strip())


@dataclass(frozen=True)
class DraftAnchor:
    """An anchor; `score` is its own, or by its place where it has none."""

    score: int
    place: Way
    where: tuple[str, ...]
    summary: Passage
    behaviours: tuple[Passage, ...]

    @property
    def written(self) -> tuple[Passage, ...]:
        """Summary and behaviours that are not blank."""
        return tuple(p for p in (self.summary, *self.behaviours) if p.written)


@dataclass(frozen=True)
class DraftQuestion:
    """A question with its probes."""

    id: str
    kind: str
    text: Passage
    probes: tuple[Passage, ...]


@dataclass(frozen=True)
class DraftDimension:
    """A dimension. `id` is empty where it has none yet; `where` then counts instead."""

    id: str
    place: Way
    where: tuple[str, ...]
    texts: tuple[Passage, ...]
    anchors: tuple[DraftAnchor, ...]
    questions: tuple[DraftQuestion, ...]


@dataclass(frozen=True)
class DraftExercise:
    """An exercise, and which dimensions it is mainly about."""

    id: str
    optional: bool
    primary: tuple[str, ...]
    questions: tuple[str, ...]
    texts: tuple[Passage, ...]


@dataclass(frozen=True)
class DraftRound:
    """A round of a plan; `minutes` is None where none stand there yet."""

    place: Way
    where: tuple[str, ...]
    exercise: str
    dimensions: tuple[str, ...]
    minutes: int | None


@dataclass(frozen=True)
class DraftRubric:
    """Everything the rules read; `texts` are names, signals and notes, which belong to no dimension's own fields."""

    must_have: tuple[str, ...]
    per_person: int
    dimensions: tuple[DraftDimension, ...]
    exercises: tuple[DraftExercise, ...]
    rounds: tuple[DraftRound, ...]
    texts: tuple[Passage, ...]

    def passages(self) -> Iterator[Passage]:
        """Every text that is not blank. What a rater's trap warns of is left out: it names what nobody should do."""
        for dimension in self.dimensions:
            yield from dimension.texts
            for anchor in dimension.anchors:
                yield from (anchor.summary, *anchor.behaviours)
            for question in dimension.questions:
                yield from (question.text, *question.probes)
        for exercise in self.exercises:
            yield from exercise.texts
        yield from self.texts


def drafted(rubric: Rubric) -> DraftRubric:
    """The rubric as far as it is written."""
    most = getattr(getattr(rubric, "limits", None), "max_dimensions_per_interviewer", None)
    top = _Here(rubric, (), (), None)
    plans = list(top.each("plans"))
    return DraftRubric(
        must_have=top.words("must_have"),
        per_person=most if isinstance(most, int) and most > 0 else USUAL_DIMENSIONS_PER_PERSON,
        dimensions=tuple(_dimension(d) for d in top.each("dimensions")),
        exercises=tuple(_exercise(e) for e in top.each("exercises")),
        rounds=tuple(_round(r) for plan in plans for r in plan.each("rounds")),
        texts=(
            top.passage("name"),
            *(p for plan in plans for p in (plan.passage("name"), plan.passage("note"))),
            *(p for signal in top.each("signals") for p in (signal.passage("label"), signal.passage("text"))),
        ),
    )


@dataclass(frozen=True)
class _Here:
    """A value of the draft, whatever it is, and where it stands."""

    value: object
    place: Way
    where: tuple[str, ...]
    dimension: str | None

    def text(self, field: str) -> str:
        found = getattr(self.value, field, None)
        return found if isinstance(found, str) else ""

    def many(self, field: str) -> Sequence[object]:
        found = getattr(self.value, field, None)
        return found if isinstance(found, (list, tuple)) else ()

    def words(self, field: str) -> tuple[str, ...]:
        return tuple(item for item in self.many(field) if isinstance(item, str))

    def number(self, field: str) -> int | None:
        found = getattr(self.value, field, None)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def passage(self, field: str) -> Passage:
        return Passage((*self.place, field), (*self.where, field), self.dimension, self.text(field))

    def passages(self, field: str) -> tuple[Passage, ...]:
        """The texts of a list. By ids they share one place, as a line has none of its own."""
        where = (*self.where, field)
        return tuple(
            Passage((*self.place, field, place), where, self.dimension, item if isinstance(item, str) else "")
            for place, item in enumerate(self.many(field))
        )

    def each(self, field: str) -> Iterator[_Here]:
        """The values of a list, each named by its id; by its number where the id is missing or stands there twice."""
        seen: set[str] = set()
        for place, item in enumerate(self.many(field)):
            own = getattr(item, "id", None)
            name = own if isinstance(own, str) and own and own not in seen else f"#{place + 1}"
            seen.add(name)
            whose = name if field == "dimensions" else self.dimension
            yield _Here(item, (*self.place, field, place), (*self.where, field, name), whose)


def _dimension(here: _Here) -> DraftDimension:
    return DraftDimension(
        id=here.text("id"),
        place=here.place,
        where=here.where,
        texts=(here.passage("name"), here.passage("short"), here.passage("definition")),
        anchors=tuple(_anchor(a, place + 1) for place, a in enumerate(here.each("anchors"))),
        questions=tuple(_question(q) for q in here.each("questions")),
    )


def _anchor(here: _Here, by_place: int) -> DraftAnchor:
    score = here.number("score") or by_place
    here = _Here(here.value, here.place, (*here.where[:-1], str(score)), here.dimension)
    return DraftAnchor(score, here.place, here.where, here.passage("summary"), here.passages("behaviours"))


def _question(here: _Here) -> DraftQuestion:
    return DraftQuestion(here.text("id"), here.text("kind"), here.passage("text"), here.passages("probes"))


def _exercise(here: _Here) -> DraftExercise:
    return DraftExercise(
        id=here.text("id"),
        optional=getattr(here.value, "optional", False) is True,
        primary=here.words("primary"),
        questions=here.words("questions"),
        texts=(here.passage("name"), here.passage("brief"), *here.passages("looks_at")),
    )


def _round(here: _Here) -> DraftRound:
    return DraftRound(here.place, here.where, here.text("exercise"), here.words("dimensions"), here.number("minutes"))
