"""The tables of the second half of the rubric, as rows: guides, members, assessments, calibrations, growth plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text
from sqlmodel import Field

from app.domain.assessment import Relation
from app.domain.calibration import CalibrationState
from app.domain.committee import Ballots
from app.domain.operations import Kind
from app.domain.scorecard import CardState
from app.store.columns import NOBODY, NUMBERED, HistoryRow, day_column, key, no_words, one_of, to, utc, words_column


class GuideVersion(HistoryRow, table=True):
    """A version of a leveling guide: its whole content, so that a score can always be read beside its sentence.

    `name` is shared by all versions of one guide; `source` says where it came from.
    """

    __tablename__ = "guide_version"
    __table_args__ = (Index("uq_guide_version_name_version", "name", "version", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.GUIDE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    name: str
    version: int
    source: str
    reason: str = ""
    digest: str
    content: str
    made_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class Member(HistoryRow, table=True):
    """A colleague whose level and growth are kept here; `application_id` is the one they were hired by here, the second
    manager one they report to by a dotted line."""

    __table_args__ = (Index("uq_member_colleague", "colleague_id", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.MEMBER
    person: ClassVar[tuple[str, ...]] = ("id",)

    id: int = key()
    colleague_id: int = to("colleague.id", index=False)
    guide_id: int = to("guide_version.id", index=False)
    level: str
    level_since: date | None = day_column()
    manager_id: int | None = to("colleague.id", null=True, index=False)
    application_id: int | None = to("application.id", null=True)
    started_on: date | None = day_column()
    variant: str = ""
    onboarding_goals: list[str] = words_column()
    left_on: date | None = day_column()
    second_manager_id: int | None = to("colleague.id", null=True, index=False)


class LevelSpell(HistoryRow, table=True):
    """A level a member held, from a day on."""

    __tablename__ = "level_spell"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.MEMBER
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id")
    level: str
    since: date | None = day_column()
    reason: str = ""


class Calibration(HistoryRow, table=True):
    """A calibration: evidence from a window of days, one version of a guide, a session, an end.

    Who is asked answers by `due_on`, where another day is not said; `ballots` is what is kept of its committee's votes;
    `tenure` says that packets print since when somebody holds their level, and their first day.
    """

    __tablename__ = "cycle"
    __table_args__ = (one_of("state", CalibrationState), one_of("ballots", Ballots), NUMBERED)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    name: str
    guide_id: int = to("guide_version.id", index=False)
    window_from: date | None = day_column()
    window_to: date | None = day_column()
    state: str = CalibrationState.OPEN
    seed: int = 0
    started_at: datetime | None = utc(null=True)
    start_reason: str = ""
    closed_at: datetime | None = utc(null=True)
    reopen_reason: str = ""
    made_at: datetime = utc()
    due_on: date | None = day_column()
    ballots: str = Ballots.NAMES
    tenure: bool = False


class Proposal(HistoryRow, table=True):
    """A member in a calibration, with the level proposed for them. An anchor is a case everybody knows the answer of;
    `draft` is the outcome as it is being typed. `guide_id` is the version of the guide that the level is of, None where
    that is the calibration's own.

    `level` and `manager_id` are what they were when the session began, `level` empty before: what was decided then
    stays beside what held then.
    """

    __table_args__ = (Index("uq_proposal_cycle_member", "cycle_id", "member_id", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    cycle_id: int = to("cycle.id", index=False)
    member_id: int = to("member.id")
    target: str
    anchor: bool = False
    note: str = ""
    draft: str = ""
    talked_at: datetime | None = utc(null=True)
    talked_again_at: datetime | None = utc(null=True)
    level: str = ""
    manager_id: int | None = to("colleague.id", null=True, index=False)
    put_off_to: date | None = day_column()
    put_off_reason: str = ""
    guide_id: int | None = to("guide_version.id", null=True, index=False)


class Assessment(HistoryRow, table=True):
    """One rater's ratings of a member against a level; an amendment is one of its own, as with scorecards."""

    __table_args__ = (one_of("state", CardState), one_of("relation", Relation), NUMBERED)
    kind: ClassVar[Kind] = Kind.ASSESSMENT
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id")
    rater_id: int = to("colleague.id", index=False)
    relation: str
    cycle_id: int | None = to("cycle.id", null=True)
    guide_id: int = to("guide_version.id", index=False)
    level: str
    dimensions: list[str] = words_column()
    state: str = CardState.DRAFT
    amends_id: int | None = to("assessment.id", null=True)
    amend_reason: str = ""
    entered_by_id: int | None = to("colleague.id", null=True, index=False)
    started_at: datetime = utc()
    submitted_at: datetime | None = utc(null=True)
    due_on: date | None = day_column()


