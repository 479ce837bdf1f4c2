"""Voluntary answers: given, replaced and removed, each undone as one step, and never in the words of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import candidate, demographic
from app.actions.candidate import NewCandidate
from app.actions.demographic import VoluntaryAnswer
from app.actions.merge import Merge, merge
from app.actions.undo import apply_inverse
from app.domain.operations import Op
from app.errors import Refused
from app.queries.voluntary import voluntary_answers
from app.store.workspace import Workspace
from tests.makers import new_workspace

ON = date(2026, 3, 2)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path)
    for name in ("Ada Lind", "Ben Okoro"):
        candidate.add(made, NewCandidate(name), None)
    yield made
    made.close()


def held(workspace: Workspace, who: int = 1) -> list[tuple[str, str]]:
    with workspace.read() as connection:
        query = "SELECT question, answer FROM demographic WHERE candidate_id = ? ORDER BY question"
        return [(q, a) for q, a in connection.exec_driver_sql(query, (who,))]


def test_an_answer_is_given_replaced_removed_and_each_is_undone(workspace: Workspace) -> None:
    first = demographic.give(workspace, 1, VoluntaryAnswer("Gender", "  a woman ", ON))
    assert held(workspace) == [("Gender", "a woman")]
    again = demographic.give(workspace, 1, VoluntaryAnswer("gender", "not said", ON))
    assert held(workspace) == [("Gender", "not said")], "one answer to a question, however it is spelled"
    apply_inverse(workspace, again, Op.UNDO)
    assert held(workspace) == [("Gender", "a woman")]
    number = voluntary_answers(workspace, 1).given[0][0]
    gone = demographic.take_out(workspace, number)
    assert held(workspace) == []
    apply_inverse(workspace, gone, Op.UNDO)
    assert held(workspace) == [("Gender", "a woman")]
    for done in (first, again, gone):
        assert "woman" not in done.words
        assert "ender" not in done.words


def test_a_question_is_spelled_as_it_was_first(workspace: Workspace) -> None:
    demographic.give(workspace, 1, VoluntaryAnswer("Gender", "a woman", ON))
    demographic.give(workspace, 2, VoluntaryAnswer("GENDER", "a man", ON))
    assert held(workspace, 2) == [("Gender", "a man")]
    assert voluntary_answers(workspace, 2).questions == ("Gender",)


def test_what_is_known_of_an_answer_is_its_day(workspace: Workspace) -> None:
    demographic.give(workspace, 1, VoluntaryAnswer("Gender", "a woman", ON))
    ((_, question, given_on),) = voluntary_answers(workspace, 1).given
    assert (question, given_on) == ("Gender", ON)
    assert "woman" not in repr(voluntary_answers(workspace, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        VoluntaryAnswer(" ", "a woman", ON),
        VoluntaryAnswer("Gender", "", ON),
        VoluntaryAnswer("Gender", "a woman", ON + timedelta(days=100)),
    ],
)
def test_what_says_nothing_is_refused(workspace: Workspace, wrong: VoluntaryAnswer) -> None:
    with pytest.raises(Refused):
        demographic.give(workspace, 1, wrong)
    assert held(workspace) == []


def test_answers_follow_a_person_who_was_there_twice(workspace: Workspace) -> None:
    demographic.give(workspace, 2, VoluntaryAnswer("Gender", "a man", ON))
    merge(workspace, Merge(1, 2, frozenset(), frozenset()))
    assert held(workspace, 1) == [("Gender", "a man")]
