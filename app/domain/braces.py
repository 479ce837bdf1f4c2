"""Places between braces in a text that somebody writes: which there are, and how they are filled."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_BRACES = re.compile(r"\{([^{}\n]*)\}")


def places_in(text: str) -> tuple[str, ...]:
    """The names between braces, each once, in their order."""
    return tuple(dict.fromkeys(_BRACES.findall(text)))


def faults_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Names that nobody can fill, and each of "{" and "}" that stands somewhere without the other."""
    rest = _BRACES.sub("", text)
    unknown = (name for name in places_in(text) if name not in known)
    return (*unknown, *(brace for brace in "{}" if brace in rest))


def fill_places(text: str, values: Mapping[str, str]) -> str:
    """The text with every place filled; what is filled in is never read for places. Raises KeyError for an unknown."""
    return _BRACES.sub(lambda found: values[found[1]], text)
