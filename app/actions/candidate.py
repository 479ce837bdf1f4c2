"""Candidates, one at a time and from a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app.actions.application import put_in
from app.domain.candidate import FIELDS, Applicant
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables import Candidate
from app.store.workspace import Workspace
from app.words import ntr, tr


@dataclass(frozen=True)
class NewCandidate(Applicant):
    """What a form or a line of a table says about a person."""

    def columns(self) -> dict[str, Any]:
        """The facts that are the candidate's own, without those of an application."""
        facts = {field.key: self.fact(field) for field in FIELDS}
        return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}


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
    cleaned = {k: v if typing or not isinstance(v, str) else v.strip() for k, v in values.items()}
    if "name" in cleaned and not str(cleaned["name"]).strip():
        raise Refused(tr("A candidate needs a name."), tr("Type one."))
    with workspace.step(
        Op.EDIT_CANDIDATE, about=person(candidate), merge=("candidate", candidate, *sorted(values)), typing=typing
    ) as step:
        step.edit(Candidate, candidate, **cleaned)
        step.words = tr("edit of {name}").format(name=step.get(Candidate, candidate).name)
    return step.report()


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
    return step.add(Candidate, id=row, **facts.columns())


def _who_it_is(step: Step, facts: NewCandidate, names: Counter[str]) -> int | str | None:
    """Whose row it is: somebody known, None for a new person, or in words why that can't be told."""
    mail, name = facts.mail.strip(), facts.name.strip()
    if mail:
        found = step.first(select(col(Candidate.id)).where(func.lower(col(Candidate.mail)) == mail.lower()))
        if found:
            return int(found[0])
    elif names[name] > 1:
        return tr("the table has {n} rows of this name, and this one no mail address").format(n=names[name])
    same = rows_of(step.connection, Candidate, col(Candidate.name) == name, order_by=[col(Candidate.id)])
    if mail:
        same = [row for row in same if not row.mail]  # two people of one name have two mails
        return tr("somebody of this name is known without a mail address") if same else None
    if len(same) > 1:
        return tr("{n} people of this name are known").format(n=len(same))
    if not same:
        return None
    told = {k: v for k, v in facts.columns().items() if v}
    if same[0].mail or any(getattr(same[0], k) != v for k, v in told.items()):
        return tr("somebody of this name is known, and nothing here says that it is them")
    return same[0].id
