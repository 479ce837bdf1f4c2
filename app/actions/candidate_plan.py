"""What a table of candidates would do, worked out row by row; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.candidate import NewCandidate
from app.actions.candidate_matching import OWN_COLUMNS, People, Person, told_by, ways_of
from app.actions.imported_rows import Came, RowCame
from app.domain.contact import folded
from app.domain.pipeline import Outcome
from app.errors import NotFound, Refused
from app.phrases.candidate import fact_words
from app.records.plan import newest_plan
from app.store.columns import HistoryRow
from app.store.tables import Application, Opening, Stage
from app.store.tables_people import CandidateNote, Contact, FurtherFact, Tag
from app.words import tr


@dataclass(frozen=True)
class ReadCandidate(NewCandidate):
    """A row of a table. `opening` and `stage` are a heading and what it says; an application that `ended` elsewhere is
    not opened here."""

    line: int = 0
    notes: tuple[str, ...] = ()
    opening: tuple[str, str] = ("", "")
    stage: tuple[str, str] = ("", "")
    ended: bool = False


@dataclass(frozen=True)
class Target:
    """An opening people are put into: its number, plan and stages by name, the first of them first."""

    number: int
    plan: int
    stages: Mapping[str, int]


@dataclass
class NewRows:
    """What is to be written about one person, in its order."""

    who: Person
    columns: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[type[HistoryRow], dict[str, Any]]] = field(default_factory=list)
    edited: bool = False


@dataclass
class Plan:
    """An import as it was worked out: what became of each row, and what is to be written."""

    rows: list[RowCame] = field(default_factory=list)
    people: list[Person | None] = field(default_factory=list)
    news: dict[int, NewRows] = field(default_factory=dict)
    applications: int = 0
    not_opened: int = 0

    def let_go(self) -> None:
        """Forget everybody, one after the other, once it is done."""
        while self.news:
            self.news.popitem()
        while self.people:
            self.people.pop()


def planned(
    connection: Connection,
    people: Sequence[NewCandidate],
    opening: int | None,
    at: datetime,
    told: Callable[[int], None] | None,
) -> Plan:
    """What becomes of each row, and what is to be written. Raises Refused for a row without a name, NotFound for no
    such opening."""
    rows = [_read(facts, number) for number, facts in enumerate(people, 1)]
    targets = Targets(connection, opening)
    known = People(connection, rows)
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
        said = _add(new, facts, at, fresh=fresh)
        said += _applied(plan, new, facts, targets, at)
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


def _read(facts: NewCandidate, number: int) -> ReadCandidate:
    if isinstance(facts, ReadCandidate):
        return facts
    return ReadCandidate(**{known.name: getattr(facts, known.name) for known in fields(facts)}, line=number)


@dataclass
class _Said:
    """What a row has more of somebody, what otherwise, and what else is to be said of it, in words."""

    more: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __iadd__(self, other: _Said) -> _Said:
        self.more += other.more
        self.differs += other.differs
        self.remarks += other.remarks
        return self

    @property
    def words(self) -> str:
        parts = [tr("new: {what}").format(what=", ".join(self.more))] if self.more else []
        if self.differs:
            parts.append(tr("differs, and stays as it is here: {what}").format(what=", ".join(self.differs)))
        return "; ".join([*parts, *self.remarks])


def _add(new: NewRows, facts: ReadCandidate, at: datetime, *, fresh: bool) -> _Said:
    """Note what a row has more of a person; what it has otherwise stays."""
    who, said = new.who, _Said()
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
    return _Said(differs=said.differs) if fresh else said


def _add_words(new: NewRows, facts: ReadCandidate, at: datetime, said: _Said) -> None:
    who = new.who
    for name in facts.tags:
        if name.casefold() not in who.tags:
            who.tags.add(name.casefold())
            new.rows.append((Tag, {"name": name}))
            said.more.append(name)
    for name, value in facts.further:
        _add_further(new, name, value, said)
    for text in facts.notes:
        if text not in who.notes:
            who.notes.add(text)
            new.rows.append((CandidateNote, {"author_id": None, "at": at, "text": text, "private": False}))
            said.more.append(tr("a note"))


def _add_further(new: NewRows, name: str, value: str, said: _Said) -> None:
    held = new.who.further.get(name)
    if held is None:
        new.who.further[name] = value
        new.rows.append((FurtherFact, {"name": name, "value": value}))
        said.more.append(name)
    elif held != value:
        said.differs.append(name)


def _applied(plan: Plan, new: NewRows, facts: ReadCandidate, targets: Targets, at: datetime) -> _Said:
    """Put somebody into the opening a row is about; what of it has no place here is kept as a further fact."""
    said = _Said()
    target, named = targets.of(facts.opening[1])
    if facts.opening[1] and not named:
        _add_further(new, *facts.opening, said)
        said.remarks.append(tr("no opening here is called “{name}”").format(name=facts.opening[1]))
    stage = target.stages.get(facts.stage[1].casefold()) if target is not None else None
    if facts.stage[1] and (stage is None or facts.ended):
        _add_further(new, *facts.stage, said)
    if target is None or facts.ended:
        if facts.applied_on is not None:
            _add_further(new, tr("Applied on"), facts.applied_on.isoformat(), said)
        plan.not_opened += target is not None and target.number not in new.who.open_in
        return said
    if target.number in new.who.open_in:
        return said
    ended = new.who.ended_in.get(target.number)
    if ended is not None and (facts.applied_on is None or facts.applied_on in ended):
        said.differs.append(tr("the application that is closed"))
        return said
    if facts.stage[1] and stage is None:
        said.remarks.append(tr("no stage is called “{name}”: they begin in the first").format(name=facts.stage[1]))
    new.who.open_in.add(target.number)
    plan.applications += 1
    columns = {
        "opening_id": target.number,
        "plan_id": target.plan,
        "stage_id": stage if stage is not None else next(iter(target.stages.values())),
        "entered_at": at,
        "applied_on": facts.applied_on,
        "outcome": Outcome.ACTIVE,
    }
    new.rows.append((Application, columns))
    said.more.append(tr("an application"))
    return said


class Targets:
    """The openings people can be put into: the one a row names, or else the one that was chosen."""

    def __init__(self, connection: Connection, chosen: int | None) -> None:
        self._connection = connection
        self._made: dict[int, Target] = {}
        self._named: dict[str, list[int]] = {}
        self._chosen = chosen
        query = select(col(Opening.id), col(Opening.code), col(Opening.role))
        query = query.where(col(Opening.cancelled_on).is_(None), col(Opening.filled_on).is_(None))
        for number, code, role in connection.execute(query):
            self._named.setdefault(code.casefold(), []).append(number)
            if role.casefold() != code.casefold():
                self._named.setdefault(role.casefold(), []).append(number)
        if chosen is not None:
            if connection.execute(select(col(Opening.id)).where(col(Opening.id) == chosen)).first() is None:
                raise NotFound(tr("There is no {kind} {id}.").format(kind=Opening.kind, id=chosen))
            self._target(chosen)

    def of(self, words: str) -> tuple[Target | None, bool]:
        """Where somebody goes whose row says these words, and whether they name that place."""
        found = self._named.get(words.casefold(), []) if words else []
        if self._chosen in found:
            return self._target(self._chosen), True
        if len(found) == 1:  # what a row says itself stands before what was chosen for all
            return self._target(found[0]), True
        return (self._target(self._chosen), False) if self._chosen is not None else (None, False)

    def _target(self, number: int) -> Target:
        if number not in self._made:
            query = select(col(Stage.name), col(Stage.id)).where(col(Stage.opening_id) == number)
            stages = self._connection.execute(query.order_by(col(Stage.position))).all()
            if not stages:
                raise Refused(tr("This opening has no stages."), tr("Add a stage to it first."))
            by_name = {name.casefold(): stage for name, stage in reversed(stages)}
            in_order = {name.casefold(): by_name[name.casefold()] for name, _ in stages}
            self._made[number] = Target(number, newest_plan(self._connection, number), in_order)
        return self._made[number]
