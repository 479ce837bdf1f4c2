"""The rounds of an application: who holds each, when and where, how far its card is, and the way to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from app.actions.interview import PlannedInterview
from app.desk.desk import Desk
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.dates import DateField
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import STRETCH, column, row
from app.desk.parts.section import Section, fill
from app.desk.theme import Theme
from app.domain.pipeline import Outcome
from app.queries.application import ApplicationView, RoundRow
from app.queries.invitations import InvitationDue
from app.queries.lists import ColleagueRow
from app.words import clock, ntr, sentence_list, short_day, tr

_TAIL = 236  # px at ordinary text size: state and buttons of a row
_ANY = 16_777_215  # px, Qt's word for no limit
PROMISE = tr(
    "Cards stay sealed until all of them are in. On one shared laptop that is a courtesy, not a lock: anyone there "
    "can say in Settings who they are."
)


class RoundsCard(Section):
    """One row a round. `planned`, `edited` and `removed` carry the row; `open_early` asks to open the cards.

    `all_planned` wants every round planned with who usually holds it, `invited` the rounds to come as a calendar file,
    `due` one that puts an invitation right.
    """

    planned = Signal(object)
    edited = Signal(object)
    removed = Signal(object)
    open_early = Signal()
    all_planned = Signal()
    invited = Signal()
    due = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.early = Button(tr("Open the cards early"), small=True)
        self.all = Button(tr("Plan all"), small=True, name=tr("Plan every round with who usually holds it"))
        self.calendar = Button(tr("Calendar…"), small=True, name=tr("Rounds to come as invitations for a calendar"))
        super().__init__(tr("Interviews"), self.calendar, self.all, self.early)
        self.early.clicked.connect(self.open_early)
        self.all.clicked.connect(self.all_planned)
        self.calendar.clicked.connect(self.invited)
        self._desk = desk
        self._narrow = False
        self._shown: tuple[object, ...] = ()
        self._state = Text("", tone="soft", wrap=True)
        self._promise = Text("", "caption", tone="soft", wrap=True)
        self._wrong = column(gap=2)
        self.add(self._state, self._promise, self._wrong)

    def set_narrow(self, narrow: bool) -> None:
        """Put buttons below their words, where there is no room beside them."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def show_rounds(self, page: ApplicationView, now: datetime) -> None:
        """Show the rounds of this application."""
        sealed = not page.sealing.all_in and not page.sealing.opened
        self._state.setText(round_in_words(page))
        self._promise.setText(PROMISE)
        self._promise.setVisible(sealed and bool(page.sealing.seats))
        active = page.outcome == Outcome.ACTIVE
        self.all.setVisible(active and page.usual > 0)
        self.calendar.setVisible(active and any(r.starts_at is not None and r.starts_at > now for r in page.rounds))
        self.early.setVisible(sealed and active and page.sealing.cards_in > 0)
        self.early.setEnabled(not page.owes)
        why = tr("Your own card is due first.") if page.owes else tr("Opens the cards that are in, with a reason.")
        self.early.setToolTip(as_tooltip(why))
        shown = (page.rounds, active, *(state_of(item, now) for item in page.rounds))
        if shown == self._shown:
            return
        self._shown = shown
        self.show_lines(
            (_Row(self, self._desk, item, now, active=active) for item in page.rounds),
            tr("The plan of this opening has no rounds."),
        )
        self._arrange()

    def show_due(self, wrong: tuple[InvitationDue, ...]) -> None:
        """Name the invitations that hold no more, each with the way to put it right."""
        fill(self._wrong, (Button(one.words, "link", run=partial(self.due.emit, one)) for one in wrong))

    def _arrange(self) -> None:
        for line in self.findChildren(_Row):
            line.arrange(narrow=self._narrow)


