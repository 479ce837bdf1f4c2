"""Schema 5: the form's own date, who gave an approval, closings that stay, relations that are said, notes of one's own.

What older rows don't tell stays open: a relation that was only inferred, who wrote an answer down where the history
does not say so, the date on a form.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}
_RELATIONS = "relation IN ('self', 'manager', 'skip_level', 'peer', 'report', 'other', 'not_said')"
_STATES = "state IN ('draft', 'submitted', 'amended')"


def upgrade(op: Operations) -> None:
    """Add the columns and tables, and fill in what older rows and their history tell."""
    for column in (
        "note ADD timed BOOLEAN NOT NULL DEFAULT 1",
        "returned_form ADD written VARCHAR NOT NULL DEFAULT ''",
        "returned_form ADD written_on DATE",
        "returned_form ADD beside TEXT NOT NULL DEFAULT '[]'",
        "returned_assessment ADD written VARCHAR NOT NULL DEFAULT ''",
        "returned_assessment ADD written_on DATE",
        "returned_assessment ADD beside TEXT NOT NULL DEFAULT '[]'",
        "decision ADD for_letter TEXT NOT NULL DEFAULT '[]'",
        "approval ADD recorded_at TEXT",
        "approval ADD recorded_by_id INTEGER CONSTRAINT fk_approval_recorded_by_id REFERENCES colleague (id)",
    ):
        op.execute(f"ALTER TABLE {column}")
    _untime_forms(op)
    _name_recorders(op)
    _widen_relations(op)
    _keep_closings(op)
    _give_notes_their_author(op)


def _untime_forms(op: Operations) -> None:
    """Lines of a form were given the minute of its import; an amendment has taken them over."""
    op.execute(
        "UPDATE note SET timed = 0 WHERE EXISTS (SELECT 1 FROM scorecard AS here"
        " JOIN scorecard AS form ON form.interview_id = here.interview_id"
        " JOIN returned_form ON returned_form.scorecard_id = form.id"
        " WHERE here.id = note.scorecard_id AND returned_form.brought_at = note.at)"
    )


def _name_recorders(op: Operations) -> None:
    """Who wrote an answer down, and when: the newest row of the history that says so."""
    bind = op.get_bind()
    rows = bind.exec_driver_sql(
        "SELECT subject, who, at FROM history WHERE op = 'approve' AND subject LIKE 'approval:%' ORDER BY number"
    ).all()
    for subject, who, at in rows:
        bind.exec_driver_sql(
            "UPDATE approval SET recorded_at = ?, recorded_by_id = (SELECT id FROM colleague WHERE id = ?)"
            " WHERE id = ? AND answer IS NOT NULL",
            (at, who, int(subject.partition(":")[2])),
        )


def _widen_relations(op: Operations) -> None:
    """“Peer” was everybody who is neither the member nor their manager: nobody said so."""
    bind = op.get_bind()
    counted = bind.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'assessment'").scalar()
    columns = [row[1] for row in bind.exec_driver_sql("PRAGMA table_info(assessment)")]
    for index in ("amends_id", "cycle_id", "member_id"):
        op.drop_index(f"ix_assessment_{index}", "assessment")
    op.create_table(
        "assessment_5",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("amend_reason", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(_STATES, name="ck_assessment_ck_assessment_state"),
        sa.CheckConstraint(_RELATIONS, name="ck_assessment_ck_assessment_relation"),
        sa.ForeignKeyConstraint(["amends_id"], ["assessment_5.id"], name="fk_assessment_amends_id"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_assessment_cycle_id"),
        sa.ForeignKeyConstraint(["entered_by_id"], ["colleague.id"], name="fk_assessment_entered_by_id"),
        sa.ForeignKeyConstraint(["guide_id"], ["guide_version.id"], name="fk_assessment_guide_id"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_assessment_member_id"),
        sa.ForeignKeyConstraint(["rater_id"], ["colleague.id"], name="fk_assessment_rater_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        **_NUMBERED,
    )
    names = ", ".join(columns)
    said = ", ".join("replace(relation, 'peer', 'not_said')" if c == "relation" else c for c in columns)
    op.execute(f"INSERT INTO assessment_5 ({names}) SELECT {said} FROM assessment")  # noqa: S608
    op.execute("DROP TABLE assessment")
    op.execute("ALTER TABLE assessment_5 RENAME TO assessment")
    for index in ("amends_id", "cycle_id", "member_id"):
        op.create_index(f"ix_assessment_{index}", "assessment", [index])
    if counted is not None:
        bind.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'assessment'", (counted,))


def _keep_closings(op: Operations) -> None:
    """Every closing with what became of it: the one that stands, and those the history says were reopened."""
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", sa.Text(), nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('active', 'hired', 'rejected', 'withdrawn')", name="ck_closing_outcome"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="fk_closing_application_id"),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_closing_by_id"),
        sa.ForeignKeyConstraint(["reopened_by_id"], ["colleague.id"], name="fk_closing_reopened_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_closing"),
        **_NUMBERED,
    )
    op.create_index("ix_closing_application_id", "closing", ["application_id"])
    bind = op.get_bind()
    closings = bind.exec_driver_sql(
        "SELECT at, who FROM history JOIN colleague ON colleague.id = who"
        " WHERE op IN ('close application', 'move offer')"
    )
    who_closed = {row.at: row.who for row in closings}
    ended = bind.exec_driver_sql("SELECT id, closed_at FROM application WHERE closed_at IS NOT NULL")
    standing = {row.id: row.closed_at for row in ended}
    reopened = bind.exec_driver_sql(
        "SELECT at, (SELECT id FROM colleague WHERE id = who), content FROM history"
        " JOIN image ON image.number = history.number WHERE op = 'reopen application' ORDER BY history.number"
    ).all()
    add = (
        "INSERT INTO closing (application_id, outcome, reason, closed_at, by_id, reopened_at, reopened_by_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    for at, who, content in reopened:
        for table, row, before, _ in json.loads(content):
            known = bind.exec_driver_sql("SELECT id FROM application WHERE id = ?", (row,)).first()
            if table != "application" or known is None or not before or not before.get("closed_at"):
                continue
            if standing.get(row) == before["closed_at"]:
                continue  # the reopening was undone
            reason = before.get("close_reason", "")
            values = (row, before["outcome"], reason, before["closed_at"], who_closed.get(before["closed_at"]), at, who)
            bind.exec_driver_sql(add, values)
    closed = bind.exec_driver_sql(
        "SELECT id, outcome, close_reason, closed_at FROM application WHERE closed_at IS NOT NULL ORDER BY id"
    ).all()
    for row, outcome, reason, closed_at in closed:
        bind.exec_driver_sql(add, (row, outcome, reason, closed_at, who_closed.get(closed_at), None, None))


def _give_notes_their_author(op: Operations) -> None:
    """A note that stays with one is a row of its own; until now there was one of each, of the workspace's user."""
    op.create_table(
        "own_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("talk_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["growth_plan.id"], name="fk_own_note_plan_id"),
        sa.ForeignKeyConstraint(["talk_id"], ["growth_talk.id"], name="fk_own_note_talk_id"),
        sa.ForeignKeyConstraint(["author_id"], ["colleague.id"], name="fk_own_note_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_own_note"),
        **_NUMBERED,
    )
    op.create_index("ix_own_note_plan_id", "own_note", ["plan_id"])
    op.create_index("ix_own_note_talk_id", "own_note", ["talk_id"])
    bind = op.get_bind()
    me = bind.exec_driver_sql("SELECT me_id FROM workspace").scalar()
    for table, column in (("growth_plan", "plan_id"), ("growth_talk", "talk_id")):
        newest = {
            int(subject.partition(":")[2]): who
            for subject, who in bind.exec_driver_sql(
                "SELECT subject, who FROM history JOIN image ON image.number = history.number"
                " JOIN colleague ON colleague.id = who WHERE subject LIKE ? AND content LIKE '%private_note%'"
                " ORDER BY history.number",
                (f"{table}:%",),
            )
        }
        noted = bind.exec_driver_sql(f"SELECT id, private_note FROM {table} WHERE private_note <> '' ORDER BY id")  # noqa: S608
        for row, text in noted.all():
            bind.exec_driver_sql(
                f"INSERT INTO own_note ({column}, author_id, text) VALUES (?, ?, ?)",  # noqa: S608
                (row, newest.get(row, me), text),
            )
        op.execute(f"ALTER TABLE {table} DROP COLUMN private_note")
