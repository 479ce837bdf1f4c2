"""The window keeps its beat while a long table comes in, saving goes on meanwhile, and a person can stop it."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from app.actions import candidate
from app.desk.pages.people_import.page import PeopleImportPage
from app.queries.plain_lists import candidates
from tests.journeys.conftest import Sitting

BEAT_MS = 10
FRAME_MS = 16


class Beat:
    """A timer of 10 ms, and the times between its beats in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def stop(self) -> list[float]:
        """All gaps, the longest last."""
        self._timer.stop()
        return sorted(self.gaps)


def long_table(folder: Path, rows: int) -> Path:
    path = folder / "long.csv"
    lines = (
        f"Person {n} Ng,p{n}@example.org,+1 202 {n:07d},Acme {n % 99},Engineer,Oslo,Fair,ml;py,"
        f"2026-02-{n % 28 + 1:02d},{n}"
        for n in range(rows)
    )
    path.write_text("Name,Email,Phone,Company,Title,City,Source,Tags,Applied,Grade\n" + "\n".join(lines) + "\n")
    return path


def opened(sitting: Sitting, path: Path) -> PeopleImportPage:
    sitting.go("importcandidates", source=path, opening=1)
    page = sitting.window.page
    assert isinstance(page, PeopleImportPage)
    return page


def bring_with_a_beat(sitting: Sitting, path: Path, rows: int) -> tuple[list[float], list[float]]:
    """Import by the window; gives the gaps between beats, and how long each save beside it took, in milliseconds."""
    beat, saves = Beat(), []
    page = opened(sitting, path)
    workspace = page.desk.workspace
    before = len(candidates(workspace))

    def save(number: int = 0) -> None:
        began = time.perf_counter()

        def saved(_changed: object) -> None:
            saves.append((time.perf_counter() - began) * 1000)
            if sitting.window.page is page:
                QTimer.singleShot(100, partial(save, number + 1))

        page.desk.write(partial(candidate.edit, workspace, 1, place=f"Oslo {number}"), saved)

    save()
    sitting.qtbot.waitUntil(page.import_button.isEnabled, timeout=120_000)
    page.import_button.click()
    sitting.qtbot.waitUntil(lambda: sitting.window.page is not page, timeout=120_000)
    gaps = beat.stop()
    sitting.settle()
    assert len(candidates(workspace)) == before + rows
    return gaps, sorted(saves)


def test_the_window_keeps_its_beat_while_a_table_comes_in(sitting: Sitting, tmp_path: Path) -> None:
    gaps, saves = bring_with_a_beat(sitting, long_table(tmp_path, 3_000), 3_000)
    assert gaps[len(gaps) // 2] < FRAME_MS
    assert len(saves) > 1, "saving goes on meanwhile"


@pytest.mark.trial
def test_the_window_keeps_its_beat_while_fifty_thousand_come_in(sitting: Sitting, tmp_path: Path) -> None:
    gaps, saves = bring_with_a_beat(sitting, long_table(tmp_path, 50_000), 50_000)
    told = f"99 %: {gaps[len(gaps) * 99 // 100]:.0f} ms, longest: {gaps[-5:]}, saves: {saves[-3:]}"
    assert gaps[len(gaps) // 2] < FRAME_MS, told
    assert gaps[len(gaps) * 99 // 100] < 100, told
    assert gaps[-1] < 1000, told
    assert saves[-1] < 10_000, told


def test_an_import_can_be_stopped_while_it_is_read(sitting: Sitting, tmp_path: Path) -> None:
    page = opened(sitting, long_table(tmp_path, 3_000))
    before = len(candidates(page.desk.workspace))
    sitting.qtbot.waitUntil(page.import_button.isEnabled, timeout=60_000)
    page.import_button.click()
    page.job_bar.cancel.click()
    sitting.settle()
    assert sitting.window.page is page
    assert len(candidates(page.desk.workspace)) == before
    assert not page.job_bar.isVisible()
