"""Adopted packs, read back. A version never changes, so a parsed one is kept by its digest."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from app.domain.pack import Pack
from app.errors import NotFound
from app.store.columns import table_of
from app.store.tables import RubricVersion
from app.words import tr

_versions = table_of(RubricVersion)
_digest_of = select(_versions.c.digest).where(_versions.c.id == bindparam("version"))
_parsed: dict[str, Pack] = {}


def read_pack(connection: Connection, version: int) -> Pack:
    """The pack of a version. Raises NotFound."""
    row = connection.execute(_digest_of, {"version": version}).first()
    if row is None:
        raise NotFound(tr("There is no rubric version {id}.").format(id=version))
    if row.digest not in _parsed:
        content = connection.execute(select(_versions.c.content).where(_versions.c.id == version)).scalar_one()
        _parsed[row.digest] = Pack.model_validate_json(content)
    return _parsed[row.digest]


def newest_versions(connection: Connection) -> dict[str, int]:
    """By rubric, its newest version, in the order in which the rubrics came into the workspace."""
    rows = connection.execute(select(_versions.c.pack, _versions.c.id).order_by(_versions.c.id))
    return {str(pack): int(version) for pack, version in rows}
