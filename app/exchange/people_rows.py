"""The people of a table by a map: a value for each row, or why it does not come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from app.domain.csv_table import one_line, written_lines
from app.domain.import_fields import FURTHER, LEFT, About, field_of
from app.domain.import_map import DateOrder, ImportMap
from app.domain.value import LONGEST_TEXT
from app.exchange.csv_rows import TableError
from app.exchange.people_table import PeopleTable
from app.exchange.written_days import NoDay, TwoDays, day_of, order_of
from app.words import ntr, tr

T = TypeVar("T")
LONGEST_CELL = 4000
"""Characters of a cell that fills a field; notes and further facts may be as long as any text."""
_LONG = frozenset({FURTHER, "notes"})


@dataclass(frozen=True)
class RefusedRow:
    """A row that can't come in, with its line and who it may be about."""

    line: int
    name: str
    why: str

    @property
    def words(self) -> str:
        """'Line 3, Wei Zhang: …'."""
        if not self.name:
            return tr("Line {line}: {why}.").format(line=self.line, why=self.why)
        return tr("Line {line}, {name}: {why}.").format(line=self.line, name=self.name, why=self.why)


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What a map makes of a table. `two_days` is a date that the order must decide, with its line, or nothing."""

    people: tuple[T, ...]
    refused: tuple[RefusedRow, ...]
    two_days: tuple[int, str] | None = None
    orders: tuple[DateOrder, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.people) + len(self.refused)

    def must_be_whole(self) -> None:
        """Raises TableError that names each row which can't come in."""
        self.must_know_days()
        if self.refused:
            problems = tuple(row.words for row in self.refused)
            more = len(problems) - 10
            tail = (ntr("And {n} more line.", "And {n} more lines.", more),) if more > 0 else ()
            raise TableError(
                " ".join((tr("Nothing came in."), *problems[:10], *tail)),
                tr("Mend these lines and import again, or skip them (on the command line with --skip-refused)."),
                problems,
            )

    def must_know_days(self) -> None:
        """Raises TableError where a day could be two."""
        if self.two_days is not None:
            line, text = self.two_days
            raise TableError(
                tr("Line {line}: “{text}” could be two days, and no other date tells which.").format(
                    line=line, text=text
                ),
                tr("Say in which order day and month stand: dmy or mdy (on the command line with --date-order)."),
            )


@dataclass(frozen=True)
class Cells:
    """One row by the map: what each field holds, what each several one holds, and the further facts."""

    line: int
    by_field: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]
    days: Mapping[str, date | None]
    further: tuple[tuple[str, str], ...]
    headings: Mapping[str, str]

    def text(self, key: str) -> str:
        """What a field holds; several things one beside the other."""
        return self.by_field.get(key, "") or ", ".join(self.several.get(key, ()))

    @property
    def name(self) -> str:
        """The whole name, or of its parts. Raises ValueError without one."""
        parts = (self.text(part) for part in ("first", "middle", "last"))
        name = self.text("name") or " ".join(part for part in parts if part)
        if not name:
            raise ValueError(tr("there is no name"))
        return name


def rows_by_map(
    table: PeopleTable, map_: ImportMap, make: Callable[[Cells], T], step: Callable[[int], None] | None = None
) -> Reading[T]:
    """Every row as `make` gives it; what it says by a ValueError is why a row is refused. `step` hears of each row."""
    must_hold(table, map_)
    columns = _columns(table, map_)
    orders = {
        place: map_.date_order or order_of(cells[place] for _, cells in table.rows if place < len(cells))
        for place, (_, _, is_day, _) in enumerate(columns)
        if is_day
    }
    people: list[T] = []
    refused: list[RefusedRow] = []
    two_days: tuple[int, str] | None = None
    for number, (line, cells) in enumerate(table.rows):
        if step is not None and not number % 500:
            step(number)
        try:
            people.append(make(_cells(line, cells, columns, orders)))
        except TwoDays as unclear:
            two_days = two_days or (line, str(unclear))
            why = tr("“{text}” could be two days").format(text=unclear)
            refused.append(RefusedRow(line, _who(cells, columns), why))
        except ValueError as wrong:
            refused.append(RefusedRow(line, _who(cells, columns), str(wrong)))
    found = tuple(dict.fromkeys(order for order in orders.values() if order))
    return Reading(tuple(people), tuple(refused), two_days, found)


