"""A new workspace as a person gets it: empty, in their time zone, with the shipped rubric adopted."""

from __future__ import annotations

from pathlib import Path

from babel.dates import LOCALTZ

from app.actions import rubric
from app.exchange.packs import load_pack
from app.resources import packs
from app.store.workspace import create_workspace


def make_new(path: Path) -> Path:
    """Write a new workspace and give its path. Raises Refused where the file exists."""
    workspace = create_workspace(path, time_zone=getattr(LOCALTZ, "key", None) or "UTC")
    try:
        rubric.adopt(workspace, load_pack(packs() / "ml-engineering-manager"))
    finally:
        workspace.close()
    return workspace.path
