"""The applications a row is about: which are put into an opening, open or closed, and what is attached to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.actions.candidate_matching import HeldApplication
from app.actions.candidate_news import Columns, NewApplication, NewCard, NewFile, NewRows, Plan, Said, add_further
from app.actions.import_targets import Target, Targets
from app.actions.read_candidate import ReadApplication, ReadClosing
from app.domain.pipeline import Outcome
from app.words import ntr, tr


def plan_applications(
    plan: Plan, new: NewRows, applications: Iterable[ReadApplication], targets: Targets, at: datetime
) -> Said:
    """Put somebody into the openings a row is about; what of it has no place here is kept as a further fact.

    Those whose opening is named go first: what belongs to another is never put on the application of one of them.
    """
    said, taken = Said(), list[HeldApplication]()
    found = [(read, *targets.of(read.opening[1], *read.also)) for read in applications]
    for read, target, named in sorted(found, key=lambda one: not one[2]):
        _keep_facts(new, read, target, said, named=named)
        held = _put_in(plan, new, read, target, at, said, named=named)
        if held is not None and not named and any(held is one for one in taken):
            held = None
        if held is not None:
            taken.append(held)
        _attach(plan, new, read, held, said)
    return said


def _keep_facts(new: NewRows, read: ReadApplication, target: Target | None, said: Said, *, named: bool) -> None:
    """What of an application has no place here, where it is not told of already."""
    if read.opening[1] and not named:
        said.remarks.append(tr("no opening here is called “{name}”").format(name=read.opening[1]))
    if read.told:
        return
    if read.opening[1] and not named:
        add_further(new, *read.opening, said)
    stage = target.stages.get(read.stage[1].casefold()) if target is not None else None
    if read.stage[1] and (stage is None or read.ended):
        add_further(new, *read.stage, said)
    if (target is None or read.ended) and read.applied_on is not None:
        add_further(new, tr("Applied on"), read.applied_on.isoformat(), said)


def _put_in(
    plan: Plan, new: NewRows, read: ReadApplication, target: Target | None, at: datetime, said: Said, *, named: bool
) -> HeldApplication | None:
    """The application here, new or known; None where there is none."""
    if target is None:
        return None
    there = new.who.open_in.get(target.number)
    ended = new.who.ended_in.get(target.number, {})
    if read.ended:
        return _put_in_closed(plan, new, read, target, said, named=named)
    if there is not None:
        return there
    if ended and (read.applied_on is None or read.applied_on in ended):
        said.differs.append(tr("the application that is closed"))
        return ended.get(read.applied_on)
    stage = target.stages.get(read.stage[1].casefold())
    if read.stage[1] and stage is None:
        said.remarks.append(tr("no stage is called “{name}”: they begin in the first").format(name=read.stage[1]))
    columns = {
        "opening_id": target.number,
        "plan_id": target.plan,
        "stage_id": stage if stage is not None else next(iter(target.stages.values())),
        "entered_at": at,
        "applied_on": read.applied_on,
        "outcome": Outcome.ACTIVE,
    }
    held = new.who.open_in[target.number] = HeldApplication(read.applied_on)
    new.applications.append(NewApplication(held, columns))
    plan.applications += 1
    said.more.append(tr("an application"))
    return held


def _put_in_closed(
    plan: Plan, new: NewRows, read: ReadApplication, target: Target, said: Said, *, named: bool
) -> HeldApplication | None:
    """The application as it ended elsewhere, where its row says how and names the opening."""
    there = new.who.open_in.get(target.number)
    ended = new.who.ended_in.setdefault(target.number, {})
    if read.applied_on in ended:
        return ended[read.applied_on]
    if there is not None and (not read.told or there.applied_on == read.applied_on):
        if read.told:
            said.differs.append(tr("the application that is open"))
            return there
        return None
    if read.closed is None or not named:
        plan.not_opened += 1
        return None
    stage = target.stages.get(read.stage[1].casefold()) if read.stage[1] else None
    columns, closing = _closed_columns(read, read.closed, target, stage)
    held = ended[read.applied_on] = HeldApplication(read.applied_on)
    new.applications.append(NewApplication(held, columns, closing))
    plan.applications += 1
    plan.closed += 1
    said.more.append(tr("an application that is closed"))
    return held


def _closed_columns(
    read: ReadApplication, closed: ReadClosing, target: Target, stage: int | None
) -> tuple[Columns, Columns]:
    application = {
        "opening_id": target.number,
        "plan_id": target.plan,
        "stage_id": stage if stage is not None else next(iter(target.stages.values())),
        "entered_at": closed.at,
        "applied_on": read.applied_on,
        "outcome": closed.outcome,
        "closed_at": closed.at,
        "close_reason": closed.reason,
    }
    closing = {
        "outcome": closed.outcome,
        "reason": closed.reason,
        "closed_at": closed.at,
        "side": closed.side,
    }
    return application, closing


def _attach(plan: Plan, new: NewRows, read: ReadApplication, held: HeldApplication | None, said: Said) -> None:
    """What comes with an application: texts, and cards from elsewhere."""
    if held is None:
        plan.files_without += len(read.files)
        plan.cards_without += len(read.cards)
        if read.files:
            words = ntr("{n} text has no application here", "{n} texts have no application here", len(read.files))
            said.remarks.append(words)
        if read.cards:
            words = ntr(
                "{n} scorecard has no application here", "{n} scorecards have no application here", len(read.cards)
            )
            said.remarks.append(words)
        return
    for file in read.files:
        if file.name not in held.files:
            held.files.add(file.name)
            new.files.append(NewFile(held, file.name, file.text.encode()))
            plan.files += 1
            said.more.append(file.name)
    by_number = {(card.source, card.number): card for card in read.cards}
    cards = [card for number, card in by_number.items() if number not in held.cards]
    if cards:
        held.cards.update(by_number)
        new.cards += [NewCard(held, card) for card in cards]
        plan.cards += len(cards)
        plan.unclear += sum(mark.needs_a_person for card in cards for mark in card.marks)
        said.more.append(ntr("{n} card from elsewhere", "{n} cards from elsewhere", len(cards)))
