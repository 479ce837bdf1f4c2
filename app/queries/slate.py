"""The slate of an opening: candidates side by side, dimension by dimension; never a ranked list."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from sqlalchemy import Connection, select

from app.domain.panel import Panel, told_apart
from app.domain.rubric import Rubric
from app.errors import NotFound
from app.queries.decision import decisions_of
from app.records.independence import written_after_opening
from app.records.panel_scores import judged, open_variance
from app.records.plan import rule_of
from app.records.visibility import sealings
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Opening, Stage
from app.store.workspace import Workspace
from app.words import tr

_application, _candidate, _opening, _stage = (
    table_of(Application),
    table_of(Candidate),
    table_of(Opening),
    table_of(Stage),
)


@dataclass(frozen=True)
class Slated:
    """A candidate whose cards are open to me, with what the rule says of the scores from before their debrief.

    `not_alone` counts the cards among them whose author could read the others when they wrote it.
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
    """Everybody who can be seen side by side, in the order they applied; `sealed` counts who can't be yet.

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
        head = connection.execute(select(_opening).where(_opening.c.id == opening)).mappings().first()
        if head is None:
            raise NotFound(tr("There is no opening {id}.").format(id=opening))
        query = (
            select(_application.c.id, _application.c.outcome, _candidate.c.name, _stage.c.name.label("stage"))
            .select_from(_application.join(_candidate).join(_stage))
            .where(_application.c.opening_id == opening)
            .order_by(_application.c.id)
        )
        rows = connection.execute(query).all()
        sealing = sealings(connection, [r.id for r in rows])
        with_cards = [r for r in rows if sealing[r.id].cards_in]
        shown = [r for r in with_cards if workspace.me is not None and sealing[r.id].open_to(workspace.me)]
        variance = open_variance(connection, workspace.me)
        people = tuple(_slated(connection, r.id, r.name, r.stage, r.outcome, variance) for r in shown)
        return Slate(
            opening=opening,
            code=head["code"],
            role=head["role"],
            level=head["level"],
            rubric=read_pack(connection, head["rubric_id"]).rubric,
            people=people,
            sealed=sum(r.outcome == "active" for r in with_cards if r not in shown),
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
