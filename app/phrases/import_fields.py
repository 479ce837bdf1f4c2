"""The words of what a column of a table can be."""

from __future__ import annotations

from app.domain.candidate import FIELDS
from app.domain.import_fields import FIELDS_ABOUT, FURTHER, LEFT, About
from app.phrases.candidate import fact_words
from app.words import tr


def about_words(about: About) -> str:
    """Whom a table is about."""
    return {
        About.CANDIDATES: tr("candidates"),
        About.MEMBERS: tr("members"),
        About.COLLEAGUES: tr("colleagues"),
    }[about]


def role_words(about: About) -> tuple[tuple[str, str], ...]:
    """Everything a column can be, by its key, in the order it is offered."""
    facts = {field.key: fact_words(field).label for field in FIELDS}
    own = {
        "name": tr("Name"),
        "first": tr("First name"),
        "middle": tr("Middle name"),
        "last": tr("Last name"),
        "mail": tr("Mail"),
        "title": tr("Title of their job now"),
        "company": tr("Where they work now"),
        "region": tr("Country or region"),
        "tags": tr("Tags"),
        "notes": tr("Note"),
        "opening": tr("Opening"),
        "stage": tr("Stage"),
        "applied_on": tr("Applied on"),
        "status": tr("Status elsewhere"),
        "ended": tr("How it ended elsewhere"),
        "role": tr("Role"),
        "level": tr("Level"),
        "guide": tr("Leveling guide"),
        "since": tr("Level since"),
        "manager": tr("Manager"),
        "started_on": tr("First day"),
    }
    fields = tuple((field.key, own.get(field.key) or facts[field.key]) for field in FIELDS_ABOUT[about])
    further = ((FURTHER, tr("A further fact")),) if about is About.CANDIDATES else ()
    return (*further, (LEFT, tr("Left out")), *fields)
