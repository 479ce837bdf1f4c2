"""How a row that was found is shown: what it is called, what it belongs to, its words, and the page it is on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class Shown:
    """A row as it is shown. `target` are the ids by which `place` shows it."""

    title: str
    where: str
    texts: tuple[str, ...]
    place: str
    target: tuple[tuple[str, int], ...] = ()


Describe = Callable[[Connection, int | None, Collection[int]], dict[int, Shown]]
"""By number, those of these rows that a person may see."""
