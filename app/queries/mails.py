"""Mails to candidates, ready to be written as drafts, and which of their places nobody can fill yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.mail import MailKind, MailText, WrittenMail, lacking, mail_fits, text_for, write_mail
from app.domain.offer import OfferStatus
from app.domain.pipeline import Outcome
from app.phrases.mail import lack_words, unfitting_words
from app.phrases.pay import pay_words
from app.records.candidate import first_mail
from app.records.mail_texts import mail_texts, own_texts, shipped_texts
from app.records.opening_job import pay_of
from app.records.opening_rubric import opening_rubric
from app.records.plan import read_plan
from app.store.columns import among, rows_of, rows_with
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Setting, Stage
from app.store.tables_mail import MailDraft
from app.store.tables_offer import Offer
from app.store.tables_panel import PlanRound
from app.store.workspace import Workspace


@dataclass(frozen=True)
class MailReady:
    """A mail to one candidate. `written` is None where something is lacking; `why` then says what.

    `language` is the one it is in, `wanted` the one the candidate writes in, which may be another.
    """

    application: int
    mail: MailKind
    name: str
    address: str
    language: str
    wanted: str
    written: WrittenMail | None
    why: str


@dataclass(frozen=True)
class WrittenDraft:
    """A draft that was written: for whom, what it is for, where it lies, and the fingerprint of what was written."""

    id: int
    name: str
    mail: MailKind
    path: str
    sha256: str


@dataclass(frozen=True)
class TextRow:
    """A text of a mail, and whether it is the workspace's own."""

    text: MailText
    own: bool


@dataclass(frozen=True)
class TextsShown:
    """Every text there is, by language, and the stages that openings have."""

    texts: tuple[TextRow, ...]
    stages: tuple[str, ...]


def mails_for(workspace: Workspace, applications: Collection[int], mail: MailKind) -> tuple[MailReady, ...]:
    """One mail for each of these applications, in the order of the candidates' names."""
    with workspace.read() as connection:
        texts = mail_texts(connection)
        common = _common(connection, workspace.me)
        query = (
            select(col(Stage.name))
            .select_from(Application)
            .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
            .join(Opening, col(Opening.id) == col(Application.opening_id))
            .join(Stage, col(Stage.id) == col(Application.stage_id))
            .where(among(col(Application.id), applications))
            .order_by(col(Candidate.name), col(Application.id))
        )
        rows = rows_with(connection, query, Application, Candidate, Opening)
        return tuple(
            _ready(connection, workspace, mail, texts, common, (held, candidate, opening, stage))
            for held, candidate, opening, stage in rows
        )


def texts_shown(workspace: Workspace) -> TextsShown:
    """What the page of texts shows: of one that the workspace wrote itself, that alone."""
    with workspace.read() as connection:
        own = own_texts(connection)
        stages = connection.execute(select(col(Stage.name)).distinct().order_by(col(Stage.name))).scalars().all()
    known = {(t.mail, t.stage, t.language) for t in own}
    rest = [t for t in shipped_texts() if (t.mail, t.stage, t.language) not in known]
    rows = [*(TextRow(t, own=True) for t in own), *(TextRow(t, own=False) for t in rest)]
    order = list(MailKind)
    rows.sort(key=lambda row: (order.index(row.text.mail), row.text.stage, row.text.language))
    return TextsShown(tuple(rows), tuple(stages))


