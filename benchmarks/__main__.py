"""Every ratio in one go, as a table in Markdown."""

from __future__ import annotations

import compileall
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet
from benchmarks import calibration, keystroke, packet, starting
from benchmarks.ratio import HEAD, Ratio

ROOT = Path(__file__).resolve().parents[1]
RATIOS: tuple[Callable[[Path], Ratio], ...] = (
    starting.window,
    starting.page,
    keystroke.keystroke,
    packet.packet,
    calibration.page_of_200,
)


def main() -> None:
    """Compile first: without compiled files every start is two to three times slower, and that is not ours."""
    for folder in ("app", "benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        sample = make_sample(Path(folder, "sample"), print_hiring_packet)
        print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores\n")
        print(HEAD, flush=True)
        for ratio in RATIOS:
            print(ratio(sample).row(), flush=True)


if __name__ == "__main__":
    main()
