"""Which scores of an application count, before its debrief and after it, and what the rule says of them.

A shadow's card counts nowhere. First scores are of cards that came in before the debrief, of each interview the
newest one; second scores take their place where a dimension was voted on again. Who may see any of it is the
caller's to ask (`store.sight`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Connection, RowMapping, func, select

from app.domain.agreement import Scored
from app.domain.panel import Given, Panel, judge, pooled_variance
from app.domain.scorecard import CardState
from app.store.columns import table_of
from app.store.plans import rule_of
from app.store.tables import Application, Colleague, Interview, ObservedSignal, Rating, Scorecard
from app.store.tables_panel import Debrief, FlagResolution, PlanRound, SecondScore, SecondVote

_cards, _interviews, _ratings = table_of(Scorecard), table_of(Interview), table_of(Rating)
_colleagues, _debriefs, _observed = table_of(Colleague), table_of(Debrief), table_of(ObservedSignal)
_rounds, _applications = table_of(PlanRound), table_of(Application)
_votes, _second, _resolved = table_of(SecondVote), table_of(SecondScore), table_of(FlagResolution)

_AT_ONCE = 500  # applications a query asks for


@dataclass(frozen=True)
class Judged:
    """What the rule says: `first` by the scores from before the debrief, `second` by those after it.

    `second` is None where nothing was scored again. `first_cards` are the cards that count in `first`;
    `open_flags` are the signals of red flags nobody has settled yet.
    """

    first: Panel
    second: Panel | None
    first_cards: tuple[int, ...]
    open_flags: tuple[str, ...]


def judged(connection: Connection, application: int) -> Judged:
    """Both results of an application, over everybody's cards. Raises NotFound."""
    rule = rule_of(connection, application)
    variance = workspace_variance(connection)
    first = first_cards(connection, application)
    given = _given(connection, first)
    newest = _given(connection, _newest(_submitted(connection, application)))
    flags = open_flags(connection, application)
    again = _second_scores(connection, application)
    later = [g for g in newest if g.dimension not in again] + [g for gs in again.values() for g in gs]
    changed = bool(again) or sorted(later, key=_order) != sorted(given, key=_order)
    return Judged(
        first=judge(given, rule, variance, len(flags)),
        second=judge(later, rule, variance, len(flags)) if changed else None,
        first_cards=first,
        open_flags=flags,
    )


def _order(given: Given) -> tuple[str, str, int]:
    return given.rater, given.dimension, given.score


def first_cards(connection: Connection, application: int) -> tuple[int, ...]:
    """Of each interview the newest card that came in before the debrief began."""
    began = connection.execute(
        select(_debriefs.c.started_at).where(_debriefs.c.application_id == application).order_by(_debriefs.c.id)
    ).scalar()
    cards = _submitted(connection, application)
    return _newest([c for c in cards if began is None or c["submitted_at"] <= began])


def _submitted(connection: Connection, application: int) -> Sequence[RowMapping]:
    query = (
        select(_cards.c.id, _cards.c.interview_id, _cards.c.submitted_at)
        .select_from(_cards.join(_interviews))
        .where(
            _interviews.c.application_id == application,
            _interviews.c.shadow.is_(False),
            _cards.c.state != CardState.DRAFT,
        )
        .order_by(_cards.c.id)
    )
    return connection.execute(query).mappings().all()


def _newest(cards: Sequence[RowMapping]) -> tuple[int, ...]:
    return tuple({c["interview_id"]: c["id"] for c in cards}.values())


def _given(connection: Connection, cards: Sequence[int]) -> list[Given]:
    query = (
        select(_colleagues.c.name, _ratings.c.dimension, _ratings.c.score)
        .select_from(_ratings.join(_cards).join(_colleagues, _colleagues.c.id == _cards.c.author_id))
        .where(_ratings.c.scorecard_id.in_(cards), _ratings.c.score.is_not(None))
        .order_by(_ratings.c.id)
    )
    return [Given(row.name, row.dimension, row.score) for row in connection.execute(query)]


def given_first(connection: Connection, application: int) -> list[Given]:
    """The scores from before the debrief: the baseline of who was hired."""
    return _given(connection, first_cards(connection, application))


