"""Whom the rows of a table of candidates are about: somebody known, somebody new, or it needs a person to say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.candidate import NewCandidate
from app.actions.read_candidate import ReadCandidate
from app.domain.candidate import CONTACTS, FIELDS
from app.domain.contact import ContactKind, apart, folded
from app.domain.pipeline import Outcome
from app.store.columns import among, rows_of
from app.store.tables import Application, Attachment, Candidate
from app.store.tables_imported import ImportedCard
from app.store.tables_people import CandidateNote, Contact, FurtherFact, Tag
from app.words import tr

OWN_COLUMNS = tuple(known for known in FIELDS if known.kind not in CONTACTS)
Way = tuple[ContactKind, str]


@dataclass
class HeldApplication:
    """An application of somebody, with the names of its files, and its cards from elsewhere by program and number;
    `number` is None until a new one is given one."""

    applied_on: date | None
    number: int | None = None
    files: set[str] = field(default_factory=set)
    cards: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Person:
    """Somebody known or on their way in: what is there of them, so that nothing is added twice.

    `number` is None until somebody new is given one. `open_in` and `ended_in` are by opening, the closed ones of it by
    the day they applied; `own_notes` are the private ones of who brings it in.
    """

    name: str
    number: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    ways: dict[ContactKind, dict[str, str]] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    further: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    own_notes: set[str] = field(default_factory=set)
    open_in: dict[int, HeldApplication] = field(default_factory=dict)
    ended_in: dict[int, dict[date | None, HeldApplication]] = field(default_factory=dict)

    @property
    def has_mail(self) -> bool:
        """Whether a mail address is known."""
        return bool(self.ways.get(ContactKind.MAIL))


def same_name(name: str) -> str:
    """What two spellings of a name have in common."""
    return " ".join(name.split()).casefold()


def ways_of(facts: NewCandidate) -> dict[ContactKind, dict[str, str]]:
    """How a row says that they are reached, each by what its spellings have in common."""
    return {
        way: {folded(way, value) or value.casefold(): value for value in apart(way, text)}
        for way, text in facts.ways().items()
        if text
    }


class People:
    """Everybody a table may be about: those known, and those of its rows so far."""

    def __init__(self, connection: Connection, rows: Sequence[ReadCandidate], me: int | None) -> None:
        self._by_way: dict[Way, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._rows_of_name = Counter(same_name(facts.name) for facts in rows)
        wanted = {key for facts in rows for ways in ways_of(facts).values() for key in ways}
        self._load(connection, wanted, me)
        if any(read.files or read.cards for facts in rows for read in facts.applications):
            self._load_what_came(connection)

    def who(self, facts: NewCandidate) -> Person | str | None:
        """Somebody, None for a new person, or in words why that can't be told. A name alone joins nobody."""
        ways = ways_of(facts)
        owners = self._owners(ways, (ContactKind.MAIL,))
        if len(owners) > 1:
            return tr("its mail addresses are those of {n} people who are known").format(n=len(owners))
        if owners:
            return owners[0]
        mails = bool(ways.get(ContactKind.MAIL))
        same = [p for p in self._owners(ways, (ContactKind.PHONE, ContactKind.LINK)) if self._is_named(p, facts)]
        if len(same) > 1 or (same and mails and same[0].has_mail):
            return tr(
                "somebody of this name with the same telephone number or link is known under another mail address"
            )
        if same:
            return same[0]
        return self._by_name_alone(facts, ways, mails=mails)

    def others_with(self, facts: NewCandidate) -> Person | None:
        """Somebody of another name with the same telephone number or link, where there is one."""
        found = self._owners(ways_of(facts), (ContactKind.PHONE, ContactKind.LINK))
        return next((person for person in found if not self._is_named(person, facts)), None)

    def note(self, person: Person) -> None:
        """Let later rows be compared with somebody as they are now."""
        named = self._by_name[same_name(person.name)]
        if not any(known is person for known in named):
            named.append(person)
        for way, values in person.ways.items():
            for key in values:
                known = self._by_way[way, key]
                if not any(one is person for one in known):
                    known.append(person)

    def let_go(self) -> None:
        """Forget everybody, one after the other: a million objects that go at once hold every thread up."""
        for known in (self._by_way, self._by_name):
            while known:
                known.popitem()

    def _owners(self, ways: Mapping[ContactKind, Mapping[str, str]], kinds: Iterable[ContactKind]) -> list[Person]:
        found: list[Person] = []
        for way in kinds:
            for key in ways.get(way, ()):
                found += [p for p in self._by_way.get((way, key), ()) if not any(p is known for known in found)]
        return found

    def _is_named(self, person: Person, facts: NewCandidate) -> bool:
        return same_name(person.name) == same_name(facts.name)

    def _by_name_alone(
        self, facts: NewCandidate, ways: Mapping[ContactKind, Mapping[str, str]], *, mails: bool
    ) -> Person | str | None:
        rows = self._rows_of_name[same_name(facts.name)]
        same = self._by_name.get(same_name(facts.name), [])
        if not mails and rows > 1:
            return tr("the table has {n} rows of this name, and this one no mail address").format(n=rows)
        if mails:  # two people of one name have two mails
            unsaid = any(not person.has_mail for person in same)
            return tr("somebody of this name is known without a mail address") if unsaid else None
        if len(same) > 1:
            return tr("{n} people of this name are known").format(n=len(same))
        if not same:
            return None
        known = same[0]
        told = told_by(facts)
        held = all(key in known.ways.get(way, {}) for way, values in ways.items() for key in values)
        if known.has_mail or not held or any(known.facts.get(k) != v for k, v in told.items()):
            return tr("somebody of this name is known, and nothing here says that it is them")
        return known

    def _load(self, connection: Connection, wanted: set[str], me: int | None) -> None:
        """Everybody known who shares a contact or a name with a row, with all that is there of them."""
        reached = select(col(Contact.candidate_id)).where(among(col(Contact.folded), wanted))
        ids = set(connection.execute(reached).scalars())
        for number, name in connection.execute(select(col(Candidate.id), col(Candidate.name))):
            if same_name(name) in self._rows_of_name:
                ids.add(number)
        people = {
            row.id: Person(row.name, row.id, {known.key: getattr(row, known.key) for known in OWN_COLUMNS})
            for row in rows_of(connection, Candidate, among(col(Candidate.id), ids))
        }
        contacts = select(col(Contact.candidate_id), col(Contact.way), col(Contact.folded), col(Contact.value))
        for candidate, way, key, value in connection.execute(
            contacts.where(among(col(Contact.candidate_id), ids)).order_by(col(Contact.position))
        ):
            people[candidate].ways.setdefault(ContactKind(way), {})[key or value.casefold()] = value
        for candidate, tag in connection.execute(
            select(col(Tag.candidate_id), col(Tag.name)).where(among(col(Tag.candidate_id), ids))
        ):
            people[candidate].tags.add(tag.casefold())
        further = select(col(FurtherFact.candidate_id), col(FurtherFact.name), col(FurtherFact.value))
        for candidate, name, value in connection.execute(further.where(among(col(FurtherFact.candidate_id), ids))):
            people[candidate].further[name] = value
        _load_notes(connection, people, me)
        _load_applications(connection, people)
        for person in people.values():
            self.note(person)

    def _load_what_came(self, connection: Connection) -> None:
        """What is attached to the applications of everybody known, and their cards from elsewhere."""
        people = {id(one): one for named in self._by_name.values() for one in named}.values()
        held = {
            one.number: one
            for person in people
            for some in (person.open_in.values(), *(ended.values() for ended in person.ended_in.values()))
            for one in some
            if one.number is not None
        }
        files = select(col(Attachment.application_id), col(Attachment.name))
        for application, name in connection.execute(files.where(among(col(Attachment.application_id), held))):
            held[application].files.add(name)
        cards = select(col(ImportedCard.application_id), col(ImportedCard.source), col(ImportedCard.number))
        for application, source, number in connection.execute(
            cards.where(among(col(ImportedCard.application_id), held))
        ):
            held[application].cards.add((source, number))


