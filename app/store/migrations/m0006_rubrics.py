"""Schema 6: drafts of rubrics, the guide of an opening, exercises of its own, pages of an offer, plans of first years.

A first year that has begun keeps the plan it was begun by: until now that was read from the rubric adopted last.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}


def upgrade(op: Operations) -> None:
    """Add the columns and tables, and give first years that have begun their plan."""
    for column in (
        "rubric_version ADD reason VARCHAR NOT NULL DEFAULT ''",
        "rubric_version ADD by_id INTEGER CONSTRAINT fk_rubric_version_by_id REFERENCES colleague (id)",
        "opening ADD guide_id INTEGER CONSTRAINT fk_opening_guide_id REFERENCES guide_version (id)",
        "offer ADD pages VARCHAR NOT NULL DEFAULT ''",
    ):
        op.execute(f"ALTER TABLE {column}")
    _add_drafts(op)
    _add_own_exercises(op)
    _add_retired_questions(op)
    _keep_first_years(op)


def _add_drafts(op: Operations) -> None:
    """Rubrics that are being written, and findings of the check that were set aside."""
    op.create_table(
        "rubric_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["base_id"], ["rubric_version.id"], name="fk_rubric_draft_base_id"),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_rubric_draft_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rubric_draft"),
        **_NUMBERED,
    )
    op.create_table(
        "rubric_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["rubric_draft.id"], name="fk_rubric_part_draft_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rubric_part"),
        **_NUMBERED,
    )
    op.create_index("ix_rubric_part_draft_id", "rubric_part", ["draft_id"])
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric_version.id"], name="fk_set_aside_rubric_id"),
        sa.ForeignKeyConstraint(["draft_id"], ["rubric_draft.id"], name="fk_set_aside_draft_id"),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_set_aside_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
        **_NUMBERED,
    )
    op.create_index("ix_set_aside_rubric_id", "set_aside", ["rubric_id"])
    op.create_index("ix_set_aside_draft_id", "set_aside", ["draft_id"])


def _add_own_exercises(op: Operations) -> None:
    op.create_table(
        "own_exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name="fk_own_exercise_opening_id"),
        sa.PrimaryKeyConstraint("id", name="pk_own_exercise"),
        **_NUMBERED,
    )
    op.create_index("ix_own_exercise_opening_id", "own_exercise", ["opening_id"])


def _add_retired_questions(op: Operations) -> None:
    op.create_table(
        "retired_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_retired_question_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_retired_question"),
        **_NUMBERED,
    )
    op.create_index("uq_retired_question", "retired_question", ["pack", "question"], unique=True)


def _keep_first_years(op: Operations) -> None:
    op.create_table(
        "first_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_first_year_member_id"),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric_version.id"], name="fk_first_year_rubric_id"),
        sa.PrimaryKeyConstraint("id", name="pk_first_year"),
        **_NUMBERED,
    )
    op.create_index("uq_first_year_member", "first_year", ["member_id"], unique=True)
    bind = op.get_bind()
    begun = bind.exec_driver_sql(
        "SELECT id FROM member WHERE variant <> '' OR id IN (SELECT member_id FROM onboarding_goal) ORDER BY id"
    ).all()
    newest = bind.exec_driver_sql("SELECT id, content FROM rubric_version ORDER BY id DESC LIMIT 1").first()
    if newest is None or not begun:
        return
    plan = json.dumps(
        json.loads(newest.content)["onboarding"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    for member in begun:
        bind.exec_driver_sql(
            "INSERT INTO first_year (member_id, rubric_id, content) VALUES (?, ?, ?)", (member.id, newest.id, plan)
        )
