"""The chain of approvals after a decision: who answers for which role, and what they said on which day."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions import decision
from app.desk.controls import Button
from app.desk.desk import Desk
from app.desk.label import Text
from app.desk.pages.person import clear
from app.desk.panel import confirm
from app.domain.decision import Answer
from app.queries.decision import ApprovalFacts
from app.words import day, tr


def answer_words(approval: ApprovalFacts) -> str:
    """'approved 12 March 2026', or that it is asked."""
    if approval.answer is None or approval.answered_on is None:
        return tr("asked")
    words = {Answer.APPROVED: tr("approved {day}"), Answer.DECLINED: tr("declined {day}")}
    return words[Answer(approval.answer)].format(day=day(approval.answered_on))


class ApprovalList(QWidget):
    """`answered` carries the approval and the answer a person gives for it."""

    answered = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

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
            if approval is not None and approval.note:
                self._column.addWidget(Text(approval.note, "caption", tone="soft", wrap=True))

    def _row(self, who: str, state: str, approval: ApprovalFacts | None) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(who, wrap=True), 1)
        row.addWidget(Text(state, "caption", tone="soft"))
        if approval is not None and approval.answer is None:
            for answer, words in ((Answer.APPROVED, tr("Approved")), (Answer.DECLINED, tr("Declined…"))):
                button = Button(words, small=True)
                button.setAccessibleName(f"{words}: {approval.role}")
                button.clicked.connect(lambda _on=False, a=answer: self.answered.emit(approval, a.value))
                row.addWidget(button)
        return holder


def _who(approval: ApprovalFacts) -> str:
    return tr("{name}, {role}").format(name=approval.name, role=approval.role) if approval.name else approval.role


def ask_answer(desk: Desk, parent: QWidget, approval: ApprovalFacts, answer: str) -> None:
    """Ask once, then record what somebody in the chain said, with today's date."""
    today = desk.workspace.today()
    given = Answer(answer)
    words = tr("{who} approved?") if given is Answer.APPROVED else tr("{who} declined?")
    confirm(
        desk.theme, parent, words.format(who=_who(approval)),
        tr("It is recorded with the date {day} and can’t be undone. A later answer takes its place.").format(
            day=day(today)
        ),
        tr("Record answer"),
        lambda reason: desk.write(partial(decision.answer, desk.workspace, approval.id, given, today, reason)),
        reason=tr("Why, in their words") if given is Answer.DECLINED else "",
    )  # fmt: skip
