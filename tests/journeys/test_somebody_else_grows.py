"""Somebody else says that they are here: what the one before was shown of assessments is in sight no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.actions import assessment_request, calibration, calibration_session, colleague, growth
from app.domain.calibration import CalibrationOutcome
from tests.actions.calibrating import DANA, RUTH, TOMASZ, Team
from tests.journeys.conftest import Sitting
from tests.journeys.test_forms_back import workspace
from tests.journeys.test_nothing_leaks import become, everything_said


def begun_early(folder: Path) -> Path:
    """Tomasz's and Ruth's on Nadia are in and the session has begun; Dana's is due, so that they are sealed to her."""
    team = Team(folder)
    team.fill(team.nadia, TOMASZ, "1111111111")
    team.fill(team.nadia, RUTH, "2222222222")
    assessment_request.ask(team.workspace, team.nadia, DANA, team.cycle)
    growth.begin(team.workspace, team.nadia, "MLE3")
    calibration.start(team.workspace, team.cycle, "Dana is away until Monday.")
    proposal = team.of(team.nadia).proposal
    calibration_session.note(team.workspace, proposal, "Tomasz told of the outage")
    calibration_session.decide(
        team.workspace, proposal, CalibrationOutcome.NOT_NOW, "Too little was seen.", [(TOMASZ, "It was enough.")]
    )
    path = team.workspace.path
    team.workspace.close()
    become(path, DANA)
    return path


PAGES = pytest.mark.parametrize(
    ("place", "where"),
    [
        ("calibration", {"id": 1}),
        ("assessment", {"id": 3}),
        ("team", {}),
        ("member", {"id": 2}),
        ("growth", {}),
        ("growthplan", {"id": 2}),
    ],
)


def is_now(sitting: Sitting, who: int) -> None:
    desk = sitting.window._desk
    desk.write(partial(colleague.become, desk.workspace, who))
    sitting.settle()


def said(sitting: Sitting) -> set[str]:
    """What the page shows, line by line."""
    assert sitting.window.page is not None
    return set(everything_said(sitting.window.page).split("\n"))


@PAGES
def test_what_one_saw_is_gone_with_them(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, place: str, where: dict[str, int]
) -> None:
    sitting = begin(begun_early(tmp_path))
    sitting.go(place, **where)
    hers = said(sitting)
    sitting.go("settings")
    is_now(sitting, RUTH)
    sitting.go(place, **where)
    ruths = said(sitting)
    assert ruths - hers, "Ruth sees more"
    sitting.press("Ctrl+Z")
    assert workspace(sitting).me == DANA
    sitting.settle()
    assert not (said(sitting) & (ruths - hers)), "while it is open"
    is_now(sitting, RUTH)
    sitting.go(place, **where)
    sitting.go("settings")
    is_now(sitting, DANA)
    sitting.window.go(place, **where)
    assert not (said(sitting) & (ruths - hers)), "before it is asked again"
