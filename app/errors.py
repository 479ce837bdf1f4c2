"""The failures a person can do something about. Everything else is a bug and goes to the one place for bugs."""

from __future__ import annotations

from pathlib import Path


class Refused(Exception):
    """Something was not done, on purpose: `sentence` says what and why, `remedy` what to do next."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.sentence = sentence
        self.remedy = remedy


class NotAWorkspace(Refused):
    """The file is something else."""


class Damaged(Refused):
    """The file is a workspace, but its content does not hold."""


class TooNew(Refused):
    """The file was written by a newer Tenfold."""


class Busy(Refused):
    """Another window or command has the file."""


class ReadOnly(Refused):
    """The file or its folder cannot be written."""


class NotFound(Refused):
    """No such row, for instance an application number that does not exist."""


class NotYet(Refused):
    """The thing exists, but may not be seen by this person yet."""


class Broke(Refused):
    """A bug kept it from being done; the report of it was shown where all bugs are, this ends the waiting."""


class Replaced(Refused):
    """The file of an open workspace is no longer the one that was opened: nothing more can be saved to it.

    What its window held is in the file `rescued`, where that could be saved.
    """

    def __init__(self, sentence: str, remedy: str = "", rescued: Path | None = None) -> None:
        super().__init__(sentence, remedy)
        self.rescued = rescued
