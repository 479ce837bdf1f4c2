"""What every value of a pack shares: it never changes, has no unknown fields, and says where it does not hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Annotated, NamedTuple, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

_FRACTION = re.compile(r"[0-9]{1,4}(?:/(?P<under>[0-9]{1,4})|\.[0-9]{1,4})?")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,47}")
_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")

ACROSS = "across_references"
"""The error type of `refuse`; its context holds the faults under `faults`."""

LONGEST_TEXT = 30_000
"""Characters that one field of a person's words takes; a page holds some 3,000."""

Way = tuple[str | int, ...]


class Fault(NamedTuple):
    """One place that does not hold: the way to it from the top of the value, and why."""

    path: Way
    sentence: str


class Value(BaseModel):
    """Frozen, and strict about field names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def refuse(faults: Sequence[Fault]) -> None:
    """End a validation with all faults found across references; does nothing when there are none."""
    if faults:
        raise PydanticCustomError(ACROSS, "{first}", {"first": faults[0].sentence, "faults": tuple(faults)})


def _readable(text: str) -> str:
    if not text.isprintable() and any(unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        raise PydanticCustomError("readable", "this holds a line break or a control character")
    return text


def _fraction(value: object) -> object:
    """Text such as "29/10" or "2.9" as a fraction; short, so that no exponent can grow past memory."""
    if isinstance(value, Fraction):
        return value
    found = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found["under"] or 1) == 0:
        raise PydanticCustomError("fraction", 'this is no fraction in quotes, as "29/10" is')
    return Fraction(found[0])


def _plain(text: str) -> str:
    if _ID.fullmatch(text) is None:
        raise PydanticCustomError("plain", "this must begin with a letter, then letters, digits, _ and -, 48 at most")
    return text


def _two_numbers(text: str) -> str:
    if _VERSION.fullmatch(text) is None:
        raise PydanticCustomError("two_numbers", 'this must be two numbers with a point, as "1.0" is')
    return text


_WORDS = StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=800)
Text = Annotated[str, _WORDS, AfterValidator(_readable)]
"""One paragraph a person reads."""

Label = Annotated[str, _WORDS, Field(max_length=30), AfterValidator(_readable)]
"""A few words on a button or in a narrow column."""

Id = Annotated[str, Field(strict=True), AfterValidator(_plain)]
"""A name other fields refer to; never shown."""

Version = Annotated[str, Field(strict=True), AfterValidator(_two_numbers)]
"""As in 1.0: the first number grows when scores can no longer be compared, the second otherwise."""

Count = Annotated[int, Field(strict=True, ge=0, le=10_000)]
Score = Annotated[int, Field(strict=True, ge=1, le=4)]

Exact = Annotated[Fraction, BeforeValidator(_fraction), PlainSerializer(str, return_type=str)]
"""A threshold: a fraction written as text, because 2.9 as a float is not 29/10."""


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def one(items: Iterable[N], wanted: str) -> N:
    """The item with this id. Raises KeyError when there is none."""
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)


def repeats(at: Way, field: str, values: Sequence[str]) -> list[Fault]:
    """A fault for every value of a list of items that an earlier item already has in the same field."""
    return [Fault((*at, place, field), f"“{values[place]}” stands here twice") for place in _again(values)]


def unknown(at: Way, values: Sequence[str], known: Iterable[str], what: str) -> list[Fault]:
    """A fault for every value of a list that is not known (“… is no `what`”), or that the list holds twice."""
    names, again = set(known), set(_again(values))
    return [
        Fault((*at, place), f"“{value}” stands here twice" if value in names else f"“{value}” is no {what}")
        for place, value in enumerate(values)
        if value not in names or place in again
    ]


def _again(values: Sequence[str]) -> list[int]:
    """The places of values that stand further up as well."""
    seen: set[str] = set()
    found = []
    for place, value in enumerate(values):
        if value in seen:
            found.append(place)
        seen.add(value)
    return found
