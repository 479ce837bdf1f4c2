"""Scorecards: begun, scored while listening, submitted once, amended by a new card with its reason.

A draft is saved as it is typed and can be undone while the window is open; it enters the history once, at submit,
as the digest of its canonical text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, bindparam, select
from sqlmodel import col

from app.actions.application import about_candidate
from app.domain.operations import Op
from app.domain.rubric import Rubric
from app.domain.scorecard import (
    SCORES,
    CardLack,
    CardState,
    MissingOnCard,
    Overall,
    card_text,
    missing_on_card,
    vote_is_open,
)
from app.domain.transcript import Keeping
from app.errors import Refused
from app.records.transcripts import delete_for_good, keeping_of
from app.records.visibility import sealing_of
from app.store.change_report import ChangeReport
from app.store.columns import HistoryRow
from app.store.history import HistoryEntry
from app.store.rubric import read_pack
from app.store.scorecard import read_card
from app.store.step import Step
from app.store.tables import (
    Application,
    AskedQuestion,
    Colleague,
    Interview,
    Note,
    ObservedSignal,
    Opening,
    Rating,
    Scorecard,
)
from app.store.workspace import Workspace
from app.words import tr

_rating_of = select(col(Rating.id)).where(
    col(Rating.scorecard_id) == bindparam("card"), col(Rating.dimension) == bindparam("on")
)  # asked with every key: built once


class IncompleteScorecard(Refused):
    """A card lacks something; `missing_on_card` says what, in the order of the plan."""

    def __init__(self, sentence: str, lacks: tuple[MissingOnCard, ...]) -> None:
        super().__init__(sentence, tr("Fill it in, or say why it was not assessed."))
        self.missing = lacks


def start(workspace: Workspace, interview: int) -> ChangeReport:
    """Begin the card of an interview, for its interviewer; somebody else types it in from paper.

    Begun twice, it is the same card. Raises Refused while a card of one's own for the application is due.
    """
    with workspace.step(Op.DRAFT_CARD, draft=True) as step:
        planned = step.get(Interview, interview)
        name = about_candidate(step, planned.application_id)
        known = step.first(
            select(col(Scorecard.id))
            .where(col(Scorecard.interview_id) == interview, col(Scorecard.state) != CardState.AMENDED)
            .order_by(col(Scorecard.id).desc())
        )
        me = step.me
        for_other = planned.interviewer_id != me
        if for_other and sealing_of(step.connection, planned.application_id).owes(me):
            raise Refused(
                tr("Your own card for {name} is due first.").format(name=name),
                tr("Submit it, then type in what others wrote on paper."),
            )
        if known:
            begun = step.get(Scorecard, known[0])
            if for_other and begun.state == CardState.DRAFT and begun.entered_by_id != me:
                raise Refused(
                    tr("{who} has begun this card.").format(who=step.get(Colleague, begun.author_id).name),
                    tr("Only its author may finish it."),
                )
            step.subject, step.subject_table = known[0], "scorecard"
        else:
            _new_card(step, planned, me if for_other else None)
        step.words = tr("card for {name}").format(name=name)
    return step.report()


def _new_card(step: Step, planned: Interview, entered_by: int | None) -> int:
    opening = step.get(Opening, step.get(Application, planned.application_id).opening_id)
    return step.add(
        Scorecard,
        interview_id=planned.id,
        author_id=planned.interviewer_id,
        entered_by_id=entered_by,
        level=opening.level,
        rubric_id=opening.rubric_id,
        planned=planned.dimensions,
        started_at=step.at,
    )


def rate(workspace: Workspace, card: int, dimension: str, score: int) -> ChangeReport:
    """Give a planned dimension a score, 1 to 4."""
    if score not in SCORES:
        raise Refused(tr("A score is 1, 2, 3 or 4."), tr("Press one of these, or 0 for not assessed."))
    with drafting(workspace, card, ("rate", card, dimension), dimension) as (step, rubric):
        _set_rating(step, card, dimension, score=score, reason=None)
        step.words = tr("score {score} on {dimension}").format(score=score, dimension=rubric.dimension(dimension).short)
    return step.report()


def not_assessed(workspace: Workspace, card: int, dimension: str, reason: str) -> ChangeReport:
    """Say why a planned dimension was not assessed; `reason` is an id of the rubric."""
    with drafting(workspace, card, ("rate", card, dimension), dimension) as (step, rubric):
        if reason not in {choice.id for choice in rubric.not_assessed_reasons}:
            raise Refused(tr("That is no reason of this rubric."), tr("Choose one from the list."))
        _set_rating(step, card, dimension, score=None, reason=reason)
        step.words = tr("{dimension} not assessed").format(dimension=rubric.dimension(dimension).short)
    return step.report()


def clear(workspace: Workspace, card: int, dimension: str) -> ChangeReport:
    """Take a score or a reason back."""
    with drafting(workspace, card, ("rate", card, dimension)) as (step, rubric):
        known = step.connection.execute(_rating_of, {"card": card, "on": dimension}).first()
        if known:
            step.remove(Rating, known[0])
        step.words = tr("no score on {dimension}").format(dimension=rubric.dimension(dimension).short)
    return step.report()


def _set_rating(step: Step, card: int, dimension: str, *, score: int | None, reason: str | None) -> None:
    known = step.connection.execute(_rating_of, {"card": card, "on": dimension}).first()
    if known:
        step.edit(Rating, known[0], score=score, reason=reason)
    else:
        step.add(Rating, scorecard_id=card, dimension=dimension, score=score, reason=reason)


def note(workspace: Workspace, card: int, text: str, dimension: str | None = None) -> ChangeReport:
    """Add a timed line: a note of the author's, or evidence for a planned dimension."""
    with drafting(workspace, card, None, dimension) as (step, rubric):
        if not text.strip():
            raise Refused(tr("The line is empty."), tr("Write what you saw or heard."))
        step.add(Note, scorecard_id=card, at=step.at, text=text.strip(), dimension=dimension)
        step.words = (
            tr("evidence for {dimension}").format(dimension=rubric.dimension(dimension).short)
            if dimension
            else tr("note")
        )
    return step.report()


