"""Schema 8: the index of words that can be found."""

from __future__ import annotations

from alembic.operations import Operations

from app.store.search_index import make_index


def upgrade(op: Operations) -> None:
    """Add the index and mark every row for it; it is filled once the file is open."""
    make_index(op.get_bind())
