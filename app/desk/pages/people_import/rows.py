"""What would become of every row of a table: counts that filter, and the rows as a long table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.imported_rows import Came, RowCame
from app.desk.parts.controls import Segmented
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, column
from app.desk.parts.long_table import LongTable
from app.desk.theme import Theme
from app.exchange.people_import import Outcome
from app.words import tr

_ALL = "all"


class ShownRows(Sequence[Sequence[str]]):
    """Rows as the words of a table, made when they come in sight."""

    def __init__(self, rows: Sequence[RowCame]) -> None:
        self._rows = rows
        self._words = came_words()

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:  # type: ignore[override]
        if isinstance(place, slice):
            return [self._line(row) for row in self._rows[place]]
        return self._line(self._rows[place])

    def _line(self, row: RowCame) -> Sequence[str]:
        return (str(row.line), row.name, self._words[row.came], row.why)


def came_words() -> dict[Came, str]:
    """What becomes of a row, in a word."""
    return {
        Came.ADDED: tr("new"),
        Came.CHANGED: tr("gets something new"),
        Came.KNOWN: tr("known"),
        Came.REFUSED: tr("left out"),
    }


class RowsView(QWidget):
    """The sentences on a table, and its rows under them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._outcome: Outcome | None = None
        self.words = Text("", "lead", weight=600, wrap=True)
        self.problem = Text("", tone="bad", wrap=True)
        self.remarks = Text("", tone="soft", wrap=True)
        self._body: QVBoxLayout = column(
            self.words, self.problem, self.remarks, gap=8, margins=(24, 20, 24, 16), on=self
        )
        self._filter: Segmented | None = None
        self.table: LongTable | None = None

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what would become of the table."""
        self._outcome = outcome
        blocked = outcome.blocked
        self.words.setText(tr("It can’t come in like this") if blocked is not None else outcome.words)
        self.problem.setText(f"{blocked.sentence} {blocked.remedy}" if blocked is not None else "")
        self.problem.setVisible(blocked is not None)
        self.remarks.setText("\n".join(outcome.remarks))
        self.remarks.setVisible(bool(outcome.remarks))
        self._show_filter(outcome)

    def _show_filter(self, outcome: Outcome) -> None:
        chosen = self._filter.value if self._filter is not None else _ALL
        if self._filter is not None:
            self._filter.deleteLater()
            self._filter = None
        words = came_words()
        there = [came for came in Came if outcome.count(came)]
        choices = [(_ALL, tr("all ({n})").format(n=len(outcome.rows)))]
        choices += [(str(came), f"{words[came]} ({outcome.count(came)})") for came in there]
        if len(there) > 1:
            self._filter = Segmented(choices, tr("Rows that are shown"))
            self._filter.choose(chosen if chosen in dict(choices) else _ALL)
            self._filter.chosen.connect(self._show_rows)
            self._body.insertWidget(3, self._filter, 0, LEFT)
        self._show_rows()

    def _show_rows(self, *_: object) -> None:
        assert self._outcome is not None
        if self.table is not None:
            self.table.deleteLater()
            self.table = None
        chosen = self._filter.value if self._filter is not None else _ALL
        every = self._outcome.rows
        rows = every if chosen == _ALL else [row for row in every if str(row.came) == chosen]
        if rows:
            headings = (tr("Line"), tr("Name"), tr("What becomes of it"), tr("Why"))
            self.table = LongTable(self._theme, tr("Rows"), headings, ShownRows(rows), from_top=True)
            self._body.addWidget(self.table, 1)
