"""The right side of a calibration while its session is on: time, agenda, note, and the outcome of the member."""

from __future__ import annotations

import json
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.desk.pages.calibration.agenda import SessionAgenda, agenda_lines
from app.desk.pages.calibration.committee import CommitteeVoting
from app.desk.pages.calibration.committee_actions import CommitteeActions
from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Button, Segmented
from app.desk.parts.dissents import DissentLine, FormLines
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, aligned, column, row, wide
from app.desk.parts.section import fill
from app.desk.parts.time_head import TimeHead
from app.desk.theme import Theme
from app.domain.calibration import AgendaTurn, CalibrationOutcome, part_at
from app.phrases.rubric import outcome_word, part_word
from app.queries.calibration import CalibrationMember, CalibrationView
from app.queries.lists import ColleagueRow
from app.words import day, tr

_NOTE_HIGH = 76  # px at ordinary text size


class OutcomeForm(QWidget):
    """Promote, not now, more evidence; the reason; dissent by name. `typed` carries it as text; `complete` that all
    is there."""

    typed = Signal(str)
    complete = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._proposal = 0
        self._told = ""
        self._timer = Autosave(self, self.save_now)
        self.outcome = Segmented([(str(o), outcome_word(o)) for o in CalibrationOutcome], tr("Outcome"), strong=True)
        self.outcome.chosen.connect(self._timer.touch)
        self.reason = self._text("reason", tr("Reason"))
        self.change = self._text("change", tr("Why does it replace the earlier one?"))
        self.dissents = FormLines[DissentLine](self._timer.touch)
        self._problem = Text("", "caption", tone="bad", wrap=True)
        self._problem.hide()
        self.add = Button(tr("Add"), "link", name=tr("Add a dissent"), run=self._new)
        line = row(wide(Text(tr("Dissent, kept by name"), "caption", weight=500, tone="soft")), self.add)
        column(self.outcome, self._problem, self.reason, self.change, line, self.dissents.column, gap=8, on=self)

    def begin(self, one: CalibrationMember, colleagues: tuple[ColleagueRow, ...]) -> None:
        """Fill the form with what was typed for this member; what is being typed in it stays."""
        self._colleagues = colleagues
        focused = self.window().focusWidget()
        typing = focused is not None and self.isAncestorOf(focused)
        same = one.proposal == self._proposal
        self.change.setVisible(bool(one.outcomes))
        if same and (typing or self._timer.isActive() or one.draft == self._told):
            return
        self._proposal, self._told = one.proposal, one.draft
        kept: dict[str, Any] = json.loads(one.draft) if one.draft else {}
        self.outcome.choose(kept.get("outcome"))
        self.reason.set_values({"reason": kept.get("reason", "")})
        self.change.set_values({"change": kept.get("change", "")})
        self.dissents.clear()
        for who, text in kept.get("dissents", []):
            self._append(who, text)
        self._problem.hide()

    def content(self) -> str:
        """The form as the draft keeps it; empty where nothing is in it."""
        kept = {
            "outcome": self.outcome.value,
            "reason": self.reason.values()["reason"],
            "change": self.change.values()["change"],
            "dissents": [d.value for d in self.dissents.lines],
        }
        return json.dumps(kept, ensure_ascii=False, sort_keys=True) if any(kept.values()) else ""

    def save_now(self) -> None:
        """Tell what was typed, if anything was since the last time."""
        self._timer.stop()
        content = self.content()
        if self._proposal and content != self._told:
            self._told = content
            self.typed.emit(content)

    def check(self) -> None:
        """Ask for what is missing, or say that all is there."""
        problem = "" if self.outcome.value else tr("Choose one of the three.")
        if any(who is None or not text for who, text in (d.value for d in self.dissents.lines)):
            problem = tr("A dissent needs its name and its words.")
        self._problem.say(problem)
        lacking = [p for p in (self.reason, self.change) if not p.isHidden() and not p.check()]
        if not problem and not lacking:
            self.save_now()
            self.complete.emit()

    @property
    def values(self) -> tuple[CalibrationOutcome, str, list[tuple[int, str]], str]:
        """Outcome, reason, dissents, why it replaces the earlier one."""
        said = [(who, text) for who, text in (d.value for d in self.dissents.lines) if who is not None]
        change = self.change.values()["change"] if not self.change.isHidden() else ""
        return CalibrationOutcome(self.outcome.value or ""), self.reason.values()["reason"], said, change

    def _text(self, name: str, words: str) -> FieldSet:
        fields = FieldSet(self._theme, [Field(name, words, FieldType.TEXT, required=True)])
        fields.edited.connect(self._timer.touch)
        return fields

    def _new(self) -> None:
        self._append(None, "").who.setFocus()

    def _append(self, who: int | None, text: str) -> DissentLine:
        return self.dissents.add(DissentLine(self._theme, self._colleagues, who, text))


