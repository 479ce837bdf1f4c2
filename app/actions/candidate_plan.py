"""What a table of candidates would do, worked out row by row; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.actions.application_plan import plan_applications
from app.actions.candidate import NewCandidate
from app.actions.candidate_matching import OWN_COLUMNS, People, Person, told_by, ways_of
from app.actions.candidate_news import NewRows, Plan, Said, add_further
from app.actions.import_targets import Targets
from app.actions.imported_rows import Came, RowCame
from app.actions.read_candidate import ReadCandidate, as_read
from app.domain.contact import folded
from app.errors import Refused
from app.phrases.candidate import fact_words
from app.store.tables_people import CandidateNote, Contact, Tag
from app.words import tr


def planned(
    connection: Connection,
    people: Sequence[NewCandidate],
    opening: int | None,
    at: datetime,
    told: Callable[[int], None] | None,
    me: int | None,
) -> Plan:
    """What becomes of each row, and what is to be written. Raises Refused for a row without a name, NotFound for no
    such opening."""
    rows = [as_read(facts, number) for number, facts in enumerate(people, 1)]
    targets = Targets(connection, opening)
    known = People(connection, rows, me)
    plan = Plan()
    for number, facts in enumerate(rows):
        if told is not None and not number % 500:
            told(number)
        if not facts.name.strip():
            raise Refused(tr("A candidate needs a name."), tr("Type one."))
        who = known.who(facts)
        if isinstance(who, str):
            plan.rows.append(RowCame(facts.line, facts.name.strip(), Came.REFUSED, who))
            plan.people.append(None)
            continue
        fresh = who is None
        shared = known.others_with(facts) if fresh else None
        one = who if who is not None else Person(facts.name.strip())
        new = plan.news.setdefault(id(one), NewRows(one))
        said = _add(new, facts, at, me, fresh=fresh)
        said += plan_applications(plan, new, facts.every_application, targets, at)
        if fresh:
            said.more.clear()  # all of them is new
        known.note(one)
        came = Came.ADDED if fresh else Came.CHANGED if said.more else Came.KNOWN
        if shared is not None:
            said.remarks.append(tr("{name} has the same telephone number or link").format(name=shared.name))
        plan.rows.append(RowCame(facts.line, one.name, came, said.words))
        plan.people.append(one)
    known.let_go()
    return plan


def _add(new: NewRows, facts: ReadCandidate, at: datetime, me: int | None, *, fresh: bool) -> Said:
    """Note what a row has more of a person; what it has otherwise stays."""
    who, said = new.who, Said()
    if fresh:
        new.columns = facts.columns()
        who.facts = dict(new.columns)
    else:
        told = told_by(facts)
        for known in OWN_COLUMNS:
            value, held = told.get(known.key), who.facts.get(known.key)
            if value is None or value == held:
                continue
            label = fact_words(known).label
            if held in ("", None, known.open):
                who.facts[known.key] = new.columns[known.key] = value
                said.more.append(label)
            else:
                said.differs.append(label)
    for way, values in ways_of(facts).items():
        there = who.ways.setdefault(way, {})
        for key, value in values.items():
            if key not in there:
                there[key] = value
                columns = {"way": way, "position": len(there) - 1, "value": value, "folded": folded(way, value)}
                new.rows.append((Contact, columns))
                said.more.append(value)
    _add_words(new, facts, at, said)
    _add_dated(new, facts, me, said)
    return Said(differs=said.differs, remarks=said.remarks) if fresh else said


def _add_words(new: NewRows, facts: ReadCandidate, at: datetime, said: Said) -> None:
    who = new.who
    for name in facts.tags:
        if name.casefold() not in who.tags:
            who.tags.add(name.casefold())
            new.rows.append((Tag, {"name": name}))
            said.more.append(name)
    for name, value in facts.further:
        add_further(new, name, value, said)
    for text in facts.notes:
        if text not in who.notes:
            who.notes.add(text)
            new.rows.append((CandidateNote, {"author_id": None, "at": at, "text": text, "private": False}))
            said.more.append(tr("a note"))


def _add_dated(new: NewRows, facts: ReadCandidate, me: int | None, said: Said) -> None:
    """Notes that keep their day. A private one needs somebody to be private to."""
    for note in facts.dated_notes:
        there = new.who.own_notes if note.private else new.who.notes
        if note.text in there:
            continue
        if note.private and me is None:
            said.remarks.append(tr("a private note is left out: nobody here is you yet"))
            continue
        there.add(note.text)
        author = me if note.private else None
        columns = {"author_id": author, "at": note.at, "text": note.text, "private": note.private}
        new.rows.append((CandidateNote, columns))
        said.more.append(tr("a private note") if note.private else tr("a note"))
