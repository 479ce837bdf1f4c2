"""The words of what reports are about."""

from __future__ import annotations

from app.domain.report_filter import ReportFilter
from app.words import day, ntr, tr


def filter_words(asked: ReportFilter, opening: str, rubric: str) -> str:
    """The filter in one line; `opening` and `rubric` are the words of those it has."""
    parts = [opening or tr("all openings")]
    if rubric or not opening:
        parts.append(rubric or tr("all rubrics"))
    parts.append(period_words(asked))
    return " · ".join(parts)


def team_words(asked: ReportFilter) -> str:
    """What a report of the team is about, with what of the filter narrows nothing in it."""
    parts = [tr("the team"), period_words(asked)]
    if asked.opening is not None or asked.rubric:
        parts.append(tr("an opening or a rubric narrows nothing here"))
    return " · ".join(parts)


def period_words(asked: ReportFilter) -> str:
    """The period, whose first and last day belong to it."""
    since, until = asked.since, asked.until
    if since is not None and until is not None:
        return tr("{first} to {last}").format(first=day(since), last=day(until))
    if since is not None:
        return tr("from {first} on").format(first=day(since))
    return tr("until {last}").format(last=day(until)) if until is not None else tr("all time")


def sealed_words(sealed: int) -> str:
    """How many candidates' cards are not in it; empty where all are."""
    if not sealed:
        return ""
    return ntr(
        "{n} candidate’s cards are not open to you and are left out",
        "the cards of {n} candidates are not open to you and are left out",
        sealed,
    )


def sealed_members(sealed: int) -> str:
    """How many members' assessments are not in it; empty where all are."""
    if not sealed:
        return ""
    return ntr(
        "{n} member’s assessments are not open to you and are left out",
        "the assessments of {n} members are not open to you and are left out",
        sealed,
    )
