"""Schema 10: calibrations with a committee and its votes, several guides, due days, cases put off, relations said
later, second managers; days on which goals were made and settled; drafts of mails with a fingerprint.

Of a draft that was written before, what it said was never kept, and its fingerprint stays empty.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

from app.store.search_index import MARKS

_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}
_RELATIONS = "'self', 'manager', 'skip_level', 'peer', 'report', 'other', 'not_said'"
_OUTCOMES = "'promote', 'not_now', 'more_evidence'"


def upgrade(op: Operations) -> None:
    """Add the columns and the tables."""
    for column in (
        "mail_draft ADD sha256 VARCHAR NOT NULL DEFAULT ''",
        "cycle ADD due_on DATE",
        (
            "cycle ADD ballots VARCHAR NOT NULL DEFAULT 'names' CONSTRAINT ck_cycle_ballots "
            "CHECK (ballots IN ('names', 'counts'))"
        ),
        "cycle ADD tenure BOOLEAN NOT NULL DEFAULT 0",
        "assessment ADD due_on DATE",
        "proposal ADD put_off_to DATE",
        "proposal ADD put_off_reason VARCHAR NOT NULL DEFAULT ''",
        "proposal ADD guide_id INTEGER CONSTRAINT fk_proposal_guide_id REFERENCES guide_version (id)",
        "member ADD second_manager_id INTEGER CONSTRAINT fk_member_second_manager_id REFERENCES colleague (id)",
        "returned_assessment ADD days_said VARCHAR NOT NULL DEFAULT ''",
        "goal ADD made_on DATE",
        "goal ADD settled_on DATE",
        "goal_action ADD done_on DATE",
    ):
        op.execute(f"ALTER TABLE {column}")
    _mark_for_the_index(op)
    _table(
        op,
        "committee_seat",
        _reference("cycle", index=False),
        _reference("colleague", index=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.CheckConstraint("office IN ('none', 'chair', 'minutes')", name="ck_committee_seat_office"),
    )
    op.create_index("uq_committee_seat", "committee_seat", ["cycle_id", "colleague_id"], unique=True)
    _table(
        op,
        "committee_recusal",
        _reference("proposal", index=False),
        _reference("colleague", index=False),
        sa.Column("relation", sa.String(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
        sa.CheckConstraint(f"relation IN ({_RELATIONS})", name="ck_committee_recusal_relation"),
    )
    op.create_index("uq_committee_recusal", "committee_recusal", ["proposal_id", "colleague_id"], unique=True)
    _table(
        op,
        "committee_vote",
        _reference("proposal"),
        sa.Column("ballots", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("promote", sa.Integer(), nullable=True),
        sa.Column("not_now", sa.Integer(), nullable=True),
        sa.Column("more_evidence", sa.Integer(), nullable=True),
        sa.CheckConstraint("ballots IN ('names', 'counts')", name="ck_committee_vote_ballots"),
        sa.CheckConstraint(f"result IS NULL OR result IN ({_OUTCOMES})", name="ck_committee_vote_result"),
    )
    _table(
        op,
        "committee_turn",
        _reference("committee_vote", "vote_id", index=False),
        _reference("colleague", index=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.CheckConstraint("turn IN ('voted', 'excused', 'recused', 'missing')", name="ck_committee_turn_turn"),
        sa.CheckConstraint(f"relation IS NULL OR relation IN ({_RELATIONS})", name="ck_committee_turn_relation"),
        sa.CheckConstraint(f"choice IS NULL OR choice IN ({_OUTCOMES})", name="ck_committee_turn_choice"),
        sa.CheckConstraint("choice IS NULL OR turn = 'voted'", name="ck_committee_turn_choice_of_a_vote"),
    )
    op.create_index("uq_committee_turn", "committee_turn", ["vote_id", "colleague_id"], unique=True)
    _table(
        op,
        "committee_ballot",
        _reference("committee_vote", "vote_id", index=False),
        _reference("colleague", index=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.CheckConstraint(f"choice IN ({_OUTCOMES})", name="ck_committee_ballot_choice"),
    )
    op.create_index("uq_committee_ballot", "committee_ballot", ["vote_id", "colleague_id"], unique=True)
    _table(
        op,
        "relation_entry",
        _reference("assessment"),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint(f"relation IN ({_RELATIONS})", name="ck_relation_entry_relation"),
    )
    _table(
        op,
        "letter_template",
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.CheckConstraint(f"outcome IN ({_OUTCOMES})", name="ck_letter_template_outcome"),
    )
    op.create_index("uq_letter_template", "letter_template", ["outcome"], unique=True)


def _mark_for_the_index(op: Operations) -> None:
    """Calibrations are found by their name from now on; an index that is not there is made of all rows."""
    tables = op.get_bind().exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    if MARKS in set(tables):
        op.execute(f"INSERT OR IGNORE INTO {MARKS} SELECT 'cycle', id FROM cycle")  # noqa: S608


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
