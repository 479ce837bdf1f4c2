"""A debrief as its page shows it: the cards that count side by side, the result by the rule, and the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.debrief import AgendaItem, debrief_agenda
from app.domain.panel import Panel, Rule
from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.domain.scorecard import Card, CardRating, Sealing, flat
from app.errors import NotFound
from app.queries.decision import DecisionFacts, decisions_of
from app.records.independence import written_after_opening
from app.records.opening_rubric import opening_levels, opening_pack
from app.records.panel_scores import JudgedApplication, judged, open_variance, second_votes
from app.records.plan import rule_of
from app.records.returned_forms import cards_brought
from app.records.transcripts import ending_with_decision
from app.records.visibility import sealing_of
from app.store.columns import rows_with
from app.store.scorecard import read_cards
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Scorecard
from app.store.tables_debrief import DebriefWalk, DecisionDraft
from app.store.tables_panel import Debrief, FlagResolution, PlanRound, SecondScore
from app.store.transcript import cards_with_one
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class CardColumn:
    """One card that counts, with its author, round and day. `second` are its author's second scores.

    A dimension that is None in `second` was voted on again without a score; one that is missing was not voted on.
    A `late` card came in after the debrief had begun: it is in the current result, not in the first one.
    `after_open` says that the author could read the other cards when writing it.
    """

    interview: int
    card: int
    colleague: int
    name: str
    exercise: str
    position: int
    held_on: date | None
    content: Card
    second: dict[str, int | None]
    flat: bool
    late: bool = False
    after_open: bool = False

    def rating(self, dimension: str) -> CardRating:
        """What this card says of a dimension."""
        return self.content.rating(dimension)


@dataclass(frozen=True)
class Walked:
    """How far one dimension is: its note, when it was walked, or that it was skipped."""

    note: str = ""
    at: datetime | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Flag:
    """An observed red flag: on which dimensions, what was heard by whom, and what the debrief made of it."""

    signal: str
    label: str
    dimensions: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    verdict: str | None = None
    why: str = ""


@dataclass(frozen=True)
class DebriefView:
    """What the page shows; `panel` and all after it are None or empty while the cards are sealed to the user.

    `debrief` is its id, None before it begins. Columns are in the order of the plan, in which second scores are typed.
    `after` is the result with the cards that came in since, None without any; `draft` is the decision being written,
    as the form has it. `transcripts` counts those that a decision deletes.
    """

    application: int
    name: str
    role: str
    level: str
    opening: int
    manager: int | None
    manager_name: str
    rubric: Rubric
    rule: Rule
    levels: tuple[tuple[str, str], ...]
    approvers: tuple[str, ...]
    sealing: Sealing
    open: bool
    active: bool
    debrief: int | None = None
    started_at: datetime | None = None
    columns: tuple[CardColumn, ...] = ()
    panel: Panel | None = None
    after: Panel | None = None
    items: tuple[AgendaItem, ...] = ()
    walked: Mapping[str, Walked] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    draft: str = ""
    transcripts: int = 0

    @property
    def done(self) -> bool:
        """Whether every dimension was walked or skipped, so that the decision is open."""
        return bool(self.walked) and all(w.at is not None for w in self.walked.values())

    @property
    def next_item(self) -> AgendaItem | None:
        """The first dimension of the agenda that was not walked."""
        return next((i for i in self.items if self.walked.get(i.dimension, Walked()).at is None), None)

    def raters(self, dimension: str) -> tuple[CardColumn, ...]:
        """The authors who scored a dimension, each once, in the order of the columns."""
        found: dict[int, CardColumn] = {}
        for column in self.columns:
            if column.rating(dimension).score is not None:
                found.setdefault(column.colleague, column)
        return tuple(found.values())


def debrief_page(workspace: Workspace, application: int) -> DebriefView:
    """The debrief of an application as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        outcome, opening, name, manager_name = _head(connection, application)
        pack = opening_pack(connection, opening.id)
        rule = rule_of(connection, application)
        sealing = sealing_of(connection, application)
        is_open = workspace.me is not None and sealing.open_to(workspace.me)
        shown = DebriefView(
            application=application,
            name=name,
            role=opening.role,
            level=opening.level,
            opening=opening.id,
            manager=opening.manager_id,
            manager_name=manager_name or "",
            rubric=pack.rubric,
            rule=rule,
            levels=opening_levels(connection, opening.id),
            approvers=pack.approvers,
            sealing=sealing,
            open=is_open,
            active=outcome == Outcome.ACTIVE,
            decisions=decisions_of(connection, application, sealed=not is_open),
        )
        return _opened(connection, workspace, shown) if is_open else shown


def _head(connection: Connection, application: int) -> tuple[str, Opening, str, str | None]:
    """The outcome of an application, its opening, and the names of the candidate and of the opening's manager."""
    query = (
        select(col(Application.outcome), col(Candidate.name), col(Colleague.name))
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .outerjoin(Colleague, col(Colleague.id) == col(Opening.manager_id))
        .where(col(Application.id) == application)
    )
    for opening, outcome, name, manager in rows_with(connection, query, Opening):
        return outcome, opening, name, manager
    raise NotFound(tr("There is no application {id}.").format(id=application))


