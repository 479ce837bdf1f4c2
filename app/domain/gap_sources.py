"""Gaps from elsewhere than plain assessments: a calibration's verdict after its session, and the panel of the hire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.growth import STANDINGS, Gap, GapStanding, gap
from app.domain.guide import Guide
from app.domain.readiness import LevelCell, ReadinessVerdict


def gaps_of_verdict(guide: Guide, verdict: ReadinessVerdict) -> tuple[Gap, ...]:
    """The cells behind a word of readiness as gaps, so that word and cells say the same; in the guide's order."""
    known = {c.dimension: c for c in verdict.cells}
    return tuple(_of_cell(known[d]) if d in known else gap(d, None, ()) for d in guide.dimension_ids)


def _of_cell(cell: LevelCell) -> Gap:
    if cell.state is None or cell.bar is None:
        return Gap(cell.dimension, "not_expected", None, cell.scores, GapStanding.NOT_EXPECTED, cell.low)
    return Gap(
        cell.dimension, cell.weight, cell.bar, cell.scores, STANDINGS[cell.state], cell.low, cell.high, cell.below
    )


def gaps_of_hire(guide: Guide, level: str, bar: int, scores: Mapping[str, Sequence[int]]) -> tuple[Gap, ...]:
    """What the panel of a hire scored, each dimension against the panel's own bar; the weights are the level's.

    A dimension the panel did not score, or the level does not ask for, has no score. Raises KeyError.
    """
    found = []
    for dimension in guide.dimension_ids:
        cell = guide.level(level).cells.get(dimension)
        given = scores.get(dimension, ())
        if cell is None or cell.bar is None or not given:
            found.append(gap(dimension, cell, ()))
        else:
            found.append(gap(dimension, cell.model_copy(update={"bar": bar}), given))
    return tuple(found)


def topics_of(found: Sequence[Gap]) -> tuple[str, ...]:
    """The dimensions a panel scored under its bar: the first things to grow in. Core ones first, the lower first."""
    under = [g for g in found if g.score is not None and g.bar is not None and g.score < g.bar]
    return tuple(g.dimension for g in sorted(under, key=lambda g: (not g.core, -g.below)))
