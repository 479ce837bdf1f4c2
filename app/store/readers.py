"""The connections a workspace is read by."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.store import sqlite


class Readers:
    """As many as were ever in use at once; each serves whoever reads next, in any thread."""

    def __init__(self, path: Path, must_be_there: Callable[[], None]) -> None:
        """`must_be_there` raises Replaced where a new connection would open another file than the one that is open."""
        self._path, self._must_be_there = path, must_be_there
        self._free: deque[Engine] = deque()

    def __len__(self) -> int:
        return len(self._free)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the file. Raises as `sqlite.transaction` does."""
        engine = self._take()
        try:
            with sqlite.transaction(engine, self._path) as connection:
                yield connection
        finally:
            self._free.append(engine)

    def let_go(self) -> None:
        """End them; nobody reads any more."""
        while self._free:
            self._free.pop().dispose()

    def _take(self) -> Engine:
        try:
            return self._free.pop()
        except IndexError:
            self._must_be_there()
            return sqlite.connect(self._path, writing=False)
