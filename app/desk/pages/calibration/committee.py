"""The committee at the side of a calibration: its seats while it is prepared, and its silent vote in the session."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.desk.pages.calibration.committee_actions import CommitteeActions
from app.desk.parts.controls import Button, IconButton, Segmented
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, STRETCH, add, aligned, column, holder, row, wide
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import ALWAYS_RECUSED, Ballots, HeldVote, Office, Seat, SeatTurn
from app.phrases.committee import ballots_words, result_words, seat_word, turn_words
from app.phrases.rubric import outcome_word, relation_word
from app.queries.calibration import CalibrationMember, CalibrationView
from app.queries.lists import ColleagueRow
from app.words import tr

_SEATS = tuple((office, votes) for votes in (True, False) for office in Office)
_RELATIONS = (Relation.SKIP_LEVEL, Relation.PEER, Relation.REPORT, Relation.OTHER)


class CommitteeSeats(QWidget):
    """Who sits on the committee and what each does; what is kept of its votes."""

    def __init__(self, theme: Theme, actions: CommitteeActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self._shown: tuple[object, ...] = ()
        self._column = column(gap=4)
        self.colleague = StillCombo(tr("Who gets a seat"))
        self.colleague.setPlaceholderText(tr("Colleague"))
        self.colleague.setMinimumContentsLength(8)
        self.give = Button(tr("Give a seat"), name=tr("Give this colleague a seat"), run=self._give)
        self._kept = Text("", "caption", tone="soft", wrap=True)
        self.keep = Button("", "link", small=True, run=self._offer_ballots)
        self.keep.setAccessibleDescription(tr("Opens a menu"))
        column(
            Text(tr("Committee"), "caption", weight=500, tone="soft"),
            self._column,
            row(wide(self.colleague), self.give),
            self._kept,
            aligned(self.keep, LEFT),
            gap=6,
            on=self,
        )

    def show_seats(self, page: CalibrationView, colleagues: tuple[ColleagueRow, ...]) -> None:
        """Show the seats, and who may be given one."""
        shown = (page.seats, page.ballots, page.voted, colleagues)
        if self._shown == shown:
            return
        self._shown = shown
        nobody = tr("Nobody has a seat. Without a committee an outcome is recorded without a vote.")
        fill(self._column, map(self._seat, page.seats), nobody)
        seated = {one.colleague for one in page.seats}
        self.colleague.clear()
        for one in colleagues:
            if one.id not in seated:
                self.colleague.addItem(one.name, one.id)
        self.colleague.setCurrentIndex(-1)
        self._kept.setText(ballots_words(page.ballots))
        self._kept.setVisible(bool(page.seats))
        self.keep.set_words(tr("Keep names or counts…"))
        self.keep.setVisible(bool(page.seats) and not page.voted)

    def _seat(self, one: Seat) -> QWidget:
        word = seat_word(one.office, votes=one.votes)
        does = Button(word, "link", small=True, name=tr("{name}: {does}").format(name=one.name, does=word))
        does.setAccessibleDescription(tr("Opens a menu"))
        does.clicked.connect(lambda _on=False: self._offer_seats(does, one))
        taken = partial(self._actions.unseat, one.colleague)
        out = IconButton(self._theme, "x", tr("Take the seat of {name} away").format(name=one.name), run=taken)
        return holder(row(wide(Text(one.name, elide=True)), does, out, gap=6))

    def _offer_seats(self, button: Button, one: Seat) -> None:
        menu = DropMenu(button)
        for office, votes in _SEATS:
            menu.offer(seat_word(office, votes=votes), partial(self._actions.seat, one.colleague, office, votes))
        menu.drop()

    def _offer_ballots(self) -> None:
        menu = DropMenu(self.keep)
        menu.offer(tr("Keep each vote with its name"), partial(self._actions.keep, Ballots.NAMES))
        menu.offer(tr("Keep only how many there were of each"), partial(self._actions.keep, Ballots.COUNTS))
        menu.drop()

    def _give(self) -> None:
        if self.colleague.currentData() is not None:
            self._actions.seat(self.colleague.currentData(), Office.NONE, True)


class CommitteeVoting(QWidget):
    """The vote on the member talked about: who has voted, never what, until it has ended."""

    def __init__(self, theme: Theme, actions: CommitteeActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self._at: int | None = None
        self._goes_on = False
        self._votes: list[Button] = []
        self._shown: tuple[object, ...] = ()
        self._result = Text("", weight=500, wrap=True)
        self._column = column(gap=4)
        self._who = Text("", weight=500, wrap=True)
        choices = [(str(outcome), outcome_word(outcome)) for outcome in CalibrationOutcome]
        self.choice = Segmented(choices, tr("Vote"))
        self.cast_it: Button = Button(tr("Cast this vote"), "primary", small=True, run=self._cast)
        self.choice.chosen.connect(lambda _key: self.cast_it.setEnabled(True))
        self.not_yet = Button(tr("Not yet"), "link", small=True, run=self._rest)
        self._ballot = holder(column(self._who, self.choice, row(self.cast_it, self.not_yet, STRETCH), gap=6))
        self._ballot.hide()
        self.open = Button(tr("Open the vote…"), small=True, run=actions.ask_open)
        self.end = Button(tr("End the vote…"), small=True, run=actions.ask_end)
        self.seats = CommitteeSeats(theme, actions)
        self.seats.hide()
        self.edit = Button(tr("Seats…"), "link", small=True, name=tr("Seats of the committee"), run=self._show_seats)
        title = row(wide(Text(tr("Committee"), "lead", weight=500)), self.edit, self.open, self.end)
        column(title, self._result, self._column, self._ballot, self.seats, gap=6, on=self)

    def show_vote(self, page: CalibrationView, one: CalibrationMember, colleagues: tuple[ColleagueRow, ...]) -> None:
        """Show how the vote on this member stands."""
        self.seats.show_seats(page, colleagues)
        held = one.vote
        open_ = held is not None and held.open
        shown = (one.proposal, held, page.seats, tuple(one.recused.items()))
        if self._shown == shown:
            return
        self._shown = shown
        self._rest()
        self.open.setVisible(not open_ and any(seat.votes for seat in page.seats))
        self.open.set_words(tr("Vote again…") if one.votes else tr("Open the vote…"))
        self.end.setVisible(open_)
        self._result.say(result_words(held) if held is not None and not open_ else "")
        self._votes = []
        fill(self._column, self._rows(page, one, held))
        if self._goes_on:
            self._goes_on = False
            QTimer.singleShot(0, self, self._focus_next)  # what was just made is shown by then

    def _focus_next(self) -> None:
        """To who votes next, and after the last one to the end of the vote."""
        (self._votes or [self.end])[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_seats(self) -> None:
        self.seats.setVisible(self.seats.isHidden())

    def _rows(self, page: CalibrationView, one: CalibrationMember, held: HeldVote | None) -> Iterable[QWidget]:
        if held is not None and held.open:
            return [self._open_row(turn, one) for turn in held.turns]
        if held is not None:
            return [self._row(turn.name, turn_words(turn)) for turn in held.turns]
        return [self._before(seat, one) for seat in page.seats if seat.votes]

    def _row(self, name: str, words: str, *controls: QWidget) -> QWidget:
        line = row(wide(Text(name, elide=True)), Text(words, "caption", tone="soft", elide=True), gap=6)
        add(line, *controls)
        return holder(line)

    def _before(self, seat: Seat, one: CalibrationMember) -> QWidget:
        """Before the first vote on a member: who leaves it to the others."""
        relation = one.recused.get(seat.colleague)
        if relation is None:
            return self._row(seat.name, "", self._recusal(seat.colleague, seat.name))
        words = tr("recused: {relation}").format(relation=relation_word(relation))
        if relation in ALWAYS_RECUSED:
            return self._row(seat.name, words)
        back, named = partial(self._actions.take_part, seat.colleague), tr("Let {name} vote").format(name=seat.name)
        return self._row(seat.name, words, IconButton(self._theme, "x", named, run=back))

    def _open_row(self, turn: SeatTurn, one: CalibrationMember) -> QWidget:
        if turn.turn is not None:
            return self._row(turn.name, turn_words(turn))
        votes = Button(tr("Vote"), "link", small=True, name=tr("Vote of {name}").format(name=turn.name))
        votes.clicked.connect(lambda _on=False: self._ask(turn, one))
        self._votes.append(votes)
        named = tr("{name} does not vote").format(name=turn.name)
        out = Button(tr("Not voting…"), "link", small=True, name=named)
        out.setAccessibleDescription(tr("Opens a menu"))
        out.clicked.connect(lambda _on=False: self._offer_ways_out(out, turn))
        return self._row(turn.name, "", votes, out)

    def _offer_ways_out(self, button: Button, turn: SeatTurn) -> None:
        menu = DropMenu(button)
        for relation in _RELATIONS:
            words = tr("Recused: {relation}").format(relation=relation_word(relation))
            menu.offer(words, partial(self._actions.recuse, turn.colleague, str(relation)))
        menu.offer(tr("Excused…"), partial(self._actions.ask_excuse, turn))
        menu.drop()

    def _recusal(self, colleague: int, name: str) -> Button:
        button = Button(tr("Recuse…"), "link", small=True, name=tr("Recuse {name}").format(name=name))
        button.setAccessibleDescription(tr("Opens a menu"))
        button.clicked.connect(lambda _on=False: self._offer_relations(button, colleague))
        return button

    def _offer_relations(self, button: Button, colleague: int) -> None:
        menu = DropMenu(button)
        for relation in _RELATIONS:
            menu.offer(relation_word(relation), partial(self._actions.recuse, colleague, str(relation)))
        menu.drop()

    def _ask(self, turn: SeatTurn, one: CalibrationMember) -> None:
        """Let somebody vote: their name is read back, and nothing is chosen."""
        self._at = turn.colleague
        self._who.setText(tr("{who} votes on {name}").format(who=turn.name, name=one.name))
        self.choice.choose(None)
        self.cast_it.setEnabled(False)
        self._ballot.show()
        self.choice.button(str(CalibrationOutcome.PROMOTE)).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _cast(self) -> None:
        """Once it is cast, the next one who has to vote has the focus."""
        if self._at is not None and self.choice.value is not None:
            self._goes_on = True
            self._actions.cast(self._at, CalibrationOutcome(self.choice.value), self._rest)

    def _rest(self) -> None:
        """Nothing of a vote stays in sight."""
        self._at = None
        self.choice.choose(None)
        self._ballot.hide()
