"""Practice: read a written answer, score it, see what experts gave and why. The keyboard alone is enough."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.actions import practice
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.parts.anchors import AnchorRow, anchor_rows
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, STRETCH, Space, aligned, column, holder, row, scrolling, stacked, wide
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.domain.practice import PracticeAnswer, PracticeResult
from app.domain.scorecard import SCORES
from app.queries.practice import PracticeView, practice_page
from app.words import day, ntr, tr

_WIDEST = 1120  # px at ordinary text size
_NARROW = 900
_ENOUGH = 5  # answers before an average says anything


class PracticePage(Page):
    """One answer at a time, those I have not scored first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: PracticeView | None = None
        self._answer: str | None = None
        self._rubric: int | None = None
        self._pending: dict[str, int] = {}
        self.rows: list[AnchorRow] = []
        back, on = partial(self._turn, -1), partial(self._turn, 1)
        self._before = IconButton(desk.theme, "chevron-left", tr("Previous answer"), run=back)
        self._after = IconButton(desk.theme, "chevron-right", tr("Next answer"), run=on)
        self._where = Text("", "caption", tone="soft")
        self.rubrics = StillCombo(tr("Rubric"))
        self.rubrics.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rubrics.hide()
        self.rubrics.activated.connect(self._choose)
        self._empty = EmptyPage(
            desk.theme,
            tr("Nothing to practise on yet"),
            tr("Rubrics that come along have written answers with the scores experts gave, two a dimension."),
            tr("To the rubrics"),
            partial(desk.go, "rubric"),
        )
        halves = row(wide(self._build_left()), wide(self._build_right()), gap=32, margins=(20, 16, 20, 24))
        self._sheet, self._halves = holder(halves), halves
        self._scroll = scrolling(holder(row(wide(self._sheet, 100), STRETCH)))
        self._blank = QWidget()
        self._stack = stacked(self._scroll, self._empty, self._blank)
        row(self._stack, on=self)
        desk.theme.changed.connect(self._measure)
        self._measure()

    def breadcrumb(self) -> Sequence[Crumb]:
        return (Crumb(tr("Guides")), Crumb(tr("Practice")))

    def top_actions(self) -> Sequence[QWidget]:
        """Which rubric, and turn to another answer."""
        return (self.rubrics, self._before, self._after)

    def commands(self) -> Sequence[Command]:
        """Scores, next and previous."""
        command, may, here = CommandsOf("practice", tr("Practice"), self._there), self._may_score, self._scores_here
        words = tr("Score {n}")
        scores = (
            command(
                f"score.{n}", words.format(n=n), partial(self._score, n), str(n), when=may, listed=False, keyed=here
            )
            for n in SCORES
        )
        return (
            *scores,
            command("next", tr("Next answer"), partial(self._turn, 1), "N"),
            command("back", tr("Previous answer"), partial(self._turn, -1), "P"),
        )

    def panes(self) -> Sequence[QWidget]:
        """The answer, then the anchors."""
        return (self._right,)

    def arrived(self, **where: Any) -> None:
        """Show the first answer I have not scored, of the rubric that is asked for."""
        self._rubric = where.get("rubric", self._rubric)
        self._ask()

    def forget(self) -> None:
        """Results are each one's own: none is in sight until they are asked for again."""
        self._shown = None
        self._stack.setCurrentWidget(self._blank)

    def changed(self, report: Any) -> None:
        """Somebody practised, or is somebody else now."""
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, where no button has it, goes on from an answer that is scored."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_scored():
            self._turn(1)
        else:
            super().keyPressEvent(event)

    # Building

    def _build_left(self) -> QVBoxLayout:
        self._dimension = Text("", "title", wrap=True)
        self._question = Text("", tone="soft", wrap=True)
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(tr("Written answer"))
        self._paragraphs = column(gap=10, margins=(18, 14, 18, 16), on=card)
        self._words = Text("", "caption", tone="faint")
        return column(
            self.rubrics, self._where, self._dimension, self._question, Space(4), card, self._words, STRETCH, gap=8
        )

    def _build_right(self) -> QWidget:
        self._anchors = column(gap=2, margins=(-8, 0, 0, 0))
        self._people = column(gap=4)
        head = Text(tr("Which score is it?"), "lead", weight=600)
        self._right = holder(column(head, self._anchors, self._build_result(), Space(12), self._people, STRETCH, gap=4))
        return self._right

    def _build_result(self) -> QFrame:
        self.result = QFrame()
        self.result.setProperty("role", "sunken")
        self._verdict = Text("", weight=600, wrap=True)
        self._why = Text("", wrap=True, selectable=True)
        self.next = Button(tr("Next answer"), "primary", run=partial(self._turn, 1))
        column(self._verdict, self._why, aligned(self.next, LEFT), gap=6, margins=(14, 12, 14, 12), on=self.result)
        self.result.hide()
        return self.result

    def _measure(self) -> None:
        self._sheet.setMaximumWidth(self.desk.theme.px(_WIDEST))
        narrow = self.width() < self.desk.theme.px(_NARROW)
        self._halves.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)
        self._halves.setStretch(0, 0 if narrow else 1)

    def resizeEvent(self, event: Any) -> None:
        """A narrow page has the anchors under the answer."""
        super().resizeEvent(event)
        self._measure()

    # Showing

    def _ask(self) -> None:
        self.desk.ask(self, "practice", partial(practice_page, self.desk.workspace, self._rubric), self._take)

    def _take(self, shown: PracticeView | None) -> None:
        self._shown = shown
        answers = self._answers()
        self._stack.setCurrentWidget(self._scroll if answers else self._empty)
        for widget in (self._before, self._after):
            widget.setVisible(bool(answers))
        if not answers:
            return
        assert shown is not None
        self._offer(shown)
        if self._answer not in {a.id for a in answers}:
            self._answer = next((a.id for a in answers if a.id not in shown.mine), answers[0].id)
            self._show_answer()
        self._refresh()
        if self.hasFocus():
            self._focus_answer()

    def _answers(self) -> tuple[PracticeAnswer, ...]:
        gym = self._shown.gym if self._shown is not None else None
        return gym.answers if gym is not None else ()

    def _current(self) -> PracticeAnswer | None:
        return next((a for a in self._answers() if a.id == self._answer), None)

    def _show_answer(self) -> None:
        """Lay out another answer; the score comes with `_refresh`."""
        answer, shown = self._current(), self._shown
        if answer is None or shown is None:
            return
        dimension = shown.rubric.dimension(answer.dimension)
        self._dimension.setText(dimension.name)
        self._question.setText(next(q.text for q in dimension.questions if q.id == answer.question))
        self._words.setText(tr("Fictional, {n} words").format(n=answer.words))
        fill(self._paragraphs, (Text(paragraph, wrap=True, selectable=True) for paragraph in answer.answer))
        self.rows = anchor_rows(self.desk.theme, dimension, shown.rubric, self._score)
        fill(self._anchors, self.rows)
        self._scroll.verticalScrollBar().setValue(0)

    def _refresh(self) -> None:
        answer, shown = self._current(), self._shown
        if answer is None or shown is None:
            return
        answers = self._answers()
        place = [a.id for a in answers].index(answer.id)
        mine = shown.mine.get(answer.id)
        given = mine if mine is not None else self._pending.get(answer.id)
        words = tr("Answer {n} of {all}, {done} scored").format(n=place + 1, all=len(answers), done=len(shown.mine))
        self._where.setText(words)
        self._before.setEnabled(place > 0)
        self._after.setEnabled(place < len(answers) - 1)
        for line in self.rows:
            line.show_chosen(line.score == given, pending=mine is None)
            line.setEnabled(given is None or line.score == given)
        self.result.setVisible(mine is not None)
        self.next.setVisible(place < len(answers) - 1)
        if mine is not None:
            self._verdict.setText(practice_words(mine, answer.score))
            self._verdict.set_tone("good" if mine == answer.score else "ink")
            self._why.setText(answer.why)
        self._show_people(shown)

    def _show_people(self, shown: PracticeView) -> None:
        lines: list[QWidget] = [Text(tr("Training"), "caption", tone="soft", weight=500), line_across()]
        lines += [Text(result_words(shown.result), wrap=True)] if shown.mine else []
        for trained in shown.trained:
            facts = ntr("{n} answer", "{n} answers", trained.answers)
            words = tr("{name}: {facts}, last on {day}").format(name=trained.name, facts=facts, day=day(trained.last))
            lines += [Text(words, "caption", tone="soft", wrap=True)]
        fill(self._people, lines if shown.trained else ())

    # Doing

    def _offer(self, shown: PracticeView) -> None:
        """Which rubrics can be practised; with one there is nothing to choose."""
        self.rubrics.offer([(row.id, row.words) for row in shown.choices], shown.version)
        self.rubrics.setVisible(len(shown.choices) > 1)

    def _choose(self, _index: int) -> None:
        self._rubric, self._answer = self.rubrics.currentData(), None
        self._ask()

    def _there(self) -> bool:
        return bool(self._answers())

    def _is_scored(self) -> bool:
        return self._shown is not None and self._answer in self._shown.mine

    def _may_score(self) -> bool:
        return (
            self._shown is not None
            and self._answer is not None
            and self._answer not in self._shown.mine
            and self._answer not in self._pending
        )

    def _scores_here(self) -> bool:
        return QApplication.focusWidget() in self.rows

    def _focus_answer(self) -> None:
        """Where the next key counts: on the anchors, or on going on."""
        to = self.rows[0] if self._may_score() else self.next
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _score(self, given: int) -> None:
        if not self._may_score():
            return
        assert self._shown is not None
        assert self._answer is not None
        answer = self._answer
        self._pending[answer] = given
        self._refresh()

        def scored(_changed: Any) -> None:
            self._pending.pop(answer, None)
            self._ask()
            if self._answer == answer:
                self.next.setFocus(Qt.FocusReason.OtherFocusReason)

        def refused(why: Any) -> None:
            self._pending.pop(answer, None)
            self.desk.refuse(why)
            self._refresh()

        self.desk.write(
            partial(practice.score, self.desk.workspace, self._shown.version, answer, given), scored, self, refused
        )

    def _turn(self, by: int) -> None:
        answers = self._answers()
        if not answers:
            return
        place = [a.id for a in answers].index(self._answer or answers[0].id)
        target = min(max(place + by, 0), len(answers) - 1)
        if target != place:
            self._answer = answers[target].id
            self._show_answer()
            self._refresh()
            self._focus_answer()


def practice_words(mine: int, expert: int) -> str:
    """One's own score beside the experts'."""
    if mine == expert:
        return tr("{n}, as the experts.").format(n=mine)
    apart = ntr("{n} point", "{n} points", abs(mine - expert))
    words = tr("You gave {mine}, the experts {expert}: {apart} milder.")
    if mine < expert:
        words = tr("You gave {mine}, the experts {expert}: {apart} stricter.")
    return words.format(mine=mine, expert=expert, apart=apart)


def result_words(result: PracticeResult) -> str:
    """How all one's scores lie beside the experts'."""
    found = ntr("My scores, of {n} answer: ", "My scores, of {n} answers: ", result.scored)
    found += tr("{same} as the experts, {one} a point apart, {further} further.").format(
        same=result.same, one=result.one_apart, further=result.further
    )
    if result.mean and result.scored >= _ENOUGH:
        words = (
            tr("On average {points} points milder.") if result.mean > 0 else tr("On average {points} points stricter.")
        )
        found += " " + words.format(points=f"{abs(result.mean):.1f}")
    return found