def edit_note(workspace: Workspace, line: int, text: str) -> ChangeReport:
    """Change the words of a line; an empty one is taken out. Those out of a transcript stay as they were said."""
    with drafting(workspace, _card_of_note(workspace, line), ("note", line)) as (step, _):
        if text.strip():
            if step.get(Note, line).speaker is not None:
                raise Refused(tr("These are words of the call."), tr("Take them out, or write a line of your own."))
            step.edit(Note, line, text=text.strip())
        else:
            step.remove(Note, line)
        step.words = tr("edit of a line")
    return step.report()


def use_note(workspace: Workspace, line: int, dimension: str | None) -> ChangeReport:
    """Make a note evidence for a planned dimension, or send it back to the notes."""
    card = _card_of_note(workspace, line)
    with drafting(workspace, card, None, dimension) as (step, rubric):
        step.edit(Note, line, dimension=dimension)
        step.words = (
            tr("evidence for {dimension}").format(dimension=rubric.dimension(dimension).short)
            if dimension
            else tr("line back to notes")
        )
    return step.report()


def observe(workspace: Workspace, card: int, dimension: str, signal: str, seen: bool, quote: str = "") -> ChangeReport:
    """Tick a signal of a planned dimension or untick it; a red flag asks for the words that were said."""
    with drafting(workspace, card, ("observe", card, dimension, signal), dimension) as (step, rubric):
        meant = next((s for s in rubric.signals_of(dimension) if s.id == signal), None)
        if meant is None:
            raise Refused(tr("That signal does not belong to this dimension."), tr("Choose one of its signals."))
        known = step.first(
            select(col(ObservedSignal.id)).where(
                col(ObservedSignal.scorecard_id) == card,
                col(ObservedSignal.dimension) == dimension,
                col(ObservedSignal.signal) == signal,
            )
        )
        if known and seen:
            step.edit(ObservedSignal, known[0], quote=quote.strip())
        elif known:
            step.remove(ObservedSignal, known[0])
        elif seen:
            step.add(
                ObservedSignal,
                scorecard_id=card,
                dimension=dimension,
                signal=signal,
                red=meant.kind == "red",
                quote=quote.strip(),
            )
        step.words = tr("signal “{label}”").format(label=meant.label)
    return step.report()


