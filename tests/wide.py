"""Guides of other sizes than ours for tests: many dimensions, any number of levels on one track."""

from __future__ import annotations

from itertools import pairwise

from app.domain.guide import Guide, GuideCell, GuideDimension, GuideLevel, GuideTrack, GuideWay

AREAS = (
    "Architecture",
    "Observability",
    "Testing",
    "Data handling",
    "Security",
    "Delivery",
    "Documentation",
    "Incident response",
    "Collaboration",
    "Mentoring",
    "Hiring",
    "Product sense",
    "Communication",
    "Planning",
    "Cost awareness",
    "Stakeholder management",
)
"""Sixteen everyday names, some of them long."""


def guide_of(name: str, dimensions: int = 16, levels: int = 5) -> Guide:
    """A guide of this size; each cell says which level and dimension it is of, supporting ones among core ones."""
    areas = [
        GuideDimension(id=f"d{n:02}", name=AREAS[n], short=AREAS[n], narrow=AREAS[n][:11].strip())
        for n in range(dimensions)
    ]
    ids = [f"L{n}" for n in range(1, levels + 1)]
    weights = ("core", "important", "supporting")
    made = [
        GuideLevel(
            id=level,
            track="one",
            title=f"Engineer {number}",
            scope=f"Scope {number}",
            cells={
                d.id: GuideCell(
                    weight=weights[place % 3], bar=2 if place % 3 == 2 else 3, expect=f"{d.name} as {level} does it."
                )
                for place, d in enumerate(areas)
            },
        )
        for number, level in enumerate(ids, start=1)
    ]
    ways = [GuideWay.model_validate({"from": one, "to": other, "kind": "promotion"}) for one, other in pairwise(ids)]
    return Guide(
        name=name,
        dimensions=tuple(areas),
        tracks=(GuideTrack(id="one", name="Engineers", order=tuple(ids)),),
        levels=tuple(made),
        transitions=tuple(ways),
    )
