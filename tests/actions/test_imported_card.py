"""Cards from another program: kept as they came, sealed to who owes a card, and counted nowhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.actions import candidate
from app.actions.candidate_import import import_all
from app.actions.read_candidate import ReadApplication, ReadCandidate
from app.domain.imported_card import CardFromElsewhere, MarkFromElsewhere
from app.domain.report_filter import ReportFilter
from app.queries.application import ApplicationView, application_page
from app.queries.debrief import debrief_page
from app.queries.plain_lists import openings
from app.queries.reports.panel import agreement, severity
from app.queries.reports.scope import scope_of
from app.queries.search import search
from app.store.check import check_workspace
from tests.actions.panel import OMAR, RUTH, Panel

CARD = CardFromElsewhere(
    "Greenhouse",
    "123",
    "Kate Austen",
    "Application Review",
    datetime(2026, 2, 18, 16, 0, tzinfo=UTC),
    datetime(2026, 2, 19, 9, 0, tzinfo=UTC),
    "definitely_not",
    "Talked of zebrafish.",
    (
        MarkFromElsewhere("Communication", "strong_yes", "Clear."),
        MarkFromElsewhere("Adaptable", "mixed"),
        MarkFromElsewhere("Analytical", "no_decision"),
        MarkFromElsewhere("Depth", "a word nobody knows"),
    ),
)


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    made = Panel(tmp_path)
    with_the_card(made)
    return made


def with_the_card(made: Panel) -> None:
    candidate.edit(made.workspace, application_page(made.workspace, made.ada).candidate, mail="ada@example.org")
    opening = application_page(made.workspace, made.ada).opening
    code = next(o["code"] for o in openings(made.workspace) if o["id"] == opening)
    theirs = ReadApplication(opening=("Job", code), cards=(CARD,))
    for _ in range(2):  # known by its number the second time
        ada = ReadCandidate(name="Ada Lind", mail="ada@example.org", line=1, applications=(theirs,))
        import_all(made.workspace, [ada], None)


def page(panel: Panel) -> ApplicationView:
    return application_page(panel.workspace, panel.ada)


def test_words_become_scores_where_they_are_scores() -> None:
    assert [mark.score for mark in CARD.marks] == [4, None, None, None]
    assert [mark.needs_a_person for mark in CARD.marks] == [False, True, False, False]


def test_it_is_sealed_to_who_owes_a_card_and_shown_as_it_came_once_that_is_in(panel: Panel) -> None:
    assert panel.workspace.me == RUTH
    held = page(panel).imported
    assert (held.cards, held.sealed) == ((), 1)
    panel.bring_in(0)
    assert page(panel).imported.cards == (CARD,)
    with panel.workspace.acting(OMAR):
        assert search(panel.workspace, "zebrafish") == (), "no index has its words"


def test_it_counts_nowhere(tmp_path: Path) -> None:
    """Zones, words of the panel, agreement and severity are before it came as after."""
    panel = Panel(tmp_path)
    panel.bring_in(*range(6))
    before = counted(panel)
    with_the_card(panel)
    assert page(panel).imported.cards == (CARD,)
    assert counted(panel) == before
    assert check_workspace(panel.workspace) == []


def counted(panel: Panel) -> tuple[object, ...]:
    view = page(panel)
    met = debrief_page(panel.workspace, panel.ada)
    with scope_of(panel.workspace, ReportFilter()) as scope:
        return (view.strip, view.sealing, met.panel, met.columns, agreement(scope), severity(scope))
