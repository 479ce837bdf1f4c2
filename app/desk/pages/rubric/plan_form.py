"""A plan of a rubric while it is written: its name and note, then its rounds with their dimensions and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from app.desk.pages.rubric.part_fields import FIELDS
from app.desk.pages.rubric.part_form import PartForm
from app.desk.pages.rubric.typed_text import TypedForm
from app.desk.parts.controls import Button, Chip
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, row
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo, StillSpin
from app.desk.theme import Theme
from app.domain.rubric_draft import PLAN, Part
from app.words import ntr, tr


class PlanForm(TypedForm):
    """A plan's own fields, and its rounds under them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.form = PartForm(theme, FIELDS[PLAN])
        self.texts = self.form.texts
        self.form.written.connect(self.written)
        self._rounds: list[dict[str, Any]] = []
        self._exercises: tuple[Part, ...] = ()
        self._dimensions: tuple[tuple[str, str], ...] = ()
        self._sum = Text("", "caption", tone="soft")
        self._lines = column(gap=10)
        add = Button(tr("Add a round"), small=True, run=self._add)
        head = row(Text(tr("Rounds"), "lead", weight=600), self._sum, STRETCH, add, gap=8)
        column(self.form, head, self._lines, STRETCH, gap=12, on=self)

    def show_part(self, part: Part, dimensions: Sequence[tuple[str, str]], exercises: tuple[Part, ...]) -> None:
        """Show a plan; `exercises` are those of the rubric."""
        self.form.show_part(part, dimensions)
        self._rounds = [dict(one) for one in part.content["rounds"]]
        self._exercises, self._dimensions = exercises, tuple(dimensions)
        minutes = sum(int(one["minutes"]) for one in self._rounds)
        self._sum.setText(ntr("{n} minute in all", "{n} minutes in all", minutes))
        nothing = tr("No round yet. A plan of four rounds sees each dimension once or twice.")
        fill(self._lines, [self._line(place) for place in range(len(self._rounds))], nothing)

    def _line(self, place: int) -> QWidget:
        one = self._rounds[place]
        n = place + 1
        exercise = StillCombo(tr("Exercise of round {n}").format(n=n))
        for part in self._exercises:
            exercise.addItem(str(part.content["name"]) or tr("(no name yet)"), part.content["id"])
        exercise.setCurrentIndex(exercise.findData(one["exercise"]))
        exercise.activated.connect(lambda _i: self._set(place, "exercise", exercise.currentData()))
        minutes = StillSpin()
        minutes.setRange(5, 480)
        minutes.setSuffix(tr(" minutes"))
        minutes.setAccessibleName(tr("Minutes of round {n}").format(n=n))
        minutes.setValue(int(one["minutes"]))
        minutes.editingFinished.connect(lambda: self._set(place, "minutes", minutes.value()))
        remove = Button(tr("Remove"), "link", name=tr("Remove round {n}").format(n=n), run=partial(self._remove, place))
        frame = QFrame()
        frame.setProperty("role", "card")
        chips = flowing(*(self._chip(place, key, words) for key, words in self._offered(place)), gap=6)
        head = row(Text(tr("Round {n}").format(n=n), weight=600), exercise, minutes, STRETCH, remove, gap=8)
        column(head, chips, gap=8, margins=(12, 10, 12, 12), on=frame)
        return frame

    def _offered(self, place: int) -> list[tuple[str, str]]:
        """The dimensions that the round's exercise shows, and those that are chosen already."""
        one = self._rounds[place]
        known = next((p.content for p in self._exercises if p.content["id"] == one["exercise"]), None)
        shown = {*one["dimensions"], *(known["primary"] if known else ()), *(known["secondary"] if known else ())}
        return [(key, words) for key, words in self._dimensions if key in shown]

    def _chip(self, place: int, key: str, words: str) -> Chip:
        chip = Chip(words, name=tr("Round {n}: {dimension}").format(n=place + 1, dimension=words))
        chip.setChecked(key in self._rounds[place]["dimensions"])
        chip.toggled.connect(partial(self._toggle, place, key))
        return chip

    def _toggle(self, place: int, key: str, on: bool) -> None:
        chosen = {*self._rounds[place]["dimensions"]} - {key} | ({key} if on else set())
        self._set(place, "dimensions", [known for known, _ in self._dimensions if known in chosen])

    def _set(self, place: int, name: str, value: object) -> None:
        if self._rounds[place][name] != value:
            self._rounds[place][name] = value
            self._tell()

    def _add(self) -> None:
        used = {one["exercise"] for one in self._rounds}
        free = next((p for p in self._exercises if p.content["id"] not in used), None)
        chosen = free or (self._exercises[0] if self._exercises else None)
        if chosen is not None:
            one = {"exercise": chosen.content["id"], "dimensions": list(chosen.content["primary"][:4])}
            self._rounds.append({**one, "minutes": int(chosen.content["minutes"][1])})
            self._tell()

    def _remove(self, place: int) -> None:
        del self._rounds[place]
        self._tell()

    def _tell(self) -> None:
        self.written.emit(("rounds",), [dict(one) for one in self._rounds], False)
