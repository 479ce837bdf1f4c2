"""A field of a person's words has a length; what the program composes has not."""

from pathlib import Path

import pytest

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.domain.operations import Op
from app.domain.value import LONGEST_TEXT
from app.errors import Refused
from app.store.check import check_workspace
from app.store.tables import Candidate, Colleague
from app.store.tables_panel import PlanTemplate
from tests.makers import new_workspace


def test_a_text_that_is_too_long_is_refused_with_its_length_and_nothing_is_written(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with pytest.raises(Refused, match="30001 characters; a field takes 30000"):
        candidate.add(workspace, NewCandidate("x" * (LONGEST_TEXT + 1)))
    added = candidate.add(workspace, NewCandidate("名" * LONGEST_TEXT)).subject
    with pytest.raises(Refused, match="a field takes"), workspace.step(Op.EDIT_CANDIDATE, typing=True) as step:
        step.edit(Candidate, added, place="x" * (LONGEST_TEXT + 1))
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        step.add(Colleague, name="Ruth")
        step.add(PlanTemplate, name="Long", content="x" * 100_000, kept_at=step.at)
    assert check_workspace(workspace) == []
    workspace.close()
