"""A returned assessment form becomes its rater's submitted assessment, in one step with its digest and its original."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.assessment import declare
from app.actions.assessment_rating import put_ratings
from app.actions.member import about_member
from app.actions.scorecard_form import Original, TurnedDown
from app.domain.assessment import AssessmentContent
from app.domain.assessment_form import AssessmentSpec, FilledAssessment
from app.domain.calibration import CalibrationState
from app.domain.day_text import day_written
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.domain.scorecard_form import Reason
from app.errors import Refused
from app.store.assessment import read_assessment
from app.store.attachment import keep_bytes
from app.store.change_report import ChangeReport
from app.store.history import entries_of
from app.store.tables_growth import Assessment, Calibration, ReturnedAssessment
from app.store.workspace import Workspace
from app.words import tr


def standing(connection: Connection, assessment: int, filled: FilledAssessment, digest: str) -> Reason | None:
    """Why this form can't become its assessment any more; None where it can. Whether it says the same is all that is
    told of what is there."""
    state = connection.execute(select(col(Assessment.state)).where(col(Assessment.id) == assessment)).scalar()
    content = read_assessment(connection, assessment)
    if state == CardState.DRAFT:
        return Reason.BEGUN if content.begun else None
    known = select(col(ReturnedAssessment.id)).where(
        col(ReturnedAssessment.assessment_id) == assessment, col(ReturnedAssessment.digest) == digest
    )
    same = connection.execute(known).first() is not None or _says(content) == _asked(filled)
    return Reason.IDENTICAL if same else Reason.DIFFERENT


def bring(
    workspace: Workspace,
    spec: AssessmentSpec,
    filled: FilledAssessment,
    original: Original,
    digest: str,
    days_said: str = "",
) -> ChangeReport:
    """Bring a complete form in, always allowed: it shows nothing of what it brings. `days_said` is how its rater said
    days that were not in it. Raises TurnedDown, Refused."""
    with workspace.step(Op.BRING_ASSESSMENT) as step:
        known = step.get(Assessment, spec.assessment)
        name = about_member(step, known.member_id)
        if known.cycle_id is not None and step.get(Calibration, known.cycle_id).state == CalibrationState.CLOSED:
            raise Refused(tr("Its calibration is closed."), tr("Reopen it first, with a reason."))
        reason = standing(step.connection, spec.assessment, filled, digest)
        if reason is not None:
            raise TurnedDown(reason)
        assert not filled.lacking, "only a complete form is brought in"
        step.edit(Assessment, spec.assessment, entered_by_id=step.who)
        put_ratings(step, spec.assessment, filled.ratings, workspace.today())
        step.op = Op.SUBMIT_ASSESSMENT
        declare(step, spec.assessment)
        before = len(step.changes)
        form = step.add(
            ReturnedAssessment,
            assessment_id=spec.assessment,
            name=original.name,
            size=len(original.content),
            digest=keep_bytes(step, original.content),
            brought_at=step.at,
            brought_by_id=step.who,
            written=filled.date,
            written_on=day_written(filled.date, workspace.today()),
            beside=list(original.beside),
            days_said=days_said,
        )
        step.also += entries_of(Op.BRING_ASSESSMENT, f"returned_assessment:{form}", step.changes[before:])
        step.words = tr("form about {name}").format(name=name)
    return step.report()


def _says(content: AssessmentContent) -> list[tuple[object, ...]]:
    return [
        (r.dimension, r.score, r.reason, sorted((str(f.on), f.text) for f in r.facts))
        for r in sorted(content.ratings, key=lambda r: r.dimension)
        if r.answered
    ]


def _asked(filled: FilledAssessment) -> list[tuple[object, ...]]:
    return [
        (r.dimension, r.score, r.reason, sorted((str(f.on), f.text) for f in r.facts))
        for r in sorted(filled.ratings, key=lambda r: r.dimension)
        if r.answered
    ]
