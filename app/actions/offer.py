"""Offers: drafted from a hire decision, approved, sent, answered. Money is an integer of its currency's minor unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import about_candidate
from app.domain.decision import Answer, Verdict
from app.domain.offer import (
    LETTER,
    NEEDS_REASON,
    USUAL_TERMS,
    Money,
    OfferLack,
    OfferStatus,
    letter_faults,
    may_become,
    offer_lacks,
)
from app.domain.offer_pages import OFFER_PAGES, OfferPages
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.errors import NotYet, Refused
from app.phrases.rubric import letter_fault_words, offer_word
from app.records.closing import close_in
from app.records.opening_rubric import opening_levels
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.rubric import read_pack
from app.store.step import Step
from app.store.tables import Application, Colleague, Opening
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferAmount, OfferEvent, OfferTerm
from app.store.tables_panel import Approval, Decision
from app.store.workspace import Workspace
from app.words import day, sentence_list, tr


@dataclass(frozen=True)
class Amount:
    """A row of money: what it is for, how much, and the words that stand behind it."""

    name: str
    money: Money
    words: str = ""


def draft(workspace: Workspace, application: int) -> ChangeReport:
    """Begin an offer from the decision that holds.

    Raises NotYet without a hire, Refused while
    another offer is open."""
    with workspace.step(Op.DRAFT_OFFER) as step:
        name = about_candidate(step, application)
        decided = _newest_decision(step, application)
        if decided is None or decided.verdict != Verdict.HIRE:
            raise NotYet(tr("{name} has no decision to hire.").format(name=name), tr("Decide in the debrief first."))
        of_it = select(col(Offer.status)).where(col(Offer.application_id) == application)
        states = [OfferStatus(status) for status in step.values(of_it)]
        if any(s.is_open or s is OfferStatus.ACCEPTED for s in states):
            raise Refused(
                tr("{name} has an offer already.").format(name=name),
                tr("Withdraw it before you draft another one."),
            )
        row = step.add(
            Offer,
            application_id=application,
            decision_id=decided.id,
            level=decided.level,
            letter=LETTER,
            conditions=decided.for_letter,
            goals=[],
            made_at=step.at,
        )
        for position, term in enumerate(USUAL_TERMS):
            step.add(OfferTerm, offer_id=row, position=position, name=tr(term), text="")
        step.add(
            OfferEvent, offer_id=row, status=OfferStatus.DRAFTED, on=_today(step, workspace), by_id=step.who, at=step.at
        )
        step.words = tr("offer to {name}").format(name=name)
    return step.report()


def edit(workspace: Workspace, offer: int, *, typing: bool = False, **values: Any) -> ChangeReport:
    """Change some of a draft: level, headline, letter, starts_on, expires_on, conditions, goals, buddy_id.

    Raises Refused once it was approved, and for a level, goal or colleague that is not there.
    """
    with workspace.step(Op.DRAFT_OFFER, merge=("offer", offer, *sorted(values)), typing=typing) as step:
        known, name = _drafted(step, offer)
        opening = step.get(Opening, step.get(Application, known.application_id).opening_id)
        if "level" in values and values["level"] not in dict(opening_levels(step.connection, opening.id)):
            raise Refused(tr("The guide has no level “{level}”.").format(level=values["level"]))
        if "goals" in values and set(values["goals"]) - _goals(step, opening, known):
            raise Refused(tr("That goal is not in the onboarding plan."), tr("Choose one of its conditional goals."))
        if values.get("buddy_id") is not None:
            step.get(Colleague, values["buddy_id"])
        step.edit(Offer, offer, **values)
        step.words = tr("edit of the offer to {name}").format(name=name)
    return step.report()


def set_pages(workspace: Workspace, offer: int, pages: OfferPages) -> ChangeReport:
    """Say what the pages of a draft's packet say, and which are left out; what is as proposed is not kept twice."""
    with workspace.step(Op.DRAFT_OFFER) as step:
        known, name = _drafted(step, offer)
        opening = step.get(Opening, step.get(Application, known.application_id).opening_id)
        pack = read_pack(step.connection, opening.rubric_id)
        kept = OfferPages(
            left_out=tuple(p for p in OFFER_PAGES if p in pages.left_out),
            role=pages.role if pages.role != pack.role else None,
            kpis=pages.kpis if pages.kpis != pack.rubric.kpis else None,
            onboarding=pages.onboarding if pages.onboarding != pack.onboarding else None,
        )
        plan = kept.over(pack).onboarding
        known_goals = {g.id for g in plan.goals} if plan is not None else set()
        step.edit(Offer, offer, pages=kept.as_text(), goals=[g for g in known.goals if g in known_goals])
        step.words = tr("pages of the offer to {name}").format(name=name)
    return step.report()


