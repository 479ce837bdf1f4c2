"""A small team for tests: a cycle with three members, each assessed by two of three raters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.actions import assessment, calibration, colleague, member, rubric
from app.actions.calibration import NewCalibration
from app.actions.member import NewMember
from app.domain.assessment import NoScore
from app.queries.calibration import CalibrationMember, CalibrationView, calibration_view
from app.store.workspace import Workspace
from tests.actions.panel import PACK
from tests.makers import Clock, new_workspace

RUTH, TOMASZ, DANA, JOEL = 1, 2, 3, 4
DAYS = (date(2025, 9, 8), date(2026, 1, 20))


class Team:
    """Ruth is me and manages Anders and Nadia. Tomasz and Dana rate Anders, Tomasz and Ruth rate Nadia."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.workspace: Workspace = new_workspace(folder, clock=self.clock)
        for name in ("Ruth Amadi", "Tomasz Wieland", "Dana Whitlock", "Joel Abara"):
            colleague.add(self.workspace, name)
        rubric.adopt(self.workspace, PACK)
        self.anders = member.add(self.workspace, NewMember("MLE3", "Anders Mbeki", manager=RUTH)).subject
        self.nadia = member.add(self.workspace, NewMember("MLE2", "Nadia Rousselle", manager=RUTH)).subject
        self.cycle = calibration.add(
            self.workspace, NewCalibration("Spring 2026", date(2025, 3, 12), date(2026, 3, 12))
        ).subject
        calibration.propose(self.workspace, self.cycle, self.anders, "MLE4", (TOMASZ, DANA))
        calibration.propose(self.workspace, self.cycle, self.nadia, "MLE3", (TOMASZ, RUTH))

    @property
    def page(self) -> CalibrationView:
        return calibration_view(self.workspace, self.cycle)

    def of(self, member_id: int) -> CalibrationMember:
        return next(m for m in self.page.members if m.member == member_id)

    def seat(self, member_id: int, rater: int) -> int:
        """The assessment of a rater on a member."""
        return next(s.assessment for s in self.of(member_id).seats if s.rater == rater)

    def fill(self, member_id: int, rater: int, scores: str = "", *, submit: bool = True) -> int:
        """A whole assessment: a digit for each dimension the level asks for, 3 where none is given, 0 a conflict."""
        row = self.seat(member_id, rater)
        with self.workspace.acting(rater):
            with self.workspace.read() as connection:
                asked = connection.exec_driver_sql("SELECT dimensions FROM assessment WHERE id = ?", (row,)).scalar()
            assert asked is not None
            dimensions = [d.strip(' "') for d in str(asked).strip("[]").split(",")]
            for place, dimension in enumerate(dimensions):
                digit = scores[place] if place < len(scores) else "3"
                if digit == "0":
                    assessment.not_assessed(self.workspace, row, dimension, NoScore.CONFLICT)
                    continue
                for number, on in enumerate(DAYS):
                    assessment.add_fact(self.workspace, row, dimension, f"Fact {number} on {dimension}", on)
                assessment.rate(self.workspace, row, dimension, int(digit))
            if submit:
                assessment.submit(self.workspace, row)
        return row

    def all_in(self) -> None:
        """Anders: split on reliability and communication, so two core cells; Nadia: below on systems design."""
        self.fill(self.anders, TOMASZ, "4333333333")
        self.fill(self.anders, DANA, "3332333232")
        self.fill(self.nadia, TOMASZ, "2332333333")
        self.fill(self.nadia, RUTH, "2333333323")

    def chain(self) -> list[str]:
        with self.workspace.read() as connection:
            return [str(r[0]) for r in connection.exec_driver_sql("SELECT op FROM history ORDER BY number")]
