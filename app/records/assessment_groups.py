"""What a member was assessed at over time, by what was asked for together: only what is in and open to who asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from app.domain.guide import Guide
from app.domain.guide_diff import same_sentences
from app.records.submitted_assessments import SubmittedAssessment, submitted_among, what_counts
from app.records.visibility import AskedTogether, asked_together
from app.store.workspace import Workspace


@dataclass(frozen=True)
class AssessmentGroup:
    """Assessments that were made together, against one level; `on` is the day the last of them came in."""

    level: str
    guide: int
    on: date
    given: tuple[SubmittedAssessment, ...]

    def scores(self) -> dict[str, list[int]]:
        """By dimension, the scores that count."""
        found: dict[str, list[int]] = {}
        for score in what_counts(self.given, self.level, date.min, date.max)[0]:
            found.setdefault(score.dimension, []).append(score.score)
        return found


def groups_of(connection: Connection, workspace: Workspace, member: int) -> tuple[AssessmentGroup, ...]:
    """A member's assessments that are open to me, by what was asked for together, oldest first."""
    return groups_by_member(connection, workspace, [member])[member]


def groups_by_member(
    connection: Connection, workspace: Workspace, members: Collection[int]
) -> dict[int, tuple[AssessmentGroup, ...]]:
    """The groups of many members at once."""
    me = workspace.me
    groups = [g for g in asked_together(connection, members) if me is not None and g.sealing.open_to(me)]
    given = submitted_among(connection, [row for group in groups for row in group.assessments])
    mine: dict[int, list[AskedTogether]] = {m: [] for m in members}
    for group in groups:
        mine[group.member].append(group)
    return {m: _groups(workspace, of_member, given) for m, of_member in mine.items()}


def _groups(
    workspace: Workspace, groups: Sequence[AskedTogether], given: Mapping[int, SubmittedAssessment]
) -> tuple[AssessmentGroup, ...]:
    found = []
    for group in groups:
        newest = {(g.guide, g.content.level, g.rater): g for row in group.assessments if (g := given.get(row))}
        for guide, level in dict.fromkeys((g.guide, g.content.level) for g in newest.values()):
            here = tuple(g for g in newest.values() if (g.guide, g.content.level) == (guide, level))
            found.append(AssessmentGroup(level, guide, max(g.on(workspace.zone) for g in here), here))
    return tuple(sorted(found, key=lambda g: (g.on, g.given[0].id)))


def newest_against(
    read: Callable[[int], Guide], found: Sequence[AssessmentGroup], guide: int, level: str
) -> tuple[SubmittedAssessment, ...]:
    """Each rater's newest assessment against a level of a version, the newest of all at most the guide's
    window younger.

    One against another version counts on the dimensions whose sentence is the same in both. `read` gives the guide of
    a version.
    """
    newest: dict[int, SubmittedAssessment] = {}
    for group in found:
        if group.level == level:
            for given in group.given:
                kept = _against(read, given, guide, level)
                before = newest.get(given.rater)
                if kept and (before is None or (before.submitted_at, before.id) < (kept.submitted_at, kept.id)):
                    newest[given.rater] = kept
    last = max((g.submitted_at for g in newest.values()), default=None)
    window = read(guide).needs.window_days
    return tuple(g for g in newest.values() if last is not None and (last - g.submitted_at).days <= window)


def _against(
    read: Callable[[int], Guide], given: SubmittedAssessment, guide: int, level: str
) -> SubmittedAssessment | None:
    """What of an assessment counts against the level in this version; None where nothing does."""
    if given.guide == guide:
        return given
    same = same_sentences(read(given.guide), read(guide), level)
    kept = tuple(r for r in given.content.ratings if r.dimension in same)
    return replace(given, content=replace(given.content, ratings=kept)) if kept else None


def open_assessments(connection: Connection, workspace: Workspace, member: int) -> frozenset[int]:
    """The assessments of a member that are in and open to me, without those that were amended since."""
    return frozenset(given.id for group in groups_of(connection, workspace, member) for given in group.given)
