"""The calibration gym of a pack: short written answers with the score experts gave and why, to practise on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.value import Id, Score, Text, Value, Version, refuse, repeats


class PracticeAnswer(Value):
    """What a fictional candidate wrote to a question of a dimension; `score` is the experts'."""

    id: Id
    dimension: Id
    question: Id
    answer: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]
    score: Score
    why: Text

    @property
    def words(self) -> int:
        """How long it is."""
        return sum(len(paragraph.split()) for paragraph in self.answer)


class PracticeSet(Value):
    """Answers in the order they are practised."""

    version: Version
    answers: Annotated[tuple[PracticeAnswer, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        refuse(repeats(("answers",), "id", [a.id for a in self.answers]))
        return self


@dataclass(frozen=True)
class PracticeResult:
    """How somebody's scores lie beside the experts': the same, one apart, further; `mean` below 0 is stricter."""

    scored: int
    same: int
    one_apart: int
    further: int
    mean: float | None


def practice(pairs: Iterable[tuple[int, int]]) -> PracticeResult:
    """From pairs of one's own score and the experts'."""
    apart = [own - expert for own, expert in pairs]
    same, one = sum(d == 0 for d in apart), sum(abs(d) == 1 for d in apart)
    return PracticeResult(len(apart), same, one, len(apart) - same - one, sum(apart) / len(apart) if apart else None)
