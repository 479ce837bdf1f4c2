"""The table of the calibration gym, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, key, to, utc


class PracticeScore(HistoryRow, table=True):
    """One written answer of the pack scored in the calibration gym; `expert` is the score the pack gives it."""

    __tablename__ = "training"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.TRAINING
    person: ClassVar[tuple[str, ...]] = ("colleague_id",)

    id: int = key()
    colleague_id: int = to("colleague.id")
    rubric_id: int = to("rubric_version.id", index=False)
    answer: str
    dimension: str
    score: int
    expert: int
    at: datetime = utc()
