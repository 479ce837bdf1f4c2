"""What waits: a kit that is out, whose interview was held, waits for its form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import interview
from app.packets.printables import KIT, hand_out
from app.queries.today import WaitKind, waiting
from tests.actions.panel import OMAR, Panel


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def forms(panel: Panel) -> list[tuple[str, str]]:
    return [(w.about, w.who) for w in waiting(panel.workspace) if w.kind is WaitKind.FORM]


def test_a_form_waits_from_its_interview_to_its_card(panel: Panel) -> None:
    row = panel.interviews[1]
    interview.edit(panel.workspace, row, OMAR, panel.clock.moment + timedelta(hours=1), 60, "")
    made = KIT.print(panel.workspace, row)
    assert forms(panel) == []
    hand_out(panel.workspace, made, None)
    assert forms(panel) == [], "the interview is still ahead"
    panel.clock.turn(days=2)
    assert forms(panel) == [("Ada Lind", "Omar Haddad")]
    panel.bring_in(1)
    assert forms(panel) == []
