"""What a rubric's file holds: the pack as plain values, in one order however it was kept."""

from __future__ import annotations

from typing import Any

from app.domain.pack import PARTS, Pack


def content_of(pack: Pack) -> dict[str, Any]:
    """The rubric's own fields, then what stands beside it; a level's cells in the order of the strip."""
    content = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    ordered = {"rubric": content["rubric"], **{name: content[name] for name in PARTS if name in content}}
    if pack.levels is not None:
        for level in ordered["levels"]["levels"]:
            level["cells"] = {d: level["cells"][d] for d in pack.rubric.dimension_ids if d in level["cells"]}
    return ordered
