"""Schema 2: plans as versions with seats and their rule, debriefs, approvals, offers, returned forms, training."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

_FACTS: dict[str, Any] = {"sqlite_autoincrement": True}
_ZONES = "zone IS NULL OR zone IN ('supports_hire', 'supports_no_hire', 'mixed')"


def upgrade(op: Operations) -> None:
    """From one plan an opening to versions of it; the rest is new."""
    _widen(op)
    _make_plans(op)
    _move_rounds(op)
    _make_debriefs(op)
    _make_offers(op)


def _widen(op: Operations) -> None:
    """Columns that older rows have no say in."""
    for column in (
        "workspace ADD organisation VARCHAR NOT NULL DEFAULT ''",
        "workspace ADD organisation_place VARCHAR NOT NULL DEFAULT ''",
        "workspace ADD forms_folder VARCHAR NOT NULL DEFAULT ''",
        "opening ADD cancelled_on DATE",
        "opening ADD cancel_reason VARCHAR NOT NULL DEFAULT ''",
        "interview ADD dimensions TEXT NOT NULL DEFAULT '[]'",
        "interview ADD shadow BOOLEAN NOT NULL DEFAULT 0",
        "packet ADD interview_id INTEGER CONSTRAINT fk_packet_interview_id REFERENCES interview (id)",
        f"decision ADD zone VARCHAR CONSTRAINT ck_decision_zone CHECK ({_ZONES})",
        "decision ADD departure VARCHAR NOT NULL DEFAULT ''",
        "decision ADD conditions TEXT NOT NULL DEFAULT '[]'",
        "decision ADD hold_dimension VARCHAR NOT NULL DEFAULT ''",
        "decision ADD hold_exercise VARCHAR NOT NULL DEFAULT ''",
    ):
        op.execute(f"ALTER TABLE {column}")
    op.create_index("ix_packet_interview_id", "packet", ["interview_id"])
    op.execute(
        "UPDATE interview SET dimensions = (SELECT dimensions FROM plan_round WHERE plan_round.id = interview.round_id)"
    )


def _make_plans(op: Operations) -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("must_have", sa.Text(), nullable=False),
        sa.Column("hire_from", sa.String(), nullable=False),
        sa.Column("mixed_from", sa.String(), nullable=False),
        sa.Column("without_score_allowed", sa.Integer(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name="fk_plan_opening_id"),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_plan_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        **_FACTS,
    )
    op.create_index("uq_plan_opening_version", "plan", ["opening_id", "version"], unique=True)
    op.create_table(
        "plan_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_template"),
        sa.UniqueConstraint("name", name="uq_plan_template_name"),
        **_FACTS,
    )
    op.create_table(
        "plan_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=True),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.Column("shadow", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["plan_round.id"], name="fk_plan_seat_round_id"),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], name="fk_plan_seat_colleague_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_seat"),
        **_FACTS,
    )
    op.create_index("ix_plan_seat_round_id", "plan_seat", ["round_id"])


def _move_rounds(op: Operations) -> None:
    """Each opening gets its first version, with the rule of its rubric; each round one seat, held by nobody."""
    bind = op.get_bind()
    openings = bind.exec_driver_sql(
        "SELECT opening.id, must_have, content, "
        "(SELECT coalesce(sum(minutes), 0) FROM plan_round WHERE opening_id = opening.id), "
        "(SELECT created_at FROM workspace) FROM opening JOIN rubric_version ON rubric_version.id = rubric_id "
        "ORDER BY opening.id"
    ).all()
    for opening, must_have, content, minutes, made_at in openings:
        limits = json.loads(content)["rubric"]["limits"]
        bind.exec_driver_sql(
            "INSERT INTO plan (opening_id, version, reason, must_have, hire_from, mixed_from, without_score_allowed, "
            "budget, made_at) VALUES (?, 1, '', ?, ?, ?, ?, ?, ?)",
            (
                opening,
                must_have,
                limits["hire_from"],
                limits["mixed_from"],
                limits["dimensions_without_score_allowed"],
                minutes,
                made_at,
            ),
        )
    bind.exec_driver_sql(
        "INSERT INTO plan_seat (round_id, position, dimensions, shadow) "
        "SELECT id, 0, dimensions, 0 FROM plan_round ORDER BY id"
    )
    op.execute("ALTER TABLE opening DROP COLUMN must_have")
    _give_plan(op, "plan_round", drop=("opening_id", "dimensions"))
    _give_plan(op, "application")


def _give_plan(op: Operations, table: str, drop: tuple[str, ...] = ()) -> None:
    """A column to the first plan of the row's opening. A rebuilt table goes on counting where it was."""
    bind = op.get_bind()
    counted = bind.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    op.add_column(table, sa.Column("plan_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE {table} SET plan_id = (SELECT id FROM plan WHERE plan.opening_id = {table}.opening_id)")  # noqa: S608
    if "opening_id" in drop:
        op.drop_index(f"ix_{table}_opening_id", table)
    with op.batch_alter_table(table, table_kwargs=_FACTS) as batch:
        for column in drop:
            batch.drop_column(column)
        batch.alter_column("plan_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(f"fk_{table}_plan_id", "plan", ["plan_id"], ["id"])
    op.create_index(f"ix_{table}_plan_id", table, ["plan_id"])
    if counted is not None:
        bind.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (counted, table))


def _make_debriefs(op: Operations) -> None:
    _table(
        op,
        "debrief",
        {
            "application_id": "application",
            "facilitator_id": "colleague?",
            "started_at": sa.Text(),
        },
        index=("application_id",),
    )
    _table(
        op,
        "debrief_walk",
        {
            "debrief_id": "debrief",
            "dimension": sa.String(),
            "note": sa.String(),
            "walked_at": None,
            "skipped": sa.Boolean(),
        },
        unique=("uq_debrief_walk", "debrief_id", "dimension"),
    )
    _table(
        op,
        "second_vote",
        {
            "debrief_id": "debrief",
            "dimension": sa.String(),
            "reason": sa.String(),
            "at": sa.Text(),
            "by_id": "colleague?",
        },
        index=("debrief_id",),
    )
    op.create_table(
        "second_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="ck_second_score_score"),
        sa.ForeignKeyConstraint(["vote_id"], ["second_vote.id"], name="fk_second_score_vote_id"),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], name="fk_second_score_colleague_id"),
        sa.PrimaryKeyConstraint("id", name="pk_second_score"),
        **_FACTS,
    )
    op.create_index("uq_second_score", "second_score", ["vote_id", "colleague_id"], unique=True)
    _table(
        op,
        "flag_resolution",
        {
            "application_id": "application",
            "signal": sa.String(),
            "verdict": sa.String(),
            "why": sa.String(),
            "at": sa.Text(),
            "by_id": "colleague?",
        },
        index=("application_id",),
        check=("verdict", "verdict IN ('confirmed', 'not_supported', 'not_job_related')"),
    )
    _table(
        op,
        "decision_draft",
        {"application_id": "application", "content": sa.String()},
        index=("application_id",),
    )
    _table(
        op,
        "approval",
        {
            "decision_id": "decision",
            "position": sa.Integer(),
            "role": sa.String(),
            "colleague_id": "colleague?",
            "answer": None,
            "answered_on": sa.Date(),
            "note": sa.String(),
        },
        index=("decision_id",),
        check=("answer", "answer IS NULL OR answer IN ('approved', 'declined')"),
    )
    op.create_table(
        "returned_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("brought_at", sa.Text(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name="fk_returned_form_scorecard_id"),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name="fk_returned_form_digest"),
        sa.ForeignKeyConstraint(["brought_by_id"], ["colleague.id"], name="fk_returned_form_brought_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_returned_form"),
        **_FACTS,
    )
    op.create_index("ix_returned_form_scorecard_id", "returned_form", ["scorecard_id"])
    op.create_index("ix_returned_form_digest", "returned_form", ["digest"])
    _table(
        op,
        "training",
        {
            "colleague_id": "colleague",
            "rubric_id": "rubric_version",
            "answer": sa.String(),
            "dimension": sa.String(),
            "score": sa.Integer(),
            "expert": sa.Integer(),
            "at": sa.Text(),
        },
        index=("colleague_id",),
    )


