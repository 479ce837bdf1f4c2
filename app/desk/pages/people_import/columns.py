"""The columns of a table on their way in: for each one its heading, an example, and what it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.theme import Theme
from app.domain.import_map import DateOrder, ImportMap
from app.exchange.people_import import order_words
from app.exchange.people_table import PeopleTable
from app.phrases.import_fields import role_words
from app.words import ntr, tr

_SHOWN = 60  # columns with a field of their own
ENCODINGS = (
    *("utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "koi8_r"),
    *("shift_jis", "gb18030", "big5", "euc_kr", "utf-16"),
)


def how_fields(theme: Theme, openings: tuple[tuple[object, str], ...], maps: tuple[str, ...]) -> FieldSet:
    """What is said of the whole table: opening, encoding, order of dates, the map by its name."""
    fields = []
    if openings:
        fields.append(Field("opening", tr("Into the opening"), FieldType.CHOICE, choices=openings))
    fields.append(
        Field(
            "encoding",
            tr("Written in"),
            FieldType.CHOICE,
            help=tr("Open: found by itself."),
            choices=tuple((name, name) for name in ENCODINGS),
        )
    )
    orders = tuple((order, order_words(order)) for order in DateOrder)
    fields.append(Field("order", tr("Dates"), FieldType.CHOICE, help=tr("Open: found by itself."), choices=orders))
    if maps:
        fields.append(
            Field("map", tr("A map that is kept"), FieldType.CHOICE, choices=tuple((name, name) for name in maps))
        )
    return FieldSet(theme, fields)


class ColumnsForm(QWidget):
    """A choice for each column. `changed` carries the map with what a person changed."""

    changed = Signal(object)

    def __init__(self, theme: Theme, table: PeopleTable, map_: ImportMap) -> None:
        super().__init__()
        self._map = map_
        self._headings = table.headings[:_SHOWN]
        choices = role_words(map_.about)
        self.fields = FieldSet(
            theme,
            [
                Field(
                    str(n),
                    heading[:80],
                    FieldType.CHOICE,
                    required=True,
                    marked=False,
                    help=table.example(heading),
                    choices=choices,
                )
                for n, heading in enumerate(self._headings)
            ],
        )
        self.fields.edited.connect(self._edited)
        body = column(self.fields, gap=8, on=self)
        more = len(table.headings) - _SHOWN
        if more > 0:
            words = ntr("{n} more column comes in as it is guessed.", "{n} more columns come in as guessed.", more)
            body.addWidget(Text(words, tone="soft", wrap=True))
        self.show_map(map_)

    def show_map(self, map_: ImportMap) -> None:
        """Show what each column is by this map."""
        self._map = map_
        roles = map_.by_heading
        self.fields.set_values({str(n): roles[heading] for n, heading in enumerate(self._headings)})

    def _edited(self, name: str) -> None:
        role = self.fields.values()[name]
        if role is not None:
            # Who goes through the choices by arrows takes nothing from another column on the way.
            self._map = self._map.with_role(self._headings[int(name)], role, takes=False)
            self.changed.emit(self._map)
