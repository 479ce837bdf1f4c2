"""The slate of an opening: candidates side by side, dimension by dimension; never a ranked list."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.panel import PRIOR_VARIANCE, Panel, told_apart
from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.errors import NotFound
from app.queries.decision import decisions_of
from app.records.independence import written_after_opening
from app.records.panel_scores import judged, open_variance
from app.records.plan import rule_of
from app.records.visibility import sealings
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Opening, Stage
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class Slated:
    """A candidate whose cards the user may see, with the result of the scores from before their debrief.

    `not_alone` counts the cards whose author could read the other ones when writing it.
    """

    application: int
    name: str
    stage: str
    outcome: str
    verdict: str | None
    panel: Panel
    must_have: frozenset[str]
    not_alone: int = 0


@dataclass(frozen=True)
class Slate:
    """The candidates whose cards are open, in the order they applied; `sealed` counts the others.

    `alike` are pairs inside each other's band, `apart` pairs that are not.
    """

    opening: int
    code: str
    role: str
    level: str
    rubric: Rubric
    people: tuple[Slated, ...]
    sealed: int
    alike: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]


def slate(workspace: Workspace, opening: int) -> Slate:
    """The slate of an opening as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        head = select(col(Opening.code), col(Opening.role), col(Opening.level), col(Opening.rubric_id))
        found = connection.execute(head.where(col(Opening.id) == opening)).first()
        if found is None:
            raise NotFound(tr("There is no opening {id}.").format(id=opening))
        code, role, level, version = found
        query = (
            select(col(Application.id), col(Candidate.name), col(Stage.name), col(Application.outcome))
            .select_from(Application)
            .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
            .join(Stage, col(Stage.id) == col(Application.stage_id))
            .where(col(Application.opening_id) == opening)
            .order_by(col(Application.id))
        )
        rows = connection.execute(query).all()
        sealing = sealings(connection, [application for application, *_ in rows])
        with_cards = [row for row in rows if sealing[row[0]].cards_in]
        shown = [row for row in with_cards if workspace.me is not None and sealing[row[0]].open_to(workspace.me)]
        variance = open_variance(connection, workspace.me, shown[0][0]) if shown else PRIOR_VARIANCE
        people = tuple(_slated(connection, *row, variance) for row in shown)
        sealed = [outcome for application, _, _, outcome in with_cards if application not in {r[0] for r in shown}]
        return Slate(
            opening=opening,
            code=code,
            role=role,
            level=level,
            rubric=read_pack(connection, version).rubric,
            people=people,
            sealed=sealed.count(Outcome.ACTIVE),
            alike=_pairs(people, apart=False),
            apart=_pairs(people, apart=True),
        )


def _slated(
    connection: Connection, application: int, name: str, stage: str, outcome: str, variance: Fraction
) -> Slated:
    decisions = decisions_of(connection, application, sealed=False)
    result = judged(connection, application, variance)
    return Slated(
        application=application,
        name=name,
        stage=stage,
        outcome=outcome,
        verdict=decisions[-1].verdict if decisions else None,
        panel=result.first,
        must_have=rule_of(connection, application).must_have,
        not_alone=len(written_after_opening(connection, application).intersection(result.first_cards)),
    )


def _pairs(people: tuple[Slated, ...], *, apart: bool) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.name, other.name) for one, other in combinations(people, 2) if told_apart(one.panel, other.panel) is apart
    )
