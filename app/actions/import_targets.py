"""The openings that people of a table are put into, by what their rows say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from app.errors import NotFound, Refused
from app.records.plan import newest_plan
from app.store.tables import Opening, Stage
from app.words import tr


@dataclass(frozen=True)
class Target:
    """An opening people are put into: its number, plan and stages by name, the first of them first."""

    number: int
    plan: int
    stages: Mapping[str, int]


class Targets:
    """The openings people can be put into: the one a row names, or else the one that was chosen."""

    def __init__(self, connection: Connection, chosen: int | None) -> None:
        self._connection = connection
        self._made: dict[int, Target] = {}
        self._named: dict[str, list[int]] = {}
        self._chosen = chosen
        query = select(col(Opening.id), col(Opening.code), col(Opening.role))
        query = query.where(col(Opening.cancelled_on).is_(None), col(Opening.filled_on).is_(None))
        for number, code, role in connection.execute(query):
            self._named.setdefault(code.casefold(), []).append(number)
            if role.casefold() != code.casefold():
                self._named.setdefault(role.casefold(), []).append(number)
        if chosen is not None:
            if connection.execute(select(col(Opening.id)).where(col(Opening.id) == chosen)).first() is None:
                raise NotFound(tr("There is no {kind} {id}.").format(kind=Opening.kind, id=chosen))
            self._target(chosen)

    def of(self, *names: str) -> tuple[Target | None, bool]:
        """Where somebody goes whose row says one of these names, and whether that names the place."""
        for words in names:
            found = self._named.get(words.casefold(), []) if words else []
            if self._chosen in found:
                return self._target(self._chosen), True
            if len(found) == 1:  # what a row says itself stands before what was chosen for all
                return self._target(found[0]), True
        return (self._target(self._chosen), False) if self._chosen is not None else (None, False)

    def _target(self, number: int) -> Target:
        if number not in self._made:
            query = select(col(Stage.name), col(Stage.id)).where(col(Stage.opening_id) == number)
            stages = self._connection.execute(query.order_by(col(Stage.position))).all()
            if not stages:
                raise Refused(tr("This opening has no stages."), tr("Add a stage to it first."))
            by_name = {name.casefold(): stage for name, stage in reversed(stages)}
            in_order = {name.casefold(): by_name[name.casefold()] for name, _ in stages}
            self._made[number] = Target(number, newest_plan(self._connection, number), in_order)
        return self._made[number]
