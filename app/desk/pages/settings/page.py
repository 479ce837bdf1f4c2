"""Settings: who I am, colleagues, openings, packets, backups, appearance, keys. Saved as it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from app.actions import colleague, export_records, opening, settings
from app.actions.opening import NewOpening
from app.desk.commands import WINDOW, Command, Commands
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.settings.colleagues import ColleaguePanel, ColleaguesCard
from app.desk.pages.settings.openings import OpeningPanel, OpeningsCard
from app.desk.pages.settings.upkeep import AppearanceCard, BackupsCard, KeysCard, PacketsCard
from app.desk.parts.attached_files import ask_where, open_outside
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.side_panel import SidePanel, confirm
from app.desk.work import Progress
from app.errors import Refused
from app.phrases.rubric import carries_sealed
from app.queries.lists import ColleagueRow
from app.queries.opening import GivenUp, given_up
from app.queries.settings import OpeningSettings, SettingsShown, settings_shown
from app.store.backup import make_backup, save_copy
from app.store.backup_folder import Backup, backups_of, list_backups
from app.store.partial_files import data_folder
from app.store.workspace import Workspace
from app.words import moment, tr

_WIDEST = 760  # px at ordinary text size; longer lines are hard to read


class SettingsPage(Page):
    """One page that scrolls, with a form beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: SettingsShown | None = None
        self._build()
        self._connect()
        desk.theme.changed.connect(self._measure)
        self._measure()
        desk.work.ask(self, "zones", _zones, self.packets.offer_zones)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Settings."""
        return (Crumb(tr("Settings")),)

    def commands(self) -> Sequence[Command]:
        """Adding a colleague or an opening."""
        where = tr("Settings")
        return (
            Command("settings.colleague", tr("Add colleague"), partial(self._open_colleague, None), ("Ctrl+N",), where),
            Command("settings.opening", tr("Add opening"), partial(self._open_opening, None), (), where, self._guided),
        )

    def panes(self) -> Sequence[QWidget]:
        """The cards, and the form while it is open."""
        return (*self._cards, *self._panels)

    def arrived(self, **where: Any) -> None:
        """Show everything afresh."""
        self.appearance.show_preferences(self.desk.preferences)
        commands = getattr(self.window(), "commands", None)
        if isinstance(commands, Commands):
            self.keys.show_keys(commands.in_scope(WINDOW))
        self._ask()

    def changed(self, report: Any) -> None:
        """Something shown here was changed."""
        self._ask()

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        self.people = ColleaguesCard()
        self.openings = OpeningsCard()
        self.packets = PacketsCard(self.desk.theme)
        self.backups = BackupsCard()
        self.appearance = AppearanceCard()
        self.keys = KeysCard()
        self._cards = (self.people, self.openings, self.packets, self.backups, self.appearance, self.keys)
        self._sheet = QWidget()
        content = column(gap=16, margins=(20, 16, 20, 20), on=self._sheet)
        for card in self._cards:
            content.addWidget(card)
        content.addStretch(1)
        body = holder(row(wide(self._sheet, 100), STRETCH))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self.person = ColleaguePanel(theme)
        self.job = OpeningPanel(theme)
        self._panels: tuple[SidePanel, ...] = (self.person, self.job)
        across = row(wide(scroll), gap=0, on=self)
        for panel in self._panels:
            across.addWidget(panel)

    def _connect(self) -> None:
        self.people.became.connect(self._ask_become)
        self.people.added.connect(partial(self._open_colleague, None))
        self.people.edited.connect(self._open_colleague)
        self.people.removed.connect(self._remove_colleague)
        self.person.complete.connect(self._save_colleague)
        self.openings.added.connect(partial(self._open_opening, None))
        self.openings.edited.connect(self._open_opening)
        self.openings.planned.connect(lambda chosen: self.desk.go("plan", opening=chosen))
        self.openings.cancelled.connect(self._ask_cancel)
        self.openings.taken_up.connect(self._take_up)
        self.job.complete.connect(self._save_opening)
        self.packets.paper_chosen.connect(lambda paper: self._write(partial(settings.set_paper, self._ws, paper)))
        self.packets.zone_chosen.connect(self._set_zone)
        self.packets.organisation_typed.connect(
            lambda name, place: self._write(partial(settings.set_organisation, self._ws, name, place))
        )
        self.backups.now_asked.connect(self._back_up)
        self.backups.copy_asked.connect(self._ask_copy)
        self.backups.folder_asked.connect(open_outside)
        self.backups.restore_asked.connect(self._ask_restore)
        self.appearance.look_chosen.connect(lambda look: self.desk.prefer(appearance=look))
        self.appearance.size_chosen.connect(lambda size: self.desk.prefer(text_size=size))

    def _measure(self) -> None:
        self._sheet.setMaximumWidth(self.desk.theme.px(_WIDEST))
        self.appearance.show_preferences(self.desk.preferences)

    # Data

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    def _guided(self) -> bool:
        return self._shown is not None and self._shown.pack is not None

    def _ask(self) -> None:
        self.desk.ask(self, "settings", partial(_read, self._ws), self._show)

    def _show(self, read: tuple[SettingsShown, dict[int, GivenUp]]) -> None:
        shown, cancelled = read
        self._shown = shown
        self.people.show_colleagues(shown.colleagues)
        self.openings.show_openings(shown.openings, cancelled, has_guide=shown.pack is not None)
        self.packets.show_packets(shown.paper, shown.time_zone, shown.organisation)
        self._ask_backups()

    def _ask_backups(self) -> None:
        if self._shown is not None:
            self.desk.work.ask(self, "backups", partial(_backups, self._shown.key), self._show_backups)

    def _show_backups(self, found: tuple[Path, list[Backup]]) -> None:
        self.backups.show_backups(self._ws.path, found[0], found[1], self._ws.zone)

    def _write(self, action: Callable[[], Any], panel: SidePanel | None = None, said: str = "") -> None:
        """Write; then close the form and say so. A refusal stands in the form."""

        def done(_changed: Any) -> None:
            if panel is not None:
                panel.close_panel()
            if said:
                self.desk.say(said)

        self.desk.write(action, done, self, panel.refuse if panel is not None else None)

    # Colleagues

    def _ask_become(self, chosen: int) -> None:
        name = next(c.name for c in self._shown.colleagues if c.id == chosen) if self._shown is not None else ""
        dialog = confirm(
            self.desk.theme,
            self,
            tr("Use this workspace as {name}?").format(name=name),
            tr(
                "From then on cards are seen as {name} sees them, and what you write bears that name. "
                "It stands in the history."
            ).format(name=name),
            tr("Become {name}").format(name=name),
            lambda _reason: self._write(partial(colleague.become, self._ws, chosen)),
        )
        dialog.rejected.connect(self.people.show_me)

    def _open_colleague(self, who: ColleagueRow | None) -> None:
        self.job.close_panel()
        self.person.open_for(who)

    def _save_colleague(self, who: ColleagueRow | None, values: dict[str, str]) -> None:
        if who is None:
            said = tr("{name} is one of us now.").format(name=values["name"])
            self._write(partial(colleague.add, self._ws, **values), self.person, said)
        else:
            self._write(partial(colleague.edit, self._ws, who.id, **values), self.person)

    def _remove_colleague(self, who: ColleagueRow) -> None:
        said = tr("{name} is removed. Ctrl+Z brings them back.").format(name=who.name)
        self._write(partial(colleague.remove, self._ws, who.id), None, said)

    # Openings

    def _open_opening(self, chosen: OpeningSettings | None) -> None:
        if self._shown is None:
            return
        newest = self._shown.pack[1] if self._shown.pack is not None else None
        pack = chosen.pack if chosen is not None else newest
        if pack is not None:
            self.person.close_panel()
            self.job.open_for(chosen, pack, self._shown.colleagues)

    def _save_opening(self, chosen: OpeningSettings | None) -> None:
        values, must_have = self.job.form.values(), self.job.form.must_have()
        if chosen is not None:
            self._write(partial(opening.edit, self._ws, chosen.row.id, **values, must_have=must_have), self.job)
        elif self._shown is not None and self._shown.pack is not None:
            new = NewOpening(**values, must_have=must_have)
            said = tr("{code} is open. Its people stand in the pipeline.").format(code=new.code)
            self._write(partial(opening.add, self._ws, new, self._shown.pack[0]), self.job, said)

    def _ask_cancel(self, chosen: OpeningSettings) -> None:
        code = chosen.row.code
        said = tr("{code} is given up. Ctrl+Z or “Take up again” brings it back.").format(code=code)
        confirm(
            self.desk.theme,
            self,
            tr("Give {code} up?").format(code=code),
            tr("It counts as open no more. Its people stay where they are: close each with a reason of their own."),
            tr("Give it up"),
            lambda reason: self._write(
                partial(opening.cancel, self._ws, chosen.row.id, self._ws.today(), reason), None, said
            ),
            reason=tr("Why it is not filled any more"),
        )

    def _take_up(self, chosen: OpeningSettings) -> None:
        said = tr("{code} is open again.").format(code=chosen.row.code)
        self._write(partial(opening.take_up, self._ws, chosen.row.id), None, said)

    # Packets and backups

    def _set_zone(self, zone: str) -> None:
        def refused(why: Refused) -> None:
            self.desk.refuse(why)
            self.packets.put_back()

        self.desk.write(partial(settings.set_time_zone, self._ws, zone), None, self, refused)

    def _back_up(self) -> None:
        self.backups.now.setEnabled(False)
        job = self.desk.work.job(
            self, tr("Backup"), partial(_back_up, self._ws), lambda _path: self._backed_up(), self.desk.refuse
        )
        job.finished.connect(lambda: self.backups.now.setEnabled(True))

    def _ask_copy(self) -> None:
        """Say what a copy carries, then ask where it goes."""
        confirm(
            self.desk.theme,
            self,
            tr("Save a copy of the workspace?"),
            tr("{what} That it was made is kept in the history.").format(what=carries_sealed()),
            tr("Choose where…"),
            lambda _reason: ask_where(self, tr("Copy"), self._ws.path.name, self._copy, suffix="tenfold"),
        )

    def _copy(self, target: Path) -> None:
        self.desk.work.job(
            self,
            tr("Copy"),
            partial(_save_copy, self._ws, target),
            lambda _path: self._copied(target),
            self.desk.refuse,
        )

    def _copied(self, target: Path) -> None:
        said = tr("A copy is in {path}.").format(path=target)
        self.desk.write(partial(export_records.copy_made, self._ws, target.name), lambda _c: self.desk.say(said), self)

    def _backed_up(self) -> None:
        self.desk.write(partial(export_records.copy_made, self._ws, tr("backup")), None, self)
        self.desk.say(tr("A backup is made and checked."))
        self._ask_backups()

    def _ask_restore(self, backup: Backup) -> None:
        when = moment(backup.made, self._ws.zone)
        confirm(
            self.desk.theme,
            self,
            tr("Restore the backup of {when}?").format(when=when),
            tr(
                "Tenfold closes the workspace, puts the backup in its place and opens it again. What was done since "
                "is not in it. The file as it is now is kept beside it, under a name that says when."
            ),
            tr("Restore"),
            lambda _reason: self.desk.restore(backup.path),
        )


def _zones() -> list[str]:
    return sorted(available_timezones())


def _backups(key: str) -> tuple[Path, list[Backup]]:
    folder = backups_of(data_folder(), key)
    return folder, list_backups(folder)


def _save_copy(workspace: Workspace, target: Path, progress: Progress) -> Path:
    progress.check()
    return save_copy(workspace, target)


def _back_up(workspace: Workspace, progress: Progress) -> Path:
    progress.check()
    return make_backup(workspace, data_folder(), datetime.now(UTC))


def _read(workspace: Workspace) -> tuple[SettingsShown, dict[int, GivenUp]]:
    return settings_shown(workspace), given_up(workspace)
