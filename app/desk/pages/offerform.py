"""What an offer says: days, money, further terms, conditions, conditional goals, and the letter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.actions.offer import Amount
from app.desk.controls import Chip
from app.desk.fields import Field, FieldSet
from app.desk.fields import Kind as FieldKind
from app.desk.flow import Flow
from app.desk.label import Text
from app.desk.pages.offerrows import SAVED_AFTER_MS, Part, Rows
from app.desk.pages.person import clear, section
from app.desk.theme import Theme
from app.domain.offer import PLACEHOLDERS, TERMS, Money, OfferStatus, letter_faults
from app.queries.lists import ColleagueRow
from app.queries.offer import AmountFacts, OfferPage
from app.words import minor_units, money_digits, tr

_LETTER = 240  # px at ordinary text size


class OfferForm(QWidget):
    """`edited` carries fields by name while they are typed; `amounts` and `terms` carry all of their rows."""

    edited = Signal(object)
    amounts_edited = Signal(object)
    terms_edited = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: OfferPage | None = None
        self._pending: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_AFTER_MS)
        self._timer.timeout.connect(self.save_now)
        self.facts = FieldSet(
            theme,
            [
                Field("headline", tr("Headline of the letter"), hint=tr("Come and lead Search & Ranking")),
                Field("level", tr("Level"), FieldKind.CHOICE, required=True),
                Field("starts_on", tr("First day"), FieldKind.DATE),
                Field("expires_on", tr("Stands until"), FieldKind.DATE),
                Field("buddy_id", tr("Buddy, outside the team"), FieldKind.CHOICE),
            ],
        )
        self.facts.edited.connect(self._fact)
        self.amounts = Rows(
            theme, tr("Money"), tr("Add an amount"),
            [
                Part(tr("What it is for"), tr("Salary"), 3),
                Part(tr("Amount"), "112,000", 2),
                Part(tr("Currency"), "EUR", 1),
                Part(tr("In which terms"), tr("gross a year, paid monthly"), 4),
            ],
        )  # fmt: skip
        self.amounts.edited.connect(self._amounts)
        self.terms = Rows(
            theme, tr("Further terms; empty ones are not printed"), tr("Add a term"),
            [Part(tr("Term"), tr("Leave"), 1), Part(tr("What it says"), tr("30 days"), 3)],
        )  # fmt: skip
        self.terms.edited.connect(self.terms_edited)
        self.conditions = Rows(
            theme, tr("Conditions"), tr("Add a condition"), [Part(tr("Condition"), tr("Two references"))]
        )  # fmt: skip
        self.conditions.edited.connect(
            lambda rows: self.edited.emit({"conditions": [r[0].strip() for r in rows if r[0].strip()]})
        )
        self.letter = QPlainTextEdit()
        self.letter.setAccessibleName(tr("Letter"))
        self.letter.setTabChangesFocus(True)
        self.letter.textChanged.connect(self._letter)
        self._fault = Text("", "caption", tone="soft", wrap=True)
        self._goals = QVBoxLayout()
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()

    def show_offer(self, page: OfferPage, colleagues: tuple[ColleagueRow, ...]) -> None:
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
        self.amounts.fill([_amount_row(a) for a in page.amounts], writable=writable)
        self.terms.fill(list(page.terms), writable=writable)
        self.conditions.fill([(c,) for c in page.conditions], writable=writable)
        if fresh or not self.letter.hasFocus():
            self.letter.blockSignals(True)
            if self.letter.toPlainText() != page.letter:
                self.letter.setPlainText(page.letter)
            self.letter.blockSignals(False)
        self.letter.setReadOnly(not writable)
        self._show_fault()
        self._show_goals(page, writable=writable)

    def save_now(self) -> None:
        """Tell what was typed."""
        self._timer.stop()
        if self._pending:
            values, self._pending = self._pending, {}
            self.edited.emit(values)
        for rows in (self.amounts, self.terms, self.conditions):
            rows.save_now()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for title, widgets in (
            (tr("The offer"), (self.facts,)),
            (tr("Terms"), (self.amounts, self.terms, self.conditions)),
            (tr("Letter"), (self.letter, self._fault)),
        ):
            frame, inner, _ = section(title)
            for widget in widgets:
                inner.addWidget(widget)
            column.addWidget(frame)
        self._conditional, inner, _ = section(tr("Goals that depend"))
        inner.addWidget(
            Text(
                tr("Off until chosen: they stand among the first 90 days only where they apply."),
                tone="soft",
                wrap=True,
            )
        )
        inner.addLayout(self._goals)
        column.addWidget(self._conditional)
        column.addStretch(1)

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
        self._timer.start()

    def _letter(self) -> None:
        self._pending["letter"] = self.letter.toPlainText()
        self._show_fault()
        self._timer.start()

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

    def _amounts(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Rows as they are typed; one that can't be read yet is said, and the others wait for it."""
        amounts = []
        for name, amount, currency, words in rows:
            if not (name.strip() or amount.strip()):
                continue
            try:
                code = currency.strip().upper()
                amounts.append(Amount(name, Money(minor_units(amount.strip() or "0", code), code), words))
            except ValueError:
                self.amounts.show_problem(
                    tr("“{amount} {currency}” is no amount.").format(amount=amount, currency=currency)
                )
                return
        self.amounts.show_problem("")
        self.amounts_edited.emit(amounts)

    def _show_goals(self, page: OfferPage, *, writable: bool) -> None:
        self._conditional.setVisible(bool(page.conditional))
        clear(self._goals)
        holder = QWidget()
        flow = Flow(holder, 6)
        for goal in page.conditional:
            chip = Chip(tr("If {condition}").format(condition=goal.only_if))
            chip.setAccessibleName(tr("If {condition}: {goal}").format(condition=goal.only_if, goal=goal.text))
            chip.setToolTip("")
            chip.setChecked(goal.id in page.goals)
            chip.setEnabled(writable)
            chip.toggled.connect(lambda on, g=goal.id: self._choose(g, on=on))
            flow.addWidget(chip)
        self._goals.addWidget(holder)

    def _choose(self, goal: str, *, on: bool) -> None:
        assert self._page is not None
        kept = [g for g in self._page.goals if g != goal]
        self.edited.emit({"goals": [*kept, goal] if on else kept})

    def _measure(self) -> None:
        self.letter.setFixedHeight(self._theme.px(_LETTER))


def _amount_row(amount: AmountFacts) -> tuple[str, ...]:
    return (amount.name, money_digits(amount.money.minor, amount.money.currency), amount.money.currency, amount.words)


def _fault_words(fault: str) -> str:
    if fault == TERMS:
        return tr("{terms} must stand once.").format(terms="{" + TERMS + "}")
    if fault in "{}":
        return tr("A brace {brace} stands alone.").format(brace=fault)
    return tr("Nobody can fill {name}.").format(name="{" + fault + "}")
