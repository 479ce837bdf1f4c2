"""The words of how an application ended, and the reasons that are offered where a workspace has no list of its own."""

from __future__ import annotations

from datetime import date

from app.domain.pipeline import ClosingReason, Outcome, Side
from app.words import day, ntr, tr


def outcome_words(outcome: str) -> str:
    """How an application stands, in small letters. Raises ValueError for no outcome."""
    return {
        Outcome.ACTIVE: tr("open"),
        Outcome.HIRED: tr("hired"),
        Outcome.REJECTED: tr("rejected"),
        Outcome.WITHDRAWN: tr("withdrawn"),
        Outcome.MOVED: tr("moved to another opening"),
        Outcome.DUPLICATE: tr("the same person twice"),
    }[Outcome(outcome)]


def side_words(side: str) -> str:
    """Whose reason it was. Raises ValueError for none."""
    return {Side.OURS: tr("ours"), Side.THEIRS: tr("theirs"), Side.NOT_SAID: tr("not said")}[Side(side)]


def closed_words(outcome: str, why: str, reason: str) -> str:
    """'Closed: rejected. Chose somebody else. …', for a page and a timeline."""
    said = tr("Closed: {outcome}").format(outcome=outcome_words(outcome))
    return ". ".join(part.rstrip(".") for part in (said, why, reason) if part) + "."


def held_words(reason: str, until: date | None) -> str:
    """'on hold until 3 May 2026: their visa'."""
    if until is not None:
        return tr("on hold until {day}: {why}").format(day=day(until), why=reason)
    return tr("on hold: {why}").format(why=reason)


def transcripts_words(count: int) -> str:
    """What is deleted for good when an application is closed."""
    return ntr(
        "{n} transcript of these interviews is deleted with it, for good.",
        "{n} transcripts of these interviews are deleted with it, for good.",
        count,
    )


def first_reasons() -> tuple[ClosingReason, ...]:
    """The reasons that are offered until a workspace changes its list."""
    ours = (
        tr("Experience does not fit the role"),
        tr("A must-have is missing"),
        tr("Below the bar in the interviews"),
        tr("Somebody else was chosen"),
        tr("The opening is filled or cancelled"),
        tr("No right to work here"),
    )
    theirs = (
        tr("Took another job"),
        tr("Stays where they are"),
        tr("Pay"),
        tr("Place or working remotely"),
        tr("The role is not what they look for"),
        tr("The process took too long"),
        tr("No answer any more"),
    )
    return (
        *(ClosingReason(Outcome.REJECTED, Side.OURS, words) for words in ours),
        *(ClosingReason(Outcome.WITHDRAWN, Side.THEIRS, words) for words in theirs),
    )
