"""A calibration written as YAML, JSON or a table: its days, members with their raters, and seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.actions.calibration_import import WrittenCalibration, WrittenMember, WrittenRater, WrittenSeat
from app.domain.assessment import Relation
from app.domain.committee import Ballots, Office
from app.domain.day_text import days_in
from app.domain.import_fields import About
from app.errors import Refused
from app.exchange.located_values import LadderError, Marked, read_json, read_yaml
from app.exchange.people_reading import read_people
from app.store.files import bytes_in
from app.words import tr

_LARGEST = 4_000_001
_FIELDS = ("name", "from", "to", "answers_by", "guide", "guides", "ballots", "tenure", "members", "seats")
_DOES = {
    "votes": (Office.NONE, True),
    "listens": (Office.NONE, False),
    "chair": (Office.CHAIR, True),
    "chair without vote": (Office.CHAIR, False),
    "minutes": (Office.MINUTES, False),
    "minutes and votes": (Office.MINUTES, True),
}
_YES = frozenset({"yes", "y", "x", "true", "1", "anchor"})
_HEADINGS = {
    "member": ("member", "name", "who"),
    "to": ("to", "level", "proposed", "proposed level", "target"),
    "raters": ("raters", "rater", "assessed by"),
    "anchor": ("anchor", "anchor case"),
}


def read_calibration(path: Path, encoding: str = "") -> WrittenCalibration:
    """What the file says. A table has a row a member, or one for each of their raters; its name is the calibration's.

    Raises Refused, with the line where there is one.
    """
    kind = path.suffix.lower()
    if kind not in (".yaml", ".yml", ".json"):
        return _of_table(path, encoding)
    try:
        content = bytes_in(path, _LARGEST)
    except OSError as error:
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=path, why=error.strerror or error),
            tr("Check the name, and try again."),
        ) from error
    tree = read_json(path.name, content) if kind == ".json" else read_yaml(path.name, content)
    return _Reader(tree).calibration()


class _Reader:
    """Reads the values of a tree, and refuses what is of another kind with its line."""

    def __init__(self, tree: Marked) -> None:
        self._tree = tree

    def calibration(self) -> WrittenCalibration:
        held = self._mapping((), self._tree.value, _FIELDS)
        ballots = self._text(("ballots",), held.get("ballots")) or str(Ballots.NAMES)
        if ballots not in set(Ballots):
            raise self._wrong(("ballots",), tr("votes are kept as “names” or “counts”."))
        members, seats = self._list(("members",), held.get("members")), self._list(("seats",), held.get("seats"))
        return WrittenCalibration(
            self._text(("name",), held.get("name")),
            self._day(("from",), held.get("from")),
            self._day(("to",), held.get("to")),
            self._day(("answers_by",), held.get("answers_by")),
            self._guides(held),
            Ballots(ballots),
            tuple(self._member(("members", place), one) for place, one in enumerate(members)),
            tuple(self._seat(("seats", place), one) for place, one in enumerate(seats)),
            held.get("tenure") is True,
        )

    def _guides(self, held: Mapping[str, Any]) -> tuple[str, ...]:
        """Those of `guides`, or the one of `guide`."""
        if held.get("guide") is not None and held.get("guides") is not None:
            raise self._wrong(("guides",), tr("say “guide”, or “guides” for several; not both."))
        if held.get("guide") is not None:
            return (self._text(("guide",), held["guide"], needed=True),)
        names = self._list(("guides",), held.get("guides"))
        return tuple(self._text(("guides", place), name, needed=True) for place, name in enumerate(names))

    def _member(self, way: tuple[str | int, ...], held: Any) -> WrittenMember:
        if isinstance(held, str):
            return WrittenMember(self._tree.line(way), " ".join(held.split()))
        of = self._mapping(way, held, ("name", "to", "anchor", "raters"))
        raters = self._list((*way, "raters"), of.get("raters"))
        return WrittenMember(
            self._tree.line(way),
            self._text((*way, "name"), of.get("name"), needed=True),
            self._text((*way, "to"), of.get("to")),
            of.get("anchor") is True,
            tuple(self._rater((*way, "raters", place), one) for place, one in enumerate(raters)),
        )

    def _rater(self, way: tuple[str | int, ...], held: Any) -> WrittenRater:
        if isinstance(held, str):
            return WrittenRater(" ".join(held.split()))
        of = self._mapping(way, held, ("name", "relation", "by"))
        said = self._text((*way, "relation"), of.get("relation")).replace(" ", "_").replace("-", "_")
        if said and said not in set(Relation):
            raise self._wrong((*way, "relation"), tr("no relation is called “{name}”.").format(name=said))
        name = self._text((*way, "name"), of.get("name"), needed=True)
        return WrittenRater(name, Relation(said) if said else None, self._day((*way, "by"), of.get("by")))

    def _seat(self, way: tuple[str | int, ...], held: Any) -> WrittenSeat:
        if isinstance(held, str):
            return WrittenSeat(self._tree.line(way), " ".join(held.split()))
        of = self._mapping(way, held, ("name", "does"))
        does = self._text((*way, "does"), of.get("does")) or "votes"
        if does not in _DOES:
            words = tr("what a seat does is one of: {names}.").format(names=", ".join(_DOES))
            raise self._wrong((*way, "does"), words)
        name = self._text((*way, "name"), of.get("name"), needed=True)
        return WrittenSeat(self._tree.line(way), name, *_DOES[does])

    def _mapping(self, way: tuple[str | int, ...], held: Any, known: Sequence[str]) -> Mapping[str, Any]:
        if not isinstance(held, dict):
            raise self._wrong(way, tr("this is no group of fields."))
        for name in held:
            if name not in known:
                words = tr("the field “{name}” is not known here; there are: {names}.")
                raise self._wrong((*way, name), words.format(name=name, names=", ".join(known)))
        return held

    def _list(self, way: tuple[str | int, ...], held: Any) -> list[Any]:
        if held is None:
            return []
        if not isinstance(held, list):
            raise self._wrong(way, tr("this is no list."))
        return held

    def _text(self, way: tuple[str | int, ...], held: Any, *, needed: bool = False) -> str:
        if held is None and not needed:
            return ""
        if not isinstance(held, str | int) or isinstance(held, bool) or not str(held).strip():
            raise self._wrong(way, tr("this is no text."))
        return " ".join(str(held).split())

    def _day(self, way: tuple[str | int, ...], held: Any) -> date | None:
        if held is None:
            return None
        days = days_in(str(held))
        if len(days) != 1:
            raise self._wrong(way, tr("“{text}” is no day, or could be two; write 2026-03-12.").format(text=held))
        return days[0]

    def _wrong(self, way: tuple[str | int, ...], sentence: str) -> LadderError:
        return LadderError([self._tree.problem(way, sentence)])


def _of_table(path: Path, encoding: str) -> WrittenCalibration:
    table = read_people(path, About.MEMBERS, encoding)
    places = {
        field: next((n for n, heading in enumerate(table.headings) if heading.strip().casefold() in names), None)
        for field, names in _HEADINGS.items()
    }
    if places["member"] is None:
        raise Refused(
            tr("No column of {file} says who is in it (found: {names}).").format(
                file=path.name, names=", ".join(table.headings)[:300]
            ),
            tr("Head a column Member; others may be To, Raters and Anchor."),
        )
    found: dict[str, WrittenMember] = {}
    for line, cells in table.rows:

        def cell(field: str, cells: Sequence[str] = cells) -> str:
            place = places[field]
            return cells[place].strip() if place is not None and place < len(cells) else ""

        name = " ".join(cell("member").split())
        if not name:
            continue
        raters = tuple(WrittenRater(part.strip()) for part in cell("raters").split(";") if part.strip())
        before = found.get(name.casefold())
        if before is None:
            found[name.casefold()] = WrittenMember(line, name, cell("to"), cell("anchor").casefold() in _YES, raters)
        else:
            to = before.to or cell("to")
            found[name.casefold()] = WrittenMember(before.line, name, to, before.anchor, (*before.raters, *raters))
    return WrittenCalibration(path.stem, members=tuple(found.values()))