def _load_notes(connection: Connection, people: Mapping[int, Person], me: int | None) -> None:
    notes = select(col(CandidateNote.candidate_id), col(CandidateNote.text))
    panels = notes.where(col(CandidateNote.private).is_(False))  # nobody's own tells what is known
    for candidate, text in connection.execute(panels.where(among(col(CandidateNote.candidate_id), people))):
        people[candidate].notes.add(text)
    if me is not None:
        mine = notes.where(col(CandidateNote.private), col(CandidateNote.author_id) == me)
        for candidate, text in connection.execute(mine.where(among(col(CandidateNote.candidate_id), people))):
            people[candidate].own_notes.add(text)


def _load_applications(connection: Connection, people: Mapping[int, Person]) -> None:
    applied = select(
        col(Application.candidate_id),
        col(Application.id),
        col(Application.opening_id),
        col(Application.outcome),
        col(Application.applied_on),
    )
    known = connection.execute(applied.where(among(col(Application.candidate_id), people)))
    for candidate, number, opening, outcome, applied_on in known:
        held = HeldApplication(applied_on, number)
        if outcome == Outcome.ACTIVE:
            people[candidate].open_in[opening] = held
        else:
            people[candidate].ended_in.setdefault(opening, {})[applied_on] = held


def may_be_about(connection: Connection, rows: Sequence[NewCandidate], numbers: Iterable[int]) -> bool:
    """Whether one of these candidates has the name or a contact of a row."""
    given = set(numbers)
    names = connection.execute(select(col(Candidate.name)).where(among(col(Candidate.id), given))).scalars().all()
    ways = (
        connection.execute(select(col(Contact.folded)).where(among(col(Contact.candidate_id), given))).scalars().all()
    )
    named, wanted = {same_name(name) for name in names}, set(ways)
    return any(
        same_name(facts.name) in named or any(key in wanted for way in ways_of(facts).values() for key in way)
        for facts in rows
    )


def told_by(facts: NewCandidate) -> dict[str, Any]:
    """The facts in a row's own columns that say something."""
    columns = facts.columns()
    return {known.key: columns[known.key] for known in OWN_COLUMNS if columns[known.key] not in ("", None, known.open)}
