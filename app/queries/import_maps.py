"""What an import is asked for by name: the maps that are kept, and openings."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.errors import NotFound
from app.store.tables import Opening
from app.store.tables_pipeline import ImportMap
from app.store.workspace import Workspace
from app.words import tr


def import_maps(workspace: Workspace, about: str) -> dict[str, str]:
    """By name, the text of every map that is kept for a kind of table."""
    query = select(col(ImportMap.name), col(ImportMap.content)).where(col(ImportMap.about) == about)
    with workspace.read() as connection:
        rows = connection.execute(query.order_by(col(ImportMap.name))).all()
    return {row.name: row.content for row in rows}


def opening_called(workspace: Workspace, said: str) -> int:
    """The opening of this code, or else of this number. Raises NotFound."""
    with workspace.read() as connection:
        rows = {
            code.casefold(): number for number, code in connection.execute(select(col(Opening.id), col(Opening.code)))
        }
    found = rows.get(said.strip().casefold())
    if found is None and said.isdecimal() and int(said) in rows.values():
        return int(said)
    if found is None:
        raise NotFound(
            tr("There is no opening “{code}”.").format(code=said), tr("“tenfold list FILE openings” shows them.")
        )
    return found
