"""What an offer says: days, money, further terms, conditions, conditional goals, and the letter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.actions.offer import Amount
from app.desk.pages.offers.packet_pages import PacketPages
from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Chip
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.line_rows import LinePart, LineRows, Row, stripped
from app.desk.parts.section import Section, clear
from app.desk.theme import Theme
from app.domain.offer import PLACEHOLDERS, TERMS, OfferStatus, letter_faults
from app.errors import Refused
from app.phrases.mail import fault_words
from app.phrases.pay import read_money
from app.queries.lists import ColleagueRow
from app.queries.offer import AmountFacts, OfferView
from app.words import minor_units, money_digits, money_words, tr

_LETTER = 240  # px at ordinary text size


class OfferForm(QWidget):
    """`edited` carries fields by name while they are typed; `goals_edited` every goal that is chosen.

    Whoever takes the goals answers with `goals_settled`. The rows tell themselves.
    """

    edited = Signal(object)
    goals_edited = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: OfferView | None = None
        self._pending: dict[str, Any] = {}
        self._timer = Autosave(self, self.save_now)
        self.facts = FieldSet(
            theme,
            [
                Field("headline", tr("Headline of the letter"), hint=tr("Come and lead Search & Ranking")),
                Field("level", tr("Level"), FieldType.CHOICE, required=True),
                Field("starts_on", tr("First day"), FieldType.DATE),
                Field("expires_on", tr("Stands until"), FieldType.DATE),
                Field("buddy_id", tr("Buddy, outside the team"), FieldType.CHOICE),
            ],
        )
        self.facts.edited.connect(self._fact)
        self.amounts = LineRows(
            theme,
            tr("Money"),
            tr("Add an amount"),
            [
                LinePart(tr("What it is for"), tr("Salary"), 3),
                LinePart(tr("Amount"), "112,000", 2),
                LinePart(tr("Currency"), "EUR", 1),
                LinePart(tr("In which terms"), tr("gross a year, paid monthly"), 4),
            ],
            lambda row: _amount_row(read_amount(row)),
            read_as,
        )
        self.terms = LineRows(
            theme,
            tr("Further terms; empty ones are not printed"),
            tr("Add a term"),
            [LinePart(tr("Term"), tr("Leave"), 1), LinePart(tr("What it says"), tr("30 days"), 3)],
            _read_term,
        )
        self.conditions = LineRows(
            theme, tr("Conditions"), tr("Add a condition"), [LinePart(tr("Condition"), tr("Two references"))]
        )
        self.letter = QPlainTextEdit()
        self.letter.setAccessibleName(tr("Letter"))
        self.letter.setTabChangesFocus(True)
        self.letter.textChanged.connect(self._letter)
        self._fault = Text("", "caption", tone="soft", wrap=True)
        self.pages = PacketPages()
        self._goals = QVBoxLayout()
        self._chips: dict[str, Chip] = {}
        self._chosen: tuple[str, ...] = ()
        self._choosing = 0
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()

    def show_offer(self, page: OfferView, colleagues: tuple[ColleagueRow, ...]) -> None:
        """Show this offer; what is being typed stays."""
        fresh = self._page is None or self._page.id != page.id
        writable = page.status is OfferStatus.DRAFTED
        self._page = page
        self.facts.set_choices("level", [(key, f"{key} · {title}") for key, title in page.levels])
        self.facts.set_choices("buddy_id", [(str(c.id), c.name) for c in colleagues])
        if fresh or not self._typing_in(self.facts):
            self.facts.set_values(
                {
                    "headline": page.headline,
                    "level": page.level,
                    "starts_on": page.starts_on,
                    "expires_on": page.expires_on,
                    "buddy_id": str(page.buddy) if page.buddy is not None else None,
                }
            )
        self.facts.setEnabled(writable)
        self.amounts.fill([_amount_row(a) for a in page.amounts], writable=writable, about=page.id)
        self.terms.fill(page.terms, writable=writable, about=page.id)
        self.conditions.fill([(c,) for c in page.conditions], writable=writable, about=page.id)
        if fresh or not self.letter.hasFocus():
            self.letter.blockSignals(True)
            if self.letter.toPlainText() != page.letter:
                self.letter.setPlainText(page.letter)
            self.letter.blockSignals(False)
        self.letter.setReadOnly(not writable)
        self._show_fault()
        self._show_goals(page, writable=writable)
        self.pages.show_offer(page)

    def save_now(self) -> None:
        """Tell what was typed."""
        self._timer.stop()
        if self._pending:
            values, self._pending = self._pending, {}
            self.edited.emit(values)
        for rows in self.rows:
            rows.save_now()

    @property
    def rows(self) -> tuple[LineRows, ...]:
        """Money, further terms, conditions."""
        return (self.amounts, self.terms, self.conditions)

    def unsaved(self) -> str:
        """Why something typed into the rows could not be saved; empty where everything is."""
        return next((why for rows in self.rows if (why := rows.unsaved())), "")

    def goals_settled(self) -> None:
        """The goals told longest ago were taken, or refused."""
        self._choosing -= 1

    def _lay_out(self) -> None:
        body = column(gap=16, on=self)
        for title, widgets in (
            (tr("The offer"), (self.facts,)),
            (tr("Terms"), (self.amounts, self.terms, self.conditions)),
            (tr("Letter"), (self.letter, self._fault)),
        ):
            body.addWidget(Section(title).add(*widgets))
        off = tr("Off until chosen: they stand among the first 90 days only where they apply.")
        self._conditional = Section(tr("Goals that depend")).add(Text(off, tone="soft", wrap=True), self._goals)
        body.addWidget(self._conditional)
        body.addWidget(self.pages)
        body.addStretch(1)

    def _typing_in(self, part: QWidget) -> bool:
        focused = self.window().focusWidget()
        return self._timer.isActive() or (focused is not None and part.isAncestorOf(focused))

    def _fact(self, name: str) -> None:
        value = self.facts.values()[name]
        if name == "buddy_id":
            value = int(value) if value else None
        if name == "level" and value is None:
            return
        self._pending[name] = value
        self._timer.touch()

    def _letter(self) -> None:
        self._pending["letter"] = self.letter.toPlainText()
        self._show_fault()
        self._timer.touch()

    def _show_fault(self) -> None:
        faults = letter_faults(self.letter.toPlainText())
        if not faults:
            self._fault.setText(
                tr("May hold: {names}; {terms} stands once, where the table of terms goes.").format(
                    names=", ".join("{" + p + "}" for p in PLACEHOLDERS), terms="{" + TERMS + "}"
                )
            )
            self._fault.set_tone("soft")
            return
        words = [_fault_words(f) for f in faults]
        self._fault.setText(" ".join(words))
        self._fault.set_tone("bad")

    def _show_goals(self, page: OfferView, *, writable: bool) -> None:
        """What was chosen since the page was read stays chosen."""
        self._conditional.setVisible(bool(page.conditional))
        if self._choosing == 0:
            self._chosen = page.goals
        if list(self._chips) != [goal.id for goal in page.conditional]:
            self._build_goals(page)
        for goal, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(goal in self._chosen)
            chip.blockSignals(False)
            chip.setEnabled(writable)

    def _build_goals(self, page: OfferView) -> None:
        clear(self._goals)
        self._chips = {}
        holder = QWidget()
        flow = Flow(holder, 6)
        for goal in page.conditional:
            chip = self._chips[goal.id] = Chip(tr("If {condition}").format(condition=goal.only_if))
            chip.setAccessibleName(tr("If {condition}: {goal}").format(condition=goal.only_if, goal=goal.text))
            chip.setToolTip("")
            chip.toggled.connect(lambda on, g=goal.id: self._choose(g, on=on))
            flow.addWidget(chip)
        self._goals.addWidget(holder)

    def _choose(self, goal: str, *, on: bool) -> None:
        kept = tuple(g for g in self._chosen if g != goal)
        self._chosen = (*kept, goal) if on else kept
        self._choosing += 1
        self.goals_edited.emit(list(self._chosen))

    def _measure(self) -> None:
        self.letter.setFixedHeight(self._theme.px(_LETTER))


def read_amount(row: Row) -> Amount:
    """A row of money. Raises Refused, saying what is wrong with it."""
    name, amount, currency, words = (part.strip() for part in row)
    code = currency.upper()
    if not name:
        raise Refused(tr("An amount needs a name."), tr("Write one, such as “Salary”."))
    if not code:
        raise Refused(tr("{name} has no currency.").format(name=name), tr("Use a code such as EUR."))
    return Amount(name, read_money(amount, code), words)


def read_as(row: Row) -> str:
    """What a row's amount is read as, in words; empty where nothing is typed, or it can't be read."""
    _, amount, currency, _ = (part.strip() for part in row)
    code = currency.upper()
    try:
        return money_words(minor_units(amount, code), code) if amount and code else ""
    except ValueError:
        return ""


def _read_term(row: Row) -> Row:
    if not row[0].strip():
        raise Refused(tr("A term needs a name."), tr("Write one, such as “Leave”."))
    return stripped(row)


def _amount_row(amount: AmountFacts | Amount) -> Row:
    return (amount.name, money_digits(amount.money.minor, amount.money.currency), amount.money.currency, amount.words)


def _fault_words(fault: str) -> str:
    if fault == TERMS:
        return tr("{terms} must stand once.").format(terms="{" + TERMS + "}")
    return fault_words((fault,))
