"""Leveling guides, read back. A version never changes, so a parsed one is kept by its digest."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from app.domain.guide import Guide
from app.domain.pack import Pack
from app.errors import NotFound
from app.store.columns import table_of
from app.store.rubric import newest_versions, read_pack
from app.store.tables_growth import GuideVersion
from app.words import tr

_versions = table_of(GuideVersion)
_parsed: dict[str, Guide] = {}


def read_guide(connection: Connection, version: int) -> Guide:
    """The guide of a version. Raises NotFound."""
    row = connection.execute(select(_versions.c.digest).where(_versions.c.id == version)).first()
    if row is None:
        raise NotFound(tr("There is no leveling guide {id}.").format(id=version))
    if row.digest not in _parsed:
        content = connection.execute(select(_versions.c.content).where(_versions.c.id == version)).scalar_one()
        _parsed[row.digest] = Guide.model_validate_json(content)
    return _parsed[row.digest]


def guide_number(connection: Connection, version: int) -> int:
    """Which version of its guide this row is, from 1."""
    return int(connection.execute(select(_versions.c.version).where(_versions.c.id == version)).scalar_one())


def newest_guide(connection: Connection, name: str = "") -> int | None:
    """The newest version of the guide of this name, else of any; None where there is none."""
    named = select(_versions.c.id).where(_versions.c.name == name).order_by(_versions.c.version.desc()).limit(1)
    found: int | None = connection.execute(named).scalar()
    if found is None:
        found = connection.execute(select(_versions.c.id).order_by(_versions.c.id.desc()).limit(1)).scalar()
    return found


def newest_guides(connection: Connection) -> dict[str, int]:
    """By name, the newest version of each guide, in the order of the names."""
    newest = select(_versions.c.name, func.max(_versions.c.version).label("version")).group_by(_versions.c.name)
    last = newest.subquery()
    query = select(_versions.c.name, _versions.c.id).join(
        last, (last.c.name == _versions.c.name) & (last.c.version == _versions.c.version)
    )
    return {r.name: r.id for r in connection.execute(query.order_by(_versions.c.name))}


def guide_used(connection: Connection) -> int | None:
    """The guide members are kept by where nothing else is said: the newest of the rubric that came first, else of any;
    None where there is none."""
    pack = first_with_levels(connection)
    return newest_guide(connection, pack.title if pack is not None else "")


def first_with_levels(connection: Connection) -> Pack | None:
    """The newest version of the rubric that came first and has levels; None where none has."""
    packs = (read_pack(connection, version) for version in newest_versions(connection).values())
    return next((pack for pack in packs if pack.levels is not None), None)
