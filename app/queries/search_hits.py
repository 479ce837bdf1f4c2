"""What is shown of a row that was found, and whether it may be: by table, and of nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.search_words import Sought
from app.queries.search_people import (
    found_candidates,
    found_colleagues,
    found_contacts,
    found_further_facts,
    found_notes,
    found_tags,
)
from app.queries.search_shown import Describe, Shown
from app.records.visibility import sealings
from app.store.columns import aliased, among
from app.store.file_words import words_of_files
from app.store.tables import (
    Application,
    Attachment,
    Candidate,
    Closing,
    Colleague,
    Interview,
    Note,
    ObservedSignal,
    Opening,
    RubricVersion,
    Scorecard,
)
from app.store.tables_debrief import DebriefWalk
from app.store.tables_goals import Goal, PrivateNote
from app.store.tables_growth import Calibration, GrowthCheckIn, GrowthPlan, GuideVersion, Member
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent, OfferTerm
from app.store.tables_panel import Debrief, Decision
from app.store.tables_people import CandidateNote, Hold
from app.words import tr


def _openings(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(
        col(Opening.id), col(Opening.code), col(Opening.role), col(Opening.cancel_reason), col(Opening.description)
    )
    return {
        row: Shown(f"{code} {role}", tr("Opening"), (reason, text), "opening", (("id", row),))
        for row, code, role, reason, text in connection.execute(query.where(among(col(Opening.id), rows)))
    }


def _rubrics(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    name = func.coalesce(func.json_extract(col(RubricVersion.content), "$.rubric.name"), col(RubricVersion.pack))
    columns = (col(RubricVersion.id), name, col(RubricVersion.version))
    query = select(*columns).where(among(col(RubricVersion.id), rows))
    return {
        row: Shown(pack, tr("Rubric, version {n}").format(n=version), (), "rubric", (("rubric", row),))
        for row, pack, version in connection.execute(query)
    }


def _guides(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    columns = (col(GuideVersion.id), col(GuideVersion.name), col(GuideVersion.version))
    query = select(*columns).where(among(col(GuideVersion.id), rows))
    return {
        row: Shown(name, tr("Leveling guide, version {n}").format(n=version), (), "levels", (("guide", row),))
        for row, name, version in connection.execute(query)
    }


def _calibrations(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(Calibration.id), col(Calibration.name)).where(among(col(Calibration.id), rows))
    return {
        row: Shown(name, tr("Calibration"), (), "calibration", (("id", row),))
        for row, name in connection.execute(query)
    }


def _files(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = (
        select(
            col(Attachment.id),
            col(Attachment.name),
            col(Attachment.application_id),
            col(Candidate.name),
            col(Attachment.digest),
        )
        .join(Application, col(Application.id) == col(Attachment.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(among(col(Attachment.id), rows))
    )
    found = connection.execute(query).all()
    words = words_of_files(connection, {row[4] for row in found})
    return {
        row: Shown(name, person, (words.get(digest, ""),), "application", (("id", application),))
        for row, name, application, person, digest in found
    }


def cards_shown(connection: Connection, me: int | None, cards: Collection[int]) -> dict[int, tuple[str, str]]:
    """Of these cards those that this person may see, each with the candidate and the author. A draft is never found."""
    author = aliased(Colleague)
    query = (
        select(
            col(Scorecard.id),
            col(Scorecard.author_id),
            col(Scorecard.entered_by_id),
            col(Scorecard.state),
            col(Interview.application_id),
            col(Candidate.name),
            col(author.name),
        )
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(author, col(author.id) == col(Scorecard.author_id))
        .where(among(col(Scorecard.id), cards), col(Scorecard.state) != "draft")
    )
    found = connection.execute(query).all()
    sealed = sealings(connection, {row[4] for row in found})
    return {
        card: (person, by)
        for card, author_id, entered_by, state, application, person, by in found
        if sealed[application].shows(me, author_id, entered_by, state)
    }


def _of_card(
    title: str, texts: Mapping[int, tuple[int, tuple[str, ...]]], seen: dict[int, tuple[str, str]]
) -> dict[int, Shown]:
    return {
        row: Shown(
            seen[card][0],
            tr("{what} by {name}").format(what=title, name=seen[card][1]),
            words,
            "scorecard",
            (("card", card),),
        )
        for row, (card, words) in texts.items()
        if card in seen
    }


def _evidence(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(Note.id), col(Note.scorecard_id), col(Note.text)).where(
        among(col(Note.id), rows), col(Note.dimension).is_not(None)
    )
    texts = {row: (card, (text,)) for row, card, text in connection.execute(query)}
    return _of_card(tr("Evidence"), texts, cards_shown(connection, me, {card for card, _ in texts.values()}))


def _cards(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(Scorecard.id), col(Scorecard.overall_reason), col(Scorecard.amend_reason))
    texts = {
        row: (row, tuple(words)) for row, *words in connection.execute(query.where(among(col(Scorecard.id), rows)))
    }
    return _of_card(tr("Overall vote"), texts, cards_shown(connection, me, rows))


def _signals(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(ObservedSignal.id), col(ObservedSignal.scorecard_id), col(ObservedSignal.quote))
    texts = {
        r: (card, (text,)) for r, card, text in connection.execute(query.where(among(col(ObservedSignal.id), rows)))
    }
    return _of_card(tr("Quote"), texts, cards_shown(connection, me, {card for card, _ in texts.values()}))


def _people_of(connection: Connection, applications: Collection[int]) -> dict[int, str]:
    query = select(col(Application.id), col(Candidate.name)).join(
        Candidate, col(Candidate.id) == col(Application.candidate_id)
    )
    return dict(connection.execute(query.where(among(col(Application.id), applications))).all())


def _open_to(connection: Connection, me: int | None, applications: Collection[int]) -> dict[int, str]:
    """Of these applications those whose cards are open to this person, with the candidate."""
    people, sealed = _people_of(connection, applications), sealings(connection, applications)
    return {a: name for a, name in people.items() if me is not None and sealed[a].open_to(me)}


def _decisions(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(
        col(Decision.id),
        col(Decision.application_id),
        col(Decision.reason),
        col(Decision.change_reason),
        col(Decision.departure),
    )
    found = connection.execute(query.where(among(col(Decision.id), rows))).all()
    people = _open_to(connection, me, {row[1] for row in found})
    return {
        row: Shown(people[application], tr("Decision"), tuple(texts), "debrief", (("id", application),))
        for row, application, *texts in found
        if application in people
    }


def _closings(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(Closing.id), col(Closing.application_id), col(Closing.why), col(Closing.reason))
    found = connection.execute(query.where(among(col(Closing.id), rows))).all()
    return _of_application(connection, tr("Reason of closing"), {row: (of, tuple(texts)) for row, of, *texts in found})


def _holds(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(Hold.id), col(Hold.application_id), col(Hold.reason)).where(among(col(Hold.id), rows))
    found = {row: (of, (reason,)) for row, of, reason in connection.execute(query)}
    return _of_application(connection, tr("Reason of a hold"), found)


def _of_application(
    connection: Connection, what: str, texts: Mapping[int, tuple[int, tuple[str, ...]]]
) -> dict[int, Shown]:
    people = _people_of(connection, {application for application, _ in texts.values()})
    return {
        row: Shown(people[application], what, words, "application", (("id", application),))
        for row, (application, words) in texts.items()
    }


def _walks(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(DebriefWalk.id), col(Debrief.application_id), col(DebriefWalk.note)).join(
        Debrief, col(Debrief.id) == col(DebriefWalk.debrief_id)
    )
    found = connection.execute(query.where(among(col(DebriefWalk.id), rows))).all()
    people = _open_to(connection, me, {row[1] for row in found})
    return {
        row: Shown(people[application], tr("Debrief"), (text,), "debrief", (("id", application),))
        for row, application, text in found
        if application in people
    }


def _offer_terms(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(
        col(OfferTerm.id), col(Offer.id), col(Offer.application_id), col(OfferTerm.name), col(OfferTerm.text)
    )
    query = query.join(Offer, col(Offer.id) == col(OfferTerm.offer_id)).where(among(col(OfferTerm.id), rows))
    return _of_offer(connection, [(row, offer, of, texts) for row, offer, of, *texts in connection.execute(query)])


def _offer_events(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = select(col(OfferEvent.id), col(Offer.id), col(Offer.application_id), col(OfferEvent.reason))
    query = query.join(Offer, col(Offer.id) == col(OfferEvent.offer_id)).where(among(col(OfferEvent.id), rows))
    return _of_offer(connection, [(row, offer, of, texts) for row, offer, of, *texts in connection.execute(query)])


def _of_offer(connection: Connection, found: list[tuple[int, int, int, list[str]]]) -> dict[int, Shown]:
    people = _people_of(connection, {application for _, _, application, _ in found})
    return {
        row: Shown(people[application], tr("Offer"), tuple(texts), "offer", (("id", offer),))
        for row, offer, application, texts in found
    }


def _goals(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = (
        select(
            col(Goal.id),
            col(GrowthPlan.member_id),
            col(Colleague.name),
            col(Goal.title),
            col(Goal.measure),
            col(Goal.support),
        )
        .join(GrowthPlan, col(GrowthPlan.id) == col(Goal.plan_id))
        .join(Member, col(Member.id) == col(GrowthPlan.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(among(col(Goal.id), rows))
    )
    return {
        row: Shown(name, tr("Growth goal"), tuple(texts), "growthplan", (("id", member),))
        for row, member, name, *texts in connection.execute(query)
    }


def _check_ins(connection: Connection, me: int | None, rows: Collection[int]) -> dict[int, Shown]:
    query = (
        select(col(GrowthCheckIn.id), col(Member.id), col(Colleague.name), col(GrowthCheckIn.said))
        .join(Member, col(Member.id) == col(GrowthCheckIn.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(among(col(GrowthCheckIn.id), rows))
    )
    return {
        row: Shown(name, tr("Check-in"), (said,), "growthplan", (("id", member),))
        for row, member, name, said in connection.execute(query)
    }


DESCRIBED: dict[str, Describe] = {
    "candidate": found_candidates,
    "colleague": found_colleagues,
    "opening": _openings,
    "rubric_version": _rubrics,
    "guide_version": _guides,
    "cycle": _calibrations,
    "attachment": _files,
    "note": _evidence,
    "scorecard": _cards,
    "observed_signal": _signals,
    "decision": _decisions,
    "closing": _closings,
    "hold": _holds,
    "contact": found_contacts,
    "tag": found_tags,
    "further_fact": found_further_facts,
    "candidate_note": found_notes,
    "debrief_walk": _walks,
    "offer_term": _offer_terms,
    "offer_event": _offer_events,
    "goal": _goals,
    "growth_talk": _check_ins,
}
"""By table of `store/search_sources.py`: which of its rows this person may see, as they are shown."""


def own_notes(connection: Connection, me: int | None, wanted: Sought) -> Iterator[Shown]:
    """One's own notes that are nobody else's, where they lie: they are in no index."""
    if me is None:
        return
    on_cards = (
        select(col(Note.text), col(Scorecard.id), col(Candidate.name))
        .join(Scorecard, col(Scorecard.id) == col(Note.scorecard_id))
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(col(Note.dimension).is_(None), col(Scorecard.author_id) == me)
        .order_by(col(Note.id).desc())
    )
    for text, card, person in connection.execute(on_cards):
        if wanted.fits(text):
            yield Shown(person, tr("Your own note"), (text,), "scorecard", (("card", card),))
    on_people = (
        select(col(CandidateNote.text), col(Candidate.id), col(Candidate.name))
        .join(Candidate, col(Candidate.id) == col(CandidateNote.candidate_id))
        .where(col(CandidateNote.private).is_(True), col(CandidateNote.author_id) == me)
        .order_by(col(CandidateNote.id).desc())
    )
    for text, candidate, person in connection.execute(on_people):
        if wanted.fits(text):
            yield Shown(person, tr("Your own note"), (text,), "candidate", (("id", candidate),))
    on_growth = (
        select(col(PrivateNote.text), col(Member.id), col(Colleague.name))
        .outerjoin(GrowthPlan, col(GrowthPlan.id) == col(PrivateNote.plan_id))
        .outerjoin(GrowthCheckIn, col(GrowthCheckIn.id) == col(PrivateNote.talk_id))
        .join(
            Member,
            (col(Member.id) == col(GrowthPlan.member_id)) | (col(Member.id) == col(GrowthCheckIn.member_id)),
        )
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(col(PrivateNote.author_id) == me)
        .order_by(col(PrivateNote.id).desc())
    )
    for text, member, person in connection.execute(on_growth):
        if wanted.fits(text):
            yield Shown(person, tr("Your own note"), (text,), "growthplan", (("id", member),))
