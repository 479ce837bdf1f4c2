"""Small makers for tests: workspaces in a temporary folder, with a clock one can turn."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.store.create import create_workspace
from app.store.workspace import Workspace

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **delta: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**delta)


class Entropy:
    """The same bytes in every run."""

    def __init__(self, seed: str = "tests") -> None:
        self.seed, self.count = seed, 0

    def __call__(self, size: int) -> bytes:
        self.count += 1
        return hashlib.sha256(f"{self.seed}:{self.count}".encode()).digest()[:size]


def new_workspace(folder: Path, name: str = "trial", clock: Clock | None = None) -> Workspace:
    """An empty workspace."""
    return create_workspace(folder / name, clock=clock or Clock(), entropy=Entropy())
