"""A fillable scorecard form: its fields in words, what it says of itself, and how its values become a card.

Drawn by the packets, read back by the exchange; both take names, choices and rules from here.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from app.domain.rubric import Rubric
from app.domain.scorecard import SCORES, Overall

FORM_FORMAT = 1
"""The version of fields and rules; it grows when an older form could be misread."""

MARK = "form"
"""The hidden field that holds what the form says of itself; the document's information holds it too."""
INFO = "TenfoldForm"
OVERALL, NOTES, DATE = "overall", "notes", "date"
TICKED = "Yes"
WHOLE = (OVERALL, NOTES, DATE)
_RESERVED = {*WHOLE, MARK}
_LONGEST = 20_000  # characters of one field; a page of a form holds some 1,500
_ID = re.compile(r"\bR\d{1,2}-[0-9A-F]{4}-[0-9A-F]{4}\b")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|„([^“”]+)[“”]|«([^»]+)»")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Reason(StrEnum):
    """Why a form was turned down. Each form has at most one."""

    UNREADABLE = "unreadable"
    NOT_A_FORM = "not a form"
    FLATTENED = "flattened"
    OTHER_WORKSPACE = "other workspace"
    NO_INTERVIEW = "no interview"
    WRONG_CANDIDATE = "wrong candidate"
    WRONG_INTERVIEWER = "wrong interviewer"
    OTHER_RUBRIC = "other rubric"
    OTHER_FIELDS = "other fields"
    OTHER_WORDS = "other words"
    CONTRARY = "contrary"
    NO_ASSESSMENT = "no assessment"
    OTHER_GUIDE = "other guide"
    INCOMPLETE = "incomplete"
    NOT_HELD = "not held"
    BEGUN = "begun"
    IDENTICAL = "identical"
    DIFFERENT = "different"


class Beside(StrEnum):
    """What an original may hold more than its fields; none of it becomes part of a card."""

    SIGNATURE = "signature"
    NOTES = "notes"
    INK = "ink"
    MARKS = "marks"
    STAMPS = "stamps"
    FILES = "files"


class FieldKind(StrEnum):
    """What is done in a field."""

    CHOICE = "choice"
    TICK = "tick"
    TEXT = "text"


@dataclass(frozen=True)
class FormField:
    """One field: its name, and for a choice what may be chosen, in order."""

    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()


_Row = Annotated[int, Field(strict=True, ge=0, le=2**53)]
_Word = Annotated[str, Field(strict=True, max_length=200)]
_Words = Annotated[tuple[_Word, ...], Field(max_length=60)]


@dataclass(frozen=True)
class FormSpec:
    """What one form is for, and what it expects. `choices` begin with the scores 1 to 4; the reasons follow.

    `signals` are, in the order of `planned`, the ids of the signals that can be ticked.
    """

    workspace: _Word
    interview: _Row
    application: _Row
    candidate: _Row
    interviewer: _Row
    rubric: _Word
    version: _Word
    digest: _Word
    level: _Word
    round: _Row
    planned: _Words
    choices: _Words
    signals: Annotated[tuple[_Words, ...], Field(max_length=60)]
    format: _Row = FORM_FORMAT

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field a person fills in, in the order of the paper."""
        found: list[FormField] = []
        for dimension, signals in zip(self.planned, self.signals, strict=True):
            found.append(FormField(score_field(dimension), FieldKind.CHOICE, self.choices))
            found.append(FormField(evidence_field(dimension), FieldKind.TEXT))
            found += [FormField(signal_field(dimension, s), FieldKind.TICK) for s in signals]
        found.append(FormField(OVERALL, FieldKind.CHOICE, tuple(Overall)))
        found += [FormField(NOTES, FieldKind.TEXT), FormField(DATE, FieldKind.TEXT)]
        return tuple(found)

    @property
    def text(self) -> str:
        """What the form says of itself: one line of ASCII that shows when a letter of it was lost."""
        return line_of(asdict(self))

    @property
    def form_id(self) -> str:
        """The id people read out: `R6-4F2A-91C7`."""
        return drawn_id(f"R{self.round % 100}", self.text)


def line_of(values: dict[str, Any]) -> str:
    """A form's values as one line of ASCII, a check before it."""
    said = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"{check_of(said)} {said}"


def drawn_id(kind: str, text: str) -> str:
    """The id people read out: the kind, and eight digits drawn from what the form says of itself."""
    drawn = hashlib.sha256(text.encode("ascii")).hexdigest()[:8].upper()
    return f"{kind}-{drawn[:4]}-{drawn[4:]}"


_Said = TypeAdapter(FormSpec)


def form_spec(rubric: Rubric, planned: Sequence[str], **who: Any) -> FormSpec:
    """The form of an interview that scores `planned`; `who` are the other fields of a FormSpec."""
    return FormSpec(
        rubric=rubric.id,
        version=rubric.version,
        planned=tuple(planned),
        choices=(*map(str, SCORES), *(reason.id for reason in rubric.not_assessed_reasons)),
        signals=tuple(tuple(s.id for s in rubric.signals_of(d)) for d in planned),
        **who,
    )


def spec_of(text: str) -> FormSpec | None:
    """The spec that `FormSpec.text` wrote; None where it is another text or a letter of it was lost."""
    check, _, said = text.strip().partition(" ")
    if check != check_of(said):
        return None
    try:
        return _Said.validate_json(said, strict=False)
    except ValidationError:
        return None


