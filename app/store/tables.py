"""The tables of the spine, as rows: people, openings, applications, interviews, cards, files.

Rules are the domain's: a SQLModel table does not validate what it is given.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Text, text
from sqlmodel import Field

from app.domain.candidate import Source
from app.domain.operations import Kind
from app.domain.pipeline import Outcome, PayPeriod, Side
from app.domain.scorecard import CardState, Overall
from app.domain.transcript import Keeping
from app.store.columns import (
    NOBODY,
    NUMBERED,
    HistoryRow,
    Stored,
    day_column,
    key,
    maybe_one_of,
    one_of,
    to,
    utc,
    words_column,
)


class Setting(HistoryRow, table=True):
    """The one row about the workspace itself."""

    __tablename__ = "workspace"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        one_of("paper", ("A4", "Letter")),
        one_of("transcripts", Keeping),
    )
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = Field(default=1, primary_key=True)
    key: str
    created_at: datetime = utc()
    me_id: int | None = to("colleague.id", null=True, index=False)
    today_kept: date | None = day_column()
    paper: str = "A4"
    time_zone: str = "UTC"
    organisation: str = ""
    organisation_place: str = ""
    forms_folder: str = ""
    transcripts: str = Keeping.SUBMIT


class Colleague(HistoryRow, table=True):
    """Anybody on our side."""

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.COLLEAGUE
    person: ClassVar[tuple[str, ...]] = ("id",)

    id: int = key()
    name: str
    mail: str = ""
    role: str = ""


class RubricVersion(HistoryRow, table=True):
    """A pack as it was adopted: its whole content, so that a score can always be read beside its anchors."""

    __tablename__ = "rubric_version"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.RUBRIC
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    pack: str
    version: str
    digest: str
    content: str
    adopted_at: datetime = utc()
    reason: str = ""
    by_id: int | None = to("colleague.id", null=True, index=False)


class Opening(HistoryRow, table=True):
    """A job to fill. Its level is one of the guide `guide_id`, and of its rubric's own guide where that is None.

    It is closed where one of `cancelled_on` and `filled_on` is set. The pay range is in the currency's minor unit for
    each `pay_period`; `description` is the job description as paragraphs of plain text.
    """

    __table_args__ = (one_of("pay_period", PayPeriod), NUMBERED)
    kind: ClassVar[Kind] = Kind.OPENING
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    code: str = Field(unique=True)
    role: str
    level: str
    seats: int = 1
    approved_on: date | None = day_column()
    approved_by_id: int | None = to("colleague.id", null=True)
    manager_id: int | None = to("colleague.id", null=True)
    target_from: int = 60
    target_to: int = 120
    rubric_id: int = to("rubric_version.id")
    cancelled_on: date | None = day_column()
    cancel_reason: str = ""
    guide_id: int | None = to("guide_version.id", null=True, index=False)
    filled_on: date | None = day_column()
    pay_from: int | None = None
    pay_to: int | None = None
    pay_currency: str = ""
    pay_period: str = PayPeriod.YEAR
    pay_criteria: str = ""
    description: str = ""


class Stage(HistoryRow, table=True):
    """One column of an opening's board."""

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.OPENING
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    opening_id: int = to("opening.id")
    position: int
    name: str


class Candidate(HistoryRow, table=True):
    """A person who may be hired. How they are reached is in `contact`; `source` is the sort of what `came_by` says."""

    __table_args__ = (one_of("source", Source), NUMBERED)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("id",)

    id: int = key()
    name: str = Field(index=True)
    now_at: str = ""
    place: str = ""
    came_by: str = ""
    can_start: str = ""
    kept_until: date | None = day_column()
    source: str = Source.NOT_SAID
    referred_by: str = ""
    language: str = ""
    consent_on: date | None = day_column()
    consent_how: str = ""


class Application(HistoryRow, table=True):
    """A candidate in one opening, at one stage; one of theirs is open there at a time.

    `owner_id` looks after it; where that is None, the opening's hiring manager does. `pay_told` is what they were told
    about pay, on the day `pay_told_on`.
    """

    __table_args__ = (
        one_of("outcome", Outcome),
        Index("ix_application_candidate_opening", "candidate_id", "opening_id"),
        Index(
            "uq_application_open",
            "candidate_id",
            "opening_id",
            unique=True,
            sqlite_where=text("outcome = 'active'"),
        ),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id", index=False)
    opening_id: int = to("opening.id")
    stage_id: int = to("stage.id")
    entered_at: datetime = utc()
    applied_on: date | None = day_column()
    outcome: str = Outcome.ACTIVE
    closed_at: datetime | None = utc(null=True)
    close_reason: str = ""
    opened_at: datetime | None = utc(null=True)
    opened_by_id: int | None = to("colleague.id", null=True, index=False)
    open_reason: str = ""
    plan_id: int = to("plan.id")
    owner_id: int | None = to("colleague.id", null=True)
    pay_told_on: date | None = day_column()
    pay_told: str = ""


class Closing(HistoryRow, table=True):
    """One closing of an application, kept also where it was reopened since: the newest one without that holds.

    `why` is a reason of the list as it read then, of one `side`; `reason` is what was written beside it.
    """

    __table_args__ = (one_of("outcome", Outcome), one_of("side", Side), NUMBERED)
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    outcome: str
    reason: str = ""
    closed_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)
    reopened_at: datetime | None = utc(null=True)
    reopened_by_id: int | None = to("colleague.id", null=True, index=False)
    side: str = Side.NOT_SAID
    why: str = ""


