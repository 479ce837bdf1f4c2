"""A map of a table of people with some of it said by a person, in the words of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.import_fields import FIELDS_ABOUT, LEFT, field_of
from app.domain.import_map import DateOrder, ImportMap, rest_role
from app.errors import Refused
from app.exchange.ladder_said import column
from app.exchange.people_table import PeopleTable
from app.words import tr


def said_people_map(
    table: PeopleTable, map_: ImportMap, pairs: Sequence[str], left_out: Sequence[str] = (), date_order: str = ""
) -> ImportMap:
    """The map, with some columns said: "mail=Contact address" each. Raises Refused for what is not there.

    A field that takes several columns may be said several times; the first time takes it from those it was.
    """
    rest = rest_role(map_.about)
    keys = [field.key for field in FIELDS_ABOUT[map_.about]]
    fresh: set[str] = set()
    for pair in pairs:
        key, equals, name = pair.partition("=")
        key = key.strip()
        if not equals or key not in (*keys, rest):
            raise Refused(
                tr("“{words}” is nothing {what} can be read by.").format(words=pair, what=map_.about),
                tr("Say field=column, with one of: {names}.").format(names=", ".join(dict.fromkeys((*keys, rest)))),
            )
        heading = column(name.strip(), table.headings)
        field = field_of(map_.about, key)
        if field is not None and field.several and key not in fresh:
            map_ = replace(map_, roles=tuple((h, rest if role == key else role) for h, role in map_.roles))
        fresh.add(key)
        map_ = map_.with_role(heading, key)
    for name in left_out:
        map_ = map_.with_role(column(name.strip(), table.headings), LEFT)
    return replace(map_, date_order=DateOrder(date_order)) if date_order else map_
