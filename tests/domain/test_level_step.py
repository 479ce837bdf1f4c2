"""The next level, and the steps that somebody should be asked about."""

from __future__ import annotations

import pytest

from app.domain.guide import guide_of_pack
from app.domain.level_step import LevelStep, level_step, next_level
from tests.actions.panel import PACK

GUIDE = guide_of_pack(PACK)


def test_the_next_level_is_the_one_after_in_its_track() -> None:
    for track in GUIDE.tracks:
        after = [next_level(GUIDE, level) for level in track.order]
        assert after == [*track.order[1:], None]
    assert next_level(GUIDE, "CEO") is None


@pytest.mark.parametrize(
    ("level", "target", "step"),
    [
        ("MLE2", "MLE3", LevelStep.NEXT),
        ("MLE2", "MLE4", LevelStep.SKIP),
        ("MLE2", "MLE2", LevelStep.SAME),
        ("MLE3", "MLE2", LevelStep.DOWN),
        ("MLE3", "M1", LevelStep.OTHER_TRACK),
        ("CEO", "M1", LevelStep.UNKNOWN),
        ("MLE3", "CEO", LevelStep.UNKNOWN),
    ],
)
def test_a_step_is_named(level: str, target: str, step: LevelStep) -> None:
    assert level_step(GUIDE, level, target) is step