class _Row(QFrame):
    """One round."""

    def __init__(self, card: RoundsCard, desk: Desk, item: RoundRow, now: datetime, *, active: bool) -> None:
        super().__init__()
        px = desk.theme.px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        number = Text(str(item.position), tone="faint")
        number.setMinimumWidth(px(14))
        lasts = Text(tr("{n} minutes").format(n=item.minutes), "caption", tone="soft", elide=True)
        known = bool(item.interviewer_name)
        who = Text(item.interviewer_name or tr("nobody yet"), elide=True, tone="ink" if known else "soft")
        self._grid.addWidget(number, 0, 0)
        self._grid.addWidget(Text(item.exercise, weight=500, elide=True), 0, 1)
        self._grid.addWidget(lasts, 1, 1)
        self._grid.addWidget(who, 0, 2)
        self._grid.addWidget(Text(_when(item, desk), "caption", tone="soft", elide=True), 1, 2)
        words, tone = state_of(item, now)
        self._tail = QWidget()
        tail = row(Text(words, "caption", tone=tone), STRETCH, gap=8, on=self._tail)
        self._add_buttons(tail, card, desk, item, active=active)
        self._beside = px(_TAIL)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(2, 4)

    def arrange(self, *, narrow: bool) -> None:
        """Put state and buttons beside the words, or below them."""
        self._grid.removeWidget(self._tail)
        if narrow:
            self._tail.setFixedWidth(_ANY)
            self._tail.setMinimumWidth(0)
            self._grid.addWidget(self._tail, 2, 1, 1, 2)
        else:
            self._tail.setFixedWidth(max(self._beside, self._tail.sizeHint().width()))
            self._grid.addWidget(self._tail, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _add_buttons(self, tail: QHBoxLayout, card: RoundsCard, desk: Desk, item: RoundRow, *, active: bool) -> None:
        words, run = _action(card, desk, item)
        about = " ".join(w for w in (item.exercise, item.interviewer_name) if w)
        if words and (active or item.card is not None):
            role = "primary" if item.mine and item.card_state == "draft" else ""
            tail.addWidget(Button(words, role, small=True, name=f"{words}: {about}", run=run))
        if item.interview is not None and active:
            more = IconButton(desk.theme, "ellipsis", tr("More about this interview: {what}").format(what=about))
            more.clicked.connect(lambda _on=False: self._open_menu(more, card, desk, item))
            tail.addWidget(more)

    def _open_menu(self, button: QWidget, card: RoundsCard, desk: Desk, item: RoundRow) -> None:
        menu = DropMenu(button)
        menu.offer(tr("Change who, when, where…"), lambda: card.edited.emit(item))
        menu.offer(tr("Plan it with somebody else too…"), lambda: card.planned.emit(item))
        menu.offer(tr("Remove this interview"), lambda: card.removed.emit(item))
        menu.drop()


def _when(item: RoundRow, desk: Desk) -> str:
    if item.interview is None:
        return ""
    zone = desk.workspace.zone
    time = tr("no time yet")
    if item.starts_at is not None:
        time = f"{short_day(item.starts_at.astimezone(zone).date())}, {clock(item.starts_at, zone)}"
    return " · ".join(w for w in (time, item.place) if w)


def _action(card: RoundsCard, desk: Desk, item: RoundRow) -> tuple[str, Callable[[], None]]:
    """The words of a row's button and what it does; no words where nothing may be done."""
    if item.interview is None:
        return tr("Plan…"), partial(card.planned.emit, item)
    read: Callable[[], None] = partial(desk.go, "scorecard", card=item.card)
    if item.card is not None and item.card_state == "draft":
        return tr("Go on"), read
    if item.card is not None:
        return tr("Read card"), read
    begin: Callable[[], None] = partial(desk.go, "scorecard", interview=item.interview)
    if item.mine and not item.is_in:
        return tr("Open card"), begin
    if item.may_enter:
        return tr("Enter from paper"), begin
    return "", begin


def state_of(item: RoundRow, now: datetime) -> tuple[str, str]:
    """How far a round is, in words, and the tone of that."""
    if item.interview is None:
        return tr("not planned yet"), "faint"
    if item.is_in:
        return tr("card is in"), "good"
    if item.card_state == "draft":
        return tr("draft"), "accent"
    if item.starts_at is not None and item.starts_at + timedelta(minutes=item.minutes) < now:
        return tr("card is late"), "warn"
    return tr("due"), "soft"


def round_in_words(page: ApplicationView) -> str:
    """How many cards are in, and who is still due by name."""
    sealing = page.sealing
    if not sealing.seats:
        return tr("Nothing is planned yet. Give each round an interviewer, a time and a place.")
    words = [tr("{n} of {all} cards in").format(n=sealing.cards_in, all=sealing.cards_planned)]
    due = {s.interviewer for s in sealing.seats if not s.is_in}
    names = list(dict.fromkeys(r.interviewer_name for r in page.rounds if r.interviewer in due and not r.is_in))
    if names:
        words.append(tr("{names} due").format(names=sentence_list(names)))
    if sealing.unheld:
        words.append(ntr("one round has nobody yet", "{n} rounds have nobody yet", sealing.unheld))
    line = "; ".join(words) + "."
    if page.opened_early is not None:
        line += " " + tr("Opened early: {why}").format(why=page.open_reason)
    return line


class InterviewPanel(FormPanel[PlannedInterview]):
    """The form for one interview. `planned` carries its round, whether it is a further one, and what was typed.

    `weighed` carries the interview, None for a new one, and what is typed while it is: whoever hears it says by
    `say_clashes` what speaks against it.
    """

    planned = Signal(object, bool, object)
    weighed = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        self.clashes = Text("", tone="warn", wrap=True)
        super().__init__(
            theme,
            tr("Plan interview"),
            PlannedInterview,
            {
                "interviewer": Asked(tr("Interviewer"), choices=()),
                "starts_at": Asked(tr("Starts"), help=tr("Such as “tomorrow 10:00” or “30/11 9:00”.")),
                "minutes": Asked(tr("Minutes"), least=5, most=480),
                "place": Asked(tr("Place"), hint=tr("Room 4, or a link")),
            },
            self.clashes,
        )
        self._about: tuple[RoundRow, bool] | None = None
        self._zone: tzinfo = UTC
        self._held: datetime | None = None
        self.saved.connect(self._tell)
        self.form.edited.connect(self._weigh)

    def ask_for(
        self, item: RoundRow, colleagues: Sequence[ColleagueRow], zone: tzinfo, today: date, *, further: bool
    ) -> None:
        """Begin from what is planned for a round; `further` plans it with one more interviewer."""
        self._about, self._zone = (item, further), zone
        starts_at = self.form.input("starts_at")
        assert isinstance(starts_at, DateField)
        starts_at.today = today
        self.offer(interviewer=[(c.id, _who(c)) for c in colleagues])
        own = not further and item.interview is not None
        self._held = item.starts_at.astimezone(zone) if own and item.starts_at else None
        starts = _by_the_clock(self._held) if self._held is not None else None
        self.form.set_values(
            {
                "interviewer": item.interviewer if own else None,
                "starts_at": starts,
                "minutes": item.minutes,
                "place": item.place if own else "",
            }
        )
        self.save_button.set_words(tr("Save") if own else tr("Plan it"))
        self._weigh()

    def say_clashes(self, words: tuple[str, ...]) -> None:
        """Say what speaks against the time; it can be kept all the same."""
        self.clashes.say(" ".join(words))

    def _tell(self) -> None:
        assert self._about is not None
        self.planned.emit(*self._about, self._typed())

    def _typed(self) -> PlannedInterview:
        """What is typed is a time of the workspace's zone; one that was not touched stays as it was, also in the hour
        that is there twice."""
        typed = self.value()
        if typed.starts_at is None:
            return typed
        held = self._held
        if held is not None and _by_the_clock(held) == typed.starts_at:
            return replace(typed, starts_at=held)
        return replace(typed, starts_at=typed.starts_at.replace(tzinfo=self._zone))

    def _weigh(self, _field: str = "") -> None:
        if self._about is not None:
            item, further = self._about
            self.weighed.emit(None if further else item.interview, self._typed())


def _by_the_clock(moment: datetime) -> datetime:
    """What a field shows of a moment: its day, hour and minute."""
    return moment.replace(tzinfo=None, second=0, microsecond=0, fold=0)


def _who(colleague: ColleagueRow) -> str:
    me = tr("me") if colleague.me else ""
    return " · ".join(w for w in (colleague.name, colleague.role, me) if w)