def _make_offers(op: Operations) -> None:
    statuses = "status IN ('drafted', 'approved', 'sent', 'accepted', 'declined', 'expired', 'withdrawn')"
    _table(
        op,
        "offer",
        {
            "application_id": "application",
            "decision_id": "decision",
            "level": sa.String(),
            "status": sa.String(),
            "headline": sa.String(),
            "letter": sa.String(),
            "starts_on": sa.Date(),
            "expires_on": sa.Date(),
            "conditions": sa.Text(),
            "goals": sa.Text(),
            "buddy_id": "colleague?",
            "made_at": sa.Text(),
        },
        index=("application_id",),
        check=("status", statuses),
    )
    _table(
        op,
        "offer_amount",
        {
            "offer_id": "offer",
            "position": sa.Integer(),
            "name": sa.String(),
            "minor": sa.Integer(),
            "currency": sa.String(),
            "words": sa.String(),
        },
        index=("offer_id",),
    )
    _table(
        op,
        "offer_term",
        {
            "offer_id": "offer",
            "position": sa.Integer(),
            "name": sa.String(),
            "text": sa.String(),
        },
        index=("offer_id",),
    )
    _table(
        op,
        "offer_event",
        {
            "offer_id": "offer",
            "status": sa.String(),
            "on": sa.Date(),
            "reason": sa.String(),
            "by_id": "colleague?",
            "at": sa.Text(),
        },
        index=("offer_id",),
        check=("status", statuses),
    )


def _table(
    op: Operations,
    name: str,
    columns: dict[str, Any],
    *,
    index: tuple[str, ...] = (),
    unique: tuple[str, ...] = (),
    check: tuple[str, str] | None = None,
) -> None:
    """A numbered table. A column has a type, None for text that may be missing, or the table it points to.

    A "?" after the table's name: it may point nowhere.
    """
    made: list[sa.schema.SchemaItem] = [sa.Column("id", sa.Integer(), nullable=False)]
    keys: list[sa.schema.SchemaItem] = []
    for key, kind in columns.items():
        if isinstance(kind, str):
            made.append(sa.Column(key, sa.Integer(), nullable=kind.endswith("?")))
            target = kind.removesuffix("?")
            keys.append(sa.ForeignKeyConstraint([key], [f"{target}.id"], name=f"fk_{name}_{key}"))
        else:
            made.append(sa.Column(key, kind or sa.Text(), nullable=kind is None or isinstance(kind, sa.Date)))
    if check is not None:
        keys.append(sa.CheckConstraint(check[1], name=f"ck_{name}_{check[0]}"))
    op.create_table(name, *made, *keys, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), **_FACTS)
    for key in index:
        op.create_index(f"ix_{name}_{key}", name, [key])
    if unique:
        op.create_index(unique[0], name, list(unique[1:]), unique=True)
