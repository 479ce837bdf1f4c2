"""A step from one level to another, in words."""

from __future__ import annotations

from app.domain.level_step import LevelStep
from app.words import tr


def step_words(step: LevelStep) -> str:
    """What is odd about a proposal; nothing for the next level."""
    return {
        LevelStep.NEXT: "",
        LevelStep.SKIP: tr("skips a level"),
        LevelStep.SAME: tr("the level they hold"),
        LevelStep.DOWN: tr("below the level they hold"),
        LevelStep.OTHER_TRACK: tr("another track"),
        LevelStep.UNKNOWN: tr("the guide does not know their level"),
    }[step]
