"""The form of a decision: verdict, level, reason, departure, what a hold waits for, dissent by name, conditions.

What is typed is kept as it is typed, as a draft of the application, until the decision is recorded.
"""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from app.actions.decision import NewDecision
from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Button, Segmented
from app.desk.parts.dissents import DissentLine, FormLine, FormLines
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, row, wide
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.domain.decision import Verdict, departs
from app.domain.panel import Zone
from app.phrases.rubric import lower_first, zone_word
from app.queries.debrief import DebriefView
from app.queries.lists import ColleagueRow
from app.words import tr

_LEVEL = 92  # px at ordinary text size
VERDICTS = ((Verdict.HIRE, tr("Hire")), (Verdict.NO_HIRE, tr("No hire")), (Verdict.HOLD, tr("Hold")))


class _Condition(FormLine):
    """One condition: ours, or one that may stand in the letter as well."""

    def __init__(self, theme: Theme, text: str, *, for_letter: bool) -> None:
        super().__init__()
        self.text = QLineEdit(text)
        self.text.setAccessibleName(tr("A condition"))
        self.text.setPlaceholderText(tr("Such as: two references"))
        self.text.textChanged.connect(self.edited)
        line = row(wide(self.text), self.out_button(theme, tr("Take this condition out")))
        self.for_letter = QCheckBox(tr("also in the letter of the offer"))
        self.for_letter.setChecked(for_letter)
        self.for_letter.toggled.connect(self.edited)
        column(line, self.for_letter, gap=2, on=self)

    @property
    def value(self) -> tuple[str, bool]:
        """The words, and whether they may stand in the letter."""
        return self.text.text(), self.for_letter.isChecked()


