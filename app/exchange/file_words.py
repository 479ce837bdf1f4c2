"""The words of attached files: strangers wrote them, so they are read in a process of its own, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from app.exchange.quarantine import WORDS, Failed, Quarantine
from app.store.file_words import keep_words, next_unread
from app.store.workspace import Workspace


def read_waiting(workspace: Workspace, go_on: Callable[[], None]) -> int:
    """Read every attached file that was not read yet, and keep its words; gives how many there were.

    One that can't be read is found by its name alone. `go_on` is called before each and may raise to stop. Raises as
    a step does.
    """
    count = 0
    with Quarantine(reader=WORDS) as quarantine:
        while True:
            go_on()
            with workspace.read() as connection:
                found = next_unread(connection)
            if found is None:
                return count
            keep_words(workspace, found[0], _words(quarantine, found[1]))
            count += 1


def _words(quarantine: Quarantine, content: bytes) -> str:
    try:
        return str(quarantine.words(content)["words"])
    except Failed:
        return ""
