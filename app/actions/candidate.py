"""Candidates, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import put_in
from app.domain.candidate import CONTACTS, FIELDS, Applicant
from app.domain.contact import ContactKind, apart, folded
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Candidate
from app.store.tables_people import Contact, FurtherFact, Tag
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class NewCandidate(Applicant):
    """What a form or a line of a table says about a person: also tags, and facts for which there is no field."""

    tags: tuple[str, ...] = ()
    further: tuple[tuple[str, str], ...] = ()

    def columns(self) -> dict[str, Any]:
        """The facts that are columns of the candidate's row, without how they are reached."""
        facts = {field.key: self.fact(field) for field in FIELDS if field.kind not in CONTACTS}
        return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}

    def ways(self) -> dict[ContactKind, str]:
        """How they are reached, by kind."""
        facts = {CONTACTS[field.kind]: self.fact(field) for field in FIELDS if field.kind in CONTACTS}
        return {way: str(said) for way, said in facts.items()}


_WAYS = {field.key: CONTACTS[field.kind] for field in FIELDS if field.kind in CONTACTS}


def person(candidate: int) -> str:
    """Under whose salt the history keeps what is about a candidate."""
    return f"candidate:{candidate}"


def add(workspace: Workspace, facts: NewCandidate, opening: int | None = None) -> ChangeReport:
    """Add a candidate, and their application where an opening is given. Raises Refused without a name."""
    with workspace.step(Op.ADD_CANDIDATE) as step:
        row = _add(step, facts)
        if opening is not None:
            put_in(step, row, opening, facts.applied_on)
        step.words = tr("candidate {name}").format(name=facts.name.strip())
    return step.report()


def edit(workspace: Workspace, candidate: int, *, typing: bool = False, **values: object) -> ChangeReport:
    """Change some of a candidate's facts; `typing` while a field is not left yet."""
    ways = {way: str(values[key]) for key, way in _WAYS.items() if key in values}
    cleaned = {k: v if typing or not isinstance(v, str) else v.strip() for k, v in values.items() if k not in _WAYS}
    if "name" in cleaned and not str(cleaned["name"]).strip():
        raise Refused(tr("A candidate needs a name."), tr("Type one."))
    with workspace.step(
        Op.EDIT_CANDIDATE, about=person(candidate), merge=("candidate", candidate, *sorted(values)), typing=typing
    ) as step:
        if cleaned:
            step.edit(Candidate, candidate, **cleaned)
        for way, text in ways.items():
            set_contacts(step, candidate, way, text)
        step.words = tr("edit of {name}").format(name=step.get(Candidate, candidate).name)
    return step.report()


def set_contacts(step: Step, candidate: int, way: ContactKind, text: str) -> None:
    """Make a candidate's contacts of one kind those of a text, inside a running step."""
    known = step.values(
        select(col(Contact.id))
        .where(col(Contact.candidate_id) == candidate, col(Contact.way) == way)
        .order_by(col(Contact.position), col(Contact.id))
    )
    said = apart(way, text)
    for number, value in enumerate(said):
        same = folded(way, value)
        if number < len(known):
            step.edit(Contact, known[number], position=number, value=value, folded=same)
        else:
            step.add(Contact, candidate_id=candidate, way=way, position=number, value=value, folded=same)
    for row in known[len(said) :]:
        step.remove(Contact, row)


def put_tags(step: Step, candidate: int, names: Iterable[str]) -> int:
    """Put tags to a candidate inside a running step, each once; gives how many are new."""
    known = {name.casefold() for name in step.values(select(col(Tag.name)).where(col(Tag.candidate_id) == candidate))}
    new = 0
    for name in (" ".join(name.split()) for name in names):
        if name and name.casefold() not in known:
            known.add(name.casefold())
            step.add(Tag, candidate_id=candidate, name=name)
            new += 1
    return new


def _add(step: Step, facts: NewCandidate) -> int:
    if not facts.name.strip():
        raise Refused(tr("A candidate needs a name."), tr("Type one."))
    row = step.next_number(Candidate)
    step.about = person(row)
    step.add(Candidate, id=row, **facts.columns())
    for way, text in facts.ways().items():
        if text:
            set_contacts(step, row, way, text)
    put_tags(step, row, facts.tags)
    for name, value in facts.further:
        step.add(FurtherFact, candidate_id=row, name=name, value=value)
    return row
