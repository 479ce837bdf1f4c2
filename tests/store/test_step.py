"""What a step does to many rows at once, and which number a new row gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col

from app.domain.operations import Op
from app.errors import Refused
from app.store.columns import rows_of
from app.store.tables import Colleague
from app.store.workspace import Workspace
from tests.makers import new_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path)


def names(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.read() as connection:
        return [(row.name, row.role) for row in rows_of(connection, Colleague, order_by=[col(Colleague.id)])]


def test_copies_are_further_rows_and_differ_in_what_was_changed(workspace: Workspace) -> None:
    before = names(workspace)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        for name in ("Ada", "Ben", "Cleo"):
            step.add(Colleague, name=name, role="Engineer")
        step.copy_all(Colleague, col(Colleague.name).in_(["Ada", "Cleo"]), role="Manager")
    added = [("Ada", "Engineer"), ("Ben", "Engineer"), ("Cleo", "Engineer"), ("Ada", "Manager"), ("Cleo", "Manager")]
    assert names(workspace) == before + added
    assert [change.before for change in step.report().changes] == [None] * 5
    workspace.close()


def test_only_what_the_conditions_say_is_removed_and_each_row_is_reported(workspace: Workspace) -> None:
    before = names(workspace)
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        rows = [step.add(Colleague, name=name, role=role) for name, role in (("Ada", "A"), ("Ben", "A"), ("Ada", "B"))]
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.remove_all(Colleague, col(Colleague.name) == "Ada", col(Colleague.role) == "A")
    assert names(workspace) == [*before, ("Ben", "A"), ("Ada", "B")]
    assert [(change.row, change.after) for change in step.report().changes] == [(rows[0], None)]
    workspace.close()


def test_the_number_of_a_row_that_was_removed_is_not_given_again(workspace: Workspace) -> None:
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        told = step.next_number(Colleague)
        row = step.add(Colleague, name="Ada")
        step.remove(Colleague, row)
        assert told == row
        assert step.next_number(Colleague) == row + 1
    workspace.close()


def test_who_acts_is_needed_where_nobody_is_known(workspace: Workspace) -> None:
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.who = None
        with pytest.raises(Refused, match="does not know who you are"):
            _ = step.me
    workspace.close()
