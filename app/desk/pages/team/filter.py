"""Who of the team is in sight: by name, manager, level and track; and by what they stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.desk.parts.flow import Flow
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.queries.team import MemberRow
from app.words import tr

_LINE = 260  # px at ordinary text size


@dataclass(frozen=True)
class TeamWanted:
    """What is asked for; an empty text is everybody. `group` is "manager", "level", "track" or nothing."""

    words: str = ""
    manager: str = ""
    level: str = ""
    track: str = ""
    group: str = ""

    def shows(self, one: MemberRow) -> bool:
        """Whether a member is asked for: each word is in their name, role, level or title."""
        held = f"{one.name} {one.role} {one.level} {one.title}".casefold()
        chosen = (
            (self.manager, (one.manager_name, one.second_name)),
            (self.level, (one.level,)),
            (self.track, (one.track,)),
        )
        return all(word in held for word in self.words.casefold().split()) and all(
            not wanted or wanted in values for wanted, values in chosen
        )

    def group_of(self, one: MemberRow) -> str:
        """What a member stands under."""
        return {
            "manager": one.manager_name or tr("no manager"),
            "level": f"{one.level} · {one.title}",
            "track": one.track or tr("no track"),
        }.get(self.group, "")


class TeamFilter(QWidget):
    """`changed` says that somebody else is asked for, `regrouped` that they stand together otherwise."""

    changed = Signal()
    regrouped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMinimumWidth(theme.px(_LINE))
        self.line.setPlaceholderText(tr("Name, role or level"))
        self.line.setAccessibleName(tr("Find in the team"))
        self.line.setClearButtonEnabled(True)
        self.manager, self.level, self.track = (StillCombo(w) for w in (tr("Manager"), tr("Level"), tr("Track")))
        self.group = StillCombo(tr("Stand together by"))
        for words, key in (
            (tr("by name"), ""),
            (tr("by manager"), "manager"),
            (tr("by level"), "level"),
            (tr("by track"), "track"),
        ):
            self.group.addItem(words, key)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        for combo in (self.manager, self.level, self.track):
            combo.setMinimumContentsLength(12)
            combo.activated.connect(lambda _n: self.changed.emit())
        self.group.activated.connect(lambda _n: self.regrouped.emit())
        flow = Flow(self, 8)
        for part in (self.line, self.manager, self.level, self.track, self.group):
            flow.addWidget(part)

    @property
    def wanted(self) -> TeamWanted:
        """What is asked for now."""
        manager, level, track = (combo.currentData() or "" for combo in (self.manager, self.level, self.track))
        return TeamWanted(self.line.text(), manager, level, track, self.group.currentData() or "")

    def offer(self, members: Sequence[MemberRow]) -> None:
        """Offer what members have; what was chosen stays while it is there."""
        for combo, anybody, values in (
            (
                self.manager,
                tr("any manager"),
                sorted({name for m in members for name in (m.manager_name, m.second_name) if name}),
            ),
            (self.level, tr("any level"), list(dict.fromkeys(m.level for m in sorted(members, key=_by_level)))),
            (self.track, tr("any track"), list(dict.fromkeys(m.track for m in members if m.track))),
        ):
            chosen = combo.currentData()
            combo.clear()
            combo.addItem(anybody, "")
            for value in values:
                combo.addItem(value, value)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))


def _by_level(one: MemberRow) -> tuple[str, str]:
    return (one.track, one.level)