def rejections_written(workspace: Workspace, applications: Collection[int]) -> tuple[WrittenDraft, ...]:
    """The drafts of rejections that were written for these applications and not taken away since."""
    query = (
        select(col(Candidate.name))
        .select_from(MailDraft)
        .join(Application, col(Application.id) == col(MailDraft.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(
            among(col(MailDraft.application_id), applications),
            col(MailDraft.mail) == MailKind.REJECTION,
            col(MailDraft.removed_at).is_(None),
        )
        .order_by(col(MailDraft.id))
    )
    with workspace.read() as connection:
        return tuple(
            WrittenDraft(draft.id, name, MailKind(draft.mail), draft.path, draft.sha256)
            for draft, name in rows_with(connection, query, MailDraft)
        )


def _common(connection: Connection, me: int | None) -> dict[str, str]:
    setting = rows_of(connection, Setting)[0]
    name = connection.execute(select(col(Colleague.name)).where(col(Colleague.id) == me)).scalar() or ""
    sender = "\n".join(part for part in (name, setting.organisation) if part)
    return {"organisation": setting.organisation, "sender": sender if name else ""}


def _ready(
    connection: Connection,
    workspace: Workspace,
    mail: MailKind,
    texts: tuple[MailText, ...],
    common: dict[str, str],
    about: tuple[Application, Candidate, Opening, str],
) -> MailReady:
    held, candidate, opening, stage = about
    wanted = candidate.language or "en"
    text = text_for(texts, mail, stage, wanted)
    assert text is not None  # there is one in English for every kind
    address = first_mail(connection, candidate.id)
    values = common | _of_person(candidate) | {"role": opening.role, "stage": stage, "pay": pay_words(pay_of(opening))}
    values |= _of_rounds(connection, workspace, held, text.language) | _of_offer(connection, held.id, text.language)
    why = ""
    if not mail_fits(mail, Outcome(held.outcome)):
        why = unfitting_words(mail, Outcome(held.outcome))
    elif text.faults or lacking(text, values):
        why = lack_words(text.faults, lacking(text, values))
    written = None if why else write_mail(text, values)
    return MailReady(held.id, mail, candidate.name, address, text.language, wanted, written, why)


def _of_person(candidate: Candidate) -> dict[str, str]:
    names = candidate.name.split()
    return {"name": candidate.name, "first name": names[0] if names else ""}


def _of_rounds(connection: Connection, workspace: Workspace, held: Application, language: str) -> dict[str, str]:
    rubric = opening_rubric(connection, held.opening_id)
    names = {exercise.id: exercise.name for exercise in rubric.exercises}
    plan = read_plan(connection, held.plan_id).plan
    query = (
        select(col(PlanRound.exercise), col(Colleague.name))
        .select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
        .where(col(Interview.application_id) == held.id, col(Interview.starts_at) >= workspace.now())
        .order_by(col(Interview.starts_at), col(Interview.id))
    )
    lines: dict[tuple[str, str, str], list[str]] = {}
    for one, exercise, interviewer in rows_with(connection, query, Interview):
        assert one.starts_at is not None
        when = _when(one.starts_at, workspace.zone, language)
        called = f"{names.get(exercise, exercise)}, {one.minutes} min"
        lines.setdefault((when, called, one.place), []).append(interviewer)
    planned = [
        f"- {when}: {', '.join(part for part in (called, *who, place) if part)}"
        for (when, called, place), who in lines.items()
    ]
    rounds = [f"- {names.get(r.exercise, r.exercise)}, {r.minutes} min" for r in plan.rounds]
    return {"interviews": "\n".join(planned), "plan": "\n".join(rounds), "minutes": str(plan.minutes)}


def _of_offer(connection: Connection, application: int, language: str) -> dict[str, str]:
    standing = col(Offer.status).in_((OfferStatus.APPROVED, OfferStatus.SENT))
    query = select(col(Offer.expires_on), col(Offer.starts_on)).where(
        col(Offer.application_id) == application, standing
    )
    found = connection.execute(query.order_by(col(Offer.id).desc()).limit(1)).first()
    expires, starts = found if found is not None else (None, None)
    return {"expires": _day(expires, language), "first day": _day(starts, language)}


def _when(moment: datetime, zone: tzinfo, language: str) -> str:
    """A moment in a language, with the zone it is told in."""
    from babel.dates import format_time  # noqa: PLC0415

    local = moment.astimezone(zone)
    return f"{_day(local.date(), language)}, {format_time(local, 'short', locale=language)} ({zone})"


def _day(value: date | None, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(value, "full", locale=language) if value is not None else ""
