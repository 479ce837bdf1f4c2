"""What the practice page shows: a rubric's practice set, the user's scores, and who practised how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.domain.practice import PracticeResult, PracticeSet, practice
from app.domain.rubric import Rubric
from app.queries.rubrics import RubricRow, rows_in, rubric_shown
from app.store.rubric import read_pack
from app.store.tables import Colleague, RubricVersion
from app.store.tables_practice import PracticeScore
from app.store.workspace import Workspace


@dataclass(frozen=True)
class Trained:
    """A colleague's practice: how many answers they scored, and when last. How well is for them alone."""

    name: str
    answers: int
    last: date


@dataclass(frozen=True)
class PracticeView:
    """`choices` are the rubrics that have a practice set; `gym` is None where this one has none. `mine` are the user's
    first scores by answer, as one knows it then."""

    version: int
    choices: tuple[RubricRow, ...]
    rubric: Rubric
    gym: PracticeSet | None
    mine: dict[str, int]
    result: PracticeResult
    trained: tuple[Trained, ...]


def practice_page(workspace: Workspace, wanted: int | None = None) -> PracticeView | None:
    """What the page shows of the rubric that is wanted; None without one to practise on."""
    with workspace.read() as connection:
        newest = [row for row in rows_in(connection) if row.newest]
        choices = tuple(row for row in newest if read_pack(connection, row.id).gym is not None)
    shown = rubric_shown(workspace, wanted if wanted is not None or not choices else choices[0].id)
    if shown is None:
        return None
    version, pack = shown.chosen.id, shown.pack
    zone, me = workspace.zone, workspace.me
    with workspace.read() as connection:
        query = (
            select(
                col(PracticeScore.colleague_id),
                col(PracticeScore.answer),
                col(PracticeScore.score),
                col(PracticeScore.at),
                col(Colleague.name),
            )
            .select_from(PracticeScore)
            .join(Colleague, col(Colleague.id) == col(PracticeScore.colleague_id))
            .join(RubricVersion, col(RubricVersion.id) == col(PracticeScore.rubric_id))
            .where(col(RubricVersion.pack) == pack.id)
            .order_by(col(PracticeScore.id))
        )
        rows = connection.execute(query).all()
    answers = {a.id: a for a in pack.gym.answers} if pack.gym is not None else {}
    mine: dict[str, int] = {}
    people: dict[int, Trained] = {}
    seen: dict[int, set[str]] = {}
    for colleague, answer, score, at, name in rows:
        if colleague == me and answer in answers:
            mine.setdefault(answer, score)
        seen.setdefault(colleague, set()).add(answer)
        people[colleague] = Trained(name, len(seen[colleague]), at.astimezone(zone).date())
    return PracticeView(
        version=version,
        choices=choices,
        rubric=pack.rubric,
        gym=pack.gym,
        mine=mine,
        result=practice((score, answers[a].score) for a, score in mine.items()),
        trained=tuple(sorted(people.values(), key=lambda t: t.name)),
    )
