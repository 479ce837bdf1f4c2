"""Finding by keys: a person, words inside, a page, and what was written a moment ago."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.desk.shell.palette_line import ENTRY, PaletteEntry
from app.store.search_index import is_behind
from tests.journeys.conftest import Sitting


def typed(sitting: Sitting, words: str) -> None:
    """Ctrl+K and words, until what is found is shown."""
    sitting.window.open_palette()
    QTest.keyClicks(sitting.window.palette_.field, words)
    sitting.qtbot.waitUntil(lambda: not sitting.window.palette_._waits, timeout=5_000)


def lines(sitting: Sitting) -> list[tuple[str, str]]:
    """The lines under the field: words and where; captions have no where."""
    model = sitting.window.palette_.list.model()
    found = []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        entry = index.data(ENTRY)
        found.append((entry.words, entry.where) if isinstance(entry, PaletteEntry) else (index.data(), "caption"))
    return found


def test_a_person_is_found_and_gone_to(sitting: Sitting) -> None:
    typed(sitting, "noor")
    assert lines(sitting)[:2] == [("People", "caption"), ("Noor Salimi", "SR-2026-01")]
    QTest.keyClick(sitting.window.palette_.field, Qt.Key.Key_Return)
    sitting.settle()
    assert sitting.window.place == "candidate"
    assert sitting.window.palette_.popup.isHidden()


def test_enter_pressed_before_anything_was_found_waits_for_it(sitting: Sitting) -> None:
    sitting.window.open_palette()
    QTest.keyClicks(sitting.window.palette_.field, "noor")
    QTest.keyClick(sitting.window.palette_.field, Qt.Key.Key_Return)
    sitting.qtbot.waitUntil(lambda: sitting.window.place == "candidate", timeout=5_000)
    sitting.settle()


def test_a_page_is_gone_to_without_waiting(sitting: Sitting) -> None:
    sitting.window.open_palette()
    QTest.keyClicks(sitting.window.palette_.field, "reports")
    QTest.keyClick(sitting.window.palette_.field, Qt.Key.Key_Return)
    sitting.settle()
    assert sitting.window.place == "reports"


def test_words_inside_are_walked_to_over_the_captions(sitting: Sitting) -> None:
    typed(sitting, "retraining")
    found = lines(sitting)
    assert ("Words inside", "caption") in found
    field = sitting.window.palette_.field
    seen = set()
    for _ in range(len(found)):
        entry = sitting.window.palette_.list.currentIndex().data(ENTRY)
        assert isinstance(entry, PaletteEntry)
        seen.add(entry)
        assert all(entry.text[a:b].lower() == "retraining" for a, b in entry.in_text)
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert len(seen) == sum(where != "caption" for _, where in found)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert sitting.window.palette_.popup.isHidden()


def test_what_was_found_stays_until_more_is_known(sitting: Sitting) -> None:
    typed(sitting, "no")
    before = lines(sitting)
    QTest.keyClicks(sitting.window.palette_.field, "or")
    assert ("Noor Salimi", "SR-2026-01") in lines(sitting)
    assert before
    sitting.qtbot.waitUntil(lambda: not sitting.window.palette_._waits, timeout=5_000)
    QTest.keyClicks(sitting.window.palette_.field, "zzz")
    sitting.qtbot.waitUntil(lambda: not sitting.window.palette_._waits, timeout=5_000)
    assert lines(sitting) == []
    assert sitting.window.palette_._nothing.isVisible()


def test_what_was_added_is_found_at_once_and_indexed_by_itself(sitting: Sitting) -> None:
    opened = sitting.session.opened
    assert opened is not None
    workspace = opened.desk.workspace
    opened.desk.write(lambda: candidate.add(workspace, NewCandidate("Zyx Quuxling")))
    sitting.settle()

    def told() -> bool:
        with workspace.read() as connection:
            return not is_behind(connection)

    sitting.qtbot.waitUntil(told, timeout=5_000)
    opened.desk.write(lambda: candidate.add(workspace, NewCandidate("Zyxa Berg")))
    typed(sitting, "zyx")
    assert [words for words, where in lines(sitting) if where == "Candidate"] == ["Zyx Quuxling", "Zyxa Berg"]


def test_a_window_that_closes_while_the_index_is_told_asks_for_nothing_more(sitting: Sitting) -> None:
    opened = sitting.session.opened
    assert opened is not None
    keeper = opened._index
    assert keeper is not None
    keeper.stop()
    for late in (keeper._go_on, keeper._read_files):  # answers that were on their way
        late(True)
    keeper._have_read(1)
    assert not keeper._timer.isActive()
    assert not keeper._files.isActive()
    assert keeper._reading is None
    opened.desk.changed.connect(keeper.soon)  # so that the window may stop it once more
