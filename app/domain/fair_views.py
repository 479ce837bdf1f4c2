"""Which groups a view of voluntary answers may show, so that no difference of two views shows a few people.

A view is everybody, one rubric or one opening, over all time or in one whole calendar year. Its figures are a group's
people and how many of them were selected. What is shown follows from all views at once and never from what was asked
before:

1. A group with fewer than five people in a view is hidden there.
2. Views are taken from the largest to the smallest. A group is shown in one only if, in every view around it that
   shows the group, what is left without it holds five or more of the group, or nobody at all who answered. So no view
   less another one inside it gives a group of one to four, nor that nobody of a group is among those left.
3. The same holds for what is left of a view when all the views are taken away together that lie beside each other in
   it: the rubrics and openings of one time, and the years of one scope. So adding up openings leads to no few people
   either.
4. Where a group of a view is hidden, the next smallest one is hidden too, until two are and five people with them. So
   nobody who knows from elsewhere how many there are in a view gets at one hidden group from it.

A rate shows how many of five or more people were selected, which may be few, or all: without that there is no report.
What is left of two views is always a group that might be shown itself. The rules are about the views of one moment: who
keeps a report and prints it again after one more answer can see that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

FEWEST = 5
EVERYTHING = ""


@dataclass(frozen=True, order=True)
class FairView:
    """A scope by its name, empty for everybody, and a year or 0 for all time."""

    scope: str = EVERYTHING
    year: int = 0


@dataclass(frozen=True)
class Answer:
    """One person who answered: their group, and the views they are in. Each is in one opening and one year, so that
    views hold each other as openings lie in rubrics."""

    group: str
    views: frozenset[FairView]


class ShownGroups:
    """Which groups each view may show, out of everybody's answers."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = answers

    def of(self, view: FairView) -> frozenset[str]:
        """The groups that this view shows; none where it has nobody."""
        held = {group: self._count(view, group) for group in self._groups if self._count(view, group)}
        shown = {group for group in held if view in self._open[group]}
        hidden = sum(n for group, n in held.items() if group not in shown)
        while shown and len(shown) < len(held) and (len(held) - len(shown) < 2 or hidden < FEWEST):
            smallest = min(shown, key=lambda group: (held[group], group))
            shown.discard(smallest)
            hidden += held[smallest]
        return frozenset(shown)

    @cached_property
    def _cells(self) -> dict[tuple[frozenset[FairView], str], list[int]]:
        """People by the views they are in and by group: of these there are few."""
        found: defaultdict[tuple[frozenset[FairView], str], list[int]] = defaultdict(list)
        for person, answer in enumerate(self._answers):
            found[answer.views, answer.group].append(person)
        return found

    @cached_property
    def _groups(self) -> tuple[str, ...]:
        return tuple(sorted({group for _, group in self._cells}))

    @cached_property
    def _people(self) -> dict[FairView, frozenset[int]]:
        found: defaultdict[FairView, list[int]] = defaultdict(list)
        for (views, _), people in self._cells.items():
            for view in views:
                found[view] += people
        return {view: frozenset(people) for view, people in found.items()}

    @cached_property
    def _of_group(self) -> dict[str, frozenset[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for (_, group), people in self._cells.items():
            found[group] += people
        return {group: frozenset(people) for group, people in found.items()}

    @cached_property
    def _open(self) -> dict[str, frozenset[FairView]]:
        """By group, the views that the first three rules let it be shown in."""
        order = sorted(self._people, key=lambda view: (-len(self._people[view]), view))
        return {group: self._opened(group, order) for group in self._groups}

    def _count(self, view: FairView, group: str) -> int:
        return self._counts.get((view, group), 0)

    @cached_property
    def _counts(self) -> dict[tuple[FairView, str], int]:
        found: defaultdict[tuple[FairView, str], int] = defaultdict(int)
        for (views, group), people in self._cells.items():
            for view in views:
                found[view, group] += len(people)
        return found

    def _opened(self, group: str, order: Iterable[FairView]) -> frozenset[FairView]:
        members = self._of_group[group]
        shown: dict[FairView, _Left] = {}
        for view in order:
            count, people = self._count(view, group), self._people[view]
            if count < FEWEST:
                continue
            around = [w for w in self._around(people) if w in shown]
            if all(
                _apart(len(self._people[w]) - len(people), self._count(w, group) - count)
                and shown[w].allows(w, view, people)
                for w in around
            ):
                for w in around:
                    shown[w].take(w, view, people)
                shown[view] = _Left(people, members, count)
        return frozenset(shown)

    def _around(self, people: Collection[int]) -> list[FairView]:
        """The views that hold all these people: each of them is a view of any one of the people."""
        one = next(iter(people))
        return [view for view in self._answers[one].views if self._people[view].issuperset(people)]


class _Rest:
    """Those of a view who are left, and how many of them are of the group."""

    def __init__(self, people: frozenset[int], members: frozenset[int], count: int) -> None:
        self._people, self._members, self._count = set(people), members, count

    def without(self, people: frozenset[int]) -> tuple[int, int]:
        """How many would be left without these, and how many of them of the group."""
        gone = people & self._people
        return len(self._people) - len(gone), self._count - len(gone & self._members)

    def take(self, people: frozenset[int]) -> None:
        """Take these people away."""
        _, self._count = self.without(people)
        self._people -= people


class _Left:
    """What is left of a view once the shown ones beside each other in it are taken away: scopes, and years."""

    def __init__(self, people: frozenset[int], members: frozenset[int], count: int) -> None:
        self._scopes, self._years = (_Rest(people, members, count) for _ in range(2))

    def allows(self, around: FairView, view: FairView, people: frozenset[int]) -> bool:
        """Whether enough of the group is left without these people too, or nobody."""
        rest = self._beside(around, view)
        return rest is None or _apart(*rest.without(people))

    def take(self, around: FairView, view: FairView, people: frozenset[int]) -> None:
        """Take these people away."""
        rest = self._beside(around, view)
        if rest is not None:
            rest.take(people)

    def _beside(self, around: FairView, view: FairView) -> _Rest | None:
        if around.year == view.year:
            return self._scopes
        return self._years if around.scope == view.scope else None


def _apart(people: int, members: int) -> bool:
    """Whether those who are left are nobody, or enough of a group."""
    return people == 0 or members >= FEWEST
