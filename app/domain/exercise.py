"""Exercises and plans of a rubric: kinds of interview, and which of them a candidate goes through."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.domain.spelling import canonical
from app.domain.value import Id, Label, Text, Value

Minutes = Annotated[int, Field(strict=True, ge=5, le=480)]


class Exercise(Value):
    """A kind of interview. `questions` are the ids to ask, in the order they are asked in; `added` says why
    it is here although the source document has no such exercise."""

    id: Id
    name: Text
    short: Annotated[Label, Field(max_length=14)]
    minutes: tuple[Minutes, Minutes]
    optional: Annotated[bool, Field(strict=True)] = False
    brief: Text
    looks_at: Annotated[tuple[Text, ...], Field(min_length=1)]
    primary: Annotated[tuple[Id, ...], Field(min_length=1)]
    secondary: tuple[Id, ...] = ()
    questions: tuple[Id, ...] = ()
    added: Text | None = None

    def as_text(self) -> str:
        """One line of JSON with sorted keys."""
        content = self.model_dump(mode="json")
        return canonical(content)


class Round(Value):
    """One interview of a plan: an exercise, the dimensions scored in it, the minutes to book."""

    exercise: Id
    dimensions: Annotated[tuple[Id, ...], Field(min_length=1)]
    minutes: Minutes


class PackPlan(Value):
    """Which rounds a candidate goes through, in order."""

    id: Id
    name: Text
    note: Text
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]

    @property
    def minutes(self) -> int:
        """All rounds together."""
        return sum(r.minutes for r in self.rounds)

    def seen(self, dimension: str) -> int:
        """In how many rounds a dimension is scored."""
        return sum(dimension in r.dimensions for r in self.rounds)
