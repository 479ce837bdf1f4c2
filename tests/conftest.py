"""What every test runs under: no screen, and nothing left running behind."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.shell.collector import REST_S, due

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


gc.disable()  # as while a window runs: see app/desk/shell/collector.py


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A test that leaves a thread behind fails, by the thread's name. What it left in cycles goes after it."""
    before = set(threading.enumerate())
    yield
    left = [t.name for t in threading.enumerate() if t not in before and t.is_alive() and not _foreign(t)]
    assert not left, f"left running: {left}"
    generation = due(gc.get_count(), gc.get_threshold(), REST_S)
    if generation is not None:
        gc.collect(generation)


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test leaves anything in the data folder of who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TENFOLD_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample; tests copy it."""
    from tests.samples import sample_in

    return sample_in(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def sample_copy(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copy(sample_file, tmp_path / "sample.tenfold"))


def _foreign(thread: threading.Thread) -> bool:
    """Threads Qt made itself show up as dummies while they talk to Python."""
    return thread.name.startswith("Dummy-")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform warns of every window with a least size; that says nothing about ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The application's name, as pytest-qt starts it."""
    return ["tenfold"]
