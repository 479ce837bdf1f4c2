"""Which scores of an application count, before its debrief and after it, and what the rule says of them.

A shadow's card counts nowhere. First scores are of cards that came in before the debrief, of each interview the
newest one; second scores take their place where a dimension was voted on again, and later cards where one came in.
Who may see any of it is the caller's to ask (`records.visibility`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVarTuple

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from app.domain.agreement import RaterScore
from app.domain.panel import Panel, PanelScore, judge_panel, variance_of_sums
from app.domain.scorecard import CardState
from app.records.plan import rule_of
from app.records.rubric_pools import pools_of
from app.records.visibility import card_counts, sealings
from app.store.columns import among
from app.store.tables import Application, Colleague, Interview, ObservedSignal, Rating, Scorecard
from app.store.tables_panel import Debrief, FlagResolution, PlanRound, SecondScore, SecondVote

Ts = TypeVarTuple("Ts")


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
    for colleague, name in connection.execute(
        select(col(Colleague.id), col(Colleague.name)).order_by(col(Colleague.id))
    ):
        seen[name] += 1
        names[colleague] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names


def _of_first_cards(query: Select[*Ts]) -> Select[*Ts]:
    """A query on cards and interviews, about the cards that came in before the debrief began, by interview."""
    debriefed_before = (
        select(col(Debrief.id))
        .where(
            col(Debrief.application_id) == col(Interview.application_id),
            col(Debrief.started_at) < col(Scorecard.submitted_at),
        )
        .exists()
    )
    return (
        query.select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .where(card_counts(), col(Scorecard.state) != CardState.DRAFT, ~debriefed_before)
        .group_by(col(Scorecard.interview_id))
    )


def first_cards(connection: Connection, application: int) -> tuple[int, ...]:
    """Of each interview the newest card that came in before the debrief began."""
    return tuple(first_cards_of(connection, [application]))


def first_cards_of(connection: Connection, applications: Collection[int]) -> dict[int, int]:
    """The `first_cards` of many applications: by card, the application it is about."""
    newest = _of_first_cards(select(func.max(col(Scorecard.id)), col(Interview.application_id)))
    chosen = newest.where(among(col(Interview.application_id), applications))
    return dict(connection.execute(chosen.order_by(func.max(col(Scorecard.id)))).all())


def _newest_cards(connection: Connection, application: int) -> tuple[int, ...]:
    query = (
        select(func.max(col(Scorecard.id)).label("id"))
        .select_from(Scorecard)
        .join(Interview)
        .where(
            col(Interview.application_id) == application,
            card_counts(),
            col(Scorecard.state) != CardState.DRAFT,
        )
        .group_by(col(Scorecard.interview_id))
    )
    return tuple(sorted(connection.execute(query).scalars()))


def _given(connection: Connection, cards: Sequence[int], names: Mapping[int, str]) -> list[PanelScore]:
    query = (
        select(col(Scorecard.author_id), col(Rating.dimension), col(Rating.score))
        .select_from(Rating)
        .join(Scorecard)
        .where(among(col(Rating.scorecard_id), cards), col(Rating.score).is_not(None))
        .order_by(col(Rating.id))
    )
    return [
        PanelScore(names[author], dimension, score)
        for author, dimension, score in connection.execute(query)
        if score is not None
    ]


def raters_of(connection: Connection, application: int, dimension: str) -> tuple[int, ...]:
    """Who scored a dimension, each once, in the order of the plan: the order they sit in."""
    query = (
        select(col(Scorecard.author_id))
        .select_from(Rating)
        .join(Scorecard)
        .join(Interview)
        .join(PlanRound)
        .where(
            col(Rating.scorecard_id).in_(
                {*first_cards(connection, application), *_newest_cards(connection, application)}
            ),
            col(Rating.dimension) == dimension,
            col(Rating.score).is_not(None),
        )
        .order_by(col(PlanRound.position), col(Interview.id))
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


def second_votes(connection: Connection, application: int) -> dict[str, int]:
    """By dimension, the vote that holds."""
    query = (
        select(col(SecondVote.id), col(SecondVote.dimension))
        .select_from(SecondVote)
        .join(Debrief)
        .where(col(Debrief.application_id) == application)
        .order_by(col(SecondVote.id))
    )
    return {dimension: vote for vote, dimension in connection.execute(query)}


def _second_scores(connection: Connection, application: int, names: Mapping[int, str]) -> dict[str, list[PanelScore]]:
    votes = second_votes(connection, application)
    dimensions = {vote: dimension for dimension, vote in votes.items()}
    found: dict[str, list[PanelScore]] = {dimension: [] for dimension in votes}
    query = (
        select(col(SecondScore.vote_id), col(SecondScore.score), col(SecondScore.colleague_id))
        .where(col(SecondScore.vote_id).in_(dimensions), col(SecondScore.score).is_not(None))
        .order_by(col(SecondScore.id))
    )
    for vote, score, colleague in connection.execute(query):
        if score is not None:
            found[dimensions[vote]].append(PanelScore(names[colleague], dimensions[vote], score))
    return found


def observed_flags(connection: Connection, application: int) -> set[str]:
    """Signals of red flags on a card that counts, before the debrief or now, settled or not."""
    cards = {*first_cards(connection, application), *_newest_cards(connection, application)}
    query = select(col(ObservedSignal.signal)).where(
        col(ObservedSignal.scorecard_id).in_(cards), col(ObservedSignal.red).is_(True)
    )
    return set(connection.execute(query).scalars())


def _open_flags(
    connection: Connection, application: int, cards: Sequence[int], names: Mapping[int, str]
) -> dict[str, frozenset[str]]:
    """Red flags on these cards that are not settled, with who observed them.

    A settled one is open again once somebody else observes it on a card that came in after.
    """
    resolved = select(col(FlagResolution.signal), col(FlagResolution.at)).order_by(col(FlagResolution.id))
    of_it = connection.execute(resolved.where(col(FlagResolution.application_id) == application))
    settled = dict(of_it.all())
    query = (
        select(
            col(ObservedSignal.signal),
            col(ObservedSignal.scorecard_id),
            col(Scorecard.author_id),
            col(Scorecard.submitted_at),
        )
        .select_from(ObservedSignal)
        .join(Scorecard)
        .join(Interview)
        .where(
            col(Interview.application_id) == application,
            col(ObservedSignal.red).is_(True),
            col(Scorecard.state) != CardState.DRAFT,
        )
        .order_by(col(ObservedSignal.signal))
    )
    seen = connection.execute(query).all()
    heard = {
        (signal, author)
        for signal, _, author, at in seen
        if signal in settled and at is not None and at <= settled[signal]
    }
    found: dict[str, set[str]] = {}
    for signal, card, author, _ in seen:
        if card in cards and (signal, author) not in heard:
            found.setdefault(signal, set()).add(names[author])
    return {signal: frozenset(who) for signal, who in found.items()}


def open_variance(connection: Connection, me: int | None, like: int) -> Fraction:
    """The pooled within-cell variance over the first scores of every application whose cards are open to `me` and that
    is scored by the same rubric as the application `like`."""
    score = func.coalesce(col(Rating.score), 0)
    query = (
        select(col(Interview.application_id), func.count(), func.sum(score), func.sum(score * score))
        .select_from(Rating)
        .join(Scorecard, col(Scorecard.id) == col(Rating.scorecard_id))
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .where(
            col(Rating.scorecard_id).in_(_of_first_cards(select(func.max(col(Scorecard.id)))).correlate(None)),
            col(Rating.score).is_not(None),
        )
        .group_by(col(Interview.application_id), col(Rating.dimension))
        .having(func.count() > 1)
    )
    cells = list(connection.execute(query))
    pools = pools_of(connection)
    cells = [cell for cell in cells if pools[cell[0]] == pools[like]]
    sealing = sealings(connection, {application for application, *_ in cells})
    mine = {a for a, s in sealing.items() if me is not None and s.open_to(me)}
    return variance_of_sums((n, total, squares) for application, n, total, squares in cells if application in mine)


def first_scores(connection: Connection, applications: Sequence[int]) -> list[RaterScore]:
    """The scores of `first_cards`, of many applications at once: what agreement and severity are computed from."""
    cards = first_cards_of(connection, applications)
    query = (
        select(
            col(Application.candidate_id),
            col(Application.id),
            col(Rating.dimension),
            col(Scorecard.author_id),
            col(Rating.score),
        )
        .select_from(Rating)
        .join(Scorecard)
        .join(Interview)
        .join(Application)
        .where(among(col(Rating.scorecard_id), cards), col(Rating.score).is_not(None))
        .order_by(col(Rating.id))
    )
    return [
        RaterScore(candidate, application, dimension, rater, score)
        for candidate, application, dimension, rater, score in connection.execute(query)
        if score is not None
    ]
