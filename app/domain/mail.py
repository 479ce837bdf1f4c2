"""Mails to candidates: what each is for, its text in a language, and what its places may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.braces import faults_in, fill_places, places_in
from app.domain.pipeline import Outcome


class MailKind(StrEnum):
    """What a mail to a candidate is for."""

    INVITATION = "invitation"
    EXPECT = "expect"
    THANKS = "thanks"
    REJECTION = "rejection"
    OFFER = "offer"
    REMINDER = "reminder"


PLACES = (
    "first name",
    "name",
    "role",
    "organisation",
    "sender",
    "stage",
    "interviews",
    "plan",
    "minutes",
    "pay",
    "expires",
    "first day",
)
"""What a mail may ask for between braces. None of it says what anybody thinks of the candidate."""
OF_CLOSED = frozenset({MailKind.REJECTION, MailKind.THANKS})
"""What may be written to somebody whose application is closed."""


@dataclass(frozen=True)
class MailText:
    """The words of a mail in one language. `stage` names the stage after which they are written; empty for any."""

    mail: MailKind
    stage: str
    language: str
    subject: str
    body: str

    @property
    def faults(self) -> tuple[str, ...]:
        """Places that nobody can fill, and braces that stand alone."""
        return faults_in(f"{self.subject}\n{self.body}", PLACES)

    @property
    def places(self) -> tuple[str, ...]:
        """What it asks for."""
        return places_in(f"{self.subject}\n{self.body}")


@dataclass(frozen=True)
class WrittenMail:
    """A mail with its places filled."""

    subject: str
    body: str


def text_for(texts: Iterable[MailText], mail: MailKind, stage: str, language: str) -> MailText | None:
    """The text that is taken: of this language before English, for this stage before any, earlier ones before later.

    None where there is no text for this mail.
    """
    fitting = [t for t in texts if t.mail is mail and t.stage in (stage, "") and t.language in (language, "en")]
    order = [(t.language != language, t.stage != stage) for t in fitting]
    return fitting[order.index(min(order))] if fitting else None


def lacking(text: MailText, values: Mapping[str, str]) -> tuple[str, ...]:
    """What the text asks for and is not known."""
    return tuple(name for name in text.places if not values.get(name, ""))


def write_mail(text: MailText, values: Mapping[str, str]) -> WrittenMail:
    """Fill its places; the subject is one line of at most 200 characters. Raises KeyError for one without a value."""
    subject = " ".join(fill_places(text.subject, values).split())[:_LONGEST_SUBJECT].strip()
    return WrittenMail(subject, fill_places(text.body, values).strip() + "\n")


_LONGEST_SUBJECT = 200  # characters


def mail_fits(mail: MailKind, outcome: Outcome) -> bool:
    """Whether such a mail may be written to somebody whose application stands so."""
    if outcome is Outcome.ACTIVE:
        return mail is not MailKind.REJECTION
    if mail is MailKind.REJECTION:
        return outcome is Outcome.REJECTED
    return mail in OF_CLOSED
