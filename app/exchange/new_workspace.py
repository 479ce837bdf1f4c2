"""A new workspace as a person gets it: empty, in their time zone, with the rubrics of the roles they chose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.dates import LOCALTZ

from app.actions import rubric
from app.exchange.shipped import FIRST, load_role
from app.store.create import making


def make_new(path: Path, roles: Sequence[str] = (FIRST,)) -> Path:
    """Write a new workspace with the rubrics of these shipped roles, by their folders, and give its path.

    Raises Refused where the file exists.
    """
    with making(path, time_zone=getattr(LOCALTZ, "key", None) or "UTC") as (workspace, made):
        for role in roles:
            rubric.adopt(workspace, load_role(role))
    return made
