"""What a candidate said of themselves of their own will: kept for the rates of groups, and shown back to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.candidate import person
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Candidate
from app.store.tables_people import Demographic
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class VoluntaryAnswer:
    """A question, such as "Gender", what was answered, and the day it was."""

    question: str
    answer: str
    given_on: date


def give(workspace: Workspace, candidate: int, given: VoluntaryAnswer) -> ChangeReport:
    """Keep an answer; one to the same question, however it is written, takes the other's place.

    Raises Refused for an empty question or answer, and for a day to come. The words of the step say neither.
    """
    question, answer = (" ".join(text.split()) for text in (given.question, given.answer))
    if not question or not answer:
        raise Refused(tr("A question and its answer are needed."), tr("Without an answer, leave it out."))
    if given.given_on > workspace.today():
        raise Refused(tr("That day is still to come."), tr("Write the day on which they answered."))
    with workspace.step(Op.GIVE_ANSWER, about=person(candidate)) as step:
        name = step.get(Candidate, candidate).name
        known = _known(step, candidate, question)
        if known is None:
            asked = _as_asked(step, question)
            step.add(Demographic, candidate_id=candidate, question=asked, answer=answer, given_on=given.given_on)
        else:
            step.edit(Demographic, known, answer=answer, given_on=given.given_on)
        step.words = tr("voluntary answer of {name}").format(name=name)
    return step.report()


def take_out(workspace: Workspace, answer: int) -> ChangeReport:
    """Remove an answer. Raises NotFound."""
    with workspace.step(Op.GIVE_ANSWER) as step:
        held = step.get(Demographic, answer)
        step.about = person(held.candidate_id)
        step.remove(Demographic, answer)
        name = step.get(Candidate, held.candidate_id).name
        step.words = tr("removal of a voluntary answer of {name}").format(name=name)
    return step.report()


def _known(step: Step, candidate: int, question: str) -> int | None:
    """The row of this person's answer to this question."""
    query = select(col(Demographic.id), col(Demographic.question)).where(col(Demographic.candidate_id) == candidate)
    rows = step.connection.execute(query).all()
    return next((row for row, asked in rows if asked.casefold() == question.casefold()), None)


def _as_asked(step: Step, question: str) -> str:
    """The question as it was first written for anybody: two spellings of it would be two questions."""
    asked = step.values(select(col(Demographic.question)).distinct().order_by(col(Demographic.question)))
    return next((one for one in asked if one.casefold() == question.casefold()), question)