def _opened(connection: Connection, workspace: Workspace, shown: DebriefView) -> DebriefView:
    """The same with everything the cards say."""
    result = judged(connection, shown.application, open_variance(connection, workspace.me, shown.application))
    begun = begun_debrief(connection, shown.application)
    columns = _columns(connection, workspace, shown, result)
    flags = _flags(connection, shown, columns, result.open_flags)
    flagged = {d for f in flags if f.verdict is None for d in f.dimensions}
    return replace(
        shown,
        debrief=begun[0] if begun else None,
        started_at=begun[1] if begun else None,
        columns=columns,
        panel=result.first,
        after=result.second,
        items=debrief_agenda(result.first, shown.rule.must_have, flagged),
        walked=walked_of(connection, begun[0]) if begun else {},
        flags=flags,
        draft=_draft(connection, shown.application),
        transcripts=len(cards_with_one(connection, ending_with_decision(connection, shown.application))),
    )


def begun_debrief(connection: Connection, application: int) -> tuple[int, datetime] | None:
    """The debrief of an application, and when it was begun; None before that."""
    query = select(col(Debrief.id), col(Debrief.started_at)).where(col(Debrief.application_id) == application)
    return connection.execute(query.order_by(col(Debrief.id))).first()


def _draft(connection: Connection, application: int) -> str:
    query = select(col(DecisionDraft.content)).where(col(DecisionDraft.application_id) == application)
    return connection.execute(query).scalar() or ""


def _columns(
    connection: Connection, workspace: Workspace, shown: DebriefView, result: JudgedApplication
) -> tuple[CardColumn, ...]:
    again = second_scores_of(connection, shown.application)
    shown_cards = (*result.first_cards, *result.late_cards)
    contents, brought = read_cards(connection, shown_cards), cards_brought(connection, shown_cards)
    after_open = written_after_opening(connection, shown.application)
    query = (
        select(
            col(Scorecard.id),
            col(Scorecard.author_id),
            col(Scorecard.submitted_at),
            col(Interview.id),
            col(Interview.starts_at),
            col(PlanRound.position),
            col(PlanRound.exercise),
            col(Colleague.name),
        )
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Colleague, col(Colleague.id) == col(Scorecard.author_id))
        .where(col(Scorecard.id).in_(shown_cards))
        .order_by(col(PlanRound.position), col(Interview.id), col(Scorecard.id))
    )
    found, seen = [], set()
    for number, author, submitted_at, interview, starts_at, position, exercise, name in connection.execute(query):
        assert submitted_at is not None  # only cards that are in are shown
        card = contents[number]
        scored = [r.score for r in card.ratings if r.score is not None]
        form = brought.get(number)
        written = form.written_on if form is not None else submitted_at.astimezone(workspace.zone).date()
        found.append(
            CardColumn(
                interview=interview,
                card=number,
                colleague=author,
                name=name,
                exercise=shown.rubric.exercise(exercise).short,
                position=position + 1,
                held_on=starts_at.astimezone(workspace.zone).date() if starts_at else written,
                content=card,
                second={
                    dimension: scores[author]
                    for dimension, scores in again.items()
                    if author in scores and card.rating(dimension).score is not None and (author, dimension) not in seen
                },
                flat=flat(scored, shown.rubric.limits.flat_from),
                late=number in result.late_cards,
                after_open=number in after_open,
            )
        )
        seen |= {(author, r.dimension) for r in card.ratings if r.score is not None}
    return tuple(found)


def second_scores_of(connection: Connection, application: int) -> dict[str, dict[int, int | None]]:
    """By dimension, the second scores that hold, by colleague."""
    votes = {vote: dimension for dimension, vote in second_votes(connection, application).items()}
    found: dict[str, dict[int, int | None]] = {dimension: {} for dimension in votes.values()}
    query = select(col(SecondScore.vote_id), col(SecondScore.colleague_id), col(SecondScore.score))
    given = query.where(col(SecondScore.vote_id).in_(votes)).order_by(col(SecondScore.id))
    for vote, colleague, score in connection.execute(given):
        found[votes[vote]][colleague] = score
    return found


def walked_of(connection: Connection, debrief: int) -> dict[str, Walked]:
    """How far each dimension of a debrief is, in the rubric's order."""
    query = (
        select(col(DebriefWalk.dimension), col(DebriefWalk.note), col(DebriefWalk.walked_at), col(DebriefWalk.skipped))
        .where(col(DebriefWalk.debrief_id) == debrief)
        .order_by(col(DebriefWalk.id))
    )
    return {dimension: Walked(note, at, skipped) for dimension, note, at, skipped in connection.execute(query)}


def settled_flags(connection: Connection, application: int) -> dict[str, tuple[str, str]]:
    """By signal, the verdict that holds on an observed red flag, and why."""
    query = (
        select(col(FlagResolution.signal), col(FlagResolution.verdict), col(FlagResolution.why))
        .where(col(FlagResolution.application_id) == application)
        .order_by(col(FlagResolution.id))
    )
    return {signal: (verdict, why) for signal, verdict, why in connection.execute(query)}


def _flags(
    connection: Connection, shown: DebriefView, columns: tuple[CardColumn, ...], open_flags: tuple[str, ...]
) -> tuple[Flag, ...]:
    settled = settled_flags(connection, shown.application)
    seen: dict[str, list[tuple[str, str, str]]] = {}
    for column in columns:
        for rating in column.content.ratings:
            for observed in rating.observed:
                if observed.red:
                    seen.setdefault(observed.signal, []).append((rating.dimension, column.name, observed.quote))
    return tuple(
        Flag(
            signal=signal,
            label=shown.rubric.signal(signal).label,
            dimensions=tuple(dict.fromkeys(dimension for dimension, _, _ in heard)),
            quotes=tuple(dict.fromkeys((name, quote) for _, name, quote in heard)),
            verdict=settled[signal][0] if signal not in open_flags else None,
            why=settled[signal][1] if signal not in open_flags else "",
        )
        for signal, heard in seen.items()
    )
