"""A person creates a workspace, is refused a second window, restores a backup, and finds the file sound."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.desk.pages.rubric.page import RubricPage
from app.desk.parts.job_bar import JobPage
from app.desk.shell.workspace_file import make_new_file, make_sample_file
from app.resources import packs
from app.store.backup_folder import backups_of, list_backups
from app.store.check import check_file
from app.store.partial_files import data_folder
from tests.journeys.conftest import Sitting

Begin = Callable[[Path | None], Sitting]


def choose(sitting: Sitting, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog) and d.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    session = sitting.session
    sitting.qtbot.waitUntil(lambda: session.opened is None or session.opened.desk.is_open, timeout=20_000)
    sitting.settle()


def test_a_new_workspace_is_empty_and_has_the_rubrics_of_the_roles_chosen(begin: Begin, tmp_path: Path) -> None:
    sitting = begin(None)
    start = sitting.session._start
    assert start is not None
    sitting.click(start.new)
    assert not any(tick.isChecked() for tick in start.ticks.values()), "nothing is chosen for anybody"
    assert len(start.ticks) == len(list(packs().iterdir()))
    for role in ("site-reliability-engineer", "software-engineer-backend"):
        QTest.keyClick(start.ticks[role], Qt.Key.Key_Space)
    sitting.click(start.begin)
    choose(sitting, tmp_path / "mine.tenfold")
    assert (tmp_path / "mine.tenfold").exists()
    assert sitting.find(QPushButton, "Add an opening").isVisible()
    sitting.go("rubric")
    page = sitting.window.page
    assert isinstance(page, RubricPage)
    assert page._shown is not None
    assert [row.pack for row in page._shown.rows] == ["site-reliability-engineer", "software-engineer-backend"]
    sitting.go("interviews")
    assert sitting.find(QPushButton, "Go to the pipeline").isVisible()
    sitting.session.end()
    assert check_file(tmp_path / "mine.tenfold") == []
    left = {p.name for p in tmp_path.iterdir()}
    assert not any(name.endswith(("-wal", "-shm", ".lock")) for name in left), left


def test_a_second_window_is_refused(sitting: Sitting, begin: Begin) -> None:
    path = sitting.session.opened.desk.workspace.path  # type: ignore[union-attr]
    second = begin(path)
    start = second.session._start
    assert start is not None
    assert "open in another window" in start._sentence.text()
    assert second.session.opened is None


def test_backed_up_after_the_first_page_and_restored(sitting: Sitting) -> None:
    opened = sitting.session.opened
    assert opened is not None
    path, key = opened.desk.workspace.path, opened.desk.workspace.settings.key
    folder = backups_of(data_folder(), key)
    sitting.qtbot.waitUntil(lambda: len(list_backups(folder)) == 1, timeout=15_000)
    sitting.settle()
    sitting.go("pipeline")
    sitting.press("Alt+Right")
    opened.desk.restore(list_backups(folder)[0].path)
    sitting.qtbot.waitUntil(
        lambda: (
            sitting.session.opened is not opened
            and sitting.session.opened is not None
            and sitting.session.opened.desk.is_open
        ),
        timeout=20_000,
    )
    sitting.settle()
    with sitting.session.opened.desk.workspace.read() as connection:  # type: ignore[union-attr]
        moves = connection.exec_driver_sql("select count(*) from history where op = 'move application'").scalar_one()
    sitting.session.end()
    kept = list(path.parent.glob("* before *.tenfold"))
    assert len(kept) == 1
    assert check_file(path) == check_file(kept[0]) == []
    import sqlite3

    plain = sqlite3.connect(kept[0])
    later = plain.execute("select count(*) from history where op = 'move application'").fetchone()[0]
    plain.close()
    assert later == moves + 1


def test_the_sample_says_how_far_it_is(begin: Callable[..., Sitting], tmp_path: Path) -> None:
    sitting = begin(None)
    sitting.session.open(tmp_path / "tried", make_sample_file)
    page = sitting.window.findChild(JobPage)
    assert isinstance(page, JobPage)
    assert not page.bar.isVisible(), "nothing for a second"
    sitting.qtbot.waitUntil(lambda: page.bar.isVisible() and page.bar.bar.value() > 0, timeout=60_000)
    sitting.qtbot.waitUntil(lambda: sitting.session.opened.desk.is_open, timeout=120_000)  # type: ignore[union-attr]
    sitting.settle()
    assert sitting.window.place == "pipeline"
    assert sitting.window.findChild(JobPage) is None


def test_the_sample_is_given_up(begin: Callable[..., Sitting], tmp_path: Path) -> None:
    """Nothing of it stays, and the start window is back."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    sitting = begin(None)
    sitting.session.open(folder / "tried", make_sample_file)
    page = sitting.window.findChild(JobPage)
    assert isinstance(page, JobPage)
    sitting.qtbot.waitUntil(page.bar.isVisible, timeout=60_000)
    page.bar.cancel.click()
    sitting.qtbot.waitUntil(lambda: sitting.session.opened is None, timeout=60_000)
    assert list(folder.iterdir()) == []
    assert sitting.session._start is not None
    assert sitting.session._start.isVisible()


def test_a_workspace_that_was_left_is_not_kept_in_memory(
    begin: Callable[..., Sitting], sample_copy: Path, tmp_path: Path
) -> None:
    """What was shown of its cards goes with it, also what was frozen when it was opened."""
    sitting = begin(sample_copy)
    left = weakref.ref(sitting.session.opened.desk.workspace)  # type: ignore[union-attr]
    sitting.session.open_instead(tmp_path / "next", make_new_file)
    sitting.qtbot.waitUntil(lambda: sitting.session.opened.desk.is_open, timeout=60_000)  # type: ignore[union-attr]
    sitting.settle()
    gc.collect()
    assert left() is None
