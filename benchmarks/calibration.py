"""The page of a calibration of 200 members by 10 dimensions: the real query against the same rows through sqlite3."""

from __future__ import annotations

import gc
import tempfile
import time
from datetime import date
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from app.actions import assessment, calibration, colleague, member, rubric
from app.actions.calibration import NewCalibration
from app.actions.member import NewMember
from app.domain.assessment import AssessedRating, EvidenceEntry
from app.exchange.packs import load_pack
from app.queries.calibration import calibration_view
from app.resources import packs
from app.store.create import create_workspace
from app.store.workspace import Workspace
from benchmarks.ratio import Ratio, measure

PAIRS, MEMBERS = 9, 200
RATERS = ("Ruth Amadi", "Tomasz Wieland", "Dana Whitlock")
DAYS = (date(2025, 9, 8), date(2026, 1, 20))
_ROWS = (
    "SELECT * FROM cycle WHERE id = ?",
    (
        "SELECT p.*, c.name FROM proposal p JOIN member m ON m.id = p.member_id "
        "JOIN colleague c ON c.id = m.colleague_id WHERE p.cycle_id = ?"
    ),
    "SELECT a.*, c.name FROM assessment a JOIN colleague c ON c.id = a.rater_id WHERE a.cycle_id = ?",
    "SELECT r.* FROM assessment_rating r JOIN assessment a ON a.id = r.assessment_id WHERE a.cycle_id = ?",
    "SELECT f.* FROM fact f JOIN assessment a ON a.id = f.assessment_id WHERE a.cycle_id = ?",
)


def page_of_200(_sample: Path) -> Ratio:
    """Everybody assessed by two raters on every dimension; the page judges them all, bare reads the same rows.

    As in a window, garbage is not looked for in the thread that reads.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder, "team"))
        row = _team(workspace)
        raw = driver.connect(workspace.path, isolation_level=None)

        def ours() -> float:
            start = time.perf_counter()
            assert len(calibration_view(workspace, row).members) == MEMBERS
            return (time.perf_counter() - start) * 1000

        def bare() -> float:
            start = time.perf_counter()
            for query in _ROWS:
                raw.execute(query, (row,)).fetchall()
            return (time.perf_counter() - start) * 1000

        gc.disable()
        found = measure("calibration, 200 by 10", "its rows through sqlite3", ours, bare, PAIRS)
        gc.enable()
        raw.close()
        workspace.close()
    return found


def _team(workspace: Workspace) -> int:
    for name in RATERS:
        colleague.add(workspace, name)
    rubric.adopt(workspace, load_pack(packs() / "ml-engineering-manager"))
    row = calibration.add(workspace, NewCalibration("Spring 2026", date(2025, 3, 12), date(2026, 3, 12))).subject
    people = [member.add(workspace, NewMember("MLE3", f"Member {n}", manager=1)).subject for n in range(MEMBERS)]
    for one in people:
        calibration.propose(workspace, row, one, "MLE4", (2, 3))
    guide = calibration_view(workspace, row).guide
    facts = tuple(EvidenceEntry(on, "A dated fact.") for on in DAYS)
    for rater in (2, 3):
        with workspace.acting(rater):
            for found in calibration_view(workspace, row).members:
                seat = next(s.assessment for s in found.seats if s.rater == rater)
                rated = [
                    AssessedRating(d, 2 + (found.member + n) % 3, facts=facts)
                    for n, d in enumerate(guide.dimension_ids)
                ]
                assessment.fill(workspace, seat, rated)
                assessment.submit(workspace, seat)
    return row
