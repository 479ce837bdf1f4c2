"""Somebody who was hired: the panel's twos are the first topics, and a goal from one carries its evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton

from app.__main__ import main
from app.actions import growth, guide
from app.desk.pages.growth.plan_page import GrowthPlanPage
from app.desk.pages.team.member_page import MemberPage
from app.desk.pages.team.page import TeamPage
from app.queries.growth import growth_page
from app.queries.growth_packet import growth_facts
from tests.actions.panel import Panel
from tests.journeys.conftest import Sitting
from tests.journeys.test_levels import tab_to
from tests.journeys.test_members import words, workspace
from tests.packets.test_growth import accept, hire
from tests.wide import guide_of


def test_a_goal_is_begun_from_what_the_panel_scored_under_its_bar(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    panel = Panel(tmp_path)
    row = hire(panel)
    growth.begin(panel.workspace, row, "MLE4", panel.workspace.today())
    name = panel.rubric.dimension(growth_page(panel.workspace, row).topics[0].dimension).short
    panel.workspace.close()
    sitting = begin(panel.workspace.path)
    sitting.go("growthplan", id=row)
    page = sitting.window.page
    assert isinstance(page, GrowthPlanPage)
    shown = words(page)
    assert "First topics, from the interviews" in shown
    assert "scored by the panel of the hire, six cards against MLE3" in shown
    assert "The panel’s first scores, until somebody assesses Ada Lind." in shown
    sitting.find(QPushButton, f"Begin a goal on {name}").setFocus()
    sitting.press("Space")
    fields = page._actions.goal.form
    assert fields.values()["from_score"] is None, "the panel's score is in no packet"
    assert "2 lines from the interviews go with it, for you alone." in words(page._actions.goal)
    fields.set_values({"title": "Grow here first"})
    sitting.press("Ctrl+Return")
    page_now = growth_page(workspace(sitting), row)
    (goal,) = page_now.goals
    assert [f.text for f in page_now.facts if f.goal == goal.id] == [f"Heard about {goal.dimension}."] * 2
    assert "2 lines from the interviews" in words(page.body.goals)
    facts = growth_facts(workspace(sitting), row)
    assert (facts.facts, facts.goals[0].from_score) == ((), None)
    assert all(g.score is None for g in facts.gaps)


def test_who_accepted_is_taken_in_and_the_evidence_is_in_the_plan_and_not_in_the_packet(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = Panel(tmp_path)
    accept(panel)
    panel.workspace.close()
    sitting = begin(panel.workspace.path)
    sitting.press("Ctrl+Shift+6")
    team = sitting.window.page
    assert isinstance(team, TeamPage)
    assert "Ada Lind accepted an offer at MLE3" in words(team)
    tab_to(sitting, sitting.find(QPushButton, "Make Ada Lind a member"))
    sitting.press("Space")
    member = sitting.window.page
    assert isinstance(member, MemberPage)
    assert member.shown is not None
    assert "From the interviews" in words(member)
    sitting.press("Ctrl+G")
    page = sitting.window.page
    assert isinstance(page, GrowthPlanPage)
    begin_ = next(b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == "Begin a growth plan")
    tab_to(sitting, begin_)
    sitting.press("Space")
    page._actions.plan.form.set_values({"target": "MLE4"})
    sitting.press("Ctrl+Return")
    page.body.evidence.every.setFocus()
    sitting.press("Space")
    heard = [f.text for f in growth_page(workspace(sitting), 1).facts]
    assert len(heard) == 20
    shown = words(page)
    assert all(text in shown for text in heard), "the panel's evidence is in the plan"
    assert "from the interview" in shown
    path = workspace(sitting).path
    sitting.session.end()
    packet = tmp_path / "growth.pdf"
    assert main(["export", str(path), "growth-plan", "--member", "1", "--out", str(packet)]) == 0
    printed = "\n".join(p.extract_text() for p in PdfReader(packet).pages)
    assert "Ada Lind" in printed
    assert not [text for text in heard if text in printed]
    assert not [name for name in ("Omar", "Lena", "Heard about") if name in printed]


def test_who_accepted_is_taken_in_by_another_guide(begin: Callable[[Path | None], Sitting], tmp_path: Path) -> None:
    panel = Panel(tmp_path)
    accept(panel)
    guide.adopt(panel.workspace, guide_of("Their ladder"), "import")
    panel.workspace.close()
    sitting = begin(panel.workspace.path)
    sitting.go("team")
    team = sitting.window.page
    assert isinstance(team, TeamPage)
    tab_to(sitting, sitting.find(QPushButton, "Make Ada Lind a member by another guide"))
    sitting.press("Space")
    assert team.taking.isVisible()
    team.taking.form.set_values({"level": "L4"})
    sitting.press("Ctrl+Return")
    member = sitting.window.page
    assert isinstance(member, MemberPage)
    assert member.shown is not None
    assert (member.shown.guide.name, member.shown.row.level) == ("Their ladder", "L4")
    assert "From the interviews" not in words(member), "that guide has none of the panel's dimensions"
