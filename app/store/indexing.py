"""Keeping the index of words at a workspace's heels, a few rows at a time."""

from __future__ import annotations

from math import inf
from time import monotonic, perf_counter

from sqlalchemy.exc import DBAPIError

from app.errors import Damaged
from app.store.search_index import index_some, is_behind, is_whole, rebuild
from app.store.sqlite_errors import DriverError
from app.store.workspace import Workspace

AT_ONCE = 0.006
"""Seconds: with its commit less than a frame of the window (16 ms), which is how long a writer waits for it."""
_ASKED = 0.05  # somebody waits for all of it


def index_next(workspace: Workspace, seconds: float = AT_ONCE) -> bool:
    """Tell the index of changed rows for so long; gives whether there are more. One that can't be told is made anew.

    Raises as a step does.
    """
    try:
        with workspace.read() as connection:
            if not is_behind(connection):
                return False
        with workspace.committing() as connection:
            until = perf_counter() + seconds
            while index_some(connection, 1) and perf_counter() < until:
                pass
            return is_behind(connection)
    except (DBAPIError, DriverError, Damaged):
        with workspace.committing() as connection:
            if is_whole(connection):  # what is damaged is something else
                raise
            rebuild(connection)
        return True


def mend_index(workspace: Workspace) -> None:
    """Make the index anew where it can't be read, and fill it. Raises as a step does."""
    with workspace.committing() as connection:
        if not is_whole(connection):
            rebuild(connection)
    index_all(workspace)


def index_all(workspace: Workspace, within: float | None = None) -> None:
    """Tell the index of everything that changed, before a question is asked of it; no longer than so many seconds.

    Raises as a step does.
    """
    until = inf if within is None else monotonic() + within
    while index_next(workspace, _ASKED) and monotonic() < until:
        pass
