"""The stages of an opening: their order, names, who is in them, and stages kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.label import Text
from app.desk.parts.layout import row, wide
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.queries.opening_choices import StagesByName
from app.queries.openings import StageLine
from app.words import ntr, tr


class StagesCard(Section):
    """`added` carries the name of a new stage, `renamed` and `removed` the stage, `moved` it and by how many places.

    `taken` and `let_go` carry stages by name; `kept` asks for a name for those shown.
    """

    added = Signal(str)
    renamed = Signal(object)
    moved = Signal(object, int)
    removed = Signal(object)
    kept = Signal()
    taken = Signal(object)
    let_go = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self.by_name = Button(tr("Templates…"), small=True, name=tr("Stages kept under a name"), run=self._open_menu)
        super().__init__(tr("Stages"), self.by_name)
        self._theme = theme
        self._templates: Sequence[StagesByName] = ()
        self._fresh = True
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of a further stage"))
        self.name.setPlaceholderText(tr("A further stage"))
        self.name.returnPressed.connect(self._add)
        add = Button(tr("Add"), small=True, name=tr("Add the stage"), run=self._add)
        self.show_lines(())
        self.body.addLayout(row(wide(self.name), add, gap=8))

    def show_stages(self, stages: Sequence[StageLine], templates: Sequence[StagesByName]) -> None:
        """Show them in their order."""
        self._templates = templates
        self._fresh = not any(stage.used for stage in stages)
        last = len(stages) - 1
        self.show_lines(self._line(stage, place, last) for place, stage in enumerate(stages))

    def _line(self, stage: StageLine, place: int, last: int) -> QWidget:
        line = QFrame()
        more = IconButton(self._theme, "ellipsis", tr("More about {stage}").format(stage=stage.name))
        more.clicked.connect(lambda _on=False: self._offer(more, stage, place, last))
        here = Text(ntr("one here", "{n} here", stage.here) if stage.here else "", "caption", tone="soft")
        row(
            Text(str(place + 1), "caption", tone="faint"),
            wide(Text(stage.name, elide=True)),
            here,
            more,
            gap=10,
            on=line,
        )
        return line

    def _offer(self, button: QWidget, stage: StageLine, place: int, last: int) -> None:
        menu = DropMenu(button)
        menu.offer(tr("Rename…"), lambda: self.renamed.emit(stage))
        menu.offer(tr("Move up"), lambda: self.moved.emit(stage, -1), when=place > 0)
        menu.offer(tr("Move down"), lambda: self.moved.emit(stage, 1), when=place < last)
        if stage.used:
            menu.note(tr("Somebody is in it, or was: it stays."))
        else:
            menu.offer(tr("Remove"), lambda: self.removed.emit(stage), when=last > 0)
        menu.drop()

    def _open_menu(self) -> None:
        menu = DropMenu(self.by_name)
        menu.offer(tr("Keep these under a name…"), self.kept.emit)
        for one in self._templates:
            menu.offer(tr("Take “{name}”").format(name=one.name), partial(self.taken.emit, one), when=self._fresh)
        if self._templates and not self._fresh:
            menu.note(tr("Somebody was in this opening: change its stages one by one."))
        for one in self._templates:
            menu.offer(tr("Let go of “{name}”").format(name=one.name), partial(self.let_go.emit, one))
        menu.drop()

    def _add(self) -> None:
        if self.name.text().strip():
            self.added.emit(self.name.text())
            self.name.clear()