def ask(workspace: Workspace, card: int, question: str, asked: bool = True) -> ChangeReport:
    """Remember when a question of the rubric was asked."""
    with drafting(workspace, card, ("ask", card, question)) as (step, _):
        known = step.first(
            select(col(AskedQuestion.id)).where(
                col(AskedQuestion.scorecard_id) == card, col(AskedQuestion.question) == question
            )
        )
        if known and not asked:
            step.remove(AskedQuestion, known[0])
        elif asked and not known:
            step.add(AskedQuestion, scorecard_id=card, question=question, at=step.at)
        step.words = tr("question asked")
    return step.report()


def vote(workspace: Workspace, card: int, overall: Overall | None, reason: str = "") -> ChangeReport:
    """Give the overall vote. Raises Refused until every planned dimension has a score or a reason."""
    with drafting(workspace, card, ("vote", card)) as (step, _):
        if overall is not None and not vote_is_open(read_card(step.connection, card)):
            raise Refused(
                tr("The overall vote opens when every planned dimension has a score or a reason."),
                tr("Score the rest first."),
            )
        step.edit(Scorecard, card, overall=overall, overall_reason=reason.strip())
        step.words = tr("overall vote")
    return step.report()


def submit(workspace: Workspace, card: int) -> ChangeReport:
    """Declare the card finished. Raises Incomplete, naming what is missing; nothing can be changed afterwards."""
    with workspace.step(Op.SUBMIT_CARD) as step:
        known = own_draft(step, card)
        content = read_card(step.connection, card)
        rubric = read_pack(step.connection, known.rubric_id).rubric
        lacks = missing_on_card(content)
        if lacks:
            names = [_lack_in_words(rubric, lack) for lack in lacks]
            raise IncompleteScorecard(tr("Still missing: {what}.").format(what="; ".join(names)), lacks)
        interview = step.get(Interview, known.interview_id)
        name = about_candidate(step, interview.application_id)
        was_open = sealing_of(step.connection, interview.application_id).all_in
        step.edit(Scorecard, card, state=CardState.SUBMITTED, submitted_at=step.at)
        if keeping_of(step.connection) is Keeping.SUBMIT:
            delete_for_good(step, [known.interview_id])
        if known.amends_id is not None:
            step.op = Op.AMEND_CARD
            step.edit(Scorecard, known.amends_id, state=CardState.AMENDED)
        step.declared_text = card_text(content)
        if not was_open and sealing_of(step.connection, interview.application_id).all_in:
            opened = f"application:{interview.application_id}"
            step.also.append(HistoryEntry(Op.CARDS_OPENED, opened, step.about, opened, keep=False))
        step.words = tr("card for {name}").format(name=name)
    return step.report()


def amend(workspace: Workspace, card: int, reason: str) -> ChangeReport:
    """Begin a new card in the place of a submitted one of one's own; the first one stays as it was."""
    if not reason.strip():
        raise Refused(tr("An amendment needs a reason."), tr("Write what changed your mind, or what was wrong."))
    with workspace.step(Op.DRAFT_CARD, draft=True) as step:
        old = step.get(Scorecard, card)
        if old.state != CardState.SUBMITTED:
            raise Refused(tr("Only a submitted card can be amended."), tr("Open the newest card of this interview."))
        must_be_mine(step, old)
        if step.first(select(col(Scorecard.id)).where(col(Scorecard.amends_id) == card)):
            raise Refused(tr("An amendment of this card was begun."), tr("Finish that one."))
        about_candidate(step, step.get(Interview, old.interview_id).application_id)
        new = step.add(
            Scorecard,
            interview_id=old.interview_id,
            author_id=old.author_id,
            entered_by_id=None if step.who == old.author_id else step.who,
            amends_id=card,
            amend_reason=reason.strip(),
            level=old.level,
            rubric_id=old.rubric_id,
            planned=old.planned,
            started_at=step.at,
            overall=old.overall,
            overall_reason=old.overall_reason,
        )
        for table, of_it in _written_on(card):
            step.copy_all(table, of_it, scorecard_id=new)
        step.subject, step.subject_table = new, "scorecard"
        step.words = tr("amendment")
    return step.report()


