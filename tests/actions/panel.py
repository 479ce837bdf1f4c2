"""A small panel for tests: an opening with six rounds, two candidates, and colleagues who hold the rounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.actions import application, candidate, colleague, interview, opening, rubric, scorecard
from app.actions.candidate import NewCandidate
from app.actions.decision import NewDecision
from app.actions.opening import NewOpening
from app.domain.decision import Verdict
from app.domain.rubric import Rubric
from app.domain.scorecard import Overall
from app.exchange.packs import load_pack
from app.queries.plain_lists import interviews, scorecards
from app.resources import packs
from app.store.change_report import ChangeReport
from app.store.search_index import TABLES_OF_INDEX
from app.store.workspace import Workspace
from tests.makers import Clock, new_workspace

RUTH, OMAR, LENA = 1, 2, 3
PACK = load_pack(packs() / "ml-engineering-manager")


def hire(level: str, reason: str, dissents: Sequence[tuple[int, str]] = (), change_reason: str = "") -> NewDecision:
    """A hire on one card: the rule does not support it."""
    return NewDecision(Verdict.HIRE, level, reason, dissents, change_reason, departure="One card says enough.")


class Panel:
    """Ruth is me. Of Ada's six rounds Ruth holds the first, Omar the second, Lena the others; Ben has none yet."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.workspace: Workspace = new_workspace(folder, clock=self.clock)
        for name in ("Ruth Amadi", "Omar Haddad", "Lena Vogt"):
            colleague.add(self.workspace, name)
        version = rubric.adopt(self.workspace, PACK).subject
        opening.add(self.workspace, NewOpening("SR-2026-01", "Senior ML engineer", "MLE3"), version)
        self.ada, self.ben = (
            next(c.row for c in candidate.add(self.workspace, NewCandidate(n), 1).changes if c.table == "application")
            for n in ("Ada Lind", "Ben Okoro")
        )
        self.rounds = PACK.rubric.default_plan.rounds
        self.interviews = [
            interview.add(self.workspace, self.ada, number, who).subject
            for number, who in enumerate((RUTH, OMAR, LENA, LENA, LENA, LENA), start=1)
        ]

    @property
    def rubric(self) -> Rubric:
        return PACK.rubric

    def holder(self, number: int) -> int:
        """Who holds round `number`, from 0."""
        return int(next(i["interviewer"] for i in interviews(self.workspace) if i["id"] == self.interviews[number]))

    def start(self, number: int = 0) -> int:
        """Begin the card of round `number` as its interviewer."""
        with self.workspace.acting(self.holder(number)):
            return scorecard.start(self.workspace, self.interviews[number]).subject

    def fill(self, card: int, number: int = 0, score: int = 3) -> None:
        """Evidence and score for every planned dimension, and a vote."""
        with self.workspace.acting(self.holder(number)):
            for dimension in self.rounds[number].dimensions:
                scorecard.note(self.workspace, card, f"Heard about {dimension}.", dimension)
                scorecard.rate(self.workspace, card, dimension, score)
            scorecard.vote(self.workspace, card, Overall.HIRE, "Good.")

    def submit(self, card: int, number: int = 0) -> ChangeReport:
        with self.workspace.acting(self.holder(number)):
            return scorecard.submit(self.workspace, card)

    def bring_in(self, *numbers: int) -> list[int]:
        """Whole cards for these rounds; gives their ids."""
        cards = []
        for number in numbers:
            card = self.start(number)
            self.fill(card, number)
            self.submit(card, number)
            cards.append(card)
        return cards

    def open_early(self, who: int = RUTH) -> ChangeReport:
        with self.workspace.acting(who):
            return application.open_cards(self.workspace, self.ada, "The panel meets today.")

    def seen_by(self, who: int) -> set[int]:
        """Which cards this colleague sees more of than where they are."""
        with self.workspace.acting(who):
            return {c["id"] for c in scorecards(self.workspace) if len(c) > 7}

    def chain(self) -> list[tuple[str, str]]:
        """The history as (op, subject)."""
        with self.workspace.read() as connection:
            rows = connection.exec_driver_sql("SELECT op, subject FROM history ORDER BY number").all()
        return [(str(op), str(subject)) for op, subject in rows]

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row a person's work is in: all tables but the history's own and SQLite's counters."""
        found: dict[str, list[tuple[object, ...]]] = {}
        with self.workspace.read() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            for name in sorted(
                set(names) - TABLES_OF_INDEX - {"history", "image", "salt", "blob", "unfinished", "sqlite_sequence"}
            ):
                found[name] = [tuple(r) for r in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY id')]
        return found
