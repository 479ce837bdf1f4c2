"""The words of a candidate's facts, on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.candidate import CandidateFacts, CandidateField, FactKind, Source
from app.words import day, language_name, tr


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
        "mail": FactWords(tr("Mail"), help=tr("Several are parted by commas.")),
        "phone": FactWords(tr("Phone"), record=tr("Telephone"), help=tr("Several are parted by commas.")),
        "links": FactWords(tr("Links"), hint=tr("A profile, a repository, …")),
        "now_at": FactWords(tr("Now at"), front=tr("Now"), hint=tr("ML lead, Kestrel Maps")),
        "place": FactWords(tr("Place")),
        "came_by": FactWords(tr("Came by"), hint=tr("Careers page, referral, …")),
        "source": FactWords(tr("Source")),
        "referred_by": FactWords(tr("Referred by")),
        "can_start": FactWords(tr("Can start")),
        "language": FactWords(tr("Writes in"), help=tr("The language that mails to them are drafted in.")),
        "kept_until": FactWords(tr("Kept until"), help=tr("Empty: one year after the decision.")),
        "consent_on": FactWords(tr("Agreed on"), help=tr("The day they agreed that their data is kept.")),
        "consent_how": FactWords(tr("Agreed how"), hint=tr("By mail, on the careers page, …")),
    }[field.key]


def fact_text(field: CandidateField, facts: CandidateFacts) -> str:
    """What a field holds, as people read it; empty where nothing is known."""
    held = facts.fact(field)
    if held is None:
        return ""
    if field.kind is FactKind.CHOICE:
        return choice_words(field, str(held)) if held != field.open else ""
    return held if isinstance(held, str) else day(held)


def choice_words(field: CandidateField, held: str) -> str:
    """What one choice of a field is called."""
    if field.key == "language":
        return language_name(held) if held else tr("not said")
    return source_words(held)


def source_words(source: str) -> str:
    """What a sort of source is called. Raises ValueError for none."""
    return {
        Source.NOT_SAID: tr("not said"),
        Source.APPLIED: tr("applied by themselves"),
        Source.REFERRED: tr("referred"),
        Source.BOARD: tr("job board"),
        Source.AGENCY: tr("agency"),
        Source.FOUND: tr("found by us"),
        Source.EVENT: tr("event"),
        Source.INTERNAL: tr("from inside"),
    }[Source(source)]
