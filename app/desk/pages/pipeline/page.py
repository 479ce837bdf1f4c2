"""The pipeline: an opening's board. Cards move by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QWidget

from app.actions import application, candidate
from app.actions.candidate import NewCandidate
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.pipeline.board import BoardView
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.file_dialog import ask_open
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, Space, aligned, column, holder, row, wide
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.strip_key import StripKey
from app.domain.candidate import FIELDS, CandidateField, FactKind, filled
from app.phrases.candidate import choice_words, fact_words
from app.queries.board import Board, board
from app.queries.lists import OpeningRow, opening_rows
from app.words import ntr, tr


class PipelinePage(Page):
    """One opening's board; `arrived(opening=…)` shows that one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._openings: tuple[OpeningRow, ...] = ()
        self._opening: int | None = None
        self._board: Board | None = None
        self._fresh = True
        self._add = Button(tr("Add candidate"), "primary")
        self._import = Button(tr("Import"))
        self._add.clicked.connect(self._open_form)
        self._import.clicked.connect(self._ask_import)
        self._slate = Button(tr("Slate"))
        self._slate.clicked.connect(self._go_slate)
        self._key = StripKey(desk.theme)
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Hire, Pipeline."""
        return (Crumb(tr("Hire")), Crumb(tr("Pipeline")))

    def top_actions(self) -> Sequence[QWidget]:
        """Candidates side by side, import, and the one main action."""
        return (self._slate, self._import, self._add)

    def footer(self) -> QWidget | None:
        """The key to the strip."""
        return self._key

    def commands(self) -> Sequence[Command]:
        """Adding, importing, moving, choosing the opening."""
        where = tr("Pipeline")
        left, right = partial(self.view.move_chosen, -1), partial(self.view.move_chosen, 1)
        return (
            Command("pipeline.add", tr("Add candidate"), self._open_form, ("Ctrl+N",), where, self._has_opening),
            Command(
                "pipeline.slate", tr("Slate: candidates side by side"), self._go_slate, (), where, self._has_opening
            ),
            Command("pipeline.import", tr("Import candidates"), self._ask_import, (), where),
            Command("pipeline.right", tr("Move to the next stage (Alt →)"), right, (), where, self.view.has_chosen),
            Command("pipeline.left", tr("Move to the stage before (Alt ←)"), left, (), where, self.view.has_chosen),
            Command(
                "pipeline.plan", tr("Interview plan of this opening"), self._show_plan, (), where, self._has_opening
            ),
            Command("pipeline.opening", tr("Choose another opening"), self._title.click, (), where),
        )

    def panes(self) -> Sequence[QWidget]:
        """The board, then the form while it is open."""
        return (self.view, self._panel)

    def arrived(self, **where: Any) -> None:
        """Show this opening's board, afresh."""
        self._opening = where.get("opening", self._opening)
        self._fresh = self._board is None
        self._ask()

    def forget(self) -> None:
        """No strip is in sight until the board is asked for again."""
        self._board = None
        self._stack.setCurrentWidget(self._blank)

    def changed(self, report: Any) -> None:
        """Something on the board was changed."""
        self._ask()

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._title = Button("", "headline")
        self._title.setAccessibleDescription(tr("Choose another opening"))
        self._menu = QMenu(self._title)
        self._title.setMenu(self._menu)
        self._facts = Text("", tone="soft", elide=True)
        self.view = BoardView(self.desk.theme, self.desk.workspace.zone)
        self.view.opened.connect(lambda chosen: self.desk.go("application", id=chosen))
        self.view.moved.connect(self._move)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.view)
        self.view.shown_in(area)
        self._stack.addWidget(
            holder(
                column(aligned(self._title, LEFT), self._facts, Space(10), wide(area), gap=2, margins=(20, 14, 20, 0))
            )
        )
        self._empty = EmptyPage(
            self.desk.theme,
            tr("No opening yet"),
            tr("An opening is a job to fill: its role and level, its stages, and the plan of its interviews."),
            tr("Add an opening in Settings"),
            lambda: self.desk.go("settings"),
        )
        self._stack.addWidget(self._empty)
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        self._panel = self._form_panel()
        row(wide(self._stack), self._panel, gap=0, on=self)
        self.setFocusProxy(self.view)

    def _form_panel(self) -> SidePanel:
        self._form = FieldSet(
            self.desk.theme,
            [_field(fact) for fact in FIELDS],
        )
        panel = SidePanel(self.desk.theme, tr("Add candidate"), self._form, save=tr("Add"))
        panel.saved.connect(self._save)
        panel.cancelled.connect(panel.close_panel)
        return panel

    def _ask(self) -> None:
        self.desk.ask(self, "openings", partial(opening_rows, self.desk.workspace), self._take_openings)

    def _take_openings(self, openings: tuple[OpeningRow, ...]) -> None:
        self._openings = openings
        if not openings or self._board is not None:
            self._stack.setCurrentIndex(0 if openings else 1)
        self._add.setEnabled(bool(openings))
        if not openings:
            self._key.hide()
            return
        if self._opening not in {o.id for o in openings}:
            self._opening = openings[0].id
        self._menu.clear()
        for opening in openings:
            action = QAction(f"{opening.role}  ·  {opening.code}".replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(opening.id == self._opening)
            action.triggered.connect(lambda _on=False, chosen=opening.id: self._choose(chosen))
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(tr("Interview plan…")).triggered.connect(lambda _on=False: self._show_plan())
        self.desk.ask(self, "board", partial(board, self.desk.workspace, self._opening), self._show)

    def _go_slate(self) -> None:
        if self._opening is not None:
            self.desk.go("slate", opening=self._opening)

    def _show_plan(self) -> None:
        self.desk.go("plan", opening=self._opening)

    def _choose(self, opening: int) -> None:
        self._opening = opening
        self._ask()

    def _show(self, shown: Board | None) -> None:
        if shown is None:
            return
        self._board = shown
        self._stack.setCurrentIndex(0)
        self._title.set_words(shown.role)
        self._facts.setText(_facts(shown))
        self._key.show()
        self._key.show_names(shown.narrow)
        self.view.show_board(shown, self.desk.workspace.now())
        if self._fresh and not self._panel.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fresh = False

    def _has_opening(self) -> bool:
        return self._opening is not None

    def _move(self, moved: int, stage: int) -> None:
        self.desk.write(
            partial(application.move, self.desk.workspace, moved, stage), lambda _changed: self._ask(), self
        )

    # Adding

    def _open_form(self) -> None:
        if self._opening is None:
            return
        self._form.set_values(dict.fromkeys(self._form.values()))
        self._panel.open_panel(tr("Add candidate"))

    def _save(self) -> None:
        values = self._form.values()
        facts = NewCandidate(**filled(values), applied_on=self.desk.workspace.today())

        def added(changed: Any) -> None:
            self._panel.close_panel()
            self.desk.say(tr("{name} is in the pipeline.").format(name=facts.name))
            self._ask()

        self.desk.write(
            partial(candidate.add, self.desk.workspace, facts, self._opening), added, self, self._panel.refuse
        )

    # Importing

    def _ask_import(self) -> None:
        kinds = tr("Tables (*.csv *.tsv *.txt *.xlsx *.json)")
        ask_open(self, tr("Import candidates"), kinds, self.import_from)

    def import_from(self, source: Path) -> None:
        """Show how a table would come into this opening."""
        self.desk.go("importcandidates", source=source, opening=self._opening)


def _field(fact: CandidateField) -> Field:
    words = fact_words(fact)
    kind = {FactKind.DAY: FieldType.DATE, FactKind.CHOICE: FieldType.CHOICE}.get(fact.kind, FieldType.LINE)
    choices = [(choice, choice_words(fact, choice)) for choice in fact.choices if choice != fact.open]
    return Field(fact.key, words.label, kind, fact.required, words.help, choices, words.hint)


def _facts(shown: Board) -> str:
    words = [shown.level, ntr("one seat", "{n} seats", shown.seats)]
    if shown.manager:
        words.append(tr("hiring manager {name}").format(name=shown.manager))
    if shown.day is not None:
        words.append(tr("day {n}, target {low}–{high}").format(n=shown.day, low=shown.target[0], high=shown.target[1]))
    words.append(tr("{n} closed").format(n=shown.closed))
    return " · ".join(words)
