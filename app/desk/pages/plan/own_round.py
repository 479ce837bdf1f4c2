"""A kind of interview of one's own, beside those of the rubric: what it is called, what it looks at, what it scores."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desk.parts.controls import Chip
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.section import fill
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.exercise import Exercise
from app.domain.rubric import Rubric
from app.domain.typed_text import lines
from app.words import tr

_SHORT = 14  # letters of a short name


class OwnRoundPanel(SidePanel):
    """Asks for it; `exercise` is what was filled in."""

    def __init__(self, theme: Theme) -> None:
        self.fields = FieldSet(
            theme,
            [
                Field("name", tr("Name"), required=True, hint=tr("Take-home, discussed together")),
                Field("short", tr("Short name"), required=True, hint=tr("Take-home"), help=tr("14 letters at most.")),
                Field("minutes", tr("Minutes"), FieldType.NUMBER, required=True, least=5, most=480),
                Field("brief", tr("Brief for the interviewer"), FieldType.TEXT, required=True),
                Field("looks_at", tr("What it looks at"), FieldType.TEXT, required=True, help=tr("One on each line.")),
            ],
        )
        self.chips: dict[str, Chip] = {}
        self._chips = column(gap=0)
        self._problem_with = Text("", "caption", tone="bad", wrap=True)
        head = Text(tr("What it can score"), "caption", weight=500, tone="soft")
        content: QWidget = holder(column(self.fields, head, self._chips, self._problem_with, gap=10))
        super().__init__(theme, tr("A round of your own"), content, save=tr("Add it"))

    @property
    def checked_form(self) -> FieldSet:
        """What is checked before it is added."""
        return self.fields

    def begin(self, rubric: Rubric) -> None:
        """An empty form for this rubric."""
        self.fields.set_values({"name": "", "short": "", "minutes": 60, "brief": "", "looks_at": ""})
        self._problem_with.setText("")
        name = tr("It can score {dimension}")
        self.chips = {d.id: Chip(d.short, name=name.format(dimension=d.name)) for d in rubric.dimensions}
        fill(self._chips, [flowing(*self.chips.values(), gap=6)])

    def exercise(self) -> Exercise | None:
        """The exercise as it was filled in; None where something is wrong, which is said."""
        values = self.fields.values()
        chosen = tuple(dimension for dimension, chip in self.chips.items() if chip.isChecked())
        self._problem_with.setText("" if chosen else tr("Choose at least one dimension."))
        if len(values["short"]) > _SHORT:
            self.fields.show_problem("short", tr("14 letters at most."))
        elif chosen:
            minutes = values["minutes"]
            try:
                return Exercise(
                    id="own",
                    name=values["name"],
                    short=values["short"],
                    minutes=(minutes, minutes),
                    brief=" ".join(values["brief"].split()),
                    looks_at=lines(values["looks_at"]),
                    primary=chosen,
                )
            except ValueError:
                self._problem_with.setText(tr("A text takes 800 characters at most."))
        return None
