"""Forty members by two guides, nine raters, five seats: from a table to the book, and the year after it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from app.actions import (
    assessment,
    calibration,
    calibration_session,
    checkin,
    colleague,
    committee,
    growth,
    guide,
    member,
    rubric,
)
from app.actions.calibration_import import bring_calibration
from app.actions.growth import NewGoal
from app.actions.member import LevelChange, NewMember
from app.actions.undo import Undoing
from app.domain.assessment import AssessedRating, EvidenceEntry
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots
from app.domain.panel import State
from app.domain.readiness import Readiness
from app.exchange.calibration_file import read_calibration
from app.exchange.outcome_letters import outcome_draft
from app.queries.calibration import CalibrationMember, calibration_rows, calibration_view
from app.queries.outcome_letters import outcome_letters
from app.queries.reports.growing import goals, outcomes, time_at_level
from app.queries.today import waiting
from app.queries.waiting import WaitKind
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.actions.panel import PACK
from tests.makers import Clock, new_workspace
from tests.packets.reading import text_of
from tests.printing import make_book, worked_out
from tests.wide import guide_of

GOALS_DUE = date(2026, 9, 30)
RATERS = tuple(f"Rater {name}" for name in "ABCDEFGHI")
RESULTS = {Readiness.READY: CalibrationOutcome.PROMOTE, Readiness.CANNOT_SAY: CalibrationOutcome.MORE_EVIDENCE}


class Year:
    """A team of forty: twenty-four engineers of the pack's guide, sixteen of another with other dimensions."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, Clock()
        self.workspace: Workspace = new_workspace(folder, clock=self.clock)
        self.me = colleague.add(self.workspace, "Ruth Amadi").subject
        self.raters = [colleague.add(self.workspace, name).subject for name in RATERS]
        rubric.adopt(self.workspace, PACK)
        self.ladder = guide.adopt(self.workspace, guide_of("Their ladder"), "import").subject
        since = date(2024, 1, 8)
        managers = cycle([self.me, *self.raters[:3]])
        for n in range(40):
            level, by = ("MLE2", None) if n < 24 else ("L2", self.ladder)
            member.add(self.workspace, NewMember(level, f"Member {n:02}", manager=next(managers), since=since), by)

    def written(self) -> Path:
        """The calibration as a file: three raters each, the third told another day."""
        raters = cycle(RATERS)
        lines = [
            "name: Spring 2026",
            "from: 2025-03-12",
            "to: 2026-03-12",
            "answers_by: 2026-03-26",
            f"guides: [{PACK.title}, Their ladder]",
            "ballots: counts",
            "seats:",
            "  - {name: Rater A, does: chair}",
            "  - {name: Rater B, does: minutes and votes}",
            "  - Rater C",
            "  - Rater D",
            "  - {name: Rater I, does: listens}",
            "members:",
        ]
        for n in range(40):
            lines += [f"  - name: Member {n:02}", *(["    to: L4"] if n == 39 else []), "    raters:"]
            lines.append(f"      - {{name: {next(raters)}, relation: peer}}")
            lines.append(f"      - {next(raters)}")
            lines.append(f"      - {{name: {next(raters)}, by: 2026-04-02}}")
        path = self.folder / "spring.yaml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def kinds(self) -> Counter[WaitKind]:
        """What waits on Today, by kind; nothing stands there twice."""
        items = waiting(self.workspace)
        assert len({item.key for item in items}) == len(items)
        return Counter(item.kind for item in items)

    def answer(self, one: CalibrationMember, place: int, number: int) -> None:
        """A rater's whole assessment: every fourth member below on a core dimension, every fifth split."""
        seat, facts = one.seats[place], (date(2025, 9, 8), date(2026, 1, 20))
        core = next(d for d, cell in one.guide.level(one.target).cells.items() if cell.weight == "core")
        ratings = []
        for d, cell in one.guide.level(one.target).cells.items():
            if cell.bar is None:
                continue
            low = d == core and (number % 4 == 0 or (number % 5 == 0 and place == 0))
            seen = tuple(EvidenceEntry(on, f"Seen of {one.name}: {d}") for on in facts)
            ratings.append(AssessedRating(d, 2 if low else max(3, cell.bar), facts=seen))
        with self.workspace.acting(seat.rater):
            assessment.fill(self.workspace, seat.assessment, ratings)
            assessment.submit(self.workspace, seat.assessment)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path)


def test_forty_members_two_guides_nine_raters_five_seats_and_fifteen_months(year: Year) -> None:
    held = prepare(year)
    answers_come_in(year, held)
    decided = session(year, held)
    pages = text_of(make_book(year.workspace, held, record=True))
    assert all(any(one.name in page for page in pages) for one in calibration_view(year.workspace, held).members)
    assert all(b"Rater" not in outcome_draft(letter) for letter in outcome_letters(year.workspace, held))
    plans = levels_and_plans(year, held)
    for quarter in range(1, 6):
        year.clock.turn(days=91)
        kinds = year.kinds()
        assert kinds[WaitKind.CHECK_IN] == plans, f"quarter {quarter}: each once"
        assert kinds[WaitKind.GOAL] == (plans if year.workspace.today() > GOALS_DUE else 0)
    assert year.workspace.today() > date(2027, 6, 1)
    found = worked_out(year.workspace, outcomes)
    assert (found.total.promote, found.total.not_now, found.total.more_evidence) == tuple(
        decided[str(outcome)] for outcome in CalibrationOutcome
    )
    assert found.total.undecided == found.sealed == 0
    assert worked_out(year.workspace, goals).total[2:] == (plans, plans)
    assert {one.level for one in worked_out(year.workspace, time_at_level).levels} >= {"MLE2", "MLE3", "L2", "L3"}
    assert check_workspace(year.workspace) == []


