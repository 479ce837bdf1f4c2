"""An amendment counts once, and another's form is closed while a card of one's own is due."""

from __future__ import annotations

import pytest

from app.actions import colleague, interview, scorecard
from app.domain.scorecard import Overall
from app.errors import NotYet, Refused
from app.queries.scorecard import card_page
from app.records.strip import seen_by
from app.records.visibility import sealings
from tests.actions.panel import OMAR, RUTH, Panel


def test_a_card_that_is_being_amended_counts_once(panel: Panel) -> None:
    (card,) = panel.bring_in(0)
    colleague.become(panel.workspace, RUTH)
    amended = scorecard.amend(panel.workspace, card, "Misheard the figure.").subject
    first = panel.rounds[0].dimensions[0]
    scorecard.rate(panel.workspace, amended, first, 1)
    with panel.workspace.read() as connection:
        seen = seen_by(connection, RUTH, sealings(connection, [panel.ada]))
    assert seen[panel.ada].scores[first] == [1]


def test_a_form_of_anothers_closes_when_a_card_of_ones_own_is_due(panel: Panel) -> None:
    panel.bring_in(0)
    colleague.become(panel.workspace, RUTH)
    paper = scorecard.start(panel.workspace, panel.interviews[1]).subject
    scorecard.note(panel.workspace, paper, "From Omar's sheet.")
    interview.add(panel.workspace, panel.ada, 3, RUTH)
    with pytest.raises(NotYet):
        card_page(panel.workspace, paper)
    with pytest.raises(Refused, match="Omar Haddad’s card"):
        scorecard.note(panel.workspace, paper, "And more.")


def test_a_submitted_paper_card_is_not_amended_while_it_is_sealed(panel: Panel) -> None:
    panel.bring_in(0)
    colleague.become(panel.workspace, RUTH)
    paper = scorecard.start(panel.workspace, panel.interviews[1]).subject
    with panel.workspace.acting(RUTH):
        for dimension in panel.rounds[1].dimensions:
            scorecard.not_assessed(panel.workspace, paper, dimension, panel.rubric.not_assessed_reasons[0].id)
        scorecard.vote(panel.workspace, paper, Overall.NO_HIRE)
        scorecard.submit(panel.workspace, paper)
    with pytest.raises(Refused, match="Omar Haddad’s card"):
        scorecard.amend(panel.workspace, paper, "Typed it wrong.")
    with panel.workspace.acting(OMAR):
        assert scorecard.amend(panel.workspace, paper, "He wrote it wrong.").subject > paper
