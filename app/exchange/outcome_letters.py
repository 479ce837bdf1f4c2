"""Drafts of letters to members on a calibration's outcome: promoted, or not now with what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from app.domain.calibration import CalibrationOutcome
from app.exchange.mail import address, one_line
from app.queries.outcome_letters import OutcomeLetter
from app.words import long_day, tr


def outcome_draft(letter: OutcomeLetter) -> bytes:
    """A draft as bytes of an .eml file: no date and no sender, which the mail program adds. Nobody's score, vote or
    reason stands in it: what it says of the level are the level's own sentences."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(_subject(letter))
    to = address(letter.name, letter.mail)
    if to is not None:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content("\n\n".join(_body(letter)) + "\n", charset="utf-8")
    return message.as_bytes()


def _subject(letter: OutcomeLetter) -> str:
    if letter.outcome is CalibrationOutcome.PROMOTE:
        return tr("Your promotion to {level}").format(level=letter.target)
    return tr("What {calibration} said about your next level").format(calibration=letter.calibration)


def _body(letter: OutcomeLetter) -> list[str]:
    names = letter.name.split()
    values = {"calibration": one_line(letter.calibration), "level": one_line(letter.target)}
    hello = tr("Dear {name},").format(name=one_line(names[0] if names else letter.name))
    bye = one_line(letter.sender)
    if letter.outcome is CalibrationOutcome.PROMOTE:
        first = tr("you are promoted to {level}. {calibration} decided it.").format(**values)
        when = tr("It holds from {day} on.").format(day=long_day(letter.since)) if letter.since else ""
        return [p for p in (hello, " ".join(filter(None, (first, when))), tr("Congratulations."), bye) if p]
    first = {
        CalibrationOutcome.NOT_NOW: tr("{calibration} talked about {level} for you. It is not now."),
        CalibrationOutcome.MORE_EVIDENCE: tr(
            "{calibration} talked about {level} for you. There was too little to decide on."
        ),
    }[letter.outcome].format(**values)
    show = _list(tr("What would change it, in the words of the level:"), letter.to_show)
    see = _list(tr("Where more has to be seen first:"), letter.to_see)
    last = tr("Let us talk about it, and put what you take on into your growth plan.")
    return [p for p in (hello, first, show, see, last, bye) if p]


def _list(head: str, sentences: Sequence[tuple[str, str]]) -> str:
    if not sentences:
        return ""
    return "\n".join([head, *(f"- {one_line(name)}: {one_line(expect)}" for name, expect in sentences)])
