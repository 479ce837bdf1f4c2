"""An assessment as its page shows it, and the assessments that the workspace's user still has to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import AssessmentContent, MissingInAssessment, Relation, missing_in_assessment
from app.domain.calibration import CalibrationState
from app.domain.guide import Guide, GuideLevel
from app.domain.scorecard import CardState
from app.errors import NotFound, NotYet
from app.queries.noted import Noted, noted_of
from app.records.rater_relation import relations_now
from app.records.visibility import sealing_of_assessment
from app.store.assessment import read_assessment, read_assessments
from app.store.columns import aliased, rows_with
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Calibration, EvidenceItem, Member, Proposal, ReturnedAssessment
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class EvidenceView:
    """A line of evidence with its number, to edit it by."""

    id: int
    dimension: str
    on: date | None
    text: str
    inferred: bool
    source: str


@dataclass(frozen=True)
class AssessmentView:
    """One assessment as its page shows it. `locked` says that it was submitted or its calibration closed; `noted` is
    what its rater may choose as evidence, `days_said` how they said days that were not in their form."""

    id: int
    member: int
    name: str
    rater: int
    rater_name: str
    relation: Relation
    mine: bool
    cycle: int | None
    cycle_name: str
    window: tuple[date | None, date | None]
    guide: Guide
    level: GuideLevel
    state: CardState
    submitted_at: datetime | None
    content: AssessmentContent
    facts: tuple[EvidenceView, ...]
    locked: bool
    noted: tuple[Noted, ...] = ()
    days_said: str = ""

    @property
    def lacks(self) -> tuple[MissingInAssessment, ...]:
        """What keeps it from being submitted."""
        return missing_in_assessment(self.content)

    def counts(self, line: EvidenceView) -> bool:
        """Whether a line counts: it has no day, or one inside the calibration's dates."""
        start, end = self.window
        return line.on is None or (start or date.min) <= line.on <= (end or date.max)


@dataclass(frozen=True)
class AssessmentDue:
    """An assessment that the workspace's user was asked for."""

    id: int
    name: str
    level: str
    cycle: int | None
    cycle_name: str
    relation: Relation
    begun: bool
    asked_at: datetime
    due_on: date | None


def assessment_page(workspace: Workspace, assessment: int) -> AssessmentView:
    """One assessment. Raises NotFound, and NotYet while it is sealed to the workspace's user."""
    with workspace.read() as connection:
        row, name, rater, calibration, window_from, window_to, calibration_state = _row(connection, assessment)
        sealing = sealing_of_assessment(connection, assessment)
        if not sealing.shows(workspace.me, row.rater_id, row.entered_by_id, row.state):
            raise NotYet(
                tr("{who}’s assessment of {name} is sealed to you.").format(who=rater, name=name),
                tr("It opens once your own and every other one is in."),
            )
        guide = read_guide(connection, row.guide_id)
        locked = row.state != CardState.DRAFT or calibration_state == CalibrationState.CLOSED
        return AssessmentView(
            id=assessment,
            member=row.member_id,
            name=name,
            rater=row.rater_id,
            rater_name=rater,
            relation=relations_now(connection, [assessment]).get(assessment, Relation(row.relation)),
            mine=row.rater_id == workspace.me,
            cycle=row.cycle_id,
            cycle_name=calibration or "",
            window=(window_from, window_to),
            guide=guide,
            level=guide.level(row.level),
            state=CardState(row.state),
            submitted_at=row.submitted_at,
            content=read_assessment(connection, assessment),
            facts=_lines(connection, assessment),
            locked=locked,
            noted=() if locked else noted_of(connection, row.member_id, workspace.me),
            days_said=_days_said(connection, assessment),
        )


def _days_said(connection: Connection, assessment: int) -> str:
    query = select(col(ReturnedAssessment.days_said)).where(col(ReturnedAssessment.assessment_id) == assessment)
    return connection.execute(query.order_by(col(ReturnedAssessment.id).desc())).scalar() or ""


def _row(
    connection: Connection, assessment: int
) -> tuple[Assessment, str, str, str | None, date | None, date | None, str | None]:
    """An assessment, with the names of the member and of the rater, and name, days and state of its calibration."""
    rater = aliased(Colleague)
    query = (
        select(
            col(Colleague.name),
            col(rater.name),
            col(Calibration.name),
            col(Calibration.window_from),
            col(Calibration.window_to),
            col(Calibration.state),
        )
        .select_from(Assessment)
        .join(Member, col(Member.id) == col(Assessment.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .join(rater, col(rater.id) == col(Assessment.rater_id))
        .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
        .where(col(Assessment.id) == assessment)
    )
    for row in rows_with(connection, query, Assessment):
        return row
    raise NotFound(tr("There is no assessment {id}.").format(id=assessment))


def _lines(connection: Connection, assessment: int) -> tuple[EvidenceView, ...]:
    query = (
        select(
            col(EvidenceItem.id),
            col(EvidenceItem.dimension),
            col(EvidenceItem.on),
            col(EvidenceItem.text),
            col(EvidenceItem.inferred),
            col(EvidenceItem.source),
        )
        .where(col(EvidenceItem.assessment_id) == assessment)
        .order_by(col(EvidenceItem.on), col(EvidenceItem.id))
    )
    return tuple(EvidenceView(*row) for row in connection.execute(query))


def my_assessments(workspace: Workspace) -> tuple[AssessmentDue, ...]:
    """The assessments that the workspace's user was asked for and has not submitted, oldest first.

    Closed calibrations and members who left are not among them; an assessment against a level that is no longer
    proposed is only where it was begun.
    """
    proposed = (col(Proposal.cycle_id) == col(Calibration.id)) & (col(Proposal.member_id) == col(Member.id))
    query = (
        select(
            col(Assessment.id),
            col(Assessment.level),
            col(Assessment.cycle_id),
            col(Assessment.relation),
            col(Assessment.started_at),
            col(Assessment.due_on),
            col(Colleague.name),
            col(Calibration.name),
            col(Proposal.target),
        )
        .select_from(Assessment)
        .join(Member, col(Member.id) == col(Assessment.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
        .outerjoin(Proposal, proposed)
        .where(
            col(Assessment.rater_id) == workspace.me,
            col(Assessment.state) == CardState.DRAFT,
            col(Member.left_on).is_(None),
            col(Calibration.state).is_(None) | (col(Calibration.state) == CalibrationState.OPEN),
        )
        .order_by(col(Assessment.id))
    )
    with workspace.read() as connection:
        rows = connection.execute(query).all()
        contents = read_assessments(connection, [assessment for assessment, *_ in rows])
    found = []
    for assessment, level, calibration, relation, started_at, due_on, name, calibration_name, target in rows:
        content = contents[assessment]
        if target in (None, level) or content.ratings:
            found.append(
                AssessmentDue(
                    assessment,
                    name,
                    level,
                    calibration,
                    calibration_name or "",
                    Relation(relation),
                    content.answered > 0,
                    started_at,
                    due_on,
                )
            )
    return tuple(found)
