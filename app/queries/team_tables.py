"""The team, its assessments and what calibrations decided, as tables of what the workspace's user may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.readiness import Readiness
from app.domain.scorecard import CardState
from app.phrases.committee import short_result
from app.phrases.readiness import readiness_word
from app.phrases.rubric import no_score_word, outcome_word, relation_word
from app.records.calibration import calibration_row
from app.records.committee import votes_on
from app.records.member_level import levels_on
from app.records.rater_relation import relations_now
from app.records.table_sight import TableSight
from app.store.columns import aliased, rows_with
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationResult
from app.store.tables_growth import Assessment, AssessmentRating, Calibration, Member, Proposal
from app.store.workspace import Workspace
from app.words import tr

Cell = str | int


@dataclass(frozen=True)
class GrowthTable:
    """A table: its name, its headings and rows; `left_out` counts what is sealed to the workspace's user."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0


def team_table(workspace: Workspace, _calibration: int | None = None) -> GrowthTable:
    """Everybody on the team, and who was: level, since when, manager, first and last day."""
    above, second = aliased(Colleague), aliased(Colleague)
    query = (
        select(col(Colleague.name), col(Colleague.mail), col(Colleague.role), col(above.name), col(second.name))
        .select_from(Member)
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .outerjoin(above, col(above.id) == col(Member.manager_id))
        .outerjoin(second, col(second.id) == col(Member.second_manager_id))
        .order_by(col(Colleague.name), col(Member.id))
    )
    with workspace.read() as connection:
        rows = rows_with(connection, query, Member)
        levels = levels_on(connection, workspace.today())
        guides = {guide: read_guide(connection, guide) for guide in {row.guide_id for row, *_ in rows}}
    found = []
    for row, name, mail, role, manager, also in rows:
        level, since = levels[row.id]
        guide = guides[row.guide_id]
        title = next((known.title for known in guide.levels if known.id == level), "")
        track = next((track.name for track in guide.tracks if level in track.order), "")
        days = (_day(since), _day(row.started_on), _day(row.left_on))
        whom = (manager or "", also or "")
        found.append((row.id, name, mail, role, level, title, track, guide.name, days[0], *whom, *days[1:]))
    headings = (
        *(tr("No."), tr("Name"), tr("Mail"), tr("Role"), tr("Level"), tr("Title"), tr("Track"), tr("Guide")),
        *(tr("Since"), tr("Manager"), tr("Second manager"), tr("First day"), tr("Last day")),
    )
    return GrowthTable(tr("Team"), headings, tuple(found))


