"""The choice of a guide with one of its levels, in a form of its own or in another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.actions import member
from app.desk.desk import Desk
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.queries.guide_choice import GuideChoice, levels_of
from app.queries.team import MemberView
from app.words import tr


class GuideFields:
    """What the fields `guide` and `level` of a form offer: the levels are those of the guide that is chosen."""

    def __init__(self, form: FieldSet) -> None:
        self._form = form
        self._choices: Sequence[GuideChoice] = ()
        form.edited.connect(self._edited)

    def offer(self, choices: Sequence[GuideChoice], level: str | None = None) -> None:
        """Begin with the first of these guides, and with a level where it has it."""
        self._choices = choices
        self._form.set_choices("guide", [(one.id, guide_words(one)) for one in choices])
        self._form.set_values({"guide": choices[0].id if choices else None})
        self._levels()
        self._form.set_values({"level": level})

    @property
    def guide(self) -> int | None:
        """The guide that is chosen."""
        chosen: int | None = self._form.values()["guide"]
        return chosen

    def _edited(self, name: str) -> None:
        if name == "guide":
            self._levels()

    def _levels(self) -> None:
        self._form.set_choices("level", levels_of(self._choices, self.guide))


def guide_words(one: GuideChoice) -> str:
    """A guide as a choice says it."""
    return tr("{name}, version {n}").format(name=one.name, n=one.version)


class GuidePanel(SidePanel):
    """A guide and a level, and nothing else."""

    def __init__(self, theme: Theme, title: str, *, save: str) -> None:
        fields = [
            Field("guide", tr("Guide"), FieldType.CHOICE, required=True),
            Field("level", tr("Level"), FieldType.CHOICE, required=True),
        ]
        self.form = FieldSet(theme, fields)
        super().__init__(theme, title, self.form, save=save)
        self.chosen = GuideFields(self.form)

    @property
    def level(self) -> str:
        """The level that is chosen."""
        return str(self.form.values()["level"] or "")


class KeepPanel(GuidePanel):
    """Keeps a member by another guide, or another version of theirs, at a level of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, tr("Keep by guide"), save=tr("Keep by this guide"))
        self._desk = desk
        self._member = 0
        self.saved.connect(self._keep)

    def show_member(self, page: MemberView) -> None:
        """Begin with what they are not kept by, at their level where it has it."""
        self._member = page.row.id
        self.chosen.offer(other_guides(page), page.row.level)

    def _keep(self) -> None:
        guide = self.chosen.guide
        if guide is None or not self.form.check():
            return
        action = partial(member.keep_by, self._desk.workspace, self._member, guide, self.level)
        self._desk.write(action, lambda _changed: self.close_panel(), self, self.refuse)


def other_guides(page: MemberView) -> list[GuideChoice]:
    """The guides a member is not kept by, a newer version of theirs first."""
    found = [one for one in page.guides if one.id != page.guide_id]
    return sorted(found, key=lambda one: one.name != page.guide.name)
