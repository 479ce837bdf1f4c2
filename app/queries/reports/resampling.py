"""Resampling of people for the intervals of reports, the same in every run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

RESAMPLES = 1000
_SEED = 20260312


def resamples(people: int) -> Iterator[NDArray[intp]]:
    """How often each of so many people is drawn, `RESAMPLES` times; nothing for nobody."""
    if people == 0:
        return
    import numpy as np  # noqa: PLC0415  (needed by reports alone)

    chance = np.random.default_rng(_SEED)
    for _ in range(RESAMPLES):
        yield np.bincount(chance.integers(0, people, people), minlength=people)