def assessments_table(workspace: Workspace, calibration: int | None = None) -> GrowthTable:
    """Every dimension of every assessment that is in, of one calibration or of all. Raises NotFound."""
    rater = aliased(Colleague)
    query = (
        select(col(Colleague.name), col(rater.name), col(Calibration.name))
        .select_from(Assessment)
        .join(Member, col(Member.id) == col(Assessment.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .join(rater, col(rater.id) == col(Assessment.rater_id))
        .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
        .where(col(Assessment.state) != CardState.DRAFT)
        .order_by(col(Assessment.id))
    )
    if calibration is not None:
        query = query.where(col(Assessment.cycle_id) == calibration)
    with workspace.read() as connection:
        _must_be(connection, calibration)
        hidden = TableSight(connection, workspace.me).hidden("assessment")
        rows = rows_with(connection, query, Assessment)
        shown = [row for row in rows if row[0].id not in hidden]
        ratings: dict[int, list[AssessmentRating]] = {}
        for rating, *_ in rows_with(
            connection, select(col(AssessmentRating.id)).order_by(col(AssessmentRating.id)), AssessmentRating
        ):
            ratings.setdefault(rating.assessment_id, []).append(rating)
        guides = {guide: read_guide(connection, guide) for guide in {row.guide_id for row, *_ in shown}}
        later = relations_now(connection, [row.id for row, *_ in shown])
    found: list[tuple[Cell, ...]] = []
    for row, name, who, called in shown:
        names = {d.id: d.name for d in guides[row.guide_id].dimensions}
        for rating in ratings.get(row.id, ()):
            found.append(
                (
                    row.id,
                    called or "",
                    name,
                    row.level,
                    who,
                    relation_word(later.get(row.id, Relation(row.relation))),
                    _moment_day(workspace, row.submitted_at),
                    tr("amended since") if row.state == CardState.AMENDED else "",
                    names.get(rating.dimension, rating.dimension),
                    rating.score if rating.score is not None else "",
                    no_score_word(rating.reason) if rating.reason else "",
                    rating.words,
                )
            )
    headings = (
        *(tr("No."), tr("Calibration"), tr("Member"), tr("Against"), tr("Rater"), tr("Relation"), tr("Submitted on")),
        *(tr("State"), tr("Dimension"), tr("Score"), tr("Not assessed"), tr("Words")),
    )
    return GrowthTable(tr("Assessments"), headings, tuple(found), len(rows) - len(shown))


def outcomes_table(workspace: Workspace, calibration: int | None = None) -> GrowthTable:
    """What was decided on every member of one calibration, or of all: the outcome that holds. Raises NotFound."""
    later, decided = aliased(CalibrationResult), aliased(Colleague)
    newest = (
        ~select(col(later.id))
        .where(col(later.proposal_id) == col(CalibrationResult.proposal_id), col(later.id) > col(CalibrationResult.id))
        .exists()
    )
    query = (
        select(
            col(Colleague.name),
            col(Calibration.name),
            col(CalibrationResult.outcome),
            col(CalibrationResult.reason),
            col(CalibrationResult.readiness),
            col(CalibrationResult.at),
            col(decided.name),
        )
        .select_from(Proposal)
        .join(Calibration, col(Calibration.id) == col(Proposal.cycle_id))
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .outerjoin(CalibrationResult, (col(CalibrationResult.proposal_id) == col(Proposal.id)) & newest)
        .outerjoin(decided, col(decided.id) == col(CalibrationResult.by_id))
        .order_by(col(Proposal.cycle_id), col(Proposal.id))
    )
    if calibration is not None:
        query = query.where(col(Proposal.cycle_id) == calibration)
    with workspace.read() as connection:
        _must_be(connection, calibration)
        hidden = TableSight(connection, workspace.me).hidden("proposal")
        rows = rows_with(connection, query, Proposal)
        shown = [row for row in rows if row[0].id not in hidden]
        votes = votes_on(connection, [row.id for row, *_ in shown])
        levels = levels_on(connection, workspace.today())
    found: list[tuple[Cell, ...]] = []
    for row, name, called, outcome, reason, word, at, by in shown:
        vote = next((v for v in reversed(votes.get(row.id, [])) if not v.open), None)
        found.append(
            (
                called,
                name,
                row.level or levels[row.member_id][0],
                row.target,
                readiness_word(Readiness(word)) if word else "",
                outcome_word(outcome) if outcome else "",
                reason or "",
                by or "",
                _moment_day(workspace, at),
                short_result(vote) if vote is not None else "",
            )
        )
    headings = (
        *(tr("Calibration"), tr("Member"), tr("Level"), tr("Proposed"), tr("By the rule"), tr("Outcome")),
        *(tr("Reason"), tr("Decided by"), tr("Decided on"), tr("The committee’s vote")),
    )
    return GrowthTable(tr("Outcomes"), headings, tuple(found), len(rows) - len(shown))


GROWTH_TABLES: dict[str, Callable[[Workspace, int | None], GrowthTable]] = {
    "team": team_table,
    "assessments": assessments_table,
    "outcomes": outcomes_table,
}
"""By what they are called on the command line."""


def _must_be(connection: Connection, calibration: int | None) -> None:
    if calibration is not None:
        calibration_row(connection, calibration)


def _day(on: date | None) -> str:
    return on.isoformat() if on is not None else ""


def _moment_day(workspace: Workspace, at: datetime | None) -> str:
    return at.astimezone(workspace.zone).date().isoformat() if at is not None else ""