class StageEntry(HistoryRow, table=True):
    """One spell of an application in a stage."""

    __tablename__ = "stage_entry"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    stage_id: int = to("stage.id", index=False)
    entered_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class Interview(HistoryRow, table=True):
    """One round for one application, with its interviewer, its time and the dimensions its card scores.

    The card of a `shadow` counts nowhere and nobody waits for it.
    """

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.INTERVIEW
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    round_id: int = to("plan_round.id")
    interviewer_id: int = to("colleague.id")
    starts_at: datetime | None = utc(null=True)
    minutes: int = 60
    place: str = ""
    dimensions: list[str] = words_column()
    shadow: bool = False


class Scorecard(HistoryRow, table=True):
    """One interviewer's card of one interview; an amendment is a card of its own."""

    __table_args__ = (
        one_of("state", CardState),
        maybe_one_of("overall", Overall),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.SCORECARD
    person: ClassVar[tuple[str, ...]] = ("interview_id",)

    id: int = key()
    interview_id: int = to("interview.id")
    author_id: int = to("colleague.id")
    entered_by_id: int | None = to("colleague.id", null=True, index=False)
    amends_id: int | None = to("scorecard.id", null=True)
    amend_reason: str = ""
    state: str = CardState.DRAFT
    level: str
    rubric_id: int = to("rubric_version.id", index=False)
    planned: list[str] = words_column()
    started_at: datetime = utc()
    submitted_at: datetime | None = utc(null=True)
    overall: str | None = None
    overall_reason: str = ""


class Rating(HistoryRow, table=True):
    """A score on one dimension, or why there is none."""

    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="score"),
        CheckConstraint("score IS NULL OR reason IS NULL", name="score_or_reason"),
        Index("uq_rating_scorecard_dimension", "scorecard_id", "dimension", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.SCORECARD
    person: ClassVar[tuple[str, ...]] = ("scorecard_id",)

    id: int = key()
    scorecard_id: int = to("scorecard.id", index=False)
    dimension: str
    score: int | None = None
    reason: str | None = None


class Note(HistoryRow, table=True):
    """A line on a card. With a dimension it is evidence; without one it is its author's alone.

    `at` is the minute it was written, where it is `timed`; a line that came in a form has the form's day alone (where
    the form has none, the moment it was brought in). Words out of a transcript keep the second of the call they were
    said at and who said them.
    """

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.SCORECARD
    person: ClassVar[tuple[str, ...]] = ("scorecard_id",)

    id: int = key()
    scorecard_id: int = to("scorecard.id")
    at: datetime = utc()
    text: str
    dimension: str | None = None
    timed: bool = True
    said_at: int | None = None
    speaker: str | None = None


class ObservedSignal(HistoryRow, table=True):
    """A signal of the rubric that was ticked on a card."""

    __tablename__ = "observed_signal"
    __table_args__ = (
        Index("uq_observed_signal", "scorecard_id", "dimension", "signal", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.SCORECARD
    person: ClassVar[tuple[str, ...]] = ("scorecard_id",)

    id: int = key()
    scorecard_id: int = to("scorecard.id", index=False)
    dimension: str
    signal: str
    red: bool = False
    quote: str = ""


class AskedQuestion(HistoryRow, table=True):
    """A question of the rubric that was asked, and when."""

    __tablename__ = "asked_question"
    __table_args__ = (Index("uq_asked_question", "scorecard_id", "question", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.SCORECARD
    person: ClassVar[tuple[str, ...]] = ("scorecard_id",)

    id: int = key()
    scorecard_id: int = to("scorecard.id", index=False)
    question: str
    at: datetime = utc()


class Attachment(HistoryRow, table=True):
    """A file attached to an application; its bytes are in `blob` under their hash."""

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.FILE
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    name: str
    size: int
    digest: str = Field(sa_column=Column(Text, ForeignKey("blob.digest"), nullable=False, index=True))
    added_at: datetime = utc()


class Blob(Stored, table=True):
    """Bytes by the SHA-256 of them."""

    digest: str = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class PacketRecord(HistoryRow, table=True):
    """A packet that was made: its number and the SHA-256 of its bytes; a kit names the interview it is for."""

    __tablename__ = "packet"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.PACKET
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    packet: str
    number: str
    sha256: str
    made_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)
    interview_id: int | None = to("interview.id", null=True)
