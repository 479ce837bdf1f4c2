"""The sample's second opening, on another rubric than the first: a backend engineer, a panel, four candidates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from app.actions import application, candidate, interview, opening, plan, rubric, scorecard
from app.actions.candidate import NewCandidate
from app.actions.opening import NewOpening
from app.domain import plan_edit
from app.domain.candidate import filled
from app.domain.scorecard import Overall
from app.exchange.shipped import load_role
from app.queries.application import RoundRow, application_page
from app.queries.plan import plan_page
from app.resources import resource
from app.store.workspace import Workspace


class SecondOpening:
    """Written in one go once everything else of the sample is there; `tick` lets a little time pass."""

    def __init__(
        self, workspace: Workspace, people: dict[str, int], zone: ZoneInfo, today: date, tick: Callable[[], None]
    ) -> None:
        self._workspace, self._people, self._zone, self._today, self._tick = workspace, people, zone, today, tick
        self._facts: dict[str, Any] = yaml.safe_load(resource("sample", "second_opening.yaml").read_text("utf-8"))

    def make(self) -> None:
        """The rubric, the opening with its panel, and its people with their cards."""
        facts = self._facts["opening"]
        pack = load_role(self._facts["rubric"])
        version = rubric.adopt(self._workspace, pack).subject
        new = NewOpening(
            facts["code"],
            facts["role"],
            facts["level"],
            approved_on=facts["approved_on"],
            approved_by=self._people[facts["by"]],
            manager=self._people[facts["manager"]],
            plan=self._facts["plan"],
        )
        job = opening.add(self._workspace, new, version).subject
        self._seat_panel(job)
        for person in self._facts["people"]:
            self._tick()
            self._bring(person, job)

    def _seat_panel(self, job: int) -> None:
        known = plan_page(self._workspace, job).plan
        for number, planned in enumerate(known.rounds):
            known = plan_edit.hold(known, number, 0, self._people[self._facts["panel"][planned.exercise]["by"]])
        plan.change(self._workspace, job, known)

    def _bring(self, person: dict[str, Any], job: int) -> None:
        applied = self._today - timedelta(days=person["applied"])
        told = {"mail": _mail(person["name"]), **person}
        done = candidate.add(self._workspace, NewCandidate(**filled(told), applied_on=applied), job)
        row = next(c.row for c in done.changes if c.table == "application")
        page = application_page(self._workspace, row)
        stages = {name: number for number, name in page.stages}
        if person["stage"] != "Applied":
            application.move(self._workspace, row, stages[person["stage"]])
        rounds = dict(zip(self._facts["panel"], page.rounds, strict=True))
        for exercise, held in person.get("rounds", {}).items():
            self._hold(row, exercise, rounds[exercise], held)

    def _hold(self, row: int, exercise: str, planned: RoundRow, held: dict[str, Any]) -> None:
        seat = self._facts["panel"][exercise]
        start = datetime.combine(
            self._today - timedelta(days=held["ago"]), time.fromisoformat(seat["hour"]), self._zone
        )
        who = self._people[seat["by"]]
        held_in = interview.add(
            self._workspace, row, planned.plan_round, who, start, planned.minutes, seat["place"]
        ).subject
        if "scores" in held:
            with self._workspace.acting(who):
                self._score(held_in, planned, held)

    def _score(self, held_in: int, planned: RoundRow, held: dict[str, Any]) -> None:
        self._tick()
        card = scorecard.start(self._workspace, held_in).subject
        for dimension, given in zip(planned.dimensions, held["scores"].split(), strict=True):
            scorecard.note(self._workspace, card, held["said"][dimension], dimension)
            scorecard.rate(self._workspace, card, dimension, int(given))
        scorecard.vote(self._workspace, card, Overall(held["vote"]), held.get("why", ""))
        scorecard.submit(self._workspace, card)


def _mail(name: str) -> str:
    plain = name.lower().replace("ř", "r").replace("á", "a")
    return ".".join(plain.split()) + "@example.org"
