"""A person exports everything, makes a workspace of it in the start window, and takes the tables along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QFileDialog

from app.desk.pages.settings.page import SettingsPage
from app.desk.parts.job_bar import JobPage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.desk.shell.workspace_file import make_from_export
from app.exchange.tables_folder import README
from app.store.check import check_file
from tests.journeys.conftest import Sitting
from tests.whole import every_row, exported


def choose(sitting: Sitting, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, QFileDialog) and d.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    sitting.settle()


def settings(sitting: Sitting) -> SettingsPage:
    sitting.go("settings")
    found = sitting.window.page
    assert isinstance(found, SettingsPage)
    return found


def test_everything_leaves_and_comes_back_from_the_start_window(
    sitting: Sitting, begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    page = settings(sitting)
    path = page.desk.workspace.path
    before = every_row(path)
    source, place = tmp_path / "all.jsonl", tmp_path / "again.tenfold"
    sitting.click(page.export.everything)
    asked = next(d for d in QApplication.topLevelWidgets() if isinstance(d, Confirm) and d.isVisible())
    assert any("everybody’s private notes" in text.text() for text in asked.findChildren(Text))
    sitting.click(asked.action_button)
    assert not source.exists()
    choose(sitting, source)
    sitting.qtbot.waitUntil(source.exists, timeout=20_000)
    sitting.settle()
    assert source.stat().st_mode & 0o777 == 0o600
    assert not page.export.bar.busy
    assert last_op(path) == "copy file", "the record comes after what is exported"
    sitting.session.end()
    later = begin(None)
    start = later.session._start
    assert start is not None
    later.click(start.export)
    choose(later, source)
    choose(later, place)
    later.qtbot.waitUntil(
        lambda: later.session.opened is not None and later.session.opened.desk.is_open, timeout=20_000
    )
    later.settle()
    later.go("candidate", id=24)
    assert any(text.text() == "Noor Salimi" for text in later.window.findChildren(Text) if text.isVisible())
    later.session.end()
    assert check_file(place) == []
    after = every_row(place)
    assert {table: after[table] for table in KEPT} == {table: before[table] for table in KEPT}


KEPT = ("candidate", "application", "scorecard", "rating", "note", "candidate_note", "blob", "salt", "own_note")


def last_op(path: Path) -> object:
    return max((dict(row) for row in every_row(path)["history"]), key=lambda row: int(row["number"]))["op"]


def test_what_is_no_export_is_refused_in_the_start_window(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    source = tmp_path / "other.json"
    source.write_text('{"name": "something else"}\n')
    sitting = begin(None)
    start = sitting.session._start
    assert start is not None
    sitting.click(start.export)
    choose(sitting, source)
    choose(sitting, tmp_path / "new.tenfold")
    sitting.qtbot.waitUntil(lambda: sitting.session.opened is None, timeout=20_000)
    assert "it does not say that it is Tenfold’s export of everything" in start._sentence.text()
    assert not (tmp_path / "new.tenfold").exists()


def test_the_tables_go_into_a_folder_of_their_own_and_into_a_workbook(sitting: Sitting, tmp_path: Path) -> None:
    page = settings(sitting)
    sitting.click(page.export.folder)
    choose(sitting, tmp_path)
    (made,) = [path for path in tmp_path.iterdir() if path.name.startswith("search-ranking tables")]
    assert (made / README).exists()
    assert "Left out, because they are sealed to you: 19 scorecards." in page.export.bar.words.text()
    assert page.export.bar.open.isVisible()
    sitting.click(page.export.workbook)
    choose(sitting, tmp_path / "all.xlsx")
    book = load_workbook(tmp_path / "all.xlsx", read_only=True)
    assert "applications" in book.sheetnames
    book.close()


def test_given_up_nothing_of_it_stays(
    begin: Callable[[Path | None], Sitting], sample_file: Path, tmp_path: Path
) -> None:
    source, folder = tmp_path / "all.jsonl", tmp_path / "nothing"
    source.write_bytes(exported(sample_file))
    folder.mkdir()
    sitting = begin(None)
    sitting.session.open(folder / "new", partial(make_from_export, source=source))
    page = sitting.window.findChild(JobPage)
    assert isinstance(page, JobPage)
    page.bar.cancel.click()
    sitting.qtbot.waitUntil(lambda: sitting.session.opened is None, timeout=20_000)
    assert list(folder.iterdir()) == []
    assert sitting.session._start is not None
    assert sitting.session._start.isVisible()