class DecisionForm(QWidget):
    """`typed` carries the draft as text, soon after a change; `complete` that all is there to be recorded."""

    typed = Signal(str)
    complete = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._page: DebriefView | None = None
        self.dissents, self.conditions = FormLines[DissentLine](self._edited), FormLines[_Condition](self._edited)
        self._timer = Autosave(self, self.save_now)
        self._saved = ""  # the draft in the file
        self._told = ""  # the form as it was last filled or told
        self.verdict = Segmented(VERDICTS, tr("Verdict"), strong=True)
        self.verdict.chosen.connect(lambda _verdict: self._edited())
        self.level = StillCombo()
        self.level.setAccessibleName(tr("Level"))
        self.level.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.level.activated.connect(lambda _on: self._edited())
        self._problem = Text("", "caption", tone="bad", wrap=True)
        self.reason = self._text("reason", tr("Reason"))
        self.departure = self._text("departure", tr("Departure from the rule"))
        self.change = self._text("change", tr("Why does it replace the earlier one?"))
        self.missing = FieldSet(
            theme,
            [
                Field("dimension", tr("What is missing"), FieldType.CHOICE, required=True),
                Field("exercise", tr("The round to look at it in"), FieldType.CHOICE, required=True),
            ],
        )
        self.missing.edited.connect(lambda _name: self._edited())
        self.silent = Text("", "caption", tone="soft", wrap=True)
        self.record = Button(tr("Record decision"), "primary")
        self.record.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.record.clicked.connect(self._check)
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()

    def begin(self, page: DebriefView, colleagues: tuple[ColleagueRow, ...]) -> None:
        """Fill the form with the draft of this application, once; afterwards what stands in it is the newer."""
        self._page, self._colleagues = page, colleagues
        kept: dict[str, Any] = json.loads(page.draft) if page.draft else {}
        self._saved = page.draft
        self.blockSignals(True)
        self.level.clear()
        for key, title in page.levels:
            self.level.addItem(key, key)
            self.level.setItemData(self.level.count() - 1, f"{key} · {title}", 3)
        self.level.setCurrentIndex(self.level.findData(kept.get("level", page.level)))
        self.verdict.choose(kept.get("verdict"))
        for name, fields in (("reason", self.reason), ("departure", self.departure), ("change", self.change)):
            fields.set_values({name: kept.get(name, "")})
        rubric = page.rubric
        self.missing.set_choices("dimension", [(d.id, d.short) for d in rubric.dimensions])
        self.missing.set_choices("exercise", [(e.id, e.name) for e in rubric.exercises])
        self.missing.set_values({"dimension": kept.get("dimension"), "exercise": kept.get("exercise")})
        self.dissents.clear()
        self.conditions.clear()
        for who, text in kept.get("dissents", []):
            self._add_dissent(who, text)
        for known in kept.get("conditions", []):
            text, for_letter = (known, False) if isinstance(known, str) else known  # a draft of an older version
            self._add_condition(text, for_letter=for_letter)
        self.blockSignals(False)
        self._problem.hide()
        self._show_parts()
        self._told = self.content()

    def content(self) -> str:
        """The form as the draft keeps it."""
        missing = self.missing.values()
        kept = {
            "verdict": self.verdict.value,
            "level": self.level.currentData(),
            "reason": self.reason.values()["reason"],
            "departure": self.departure.values()["departure"],
            "change": self.change.values()["change"],
            "dimension": missing["dimension"],
            "exercise": missing["exercise"],
            "dissents": [d.value for d in self.dissents.lines],
            "conditions": [c.value for c in self.conditions.lines],
        }
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    def new_decision(self) -> NewDecision:
        """What is to be recorded."""
        missing = self.missing.values()
        verdict = Verdict(self.verdict.value or "")
        return NewDecision(
            verdict=verdict,
            level=self.level.currentData(),
            reason=self.reason.values()["reason"],
            dissents=[(who, text) for who, text in (d.value for d in self.dissents.lines) if who is not None],
            change_reason=self.change.values()["change"] if not self.change.isHidden() else "",
            departure=self.departure.values()["departure"],
            conditions=[text for text, _ in (c.value for c in self.conditions.lines)],
            for_letter=[text for text, for_letter in (c.value for c in self.conditions.lines) if for_letter],
            missing=(missing["dimension"], missing["exercise"]) if verdict is Verdict.HOLD else None,
        )

    def save_now(self) -> None:
        """Tell what was typed, if anything was since the last time."""
        self._timer.stop()
        content = self.content()
        if self._page is not None and content != self._told:
            self._told = self._saved = content
            self.typed.emit(content)

    def is_behind(self, page: DebriefView) -> bool:
        """Whether the file has another draft than what stands here, and nobody is typing here."""
        focused = self.window().focusWidget()
        typing = focused is not None and self.isAncestorOf(focused)
        before = self._page
        other = before is None or before.application != page.application or before.decisions != page.decisions
        return other or (page.draft != self._saved and not typing and not self._timer.isActive())

    def focus(self) -> None:
        """Go to the verdict."""
        self.verdict.button(self.verdict.value or Verdict.HIRE).setFocus()

    def _text(self, name: str, words: str) -> FieldSet:
        fields = FieldSet(self._theme, [Field(name, words, FieldType.TEXT, required=True)])
        fields.edited.connect(lambda _name: self._edited())
        return fields

    def _lay_out(self) -> None:
        line = row(self.verdict, STRETCH, Text(tr("at"), tone="soft"), self.level, gap=6)
        body = column(line, gap=10, on=self)
        self._against = Text("", "caption", tone="soft", wrap=True)
        for widget in (self._problem, self.missing, self.reason, self._against, self.departure, self.change):
            body.addWidget(widget)
        body.addLayout(self._heading(tr("Dissent, kept by name"), tr("Add a dissent"), self._new_dissent))
        body.addLayout(self.dissents.column)
        body.addWidget(self.silent)
        body.addLayout(self._heading(tr("Conditions"), tr("Add a condition"), self._new_condition))
        body.addLayout(self.conditions.column)

    def _heading(self, words: str, name: str, run: Any) -> QHBoxLayout:
        add = Button(tr("Add"), "link")
        add.setAccessibleName(name)
        add.clicked.connect(lambda _on=False: run())
        return row(wide(Text(words, "caption", weight=500, tone="soft")), add)

    def _measure(self) -> None:
        self.level.setFixedWidth(self._theme.px(_LEVEL))

    def _new_dissent(self) -> None:
        self._add_dissent(None, "").who.setFocus()
        self._edited()

    def _new_condition(self) -> None:
        self._add_condition("", for_letter=False).text.setFocus()
        self._edited()

    def _add_dissent(self, who: int | None, text: str) -> DissentLine:
        return self.dissents.add(DissentLine(self._theme, self._colleagues, who, text))

    def _add_condition(self, text: str, *, for_letter: bool) -> _Condition:
        return self.conditions.add(_Condition(self._theme, text, for_letter=for_letter))

    def _edited(self) -> None:
        self._show_parts()
        self._timer.touch()

    @property
    def _zone(self) -> Zone:
        assert self._page is not None
        assert self._page.panel is not None
        return self._page.panel.zone

    def _show_parts(self) -> None:
        """Only what this verdict needs is in sight."""
        if self._page is None:
            return
        chosen = Verdict(self.verdict.value) if self.verdict.value else None
        against = chosen is not None and departs(chosen, self._zone)
        self.departure.setVisible(against)
        self._against.setVisible(against)
        if against:
            assert chosen is not None
            words = dict(VERDICTS)[chosen]
            self._against.setText(
                tr("{verdict} against “{zone}”: say why.").format(
                    verdict=words, zone=lower_first(zone_word(self._zone))
                )
            )
        self.missing.setVisible(chosen is Verdict.HOLD)
        self.change.setVisible(bool(self._page.decisions))
        self._show_silent(chosen)

    def _show_silent(self, chosen: Verdict | None) -> None:
        """Who voted the other way and asked for no dissent."""
        assert self._page is not None
        spoken = {d.value[0] for d in self.dissents.lines}
        other = [
            c.name
            for c in self._page.columns
            if chosen in (Verdict.HIRE, Verdict.NO_HIRE)
            and c.content.overall is not None
            and c.content.overall.for_hire != (chosen is Verdict.HIRE)
            and c.colleague not in spoken
        ]
        voted = tr("no hire") if chosen is Verdict.HIRE else tr("hire")
        lines = [
            tr("{name} voted {vote} and asked for none.").format(name=name, vote=voted) for name in dict.fromkeys(other)
        ]
        self.silent.setText(" ".join(lines))
        self.silent.setVisible(bool(lines))

    def _check(self) -> None:
        problem = ""
        if self.verdict.value is None:
            problem = tr("Choose hire, no hire or hold.")
        elif any(d.value[0] is None or not d.value[1] for d in self.dissents.lines):
            problem = tr("A dissent needs its name and its words.")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        parts = [p for p in (self.missing, self.reason, self.departure, self.change) if not p.isHidden()]
        lacking = [p for p in parts if not p.check()]
        if not lacking and not problem:
            self.save_now()
            self.complete.emit()
        elif problem:
            self.focus()
