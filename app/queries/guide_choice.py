"""The guides a member can be kept by: the newest version of each name, the one in use first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.rubric_from_guide import dimensions_left
from app.store.guide import guide_number, guide_used, newest_guides, read_guide


@dataclass(frozen=True)
class GuideChoice:
    """The newest version of a guide, its levels as id and words, and whether it is the one in use. `too_many` names the
    dimensions for which a rubric that is begun from it has no room."""

    id: int
    name: str
    version: int
    levels: tuple[tuple[str, str], ...]
    in_use: bool
    too_many: tuple[str, ...] = ()


def guide_choices(connection: Connection) -> tuple[GuideChoice, ...]:
    """Every guide by its name, the one in use first."""
    used = guide_used(connection)
    found = []
    for name, row in newest_guides(connection).items():
        guide = read_guide(connection, row)
        levels = tuple((one.id, level_words(one.id, one.title)) for one in guide.in_order)
        number = guide_number(connection, row)
        found.append(GuideChoice(row, name, number, levels, row == used, dimensions_left(guide)))
    return tuple(sorted(found, key=lambda one: not one.in_use))


def level_words(level: str, title: str) -> str:
    """A level as a choice says it; its id alone where that is its title."""
    return level if level == title else f"{level} · {title}"


def levels_of(choices: Sequence[GuideChoice], guide: int | None) -> tuple[tuple[str, str], ...]:
    """The levels of a guide that may be chosen; none of one that may not."""
    return next((one.levels for one in choices if one.id == guide), ())
