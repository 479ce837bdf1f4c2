"""Attached files are looked at in the window: pages, pictures and text, larger and smaller, searched; broken ones."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton
from reportlab.pdfgen.canvas import Canvas

from app.actions import application
from app.desk.pages.application.page import ApplicationPage
from app.desk.parts.file_preview import PreviewDock
from app.errors import Refused
from app.exchange.file_preview import pages_of, preview_of
from app.store.workspace import Workspace, open_workspace
from tests.journeys.conftest import Sitting
from tests.samples import sample_in

HERS = 18


def pdf(*pages: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(300, 400))
    for words in pages:
        canvas.drawString(40, 300, words)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def png(size: tuple[int, int] = (60, 30)) -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", size, (0, 120, 0, 128)).save(target, "PNG")
    return target.getvalue()


def attached(sitting: Sitting, name: str, content: bytes) -> ApplicationPage:
    sitting.go("application", id=HERS)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    application.attach(page.workspace, HERS, name, content)
    sitting.go("pipeline")
    sitting.go("application", id=HERS)
    sitting.click(sitting.find(QPushButton, f"Show {name}"))
    return page


def dock(sitting: Sitting) -> PreviewDock:
    window = sitting.window.window()
    assert isinstance(window, QMainWindow)
    (found,) = [d for d in window.findChildren(PreviewDock) if d.isVisible()]
    return found


def shown(sitting: Sitting) -> PreviewDock:
    found = dock(sitting)
    sitting.qtbot.waitUntil(lambda: found.stack.currentIndex() != 0 or "can’t" in found.said.text())
    return found


def test_a_pdf_is_shown_by_pages_searched_and_made_larger(sitting: Sitting) -> None:
    attached(sitting, "cv.pdf", pdf("Ranking at Kestrel", "Nothing here", "Kestrel, once more"))
    found = shown(sitting)
    assert len(found._pages) == 3
    sitting.qtbot.waitUntil(lambda: found._pages[0].drawn)
    assert found.line.hasFocus()
    QTest.keyClicks(found.line, "kestrel")
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    assert found.place.text() == "page 1, 1 of 2"
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    assert found.place.text() == "page 3, 2 of 2"
    sitting.qtbot.waitUntil(lambda: found._pages[2].drawn)
    before = found._pages[0].width()
    found.larger.click()
    assert found._pages[0].width() > before
    found.smaller.click()
    assert found._pages[0].width() == before
    QTest.keyClicks(found.line, "x")
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    assert found.place.text() == "not found"
    QTest.keyClick(found.line, Qt.Key.Key_Escape)
    sitting.settle()
    window = sitting.window.window()
    assert not [d for d in window.findChildren(PreviewDock) if d.isVisible()]


def test_a_text_is_shown_and_searched(sitting: Sitting) -> None:
    attached(sitting, "letter.txt", "Grüße,\n<b>Ines</b>\n".encode() * 200)
    found = shown(sitting)
    assert found.text.toPlainText().startswith("Grüße,\n<b>Ines</b>")
    QTest.keyClicks(found.line, "ines")
    QTest.keyClick(found.line, Qt.Key.Key_Return)
    assert found.text.textCursor().selectedText() == "Ines"


def test_a_picture_is_shown_and_another_file_takes_its_place(sitting: Sitting) -> None:
    attached(sitting, "scan.png", png())
    first = shown(sitting)
    sitting.qtbot.waitUntil(lambda: first._pages[0].drawn)
    attached(sitting, "letter.txt", b"Dear all")
    assert shown(sitting).text.toPlainText() == "Dear all"


def test_what_can_not_be_shown_says_so(sitting: Sitting) -> None:
    attached(sitting, "odd.bin", b"\0\1\2" * 100)
    found = shown(sitting)
    assert "can’t be shown here" in found.said.text()
    assert not found.line.isEnabled()


def test_many_pages_in_sight_come_to_rest(sitting: Sitting) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(1000, 25))
    for number in range(40):
        canvas.drawString(4, 4, f"Line {number}")
        canvas.showPage()
    canvas.save()
    attached(sitting, "lines.pdf", target.getvalue())
    found = shown(sitting)
    seen = found._seen()
    assert len(seen) > 12
    sitting.qtbot.waitUntil(lambda: all(found._pages[n].drawn for n in found._seen()), timeout=30_000)
    sitting.settle()
    assert found._asked == set()
    assert all(found._pages[n].drawn for n in found._seen()), "none in sight is let go again"


def test_a_page_of_no_shape_says_so_and_a_long_one_takes_no_memory_of_its_length(sitting: Sitting) -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(1, 20_000))
    canvas.showPage()
    canvas.save()
    attached(sitting, "thin.pdf", target.getvalue())
    thin = shown(sitting)
    sitting.qtbot.waitUntil(lambda: thin._pages[0].drawn)
    assert thin._pages[0]._whole is not None or "can’t be drawn" in thin._pages[0].text()
    assert thin._pages[0].height() <= 40 * thin._pages[0].width() + 1
    picture = io.BytesIO()
    Image.new("RGB", (100, 6000), (0, 120, 0)).save(picture, "PNG")
    attached(sitting, "tall.png", picture.getvalue())
    tall = shown(sitting)
    sitting.qtbot.waitUntil(lambda: tall._pages[0].drawn)
    for _ in range(8):
        tall.larger.click()
    assert tall._pages[0]._whole is not None
    assert tall._pages[0]._whole.height() <= 6000, "it is kept as it was drawn, and scaled where it is seen"
    seen = tall.area.viewport().grab().toImage()
    assert seen.pixelColor(seen.width() // 2, seen.height() // 2).green() > 100


def test_it_closes_with_its_file_and_on_anybody_elses_page(sitting: Sitting) -> None:
    page = attached(sitting, "letter.txt", b"Dear all")
    shown(sitting)
    sitting.go("application", id=17)
    assert not [d for d in sitting.window.window().findChildren(PreviewDock) if d.isVisible()]
    page = attached(sitting, "other.txt", b"Dear others")
    found = shown(sitting)
    page.desk.write(partial(application.detach, page.workspace, found.file))
    sitting.settle()
    assert not [d for d in sitting.window.window().findChildren(PreviewDock) if d.isVisible()]


def previews(sitting: Sitting) -> list[PreviewDock]:
    sitting.settle()
    return [d for d in sitting.window.window().findChildren(PreviewDock) if d.isVisible()]


def test_it_stays_while_its_page_shows_the_same_and_closes_when_that_is_left(sitting: Sitting) -> None:
    page = attached(sitting, "letter.txt", b"Dear all")
    shown(sitting)
    page.desk.write(partial(application.attach, page.workspace, HERS, "other.txt", b"x"))
    sitting.go("application", id=HERS)
    assert len(previews(sitting)) == 1, "still hers"
    sitting.go("team")
    assert previews(sitting) == []


def test_it_closes_where_its_page_shows_nobody(sitting: Sitting) -> None:
    attached(sitting, "letter.txt", b"Dear all")
    shown(sitting)
    sitting.go("application", id=99_999)
    assert previews(sitting) == []


def test_a_page_far_out_of_sight_is_let_go_and_drawn_again(sitting: Sitting) -> None:
    attached(sitting, "long.pdf", pdf(*("words" for _ in range(20))))
    found = shown(sitting)
    for page in found._pages:
        found.area.verticalScrollBar().setValue(page.y())
        sitting.settle()
    assert sum(found._pages[n].drawn for n in range(20) if n not in found._seen()) == 12
    found.area.verticalScrollBar().setValue(0)
    sitting.settle()
    assert found._pages[0].drawn


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(sample_in(tmp_path))


def test_a_bomb_and_a_broken_file_are_refused(workspace: Workspace) -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    for content in (bomb.getvalue(), pdf("x")[:200], png()[:40], b"%PDF-1.7 " + b"(" * 5000, b"PK\x03\x04" + b"x" * 50):
        row = application.attach(workspace, HERS, "file", content).subject
        with pytest.raises(Refused, match="can’t be shown here"):
            preview_of(workspace, row)
        assert pages_of(workspace, row, [0, 7]) == ()


def test_a_picture_that_can_be_seen_through_stands_on_white(workspace: Workspace) -> None:
    row = application.attach(workspace, HERS, "a.png", png((2, 1))).subject
    ((number, picture),) = pages_of(workspace, row, [0])
    assert (number, picture.width, picture.height) == (0, 2, 1)
    assert tuple(picture.pixels[:3]) == (127, 187, 127)
