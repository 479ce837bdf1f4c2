"""The part of a draft that is open: its title, what moves or removes it, and the form of its section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.pages.rubric.dimension_form import DimensionForm
from app.desk.pages.rubric.first_days_form import FirstDaysForm
from app.desk.pages.rubric.part_fields import FIELDS
from app.desk.pages.rubric.part_form import PartForm
from app.desk.pages.rubric.plan_form import PlanForm
from app.desk.pages.rubric.typed_text import TypedForm
from app.desk.parts.controls import Button
from app.desk.parts.focus import focus_first
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, row, wide
from app.desk.theme import Theme
from app.domain.rubric_draft import DIMENSION, EXERCISE, GYM, HEAD, LEVELS, ONBOARDING, PLAN, Part
from app.phrases.rubric_draft import SECTION_WORDS, part_words
from app.queries.rubric_draft import DraftView
from app.words import ntr, tr


class OpenPart(QWidget):
    """`written` carries the part, a place in it, its value and whether it is still being typed; `must_have` a dimension
    and whether it is one."""

    written = Signal(int, object, object, bool)
    must_have = Signal(str, bool)
    searched = Signal()
    moved = Signal(int)
    removed = Signal()
    went_to = Signal(QWidget)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part: Part | None = None
        self._forms: dict[str, TypedForm] = {}
        self._title = Text("", "title", wrap=True)
        self._up = Button(tr("Up"), small=True, name=tr("Move this part up"), run=lambda: self.moved.emit(-1))
        self._down = Button(tr("Down"), small=True, name=tr("Move this part down"), run=lambda: self.moved.emit(1))
        self._out = Button(tr("Remove"), small=True, name=tr("Remove this part"), run=self.removed.emit)
        self._beside = Text("", tone="soft", wrap=True)
        self._body: QVBoxLayout = column(gap=0)
        head = row(wide(self._title), self._up, self._down, self._out, gap=6)
        column(head, self._beside, self._body, STRETCH, gap=12, margins=(16, 14, 16, 24), on=self)

    def show_part(self, part: Part, page: DraftView) -> None:
        """Show a part; what is being typed in it stays."""
        fresh = self._part is None or self._part.id != part.id
        self._part = part
        self._title.setText(part_words(part) if part.section != HEAD else SECTION_WORDS[HEAD])
        movable = part.section in (DIMENSION, EXERCISE, PLAN)
        for button in (self._up, self._down):
            button.setVisible(movable)
        self._out.setVisible(part.section != HEAD)
        self._beside.setText(_beside(part))
        self._beside.setVisible(part.section in (LEVELS, GYM))
        form = self._form(part.section, fresh=fresh)
        for section, other in self._forms.items():
            other.setVisible(section == part.section)
        match form:
            case DimensionForm():
                own = part.content["id"]
                narrow = tuple(
                    str(p.content["narrow"]) for p in page.parts if p.section == DIMENSION and p.content["id"] != own
                )
                form.show_part(part, narrow, must_have=own in page.head.content["must_have"])
            case PlanForm():
                exercises = tuple(p for p in page.parts if p.section == EXERCISE)
                form.show_part(part, page.dimensions, exercises)
            case FirstDaysForm():
                form.show_part(part, page.dimensions)
            case PartForm():
                form.show_part(part, page.dimensions, _questions(part, page))

    def save_now(self) -> None:
        """Tell what is being typed."""
        for form in self._forms.values():
            if not form.isHidden():
                form.save_now()

    def finish_now(self) -> None:
        """Tell it and let it go."""
        for form in self._forms.values():
            if not form.isHidden():
                form.finish_now()

    def begin_typing(self) -> None:
        """Go to the first field of the open part."""
        form = self._forms.get(self._part.section) if self._part is not None else None
        if form is not None:
            focus_first(form)

    def add_question(self) -> None:
        """Begin a further question of the open dimension."""
        form = self._forms.get(DIMENSION)
        if isinstance(form, DimensionForm):
            form.begin_question()

    def take_question(self, question: Mapping[str, Any]) -> None:
        """Put a question into the open dimension."""
        form = self._forms.get(DIMENSION)
        if isinstance(form, DimensionForm):
            form.add_question(question)

    def _form(self, section: str, *, fresh: bool) -> TypedForm | None:
        """The form of a section; another part gets one of its own, so that no field is taken for another's."""
        if section in (LEVELS, GYM):
            return None
        if fresh and section in self._forms:
            old = self._forms.pop(section)
            old.hide()
            old.deleteLater()
        if section not in self._forms:
            made = self._forms[section] = self._made(section)
            made.written.connect(self._tell)
            self._body.addWidget(made)
        return self._forms[section]

    def _made(self, section: str) -> TypedForm:
        if section == DIMENSION:
            form = DimensionForm(self._theme)
            form.must_have.connect(self._tell_must_have)
            form.searched.connect(self.searched)
            form.went_to.connect(self.went_to)
            return form
        if section == PLAN:
            return PlanForm(self._theme)
        if section == ONBOARDING:
            return FirstDaysForm(self._theme)
        return PartForm(self._theme, FIELDS[section])

    def _tell(self, way: object, value: object, typing: bool) -> None:
        if self._part is not None:
            self.written.emit(self._part.id, way, value, typing)

    def _tell_must_have(self, on: bool) -> None:
        if self._part is not None:
            self.must_have.emit(str(self._part.content["id"]), on)


def _questions(part: Part, page: DraftView) -> tuple[tuple[str, str], ...]:
    """The questions an exercise can ask: those of the dimensions it shows."""
    if part.section != EXERCISE:
        return ()
    shown = {*part.content["primary"], *part.content["secondary"]}
    return tuple((q.id, q.text) for d in page.rubric.dimensions if d.id in shown for q in d.questions if q.text)


def _beside(part: Part) -> str:
    if part.section == LEVELS:
        return tr("The levels that come along with this rubric. They are read and edited under Levels, as a guide.")
    if part.section == GYM:
        answers = len(part.content["answers"])
        return ntr("{n} written answer to practise on.", "{n} written answers to practise on.", answers)
    return ""
