"""Members and colleagues from the rows of a table."""

from __future__ import annotations

from collections.abc import Callable

from app.actions.colleague_import import NewColleague
from app.actions.member import NewMember
from app.domain.import_map import ImportMap
from app.exchange.candidate_rows import mails_in
from app.exchange.people_rows import Cells, Reading, rows_by_map
from app.exchange.people_table import PeopleTable
from app.words import tr


def read_members(table: PeopleTable, map_: ImportMap, step: Callable[[int], None] | None = None) -> Reading[NewMember]:
    """Everybody in a table of members by a map. Raises TableError where the map does not hold."""
    return rows_by_map(table, map_, _member, step)


def read_colleagues(
    table: PeopleTable, map_: ImportMap, step: Callable[[int], None] | None = None
) -> Reading[NewColleague]:
    """Everybody in a table of colleagues by a map. Raises TableError where the map does not hold."""
    return rows_by_map(table, map_, _colleague, step)


def _member(cells: Cells) -> NewMember:
    level = cells.text("level")
    if not level:
        raise ValueError(tr("there is no level"))
    return NewMember(
        level,
        cells.name,
        _one_mail(cells),
        cells.text("role"),
        since=cells.days.get("since"),
        manager_name=cells.text("manager"),
        started_on=cells.days.get("started_on"),
        line=cells.line,
        guide_name=cells.text("guide"),
    )


def _colleague(cells: Cells) -> NewColleague:
    return NewColleague(cells.name, _one_mail(cells), cells.text("role"), cells.line)


def _one_mail(cells: Cells) -> str:
    """The mail address of a colleague, who has one. Raises ValueError for several."""
    mails = mails_in(cells)
    if len(mails) > 1:
        raise ValueError(tr("“{mail}” is more than one mail address; keep one").format(mail=", ".join(mails)[:80]))
    return mails[0] if mails else ""
