"""The colours of paper: the light half of the tokens."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

from reportlab.lib.colors import HexColor

from app.resources import resource

PAPER = "panel"
"""The ground everything stands on."""


@lru_cache(maxsize=1)
def _tokens() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource("tokens.json").read_text("utf-8"))
    return found


@cache
def colour(name: str) -> Any:
    """A reportlab colour by its token, for instance `ink_soft`."""
    return HexColor(_tokens()["light"][name])


@cache
def score_colours(place: int) -> tuple[Any, Any]:
    """Fill and figure of a score by its place against the bar, 1 (well below) to 4 (above)."""
    fill, figure = _tokens()["score"]["light"][str(place)]
    return HexColor(fill), HexColor(figure)


@cache
def empty_colour() -> Any:
    """The outline of a cell without a score."""
    return HexColor(_tokens()["score"]["light"]["none"])
