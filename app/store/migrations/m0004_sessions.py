"""Schema 4: what held when a session began, chosen work stories, and which check-in of the first year a talk is."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic.operations import Operations

_DAYS = (7, 14, 30, 60, 90, 180, 365)


def upgrade(op: Operations) -> None:
    """Add the columns and the table, and fill in what older rows tell."""
    for column in (
        "proposal ADD level VARCHAR NOT NULL DEFAULT ''",
        "proposal ADD manager_id INTEGER CONSTRAINT fk_proposal_manager_id REFERENCES colleague (id)",
        "growth_talk ADD day INTEGER",
    ):
        op.execute(f"ALTER TABLE {column}")
    op.create_table(
        "work_story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_work_story_proposal_id"),
        sa.ForeignKeyConstraint(["rater_id"], ["colleague.id"], name="fk_work_story_rater_id"),
        sa.PrimaryKeyConstraint("id", name="pk_work_story"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_work_story", "work_story", ["proposal_id", "dimension", "rater_id"], unique=True)
    _keep_what_held(op)
    _name_first_year(op)


def _keep_what_held(op: Operations) -> None:
    """Level and manager of sessions that have begun, as they are now: nothing older is known."""
    op.execute(
        "UPDATE proposal SET (level, manager_id) ="
        " (SELECT level, manager_id FROM member WHERE member.id = proposal.member_id)"
        " WHERE cycle_id IN (SELECT id FROM cycle WHERE started_at IS NOT NULL)"
    )


def _name_first_year(op: Operations) -> None:
    """A check-in of the first year is the one whose day lies nearest; a weekend moved it by two days at most."""
    bind = op.get_bind()
    talks = bind.execute(
        sa.text(
            "SELECT growth_talk.id, due_on, started_on FROM growth_talk JOIN member ON member.id = member_id"
            " WHERE plan_id IS NULL AND due_on IS NOT NULL AND started_on IS NOT NULL"
        )
    ).all()
    for row, due_on, started_on in talks:
        passed = (date.fromisoformat(due_on) - date.fromisoformat(started_on)).days
        day = min(_DAYS, key=lambda known: abs(known - passed))
        bind.execute(sa.text("UPDATE growth_talk SET day = :day WHERE id = :id"), {"day": day, "id": row})
