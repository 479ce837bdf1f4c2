"""How long each report takes to be worked out and drawn, on files of very many candidates.

Ask one size at a time: `python -m benchmarks.reports 100000 [FILE]`; with a file that is there, that one is asked.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from app.domain.report_filter import ReportFilter
from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet
from app.packets.reports.table import REPORTS
from app.store.workspace import open_workspace
from benchmarks.growing import IN_SAMPLE
from benchmarks.many import multiply


def main(candidates: int, kept: Path | None = None) -> None:
    """A table of seconds: read and worked out, then drawn, and the same for one opening."""
    with tempfile.TemporaryDirectory() as folder:
        path = kept or Path(folder, "sample.tenfold")
        if not path.exists():
            make_sample(path, print_hiring_packet)
            multiply(path, max(1, round(candidates / IN_SAMPLE)))
        workspace = open_workspace(path, window=True)
        try:
            for kind in REPORTS.values():
                times = []
                for asked in (ReportFilter(), ReportFilter(opening=1)):
                    start = time.perf_counter()
                    made = kind.shown(workspace, asked).report
                    read = time.perf_counter()
                    if made is not None:
                        made.as_png()
                    times += [read - start, time.perf_counter() - read]
                print(f"| {kind.name} | " + " | ".join(f"{t:.2f}" for t in times) + " |", flush=True)
        finally:
            workspace.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
