"""The file of the open window is replaced, or looked at by a dialog: one is said loudly, one does no harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeView

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.desk.pages.pipeline.stage_list import StageView
from app.desk.parts.file_dialog import ask_folder, ask_open, ask_open_many, ask_save
from app.queries.plain_lists import candidates
from app.store.check import check_file
from app.store.workspace import read_workspace
from tests.journeys.conftest import Sitting


def test_replaced_while_open_is_said_and_the_rescued_file_opens(sitting: Sitting, tmp_path: Path) -> None:
    opened = sitting.session.opened
    assert opened is not None
    path = opened.desk.workspace.path
    shutil.copy(Path(__file__).parents[1] / "conftest.py", tmp_path / "incoming")
    opened.desk.write(lambda: candidate.add(opened.desk.workspace, NewCandidate(name="Ines Calder"), None))
    sitting.settle()
    (tmp_path / "incoming").replace(path)
    sitting.qtbot.waitUntil(lambda: opened.watch.dialog is not None, timeout=15_000)
    assert opened.window.sidebar._status.text() == "Not saved any more"
    assert "was put in the place of" in opened.window.notice.accessibleName()
    dialog = opened.watch.dialog
    assert dialog is not None
    sitting.click(dialog.action_button)
    sitting.qtbot.waitUntil(lambda: sitting.session.opened is not opened, timeout=15_000)
    again = sitting.session.opened
    assert again is not None
    sitting.qtbot.waitUntil(lambda: again.desk.is_open, timeout=15_000)
    sitting.settle()
    rescued = again.desk.workspace.path
    assert rescued.name == "search-ranking (rescued).tenfold"
    sitting.session.end()
    assert check_file(rescued) == []
    workspace = read_workspace(rescued)
    assert "Ines Calder" in [row["name"] for row in candidates(workspace)]
    workspace.close()
    assert path.read_bytes() == (Path(__file__).parents[1] / "conftest.py").read_bytes()
    assert not list(tmp_path.glob("*-wal"))


def test_deleted_while_open_and_only_noticed_at_the_end_is_said_in_the_start_window(
    sitting: Sitting, tmp_path: Path
) -> None:
    opened = sitting.session.opened
    assert opened is not None
    opened.watch.stop()
    opened.desk.workspace.path.unlink()
    opened.window.close()
    start = sitting.session._start
    assert start is not None
    assert start.isVisible()
    assert "was moved or deleted" in start._sentence.text()
    assert "(rescued)" in start._remedy.text()
    assert check_file(tmp_path / "search-ranking (rescued).tenfold") == []


def test_what_a_command_brings_in_is_shown(sitting: Sitting, tmp_path: Path) -> None:
    opened = sitting.session.opened
    assert opened is not None
    sitting.go("pipeline")
    table = tmp_path / "people.csv"
    table.write_text("name\nZoe Abernathy\n", "utf-8")
    path = opened.desk.workspace.path
    command = [sys.executable, "-m", "app", "import", str(path), "candidates", str(table), "--opening", "1"]
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True, capture_output=True)
    page = sitting.window.page
    assert page is not None

    def shown() -> list[str]:
        models = [view.model() for view in page.findChildren(StageView)]
        return [str(m.index(row, 0).data()) for m in models for row in range(m.rowCount())]

    sitting.qtbot.waitUntil(lambda: any("Zoe Abernathy" in words for words in shown()), timeout=15_000)


def locks(path: Path) -> int:
    """How many locks this process holds on the file and on what SQLite put beside it."""
    inodes = {str(p.stat().st_ino) for p in path.parent.glob(path.name + "*")}
    lines = Path("/proc/locks").read_text().splitlines()
    return sum(f" {os.getpid()} " in line and line.split()[5].rpartition(":")[2] in inodes for line in lines)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc/locks is Linux's")
@pytest.mark.parametrize("ask", [ask_open, ask_open_many, ask_folder, ask_save])
def test_a_file_dialog_on_its_folder_drops_no_lock(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ask: Callable[..., None]
) -> None:
    opened = sitting.session.opened
    assert opened is not None
    path = opened.desk.workspace.path
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "no ending").hardlink_to(path)
    held = locks(path)
    assert held >= 2
    window = opened.window
    if ask is ask_folder:
        ask(window, "A folder", lambda _path: None)
    elif ask is ask_save:
        ask(window, "Save", "packet.pdf", lambda _path: None)
    else:
        ask(window, "Open", "All (*)", lambda _path: None)
    dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog) and d.isVisible())
    shown = dialog.findChild(QTreeView)
    assert shown is not None
    sitting.qtbot.waitUntil(lambda: shown.model().rowCount(shown.rootIndex()) >= 1, timeout=15_000)
    for column in range(shown.model().columnCount()):  # the kind of each file is asked for where it is shown
        for row in range(shown.model().rowCount(shown.rootIndex())):
            shown.model().index(row, column, shown.rootIndex()).data()
    dialog.grab()
    assert locks(path) == held
    dialog.reject()
    sitting.qtbot.waitUntil(lambda: dialog not in QApplication.topLevelWidgets() or not dialog.isVisible())
    sitting.settle()
    assert locks(path) == held
    (tmp_path / "no ending").unlink()
