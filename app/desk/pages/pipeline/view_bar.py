"""The line above board and table: the filter in words, and what can be done about the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions import pipeline_lists
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Page
from app.desk.pages.pipeline.filter_panel import FilterPanel, ViewName, name_panel
from app.desk.parts.controls import Button, Segmented
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, row
from app.desk.parts.side_panel import SidePanel
from app.domain.pipeline_view import FORMATS, SORTABLE, PipelineColumn, PipelineView, Shape
from app.phrases.pipeline import column_words, filter_words
from app.queries.pipeline import PipelineChoices, saved_views
from app.words import ntr, tr


class ViewBar(QWidget):
    """`viewed` carries the view that is asked for."""

    viewed = Signal(object)

    def __init__(self, desk: Desk, page: Page, open_panel: Callable[[SidePanel, str], None]) -> None:
        super().__init__()
        self._open = open_panel
        self._filter_panel = FilterPanel(desk.theme)
        self._filter_panel.saved.connect(self._take_filter)
        self._name = name_panel(desk.theme)
        self._name.saved.connect(self._keep)
        self._desk, self._page = desk, page
        self._out: Any = None
        self._view = PipelineView()
        self._words = Text("", tone="soft", elide=True)
        self._clear = Button(tr("Clear"), "link", run=self.clear, name=tr("Clear the filter"), small=True)
        self.shape = Segmented([(Shape.BOARD, tr("Board")), (Shape.TABLE, tr("Table"))], tr("Show as"))
        self.shape.chosen.connect(lambda key: self.viewed.emit(_shaped(self._view, Shape(key))))
        self._filter = Button(tr("Filter…"), small=True, run=self.open_filter)
        self.setFocusProxy(self._filter)
        self._views = Button(tr("Views"), small=True, run=self.ask_views, name=tr("Views by name"))
        self._columns = Button(tr("Columns"), small=True, run=self.drop_columns, name=tr("Columns and order"))
        self._export = Button(tr("Export"), small=True, run=self.drop_export, name=tr("Export what is in view"))
        buttons = flowing(self.shape, self._filter, self._views, self._columns, self._export, gap=6)
        self._under = column(row(buttons, self._words, self._clear, STRETCH, gap=10), gap=4, on=self)

    @property
    def panels(self) -> tuple[SidePanel, ...]:
        """Its forms, which stand beside the page."""
        return (self._filter_panel, self._name)

    def commands(self) -> Sequence[Command]:
        """The same by keys."""
        command = CommandsOf("pipeline", tr("Pipeline"))
        csv, xlsx = partial(self.ask_export, "csv"), partial(self.ask_export, "xlsx")
        return (
            command("filter", tr("Filter the pipeline"), self.open_filter, "Ctrl+F"),
            command("clear", tr("Clear the filter"), self.clear, "Ctrl+Shift+F", when=lambda: self._view.filtered),
            command("turn", tr("Board or table"), self.turn, "Ctrl+B"),
            command("views", tr("Views by name"), self.ask_views, "Ctrl+Shift+V"),
            command("keep", tr("Keep this view"), self.open_name),
            command("columns", tr("Columns and order"), self.drop_columns, when=self._columns.isVisible),
            command("csv", tr("Export what is in view as CSV"), csv, "Ctrl+Shift+E", when=self._columns.isVisible),
            command("xlsx", tr("Export what is in view as XLSX"), xlsx, when=self._columns.isVisible),
        )

    def offer(self, choices: PipelineChoices) -> None:
        """What the filter can be."""
        self._filter_panel.offer_choices(choices)

    def open_filter(self) -> None:
        """Open the filter on what is in view."""
        self._filter_panel.show_value(self._view)
        self._open(self._filter_panel, "")

    def open_name(self) -> None:
        """Ask for the name this view is kept under."""
        self._name.show_value(ViewName(""))
        self._open(self._name, "")

    def show_view(self, view: PipelineView, choices: PipelineChoices | None, counted: int | None) -> None:
        """Say what is in view, and how many where that is known."""
        self._view = view
        owners = dict(choices.colleagues) if choices is not None else {}
        words = filter_words(view, owners.get(view.owner or 0, ""), owners.get(view.waiting or 0, ""))
        count = ntr("{n} application", "{n} applications", counted) if counted is not None else ""
        self._words.setText(" · ".join(w for w in (words, count) if w))
        self._clear.setVisible(view.filtered)
        self.shape.choose(view.shape)
        table = view.shape is Shape.TABLE
        self._columns.setVisible(table)
        self._export.setVisible(table)

    def clear(self) -> None:
        """All open ones again."""
        self.viewed.emit(self._view.cleared())

    def turn(self) -> None:
        """Board instead of table, or the other way round."""
        self.viewed.emit(_shaped(self._view, Shape.BOARD if self._view.shape is Shape.TABLE else Shape.TABLE))

    def ask_views(self) -> None:
        """Drop the views that are kept."""
        self._desk.ask(self._page, "views", partial(saved_views, self._desk.workspace), self._drop_views)

    def drop_columns(self) -> None:
        """Drop the columns that there are, and what the table can be sorted by."""
        menu = DropMenu(self._columns)
        for each in PipelineColumn:
            action = menu.addAction(column_words(each))
            action.setCheckable(True)
            action.setChecked(each in self._view.columns)
            action.setEnabled(each is not PipelineColumn.NAME)
            action.triggered.connect(lambda _on=False, one=each: self.viewed.emit(self._view.toggled(one)))
        menu.addSeparator()
        order = menu.addMenu(tr("Order by"))
        for each in SORTABLE:
            action = order.addAction(column_words(each))
            action.setCheckable(True)
            action.setChecked(each is self._view.sort)
            action.triggered.connect(lambda _on=False, one=each: self.viewed.emit(self._view.sorted_by(one)))
        menu.drop()

    def drop_export(self) -> None:
        """Drop the kinds of file."""
        menu = DropMenu(self._export)
        for form in FORMATS:
            menu.offer(tr("What is in view as {form}…").format(form=form.upper()), partial(self.ask_export, form))
        menu.drop()

    def ask_export(self, form: str) -> None:
        """Ask where the table goes, and write it."""
        if self._out is None:
            self._out = import_module("app.desk.pages.pipeline.export").TableExport(self._desk)
            self._under.addWidget(self._out)
        self._out.ask(self._view, form)

    def _take_filter(self) -> None:
        self._filter_panel.close_panel()
        self.viewed.emit(replace(self._view, **self._filter_panel.form.changed_from(self._view)))

    def _keep(self) -> None:
        name = self._name.value().name

        def kept(_changed: object) -> None:
            self._name.close_panel()
            self._desk.say(tr("The view is kept as {name}.").format(name=name))

        keep = partial(pipeline_lists.keep_view, self._desk.workspace, name, self._view)
        self._desk.write(keep, kept, self, self._name.refuse)

    def _drop_views(self, kept: tuple[tuple[str, PipelineView], ...]) -> None:
        menu = DropMenu(self._views)
        for name, view in kept:
            menu.offer(name, partial(self.viewed.emit, view))
        if kept:
            menu.addSeparator()
        menu.offer(tr("Keep this view as…"), self.open_name)
        if kept:
            away = menu.addMenu(tr("Remove"))
            for name, _ in kept:
                away.addAction(name.replace("&", "&&")).triggered.connect(self._removing(name))
        menu.drop()

    def _removing(self, name: str) -> Callable[[], None]:
        def remove() -> None:
            said = tr("The view {name} is removed. Ctrl+Z brings it back.").format(name=name)
            action = partial(pipeline_lists.remove_view, self._desk.workspace, name)
            self._desk.write(action, lambda _changed: self._desk.say(said), self._page)

        return remove


def _shaped(view: PipelineView, shape: Shape) -> PipelineView:
    return view.as_board() if shape is Shape.BOARD else view.as_table()
