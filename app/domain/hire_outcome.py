"""Hire to outcome: whether interviews and later assessments put the same people in the same order.

Kendall's tau-b (Kendall 1945) on pairs of one person and one dimension; the interval comes from drawing people anew,
because a person's pairs belong together. Only hired people have a later score: the range is restricted, and what the
figure says of the interviews is less than it would be over all candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

PAIRS_NEEDED = 20
_SCORES = 4
_ENDS = (2.5, 97.5)  # percentiles of the interval


@dataclass(frozen=True)
class Pair:
    """One dimension of one person: the interview's score against its level, and the later one against its own."""

    person: int
    name: str
    dimension: str
    interview: int
    hired_at: str
    later: int
    assessed_at: str
    on: date


@dataclass(frozen=True)
class HireOutcome:
    """The figure: None under 20 pairs, and where one of the two has one value alone. `people` are in the pairs."""

    pairs: int
    people: int
    tau: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def enough(self) -> bool:
        """Whether there are pairs enough for a figure."""
        return self.pairs >= PAIRS_NEEDED


def hire_outcome_of(pairs: Sequence[Pair], resamples: Iterable[Any] = ()) -> HireOutcome:
    """The figure over all pairs. `resamples` say how often each person is drawn, in the order of their first pair;
    the order of the pairs never matters."""
    people = sorted({p.person for p in pairs})
    if len(pairs) < PAIRS_NEEDED:
        return HireOutcome(len(pairs), len(people))
    from scipy.stats import kendalltau  # noqa: PLC0415  (a second to import; needed by reports alone)

    found = float(kendalltau([p.interview for p in pairs], [p.later for p in pairs], variant="b").statistic)
    if found != found:  # not a number: one of the two never differs
        return HireOutcome(len(pairs), len(people))
    low, high = _interval(pairs, people, resamples)
    return HireOutcome(len(pairs), len(people), found, low, high)


def tau_b(table: Sequence[Sequence[int]]) -> float | None:
    """Kendall's tau-b of a table of counts (rows one score, columns the other), both in order; None where it has no
    value: (C − D) / √((n0 − n1)(n0 − n2)), with n0 all pairs of cases, n1 and n2 those tied in rows and columns."""
    rows, columns = range(len(table)), range(len(table[0]))
    agree = against = 0
    for i in rows:
        for j in columns:
            if table[i][j]:
                agree += table[i][j] * sum(table[a][b] for a in rows[i + 1 :] for b in columns[j + 1 :])
                against += table[i][j] * sum(table[a][b] for a in rows[i + 1 :] for b in columns[:j])
    n = sum(map(sum, table))
    whole = n * (n - 1) // 2
    tied_rows = sum(s * (s - 1) // 2 for s in (sum(r) for r in table))
    tied_columns = sum(s * (s - 1) // 2 for s in (sum(r[j] for r in table) for j in columns))
    under = (whole - tied_rows) * (whole - tied_columns)
    return (agree - against) / float(under) ** 0.5 if under else None


def _interval(
    pairs: Sequence[Pair], people: Sequence[int], resamples: Iterable[Any]
) -> tuple[float | None, float | None]:
    import numpy as np  # noqa: PLC0415  (needed by reports alone)

    if len(people) < 2:
        return None, None
    tables = np.zeros((len(people), _SCORES, _SCORES), dtype=int)
    place = {person: number for number, person in enumerate(people)}
    for pair in pairs:
        tables[place[pair.person], pair.interview - 1, pair.later - 1] += 1
    drawn = [tau_b(np.tensordot(counts, tables, axes=1).tolist()) for counts in resamples]
    known = [d for d in drawn if d is not None]
    if not known:
        return None, None
    low, high = np.percentile(known, _ENDS)
    return float(low), float(high)
