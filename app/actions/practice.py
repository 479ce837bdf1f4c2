"""Practising in the calibration gym: each answer scored is kept as training, beside the experts' score."""

from __future__ import annotations

from app.domain.operations import Op
from app.domain.scorecard import SCORES
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.rubric import read_pack
from app.store.tables_practice import PracticeScore
from app.store.workspace import Workspace
from app.words import tr


def score(workspace: Workspace, rubric: int, answer: str, given: int) -> ChangeReport:
    """Keep my score of an answer of a rubric version's gym. Raises Refused where there is no such answer."""
    with workspace.step(Op.TRAIN) as step:
        gym = read_pack(step.connection, rubric).gym
        known = next((a for a in gym.answers if a.id == answer), None) if gym is not None else None
        if known is None or given not in SCORES:
            raise Refused(tr("There is no such answer to score."), tr("Choose one of the gym, and a score of 1 to 4."))
        if step.who is None:
            raise Refused(tr("Nobody is practising."), tr("Say in Settings who you are."))
        step.add(
            PracticeScore,
            colleague_id=step.who,
            rubric_id=rubric,
            answer=answer,
            dimension=known.dimension,
            score=given,
            expert=known.score,
            at=step.at,
        )
        step.words = tr("training")
    return step.report()
