"""Schema 7: transcripts of recorded calls, consent to the recording, and evidence that has its place in the call."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}


def upgrade(op: Operations) -> None:
    """Add the columns and tables; no row that is there says anything of a recording."""
    setting = "transcripts VARCHAR NOT NULL DEFAULT 'submit' CONSTRAINT ck_workspace_transcripts"
    op.execute(f"ALTER TABLE workspace ADD {setting} CHECK (transcripts IN ('submit', 'decision', 'kept'))")
    op.execute("ALTER TABLE note ADD said_at INTEGER")
    op.execute("ALTER TABLE note ADD speaker VARCHAR")
    op.create_table(
        "recording_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name="fk_recording_consent_interview_id"),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_recording_consent_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recording_consent"),
        **_NUMBERED,
    )
    op.create_index("uq_recording_consent_interview", "recording_consent", ["interview_id"], unique=True)
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecard.id"], name="fk_transcript_scorecard_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
        **_NUMBERED,
    )
    op.create_index("ix_transcript_scorecard_id", "transcript", ["scorecard_id"])
    op.create_index("uq_transcript_key", "transcript", ["key"], unique=True)
