"""From a key to a saved score: the real action against one commit of the same row through the same driver."""

from __future__ import annotations

import shutil
import tempfile
import time
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from app.actions import scorecard
from app.queries.plain_lists import scorecards
from app.store.workspace import open_workspace
from benchmarks.ratio import Ratio, measure

PAIRS = 300


def keystroke(sample: Path) -> Ratio:
    """Rate on the sample's draft card, open as in a window; bare updates and commits that row with the same pragmas."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(shutil.copy(sample, Path(folder, "ours.tenfold"))), window=True)
        raw = driver.connect(shutil.copy(sample, Path(folder, "bare.tenfold")), isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
            raw.execute(f"PRAGMA {pragma}").fetchall()
        card = next(c["id"] for c in scorecards(workspace) if c["state"] == "draft" and c.get("scores"))
        row, dimension = raw.execute(
            "SELECT id, dimension FROM rating WHERE scorecard_id = ? AND score IS NOT NULL LIMIT 1", (card,)
        ).fetchone()
        turn = count()

        def ours() -> float:
            score = 1 + next(turn) % 4
            start = time.perf_counter()
            scorecard.rate(workspace, card, dimension, score)
            return (time.perf_counter() - start) * 1000

        def bare() -> float:
            score = 1 + next(turn) % 4
            start = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("UPDATE rating SET score = ?, reason = NULL WHERE id = ?", (score, row))
            raw.execute("COMMIT")
            return (time.perf_counter() - start) * 1000

        found = measure("key to saved score", "UPDATE and COMMIT of that row", ours, bare, PAIRS)
        raw.close()
        workspace.close()
    return found
