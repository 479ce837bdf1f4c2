"""Kits out: the interviews whose card is still to come, with a kit, a mail or a calendar file for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.desk.desk import Desk
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.file_bar import FileBar
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, row
from app.desk.parts.section import Section
from app.desk.parts.still import StillCombo
from app.queries.kit import KitRow, without_card
from app.words import clock, ntr, short_day, tr

_MOST = 30  # rows that are shown at once
_TAIL = 124  # px at ordinary text size: the buttons of a row
ALL = "all"


class KitsCard(Section):
    """`asked` carries what is wanted (kit, mail, reminder, thanks, calendar) and its row; `many` carries rows."""

    asked = Signal(str, object)
    many = Signal(object)

    def __init__(self, desk: Desk) -> None:
        hint = tr(
            "A kit is one PDF with brief, questions and a form to fill in, on screen or with a pen. "
            "It shows nobody’s view of the candidate."
        )
        self.button = Button(tr("Make kits…"), small=True)
        super().__init__(tr("Kits out"), self.button, note=hint)
        self.button.clicked.connect(lambda _on=False: self.many.emit(without_card(self._chosen())))
        self._desk = desk
        self._rows: tuple[KitRow, ...] = ()
        self._whole = False
        self.bar = FileBar(desk, tr("making kits"))
        self._state = Text("", tone="soft", wrap=True)
        self.add(self._filters(), self.bar, self._state).show_lines(())
        self.further = Button("", "link", small=True, run=self._show_whole)
        self.add(self.further)

    def show_rows(self, rows: tuple[KitRow, ...]) -> None:
        """Show the interviews of active applications."""
        self._rows = rows
        _fill(self.opening, [(ALL, tr("All openings")), *{str(r.opening): r.code for r in rows}.items()])
        self._filtered()

    def focus_list(self) -> None:
        """Go to the first control."""
        self.opening.setFocus()

    def _filters(self) -> QHBoxLayout:
        line = row(gap=8)
        self.opening, self.round, self.which = StillCombo(), StillCombo(), StillCombo()
        for box, name in (
            (self.opening, tr("Kits of which opening")),
            (self.round, tr("Kits of which round")),
            (self.which, tr("Which interviews are shown")),
        ):
            box.setAccessibleName(name)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _n=0: self._filtered())
            line.addWidget(box, 1)
        _fill(self.which, [("due", tr("Card to come")), ("in", tr("Card is in"))])
        return line

    def _filtered(self) -> None:
        mine = [r for r in self._rows if self.opening.currentData() in (ALL, str(r.opening))]
        rounds = {
            str(r.position): tr("{n} {round}").format(n=r.position, round=r.exercise)
            for r in sorted(mine, key=_position)
        }
        _fill(self.round, [(ALL, tr("All rounds")), *rounds.items()])
        self._draw()

    def _chosen(self) -> tuple[KitRow, ...]:
        """The interviews of the opening and round that are chosen."""
        openings, rounds = self.opening.currentData(), self.round.currentData()
        return tuple(
            line for line in self._rows if openings in (ALL, str(line.opening)) and rounds in (ALL, str(line.position))
        )

    def _draw(self) -> None:
        chosen = self._chosen()
        lacking = without_card(chosen)
        self.button.set_words(ntr("Make {n} kit…", "Make {n} kits…", len(lacking)) if lacking else tr("Make kits…"))
        self.button.setEnabled(bool(lacking))
        wants_in = self.which.currentData() == "in"
        shown = [r for r in chosen if (r.card == "in") == wants_in]
        self._state.setVisible(not shown)
        self._state.setText(tr("No card is in yet.") if wants_in else _nothing_due(bool(self._rows)))
        least = shown if self._whole else shown[:_MOST]
        self.show_lines(_Row(self, self._desk, line) for line in least)
        self.further.setVisible(len(shown) > len(least))
        self.further.set_words(tr("Show all {n}").format(n=len(shown)))

    def _show_whole(self) -> None:
        self._whole = True
        self._draw()


class _Row(QFrame):
    """One interview: whose it is, how far its card is, and what can go out for it."""

    def __init__(self, card: KitsCard, desk: Desk, item: KitRow) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 7, 0, 7)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        what = tr("round {n}, {round}").format(n=item.position, round=item.exercise)
        grid.addWidget(Text(item.candidate, weight=500, elide=True), 0, 0)
        grid.addWidget(Text(f"{what} · {item.code}", "caption", tone="soft", elide=True), 1, 0)
        narrow = desk.theme.large_text
        who = tr("{name} (shadow)").format(name=item.interviewer) if item.shadow else item.interviewer
        grid.addWidget(Text(who, elide=True), 2 if narrow else 0, 0 if narrow else 1)
        when = " · ".join(w for w in (_when(item, desk), _state(item, desk)) if w)
        grid.addWidget(Text(when, "caption", tone="soft", elide=True), 3 if narrow else 1, 0 if narrow else 1)
        held = QWidget()
        held.setMinimumWidth(desk.theme.px(_TAIL))
        tail = row(STRETCH, gap=8, on=held)
        about = f"{item.candidate}, {what}, {item.interviewer}"
        if item.card != "begun":
            words, wanted = (tr("Thanks…"), "thanks") if item.card == "in" else (tr("Kit…"), "kit")
            button = Button(words, small=True)
            button.setAccessibleName(f"{words.rstrip('…')}: {about}")
            button.clicked.connect(partial(_ask, card, wanted, item))
            tail.addWidget(button)
        more = IconButton(desk.theme, "ellipsis", tr("More about the kit: {what}").format(what=about))
        more.clicked.connect(lambda _on=False: _open_menu(more, card, item))
        tail.addWidget(more)
        grid.addWidget(held, 0, 2, 2, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 0 if narrow else 3)


def _ask(card: KitsCard, wanted: str, item: KitRow) -> None:
    card.asked.emit(wanted, item)


def _open_menu(button: QWidget, card: KitsCard, item: KitRow) -> None:
    menu = DropMenu(button)
    entries = [("thanks", tr("Thanks as a mail draft…"))] if item.card == "in" else []
    if not item.card:
        entries += [("kit", tr("Save the kit as PDF…")), ("mail", tr("Kit as a mail draft…"))]
        entries += [("reminder", tr("Reminder as a mail draft…"))]
    if item.starts_at is not None:
        entries.append(("calendar", tr("Put the round into a calendar…")))
    for wanted, words in entries:
        menu.offer(words, partial(_ask, card, wanted, item))
    if not entries:
        menu.note(tr("Its card is being written here"))
    menu.drop()


def _when(item: KitRow, desk: Desk) -> str:
    if item.starts_at is None:
        return tr("no time yet")
    zone = desk.workspace.zone
    return f"{short_day(item.starts_at.astimezone(zone).date())}, {clock(item.starts_at, zone)}"


def _state(item: KitRow, desk: Desk) -> str:
    if item.card:
        return tr("card is in") if item.card == "in" else tr("card begun in the program")
    if item.made_at is None:
        return tr("no kit made yet")
    return tr("kit made {day}").format(day=short_day(item.made_at.astimezone(desk.workspace.zone).date()))


def _nothing_due(any_there: bool) -> str:
    if any_there:
        return tr("Every card here is in.")
    return tr("No interviews are planned. On a candidate’s page, give a round an interviewer.")


def _position(row: KitRow) -> int:
    return row.position


def _fill(box: StillCombo, choices: Sequence[tuple[str, str]]) -> None:
    """Offer these; what was chosen stays where it is still offered."""
    before, keys = box.currentData(), [key for key, _ in choices]
    box.offer(choices, before if before in keys else keys[0])
