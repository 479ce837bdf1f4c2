"""A cell as one text to edit: an empty line between statements, a dash before each example."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.guide import BAR_OF, Extra, GuideCell, Statement, cell_of
from app.domain.pack_guide import Weight

_DASH = re.compile(r"[-–•]\s+")


def cell_text(cell: GuideCell | None) -> str:
    """The cell's statements and examples as one text; empty where the level is silent."""
    if cell is None:
        return ""
    parts = []
    for said in cell.said:
        lines = [said.text.strip(), *(f"– {' '.join(e.split())}" for e in said.examples)]
        parts.append("\n".join(line for line in lines if line))
    return "\n\n".join(parts).strip()


def cell_from(before: GuideCell | None, text: str, weight: Weight, bar: int | None) -> GuideCell | None:
    """The cell an edited text means; None where it is empty, which makes the level silent there.

    Where the text is what `cell_text` gave, every letter stays as it was. What a statement had beside its text stays
    with the statement that has its words, or its place while there are as many as before.
    """
    wanted = None if weight == "not_expected" else bar or BAR_OF[weight]
    if before is not None and text.strip() == cell_text(before):
        return before.model_copy(update={"weight": weight, "bar": wanted})
    parted = [_parted(part) for part in re.split(r"\n[ \t]*\n", text.strip()) if part.strip()]
    if not parted:
        return None
    said = _with_extras(parted, before)
    cell = cell_of(said, weight, wanted, before.ref if before else None)
    return cell.model_copy(update={"extras": before.extras}) if before and before.statements else cell


def _parted(part: str) -> tuple[str, tuple[str, ...]]:
    words, examples = [], []
    for line in part.splitlines():
        mark = _DASH.match(line.strip())
        if mark is not None:
            examples.append(line.strip()[mark.end() :].strip())
        else:
            words.append(line.strip())
    return "\n".join(words), tuple(e for e in examples if e)


def _with_extras(parted: Sequence[tuple[str, tuple[str, ...]]], before: GuideCell | None) -> list[Statement]:
    known = before.said if before is not None else ()
    by_text = {s.text.strip(): s.extras for s in known}
    in_place = [s.extras for s in known] if len(known) == len(parted) else []
    found = []
    for number, (text, examples) in enumerate(parted):
        place: tuple[Extra, ...] = in_place[number] if in_place else ()
        found.append(Statement(text=text, examples=examples, extras=by_text.get(text, place)))
    return found