def raters_of(connection: Connection, application: int, dimension: str) -> tuple[int, ...]:
    """Who scored a dimension before the debrief, each once, in the order of the plan: the order they sit in."""
    query = (
        select(_cards.c.author_id)
        .select_from(_ratings.join(_cards).join(_interviews).join(_rounds))
        .where(
            _ratings.c.scorecard_id.in_(first_cards(connection, application)),
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


def _second_scores(connection: Connection, application: int) -> dict[str, list[Given]]:
    votes = second_votes(connection, application)
    dimensions = {vote: dimension for dimension, vote in votes.items()}
    found: dict[str, list[Given]] = {dimension: [] for dimension in votes}
    query = (
        select(_second.c.vote_id, _second.c.score, _colleagues.c.name)
        .select_from(_second.join(_colleagues))
        .where(_second.c.vote_id.in_(dimensions), _second.c.score.is_not(None))
        .order_by(_second.c.id)
    )
    for row in connection.execute(query):
        found[dimensions[row.vote_id]].append(Given(row.name, dimensions[row.vote_id], row.score))
    return found


def open_flags(connection: Connection, application: int) -> tuple[str, ...]:
    """Signals of red flags that were observed on a card that counts and that no debrief has settled."""
    cards = _newest(_submitted(connection, application))
    observed = connection.execute(
        select(_observed.c.signal)
        .where(_observed.c.scorecard_id.in_(cards), _observed.c.red.is_(True))
        .distinct()
        .order_by(_observed.c.signal)
    ).scalars()
    settled = set(
        connection.execute(select(_resolved.c.signal).where(_resolved.c.application_id == application)).scalars()
    )
    return tuple(signal for signal in observed if signal not in settled)


def workspace_variance(connection: Connection) -> Fraction:
    """The pooled within-cell variance over every submitted, unreplaced card that counts (for the band only)."""
    query = (
        select(_interviews.c.application_id, _ratings.c.dimension, _ratings.c.score)
        .select_from(_ratings.join(_cards).join(_interviews))
        .where(_cards.c.state == CardState.SUBMITTED, _interviews.c.shadow.is_(False), _ratings.c.score.is_not(None))
    )
    cells: dict[tuple[int, str], list[int]] = {}
    for application, dimension, score in connection.execute(query):
        cells.setdefault((application, dimension), []).append(score)
    return pooled_variance(cells.values())


def first_scores(connection: Connection, applications: Sequence[int]) -> list[Scored]:
    """The scores of `first_cards`, of many applications at once: what agreement and severity are computed from."""
    found = []
    for at in range(0, len(applications), _AT_ONCE):
        some = applications[at : at + _AT_ONCE]
        began = select(_debriefs.c.application_id, func.min(_debriefs.c.started_at)).group_by(
            _debriefs.c.application_id
        )
        starts = {row[0]: row[1] for row in connection.execute(began.where(_debriefs.c.application_id.in_(some)))}
        cards = (
            select(_cards.c.id, _cards.c.interview_id, _cards.c.submitted_at, _interviews.c.application_id)
            .select_from(_cards.join(_interviews))
            .where(
                _interviews.c.application_id.in_(some),
                _interviews.c.shadow.is_(False),
                _cards.c.state != CardState.DRAFT,
            )
            .order_by(_cards.c.id)
        )
        newest = {
            row.interview_id: row.id
            for row in connection.execute(cards)
            if row.application_id not in starts or row.submitted_at < starts[row.application_id]
        }
        found += _scored(connection, list(newest.values()))
    return found


def _scored(connection: Connection, cards: Sequence[int]) -> list[Scored]:
    query = (
        select(
            _applications.c.candidate_id, _applications.c.id, _ratings.c.dimension, _cards.c.author_id, _ratings.c.score
        )
        .select_from(_ratings.join(_cards).join(_interviews).join(_applications))
        .where(_ratings.c.scorecard_id.in_(cards), _ratings.c.score.is_not(None))
        .order_by(_ratings.c.id)
    )
    return [Scored(*row) for row in connection.execute(query)]
