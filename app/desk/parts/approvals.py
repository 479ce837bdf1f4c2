"""The chain of approvals after a decision: who answers for which role, and what they said on which day."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions import decision
from app.desk.desk import Desk
from app.desk.parts.controls import Button
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import TOP, aligned, column, holder, row, wide
from app.desk.parts.section import clear
from app.desk.parts.side_panel import confirm
from app.desk.work import alive
from app.domain.decision import Answer
from app.queries.decision import ApprovalFacts
from app.queries.lists import ColleagueRow, colleague_rows
from app.words import day, moment, tr


def answer_words(approval: ApprovalFacts) -> str:
    """'approved 12 March 2026', or that it is asked."""
    if approval.answer is None or approval.answered_on is None:
        return tr("asked") if approval.name else tr("nobody named yet")
    words = {Answer.APPROVED: tr("approved {day}"), Answer.DECLINED: tr("declined {day}")}
    return words[Answer(approval.answer)].format(day=day(approval.answered_on))


def recorded_words(approval: ApprovalFacts, zone: tzinfo) -> str:
    """'recorded by Ruth Amadi, 12 March 2026, 15:52'; empty where that is not known."""
    if approval.recorded_at is None:
        return ""
    words = tr("recorded by {name}, {when}")
    return words.format(name=approval.recorded_by or tr("somebody"), when=moment(approval.recorded_at, zone))


class ApprovalList(QWidget):
    """`answered` carries the approval and the answer given for it, `named` the approval and the button that asks."""

    answered = Signal(object, str)
    named = Signal(object, object)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self._shown: tuple[object, ...] | None = None
        self._column = column(gap=6, on=self)

    def show_asked(self, roles: tuple[str, ...]) -> None:
        """Before a decision is recorded: whom it will be put to."""
        self._fill(("before", *roles), [(role, tr("asked once it is recorded"), None) for role in roles])

    def show_approvals(self, approvals: tuple[ApprovalFacts, ...]) -> None:
        """The chain as it stands."""
        self._fill(approvals, [(_who(a), answer_words(a), a) for a in approvals])

    def _fill(self, shown: tuple[object, ...], rows: list[tuple[str, str, ApprovalFacts | None]]) -> None:
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        if rows:
            self._column.addWidget(Text(tr("Approvals"), "caption", weight=500, tone="soft"))
        for who, state, approval in rows:
            self._column.addWidget(self._row(who, state, approval))
            recorded = recorded_words(approval, self._zone) if approval is not None else ""
            for words in (recorded, approval.note if approval is not None else ""):
                if words:
                    self._column.addWidget(Text(words, "caption", tone="soft", wrap=True))

    def _row(self, who: str, state: str, approval: ApprovalFacts | None) -> QWidget:
        box = holder(row(wide(Text(who, wrap=True)), aligned(Text(state, "caption", tone="soft"), TOP), gap=8))
        if approval is None or (approval.answer is not None and approval.name):
            return box
        both, below = QWidget(), QWidget()
        column(box, below, gap=4, on=both)
        flow = Flow(below, 6)
        for button in self._buttons(approval):
            flow.addWidget(button)
        return both

    def _buttons(self, approval: ApprovalFacts) -> list[Button]:
        """Who it is that answers, and once that is known what they said: an approval is a person's."""
        found = []
        answers = ((Answer.APPROVED, tr("Approved")), (Answer.DECLINED, tr("Declined…"))) if approval.name else ()
        for answer, words in answers:
            button = Button(words, small=True)
            button.setAccessibleName(f"{words}: {approval.role}")
            button.clicked.connect(lambda _on=False, a=answer: self.answered.emit(approval, a.value))
            found.append(button)
        asks = tr("Who answers…") if approval.answer is None else tr("Who answered…")
        who = Button(tr("Somebody else…") if approval.name else asks, "link", small=True)
        who.setAccessibleName(tr("Who answers as {role}").format(role=approval.role))
        who.setAccessibleDescription(tr("Opens a menu"))
        who.clicked.connect(lambda _on=False: self.named.emit(approval, who))
        return [*found, who]


def _who(approval: ApprovalFacts) -> str:
    if approval.answer is not None and not approval.name:
        return tr("{role}, by whom was not recorded").format(role=approval.role)
    return tr("{name}, {role}").format(name=approval.name, role=approval.role) if approval.name else approval.role


def ask_answer(desk: Desk, parent: QWidget, approval: ApprovalFacts, answer: str) -> None:
    """Ask once, then record what somebody in the chain said, with today's date."""
    today = desk.workspace.today()
    given = Answer(answer)
    words = tr("{who} approved?") if given is Answer.APPROVED else tr("{who} declined?")
    confirm(
        desk.theme,
        parent,
        words.format(who=_who(approval)),
        tr("It is recorded with the date {day} and can’t be undone. A later answer takes its place.").format(
            day=day(today)
        ),
        tr("Record answer"),
        lambda reason: desk.write(partial(decision.answer, desk.workspace, approval.id, given, today, reason)),
        reason=tr("Why, in their words") if given is Answer.DECLINED else "",
    )


def ask_name(desk: Desk, parent: QWidget, approval: ApprovalFacts, button: QWidget) -> None:
    """Let somebody choose the colleague who answers for a role."""
    rows = partial(colleague_rows, desk.workspace)
    desk.work.ask(parent, "approver", rows, lambda found: _choose_name(desk, approval, button, found))


def _choose_name(desk: Desk, approval: ApprovalFacts, button: QWidget, rows: tuple[ColleagueRow, ...]) -> None:
    if not alive(button):
        return  # somebody answered meanwhile
    menu = DropMenu(button)

    def offer(words: str, colleague: int | None) -> None:
        action = partial(decision.name_approver, desk.workspace, approval.id, colleague)
        menu.offer(words, lambda: desk.write(action))

    for line in rows:
        offer(", ".join(w for w in (line.name, line.role) if w), line.id)
    if approval.name:
        menu.addSeparator()
        offer(tr("Nobody yet"), None)
    menu.drop()
