"""Members from a table, all or none: new ones, known ones, and what the table says otherwise of known ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.actions.guide import guide_in
from app.actions.imported_rows import Came, RowCame
from app.actions.member import NewMember, add_in, colleague_of, manager_of, member_of
from app.domain.operations import Op
from app.errors import Refused
from app.records.member_level import levels_on
from app.store.change_report import ChangeReport
from app.store.guide import newest_guides, read_guide
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_growth import Member
from app.store.workspace import Workspace
from app.words import day, ntr, sentence_list, tr

_NAMED = 10  # lines a refusal names


@dataclass(frozen=True)
class ImportedMembers:
    """What an import did, or would do: new and known members, and in words what the table has otherwise of known ones,
    which stays as it is here. `changed` is None where nothing was written."""

    added: tuple[int, ...]
    known: tuple[int, ...]
    differs: tuple[str, ...]
    changed: ChangeReport | None
    rows: tuple[RowCame, ...] = ()

    @property
    def words(self) -> str:
        """All of it in a person's words."""
        counts = (
            ntr("{n} new member", "{n} new members", len(self.added)),
            ntr("{n} known already", "{n} known already", len(self.known)),
        )
        said = ", ".join(counts) + "."
        if self.differs:
            said += " " + tr("Differs, and stays as it is here: {what}.").format(what="; ".join(self.differs))
        return said


class _Problems(Exception):
    """Ends the transaction where lines can't come in; `problems` says why of each."""

    def __init__(self, problems: list[tuple[NewMember, str]]) -> None:
        super().__init__(len(problems))
        self.problems = problems


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


@dataclass
class _Coming:
    """An import under way: which colleague each line turned out to be, and what is wrong with lines."""

    step: Step
    guide: int
    today: date
    added: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    members: list[tuple[NewMember, int]] = field(default_factory=list)
    problems: list[tuple[NewMember, str]] = field(default_factory=list)
    guides: Mapping[str, int] = field(default_factory=dict)

    def guide_of(self, new: NewMember) -> int | None:
        """The newest version of the guide a line names, else the one in use; None for a name nobody knows."""
        return self.guides.get(new.guide_name.casefold()) if new.guide_name else self.guide

    def wrong(self, new: NewMember, why: str) -> None:
        """Keep what is wrong with a line."""
        self.problems.append((new, why))


def import_all(
    workspace: Workspace, people: Sequence[NewMember], *, dry_run: bool = False, skip_refused: bool = False
) -> ImportedMembers:
    """Bring members in, all or none; nobody comes in twice. A manager may stand further down the same table.

    Raises Refused that names each line with a level or a manager nobody knows; with `skip_refused` those lines, and
    who is managed by nobody then, are left out and said.
    """
    skipped: dict[int, RowCame] = {}
    while True:
        try:
            done = _import(workspace, [new for new in people if id(new) not in skipped], dry_run=dry_run)
        except _Problems as wrong:
            if not skip_refused and not dry_run:
                raise _refusal([(new.line, words) for new, words in wrong.problems]) from None
            for new, words in wrong.problems:
                skipped[id(new)] = RowCame(new.line, new.name, Came.REFUSED, words)
            continue
        rows = sorted((*done.rows, *skipped.values()), key=lambda row: row.line)
        return replace(done, rows=tuple(rows))


def _import(workspace: Workspace, people: Sequence[NewMember], *, dry_run: bool) -> ImportedMembers:
    """Bring them in, or raise `_Problems`."""
    try:
        with workspace.step(Op.IMPORT_MEMBERS) as step:
            coming = _Coming(step, guide_in(step), workspace.today())
            coming.guides = {n.casefold(): row for n, row in newest_guides(step.connection).items()}
            for new in people:
                _bring(coming, new)
            differs = _managers(coming, people)
            if coming.problems:
                raise _Problems(coming.problems)
            step.words = ntr("import of {n} member", "import of {n} members", len(coming.added))
            if dry_run:
                raise _DryRun  # noqa: TRY301  (it ends the transaction)
    except _DryRun:
        return ImportedMembers(
            tuple(coming.added), tuple(coming.known), tuple(differs.values()), None, _rows(coming, differs)
        )
    changed = step.report()
    return ImportedMembers(
        tuple(coming.added), tuple(coming.known), tuple(differs.values()), changed, _rows(coming, differs)
    )


