"""A rubric's draft read back: its parts in their order."""

from __future__ import annotations

import json

from sqlalchemy import Connection
from sqlmodel import col

from app.domain.rubric_draft import Part
from app.store.columns import rows_of
from app.store.tables_rubric import RubricPart


def draft_parts(connection: Connection, draft: int) -> tuple[Part, ...]:
    """The parts of a draft by section and place; nothing for a draft that is gone."""
    order = [col(RubricPart.section), col(RubricPart.position), col(RubricPart.id)]
    rows = rows_of(connection, RubricPart, col(RubricPart.draft_id) == draft, order_by=order)
    return tuple(Part(row.id, row.section, row.position, json.loads(row.content)) for row in rows)
