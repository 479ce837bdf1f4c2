"""Transcripts of recorded calls: read in once the candidate has agreed, quoted as evidence, deleted for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import about_candidate
from app.actions.scorecard import drafting, must_be_mine, own_draft
from app.domain.operations import Op
from app.domain.transcript import MOST_LINES, SaidLine, quotes
from app.errors import Refused
from app.records.transcripts import delete_for_good, has_consent
from app.store.change_report import ChangeReport
from app.store.history import HistoryEntry
from app.store.tables import Interview, Note, Scorecard
from app.store.tables_transcript import RecordingConsent
from app.store.transcript import keep, lines_on, on_card
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class Agreement:
    """That the candidate agreed to the recording: on which day, and how it was given ("by mail")."""

    agreed_on: date
    how: str


def record_consent(workspace: Workspace, interview: int, agreed: Agreement) -> ChangeReport:
    """Write down that the candidate agreed; written again, it takes the place of what was there."""
    if not agreed.how.strip():
        raise Refused(tr("It is not said how the candidate agreed."), tr("Write it, such as “by mail”."))
    with workspace.step(Op.RECORD_CONSENT) as step:
        name = about_candidate(step, step.get(Interview, interview).application_id)
        if agreed.agreed_on > step.at.astimezone(workspace.zone).date():
            raise Refused(tr("That day is still to come."), tr("Ask first, then write down the day of the answer."))
        said = {"agreed_on": agreed.agreed_on, "how": agreed.how.strip(), "at": step.at, "by_id": step.me}
        known = step.first(
            select(col(RecordingConsent.id)).where(col(RecordingConsent.interview_id) == interview),
        )
        if known:
            step.edit(RecordingConsent, known[0], **said)
        else:
            step.add(RecordingConsent, interview_id=interview, **said)  # type: ignore[arg-type]
        step.words = tr("{name} agrees to the recording").format(name=name)
    return step.report()


def add(workspace: Workspace, card: int, name: str, lines: Sequence[SaidLine]) -> ChangeReport:
    """Put a transcript on one's own draft. Raises Refused without the candidate's consent, and beside another one."""
    if not lines or len(lines) > MOST_LINES:
        raise Refused(
            tr("A transcript has from 1 to {most} lines; this has {n}.").format(most=MOST_LINES, n=len(lines)),
            tr("Choose the file of one call."),
        )
    with workspace.step(Op.ADD_TRANSCRIPT) as step:
        known = own_draft(step, card)
        who = about_candidate(step, step.get(Interview, known.interview_id).application_id)
        if not has_consent(step.connection, known.interview_id):
            raise Refused(
                tr("It is not recorded that {name} agreed to the recording, so its transcript stays out.").format(
                    name=who
                ),
                tr("Ask, and write down the day and how the answer was given."),
            )
        if on_card(step.connection, card) is not None:
            raise Refused(tr("This card has a transcript already."), tr("Delete that one first."))
        keep(step, card, name, lines)
        step.subject, step.subject_table = card, "scorecard"
        step.also.append(
            HistoryEntry(Op.ADD_TRANSCRIPT, f"scorecard:{card}", step.about, f"scorecard:{card}", keep=False)
        )
        step.words = tr("transcript for {name}").format(name=who)
    return step.report()


def quote(workspace: Workspace, card: int, dimension: str, chosen: Collection[int]) -> ChangeReport:
    """Make lines of the transcript, by their numbers from 0, evidence for a planned dimension: words unchanged."""
    with drafting(workspace, card, None, dimension) as (step, rubric):
        known = on_card(step.connection, card)
        lines = lines_on(step.connection, known.id) if known is not None else ()
        if not lines:
            raise Refused(tr("The transcript was deleted."), tr("What was made evidence before is still there."))
        try:
            said = quotes(lines, chosen)
        except IndexError as error:
            raise Refused(tr("That line is gone."), tr("Choose it again.")) from error
        if not said:
            raise Refused(tr("No line is chosen."), tr("Go to a line with the arrows; Shift chooses several."))
        for one in said:
            step.add(
                Note,
                scorecard_id=card,
                at=step.at,
                text=one.text,
                dimension=dimension,
                said_at=one.at,
                speaker=one.speaker,
            )
        step.words = tr("evidence for {dimension}").format(dimension=rubric.dimension(dimension).short)
    return step.report()


def delete(workspace: Workspace, card: int) -> ChangeReport:
    """Delete the transcript on a card of one's own for good: from the file, its log and its backups."""
    with workspace.step(Op.DELETE_TRANSCRIPT) as step:
        known = step.get(Scorecard, card)
        must_be_mine(step, known)
        name = about_candidate(step, step.get(Interview, known.interview_id).application_id)
        step.subject, step.subject_table = card, "scorecard"
        if not delete_for_good(step, [known.interview_id]):
            raise Refused(tr("There is no transcript on this card."), tr("It was deleted before."))
        step.words = tr("deletion of the transcript for {name}").format(name=name)
    return step.report()
