"""Scorecards: what is refused, what is kept, and what the history knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.actions import scorecard
from app.actions.scorecard import IncompleteScorecard
from app.domain.scorecard import CardLack, CardState, Overall
from app.errors import Refused
from app.queries.plain_lists import scorecards
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.actions.panel import LENA, OMAR, RUTH, Panel

Write = Callable[[Workspace, int], object]
WRITES: dict[str, Write] = {
    "rate": lambda w, card: scorecard.rate(w, card, "systems_design", 4),
    "not assessed": lambda w, card: scorecard.not_assessed(w, card, "mlops", "ran_out_of_time"),
    "clear": lambda w, card: scorecard.clear(w, card, "systems_design"),
    "note": lambda w, card: scorecard.note(w, card, "One more thing."),
    "evidence": lambda w, card: scorecard.note(w, card, "One more thing.", "mlops"),
    "observe": lambda w, card: scorecard.observe(w, card, "systems_design", "s1", seen=True),
    "ask": lambda w, card: scorecard.ask(w, card, "q_sd1"),
    "vote": lambda w, card: scorecard.vote(w, card, Overall.NO_HIRE),
    "submit": scorecard.submit,
    "discard": scorecard.discard,
}


def row(panel: Panel, card: int, who: int = RUTH) -> dict[str, object]:
    with panel.workspace.acting(who):
        return next(c for c in scorecards(panel.workspace) if c["id"] == card)


def note_of(panel: Panel, card: int) -> int:
    with panel.workspace.read() as connection:
        query = "SELECT id FROM note WHERE scorecard_id = ? ORDER BY id LIMIT 1"
        return int(connection.exec_driver_sql(query, (card,)).scalar_one())


# A new card


def test_a_card_takes_level_rubric_and_plan_with_it_and_nothing_is_preselected(panel: Panel) -> None:
    card = panel.start()
    assert row(panel, card) == {
        "id": card,
        "application": panel.ada,
        "interview": panel.interviews[0],
        "interviewer": RUTH,
        "state": "draft",
        "rubric": "ml-engineering-manager",
        "rubric_version": "1.0",
        "level": "MLE3",
        "submitted_at": None,
        "overall": None,
        "amends": None,
        "scores": {},
    }


def test_begun_twice_it_is_the_same_card(panel: Panel) -> None:
    card = panel.start()
    assert panel.start() == card
    panel.fill(card)
    panel.submit(card)
    assert panel.start() == card


# What is refused


@pytest.mark.parametrize("name", WRITES)
def test_a_submitted_card_is_never_written_on(panel: Panel, name: str) -> None:
    (card,) = panel.bring_in(0)
    before, chain = panel.tables(), panel.chain()
    with pytest.raises(Refused, match="submitted and can’t be changed"):
        WRITES[name](panel.workspace, card)
    assert (panel.tables(), panel.chain()) == (before, chain)


def test_nor_are_its_lines(panel: Panel) -> None:
    (card,) = panel.bring_in(0)
    line = note_of(panel, card)
    before = panel.tables()
    with pytest.raises(Refused, match="submitted"):
        scorecard.edit_note(panel.workspace, line, "Never said.")
    with pytest.raises(Refused, match="submitted"):
        scorecard.use_note(panel.workspace, line, None)
    assert panel.tables() == before


@pytest.mark.parametrize("name", WRITES)
def test_another_persons_card_is_not_mine_to_write_on(panel: Panel, name: str) -> None:
    card = panel.start(1)
    before = panel.tables()
    with pytest.raises(Refused, match="Omar Haddad’s card"):
        WRITES[name](panel.workspace, card)
    assert panel.tables() == before


@pytest.mark.parametrize("write", ["rate", "not assessed", "evidence", "observe"])
def test_a_dimension_outside_the_plan_is_refused(panel: Panel, write: str) -> None:
    card = panel.start(5)  # people and execution only
    with panel.workspace.acting(LENA), pytest.raises(Refused, match="not in this interview’s plan"):
        WRITES[write](panel.workspace, card)


@pytest.mark.parametrize("score", [0, 5, -1])
def test_a_score_is_one_to_four(panel: Panel, score: int) -> None:
    card = panel.start()
    with pytest.raises(Refused, match="1, 2, 3 or 4"):
        scorecard.rate(panel.workspace, card, "mlops", score)


def test_unknown_reasons_signals_and_lines_are_refused(panel: Panel) -> None:
    card = panel.start()
    with pytest.raises(Refused, match="no reason of this rubric"):
        scorecard.not_assessed(panel.workspace, card, "mlops", "bored")
    with pytest.raises(Refused, match="does not belong to this dimension"):
        scorecard.observe(panel.workspace, card, "mlops", "s1", seen=True)
    with pytest.raises(Refused, match="line is empty"):
        scorecard.note(panel.workspace, card, "  \n ")
    with pytest.raises(Refused, match="line is gone"):
        scorecard.edit_note(panel.workspace, 4321, "x")


def test_the_vote_waits_for_every_planned_dimension(panel: Panel) -> None:
    card = panel.start()
    for dimension in panel.rounds[0].dimensions[:-1]:
        scorecard.rate(panel.workspace, card, dimension, 3)
        with pytest.raises(Refused, match="opens when every planned dimension"):
            scorecard.vote(panel.workspace, card, Overall.HIRE)
    scorecard.not_assessed(panel.workspace, card, panel.rounds[0].dimensions[-1], "ran_out_of_time")
    scorecard.vote(panel.workspace, card, Overall.HIRE)
    assert row(panel, card)["overall"] == "hire"


# Submitting


def test_submit_names_everything_that_is_missing(panel: Panel) -> None:
    card = panel.start()
    scorecard.rate(panel.workspace, card, "systems_design", 3)
    scorecard.observe(panel.workspace, card, "systems_design", "r4", seen=True)
    scorecard.not_assessed(panel.workspace, card, "software", "ran_out_of_time")
    with pytest.raises(IncompleteScorecard) as caught:
        scorecard.submit(panel.workspace, card)
    assert [(m.lack, m.dimension) for m in caught.value.missing] == [
        (CardLack.EVIDENCE, "systems_design"),
        (CardLack.QUOTE, "systems_design"),
        (CardLack.SCORE, "mlops"),
        (CardLack.SCORE, "governance"),
        (CardLack.OVERALL, None),
    ]
    for dimension in ("systems_design", "mlops", "governance"):
        assert panel.rubric.dimension(dimension).short in caught.value.sentence
    assert "the overall vote" in caught.value.sentence
    assert panel.rubric.dimension("software").short not in caught.value.sentence
    assert row(panel, card)["state"] == "draft"


def test_what_was_drafted_enters_the_history_once_as_one_row(panel: Panel) -> None:
    before = panel.chain()
    card = panel.start()
    panel.fill(card)
    assert panel.chain() == before
    changed = panel.submit(card)
    assert panel.chain() == [*before, ("submit card", f"scorecard:{card}")]
    assert not changed.undoable
    with panel.workspace.read() as connection:
        kept = connection.exec_driver_sql("SELECT content FROM image ORDER BY number").scalars().all()
    assert not [text for text in kept if "Heard about" in text]
    assert check_workspace(panel.workspace) == []


def test_what_was_typed_and_taken_back_is_nowhere_in_the_file(panel: Panel) -> None:
    card = panel.start()
    scorecard.note(panel.workspace, card, "Unkind remark about Ada.")
    scorecard.edit_note(panel.workspace, note_of(panel, card), "")
    panel.fill(card)
    panel.submit(card)
    panel.workspace.close()
    content = panel.workspace.path.read_bytes()
    assert b"Heard about mlops" in content
    assert b"Unkind remark" not in content


# Amending


def test_an_amendment_is_a_new_card_and_the_first_one_stays(panel: Panel) -> None:
    (first,) = panel.bring_in(0)
    second = scorecard.amend(panel.workspace, first, "I had misread the load figures.").subject
    assert row(panel, second)["scores"] == row(panel, first)["scores"]
    scorecard.rate(panel.workspace, second, "systems_design", 2)
    assert row(panel, first)["state"] == "submitted"
    assert panel.submit(second).op == "amend card"
    old, new = row(panel, first), row(panel, second)
    assert (old["state"], new["state"], new["amends"]) == ("amended", "submitted", first)
    assert isinstance(old["scores"], dict)
    assert isinstance(new["scores"], dict)
    assert (old["scores"]["systems_design"], new["scores"]["systems_design"]) == (3, 2)
    assert panel.chain()[-1] == ("amend card", f"scorecard:{second}")
    assert check_workspace(panel.workspace) == []


def test_when_a_card_cannot_be_amended(panel: Panel) -> None:
    (first, theirs) = panel.bring_in(0, 1)
    draft = panel.start(2)
    with pytest.raises(Refused, match="needs a reason"):
        scorecard.amend(panel.workspace, first, " ")
    with pytest.raises(Refused, match="Omar Haddad’s card"):
        scorecard.amend(panel.workspace, theirs, "Too kind.")
    with panel.workspace.acting(LENA), pytest.raises(Refused, match="Only a submitted card"):
        scorecard.amend(panel.workspace, draft, "Too early.")
    second = scorecard.amend(panel.workspace, first, "Misread.").subject
    with pytest.raises(Refused, match="was begun"):
        scorecard.amend(panel.workspace, first, "Again.")
    panel.submit(second)
    with pytest.raises(Refused, match="Only a submitted card"):
        scorecard.amend(panel.workspace, first, "The old one.")


def test_a_thrown_away_amendment_leaves_the_first_card_in(panel: Panel) -> None:
    (first,) = panel.bring_in(0)
    before = panel.tables()
    second = scorecard.amend(panel.workspace, first, "Misread.").subject
    scorecard.discard(panel.workspace, second)
    assert panel.tables() == before


# Typed in for somebody else


def test_nobody_types_in_anothers_form_while_a_card_of_their_own_is_due(panel: Panel) -> None:
    with pytest.raises(Refused, match="Your own card for Ada Lind is due first"):
        scorecard.start(panel.workspace, panel.interviews[1])
    panel.start()
    with pytest.raises(Refused, match="due first"):
        scorecard.start(panel.workspace, panel.interviews[1])
    panel.fill(1)
    panel.submit(1)
    card = scorecard.start(panel.workspace, panel.interviews[1]).subject
    assert row(panel, card)["interviewer"] == OMAR
    scorecard.note(panel.workspace, card, "Paper says so.", "software")


def test_what_one_typed_in_is_sealed_again_once_it_is_in(panel: Panel) -> None:
    panel.bring_in(0)
    card = scorecard.start(panel.workspace, panel.interviews[1]).subject
    for dimension in panel.rounds[1].dimensions:
        scorecard.note(panel.workspace, card, "Paper says so.", dimension)
        scorecard.rate(panel.workspace, card, dimension, 2)
    scorecard.vote(panel.workspace, card, Overall.NO_HIRE)
    assert card in panel.seen_by(RUTH)
    scorecard.submit(panel.workspace, card)
    assert card not in panel.seen_by(RUTH)
    assert card in panel.seen_by(OMAR)


# Alone first


def test_alone_first(panel: Panel) -> None:
    """Each step of a panel, and who sees what after it."""
    mine = panel.start(0)
    panel.fill(mine)
    assert (panel.seen_by(RUTH), panel.seen_by(OMAR), panel.seen_by(LENA)) == ({mine}, set(), set())
    panel.submit(mine)
    assert panel.seen_by(OMAR) == set()
    (theirs,) = panel.bring_in(1)
    assert panel.seen_by(RUTH) == {mine}
    assert panel.seen_by(OMAR) == {theirs}
    lenas = panel.bring_in(2, 3, 4)
    assert panel.seen_by(RUTH) == {mine}
    assert panel.seen_by(LENA) == set(lenas)
    (last,) = panel.bring_in(5)
    everything = {mine, theirs, *lenas, last}
    assert panel.seen_by(RUTH) == panel.seen_by(OMAR) == panel.seen_by(LENA) == everything
    assert panel.chain()[-1] == ("cards opened", f"application:{panel.ada}")


def test_a_draft_is_never_shown_to_others(panel: Panel) -> None:
    panel.bring_in(0, 1)
    panel.open_early()
    draft = panel.start(2)
    assert draft not in panel.seen_by(RUTH)
    assert draft in panel.seen_by(LENA)


def test_opened_early_it_is_still_ones_own_card_first(panel: Panel) -> None:
    mine, theirs = panel.bring_in(0, 1)
    panel.open_early()
    assert panel.seen_by(RUTH) == panel.seen_by(OMAR) == {mine, theirs}
    assert panel.seen_by(LENA) == set()


def test_when_cards_cannot_be_opened_early(panel: Panel) -> None:
    with pytest.raises(Refused, match="still due"):
        panel.open_early()
    panel.bring_in(0)
    panel.open_early()
    with pytest.raises(Refused, match="open already"):
        panel.open_early()
    assert panel.chain()[-1][0] == "open cards"


def test_states_are_the_three(panel: Panel) -> None:
    (first, _) = panel.bring_in(0, 1)
    panel.submit(scorecard.amend(panel.workspace, first, "Misread.").subject)
    panel.start(2)
    assert {c["state"] for c in scorecards(panel.workspace)} == set(CardState)
