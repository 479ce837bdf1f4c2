"""The pipeline: an opening's board, or one opening or all as a table, with the same filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QWidget

from app.actions import application
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.pipeline.adding import AddPanel
from app.desk.pages.pipeline.board import BoardView
from app.desk.pages.pipeline.several import ActionBar
from app.desk.pages.pipeline.table import PipelineTable
from app.desk.pages.pipeline.view_bar import ViewBar
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_dialog import ask_open
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, STRETCH, Space, aligned, column, holder, row, stacked, wide
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.strip_key import StripKey
from app.domain.pipeline_view import PipelineView, Shape, Standing, view_of
from app.queries.board import Board
from app.queries.lists import OpeningRow, opening_rows
from app.queries.pipeline import (
    PipelineChoices,
    PipelineIds,
    StuckOnes,
    board_in,
    pipeline_choices,
    pipeline_ids,
    pipeline_rows,
    stuck_in,
)
from app.words import ntr, tr


class PipelinePage(Page):
    """`arrived(opening=…)` shows that opening, `arrived(view=…)` what a view has."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._openings: tuple[OpeningRow, ...] = ()
        self.look = view_of(desk.preferences.pipeline(desk.workspace.settings.key))
        self._choices: PipelineChoices | None = None
        self._board: Board | None = None
        self._found: PipelineIds | None = None
        self._stuck = StuckOnes(frozenset(), {})
        self._fresh = True
        self._add = Button(tr("Add candidate"), "primary")
        self._import = Button(tr("Import"))
        self._add.clicked.connect(self._open_form)
        self._import.clicked.connect(self._ask_import)
        self._slate = Button(tr("Slate"))
        self._slate.clicked.connect(self._go_slate)
        self._key = StripKey(desk.theme)
        self._panels: tuple[SidePanel, ...] = ()
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
            Command("pipeline.all", tr("All openings as a table"), partial(self._choose, None), (), where),
            Command("pipeline.closed", tr("Closed applications"), self._show_closed, (), where),
            Command("pipeline.twice", tr("Same person twice"), partial(self.desk.go, "duplicates"), (), where),
            *self.bar.commands(),
            *self.several.commands(),
        )

    def panes(self) -> Sequence[QWidget]:
        """The line above, board or table, then the form while it is open."""
        shown = self.table if self._is_table() else self.view
        return (self.bar, shown, *(panel for panel in self._panels if not panel.isHidden()))

    def arrived(self, **where: Any) -> None:
        """Show this opening, or this view, afresh."""
        asked = where.get("view")
        self.look = asked if isinstance(asked, PipelineView) else self.look
        if "opening" in where:
            self.look = replace(self.look.cleared(), opening=where["opening"], shape=Shape.BOARD)
        self._fresh = self._board is None
        self._ask()

    def forget(self) -> None:
        """No strip is in sight until the board is asked for again."""
        self._board = None
        self.table.rows.forget()
        self._stack.setCurrentWidget(self._blank)

    def left(self) -> None:
        """Remember what was in view."""
        super().left()
        key, view = self.desk.workspace.settings.key, self.look.as_text()
        if self.desk.preferences.pipeline(key) != view:
            self.desk.prefer(pipelines=self.desk.preferences.with_pipeline(key, view))

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
        self._closed = Button("", "link", small=True, run=self._show_closed)
        self._build_shapes()
        facts = row(self._facts, self._closed, STRETCH, gap=6)
        above = column(aligned(self._title, LEFT), facts, Space(4), self.bar, self.several, gap=4)
        self._stack.addWidget(holder(column(above, Space(6), wide(self._shapes), gap=2, margins=(20, 14, 20, 0))))
        self._empty = EmptyPage(
            self.desk.theme,
            tr("No opening yet"),
            tr("An opening is a job to fill: its role and level, its stages, and the plan of its interviews."),
            tr("Add an opening"),
            lambda: self.desk.go("openings"),
        )
        self._stack.addWidget(self._empty)
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        self._panel = AddPanel(self.desk)
        self._panel.added.connect(self._ask)
        self._panels = (self._panel, *self.bar.panels, *self.several.panels)
        for panel in self._panels:
            panel.cancelled.connect(panel.close_panel)
        row(wide(self._stack), *self._panels, gap=0, on=self)
        self.setFocusProxy(self.view)

    def _build_shapes(self) -> None:
        """Board and table, and the lines above them."""
        theme = self.desk.theme
        self.view = BoardView(theme, self.desk.workspace.zone)
        self.view.opened.connect(lambda chosen: self.desk.go("application", id=chosen))
        self.view.moved.connect(self._move)
        self.view.all_asked.connect(lambda stage: self.show_view(replace(self.look, stage=stage, shape=Shape.TABLE)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.view)
        self.view.shown_in(area)
        self.table = PipelineTable(theme)
        self.table.opened.connect(lambda chosen: self.desk.go("application", id=chosen))
        self.table.viewed.connect(self.show_view)
        self.table.rows.wanted.connect(self._read_rows)
        self.bar = ViewBar(self.desk, self, self.open_panel)
        self.bar.viewed.connect(self.show_view)
        self.several = ActionBar(self.desk, self, self.table, self.view, self.open_panel)
        nobody = holder(column(Text(tr("Nobody is in this view."), tone="soft"), STRETCH, margins=(0, 12, 0, 0)))
        nobody.setFocusProxy(self.bar)
        self._shapes = stacked(area, self.table, nobody)

    @property
    def _opening(self) -> int | None:
        return self.look.opening

    def _ask(self) -> None:
        self.desk.ask(self, "openings", partial(opening_rows, self.desk.workspace), self._take_openings)

    def _take_openings(self, openings: tuple[OpeningRow, ...]) -> None:
        self._openings = openings
        if not openings or self._board is not None:
            self._stack.setCurrentIndex(0 if openings else 1)
        if not openings:
            self._add.setEnabled(False)
            self._key.hide()
            return
        known = {o.id for o in openings}
        if self._opening not in known and not (self._opening is None and self._is_table()):
            self.look = replace(self.look, opening=next((o.id for o in openings if not o.closed), openings[0].id))
        self._fill_menu()
        self.desk.ask(self, "choices", partial(pipeline_choices, self.desk.workspace), self._take_choices)
        self._read()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for opening in self._openings:
            if opening.closed and opening.id != self._opening:
                continue
            action = QAction(f"{opening.role}  ·  {opening.code}".replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(opening.id == self._opening)
            action.triggered.connect(lambda _on=False, chosen=opening.id: self._choose(chosen))
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(tr("All openings")).triggered.connect(lambda _on=False: self._choose(None))
        if self._has_opening():
            self._menu.addAction(tr("Interview plan…")).triggered.connect(lambda _on=False: self._show_plan())

    def _take_choices(self, choices: PipelineChoices) -> None:
        self._choices = choices
        self.bar.offer(choices)
        self.several.offer(choices)
        self.bar.show_view(self.look, choices, len(self.table.rows.ids) if self._is_table() else None)

    def _go_slate(self) -> None:
        if self._opening is not None:
            self.desk.go("slate", opening=self._opening)

    def _show_plan(self) -> None:
        self.desk.go("plan", opening=self._opening)

    def _choose(self, opening: int | None) -> None:
        self.show_view(replace(self.look, opening=opening, stage=""))

    # The view

    def show_view(self, view: PipelineView) -> None:
        """Show what a view has."""
        before = self.look
        if view.shape is Shape.BOARD and view.opening is None and before.opening is None and self._openings:
            view = replace(view, opening=self._openings[0].id)  # from all of them to a board, which is of one
        self.look = view.settled()
        if replace(before, widths=self.look.widths) == self.look:
            self.bar.show_view(self.look, self._choices, len(self.table.rows.ids))
            return  # a column was sized
        self._fresh = before.shape is not self.look.shape
        if self._fresh:
            self.view.choose_nobody()
            self.table.choose_nobody()
        self._fill_menu()
        self._read()

    def _is_table(self) -> bool:
        return self.look.shape is Shape.TABLE

    def _show_closed(self) -> None:
        self.show_view(replace(self.look.cleared(), standing=Standing.CLOSED, shape=Shape.TABLE))

    def _read(self) -> None:
        """Ask for what is in view."""
        self._add.setEnabled(self._has_opening())
        self._slate.setEnabled(self._has_opening())
        look = self.look
        if self._is_table():
            self.table.show_view(look)
            self.desk.ask(self, "shown", partial(pipeline_ids, self.desk.workspace, look), self._show_table)
        else:
            self.desk.ask(self, "shown", partial(board_in, self.desk.workspace, look), self._show)

    def _read_rows(self) -> None:
        turn, block, ids = self.table.rows.next_block()
        query = partial(pipeline_rows, self.desk.workspace, ids, self._stuck.limits)
        self.desk.ask(self, "rows", query, partial(self.table.rows.take, turn, block))

    def _take_stuck(self, stuck: StuckOnes) -> None:
        """It takes longer than the rows do, so these are there before; they are read again where it says otherwise."""
        if stuck != self._stuck:
            self._stuck = stuck
            self.table.rows.show_ids(self.table.rows.ids)
        self._say_counts()

    def _say_counts(self) -> None:
        if self._is_table() and self._found is not None:
            self._facts.setText(_counted(self._found, self._stuck, self.look))

    def _show_table(self, found: PipelineIds) -> None:
        if not self._is_table():
            return
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self.table if found.ids else self.bar)
        chosen = next((o for o in self._openings if o.id == self._opening), None)
        self._title.set_words(chosen.role if chosen is not None else tr("All openings"))
        self._found = found
        self._say_counts()
        self._say_closed(found.counts[Standing.CLOSED])
        self._key.hide()
        self.bar.show_view(self.look, self._choices, len(found.ids))
        self.table.show_ids(found.ids)
        self._shapes.setCurrentIndex(1 if found.ids else 2)
        if self._fresh and self._panel.isHidden():
            (self.table if found.ids else self.bar).setFocus(Qt.FocusReason.OtherFocusReason)
        self._fresh = False
        self.desk.ask(self, "stuck", partial(stuck_in, self.desk.workspace, self._opening), self._take_stuck)

    def _show(self, shown: Board | None) -> None:
        if shown is None or self._is_table():
            return
        self._board = shown
        self._stack.setCurrentIndex(0)
        self._shapes.setCurrentIndex(0)
        self.setFocusProxy(self.view)
        self._title.set_words(shown.role)
        self._facts.setText(_facts(shown))
        self._say_closed(shown.closed)
        self._key.show()
        self._key.show_names(shown.narrow)
        self.bar.show_view(self.look, self._choices, None)
        self.view.show_board(shown, self.desk.workspace.now())
        if self._fresh and not self._panel.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fresh = False

    def _say_closed(self, closed: int) -> None:
        self._closed.set_words(tr("{n} closed").format(n=closed))
        self._closed.setVisible(self.look.standing is not Standing.CLOSED)

    def _has_opening(self) -> bool:
        return self._opening is not None

    def _move(self, moved: int, stage: int) -> None:
        self.desk.write(
            partial(application.move, self.desk.workspace, moved, stage), lambda _changed: self._ask(), self
        )

    def _open_form(self) -> None:
        if self._opening is not None:
            self._panel.begin(self._opening)
            self.open_panel(self._panel)

    def open_panel(self, panel: SidePanel, title: str = "") -> None:
        """Open one form, and close the others."""
        for other in self._panels:
            if other is not panel and not other.isHidden():
                other.close_panel()
        panel.open_panel(title)

    # Importing

    def _ask_import(self) -> None:
        kinds = tr("Tables (*.csv *.tsv *.txt *.xlsx *.json)")
        ask_open(self, tr("Import candidates"), kinds, self.import_from)

    def import_from(self, source: Path) -> None:
        """Show how a table would come into this opening."""
        self.desk.go("importcandidates", source=source, opening=self._opening)


def _facts(shown: Board) -> str:
    words = [shown.level, ntr("one seat", "{n} seats", shown.seats)]
    if shown.manager:
        words.append(tr("hiring manager {name}").format(name=shown.manager))
    if shown.day is not None:
        words.append(tr("day {n}, target {low}–{high}").format(n=shown.day, low=shown.target[0], high=shown.target[1]))
    return " · ".join(words)


def _counted(found: PipelineIds, stuck: StuckOnes, look: PipelineView) -> str:
    words = [tr("{n} open").format(n=found.counts[Standing.OPEN])]
    if look.standing in (Standing.OPEN, Standing.STUCK, Standing.ALL):
        words.append(tr("{n} stuck").format(n=len(stuck.ids.intersection(found.ids))))
    return " · ".join((*words, tr("{n} on hold").format(n=found.counts[Standing.HELD])))
