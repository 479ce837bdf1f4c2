"""The texts of letters to members: the workspace's own words in the place of the program's."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.domain.calibration import CalibrationOutcome
from app.domain.letter import LetterText
from app.domain.operations import Op
from app.errors import Refused
from app.phrases.mail import fault_words
from app.phrases.rubric import outcome_word
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables_mail import LetterTemplate
from app.store.workspace import Workspace
from app.words import tr


def keep_letter(workspace: Workspace, text: LetterText) -> ChangeReport:
    """Write such letters in these words from now on. Raises Refused for an empty text and places nobody can fill."""
    if not text.subject.strip() or not text.body.strip():
        raise Refused(tr("A letter needs a subject and a text."), tr("Write both."))
    if text.faults:
        raise Refused(fault_words(text.faults), tr("Take a place from the list, or take the braces out."))
    with workspace.step(Op.KEEP_MAIL_TEXT) as step:
        subject, body = " ".join(text.subject.split()), text.body.strip() + "\n"
        known = _own(step, text.outcome)
        if known is None:
            step.add(LetterTemplate, outcome=text.outcome, subject=subject, body=body)
        else:
            step.edit(LetterTemplate, known, subject=subject, body=body)
        step.words = tr("text of the letter: {outcome}").format(outcome=outcome_word(text.outcome))
    return step.report()


def drop_letter(workspace: Workspace, outcome: CalibrationOutcome) -> ChangeReport:
    """Let go of the workspace's own words; the program's are taken again."""
    with workspace.step(Op.KEEP_MAIL_TEXT) as step:
        known = _own(step, outcome)
        if known is not None:
            step.remove(LetterTemplate, known)
        step.words = tr("removal of the text of the letter: {outcome}").format(outcome=outcome_word(outcome))
    return step.report()


def _own(step: Step, outcome: CalibrationOutcome) -> int | None:
    found = step.first(select(col(LetterTemplate.id)).where(col(LetterTemplate.outcome) == outcome))
    return found[0] if found is not None else None
