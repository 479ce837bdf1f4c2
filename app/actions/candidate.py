"""Candidates, one at a time and from a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import put_in
from app.domain.candidate import CONTACTS, FIELDS, Applicant, Source
from app.domain.contact import ContactKind, apart, folded
from app.domain.operations import Op
from app.errors import Refused
from app.records.candidate import reached
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables import Candidate
from app.store.tables_people import Contact, FurtherFact, Tag
from app.store.workspace import Workspace
from app.words import ntr, tr


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


@dataclass(frozen=True)
class LeftOut:
    """A row that needs a person: who it may be can't be told. `line` is where it stands in its table."""

    line: int
    name: str
    why: str

    @property
    def words(self) -> str:
        """'Line 3, Wei Zhang: …'."""
        return tr("Line {line}, {name}: {why}.").format(line=self.line, name=self.name, why=self.why)


@dataclass(frozen=True)
class ImportedCandidates:
    """What an import did, or would do: ids of new people, those of rows that were known, rows that need a person, and
    how many applications were new. New, known and left out are together as many as there are rows."""

    added: tuple[int, ...]
    known: tuple[int, ...]
    applications: int
    changed: ChangeReport | None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def words(self) -> str:
        """The counts in a person's words."""
        rows = len(self.added) + len(self.known) + len(self.left_out)
        counts = (
            ntr("{n} new candidate", "{n} new candidates", len(self.added)),
            ntr("{n} known already", "{n} known already", len(self.known)),
            ntr("{n} left out", "{n} left out", len(self.left_out)),
        )
        said = ntr("{n} row: {{counts}}", "{n} rows: {{counts}}", rows).format(counts=", ".join(counts))
        applied = ntr("{n} new application", "{n} new applications", self.applications)
        return tr("{said}; {applied}.").format(said=said, applied=applied)


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def import_all(
    workspace: Workspace,
    people: Sequence[NewCandidate],
    opening: int | None,
    *,
    dry_run: bool = False,
    lines: Sequence[int] = (),
) -> ImportedCandidates:
    """Bring people in, all or none. The same mail is the same person; a name alone never joins two.

    A row that could be somebody known, or one of several of its name, is left out with its line: it needs a person.
    `lines` are where the rows stand in their table.
    """
    added: list[int] = []
    known: list[int] = []
    left: list[LeftOut] = []
    applications = 0
    names = Counter(facts.name.strip() for facts in people)
    try:
        with workspace.step(Op.IMPORT_CANDIDATES) as step:
            for number, facts in enumerate(people):
                found = _who_it_is(step, facts, names)
                if isinstance(found, str):
                    line = lines[number] if lines else number + 1
                    left.append(LeftOut(line, facts.name.strip(), found))
                    continue
                row = found or _add(step, facts)
                (known if found else added).append(row)
                if opening is not None:
                    applications += put_in(step, row, opening, facts.applied_on)
            step.words = ntr("import of {n} candidate", "import of {n} candidates", len(added))
            if dry_run:
                raise _DryRun  # noqa: TRY301  (it ends the transaction)
    except _DryRun:
        return ImportedCandidates(tuple(added), tuple(known), applications, None, tuple(left))
    return ImportedCandidates(tuple(added), tuple(known), applications, step.report(), tuple(left))


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


def _who_it_is(step: Step, facts: NewCandidate, names: Counter[str]) -> int | str | None:
    """Whose row it is: somebody known, None for a new person, or in words why that can't be told."""
    mails, name = apart(ContactKind.MAIL, facts.mail), facts.name.strip()
    if mails:
        found = step.values(
            select(col(Contact.candidate_id))
            .where(
                col(Contact.way) == ContactKind.MAIL,
                col(Contact.folded).in_([folded(ContactKind.MAIL, mail) for mail in mails]),
            )
            .distinct()
        )
        if len(found) > 1:
            return tr("its mail addresses are those of {n} people who are known").format(n=len(found))
        if found:
            return found[0]
    elif names[name] > 1:
        return tr("the table has {n} rows of this name, and this one no mail address").format(n=names[name])
    same = rows_of(step.connection, Candidate, col(Candidate.name) == name, order_by=[col(Candidate.id)])
    ways = reached(step.connection, [row.id for row in same])
    if mails:
        same = [row for row in same if ContactKind.MAIL not in ways.get(row.id, {})]  # two of one name have two mails
        return tr("somebody of this name is known without a mail address") if same else None
    if len(same) > 1:
        return tr("{n} people of this name are known").format(n=len(same))
    if not same:
        return None
    held = ways.get(same[0].id, {})
    told = {k: v for k, v in facts.columns().items() if v and v != Source.NOT_SAID}
    differs = any(getattr(same[0], k) != v for k, v in told.items())
    if held.get(ContactKind.MAIL) or differs or any(v and held.get(way) != v for way, v in facts.ways().items()):
        return tr("somebody of this name is known, and nothing here says that it is them")
    return same[0].id
