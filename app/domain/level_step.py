"""From one level of a guide to another: the next one, or a step that somebody should be asked about."""

from __future__ import annotations

from enum import StrEnum

from app.domain.guide import Guide

PROMOTION = "promotion"


class LevelStep(StrEnum):
    """What a proposal is: the next level of the track, one further up, the same, one down, or another track's."""

    NEXT = "next"
    SKIP = "skip"
    SAME = "same"
    DOWN = "down"
    OTHER_TRACK = "other track"
    UNKNOWN = "unknown"


def next_level(guide: Guide, level: str) -> str | None:
    """The level after one: what the guide calls its promotion within the track, else the next of the track's order.

    None at the top of a track, and for a level the guide does not have.
    """
    track = next((track for track in guide.tracks if level in track.order), None)
    if track is None:
        return None
    ways = [way.to for way in guide.ways_from(level) if way.kind == PROMOTION and way.to in track.order]
    place = track.order.index(level)
    after = track.order[place + 1] if place + 1 < len(track.order) else None
    return after if after in ways or not ways else ways[0]


def level_step(guide: Guide, level: str, target: str) -> LevelStep:
    """What a step from a level to another is."""
    if level == target:
        return LevelStep.SAME
    if target == next_level(guide, level):
        return LevelStep.NEXT
    track = next((track for track in guide.tracks if level in track.order), None)
    if track is None or target not in {known.id for known in guide.levels}:
        return LevelStep.UNKNOWN
    if target not in track.order:
        return LevelStep.OTHER_TRACK
    return LevelStep.SKIP if track.order.index(target) > track.order.index(level) else LevelStep.DOWN
