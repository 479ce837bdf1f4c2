"""What grows with the file: what is asked at each start and change, on files of very many candidates.

Ask one size at a time: `python -m benchmarks.growing 10000`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.actions import application
from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet
from app.queries.board import board
from app.queries.plain_lists import applications
from app.queries.scorecard import my_rounds
from app.queries.today import waiting, waiting_by_place
from app.store.workspace import Workspace, open_workspace
from benchmarks.many import multiply

IN_SAMPLE = 35  # candidates


def main(candidates: int) -> None:
    """A table of seconds for a file of so many candidates."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_sample(Path(folder, "sample"), print_hiring_packet)
        multiply(path, max(1, round(candidates / IN_SAMPLE)))
        workspace = open_workspace(path, window=True)
        try:
            for name, ask in _asked(workspace):
                ask()
                start = time.perf_counter()
                ask()
                print(f"| {candidates:,} | {name} | {time.perf_counter() - start:.3f} |", flush=True)
        finally:
            workspace.close()


def _asked(workspace: Workspace) -> list[tuple[str, Callable[[], object]]]:
    moved = next(int(str(a["id"])) for a in applications(workspace) if a["outcome"] == "active")

    def move() -> None:
        """What a moved card asks: the step, the board it lies on, and the badges."""
        for stage in (2, 3):
            application.move(workspace, moved, stage)
        board(workspace, 1)
        waiting_by_place(workspace)

    return [
        ("badges", partial(waiting_by_place, workspace)),
        ("today", partial(waiting, workspace)),
        ("board", partial(board, workspace, 1)),
        ("moving a card, until idle", move),
        ("interviews", partial(my_rounds, workspace)),
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]))
