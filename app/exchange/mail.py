"""Drafts of mails as .eml files, which a person's own mail program opens, ready to send. Nothing is sent from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from app.queries.kit import KitFacts
from app.words import clock, long_day, sentence_list, tr

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LONGEST = 200  # characters of a subject or a name


class Letter(StrEnum):
    """What a draft is for."""

    KIT = "kit"
    REMINDER = "reminder"
    THANKS = "thanks"


@dataclass(frozen=True)
class Enclosure:
    """A PDF that goes with a draft."""

    name: str
    content: bytes


def draft(letter: Letter, facts: KitFacts, mail: str, enclosure: Enclosure | None = None) -> bytes:
    """A draft to the interviewer, as bytes of an .eml file: no date and no sender, which the mail program adds.

    An address that is none is left out; the draft then asks for it by having no To.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(_subject(letter, facts))
    to = address(facts.interviewer, mail)
    if to is not None:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content("\n\n".join(_body(letter, facts)) + "\n", charset="utf-8")
    if enclosure is not None:
        message.add_attachment(
            enclosure.content, maintype="application", subtype="pdf", filename=one_line(enclosure.name)
        )
    return message.as_bytes()


def address(name: str, mail: str) -> Address | None:
    """Name and address for a header; None where the address is none."""
    mail = mail.strip()
    if not _ADDRESS.fullmatch(mail):
        return None
    try:
        return Address(display_name=one_line(name), addr_spec=mail)
    except (MessageError, ValueError, IndexError):  # a form that looks like one and is none, such as a..b@c
        return None


def one_line(text: str) -> str:
    """What may stand in a header: one line, nothing that no screen shows."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:_LONGEST].strip()


def _subject(letter: Letter, facts: KitFacts) -> str:
    words = {
        Letter.KIT: tr("Interview kit: {candidate}, {round}"),
        Letter.REMINDER: tr("Your scorecard is due: {candidate}, {round}"),
        Letter.THANKS: tr("Thank you: {candidate}, {round}"),
    }[letter]
    return words.format(candidate=facts.candidate, round=facts.exercise)


def _body(letter: Letter, facts: KitFacts) -> list[str]:
    """Paragraphs. None says what anybody thinks of the candidate."""
    names = {
        "who": one_line(facts.interviewer),
        "candidate": one_line(facts.candidate),
        "round": one_line(facts.exercise),
    }
    hello = tr("Dear {who},").format(**names)
    bye = one_line(facts.return_to)
    shorts = sentence_list([one_line(d.short) for d in facts.dimensions])
    when = ""
    if facts.starts_at is not None:
        start = facts.starts_at.astimezone(facts.zone)
        when = " " + tr("It is on {day} at {time}.").format(day=long_day(start.date()), time=clock(start, facts.zone))
    back = (
        tr("Please send the filled form back by {day}.").format(day=long_day(facts.by_when))
        if facts.by_when
        else tr("Please send the filled form back on the first working day after the interview.")
    )
    alone = tr(
        "Fill it in before you talk to anyone about the candidate; until all cards are in, nobody sees it but you."
    )
    match letter:
        case Letter.KIT:
            first = tr("here is the kit for your interview with {candidate}: {round}.").format(**names) + when
            second = tr("It holds the brief, the questions and a form you can type into or print. You score {what}.")
            return [p for p in (hello, first, second.format(what=shorts), f"{alone} {back}", bye) if p]
        case Letter.REMINDER:
            first = tr("your scorecard for {candidate} ({round}) is not in yet. The kit is attached once more.")
            return [p for p in (hello, first.format(**names), f"{alone} {back}", bye) if p]
        case Letter.THANKS:
            first = tr("your scorecard for {candidate} ({round}) is in. Thank you for the time you gave.").format(
                **names
            )
            second = tr("Please delete the file and keep no copy of the sheet.")
            return [p for p in (hello, first, second, bye) if p]
