"""Colleagues from a table, all in one step. Nobody comes in twice, and a name alone joins nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.actions.imported_rows import Came, RowCame
from app.domain.operations import Op
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.history import RowChange
from app.store.ready_rows import held_values, ready_rows
from app.store.tables import Colleague, Setting
from app.store.workspace import Workspace
from app.words import ntr, tr


@dataclass(frozen=True)
class NewColleague:
    """What a row says of a colleague; `line` is where it stands."""

    name: str
    mail: str = ""
    role: str = ""
    line: int = 0


@dataclass(frozen=True)
class ImportedColleagues:
    """What became of the rows, or would; `changed` is None where nothing was written."""

    rows: tuple[RowCame, ...]
    changed: ChangeReport | None

    @property
    def words(self) -> str:
        """The counts in a person's words."""
        count = Counter(row.came for row in self.rows)
        known = count[Came.KNOWN] + count[Came.CHANGED]
        counts = (
            ntr("{n} new colleague", "{n} new colleagues", count[Came.ADDED]),
            ntr("{n} known already", "{n} known already", known),
            ntr("{n} left out", "{n} left out", count[Came.REFUSED]),
        )
        said = ntr("{n} row: {{counts}}.", "{n} rows: {{counts}}.", len(self.rows)).format(counts=", ".join(counts))
        if count[Came.CHANGED]:
            said += " " + ntr("{n} of them gets a role.", "{n} of them get a role.", count[Came.CHANGED])
        return said


def import_all(workspace: Workspace, people: Sequence[NewColleague], *, dry_run: bool = False) -> ImportedColleagues:
    """Bring colleagues in. The same mail is the same person, who gets a role where they have none.

    A row that may be somebody known is left out with its line: it needs a person. The first colleague of a workspace
    becomes "me".
    """
    if dry_run:
        with workspace.read() as connection:
            return ImportedColleagues(tuple(row for _, _, row in _planned(connection, people)), None)
    with workspace.step(Op.IMPORT_COLLEAGUES) as step:
        planned = _planned(step.connection, people)
        number = step.next_number(Colleague)
        added: list[RowChange] = []
        for new, known, row in planned:
            if row.came is Came.ADDED:
                values = {"id": number + len(added), "name": new.name, "mail": new.mail, "role": new.role}
                added.append(held_values(Colleague, step.about, values))
            elif row.came is Came.CHANGED and known is not None:
                step.edit(Colleague, known, role=new.role)
        step.add_ready(ready_rows(Op.IMPORT_COLLEAGUES, added))
        if added and step.get(Setting, 1).me_id is None:
            step.edit(Setting, 1, me_id=number)
        step.words = ntr("import of {n} colleague", "import of {n} colleagues", len(added))
    return ImportedColleagues(tuple(row for _, _, row in planned), step.report())


def _planned(connection: Connection, people: Sequence[NewColleague]) -> list[tuple[NewColleague, int | None, RowCame]]:
    known = {row.id: (row.name, row.mail, row.role) for row in rows_of(connection, Colleague)}
    by_mail = {mail.casefold(): number for number, (_, mail, _) in known.items() if mail}
    named: dict[str, list[tuple[str, str]]] = {}
    for name, mail, role in known.values():
        named.setdefault(name.casefold(), []).append((mail, role))
    in_table = Counter(new.name.casefold() for new in people)
    coming: dict[str, int | None] = {}
    planned = []
    for new in people:
        number, row = _one(new, by_mail, known, named, in_table, coming)
        planned.append((new, number, row))
        if row.came is Came.ADDED:
            named.setdefault(new.name.casefold(), []).append((new.mail, new.role))
            if new.mail:
                coming[new.mail.casefold()] = None
    return planned


def _one(
    new: NewColleague,
    by_mail: dict[str, int],
    known: dict[int, tuple[str, str, str]],
    named: dict[str, list[tuple[str, str]]],
    in_table: Counter[str],
    coming: dict[str, int | None],
) -> tuple[int | None, RowCame]:
    """Who a row is, and what becomes of it."""

    def came(how: Came, why: str = "") -> RowCame:
        return RowCame(new.line, new.name, how, why)

    number = by_mail.get(new.mail.casefold()) if new.mail else None
    if number is not None:
        name, _, role = known[number]
        if new.role and not role:
            return number, came(Came.CHANGED, tr("new: {what}").format(what=new.role))
        differs = [tr("name")] * (name != new.name) + [tr("role")] * (bool(new.role) and role != new.role)
        words = tr("differs, and stays as it is here: {what}").format(what=", ".join(differs)) if differs else ""
        return number, came(Came.KNOWN, words)
    if new.mail and new.mail.casefold() in coming:
        return None, came(Came.KNOWN, tr("stands in the table already"))
    same = named.get(new.name.casefold(), [])
    if new.mail:
        unsaid = any(not mail for mail, _ in same)
        why = tr("somebody of this name is known without a mail address")
        return None, came(Came.REFUSED, why) if unsaid else came(Came.ADDED)
    if in_table[new.name.casefold()] > 1:
        words = tr("the table has {n} rows of this name, and this one no mail address")
        return None, came(Came.REFUSED, words.format(n=in_table[new.name.casefold()]))
    if not same:
        return None, came(Came.ADDED)
    if same == [("", new.role)]:
        return None, came(Came.KNOWN)
    return None, came(Came.REFUSED, tr("somebody of this name is known, and nothing here says that it is them"))
