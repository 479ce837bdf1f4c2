"""Drafts of mails to who assesses members: a request, a reminder, thanks. None says what anybody thinks of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from app.exchange.mail import Enclosure, address, one_line
from app.queries.rater_mails import AskedOf, RaterMail
from app.words import long_day, ntr, tr


class RaterLetter(StrEnum):
    """What a draft is for."""

    REQUEST = "request"
    REMINDER = "reminder"
    THANKS = "thanks"


def rater_draft(letter: RaterLetter, mail: RaterMail, enclosures: Sequence[Enclosure] = ()) -> bytes:
    """A draft as bytes of an .eml file: no date and no sender, which the mail program adds.

    An address that is none is left out; the draft then asks for it by having no To.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(_subject(letter, mail))
    to = address(mail.rater, mail.mail)
    if to is not None:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content("\n\n".join(_body(letter, mail)) + "\n", charset="utf-8")
    for enclosure in enclosures:
        message.add_attachment(
            enclosure.content, maintype="application", subtype="pdf", filename=one_line(enclosure.name)
        )
    return message.as_bytes()


def letter_name(letter: RaterLetter) -> str:
    """What the file of a draft is called."""
    return {
        RaterLetter.REQUEST: tr("Request.eml"),
        RaterLetter.REMINDER: tr("Reminder.eml"),
        RaterLetter.THANKS: tr("Thanks.eml"),
    }[letter]


def _subject(letter: RaterLetter, mail: RaterMail) -> str:
    words = {
        RaterLetter.REQUEST: tr("You are asked for assessments: {calibration}"),
        RaterLetter.REMINDER: tr("Assessments of yours are still due: {calibration}"),
        RaterLetter.THANKS: tr("Thank you for your assessments: {calibration}"),
    }[letter]
    return words.format(calibration=mail.calibration)


def _body(letter: RaterLetter, mail: RaterMail) -> list[str]:
    hello = tr("Dear {who},").format(who=one_line(mail.rater))
    bye = one_line(mail.return_to)
    called = one_line(mail.calibration)
    if letter is RaterLetter.THANKS:
        first = tr("your assessments for {calibration} are in. Thank you for the time you gave.")
        second = tr("Please delete the forms and keep no copy.")
        return [p for p in (hello, first.format(calibration=called), second, bye) if p]
    due = mail.due
    asks = {
        RaterLetter.REQUEST: ntr(
            "you are asked for an assessment for {{calibration}}. Its form is attached.",
            "you are asked for assessments for {{calibration}}. A form for each is attached.",
            len(due),
        ),
        RaterLetter.REMINDER: ntr(
            "an assessment of yours for {{calibration}} is not in yet. Its form is attached once more.",
            "assessments of yours for {{calibration}} are not in yet. Their forms are attached once more.",
            len(due),
        ),
    }[letter]
    alone = tr(
        "Fill them in alone, before you talk to anybody about it; nobody sees them but you until all are in. "
        "Then send them back."
    )
    lines = "\n".join(map(_line, due))
    return [p for p in (hello, asks.format(calibration=called), lines, alone, bye) if p]


def _line(one: AskedOf) -> str:
    words = tr("- {member}, against {level}").format(member=one_line(one.member), level=one_line(one.level))
    return tr("{line}, by {day}").format(line=words, day=long_day(one.due_on)) if one.due_on is not None else words
