"""What is kept about a candidate, in one list: forms, pages, tables, lists and packets take their fields from it.

A further field is a line here, its words in `phrases/candidate.py`, and its column in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.contact import ContactKind


class FactKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    MAIL = "mail"
    PHONE = "phone"
    LINK = "link"
    DAY = "day"
    CHOICE = "choice"


class Source(StrEnum):
    """The sort of way a candidate came by."""

    NOT_SAID = "not_said"
    APPLIED = "applied"
    REFERRED = "referred"
    BOARD = "board"
    AGENCY = "agency"
    FOUND = "found"
    EVENT = "event"
    INTERNAL = "internal"


CONTACTS: Mapping[FactKind, ContactKind] = {
    FactKind.MAIL: ContactKind.MAIL,
    FactKind.PHONE: ContactKind.PHONE,
    FactKind.LINK: ContactKind.LINK,
}
"""Fields that hold several contacts, one beside the other: they are rows of their own in the store."""
LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "bg", "el"),
    *("tr", "uk", "ru", "ar", "he", "hi", "zh", "ja", "ko"),
)
"""Languages one may write to somebody in, by their ISO 639-1 codes."""


@dataclass(frozen=True)
class CandidateField:
    """A field. `headings` name its column in a table of candidates, in small letters.

    `on_front` says that it stands on page one of a hiring packet, `beside` in which other field's row there; `choices`
    are what a field of one choice may hold, the first of them where nothing is said.
    """

    key: str
    required: bool
    kind: FactKind
    headings: tuple[str, ...]
    on_front: bool
    beside: str
    choices: tuple[str, ...]

    @property
    def open(self) -> Any:
        """What the field holds where nothing is said."""
        if self.kind is FactKind.CHOICE:
            return self.choices[0]
        return None if self.kind is FactKind.DAY else ""


def _about(
    *headings: str,
    kind: FactKind = FactKind.TEXT,
    on_front: bool = False,
    beside: str = "",
    choices: tuple[str, ...] = (),
) -> dict[str, Any]:
    return {"headings": headings, "kind": kind, "on_front": on_front, "beside": beside, "choices": choices}


_NAME = _about("name", "full name", "candidate", "candidate name", "person")
_MAIL = _about(
    *("mail", "email", "emails", "mails", "e-mail"),
    *("email address", "e-mail address", "mail address"),
    kind=FactKind.MAIL,
)
_PHONE = _about("phone", "phones", "telephone", "tel", "mobile", "phone number", kind=FactKind.PHONE)
_LINKS = _about("links", "link", "website", "websites", "profile", "linkedin", "url", kind=FactKind.LINK)
_NOW_AT = _about(
    *("now at", "now", "current company", "company", "employer", "current employer", "current role", "title"),
    on_front=True,
)
_PLACE = _about("place", "location", "city", "lives in", "based in", on_front=True, beside="now_at")
_CAME_BY = _about("came by", "source", "channel", "came through", on_front=True)
_SOURCE = _about("source type", "sort of source", kind=FactKind.CHOICE, choices=tuple(Source))
_REFERRED_BY = _about("referred by", "referrer", "referral")
_CAN_START = _about(
    *("can start", "available from", "availability", "start", "start date", "notice", "notice period"),
    *("date available", "earliest start"),
    on_front=True,
)
_LANGUAGE = _about("language", "mail language", kind=FactKind.CHOICE, choices=("", *LANGUAGES))
_KEPT_UNTIL = _about("kept until", "keep until", "retain until", "delete after", kind=FactKind.DAY)
_CONSENT_ON = _about("consent on", "consent", "consent given", "consented on", kind=FactKind.DAY)
_CONSENT_HOW = _about("consent how", "consent by")


@dataclass(frozen=True)
class CandidateFacts:
    """A candidate's own facts; those of an application, such as the day they applied, are not among them.

    `mail`, `phone` and `links` hold as many as are known, one beside the other.
    """

    name: str = field(metadata=_NAME)
    mail: str = field(default="", metadata=_MAIL)
    phone: str = field(default="", metadata=_PHONE)
    links: str = field(default="", metadata=_LINKS)
    now_at: str = field(default="", metadata=_NOW_AT)
    place: str = field(default="", metadata=_PLACE)
    came_by: str = field(default="", metadata=_CAME_BY)
    source: str = field(default=Source.NOT_SAID, metadata=_SOURCE)
    referred_by: str = field(default="", metadata=_REFERRED_BY)
    can_start: str = field(default="", metadata=_CAN_START)
    language: str = field(default="", metadata=_LANGUAGE)
    kept_until: date | None = field(default=None, metadata=_KEPT_UNTIL)
    consent_on: date | None = field(default=None, metadata=_CONSENT_ON)
    consent_how: str = field(default="", metadata=_CONSENT_HOW)

    def fact(self, known: CandidateField) -> str | date | None:
        """What a field holds."""
        held: str | date | None = getattr(self, known.key)
        return held


@dataclass(frozen=True)
class Applicant(CandidateFacts):
    """A candidate with the day they applied."""

    applied_on: date | None = None


FIELDS = tuple(CandidateField(f.name, f.default is MISSING, **f.metadata) for f in fields(CandidateFacts))
"""Every field, in the order they are shown in."""
APPLIED_AFTER = "came_by"
"""The field after which a packet says when the person applied."""


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """By key, what is said of every field: what it holds where nothing is said for those that are not named."""
    return {f.key: values.get(f.key) or f.open for f in FIELDS}
