"""The right side of a calibration before its session: who is in it, who was asked, what is still due."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.desk.parts.controls import Button, Chip, IconButton
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, STRETCH, aligned, column, row, wide
from app.desk.parts.rater_relation import relation_widget
from app.desk.parts.section import clear
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.queries.calibration import CalibrationMember, CalibrationView, RaterSeat
from app.queries.team import TeamView
from app.words import ntr, tr

_NARROW = 72  # px


class PreparePane(QWidget):
    """`proposed` carries member, level, anchor; `asked` member and rater; `excused` an assessment; `related`
    one and how its rater stands to the member; `opened` one to
    write; `out` a proposal; `started` that the session should begin; `forms`, `back`, `table_out`, `table_in` files."""

    proposed = Signal(int, str, bool)
    asked = Signal(int, int)
    excused = Signal(int)
    related = Signal(int, str)
    opened = Signal(int)
    out = Signal(int)
    started = Signal()
    forms = Signal()
    back = Signal()
    table_out = Signal()
    table_in = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._one: CalibrationMember | None = None
        self._due = Text("", tone="soft", wrap=True)
        self._column = column(gap=6)
        self._name = Text("", "lead", weight=500, wrap=True)
        self.level = self._combo(tr("Level proposed"))
        self.level.activated.connect(lambda _n: self._propose())
        self.anchor = Chip(tr("anchor case"))
        self.anchor.setToolTip(tr("A case everybody knows the answer of: talked about first"))
        self.anchor.clicked.connect(lambda _on: self._propose())
        self.rater = self._combo(tr("Who is to assess them"))
        self.ask = Button(tr("Ask"))
        self.ask.setAccessibleName(tr("Ask this colleague for an assessment"))
        self.ask.clicked.connect(self._ask)
        self.take_out = Button(tr("Take out of the calibration"), "link")
        self.take_out.clicked.connect(lambda _on=False: self._one and self.out.emit(self._one.proposal))
        self.member = self._combo(tr("Member to add"), tr("Member"))
        self.target = self._combo(tr("Level to propose for them"), tr("Level"))
        self.add = Button(tr("Add"))
        self.add.setAccessibleName(tr("Add this member to the calibration"))
        self.add.clicked.connect(self._add)
        self.begin = Button(tr("Begin the session…"), "primary")
        self.begin.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.begin.clicked.connect(self.started)
        self.make_forms = Button(tr("Forms for who is due…"))
        self.make_forms.clicked.connect(self.forms)
        self.forms_back = Button(tr("and back…"))
        self.forms_back.setAccessibleName(tr("Bring filled forms in"))
        self.forms_back.clicked.connect(self.back)
        self.save_table = Button(tr("My table out…"))
        self.save_table.setAccessibleName(tr("Export my assessments as a table to fill in"))
        self.save_table.clicked.connect(self.table_out)
        self.read_table = Button(tr("and in…"))
        self.read_table.setAccessibleName(tr("Bring my filled table back in"))
        self.read_table.clicked.connect(self.table_in)
        self._one_box = QWidget()
        self._lay_out()

    def _combo(self, name: str, hint: str = "") -> QComboBox:
        combo = StillCombo()
        combo.setAccessibleName(name)
        combo.setPlaceholderText(hint or name)
        combo.setMinimumContentsLength(8)
        combo.setMinimumWidth(_NARROW)  # two of a row have to fit the side
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo

    def _lay_out(self) -> None:
        files = row(self.make_forms, self.forms_back, STRETCH)
        table = row(self.save_table, self.read_table, STRETCH)
        line = row(wide(self.level), self.anchor)
        column(
            self._name,
            line,
            self._column,
            row(wide(self.rater), self.ask),
            self.take_out,
            line_across(),
            gap=8,
            on=self._one_box,
        )
        column(
            Text(tr("Before the session"), "lead", weight=600),
            self._due,
            self.begin,
            files,
            table,
            line_across(),
            self._one_box,
            Text(tr("Another member"), "caption", weight=500, tone="soft"),
            self.member,
            row(wide(self.target), self.add),
            STRETCH,
            gap=9,
            on=self,
        )

    def show_page(self, page: CalibrationView, one: CalibrationMember | None, team: TeamView | None) -> None:
        """Show how far the preparing is, at this member."""
        self._one = one
        due = ntr("{n} assessment is still due.", "{n} assessments are still due.", page.due)
        self._due.setText(
            due if page.due else (tr("Everything is in.") if page.members else tr("Nobody is in it yet."))
        )
        self.begin.setEnabled(bool(page.members))
        levels = [known.id for known in page.guide.levels]
        _fill(self.target, [(level, level) for level in levels])
        inside = {m.member for m in page.members}
        people = [(m.name, m.id) for m in (team.members if team else ()) if m.id not in inside and m.left_on is None]
        _fill(self.member, people)
        self._one_box.setVisible(one is not None)
        if one is None:
            return
        self._name.setText(one.name)
        _fill(self.level, [(level, level) for level in levels])
        self.level.setCurrentIndex(self.level.findData(one.target))
        self.anchor.setChecked(one.anchor)
        asked = {s.rater for s in one.seats if s.level == one.target}
        _fill(self.rater, [(c.name, c.id) for c in (team.colleagues if team else ()) if c.id not in asked])
        clear(self._column)
        for seat in one.seats:
            self._column.addWidget(self._seat(seat, one.target))
        if not one.seats:
            self._column.addWidget(Text(tr("Nobody was asked yet. Two raters make a cell."), tone="soft", wrap=True))

    def _seat(self, seat: RaterSeat, target: str) -> QWidget:
        holder = QWidget()
        choose = partial(self.related.emit, seat.assessment)
        counts = seat.is_in and seat.level == target
        line = row(
            wide(Text(seat.name, elide=True)),
            Text(tr("in") if seat.is_in else tr("due"), "caption", tone="good" if counts else "warn"),
            gap=6,
        )
        related = relation_widget(seat.relation, seat.name, seat.is_in, choose)
        body = column(line, aligned(related, LEFT), gap=0, on=holder)
        if seat.level != target:
            words = tr("Against {level}, which is not proposed any more: ask again.").format(level=seat.level)
            body.addWidget(Text(words, "caption", tone="warn", wrap=True))
        if not seat.is_in:
            write = Button(tr("Write") if seat.mine else tr("Type in"), "link", small=True)
            write.setAccessibleName(tr("Write the assessment of {name}").format(name=seat.name))
            write.clicked.connect(lambda _on=False: self.opened.emit(seat.assessment))
            out = IconButton(self._theme, "x", tr("Excuse {name}").format(name=seat.name))
            out.clicked.connect(lambda _on=False: self.excused.emit(seat.assessment))
            line.addWidget(write)
            line.addWidget(out)
        return holder

    def _propose(self) -> None:
        if self._one is not None and self.level.currentData() is not None:
            self.proposed.emit(self._one.member, self.level.currentData(), self.anchor.isChecked())

    def _ask(self) -> None:
        if self._one is not None and self.rater.currentData() is not None:
            self.asked.emit(self._one.member, self.rater.currentData())

    def _add(self) -> None:
        if self.member.currentData() is not None and self.target.currentData() is not None:
            self.proposed.emit(self.member.currentData(), self.target.currentData(), False)


def _fill(combo: QComboBox, items: list[tuple[str, object]] | list[tuple[str, int]] | list[tuple[str, str]]) -> None:
    """What may be chosen; what was chosen stays where it is still offered."""
    chosen = combo.currentData()
    if [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())] == list(items):
        return
    combo.clear()
    for words, data in items:
        combo.addItem(words, data)
    combo.setCurrentIndex(combo.findData(chosen) if chosen is not None else -1)
