"""Colleagues in Settings: who I am, everybody on our side, and the form for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet
from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.desk.parts.section import Section
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.queries.lists import ColleagueRow
from app.words import tr


def entry(title: str, facts: str, *buttons: QWidget) -> QFrame:
    """A line of a list: a name over its facts, and what can be done with it at the right."""
    line = QFrame()
    words = column(Text(title, weight=500, elide=True), gap=1)
    if facts:
        words.addWidget(Text(facts, "caption", tone="soft", elide=True))
    row(wide(words), *buttons, gap=8, margins=(0, 6, 0, 6), on=line)
    return line


class ColleaguesCard(QWidget):
    """Who I am, and the list. `became` carries a colleague's id; `edited` and `removed` carry the colleague."""

    became = Signal(int)
    added = Signal()
    imported = Signal()
    edited = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ColleagueRow, ...] = ()
        self.me = StillCombo()
        self.me.setAccessibleName(tr("Who I am"))
        self.me.setPlaceholderText(tr("Add yourself below"))
        self.me.setMinimumContentsLength(16)
        self.me.activated.connect(self._chosen)
        words = Text(tr("Cards are written and seen as this person."), tone="soft", wrap=True)
        self.add = Button(tr("Add colleague…"), small=True)
        self.add.clicked.connect(self.added)
        self.bring = Button(tr("Import…"), small=True, name=tr("Import colleagues from a table"))
        self.bring.clicked.connect(self.imported)
        self._everybody = Section(tr("Colleagues"), self.bring, self.add)
        column(Section(tr("Who I am")).add(words, self.me), self._everybody, gap=16, on=self)

    def show_colleagues(self, rows: Sequence[ColleagueRow]) -> None:
        """Show them, by name."""
        self._shown = tuple(rows)
        self.show_me()
        self._everybody.show_lines(map(self._line, rows), tr("Nobody yet. The first person you add is you."))

    def _line(self, who: ColleagueRow) -> QWidget:
        facts = " · ".join(w for w in (who.role, who.mail, tr("me") if who.me else "") if w)
        edit, remove = tr("Edit {name}").format(name=who.name), tr("Remove {name}").format(name=who.name)
        return entry(
            who.name,
            facts,
            Button(tr("Remove"), "quiet", small=True, name=remove, run=partial(self.removed.emit, who)),
            Button(tr("Edit…"), small=True, name=edit, run=partial(self.edited.emit, who)),
        )

    def show_me(self) -> None:
        """Show who I am, also after another choice was not confirmed."""
        self.me.clear()
        for colleague in self._shown:
            self.me.addItem(colleague.name, colleague.id)
        mine = next((c.id for c in self._shown if c.me), None)
        self.me.setCurrentIndex(self.me.findData(mine) if mine is not None else -1)
        self.me.setEnabled(bool(self._shown))

    def _chosen(self) -> None:
        chosen = self.me.currentData()
        if not any(c.me and c.id == chosen for c in self._shown):
            self.became.emit(chosen)


class ColleaguePanel(SidePanel):
    """The form for one colleague. `complete` carries who is edited (None: somebody new) and the values."""

    complete = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        self.form = FieldSet(
            theme,
            [
                Field("name", tr("Name"), required=True),
                Field("mail", tr("Mail")),
                Field("role", tr("Role"), hint=tr("Engineering manager")),
            ],
        )
        super().__init__(theme, tr("Add colleague"), self.form)
        self._who: ColleagueRow | None = None
        self.saved.connect(lambda: self.complete.emit(self._who, self.form.values()))

    def fill(self, who: ColleagueRow | None) -> None:
        """Ask for somebody new, or show a colleague's facts."""
        self._who = who
        values = {"name": who.name, "mail": who.mail, "role": who.role} if who else {"name": "", "mail": "", "role": ""}
        self.form.set_values(values)
        self.save_button.set_words(tr("Save") if who else tr("Add"))
