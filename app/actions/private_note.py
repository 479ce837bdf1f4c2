"""Notes that stay with their author, on a plan and on a check-in; everybody who uses the file has their own."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.store.step import Step
from app.store.tables_goals import PrivateNote


def put_own_note(step: Step, text: str, *, plan: int | None = None, talk: int | None = None) -> None:
    """Set the note of who acts, inside a running step; nobody else's is touched."""
    known = step.first(
        select(col(PrivateNote.id)).where(
            col(PrivateNote.plan_id).is_not_distinct_from(plan),
            col(PrivateNote.talk_id).is_not_distinct_from(talk),
            col(PrivateNote.author_id).is_not_distinct_from(step.who),
        )
    )
    if known:
        step.edit(PrivateNote, known[0], text=text)
    elif text:
        step.typing = False  # a new row is a finished change
        step.add(PrivateNote, plan_id=plan, talk_id=talk, author_id=step.who, text=text)


def drop_own_notes(step: Step, talk: int) -> None:
    """Take a check-in's notes out with it, whosever they are."""
    step.remove_all(PrivateNote, col(PrivateNote.talk_id) == talk)
