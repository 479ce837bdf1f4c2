"""Who may be one person twice: the same mail address, number or link, or a name that is the same, or nearly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.contact import ContactKind
from app.domain.same_person import Why, near_keys, nearly_same, plain_name
from app.store.columns import aliased
from app.store.tables import Candidate
from app.store.tables_people import Contact, TwoPeople


@dataclass(frozen=True)
class LikelySame:
    """Two candidates, the one that was there first first, and what they have in common."""

    one: int
    other: int
    why: tuple[Why, ...]


def likely_same(connection: Connection, candidate: int | None = None) -> tuple[LikelySame, ...]:
    """Pairs that may be one person, those with the most in common first: over the whole file, or of one candidate.

    Two of whom somebody said that they are two people are left out.
    """
    found: dict[tuple[int, int], list[Why]] = {}
    for one, other, why in (*_by_contact(connection, candidate), *_by_name(connection, candidate)):
        reasons = found.setdefault((min(one, other), max(one, other)), [])
        if why not in reasons:
            reasons.append(why)
    told = select(col(TwoPeople.candidate_id), col(TwoPeople.other_id))
    for one, other in connection.execute(told):
        found.pop((one, other), None)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(LikelySame(one, other, tuple(why)) for (one, other), why in ordered)


def _by_contact(connection: Connection, candidate: int | None) -> Iterable[tuple[int, int, Why]]:
    there = aliased(Contact)
    query = (
        select(col(Contact.candidate_id), col(there.candidate_id), col(Contact.way))
        .select_from(Contact)
        .join(
            there,
            (col(there.folded) == col(Contact.folded))
            & (col(there.way) == col(Contact.way))
            & (col(there.candidate_id) != col(Contact.candidate_id)),
        )
        .where(col(Contact.folded) != "")
    )
    if candidate is not None:
        query = query.where(col(Contact.candidate_id) == candidate)
    return ((one, other, Why(ContactKind(way))) for one, other, way in connection.execute(query))


def _by_name(connection: Connection, candidate: int | None) -> Iterable[tuple[int, int, Why]]:
    """Names are compared in Python: SQLite folds no accents. A hundred thousand take a third of a second."""
    named: dict[str, list[int]] = {}
    for number, name in connection.execute(select(col(Candidate.id), col(Candidate.name)).order_by(col(Candidate.id))):
        named.setdefault(plain_name(name), []).append(number)
    named.pop("", None)
    for numbers in named.values():
        if len(numbers) <= _TOO_COMMON and (candidate is None or candidate in numbers):
            for one, other in combinations(numbers, 2):
                if candidate in (None, one, other):
                    yield one, other, Why.NAME
    own = next((name for name, numbers in named.items() if candidate in numbers), "")
    for name, near in _near_names(named, own) if candidate is None or own else ():
        for one, other in product(named[name], named[near]):
            if candidate in (None, one, other):
                yield one, other, Why.NEAR_NAME


def _near_names(named: Mapping[str, Sequence[int]], own: str) -> Iterable[tuple[str, str]]:
    """Names that are nearly the same, of `own` alone where it is given. Only those that have a word in common, and the
    beginning of another, are compared; what too many have in common says nothing."""
    blocks: dict[tuple[str, str], list[str]] = {}
    if len(named.get(own, ())) > _TOO_COMMON:
        return []
    wanted = near_keys(own)
    for name, numbers in named.items():
        if len(numbers) <= _TOO_COMMON:
            for key in near_keys(name) & wanted if own else near_keys(name):
                blocks.setdefault(key, []).append(name)
    found: set[tuple[str, str]] = set()
    for block in blocks.values():
        pairs = ((own, name) for name in block) if own else combinations(block, 2)
        if len(block) <= _LARGEST_BLOCK:
            found.update((min(p), max(p)) for p in pairs if nearly_same(*p))
    return sorted(found)


_TOO_COMMON = 12  # a name so frequent says nothing
_LARGEST_BLOCK = 400  # names with a word in common, and the beginning of another
