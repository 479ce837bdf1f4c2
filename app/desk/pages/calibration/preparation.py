"""The right side of a calibration before its session: who is in it, who was asked, what is still due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.desk.desk import Desk
from app.desk.pages.calibration.actions import CalibrationActions
from app.desk.pages.calibration.committee import CommitteeSeats
from app.desk.pages.calibration.committee_actions import CommitteeActions
from app.desk.pages.calibration.handouts import CalibrationHandouts
from app.desk.parts.controls import Button, Chip, IconButton
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, STRETCH, add, aligned, column, holder, row, wide
from app.desk.parts.rater_relation import relation_widget
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.domain.guide import Guide
from app.domain.level_step import level_step
from app.phrases.level_step import step_words
from app.queries.calibration import CalibrationMember, CalibrationView
from app.queries.calibration_choice import CalibrationChoice, Proposable
from app.queries.calibration_seats import RaterSeat
from app.queries.lists import ColleagueRow
from app.words import ntr, short_day, tr

_NARROW = 72  # px


class PreparePane(QWidget):
    """What is asked here is done at once, by the actions of the page."""

    def __init__(
        self, desk: Desk, actions: CalibrationActions, files: CalibrationHandouts, committee: CommitteeActions
    ) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self._one: CalibrationMember | None = None
        self._more: dict[int, Proposable] = {}
        self._due = Text("", tone="soft", wrap=True)
        self._column = column(gap=6)
        self._name = Text("", "lead", weight=500, wrap=True)
        self.level = self._combo(tr("Level proposed"))
        self.level.activated.connect(lambda _n: self._propose())
        self.anchor = Chip(tr("anchor case"))
        self.anchor.setToolTip(tr("A case everybody knows the answer of: talked about first"))
        self.anchor.clicked.connect(lambda _on: self._propose())
        self.rater = self._combo(tr("Who is to assess them"))
        self.ask = Button(tr("Ask"), name=tr("Ask this colleague for an assessment"), run=self._ask)
        self.take_out = Button(tr("Take out of the calibration"), "link", run=self._take_out)
        self.member = self._combo(tr("Member to add"), tr("Member"))
        self.target = self._combo(tr("Level to propose for them"), tr("Level"))
        self.member.activated.connect(lambda _n: self._choose_next())
        self.add = Button(tr("Add"), name=tr("Add this member to the calibration"), run=self._add)
        self.several = Button(tr("Several…"), name=tr("Take several members in"), run=actions.open_many)
        self.ask_all = Button(tr("Ask them about everybody"), "link", small=True, run=self._ask_all)
        self.begin = Button(tr("Begin the session…"), "primary", run=actions.ask_begin)
        self.begin.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.make_forms = Button(tr("Forms and mails…"), run=lambda: files.open_forms_menu(self.make_forms))
        self.make_forms.setAccessibleDescription(tr("Opens a menu"))
        self.forms_back = Button(tr("and back…"), name=tr("Bring filled forms in"), run=files.ask_back)
        out, in_ = tr("Export my assessments as a table to fill in"), tr("Bring my filled table back in")
        self.save_table = Button(tr("My table out…"), name=out, run=files.ask_table_out)
        self.read_table = Button(tr("and in…"), name=in_, run=files.ask_table_in)
        self.seats = CommitteeSeats(desk.theme, committee)
        self._lay_out()

    def _combo(self, name: str, hint: str = "") -> QComboBox:
        combo = StillCombo(name)
        combo.setPlaceholderText(hint or name)
        combo.setMinimumContentsLength(8)
        combo.setMinimumWidth(_NARROW)  # two of a row have to fit the side
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo

    def _lay_out(self) -> None:
        line, asked = row(wide(self.level), self.anchor), row(wide(self.rater), self.ask)
        self._one_box = holder(
            column(
                self._name, line, self._column, asked, aligned(self.ask_all, LEFT), self.take_out, line_across(), gap=8
            )
        )
        column(
            Text(tr("Before the session"), "lead", weight=600),
            self._due,
            self.begin,
            row(self.make_forms, self.forms_back, STRETCH),
            row(self.save_table, self.read_table, STRETCH),
            line_across(),
            self._one_box,
            Text(tr("More members"), "caption", weight=500, tone="soft"),
            row(wide(self.member), self.several),
            row(wide(self.target), self.add),
            line_across(),
            self.seats,
            STRETCH,
            gap=9,
            on=self,
        )

    def show_page(
        self,
        page: CalibrationView,
        one: CalibrationMember | None,
        choice: CalibrationChoice | None,
        colleagues: tuple[ColleagueRow, ...],
    ) -> None:
        """Show how far the preparing is, at this member; `choice` says who else can be taken in."""
        self._one = one
        self._more = {m.member: m for m in (choice.members if choice else ())}
        due = ntr("{n} assessment is still due.", "{n} assessments are still due.", page.due)
        rest = tr("Everything is in.") if page.members else tr("Nobody is in it yet.")
        self._due.setText(due if page.due else rest)
        self.begin.setEnabled(bool(page.members))
        inside = {m.member for m in page.members}
        _offer(self.member, [(m.name, m.member) for m in self._more.values() if m.member not in inside])
        self._offer_levels(page.guide)
        self.seats.show_seats(page, colleagues)
        self._one_box.setVisible(one is not None)
        if one is None:
            return
        self._name.setText(one.name)
        _offer(self.level, [(level.id, level.id) for level in one.guide.levels])
        self.level.setCurrentIndex(self.level.findData(one.target))
        self.anchor.setChecked(one.anchor)
        asked = {s.rater for s in one.seats if s.level == one.target}
        _offer(self.rater, [(c.name, c.id) for c in colleagues if c.id not in asked])
        nothing = tr("Nobody was asked yet. Two raters make a cell.")
        fill(self._column, (self._seat(seat, one.target) for seat in one.seats), nothing)

    def _seat(self, seat: RaterSeat, target: str) -> QWidget:
        counts = seat.is_in and seat.level == target
        line = row(wide(Text(seat.name, elide=True)), gap=6)
        if seat.is_in:
            line.addWidget(Text(tr("in"), "caption", tone="good" if counts else "warn"))
        related = relation_widget(seat.relation, seat.name, partial(self._actions.relate, seat))
        body = column(line, aligned(related, LEFT), gap=0)
        if seat.level != target:
            words = tr("Against {level}, which is not proposed any more: ask again.").format(level=seat.level)
            body.addWidget(Text(words, "caption", tone="warn", wrap=True))
        if not seat.is_in:
            late = seat.due_on is not None and seat.due_on < self._desk.workspace.today()
            said = due_words(seat.due_on, late=late)
            by = Button(said, "link", small=True, name=tr("{name}: {due}").format(name=seat.name, due=said))
            by.clicked.connect(lambda _on=False: self._actions.ask_due(seat))
            body.addWidget(by, 0, LEFT)
            name, open_ = tr("Write the assessment of {name}"), partial(self._desk.go, "assessment", id=seat.assessment)
            words = tr("Write") if seat.mine else tr("Type in")
            excuse, excused = tr("Excuse {name}").format(name=seat.name), partial(self._actions.excuse, seat.assessment)
            out = IconButton(self._desk.theme, "x", excuse, run=excused)
            add(line, Button(words, "link", small=True, name=name.format(name=seat.name), run=open_), out)
        return holder(body)

    def _take_out(self) -> None:
        if self._one is not None:
            self._actions.take_out(self._one.proposal)

    def _propose(self) -> None:
        one, target = self._one, self.level.currentData()
        if one is not None and target is not None:
            odd = _odd(one.guide, one.level, target) if target != one.target else ""
            self._actions.propose(one.member, target, self.anchor.isChecked(), odd)

    def _ask(self) -> None:
        if self._one is not None and self.rater.currentData() is not None:
            self._actions.ask_rater(self._one.member, self.rater.currentData())

    def _ask_all(self) -> None:
        if self.rater.currentData() is not None:
            self._actions.ask_about_all(self.rater.currentData())

    def _choose_next(self) -> None:
        """The level after theirs stands there, until another one is chosen."""
        one = self._more.get(self.member.currentData())
        if one is not None:
            self._offer_levels(one.guide)
            self.target.setCurrentIndex(self.target.findData(one.target) if one.target is not None else -1)

    def _offer_levels(self, guide: Guide) -> None:
        """The levels of the guide of who is chosen, and before that of the calibration's."""
        one = self._more.get(self.member.currentData())
        _offer(self.target, [(level.id, level.id) for level in (one.guide if one is not None else guide).levels])

    def _add(self) -> None:
        one, target = self._more.get(self.member.currentData()), self.target.currentData()
        if one is not None and target is not None:
            self._actions.propose(one.member, target, False, _odd(one.guide, one.level, target))


def _odd(guide: Guide, level: str, target: str) -> str:
    return step_words(level_step(guide, level, target)).capitalize()


def due_words(due_on: date | None, *, late: bool) -> str:
    """By when an assessment is due."""
    if due_on is None:
        return tr("due, no day said")
    words = tr("was due {day}") if late else tr("due {day}")
    return words.format(day=short_day(due_on))


def _offer(combo: QComboBox, items: Sequence[tuple[str, object]]) -> None:
    """What may be chosen; what was chosen stays where it is still offered."""
    chosen = combo.currentData()
    if [(combo.itemText(n), combo.itemData(n)) for n in range(combo.count())] == list(items):
        return
    combo.clear()
    for words, data in items:
        combo.addItem(words, data)
    combo.setCurrentIndex(combo.findData(chosen) if chosen is not None else -1)
