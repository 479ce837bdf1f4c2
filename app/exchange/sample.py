"""The sample workspace: fictional people, made through the same actions a person uses, the same data each time."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from app.actions import (
    application,
    candidate,
    colleague,
    debrief,
    decision,
    interview,
    offer,
    opening,
    opening_job,
    plan,
    rubric,
    scorecard,
    settings,
)
from app.actions.candidate import NewCandidate
from app.actions.decision import NewDecision
from app.actions.opening import NewOpening
from app.domain import plan_edit
from app.domain.candidate import filled
from app.domain.decision import Answer, Verdict
from app.domain.job_description import FIRST_TEXT
from app.domain.offer import Money, OfferStatus
from app.domain.pack import Pack
from app.domain.pay import PayRange
from app.domain.pipeline import DEFAULT_STAGES, Outcome
from app.domain.scorecard import Overall
from app.exchange.sample_opening import SecondOpening
from app.exchange.sample_team import TeamMaker
from app.exchange.shipped import FIRST, load_role
from app.queries.application import RoundRow, application_page
from app.queries.lists import colleague_rows, opening_rows
from app.queries.plan import plan_page
from app.resources import resource
from app.store.create import making
from app.store.workspace import Workspace

Progress = Callable[[float, str], None]
HandOut = Callable[[Workspace, int], bytes]
RAN_OUT = "-"


class _Clock:
    """Turned by the maker, so that everything happened when the sample says."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


