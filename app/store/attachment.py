"""Attached files by the hash of their bytes: the same file twice is kept once."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, delete, select, union
from sqlalchemy.dialects import sqlite as dialect

from app.store.columns import table_of
from app.store.step import Step
from app.store.tables import Attachment, Blob
from app.store.tables_forms import ReturnedForm
from app.store.tables_growth import ReturnedAssessment

_attached, _blob, _returned = table_of(Attachment), table_of(Blob), table_of(ReturnedForm)
_assessed = table_of(ReturnedAssessment)


def digest_of(content: bytes) -> str:
    """Under what bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def keep_bytes(step: Step, content: bytes) -> str:
    """Keep the bytes in the running step and give their SHA-256."""
    digest = digest_of(content)
    step.connection.execute(dialect.insert(_blob).values(digest=digest, content=content).on_conflict_do_nothing())
    return digest


def bytes_of(connection: Connection, attachment: int) -> bytes | None:
    """An attachment's bytes, or None where there is no such attachment."""
    query = select(_blob.c.content).select_from(_attached.join(_blob)).where(_attached.c.id == attachment)
    content: bytes | None = connection.execute(query).scalar()
    return content


def drop_unused(step: Step) -> int:
    """Delete bytes that no attachment and no returned form points to any more; gives how many.

    Undo needs them until the window closes.
    """
    used = union(select(_attached.c.digest), select(_returned.c.digest), select(_assessed.c.digest))
    return step.connection.execute(delete(_blob).where(_blob.c.digest.not_in(used))).rowcount
