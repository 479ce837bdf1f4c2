"""What two candidates may have in common, and when two names are the same, or nearly."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein


class Why(StrEnum):
    """What two candidates have in common."""

    MAIL = "mail"
    PHONE = "phone"
    LINK = "link"
    NAME = "name"
    NEAR_NAME = "near name"


def plain_name(name: str) -> str:
    """A name without accents, capitals and the order of its words: 'Óscar Núñez' and 'NUNEZ, Oscar' are the same."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in bare.casefold()).split()
    return " ".join(sorted(words))


def near_keys(plain: str) -> frozenset[tuple[str, str]]:
    """By which a plain name is looked up among those that may be nearly the same: a word of it, and how another begins
    or ends.

    Two names that differ by a slip in one word, or of which one has a word more, have one of these in common.
    """
    words = plain.split()
    if len(words) > _MOST_WORDS:
        return frozenset()  # no name
    others = [(word, other) for n, word in enumerate(words) for m, other in enumerate(words) if n != m]
    return frozenset(key for word, other in others for key in ((word, f"{other[0]}…"), (word, f"…{other[-1]}")))


def nearly_same(one: str, other: str) -> bool:
    """Whether two plain names differ by a slip of the hand, or by a word that one of them leaves out.

    A slip is a letter more, fewer, other or changed with its neighbour (Damerau and Levenshtein): one in ten letters,
    two in a longer name. A single word is never nearly another.
    """
    here, there = one.split(), other.split()
    if one == other or min(len(here), len(there)) < _FEWEST_WORDS:
        return False
    if set(here) < set(there) or set(there) < set(here):
        return True
    most = 1 if min(len(one), len(other)) <= _SHORT else 2
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


_FEWEST_WORDS = 2
_MOST_WORDS = 8
_SHORT = 10  # letters
