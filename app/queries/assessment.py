"""An assessment as its page shows it, and which ones wait for me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.domain.assessment import AssessmentContent, MissingInAssessment, Relation, missing_in_assessment
from app.domain.calibration import CalibrationState
from app.domain.guide import Guide, GuideLevel
from app.domain.scorecard import CardState
from app.errors import NotFound, NotYet
from app.records.visibility import sealing_of_assessment
from app.store.assessment import read_assessment, read_assessments
from app.store.columns import table_of
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Calibration, EvidenceItem, Member, Proposal
from app.store.workspace import Workspace
from app.words import tr

_assessments, _members, _cycles = table_of(Assessment), table_of(Member), table_of(Calibration)
_colleagues, _facts, _proposals = table_of(Colleague), table_of(EvidenceItem), table_of(Proposal)


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
    """One assessment as its page shows it. `locked` where it can't be written: submitted, or its cycle closed."""

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

    @property
    def lacks(self) -> tuple[MissingInAssessment, ...]:
        """What keeps it from being submitted."""
        return missing_in_assessment(self.content)

    def counts(self, line: EvidenceView) -> bool:
        """Whether a line's day is none of those that do not count: those outside the calibration's dates."""
        start, end = self.window
        return line.on is None or (start or date.min) <= line.on <= (end or date.max)


@dataclass(frozen=True)
class AssessmentDue:
    """An assessment that is asked of me."""

    id: int
    name: str
    level: str
    cycle: int | None
    cycle_name: str
    relation: Relation
    begun: bool
    asked_at: datetime


def assessment_page(workspace: Workspace, assessment: int) -> AssessmentView:
    """One assessment. Raises NotFound, and NotYet while it is sealed to me."""
    with workspace.read() as connection:
        raters = _colleagues.alias()
        query = (
            select(
                _assessments,
                _colleagues.c.name,
                raters.c.name.label("rater"),
                _cycles.c.name.label("cycle"),
                _cycles.c.window_from,
                _cycles.c.window_to,
                _cycles.c.state.label("cycle_state"),
            )
            .select_from(
                _assessments.join(_members, _members.c.id == _assessments.c.member_id)
                .join(_colleagues, _colleagues.c.id == _members.c.colleague_id)
                .join(raters, raters.c.id == _assessments.c.rater_id)
                .outerjoin(_cycles, _cycles.c.id == _assessments.c.cycle_id)
            )
            .where(_assessments.c.id == assessment)
        )
        row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(tr("There is no assessment {id}.").format(id=assessment))
        sealing = sealing_of_assessment(connection, assessment)
        if not sealing.shows(workspace.me, row["rater_id"], row["entered_by_id"], row["state"]):
            raise NotYet(
                tr("{who}’s assessment of {name} is sealed to you.").format(who=row["rater"], name=row["name"]),
                tr("It opens once your own and every other one is in."),
            )
        guide = read_guide(connection, row["guide_id"])
        return AssessmentView(
            id=assessment,
            member=row["member_id"],
            name=row["name"],
            rater=row["rater_id"],
            rater_name=row["rater"],
            relation=Relation(row["relation"]),
            mine=row["rater_id"] == workspace.me,
            cycle=row["cycle_id"],
            cycle_name=row["cycle"] or "",
            window=(row["window_from"], row["window_to"]),
            guide=guide,
            level=guide.level(row["level"]),
            state=CardState(row["state"]),
            submitted_at=row["submitted_at"],
            content=read_assessment(connection, assessment),
            facts=_lines(connection, assessment),
            locked=row["state"] != CardState.DRAFT or row["cycle_state"] == CalibrationState.CLOSED,
        )


def _lines(connection: Connection, assessment: int) -> tuple[EvidenceView, ...]:
    query = select(_facts).where(_facts.c.assessment_id == assessment).order_by(_facts.c.on, _facts.c.id)
    return tuple(
        EvidenceView(r.id, r.dimension, r.on, r.text, bool(r.inferred), r.source) for r in connection.execute(query)
    )


def my_assessments(workspace: Workspace) -> tuple[AssessmentDue, ...]:
    """What is asked of me and not in, the oldest first; nothing of a closed calibration, nor of who left.

    Of what is against a level no longer proposed, only what I have begun to write.
    """
    query = (
        select(_assessments, _colleagues.c.name, _cycles.c.name.label("cycle"), _proposals.c.target)
        .select_from(
            _assessments.join(_members, _members.c.id == _assessments.c.member_id)
            .join(_colleagues, _colleagues.c.id == _members.c.colleague_id)
            .outerjoin(_cycles, _cycles.c.id == _assessments.c.cycle_id)
            .outerjoin(_proposals, (_proposals.c.cycle_id == _cycles.c.id) & (_proposals.c.member_id == _members.c.id))
        )
        .where(
            _assessments.c.rater_id == workspace.me,
            _assessments.c.state == CardState.DRAFT,
            _members.c.left_on.is_(None),
            _cycles.c.state.is_(None) | (_cycles.c.state == CalibrationState.OPEN),
        )
        .order_by(_assessments.c.id)
    )
    with workspace.read() as connection:
        found = []
        rows = connection.execute(query).mappings().all()
        contents = read_assessments(connection, [r["id"] for r in rows])
        for r in rows:
            content = contents[r["id"]]
            if r["target"] in (None, r["level"]) or content.ratings:
                found.append(
                    AssessmentDue(
                        r["id"],
                        r["name"],
                        r["level"],
                        r["cycle_id"],
                        r["cycle"] or "",
                        Relation(r["relation"]),
                        content.answered > 0,
                        r["started_at"],
                    )
                )
        return tuple(found)
