"""Decisions: by people, in writing, after the cards are open; and what every finished change leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.actions import application, candidate, colleague, decision, interview
from app.actions import settings as workspace_settings
from app.actions.decision import NewDecision
from app.domain.decision import Verdict
from app.domain.pipeline import Outcome
from app.errors import NotFound, NotYet, Refused
from app.store.change_report import ChangeReport
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, RUTH, Panel, hire

DATA = ("data", "system_design")


def rows(panel: Panel, query: str) -> list[tuple[object, ...]]:
    with panel.workspace.read() as connection:
        return [tuple(r) for r in connection.exec_driver_sql(query)]


def opened(panel: Panel) -> None:
    panel.bring_in(0)
    panel.open_early()


def test_no_decision_while_cards_are_sealed(panel: Panel) -> None:
    before = panel.tables()
    with pytest.raises(NotYet, match="not open yet"):
        decision.decide(
            panel.workspace,
            panel.ada,
            hire("MLE3", "I like her."),
        )
    assert panel.tables() == before
    panel.bring_in(0, 1, 2, 3, 4)
    with pytest.raises(NotYet):
        decision.decide(
            panel.workspace,
            panel.ada,
            hire("MLE3", "I like her."),
        )
    panel.bring_in(5)
    decision.decide(
        panel.workspace,
        panel.ada,
        hire("MLE3", "The evidence is there."),
    )


def test_nobody_without_interviews_is_decided(panel: Panel) -> None:
    with pytest.raises(NotYet):
        decision.decide(panel.workspace, panel.ben, NewDecision(Verdict.NO_HIRE, "MLE3", "No time."))


def test_a_decision_says_why_and_at_which_level(panel: Panel) -> None:
    opened(panel)
    with pytest.raises(Refused, match="needs its reason"):
        decision.decide(panel.workspace, panel.ada, hire("MLE3", " \n "))
    with pytest.raises(Refused, match="no level “X9”"):
        decision.decide(panel.workspace, panel.ada, hire("X9", "Clear."))
    assert rows(panel, "SELECT count(*) FROM decision") == [(0,)]


def test_a_second_decision_says_why_it_takes_the_place_of_the_first_which_stays(panel: Panel) -> None:
    opened(panel)
    decision.decide(
        panel.workspace,
        panel.ada,
        NewDecision(Verdict.HOLD, "MLE3", "One round is thin.", missing=DATA),
    )
    with pytest.raises(Refused, match="decided before"):
        decision.decide(
            panel.workspace,
            panel.ada,
            hire("MLE3", "Now clear."),
        )
    decision.decide(
        panel.workspace,
        panel.ada,
        NewDecision(
            Verdict.HIRE,
            "MLE4",
            "Now clear.",
            change_reason="The last card came in.",
            departure="One card says enough.",
        ),
    )
    assert rows(panel, "SELECT verdict, level, reason, change_reason FROM decision ORDER BY id") == [
        ("hold", "MLE3", "One round is thin.", ""),
        ("hire", "MLE4", "Now clear.", "The last card came in."),
    ]


def test_dissent_is_kept_by_name_and_in_words(panel: Panel) -> None:
    opened(panel)
    with pytest.raises(Refused, match="Omar Haddad’s dissent has no words"):
        decision.decide(
            panel.workspace,
            panel.ada,
            hire("MLE3", "Clear.", [(OMAR, " ")]),
        )
    with pytest.raises(NotFound):
        decision.decide(
            panel.workspace,
            panel.ada,
            hire("MLE3", "Clear.", [(99, "No.")]),
        )
    assert rows(panel, "SELECT count(*) FROM decision") == [(0,)]
    decision.decide(
        panel.workspace,
        panel.ada,
        hire("MLE3", "Clear.", [(OMAR, " Thin on data. ")]),
    )
    assert rows(panel, "SELECT colleague_id, text FROM dissent") == [(OMAR, "Thin on data.")]


def test_every_finished_change_is_one_row_of_history_by_me(panel: Panel) -> None:
    """Each action once; none of them is without a trace, and none leaves two."""
    panel.bring_in(0)
    before = len(panel.chain())
    done: tuple[Callable[[], ChangeReport], ...] = (
        lambda: candidate.edit(panel.workspace, 1, place="Oslo"),
        lambda: application.move(panel.workspace, panel.ada, 3),
        lambda: application.attach(panel.workspace, panel.ada, "Letter.txt", b"Dear all"),
        lambda: interview.edit(panel.workspace, panel.interviews[5], OMAR, None, 30, "Room 2"),
        lambda: colleague.edit(panel.workspace, LENA, "Lena Vogt", "lena@example.org", "Engineer"),
        lambda: workspace_settings.set_paper(panel.workspace, "Letter"),
        panel.open_early,
        lambda: decision.decide(panel.workspace, panel.ada, hire("MLE3", "Clear.")),
        lambda: application.close(panel.workspace, panel.ada, Outcome.HIRED),
    )
    for number, do in enumerate(done, start=1):
        do()
        assert len(panel.chain()) == before + number, panel.chain()[-2:]
    assert rows(panel, f"SELECT DISTINCT who FROM history WHERE number > {before}") == [(RUTH,)]
    assert check_workspace(panel.workspace) == []


def test_what_changes_nothing_leaves_no_trace(panel: Panel) -> None:
    candidate.edit(panel.workspace, 1, place="Oslo")
    before = panel.chain()
    candidate.edit(panel.workspace, 1, place="Oslo")
    application.move(panel.workspace, panel.ada, 1)
    assert panel.chain() == before


@pytest.mark.parametrize("what", ["interviewer", "interview", "level", "must-haves"])
def test_what_cards_rest_on_stays_once_they_are_begun(panel: Panel, what: str) -> None:
    from app.actions import opening

    panel.start(0)
    before = panel.tables()
    with pytest.raises(Refused):
        match what:
            case "interviewer":
                interview.edit(panel.workspace, panel.interviews[0], OMAR, None, 60, "")
            case "interview":
                interview.remove(panel.workspace, panel.interviews[0])
            case "level":
                opening.edit(
                    panel.workspace,
                    1,
                    code="SR-2026-01",
                    role="Engineer",
                    level="MLE5",
                    seats=1,
                    approved_on=None,
                    approved_by=None,
                    manager=None,
                )
            case _:
                opening.edit(
                    panel.workspace,
                    1,
                    code="SR-2026-01",
                    role="Engineer",
                    level="MLE3",
                    seats=1,
                    approved_on=None,
                    approved_by=None,
                    manager=None,
                    must_have=("mlops",),
                )
    assert panel.tables() == before
