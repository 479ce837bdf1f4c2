"""The team is searched, filtered and grouped where it stands."""

from __future__ import annotations

from app.desk.pages.team.page import MemberLine, TeamPage
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import words


def team(sitting: Sitting) -> TeamPage:
    sitting.go("team")
    page = sitting.window.page
    assert isinstance(page, TeamPage)
    return page


def in_sight(page: TeamPage) -> list[str]:
    return [one.name for _, one, line in page._lines if line.isVisible()]


def test_words_levels_and_tracks_narrow_the_team_and_nobody_is_said(sitting: Sitting) -> None:
    page = team(sitting)
    everybody = in_sight(page)
    assert len(everybody) == 8
    sitting.press("Ctrl+F")
    sitting.write("mbe")
    assert in_sight(page) == ["Anders Mbeki"]
    page.filter.line.selectAll()
    sitting.write("nobody like this")
    assert in_sight(page) == []
    assert "Nobody on the team is like that." in words(page)
    page.filter.line.clear()
    assert in_sight(page) == everybody
    page.filter.level.setCurrentIndex(page.filter.level.findData("MLE3"))
    page.filter.level.activated.emit(page.filter.level.currentIndex())
    assert {one.level for _, one, line in page._lines if line.isVisible()} == {"MLE3"}
    sitting.go("today")
    sitting.go("team")
    assert page.filter.wanted.level == "MLE3", "it stays as it was"
    assert in_sight(page) != everybody


def test_they_stand_together_by_level_with_a_head_each(sitting: Sitting) -> None:
    page = team(sitting)
    page.filter.group.setCurrentIndex(page.filter.group.findData("level"))
    page.filter.group.activated.emit(page.filter.group.currentIndex())
    assert len(page._heads) == len({one.level for _, one, _ in page._lines})
    assert len(page.findChildren(MemberLine)) >= 8
    page.filter.line.setText("Anders")
    assert [head.text() for head in page._heads.values() if head.isVisible()] == ["MLE3 · Senior ML Engineer"]
