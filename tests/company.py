"""A small company over 24 months, from April 2024 to March 2026, for reports whose figures are worked out by hand.

Four stages; openings that are filled, given up, closed and opened again, and open; offers of every end.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.actions import application, candidate, colleague, opening, rubric
from app.actions.candidate import NewCandidate
from app.actions.opening import NewOpening
from app.domain.candidate import Source
from app.domain.offer import OfferStatus
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.exchange.shipped import load_role
from app.store.change_report import ChangeReport
from app.store.tables import Interview, Opening, Scorecard
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent
from app.store.tables_panel import Decision
from app.store.tables_pipeline import OpeningClosing
from app.store.workspace import Workspace
from tests.makers import Clock, new_workspace

TODAY = date(2026, 3, 31)
STAGES = ("Applied", "Screen", "Panel", "Offer")
RUTH, OMAR, LENA = 1, 2, 3
A, B, C, D, E = 1, 2, 3, 4, 5
OPENINGS = (
    ("A-1", "ml-engineering-manager", "M1", 2, date(2024, 4, 1)),
    ("B-1", "software-engineer-backend", "SE3", 1, date(2025, 1, 15)),
    ("C-1", "ml-engineering-manager", "M1", 1, date(2025, 6, 1)),
    ("D-1", "software-engineer-backend", "SE3", 2, date(2026, 1, 1)),
    ("E-1", "ml-engineering-manager", "M1", 1, None),
)
PEOPLE = (
    (
        "Ana",
        A,
        Source.REFERRED,
        "2024-04-10 in, 2024-04-15 Screen, 2024-04-25 Panel, 2024-05-06 Offer, 2024-05-21 hired",
    ),
    (
        "Ben",
        A,
        Source.BOARD,
        "2024-04-12 in, 2024-04-20 Screen, 2024-05-10 Panel, 2024-06-01 Offer, 2024-06-21 withdrawn: Pay",
    ),
    (
        "Cem",
        A,
        Source.APPLIED,
        (
            "2024-05-02 in, 2024-05-10 Screen, 2024-05-30 Panel, 2024-06-20 Offer, "
            "2024-07-16 rejected: Somebody else was chosen"
        ),
    ),
    (
        "Dia",
        A,
        Source.REFERRED,
        "2024-10-05 in, 2024-10-12 Screen, 2024-11-01 Panel, 2024-11-20 Offer, 2024-12-11 hired",
    ),
    ("Eva", A, Source.APPLIED, "2024-05-05 in, 2024-05-08 rejected: Experience does not fit the role"),
    (
        "Fin",
        A,
        Source.APPLIED,
        (
            "2024-05-06 in, 2024-05-12 Screen, 2024-05-20 rejected: Below the bar in the interviews, "
            "2024-10-10 reopened, 2024-10-15 Panel, 2024-10-30 Screen, 2024-11-05 Panel, "
            "2024-11-20 withdrawn: Took another job"
        ),
    ),
    (
        "Gil",
        B,
        Source.FOUND,
        (
            "2025-05-01 in, 2025-06-05 transferred, 2025-06-15 Screen, "
            "2025-09-10 rejected: The opening is filled or cancelled"
        ),
    ),
    (
        "Eli",
        B,
        Source.BOARD,
        "2025-01-20 in, 2025-02-01 Screen, 2025-02-15 Panel, 2025-03-01 Offer, 2025-03-21 rejected",
    ),
    ("Fay", B, Source.AGENCY, "2025-01-25 in, 2025-02-05 Screen, 2025-02-25 Panel, 2025-03-25 Offer, 2025-04-16 hired"),
    ("Gus", D, Source.BOARD, "2026-01-10 in, 2026-01-15 Screen, 2026-01-30 Panel, 2026-02-15 Offer, 2026-03-02 hired"),
    ("Hal", D, Source.REFERRED, "2026-02-01 in, 2026-02-10 Screen, 2026-02-25 Panel, 2026-03-10 Offer"),
    ("Ida", D, Source.APPLIED, "2026-03-01 in, 2026-03-12 Screen"),
    ("Jan", D, Source.BOARD, "2026-03-20 in"),
)
"""Name, opening, source, and what happened when. Gil goes on in C-1, and Ana applied two days before she was put in."""
OFFERS = (
    ("Ana", OfferStatus.ACCEPTED, date(2024, 5, 20)),
    ("Ben", OfferStatus.DECLINED, date(2024, 6, 20)),
    ("Cem", OfferStatus.WITHDRAWN, date(2024, 7, 15)),
    ("Dia", OfferStatus.ACCEPTED, date(2024, 12, 10)),
    ("Eli", OfferStatus.EXPIRED, date(2025, 3, 20)),
    ("Fay", OfferStatus.ACCEPTED, date(2025, 4, 15)),
    ("Gus", OfferStatus.ACCEPTED, date(2026, 3, 1)),
    ("Hal", OfferStatus.SENT, date(2026, 3, 20)),
)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _put_in(report: ChangeReport) -> int:
    """The application that was made."""
    return max(change.row for change in report.changes if change.table == "application")


class Company:
    """`applications` are by name, the newest of each person."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock(at(date(2024, 3, 30)))
        self.workspace: Workspace = new_workspace(folder, "company", clock=self.clock)
        for name in ("Ruth Amadi", "Omar Haddad", "Lena Vogt"):
            colleague.add(self.workspace, name)
        roles = sorted({role for _, role, *_ in OPENINGS})
        self.versions = {role: rubric.adopt(self.workspace, load_role(role)).subject for role in roles}
        for code, role, level, seats, approved_on in OPENINGS:
            new = NewOpening(code, "Engineer", level, seats=seats, approved_on=approved_on, stages=STAGES)
            opening.add(self.workspace, new, self.versions[role])
        self.applications: dict[str, int] = {}
        self._history()
        self.clock.moment = at(TODAY)
        self._offers()
        self._openings()
        self._rounds()

    def _history(self) -> None:
        events = [
            (date.fromisoformat(entry[:10]), entry[11:], name, into, source)
            for name, into, source, story in PEOPLE
            for entry in story.split(", ")
        ]
        for day, what, name, into, source in sorted(events, key=lambda event: event[0]):
            self.clock.moment = at(day)
            self._happens(what, name, into, source)

    def _happens(self, what: str, name: str, into: int, source: Source) -> None:
        known = self.applications.get(name, 0)
        match what.partition(": "):
            case "in", _, _:
                done = candidate.add(self.workspace, NewCandidate(name, source=source), None)
                applied = date(2024, 4, 8) if name == "Ana" else None
                self.applications[name] = _put_in(application.add(self.workspace, done.subject, into, applied))
            case "hired", _, _:
                application.close(self.workspace, known, Outcome.HIRED)
            case ("rejected" | "withdrawn") as outcome, _, "":
                application.close(self.workspace, known, Outcome(outcome), "He did not write again.")
            case ("rejected" | "withdrawn") as outcome, _, why:
                application.close(self.workspace, known, Outcome(outcome), why=why)
            case "reopened", _, _:
                application.reopen(self.workspace, known)
            case "transferred", _, _:
                self.applications[name] = _put_in(application.transfer(self.workspace, known, C))
            case stage, _, _:
                of_opening = {"Gil": C}.get(name, into)
                application.move(self.workspace, known, (of_opening - 1) * len(STAGES) + STAGES.index(stage) + 1)

    def _offers(self) -> None:
        with self.workspace.step(Op.DRAFT_OFFER) as step:
            for name, status, on in OFFERS:
                number = self.applications[name]
                held: dict[str, Any] = {
                    "verdict": "hire",
                    "level": "M1",
                    "reason": "Good.",
                    "conditions": [],
                    "at": at(on),
                }
                decided = step.add(Decision, application_id=number, by_id=RUTH, **held)
                made: dict[str, Any] = {
                    "level": "M1",
                    "status": status,
                    "conditions": [],
                    "goals": [],
                    "made_at": at(on),
                }
                row = step.add(Offer, application_id=number, decision_id=decided, **made)
                for one in dict.fromkeys((OfferStatus.DRAFTED, OfferStatus.SENT, status)):
                    step.add(OfferEvent, offer_id=row, status=one, on=on, at=at(on))

    def _openings(self) -> None:
        """A-1 was closed for two months, B-1 is filled, C-1 was given up."""
        with self.workspace.step(Op.EDIT_OPENING) as step:
            closings = (
                (A, "cancelled", date(2024, 8, 1), date(2024, 10, 1)),
                (B, "filled", date(2025, 4, 16), None),
                (C, "cancelled", date(2025, 9, 9), None),
            )
            for number, how, closed_on, reopened_on in closings:
                step.add(OpeningClosing, opening_id=number, how=how, closed_on=closed_on, reopened_on=reopened_on)
            step.edit(Opening, B, filled_on=date(2025, 4, 16))
            step.edit(Opening, C, cancelled_on=date(2025, 9, 9))

    def _rounds(self) -> None:
        """Omar: two cards in, one without a time, a round to come; Lena: one card due, and once a shadow."""
        ana, hal = self.applications["Ana"], self.applications["Hal"]
        self._round(ana, OMAR, date(2024, 4, 26), 60, date(2024, 4, 26))
        self._round(ana, OMAR, date(2024, 5, 3), 90, date(2024, 5, 6))
        self._round(ana, OMAR, None, 60, date(2024, 5, 7))
        self._round(hal, OMAR, date(2026, 4, 2), 60, None)
        self._round(hal, LENA, date(2026, 3, 30), 45, None)
        self._round(ana, LENA, date(2024, 4, 26), 60, date(2024, 4, 27), shadow=True)

    def _round(
        self, number: int, who: int, on: date | None, minutes: int, card_on: date | None, *, shadow: bool = False
    ) -> None:
        with self.workspace.step(Op.ADD_INTERVIEW) as step:
            starts_at = None if on is None else at(on, 10)
            planned: dict[str, Any] = {"dimensions": ["mlops"], "minutes": minutes, "shadow": shadow}
            row = step.add(
                Interview, application_id=number, round_id=1, interviewer_id=who, starts_at=starts_at, **planned
            )
            if card_on is not None:
                card: dict[str, Any] = {
                    "level": "M1",
                    "rubric_id": 1,
                    "planned": ["mlops"],
                    "overall": "hire",
                    "state": "submitted",
                }
                moments: dict[str, Any] = {"started_at": at(card_on), "submitted_at": at(card_on)}
                step.add(Scorecard, interview_id=row, author_id=who, **card, **moments)
