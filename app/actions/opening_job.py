"""What applicants are told of an opening: its pay and its job description."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.actions.application import about_candidate
from app.domain.operations import Op
from app.domain.pay import PayRange
from app.domain.spelling import canonical
from app.errors import Refused
from app.phrases.pay import pay_words
from app.records.opening_job import pay_of
from app.store.change_report import ChangeReport
from app.store.history import HistoryEntry
from app.store.tables import Application, Opening
from app.store.workspace import Workspace
from app.words import tr

JOB_DESCRIPTION = "job-description"
_MOST = 10**14  # in the minor unit of a currency


@dataclass(frozen=True)
class ToldAboutPay:
    """On which day a candidate was told what the opening pays; None where they were not."""

    on: date | None = None


def set_pay(workspace: Workspace, opening: int, pay: PayRange) -> ChangeReport:
    """Say what an opening pays. Raises Refused for a range whose end is below its beginning, or without a currency."""
    currency = pay.currency.strip().upper()
    if pay.is_said:
        _check(pay, currency)
    with workspace.step(Op.EDIT_OPENING) as step:
        known = step.get(Opening, opening)
        step.edit(
            Opening,
            opening,
            pay_from=pay.low,
            pay_to=pay.high,
            pay_currency=currency if pay.is_said else "",
            pay_period=pay.period,
            pay_criteria=pay.criteria.strip(),
        )
        step.words = tr("pay of {code}").format(code=known.code)
    return step.report()


def describe(workspace: Workspace, opening: int, text: str, *, typing: bool = False) -> ChangeReport:
    """Write the job description; `typing` while its field is not left yet."""
    with workspace.step(Op.EDIT_OPENING, merge=("description", opening), typing=typing) as step:
        known = step.get(Opening, opening)
        step.edit(Opening, opening, description=text)
        step.words = tr("description of {code}").format(code=known.code)
    if not typing:
        workspace.finish_typing()
    return step.report()


def tell_pay(workspace: Workspace, application: int, on: date | None) -> ChangeReport:
    """Keep that a candidate was told the pay range of their opening, in the words it has now; None takes that back.

    Raises Refused while the opening has no range, and for a day to come.
    """
    with workspace.step(Op.TELL_PAY) as step:
        name = about_candidate(step, application)
        told = ""
        if on is not None:
            told = pay_words(pay_of(step.get(Opening, step.get(Application, application).opening_id)))
            if not told:
                raise Refused(tr("This opening has no pay range yet."), tr("Write it on the opening’s page first."))
            if on > workspace.today():
                raise Refused(tr("That day is still to come."), tr("Take the day it was said."))
        step.edit(Application, application, pay_told_on=on, pay_told=told)
        step.words = tr("pay told to {name}").format(name=name)
    return step.report()


def description_left(workspace: Workspace, opening: int, number: str, sha256: str) -> ChangeReport:
    """Record that a job description was printed: the packet's number and the SHA-256 of its bytes. Raises NotFound."""
    with workspace.step(Op.EXPORT_PACKET) as step:
        code = step.get(Opening, opening).code
        what = canonical({"packet": JOB_DESCRIPTION, "number": number, "sha256": sha256})
        step.also.append(HistoryEntry(Op.EXPORT_PACKET, f"opening:{opening}", step.about, what))
        step.words = tr("job description of {code}").format(code=code)
    return step.report()


def _check(pay: PayRange, currency: str) -> None:
    if not re.fullmatch("[A-Z]{3}", currency):
        raise Refused(tr("The range has no currency."), tr("Use a code of three letters, such as EUR."))
    ends = [end for end in (pay.low, pay.high) if end is not None]
    if max(ends) > _MOST:
        raise Refused(tr("That is more than anybody is paid."), tr("Write the amount for the time that is chosen."))
    if min(ends) < 0 or ends != sorted(ends):
        raise Refused(tr("The range ends below where it begins."), tr("Write the lower amount first."))
