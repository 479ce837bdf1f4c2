"""The tables of hiring, as rows. Rules are the domain's: a SQLModel table does not validate what it is given."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from app.domain.kinds import Kind
from app.domain.pipeline import Outcome
from app.domain.scorecard import CardState, Overall

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An aware moment as UTC text, '2026-03-12T09:41:05.123Z': it sorts as text and any SQLite reads it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuse naive moments: they would mean another time on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Back to an aware moment."""
        return None if value is None else datetime.fromisoformat(value)


class Words(TypeDecorator[list[str]]):
    """A list of keys as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """One canonical spelling, so that equal lists are equal text."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str] | None:
        """Back to a list."""
        return None if value is None else [str(v) for v in json.loads(value)]


def _key() -> Any:
    return Field(default=None, primary_key=True)


def _to(target: str, *, null: bool = False, index: bool = True) -> Any:
    return Field(sa_column=Column(Integer, ForeignKey(target), nullable=null, index=index))


def _utc(*, null: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Utc, nullable=null))


def _day() -> Any:
    return Field(default=None, sa_column=Column(Date, nullable=True))


def _words() -> Any:
    return Field(sa_column=Column(Words, nullable=False))


def _one_of(column: str, values: type[Any] | tuple[str, ...]) -> CheckConstraint:
    names = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({names})", name=column)


class Row(SQLModel):
    """What every table of ours has: a number that is never given twice, and the kind of thing it holds."""

    kind: ClassVar[Kind]


_NUMBERED = {"sqlite_autoincrement": True}


class Setting(Row, table=True):
    """The one row about the workspace itself."""

    __tablename__ = "workspace"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), _one_of("paper", ("A4", "Letter")))
    kind: ClassVar[Kind] = Kind.WORKSPACE

    id: int = Field(default=1, primary_key=True)
    key: str
    created_at: datetime = _utc()
    me_id: int | None = _to("colleague.id", null=True, index=False)
    today_kept: date | None = _day()
    paper: str = "A4"
    time_zone: str = "UTC"


class Colleague(Row, table=True):
    """Anybody on our side."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.COLLEAGUE

    id: int | None = _key()
    name: str
    mail: str = ""
    role: str = ""


class RubricVersion(Row, table=True):
    """A pack as it was adopted: its whole content, so that a score can always be read beside its anchors."""

    __tablename__ = "rubric_version"
    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.RUBRIC

    id: int | None = _key()
    pack: str
    version: str
    digest: str
    content: str
    adopted_at: datetime = _utc()


class Opening(Row, table=True):
    """A job to fill."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.OPENING

    id: int | None = _key()
    code: str = Field(unique=True)
    role: str
    level: str
    seats: int = 1
    approved_on: date | None = _day()
    approved_by_id: int | None = _to("colleague.id", null=True)
    manager_id: int | None = _to("colleague.id", null=True)
    target_from: int = 60
    target_to: int = 120
    rubric_id: int = _to("rubric_version.id")
    must_have: list[str] = _words()


class Stage(Row, table=True):
    """One column of an opening's board."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.OPENING

    id: int | None = _key()
    opening_id: int = _to("opening.id")
    position: int
    name: str


class PlanRound(Row, table=True):
    """One round of an opening's interview plan."""

    __tablename__ = "plan_round"
    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.OPENING

    id: int | None = _key()
    opening_id: int = _to("opening.id")
    position: int
    exercise: str
    minutes: int
    dimensions: list[str] = _words()


class Candidate(Row, table=True):
    """A person who may be hired."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.CANDIDATE

    id: int | None = _key()
    name: str = Field(index=True)
    mail: str = Field(default="", index=True)
    phone: str = ""
    now_at: str = ""
    place: str = ""
    came_by: str = ""
    can_start: str = ""
    kept_until: date | None = _day()


class Application(Row, table=True):
    """A candidate in one opening, at one stage."""

    __table_args__ = (
        _one_of("outcome", Outcome),
        Index("uq_application_candidate_opening", "candidate_id", "opening_id", unique=True),
        _NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.APPLICATION

    id: int | None = _key()
    candidate_id: int = _to("candidate.id", index=False)
    opening_id: int = _to("opening.id")
    stage_id: int = _to("stage.id")
    entered_at: datetime = _utc()
    applied_on: date | None = _day()
    outcome: str = Outcome.ACTIVE
    closed_at: datetime | None = _utc(null=True)
    close_reason: str = ""
    opened_at: datetime | None = _utc(null=True)
    opened_by_id: int | None = _to("colleague.id", null=True, index=False)
    open_reason: str = ""


class StageEntry(Row, table=True):
    """One spell of an application in a stage."""

    __tablename__ = "stage_entry"
    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.APPLICATION

    id: int | None = _key()
    application_id: int = _to("application.id")
    stage_id: int = _to("stage.id", index=False)
    entered_at: datetime = _utc()
    by_id: int | None = _to("colleague.id", null=True, index=False)


class Interview(Row, table=True):
    """One round for one application, with its interviewer and its time."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.INTERVIEW

    id: int | None = _key()
    application_id: int = _to("application.id")
    round_id: int = _to("plan_round.id")
    interviewer_id: int = _to("colleague.id")
    starts_at: datetime | None = _utc(null=True)
    minutes: int = 60
    place: str = ""


