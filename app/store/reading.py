"""Which tables a question reads, noted from its statements: who shows the answer then hears of every change to it.
Between two statements, long work also learns that it was given up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_go_on: ContextVar[Callable[[], None] | None] = ContextVar("go_on", default=None)
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@dataclass(frozen=True)
class NotedQuery(Generic[T]):
    """A question that answers with its result and the names of the tables it read."""

    func: Callable[[], T]

    def __call__(self) -> tuple[T, frozenset[str]]:
        """Ask it."""
        with _noting() as names:
            result = self.func()
        return result, frozenset(names)


def note_statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    """Listens to a connection's statements. A word of one that is a table's name counts as read."""
    go_on = _go_on.get()
    if go_on is not None:
        go_on()
    names = _noted.get()
    if names is not None:
        names |= _words(statement)


def note_table(name: str) -> None:
    """A table that was read before and kept."""
    names = _noted.get()
    if names is not None:
        names.add(name)


@contextmanager
def while_wanted(go_on: Callable[[], None]) -> Iterator[None]:
    """Ask `go_on`, which raises where the work is not wanted any more, before every statement of the block."""
    token = _go_on.set(go_on)
    try:
        yield
    finally:
        _go_on.reset(token)


@contextmanager
def _noting() -> Iterator[set[str]]:
    token = _noted.set(set())
    try:
        names = _noted.get()
        assert names is not None
        yield names
    finally:
        _noted.reset(token)


@lru_cache(maxsize=1024)
def _words(statement: str) -> frozenset[str]:
    """Every word, tables' names among them: what is no table is in no report of a change."""
    return frozenset(re.findall(r"\w+", statement))
