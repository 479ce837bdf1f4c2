"""A person brings the transcript of a call beside the questions, finds words, makes lines evidence, and submits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from app.actions import colleague, decision, settings, transcript
from app.actions.transcript import Agreement
from app.cli.main import main
from app.desk.pages.scorecard import transcript_reading
from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.pages.settings.page import SettingsPage
from app.domain.transcript import Keeping, SaidLine
from app.exchange import transcripts
from app.exchange.transcripts import ReadTranscript
from app.packets.reports.table import REPORTS
from app.store.check import check_file
from tests.actions.panel import OMAR, RUTH, Panel, hire
from tests.actions.test_transcript import holding
from tests.journeys.conftest import Sitting
from tests.journeys.test_nothing_leaks import LISTS, PLACES_SHOWN, everything_said
from tests.journeys.test_score_an_interview import draft_of

RARE = "quetzalcoatlus"


def call(folder: Path, lines: int = 3000) -> Path:
    """An hour and more, with one rare word near its middle and one near its end."""
    path = folder / "call.vtt"
    cues = []
    for n in range(lines):
        words = f"The {RARE} went off twice." if n in (1500, 2800) else f"Words number {n}."
        cues.append(f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> 09:00:00.000\n<v Mateus Kern>{words}</v>\n")
    path.write_text("WEBVTT\n\n" + "\n".join(cues), "utf-8")
    return path


def drop(page: ScorecardPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *none))


def card_page_of(sitting: Sitting) -> ScorecardPage:
    sitting.go("scorecard", card=draft_of(sitting))
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    return page


def brought_in(sitting: Sitting, folder: Path) -> ScorecardPage:
    """The draft with its transcript, whose candidate agreed."""
    page = card_page_of(sitting)
    workspace = page.workspace
    assert page.shown is not None
    transcript.record_consent(workspace, page.shown.interview, Agreement(workspace.today(), "by mail"))
    page.read_again()
    sitting.settle()
    drop(page, call(folder))
    sitting.settle()
    assert page.call.pane.list.hasFocus(), "what was read in is gone through at once"
    return page


def words_of_dialog(page: ScorecardPage) -> str:
    dialog = next(d for d in page.findChildren(QDialog) if d.isVisible())
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def confirm(sitting: Sitting, page: ScorecardPage, action: str) -> None:
    dialog = next(d for d in page.findChildren(QDialog) if d.isVisible())
    sitting.click(next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == action))


def test_from_the_file_to_evidence_by_keyboard_alone(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path = card_page_of(sitting), call(tmp_path)
    monkeypatch.setattr(transcript_reading, "ask_open", lambda _parent, _title, _kinds, then: then(path))
    sitting.press("Escape", "R")
    assert page.call.consent.isVisible(), "consent comes first"
    assert page.shown is not None
    assert page.shown.transcript is None
    sitting.write("10 March 2026")
    sitting.find(QLineEdit, "How the answer was given").setFocus()
    sitting.write("by mail")
    sitting.press("Return")
    sitting.qtbot.waitUntil(lambda: page.call.pane.shown is not None, timeout=20_000)
    assert page.call.pane.list.lines.rowCount() == 3000
    sitting.press("R")
    assert page.call.pane.search.hasFocus()
    sitting.write(RARE)
    lines = page.call.pane.list
    assert lines.chosen == [1500]
    sitting.press("Return")
    assert lines.chosen == [2800]
    sitting.press("Shift+Return", "Down")
    assert lines.hasFocus()
    assert lines.chosen == [1500]
    before = len(page.shown.lines)
    sitting.press("Shift+Down", "E")
    quoted = [line for line in page.shown.lines if line.quoted]
    assert [(line.text, line.said_at, line.speaker, line.dimension) for line in quoted] == [
        (f"The {RARE} went off twice. Words number 1501.", 1500, "Mateus Kern", page._open)
    ]
    assert len(page.shown.lines) == before + 1
    sitting.press("Home")
    assert lines.chosen == [0]
    place = sitting.find(QPushButton, "Said at 00:25:00, Mateus Kern: go there")
    place.setFocus()
    sitting.press("Return")
    assert lines.hasFocus()
    assert lines.chosen == [1500]
    sitting.press("Escape")
    assert not lines.hasFocus()
    sitting.press("Ctrl+Z")
    assert not [line for line in page.shown.lines if line.quoted]


def test_a_click_on_the_words_goes_there_too_and_ctrl_enter_takes_a_line(sitting: Sitting, tmp_path: Path) -> None:
    page = brought_in(sitting, tmp_path)
    tabbed = [w for w in page.call.pane.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(tabbed) >= 6
    assert all(w.accessibleName() for w in tabbed)
    lines = page.call.pane.list
    lines.setFocus()
    lines.go_to(2000)
    sitting.press("Ctrl+Return")
    lines.go_to(0)
    assert page.pane is not None
    assert page.shown is not None
    line = next(line for line in page.shown.lines if line.quoted)
    field = page.pane.field_of(line.id)
    assert field is not None
    assert field.isReadOnly()
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
    assert lines.chosen == [2000]


def test_submitting_says_it_goes_and_it_is_gone(sitting: Sitting, tmp_path: Path) -> None:
    page = brought_in(sitting, tmp_path)
    workspace = page.workspace
    page.call.pane.list.setFocus()
    page.call.pane.list.go_to(1500)
    sitting.press("E", "Escape", "N", "E")
    sitting.write("Ended a project after a flat test")
    sitting.press("Escape", "3", "N", "0", "Space", "V", "Space")
    sitting.press("Ctrl+Shift+Return")
    assert "The transcript is deleted with it." in words_of_dialog(page)
    confirm(sitting, page, "Submit card")
    assert not page.can_write()
    assert page.shown is not None
    assert page.shown.transcript is None
    assert page.call.pane.isHidden()
    assert page.call.pane.list.lines.rowCount() == 0
    said = everything_said(page)
    assert "transcript deleted" in said
    assert "Words number 7." not in said
    path = workspace.path
    sitting.session.end()
    assert holding("Words number 7.", path.parent) == [str(tmp_path / "call.vtt")], "the person's own file stays"
    assert check_file(path) == []


def test_deleting_by_hand_asks_once(sitting: Sitting, tmp_path: Path) -> None:
    page = brought_in(sitting, tmp_path)
    page.call.ask_delete()
    assert "no undo brings it back" in words_of_dialog(page)
    confirm(sitting, page, "Delete for good")
    assert page.call.pane.isHidden()
    page._submission.ask_discard()
    sitting.settle()
    assert sitting.window.place == "interviews", "a draft without one goes without a question"


def test_a_file_that_is_none_says_why(sitting: Sitting, tmp_path: Path) -> None:
    page = brought_in(sitting, tmp_path)
    page.call.ask_delete()
    confirm(sitting, page, "Delete for good")
    wrong = tmp_path / "cv.vtt"
    wrong.write_bytes(b"%PDF-1.7")
    drop(page, wrong)
    sitting.settle()
    assert "another kind of file" in everything_said(sitting.window.notice)
    assert page.shown is not None
    assert page.shown.transcript is None


def test_reading_that_takes_long_says_so_and_can_be_given_up(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path, go_on = card_page_of(sitting), call(tmp_path), threading.Event()
    assert page.shown is not None
    transcript.record_consent(page.workspace, page.shown.interview, Agreement(page.workspace.today(), "by mail"))
    page.read_again()
    sitting.settle()

    def slowly(given: Path) -> ReadTranscript:
        go_on.wait(20)
        return ReadTranscript(given.name, (SaidLine(1, "Ada", "Late."),))

    monkeypatch.setattr(transcripts, "read_transcript", slowly)
    drop(page, path)
    assert not page.call.bar.isVisible()
    sitting.qtbot.waitUntil(page.call.bar.isVisible, timeout=5_000)
    QTest.mouseClick(page.call.bar.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    sitting.settle()
    assert not page.call.bar.isVisible()
    assert page.shown.transcript is None


def test_the_setting_is_chosen_in_settings(sitting: Sitting) -> None:
    sitting.go("settings")
    page = sitting.window.page
    assert isinstance(page, SettingsPage)
    assert page.transcripts.kept.value == "submit"
    sitting.click(page.transcripts.kept.button("kept"))
    assert page.workspace.settings.transcripts == Keeping.KEPT
    sitting.press("Ctrl+Z")
    assert page.transcripts.kept.value == "submit"


@contextmanager
def window_width(sitting: Sitting, width: int) -> Iterator[None]:
    sitting.window.resize(width, 900)
    QApplication.processEvents()
    yield


def test_in_a_narrow_window_it_takes_the_place_of_the_questions_while_wanted(sitting: Sitting, tmp_path: Path) -> None:
    page = brought_in(sitting, tmp_path)
    with window_width(sitting, 1700):
        assert page.call.pane.isVisible()
        assert page._brief.isVisible()
    with window_width(sitting, 1100):
        assert not page.call.pane.isVisible()
        sitting.press("Escape", "R")
        assert page.call.pane.isVisible()
        assert not page._brief.isVisible()
        sitting.press("Escape", "R", "Escape", "R")
        assert page.call.pane.isVisible()


QUOTED = "owned the ranker"


def words_in(folder: Path) -> str:
    """Everything that was written into a folder: PDFs as they are read, other files as they are."""
    return "\n".join(
        "\n".join(page.extract_text() for page in PdfReader(path).pages)
        if path.suffix == ".pdf"
        else path.read_text("utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@pytest.mark.parametrize("who", [RUTH, OMAR])
def test_its_words_are_in_nothing_that_is_made_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, who: int
) -> None:
    """Kept beyond the decision, with one line as evidence, which alone stands where evidence does."""
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    panel = Panel(tmp_path)
    workspace = panel.workspace
    settings.keep_transcripts(workspace, Keeping.KEPT)
    card = panel.start()
    transcript.record_consent(workspace, panel.interviews[0], Agreement(workspace.today(), "by mail"))
    lines = [SaidLine(7, "Ada Lind", f"I {QUOTED}."), *(SaidLine(n, RARE, f"The {RARE} {n}.") for n in range(50))]
    transcript.add(workspace, card, f"{RARE}.vtt", lines)
    transcript.quote(workspace, card, panel.rounds[0].dimensions[0], [0])
    panel.fill(card)
    panel.submit(card)
    panel.bring_in(1, 2, 3, 4, 5)
    decision.decide(workspace, panel.ada, hire("MLE3", "She owned it."))
    with workspace.read() as connection:
        kept = connection.exec_driver_sql("SELECT content FROM image UNION ALL SELECT op || subject FROM history").all()
    colleague.become(workspace, who)
    workspace.close()
    assert not any(RARE in str(row) for row in kept)
    path, out = str(workspace.path), tmp_path / "out"
    out.mkdir()
    for kind in LISTS:
        assert main(["list", path, kind, "--json"]) == 0
    assert main(["check", path]) == 0
    for report in REPORTS:
        main(["export", path, "report", "--report", report, "--out", str(out / f"{report}.csv"), "--interviewer", "1"])
    assert main(["export", path, "hiring-packet", "--application", "1", "--out", str(out / "packet.pdf")]) == 0
    assert main(["export", path, "interview-kit", "--interview", "1", "--out", str(out / "kit.pdf")]) == 0
    said = capsys.readouterr()
    made = words_in(out)
    assert RARE not in said.out + said.err + made
    assert QUOTED in " ".join(made.split()), "the packet has the evidence"
    assert holding(RARE, tmp_path) == [path]


def test_no_other_page_and_no_other_person_shows_it(sitting: Sitting, tmp_path: Path) -> None:
    page = brought_in(sitting, tmp_path)
    card = page.subject
    assert RARE in everything_said(page)
    for place in PLACES_SHOWN:
        if place != "scorecard":
            sitting.go(place)
            assert RARE not in everything_said(sitting.window.page), place  # type: ignore[arg-type]
    sitting.window.open_palette()
    sitting.write(RARE)
    assert "went off twice" not in everything_said(sitting.window)
    sitting.press("Escape")
    workspace = page.workspace
    with workspace.read() as connection:
        query = "SELECT id FROM colleague WHERE id <> ? LIMIT 1"
        other = int(connection.exec_driver_sql(query, (workspace.me,)).scalar_one())
    sitting.window._desk.write(lambda: colleague.become(workspace, other))
    sitting.settle()
    sitting.go("scorecard", card=card)
    assert RARE not in everything_said(sitting.window)