def must_hold(table: PeopleTable, map_: ImportMap) -> None:
    """Raises TableError for a map that says nobody's name, or one field twice."""
    if not map_.has_names:
        raise TableError(
            tr("No heading says where the names are (found: {names}).").format(names=", ".join(table.headings)[:300]),
            tr("Say which column is the name (on the command line --map name=COLUMN)."),
        )
    if map_.about is About.MEMBERS and "level" not in map_.by_heading.values():
        raise TableError(
            tr("No heading says where names and levels are (found: {names}).").format(
                names=", ".join(table.headings)[:300]
            ),
            tr("Say which column is the level (on the command line --map level=COLUMN)."),
        )
    if map_.twice:
        raise TableError(
            tr("Two columns would be one field: {names}.").format(names=", ".join(map_.twice)), tr("Keep one of them.")
        )


Column = tuple[str, str, bool, bool]
"""Of a column: its heading, its role, whether it holds days, whether there may be several."""


def _columns(table: PeopleTable, map_: ImportMap) -> list[Column]:
    roles = map_.by_heading
    found = []
    for heading in table.headings:
        role = roles.get(heading, LEFT)
        field = field_of(map_.about, role)
        found.append((heading, role, field is not None and field.day, field is not None and field.several))
    return found


def _cells(line: int, cells: Sequence[str], columns: Sequence[Column], orders: Mapping[int, DateOrder | None]) -> Cells:
    if len(cells) > len(columns) and any(c.strip() for c in cells[len(columns) :]):
        raise ValueError(tr("it has {n} cells and the headings are {width}").format(n=len(cells), width=len(columns)))
    by_field: dict[str, str] = {}
    several: dict[str, tuple[str, ...]] = {}
    days: dict[str, date | None] = {}
    further: list[tuple[str, str]] = []
    headings: dict[str, str] = {}
    for place, (cell, (heading, role, is_day, is_several)) in enumerate(zip(cells, columns, strict=False)):
        if role == LEFT or not cell.strip():
            continue
        if len(cell) > (LONGEST_TEXT if role in _LONG else LONGEST_CELL):
            raise ValueError(
                tr("a cell is longer than {n} characters").format(n=LONGEST_TEXT if role in _LONG else LONGEST_CELL)
            )
        text = written_lines(cell) if role in _LONG or is_several else one_line(cell)
        if role == FURTHER:
            if text:
                further.append((heading, text))
        elif is_day:
            days[role] = _day(one_line(cell), orders.get(place))
        elif is_several:
            several[role] = (*several.get(role, ()), text)
            headings[role] = heading
        else:
            by_field[role], headings[role] = text, heading
    return Cells(line, by_field, several, days, tuple(further), headings)


def _day(text: str, order: DateOrder | None) -> date | None:
    try:
        return day_of(text, order)
    except NoDay as wrong:
        raise ValueError(str(wrong)) from wrong


def _who(cells: Sequence[str], columns: Sequence[Column]) -> str:
    """The name in a row that can't come in, as far as there is one."""
    words: dict[str, str] = {
        role: one_line(cell[:120])
        for cell, (_, role, _, _) in zip(cells, columns, strict=False)
        if role in ("name", "first", "last")
    }
    return words.get("name", "") or " ".join(w for w in (words.get("first", ""), words.get("last", "")) if w)


def parts_of(texts: Iterable[str], marks: str = ",;|\n") -> tuple[str, ...]:
    """The words that several texts part by these marks, each once."""
    found: dict[str, str] = {}
    for text in texts:
        parted = text
        for mark in marks[1:]:
            parted = parted.replace(mark, marks[0])
        for part in parted.split(marks[0]):
            if word := " ".join(part.split()):
                found.setdefault(word.casefold(), word)
    return tuple(found.values())