def discard(workspace: Workspace, card: int) -> ChangeReport:
    """Throw a draft away, with everything on it. Undo brings it back, but for its transcript."""
    with workspace.step(Op.DRAFT_CARD, draft=True) as step:
        known = own_draft(step, card)
        about_candidate(step, step.get(Interview, known.interview_id).application_id)
        step.subject, step.subject_table = card, "scorecard"
        delete_for_good(step, [known.interview_id])
        for table, of_it in _written_on(card):
            step.remove_all(table, of_it)
        step.remove(Scorecard, card)
        step.words = tr("draft")
    return step.report()


def _written_on(card: int) -> tuple[tuple[type[HistoryRow], ColumnElement[bool]], ...]:
    """The tables that hold what is written on a card, each with the condition for the rows of this card."""
    return (
        (Rating, col(Rating.scorecard_id) == card),
        (Note, col(Note.scorecard_id) == card),
        (ObservedSignal, col(ObservedSignal.scorecard_id) == card),
        (AskedQuestion, col(AskedQuestion.scorecard_id) == card),
    )


@contextmanager
def drafting(
    workspace: Workspace, card: int, merge: tuple[object, ...] | None, dimension: str | None = None
) -> Iterator[tuple[Step, Rubric]]:
    """A step on one's own draft, and its rubric; where a dimension is named, it must be one of the plan."""
    with workspace.step(Op.DRAFT_CARD, draft=True, merge=merge) as step:
        known = own_draft(step, card)
        if dimension is not None and dimension not in known.planned:
            raise Refused(tr("That dimension is not in this interview’s plan."), tr("Another interviewer looks at it."))
        step.subject, step.subject_table = card, "scorecard"
        yield step, read_pack(step.connection, known.rubric_id).rubric


def own_draft(step: Step, card: int) -> Scorecard:
    """A card that is mine to write on. Raises Refused for one that is in, or somebody else's."""
    known = step.get(Scorecard, card)
    if known.state != CardState.DRAFT:
        raise Refused(tr("This card is submitted and can’t be changed."), tr("Amend it: a new card with a reason."))
    must_be_mine(step, known)
    return known


def must_be_mine(step: Step, card: Scorecard) -> None:
    """One's own, or one that is typed in for somebody else, while it may be seen and no card of one's own is due."""
    if card.author_id == step.me:
        return
    sealing = sealing_of(step.connection, step.get(Interview, card.interview_id).application_id)
    if card.entered_by_id != step.who or not sealing.shows(step.who, card.author_id, card.entered_by_id, card.state):
        raise Refused(
            tr("This is {name}’s card.").format(name=step.get(Colleague, card.author_id).name),
            tr("Only its author may write on it, or who types it in for them once their own card is in."),
        )


def _card_of_note(workspace: Workspace, line: int) -> int:
    with workspace.read() as connection:
        card = connection.execute(select(col(Note.scorecard_id)).where(col(Note.id) == line)).scalar()
    if card is None:
        raise Refused(tr("That line is gone."), tr("It was taken out meanwhile."))
    return int(card)


def _lack_in_words(rubric: Rubric, lack: MissingOnCard) -> str:
    if lack.dimension is None:
        return tr("the overall vote")
    name = rubric.dimension(lack.dimension).short
    return {
        CardLack.SCORE: tr("a score or a reason for {name}"),
        CardLack.EVIDENCE: tr("evidence for {name}"),
        CardLack.QUOTE: tr("a quote for the red flag on {name}"),
    }[lack.lack].format(name=name)
