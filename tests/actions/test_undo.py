"""Undo and redo: every row comes back exactly, or it says why not."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import application, candidate, colleague, decision, interview, opening, scorecard
from app.actions import settings as workspace_settings
from app.actions.candidate import NewCandidate
from app.actions.candidate_import import import_all
from app.actions.undo import Undoing
from app.domain.pipeline import Outcome
from app.domain.scorecard import Overall
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.actions.panel import LENA, OMAR, Panel, hire

Do = Callable[[Panel, int], ChangeReport | None]
WHEN = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
DIMENSIONS = ("systems_design", "mlops", "software", "governance")
DOABLE: tuple[Do, ...] = (
    lambda p, n: candidate.add(p.workspace, NewCandidate(f"Person {n}", f"p{n}@example.org"), 1),
    lambda p, n: candidate.edit(p.workspace, 1 + n % 3, place=f"Town {n}"),
    lambda p, n: candidate.edit(p.workspace, 1 + n % 2, typing=True, phone=f"+47 {n}"),
    lambda p, n: candidate.edit(p.workspace, 1, kept_until=date(2027, 1, 1 + n)),
    lambda p, n: import_all(p.workspace, [NewCandidate(f"Import {i}") for i in range(n % 4)], 1).changed,
    lambda p, n: application.add(p.workspace, 1 + n % 4, 1),
    lambda p, n: application.move(p.workspace, 1 + n % 2, 1 + n % 6),
    lambda p, n: application.close(p.workspace, 1 + n % 2, Outcome.REJECTED, f"Reason {n}"),
    lambda p, n: application.reopen(p.workspace, 1 + n % 2),
    lambda p, n: application.attach(p.workspace, 1, f"File {n}.txt", f"words {n % 2}".encode()),
    lambda p, n: application.detach(p.workspace, 1 + n % 3),
    lambda p, n: interview.add(p.workspace, p.ben, 1 + n % 6, 1 + n % 3, WHEN),
    lambda p, n: interview.edit(p.workspace, 1 + n % 7, 1 + n % 3, WHEN, 30 + n, f"Room {n}"),
    lambda p, n: interview.remove(p.workspace, 1 + n % 8),
    lambda p, n: colleague.add(p.workspace, f"Colleague {n}"),
    lambda p, n: colleague.edit(p.workspace, 1 + n % 4, f"Named {n}", "", ""),
    lambda p, n: colleague.remove(p.workspace, 1 + n % 5),
    lambda p, n: opening.edit(
        p.workspace,
        1,
        code=f"SR-{n}",
        role="Engineer",
        level="MLE3",
        seats=1 + n,
        approved_on=None,
        approved_by=None,
        manager=None,
    ),
    lambda p, n: workspace_settings.set_paper(p.workspace, ("A4", "Letter")[n % 2]),
    lambda p, n: workspace_settings.set_time_zone(p.workspace, ("Europe/Paris", "UTC")[n % 2]),
    lambda p, n: scorecard.start(p.workspace, p.interviews[0]),
    lambda p, n: scorecard.rate(p.workspace, 1, DIMENSIONS[n % 4], 1 + n % 3),
    lambda p, n: scorecard.not_assessed(p.workspace, 1, DIMENSIONS[n % 4], "ran_out_of_time"),
    lambda p, n: scorecard.clear(p.workspace, 1, DIMENSIONS[n % 4]),
    lambda p, n: scorecard.note(p.workspace, 1, f"Line {n}", (None, *DIMENSIONS)[n % 5]),
    lambda p, n: scorecard.edit_note(p.workspace, 1 + n % 3, ("", f"Other words {n}")[n % 2]),
    lambda p, n: scorecard.use_note(p.workspace, 1 + n % 3, (None, *DIMENSIONS)[n % 5]),
    lambda p, n: scorecard.observe(p.workspace, 1, "systems_design", ("s1", "w1", "r4")[n % 3], seen=n % 2 == 0),
    lambda p, n: scorecard.ask(p.workspace, 1, "q_sd1", asked=n % 2 == 0),
    lambda p, n: scorecard.vote(p.workspace, 1, (None, Overall.HIRE)[n % 2]),
    lambda p, n: scorecard.discard(p.workspace, 1),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DOABLE), st.integers(0, 9)), min_size=1, max_size=18))
def test_any_work_goes_back_row_by_row_and_forth_again(work: list[tuple[Do, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        panel, undoing = Panel(Path(folder)), Undoing()
        scorecard.note(panel.workspace, panel.start(), "The first line.")
        application.attach(panel.workspace, panel.ada, "Letter.txt", b"Dear all")
        states = [panel.tables()]
        for do, number in work:
            panel.clock.turn(seconds=61)
            with contextlib.suppress(Refused):
                changed = do(panel, number)
                if changed is not None and changed.undoable:
                    undoing.note(changed)
                    states.append(panel.tables())
        for state in reversed(states[:-1]):
            undoing.undo(panel.workspace)
            assert panel.tables() == state
        assert undoing.next_undo is None
        for state in states[1:]:
            undoing.redo(panel.workspace)
            assert panel.tables() == state
        assert undoing.next_redo is None
        panel.workspace.finish_typing()
        assert check_workspace(panel.workspace) == []
        panel.workspace.close()


def noted(undoing: Undoing, changed: ChangeReport) -> ChangeReport:
    undoing.note(changed)
    return changed


def place(workspace: Workspace) -> object:
    with workspace.read() as connection:
        return connection.exec_driver_sql("SELECT place FROM candidate WHERE id = 1").scalar()


def test_nothing_to_undo_or_redo_says_so(panel: Panel) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        Undoing().undo(panel.workspace)
    with pytest.raises(Refused, match="nothing to redo"):
        Undoing().redo(panel.workspace)


def test_it_says_what_it_would_take_back(panel: Panel) -> None:
    undoing = Undoing()
    noted(undoing, application.move(panel.workspace, panel.ada, 2))
    assert undoing.next_undo == "Ada Lind to Screen"
    undoing.undo(panel.workspace)
    assert undoing.next_undo is None
    assert undoing.next_redo == "Ada Lind to Screen"


def test_a_row_that_moved_on_is_not_taken_back(panel: Panel) -> None:
    undoing = Undoing()
    noted(undoing, candidate.edit(panel.workspace, 1, place="Oslo"))
    candidate.edit(panel.workspace, 1, place="Bergen")  # by a command beside the window
    before = panel.tables()
    with pytest.raises(Refused, match="was changed again since"):
        undoing.undo(panel.workspace)
    assert panel.tables() == before
    assert undoing.next_undo is None, "it would block every older step"


def test_all_of_a_step_goes_back_or_none_of_it(panel: Panel) -> None:
    undoing = Undoing()
    done = import_all(panel.workspace, [NewCandidate("Ingrid Vale"), NewCandidate("Otto Brandt")], 1)
    assert done.changed is not None
    undoing.note(done.changed)
    candidate.edit(panel.workspace, done.added[0], place="Oslo")
    before = panel.tables()
    with pytest.raises(Refused):
        undoing.undo(panel.workspace)
    assert panel.tables() == before


def test_new_work_ends_what_could_be_redone(panel: Panel) -> None:
    undoing = Undoing()
    noted(undoing, candidate.edit(panel.workspace, 1, place="Oslo"))
    undoing.undo(panel.workspace)
    noted(undoing, candidate.edit(panel.workspace, 1, phone="+47 1"))
    with pytest.raises(Refused, match="nothing to redo"):
        undoing.redo(panel.workspace)


@pytest.mark.parametrize(("seconds", "steps"), [(0, 1), (59, 1), (60, 2), (3600, 2)])
def test_what_follows_within_a_minute_is_one_step(panel: Panel, seconds: int, steps: int) -> None:
    undoing = Undoing()
    candidate.edit(panel.workspace, 1, place="Start")
    noted(undoing, candidate.edit(panel.workspace, 1, place="Os"))
    panel.clock.turn(seconds=seconds)
    noted(undoing, candidate.edit(panel.workspace, 1, place="Oslo"))
    undoing.undo(panel.workspace)
    assert place(panel.workspace) == ("Start" if steps == 1 else "Os")


def test_other_fields_and_other_people_are_other_steps(panel: Panel) -> None:
    undoing = Undoing()
    noted(undoing, candidate.edit(panel.workspace, 1, place="Oslo"))
    noted(undoing, candidate.edit(panel.workspace, 1, phone="+47 1"))
    noted(undoing, candidate.edit(panel.workspace, 2, phone="+47 1"))
    for _ in range(3):
        undoing.undo(panel.workspace)
    assert undoing.next_undo is None


def test_undo_is_in_the_history_as_a_step_of_its_own(panel: Panel) -> None:
    undoing = Undoing()
    noted(undoing, application.move(panel.workspace, panel.ada, 2))
    before = panel.chain()
    undoing.undo(panel.workspace)
    undoing.redo(panel.workspace)
    after = panel.chain()
    assert after[: len(before)] == before
    assert [op for op, _ in after[len(before) :]] == ["undo", "redo"]


def test_what_was_declared_is_never_undone(panel: Panel) -> None:
    undoing = Undoing()
    card = panel.start()
    panel.fill(card)
    undoing.note(panel.submit(card))
    undoing.note(panel.open_early())
    undoing.note(decision.decide(panel.workspace, panel.ada, hire("MLE3", "Clear.")))
    assert undoing.next_undo is None


def test_a_draft_cannot_be_unwound_once_it_is_in(panel: Panel) -> None:
    undoing = Undoing()
    card = panel.start()
    panel.fill(card)
    noted(undoing, scorecard.rate(panel.workspace, card, "mlops", 4))
    panel.submit(card)
    before = panel.tables()
    with pytest.raises(Refused, match="submitted and can’t be changed"):
        undoing.undo(panel.workspace)
    assert panel.tables() == before


def test_nor_can_it_be_redone(panel: Panel) -> None:
    undoing = Undoing()
    card = panel.start()
    panel.fill(card)
    noted(undoing, scorecard.rate(panel.workspace, card, "mlops", 4))
    undoing.undo(panel.workspace)
    panel.submit(card)
    before = panel.tables()
    with pytest.raises(Refused, match="submitted"):
        undoing.redo(panel.workspace)
    assert panel.tables() == before


def test_undoing_a_draft_leaves_no_trace_in_the_history(panel: Panel) -> None:
    undoing = Undoing()
    before = panel.chain()
    noted(undoing, scorecard.start(panel.workspace, panel.interviews[0]))
    noted(undoing, scorecard.note(panel.workspace, 1, "Unkind."))
    undoing.undo(panel.workspace)
    undoing.undo(panel.workspace)
    assert panel.chain() == before


def test_a_colleague_who_became_needed_stays(panel: Panel) -> None:
    """Undoing their arrival would leave an interview without its interviewer."""
    undoing = Undoing()
    new = noted(undoing, colleague.add(panel.workspace, "Iris Berg")).subject
    interview.add(panel.workspace, panel.ben, 1, new)
    before = panel.tables()
    with pytest.raises(Refused):
        undoing.undo(panel.workspace)
    assert panel.tables() == before
    assert {OMAR, LENA} < {int(str(r[0])) for r in before["colleague"]}
