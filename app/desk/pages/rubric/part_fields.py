"""Which fields a part of a rubric has, and how each is typed: a table, so that a form reads as what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.rubric_draft import AREA, EXERCISE, HEAD, KPI, PLAN, ROLE, SKILL
from app.domain.typed_text import groups, groups_text, lines, lines_text, pairs, pairs_text
from app.domain.value import Way
from app.words import tr


class Typed(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    LINES = "lines"
    PAIRS = "pairs"
    GROUPS = "groups"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"
    DIMENSIONS = "dimensions"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class PartField:
    """One field: where its value stands in the part, its label, and how it is typed.

    `keys` are the two names inside a pair or a group; `most` letters of a text are counted; numbers lie from `least`
    to `largest`.
    """

    way: Way
    words: str
    typed: Typed = Typed.TEXT
    help: str = ""
    keys: tuple[str, str] = ("", "")
    most: int = 0
    least: int = 0
    largest: int = 480
    choices: tuple[tuple[str, str], ...] = ()


_ONE_A_LINE = tr("One on each line.")
_GROUP = tr("A group’s name, then its lines; an empty line between groups.")
FIELDS: Mapping[str, tuple[PartField, ...]] = {
    HEAD: (
        PartField(("name",), tr("Name")),
        PartField(
            ("version",), tr("Version"), help=tr("As 1.0: the first number grows when scores can’t be compared.")
        ),
        PartField(("level",), tr("Level it is written for")),
        PartField(("must_have",), tr("Must have by default"), Typed.DIMENSIONS),
        PartField(("limits", "min_raters"), tr("Raters a dimension needs"), Typed.NUMBER, least=1, largest=6),
        PartField(
            ("limits", "max_dimensions_per_interviewer"),
            tr("Dimensions one interviewer takes at most"),
            Typed.NUMBER,
            least=1,
            largest=16,
        ),
        PartField(("limits", "hire_from"), tr("A hire is supported from, as 29/10 or 2.9")),
        PartField(("limits", "mixed_from"), tr("Mixed from, as 26/10")),
    ),
    EXERCISE: (
        PartField(("name",), tr("Name")),
        PartField(("short",), tr("Short name"), most=14),
        PartField(("minutes", 0), tr("Minutes at least"), Typed.NUMBER, least=5),
        PartField(("minutes", 1), tr("Minutes at most"), Typed.NUMBER, least=5),
        PartField(("optional",), tr("Only where it is needed"), Typed.TICK),
        PartField(("brief",), tr("Brief")),
        PartField(("looks_at",), tr("What it looks at"), Typed.LINES, _ONE_A_LINE),
        PartField(("primary",), tr("Dimensions it shows"), Typed.DIMENSIONS),
        PartField(("secondary",), tr("Dimensions it may show besides"), Typed.DIMENSIONS),
        PartField(("questions",), tr("Questions to ask, in their order"), Typed.QUESTIONS),
    ),
    PLAN: (PartField(("name",), tr("Name")), PartField(("note",), tr("When to take it"))),
    AREA: (PartField(("name",), tr("Name")), PartField(("dimensions",), tr("Dimensions"), Typed.DIMENSIONS)),
    SKILL: (
        PartField(("name",), tr("Name")),
        PartField(
            ("group",),
            tr("Group"),
            Typed.CHOICE,
            choices=(
                ("must_have", tr("must have")),
                ("good_to_have", tr("good to have")),
                ("advanced", tr("advanced")),
                ("emerging", tr("emerging")),
                ("soft", tr("ways of working")),
            ),
        ),
        PartField(
            ("weight",),
            tr("Weight"),
            Typed.CHOICE,
            choices=(("critical", tr("critical")), ("important", tr("important")), ("optional", tr("optional"))),
        ),
    ),
    KPI: (
        PartField(("name",), tr("Name")),
        PartField(("target",), tr("Target")),
        PartField(("every",), tr("How often it is read")),
        PartField(("dimensions",), tr("Dimensions it speaks of"), Typed.DIMENSIONS),
    ),
    ROLE: (
        PartField(("title",), tr("Role")),
        PartField(("level",), tr("Level")),
        PartField(("purpose",), tr("What it is for")),
        PartField(("outcomes",), tr("What should be true because of them"), Typed.LINES, _ONE_A_LINE),
        PartField(("reports_to",), tr("Reports to")),
        PartField(("team",), tr("Team")),
        PartField(("responsibilities",), tr("What they answer for"), Typed.GROUPS, _GROUP, ("group", "items")),
        PartField(("decision_rights", "alone"), tr("Decided alone"), Typed.LINES, _ONE_A_LINE),
        PartField(("decision_rights", "with_peers"), tr("Decided with peers"), Typed.LINES, _ONE_A_LINE),
        PartField(("decision_rights", "needs_approval"), tr("Decided with approval"), Typed.LINES, _ONE_A_LINE),
        PartField(("decision_rights", "hiring"), tr("Who decides a hire")),
        PartField(
            ("stakeholders",),
            tr("Whom they work with"),
            Typed.PAIRS,
            tr("“Name: what”, one on each line."),
            ("name", "what"),
        ),
        PartField(
            ("approvals",),
            tr("Approvals of a hire"),
            Typed.PAIRS,
            tr("“Role: decides” first, then “Role: approves”, one on each line."),
            ("role", "verb"),
        ),
        PartField(
            ("escalation",),
            tr("Where things go that can’t be settled"),
            Typed.PAIRS,
            tr("“To whom: when”, one on each line."),
            ("to", "when"),
        ),
    ),
}
"""By section, its fields in their order; dimensions and first days have forms of their own."""


def shown(field: PartField, content: Mapping[str, Any]) -> Any:
    """The value of a field as its control takes it."""
    value: Any = content
    for name in field.way:
        try:
            value = value[name]
        except (KeyError, IndexError, TypeError):
            return "" if field.typed in (Typed.TEXT, Typed.LINES, Typed.PAIRS, Typed.GROUPS) else None
    match field.typed:
        case Typed.LINES:
            return lines_text(value)
        case Typed.PAIRS:
            first, second = field.keys
            return pairs_text((item[first], item[second]) for item in value)
        case Typed.GROUPS:
            first, second = field.keys
            return groups_text((item[first], item[second]) for item in value)
    return value


def kept(field: PartField, typed: Any) -> Any:
    """What is kept of what a control says."""
    match field.typed:
        case Typed.LINES:
            return list(lines(typed))
        case Typed.PAIRS:
            first, second = field.keys
            return [{first: name, second: words} for name, words in pairs(typed)]
        case Typed.GROUPS:
            first, second = field.keys
            return [{first: name, second: list(items)} for name, items in groups(typed)]
        case Typed.TEXT:
            return " ".join(str(typed).split())
    return typed
