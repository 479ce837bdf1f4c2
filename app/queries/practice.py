"""What the practice page shows: the newest rubric's practice set, the user's scores, and who practised how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.domain.practice import PracticeResult, PracticeSet, practice
from app.domain.rubric import Rubric
from app.queries.lists import current_pack
from app.store.tables import Colleague
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
    """`gym` is None where the pack has none. `mine` are the user's first scores by answer, as one knows it then."""

    version: int
    rubric: Rubric
    gym: PracticeSet | None
    mine: dict[str, int]
    result: PracticeResult
    trained: tuple[Trained, ...]


def practice_page(workspace: Workspace) -> PracticeView | None:
    """What the page shows; None without a rubric."""
    found = current_pack(workspace)
    if found is None:
        return None
    version, pack = found
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
        rubric=pack.rubric,
        gym=pack.gym,
        mine=mine,
        result=practice((score, answers[a].score) for a, score in mine.items()),
        trained=tuple(sorted(people.values(), key=lambda t: t.name)),
    )