def _goals(step: Step, opening: Opening, offer: Offer) -> set[str]:
    """The goals of the first days as this offer has them."""
    plan = OfferPages.from_text(offer.pages).over(read_pack(step.connection, opening.rubric_id)).onboarding
    return {g.id for g in plan.goals} if plan is not None else set()


def set_amounts(workspace: Workspace, offer: int, amounts: Sequence[Amount]) -> ChangeReport:
    """Give a draft these rows of money, in this order."""
    with workspace.step(Op.DRAFT_OFFER, merge=("offer amounts", offer)) as step:
        _, name = _drafted(step, offer)
        for amount in amounts:
            _check_amount(amount)
        known = step.values(
            select(col(OfferAmount.id)).where(col(OfferAmount.offer_id) == offer).order_by(col(OfferAmount.position))
        )
        rows = [
            {"name": a.name.strip(), "minor": a.money.minor, "currency": a.money.currency, "words": a.words.strip()}
            for a in amounts
        ]
        _replace(step, OfferAmount, offer, known, rows)
        step.words = tr("money of the offer to {name}").format(name=name)
    return step.report()


def set_terms(workspace: Workspace, offer: int, terms: Sequence[tuple[str, str]]) -> ChangeReport:
    """Give a draft these further terms, in this order: name and text. A text without a name is refused."""
    with workspace.step(Op.DRAFT_OFFER, merge=("offer terms", offer)) as step:
        _, name = _drafted(step, offer)
        if any(text.strip() and not term.strip() for term, text in terms):
            raise Refused(tr("A term needs a name."), tr("Write one, such as “Leave”."))
        known = step.values(
            select(col(OfferTerm.id)).where(col(OfferTerm.offer_id) == offer).order_by(col(OfferTerm.position))
        )
        rows = [{"name": term.strip(), "text": text.strip()} for term, text in terms if term.strip()]
        _replace(step, OfferTerm, offer, known, rows)
        step.words = tr("terms of the offer to {name}").format(name=name)
    return step.report()


def advance(workspace: Workspace, offer: int, status: OfferStatus, on: date, reason: str = "") -> ChangeReport:
    """Say what became of an offer, and on which day. Approving is declared; accepting closes the application as hired.

    Raises Refused, naming what is missing, for a way an offer can't go, without the reason a no needs, and for a yes
    once the application is closed or decided anew.
    """
    op = Op.APPROVE if status is OfferStatus.APPROVED else Op.MOVE_OFFER
    with workspace.step(op) as step:
        known = step.get(Offer, offer)
        name = about_candidate(step, known.application_id)
        if not may_become(OfferStatus(known.status), status):
            raise Refused(
                tr("The offer to {name} is {status}.").format(name=name, status=offer_word(known.status)),
                tr("It can’t become {status} from there.").format(status=offer_word(status)),
            )
        if status in NEEDS_REASON and not reason.strip():
            raise Refused(tr("That takes a reason."), tr("Write it as it was given."))
        if status in (OfferStatus.APPROVED, OfferStatus.SENT, OfferStatus.ACCEPTED):
            _must_still_hold(step, known, name)
        if status is OfferStatus.APPROVED:
            _must_be_whole(step, known, on)
        if status is OfferStatus.EXPIRED and (known.expires_on is None or on <= known.expires_on):
            raise Refused(
                tr("The offer stands until {day}.").format(day=day(known.expires_on) if known.expires_on else "?"),
                tr("It lapses the day after. Withdraw it if it is not to stand so long."),
            )
        step.edit(Offer, offer, status=status)
        step.add(OfferEvent, offer_id=offer, status=status, on=on, reason=reason.strip(), by_id=step.who, at=step.at)
        if status is OfferStatus.ACCEPTED:
            close_in(step, known.application_id, Outcome.HIRED)
        step.words = tr("offer to {name} {status}").format(name=name, status=offer_word(status))
    return step.report()


