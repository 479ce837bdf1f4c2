"""More calibrations for the sample's team: one before its session, and one of twenty people in its session."""

from __future__ import annotations

from datetime import date

from app.actions import assessment, assessment_request, calibration, committee, member
from app.actions.calibration import NewCalibration
from app.actions.member import NewMember
from app.domain.assessment import AssessedRating, EvidenceEntry
from app.domain.committee import Office
from app.queries.calibration import calibration_view
from app.queries.lists import colleague_rows
from app.queries.team import team_page
from app.store.workspace import Workspace

_DAYS = (date(2025, 9, 8), date(2026, 1, 20))
_NAMES = (
    "Aino Kettunen",
    "Badr Haddad",
    "Chiara Vitale",
    "Davor Kos",
    "Emeka Obi",
    "Freya Holm",
    "Goran Ilic",
    "Hana Mori",
    "Ivo Marek",
    "Jana Novak",
    "Kofi Mensah",
    "Lucia Prado",
)


def prepared(workspace: Workspace) -> int:
    """A calibration with two people in it; three were asked, nobody has answered."""
    made = calibration.add(workspace, NewCalibration("Autumn 2026", date(2026, 3, 12), date(2026, 9, 12))).subject
    assert made is not None
    calibration.propose(workspace, made, 1, "MLE3", (1, 2))
    calibration.propose(workspace, made, 3, "MLE5", (2,), anchor=True)
    assessment_request.ask(workspace, 3, 3, made)
    return made


def seated(workspace: Workspace, held: int) -> None:
    """Give a calibration five seats: one chairs, one keeps the minutes, one only listens."""
    people = {c.name: c.id for c in colleague_rows(workspace)}
    seats = [
        (Office.CHAIR, True),
        (Office.NONE, True),
        (Office.NONE, True),
        (Office.MINUTES, True),
        (Office.NONE, False),
    ]
    for who, (office, may_vote) in zip(list(people.values())[1:], seats, strict=False):
        committee.seat(workspace, held, who, office, votes=may_vote)


def twenty(workspace: Workspace) -> int:
    """A calibration of twenty, most of them assessed by two, its session on."""
    members = [m.id for m in team_page(workspace).members]
    for name in _NAMES[: 20 - len(members)]:
        members.append(member.add(workspace, NewMember("MLE2", name, manager=1)).subject or 0)
    made = calibration.add(workspace, NewCalibration("Whole department", date(2025, 3, 12), date(2026, 3, 12))).subject
    assert made is not None
    for one in members:
        calibration.propose(workspace, made, one, "MLE3", (2, 3))
    page = calibration_view(workspace, made)
    for number, seated in enumerate(page.members[:-2]):
        for place, seat in enumerate(seated.seats):
            low = page.guide.dimension_ids[number % 10] if number % 3 else ""
            ratings = []
            for d in page.guide.dimension_ids:
                score = 2 if d == low and (place or number % 2) else 3
                facts = tuple(EvidenceEntry(on, f"Seen by {seat.name}: {d}") for on in _DAYS)
                ratings.append(AssessedRating(d, score, facts=facts))
            with workspace.acting(seat.rater):
                assessment.fill(workspace, seat.assessment, ratings)
                assessment.submit(workspace, seat.assessment)
    calibration.start(workspace, made, "Two are on leave.")
    return made
