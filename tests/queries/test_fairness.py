"""Fairness of rates: who counts, what is judged, and that few people are never shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.actions import colleague, opening, rubric
from app.actions.opening import NewOpening
from app.domain.adverse_impact import GroupImpact
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.exchange.shipped import FIRST, load_role
from app.queries.reports.fairness import QuestionImpact, fairness
from app.store.step import Step
from app.store.tables import Application, Candidate, StageEntry
from app.store.tables_people import Demographic
from app.store.workspace import Workspace
from tests.makers import new_workspace
from tests.printing import report, worked_out

YEAR = {year: datetime(year, 1, 6, 9, tzinfo=UTC) for year in (2024, 2025, 2026)}
STAGES = 6  # of an opening


class Answers:
    """Two openings, A of number 1 and B of number 2; people are put in by their answer and what became of them."""

    def __init__(self, folder: Path) -> None:
        self.workspace: Workspace = new_workspace(folder)
        colleague.add(self.workspace, "Ruth Amadi")
        version = rubric.adopt(self.workspace, load_role(FIRST)).subject
        for code in "AB":
            opening.add(self.workspace, NewOpening(code, "Engineer", "M1"), version)

    def people(
        self,
        answer: str,
        *,
        hired: int = 0,
        turned_down: int = 0,
        later: int = 0,
        into: int = 1,
        year: int = 2025,
        outcome: Outcome = Outcome.REJECTED,
        question: str = "Gender",
    ) -> list[int]:
        """So many were hired, and so many turned down in the first stage, or `later`."""
        made: list[int] = []
        ends = [(Outcome.HIRED, 2)] * hired + [(outcome, 0)] * turned_down + [(outcome, 1)] * later
        with self.workspace.step(Op.IMPORT_CANDIDATES) as step:
            for end, stages in ends:
                who = step.add(Candidate, name=f"{answer} {len(made)}")
                made.append(who)
                step.add(Demographic, candidate_id=who, question=question, answer=answer, given_on=date(2025, 6, 1))
                self._apply(step, who, into, year, end, stages)
        return made

    def _apply(self, step: Step, who: int, into: int, year: int, end: Outcome, stages: int) -> None:
        at, first = YEAR[year], (into - 1) * STAGES + 1
        closed = None if end is Outcome.ACTIVE else at
        number = step.add(
            Application,
            candidate_id=who,
            opening_id=into,
            stage_id=first,
            entered_at=at,
            outcome=end,
            closed_at=closed,
            plan_id=into,
        )
        for stage in range(first, first + stages + 1):
            step.add(StageEntry, application_id=number, stage_id=stage, entered_at=at)

    def again(self, who: int, into: int, year: int, end: Outcome) -> None:
        with self.workspace.step(Op.ADD_APPLICATION) as step:
            self._apply(step, who, into, year, end, 0)

    def question(self, **asked: Any) -> QuestionImpact:
        (found,) = worked_out(self.workspace, fairness, **asked).questions
        return found

    def hired(self, **asked: Any) -> dict[str, GroupImpact]:
        return {one.name: one for one in self.question(**asked).hired}


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[Answers]:
    made = Answers(tmp_path)
    yield made
    made.workspace.close()


def test_rates_beside_the_highest_one(answers: Answers) -> None:
    """10 of 40 beside 25 of 50 is half; 5 · 10 · 50 = 2500 is under 4 · 25 · 40 = 4000, and 11 beside 24 is so too."""
    answers.people("Woman", hired=10, turned_down=20, later=10)
    answers.people("Man", hired=25, turned_down=15, later=10)
    found = answers.hired()
    woman, man = found["Woman"], found["Man"]
    assert (woman.count.selected, woman.count.pool, woman.ratio) == (10, 40, Fraction(1, 2))
    assert (woman.below, woman.flips) == (True, False)
    assert woman.chance == pytest.approx(0.0175, abs=2e-3)
    assert (man.highest, man.ratio, man.below) == (True, Fraction(1), None)
    on = {one.name: one.count.selected for one in answers.question().went_on}
    assert on == {"Woman": 20, "Man": 35}, "hired, or turned down later than in the first stage"
    made = report(answers.workspace, "fairness")
    assert (
        "2 of 2 rates are under four fifths of the highest one, 2 of them also with one different person."
        in made.finding
    )


def test_only_what_we_decided_counts_and_of_everybody_the_newest(answers: Answers) -> None:
    women = answers.people("Woman", hired=2, turned_down=8)
    answers.people("Man", hired=5, turned_down=5)
    answers.people("Man", turned_down=7, outcome=Outcome.WITHDRAWN)
    answers.people("Man", turned_down=7, outcome=Outcome.ACTIVE)
    assert {name: one.count.pool for name, one in answers.hired().items()} == {"Woman": 10, "Man": 10}
    answers.again(women[9], 1, 2025, Outcome.HIRED)
    assert answers.hired()["Woman"].count.selected == 3, "she applied again and was hired"
    assert answers.hired()["Woman"].count.pool == 10


def test_two_spellings_are_one_group(answers: Answers) -> None:
    answers.people("Woman", hired=1, turned_down=4)
    answers.people(" woman ", hired=1, turned_down=4)
    answers.people("Man", hired=5, turned_down=5)
    assert {name: one.count.pool for name, one in answers.hired().items()} == {"Woman": 10, "Man": 10}


def test_few_people_are_hidden_with_the_next_smallest_and_no_total_is_said(answers: Answers) -> None:
    answers.people("Man", hired=30, turned_down=30)
    answers.people("Woman", hired=10, turned_down=10)
    answers.people("Neither", hired=1, turned_down=2)
    found = answers.question()
    assert [one.name for one in found.hired] == ["Man"]
    assert found.hidden
    made = report(answers.workspace, "fairness")
    said = made.as_table().decode() + made.finding + made.n + made.unit + " ".join(made.definition)
    assert "Woman" not in said
    assert "Neither" not in said
    assert "83" not in said
    assert "60" in said, "the men there are"


def test_one_opening_beside_all_shows_no_few_people(answers: Answers) -> None:
    """Of nine women seven are in A: in A they are hidden, as the two in B would be seen."""
    answers.people("Woman", hired=3, turned_down=4, into=1)
    answers.people("Woman", hired=1, turned_down=1, into=2)
    answers.people("Man", hired=10, turned_down=10, into=1)
    answers.people("Man", hired=10, turned_down=10, into=2)
    assert set(answers.hired()) == {"Man", "Woman"}
    assert answers.hired(opening=1) == {}
    assert answers.hired(opening=2) == {}
    assert report(answers.workspace, "fairness", opening=1).as_png() is None
    assert "Too few to show" in report(answers.workspace, "fairness", opening=1).finding


def test_a_period_is_one_whole_year_or_none(answers: Answers) -> None:
    answers.people("Woman", hired=3, turned_down=5, year=2024)
    answers.people("Man", hired=5, turned_down=5, year=2024)
    answers.people("Woman", hired=6, turned_down=5, year=2025)
    answers.people("Man", hired=5, turned_down=7, year=2025)
    of_2024 = answers.hired(since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert {name: one.count.pool for name, one in of_2024.items()} == {"Woman": 8, "Man": 10}
    for since, until in (
        (date(2024, 1, 1), None),
        (date(2024, 1, 1), date(2025, 12, 31)),
        (date(2024, 1, 2), date(2024, 12, 31)),
    ):
        assert not worked_out(answers.workspace, fairness, since=since, until=until).allowed
        made = report(answers.workspace, "fairness", since=since, until=until)
        assert "one whole calendar year" in made.finding
        assert list(csv.reader(io.StringIO(made.as_table().decode("utf-8-sig"))))[1][:-1] == [""] * 10


def test_a_group_under_two_in_a_hundred_is_not_judged(answers: Answers) -> None:
    answers.people("Man", hired=150, turned_down=150)
    answers.people("Woman", hired=100, turned_down=160)
    answers.people("Neither", turned_down=6)
    found = answers.hired()
    assert found["Neither"].small
    assert found["Neither"].below is None
    assert found["Woman"].ratio == Fraction(100, 260) / Fraction(1, 2)


def test_every_question_stands_for_itself(answers: Answers) -> None:
    answers.people("Yes", hired=2, turned_down=4, question="Disability")
    answers.people("No", hired=5, turned_down=5, question="Disability")
    answers.people("Woman", hired=6, turned_down=5)
    found = worked_out(answers.workspace, fairness).questions
    assert [one.question for one in found] == ["Disability", "Gender"]
    assert all(one.ratio is None for one in found[1].hired), "one group stands beside no other"
