"""What is kept about a candidate, in one list: forms, pages, tables, lists and packets take their fields from it.

A further field is a line here, its words in `phrases/candidate.py`, and its column in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any


class FactKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    MAIL = "mail"
    DAY = "day"


@dataclass(frozen=True)
class CandidateField:
    """A field. `headings` name its column in a table of candidates, in small letters.

    `on_front` says that it stands on page one of a hiring packet, `beside` in which other field's row there.
    """

    key: str
    required: bool
    kind: FactKind
    headings: tuple[str, ...]
    on_front: bool
    beside: str


def _about(*headings: str, kind: FactKind = FactKind.TEXT, on_front: bool = False, beside: str = "") -> dict[str, Any]:
    return {"headings": headings, "kind": kind, "on_front": on_front, "beside": beside}


_NAME = _about("name", "full name", "candidate", "candidate name", "person")
_MAIL = _about(
    *("mail", "email", "emails", "mails", "e-mail"),
    *("email address", "e-mail address", "mail address"),
    kind=FactKind.MAIL,
)
_PHONE = _about("phone", "phones", "telephone", "tel", "mobile", "phone number")
_NOW_AT = _about(
    *("now at", "now", "current company", "company", "employer", "current employer", "current role", "title"),
    on_front=True,
)
_PLACE = _about("place", "location", "city", "lives in", "based in", on_front=True, beside="now_at")
_CAME_BY = _about("came by", "source", "channel", "came through", "referred by", on_front=True)
_CAN_START = _about(
    *("can start", "available from", "availability", "start", "start date", "notice", "notice period"),
    on_front=True,
)
_KEPT_UNTIL = _about("kept until", "keep until", "retain until", "delete after", kind=FactKind.DAY)


@dataclass(frozen=True)
class CandidateFacts:
    """A candidate's own facts; those of an application, such as the day they applied, are not among them."""

    name: str = field(metadata=_NAME)
    mail: str = field(default="", metadata=_MAIL)
    phone: str = field(default="", metadata=_PHONE)
    now_at: str = field(default="", metadata=_NOW_AT)
    place: str = field(default="", metadata=_PLACE)
    came_by: str = field(default="", metadata=_CAME_BY)
    can_start: str = field(default="", metadata=_CAN_START)
    kept_until: date | None = field(default=None, metadata=_KEPT_UNTIL)

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
    """By key, what is said of every field: an empty text, or no day, where nothing is."""
    return {f.key: values.get(f.key) or (None if f.kind is FactKind.DAY else "") for f in FIELDS}
