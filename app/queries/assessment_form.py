"""All facts of an assessment form, as one value, and which forms are due. A form shows nobody's view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from app.domain.assessment import NoScore, Relation
from app.domain.assessment_form import AssessmentSpec, assessment_spec
from app.domain.guide import Guide
from app.domain.scorecard import CardState
from app.errors import NotFound
from app.phrases.rubric import no_score_word
from app.queries.kit import KitAnchor, KitDimension
from app.records.calibration import cycle_row
from app.store.columns import table_of
from app.store.guide import read_guide
from app.store.tables import Colleague, Setting
from app.store.tables_growth import Assessment, Calibration, GuideVersion, Member, Proposal
from app.store.workspace import Workspace
from app.words import tr

_assessments, _members, _cycles = table_of(Assessment), table_of(Member), table_of(Calibration)
_proposals = table_of(Proposal)
_colleagues, _versions, _setting = table_of(Colleague), table_of(GuideVersion), table_of(Setting)


@dataclass(frozen=True)
class AssessmentFormFacts:
    """Everything a form prints. `own` says that who fills it in is who asks for it."""

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
    as_of: datetime
    zone: tzinfo
    paper: str


def assessment_form_facts(workspace: Workspace, assessment: int) -> AssessmentFormFacts:
    """The facts of one form. Raises NotFound."""
    with workspace.read() as connection:
        return assessment_form_facts_in(connection, assessment)


def assessment_form_facts_in(connection: Connection, assessment: int) -> AssessmentFormFacts:
    """The same inside a read or a step."""
    raters = _colleagues.alias()
    query = (
        select(
            _assessments,
            _versions.c.digest,
            _versions.c.version,
            _colleagues.c.name,
            raters.c.name.label("rater"),
            _cycles.c.name.label("cycle"),
            _cycles.c.window_from,
            _cycles.c.window_to,
        )
        .select_from(
            _assessments.join(_members, _members.c.id == _assessments.c.member_id)
            .join(_colleagues, _colleagues.c.id == _members.c.colleague_id)
            .join(raters, raters.c.id == _assessments.c.rater_id)
            .join(_versions, _versions.c.id == _assessments.c.guide_id)
            .outerjoin(_cycles, _cycles.c.id == _assessments.c.cycle_id)
        )
        .where(_assessments.c.id == assessment)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(tr("There is no assessment {id}.").format(id=assessment))
    settings = connection.execute(select(_setting)).mappings().one()
    me = connection.execute(select(_colleagues).where(_colleagues.c.id == settings["me_id"])).mappings().first()
    guide = read_guide(connection, row["guide_id"])
    spec = assessment_spec(
        row["dimensions"],
        workspace=settings["key"],
        assessment=assessment,
        member=row["member_id"],
        rater=row["rater_id"],
        guide=row["digest"],
        level=row["level"],
    )
    cells = guide.level(row["level"]).cells
    return AssessmentFormFacts(
        spec=spec,
        name=row["name"],
        rater=row["rater"],
        relation=Relation(row["relation"]),
        guide=guide,
        guide_version=row["version"],
        cycle=row["cycle"] or "",
        window=(row["window_from"], row["window_to"]),
        dimensions=tuple(
            KitDimension(d, guide.dimension(d).name, guide.dimension(d).short, anchors(), ()) for d in spec.dimensions
        ),
        sentences=tuple(cells[d].expect for d in spec.dimensions),
        reasons=tuple((str(r), no_score_word(r)) for r in NoScore),
        return_to=me["name"] if me is not None else "",
        return_mail=me["mail"] if me is not None else "",
        own=row["rater_id"] == settings["me_id"],
        as_of=row["started_at"],
        zone=ZoneInfo(settings["time_zone"]),
        paper=settings["paper"],
    )


def anchors() -> tuple[KitAnchor, ...]:
    """What each score means against a level's own sentence."""
    words = (
        tr("Well below the sentence"),
        tr("Below it, or only with help"),
        tr("Does it, and has done so for a while"),
        tr("Goes beyond it"),
    )
    return tuple(KitAnchor(n, said, ()) for n, said in enumerate(words, 1))


def due_forms(workspace: Workspace, cycle: int) -> tuple[int, ...]:
    """The assessments of a calibration that are asked for and not in, in the order they were asked: against the level
    that is proposed. Raises NotFound."""
    with workspace.read() as connection:
        cycle_row(connection, cycle)
        query = (
            select(_assessments.c.id)
            .where(_assessments.c.cycle_id == cycle, _assessments.c.state == CardState.DRAFT)
            .where(_assessments.c.amends_id.is_(None), _assessments.c.level == _proposals.c.target)
            .where(_proposals.c.cycle_id == cycle, _proposals.c.member_id == _assessments.c.member_id)
            .where(_members.c.id == _assessments.c.member_id, _members.c.left_on.is_(None))
            .order_by(_assessments.c.id)
        )
        return tuple(connection.execute(query).scalars())
