"""What two candidates may have in common, and when two names are the same."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Why(StrEnum):
    """What two candidates have in common."""

    MAIL = "mail"
    PHONE = "phone"
    LINK = "link"
    NAME = "name"


def plain_name(name: str) -> str:
    """A name without accents, capitals and the order of its words: 'Óscar Núñez' and 'NUNEZ, Oscar' are the same."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in bare.casefold()).split()
    return " ".join(sorted(words))
