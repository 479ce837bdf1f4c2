"""Forms: values in and out, what is wrong where, the panel beside the page, the one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.desk.parts.controls import Segmented
from app.desk.parts.dates import DateField, read_day
from app.desk.parts.empty import EmptyPage
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.form_panel import Asked, Form
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.side_panel import SidePanel, confirm
from app.desk.preferences import Appearance
from app.desk.theme import Theme
from app.domain.moment_text import moment_in
from app.errors import Refused

FIELDS = [
    Field("name", "Name & title", required=True, help="As the person writes it."),
    Field("notes", "Notes", FieldType.TEXT),
    Field("opening", "Opening", FieldType.CHOICE, choices=(("a", "Search"), ("b", "Ranking"))),
    Field("kept", "Kept until", FieldType.DATE),
    Field("at", "Interview at", FieldType.DATETIME),
]
MOMENT = datetime.combine(date(2026, 3, 12), time(15, 30))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light look, without a style sheet."""
    return Theme(Appearance.LIGHT)


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> FieldSet:
    """The form, shown."""
    made = FieldSet(theme, FIELDS)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def test_values_come_back_as_they_went_in(form: FieldSet) -> None:
    values: dict[str, Any] = {
        "name": "Hana Kovač",
        "notes": "one\ntwo",
        "opening": "b",
        "kept": date(2027, 3, 12),
        "at": MOMENT,
    }
    form.set_values(values)
    assert form.values() == values
    form.set_values(dict.fromkeys(values))
    assert form.values() == {"name": "", "notes": "", "opening": None, "kept": None, "at": None}


def test_filling_is_no_edit_and_typing_is(form: FieldSet, qtbot: QtBot) -> None:
    edited: list[str] = []
    form.edited.connect(edited.append)
    form.set_values({"name": "Hana", "notes": "x", "opening": "a", "at": MOMENT})
    assert edited == []
    QTest.keyClicks(form.input("name"), "h")
    QTest.keyClicks(form.input("notes"), "n")
    assert edited == ["name", "notes"]


def test_what_is_missing_is_said_under_its_field(form: FieldSet) -> None:
    form.input("kept").setFocus()
    kept = form.input("kept")
    assert isinstance(kept, DateField)
    QTest.keyClicks(kept.line, "soon")
    assert not form.check()
    name = form.input("name")
    assert name.hasFocus()
    assert name.accessibleDescription() == "Name & title is needed. As the person writes it. Required"
    assert "12 March 2026" in kept.line.accessibleDescription()
    QTest.keyClicks(name, "Hana")
    assert name.accessibleDescription() == "As the person writes it. Required"
    kept.line.clear()
    assert form.check()


def test_every_input_has_its_name(form: FieldSet) -> None:
    assert [form.input(f.name).accessibleName() for f in FIELDS] == [f.words for f in FIELDS]
    assert all(w.accessibleName() for w in form.findChildren(QLineEdit) if w.objectName() != "qt_spinbox_lineedit")


