"""Notes about a candidate: for the panel, or for their author alone."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.candidate import person
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Candidate
from app.store.tables_people import CandidateNote
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class NewNote:
    """What is noted. A private one is shown to its author alone."""

    text: str
    private: bool = False


def add(workspace: Workspace, candidate: int, note: NewNote) -> ChangeReport:
    """Note something about a candidate. Raises Refused for no words."""
    if not note.text.strip():
        raise Refused(tr("A note needs words."), tr("Write them first."))
    with workspace.step(Op.NOTE_CANDIDATE, about=person(candidate)) as step:
        step.add(
            CandidateNote,
            candidate_id=candidate,
            author_id=step.me,
            at=step.at,
            text=note.text.strip(),
            private=note.private,
        )
        step.words = tr("note on {name}").format(name=step.get(Candidate, candidate).name)
    return step.report()


def edit(workspace: Workspace, note: int, text: str) -> ChangeReport:
    """Change the words of a note of one's own; its time stays. Raises Refused for somebody else's, and for no words."""
    if not text.strip():
        raise Refused(tr("A note needs words."), tr("Remove it instead."))
    with workspace.step(Op.NOTE_CANDIDATE) as step:
        name = _mine(step, note)
        step.edit(CandidateNote, note, text=text.strip())
        step.words = tr("edit of a note on {name}").format(name=name)
    return step.report()


def remove(workspace: Workspace, note: int) -> ChangeReport:
    """Take out a note of one's own. Raises Refused for somebody else's."""
    with workspace.step(Op.NOTE_CANDIDATE) as step:
        name = _mine(step, note)
        step.remove(CandidateNote, note)
        step.words = tr("removal of a note on {name}").format(name=name)
    return step.report()


def _mine(step: Step, note: int) -> str:
    """Whom a note of mine is about, by name."""
    known = step.get(CandidateNote, note)
    if known.author_id != step.me:
        raise Refused(tr("This note is somebody else’s."), tr("Write one of your own."))
    step.about = person(known.candidate_id)
    return step.get(Candidate, known.candidate_id).name