def prepare(year: Year) -> int:
    """From the file, taken back and done again."""
    ws, undoing = year.workspace, Undoing()
    brought = bring_calibration(ws, read_calibration(year.written()))
    assert brought.changed is not None
    undoing.note(brought.changed)
    assert (brought.members, brought.asked, brought.seats) == (40, 120, 5)
    undoing.undo(ws)
    assert not calibration_rows(ws)
    undoing.redo(ws)
    held = calibration_rows(ws)[0].id
    view = calibration_view(ws, held)
    assert [g.name for g in view.guides] == [PACK.title, "Their ladder"]
    assert Counter((one.guide.name, one.target) for one in view.members) == {
        (PACK.title, "MLE3"): 24,
        ("Their ladder", "L3"): 15,
        ("Their ladder", "L4"): 1,
    }
    assert [(len(group.members), len(group.guide.dimensions)) for group in view.groups] == [(24, 10), (16, 16)]
    return held


def answers_come_in(year: Year, held: int) -> None:
    """Six of nine answer by the day. Three forget, and Today says so; one of them is on leave to the end."""
    view = calibration_view(year.workspace, held)
    places = [(n, one, place) for n, one in enumerate(view.members) for place in range(3)]
    forgot = [(n, one, place) for n, one, place in places if one.seats[place].name in RATERS[6:]]
    for n, one, place in places:
        if (n, one, place) not in forgot:
            year.answer(one, place, n)
    assert WaitKind.LATE_ASSESSMENT not in year.kinds()
    year.clock.turn(days=15)
    by_the_day = sum(one.seats[place].due_on == date(2026, 3, 26) for _, one, place in forgot)
    assert year.kinds()[WaitKind.LATE_ASSESSMENT] == by_the_day > 0
    year.clock.turn(days=8)
    assert year.kinds()[WaitKind.LATE_ASSESSMENT] == len(forgot)
    for n, one, place in forgot:
        if n != 39:
            year.answer(one, place, n)


def session(year: Year, held: int) -> Counter[str]:
    """A vote on everybody, of which counts alone are kept; how many there are of each outcome."""
    ws = year.workspace
    calibration.start(ws, held, "One is on leave.")
    view, votes = calibration_view(ws, held), cycle(["promote", "promote", "not_now"])
    for one in view.members:
        assert one.judged is not None
        vote = committee.open_vote(ws, one.proposal).subject
        for seat in view.seats:
            if seat.votes and seat.colleague != one.manager:
                committee.cast(ws, vote, seat.colleague, CalibrationOutcome(next(votes)))
        committee.end_vote(ws, vote)
        outcome = RESULTS.get(one.judged.verdict.word, CalibrationOutcome.NOT_NOW)
        calibration_session.decide(ws, one.proposal, outcome, f"The committee on {one.name}.")
        calibration_session.talked(ws, one.proposal)
    calibration.close(ws, held)
    view = calibration_view(ws, held)
    for one in view.members:
        assert one.vote is not None
        assert one.vote.ballots is Ballots.COUNTS
        assert all(turn.choice is None for turn in one.vote.turns)
        assert not contradicts(one)
    decided = Counter(one.outcome.outcome for one in view.members if one.outcome is not None)
    assert sum(decided.values()) == 40
    assert len(decided) >= 2
    return decided


def levels_and_plans(year: Year, held: int) -> int:
    """Who was promoted gets the level, everybody else a plan; how many plans there are."""
    ws, view = year.workspace, calibration_view(year.workspace, held)
    promoted = [one for one in view.members if one.outcome is not None and one.outcome.outcome == "promote"]
    assert year.kinds()[WaitKind.PROMOTION] == len(promoted)
    for one in promoted:
        member.change_level(ws, one.member, LevelChange(one.target, date(2026, 5, 1), "Spring 2026"))
    assert WaitKind.PROMOTION not in year.kinds()
    others = [one for one in view.members if one not in promoted]
    for one in others:
        plan = growth.begin(ws, one.member, one.target, ws.today()).subject
        checkin.plan_next(ws, plan, ws.today() + timedelta(days=14))
        growth.add_goal(ws, plan, NewGoal(one.guide.dimension_ids[0], "Lead a review", due_on=GOALS_DUE))
    assert others
    return len(others)


def contradicts(one: CalibrationMember) -> bool:
    """Whether the word of the rule says other than its cells do."""
    assert one.judged is not None
    verdict = one.judged.verdict
    core = [cell.state for cell in verdict.cells if cell.core]
    return verdict.word is Readiness.READY and any(state is not State.MET for state in core)
