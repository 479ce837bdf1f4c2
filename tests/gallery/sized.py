"""Pictures of pages and papers scored by rubrics of five and of sixteen dimensions."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.actions import debrief
from app.desk.shell.session import Session
from app.store.workspace import Workspace
from tests.printing import make_hiring_packet, make_kit
from tests.sized import sized_workspace

SIZES = (5, 16)
PLACES: tuple[tuple[str, str, dict[str, int]], ...] = (
    ("pipeline", "pipeline", {}),
    ("application", "application", {"id": 1}),
    ("slate", "slate", {"opening": 1}),
    ("plan", "plan", {"opening": 1}),
    ("scorecard", "scorecard", {"card": 1}),
    ("debrief", "debrief", {"id": 1}),
    ("rubric", "rubric", {}),
)


def sized_papers(workspace: Workspace, size: int) -> list[tuple[str, bytes]]:
    """A hiring packet and a kit, by the name of their picture."""
    return [
        (f"packet-of-{size}", make_hiring_packet(workspace, 1).bytes),
        (f"kit-of-{size}", make_kit(workspace, 1)[0].bytes),
    ]


def sized_files(folder: Path) -> list[tuple[int, Path, list[tuple[str, bytes]]]]:
    """For each size a workspace whose panel has met, and its papers."""
    found = []
    for size in SIZES:
        workspace = sized_workspace(folder, size)
        debrief.start(workspace, 1)
        found.append((size, workspace.path, sized_papers(workspace, size)))
        workspace.close()
    return found


def sized_pages(session: Session, size: int, out: Path, look: str, text: int, settle: partial[None]) -> list[Path]:
    """Every page that shows a strip, as pictures."""
    made = []
    assert session.opened is not None
    for name, place, where in PLACES:
        session.opened.window.go(place, **where)
        settle()
        made.append(out / f"{name}-of-{size}-{look}-{text}.png")
        session.opened.window.grab().save(str(made[-1]))
    return made
