"""One deed of a person is one step: done whole or not at all, and taken back by one undo."""

from __future__ import annotations

import pytest

from app.actions import application, evidence, opening
from app.actions.undo import Undoing
from app.errors import Refused
from app.queries.plan import plan_page
from app.store.change_report import ChangeReport
from tests.actions.panel import Panel
from tests.grown import add_member


def edit(panel: Panel, role: str, must_have: tuple[str, ...]) -> ChangeReport:
    return opening.edit(
        panel.workspace,
        1,
        code="SR-2026-01",
        role=role,
        level="MLE3",
        seats=1,
        approved_on=None,
        approved_by=None,
        manager=None,
        must_have=must_have,
    )


def without_interviews(panel: Panel) -> None:
    with panel.workspace.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM interview")


def test_an_opening_and_its_must_haves_go_back_together(panel: Panel) -> None:
    without_interviews(panel)
    before, undoing = panel.tables(), Undoing()
    undoing.note(edit(panel, "Platform engineer", ("mlops",)))
    assert plan_page(panel.workspace, 1).plan.must_have == ("mlops",)
    assert undoing.next_undo == "edit of SR-2026-01"
    undoing.undo(panel.workspace)
    assert panel.tables() == before
    undoing.redo(panel.workspace)
    assert plan_page(panel.workspace, 1).plan.must_have == ("mlops",)


def test_must_haves_that_stay_keep_the_role_too(panel: Panel) -> None:
    before = panel.tables()
    with pytest.raises(Refused, match="must-haves stay"):
        edit(panel, "Platform engineer", ("mlops",))
    assert panel.tables() == before


def test_evidence_and_its_sharing_go_back_together(panel: Panel) -> None:
    member = add_member(panel.workspace, "Salma Petrov")
    fact = evidence.add(panel.workspace, member, evidence.NewEvidence("people", "Led a review.", None)).subject
    panel.clock.turn(minutes=5)
    before, undoing = panel.tables(), Undoing()
    undoing.note(evidence.edit(panel.workspace, fact, text="Led two reviews.", shared=True))
    assert panel.tables() != before
    undoing.undo(panel.workspace)
    assert panel.tables() == before
    with pytest.raises(Refused):
        evidence.edit(panel.workspace, fact, text=" ", shared=True)
    assert panel.tables() == before


def test_files_come_together_or_none_of_them(panel: Panel) -> None:
    before, undoing = panel.tables(), Undoing()
    with pytest.raises(Refused, match="is empty or larger"):
        application.attach_all(panel.workspace, panel.ada, [("Letter.txt", b"Dear all"), ("Empty.txt", b"")])
    assert panel.tables() == before
    undoing.note(application.attach_all(panel.workspace, panel.ada, [("A.txt", b"a"), ("B.txt", b"b")]))
    assert undoing.next_undo == "2 files"
    undoing.undo(panel.workspace)
    assert panel.tables() == before
