"""Runs as a process of its own, to be killed: works on a workspace and says each thing that is done.

python -m tests.trials.typist type FILE SEED
python -m tests.trials.typist backup FILE DATA
python -m tests.trials.typist restore FILE BACKUP [BACKUP ...]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path

from app.actions import application, candidate, scorecard
from app.domain.scorecard import Overall
from app.errors import Refused
from app.store.backup import make_backup, restore
from app.store.workspace import Workspace, open_workspace
from tests.makers import Clock, Entropy

CARD, APPLICATION, CANDIDATE = 1, 1, 1
PLANNED = ("systems_design", "mlops", "software", "governance")


class Typist:
    """Does the same things in the same order for the same seed, in any process."""

    def __init__(self, path: Path, seed: int) -> None:
        self.clock = Clock()
        self.chance = random.Random(seed)
        self.workspace: Workspace = open_workspace(path, window=True, clock=self.clock, entropy=Entropy(str(seed)))
        self.typed = ""
        self.lines: list[int] = []

    def work(self) -> None:
        """One thing, as a person does it while listening."""
        self.clock.turn(seconds=3)
        things: tuple[Callable[[], None], ...] = (
            self._note,
            self._note,
            self._edit,
            self._rate,
            self._rate,
            self._observe,
            self._vote,
            self._type,
            self._move,
        )
        try:
            self.chance.choice(things)()
        except Refused:
            return

    def _note(self) -> None:
        dimension = self.chance.choice((None, *PLANNED))
        text = f"Heard at {self.clock():%H:%M:%S}: {'more ' * self.chance.randrange(40)}"
        done = scorecard.note(self.workspace, CARD, text, dimension)
        self.lines.append(next(c.row for c in done.changes if c.table == "note"))

    def _edit(self) -> None:
        if self.lines:
            scorecard.edit_note(self.workspace, self.chance.choice(self.lines), f"Mended {self.clock():%H:%M:%S}")

    def _rate(self) -> None:
        scorecard.rate(self.workspace, CARD, self.chance.choice(PLANNED), self.chance.randint(1, 4))

    def _observe(self) -> None:
        scorecard.observe(
            self.workspace,
            CARD,
            "systems_design",
            self.chance.choice(("s1", "w1", "r4")),
            seen=self.chance.random() < 0.6,
        )

    def _vote(self) -> None:
        scorecard.vote(self.workspace, CARD, self.chance.choice(list(Overall)), "So far.")

    def _type(self) -> None:
        self.typed = (self.typed + self.chance.choice("abcdefgh "))[-30:]
        candidate.edit(self.workspace, CANDIDATE, typing=True, place=self.typed)

    def _move(self) -> None:
        application.move(self.workspace, APPLICATION, self.chance.randint(1, 6))


def say(word: object) -> None:
    """One line that the parent has for certain once it is read."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(what: str, file: str, *rest: str) -> None:
    """Work until somebody ends the process."""
    path = Path(file)
    if what == "type":
        typist = Typist(path, int(rest[0]))
        say("ready")
        for number in count(1):
            typist.work()
            say(number)
    elif what == "backup":
        workspace = open_workspace(path, window=True)
        say("ready")
        while True:
            scorecard.note(workspace, CARD, "One more line.")
            say(make_backup(workspace, Path(rest[0]), datetime.now(UTC)))
    else:
        say("ready")
        for backup in cycle(rest):
            say(restore(path, Path(backup), datetime.now(UTC)))


if __name__ == "__main__":
    main(*sys.argv[1:])
