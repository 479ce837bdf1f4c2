"""The sample workspace, made once for all who test the same sources: making it takes four seconds of a processor."""

from __future__ import annotations

import getpass
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet

ROOT = Path(__file__).resolve().parents[1]
MADE_OF = (
    "app/domain",
    "app/store",
    "app/actions",
    "app/queries",
    "app/exchange",
    "app/packets",
    "app/phrases/rubric.py",
    "app/words.py",
    "resources/sample",
    "resources/fonts",
    "rubrics",
)
KEPT = 5  # of other sources: other checkouts on this machine


def sample_in(folder: Path) -> Path:
    """A copy of the sample of these sources, in a folder that is there."""
    kept = Path(tempfile.gettempdir()) / f"tenfold-samples-{getpass.getuser()}"
    kept.mkdir(mode=0o700, exist_ok=True)
    made = kept / f"{_made_from()}.tenfold"
    with FileLock(kept / "lock"):
        if not made.exists():
            for old in sorted(kept.glob("*.tenfold"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
                old.unlink()
            make_sample(kept / f"making {made.name}", print_hiring_packet).replace(made)
        return Path(shutil.copy(made, folder / "sample.tenfold"))


def _made_from() -> str:
    """What makes the sample, as one hash."""
    found = hashlib.sha256(sys.version.encode())
    for name in MADE_OF:
        place = ROOT / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:32]
