"""Asking people to assess a member outside a calibration: against which level, and whom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.actions.assessment_request import ask_for
from app.actions.rater_relation import CHOICES
from app.desk.desk import Desk
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.section import clear
from app.desk.parts.side_panel import SidePanel
from app.domain.assessment import Relation
from app.phrases.rubric import relation_word
from app.queries.assessment_request import AskPerson, AskView, ask_page
from app.store.change_report import ChangeReport
from app.words import sentence_list, tr


class AskPanel(SidePanel):
    """`opening` says that it has what it shows and may be opened; `done` that it was put away."""

    opening = Signal(str)
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._page: AskView | None = None
        self._wanted = ""
        self.boxes: dict[int, QCheckBox] = {}
        self.fields = FieldSet(
            desk.theme,
            [
                Field(
                    "level",
                    tr("Against"),
                    FieldType.CHOICE,
                    required=True,
                    help=tr("They read this level’s sentences, and score against these alone."),
                ),
            ],
        )
        self.other = FieldSet(
            desk.theme,
            [
                Field("other", tr("Somebody else"), FieldType.CHOICE),
                Field("relation", tr("How they stand to them"), FieldType.CHOICE),
            ],
        )
        self._list = column(gap=6)
        self.by = FieldSet(desk.theme, [Field("due_on", tr("Answers by"), FieldType.DATE)])
        words = tr("Each answers alone. Nobody sees another’s before their own is in.")
        content = holder(
            column(
                self.fields,
                Text(tr("Who is asked"), "caption", weight=500, tone="soft"),
                self._list,
                self.other,
                self.by,
                Text(words, "caption", tone="soft", wrap=True),
                gap=12,
            )
        )
        super().__init__(desk.theme, tr("Ask for an assessment"), content, save=tr("Ask"))
        self.saved.connect(self._ask)

    def ask_about(self, member: int, level: str = "") -> None:
        """Get who can be asked about a member, then say `opening`; `level` is offered first."""
        self._wanted = level
        self._desk.work.ask(self, "ask", partial(ask_page, self._desk.workspace, member), self._show)

    def _show(self, page: AskView) -> None:
        self._page = page
        choices = [(page.level, tr("{level}, their level").format(level=page.level))]
        if page.target is not None:
            choices.append((page.target, tr("{level}, what they grow to").format(level=page.target)))
        self.fields.set_choices("level", choices)
        wanted = self._wanted if self._wanted in dict(choices) else choices[-1][0]
        self.fields.set_values({"level": wanted})
        clear(self._list)
        self.boxes = {}
        me = self._desk.workspace.me
        near = [p for p in page.people if p.colleague == me or p.before or p.relation is not Relation.NOT_SAID]
        for person in near:
            box = QCheckBox(_words(person, me=person.colleague == me))
            box.setAccessibleName(box.text())
            box.setEnabled(not person.asked)
            box.setChecked(person.colleague == me and not person.asked)
            self.boxes[person.colleague] = box
            self._list.addWidget(box)
        others = [(str(p.colleague), p.name) for p in page.people if p not in near and not p.asked]
        self.other.set_choices("other", others)
        self.other.set_choices("relation", [(str(r), relation_word(r)) for r in CHOICES])
        self.other.set_values({"other": None, "relation": str(Relation.NOT_SAID)})
        self.other.setVisible(bool(others))
        self.by.set_values({"due_on": None})
        self.opening.emit(tr("Ask for an assessment of {name}").format(name=page.name))

    def _ask(self) -> None:
        page = self._page
        if page is None or not self.fields.check() or not self.by.check():
            return
        chosen = [who for who, box in self.boxes.items() if box.isChecked()]
        other = self.other.values()["other"]
        chosen += [int(other)] if other else []
        said = {int(other): Relation(self.other.values()["relation"] or Relation.NOT_SAID)} if other else {}
        level, due_on = self.fields.values()["level"], self.by.values()["due_on"]
        workspace = self._desk.workspace
        names = {p.colleague: p.name for p in page.people}

        def asked(changed: ChangeReport) -> None:
            self.done.emit()
            if workspace.me in chosen:
                self._desk.go("assessment", id=changed.subject)
            said = tr("Asked about {name} against {level}: {who}.")
            self._desk.say(said.format(name=page.name, level=level, who=sentence_list([names[c] for c in chosen])))

        self._desk.write(
            partial(ask_for, workspace, page.member, chosen, level, said, due_on), asked, self, self.refuse
        )


def _words(person: AskPerson, *, me: bool) -> str:
    notes = [tr("me")] if me else []
    notes += [relation_word(person.relation)] if person.relation is not Relation.NOT_SAID else []
    notes += [tr("assessed them before")] if person.before else []
    notes += [tr("was asked already")] if person.asked else []
    return f"{person.name}, {', '.join(notes)}" if notes else person.name
