"""What the form of an interview must say of itself now: the one place where its spec is made from rows."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, select

from app.domain.rubric import Rubric
from app.domain.scorecard_form import FormSpec, form_spec
from app.errors import NotFound
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Interview, Opening, RubricVersion, Setting
from app.store.tables_panel import PlanRound
from app.words import tr

_interview, _round, _application = table_of(Interview), table_of(PlanRound), table_of(Application)
_opening, _version, _setting = table_of(Opening), table_of(RubricVersion), table_of(Setting)


def spec_in(connection: Connection, interview: int) -> tuple[FormSpec, Rubric]:
    """What a form of this interview must say of itself, and the rubric it is read by. Raises NotFound."""
    query = (
        select(
            _interview,
            _round.c.position,
            _application.c.candidate_id,
            _opening.c.level,
            _opening.c.rubric_id,
            _version.c.digest,
        )
        .select_from(
            _interview.join(_round, _round.c.id == _interview.c.round_id)
            .join(_application, _application.c.id == _interview.c.application_id)
            .join(_opening, _opening.c.id == _application.c.opening_id)
            .join(_version, _version.c.id == _opening.c.rubric_id)
        )
        .where(_interview.c.id == interview)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(tr("There is no interview {id}.").format(id=interview))
    key: str = connection.execute(select(_setting.c.key)).scalar_one()
    rubric = read_pack(connection, row["rubric_id"]).rubric
    return spec_of_row(row, key, rubric), rubric


def spec_of_row(row: RowMapping, key: str, rubric: Rubric) -> FormSpec:
    """The same for a row that has an interview's columns, its round's position, candidate, level and digest."""
    return form_spec(
        rubric,
        row["dimensions"],
        workspace=key,
        interview=row["id"],
        application=row["application_id"],
        candidate=row["candidate_id"],
        interviewer=row["interviewer_id"],
        digest=row["digest"],
        level=row["level"],
        round=row["position"] + 1,
    )
