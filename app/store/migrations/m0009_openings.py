"""Schema 9: openings with pay, a description and closings; mails, invitations, stages by name, work put off.

What candidates say of themselves of their own will, and cards from other programs, get tables of their own. An opening
that is cancelled has been closed once, on that day and for that reason; by whom was never kept.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

_MAILS = "'invitation', 'expect', 'thanks', 'rejection', 'offer', 'reminder'"
_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}


def upgrade(op: Operations) -> None:
    """Add the columns and tables, and the closing of every cancelled opening."""
    for column in (
        "opening ADD filled_on DATE",
        "opening ADD pay_from INTEGER",
        "opening ADD pay_to INTEGER",
        "opening ADD pay_currency VARCHAR NOT NULL DEFAULT ''",
        (
            "opening ADD pay_period VARCHAR NOT NULL DEFAULT 'year' CONSTRAINT ck_opening_pay_period "
            "CHECK (pay_period IN ('year', 'month', 'hour'))"
        ),
        "opening ADD pay_criteria VARCHAR NOT NULL DEFAULT ''",
        "opening ADD description VARCHAR NOT NULL DEFAULT ''",
        "application ADD pay_told_on DATE",
        "application ADD pay_told VARCHAR NOT NULL DEFAULT ''",
    ):
        op.execute(f"ALTER TABLE {column}")
    _add_openings(op)
    _add_mails(op)
    _add_people(op)


def _add_openings(op: Operations) -> None:
    _table(
        op,
        "opening_closing",
        _reference("opening"),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        _reference("colleague", "reopened_by_id", null=True, index=False),
        sa.CheckConstraint("how IN ('filled', 'cancelled')", name="ck_opening_closing_how"),
    )
    op.execute(
        "INSERT INTO opening_closing (opening_id, how, closed_on, reason) "
        "SELECT id, 'cancelled', cancelled_on, cancel_reason FROM opening WHERE cancelled_on IS NOT NULL ORDER BY id"
    )
    _table(
        op,
        "stage_template",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("stages", sa.Text(), nullable=False),
        sa.UniqueConstraint("name", name="uq_stage_template_name"),
    )


def _add_mails(op: Operations) -> None:
    _table(
        op,
        "mail_template",
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.CheckConstraint(f"mail IN ({_MAILS})", name="ck_mail_template_mail"),
    )
    op.create_index("uq_mail_template", "mail_template", ["mail", "stage", "language"], unique=True)
    _table(
        op,
        "mail_draft",
        _reference("application"),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.CheckConstraint(f"mail IN ({_MAILS})", name="ck_mail_draft_mail"),
    )
    _table(
        op,
        "invitation",
        _reference("application"),
        sa.Column("interview", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("attendees", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
    )
    op.create_index("ix_invitation_interview", "invitation", ["interview"])


def _add_people(op: Operations) -> None:
    _table(
        op,
        "demographic",
        _reference("candidate", index=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
    )
    op.create_index("uq_demographic", "demographic", ["candidate_id", "question"], unique=True)
    _table(
        op,
        "put_off",
        _reference("colleague", index=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
    )
    op.create_index("uq_put_off", "put_off", ["colleague_id", "what"], unique=True)
    _table(
        op,
        "imported_card",
        _reference("application"),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("held_at", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.Text(), nullable=True),
        sa.Column("overall", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
    )
    _table(
        op,
        "imported_mark",
        _reference("imported_card", "card_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="ck_imported_mark_score"),
    )


class _Reference:
    """A column that names a row of another table."""

    def __init__(self, target: str, column: str, *, null: bool, index: bool) -> None:
        self.target, self.name, self.null, self.index = target, column, null, index


def _reference(target: str, column: str = "", *, null: bool = False, index: bool = True) -> _Reference:
    return _Reference(target, column or f"{target}_id", null=null, index=index)


def _table(op: Operations, name: str, *parts: Any) -> None:
    columns: list[Any] = [sa.Column("id", sa.Integer(), nullable=False)]
    keys: list[Any] = []
    for part in parts:
        if isinstance(part, _Reference):
            columns.append(sa.Column(part.name, sa.Integer(), nullable=part.null))
            keys.append(sa.ForeignKeyConstraint([part.name], [f"{part.target}.id"], name=f"fk_{name}_{part.name}"))
        else:
            columns.append(part)
    op.create_table(name, *columns, *keys, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), **_NUMBERED)
    for part in parts:
        if isinstance(part, _Reference) and part.index:
            op.create_index(f"ix_{name}_{part.name}", name, [part.name])
