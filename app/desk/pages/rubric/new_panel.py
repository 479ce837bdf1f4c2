"""What a new rubric begins from: nothing, a copy of one, or a level of a leveling guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.actions import rubric_draft
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.rubric import MOST
from app.queries.guide_choice import GuideChoice, levels_of
from app.queries.rubrics import RubricRow
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import tr

EMPTY, COPY, GUIDE = "empty", "copy", "guide"
Begin = Callable[[Workspace], ChangeReport]


class NewRubricPanel(SidePanel):
    """Asks for the name and for what it begins from."""

    def __init__(self, theme: Theme) -> None:
        self._guides: tuple[GuideChoice, ...] = ()
        self.fields = FieldSet(
            theme,
            [
                Field("name", tr("Name"), required=True, hint=tr("Platform Engineer")),
                Field(
                    "from",
                    tr("Begin"),
                    FieldType.CHOICE,
                    required=True,
                    choices=((EMPTY, tr("empty")), (COPY, tr("from a copy")), (GUIDE, tr("from a leveling guide"))),
                ),
                Field("rubric", tr("A copy of"), FieldType.CHOICE),
                Field("guide", tr("Guide"), FieldType.CHOICE),
                Field("level", tr("Level of the bar"), FieldType.CHOICE),
                Field("own_level", tr("Level it is written for"), hint="SE3"),
            ],
        )
        self.note = Text("", "caption", tone="soft", wrap=True)
        self.left = Text("", "caption", tone="warn", wrap=True)
        super().__init__(
            theme, tr("New rubric"), holder(column(self.fields, self.note, self.left, gap=12)), save=tr("Begin")
        )
        self.fields.edited.connect(self._edited)

    @property
    def checked_form(self) -> FieldSet:
        """What is checked before it begins."""
        return self.fields

    def offer(self, rubrics: Sequence[RubricRow], guides: tuple[GuideChoice, ...]) -> None:
        """What it can begin from."""
        self._guides = guides
        newest = [(row.id, row.words) for row in rubrics if row.newest]
        self.fields.set_choices("rubric", newest)
        self.fields.set_choices("guide", [(g.id, g.name) for g in guides])
        first = guides[0].id if guides else None
        values = {"name": "", "from": EMPTY, "rubric": newest[0][0] if newest else None, "guide": first}
        self.fields.set_values({**values, "own_level": ""})
        self._show(EMPTY)

    def begin(self) -> Begin:
        """What is to be done, as the form says it."""
        values = self.fields.values()
        name = values["name"]
        match values["from"]:
            case "copy" if values["rubric"] is not None:
                return partial(rubric_draft.begin_copy, version=values["rubric"], name=name)
            case "guide" if values["guide"] is not None and values["level"] is not None:
                return partial(rubric_draft.begin_from_guide, guide=values["guide"], level=values["level"], name=name)
        return partial(rubric_draft.begin_empty, name=name, level=values["own_level"])

    def lacks(self) -> bool:
        """Whether something its beginning needs is open; says what, and goes there."""
        values = self.fields.values()
        way = values["from"]
        needed = {EMPTY: ("own_level",), COPY: ("rubric",), GUIDE: ("guide", "level")}[way]
        words = {"own_level": tr("Say the level, such as SE3."), "rubric": tr("Choose a rubric.")}
        words |= {"guide": tr("Choose a guide."), "level": tr("Choose the level whose sentence is the bar.")}
        for field in needed:
            if values[field] in (None, ""):
                self.fields.show_problem(field, words[field])
        return self.fields.focus_first_problem()

    def _edited(self, name: str) -> None:
        if name in ("from", "guide"):
            self._show(self.fields.values()["from"])

    def _show(self, way: str) -> None:
        for field, where in (("rubric", COPY), ("guide", GUIDE), ("level", GUIDE), ("own_level", EMPTY)):
            self.fields.show_field(field, shown=way == where)
        values: dict[str, Any] = self.fields.values()
        if way == GUIDE:
            levels = levels_of(self._guides, values["guide"])
            self.fields.set_choices("level", levels)
            if values["level"] is None and levels:
                self.fields.set_values({"level": levels[len(levels) // 2][0]})
        self.note.setText(
            {
                EMPTY: tr("Three dimensions, one exercise and one plan, all of them still to be written."),
                COPY: tr("Everything of it, under the new name. The one it is copied from stays as it is."),
                GUIDE: tr(
                    "The guide’s dimensions; what the level asks is the bar, 3, what the one below asks is 2, what the "
                    "one above asks is 4. Questions, signals and the 1 stay open and are named."
                ),
            }[way]
        )
        too_many = next((g.too_many for g in self._guides if g.id == values["guide"]), ()) if way == GUIDE else ()
        self.left.setText(
            tr("A rubric has {n} dimensions at most. Left out: {names}.").format(n=MOST, names=", ".join(too_many))
        )
        self.left.setVisible(bool(too_many))