def _drafted(step: Step, offer: int) -> tuple[Offer, str]:
    known = step.get(Offer, offer)
    name = about_candidate(step, known.application_id)
    if known.status != OfferStatus.DRAFTED:
        raise Refused(
            tr("The offer to {name} is {status} and stays as it is.").format(
                name=name, status=offer_word(known.status)
            ),
            tr("Withdraw it and draft another one."),
        )
    return known, name


def _must_still_hold(step: Step, offer: Offer, name: str) -> None:
    """An offer stands on its decision: it goes no further once that was replaced, or the application is closed."""
    if step.get(Application, offer.application_id).outcome != Outcome.ACTIVE:
        raise Refused(
            tr("The application of {name} is closed.").format(name=name),
            tr("Withdraw the offer, or reopen the application first."),
        )
    decided = _newest_decision(step, offer.application_id)
    if decided is None or decided.id != offer.decision_id:
        raise Refused(
            tr("{name} was decided anew since this offer was drafted.").format(name=name),
            tr("Withdraw it; after a decision to hire, draft another one."),
        )


def _must_be_whole(step: Step, offer: Offer, today: date) -> None:
    pending = step.values(
        select(col(Approval.role))
        .where(
            col(Approval.decision_id) == offer.decision_id,
            col(Approval.answer).is_(None)
            | (col(Approval.answer) != Answer.APPROVED)
            | col(Approval.colleague_id).is_(None),
        )
        .order_by(col(Approval.position))
    )
    if pending:
        raise Refused(
            tr("Not approved yet by: {roles}.").format(roles=sentence_list(list(pending))),
            tr("Record on the candidate’s page who they are and what they said."),
        )
    amounts = [
        Money(minor, currency)
        for minor, currency in step.rows(
            select(col(OfferAmount.minor), col(OfferAmount.currency))
            .where(col(OfferAmount.offer_id) == offer.id)
            .order_by(col(OfferAmount.position))
        )
    ]
    lacks = offer_lacks(offer.starts_on, offer.expires_on, amounts, offer.letter, today)
    if lacks:
        words = {
            OfferLack.START: tr("the first day"),
            OfferLack.EXPIRY: tr("a day ahead until which it stands"),
            OfferLack.AMOUNT: tr("an amount"),
            OfferLack.LETTER: tr("a letter that can be filled ({faults})").format(
                faults=letter_fault_words(letter_faults(offer.letter))
            ),
        }
        raise Refused(
            tr("The offer lacks {what}.").format(what=sentence_list([words[lack] for lack in lacks])),
            tr("Fill it in, then approve it."),
        )


def _check_amount(amount: Amount) -> None:
    if not amount.name.strip():
        raise Refused(tr("An amount needs a name."), tr("Write one, such as “Salary”."))
    if not 0 <= amount.money.minor <= 10**13:
        raise Refused(tr("That amount is out of range."), tr("Write it in whole units, such as 112,000."))
    if not (len(amount.money.currency) == 3 and amount.money.currency.isalpha() and amount.money.currency.isupper()):
        raise Refused(tr("{code} is no currency.").format(code=amount.money.currency), tr("Use a code such as EUR."))


def _replace(
    step: Step, table: type[OfferAmount] | type[OfferTerm], offer: int, known: Sequence[int], rows: list[dict[str, Any]]
) -> None:
    """Rows keep their place: the first ones are edited, further ones added, the rest removed."""
    for position, values in enumerate(rows):
        if position < len(known):
            step.edit(table, known[position], position=position, **values)
        else:
            step.add(table, offer_id=offer, position=position, **values)
    for row in known[len(rows) :]:
        step.remove(table, row)


def _newest_decision(step: Step, application: int) -> Decision | None:
    of_it = col(Decision.application_id) == application
    return next(iter(rows_of(step.connection, Decision, of_it, order_by=[col(Decision.id).desc()])), None)


def _today(step: Step, workspace: Workspace) -> date:
    return step.at.astimezone(workspace.zone).date()
