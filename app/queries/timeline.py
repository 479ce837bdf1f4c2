"""What happened to an application, in order: for its page and for its packet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.mail import MailKind
from app.domain.rubric import Rubric
from app.domain.scorecard import CardState
from app.phrases.closing import closed_words, held_words
from app.phrases.mail import mail_words
from app.phrases.rubric import form_date_words, offer_word
from app.records.independence import written_after_opening
from app.records.returned_forms import cards_brought
from app.store.columns import aliased
from app.store.tables import Application, Closing, Colleague, Interview, Scorecard, Stage, StageEntry
from app.store.tables_mail import MailDraft
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent
from app.store.tables_panel import Debrief, Decision, PlanRound
from app.store.tables_people import Hold
from app.words import language_name, tr


@dataclass(frozen=True)
class TimelineMoment:
    """One thing that happened: when (aware), in words, and by whom where somebody did it."""

    at: datetime
    words: str
    by: str = ""


def timeline(connection: Connection, application: int, rubric: Rubric) -> tuple[TimelineMoment, ...]:
    """Everything that happened, oldest first. It has no content of cards, so anybody may see it."""
    found = [
        *_stages(connection, application),
        *_cards(connection, application, rubric),
        *_debriefs(connection, application),
        *_decisions(connection, application),
        *_offers(connection, application),
        *_opened_early(connection, application),
        *_closings(connection, application),
        *_holds(connection, application),
    ]
    return tuple(sorted(found, key=lambda m: m.at))


def _stages(connection: Connection, application: int) -> list[TimelineMoment]:
    query = (
        select(col(StageEntry.entered_at), col(Stage.name), col(Colleague.name))
        .select_from(StageEntry)
        .join(Stage, col(Stage.id) == col(StageEntry.stage_id))
        .outerjoin(Colleague, col(Colleague.id) == col(StageEntry.by_id))
        .where(col(StageEntry.application_id) == application)
        .order_by(col(StageEntry.id))
    )
    return [
        TimelineMoment(at, tr("To {stage}").format(stage=stage), by or "")
        for at, stage, by in connection.execute(query)
    ]


def _cards(connection: Connection, application: int, rubric: Rubric) -> list[TimelineMoment]:
    query = (
        select(
            col(Scorecard.id),
            col(Scorecard.submitted_at),
            col(Scorecard.amends_id),
            col(PlanRound.exercise),
            col(Colleague.name),
        )
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Colleague, col(Colleague.id) == col(Scorecard.author_id))
        .where(col(Interview.application_id) == application, col(Scorecard.state) != CardState.DRAFT)
    )
    rows = connection.execute(query).all()
    brought = cards_brought(connection, [card for card, *_ in rows])
    read = written_after_opening(connection, application)
    found = []
    for card, submitted_at, amends, exercise, name in rows:
        assert submitted_at is not None  # it is no draft
        names, form = {"round": rubric.exercise(exercise).name, "name": name}, brought.get(card)
        if form is not None:
            dated = form_date_words(form.written, form.written_on)
            words = tr("Form of {name} brought in: {round}, {dated}").format(dated=dated, **names)
            found.append(TimelineMoment(submitted_at, words, form.by))
            continue
        words = tr("Card amended: {round}") if amends else tr("Card in: {round}")
        if amends and card in read:
            words = tr("Card amended after the cards were open: {round}")
        found.append(TimelineMoment(submitted_at, words.format(**names), name))
    return found


def _debriefs(connection: Connection, application: int) -> list[TimelineMoment]:
    query = (
        select(col(Debrief.started_at), col(Colleague.name))
        .select_from(Debrief)
        .outerjoin(Colleague, col(Colleague.id) == col(Debrief.facilitator_id))
        .where(col(Debrief.application_id) == application)
    )
    return [TimelineMoment(at, tr("Debrief begun"), by or "") for at, by in connection.execute(query)]


def _offers(connection: Connection, application: int) -> list[TimelineMoment]:
    """What became of offers; never an amount."""
    query = (
        select(col(OfferEvent.at), col(OfferEvent.status), col(Colleague.name))
        .select_from(OfferEvent)
        .join(Offer, col(Offer.id) == col(OfferEvent.offer_id))
        .outerjoin(Colleague, col(Colleague.id) == col(OfferEvent.by_id))
        .where(col(Offer.application_id) == application)
        .order_by(col(OfferEvent.id))
    )
    return [
        TimelineMoment(at, tr("Offer {status}").format(status=offer_word(status)), by or "")
        for at, status, by in connection.execute(query)
    ]


def _decisions(connection: Connection, application: int) -> list[TimelineMoment]:
    words = {
        "hire": tr("Decided: hire at {level}"),
        "no_hire": tr("Decided: no hire"),
        "hold": tr("Decided: hold for more"),
    }
    query = (
        select(col(Decision.at), col(Decision.verdict), col(Decision.level), col(Colleague.name))
        .select_from(Decision)
        .join(Colleague, col(Colleague.id) == col(Decision.by_id))
        .where(col(Decision.application_id) == application)
    )
    return [
        TimelineMoment(at, words[verdict].format(level=level), by)
        for at, verdict, level, by in connection.execute(query)
    ]


def _opened_early(connection: Connection, application: int) -> list[TimelineMoment]:
    query = (
        select(col(Application.opened_at), col(Application.open_reason), col(Colleague.name))
        .select_from(Application)
        .outerjoin(Colleague, col(Colleague.id) == col(Application.opened_by_id))
        .where(col(Application.id) == application)
    )
    opened_at, why, by = connection.execute(query).one()
    if opened_at is None:
        return []
    return [TimelineMoment(opened_at, tr("Cards opened early: {why}").format(why=why), by or "")]


def _closings(connection: Connection, application: int) -> list[TimelineMoment]:
    """Every closing with its reason, and every reopening."""
    reopener = aliased(Colleague)
    query = (
        select(
            col(Closing.outcome),
            col(Closing.why),
            col(Closing.reason),
            col(Closing.closed_at),
            col(Colleague.name),
            col(Closing.reopened_at),
            col(reopener.name),
        )
        .select_from(Closing)
        .outerjoin(Colleague, col(Colleague.id) == col(Closing.by_id))
        .outerjoin(reopener, col(reopener.id) == col(Closing.reopened_by_id))
        .where(col(Closing.application_id) == application)
        .order_by(col(Closing.id))
    )
    found = []
    for outcome, why, reason, closed_at, closed_by, reopened_at, reopened_by in connection.execute(query):
        said = closed_words(outcome, why, reason) if why or reason else closed_words(outcome, "", "").rstrip(".")
        found.append(TimelineMoment(closed_at, said, closed_by or ""))
        if reopened_at:
            found.append(TimelineMoment(reopened_at, tr("Reopened"), reopened_by or ""))
    return found


def _holds(connection: Connection, application: int) -> list[TimelineMoment]:
    """Each time it was put on hold, and went on."""
    resumer = aliased(Colleague)
    query = (
        select(
            col(Hold.since),
            col(Hold.reason),
            col(Hold.until),
            col(Colleague.name),
            col(Hold.ended_at),
            col(resumer.name),
        )
        .select_from(Hold)
        .outerjoin(Colleague, col(Colleague.id) == col(Hold.by_id))
        .outerjoin(resumer, col(resumer.id) == col(Hold.ended_by_id))
        .where(col(Hold.application_id) == application)
        .order_by(col(Hold.id))
    )
    found = []
    for since, reason, until, by, ended_at, ended_by in connection.execute(query):
        held = held_words(reason, until)
        found.append(TimelineMoment(since, f"{held[:1].upper()}{held[1:]}", by or ""))
        if ended_at is not None:
            found.append(TimelineMoment(ended_at, tr("No longer on hold"), ended_by or ""))
    return found


def mail_moments(connection: Connection, application: int) -> list[TimelineMoment]:
    """When drafts were written, and taken away again."""
    query = (
        select(col(MailDraft.mail), col(MailDraft.language), col(MailDraft.written_at), col(Colleague.name))
        .add_columns(col(MailDraft.removed_at))
        .select_from(MailDraft)
        .outerjoin(Colleague, col(Colleague.id) == col(MailDraft.by_id))
        .where(col(MailDraft.application_id) == application)
        .order_by(col(MailDraft.id))
    )
    found = []
    for mail, language, written_at, by, removed_at in connection.execute(query):
        words = {"mail": mail_words(MailKind(mail)), "language": language_name(language)}
        found.append(TimelineMoment(written_at, tr("Draft written: {mail}, in {language}").format(**words), by or ""))
        if removed_at is not None:
            found.append(TimelineMoment(removed_at, tr("Draft taken away: {mail}").format(**words)))
    return found
