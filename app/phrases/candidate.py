"""The words of a candidate's facts, on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.candidate import CandidateFacts, CandidateField
from app.words import day, tr


@dataclass(frozen=True)
class FactWords:
    """What a field is called; `record` and `front` where a packet says it in another word, in its record and on page
    one. `hint` is an example inside an empty field, `help` a sentence under it."""

    label: str
    record: str = ""
    front: str = ""
    hint: str = ""
    help: str = ""


def fact_words(field: CandidateField) -> FactWords:
    """The words of a field. Raises KeyError for one without words."""
    return {
        "name": FactWords(tr("Name")),
        "mail": FactWords(tr("Mail")),
        "phone": FactWords(tr("Phone"), record=tr("Telephone")),
        "now_at": FactWords(tr("Now at"), front=tr("Now"), hint=tr("ML lead, Kestrel Maps")),
        "place": FactWords(tr("Place")),
        "came_by": FactWords(tr("Came by"), hint=tr("Careers page, referral, …")),
        "can_start": FactWords(tr("Can start")),
        "kept_until": FactWords(tr("Kept until"), help=tr("Empty: one year after the decision.")),
    }[field.key]


def fact_text(field: CandidateField, facts: CandidateFacts) -> str:
    """What a field holds, as people read it; empty where nothing is known."""
    held = facts.fact(field)
    if held is None:
        return ""
    return held if isinstance(held, str) else day(held)
