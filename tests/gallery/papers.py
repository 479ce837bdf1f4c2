"""Every packet and chart of the gallery, its pages as pictures where pdftoppm is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

from app.charts.bars import time_to_fill_chart
from app.charts.hire_outcome import pairs_of_scores
from app.charts.style import ChartLook, Frame, png
from app.domain.durations import End, SeatWait, time_to_fill
from app.exchange.quarantine import Quarantine
from app.queries.kit import kit_rows
from app.queries.plain_lists import applications, candidates
from app.store.workspace import Workspace, read_workspace
from tests.printing import (
    make_form,
    make_growth_packet,
    make_guide,
    make_hiring_packet,
    make_kit,
    make_minutes,
    make_offer_packet,
    make_promotion_packet,
)


def drawn(path: Path, content: bytes) -> Path:
    """Written, and its pages as PNG beside it."""
    path.write_bytes(content)
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "80", "-png", str(path), str(path.with_suffix(""))], check=True)
    return path


def packets(sample: Path, out: Path) -> list[Path]:
    """The packets of a decided and an undecided application; their pages as PNG where pdftoppm is there."""
    workspace = read_workspace(sample)
    named = {c["id"]: c["name"] for c in candidates(workspace)}
    made = []
    for row in applications(workspace):
        name = named[row["candidate"]]
        if name not in ("Ines Halvorsen", "Teo Valdez", "Wen Castellanos") or not row["cards_in"]:
            continue
        packets = [("packet", make_hiring_packet)] + [("offer", make_offer_packet)] * (name == "Wen Castellanos")
        made += [
            drawn(out / f"{kind}-{name.split()[-1].lower()}.pdf", make(workspace, row["id"]).bytes)
            for kind, make in packets
        ]
    made.append(drawn(out / "leveling-guide.pdf", make_guide(workspace, 1).bytes))
    made += kits(workspace, out) + levels(workspace, out)
    workspace.close()
    return made


def kits(workspace: Workspace, out: Path) -> list[Path]:
    """A kit of two dimensions and one of four, each page as a picture with its fields drawn."""
    made = []
    rows = kit_rows(workspace)
    for position in (6, 2):
        kit, _ = make_kit(workspace, next(r.interview for r in rows if r.position == position))
        made.append(out / f"kit-{position}.pdf")
        made[-1].write_bytes(kit.bytes)
        with Quarantine() as quarantine:
            for number in range(kit.pages):
                drawn = quarantine.picture(kit.bytes, number)
                row = drawn.width * 3
                image = QImage(drawn.pixels, drawn.width, drawn.height, row, QImage.Format.Format_RGB888)
                made.append(out / f"kit-{position}-{number + 1}.png")
                image.save(str(made[-1]))
    return made


def levels(workspace: Workspace, out: Path) -> list[Path]:
    """A promotion packet, the minutes, an assessment form."""
    made = []
    for name, packet in (
        ("promotion-mbeki", make_promotion_packet(workspace, 3)),
        ("promotion-petrov", make_promotion_packet(workspace, 5)),
        ("minutes", make_minutes(workspace, 2)),
        ("assessment-form", make_form(workspace, 7)[0]),
    ):
        made.append(out / f"{name}.pdf")
        made[-1].write_bytes(packet.bytes)
        if shutil.which("pdftoppm"):
            subprocess.run(["pdftoppm", "-r", "80", "-png", str(made[-1]), str(made[-1].with_suffix(""))], check=True)
    return made


def charts(out: Path, looks: Sequence[tuple[str, int]]) -> list[Path]:
    """Charts of figures the sample is too young for."""
    seats = [
        SeatWait(30 + 37 * n % 120, End.FILLED, f"SR-2025-{n:02}", date(2025, 3, 10) + timedelta(days=29 * n))
        for n in range(12)
    ]
    seats += [
        SeatWait(59, End.OPEN, "SR-2026-01", date(2026, 3, 12)),
        SeatWait(80, End.CANCELLED, "SR-X", date(2025, 9, 1)),
    ]
    made = []
    for look, size in looks:
        frame = Frame(
            "Days from approval to accepted offer",
            "n = 14 seats",
            "Time to fill",
            900,
            ChartLook(look == "dark", size / 100),
        )
        path = out / f"chart-time-to-fill-{look}-{size}.png"
        path.write_bytes(png(time_to_fill_chart(frame, seats, time_to_fill(seats)), 1))
        made.append(path)
        pairs = [(n % 3 + 2, min(4, max(1, n % 3 + 2 + (n // 3) % 3 - 1))) for n in range(60)]
        words = "Interview score and later score on the same dimension"
        frame = Frame(words, "n = 60 pairs of 6 people", "Hire to outcome", 760, frame.look)
        path = out / f"chart-hire-to-outcome-{look}-{size}.png"
        path.write_bytes(png(pairs_of_scores(frame, pairs), 1))
        made.append(path)
    return made


def growth_packet(sample: Path, planned: int, out: Path) -> list[Path]:
    """The growth packet, and its pages as PNG where pdftoppm is there."""
    workspace = read_workspace(sample)
    path = out / "packet-growth.pdf"
    path.write_bytes(make_growth_packet(workspace, planned).bytes)
    workspace.close()
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "80", "-png", str(path), str(path.with_suffix(""))], check=True)
    return [path]
