"""A debrief as its page shows it: every card that counts, side by side, what the rule says, and how far the walk is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from app.domain.debrief import AgendaItem, debrief_agenda
from app.domain.panel import Panel, Rule
from app.domain.rubric import Rubric
from app.domain.scorecard import Card, CardRating, Sealing, flat
from app.errors import NotFound
from app.queries.decision import DecisionFacts, decisions_of
from app.records.independence import written_after_opening
from app.records.panel_scores import JudgedApplication, judged, open_variance, second_votes
from app.records.plan import rule_of
from app.records.returned_forms import cards_brought
from app.records.visibility import sealing_of
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.scorecard import read_cards
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Scorecard
from app.store.tables_panel import Debrief, DebriefWalk, DecisionDraft, FlagResolution, PlanRound, SecondScore
from app.store.workspace import Workspace
from app.words import tr

_application, _candidate, _opening = table_of(Application), table_of(Candidate), table_of(Opening)
_interview, _round, _card, _colleague = (
    table_of(Interview),
    table_of(PlanRound),
    table_of(Scorecard),
    table_of(Colleague),
)
_draft = table_of(DecisionDraft)
_debrief, _walk, _flag, _second = (
    table_of(Debrief),
    table_of(DebriefWalk),
    table_of(FlagResolution),
    table_of(SecondScore),
)


@dataclass(frozen=True)
class CardColumn:
    """One card that counts: whose, of which round, on which day. `second` are its author's second scores.

    A dimension in `second` with None was voted on again without a score; one that is missing was not voted on.
    `late` cards came in after the debrief had begun: they are in the result as it stands now, not in the first one.
    `after_open` says that its author could read the others when they wrote it.
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
    """What the page shows; `panel` and the rest are None or empty while the cards are sealed to me.

    `debrief` is its id, None before it was begun. Columns stand in the order of the plan, which is the order in
    which second scores are keyed in. `after` is the result with what came in since, None where nothing did;
    `draft` is the decision being written, as the form has it.
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

    @property
    def done(self) -> bool:
        """Whether every dimension was walked or skipped, so that the decision is open."""
        return bool(self.walked) and all(w.at is not None for w in self.walked.values())

    @property
    def next_item(self) -> AgendaItem | None:
        """The first dimension of the agenda that was not walked."""
        return next((i for i in self.items if self.walked.get(i.dimension, Walked()).at is None), None)

    def raters(self, dimension: str) -> tuple[CardColumn, ...]:
        """Who scored a dimension, each once, in the order they sit in."""
        found: dict[int, CardColumn] = {}
        for column in self.columns:
            if column.rating(dimension).score is not None:
                found.setdefault(column.colleague, column)
        return tuple(found.values())


def debrief_page(workspace: Workspace, application: int) -> DebriefView:
    """The debrief of an application as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        head = _head(connection, application)
        pack = read_pack(connection, head["rubric_id"])
        rule = rule_of(connection, application)
        sealing = sealing_of(connection, application)
        is_open = workspace.me is not None and sealing.open_to(workspace.me)
        shown = DebriefView(
            application=application,
            name=head["name"],
            role=head["role"],
            level=head["level"],
            opening=head["opening_id"],
            manager=head["manager_id"],
            manager_name=head["manager"] or "",
            rubric=pack.rubric,
            rule=rule,
            levels=tuple((known.id, known.title) for known in pack.levels.levels),
            approvers=tuple(a.role for a in pack.role.approvals if a.verb == "approves"),
            sealing=sealing,
            open=is_open,
            active=head["outcome"] == "active",
            decisions=decisions_of(connection, application, sealed=not is_open),
        )
        return _opened(connection, workspace, shown) if is_open else shown


