"""The last image of every row: the history's before and after, played from the first step to the newest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.domain.spelling import canonical
from app.store.columns import table_of
from app.store.history import DIGEST_ONLY, Values
from app.store.history_tables import History, Image

Place = tuple[str, int]
"""A table and the number of a row in it."""

_chain, _image = table_of(History), table_of(Image)


class _Told(NamedTuple):
    """The history row that told of a row last, whose it is, and the row's image as JSON; None where it was taken out.

    As text an image takes a quarter of what it takes as values, and there are as many of them as rows.
    """

    number: int
    person: str
    image: str | None


@dataclass
class LastImages:
    """What the history says of each row: its `image` as it was recorded last; `removed` are those that were taken out.

    Of a row in `in_part` only some columns are known: it was a draft when it was added, and changed later. `erased`
    are the rows that images told of which are gone, as those of an erased person are; `last_gone` is, for each
    person, the newest history row of which that is so.
    """

    removed: set[Place] = field(default_factory=set)
    in_part: set[Place] = field(default_factory=set)
    erased: set[Place] = field(default_factory=set)
    last_gone: dict[str, int] = field(default_factory=dict)
    _told: dict[str, dict[int, _Told]] = field(default_factory=dict)

    def image(self, place: Place) -> Values | None:
        """A row as it was recorded last; None where none is known to be there."""
        told = self._told_of(place)
        held: Values | None = None if told is None or told.image is None else json.loads(told.image)
        return held

    def rows(self, table: str) -> Iterator[int]:
        """The rows of a table that are known to be there."""
        return (row for row, told in self._told.get(table, {}).items() if told.image is not None)

    def may_be_newer(self, place: Place) -> bool:
        """Whether an image that is gone may have told of this row after the last one that is there.

        An image is of one person: those of others say nothing of a row that was told of as this person's.
        """
        told = self._told_of(place)
        if told is None:
            return bool(self.last_gone)
        return told.number < self.last_gone.get(told.person, 0)

    def _told_of(self, place: Place) -> _Told | None:
        return self._told.get(place[0], {}).get(place[1])

    def take(self, number: int, person: str, content: object) -> None:
        """One history row's changes. What is not a list of changes tells nothing of rows."""
        try:
            changes = json.loads(content) if isinstance(content, str) else []
        except ValueError:  # its digest does not hold either: that is found with the chain
            return
        if not isinstance(changes, list):
            return
        for change in changes:
            if _is_change(change):
                place = (intern(str(change[0])), int(change[1]))
                image = self._after(place, change[2], change[3])
                self._told.setdefault(place[0], {})[place[1]] = _Told(number, intern(person), image)

    def _after(self, place: Place, before: Values | None, after: Values | None) -> str | None:
        """The row's image after a change."""
        known = self.image(place)
        if after is None:
            self.in_part.discard(place)
            self.removed.add(place)
            return None
        self.removed.discard(place)
        if before is None:
            self.in_part.discard(place)
            return canonical(after)
        if known is None:
            known = {}
            self.in_part.add(place)
        return canonical(known | after)


def _is_change(change: object) -> bool:
    """Table, row, and what was there before and after; anything else was not written by Tenfold."""
    if not isinstance(change, list) or len(change) != 4:
        return False
    return isinstance(change[1], int) and all(image is None or isinstance(image, dict) for image in change[2:])


def last_images(connection: Connection) -> LastImages:
    """Play the whole history."""
    found = LastImages()
    with_images = _chain.outerjoin(_image, _image.c.number == _chain.c.number)
    query = (
        select(_chain.c.number, _chain.c.person, _chain.c.subject, _chain.c.op, _image.c.content)
        .select_from(with_images)
        .order_by(_chain.c.number)
    )
    for number, person, subject, op, content in connection.execute(query):
        if content is not None:
            found.take(number, person, content)
        elif op not in DIGEST_ONLY:
            found.last_gone[person] = number
            table, _, row = str(subject).partition(":")
            if row.isdecimal():
                found.erased.add((table, int(row)))
    return found
