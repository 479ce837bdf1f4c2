"""A guide of sixteen dimensions on every page that draws a strip or a matrix, and on paper; people kept by it in the
window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox, QPushButton, QScrollArea, QWidget

from app.actions import assessment, calibration, calibration_session, colleague, evidence, growth, guide, member, rubric
from app.actions.calibration import NewCalibration
from app.actions.growth import NewGoal
from app.actions.member import NewMember
from app.desk.pages.team.member_page import MemberPage
from app.desk.pages.team.page import TeamPage
from app.queries.calibration import calibration_view
from app.queries.growth import growth_page
from app.queries.team import member_page, team_page
from app.store.workspace import Workspace, open_workspace
from tests.actions.panel import PACK
from tests.journeys.conftest import Sitting
from tests.journeys.test_members import words
from tests.makers import Clock, new_workspace
from tests.packets.reading import text_of
from tests.printing import make_ballots, make_forms, make_growth_packet, make_minutes, make_promotion_packet
from tests.wide import AREAS, guide_of

WIDE, FIVE = 16, 5
RUTH, TOMASZ, DANA = 1, 2, 3
SCORES = {RUTH: (3, 3, 2), TOMASZ: (4, 2, 1), DANA: (2, 3, 4)}
"""By rater, in turn: every cell is split."""
PEOPLE = (("Eva Holm", "L2", "L3"), ("Bo Falk", "L3", "L4"), ("Kim Lee", "L4", "L5"))


@dataclass
class Wide:
    """Ruth, who is me, manages three members kept by a wide guide; Tomasz and Dana assess them, Ruth owes one."""

    path: Path
    guide: int
    members: tuple[int, ...]
    calibration: int
    mine: int


@pytest.fixture
def wide(tmp_path: Path) -> Wide:
    workspace = new_workspace(tmp_path, clock=Clock())
    for name in ("Ruth Amadi", "Tomasz Wieland", "Dana Whitlock"):
        colleague.add(workspace, name)
    rubric.adopt(workspace, PACK)
    version = guide.adopt(workspace, guide_of("Their ladder", WIDE, FIVE), "import").subject
    rows = [member.add(workspace, NewMember(level, name, manager=RUTH), version).subject for name, level, _ in PEOPLE]
    new = NewCalibration("Spring 2026", date(2025, 3, 12), date(2026, 3, 12), guide=version)
    held = calibration.add(workspace, new).subject
    for row, (_, _, target) in zip(rows, PEOPLE, strict=True):
        calibration.propose(workspace, held, row, target, (TOMASZ, DANA))
        growth.begin(workspace, row, target)
    for one in calibration_view(workspace, held).members:
        for seat in one.seats:
            fill(workspace, seat.rater, seat.assessment)
    calibration.propose(workspace, held, rows[2], "L5", (RUTH,))
    mine = next(s.assessment for s in calibration_view(workspace, held).members[2].seats if s.rater == RUTH)
    plan = growth_page(workspace, rows[0]).plan
    assert plan is not None
    growth.add_goal(workspace, plan, NewGoal("d01", "Sees what runs"), [("a release ends", "read its dashboards")])
    fact = evidence.add(
        workspace, rows[0], evidence.NewEvidence("d01", "Mended the alarms", date(2026, 3, 1), shared=True)
    )
    assert fact.subject
    made = Wide(workspace.path, version, tuple(rows), held, mine)
    workspace.close()
    return made


def fill(workspace: Workspace, rater: int, row: int) -> None:
    with workspace.acting(rater):
        for place in range(WIDE):
            dimension = f"d{place:02}"
            for on in (date(2025, 9, 8), date(2026, 1, 20)):
                assessment.add_fact(workspace, row, dimension, f"Seen of {AREAS[place]}", on)
            assessment.rate(workspace, row, dimension, SCORES[rater][place % 3])
        assessment.submit(workspace, row)


def live(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def everything_named(widget: QWidget) -> str:
    said = [
        f"{one.accessibleName()}\n{one.accessibleDescription()}"
        for one in widget.findChildren(QWidget)
        if one.isVisible()
    ]
    return "\n".join([words(widget), *said])


def too_wide(page: QWidget) -> list[str]:
    """What reaches over the right edge of the page, or has to be scrolled sideways."""
    found = []
    for area in page.findChildren(QScrollArea):
        bar = area.horizontalScrollBar()
        if area.isVisible() and bar.maximum() > 0:
            held = area.widget()
            found.append(f"{type(held).__name__} is {bar.maximum()} px wider than its place")
    for one in page.findChildren(QWidget):
        right = one.mapTo(page, QPoint(0, 0)).x() + one.width()
        if one.isVisible() and right > page.width() + 1:
            found.append(f"{type(one).__name__} “{one.accessibleName()}” ends at {right} of {page.width()}")
    return found


def fits(sitting: Sitting, where: str) -> None:
    page = sitting.window.page
    assert page is not None
    assert sitting.window.width() == 1280, f"{where} widens the window"
    assert not too_wide(page), where
    said = everything_named(page)
    lacking = [n for n in AREAS if n not in said and n[:11].strip() not in said]
    assert not lacking, f"{where} does not name {lacking}"


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_a_wide_guide_fits_every_page(wide: Wide, begin: Callable[[Path | None], Sitting], size: float) -> None:
    sitting = begin(wide.path)
    assert sitting.session.opened is not None
    sitting.session.opened.desk.theme.choose(text_factor=size)
    sitting.window.resize(1280, 800)
    sitting.settle()
    first = wide.members[0]
    for place, where in (
        ("team", {}),
        ("member", {"id": first}),
        ("growth", {}),
        ("growthplan", {"id": first}),
        ("calibration", {"id": wide.calibration}),
        ("assessment", {"id": wide.mine}),
        ("levels", {"guide": wide.guide, "view": "read"}),
        ("levels", {"view": "compare"}),
        ("levels", {"view": "overview"}),
    ):
        sitting.go(place, **where)
        fits(sitting, f"{place} {where} at {size}")
    fill(live(sitting), RUTH, wide.mine)
    calibration.start(live(sitting), wide.calibration)
    sitting.go("calibration", id=wide.calibration)
    fits(sitting, f"calibration in session at {size}")


def test_a_wide_guide_is_printed_whole(wide: Wide) -> None:
    workspace = open_workspace(wide.path)
    forms = [m.packet for m in make_forms(workspace, wide.calibration)]
    fill(workspace, RUTH, wide.mine)
    calibration.start(workspace, wide.calibration)
    for one in calibration_view(workspace, wide.calibration).members[:1]:
        for place in range(WIDE):
            scores = {rater: SCORES[rater][place % 3] for rater in (TOMASZ, DANA)}
            calibration_session.vote(workspace, one.proposal, f"d{place:02}", scores)
    packets = {
        "growth": make_growth_packet(workspace, wide.members[0]),
        "promotion": make_promotion_packet(workspace, wide.members[0]),
        "minutes": make_minutes(workspace, wide.calibration),
        "ballots": make_ballots(workspace, wide.calibration),
        "form": forms[0],
    }
    for name, packet in packets.items():
        said = " ".join(text_of(packet))
        lacking = [n for n in AREAS if n not in said and n[:11].strip() not in said]
        assert not lacking, f"{name} does not say {lacking}"
    workspace.close()


def test_a_member_is_added_by_another_guide(wide: Wide, begin: Callable[[Path | None], Sitting]) -> None:
    sitting = begin(wide.path)
    sitting.go("team")
    page = sitting.window.page
    assert isinstance(page, TeamPage)
    sitting.press("Ctrl+N")
    values = page.form.values()
    assert values["guide"] == team_page(live(sitting)).guides[0].id, "the guide in use is offered first"
    levels = page.form.input("level")
    chosen = page.form.input("guide")
    assert isinstance(levels, QComboBox)
    assert isinstance(chosen, QComboBox)
    assert "MLE1" in {levels.itemData(n) for n in range(levels.count())}
    chosen.setFocus()
    sitting.press("Down")
    assert page.form.values()["guide"] == wide.guide
    assert [levels.itemData(n) for n in range(levels.count())] == ["L1", "L2", "L3", "L4", "L5"]
    page.form.set_values({"name": "Ada Lind", "level": "L2"})
    sitting.press("Ctrl+Return")
    assert not page.panel.isVisible()
    assert {m.name: m.guide for m in team_page(live(sitting)).members}["Ada Lind"] == "Their ladder"


def test_a_member_is_kept_by_another_guide_and_back_by_undo(
    wide: Wide, begin: Callable[[Path | None], Sitting]
) -> None:
    sitting = begin(wide.path)
    sitting.go("member", id=wide.members[0])
    page = sitting.window.page
    assert isinstance(page, MemberPage)
    assert "By the guide Their ladder." in words(page)
    sitting.find(QPushButton, "Keep by guide…").setFocus()
    sitting.press("Space")
    assert page.by.isVisible()
    page.by.form.set_values({"level": "MLE3"})
    sitting.press("Ctrl+Return")
    assert not page.by.isVisible()
    found = member_page(live(sitting), wide.members[0])
    assert found is not None
    assert (found.guide.name, found.row.level) == ("Machine Learning Engineering Manager", "MLE3")
    for place in ("team", "member", "growthplan", "growth", "calibration"):
        sitting.go(place, **({"id": wide.members[0]} if place in ("member", "growthplan") else {}))
    sitting.press("Ctrl+Z")
    found = member_page(live(sitting), wide.members[0])
    assert found is not None
    assert (found.guide.name, found.row.level) == ("Their ladder", "L2")


def test_a_version_without_their_level_is_not_offered_and_says_why(
    wide: Wide, begin: Callable[[Path | None], Sitting]
) -> None:
    workspace = open_workspace(wide.path)
    known = guide_of("Their ladder", WIDE, FIVE)
    order = known.tracks[0].model_copy(update={"order": ("L3", "L4", "L5")})
    fewer = known.model_copy(update={"levels": known.levels[2:], "transitions": (), "tracks": (order,)})
    guide.revise(workspace, wide.guide, fewer, "Two levels went")
    workspace.close()
    sitting = begin(wide.path)
    sitting.go("member", id=wide.members[0])
    page = sitting.window.page
    assert page is not None
    assert "It has no level L2: keep them by it at another one." in words(page)
    offered = {b.text() for b in page.findChildren(QPushButton) if b.isVisible()}
    assert "Keep by guide…" in offered
    assert not [words for words in offered if words.startswith("Move to version")]
    assert "member.guide" not in {c.id for c in page.commands() if c.when()}
