"""Schema 3: leveling guides, members, assessments, calibration cycles, growth plans."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic.operations import Operations
from pydantic import ValidationError

from app.domain.guide import guide_of_pack
from app.domain.pack import Pack


def upgrade(op: Operations) -> None:
    """Make every table of the second half, and give each adopted pack's leveling guide its version."""
    _make_tables(op)
    _keep_guides(op)


def _keep_guides(op: Operations) -> None:
    """The guides of packs adopted before there were versions of guides, oldest first, each text once.

    A pack that can no longer be read keeps its file from nothing: its guide comes with the next one adopted.
    """
    bind = op.get_bind()
    adopted = bind.execute(sa.text("SELECT pack, version, content, adopted_at FROM rubric_version ORDER BY id")).all()
    versions: dict[str, int] = {}
    seen: set[str] = set()
    for pack, version, content, adopted_at in adopted:
        try:
            guide = guide_of_pack(Pack.from_text(content))
        except ValidationError:
            continue
        text = guide.canonical_text()
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if digest in seen:
            continue
        seen.add(digest)
        versions[guide.name] = versions.get(guide.name, 0) + 1
        bind.execute(
            sa.text(
                "INSERT INTO guide_version (name, version, source, reason, digest, content, made_at)"
                " VALUES (:name, :version, :source, '', :digest, :content, :made_at)"
            ),
            {
                "name": guide.name,
                "version": versions[guide.name],
                "source": f"pack {pack} {version}",
                "digest": digest,
                "content": text,
                "made_at": adopted_at,
            },
        )


