"""Several members into a calibration at once: a team, a level, a track, or those one chooses; and whom to ask."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.actions.calibration import NewProposal
from app.desk.desk import Desk
from app.desk.pages.calibration.many_list import ProposableView
from app.desk.parts.controls import Switch
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.still import StillCombo
from app.domain.level_step import LevelStep
from app.errors import Refused
from app.phrases.level_step import step_words
from app.queries.calibration_choice import CalibrationChoice, Proposable, calibration_choice
from app.words import ntr, tr


class ManyPanel(SidePanel):
    """`opening` says that it has what it shows and may be opened. `taken` carries the proposals, and in words those
    that are not for the next level."""

    opening = Signal(str)
    taken = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._choice: CalibrationChoice | None = None
        self.filter = FieldSet(
            desk.theme,
            [
                Field("manager", tr("Manager"), FieldType.CHOICE),
                Field("level", tr("Level"), FieldType.CHOICE),
                Field("track", tr("Track"), FieldType.CHOICE),
            ],
        )
        self.list = ProposableView(desk.theme)
        self._count = Text("", "caption", tone="soft", wrap=True)
        self.target = StillCombo(tr("Level for those chosen"))
        self.target.setPlaceholderText(tr("Another level for those chosen"))
        self.ask = Switch(desk.theme, tr("Ask who is named beside each"), on=True)
        self.also = StillCombo(tr("Who is asked about all of them too"))
        self.also.setPlaceholderText(tr("And one more about all of them"))
        content = holder(
            column(
                self.filter,
                self._count,
                wide(self.list),
                row(wide(self.target)),
                self.ask,
                row(wide(self.also)),
                gap=10,
            )
        )
        super().__init__(desk.theme, tr("Members into the calibration"), content, save=tr("Take them in"))
        self.filter.edited.connect(lambda _name: self._filter())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._say())
        self.target.activated.connect(lambda _n: self._say_level())
        self.saved.connect(self._take)

    def ask_for(self, calibration: int) -> None:
        """Get who can be taken in, then say `opening`."""
        query = partial(calibration_choice, self._desk.workspace, calibration)
        self._desk.work.ask(self, "choice", query, self._show)

    def _show(self, choice: CalibrationChoice) -> None:
        self._choice = choice
        members = choice.members
        managers = {str(one.manager): one.manager_name for one in members if one.manager is not None}
        everybody = tr("any")
        self.filter.set_choices("manager", [("", everybody), *sorted(managers.items(), key=lambda one: one[1])])
        self.filter.set_choices("level", [("", everybody), *((level, level) for level in _levels(choice))])
        tracks = list(dict.fromkeys(one.track for one in members if one.track))
        self.filter.set_choices("track", [("", everybody), *((track, track) for track in tracks)])
        self.filter.set_values({"manager": "", "level": "", "track": ""})
        self.target.clear()
        for level in choice.levels:
            self.target.addItem(level, level)
        self.target.setCurrentIndex(-1)
        self.also.clear()
        self.also.addItem("", None)
        people = {who: name for one in members for who, name in one.raters}
        for who, name in sorted(people.items(), key=lambda one: one[1]):
            self.also.addItem(name, who)
        self.also.setCurrentIndex(-1)
        self.list.rows.forget()
        self._filter()
        self.opening.emit(tr("Members into the calibration"))

    def _filter(self) -> None:
        choice = self._choice
        if choice is not None:
            wanted = self.filter.values()
            self.list.rows.show_members([one for one in choice.members if _is_wanted(one, wanted)])
            self._say()

    def _say(self) -> None:
        all_ = self.list.rows.rowCount()
        shown = ntr("{n} member can be taken in.", "{n} members can be taken in.", all_)
        chosen = len(self.list.chosen)
        more = ntr("{n} is chosen.", "{n} are chosen.", chosen) if chosen else tr("Ctrl+A chooses all that are shown.")
        self._count.setText(f"{shown} {more}")

    def _say_level(self) -> None:
        chosen = self.list.chosen
        if not chosen:
            self.refuse(Refused(tr("Nobody is chosen."), tr("Choose who is to be in it.")))
        else:
            self.list.rows.set_target(chosen, self.target.currentData())
        self.target.setCurrentIndex(-1)

    def _take(self) -> None:
        rows, chosen = self.list.rows, self.list.chosen
        lacking = [rows.members[n].name for n in chosen if rows.target(n) is None]
        if lacking:
            words = tr("No level is said for {name}.").format(name=lacking[0])
            self.refuse(Refused(words, tr("Choose them, and a level for them.")))
            return
        also = self.also.currentData()
        proposals, odd = [], []
        for number in chosen:
            one, target, step = rows.members[number], rows.target(number), rows.step(number)
            assert target is not None
            asked = [who for who, _ in one.raters] if self.ask.isChecked() else []
            asked += [also] if also is not None else []
            proposals.append(NewProposal(one.member, target, tuple(dict.fromkeys(asked))))
            if step is not None and step is not LevelStep.NEXT:
                words = tr("{name} to {target}: {odd}")
                odd.append(words.format(name=one.name, target=target, odd=step_words(step)))
        self.taken.emit(proposals, odd)


def _is_wanted(one: Proposable, wanted: dict[str, str]) -> bool:
    return all(
        not wanted[name] or wanted[name] == value
        for name, value in (("manager", str(one.manager)), ("level", one.level), ("track", one.track))
    )


def _levels(choice: CalibrationChoice) -> list[str]:
    held = {one.level for one in choice.members}
    known = [level for level in choice.levels if level in held]
    return [*known, *sorted(held - set(known))]
