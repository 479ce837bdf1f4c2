"""What happened to an application, in order: for its page and for its packet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.domain.scorecard import CardState
from app.phrases.rubric import form_date_words, offer_word
from app.records.independence import written_after_opening
from app.records.returned_forms import cards_brought
from app.store.columns import table_of
from app.store.tables import Application, Closing, Colleague, Interview, Scorecard, Stage, StageEntry
from app.store.tables_offer import Offer, OfferEvent
from app.store.tables_panel import Debrief, Decision, PlanRound
from app.words import tr

_application, _colleague, _decision = table_of(Application), table_of(Colleague), table_of(Decision)
_interview, _round, _card = table_of(Interview), table_of(PlanRound), table_of(Scorecard)
_debrief, _offer, _event = table_of(Debrief), table_of(Offer), table_of(OfferEvent)
_stage, _entry, _closing = table_of(Stage), table_of(StageEntry), table_of(Closing)


@dataclass(frozen=True)
class TimelineMoment:
    """One thing that happened: when (aware), in words, and by whom where somebody did it."""

    at: datetime
    words: str
    by: str = ""


def timeline(connection: Connection, application: int, rubric: Rubric) -> tuple[TimelineMoment, ...]:
    """Oldest first. Nothing of a card's content is in it, so anybody may see it."""
    found = [
        *_stages(connection, application),
        *_cards(connection, application, rubric),
        *_debriefs(connection, application),
        *_decisions(connection, application),
        *_offers(connection, application),
        *_opened_early(connection, application),
        *_closings(connection, application),
    ]
    return tuple(sorted(found, key=lambda m: m.at))


def _stages(connection: Connection, application: int) -> list[TimelineMoment]:
    query = (
        select(_entry.c.entered_at, _stage.c.name, _colleague.c.name.label("by"))
        .select_from(_entry.join(_stage).outerjoin(_colleague))
        .where(_entry.c.application_id == application)
        .order_by(_entry.c.id)
    )
    return [
        TimelineMoment(r.entered_at, tr("To {stage}").format(stage=r.name), r.by or "")
        for r in connection.execute(query)
    ]


def _cards(connection: Connection, application: int, rubric: Rubric) -> list[TimelineMoment]:
    query = (
        select(_card.c.id, _card.c.submitted_at, _card.c.amends_id, _round.c.exercise, _colleague.c.name)
        .select_from(_card.join(_interview).join(_round).join(_colleague, _colleague.c.id == _card.c.author_id))
        .where(_interview.c.application_id == application, _card.c.state != CardState.DRAFT)
    )
    rows = connection.execute(query).all()
    brought, read = cards_brought(connection, [r.id for r in rows]), written_after_opening(connection, application)
    found = []
    for row in rows:
        names, form = {"round": rubric.exercise(row.exercise).name, "name": row.name}, brought.get(row.id)
        if form is not None:
            dated = form_date_words(form.written, form.written_on)
            words = tr("Form of {name} brought in: {round}, {dated}").format(dated=dated, **names)
            found.append(TimelineMoment(row.submitted_at, words, form.by))
            continue
        words = tr("Card amended: {round}") if row.amends_id else tr("Card in: {round}")
        if row.amends_id and row.id in read:
            words = tr("Card amended after the cards were open: {round}")
        found.append(TimelineMoment(row.submitted_at, words.format(**names), row.name))
    return found


def _debriefs(connection: Connection, application: int) -> list[TimelineMoment]:
    query = (
        select(_debrief.c.started_at, _colleague.c.name)
        .select_from(_debrief.outerjoin(_colleague))
        .where(_debrief.c.application_id == application)
    )
    return [TimelineMoment(r.started_at, tr("Debrief begun"), r.name or "") for r in connection.execute(query)]


def _offers(connection: Connection, application: int) -> list[TimelineMoment]:
    """What became of offers; never an amount."""
    query = (
        select(_event.c.at, _event.c.status, _colleague.c.name)
        .select_from(_event.join(_offer).outerjoin(_colleague, _colleague.c.id == _event.c.by_id))
        .where(_offer.c.application_id == application)
        .order_by(_event.c.id)
    )
    return [
        TimelineMoment(r.at, tr("Offer {status}").format(status=offer_word(r.status)), r.name or "")
        for r in connection.execute(query)
    ]


def _decisions(connection: Connection, application: int) -> list[TimelineMoment]:
    words = {
        "hire": tr("Decided: hire at {level}"),
        "no_hire": tr("Decided: no hire"),
        "hold": tr("Decided: hold for more"),
    }
    query = (
        select(_decision.c.at, _decision.c.verdict, _decision.c.level, _colleague.c.name)
        .select_from(_decision.join(_colleague))
        .where(_decision.c.application_id == application)
    )
    return [TimelineMoment(r.at, words[r.verdict].format(level=r.level), r.name) for r in connection.execute(query)]


def _opened_early(connection: Connection, application: int) -> list[TimelineMoment]:
    row = (
        connection.execute(
            select(_application, _colleague.c.name.label("opener"))
            .select_from(_application.outerjoin(_colleague, _colleague.c.id == _application.c.opened_by_id))
            .where(_application.c.id == application)
        )
        .mappings()
        .one()
    )
    if not row["opened_at"]:
        return []
    words = tr("Cards opened early: {why}").format(why=row["open_reason"])
    return [TimelineMoment(row["opened_at"], words, row["opener"] or "")]


def _closings(connection: Connection, application: int) -> list[TimelineMoment]:
    """Every closing with its reason, and where it was taken up again."""
    words = {
        Outcome.HIRED: tr("Closed: hired"),
        Outcome.REJECTED: tr("Closed: rejected"),
        Outcome.WITHDRAWN: tr("Closed: withdrawn"),
    }
    again = _colleague.alias()
    query = (
        select(_closing, _colleague.c.name.label("closer"), again.c.name.label("again"))
        .select_from(
            _closing.outerjoin(_colleague, _colleague.c.id == _closing.c.by_id).outerjoin(
                again, again.c.id == _closing.c.reopened_by_id
            )
        )
        .where(_closing.c.application_id == application)
        .order_by(_closing.c.id)
    )
    found = []
    for row in connection.execute(query).mappings():
        said = words[Outcome(row["outcome"])]
        said = tr("{closed}. {reason}").format(closed=said, reason=row["reason"]) if row["reason"] else said
        found.append(TimelineMoment(row["closed_at"], said, row["closer"] or ""))
        if row["reopened_at"]:
            found.append(TimelineMoment(row["reopened_at"], tr("Reopened"), row["again"] or ""))
    return found
