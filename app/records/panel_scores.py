"""Which scores of an application count, before its debrief and after it, and what the rule says of them.

A shadow's card counts nowhere. First scores are of cards that came in before the debrief, of each interview the
newest one; second scores take their place where a dimension was voted on again, and later cards where one came in.
Who may see any of it is the caller's to ask (`records.visibility`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection, Select, func, select

from app.domain.agreement import RaterScore
from app.domain.panel import Panel, PanelScore, judge_panel, variance_of_sums
from app.domain.scorecard import CardState
from app.records.plan import rule_of
from app.records.visibility import sealings
from app.store.columns import among, table_of
from app.store.tables import Application, Colleague, Interview, ObservedSignal, Rating, Scorecard
from app.store.tables_panel import Debrief, FlagResolution, PlanRound, SecondScore, SecondVote

_cards, _interviews, _ratings = table_of(Scorecard), table_of(Interview), table_of(Rating)
_colleagues, _debriefs, _observed = table_of(Colleague), table_of(Debrief), table_of(ObservedSignal)
_rounds, _applications = table_of(PlanRound), table_of(Application)
_votes, _second, _resolved = table_of(SecondVote), table_of(SecondScore), table_of(FlagResolution)


@dataclass(frozen=True)
class JudgedApplication:
    """What the rule says: `first` by the scores from before the debrief, `second` by those that hold now.

    `second` is None where they are the same. `first_cards` are the cards that count in `first`; `late_cards` came in
    after the debrief had begun. `open_flags` are the signals of red flags on any of them that nobody has settled yet.
    """

    first: Panel
    second: Panel | None
    first_cards: tuple[int, ...]
    late_cards: tuple[int, ...]
    open_flags: tuple[str, ...]


def judged(connection: Connection, application: int, variance: Fraction) -> JudgedApplication:
    """Both results of an application, over everybody's cards; `variance` is for the band. Raises NotFound."""
    rule = rule_of(connection, application)
    names = _names(connection)
    first, newest = first_cards(connection, application), _newest_cards(connection, application)
    given, now = _given(connection, first, names), _given(connection, newest, names)
    again = _second_scores(connection, application, names)
    now = [g for g in now if g.dimension not in again] + [g for gs in again.values() for g in gs]
    flags, flags_now = (_open_flags(connection, application, cards, names) for cards in (first, newest))
    same = sorted(now, key=_order) == sorted(given, key=_order) and flags == flags_now
    return JudgedApplication(
        first=judge_panel(given, rule, variance, flags),
        second=None if same and not again else judge_panel(now, rule, variance, flags_now),
        first_cards=first,
        late_cards=tuple(card for card in newest if card not in first),
        open_flags=tuple(sorted({*flags, *flags_now})),
    )


def _order(given: PanelScore) -> tuple[str, str, int]:
    return given.rater, given.dimension, given.score


def _names(connection: Connection) -> dict[int, str]:
    """What each colleague is called where several stand together: two of one name are told apart by a number."""
    names: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for row in connection.execute(select(_colleagues.c.id, _colleagues.c.name).order_by(_colleagues.c.id)):
        seen[row.name] += 1
        names[row.id] = row.name if seen[row.name] == 1 else f"{row.name} ({seen[row.name]})"
    return names


def _first() -> Select[tuple[int, int]]:
    """Of each interview the newest card that came in before the debrief began, with its application."""
    began = (
        select(_debriefs.c.application_id, func.min(_debriefs.c.started_at).label("at"))
        .group_by(_debriefs.c.application_id)
        .subquery()
    )
    return (
        select(func.max(_cards.c.id).label("id"), _interviews.c.application_id)
        .select_from(_cards.join(_interviews).outerjoin(began, began.c.application_id == _interviews.c.application_id))
        .where(
            _interviews.c.shadow.is_(False),
            _cards.c.state != CardState.DRAFT,
            began.c.at.is_(None) | (_cards.c.submitted_at <= began.c.at),
        )
        .group_by(_cards.c.interview_id)
    )


def first_cards(connection: Connection, application: int) -> tuple[int, ...]:
    """Of each interview the newest card that came in before the debrief began."""
    return tuple(first_cards_of(connection, [application]))


def first_cards_of(connection: Connection, applications: Collection[int]) -> dict[int, int]:
    """The same of many applications at once: which application each card is about, by card."""
    chosen = _first().where(among(_interviews.c.application_id, applications))
    return dict(sorted((row.id, row.application_id) for row in connection.execute(chosen)))


def _newest_cards(connection: Connection, application: int) -> tuple[int, ...]:
    query = (
        select(func.max(_cards.c.id).label("id"))
        .select_from(_cards.join(_interviews))
        .where(
            _interviews.c.application_id == application,
            _interviews.c.shadow.is_(False),
            _cards.c.state != CardState.DRAFT,
        )
        .group_by(_cards.c.interview_id)
    )
    return tuple(sorted(connection.execute(query).scalars()))


def _given(connection: Connection, cards: Sequence[int], names: Mapping[int, str]) -> list[PanelScore]:
    query = (
        select(_cards.c.author_id, _ratings.c.dimension, _ratings.c.score)
        .select_from(_ratings.join(_cards))
        .where(among(_ratings.c.scorecard_id, cards), _ratings.c.score.is_not(None))
        .order_by(_ratings.c.id)
    )
    return [PanelScore(names[row.author_id], row.dimension, row.score) for row in connection.execute(query)]


