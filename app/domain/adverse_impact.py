"""Selection rates of groups beside the highest one: four fifths in whole numbers, Fisher's test, one different person.

Definitions are in the design's "The numbers, defined"; the four fifths are those of the Uniform Guidelines (1978), 4D.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

SMALL_SHARE = Fraction(2, 100)


@dataclass(frozen=True)
class Selected:
    """Of a group's `pool` people, how many were selected."""

    selected: int
    pool: int

    @property
    def rate(self) -> Fraction:
        """The share selected; there is somebody in the pool."""
        return Fraction(self.selected, self.pool)


@dataclass(frozen=True)
class GroupImpact:
    """One group. `ratio` is to the highest rate, None where the group is not judged: it is under 2 % of the pool, or
    there is no highest rate. `below` says that it is under four fifths, `flips` that one different person would turn
    that; `chance` is Fisher's two-sided probability. All are None for the group of the highest rate."""

    name: str
    count: Selected
    small: bool = False
    highest: bool = False
    ratio: Fraction | None = None
    below: bool | None = None
    flips: bool | None = None
    chance: float | None = None


def below_four_fifths(group: Selected, highest: Selected) -> bool:
    """Whether a rate is under four fifths of the highest one, in whole numbers: 5am < 4bn."""
    return 5 * group.selected * highest.pool < 4 * highest.selected * group.pool


def one_person_flips(group: Selected, highest: Selected) -> bool:
    """Whether it would be the other way round had one person of the one group been selected instead of one of the
    other (Questions and Answers on the Uniform Guidelines, 21)."""
    below = below_four_fifths(group, highest)
    step = 1 if below else -1
    a, b = group.selected + step, highest.selected - step
    if not (0 <= a <= group.pool and 0 <= b <= highest.pool):
        return False
    return below_four_fifths(Selected(a, group.pool), Selected(b, highest.pool)) is not below


def fisher(group: Selected, highest: Selected) -> float:
    """The two-sided probability of a table as uneven as this one, if both were selected alike."""
    from scipy.stats import fisher_exact  # noqa: PLC0415  (a second to import; needed by reports alone)

    table = [[c.selected, c.pool - c.selected] for c in (group, highest)]
    return float(fisher_exact(table, alternative="two-sided").pvalue)


def impact_of(groups: Mapping[str, Selected]) -> tuple[GroupImpact, ...]:
    """Every group that is shown beside the one with the highest rate, in the order they come in.

    Without two groups to judge, or where nobody was selected, there is no highest rate and nobody is judged.
    """
    whole = sum(count.pool for count in groups.values())
    small = {name for name, count in groups.items() if count.pool < SMALL_SHARE * whole}
    judged = [name for name in groups if name not in small]
    top = max(judged, key=lambda name: (groups[name].rate, groups[name].pool), default=None)
    if top is None or len(judged) < 2 or not groups[top].selected:
        return tuple(GroupImpact(name, count, name in small) for name, count in groups.items())
    return tuple(_beside(name, count, groups[top], name in small, name == top) for name, count in groups.items())


def _beside(name: str, count: Selected, highest: Selected, small: bool, is_highest: bool) -> GroupImpact:
    if small:
        return GroupImpact(name, count, small=True)
    if is_highest:
        return GroupImpact(name, count, highest=True, ratio=Fraction(1))
    return GroupImpact(
        name,
        count,
        ratio=count.rate / highest.rate,
        below=below_four_fifths(count, highest),
        flips=one_person_flips(count, highest),
        chance=fisher(count, highest),
    )
