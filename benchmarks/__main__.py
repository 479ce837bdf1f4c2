"""Every ratio in one go, as a table in Markdown."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet
from benchmarks import calibration, keystroke, large, packet, starting
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
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("--large", action="store_true", help="what a file of 100,000 candidates takes")
    asked.add_argument("--scale", type=float, default=1.0, help="of --large, a part of its size, for trying")
    chosen = asked.parse_args()
    for folder in ("app", "benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    if chosen.large:
        large.main(chosen.scale)
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = make_sample(Path(folder, "sample"), print_hiring_packet)
        print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores\n")
        print(HEAD, flush=True)
        for ratio in RATIOS:
            print(ratio(sample).row(), flush=True)


if __name__ == "__main__":
    main()