def given_first(connection: Connection, application: int) -> list[PanelScore]:
    """The scores from before the debrief: the baseline of who was hired."""
    return _given(connection, first_cards(connection, application), _names(connection))


def raters_of(connection: Connection, application: int, dimension: str) -> tuple[int, ...]:
    """Who scored a dimension, each once, in the order of the plan: the order they sit in."""
    query = (
        select(_cards.c.author_id)
        .select_from(_ratings.join(_cards).join(_interviews).join(_rounds))
        .where(
            _ratings.c.scorecard_id.in_(
                {*first_cards(connection, application), *_newest_cards(connection, application)}
            ),
            _ratings.c.dimension == dimension,
            _ratings.c.score.is_not(None),
        )
        .order_by(_rounds.c.position, _interviews.c.id)
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


def second_votes(connection: Connection, application: int) -> dict[str, int]:
    """By dimension, the vote that holds."""
    query = (
        select(_votes.c.id, _votes.c.dimension)
        .select_from(_votes.join(_debriefs))
        .where(_debriefs.c.application_id == application)
        .order_by(_votes.c.id)
    )
    return {row.dimension: row.id for row in connection.execute(query)}


def _second_scores(connection: Connection, application: int, names: Mapping[int, str]) -> dict[str, list[PanelScore]]:
    votes = second_votes(connection, application)
    dimensions = {vote: dimension for dimension, vote in votes.items()}
    found: dict[str, list[PanelScore]] = {dimension: [] for dimension in votes}
    query = (
        select(_second.c.vote_id, _second.c.score, _second.c.colleague_id)
        .where(_second.c.vote_id.in_(dimensions), _second.c.score.is_not(None))
        .order_by(_second.c.id)
    )
    for row in connection.execute(query):
        found[dimensions[row.vote_id]].append(PanelScore(names[row.colleague_id], dimensions[row.vote_id], row.score))
    return found


def observed_flags(connection: Connection, application: int) -> set[str]:
    """Signals of red flags on a card that counts, before the debrief or now, settled or not."""
    cards = {*first_cards(connection, application), *_newest_cards(connection, application)}
    query = select(_observed.c.signal).where(_observed.c.scorecard_id.in_(cards), _observed.c.red.is_(True))
    return set(connection.execute(query).scalars())


def _open_flags(
    connection: Connection, application: int, cards: Sequence[int], names: Mapping[int, str]
) -> dict[str, frozenset[str]]:
    """Red flags on these cards that are not settled, with who observed them.

    A settled one is open again once somebody else observes it on a card that came in after.
    """
    settled: dict[str, datetime] = {
        row.signal: row.at
        for row in connection.execute(
            select(_resolved.c.signal, _resolved.c.at)
            .where(_resolved.c.application_id == application)
            .order_by(_resolved.c.id)
        )
    }
    query = (
        select(_observed.c.signal, _observed.c.scorecard_id, _cards.c.author_id, _cards.c.submitted_at)
        .select_from(_observed.join(_cards).join(_interviews))
        .where(
            _interviews.c.application_id == application,
            _observed.c.red.is_(True),
            _cards.c.state != CardState.DRAFT,
        )
        .order_by(_observed.c.signal)
    )
    seen = connection.execute(query).all()
    heard = {(r.signal, r.author_id) for r in seen if r.signal in settled and r.submitted_at <= settled[r.signal]}
    found: dict[str, set[str]] = {}
    for row in seen:
        if row.scorecard_id in cards and (row.signal, row.author_id) not in heard:
            found.setdefault(row.signal, set()).add(names[row.author_id])
    return {signal: frozenset(who) for signal, who in found.items()}


def open_variance(connection: Connection, me: int | None) -> Fraction:
    """The pooled within-cell variance over the first scores of every application whose cards are open to `me`."""
    first = _first().subquery()
    score = _ratings.c.score
    query = (
        select(
            first.c.application_id,
            func.count().label("n"),
            func.sum(score).label("sum"),
            func.sum(score * score).label("squares"),
        )
        .select_from(_ratings.join(first, first.c.id == _ratings.c.scorecard_id))
        .where(score.is_not(None))
        .group_by(first.c.application_id, _ratings.c.dimension)
        .having(func.count() > 1)
    )
    cells = connection.execute(query).all()
    sealing = sealings(connection, {c.application_id for c in cells})
    mine = {a for a, s in sealing.items() if me is not None and s.open_to(me)}
    return variance_of_sums((c.n, c.sum, c.squares) for c in cells if c.application_id in mine)


def first_scores(connection: Connection, applications: Sequence[int]) -> list[RaterScore]:
    """The scores of `first_cards`, of many applications at once: what agreement and severity are computed from."""
    cards = first_cards_of(connection, applications)
    query = (
        select(
            _applications.c.candidate_id, _applications.c.id, _ratings.c.dimension, _cards.c.author_id, _ratings.c.score
        )
        .select_from(_ratings.join(_cards).join(_interviews).join(_applications))
        .where(_ratings.c.scorecard_id.in_(cards), _ratings.c.score.is_not(None))
        .order_by(_ratings.c.id)
    )
    return [RaterScore(*row) for row in connection.execute(query)]
