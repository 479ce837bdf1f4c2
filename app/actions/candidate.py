"""Candidates, one at a time and from a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select

from app.actions.application import put_in
from app.domain.kinds import Op
from app.errors import Refused
from app.store.changed import Changed
from app.store.columns import table_of
from app.store.step import Step
from app.store.tables import Candidate
from app.store.workspace import Workspace
from app.words import ntr, tr


@dataclass(frozen=True)
class CandidateFacts:
    """What a form or a line of a table says about a person."""

    name: str
    mail: str = ""
    phone: str = ""
    now_at: str = ""
    place: str = ""
    came_by: str = ""
    can_start: str = ""
    kept_until: date | None = None
    applied_on: date | None = None

    def columns(self) -> dict[str, object]:
        """The facts that are the candidate's own, without those of an application."""
        facts = asdict(self)
        del facts["applied_on"]
        return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}


def person(candidate: int) -> str:
    """Under whose salt the history keeps what is about a candidate."""
    return f"candidate:{candidate}"


def add(workspace: Workspace, facts: CandidateFacts, opening: int | None = None) -> Changed:
    """Add a candidate, and their application where an opening is given. Raises Refused without a name."""
    with workspace.step(Op.ADD_CANDIDATE) as step:
        row = _add(step, facts)
        if opening is not None:
            put_in(step, row, opening, facts.applied_on)
        step.words = tr("candidate {name}").format(name=facts.name.strip())
    return step.report()


def edit(workspace: Workspace, candidate: int, *, typing: bool = False, **values: object) -> Changed:
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
class Imported:
    """What an import did, or would do: ids of new people, of known ones, and how many applications were new."""

    added: tuple[int, ...]
    known: tuple[int, ...]
    applications: int
    changed: Changed | None

    @property
    def words(self) -> str:
        """The counts in a person's words."""
        counts = (
            ntr("{n} new candidate", "{n} new candidates", len(self.added)),
            ntr("{n} known already", "{n} known already", len(self.known)),
            ntr("{n} new application", "{n} new applications", self.applications),
        )
        return ", ".join(counts) + "."


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def import_all(
    workspace: Workspace, people: Sequence[CandidateFacts], opening: int | None, *, dry_run: bool = False
) -> Imported:
    """Bring people in, all or none. The same mail, else the same name, is the same person; nothing comes in twice."""
    added: list[int] = []
    known: list[int] = []
    applications = 0
    try:
        with workspace.step(Op.IMPORT_CANDIDATES) as step:
            for facts in people:
                row = _same_person(step, facts)
                if row is None:
                    row = _add(step, facts)
                    added.append(row)
                elif row not in known and row not in added:
                    known.append(row)
                if opening is not None:
                    applications += put_in(step, row, opening, facts.applied_on)
            step.words = ntr("import of {n} candidate", "import of {n} candidates", len(added))
            if dry_run:
                raise _DryRun  # noqa: TRY301  (it ends the transaction)
    except _DryRun:
        return Imported(tuple(added), tuple(known), applications, None)
    return Imported(tuple(added), tuple(known), applications, step.report())


def _add(step: Step, facts: CandidateFacts) -> int:
    if not facts.name.strip():
        raise Refused(tr("A candidate needs a name."), tr("Type one."))
    last = step.first(select(func.coalesce(func.max(table_of(Candidate).c.id), 0)))
    sequence = step.connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'candidate'").scalar()
    row = max(last[0] if last else 0, sequence or 0) + 1
    step.about = person(row)
    return step.add(Candidate, id=row, **facts.columns())


def _same_person(step: Step, facts: CandidateFacts) -> int | None:
    table = table_of(Candidate)
    if facts.mail.strip():
        found = step.first(select(table.c.id).where(func.lower(table.c.mail) == facts.mail.strip().lower()))
        if found:
            return int(found[0])
    same_name = select(table.c.id).where(table.c.name == facts.name.strip())
    if facts.mail.strip():
        same_name = same_name.where(table.c.mail == "")  # two people of one name have two mails
    found = step.first(same_name)
    return int(found[0]) if found else None
