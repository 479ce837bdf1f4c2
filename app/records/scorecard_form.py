"""What the form of an interview must say of itself now: the one place where its spec is made from rows."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.rubric import Rubric
from app.domain.scorecard_form import FormSpec, form_spec
from app.errors import NotFound
from app.store.columns import rows_with
from app.store.rubric import read_pack
from app.store.tables import Application, Interview, Opening, RubricVersion, Setting
from app.store.tables_panel import PlanRound
from app.words import tr


def spec_in(connection: Connection, interview: int) -> tuple[FormSpec, Rubric]:
    """What a form of this interview must say of itself, and the rubric it is read by. Raises NotFound."""
    query = (
        select(
            col(PlanRound.position),
            col(Application.candidate_id),
            col(Opening.level),
            col(Opening.rubric_id),
            col(RubricVersion.digest),
        )
        .select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(RubricVersion, col(RubricVersion.id) == col(Opening.rubric_id))
        .where(col(Interview.id) == interview)
    )
    found = rows_with(connection, query, Interview)
    if not found:
        raise NotFound(tr("There is no interview {id}.").format(id=interview))
    planned, position, candidate, level, version, digest = found[0]
    rubric = read_pack(connection, version).rubric
    spec = form_spec(
        rubric,
        planned.dimensions,
        workspace=connection.execute(select(col(Setting.key))).scalar_one(),
        interview=planned.id,
        application=planned.application_id,
        candidate=candidate,
        interviewer=planned.interviewer_id,
        digest=digest,
        level=level,
        round=position + 1,
    )
    return spec, rubric
