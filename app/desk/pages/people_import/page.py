"""A table of people on its way in: what each column is at the left, what would become of each row at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.actions.import_map import keep
from app.actions.imported_rows import Came
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.people_import.columns import ColumnsForm, how_fields
from app.desk.pages.people_import.rows import RowsView
from app.desk.parts.controls import Button, Switch
from app.desk.parts.empty import EmptyPage
from app.desk.parts.fields import Field, FieldSet
from app.desk.parts.file_dialog import ask_folder, ask_open
from app.desk.parts.job_bar import JobBar
from app.desk.parts.label import Text
from app.desk.parts.layout import Space, column, holder, row, wide
from app.desk.parts.section import fill
from app.desk.parts.side_panel import SidePanel
from app.desk.work import Job, Progress
from app.domain.import_fields import About
from app.domain.import_map import DateOrder, ImportMap, guessed_map, kept_map
from app.errors import Refused
from app.exchange.people_import import Incoming, Outcome, ReadyImport, bring_ready, look, ready
from app.exchange.people_reading import read_people
from app.exchange.people_table import SUFFIXES, PeopleTable
from app.phrases.import_fields import about_words
from app.queries.import_maps import import_maps
from app.queries.lists import opening_rows
from app.words import ntr, tr

_REST_MS = 150  # after the last change of the map before its rows are looked at


class PeopleImportPage(Page):
    """`arrived(source=…, opening=…)` reads a file and shows it; nothing is written before Import."""

    about: About
    crumbs: tuple[Crumb, ...]
    back: str

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._source: Path | None = None
        self._opening: int | None = None
        self._table: PeopleTable | None = None
        self._map: ImportMap | None = None
        self._maps: dict[str, str] = {}
        self._openings: tuple[tuple[object, str], ...] = ()
        self._how: FieldSet | None = None
        self._form: ColumnsForm | None = None
        self._columns: QVBoxLayout = column()
        self._job: Job | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look)
        self._choose_folder = Button(tr("Greenhouse folder…"))
        self._choose_folder.clicked.connect(lambda _on=False: self._ask_folder())
        self._choose = Button(tr("Another file…"))
        self._choose.clicked.connect(lambda _on=False: self._ask_file())
        self.import_button = Button(tr("Import"), "primary")
        self.import_button.clicked.connect(lambda _on=False: self._bring())
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Where it is, and the import."""
        return (*self.crumbs, Crumb(tr("Import {what}").format(what=about_words(self.about))))

    def top_actions(self) -> Sequence[QWidget]:
        """Another file, and the one main action."""
        if self.about is About.CANDIDATES:
            return (self._choose_folder, self._choose, self.import_button)
        return (self._choose, self.import_button)

    def commands(self) -> Sequence[Command]:
        """Choosing a file, keeping the map, importing."""
        where = tr("Import")
        name = self.about.value
        return (
            Command(f"import.{name}.file", tr("Another file"), self._ask_file, ("Ctrl+O",), where),
            Command(f"import.{name}.map", tr("Keep this map"), self._ask_name, (), where, self._has_table),
            Command(
                f"import.{name}.bring", tr("Import"), self._bring, ("Ctrl+Return",), where, self.import_button.isEnabled
            ),
        )

    def panes(self) -> Sequence[QWidget]:
        """The columns, then the rows."""
        return (self._left, self.rows)

    def arrived(self, **where: Any) -> None:
        """Read this file; without one what was read stays."""
        source = where.get("source")
        if source is not None:
            self._source, self._opening = Path(source), where.get("opening")
            self._table = self._map = None
            self.desk.ask(self, "asked", partial(self._ask_known, self.desk.workspace), self._take_known)

    def left(self) -> None:
        """Nobody waits for a table any more."""
        super().left()
        self._cancel()

    # How it looks

    def _build(self) -> None:
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setAccessibleName(tr("Columns"))
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows = RowsView(self.desk.theme)
        self.job_bar = JobBar(tr("How far the import is"), self._cancel)
        self.skip = Switch(self.desk.theme, tr("Skip rows that are refused"))
        self.skip.toggled.connect(lambda _on: self._look_soon())
        self.further = Switch(self.desk.theme, tr("Other columns as further facts"), on=True)
        if self.about is not About.CANDIDATES:
            self.further.hide()  # only candidates have any
        self.further.toggled.connect(self._further_chosen)
        self._keep = Button(tr("Keep this map…"))
        self._keep.clicked.connect(lambda _on=False: self._ask_name())
        self._name_field = FieldSet(self.desk.theme, [Field("name", tr("Name"), required=True)])
        self._name = SidePanel(self.desk.theme, tr("Keep this map"), self._name_field)
        self._name.cancelled.connect(self._name.close_panel)
        self._name.saved.connect(self._keep_map)
        switches = column(self.further, self.skip, gap=4)
        right = column(
            self.job_bar,
            wide(self.rows),
            row(
                switches,
                Space(share=1),
                self._keep,
                gap=12,
                margins=(24, 8, 24, 12),
            ),
            gap=0,
        )
        shown = holder(row(wide(self._left, 2), wide(holder(right), 3), gap=0))
        self._empty = EmptyPage(
            self.desk.theme,
            tr("No table yet"),
            tr("A table has a line of headings and then a line a person: CSV, TSV, XLSX, or JSON with a list."),
            tr("Choose a file"),
            self._ask_file,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        row(wide(self._stack), self._name, gap=0, on=self)
        self.import_button.setEnabled(False)

    def _has_table(self) -> bool:
        return self._table is not None

    def _ask_known(self, workspace: Any) -> tuple[tuple[tuple[object, str], ...], dict[str, str]]:
        openings: tuple[tuple[object, str], ...] = ()
        if self.about is About.CANDIDATES:
            openings = tuple((one.id, f"{one.role} · {one.code}") for one in opening_rows(workspace) if not one.closed)
        return openings, import_maps(workspace, self.about)

    def _take_known(self, known: tuple[tuple[tuple[object, str], ...], dict[str, str]]) -> None:
        self._openings, self._maps = known
        self._show_file()
        self._stack.setCurrentIndex(1)
        self._read()

    def _ask_file(self) -> None:
        kinds = tr("Tables ({kinds})").format(kinds=" ".join(f"*{suffix}" for suffix in SUFFIXES))
        title = tr("Import {what}").format(what=about_words(self.about))
        ask_open(self, title, kinds, lambda path: self.arrived(source=path, opening=self._opening))

    def _ask_folder(self) -> None:
        title = tr("A folder of Greenhouse’s JSON")
        ask_folder(self, title, lambda path: self.arrived(source=path, opening=self._opening))

    # Reading

    def _read(self, encoding: str = "") -> None:
        assert self._source is not None
        source = self._source
        self._start(
            tr("Reading {file}").format(file=source.name),
            lambda progress: read_people(source, self.about, encoding, wanted=progress.check),
            self._take_table,
            self._not_read,
        )

    def _take_table(self, table: PeopleTable) -> None:
        self._table = table
        if self._map is None or {h for h, _ in self._map.roles} != set(table.headings):
            guess = guessed_map(self.about, table.headings)
            self._map = guess if self.further.isChecked() else guess.with_further(wanted=False)
        self._show_columns()
        self._look()

    def _not_read(self, refused: Refused) -> None:
        """Why it can't be read; the encoding can still be said."""
        self.import_button.setEnabled(False)
        self._table = None
        self._show_columns()
        self.rows.show_outcome(Outcome((), refused.sentence, (), refused))

    def _show_file(self) -> None:
        """The fields about the whole of a file; they stay while it is read in another way."""
        assert self._source is not None
        self._how = how_fields(self.desk.theme, self._openings, tuple(self._maps))
        if self._openings:
            self._how.set_values({"opening": self._opening})
        self._how.edited.connect(self._how_edited)
        title = Text(tr("How {file} is read").format(file=self._source.name), "title", wrap=True)
        sheet = QWidget()
        self._columns = column(gap=12)
        column(title, self._how, self._columns, Space(share=1), gap=14, margins=(32, 20, 24, 20), on=sheet)
        self._left.setWidget(sheet)
        self._how.focus_first()

    def _show_columns(self) -> None:
        """A choice for each column of what was read."""
        form = None
        if self._table is not None and self._map is not None:
            form = ColumnsForm(self.desk.theme, self._table, self._map)
            form.changed.connect(self._map_edited)
        fill(self._columns, [Text(tr("Columns"), "lead", weight=600), form] if form is not None else [])
        self._form = form

    def _how_edited(self, name: str) -> None:
        assert self._how is not None
        values = self._how.values()
        if name == "encoding":
            self._read(values["encoding"] or "")
            return
        if name == "map" and values["map"] and self._table is not None:
            self._map = kept_map(self.about, self._maps[values["map"]], self._table.headings)
            self._how.set_values({"order": self._map.date_order})
            if self._form is not None:
                self._form.show_map(self._map)
        self._look_soon()

    def _further_chosen(self, wanted: bool) -> None:
        if self._map is not None:
            self._map_edited(self._map.with_further(wanted=wanted))
            if self._form is not None:
                self._form.show_map(self._map)

    def _map_edited(self, map_: ImportMap) -> None:
        self._map = map_
        self._look_soon()

    def _look_soon(self) -> None:
        """Nothing comes in before it was looked at as it is now."""
        self.import_button.setEnabled(False)
        self._rest.start()

    def incoming(self) -> Incoming | None:
        """The table with all that is said about it; None before one is read."""
        if self._table is None or self._map is None or self._how is None:
            return None
        values = self._how.values()
        order = DateOrder(values["order"]) if values["order"] else None
        map_ = replace(self._map, date_order=order)
        return Incoming(self._table, map_, values.get("opening"), self.skip.isChecked())

    # Looking and bringing

    def _look(self) -> None:
        incoming = self.incoming()
        if incoming is None:
            return
        self.import_button.setEnabled(False)
        workspace = self.desk.workspace
        self._start(
            tr("Looking at every row"),
            lambda progress: look(workspace, incoming, _told(progress, incoming)),
            self._show,
            self.desk.refuse,
        )

    def _show(self, outcome: Outcome) -> None:
        self.rows.show_outcome(outcome)
        coming = len(outcome.rows) - outcome.count(Came.REFUSED)
        self.import_button.set_words(ntr("Import {n} row", "Import {n} rows", coming) if coming else tr("Import"))
        self.import_button.setEnabled(outcome.blocked is None and coming > 0)

    def _bring(self) -> None:
        incoming = self.incoming()
        if incoming is None or not self.import_button.isEnabled():
            return
        self.import_button.setEnabled(False)
        workspace = self.desk.workspace
        self._start(
            tr("Preparing the import"),
            lambda progress: ready(workspace, incoming, _told(progress, incoming)),
            self._write,
            self._refused,
        )

    def _write(self, prepared: ReadyImport) -> None:
        self.job_bar.begin(tr("Writing"))
        self.job_bar.cancel.setEnabled(False)
        self.desk.write(partial(bring_ready, self.desk.workspace, prepared), self._brought, self, self._refused)

    def _refused(self, refused: Refused) -> None:
        self.job_bar.hide()
        self.desk.refuse(refused)
        self._look_soon()

    def _brought(self, outcome: Outcome) -> None:
        self.job_bar.hide()
        self._table = self._map = self._source = None
        self._stack.setCurrentIndex(0)
        self.desk.say(outcome.words)
        self.desk.go(self.back)

    # Keeping the map

    def _ask_name(self) -> None:
        if self._map is not None:
            self._name.open_panel()

    def _keep_map(self) -> None:
        incoming = self.incoming()
        if incoming is None:
            return
        name = self._name_field.values()["name"]

        def kept(_changed: Any) -> None:
            self._name.close_panel()
            self._maps = {**self._maps, name: incoming.map.canonical_text()}
            self.desk.say(tr("The map “{name}” is kept.").format(name=name))

        self.desk.write(partial(keep, self.desk.workspace, name, incoming.map), kept, self, self._name.refuse)

    # Jobs

    def _start(
        self,
        words: str,
        run: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Refused], None],
    ) -> None:
        """One job at a time: the one before is not wanted any more."""
        self._cancel()
        job = self.desk.work.job(self, words, run, done, failed)
        self._job = job
        self.job_bar.begin(words)
        self.job_bar.cancel.setEnabled(True)
        job.progressed.connect(self.job_bar.tell)
        job.finished.connect(lambda: self._ended(job))

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.job_bar.hide()

    def _cancel(self) -> None:
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.job_bar.hide()


def _told(progress: Progress, incoming: Incoming) -> Callable[[int], None]:
    """Tells a job's progress by the row it is at; the rows are gone through twice."""
    rows = max(1, len(incoming.table.rows))
    seen = -1
    half = 0.0

    def told(number: int) -> None:
        nonlocal seen, half
        if number < seen:
            half = 0.5
        seen = number
        progress(half + number / rows / 2)

    return told
