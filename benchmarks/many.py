"""A workspace of many candidates: the sample's rows again and again, as years of hiring leave them.

Only what is read while one works is copied: the history knows nothing of the copies.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

from app.store.columns import table_of
from app.store.registry import ROWS

OPENINGS = ("opening", "stage", "plan", "plan_round", "plan_seat")
PEOPLE = (
    "candidate",
    "application",
    "closing",
    "stage_entry",
    "interview",
    "scorecard",
    "rating",
    "note",
    "observed_signal",
    "asked_question",
    "debrief",
    "debrief_walk",
    "second_vote",
    "second_score",
    "flag_resolution",
    "decision",
    "dissent",
    "approval",
    "offer",
    "offer_amount",
    "offer_term",
    "offer_event",
    "packet",
)
TEAM = (
    "colleague",
    "member",
    "level_spell",
    "proposal",
    "assessment",
    "assessment_rating",
    "growth_plan",
    "goal",
    "goal_action",
    "growth_talk",
    "onboarding_goal",
)
TOGETHER = 10  # copies that share an opening: some 170 candidates
OPEN = 20  # of so many copies one is still in the pipeline, the others were closed long ago


def multiply(path: Path, times: int, *, closed: bool = True, team: bool = False) -> None:
    """Let the file hold its candidates so many times; `team` its members too. `closed` as years leave them."""
    with closing(sqlite3.connect(path)) as file, file:
        size = {name: _size(file, name) for name in (*OPENINGS, *PEOPLE, *TEAM)}
        for copy in range(1, times):
            group = copy // TOGETHER if closed else copy
            shifts = {name: size[name] * (group if name in OPENINGS else copy) for name in size}
            if group and (not closed or copy % TOGETHER == 0):
                _copy(file, OPENINGS, size, shifts, {"code": f"code || '-{group}'"})
            long_ago = closed and copy % OPEN != 0
            _copy(file, PEOPLE, size, shifts, {"outcome": "'rejected'", "status": "'declined'"} if long_ago else {})
            if team:
                _copy(file, TEAM, size, shifts, {})
        file.execute("ANALYZE")


def _size(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').fetchone()[0])


def _copy(
    file: sqlite3.Connection,
    tables: Collection[str],
    size: Mapping[str, int],
    shifts: Mapping[str, int],
    instead: Mapping[str, str],
) -> None:
    """Copy the sample's own rows of these tables, with what they point to shifted where that is copied too."""
    for name in tables:
        columns = table_of(ROWS[name]).columns
        values = []
        for column in columns:
            to = name if column.name == "id" else next((k.column.table.name for k in column.foreign_keys), "")
            kept = to == "colleague" and name not in ("colleague", "member")
            shift = 0 if kept else shifts.get(to, 0)
            values.append(instead.get(column.name, f'"{column.name}" + {shift}' if shift else f'"{column.name}"'))
        names = ", ".join(f'"{column.name}"' for column in columns)
        file.execute(
            f'INSERT INTO "{name}" ({names}) SELECT {", ".join(values)} FROM "{name}" WHERE id < ?', (size[name],)
        )
