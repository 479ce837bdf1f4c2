"""A table on its way in: columns, examples and choices at the left, what becomes of each row at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.desk.pages.people_import.page import PeopleImportPage
from app.queries.plain_lists import candidates, colleagues, members
from tests.exchange.greenhouse import in_folder, usual
from tests.journeys.conftest import Sitting

LEAD = "Name,Contact,Grade,Applied\nWei Zhang,wei@example.org,7,02/03/2026\nAda Lind,ada@example.org,5,03/04/2026\n"


def folder(sitting: Sitting) -> Path:
    """Where the workspace lies."""
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace.path.parent


def shown(sitting: Sitting, text: str, place: str = "importcandidates", name: str = "theirs.csv") -> PeopleImportPage:
    """The page with a table that was written for it."""
    path = folder(sitting) / name
    path.write_text(text)
    sitting.go(place, source=path, **({"opening": 1} if place == "importcandidates" else {}))
    page = sitting.window.page
    assert isinstance(page, PeopleImportPage)
    settled(sitting, page)
    return page


def settled(sitting: Sitting, page: PeopleImportPage) -> None:
    """Wait until its rows were looked at."""
    sitting.qtbot.waitUntil(lambda: not page._rest.isActive() and page._job is None, timeout=20_000)
    sitting.settle()


def choose(sitting: Sitting, page: PeopleImportPage, name: str, words: str) -> None:
    """Choose by the keyboard, as a person does: the first letters of the words in a field."""
    combo = sitting.find(QComboBox, name)
    combo.setFocus(Qt.FocusReason.OtherFocusReason)
    sitting.press("Home")
    for _ in range(combo.count()):
        if combo.currentText() == words:
            break
        sitting.press("Down")
    assert combo.currentText() == words
    settled(sitting, page)


def test_a_table_is_mapped_looked_at_and_brought_in_by_keys(sitting: Sitting) -> None:
    page = shown(sitting, LEAD)
    workspace = page.desk.workspace
    before = len(candidates(workspace))
    assert "could be two days" in page.rows.problem.text()
    assert not page.import_button.isEnabled()
    choose(sitting, page, "Dates", "day, month, year")
    assert page.import_button.isEnabled()
    choose(sitting, page, "Contact", "Mail")
    choose(sitting, page, "Grade", "Left out")
    assert page.rows.remarks.text() == "Columns that do not come in: Grade."
    assert page.rows.words.text().startswith("2 rows: 2 new candidates, 0 known already, 0 left out; 2 new applic")
    assert page.rows.table is not None
    assert page.rows.table.model().index(0, 1).data() == "Wei Zhang"
    assert len(candidates(workspace)) == before, "nothing is written before Import"
    sitting.press("Ctrl+Return")
    sitting.settle()
    assert sitting.window.page is not page
    came = candidates(workspace)[before:]
    assert [(c["name"], c["mail"]) for c in came] == [
        ("Wei Zhang", "wei@example.org"),
        ("Ada Lind", "ada@example.org"),
    ]
    sitting.press("Ctrl+Z")
    assert len(candidates(workspace)) == before, "undone as a whole"


def test_refused_rows_are_skipped_only_where_that_is_said(sitting: Sitting) -> None:
    page = shown(sitting, "Name,Email\nWei Zhang,wei@example.org\nAda Lind,nowhere\n")
    assert not page.import_button.isEnabled()
    assert "Line 3, Ada Lind: “nowhere” is no mail address." in page.rows.problem.text()
    page.skip.setFocus()
    sitting.press("Space")
    settled(sitting, page)
    assert page.import_button.isEnabled()
    assert page.import_button.text() == "Import 1 row"


def test_other_columns_come_along_unless_one_says_no(sitting: Sitting) -> None:
    page = shown(sitting, "Name,Email,Grade,Gender\nWei Zhang,wei@example.org,7,m\n")
    assert "Come along as further facts: Grade." in page.rows.remarks.text()
    for words in ("Columns that do not come in: Grade, Gender.", "Columns that do not come in: Gender."):
        page.further.setFocus()
        sitting.press("Space")
        settled(sitting, page)
        assert words in page.rows.remarks.text()
    assert "Come along as further facts: Grade." in page.rows.remarks.text()


def test_a_map_is_kept_by_name_and_used_for_the_next_table(sitting: Sitting) -> None:
    page = shown(sitting, LEAD)
    choose(sitting, page, "Contact", "Mail")
    choose(sitting, page, "Dates", "day, month, year")
    page._ask_name()
    sitting.write("Theirs")
    sitting.press("Return")
    page = shown(sitting, LEAD.replace("Wei Zhang,wei@", "Wei Li,li@"), name="later.csv")
    assert not page.import_button.isEnabled()
    choose(sitting, page, "A map that is kept", "Theirs")
    assert page.import_button.isEnabled()
    kept = page.incoming()
    assert kept is not None
    assert kept.map.by_heading["Contact"] == "mail"


def test_an_encoding_that_can_not_be_told_is_said(sitting: Sitting) -> None:
    path = folder(sitting) / "theirs.csv"
    path.write_bytes("Name;Email\nАнна Каренина;anna@example.org\n".encode("cp1251"))
    sitting.go("importcandidates", source=path, opening=1)
    page = sitting.window.page
    assert isinstance(page, PeopleImportPage)
    settled(sitting, page)
    assert "Windows-1251: “Анна Каренина”" in page.rows.problem.text()
    choose(sitting, page, "Written in", "cp1251")
    assert page.rows.table is not None
    assert page.rows.table.model().index(0, 1).data() == "Анна Каренина"


def test_members_and_colleagues_come_in_by_the_same_page(sitting: Sitting) -> None:
    page = shown(sitting, "Worker,Grade,Shoe\nTor Lund,MLE2,44\n", "importmembers")
    assert page.rows.remarks.text() == "Columns that do not come in: Shoe."
    sitting.click(page.import_button)
    assert "Tor Lund" in {m["name"] for m in members(page.desk.workspace)}
    page = shown(sitting, "Name,Work e-mail\nIda Moe,ida@example.org\n", "importcolleagues")
    sitting.click(page.import_button)
    assert ("Ida Moe", "ida@example.org") in {(c["name"], c["mail"]) for c in colleagues(page.desk.workspace)}


def test_a_folder_of_greenhouses_json_says_what_it_opens_before_it_comes_in(sitting: Sitting) -> None:
    source = in_folder(folder(sitting) / "dump", usual())
    sitting.go("importcandidates", source=source, opening=1)
    page = sitting.window.page
    assert isinstance(page, PeopleImportPage)
    settled(sitting, page)
    assert "1 scorecard comes with them: a card from elsewhere is counted nowhere" in page.rows.remarks.text()
    before = len(candidates(page.desk.workspace))
    sitting.press("Ctrl+Return")
    sitting.settle()
    workspace = page.desk.workspace
    assert len(candidates(workspace)) == before + 2
    sitting.press("Ctrl+Z")
    assert len(candidates(workspace)) == before, "undone as a whole"
