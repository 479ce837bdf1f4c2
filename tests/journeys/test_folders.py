"""Tenfold's own folders: one that can't be written is said at the start, and attached files open by known kinds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.desk.parts.attached_files import OpenedFiles
from app.errors import Refused
from app.queries.application import FileRow
from app.store.partial_files import data_folder
from tests.journeys.conftest import Sitting

Begin = Callable[[Path | None], Sitting]


@pytest.fixture
def no_folder(begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that can't be made, for root neither: a file lies there."""
    (tmp_path / "taken").write_text("x")
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "taken" / "data"))
    return data_folder()


def test_without_a_file_the_start_window_says_it(begin: Begin, no_folder: Path) -> None:
    sitting = begin(None)
    start = sitting.session._start
    assert start is not None
    assert f"Tenfold can't write in {no_folder}" in start._sentence.text()
    assert "TENFOLD_DATA" in start._remedy.text()


def test_with_a_file_its_window_says_it_and_works(
    begin: Begin, no_folder: Path, sample_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.tenfold"
    path.write_bytes(sample_file.read_bytes())
    sitting = begin(path)
    assert f"Tenfold can't write in {no_folder}" in sitting.window.notice.accessibleName()
    sitting.go("pipeline")
    sitting.session.end()  # and no failure was reported: the fixture looks


@pytest.mark.parametrize("name", ["cv.pdf", "Letter.DOCX", "photo.jpeg", "notes.txt"])
def test_what_is_only_looked_at_is_opened(name: str) -> None:
    opened = OpenedFiles()
    place = opened.place_for(FileRow(1, name, 10, datetime(2026, 3, 12, tzinfo=UTC)))
    assert place.name == name
    assert place.parent.parent.stat().st_mode & 0o777 == 0o700
    assert [r.read_text() for r in (data_folder() / "parts").iterdir()] == [str(place.parent.parent)]
    del opened
    assert not place.parent.parent.exists()
    assert list((data_folder() / "parts").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["a.exe", "a.pdf.exe", "run.AppImage", "a", "a.html", "a.svg", "a.docm", "a.jnlp", "a.command", "a.xyz"]
)
def test_any_other_kind_is_not(name: str) -> None:
    with pytest.raises(Refused, match="of a kind that Tenfold does not open"):
        OpenedFiles().place_for(FileRow(1, name, 10, datetime(2026, 3, 12, tzinfo=UTC)))