def check_of(said: str) -> str:
    """What shows that a letter of a form's own text was lost."""
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]


def form_ids(text: str) -> frozenset[str]:
    """Every form id that stands in a text."""
    return frozenset(_ID.findall(text))


def score_field(dimension: str) -> str:
    """One group for score and reason, so that no reader can give both."""
    return f"{_name(dimension)}.score"


def evidence_field(dimension: str) -> str:
    """What was seen or heard, a line each."""
    return f"{_name(dimension)}.evidence"


def signal_field(dimension: str, signal: str) -> str:
    """A signal to tick."""
    return f"{_name(dimension)}.signal.{signal}"


def _name(dimension: str) -> str:
    return f"{dimension}_dimension" if dimension in _RESERVED else dimension


@dataclass(frozen=True)
class FilledSignal:
    """A signal that was ticked; a red flag's quote is taken from the evidence."""

    signal: str
    red: bool
    quote: str


@dataclass(frozen=True)
class FilledRating:
    """One planned dimension as it was filled in."""

    dimension: str
    score: int | None
    reason: str | None
    evidence: tuple[str, ...]
    signals: tuple[FilledSignal, ...]


@dataclass(frozen=True)
class FilledForm:
    """A form's values as a card: complete where `lacking` names no field."""

    ratings: tuple[FilledRating, ...]
    overall: Overall | None
    notes: tuple[str, ...]
    date: str
    lacking: tuple[str, ...]


def read_values(spec: FormSpec, values: Mapping[str, str], rubric: Rubric) -> FilledForm | None:
    """The values of a form by the names of its fields; None where a value is none that the form offers.

    A choice is empty or one of its choices; a tick is empty or `TICKED`; a text is what was written.
    """
    fields = {f.name: f for f in spec.fields}
    for name, field in fields.items():
        value = values.get(name, "")
        offered = {FieldKind.CHOICE: field.choices, FieldKind.TICK: (TICKED,)}.get(field.kind, (value,))
        if (value and value not in offered) or len(value) > _LONGEST:
            return None
    lacking: list[str] = []
    ratings = []
    for dimension, signals in zip(spec.planned, spec.signals, strict=True):
        rating = _rating(dimension, signals, values, rubric)
        ratings.append(rating)
        if rating.score is None and rating.reason is None:
            lacking.append(score_field(dimension))
        if not rating.evidence and (rating.score is not None or any(s.red for s in rating.signals)):
            lacking.append(evidence_field(dimension))
    chosen = values.get(OVERALL, "")
    if not chosen:
        lacking.append(OVERALL)
    return FilledForm(
        ratings=tuple(ratings),
        overall=Overall(chosen) if chosen else None,
        notes=lines_of(values.get(NOTES, "")),
        date=" ".join(lines_of(values.get(DATE, ""))),
        lacking=tuple(lacking),
    )


def _rating(dimension: str, signals: Iterable[str], values: Mapping[str, str], rubric: Rubric) -> FilledRating:
    chosen = values.get(score_field(dimension), "")
    evidence = lines_of(values.get(evidence_field(dimension), ""))
    ticked = [rubric.signal(s) for s in signals if values.get(signal_field(dimension, s)) == TICKED]
    return FilledRating(
        dimension=dimension,
        score=int(chosen) if chosen in map(str, SCORES) else None,
        reason=chosen if chosen and chosen not in map(str, SCORES) else None,
        evidence=evidence,
        signals=tuple(
            FilledSignal(s.id, s.kind == "red", quote_in(evidence) if s.kind == "red" else "") for s in ticked
        ),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, without what no screen shows."""
    shown = (
        _CONTROL.sub("", line.replace("\t", " ")).strip()
        for line in re.split(r"\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029|\x85", text)
    )
    return tuple(line for line in shown if line)


def quote_in(evidence: Sequence[str]) -> str:
    """What a red flag quotes: the words in quotation marks; where there are none, all that was written."""
    text = " ".join(evidence)
    quoted = ["".join(groups).strip() for groups in _QUOTED.findall(text)]
    return " … ".join(q for q in quoted if q) or text


def letters_of(text: str) -> str:
    """A text for comparing what two readers drew from one page: small letters and figures alone."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


NO_LETTER = "□"
"""Stands on paper for a letter that no font of ours has."""


def stands_in(words: str, drawn: str) -> bool:
    """Whether words stand in what was drawn, with NO_LETTER in the place of any of their letters."""
    page = "".join(c for c in unicodedata.normalize("NFKC", drawn).casefold() if c.isalnum() or c == NO_LETTER)
    letters = (re.escape(letters_of(c)) for c in unicodedata.normalize("NFC", words))
    pattern = "".join(f"(?:{said}|{NO_LETTER})" if said else f"{NO_LETTER}?" for said in letters)
    return re.search(pattern, page) is not None


_OPENING, _CLOSING = 5, 3  # minutes before the first question and after the last answer


def start_times(minutes: int, questions: int) -> tuple[int, ...]:
    """When each question should be begun, in minutes from the start: equal shares of what is left for them."""
    if not questions:
        return ()
    share = max(1, (minutes - _OPENING - _CLOSING) // questions)
    return tuple(_OPENING + number * share for number in range(questions))


def working_day_after(day: date) -> date:
    """The next day that is no Saturday and no Sunday: by then a form should be back."""
    later = day + timedelta(days=1)
    while later.weekday() > 4:
        later += timedelta(days=1)
    return later
