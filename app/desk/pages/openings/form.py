"""The form of an opening: its facts, the course of a new one, and what it must have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.parts.controls import Chip
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.section import clear
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.pack import Pack
from app.domain.pipeline import DEFAULT_STAGES
from app.queries.guide_choice import GuideChoice, level_words, levels_of
from app.queries.opening_choices import OpeningChoices, StagesByName
from app.queries.openings import OpeningView
from app.words import ntr, tr

_MOST_SEATS = 99
_MOST_DAYS = 999
_OWN = 0  # in the place of a guide: that of the rubric itself; in the place of stages by name: those every opening has


class OpeningForm(QWidget):
    """The facts of an opening, the course of a new one, and its must-haves as chips until the first interview."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.facts = FieldSet(
            theme,
            [
                Field("code", tr("Code"), required=True, hint="SR-2026-01"),
                Field("role", tr("Role"), required=True),
                Field("rubric", tr("Rubric"), FieldType.CHOICE, required=True),
                Field("guide", tr("Levels of"), FieldType.CHOICE, required=True),
                Field("level", tr("Level"), FieldType.CHOICE, required=True),
                Field("seats", tr("Seats"), FieldType.NUMBER, required=True, least=1, most=_MOST_SEATS),
                Field("manager", tr("Hiring manager"), FieldType.CHOICE),
                Field("approved_on", tr("Approved on"), FieldType.DATE),
                Field("approved_by", tr("Approved by"), FieldType.CHOICE),
                Field(
                    "target_from",
                    tr("Days to fill it, from"),
                    FieldType.NUMBER,
                    required=True,
                    least=1,
                    most=_MOST_DAYS,
                ),
                Field(
                    "target_to", tr("Days to fill it, to"), FieldType.NUMBER, required=True, least=1, most=_MOST_DAYS
                ),
            ],
        )
        self.course = FieldSet(
            theme,
            [
                Field("plan", tr("Interview plan"), FieldType.CHOICE, required=True),
                Field("kept", tr("Stages kept under a name"), FieldType.CHOICE, required=True, marked=False),
                Field(
                    "stages", tr("Stages"), FieldType.TEXT, required=True, help=tr("One on each line, in their order.")
                ),
            ],
        )
        self.note = Text("", "caption", tone="soft", wrap=True)
        self._holder = QVBoxLayout()
        self._moves = Text("", "caption", tone="warn", wrap=True)
        self._moves.hide()
        column(
            self.facts,
            self._moves,
            self.course,
            Text(tr("Must have"), "caption", weight=500, tone="soft"),
            self.note,
            self._holder,
            gap=12,
            on=self,
        )
        self.chips: dict[str, Chip] = {}
        self._opening: OpeningView | None = None
        self._templates: tuple[StagesByName, ...] = ()
        self._packs: dict[int, Pack] = {}
        self._guides: tuple[GuideChoice, ...] = ()
        self._levels: tuple[tuple[str, str], ...] = ()
        self.facts.edited.connect(self._edited)
        self.course.edited.connect(self._take_stages)

    def fill(self, opening: OpeningView | None, choices: OpeningChoices) -> None:
        """Show an opening, or an empty form."""
        self._opening, self._guides, self._templates = opening, choices.guides, choices.templates
        self._moves.hide()
        own = opening.rubric.pack if opening else ""
        offered = [(r, pack) for r, pack in choices.rubrics if r.newest or r.pack == own]
        self._packs = {row.id: pack for row, pack in offered}
        people = [(c.id, c.name) for c in choices.colleagues]
        self.facts.set_choices("rubric", [(row.id, row.words) for row, _ in offered])
        self.facts.set_choices("manager", people)
        self.facts.set_choices("approved_by", people)
        row = opening.line.row if opening else None
        rubric = row.rubric if row else offered[0][0].id
        self._offer_guides(self._packs[rubric])
        self._offer_levels(self._packs[rubric], row.guide if row else None)
        self.facts.set_values(
            {
                "code": row.code if row else "",
                "role": row.role if row else "",
                "rubric": rubric,
                "guide": (row.guide or _OWN) if row else _OWN,
                "level": row.level if row else self._packs[rubric].rubric.level,
                "seats": row.seats if row else 1,
                "manager": row.manager if row else None,
                "approved_on": row.approved_on if row else None,
                "approved_by": row.approved_by if row else None,
                "target_from": row.target[0] if row else 60,
                "target_to": row.target[1] if row else 120,
            }
        )
        self._fill_course(self._packs[rubric], new=opening is None)
        self._fill_must_have(self._packs[rubric], row.must_have if row else self._packs[rubric].rubric.must_have)

    def _edited(self, name: str) -> None:
        """Another rubric has other levels, plans and must-haves; another guide other levels."""
        if name not in ("rubric", "guide"):
            return
        values = self.facts.values()
        pack = self._packs[values["rubric"]]
        if name == "rubric":
            self._offer_guides(pack)
            self._fill_course(pack, new=self._opening is None)
            same = self._opening is not None and values["rubric"] == self._opening.line.row.rubric
            own = self._opening.line.row.must_have if same and self._opening is not None else pack.rubric.must_have
            self._fill_must_have(pack, own)
            self._say_what_moves(same=same or self._opening is None)
        self._offer_levels(pack, self.facts.values()["guide"] or None)
        if values["level"] not in dict(self._levels):
            ids = [level for level, _ in self._levels]
            self.facts.set_values({"level": pack.rubric.level if pack.rubric.level in ids else ids[0]})

    def _say_what_moves(self, *, same: bool) -> None:
        """What another version means for what is out already."""
        kits = self._opening.kits if self._opening is not None and not same else 0
        out = ntr("{n} kit is out:", "{n} kits are out:", kits)
        self._moves.setText(
            tr("{out} forms made by the other version are turned down, so make them anew.").format(out=out)
            if kits
            else tr("Another rubric brings its own plan where this one does not fit it.")
        )
        self._moves.setVisible(not same)

    def _offer_guides(self, pack: Pack) -> None:
        """Every guide; that of the rubric itself is the one that is not set."""
        others = [(g.id, g.name) for g in self._guides if g.name != pack.title or g.version > 1]
        self.facts.set_choices("guide", [(_OWN, tr("the rubric’s own guide")), *others])
        self.facts.show_field("guide", shown=bool(others))

    def _offer_levels(self, pack: Pack, guide: int | None) -> None:
        own = ((level.id, level_words(level.id, level.title)) for level in pack.levels.levels) if pack.levels else ()
        self._levels = levels_of(self._guides, guide) or tuple(own) or ((pack.rubric.level, pack.rubric.level),)
        self.facts.set_choices("level", self._levels)

    def _fill_must_have(self, pack: Pack, wanted: Collection[str]) -> None:
        settled = self._opening is not None and self._opening.interviews > 0
        self.note.setText(
            tr("Settled: an interview is planned, and they hold for everyone in this opening.")
            if settled
            else tr("What nobody can be hired without. Settled once the first interview is planned.")
        )
        clear(self._holder)
        self.chips = {}
        field = QWidget()
        flow = Flow(field, 6)
        for dimension in pack.rubric.dimensions:
            chip = Chip(dimension.short)
            chip.setAccessibleName(tr("Must have: {what}").format(what=dimension.name))
            chip.setChecked(dimension.id in wanted)
            chip.setEnabled(not settled)
            flow.addWidget(chip)
            self.chips[dimension.id] = chip
        self._holder.addWidget(field)

    def _fill_course(self, pack: Pack, *, new: bool) -> None:
        """Plan and stages are chosen once: an opening keeps what it was added with."""
        self.course.set_choices("plan", [(plan.id, plan.name) for plan in pack.rubric.plans])
        self.course.set_choices("kept", [(_OWN, tr("the usual ones")), *((t.id, t.name) for t in self._templates)])
        self.course.show_field("kept", shown=bool(self._templates))
        self.course.set_values({"plan": pack.rubric.default_plan.id, "kept": _OWN, "stages": "\n".join(DEFAULT_STAGES)})
        self.course.setVisible(new)

    def _take_stages(self, name: str) -> None:
        """Stages kept under a name stand in the field, to be changed there."""
        if name == "kept":
            chosen = self.course.values()["kept"]
            kept = next((t.stages for t in self._templates if t.id == chosen), DEFAULT_STAGES)
            self.course.set_values({"stages": "\n".join(kept)})

    def check(self) -> bool:
        """Whether the form is complete; says what is not, and goes there."""
        facts, course = self.facts.check(), self._check_stages()
        if facts and not course:
            self.course.focus_first_problem()
        return facts and course

    def _check_stages(self) -> bool:
        """Whether there are stages, each of them once."""
        problem = "" if self.course.isHidden() else _stages_problem(self._stages())
        self.course.show_problem("stages", problem)
        return not problem

    def _stages(self) -> tuple[str, ...]:
        lines = str(self.course.values()["stages"]).splitlines()
        return tuple(" ".join(line.split()) for line in lines if line.strip())

    def values(self) -> dict[str, Any]:
        """The facts as the actions take them; of a new opening also `plan` and `stages`."""
        values = self.facts.values()
        values["guide"] = values["guide"] or None
        if not self.course.isHidden():
            values |= {"plan": self.course.values()["plan"], "stages": self._stages()}
        return values

    def must_have(self) -> tuple[str, ...]:
        """The dimensions that are chosen, in the rubric's order."""
        return tuple(name for name, chip in self.chips.items() if chip.isChecked())


class OpeningPanel(SidePanel):
    """The form beside the page. `complete` says that it can be saved."""

    complete = Signal()

    def __init__(self, theme: Theme) -> None:
        self.form = OpeningForm(theme)
        super().__init__(theme, tr("Add opening"), self.form)
        self.saved.connect(self._check)

    def fill(self, opening: OpeningView | None, choices: OpeningChoices) -> None:
        """Ask for a new opening, or show one."""
        self.form.fill(opening, choices)
        self.save_button.set_words(tr("Save") if opening else tr("Add"))

    def _check(self) -> None:
        if self.form.check():
            self.complete.emit()


def _stages_problem(stages: Sequence[str]) -> str:
    """What is wrong with these names; empty where nothing is."""
    if not stages:
        return tr("Write at least one stage.")
    seen: set[str] = set()
    for name in stages:
        if name.casefold() in seen:
            return tr("“{name}” is there twice. Name every stage once.").format(name=name)
        seen.add(name.casefold())
    return ""