class RelationEntry(HistoryRow, table=True):
    """How a rater stands to the member, said after their assessment was in: the newest one holds, and the assessment
    keeps what it said."""

    __tablename__ = "relation_entry"
    __table_args__ = (one_of("relation", Relation), NUMBERED)
    kind: ClassVar[Kind] = Kind.ASSESSMENT
    person: ClassVar[tuple[str, ...]] = ("assessment_id",)

    id: int = key()
    assessment_id: int = to("assessment.id")
    relation: str
    reason: str
    by_id: int | None = to("colleague.id", null=True, index=False)
    at: datetime = utc()


class AssessmentRating(HistoryRow, table=True):
    """A score on one dimension, or why there is none, with the rater's words."""

    __tablename__ = "assessment_rating"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="score"),
        CheckConstraint("score IS NULL OR reason IS NULL", name="score_or_reason"),
        Index("uq_assessment_rating", "assessment_id", "dimension", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.ASSESSMENT
    person: ClassVar[tuple[str, ...]] = ("assessment_id",)

    id: int = key()
    assessment_id: int = to("assessment.id", index=False)
    dimension: str
    score: int | None = None
    reason: str | None = None
    words: str = ""


class EvidenceItem(HistoryRow, table=True):
    """A dated thing that was seen (or inferred) of a member on a dimension, by whom.

    One that belongs to an assessment is its rater's until that is in. `shared` says that it may stand in the member's
    growth packet; one from the panel that hired them is the manager's until then.
    """

    __tablename__ = "fact"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.FACT
    person: ClassVar[tuple[str, ...]] = ("member_id", "assessment_id")

    id: int = key()
    member_id: int = to("member.id")
    assessment_id: int | None = to("assessment.id", null=True)
    goal_id: int | None = to("goal.id", null=True)
    note_id: int | None = to("note.id", null=True)
    dimension: str
    on: date | None = day_column()
    text: str
    inferred: bool = False
    source: str = ""
    shared: bool = False
    by_id: int | None = to("colleague.id", null=True, index=False)
    added_at: datetime = utc()


class ReturnedAssessment(HistoryRow, table=True):
    """A filled form that came back and became an assessment; its bytes are in `blob` under their hash. `days_said` is
    how its rater said the days of lines that had none in it."""

    __tablename__ = "returned_assessment"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.FILE
    person: ClassVar[tuple[str, ...]] = ("assessment_id",)

    id: int = key()
    assessment_id: int = to("assessment.id")
    name: str
    size: int
    digest: str = Field(sa_column=Column(Text, ForeignKey("blob.digest"), nullable=False, index=True))
    brought_at: datetime = utc()
    brought_by_id: int | None = to("colleague.id", null=True, index=False)
    written: str = ""
    written_on: date | None = day_column()
    beside: list[str] = no_words()
    days_said: str = ""


class GrowthPlan(HistoryRow, table=True):
    """What a member grows towards; `target` None is "stay and deepen". The newest one of a member holds."""

    __tablename__ = "growth_plan"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id")
    guide_id: int = to("guide_version.id", index=False)
    target: str | None = None
    agreed_on: date | None = day_column()
    made_at: datetime = utc()
    ended_on: date | None = day_column()


class GrowthCheckIn(HistoryRow, table=True):
    """A check-in of a plan, or of the first year: three prepared lines, and what was said.

    `day_column` says which one of the first year it is, in days from the first one; it moves with that day.
    """

    __tablename__ = "growth_talk"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id")
    plan_id: int | None = to("growth_plan.id", null=True)
    due_on: date | None = day_column()
    held_on: date | None = day_column()
    prepared: list[str] = words_column()
    said: str = ""
    day: int | None = None


class FirstYear(HistoryRow, table=True):
    """The plan of a member's first year, theirs from its beginning on: `content` is an onboarding plan as JSON.

    `rubric_id` is the version it was begun from, which has the measures its targets name.
    """

    __tablename__ = "first_year"
    __table_args__ = (Index("uq_first_year_member", "member_id", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id", index=False)
    rubric_id: int | None = to("rubric_version.id", null=True, index=False)
    content: str


class OnboardingGoal(HistoryRow, table=True):
    """How far one goal of the first year is: its baseline where it has one, and what says it is done."""

    __tablename__ = "onboarding_goal"
    __table_args__ = (Index("uq_onboarding_goal", "member_id", "goal", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id", index=False)
    goal: str
    baseline: str = ""
    reached: str = ""
    done_on: date | None = day_column()
    note: str = ""
