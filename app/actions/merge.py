"""One person who is there twice made one; a person says so, field by field, and it is undone as a whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import ClosedApplication, close_one
from app.actions.candidate import person
from app.domain.candidate import CONTACTS, FIELDS
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables import Application, Candidate, Opening
from app.store.tables_people import Contact, Demographic, MergedCandidate, Tag, TwoPeople
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class Merge:
    """Who stays, whose row goes, which fields are taken from the one that goes, and which applications go on where
    both have an open one in the same opening."""

    stays: int
    goes: int
    taken: frozenset[str] = frozenset()
    goes_on: frozenset[int] = frozenset()


def merge(workspace: Workspace, said: Merge) -> ChangeReport:
    """Make one candidate of two. Contacts, tags, notes, further facts and applications of both stay.

    Where both have an open application in one opening, the one that does not go on is closed as a duplicate; its cards
    stay. Raises Refused for one candidate twice, and where it is not said which goes on.
    """
    if said.stays == said.goes:
        raise Refused(tr("This is one candidate already."))
    with workspace.step(Op.MERGE_CANDIDATES) as step:
        stays, goes = step.get(Candidate, said.stays), step.get(Candidate, said.goes)
        _close_duplicates(step, said)
        step.about = person(said.goes)
        _move_contacts(step, said)
        _move_once(step, said, Tag, "name")
        _move_once(step, said, Demographic, "question")
        _move_all(step, said)
        step.remove_all(TwoPeople, (col(TwoPeople.candidate_id) == said.goes) | (col(TwoPeople.other_id) == said.goes))
        step.about = person(said.stays)
        columns = [field.key for field in FIELDS if field.kind not in CONTACTS and field.key in said.taken]
        if columns:
            step.edit(Candidate, said.stays, **{name: getattr(goes, name) for name in columns})
        step.add(MergedCandidate, candidate_id=said.stays, former=said.goes, at=step.at, by_id=step.who)
        step.about = person(said.goes)
        step.remove(Candidate, said.goes)
        step.words = tr("{name} and {other} made one").format(name=stays.name, other=goes.name)
    return step.report()


def tell_apart(workspace: Workspace, one: int, other: int) -> ChangeReport:
    """Keep that two candidates are two people: they are not asked about again."""
    first, second = sorted((one, other))
    with workspace.step(Op.TELL_APART, about=person(first)) as step:
        names = (step.get(Candidate, first).name, step.get(Candidate, second).name)
        step.add(TwoPeople, candidate_id=first, other_id=second, at=step.at, by_id=step.who)
        step.words = tr("{name} and {other} are two").format(name=names[0], other=names[1])
    return step.report()


def _both_open(step: Step, one: int, other: int) -> dict[int, tuple[int, int]]:
    """By opening in which both have an open application, those two."""
    query = select(col(Application.opening_id), col(Application.id)).where(col(Application.outcome) == Outcome.ACTIVE)
    here = dict(step.rows(query.where(col(Application.candidate_id) == one)))
    there = dict(step.rows(query.where(col(Application.candidate_id) == other)))
    return {opening: (here[opening], there[opening]) for opening in here.keys() & there.keys()}


def _close_duplicates(step: Step, said: Merge) -> None:
    for opening, pair in sorted(_both_open(step, said.stays, said.goes).items()):
        ending = _ending(pair, said.goes_on)
        if ending is None:
            raise Refused(
                tr("Both have an open application in {code}.").format(code=step.get(Opening, opening).code),
                tr("Say which of the two goes on."),
            )
        close_one(step, ending, ClosedApplication(Outcome.DUPLICATE))


def _ending(pair: tuple[int, int], goes_on: Collection[int]) -> int | None:
    """Which of two applications ends; None where it is not said."""
    going = [one for one in pair if one in goes_on]
    return next(one for one in pair if one not in going) if len(going) == 1 else None


def _move_contacts(step: Step, said: Merge) -> None:
    """Those of the one that goes follow; what both have stays once."""
    known: dict[str, list[str]] = {}
    for row in rows_of(step.connection, Contact, col(Contact.candidate_id) == said.stays):
        known.setdefault(row.way, []).append(row.folded or row.value)
    order = [col(Contact.way), col(Contact.position), col(Contact.id)]
    for row in rows_of(step.connection, Contact, col(Contact.candidate_id) == said.goes, order_by=order):
        held = known.setdefault(row.way, [])
        if (row.folded or row.value) in held:
            step.remove(Contact, row.id)
        else:
            step.edit(Contact, row.id, candidate_id=said.stays, position=len(held))
            held.append(row.folded or row.value)


def _move_all(step: Step, said: Merge) -> None:
    """The rows of every other table that names a candidate follow."""
    from app.store.about import rows_about, tables_that_name  # noqa: PLC0415  (it brings every table)
    from app.store.registry import ROWS  # noqa: PLC0415

    apart = {table.__tablename__ for table in (Contact, Tag, Demographic, TwoPeople)}
    for name, column in tables_that_name("candidate"):
        if name not in apart:
            for row in sorted(rows_about(step.connection, name, column, frozenset({said.goes}))):
                step.edit(ROWS[name], row, **{column: said.stays})


def _move_once(step: Step, said: Merge, table: type[Tag] | type[Demographic], what: str) -> None:
    """Rows that a person has once for each `what` follow, where the one who stays has none for it."""
    known = set(step.values(select(col(getattr(table, what))).where(col(table.candidate_id) == said.stays)))
    for row in rows_of(step.connection, table, col(table.candidate_id) == said.goes):
        if getattr(row, what) in known:
            step.remove(table, row.id)
        else:
            step.edit(table, row.id, candidate_id=said.stays)
