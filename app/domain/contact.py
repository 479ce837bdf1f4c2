"""How a person is reached: mail addresses, telephone numbers and links, and when two of them are the same."""

from __future__ import annotations

import re
from enum import StrEnum


class ContactKind(StrEnum):
    """A way to reach somebody."""

    MAIL = "mail"
    PHONE = "phone"
    LINK = "link"


_APART = re.compile(r"[,;|\n\r]+|\s/\s")
_SPACED = re.compile(r"[,;]?\s+|[,;](?=[a-z]+://|www\.)", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z]+://(www\.)?|^www\.", re.IGNORECASE)
_SHORTEST_NUMBER = 6


def apart(kind: ContactKind, text: str) -> tuple[str, ...]:
    """The single contacts of a text that may hold several, each once, in their order.

    A comma, a semicolon, a bar, a line's end or a stroke between spaces parts them, and any space parts links. A part
    with too few digits for a number belongs to the one before it, or after it: "030 / 123456, ext. 5" is one.
    """
    parts = (
        _numbers(text) if kind is ContactKind.PHONE else (_SPACED if kind is ContactKind.LINK else _APART).split(text)
    )
    found: dict[str, str] = {}
    for part in map(str.strip, parts):
        if part:
            found.setdefault(folded(kind, part) or part, part)
    return tuple(found.values())


def _numbers(text: str) -> list[str]:
    """The parts of a text that are numbers; what is none by itself stays with its neighbour."""
    found: list[str] = []
    start, mark = 0, ""
    for apart_at in (*_APART.finditer(text), None):
        part = text[start : apart_at.start() if apart_at else len(text)]
        if found and not (folded(ContactKind.PHONE, found[-1]) and folded(ContactKind.PHONE, part)):
            found[-1] += mark + part
        else:
            found.append(part)
        if apart_at is not None:
            start, mark = apart_at.end(), apart_at.group()
    return found


def folded(kind: ContactKind, value: str) -> str:
    """What two spellings of one contact have in common, so that they can be found by it; "" where nothing is left.

    Mail addresses differ by no capitals; numbers by no spaces, brackets or 00 for +; links by no scheme, www. or
    stroke at their end.
    """
    match kind:
        case ContactKind.MAIL:
            return value.strip().casefold()
        case ContactKind.PHONE:
            digits = "".join(c for c in value if c.isdecimal())
            abroad = value.strip().startswith(("+", "00"))
            number = digits.removeprefix("00") if abroad else digits
            return ("+" if abroad else "") + number if len(number) >= _SHORTEST_NUMBER else ""
        case ContactKind.LINK:
            return _SCHEME.sub("", value.strip()).rstrip("/").casefold()
