"""The sample's team: its members, two calibrations of them with every rater's evidence, made through the actions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import yaml

from app.actions import assessment, calibration, calibration_session, colleague, member
from app.actions.calibration import NewCalibration
from app.actions.member import NewMember
from app.actions.rater_relation import say_relation
from app.domain.assessment import AssessedRating, EvidenceEntry, NoScore, Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.guide import Guide
from app.exchange.sample_growth import make_growth
from app.queries.calibration import calibration_view
from app.queries.lists import colleague_rows
from app.resources import resource
from app.store.workspace import Workspace

Then = Callable[[int, time, Callable[[], None]], None]
_BAR_MET = 3
_REASONS = {"-": NoScore.NOT_SEEN, "c": NoScore.CONFLICT}


@dataclass
class TeamMaker:
    """Turns the facts of `team.yaml` into events of the sample; `then` puts one on its day."""

    workspace: Workspace
    today: date
    then: Then
    members: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    told: dict[str, set[str]] = field(default_factory=dict)

    def plan(self) -> None:
        """Put everything on its day."""
        facts = yaml.safe_load(resource("sample", "team.yaml").read_text("utf-8"))
        self.seen = facts["seen"]
        self.then(205, time(9, 0), lambda: self._people(facts))
        for held in facts["cycles"]:
            self._plan_cycle(held)
        self.then(0, time(8, 30), self._growth)

    def _growth(self) -> None:
        plans = yaml.safe_load(resource("sample", "growth.yaml").read_text("utf-8"))
        for name, plan in plans.items():
            make_growth(self.workspace, self.members[name], plan, self.people)

    def _people(self, facts: dict[str, Any]) -> None:
        for person in facts["colleagues"]:
            colleague.add(self.workspace, person["name"], person["mail"], person["role"])
        self.people = {c.name: c.id for c in colleague_rows(self.workspace)}
        for person in facts["members"]:
            mail = ".".join(person["name"].lower().split()) + "@example.org"
            new = NewMember(
                person["level"],
                person["name"],
                mail,
                person["role"],
                since=person["since"],
                manager=self.people[facts["manager"]],
                started_on=person["started"],
            )
            self.members[person["name"]] = member.add(self.workspace, new).subject

    def _plan_cycle(self, held: dict[str, Any]) -> None:
        made: dict[str, int] = {}
        self.then(held["made"], time(9, 10), lambda: made.update(id=self._begin(held)))
        for number, proposal in enumerate(held["proposals"]):
            days = proposal.get("rated", held["rated"] - number)
            self.then(days, time(15, 20), self._rater(held, made, proposal))
        start = time.fromisoformat(held.get("hour", "13:00"))
        self.then(held["session"], start, lambda: self._start(made["id"]))
        for proposal in held["proposals"]:
            self._plan_talk(held, made, proposal)
        if held.get("closed"):
            self.then(held["session"], time(17, 0), lambda: self._close(made["id"]))

    def _begin(self, held: dict[str, Any]) -> int:
        row = calibration.add(self.workspace, NewCalibration(held["name"], held["from"], held["to"])).subject
        for one in held["proposals"]:
            raters = [self.people[name] for name in one["raters"]]
            calibration.propose(
                self.workspace, row, self.members[one["name"]], one["to"], raters, anchor=one.get("anchor", False)
            )
        return row

    def _rater(self, held: dict[str, Any], made: dict[str, int], proposal: dict[str, Any]) -> Callable[[], None]:
        return lambda: self._rate(held, made["id"], proposal)

    def _rate(self, held: dict[str, Any], row: int, proposal: dict[str, Any]) -> None:
        """Each rater alone, then in."""
        page = calibration_view(self.workspace, row)
        one = next(m for m in page.members if m.name == proposal["name"])
        for place, seat in enumerate(one.seats):
            if seat.relation is Relation.NOT_SAID:
                say_relation(self.workspace, seat.assessment, Relation.PEER)
            with self.workspace.acting(seat.rater):
                ratings = self._ratings(held, page.guide, proposal, place)
                assessment.fill(self.workspace, seat.assessment, ratings)
                assessment.submit(self.workspace, seat.assessment)

    def _ratings(
        self, held: dict[str, Any], guide: Guide, proposal: dict[str, Any], place: int
    ) -> list[AssessedRating]:
        found = []
        said = proposal.get("said", {})
        cells = guide.level(proposal["to"]).cells
        for dimension, digits in zip(guide.dimension_ids, str(proposal["scores"]).split(), strict=True):
            given = digits[place]
            if given in _REASONS:
                found.append(AssessedRating(dimension, reason=str(_REASONS[given])))
                continue
            own = said.get(dimension, {}).get(proposal["raters"][place])
            score = int(given)
            if own is not None:
                facts = tuple(EvidenceEntry(on, text, source=source) for on, text, source in own["facts"])
                found.append(AssessedRating(dimension, score, words=own["words"], facts=facts))
            else:
                met = score >= (cells[dimension].bar or _BAR_MET)
                found.append(
                    AssessedRating(
                        dimension, score, facts=self._seen(held, proposal["name"], dimension, place, met=met)
                    )
                )
        return found

    def _seen(
        self, held: dict[str, Any], name: str, dimension: str, place: int, *, met: bool
    ) -> tuple[EvidenceEntry, ...]:
        """What was seen inside the window, of one person by each rater something else: two things, from two months
        between the raters; one of each where the calibration is long past."""
        lines = self.seen[dimension]["met" if met else "below"]
        self.turn += 1
        first = held["to"] - timedelta(days=60 + self.turn * 7 % 40)
        days = (first - timedelta(days=110 + self.turn * 11 % 60), first)
        count = 1 if held.get("closed") else 2
        days = days[place % 2 :][:1] if count == 1 else days
        turned = [lines[(self.turn + n) % len(lines)] for n in range(len(lines))]
        told = self.told.setdefault(name, set())
        chosen = [line for line in turned if line[0] not in told][:count]
        told.update(text for text, _ in chosen)
        return tuple(EvidenceEntry(on, text, source=source) for on, (text, source) in zip(days, chosen, strict=True))

    def _start(self, row: int) -> None:
        calibration.start(self.workspace, row)

    def _close(self, row: int) -> None:
        calibration.close(self.workspace, row)

    def _plan_talk(self, held: dict[str, Any], made: dict[str, int], proposal: dict[str, Any]) -> None:
        if "vote" in proposal:
            vote = proposal["vote"]
            self.then(held["session"], time.fromisoformat(vote["at"]), lambda: self._vote(made["id"], proposal))
        if "note" in proposal:
            self.then(held["session"], time(9, 30), lambda: self._note(made["id"], proposal))
        if "draft" in proposal:
            self.then(held["session"], time(9, 33), lambda: self._draft(made["id"], proposal))
        if "outcome" in proposal:
            at = time.fromisoformat(proposal.get("at", "15:00"))
            self.then(held["session"], at, lambda: self._decide(made["id"], proposal))

    def _proposal(self, row: int, name: str) -> int:
        return next(m.proposal for m in calibration_view(self.workspace, row).members if m.name == name)

    def _vote(self, row: int, proposal: dict[str, Any]) -> None:
        vote = proposal["vote"]
        calibration_session.vote(
            self.workspace,
            self._proposal(row, proposal["name"]),
            vote["dimension"],
            {self.people[name]: score for name, score in vote["scores"].items()},
            {self.people[name]: why for name, why in vote["why"].items()},
        )

    def _note(self, row: int, proposal: dict[str, Any]) -> None:
        calibration_session.note(self.workspace, self._proposal(row, proposal["name"]), proposal["note"])

    def _draft(self, row: int, proposal: dict[str, Any]) -> None:
        content = json.dumps({"change": "", "dissents": [], **proposal["draft"]}, ensure_ascii=False, sort_keys=True)
        calibration_session.draft(self.workspace, self._proposal(row, proposal["name"]), content)

    def _decide(self, row: int, proposal: dict[str, Any]) -> None:
        calibration_session.decide(
            self.workspace,
            self._proposal(row, proposal["name"]),
            CalibrationOutcome(proposal["outcome"]),
            proposal["reason"],
        )
