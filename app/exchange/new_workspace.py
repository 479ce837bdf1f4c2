"""A new workspace as a person gets it: empty, in their time zone, with the shipped rubric adopted."""

from __future__ import annotations

from pathlib import Path

from babel.dates import LOCALTZ

from app.actions import rubric
from app.exchange.packs import load_pack
from app.resources import packs
from app.store.create import making


def make_new(path: Path) -> Path:
    """Write a new workspace and give its path. Raises Refused where the file exists."""
    with making(path, time_zone=getattr(LOCALTZ, "key", None) or "UTC") as (workspace, made):
        rubric.adopt(workspace, load_pack(packs() / "ml-engineering-manager"))
    return made
