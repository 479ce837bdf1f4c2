"""All facts of an assessment form, as one value, and which forms are due. A form shows nobody's view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import NoScore, Relation
from app.domain.assessment_form import AssessmentSpec, assessment_spec
from app.domain.guide import Guide
from app.domain.scorecard import CardState
from app.errors import NotFound
from app.phrases.rubric import no_score_word
from app.queries.kit import KitAnchor, KitDimension
from app.records.calibration import calibration_row
from app.store.columns import aliased, rows_of, rows_with
from app.store.guide import read_guide
from app.store.tables import Colleague, Setting
from app.store.tables_growth import Assessment, Calibration, GuideVersion, Member, Proposal
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class AssessmentFormFacts:
    """Everything a form prints. `own` says that the rater is the workspace's user."""

    spec: AssessmentSpec
    name: str
    rater: str
    relation: Relation
    guide: Guide
    guide_version: int
    cycle: str
    window: tuple[date | None, date | None]
    dimensions: tuple[KitDimension, ...]
    sentences: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    return_to: str
    return_mail: str
    own: bool
    due_on: date | None
    as_of: datetime
    zone: tzinfo
    paper: str


def assessment_form_facts(workspace: Workspace, assessment: int) -> AssessmentFormFacts:
    """The facts of one form. Raises NotFound."""
    with workspace.read() as connection:
        return assessment_form_facts_in(connection, assessment)


def assessment_form_facts_in(connection: Connection, assessment: int) -> AssessmentFormFacts:
    """The same inside a read or a step."""
    row, digest, version, name, rater, calibration, window_from, window_to = _row(connection, assessment)
    settings = rows_of(connection, Setting)[0]
    me = rows_of(connection, Colleague, col(Colleague.id) == settings.me_id)
    guide = read_guide(connection, row.guide_id)
    spec = assessment_spec(
        row.dimensions,
        workspace=settings.key,
        assessment=assessment,
        member=row.member_id,
        rater=row.rater_id,
        guide=digest,
        level=row.level,
    )
    cells = guide.level(row.level).cells
    return AssessmentFormFacts(
        spec=spec,
        name=name,
        rater=rater,
        relation=Relation(row.relation),
        guide=guide,
        guide_version=version,
        cycle=calibration or "",
        window=(window_from, window_to),
        dimensions=tuple(
            KitDimension(d, guide.dimension(d).name, guide.dimension(d).short, anchors(), ()) for d in spec.dimensions
        ),
        sentences=tuple(cells[d].expect for d in spec.dimensions),
        reasons=tuple((str(r), no_score_word(r)) for r in NoScore),
        return_to=me[0].name if me else "",
        return_mail=me[0].mail if me else "",
        own=row.rater_id == settings.me_id,
        due_on=row.due_on,
        as_of=row.started_at,
        zone=ZoneInfo(settings.time_zone),
        paper=settings.paper,
    )


def _row(
    connection: Connection, assessment: int
) -> tuple[Assessment, str, int, str, str, str | None, date | None, date | None]:
    """An assessment, with digest and number of its guide's version, the names of the member and of the rater, and
    name and days of its calibration."""
    rater = aliased(Colleague)
    query = (
        select(
            col(GuideVersion.digest),
            col(GuideVersion.version),
            col(Colleague.name),
            col(rater.name),
            col(Calibration.name),
            col(Calibration.window_from),
            col(Calibration.window_to),
        )
        .select_from(Assessment)
        .join(Member, col(Member.id) == col(Assessment.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .join(rater, col(rater.id) == col(Assessment.rater_id))
        .join(GuideVersion, col(GuideVersion.id) == col(Assessment.guide_id))
        .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
        .where(col(Assessment.id) == assessment)
    )
    for row in rows_with(connection, query, Assessment):
        return row
    raise NotFound(tr("There is no assessment {id}.").format(id=assessment))


def anchors() -> tuple[KitAnchor, ...]:
    """What each score means against a level's own sentence."""
    words = (
        tr("Well below the sentence"),
        tr("Below it, or only with help"),
        tr("Does it, and has done so for a while"),
        tr("Goes beyond it"),
    )
    return tuple(KitAnchor(n, said, ()) for n, said in enumerate(words, 1))


def due_forms(workspace: Workspace, calibration: int) -> tuple[int, ...]:
    """The assessments of a calibration against the proposed level that are not in, in the order they were asked for.

    Raises NotFound.
    """
    with workspace.read() as connection:
        calibration_row(connection, calibration)
        query = (
            select(col(Assessment.id))
            .where(col(Assessment.cycle_id) == calibration, col(Assessment.state) == CardState.DRAFT)
            .where(col(Assessment.amends_id).is_(None), col(Assessment.level) == col(Proposal.target))
            .where(col(Proposal.cycle_id) == calibration, col(Proposal.member_id) == col(Assessment.member_id))
            .where(col(Member.id) == col(Assessment.member_id), col(Member.left_on).is_(None))
            .order_by(col(Assessment.id))
        )
        return tuple(connection.execute(query).scalars())
