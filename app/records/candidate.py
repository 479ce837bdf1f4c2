"""A candidate's own facts, whole, with how they are reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.candidate import CONTACTS, FIELDS, CandidateFacts
from app.domain.contact import ContactKind
from app.store.columns import among
from app.store.tables import Candidate
from app.store.tables_people import Contact, Tag

Reached = Mapping[str, str]
"""By the kind of contact, all of a candidate's in one text."""


def candidate_facts(row: Candidate, ways: Reached) -> CandidateFacts:
    """The facts in a candidate's row, and how they are reached."""
    held: dict[str, Any] = {
        field.key: ways.get(CONTACTS[field.kind], "") if field.kind in CONTACTS else getattr(row, field.key)
        for field in FIELDS
    }
    return CandidateFacts(**held)


def reached(connection: Connection, candidates: Collection[int]) -> dict[int, dict[str, str]]:
    """How candidates are reached; who has no contact is not there."""
    query = (
        select(col(Contact.candidate_id), col(Contact.way), col(Contact.value))
        .where(among(col(Contact.candidate_id), candidates))
        .order_by(col(Contact.candidate_id), col(Contact.position), col(Contact.id))
    )
    found: dict[int, dict[str, str]] = {}
    for candidate, way, value in connection.execute(query):
        ways = found.setdefault(candidate, {})
        ways[way] = f"{ways[way]}, {value}" if way in ways else value
    return found


def known_tags(connection: Connection) -> tuple[str, ...]:
    """Every tag that somebody has, in the order of their letters."""
    return tuple(connection.execute(select(col(Tag.name)).distinct().order_by(col(Tag.name))).scalars())


def first_mail(connection: Connection, candidate: int) -> str:
    """The mail address of a candidate that stands first; "" where none is known."""
    query = select(col(Contact.value)).where(col(Contact.candidate_id) == candidate)
    mails = query.where(col(Contact.way) == ContactKind.MAIL).order_by(col(Contact.position), col(Contact.id))
    return connection.execute(mails.limit(1)).scalar() or ""


def tags_of(connection: Connection, candidates: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The tags of candidates in the order they were put; who has none is not there."""
    query = select(col(Tag.candidate_id), col(Tag.name)).where(among(col(Tag.candidate_id), candidates))
    found: dict[int, tuple[str, ...]] = {}
    for candidate, name in connection.execute(query.order_by(col(Tag.id))):
        found[candidate] = (*found.get(candidate, ()), name)
    return found