def test_choices_can_be_replaced(form: FieldSet) -> None:
    form.set_values({"opening": "b"})
    form.set_choices("opening", [("b", "Ranking"), ("c", "Ads")])
    assert form.values()["opening"] == "b"
    box = form.input("opening")
    assert isinstance(box, QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["Not set", "Ranking", "Ads"]


@pytest.mark.parametrize(
    "text", ["12 March 2026", "12 mar 2026", "2026-03-12", "12.3.2026", "12/03/2026", " 12. March, 2026 "]
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert read_day(text) == date(2026, 3, 12)


@pytest.mark.parametrize("text", ["", "soon", "31 February 2026", "12 Foo 2026", "2026-13-01", "12 March 26"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["12 March 2026, 15:30", "2026-03-12 15:30", "2026-03-12T15:30", "12.3.2026 15.30"])
def test_moments_are_read(text: str) -> None:
    assert moment_in(text, date(2026, 3, 12)) == MOMENT


@pytest.mark.parametrize("text", ["12 March 2026", "12 March 2026, 25:00", "13:70", "12 March 2026, 15:30 or so"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment_in(text, date(2026, 3, 12)) is None


def test_a_date_is_tidied_on_leaving(theme: Theme, qtbot: QtBot) -> None:
    field = DateField(theme)
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "2026-3-2")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "2 March 2026"


class Beside(QWidget):
    """A page with a button and a panel at its right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = QPushButton("Add")
        self.form = FieldSet(theme, FIELDS)
        self.panel = SidePanel(theme, "Add candidate", self.form)
        row = QHBoxLayout(self)
        row.addWidget(self.button)
        row.addWidget(self.panel)


@pytest.fixture
def beside(theme: Theme, qtbot: QtBot) -> Beside:
    """The page, with its panel open."""
    made = Beside(theme)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.button.setFocus()
    made.panel.open_panel()
    return made


def test_the_panel_saves_only_what_is_complete(beside: Beside) -> None:
    saved: list[dict[str, Any]] = []
    beside.panel.saved.connect(lambda: saved.append(beside.form.values()))
    name = beside.form.input("name")
    assert name.hasFocus()
    QTest.mouseClick(beside.panel.save_button, Qt.MouseButton.LeftButton)
    assert saved == []
    QTest.keyClicks(name, "Hana")
    QTest.keyClick(name, Qt.Key.Key_Return)
    notes = beside.form.input("notes")
    notes.setFocus()
    QTest.keyClick(notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [values["name"] for values in saved] == ["Hana", "Hana"]


def test_the_panel_gives_the_focus_back(beside: Beside) -> None:
    beside.panel.cancelled.connect(beside.panel.close_panel)
    QTest.keyClick(beside.form.input("name"), Qt.Key.Key_Escape)
    assert beside.panel.isHidden()
    assert beside.button.hasFocus()


def test_a_refusal_stays_in_the_panel(beside: Beside) -> None:
    beside.panel.refuse(Refused("This mail is here already.", "Open Hana instead."))
    said = [w.text() for w in beside.panel.findChildren(Text) if w.property("tone") == "bad" and w.isVisible()]
    assert said == ["This mail is here already. Open Hana instead."]
    QTest.keyClicks(beside.form.input("name"), "Hana")
    QTest.mouseClick(beside.panel.save_button, Qt.MouseButton.LeftButton)
    assert not [w for w in beside.panel.findChildren(Text) if w.property("tone") == "bad" and w.isVisible()]


def test_a_declaration_asks_once_and_wants_its_reason(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    reasons: list[str] = []
    dialog = confirm(theme, parent, "Amend?", "The first card stays.", "Amend card", reasons.append, reason="Reason")
    assert dialog.isVisible()
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    assert reasons == []
    QTest.keyClicks(dialog.findChildren(QPlainTextEdit)[0], "Misheard")
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    assert reasons == ["Misheard"]


def test_enter_does_not_declare_by_accident(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    reasons: list[str] = []
    dialog = confirm(theme, parent, "Submit?", "It can't be undone.", "Submit card", reasons.append)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert reasons == []


def test_a_segmented_choice_starts_empty_and_tells_what_was_taken(qtbot: QtBot) -> None:
    choice = Segmented([("hire", "Hire"), ("no", "No hire")], "Decision", strong=True)
    qtbot.addWidget(choice)
    choice.show()
    assert choice.value is None
    told: list[str] = []
    choice.chosen.connect(told.append)
    QTest.mouseClick(choice.button("no"), Qt.MouseButton.LeftButton)
    values = [choice.value]
    for key in ("hire", None):
        choice.choose(key)
        values.append(choice.value)
    assert (values, told) == (["no", "hire", None], ["no"])
    assert choice.button("hire").accessibleName() == "Decision: Hire"


def test_an_empty_page_offers_the_first_step(theme: Theme, qtbot: QtBot) -> None:
    steps: list[str] = []
    page = EmptyPage(theme, "No candidates yet", "Add one.", "Add candidate", lambda: steps.append("add"))
    qtbot.addWidget(page)
    page.show()
    assert page.button is not None
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert steps == ["add"]


@dataclass(frozen=True)
class Step:
    """What an action takes."""

    title: str
    count: int = 0
    unit: str = ""
    shared: bool = False


def test_what_is_left_open_is_what_the_action_takes_for_nothing(theme: Theme, qtbot: QtBot) -> None:
    asked = {
        "title": Asked("Title"),
        "count": Asked("Steps", wrong="Write a whole number, such as 3."),
        "unit": Asked("Unit", choices=(("day", "Days"),)),
        "shared": Asked("Shared", choices=((True, "yes"),)),
    }
    form = Form(theme, Step, asked)
    qtbot.addWidget(form)
    form.show_value(Step("Ship it"))
    shared = form.input("shared")
    assert isinstance(shared, QComboBox)
    assert shared.currentText() == "Not set"
    form.set_values({"count": None})
    assert form.value() == Step("Ship it")
    form.set_values({"count": "three"})
    assert not form.check()
    assert "Write a whole number, such as 3." in [t.text() for t in form.findChildren(Text)]


def test_a_line_that_was_only_walked_through_is_not_settled(theme: Theme, qtbot: QtBot) -> None:
    line = GrowingText(theme, "Note")
    qtbot.addWidget(line)
    settled: list[str] = []
    line.settled.connect(settled.append)
    line.fill("Before")
    line.finish_now()
    assert settled == []
    line.setPlainText("After")
    line.finish_now()
    line.finish_now()
    assert settled == ["After"]
