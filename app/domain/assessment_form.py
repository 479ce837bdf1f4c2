"""A fillable assessment form: what it says of itself, and how its values become ratings with dated facts.

It shares fields, names and the reading of lines with the scorecard's form (`domain.scorecard_form`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from app.domain.assessment import AssessedRating, EvidenceEntry, NoScore
from app.domain.guide import Guide
from app.domain.scorecard import SCORES
from app.domain.scorecard_form import (
    DATE,
    FieldKind,
    FormField,
    check_of,
    drawn_id,
    evidence_field,
    line_of,
    lines_of,
    score_field,
)

FORMAT = 1
_LONGEST = 20_000  # characters of one field
_ID = re.compile(r"\bA\d{1,2}-[0-9A-F]{4}-[0-9A-F]{4}\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_WORDS = re.compile(r"(\d{1,2})\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4})\b")

_Row = Annotated[int, Field(strict=True, ge=0, le=2**53)]
_Word = Annotated[str, Field(strict=True, max_length=200)]
_Keys = Annotated[tuple[_Word, ...], Field(max_length=60)]


@dataclass(frozen=True)
class AssessmentSpec:
    """What one form is for, and what it expects. `choices` begin with the scores; the reasons follow."""

    workspace: _Word
    assessment: _Row
    member: _Row
    rater: _Row
    guide: _Word
    level: _Word
    dimensions: _Keys
    choices: _Keys
    format: _Row = FORMAT
    what: _Word = "assessment"

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field a person fills in, in the order of the paper."""
        found: list[FormField] = []
        for dimension in self.dimensions:
            found.append(FormField(score_field(dimension), FieldKind.CHOICE, self.choices))
            found.append(FormField(evidence_field(dimension), FieldKind.TEXT))
        return (*found, FormField(DATE, FieldKind.TEXT))

    @property
    def text(self) -> str:
        """What the form says of itself: one line of ASCII that shows when a letter of it was lost."""
        return line_of(asdict(self))

    @property
    def form_id(self) -> str:
        """The id people read out."""
        return drawn_id(f"A{len(self.dimensions) % 100}", self.text)


_Said = TypeAdapter(AssessmentSpec)


def assessment_spec(dimensions: Sequence[str], **who: object) -> AssessmentSpec:
    """The form of an assessment of these dimensions; `who` are the other fields."""
    choices = (*map(str, SCORES), *map(str, NoScore))
    return AssessmentSpec(dimensions=tuple(dimensions), choices=choices, **who)  # type: ignore[arg-type]


def assessment_spec_of(text: str) -> AssessmentSpec | None:
    """The spec that `AssessmentSpec.text` wrote; None where it is another text or a letter of it was lost."""
    check, _, said = text.strip().partition(" ")
    if check != check_of(said):
        return None
    try:
        spec = _Said.validate_json(said, strict=False)
    except ValidationError:
        return None
    return spec if spec.what == "assessment" else None


def assessment_form_ids(text: str) -> frozenset[str]:
    """Every id of such a form that stands in a text."""
    return frozenset(_ID.findall(text))


@dataclass(frozen=True)
class FilledAssessment:
    """A form's values: complete where `lacking` names nothing. It holds (what, dimension), of which what is a score,
    evidence, words or a day."""

    ratings: tuple[AssessedRating, ...]
    lacking: tuple[tuple[str, str], ...]
    date: str = ""


def read_assessment_values(spec: AssessmentSpec, values: Mapping[str, str]) -> FilledAssessment | None:
    """The values of a form by the names of its fields; None where a value is none that the form offers."""
    for field in spec.fields:
        value = values.get(field.name, "")
        if len(value) > _LONGEST or (field.kind is FieldKind.CHOICE and value and value not in field.choices):
            return None
    ratings, lacking = [], []
    scores = set(map(str, SCORES))
    for dimension in spec.dimensions:
        chosen = values.get(score_field(dimension), "")
        written = values.get(evidence_field(dimension), "")
        if chosen == NoScore.WORDS:
            words = "\n".join(lines_of(written))
            ratings.append(AssessedRating(dimension, None, chosen, words))
            lacking += [("words", dimension)] * (not words)
            continue
        facts, scored = evidence_in(written), chosen in scores
        ratings.append(
            AssessedRating(
                dimension, int(chosen) if scored else None, chosen if chosen and not scored else None, facts=facts
            )
        )
        lacking += [("score", dimension)] * (not chosen)
        lacking += [("evidence", dimension)] * (scored and not facts)
        lacking += [("day", dimension)] * any(f.on is None for f in facts)
    return FilledAssessment(tuple(ratings), tuple(lacking), " ".join(lines_of(values.get(DATE, ""))))


def undated(filled: FilledAssessment) -> tuple[tuple[str, str], ...]:
    """The lines of evidence without a day, each with its dimension; none where the form lacks anything else too."""
    if {what for what, _ in filled.lacking} != {"day"}:
        return ()
    return tuple((r.dimension, f.text) for r in filled.ratings for f in r.facts if f.on is None)


def with_days(filled: FilledAssessment, days: Sequence[date]) -> FilledAssessment:
    """The form with a day for each line that was `undated`, in their order."""
    given = iter(days)
    ratings = tuple(
        replace(r, facts=tuple(f if f.on is not None else replace(f, on=next(given)) for f in r.facts))
        for r in filled.ratings
    )
    return replace(filled, ratings=ratings, lacking=())


def evidence_in(text: str) -> tuple[EvidenceEntry, ...]:
    """A line each: its day, then what was seen; a source may stand behind it in brackets."""
    found = []
    for line in lines_of(text):
        on, rest = day_before(line)
        source = re.search(r"\s*[\[(]([^\[\]()]{2,60})[\])]\s*$", rest)
        if source is not None and source.start() > 0:
            found.append(EvidenceEntry(on, rest[: source.start()], source=source[1].strip()))
        else:
            found.append(EvidenceEntry(on, rest))
    return tuple(found)


def day_before(line: str) -> tuple[date | None, str]:
    """The day a line begins with, and the rest of it; (None, line) where it begins with none."""
    for pattern in (_ISO, _NUMBERS, _WORDS):
        known = pattern.match(line)
        if known is None:
            continue
        try:
            on = _day(pattern, known)
        except ValueError:
            return None, line
        rest = line[known.end() :].lstrip(" ,:;–-")
        return (on, rest) if rest else (None, line)
    return None, line


def _day(pattern: re.Pattern[str], known: re.Match[str]) -> date:
    if pattern is _ISO:
        return date(int(known[1]), int(known[2]), int(known[3]))
    if pattern is _NUMBERS:
        return date(int(known[3]), int(known[2]), int(known[1]))
    return date(int(known[3]), _MONTHS.index(known[2][:3].casefold()) + 1, int(known[1]))


def asks(guide: Guide, spec: AssessmentSpec) -> tuple[str, ...]:
    """The sentences that must stand on its pages."""
    cells = guide.level(spec.level).cells
    return tuple(cells[d].expect for d in spec.dimensions)