def _rows(coming: _Coming, differs: Mapping[int, str]) -> tuple[RowCame, ...]:
    """What became of each line."""
    added = set(coming.added)
    return tuple(
        RowCame(new.line, new.name, Came.ADDED if row in added else Came.KNOWN, differs.get(new.line, ""))
        for new, row in coming.members
    )


def _bring(coming: _Coming, new: NewMember) -> None:
    step = coming.step
    guide = coming.guide_of(new)
    if guide is None:
        coming.wrong(new, tr("there is no leveling guide “{name}”.").format(name=new.guide_name))
        return
    if new.level not in {known.id for known in read_guide(step.connection, guide).levels}:
        coming.wrong(new, tr("the guide has no level “{level}”.").format(level=new.level))
        return
    try:
        colleague = colleague_of(step, new.name, new.mail)
        member = member_of(step, colleague) if colleague is not None else None
        if member is None:
            member = add_in(step, replace(new, colleague=colleague, manager_name=""), guide)
            coming.added.append(member)
        elif twin := next((one for one, row in coming.members if row == member), None):
            coming.wrong(new, _stands_already(new, twin))
            return
        else:
            coming.known.append(member)
    except Refused as refused:
        coming.wrong(new, f"{refused.sentence} {refused.remedy}".strip())
        return
    coming.members.append((new, member))


def _stands_already(new: NewMember, twin: NewMember) -> str:
    """Two lines that are one person here, or two people nothing tells apart."""
    words = tr("{name} stands on line {n} already; take one of the two out.")
    if not new.mail or not twin.mail:
        words = tr("{name} stands on line {n} already; give a mail.")
    return words.format(name=new.name, n=twin.line)


def _managers(coming: _Coming, people: Sequence[NewMember]) -> dict[int, str]:
    """Once everybody is in: who manages whom, and by line what the table has otherwise of those who were known."""
    step = coming.step
    differs: dict[int, str] = {}
    named = {id(new) for new, _ in coming.members}
    for new in people:
        manager: int | None = None
        try:
            manager = manager_of(step, new.manager_name)
        except Refused as refused:
            coming.wrong(new, refused.sentence)
            continue
        if id(new) not in named:
            continue
        member = next(row for one, row in coming.members if one is new)
        known = step.get(Member, member)
        if member in coming.added and known.manager_id is None and manager not in (None, known.colleague_id):
            step.edit(Member, member, manager_id=manager)
        if words := _differences(coming, new, member, manager):
            name = step.get(Colleague, known.colleague_id).name
            differs[new.line] = f"{name} ({sentence_list(words)})"
    return differs


def _differences(coming: _Coming, new: NewMember, member: int, manager: int | None) -> list[str]:
    """What a line says of a member that is another here; an empty cell says nothing."""
    step = coming.step
    known = step.get(Member, member)
    level, since = levels_on(step.connection, coming.today, [member])[member]
    words = tr("{what} {there}, here {here}")
    found = []
    by = read_guide(step.connection, known.guide_id).name
    if new.guide_name and new.guide_name.casefold() != by.casefold():
        found.append(words.format(what=tr("guide"), there=new.guide_name, here=by))
    if new.level != level:
        found.append(words.format(what=tr("level"), there=new.level, here=level))
    for what, there, here in ((tr("since"), new.since, since), (tr("first day"), new.started_on, known.started_on)):
        if there is not None and there != here:
            found.append(words.format(what=what, there=day(there), here=day(here) if here else tr("none")))
    if manager not in (None, known.manager_id, known.colleague_id):
        names = [
            step.get(Colleague, one).name if one is not None else tr("none") for one in (manager, known.manager_id)
        ]
        found.append(words.format(what=tr("manager"), there=names[0], here=names[1]))
    return found


def _refusal(problems: list[tuple[int, str]]) -> Refused:
    said = [tr("Line {line}: {what}").format(line=line, what=words) for line, words in sorted(problems)]
    more = len(said) - _NAMED
    tail = [ntr("And {n} more line.", "And {n} more lines.", more)] if more > 0 else []
    return Refused(" ".join((tr("Nothing came in."), *said[:_NAMED], *tail)), tr("Mend these lines and import again."))