def later_words(one: CalibrationMember) -> str:
    """To which day a case is put off, and why."""
    assert one.put_off_to is not None
    return tr("{name} is put off to {day}: {reason}").format(
        name=one.name, day=day(one.put_off_to), reason=one.put_off_reason
    )


class SessionPane(QWidget):
    """`chosen` wants another member talked about; what else can be done is said by its `note`, its `form`, and the
    buttons `put_off`, `take_up`, `again` and `close_it`."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, zone: tzinfo, committee: CommitteeActions) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._minutes, self._key = 0, ""
        self.head = TimeHead(tr("Time for this member"))
        self._part = QTimer(self)
        self._part.setInterval(1000)
        self._part.timeout.connect(self._show_part)
        self._agenda = SessionAgenda(theme)
        self._agenda.chosen.connect(self.chosen)
        self._note_of = Text("", "caption", weight=500, tone="soft")
        self.note = GrowingText(theme, tr("Note on this member"), tr("What was said"), role="box", least=_NOTE_HIGH)
        self.voting = CommitteeVoting(theme, committee)
        self._decides = Text("", "caption", tone="soft")
        self.form = OutcomeForm(theme)
        self._held = QVBoxLayout()
        self.record = Button(tr("Record, next member"), "primary", run=self.form.check)
        self.record.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.put_off = Button(tr("Another day…"), "link", small=True, name=tr("Talk about them on another day"))
        self.take_up = Button(tr("Take them up today"), "link", small=True)
        self._later = Text("", "caption", tone="soft", wrap=True)
        self.again = Button(tr("Talked about again, next"))
        self.close_it = Button(tr("Close the calibration…"))
        column(
            self.head,
            self._agenda,
            self._later,
            aligned(self.put_off, LEFT),
            aligned(self.take_up, LEFT),
            line_across(),
            self._note_of,
            wide(self.note),
            line_across(),
            self.voting,
            row(wide(Text(tr("Outcome"), "lead", weight=500)), self._decides),
            self._held,
            self.form,
            self.record,
            Text(tr("Corrected later only by a new entry."), "caption", tone="soft", wrap=True),
            self.again,
            self.close_it,
            gap=9,
            on=self,
        )

    def show_page(
        self, page: CalibrationView, one: CalibrationMember, colleagues: tuple[ColleagueRow, ...], decides: str
    ) -> None:
        """Show the session, at this member."""
        turn = self._turn(page, one)
        self._minutes = turn.minutes if turn is not None else 0
        if self._key != str(one.proposal):
            self.note.forget()
        self._key = str(one.proposal)
        self.head.show_subject(self._key, tr("Session"), "", max(1, self._minutes))
        self._part.start()
        self._show_part()
        self._agenda.show_lines(agenda_lines(page, turn, self._zone))
        self._note_of.setText(tr("Note, {name}").format(name=one.name))
        self.note.fill(one.note)
        self._decides.setText(tr("{name} decides").format(name=decides) if decides else "")
        self.voting.show_vote(page, one, colleagues)
        self.form.begin(one, colleagues)
        self._show_held(one)
        second = turn is not None and turn.again
        later = one.put_off_to is not None and one.talked_at is None
        self.put_off.setVisible(one.outcome is None)
        self.take_up.setVisible(later)
        self._later.say(later_words(one) if later else "")
        self.again.setVisible(second and one.talked_again_at is None)
        self.close_it.setVisible(all(m.outcome is not None for m in page.members))

    def rest(self) -> None:
        """Nobody is talked about now."""
        self.head.rest()
        self._part.stop()

    def _turn(self, page: CalibrationView, one: CalibrationMember) -> AgendaTurn | None:
        """The turn this member has next, else the last one they had."""
        mine = [t for t in page.turns if t.proposal == one.proposal]
        had = {False: one.talked_at, True: one.talked_again_at}
        return next((t for t in mine if had[t.again] is None), mine[-1] if mine else None)

    def _show_part(self) -> None:
        self.head.show_place(part_word(part_at(self.head.spent, max(1, self._minutes))))

    def _show_held(self, one: CalibrationMember) -> None:
        lines: list[Text] = []
        for held in reversed(one.outcomes):
            words = tr("{outcome}, {name}").format(outcome=outcome_word(held.outcome), name=held.by)
            lines += [Text(words, weight=500, wrap=True), Text(held.reason, tone="soft", wrap=True)]
            dissents = tr("{name} dissents: {text}")
            lines += [Text(dissents.format(name=name, text=text), wrap=True) for name, text in held.dissents]
        fill(self._held, lines)
