"""Plain lists of the second half, for the command line: members and calibrations."""

from __future__ import annotations

from app.queries.calibration import calibration_rows, calibration_view
from app.queries.lists import Entry
from app.queries.team import team_page
from app.store.workspace import Workspace


def members(workspace: Workspace) -> list[Entry]:
    """Members, oldest first, with their latest scores as one may see them."""
    found: list[Entry] = []
    for row in sorted(team_page(workspace).members, key=lambda m: m.id):
        latest = row.latest
        found.append(
            {
                "id": row.id,
                "name": row.name,
                "colleague": row.colleague,
                "level": row.level,
                "level_since": _day(row.level_since),
                "manager": row.manager,
                "started_on": _day(row.started_on),
                "left_on": _day(row.left_on),
                "application": row.application,
                "against": latest.level if latest is not None else None,
                "outcome": (latest.outcome or None) if latest is not None else None,
                "readiness": str(latest.word) if latest is not None and latest.word is not None else None,
                "scores": {c.dimension: c.score for c in latest.cells if c.score is not None} if latest else {},
            }
        )
    return found


def cycles(workspace: Workspace) -> list[Entry]:
    """Calibrations, oldest first: how they stand, who is in them, what is still due."""
    found: list[Entry] = []
    for row in reversed(calibration_rows(workspace)):
        page = calibration_view(workspace, row.id)
        found.append(
            {
                "id": row.id,
                "name": row.name,
                "state": str(row.state),
                "guide": page.guide_version,
                "window_from": _day(page.window_from),
                "window_to": _day(page.window_to),
                "due": row.due,
                "begun": page.begun,
                "members": [
                    {
                        "member": m.member,
                        "name": m.name,
                        "level": m.level,
                        "target": m.target,
                        "assessments_in": m.sealing.cards_in,
                        "assessments_asked": m.sealing.cards_planned,
                        "readiness": str(m.judged.verdict.word) if m.judged is not None else None,
                        "outcome": m.outcome.outcome if m.outcome is not None else None,
                    }
                    for m in page.members
                ],
            }
        )
    return found


def _day(value: object) -> str | None:
    return None if value is None else str(value)
