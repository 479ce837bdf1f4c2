"""Calibrations as reports: splits and what became of them, one rater at a time, and who was rated again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from app.charts.bars import counts
from app.domain.severity import PRIOR_UNTIL, SCORES_NEEDED
from app.packets.reports.panel import severity_drawn, severity_finding, severity_rows
from app.packets.reports.report import Report
from app.phrases.reports import sealed_members
from app.phrases.rubric import outcome_word
from app.queries.reports.sessions import OneRater, ReratingReport, SplitReport
from app.words import ntr, tr

PAIRS_NEEDED = 8
"""Under so many scores given again nothing is said of how often they stay."""


def splits(value: SplitReport) -> Report:
    """Which splits a session took up, and how they stood after it."""
    total = value.total
    taken = total.splits - total.untouched
    kinds = [
        (tr("Then met"), total.met, False),
        (tr("Then not met"), total.not_met, False),
        (tr("Still split"), total.still, False),
        (tr("Not voted on"), total.untouched, True),
    ]
    finding = tr("No cell was split before a session.")
    if total.splits:
        finding = tr("{taken} of {all} splits were voted on again; {n} of them are split still.").format(
            taken=taken, all=total.splits, n=total.still
        )
    words = [(outcome_word(word), word) for word in ("promote", "not_now", "more_evidence")]
    return Report(
        name="splits",
        title=tr("Splits and what became of them"),
        finding=finding,
        unit=tr("Cells that were split before the session"),
        n=tr("n = {n} splits of {members} members").format(n=total.splits, members=total.members),
        definition=(
            tr(
                "A cell is one dimension of one member against the level proposed. It is split where the scores that "
                "counted before the session lie on both sides of its bar, neither two thirds of them."
            ),
            tr("Voted on again is a silent second vote; its newest one holds. Still split holds those that are thin."),
            tr("The outcomes are those of the members who had a split, and nothing says that it decided them."),
            tr("The period is that of the days on which sessions began."),
        ),
        headings=(
            *(tr("Calibration"), tr("Members with a split"), tr("Splits"), tr("Then met"), tr("Then not met")),
            *(tr("Still split"), tr("Not voted on"), *(name for name, _ in words), tr("No outcome yet")),
        ),
        rows=[
            (
                *(g.name, str(g.members), str(g.splits), str(g.met), str(g.not_met), str(g.still), str(g.untouched)),
                *(str(g.outcomes.get(word, 0)) for _, word in words),
                str(g.outcomes.get("", 0)),
            )
            for g in value.groups
        ],
        draw=partial(counts, kinds=kinds) if total.splits else None,
        left_out=sealed_members(value.sealed),
    )


def raters(value: OneRater) -> Report:
    """One rater of members beside the others. Nobody is ranked."""
    shared = value.above + value.same + value.below
    how = tr("estimated from this workspace") if value.estimated else tr("the usual ones until there are {n} degrees")
    rows = [
        (tr("Scores somebody else gave too"), str(shared)),
        (tr("Above the others"), str(value.above)),
        (tr("As the others"), str(value.same)),
        (tr("Below the others"), str(value.below)),
        *severity_rows(value.severity),
        (tr("Second scores"), str(value.voted)),
        (tr("Of these changed"), str(value.changed)),
    ]
    if value.days:
        middle = value.days[(len(value.days) - 1) // 2]
        rows += [
            (tr("Assessments in"), str(len(value.days))),
            (tr("Days from being asked, the middle one"), str(middle)),
            (tr("The longest"), str(value.days[-1])),
        ]
    return Report(
        name="raters",
        title=tr("{name} as a rater").format(name=value.name),
        finding=severity_finding(value.severity),
        unit=tr("Points against the people who scored the same cells"),
        n=tr("n = {n} scores in common cells").format(n=value.severity.scores),
        definition=(
            tr(
                "First scores, from before the session, against the low median of the others on the same dimension of "
                "the same member. What people say of themselves is not among them."
            ),
            tr(
                "Severity is what is left for the rater once the cell and chance are taken off, shrunken towards 0; "
                "below 0 is stricter. It is shown from {n} common scores on. The variances are {how}."
            ).format(n=SCORES_NEEDED, how=how.format(n=PRIOR_UNTIL)),
            tr("The period is that of the days on which sessions began."),
        ),
        headings=(tr("What"), tr("Figure")),
        rows=rows,
        draw=severity_drawn(value.severity),
        left_out=sealed_members(value.sealed),
        note=tr("For coaching only. It never touches a score, and it is on no session’s screen and in no packet."),
    )


def re_ratings(value: ReratingReport) -> Report:
    """How scores stand that a rater gave again against the same sentence."""
    total = value.total
    all_, same = sum(total.values()), total.get(0, 0)
    if all_ < PAIRS_NEEDED:
        finding = tr("Too few to say: {n} of {needed} scores given again.").format(n=all_, needed=PAIRS_NEEDED)
    else:
        finding = tr("{same} of {n} scores given again are the same.").format(same=same, n=all_)
    names = [tr("Lower by two or more"), tr("One lower"), tr("The same"), tr("One higher"), tr("Higher by two or more")]
    kinds = [(name, n, False) for name, n in zip(names, _by_way(total), strict=True)]
    return Report(
        name="re-ratings",
        title=tr("Rated again"),
        finding=finding,
        unit=tr("Scores a rater gave a member again, by how they moved"),
        n=tr("n = {n} scores").format(n=all_),
        definition=(
            tr(
                "The same rater on the same member, against the same level and a sentence that says the same, also "
                "where the guide has another version. An amendment stands in the place of what it amends."
            ),
            tr("A person grows between two ratings: a score that moves is no mistake."),
            tr("The period is that of the days on which the second score came in."),
        ),
        headings=(tr("Dimension"), tr("Given again"), *names),
        rows=[(name, str(sum(moved.values())), *(str(n) for n in _by_way(moved))) for name, moved in value.dimensions],
        draw=partial(counts, kinds=kinds) if all_ >= PAIRS_NEEDED else None,
        left_out=ntr(
            "{n} assessment is not open to you and is left out",
            "{n} assessments are not open to you and are left out",
            value.sealed,
        )
        if value.sealed
        else "",
    )


def _by_way(moved: Mapping[int, int]) -> list[int]:
    return [
        sum(n for by, n in moved.items() if by <= -2),
        moved.get(-1, 0),
        moved.get(0, 0),
        moved.get(1, 0),
        sum(n for by, n in moved.items() if by >= 2),
    ]
