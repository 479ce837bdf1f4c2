"""The forms of a member's page: another level, and their manager, first day and last day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from app.desk.pages.guides.edit import FIELD_WORDS
from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.layout import column, holder
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.guide_diff import GuideChange
from app.queries.lists import ColleagueRow
from app.queries.team import MemberRow, MemberView
from app.words import ntr, tr

_SAID = 3  # changed sentences that are told whole


class LevelPanel(SidePanel):
    """A level from a day on."""

    def __init__(self, theme: Theme) -> None:
        self.form = FieldSet(
            theme,
            [
                Field("level", tr("Level"), FieldType.CHOICE, required=True),
                Field(
                    "since",
                    tr("Since"),
                    FieldType.DATE,
                    required=True,
                    help=tr("A day to come holds from then on; a day past is kept as what was."),
                ),
                Field("reason", tr("Reason"), FieldType.TEXT),
            ],
        )
        super().__init__(theme, tr("Another level"), self.form)

    def show_level(self, page: MemberView, today: Any) -> None:
        """Begin from the level of now."""
        self.form.set_choices("level", [(k.id, f"{k.id} · {k.title}") for k in page.guide.levels])
        self.form.set_values({"level": page.row.level, "since": today, "reason": ""})


class EditPanel(SidePanel):
    """Manager, first day, last day. `removed` asks for the member to be taken off the team."""

    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        self.form = FieldSet(
            theme,
            [
                Field("manager_id", tr("Manager"), FieldType.CHOICE),
                Field(
                    "started_on",
                    tr("First day"),
                    FieldType.DATE,
                    help=tr("Every date of the first year counts from it."),
                ),
                Field(
                    "left_on",
                    tr("Last day"),
                    FieldType.DATE,
                    help=tr("Once they have left: nothing of them is due from then on."),
                ),
            ],
        )
        self.out = Button(tr("Take off the team…"), "link")
        content = holder(column(self.form, self.out, gap=12))
        super().__init__(theme, tr("Member"), content)
        self.out.clicked.connect(self.removed)

    def show_member(self, row: MemberRow, colleagues: Sequence[ColleagueRow]) -> None:
        """Show what is known."""
        people = [(str(c.id), c.name) for c in colleagues if c.id != row.colleague]
        self.form.set_choices("manager_id", people)
        manager = str(row.manager) if row.manager is not None else None
        self.form.set_values({"manager_id": manager, "started_on": row.started_on, "left_on": row.left_on})

    def changed_from(self, row: MemberRow) -> dict[str, Any]:
        """What is another now, as the action takes it."""
        typed = self.form.values()
        typed["manager_id"] = int(typed["manager_id"]) if typed["manager_id"] else None
        before = {"manager_id": row.manager, "started_on": row.started_on, "left_on": row.left_on}
        return {name: value for name, value in typed.items() if value != before[name]}


def kept_words(page: MemberView) -> str:
    """By which guide a member is kept, where there is a newer version of it or another one; and why they stay."""
    newer, level = page.newer, page.row.level
    if newer is None:
        others = any(one.name != page.guide.name for one in page.guides)
        return tr("By the guide {name}.").format(name=page.guide.name) if others else ""
    said = tr("By version {n} of the guide; there is version {newer}.").format(n=page.version, newer=newer.version)
    if newer.has_level:
        return said
    return f"{said} " + tr("It has no level {level}: keep them by it at another one.").format(level=level)


def newer_guide_words(page: MemberView) -> str:
    """What a newer version of the guide says otherwise of the member's level."""
    newer, level = page.newer, page.row.level
    if newer is None:
        return ""
    if not newer.changed:
        said = tr("It says the same of {level}.").format(level=level)
    else:
        said = " ".join([tr("It says otherwise of {level}:").format(level=level), *_changes(page, newer.changed)])
    stays = tr("Assessments count on where a sentence is the same. A plan stays on its version until a new one begins.")
    return f"{said} {stays}"


def _changes(page: MemberView, changed: Sequence[GuideChange]) -> list[str]:
    names = {d.id: d.short for d in page.guide.dimensions}
    found = []
    for change in changed[:_SAID]:
        what = FIELD_WORDS.get(change.field, change.field)
        where = tr("{dimension}, {what}").format(dimension=names.get(change.dimension or "", ""), what=what.lower())
        where = where if change.dimension is not None else what
        found.append(
            tr("{where}: “{after}”, was “{before}”.").format(
                where=where, after=change.after.strip(), before=change.before.strip()
            )
        )
    more = len(changed) - _SAID
    return [*found, ntr("And {n} more.", "And {n} more.", more)] if more > 0 else found
