"""Rows about people as they are shown when found: candidates by all that is known of them, colleagues, notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.queries.search_shown import Shown
from app.store.columns import among
from app.store.tables import Application, Candidate, Colleague, Opening
from app.store.tables_growth import Member
from app.store.tables_people import CandidateNote, Contact, FurtherFact, Tag
from app.words import tr


def found_candidates(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    """Candidates by their own facts."""
    columns = (Candidate.now_at, Candidate.place, Candidate.came_by, Candidate.referred_by)
    query = select(col(Candidate.id), *(col(c) for c in columns)).where(among(col(Candidate.id), rows))
    return _of_candidates(connection, {row: (row, tuple(texts)) for row, *texts in connection.execute(query)})


def found_contacts(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    """Candidates by how they are reached."""
    query = select(col(Contact.id), col(Contact.candidate_id), col(Contact.value))
    found = connection.execute(query.where(among(col(Contact.id), rows)))
    return _of_candidates(connection, {row: (person, (value,)) for row, person, value in found})


def found_tags(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    """Candidates by their tags."""
    query = select(col(Tag.id), col(Tag.candidate_id), col(Tag.name)).where(among(col(Tag.id), rows))
    return _of_candidates(connection, {row: (person, (name,)) for row, person, name in connection.execute(query)})


def found_further_facts(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    """Candidates by facts for which there is no field."""
    query = select(col(FurtherFact.id), col(FurtherFact.candidate_id), col(FurtherFact.name), col(FurtherFact.value))
    found = connection.execute(query.where(among(col(FurtherFact.id), rows)))
    return _of_candidates(connection, {row: (person, (f"{name}: {value}",)) for row, person, name, value in found})


def _of_candidates(connection: Connection, texts: Mapping[int, tuple[int, tuple[str, ...]]]) -> dict[int, Shown]:
    """Rows that say something of a candidate, each with whom it is about: found as them, on their page."""
    people = {person for person, _ in texts.values()}
    names = dict(
        connection.execute(select(col(Candidate.id), col(Candidate.name)).where(among(col(Candidate.id), people))).all()
    )
    codes: dict[int, list[str]] = {}
    query = (
        select(col(Application.candidate_id), col(Opening.code))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(among(col(Application.candidate_id), people))
        .order_by(col(Application.outcome) != Outcome.ACTIVE, col(Application.id).desc())
    )
    for person, code in connection.execute(query):
        codes.setdefault(person, []).append(code)
    return {
        row: Shown(
            names[person],
            ", ".join(dict.fromkeys(codes.get(person, ()))) or tr("Candidate"),
            words,
            "candidate",
            (("id", person),),
        )
        for row, (person, words) in texts.items()
    }


def found_notes(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    """Notes for the panel; private ones are in no index."""
    query = (
        select(col(CandidateNote.id), col(Candidate.id), col(Candidate.name), col(CandidateNote.text))
        .join(Candidate, col(Candidate.id) == col(CandidateNote.candidate_id))
        .where(among(col(CandidateNote.id), rows), col(CandidateNote.private).is_(False))
    )
    return {
        row: Shown(name, tr("Note"), (text,), "candidate", (("id", person),))
        for row, person, name, text in connection.execute(query)
    }


def found_colleagues(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    """Colleagues, and members on their page."""
    query = (
        select(col(Colleague.id), col(Colleague.name), col(Colleague.mail), col(Colleague.role), col(Member.id))
        .outerjoin(Member, col(Member.colleague_id) == col(Colleague.id))
        .where(among(col(Colleague.id), rows))
    )
    return {
        row: Shown(name, tr("Colleague"), (role, mail), "settings")
        if member is None
        else Shown(name, tr("Member"), (role, mail), "member", (("id", member),))
        for row, name, mail, role, member in connection.execute(query)
    }
