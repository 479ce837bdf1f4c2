"""A whole calibration by keyboard: eight people and four raters, from forms out to the minutes printed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu, QPushButton

from app.actions import colleague, member, rubric
from app.actions import guide as keeping
from app.actions.member import NewMember
from app.desk.pages.assessment.page import AssessmentPage
from app.desk.pages.calibration import handouts
from app.desk.pages.calibration.page import CalibrationPage
from app.domain.guide import guide_of_pack
from app.domain.operations import Op
from app.domain.readiness import Readiness
from app.exchange import assessment_form, returned_forms
from app.queries.assessment import my_assessments
from app.queries.assessment_form import assessment_form_facts
from app.queries.calibration import CalibrationView, calibration_rows, calibration_view
from app.store.check import check_file
from tests.actions.calibrating import TOMASZ, Team
from tests.actions.panel import PACK
from tests.exchange.filling import with_pypdf
from tests.exchange.test_assessment_form import answers
from tests.journeys.conftest import NOW, Sitting
from tests.journeys.test_debrief_to_offer import confirm, enter, words, workspace
from tests.makers import Clock, new_workspace

RATERS = ("Ruth Amadi", "Tomasz Wieland", "Dana Whitlock", "Joel Abara")
MEMBERS = (
    ("Bruno Achterberg", "MLE1", "MLE2"),
    ("Yuki Barros", "MLE2", "MLE3"),
    ("Anders Mbeki", "MLE3", "MLE4"),
    ("Nadia Rousselle", "MLE2", "MLE3"),
    ("Salma Petrov", "MLE3", "M1"),
    ("Tessa Lindholm", "MLE3", "MLE4"),
    ("Viktor Amoah", "M1", "M2"),
    ("Colm Iwata", "MLE4", "MLE5"),
)


@pytest.fixture
def team_file(tmp_path: Path) -> Path:
    """A workspace with four raters and eight members, and no calibration."""
    made = new_workspace(tmp_path, "team", Clock(NOW))
    for name in RATERS:
        colleague.add(made, name)
    rubric.adopt(made, PACK)
    for name, level, _ in MEMBERS:
        member.add(made, NewMember(level, name, manager=1))
    made.close()
    return made.path


def shown(sitting: Sitting) -> CalibrationView:
    found = workspace(sitting)
    return calibration_view(found, calibration_rows(found)[0].id)


def take(combo: QComboBox, words: str) -> None:
    """Choose an entry with the arrows."""
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.count()):
        if combo.currentText() == words:
            break
        QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == words


def prepare(sitting: Sitting, page: CalibrationPage) -> None:
    """A new calibration, eight members, two raters each."""
    sitting.press("Ctrl+N")
    sitting.write("Spring 2026")
    sitting.press("Return")
    pane = page.prepare
    for name, _, target in MEMBERS:
        take(pane.member, name)
        take(pane.target, target)
        enter(sitting, pane.add)
        if QApplication.activeModalWidget() is not None:  # another track is asked about
            confirm(sitting)
    proposals = {m.name: m.proposal for m in shown(sitting).members}
    for number, (name, _, _) in enumerate(MEMBERS):
        page.talk_about(proposals[name])
        second = 0 if number % 4 == 3 else 1 + (number + 1) % 3
        for rater in (RATERS[1 + number % 3], RATERS[second]):
            take(pane.rater, rater)
            enter(sitting, pane.ask)
    assert all(len(m.seats) == 2 for m in shown(sitting).members)


def write_mine(sitting: Sitting) -> None:
    """What is due of me, by keys: most was not seen, two are scored with evidence from two months."""
    for due in my_assessments(workspace(sitting)):
        sitting.go("assessment", id=due.id)
        page = sitting.window.page
        assert isinstance(page, AssessmentPage)
        for number in range(len(page.shown.content.dimensions) if page.shown is not None else 0):
            if number < 2:
                sitting.press("3", "E")
                for text, on in (("Led the review", "18 Nov 2025"), ("Closed the actions", "20 Jan 2026")):
                    page.pane.entry.text.setFocus()
                    QTest.keyClicks(page.pane.entry.text, text)
                    page.pane.entry.on.line.setFocus()
                    page.pane.entry.on.line.selectAll()
                    QTest.keyClicks(page.pane.entry.on.line, on)
                    page.pane.entry.text.setFocus()
                    sitting.press("Return")
                page._focus_rows()
                sitting.press("N")
            else:
                sitting.press("0", "N")
        sitting.press("Ctrl+Shift+Return")
        confirm(sitting)
        assert page.shown is not None
        assert page.shown.locked, words(page)
    assert my_assessments(workspace(sitting)) == ()


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which threads read and draw: what was called, and the beginning of its thread's name."""
    seen: list[tuple[str, str]] = []

    def watched(module: ModuleType, name: str) -> None:
        real = getattr(module, name)

        def call(*given: Any, **more: Any) -> Any:
            seen.append((name, threading.current_thread().name.removeprefix("tenfold-").split("-")[0]))
            return real(*given, **more)

        monkeypatch.setattr(module, name, call)

    for name, module in (
        ("assessment_form", "assessment_form.packet"),
        ("ballots", "calibration.ballots"),
        ("minutes", "calibration.minutes"),
        ("promotion_packet", "promotion.packet"),
    ):
        watched(import_module(f"app.packets.{module}"), name)
    watched(returned_forms, "read_file")
    watched(assessment_form, "bring")
    watched(handouts, "replace_file")
    return seen


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What a person names in the next dialog: a folder, files, or where the minutes go."""
    folder = tmp_path / "forms"
    folder.mkdir()

    def answer(dialog: QFileDialog) -> None:
        if dialog.fileMode() == QFileDialog.FileMode.Directory:
            dialog.fileSelected.emit(str(folder))
        elif dialog.fileMode() == QFileDialog.FileMode.ExistingFiles:
            dialog.filesSelected.emit([str(p) for p in sorted(folder.glob("*.pdf"))])
        else:
            dialog.fileSelected.emit(str(tmp_path / f"{dialog.windowTitle().lower()}.pdf"))

    monkeypatch.setattr(QFileDialog, "open", answer)
    return folder


def fill_in(sitting: Sitting, folder: Path) -> None:
    """Each form as its rater would: Dana is stricter on what comes first."""
    found = workspace(sitting)
    page = shown(sitting)
    specs = {
        f"{m.name}, {m.target}, {s.name}.pdf": assessment_form_facts(found, s.assessment).spec
        for m in page.members
        for s in m.seats
        if not s.is_in
    }
    made = sorted(folder.glob("*.pdf"))
    assert [p.name for p in made] == sorted(specs)
    for path in made:
        score = 2 if "Dana Whitlock" in path.name else 3
        path.write_bytes(with_pypdf(path.read_bytes(), answers(specs[path.name], score)))


def hold(sitting: Sitting, page: CalibrationPage) -> None:
    """Vote where a cell is split, write what was said, record an outcome for each on the agenda."""
    for number in range(len(MEMBERS)):
        one = page.one
        assert one is not None
        assert one.judged is not None
        if number == 0:
            vote(sitting, page)
        sitting.press("Ctrl+T")
        sitting.write(f"Said of {one.name}")
        sitting.press("Ctrl+D", "Space")
        page.session.form.reason.input("reason").setFocus()
        sitting.write("The core is as the words say.")
        sitting.press("Ctrl+Shift+Return")
        confirm(sitting)
        after = shown(sitting).member(one.proposal)
        assert after.outcome is not None, sitting.window.notice.accessibleName()
        assert after.note == f"Said of {one.name}"
        assert after.draft == ""


def vote(sitting: Sitting, page: CalibrationPage) -> None:
    """Silent second scores; the one that is another needs its why before anything is kept."""
    one = page.one
    assert one is not None
    assert one.judged is not None
    assert page.place.dimension is not None
    voters = one.judged.voters(page.place.dimension)
    sitting.press("F2")
    sitting.write("3" * len(voters))
    sitting.press("Return")
    changed = [v for v in voters if v.content.rating(page.place.dimension).score != 3]
    assert (page.cell.whys is not None) == bool(changed)
    if changed:
        assert shown(sitting).member(one.proposal).judged is not None
        for _ in changed:
            sitting.write("I had not seen the review")
            sitting.press("Tab")
        enter(sitting, page.cell.keep)
    kept = shown(sitting).member(one.proposal).judged
    assert kept is not None
    assert len(kept.votes) == 1


def print_by_menu(sitting: Sitting, page: CalibrationPage, words: str) -> None:
    take_from_menu(sitting, page.print, words)


def take_from_menu(sitting: Sitting, button: QPushButton, words: str) -> None:
    """What the button offers, by the arrows."""
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = button.findChildren(QMenu)[-1]
    offered = [a.text() for a in menu.actions() if a.isEnabled()]
    for _ in range(offered.index(words)):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    sitting.window.activateWindow()  # a real desktop does so by itself
    sitting.qtbot.waitUntil(sitting.window.isActiveWindow)
    sitting.settle()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_a_whole_cycle_with_eight_people_and_four_raters(
    begin: Callable[[Path | None], Sitting],
    team_file: Path,
    files: Path,
    tmp_path: Path,
    threads: list[tuple[str, str]],
) -> None:
    sitting = begin(team_file)
    told: list[Op] = []
    sitting.go("calibration")
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    page.desk.changed.connect(lambda changed: told.append(changed.op))
    prepare(sitting, page)
    assert "16 assessments are still due." in words(page)
    enter(sitting, page.prepare.save_table)
    assert (tmp_path / "my table.pdf").read_text("utf-8-sig").startswith("Assessment,Member,Level")
    write_mine(sitting)
    sitting.go("calibration")
    assert all(m.judged is None for m in shown(sitting).members), "sealed until both are in"
    assert "Sealed" not in words(page)
    take_from_menu(sitting, page.prepare.make_forms, "Forms into one folder…")
    sitting.qtbot.waitUntil(lambda: len(list(files.glob("*.pdf"))) >= 14, timeout=60_000)
    sitting.settle()
    made = len(list(files.glob("*.pdf")))
    assert told.count(Op.EXPORT_PACKET) == made, "pages hear of each form that left"
    fill_in(sitting, files)
    enter(sitting, page.prepare.forms_back)
    sitting.qtbot.waitUntil(lambda: shown(sitting).due == 0, timeout=120_000)
    sitting.settle()
    assert all(m.judged is not None for m in shown(sitting).members)
    enter(sitting, page.prepare.begin)
    confirm(sitting)
    assert shown(sitting).begun
    print_by_menu(sitting, page, "Ballots…")
    slips = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(str(tmp_path / "ballots.pdf")).pages)
    assert len(re.findall(r"seat 1\b", slips)) == len(MEMBERS)
    hold(sitting, page)
    for _ in range(2):
        sitting.press("Ctrl+Return")
        enter(sitting, sitting.find(QPushButton, "Talked about again, next"))
    assert shown(sitting).next_turn is None
    enter(sitting, sitting.find(QPushButton, "Close the calibration…"))
    confirm(sitting)
    assert shown(sitting).closed
    sitting.press("Ctrl+Shift+P")
    text = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(str(tmp_path / "minutes.pdf")).pages)
    for name, level, target in MEMBERS:
        assert f"{name}, {level} to {target}" in text
    assert "I had not seen the review" in text
    assert page.shown is not None
    again = [page.shown.member(t.proposal).name for t in page.shown.turns if t.again]
    assert len(again) == 2
    assert all(f"{name}, again" in text for name in again)
    print_by_menu(sitting, page, "Promotion packets…")
    assert len(list(files.glob("*.pdf"))) == made + len(MEMBERS)
    assert told.count(Op.EXPORT_PACKET) == made + len(MEMBERS) + 2, "ballots and minutes too"
    assert set(threads) == {
        ("assessment_form", "job"),
        ("read_file", "job"),
        ("bring", "writer"),
        ("ballots", "job"),
        ("minutes", "job"),
        ("promotion_packet", "job"),
        ("replace_file", "job"),
    }, "nobody's saving waits for a reader or a printer"
    enter(sitting, page._closed.reopen)
    confirm(sitting, "A name was misspelt")
    assert shown(sitting).reopen_reason == "A name was misspelt"
    sitting.session.end()
    assert check_file(team_file) == []


def test_arrows_go_through_members_and_cells_of_the_sample(sitting: Sitting) -> None:
    sitting.go("calibration")
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    assert page.shown is not None
    assert page.one is not None
    assert (page.one.name, page.place.dimension) == ("Anders Mbeki", "reliability")
    assert page.one.judged is not None
    assert page.one.judged.verdict.word is Readiness.READY
    assert "“I had not seen the failover review of November.” The 2 stays in the record." in words(page)
    sitting.press("Down", "Right")
    assert page.one.name == "Nadia Rousselle"
    assert page.place.dimension == "data"
    rows = [row.accessibleDescription() for row in page.grid.rows.values()]
    assert rows[0].startswith("Promote, the rule said Ready: every core cell met")
    assert rows[2].startswith("Ready, was Close before")
    assert rows[3].startswith("Close, Systems design one below")
    assert rows[4].startswith("Close, People leadership one below")
    assert rows[5].startswith("Can’t say, two core cells thin")
    assert rows[6].startswith("Not yet, two core cells not met")
    assert rows[7].startswith("Close, Governance not met, with a 1")
    assert "±" not in words(page)
    assert "%" not in words(page)


def test_the_outcome_being_typed_is_kept(sitting: Sitting) -> None:
    sitting.go("calibration")
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    page.session.form.reason.input("reason").setFocus()
    sitting.write(" Two teams use it.")
    sitting.go("team")
    assert page.place.proposal is not None
    kept = next(m for m in calibration_view(workspace(sitting), 2).members if m.proposal == page.place.proposal)
    assert "Two teams use it." in kept.draft


def test_what_somebody_wrote_on_paper_is_typed_in_only_when_that_is_said(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    team = Team(tmp_path)
    seat = team.seat(team.anders, TOMASZ)
    path = team.workspace.path
    team.workspace.close()
    sitting = begin(path)
    sitting.go("assessment", id=seat)
    page = sitting.window.page
    assert isinstance(page, AssessmentPage)
    assert page.shown is None, "looking at it takes nothing over"
    assert "is sealed to you" in words(page)
    sitting.click(sitting.find(QPushButton, "Type it in from paper"))
    assert page.shown is not None
    sitting.press("3")
    assert page.shown.content.answered == 1
    enter(sitting, sitting.find(QPushButton, "Discard…"))
    confirm(sitting)
    assert page.shown.content.answered == 0


def test_work_stories_are_chosen_beside_their_tellings(sitting: Sitting) -> None:
    """By keys: into the packet and out of it, the focus stays, a fifth one is refused with what to do."""
    sitting.go("calibration")
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    assert page.one is not None
    assert "No work story is chosen: the packet tells the best-evidenced one of each core cell" in words(page)
    names = {b.accessibleName() for b in page.cell.tellings.values()}
    assert "Tell it in the packet: what Dana Whitlock says of it" in names
    first = sitting.find(QPushButton, "Tell it in the packet: what Dana Whitlock says of it")
    assert first.focusPolicy() & Qt.FocusPolicy.TabFocus
    first.setFocus(Qt.FocusReason.TabFocusReason)
    sitting.press("Space")
    assert "The promotion packet tells: Reliability by Dana Whitlock." in words(page)
    again = sitting.find(QPushButton, "Not in the packet: what Dana Whitlock says of it")
    assert again.hasFocus(), "the key can be pressed again"
    sitting.press("Space")
    assert "No work story is chosen" in words(page)
    sitting.press("Space")
    for dimension in ("mlops", "data", "execution"):
        page.show_cell(page.at, dimension)
        sitting.settle()
        enter(sitting, sitting.find(QPushButton, "Tell it in the packet: what Tomasz Wieland says of it"))
    page.show_cell(page.at, "governance")
    sitting.settle()
    enter(sitting, sitting.find(QPushButton, "Tell it in the packet: what Tomasz Wieland says of it"))
    assert "Four work stories of Anders Mbeki are chosen already" in sitting.window.notice.accessibleName()
    chosen = [d for d, _ in shown(sitting).member(page.at).stories]
    assert chosen == ["reliability", "mlops", "data", "execution"]
    sitting.press("Ctrl+Z")
    assert len(shown(sitting).member(page.at).stories) == 3


def test_a_calibration_is_made_by_any_guide_and_edited_until_it_begins(sitting: Sitting) -> None:
    imported = guide_of_pack(PACK).model_copy(update={"name": "Operations"})
    keeping.adopt(workspace(sitting), imported, "operations.yml")
    sitting.go("calibration")
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    assert not page.edit.isVisible(), "its session has begun"
    sitting.press("Ctrl+N")
    sitting.write("Autumn 2026")
    combo = page.panel.form.input("guide")
    assert isinstance(combo, QComboBox)
    assert combo.currentText() == f"Version 1, {guide_of_pack(PACK).name}", "the team's own, not the newest of all"
    take(combo, "Version 1, Operations")
    page.panel.form.input("name").setFocus()
    sitting.press("Return")
    made = shown(sitting)
    assert (made.name, made.guide.name) == ("Autumn 2026", "Operations")
    assert page.shown is not None
    assert page.shown.id == made.id
    enter(sitting, page.edit)
    sitting.press("End")
    sitting.write(", late")
    sitting.press("Return")
    after = shown(sitting)
    assert (after.id, after.name, after.window_to) == (made.id, "Autumn 2026, late", made.window_to)
    assert after.guide.name == "Operations"
    take(page.prepare.member, "Anders Mbeki")
    take(page.prepare.target, "MLE4")
    enter(sitting, page.prepare.add)
    take(page.prepare.rater, "Ruth Amadi")
    enter(sitting, page.prepare.ask)
    take(page.prepare.level, "MLE5")
    confirm(sitting)
    page.prepare.level.activated.emit(page.prepare.level.currentIndex())
    sitting.settle()
    assert [(s.name, s.level) for s in shown(sitting).members[0].seats] == [("Ruth Amadi", "MLE5")]
