"""A rubric pack: a rubric, and what may come along: role card, leveling guide, onboarding plan, calibration gym.

All of them speak of the same dimensions and level.
"""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from app.domain.onboarding import Onboarding
from app.domain.pack_guide import Levels
from app.domain.practice import PracticeSet
from app.domain.role import Role
from app.domain.rubric import Rubric
from app.domain.spelling import canonical
from app.domain.value import Fault, Value, refuse, unknown

PARTS = ("role", "levels", "onboarding", "gym")
"""What a pack may have beside its rubric."""


class Pack(Value):
    """What a workspace adopts as one version."""

    rubric: Rubric
    role: Role | None = None
    levels: Levels | None = None
    onboarding: Onboarding | None = None
    gym: PracticeSet | None = None

    @model_validator(mode="after")
    def _speaks_of_the_same(self) -> Self:
        refuse([*_level_faults(self), *_cell_faults(self), *_goal_faults(self), *_gym_faults(self)])
        return self

    @property
    def id(self) -> str:
        """The rubric's id names the whole pack."""
        return self.rubric.id

    def canonical_text(self) -> str:
        """The pack as one line of JSON with sorted keys: the same content gives the same text, and so one digest."""
        # What a pack has not is not in its text: packs from before there were gyms or tags keep their digest.
        left_out = {name for name in PARTS if getattr(self, name) is None}
        content = self.model_dump(mode="json", by_alias=True, exclude=left_out)
        for question in (q for d in content["rubric"]["dimensions"] for q in d["questions"]):
            if not question["tags"]:
                del question["tags"]
        return canonical(content)

    @property
    def title(self) -> str:
        """The role this is for, in words: the role card's, else the rubric's name."""
        return self.role.title if self.role is not None else self.rubric.name

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who approves a hire after the one who decides, by role; nobody without a role card."""
        return tuple(a.role for a in self.role.approvals if a.verb == "approves") if self.role is not None else ()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The pack that `canonical_text` wrote. Raises pydantic's ValidationError on anything else."""
        return cls.model_validate_json(text)


def _level_faults(pack: Pack) -> list[Fault]:
    wanted = pack.rubric.level
    found = []
    if pack.levels is not None and wanted not in {level.id for level in pack.levels.levels}:
        found.append(Fault(("rubric", "level"), f"“{wanted}” is no level of levels.yaml"))
    for file, part in (("role", pack.role), ("onboarding", pack.onboarding)):
        if part is not None and part.level != wanted:
            found.append(Fault((file, "level"), f"this is “{part.level}”, but the rubric is for “{wanted}”"))
    return found


def _cell_faults(pack: Pack) -> list[Fault]:
    dimensions = pack.rubric.dimension_ids
    found = []
    for place, level in enumerate(pack.levels.levels if pack.levels is not None else ()):
        at = ("levels", "levels", place, "cells")
        missing = [d for d in dimensions if d not in level.cells]
        if missing:
            found.append(Fault(at, f"this has nothing on {', '.join(f'“{d}”' for d in missing)}"))
        found += [
            Fault((*at, name), f"“{name}” is no dimension of the rubric")
            for name in level.cells
            if name not in dimensions
        ]
    return found


def _goal_faults(pack: Pack) -> list[Fault]:
    measures = {k.id for k in pack.rubric.kpis}
    found = []
    for place, horizon in enumerate(pack.onboarding.horizons if pack.onboarding is not None else ()):
        for number, goal in enumerate(horizon.goals):
            at = ("onboarding", "horizons", place, "goals", number)
            if not goal.dimensions:
                found.append(Fault((*at, "dimensions"), "this names no dimension"))
            found += unknown((*at, "dimensions"), goal.dimensions, pack.rubric.dimension_ids, "dimension of the rubric")
            found += [
                Fault((*at, "targets", index, "kpi"), f"“{target.kpi}” is no KPI of the rubric")
                for index, target in enumerate(goal.targets)
                if target.kpi is not None and target.kpi not in measures
            ]
    return found


def _gym_faults(pack: Pack) -> list[Fault]:
    if pack.gym is None:
        return []
    questions = {d.id: {q.id for q in d.questions} for d in pack.rubric.dimensions}
    found = []
    for place, answer in enumerate(pack.gym.answers):
        at = ("gym", "answers", place)
        if answer.dimension not in questions:
            found.append(Fault((*at, "dimension"), f"“{answer.dimension}” is no dimension of the rubric"))
        elif answer.question not in questions[answer.dimension]:
            found.append(Fault((*at, "question"), f"“{answer.question}” is no question on “{answer.dimension}”"))
    return found
