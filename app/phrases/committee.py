"""A committee in words: what a seat may do, how its part in a vote stands, what a vote came to."""

from __future__ import annotations

from app.domain.calibration import CalibrationOutcome
from app.domain.committee import FEW, Ballots, HeldVote, Office, Seat, SeatTurn, Tally, Turn
from app.phrases.rubric import outcome_word, relation_word
from app.words import ntr, sentence_list, tr


def seat_word(office: Office, *, votes: bool) -> str:
    """What somebody does on a committee."""
    return {
        (Office.NONE, True): tr("votes"),
        (Office.NONE, False): tr("listens"),
        (Office.CHAIR, True): tr("chairs and votes"),
        (Office.CHAIR, False): tr("chairs, without a vote"),
        (Office.MINUTES, True): tr("keeps minutes and votes"),
        (Office.MINUTES, False): tr("keeps minutes"),
    }[office, votes]


def ballots_words(ballots: Ballots) -> str:
    """What is kept of votes."""
    return {
        Ballots.NAMES: tr("Each vote is kept with its name."),
        Ballots.COUNTS: tr("Only how many there were of each is kept, and from fewer than {n} only the result.").format(
            n=FEW
        ),
    }[ballots]


def turn_words(turn: SeatTurn) -> str:
    """How somebody's part in a vote stands, or ended; what they voted where that is kept and the vote has ended."""
    if turn.turn is None:
        return tr("to vote")
    if turn.turn is Turn.VOTED:
        return outcome_word(turn.choice).lower() if turn.choice is not None else tr("voted")
    if turn.turn is Turn.EXCUSED:
        return tr("excused: {why}").format(why=turn.why)
    if turn.turn is Turn.RECUSED:
        return tr("recused: {relation}").format(relation=relation_word(turn.relation)) if turn.relation else ""
    return tr("did not vote")


def tally_words(tally: Tally) -> str:
    """How many votes there were for each, those with none left out: "3 promote, 1 not now"."""
    counts = (
        (tally.promote, CalibrationOutcome.PROMOTE),
        (tally.not_now, CalibrationOutcome.NOT_NOW),
        (tally.more_evidence, CalibrationOutcome.MORE_EVIDENCE),
    )
    return ", ".join(f"{n} {outcome_word(outcome).lower()}" for n, outcome in counts if n)


def result_words(vote: HeldVote) -> str:
    """What a vote that ended came to, as a sentence without its stop."""
    return tr("The committee’s vote: {result}").format(result=short_result(vote))


def short_result(vote: HeldVote) -> str:
    """What a vote that ended came to: "promote (3 promote, 1 not now)"."""
    if not vote.voted:
        return tr("nobody voted")
    word = outcome_word(vote.result).lower() if vote.result is not None else tr("nothing had more than half")
    if vote.tally is not None:
        return f"{word} ({tally_words(vote.tally)})"
    return f"{word} ({ntr('{n} vote', '{n} votes', vote.voted)})"


def seats_words(seats: tuple[Seat, ...]) -> str:
    """Who was there and what they did, as a sentence's list: "Joel Abara (chairs and votes) and Petra Novak"."""
    return sentence_list(
        [tr("{name} ({does})").format(name=one.name, does=seat_word(one.office, votes=one.votes)) for one in seats]
    )
