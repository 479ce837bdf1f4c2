"""A candidate's own facts, whole."""

from __future__ import annotations

from app.domain.candidate import FIELDS, CandidateFacts
from app.store.tables import Candidate


def candidate_facts(row: Candidate) -> CandidateFacts:
    """The facts in a candidate's row."""
    return CandidateFacts(**{field.key: getattr(row, field.key) for field in FIELDS})
