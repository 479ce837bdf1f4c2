"""Colleagues in Settings: who I am, everybody on our side, and the form for one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.desk.parts.section import clear, section
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
    entry = row(wide(words), gap=8, margins=(0, 6, 0, 6), on=line)
    for button in buttons:
        entry.addWidget(button)
    return line


class ColleaguesCard(QWidget):
    """Who I am, and the list. `became` carries a colleague's id; `edited` and `removed` carry the colleague."""

    became = Signal(int)
    added = Signal()
    edited = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ColleagueRow, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        frame, body, _ = section(tr("Who I am"))
        body.addWidget(Text(tr("Cards are written and seen as this person."), tone="soft", wrap=True))
        self.me = StillCombo()
        self.me.setAccessibleName(tr("Who I am"))
        self.me.setPlaceholderText(tr("Add yourself below"))
        self.me.setMinimumContentsLength(16)
        self.me.activated.connect(self._chosen)
        body.addWidget(self.me)
        outer.addWidget(frame)
        frame, body, head = section(tr("Colleagues"))
        self.add = Button(tr("Add colleague…"), small=True)
        self.add.clicked.connect(self.added)
        head.addWidget(self.add)
        self._list = column(gap=0)
        body.addLayout(self._list)
        outer.addWidget(frame)

    def show_colleagues(self, rows: Sequence[ColleagueRow]) -> None:
        """Show them, by name."""
        self._shown = tuple(rows)
        self.show_me()
        clear(self._list)
        for number, colleague in enumerate(rows):
            if number:
                self._list.addWidget(line_across())
            edit = Button(tr("Edit…"), small=True)
            edit.setAccessibleName(tr("Edit {name}").format(name=colleague.name))
            edit.clicked.connect(lambda _on=False, chosen=colleague: self.edited.emit(chosen))
            out = Button(tr("Remove"), "quiet", small=True)
            out.setAccessibleName(tr("Remove {name}").format(name=colleague.name))
            out.clicked.connect(lambda _on=False, chosen=colleague: self.removed.emit(chosen))
            me = tr("me") if colleague.me else ""
            facts = " · ".join(w for w in (colleague.role, colleague.mail, me) if w)
            self._list.addWidget(entry(colleague.name, facts, out, edit))
        if not rows:
            words = tr("Nobody yet. The first person you add is you.")
            self._list.addWidget(Text(words, tone="soft", wrap=True))

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
        self.cancelled.connect(self.close_panel)

    def open_for(self, who: ColleagueRow | None) -> None:
        """Ask for somebody new, or show a colleague's facts."""
        self._who = who
        values = {"name": who.name, "mail": who.mail, "role": who.role} if who else {"name": "", "mail": "", "role": ""}
        self.form.set_values(values)
        self.save_button.set_words(tr("Save") if who else tr("Add"))
        self.open_panel(tr("Edit {name}").format(name=who.name) if who else tr("Add colleague"))
