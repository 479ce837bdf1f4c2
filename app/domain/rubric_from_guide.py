"""A rubric begun from a leveling guide: its dimensions, and one level with the ones beside it as anchors.

What the level asks is the bar, 3; what the level below asks is 2, what the one above asks is 4. A guide says nothing
of a 1, of questions or of signals: those stay open.
"""

from __future__ import annotations

import re
from typing import Any

from app.domain.guide import Guide, GuideCell
from app.domain.rubric import MOST
from app.domain.rubric_draft import (
    DIMENSION,
    NewPart,
    empty_dimension,
    empty_parts,
    free_id,
    narrow_name,
    short_name,
    slug,
)

_LONGEST = 800  # characters of one text
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d])")


def parts_from_guide(guide: Guide, level: str, name: str) -> list[NewPart]:
    """The parts of such a draft. Raises KeyError for a level the guide has not.

    Of a guide with more than 16 dimensions the first 16 are taken; `dimensions_left` names the others.
    """
    below, above = beside(guide, level)
    at = {2: below, 3: level, 4: above}
    found = [part for part in empty_parts(name, _plain(level)) if part[0] != DIMENSION]
    taken: list[str] = []
    narrow: list[str] = []
    for known in guide.dimensions[:MOST]:
        made = empty_dimension(free_id(slug(known.id).replace("-", "_"), taken))
        taken.append(made["id"])
        short = known.short if len(known.short) <= 30 else short_name(known.name)
        narrow.append(narrow_name(short, narrow))
        made |= {"name": _one_line(known.name), "short": short, "narrow": narrow[-1]}
        made["definition"] = _one_line(known.definition)
        for score, whose in at.items():
            cell = guide.level(whose).cells.get(known.id) if whose is not None else None
            made["anchors"][score - 1] = {"score": score, **_anchor(cell)}
        found.append((DIMENSION, made))
    return found


def beside(guide: Guide, level: str) -> tuple[str | None, str | None]:
    """The levels below and above a level on its track; None at an end. Raises KeyError."""
    order = guide.track(guide.level(level).track).order
    at = order.index(level)
    return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)


def dimensions_left(guide: Guide) -> tuple[str, ...]:
    """The names of dimensions that a rubric has no room for."""
    return tuple(d.name for d in guide.dimensions[MOST:])


def _anchor(cell: GuideCell | None) -> dict[str, Any]:
    """A cell as an anchor: its first sentence as the summary, everything else as behaviours."""
    if cell is None or cell.weight == "not_expected":
        return {"summary": "", "behaviours": []}
    lines = [line for said in cell.said for line in (*said.text.splitlines(), *said.examples)]
    texts = [_one_line(line) for line in lines if _one_line(line)]
    if len(texts) == 1:
        texts = [s for s in _SENTENCES.split(texts[0]) if s]
    return {"summary": texts[0] if texts else "", "behaviours": texts[1:]}


def _one_line(text: str) -> str:
    return " ".join(text.split()).lstrip("–-•* ").strip()[:_LONGEST]


def _plain(level: str) -> str:
    """A level's id as a rubric takes it."""
    return level if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,47}", level) else slug(level)
