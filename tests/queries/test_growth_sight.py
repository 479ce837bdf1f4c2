"""Who sees what of a member: assessments alone first, and interviews beside later assessments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.operations import Op
from app.packets.reports.table import content_of
from app.queries.growth import growth_page
from app.queries.reports.hire_outcome import hire_to_outcome
from app.store.tables_growth import Calibration
from tests.actions.panel import LENA, OMAR, RUTH, Panel
from tests.grown import DIMENSIONS, add_member, assess
from tests.printing import report, worked_out

AT = datetime.fromisoformat("2026-09-16T15:00:00+00:00")
THREES = dict.fromkeys(DIMENSIONS, 3)


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


@pytest.fixture
def member(panel: Panel) -> int:
    return add_member(panel.workspace, "Ada Lind", application_id=panel.ada, started_on=date(2026, 5, 4))


def scored(panel: Panel, member: int, who: int = RUTH) -> list[tuple[int, ...]]:
    with panel.workspace.acting(who):
        return [g.scores for g in growth_page(panel.workspace, member).gaps if g.scores]


def test_an_assessment_is_seen_once_ones_own_and_all_others_are_in(panel: Panel, member: int) -> None:
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), AT, level="MLE3", relation="peer")
    assert len(scored(panel, member)) == 10
    assess(panel.workspace, member, "Ruth Amadi", {}, AT, level="MLE3", state="draft")
    assert scored(panel, member) == [], "mine is due"
    assert scored(panel, member, LENA) == [], "not all of them are in"
    assert scored(panel, member, OMAR) == []


def test_a_session_that_has_begun_opens_the_assessments_of_its_cycle(panel: Panel, member: int) -> None:
    with panel.workspace.step(Op.ADD_CYCLE) as step:
        cycle = step.add(Calibration, name="Spring", guide_id=1, made_at=step.at)
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), AT, level="MLE3", cycle=cycle)
    assess(panel.workspace, member, "Lena Vogt", {}, AT, level="MLE3", state="draft", cycle=cycle)
    assert scored(panel, member) == []
    with panel.workspace.step(Op.START_SESSION) as step:
        step.edit(Calibration, cycle, started_at=step.at)
    assert len(scored(panel, member)) == 10
    assert scored(panel, member, LENA) == [], "her own is still due"


def test_what_one_says_of_oneself_is_shown_and_never_counted(panel: Panel, member: int) -> None:
    assess(panel.workspace, member, "Ada Lind", dict.fromkeys(DIMENSIONS, 4), AT, level="MLE3", relation="self")
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), AT, level="MLE3")
    assert set(scored(panel, member)) == {(3,)}
    page = growth_page(panel.workspace, member)
    assert page.raters == ("Omar Haddad",)
    assert {a.name for o in page.occasions for a in o.given} == {"Ada Lind", "Omar Haddad"}


def test_the_newest_of_each_rater_counts_and_an_old_one_no_more(panel: Panel, member: int) -> None:
    for rater, days, score in (
        ("Omar Haddad", 0, 2),
        ("Omar Haddad", 91, 3),
        ("Lena Vogt", 91, 3),
        ("Bo Falk", -400, 1),
    ):
        at = AT + timedelta(days=days)
        assess(panel.workspace, member, rater, dict.fromkeys(DIMENSIONS, score), at, level="MLE3")
    assert set(scored(panel, member)) == {(3, 3)}
    assert len(growth_page(panel.workspace, member).occasions) == 3


def test_scores_against_another_level_say_nothing(panel: Panel, member: int) -> None:
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), AT, level="M1")
    assert scored(panel, member) == []
    assert growth_page(panel.workspace, member).assessed_on is None


# Hire to outcome


def test_under_twenty_pairs_a_list_and_no_figure_always_with_the_words(panel: Panel, member: int) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    made = report(panel.workspace, "hire-to-outcome")
    assert made.rows == []
    assert "Restricted range" in made.note
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), AT, level="MLE4")
    made = report(panel.workspace, "hire-to-outcome")
    assert len(made.rows) == 10
    assert made.rows[0] == ("Ada Lind", "Systems design", "3", "MLE3", "3", "MLE4", "16 September 2026")
    assert made.draw is None
    assert "10 of 20 pairs" in made.finding
    assert "Restricted range" in made.note
    assert "Small numbers" in made.note


def test_sealed_cards_and_sealed_assessments_never_enter(panel: Panel, member: int) -> None:
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), AT, level="MLE3")
    panel.bring_in(0, 1, 2)
    found = worked_out(panel.workspace, hire_to_outcome)
    assert (found.pairs, found.sealed) == ((), 1)
    panel.bring_in(3, 4, 5)
    assert len(worked_out(panel.workspace, hire_to_outcome).pairs) == 10
    assess(panel.workspace, member, "Ruth Amadi", {}, AT, level="MLE3", state="draft")
    found = worked_out(panel.workspace, hire_to_outcome)
    assert (found.pairs, found.waiting) == ((), 1)


def test_an_assessment_from_before_the_first_day_is_no_outcome(panel: Panel, member: int) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    early = datetime.fromisoformat("2026-05-04T10:00:00+00:00")
    assess(panel.workspace, member, "Omar Haddad", dict(THREES), early, level="MLE3")
    assert worked_out(panel.workspace, hire_to_outcome).pairs == ()


def test_from_twenty_pairs_on_there_is_a_figure_with_its_interval(panel: Panel, member: int) -> None:
    from app.domain.hire_outcome import hire_outcome_of
    from app.queries.reports.hire_outcome import OutcomeReport
    from app.queries.reports.resampling import resamples
    from tests.domain.test_hire_outcome import pairs_of

    pairs = pairs_of([(n % 3 + 2, (n + n // 7) % 3 + 2) for n in range(40)])
    value = OutcomeReport(
        "ML Engineering Manager", hire_outcome_of(pairs, resamples(8)), tuple(pairs), (("d0", "Systems"),), 0, 2
    )
    from app.packets.reports.hire_outcome import hire_to_outcome as drawn

    made = replace(drawn(value), as_of=date(2026, 3, 12))
    assert "Tau-b is" in made.finding
    assert "95 % interval" in made.finding
    assert "2 without a later assessment" in made.definition[-1]
    first, second = made.as_png(), made.as_png()
    assert first is not None
    assert first == second
    assert content_of(made, "pdf") == content_of(made, "pdf")
