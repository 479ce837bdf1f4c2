"""Assessments: who rates a member, in which relation, and what is missing before one may be submitted."""

from __future__ import annotations

from enum import StrEnum


class Relation(StrEnum):
    """How a rater stands to the member."""

    SELF = "self"
    MANAGER = "manager"
    PEER = "peer"