class _Entropy:
    """The same salts in every sample; its people are fictional."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, size: int) -> bytes:
        self.count += 1
        return hashlib.sha256(f"tenfold sample {self.count}".encode()).digest()[:size]


@dataclass(order=True)
class _Event:
    at: datetime
    order: int
    do: Callable[[], None] = field(compare=False)


def make_sample(path: Path, hand_out: HandOut, progress: Progress = lambda done, words: None) -> Path:
    """Write the sample to a new file at `path` and give its path. Raises Refused where the file exists.

    `hand_out` makes and records the hiring packet of an application; hires get theirs attached.
    """
    facts = yaml.safe_load(resource("sample", "sample.yaml").read_text("utf-8"))
    clock = _Clock(datetime(2025, 9, 1, 8, 0, tzinfo=UTC))
    with making(path, clock=clock, entropy=_Entropy(), time_zone=facts["time_zone"]) as (workspace, made):
        maker = _Maker(workspace, clock, facts, load_role(FIRST), hand_out)
        maker.make(progress)
        settings.keep_today(workspace, facts["today"])
    return made


class _Maker:
    """Turns the facts into events, and lets them happen in their order."""

    def __init__(
        self, workspace: Workspace, clock: _Clock, facts: dict[str, Any], pack: Pack, hand_out: HandOut
    ) -> None:
        self.workspace, self.clock, self.facts, self.pack, self.hand_out = workspace, clock, facts, pack, hand_out
        self.zone = ZoneInfo(facts["time_zone"])
        self.today: date = facts["today"]
        self.events: list[_Event] = []
        self.people: dict[str, int] = {}
        self.applications: dict[str, int] = {}
        self.openings: dict[str, int] = {}
        self.interviews: dict[tuple[str, str], int] = {}
        self.offers: dict[str, int] = {}
        self.courses: dict[str, tuple[dict[str, int], dict[str, RoundRow]]] = {}
        self.turn: dict[tuple[str, int], int] = {}

    def make(self, progress: Progress) -> None:
        self._ground()
        for person in (*self.facts["active"], *self.facts["closed"]):
            self._plan(person)
        TeamMaker(self.workspace, self.today, self._then).plan()
        for number, event in enumerate(sorted(self.events)):
            self.clock.moment = event.at
            event.do()
            if number % 20 == 0:
                progress(number / len(self.events), "")
        self.clock.moment = max(self.clock.moment, self._at(0, time(10, 56)))
        SecondOpening(self.workspace, self.people, self.zone, self.today, self._tick).make()
        self.clock.moment = self._at(0, time(10, 58))

    def _tick(self) -> None:
        self.clock.moment += timedelta(seconds=5)

    def _ground(self) -> None:
        for person in self.facts["colleagues"]:
            colleague.add(self.workspace, person["name"], person["mail"], person["role"])
        self.people = {c.name: c.id for c in colleague_rows(self.workspace)}
        colleague.become(self.workspace, self.people[self.facts["me"]])
        version = rubric.adopt(self.workspace, self.pack).subject
        for job in self.facts["openings"]:
            opening.add(
                self.workspace,
                NewOpening(
                    job["code"],
                    job["role"],
                    job["level"],
                    job.get("seats", 1),
                    approved_on=job["approved_on"],
                    approved_by=self.people[job["by"]],
                    manager=self.people[job["manager"]],
                ),
                version,
            )
        self.openings = {o.code: o.id for o in opening_rows(self.workspace)}
        settings.set_organisation(self.workspace, self.facts["organisation"], self.facts["organisation_place"])
        for row in self.openings.values():
            self._seat_panel(row)
        for job in self.facts["openings"]:
            if "pay" in job:
                self._advertise(self.openings[job["code"]], job["pay"])

    def _advertise(self, row: int, pay: dict[str, Any]) -> None:
        """What the opening pays, and its description as a new one begins."""
        amounts = PayRange(pay["from"] * 100, pay["to"] * 100, "EUR", criteria=pay["criteria"])
        opening_job.set_pay(self.workspace, row, amounts)
        opening_job.describe(self.workspace, row, FIRST_TEXT)

    def _seat_panel(self, row: int) -> None:
        """Everybody holds the round they usually hold."""
        known = plan_page(self.workspace, row).plan
        for number, planned in enumerate(known.rounds):
            known = plan_edit.hold(known, number, 0, self.people[self.facts["panel"][planned.exercise]["by"]])
        plan.change(self.workspace, row, known)

    def _at(self, days_ago: int, hour: time) -> datetime:
        return datetime.combine(self.today - timedelta(days=days_ago), hour, self.zone).astimezone(UTC)

    def _then(self, days_ago: int, hour: time, do: Callable[[], None]) -> None:
        self.events.append(_Event(self._at(days_ago, hour), len(self.events), do))

    def _plan(self, person: dict[str, Any]) -> None:
        applied = person.get("applied", person.get("days", 0))
        self._then(applied, time(9, 0), lambda: self._apply(person, applied))
        rounds = person.get("rounds", {})
        self._plan_stages(person, applied, rounds)
        for exercise, held in rounds.items():
            self._plan_round(person, exercise, held)
        decided = person.get("decision")
        if decided:
            decided["ago"] = self._working(decided["ago"])
            self._then(decided["ago"], time(15, 52), lambda: self._decide(person, decided))
            if "offer" in person:
                self._plan_offer(person, person["offer"])
            if person.get("packet"):
                self._then(decided["ago"] - 1, time(9, 30), lambda: self._print(person))
        if "outcome" in person and "offer" not in person:
            last = min([held["ago"] for held in rounds.values()] + [applied])
            closed = (decided["ago"] if decided else last) - 2
            self._then(closed, time(17, 10), lambda: self._close(person))

    def _plan_stages(self, person: dict[str, Any], applied: int, rounds: dict[str, Any]) -> None:
        """Through every stage up to the one they are in, evenly between applying and entering that one."""
        reached = DEFAULT_STAGES.index(person.get("stage", DEFAULT_STAGES[-1]))
        first_round = max((held["ago"] for held in rounds.values()), default=applied)
        entered = person.get("days", min(first_round, applied) if reached < len(DEFAULT_STAGES) - 1 else 0)
        if "outcome" in person and person.get("decision"):
            entered = person["decision"]["ago"]
        for step in range(1, reached + 1):
            days = applied - round((applied - entered) * step / reached)
            name = DEFAULT_STAGES[step]
            self._then(days, time(17, 30), self._mover(person, name))

    def _mover(self, person: dict[str, Any], stage: str) -> Callable[[], None]:
        return lambda: self._move(person, stage)

    def _working(self, days_ago: int) -> int:
        """The same day, or the Friday before a weekend."""
        return days_ago + max(0, (self.today - timedelta(days=days_ago)).weekday() - 4)

    def _plan_round(self, person: dict[str, Any], exercise: str, held: dict[str, Any]) -> None:
        held["ago"] = self._working(held["ago"])
        seat = self.facts["panel"][exercise]
        start = time.fromisoformat(seat["hour"])
        self._then(
            max(held["ago"] + 4, 4) if held["ago"] >= 0 else 1,
            time(12, 0),
            lambda: self._invite(person, exercise, held, seat, start),
        )
        if "scores" in held:
            finished = (datetime.combine(self.today, start) + timedelta(minutes=seat["minutes"] + 25)).time()
            self._then(held["ago"], finished, lambda: self._score(person, exercise, held, seat, start))
        if held.get("draft"):
            self._then(0, start, lambda: self._draft(person, exercise))

    def _apply(self, person: dict[str, Any], applied: int) -> None:
        told = {"mail": _mail(person["name"]), **person}
        facts = NewCandidate(**filled(told), applied_on=self.today - timedelta(days=applied))
        job = self.openings[person.get("opening", "SR-2026-01")]
        done = candidate.add(self.workspace, facts, job)
        self.applications[person["name"]] = next(c.row for c in done.changes if c.table == "application")
        if person.get("file"):
            letter = resource("sample", "letter.txt").read_bytes()
            application.attach(self.workspace, self.applications[person["name"]], "Letter.txt", letter)

    def _course(self, person: dict[str, Any]) -> tuple[dict[str, int], dict[str, RoundRow]]:
        """The stages of somebody's opening by name, and its rounds by exercise: the same for all who apply there."""
        job = person.get("opening", "SR-2026-01")
        if job not in self.courses:
            page = application_page(self.workspace, self.applications[person["name"]])
            named = {self.pack.rubric.exercise(e.id).name: e.id for e in self.pack.rubric.exercises}
            stages = {name: row for row, name in page.stages}
            self.courses[job] = stages, {named[r.exercise]: r for r in reversed(page.rounds)}
        return self.courses[job]

    def _move(self, person: dict[str, Any], stage: str) -> None:
        stages, _ = self._course(person)
        application.move(self.workspace, self.applications[person["name"]], stages[stage])

    def _invite(
        self, person: dict[str, Any], exercise: str, held: dict[str, Any], seat: dict[str, Any], start: time
    ) -> None:
        _, rounds = self._course(person)
        done = interview.add(
            self.workspace,
            self.applications[person["name"]],
            rounds[exercise].plan_round,
            self.people[seat["by"]],
            self._at(held["ago"], start),
            seat["minutes"],
            seat["place"],
        )
        self.interviews[person["name"], exercise] = done.subject

    def _score(
        self, person: dict[str, Any], exercise: str, held: dict[str, Any], seat: dict[str, Any], start: time
    ) -> None:
        """The interviewer's own card, with evidence at the minutes it was heard."""
        with self.workspace.acting(self.people[seat["by"]]):
            end = self.clock.moment
            self.clock.moment = self._at(held["ago"], start) + timedelta(minutes=6)
            card = scorecard.start(self.workspace, self.interviews[person["name"], exercise]).subject
            _, rounds = self._course(person)
            for dimension, given in zip(rounds[exercise].dimensions, str(held["scores"]).split(), strict=True):
                if given == RAN_OUT:
                    scorecard.not_assessed(self.workspace, card, dimension, self.pack.rubric.not_assessed_reasons[0].id)
                    continue
                self._rate(card, dimension, int(given), held)
            self.clock.moment = end
            scorecard.vote(self.workspace, card, Overall(held["vote"]), held.get("why", ""))
            scorecard.submit(self.workspace, card)

    def _rate(self, card: int, dimension: str, score: int, held: dict[str, Any]) -> None:
        said = held.get("said", {}).get(dimension) or self._heard(dimension, score)
        for text in said:
            scorecard.note(self.workspace, card, text, dimension)
            self.clock.moment += timedelta(minutes=4)
        scorecard.rate(self.workspace, card, dimension, score)
        for signal in held.get("signals", {}).get(dimension, self._usual_signals(dimension, score)):
            scorecard.observe(self.workspace, card, dimension, signal, seen=True)

    def _heard(self, dimension: str, score: int) -> list[str]:
        """Two lines and one in turn, so that the two who look at a candidate do not say the same."""
        lines: list[str] = self.facts["heard"][dimension][score]
        turn = self.turn.get((dimension, score), 0)
        self.turn[dimension, score] = turn + 1
        if len(lines) < 3:
            return [lines[turn % len(lines)]]
        return lines[:2] if turn % 2 == 0 else lines[2:3]

    def _usual_signals(self, dimension: str, score: int) -> list[str]:
        kind = "strong" if score >= self.pack.rubric.bar else "weak"
        found = self.pack.rubric.signals_of(dimension, kind)  # type: ignore[arg-type]
        return [found[0].id] if found and self.turn.get((dimension, score), 0) % 2 else []

    def _draft(self, person: dict[str, Any], exercise: str) -> None:
        """My card as it stands in the middle of today's interview."""
        facts = self.facts["draft"]
        card = scorecard.start(self.workspace, self.interviews[person["name"], exercise]).subject
        for question, hour in facts["asked"].items():
            self.clock.moment = self._at(0, time.fromisoformat(hour))
            scorecard.ask(self.workspace, card, question)
        for hour, text, dimension in facts["notes"]:
            self.clock.moment = self._at(0, time.fromisoformat(hour))
            scorecard.note(self.workspace, card, text, dimension)
        for dimension, score in facts["scores"].items():
            scorecard.rate(self.workspace, card, dimension, score)
        for dimension, signals in facts["signals"].items():
            for signal in signals:
                scorecard.observe(self.workspace, card, dimension, signal, seen=True)

    def _decide(self, person: dict[str, Any], decided: dict[str, Any]) -> None:
        """The debrief, walked to its end, then the decision."""
        begun = debrief.start(self.workspace, self.applications[person["name"]]).subject
        for dimension in self.pack.rubric.dimension_ids:
            debrief.walked(self.workspace, begun, dimension)
        decision.decide(
            self.workspace,
            self.applications[person["name"]],
            NewDecision(
                Verdict(decided["verdict"]),
                decided["level"],
                decided["reason"],
                [(self.people[name], text) for name, text in decided.get("dissent", {}).items()],
                departure=decided.get("departure", ""),
                conditions=decided.get("conditions", ()),
                for_letter=decided.get("for_letter", ()),
            ),
        )

    def _plan_offer(self, person: dict[str, Any], facts: dict[str, Any]) -> None:
        """Drafted the day after the decision, approved and sent after that, answered where it was."""
        days = person["decision"]["ago"] - 1
        days -= {5: 2, 6: 1}.get((self.today - timedelta(days=days)).weekday(), 0)
        self._then(days, time(9, 40), lambda: self._draft_offer(person, facts))
        self._then(days, time(11, 5), lambda: self._advance(person, OfferStatus.APPROVED))
        self._then(days, time(11, 30), lambda: self._advance(person, OfferStatus.SENT))
        if "answer" in facts:
            status, ago = OfferStatus(facts["answer"]), facts["ago"]
            self._then(ago, time(16, 20), lambda: self._advance(person, status, facts.get("reason", "")))

    def _draft_offer(self, person: dict[str, Any], facts: dict[str, Any]) -> None:
        """The pack's chain answers, then the offer is written."""
        row = self.applications[person["name"]]
        for approval in application_page(self.workspace, row).decisions[-1].approvals:
            decision.answer(self.workspace, approval.id, Answer.APPROVED, self._day())
        drafted = offer.draft(self.workspace, row).subject
        self.offers[person["name"]] = drafted
        offer.edit(
            self.workspace,
            drafted,
            headline=facts.get("headline", ""),
            starts_on=facts["starts"],
            expires_on=facts["expires"],
            buddy_id=self.people[facts["buddy"]] if "buddy" in facts else None,
        )
        amount = offer.Amount("Salary", Money(facts["salary"] * 100, "EUR"), "gross a year, paid monthly")
        offer.set_amounts(self.workspace, drafted, [amount])
        offer.set_terms(self.workspace, drafted, list(self.facts["terms"].items()))

    def _day(self) -> date:
        return self.clock.moment.astimezone(self.zone).date()

    def _advance(self, person: dict[str, Any], status: OfferStatus, reason: str = "") -> None:
        offer.advance(self.workspace, self.offers[person["name"]], status, self._day(), reason)

    def _close(self, person: dict[str, Any]) -> None:
        application.close(
            self.workspace, self.applications[person["name"]], Outcome(person["outcome"]), person["reason"]
        )

    def _print(self, person: dict[str, Any]) -> None:
        """The packet that left on the day after the decision."""
        row = self.applications[person["name"]]
        application.attach(self.workspace, row, "Hiring packet.pdf", self.hand_out(self.workspace, row))


def _mail(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ø", "o")).encode("ascii", "ignore").decode()
    return ".".join(plain.split()) + "@example.org"
