"""Leveling guides by keyboard: read, compared, edited as a new version, brought in from elsewhere, printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from app.actions import guide as keeping
from app.desk.pages.guides.page import LevelsPage
from app.desk.pages.guides.tile import BarTile
from app.desk.parts.controls import Chip
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.domain.guide import Guide
from app.exchange.guide_yaml import guide_yaml
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladders import build, guess_map
from app.queries.guide import guide_at, guide_rows
from app.store.check import check_file
from app.store.create import create_workspace
from tests.journeys.conftest import Sitting
from tests.ladders import source_of

LADDERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "ladders"
LADDER = (
    "name: Ours\npoints: {a: 1}\nlevels:\n- id: L1\n  name: One\n- id: L2\n  name: Two\n"
    "themes:\n- id: w\n  name: Writing\n- id: r\n  name: Reading\ncompetencies:\n"
    "- {level: L1, theme: w, summary: Says it plainly}\n- {level: L2, theme: r, summary: Reads between lines}\n"
)


def page_of(sitting: Sitting, *keys: str) -> LevelsPage:
    sitting.press("Ctrl+7", *keys)
    page = sitting.window.page
    assert isinstance(page, LevelsPage)
    return page


def words(page: QWidget) -> str:
    return "\n".join(t.text() for t in page.findChildren(Text) if t.isVisible())


def named(page: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(w for w in page.findChildren(kind) if w.isVisible() and w.accessibleName() == name)


def tab_to(sitting: Sitting, wanted: QWidget) -> None:
    """Go there by Tab alone."""
    for _ in range(120):
        if sitting.window.focusWidget() is wanted:
            return
        QTest.keyClick(sitting.window.focusWidget() or sitting.window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {wanted.accessibleName()}")


def chosen_file(monkeypatch: pytest.MonkeyPatch, target: Path) -> Path:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    return target


def guides(sitting: Sitting) -> list[tuple[str, int]]:
    """Every version but those of the sample's second rubric."""
    rows = guide_rows(sitting.window._desk.workspace)
    return [(r.name, r.version) for r in rows if r.name != "Software Engineer, Backend"]


def test_a_guide_is_read_level_by_level(sitting: Sitting) -> None:
    page = page_of(sitting)
    assert "ML Engineer I" in words(page)
    assert "Individual contributor, level 1 of 5" in words(page)
    sitting.press("N", "N", "Right")
    assert "Staff ML Engineer" in words(page)
    sitting.press("P", "N", "N", "N")
    shown = words(page)
    assert "M1 · Engineering management, level 1 of 3" in shown
    assert "Typical, not a gate" in shown
    assert "Feeders" in shown
    assert "Director of Engineering, AI/ML platform" in shown
    assert "Staff ML Engineer: lateral: back to the work of an engineer, no promotion" in shown
    assert "Senior ML Engineer: feeder: change of track, no promotion" in shown
    assert "Hires well, sets expectations by level" in shown
    assert any(t.accessibleName() == "People leadership: core, bar 3" for t in page.findChildren(BarTile))
    sitting.press("O")
    assert "Ways between the levels" in words(page)
    assert sum(t.isVisible() for t in page.findChildren(BarTile)) == 8 * 10 + 4
    sitting.press("R")
    assert "level 1 of 3" in words(page)


def test_keys_scroll_what_is_read(sitting: Sitting) -> None:
    page = page_of(sitting)
    bar = page._read.verticalScrollBar()
    sitting.press("End")
    assert bar.value() == bar.maximum() > 0
    sitting.press("Home", "Down")
    assert 0 < bar.value() < bar.maximum()


