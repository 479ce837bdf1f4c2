"""The open dimension of a scorecard: its anchors, the evidence, the signals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.desk.pages.scorecard.examples import Examples
from app.desk.pages.scorecard.lines import TypedLine, TypedLines
from app.desk.parts.anchors import anchor_rows
from app.desk.parts.controls import Chip
from app.desk.parts.flow import flowing
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import TOP, column, grid, holder, row, wide
from app.desk.theme import Theme
from app.domain.rubric import Dimension, Rubric, RubricSignal
from app.domain.scorecard import CardRating
from app.queries.scorecard import CardView, Line
from app.words import tr


class DimensionPane(QFrame):
    """Shows one dimension of a card. It emits what the person asks for and holds no data of its own.

    New evidence is typed in `entry`.
    """

    scored = Signal(int)
    not_assessed = Signal(str)
    line_saved = Signal(int, str)
    line_back = Signal(int)
    observed = Signal(str, bool, str)
    place_asked = Signal(object)
    escaped = Signal()

    def __init__(
        self, theme: Theme, zone: tzinfo, rubric: Rubric, dimension: Dimension, level: str, examples: Examples
    ) -> None:
        """`examples`, what scores looked like here, stand under the anchors."""
        super().__init__()
        self._theme, self._zone, self.dimension = theme, zone, dimension.id
        self._chips: dict[str, Chip] = {}
        self._quotes: dict[str, GrowingText] = {}
        self._editable = True
        self.setProperty("role", "open")
        self._column = column(gap=4, margins=(17, 10, 0, 12), on=self)
        self._build_head(rubric, dimension, level)
        self._rows = anchor_rows(theme, dimension, rubric, self.scored.emit)
        self._column.addLayout(column(*self._rows, gap=2, margins=(-8, 4, 0, 0)))
        self.examples = examples
        self._column.addWidget(examples)
        self._build_reasons(rubric)
        self._build_evidence()
        self._build_signals(rubric, dimension)

    def _build_head(self, rubric: Rubric, dimension: Dimension, level: str) -> None:
        hints = (("1", "–"), ("4", tr("score")), ("0", tr("not assessed")), ("N", tr("next")))
        pairs = ((Text(key, "key"), Text(words, "caption", tone="soft")) for key, words in hints)
        self._keys = holder(row(*(label for pair in pairs for label in pair), gap=4))
        self._column.addLayout(
            row(
                Text(dimension.short, "lead", weight=500),
                wide(Text(tr("against {level}").format(level=level), tone="soft")),
                self._keys,
                gap=8,
            )
        )
        self._column.addWidget(Text(dimension.definition, tone="soft", wrap=True))

    def _build_reasons(self, rubric: Rubric) -> None:
        self._reason_chips: dict[str, Chip] = {}
        for choice in rubric.not_assessed_reasons:
            chip = Chip(choice.words, name=tr("Not assessed: {why}").format(why=choice.words))
            chip.clicked.connect(lambda _on=False, reason=choice.id: self.not_assessed.emit(reason))
            self._reason_chips[choice.id] = chip
        head = Text(tr("Not assessed, because"), "caption", tone="soft")
        self._reasons = flowing(head, *self._reason_chips.values(), gap=6)
        self._reasons.hide()
        self._column.addWidget(self._reasons)

    def _build_evidence(self) -> None:
        cells = grid(12, margins=(0, 8, 0, 0))
        cells.setColumnMinimumWidth(0, self._theme.px(60))
        cells.addWidget(Text(tr("Evidence"), "caption", tone="soft"), 0, 0, TOP)
        self.entry = GrowingText(self._theme, tr("New evidence"), tr("What did you see or hear?"))
        self.entry.escaped.connect(self.escaped)
        lines = column(self.entry, gap=2)
        self._lines = TypedLines(lines, self._line)
        cells.addLayout(lines, 0, 1)
        cells.setColumnStretch(1, 1)
        self._column.addLayout(cells)

    def _build_signals(self, rubric: Rubric, dimension: Dimension) -> None:
        cells = grid(12, 8, margins=(0, 6, 0, 0))
        cells.setColumnMinimumWidth(0, self._theme.px(60))
        cells.setColumnStretch(1, 1)
        self._quote_column = QVBoxLayout()
        usual = [*rubric.signals_of(dimension.id, "strong"), *rubric.signals_of(dimension.id, "weak")]
        kinds = ((tr("Signals"), usual), (tr("Red flags"), rubric.signals_of(dimension.id, "red")))
        for place, (words, signals) in enumerate(kinds):
            if signals:
                cells.addWidget(Text(words, "caption", tone="soft"), place, 0, TOP)
                cells.addWidget(self._signal_chips(signals), place, 1)
        cells.addLayout(self._quote_column, 2, 1)
        self._column.addLayout(cells)

    def _signal_chips(self, signals: Sequence[RubricSignal]) -> QWidget:
        shown: list[QWidget] = []
        for signal in signals:
            red = signal.kind == "red"
            chip = Chip(signal.label, tone="bad" if red else "")
            chip.setToolTip(as_tooltip(signal.text))
            chip.setAccessibleDescription(signal.text)
            chip.clicked.connect(lambda on, s=signal: self.observed.emit(s.id, on, self._quote(s.id)))
            self._chips[signal.id] = chip
            shown.append(chip)
            if red:
                self._quotes[signal.id] = self._quote_field(signal)
        if self._quotes:
            shown.append(Text(tr("ask for a quote"), "caption", tone="soft"))
        return flowing(*shown, gap=6)

    def _quote_field(self, signal: RubricSignal) -> GrowingText:
        field = GrowingText(
            self._theme,
            tr("Quote for “{label}”").format(label=signal.label),
            tr("“{label}”: what was said, word for word?").format(label=signal.label),
        )
        field.typed.connect(lambda text: self.observed.emit(signal.id, True, text))
        field.escaped.connect(self.escaped)
        field.entered.connect(self.escaped)
        self._quote_column.addWidget(field)
        field.hide()
        return field

    def _quote(self, signal: str) -> str:
        return self._quotes[signal].text if signal in self._quotes else ""

    def show_card(
        self, page: CardView, pending: int | None, hidden_line: int | None, choosing_reason: bool, narrow: bool
    ) -> None:
        """Show the card's state; `pending` is a score on its way to the file."""
        rating = page.content.rating(self.dimension)
        self._editable = page.writable
        chosen = pending if pending is not None else rating.score
        for line in self._rows:
            line.show_chosen(line.score == chosen, pending == line.score)
            line.setEnabled(self._editable)
        self._keys.setVisible(self._editable and not narrow)
        self.examples.show_chosen(chosen, keys=self._editable and not narrow)
        self._show_reasons(rating if pending is None else CardRating(self.dimension, pending), choosing_reason)
        self._show_lines(page, hidden_line)
        observed = {o.signal: o for o in rating.observed}
        for signal, chip in self._chips.items():
            chip.setChecked(signal in observed)
            chip.setEnabled(self._editable)
        for signal, field in self._quotes.items():
            field.setVisible(signal in observed)
            field.setReadOnly(not self._editable)
            field.fill(observed[signal].quote if signal in observed else "")

    def _show_reasons(self, rating: CardRating, choosing: bool) -> None:
        self._reasons.setVisible(choosing or rating.reason is not None)
        for reason, chip in self._reason_chips.items():
            chip.setChecked(reason == rating.reason)
            chip.setEnabled(self._editable)
            chip.setVisible(self._editable or reason == rating.reason)

    def _show_lines(self, page: CardView, hidden: int | None) -> None:
        shown = [line for line in page.lines if line.dimension == self.dimension and line.id != hidden]
        for line in self._lines.show(shown, page):
            line.link.setVisible(self._editable)
        self.entry.setVisible(self._editable)
        self.entry.setPlaceholderText(
            tr("What else did you see or hear?") if shown else tr("What did you see or hear?")
        )

    def _line(self, line: Line) -> TypedLine:
        name, go_to = tr("Evidence of {time}"), self.place_asked.emit
        made = TypedLine(self._theme, line, self._zone, name, self.line_saved.emit, go_to, gap=10)
        made.words.escaped.connect(self.escaped)
        if not line.quoted:
            made.words.entered.connect(self.entry.setFocus)
        made.link.set_words(tr("to notes"))
        made.link.clicked.connect(lambda _on=False: self.line_back.emit(line.id))
        return made

    def focus_anchors(self) -> None:
        """Put the focus on the chosen score, else on the first."""
        chosen = next((line for line in self._rows if line.isChecked()), self._rows[0])
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_reason(self) -> None:
        """Put the focus on the first reason for not assessing."""
        next(iter(self._reason_chips.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def takes_scores(self, focused: QWidget | None) -> bool:
        """Whether what has the focus is an anchor, or a reason for not assessing."""
        return focused in self._rows or focused in self._reason_chips.values()

    def field_of(self, line: int) -> GrowingText | None:
        """The field that shows a line of evidence."""
        return self._lines.field_of(line)

    def focus_quote(self, signal: str) -> None:
        """Put the focus into the quote of a red flag."""
        if signal in self._quotes:
            self._quotes[signal].show()
            self._quotes[signal].setFocus(Qt.FocusReason.ShortcutFocusReason)