def _head(connection: Connection, application: int) -> RowMapping:
    query = (
        select(
            _application.c.opening_id,
            _application.c.outcome,
            _candidate.c.name,
            _opening.c.role,
            _opening.c.level,
            _opening.c.rubric_id,
            _opening.c.manager_id,
            _colleague.c.name.label("manager"),
        )
        .select_from(
            _application.join(_candidate).join(_opening).outerjoin(_colleague, _colleague.c.id == _opening.c.manager_id)
        )
        .where(_application.c.id == application)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(tr("There is no application {id}.").format(id=application))
    return row


def _opened(connection: Connection, workspace: Workspace, shown: DebriefView) -> DebriefView:
    """The same with everything the cards say."""
    result = judged(connection, shown.application, open_variance(connection, workspace.me))
    query = select(_debrief).where(_debrief.c.application_id == shown.application).order_by(_debrief.c.id)
    begun = connection.execute(query).mappings().first()
    columns = _columns(connection, workspace, shown, result)
    flags = _flags(connection, shown, columns, result.open_flags)
    flagged = {d for f in flags if f.verdict is None for d in f.dimensions}
    return replace(
        shown,
        debrief=begun["id"] if begun else None,
        started_at=begun["started_at"] if begun else None,
        columns=columns,
        panel=result.first,
        after=result.second,
        items=debrief_agenda(result.first, shown.rule.must_have, flagged),
        walked=walked_of(connection, begun["id"]) if begun else {},
        flags=flags,
        draft=connection.execute(select(_draft.c.content).where(_draft.c.application_id == shown.application)).scalar()
        or "",
    )


def _columns(
    connection: Connection, workspace: Workspace, shown: DebriefView, result: JudgedApplication
) -> tuple[CardColumn, ...]:
    again = second_scores_of(connection, shown.application)
    shown_cards = (*result.first_cards, *result.late_cards)
    contents, brought = read_cards(connection, shown_cards), cards_brought(connection, shown_cards)
    after_open = written_after_opening(connection, shown.application)
    query = (
        select(
            _card.c.id,
            _card.c.author_id,
            _card.c.submitted_at,
            _interview.c.id.label("interview"),
            _interview.c.starts_at,
            _round.c.position,
            _round.c.exercise,
            _colleague.c.name,
        )
        .select_from(_card.join(_interview).join(_round).join(_colleague, _colleague.c.id == _card.c.author_id))
        .where(_card.c.id.in_(shown_cards))
        .order_by(_round.c.position, _interview.c.id, _card.c.id)
    )
    found, seen = [], set()
    for row in connection.execute(query):
        card = contents[row.id]
        scored = [r.score for r in card.ratings if r.score is not None]
        form = brought.get(row.id)
        written = form.written_on if form is not None else row.submitted_at.astimezone(workspace.zone).date()
        found.append(
            CardColumn(
                interview=row.interview,
                card=row.id,
                colleague=row.author_id,
                name=row.name,
                exercise=shown.rubric.exercise(row.exercise).short,
                position=row.position + 1,
                held_on=row.starts_at.astimezone(workspace.zone).date() if row.starts_at else written,
                content=card,
                second={
                    dimension: scores[row.author_id]
                    for dimension, scores in again.items()
                    if row.author_id in scores
                    and card.rating(dimension).score is not None
                    and (row.author_id, dimension) not in seen
                },
                flat=flat(scored, shown.rubric.limits.flat_from),
                late=row.id in result.late_cards,
                after_open=row.id in after_open,
            )
        )
        seen |= {(row.author_id, r.dimension) for r in card.ratings if r.score is not None}
    return tuple(found)


def second_scores_of(connection: Connection, application: int) -> dict[str, dict[int, int | None]]:
    """By dimension, the second scores that hold, by colleague."""
    votes = {vote: dimension for dimension, vote in second_votes(connection, application).items()}
    found: dict[str, dict[int, int | None]] = {dimension: {} for dimension in votes.values()}
    for row in connection.execute(select(_second).where(_second.c.vote_id.in_(votes)).order_by(_second.c.id)):
        found[votes[row.vote_id]][row.colleague_id] = row.score
    return found


def walked_of(connection: Connection, debrief: int) -> dict[str, Walked]:
    """How far each dimension of a debrief is, in the rubric's order."""
    rows = connection.execute(select(_walk).where(_walk.c.debrief_id == debrief).order_by(_walk.c.id))
    return {row.dimension: Walked(row.note, row.walked_at, bool(row.skipped)) for row in rows}


def _flags(
    connection: Connection, shown: DebriefView, columns: tuple[CardColumn, ...], open_flags: tuple[str, ...]
) -> tuple[Flag, ...]:
    settled = {
        row.signal: row
        for row in connection.execute(
            select(_flag).where(_flag.c.application_id == shown.application).order_by(_flag.c.id)
        )
    }
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
            verdict=settled[signal].verdict if signal not in open_flags else None,
            why=settled[signal].why if signal not in open_flags else "",
        )
        for signal, heard in seen.items()
    )