def _make_tables(op: Operations) -> None:
    op.create_table(
        "guide_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_guide_version_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_guide_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_guide_version_name_version", "guide_version", ["name", "version"], unique=True)
    op.create_table(
        "cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("start_reason", sa.String(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("reopen_reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name="ck_cycle_ck_cycle_state"),
        sa.ForeignKeyConstraint(["guide_id"], ["guide_version.id"], name="fk_cycle_guide_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("level_since", sa.Date(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("onboarding_goals", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="fk_member_application_id"),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], name="fk_member_colleague_id"),
        sa.ForeignKeyConstraint(["guide_id"], ["guide_version.id"], name="fk_member_guide_id"),
        sa.ForeignKeyConstraint(["manager_id"], ["colleague.id"], name="fk_member_manager_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_application_id", "member", ["application_id"])
    op.create_index("uq_member_colleague", "member", ["colleague_id"], unique=True)
    op.create_table(
        "assessment",
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
        sa.CheckConstraint("state IN ('draft', 'submitted', 'amended')", name="ck_assessment_ck_assessment_state"),
        sa.CheckConstraint("relation IN ('self', 'manager', 'peer')", name="ck_assessment_ck_assessment_relation"),
        sa.ForeignKeyConstraint(["amends_id"], ["assessment.id"], name="fk_assessment_amends_id"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_assessment_cycle_id"),
        sa.ForeignKeyConstraint(["entered_by_id"], ["colleague.id"], name="fk_assessment_entered_by_id"),
        sa.ForeignKeyConstraint(["guide_id"], ["guide_version.id"], name="fk_assessment_guide_id"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_assessment_member_id"),
        sa.ForeignKeyConstraint(["rater_id"], ["colleague.id"], name="fk_assessment_rater_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assessment_amends_id", "assessment", ["amends_id"])
    op.create_index("ix_assessment_cycle_id", "assessment", ["cycle_id"])
    op.create_index("ix_assessment_member_id", "assessment", ["member_id"])
    op.create_table(
        "returned_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("brought_at", sa.Text(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_returned_assessment_assessment_id"),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name="fk_returned_assessment_digest"),
        sa.ForeignKeyConstraint(["brought_by_id"], ["colleague.id"], name="fk_returned_assessment_brought_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_returned_assessment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_returned_assessment_assessment_id", "returned_assessment", ["assessment_id"])
    op.create_index("ix_returned_assessment_digest", "returned_assessment", ["digest"])
    op.create_table(
        "growth_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("private_note", sa.String(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["guide_id"], ["guide_version.id"], name="fk_growth_plan_guide_id"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_growth_plan_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_growth_plan"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_growth_plan_member_id", "growth_plan", ["member_id"])
    op.create_table(
        "level_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_level_spell_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_level_spell"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_level_spell_member_id", "level_spell", ["member_id"])
    op.create_table(
        "onboarding_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("baseline", sa.String(), nullable=False),
        sa.Column("reached", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_onboarding_goal_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_onboarding_goal"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_onboarding_goal", "onboarding_goal", ["member_id", "goal"], unique=True)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("anchor", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("talked_at", sa.Text(), nullable=True),
        sa.Column("talked_again_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_proposal_cycle_id"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_proposal_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposal_member_id", "proposal", ["member_id"])
    op.create_index("uq_proposal_cycle_member", "proposal", ["cycle_id", "member_id"], unique=True)
    op.create_table(
        "assessment_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint(
            "score IS NULL OR score BETWEEN 1 AND 4", name="ck_assessment_rating_ck_assessment_rating_score"
        ),
        sa.CheckConstraint(
            "score IS NULL OR reason IS NULL", name="ck_assessment_rating_ck_assessment_rating_score_or_reason"
        ),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_assessment_rating_assessment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment_rating"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_assessment_rating", "assessment_rating", ["assessment_id", "dimension"], unique=True)
    op.create_table(
        "cycle_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("change_reason", sa.String(), nullable=False),
        sa.Column("readiness", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('promote', 'not_now', 'more_evidence')", name="ck_cycle_outcome_ck_cycle_outcome_outcome"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_cycle_outcome_by_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_cycle_outcome_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cycle_outcome"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cycle_outcome_proposal_id", "cycle_outcome", ["proposal_id"])
    op.create_table(
        "cycle_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_cycle_vote_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cycle_vote"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cycle_vote_proposal_id", "cycle_vote", ["proposal_id"])
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("with_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("from_score", sa.Integer(), nullable=True),
        sa.Column("to_score", sa.Integer(), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps_unit", sa.String(), nullable=False),
        sa.Column("steps_on", sa.Date(), nullable=True),
        sa.Column("support", sa.String(), nullable=False),
        sa.Column("kpi", sa.String(), nullable=False),
        sa.Column("suggested_by", sa.String(), nullable=False),
        sa.Column("more_reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state IS NULL OR state IN ('open', 'reached', 'dropped')", name="ck_goal_ck_goal_state"),
        sa.ForeignKeyConstraint(["owner_id"], ["colleague.id"], name="fk_goal_owner_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["growth_plan.id"], name="fk_goal_plan_id"),
        sa.ForeignKeyConstraint(["with_id"], ["colleague.id"], name="fk_goal_with_id"),
        sa.PrimaryKeyConstraint("id", name="pk_goal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goal_plan_id", "goal", ["plan_id"])
    op.create_table(
        "growth_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("prepared", sa.Text(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("private_note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_growth_talk_member_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["growth_plan.id"], name="fk_growth_talk_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_growth_talk"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_growth_talk_member_id", "growth_talk", ["member_id"])
    op.create_index("ix_growth_talk_plan_id", "growth_talk", ["plan_id"])
    op.create_table(
        "cycle_dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], name="fk_cycle_dissent_colleague_id"),
        sa.ForeignKeyConstraint(["outcome_id"], ["cycle_outcome.id"], name="fk_cycle_dissent_outcome_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cycle_dissent"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cycle_dissent_outcome_id", "cycle_dissent", ["outcome_id"])
    op.create_table(
        "cycle_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="ck_cycle_score_ck_cycle_score_score"),
        sa.ForeignKeyConstraint(["colleague_id"], ["colleague.id"], name="fk_cycle_score_colleague_id"),
        sa.ForeignKeyConstraint(["vote_id"], ["cycle_vote.id"], name="fk_cycle_score_vote_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cycle_score"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_cycle_score", "cycle_score", ["vote_id", "colleague_id"], unique=True)
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_fact_assessment_id"),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_fact_by_id"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_fact_goal_id"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_fact_member_id"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_fact_note_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fact_assessment_id", "fact", ["assessment_id"])
    op.create_index("ix_fact_goal_id", "fact", ["goal_id"])
    op.create_index("ix_fact_member_id", "fact", ["member_id"])
    op.create_index("ix_fact_note_id", "fact", ["note_id"])
    op.create_table(
        "goal_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("when_text", sa.String(), nullable=False),
        sa.Column("will_text", sa.String(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_goal_action_goal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_goal_action"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goal_action_goal_id", "goal_action", ["goal_id"])
    op.create_table(
        "member_packet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("packet", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["colleague.id"], name="fk_member_packet_by_id"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_member_packet_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member_packet"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_packet_member_id", "member_packet", ["member_id"])
