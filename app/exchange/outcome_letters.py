"""Drafts of letters to members on a calibration's outcome, as .eml files."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from app.exchange.mail import address, one_line
from app.queries.outcome_letters import OutcomeLetter


def outcome_draft(letter: OutcomeLetter) -> bytes:
    """A draft as bytes of an .eml file: no date and no sender, which the mail program adds."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(letter.written.subject)
    to = address(letter.name, letter.mail)
    if to is not None:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content("\n\n".join(letter.written.paragraphs) + "\n", charset="utf-8")
    return message.as_bytes()