def test_without_a_guide_the_page_says_what_belongs_there(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = chosen_file(monkeypatch, tmp_path / "ours.yaml")
    path.write_text(LADDER, "utf-8")
    made = create_workspace(tmp_path / "empty")
    made.close()
    sitting = begin(made.path)
    page = page_of(sitting)
    assert "No leveling guide yet" in words(page)
    assert not page.bar.isVisible()
    sitting.click(named(page, QPushButton, "Import a ladder…"))
    sitting.click(page.ladder.bring_button)
    assert guides(sitting) == [("Ours", 1)]
    assert "Kept from the source" in words(page)


def test_two_levels_stand_side_by_side(sitting: Sitting) -> None:
    page = page_of(sitting, "C")
    assert "MLE1 to MLE2: promotion" in words(page)
    left, right = named(page, QComboBox, "Left level"), named(page, QComboBox, "Right level")
    tab_to(sitting, right)
    sitting.press("End")
    tab_to(sitting, left)
    sitting.press("Down", "Down")
    shown = words(page)
    assert "Senior ML Engineer" in shown
    assert "Director / Head of ML Engineering" in shown
    assert "The guide names no way between these two." in shown
    assert "core → important" in shown


def test_an_edit_shows_its_changes_and_is_kept_as_a_new_version(sitting: Sitting) -> None:
    page = page_of(sitting, "N")
    sitting.press("E")
    scope = named(page, QPlainTextEdit, "Scope")
    tab_to(sitting, scope)
    sitting.press("Ctrl+A")
    sitting.write("Two features")
    sitting.click(named(page, Chip, "Level M1: ML Engineering Manager"))
    people = named(page, QPlainTextEdit, "People leadership: Expectation")
    tab_to(sitting, people)
    sitting.press("Ctrl+End")
    QTest.keyClick(people, Qt.Key.Key_Return)
    sitting.write("- Grew two engineers")
    weight = named(page, QComboBox, "Software engineering: Weight")
    weight.setFocus()
    sitting.press("Up", "Ctrl+Return")
    shown = words(page)
    assert "3 changes in MLE2, M1" in shown
    assert "People leadership · Examples" in shown
    assert "nothing → Grew two engineers" in shown
    assert "Software engineering · Weight" in shown
    assert "important → core" in shown
    reason = sitting.window.focusWidget()
    assert isinstance(reason, QLineEdit)
    sitting.press("Return")
    assert guides(sitting) == [("Machine Learning Engineering Manager", 1)]
    assert "Why the guide changes is needed." in words(page)
    sitting.write("Agreed with the directors")
    sitting.press("Return")
    assert guides(sitting) == [("Machine Learning Engineering Manager", n) for n in (1, 2)]
    workspace = sitting.window._desk.workspace
    before, after = guide_at(workspace, 1), guide_at(workspace, 3)
    assert after.level("MLE2").scope == "Two features"
    assert after.level("M1").cells["people"].examples == ("Grew two engineers",)
    assert after.level("M1").cells["software"].weight == "core"
    assert before.level("MLE2").scope == "A feature or pipeline end to end"
    shown = words(page)
    assert "why: Agreed with the directors" in shown
    assert "Grew two engineers" in shown
    versions = named(page, QComboBox, "Version")
    tab_to(sitting, versions)
    sitting.press("Down")
    assert "Grew two engineers" not in words(page)
    assert not page.edit_button.isEnabled()


def test_nothing_changed_is_said_and_escape_forgets(sitting: Sitting) -> None:
    page = page_of(sitting, "E", "Ctrl+Return")
    assert "Nothing was changed yet." in words(page)
    assert not page.review.keep_button.isEnabled()
    sitting.click(named(page, QPushButton, "Back to the form"))
    tab_to(sitting, named(page, QPlainTextEdit, "Impact"))
    sitting.write("More")
    sitting.press("Escape")
    assert "What it asks" in words(page)
    assert guides(sitting) == [("Machine Learning Engineering Manager", 1)]
    sitting.press("E")
    assert "More" not in page.editor.edited().level("MLE1").impact


def test_a_ladder_comes_in_with_its_map(sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = chosen_file(monkeypatch, tmp_path / "ours.yaml")
    path.write_text(LADDER, "utf-8")
    page = page_of(sitting)
    sitting.press("Ctrl+Shift+I")
    shown = words(page)
    assert "How ours.yaml is read" in shown
    assert "2 levels, 2 dimensions, 2 texts" in shown
    assert "Kept beside it: points" in shown
    level = named(page, QComboBox, "Level of a text")
    tab_to(sitting, level)
    before = level.property("currentIndex")
    sitting.press("End")
    assert "ours.yaml, line 14, competencies.0: “1” is no level of this ladder." in words(page)
    assert "ours.yaml, line 15, competencies.1: “2” is no level of this ladder." in words(page)
    assert not page.ladder.bring_button.isEnabled()
    sitting.press("Home", *["Down"] * before)
    assert page.ladder.bring_button.isEnabled()
    name = named(page, QLineEdit, "Name of the guide")
    name.setFocus()
    sitting.press("Ctrl+A")
    sitting.write("Theirs")
    tab_to(sitting, page.ladder.bring_button)
    sitting.press("Space")
    assert guides(sitting)[1:] == [("Theirs", 1)]
    assert "Kept from the source" in words(page)
    workspace = sitting.window._desk.workspace
    guide = guide_at(workspace, guide_rows(workspace)[-1].id)
    assert {e.name: e.value for e in guide.extras} == {"name": "Ours", "points": {"a": 1}}


def test_a_broken_ladder_says_its_line_and_changes_nothing(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = chosen_file(monkeypatch, tmp_path / "broken.json")
    path.write_text('{"levels": [\n {"id": "L1"},\n {"id" "L2"}\n]}', "utf-8")
    page = page_of(sitting)
    sitting.press("Ctrl+Shift+I")
    assert "broken.json, line 3: this is not JSON at column 8: a colon is missing." in words(sitting.window)
    assert "What it asks" in words(page)
    assert len(guides(sitting)) == 1


def test_a_table_can_be_read_another_way(sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = chosen_file(monkeypatch, tmp_path / "matrix.csv")
    path.write_text("Dimension,L1,L2\nWriting,a,b\nReading,c,d\n", "utf-8")
    page = page_of(sitting)
    sitting.press("Ctrl+Shift+I")
    assert "Levels: L1, L2" in words(page)
    tab_to(sitting, named(page, QComboBox, "The table is"))
    sitting.press("Down")
    assert "Levels: Writing, Reading" in words(page)
    assert sitting.window.focusWidget() is named(page, QComboBox, "The table is")
    sitting.press("Up")
    assert "Levels: L1, L2" in words(page)
    sitting.press("Escape")
    assert len(guides(sitting)) == 1


def test_each_column_of_a_table_can_be_said(sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = chosen_file(monkeypatch, tmp_path / "kept.csv")
    path.write_text(
        "Our ladder,,\nPart,Junior,Senior,Since\nTesting,Writes own tests,Sets the way,then\n"
        "Design,Follows the design,Designs alone,now\n",
        "utf-8",
    )
    page = page_of(sitting)
    sitting.press("Ctrl+Shift+I")
    shown = words(page)
    assert "The headings stand in row 2; what is above is kept beside." in shown
    assert "Levels are the columns Junior, Senior, Since." in shown
    assert "Dimensions are the rows under “Part”: Testing, Design." in shown
    since = named(page, QComboBox, "Column “Since”")
    tab_to(sitting, since)
    sitting.press("Down", "Down")
    shown = words(page)
    assert "Levels are the columns Junior, Senior." in shown
    assert sitting.window.focusWidget() is named(page, QComboBox, "Column “Since”")
    sitting.press("Up")
    assert "Dimensions are the rows under “Part”: Testing, Design, in the groups then, now." in words(page)
    tab_to(sitting, page.ladder.bring_button)
    sitting.press("Space")
    workspace = sitting.window._desk.workspace
    guide = guide_at(workspace, guide_rows(workspace)[-1].id)
    assert [x.title for x in guide.levels] == ["Junior", "Senior"]
    assert [{e.name: e.value for e in d.extras} for d in guide.dimensions] == [{"Since": "then"}, {"Since": "now"}]


def test_another_sheet_and_row_of_headings_can_be_chosen(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = chosen_file(monkeypatch, tmp_path / "kept.md")
    path.write_text(
        "# One\n| Competency | L1 |\n|---|---|\n| Testing | Writes own tests |\n"
        "# Two\n| Skill | P1 |\n|---|---|\n| Draft | P2 |\n| Design | Follows the design of others |\n",
        "utf-8",
    )
    page = page_of(sitting)
    sitting.press("Ctrl+Shift+I")
    assert "Of 2 sheets “One” is read." in words(page)
    tab_to(sitting, named(page, QComboBox, "The sheet"))
    sitting.press("End")
    shown = words(page)
    assert "Of 2 sheets “Two” is read." in shown
    assert "Levels are the columns P1." in shown
    assert "Kept beside it: Sheet One" in shown
    tab_to(sitting, named(page, QComboBox, "The headings"))
    sitting.press("Home", "Down", "Down")
    assert "Levels are the columns P2." in words(page)
    sitting.press("Escape")


def test_a_guide_goes_out_as_pdf_and_yaml(sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = chosen_file(monkeypatch, tmp_path / "guide.pdf")
    page = page_of(sitting, "Ctrl+P")
    assert target.read_bytes().startswith(b"%PDF")
    target = chosen_file(monkeypatch, tmp_path / "guide.yaml")
    page._ask_yaml()
    sitting.settle()
    workspace = sitting.window._desk.workspace
    source = read_ladder(target)
    assert build(source, guess_map(source)) == guide_at(workspace, 1)
    path = workspace.path
    sitting.session.end()
    assert check_file(path) == []


@pytest.mark.parametrize(("levels", "dimensions"), [(5, 16), (16, 5), (1, 1)])
def test_every_view_holds_guides_of_any_size(sitting: Sitting, levels: int, dimensions: int) -> None:
    workspace = sitting.window._desk.workspace
    made = keeping.adopt(workspace, sized(levels, dimensions), "made")
    sitting.go("levels", guide=made.subject)
    page = sitting.window.page
    assert isinstance(page, LevelsPage)
    for way in ("read", "compare", "overview"):
        page._look(way)
        sitting.settle()
        assert page.findChild(QScrollArea) is not None
        tiles = [t for t in page.findChildren(BarTile) if t.isVisible()]
        assert len(tiles) == {"read": 1, "compare": 2, "overview": levels}[way] * dimensions + 4 * (way == "overview")
    sitting.press("R", "E", "Ctrl+Return")
    assert "Nothing was changed yet." in words(page)


def sized(levels: int, dimensions: int) -> Guide:
    cells = {f"Dimension {d}": [f"Says {d}", "and more"] for d in range(dimensions)}
    value = {"levels": [{"id": f"L{n}", "name": f"Level number {n}", "cells": cells} for n in range(levels)]}
    if dimensions == 1:
        value = {"levels": [{"id": "L0", "level": "L0", "theme": "Only", "summary": "x"}]}
    source = source_of("sized.json", json.dumps(value).encode())
    return build(source, guess_map(source))


@pytest.mark.skipif(not LADDERS.is_dir(), reason="the real ladders lie beside the checkout, not in it")
@pytest.mark.parametrize("name", ["ft/engineering-v1.yml", "snowflake/snowflake.json"])
def test_a_real_ladder_comes_in_and_opens_for_editing_without_a_change(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = chosen_file(monkeypatch, LADDERS / name)
    page = page_of(sitting)
    sitting.press("Ctrl+Shift+I")
    tab_to(sitting, page.ladder.bring_button)
    sitting.press("Space")
    workspace = sitting.window._desk.workspace
    guide = guide_at(workspace, 3)
    source = read_ladder(path)
    assert guide_yaml(guide) == guide_yaml(build(source, guess_map(source)))
    sitting.press("E", "Ctrl+Return")
    assert "Nothing was changed yet." in words(page)


def test_an_edit_that_is_no_version_yet_is_asked_about_before_the_window_closes(sitting: Sitting) -> None:
    page = page_of(sitting, "N")
    sitting.press("E")
    assert page.unsaved() == "", "nothing was typed yet"
    scope = named(page, QPlainTextEdit, "Scope")
    tab_to(sitting, scope)
    sitting.press("Ctrl+A")
    sitting.write("Two features")
    sitting.go("pipeline")
    sitting.window.close()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    assert "What was edited in the leveling guide is no version yet." in words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    sitting.settle()
    assert sitting.window.place == "levels"
    assert isinstance(scope, QPlainTextEdit)
    assert scope.toPlainText() == "Two features"
