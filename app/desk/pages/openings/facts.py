"""What is known of an opening: its facts, what it pays, and how it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.parts.controls import Button
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.domain.pay import PayRange
from app.domain.pipeline import PayPeriod
from app.errors import Refused
from app.phrases.pay import pay_words, period_words, read_money
from app.queries.openings import ClosingOfOpening, OpeningView, PlanLine
from app.words import day, money_digits, ntr, tr


def fact(name: str, value: str) -> QWidget:
    """A fact under its name."""
    return holder(column(Text(name, "caption", tone="soft"), Text(value, wrap=True, selectable=True), gap=0))


class FactsCard(Section):
    """Role, level, rubric, seats and days. `edited` asks for the form, `planned` for the plan."""

    edited = Signal()
    planned = Signal()

    def __init__(self) -> None:
        self.edit = Button(tr("Edit…"), small=True, name=tr("Edit the facts of the opening"))
        self.plan = Button(tr("Plan"), small=True, name=tr("Interview plan of the opening"))
        super().__init__(tr("Opening"), self.plan, self.edit)
        self.edit.clicked.connect(self.edited)
        self.plan.clicked.connect(self.planned)

    def show_facts(self, view: OpeningView) -> None:
        """Show them."""
        row, line = view.line.row, view.line
        approved = day(row.approved_on) if row.approved_on else tr("not yet")
        if row.approved_on and view.approved_by:
            approved = tr("{day}, by {name}").format(day=approved, name=view.approved_by)
        facts = [
            (tr("Level"), row.level),
            (tr("Rubric"), view.rubric.words),
            (tr("Seats"), line.seats),
            (tr("Hiring manager"), line.manager or tr("nobody yet")),
            (tr("Approved"), approved),
            (tr("To fill in"), tr("{first} to {last} days").format(first=row.target[0], last=row.target[1])),
            (tr("Open since"), line.waits),
            (tr("Interview plan"), _plan_words(view.plan)),
        ]
        self.show_lines((fact(name, value) for name, value in facts), ruled=False)


def _plan_words(plan: PlanLine) -> str:
    rounds = ntr("{n} round", "{n} rounds", plan.rounds)
    return tr("version {n}: {rounds}, {minutes} minutes").format(n=plan.version, rounds=rounds, minutes=plan.minutes)


class PayCard(Section):
    """What the opening pays, and by which criteria. `edited` asks for the form."""

    edited = Signal()

    def __init__(self) -> None:
        self.edit = Button(tr("Edit…"), small=True, name=tr("Edit the pay range"))
        super().__init__(tr("Pay"), self.edit)
        self.edit.clicked.connect(self.edited)

    def show_pay(self, pay: PayRange) -> None:
        """Show the range."""
        self.show_lines(
            _pay_lines(pay),
            tr("No range yet. Set before anybody applies, and told to each candidate; nobody is asked what they earn."),
            ruled=False,
        )


def _pay_lines(pay: PayRange) -> Iterable[QWidget]:
    if pay.is_said:
        yield Text(pay_words(pay), weight=500, wrap=True)
    if pay.criteria:
        yield fact(tr("By these criteria"), pay.criteria)


@dataclass(frozen=True)
class PayTyped:
    """A range as it is typed."""

    low: str = ""
    high: str = ""
    currency: str = ""
    period: PayPeriod = PayPeriod.YEAR
    criteria: str = ""

    def read(self) -> PayRange:
        """As a value. Raises Refused for what is no amount."""
        ends = [read_money(t, self.currency).minor if t.strip() else None for t in (self.low, self.high)]
        if any(end is not None for end in ends) and not self.currency.strip():
            raise Refused(tr("The range has no currency."), tr("Use a code of three letters, such as EUR."))
        return PayRange(ends[0], ends[1], self.currency, self.period, self.criteria)


class PayPanel(FormPanel[PayTyped]):
    """The form of the range."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            tr("Pay range"),
            PayTyped,
            {
                "low": Asked(tr("From"), hint="90,000"),
                "high": Asked(tr("To"), hint="112,000"),
                "currency": Asked(tr("Currency"), hint="EUR"),
                "period": Asked(tr("For"), choices=[(p, period_words(p)) for p in PayPeriod], required=True),
                "criteria": Asked(
                    tr("Objective criteria"),
                    long=True,
                    help=tr("By what a place in the range is found: level, scope, years in the craft; one a line."),
                ),
            },
        )

    def show_pay(self, pay: PayRange) -> None:
        """Begin from a range."""
        low, high = (money_digits(end, pay.currency) if end is not None else "" for end in (pay.low, pay.high))
        self.show_value(PayTyped(low, high, pay.currency, pay.period, pay.criteria))


class ClosingsCard(Section):
    """When it was closed before, and taken up again."""

    def __init__(self) -> None:
        super().__init__(tr("Closed before"))

    def show_closings(self, closings: tuple[ClosingOfOpening, ...]) -> None:
        """Show those that hold no more."""
        past = [one for one in closings if one.reopened_on is not None]
        self.setVisible(bool(past))
        self.show_lines((_closing(one) for one in past), ruled=False)


def _closing(one: ClosingOfOpening) -> QWidget:
    assert one.reopened_on is not None
    said = one.words
    back = tr("taken up again {day}").format(day=day(one.reopened_on))
    words = tr("{name}, {back}").format(name=one.by, back=back) if one.by else back
    return holder(
        column(Text(said[:1].upper() + said[1:], wrap=True), Text(words, "caption", tone="soft", wrap=True), gap=0)
    )
