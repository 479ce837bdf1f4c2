"""Schema 1: hiring, history, settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Make every table of the first schema."""
    op.create_table(
        "blob",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blob")),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("now_at", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("came_by", sa.String(), nullable=False),
        sa.Column("can_start", sa.String(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_candidate_mail"), "candidate", ["mail"], unique=False)
    op.create_index(op.f("ix_candidate_name"), "candidate", ["name"], unique=False)
    op.create_table(
        "colleague",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "history",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history")),
    )
    op.create_table(
        "rubric_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("adopted_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "salt",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_salt")),
    )
    op.create_table(
        "unfinished",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("who", sa.Integer(), nullable=True),
        sa.Column("touched_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfinished")),
    )
    op.create_index("uq_unfinished", "unfinished", ["table_name", "row_id"], unique=True)
    op.create_table(
        "image",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["history.number"], name=op.f("fk_image_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_image")),
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("target_from", sa.Integer(), nullable=False),
        sa.Column("target_to", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("must_have", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["colleague.id"], name=op.f("fk_opening_approved_by_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["colleague.id"], name=op.f("fk_opening_manager_id")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric_version.id"], name=op.f("fk_opening_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("code", name=op.f("uq_opening_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opening_approved_by_id"), "opening", ["approved_by_id"], unique=False)
    op.create_index(op.f("ix_opening_manager_id"), "opening", ["manager_id"], unique=False)
    op.create_index(op.f("ix_opening_rubric_id"), "opening", ["rubric_id"], unique=False)
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("me_id", sa.Integer(), nullable=True),
        sa.Column("today_kept", sa.Date(), nullable=True),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.CheckConstraint("paper IN ('A4', 'Letter')", name=op.f("ck_workspace_paper")),
        sa.CheckConstraint("id = 1", name=op.f("ck_workspace_one_row")),
        sa.ForeignKeyConstraint(["me_id"], ["colleague.id"], name=op.f("fk_workspace_me_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "plan_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_plan_round_opening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_round_opening_id"), "plan_round", ["opening_id"], unique=False)
    op.create_table(
        "stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_stage_opening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stage_opening_id"), "stage", ["opening_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("close_reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("open_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('active', 'hired', 'rejected', 'withdrawn')", name=op.f("ck_application_outcome")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_application_candidate_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["colleague.id"], name=op.f("fk_application_opened_by_id")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_application_opening_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_application_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_application_opening_id"), "application", ["opening_id"], unique=False)
    op.create_index(op.f("ix_application_stage_id"), "application", ["stage_id"], unique=False)
    op.create_index("uq_application_candidate_opening", "application", ["candidate_id", "opening_id"], unique=True)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_attachment_application_id")),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name=op.f("fk_attachment_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attachment_application_id"), "attachment", ["application_id"], unique=False)
    op.create_index(op.f("ix_attachment_digest"), "attachment", ["digest"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("change_reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict IN ('hire', 'no_hire', 'hold')", name=op.f("ck_decision_verdict")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_decision_application_id")),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name=op.f("fk_decision_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decision_application_id"), "decision", ["application_id"], unique=False)
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("interviewer_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_interview_application_id")),
        sa.ForeignKeyConstraint(["interviewer_id"], ["colleague.id"], name=op.f("fk_interview_interviewer_id")),
        sa.ForeignKeyConstraint(["round_id"], ["plan_round.id"], name=op.f("fk_interview_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interview_application_id"), "interview", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_interviewer_id"), "interview", ["interviewer_id"], unique=False)
    op.create_index(op.f("ix_interview_round_id"), "interview", ["round_id"], unique=False)
    op.create_table(
        "packet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("packet", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_packet_application_id")),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name=op.f("fk_packet_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_packet_application_id"), "packet", ["application_id"], unique=False)
    op.create_table(
        "stage_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_stage_entry_application_id")),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name=op.f("fk_stage_entry_by_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_stage_entry_stage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stage_entry_application_id"), "stage_entry", ["application_id"], unique=False)
    op.create_table(
        "dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], name=op.f("fk_dissent_colleague_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_dissent_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dissent_decision_id"), "dissent", ["decision_id"], unique=False)
    op.create_table(
        "scorecard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("amend_reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.Text(), nullable=True),
        sa.Column("overall", sa.String(), nullable=True),
        sa.Column("overall_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "overall IS NULL OR overall IN ('strong_hire', 'hire', 'no_hire', 'strong_no_hire')",
            name=op.f("ck_scorecard_overall"),
        ),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'amended')", name=op.f("ck_scorecard_state")),
        sa.ForeignKeyConstraint(["amends_id"], ["scorecard.id"], name=op.f("fk_scorecard_amends_id")),
        sa.ForeignKeyConstraint(["author_id"], ["colleague.id"], name=op.f("fk_scorecard_author_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["colleague.id"], name=op.f("fk_scorecard_entered_by_id")),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_scorecard_interview_id")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubric_version.id"], name=op.f("fk_scorecard_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scorecard_amends_id"), "scorecard", ["amends_id"], unique=False)
    op.create_index(op.f("ix_scorecard_author_id"), "scorecard", ["author_id"], unique=False)
    op.create_index(op.f("ix_scorecard_interview_id"), "scorecard", ["interview_id"], unique=False)
    op.create_table(
        "asked_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_asked_question_scorecard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_question")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_asked_question", "asked_question", ["scorecard_id", "question"], unique=True)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_note_scorecard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_note_scorecard_id"), "note", ["scorecard_id"], unique=False)
    op.create_table(
        "observed_signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("red", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_observed_signal_scorecard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observed_signal")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_observed_signal", "observed_signal", ["scorecard_id", "dimension", "signal"], unique=True)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("score IS NULL OR reason IS NULL", name=op.f("ck_rating_score_or_reason")),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name=op.f("ck_rating_score")),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_rating_scorecard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_rating_scorecard_dimension", "rating", ["scorecard_id", "dimension"], unique=True)
