"""A returned form becomes its interviewer's submitted card, in one step: the card, its digest, the original PDF.

Always allowed, also while a card of one's own is due: it shows nothing of what it brings in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.application import about_candidate
from app.domain.day_text import day_written
from app.domain.operations import Op
from app.domain.scorecard import Card, CardState, card_text, missing_on_card
from app.domain.scorecard_form import FilledForm, FilledRating, FormSpec, Reason
from app.errors import Refused
from app.records.scorecard_form import spec_in
from app.records.visibility import sealing_of
from app.store.attachment import keep_bytes
from app.store.change_report import ChangeReport
from app.store.history import HistoryEntry, entries_of
from app.store.scorecard import read_card
from app.store.step import Step
from app.store.tables import Application, Interview, Note, ObservedSignal, Opening, Rating, Scorecard
from app.store.tables_forms import ReturnedForm
from app.store.workspace import Workspace
from app.words import tr


class TurnedDown(Refused):
    """A form whose card cannot come in any more; `reason` says which of the reasons it is."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(tr("A card of this interview is there already."), tr("The form was left as it is."))
        self.reason = reason


@dataclass(frozen=True)
class Original:
    """The file a form came in: its name and its bytes, and what it holds more than the fields."""

    name: str
    content: bytes
    beside: Sequence[str] = ()


def standing(
    connection: Connection, interview: int, filled: FilledForm, digest: str
) -> tuple[Reason | None, int | None]:
    """Why this form can't become the card of its interview, with that card; (None, None) where it can.

    Whether a card is the same is all that is said of it.
    """
    rows = connection.execute(
        select(col(Scorecard.id), col(Scorecard.state))
        .where(col(Scorecard.interview_id) == interview)
        .order_by(col(Scorecard.id))
    ).all()
    if not rows:
        return None, None
    done = [row.id for row in rows if row.state != CardState.DRAFT]
    if not done:
        return Reason.BEGUN, rows[-1].id
    known = select(col(ReturnedForm.id)).where(
        col(ReturnedForm.scorecard_id).in_(done), col(ReturnedForm.digest) == digest
    )
    same = connection.execute(known).first() is not None or any(
        _says(read_card(connection, card)) == _asked(filled) for card in done
    )
    return (Reason.IDENTICAL if same else Reason.DIFFERENT), done[-1]


def bring(workspace: Workspace, spec: FormSpec, filled: FilledForm, original: Original, digest: str) -> ChangeReport:
    """Bring a complete form in. Raises TurnedDown where a card is there by now, Refused where the plan has moved on.

    `digest` is the SHA-256 of the original's bytes. Nothing of a form is there unless all of it is.
    """
    with workspace.step(Op.BRING_FORM) as step:
        interview = step.get(Interview, spec.interview)
        name = about_candidate(step, interview.application_id)
        if spec_in(step.connection, spec.interview)[0] != spec or filled.lacking:
            raise Refused(
                tr("The plan of {name} has changed meanwhile.").format(name=name), tr("Bring the form in again.")
            )
        reason, _ = standing(step.connection, spec.interview, filled, digest)
        if reason is not None:
            raise TurnedDown(reason)
        was_open = sealing_of(step.connection, interview.application_id).all_in
        dated = day_written(filled.date, step.at.astimezone(workspace.zone).date())
        card = _write(step, interview, filled, _moment(dated, workspace.zone) or interview.starts_at or step.at)
        content = read_card(step.connection, card)
        assert not missing_on_card(content), "a complete form makes a complete card"
        form = step.add(
            ReturnedForm,
            scorecard_id=card,
            name=original.name,
            size=len(original.content),
            digest=keep_bytes(step, original.content),
            brought_at=step.at,
            brought_by_id=step.who,
            written=filled.date,
            written_on=dated,
            beside=list(original.beside),
        )
        kept = [change for change in step.changes if change.table == "returned_form"]
        step.op = Op.SUBMIT_CARD  # the card's own row; that it came as a form stands beside it
        step.declared_text = card_text(content)
        step.also += entries_of(Op.BRING_FORM, f"returned_form:{form}", kept)
        if not was_open and sealing_of(step.connection, interview.application_id).all_in:
            opened = f"application:{interview.application_id}"
            step.also.append(HistoryEntry(Op.CARDS_OPENED, opened, step.about, opened, keep=False))
        step.words = tr("form for {name}").format(name=name)
    return step.report()


def _moment(dated: date | None, zone: tzinfo) -> datetime | None:
    """Noon of the form's day stands for the whole day."""
    return None if dated is None else datetime.combine(dated, time(12), zone)


def _write(step: Step, interview: Interview, filled: FilledForm, at: datetime) -> int:
    """The card of a form. Its lines are of the form's day, or, where that can't be read, of the
    interview: the moment `at`."""
    opening = step.get(Opening, step.get(Application, interview.application_id).opening_id)
    assert filled.overall is not None
    card = step.add(
        Scorecard,
        interview_id=interview.id,
        author_id=interview.interviewer_id,
        entered_by_id=step.who,
        level=opening.level,
        rubric_id=opening.rubric_id,
        planned=interview.dimensions,
        started_at=step.at,
        state=CardState.SUBMITTED,
        submitted_at=step.at,
        overall=str(filled.overall),
    )
    for rating in filled.ratings:
        step.add(Rating, scorecard_id=card, dimension=rating.dimension, score=rating.score, reason=rating.reason)
        for line in rating.evidence:
            step.add(Note, scorecard_id=card, at=at, text=line, dimension=rating.dimension, timed=False)
        for seen in rating.signals:
            step.add(
                ObservedSignal,
                scorecard_id=card,
                dimension=rating.dimension,
                signal=seen.signal,
                red=seen.red,
                quote=seen.quote,
            )
    for line in filled.notes:
        step.add(Note, scorecard_id=card, at=at, text=line, dimension=None, timed=False)
    return card


def _says(card: Card) -> tuple[object, ...]:
    """What a card says, without when each line was written."""
    return card.overall, tuple(
        (
            r.dimension,
            r.score,
            r.reason,
            tuple(e.text for e in r.evidence),
            frozenset((o.signal, o.quote) for o in r.observed),
        )
        for r in sorted(card.ratings, key=lambda r: r.dimension)
    )


def _asked(filled: FilledForm) -> tuple[object, ...]:
    """What a form says, in the terms in which a card is compared with it."""

    def said(rating: FilledRating) -> tuple[object, ...]:
        seen = frozenset((s.signal, s.quote) for s in rating.signals)
        return rating.dimension, rating.score, rating.reason, rating.evidence, seen

    return filled.overall, tuple(said(r) for r in sorted(filled.ratings, key=lambda r: r.dimension))
