"""Somebody who was asked to assess a member and has not answered: their form, another day, typing in, excusing them."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from app.actions import assessment_request
from app.actions.assessment_request import DueDay
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_dialog import ask_where
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.subject_page import SubjectPage
from app.packets.printables import FORM
from app.queries.assessment_request import AssessmentLine
from app.queries.team import MemberView
from app.words import tr


class AskedActions:
    """What a person does with one who was asked about the member that a page shows."""

    def __init__(self, page: SubjectPage[MemberView], bar: FileBar) -> None:
        self._page, self._bar = page, bar
        self._line: AssessmentLine | None = None
        self.due = FormPanel(page.desk.theme, tr("When they are to answer"), DueDay, {"due_on": Asked(tr("By"))})
        self.due.saved.connect(self._save_due)

    def open_menu(self, button: QPushButton, line: AssessmentLine) -> None:
        """What can be done, under the name."""
        menu = DropMenu(button)
        menu.offer(tr("Their form as PDF…"), partial(self._ask_form, line))
        menu.offer(tr("Type in what they wrote…"), partial(self._page.desk.go, "assessment", id=line.id))
        menu.offer(tr("Another day…"), partial(self._ask_due, line))
        menu.offer(tr("Excuse them"), partial(self._excuse, line))
        menu.drop()

    def _ask_form(self, line: AssessmentLine) -> None:
        shown = self._page.shown
        if shown is not None:
            name = f"{shown.row.name}, {line.level}, {line.rater}.pdf"
            ask_where(
                self._page,
                FORM.title,
                name,
                partial(self._bar.print_one, FORM, line.id, tr("Making the form")),
            )

    def _ask_due(self, line: AssessmentLine) -> None:
        self._line = line
        self.due.show_value(DueDay(line.due_on))
        self._page.open_panel(self.due, tr("When {name} is to answer").format(name=line.rater))

    def _save_due(self) -> None:
        if self._line is not None:
            action = partial(assessment_request.set_due, self._page.workspace, self._line.id, self.due.value())
            self._page.act(action, lambda _changed: self.due.close_panel(), self.due.refuse)

    def _excuse(self, line: AssessmentLine) -> None:
        self._page.act(partial(assessment_request.excuse, self._page.workspace, line.id))