class Scorecard(Row, table=True):
    """One interviewer's card of one interview; an amendment is a card of its own."""

    __table_args__ = (
        _one_of("state", CardState),
        CheckConstraint(
            "overall IS NULL OR overall IN ({})".format(", ".join(f"'{v}'" for v in Overall)), name="overall"
        ),
        _NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.SCORECARD

    id: int | None = _key()
    interview_id: int = _to("interview.id")
    author_id: int = _to("colleague.id")
    entered_by_id: int | None = _to("colleague.id", null=True, index=False)
    amends_id: int | None = _to("scorecard.id", null=True)
    amend_reason: str = ""
    state: str = CardState.DRAFT
    level: str
    rubric_id: int = _to("rubric_version.id", index=False)
    planned: list[str] = _words()
    started_at: datetime = _utc()
    submitted_at: datetime | None = _utc(null=True)
    overall: str | None = None
    overall_reason: str = ""


class Rating(Row, table=True):
    """A score on one dimension, or why there is none."""

    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="score"),
        CheckConstraint("score IS NULL OR reason IS NULL", name="score_or_reason"),
        Index("uq_rating_scorecard_dimension", "scorecard_id", "dimension", unique=True),
        _NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.SCORECARD

    id: int | None = _key()
    scorecard_id: int = _to("scorecard.id", index=False)
    dimension: str
    score: int | None = None
    reason: str | None = None


class Note(Row, table=True):
    """A timed line on a card. With a dimension it is evidence; without one it is its author's alone."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.SCORECARD

    id: int | None = _key()
    scorecard_id: int = _to("scorecard.id")
    at: datetime = _utc()
    text: str
    dimension: str | None = None


class ObservedSignal(Row, table=True):
    """A signal of the rubric that was ticked on a card."""

    __tablename__ = "observed_signal"
    __table_args__ = (
        Index("uq_observed_signal", "scorecard_id", "dimension", "signal", unique=True),
        _NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.SCORECARD

    id: int | None = _key()
    scorecard_id: int = _to("scorecard.id", index=False)
    dimension: str
    signal: str
    red: bool = False
    quote: str = ""


class AskedQuestion(Row, table=True):
    """A question of the rubric that was asked, and when."""

    __tablename__ = "asked_question"
    __table_args__ = (Index("uq_asked_question", "scorecard_id", "question", unique=True), _NUMBERED)
    kind: ClassVar[Kind] = Kind.SCORECARD

    id: int | None = _key()
    scorecard_id: int = _to("scorecard.id", index=False)
    question: str
    at: datetime = _utc()


class Decision(Row, table=True):
    """What was decided on an application; the newest one holds, the others stay."""

    __table_args__ = (_one_of("verdict", ("hire", "no_hire", "hold")), _NUMBERED)
    kind: ClassVar[Kind] = Kind.DECISION

    id: int | None = _key()
    application_id: int = _to("application.id")
    verdict: str
    level: str
    reason: str
    change_reason: str = ""
    by_id: int = _to("colleague.id", index=False)
    at: datetime = _utc()


class Dissent(Row, table=True):
    """A colleague's disagreement with a decision, by name."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.DECISION

    id: int | None = _key()
    decision_id: int = _to("decision.id")
    colleague_id: int = _to("colleague.id", index=False)
    text: str


class Attachment(Row, table=True):
    """A file attached to an application; its bytes are in `blob` under their hash."""

    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.FILE

    id: int | None = _key()
    application_id: int = _to("application.id")
    name: str
    size: int
    digest: str = Field(sa_column=Column(Text, ForeignKey("blob.digest"), nullable=False, index=True))
    added_at: datetime = _utc()


class Blob(SQLModel, table=True):
    """Bytes by the SHA-256 of them."""

    digest: str = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class PacketRecord(Row, table=True):
    """A packet that was made: its number and the SHA-256 of its bytes."""

    __tablename__ = "packet"
    __table_args__ = (_NUMBERED,)
    kind: ClassVar[Kind] = Kind.PACKET

    id: int | None = _key()
    application_id: int = _to("application.id")
    packet: str
    number: str
    sha256: str
    made_at: datetime = _utc()
    by_id: int | None = _to("colleague.id", null=True, index=False)


class History(SQLModel, table=True):
    """The chain. `digest` is salted per person, so that erasing `image` and `salt` rows leaves it verifiable."""

    number: int | None = Field(default=None, primary_key=True)
    step: int
    at: str
    who: int | None
    op: str
    subject: str
    person: str
    digest: str
    previous: str
    hash: str


class Image(SQLModel, table=True):
    """Before and after of a history row, as JSON; erasing a person empties these."""

    number: int = Field(sa_column=Column(Integer, ForeignKey("history.number"), primary_key=True, autoincrement=False))
    content: str


class Salt(SQLModel, table=True):
    """The random bytes that go into every digest about one person."""

    person: str = Field(primary_key=True)
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Unfinished(SQLModel, table=True):
    """A shared row that is being typed in: its state before the typing began, until the field is left."""

    __tablename__ = "unfinished"
    __table_args__ = (Index("uq_unfinished", "table_name", "row_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    table_name: str
    row_id: int
    before: str
    person: str
    op: str
    who: int | None
    touched_at: str


def table_of(rows: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a class, for queries."""
    return cast("Table", rows.__table__)  # type: ignore[attr-defined]


metadata: MetaData = SQLModel.metadata
ROWS: dict[str, type[Row]] = {
    t.__tablename__: t  # type: ignore[misc]
    for t in (
        Setting, Colleague, RubricVersion, Opening, Stage, PlanRound, Candidate, Application, StageEntry, Interview,
        Scorecard, Rating, Note, ObservedSignal, AskedQuestion, Decision, Dissent, Attachment, PacketRecord,
    )
}  # fmt: skip
