"""Settings: who I am, colleagues, packets, backups, export, appearance, keys. Saved as it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtWidgets import QWidget

from app.actions import colleague, export_records, pipeline_lists, settings
from app.desk.commands import WINDOW, Command, Commands, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.settings.colleagues import ColleaguePanel, ColleaguesCard
from app.desk.pages.settings.export import ExportCard
from app.desk.pages.settings.reasons import ReasonsCard
from app.desk.pages.settings.transcripts import TranscriptsCard
from app.desk.pages.settings.upkeep import AppearanceCard, BackupsCard, KeysCard, PacketsCard
from app.desk.parts.attached_files import open_outside
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_dialog import ask_open, ask_where
from app.desk.parts.layout import STRETCH, column, holder, row, scrolling, wide
from app.desk.parts.section import Section
from app.desk.parts.shown_page import ShownPage
from app.desk.parts.side_panel import confirm
from app.desk.work import Progress
from app.domain.pipeline import ClosingReason
from app.domain.transcript import Keeping
from app.errors import Refused
from app.phrases.rubric import carries_sealed
from app.queries.lists import ColleagueRow
from app.queries.settings import SettingsShown, settings_shown
from app.store.backup import make_backup, save_copy
from app.store.backup_folder import Backup, backups_of, list_backups
from app.store.partial_files import data_folder
from app.store.workspace import Workspace
from app.words import moment, tr

_WIDEST = 760  # px at ordinary text size; longer lines are hard to read


class SettingsPage(ShownPage[SettingsShown]):
    """One page that scrolls, with a form beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._build()
        self._connect()
        desk.theme.changed.connect(self._measure)
        self._measure()
        desk.work.ask(self, "zones", _zones, self.packets.offer_zones)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Settings."""
        return (Crumb(tr("Settings")),)

    def commands(self) -> Sequence[Command]:
        """Adding colleagues."""
        command = CommandsOf("settings", tr("Settings"))
        return (
            command("colleague", tr("Add colleague"), partial(self._open_colleague, None), "Ctrl+N"),
            command("colleagues", tr("Import colleagues from a table"), self._ask_colleagues),
            command("tables", tr("Export the tables as CSV"), self.export.ask_folder),
            command("workbook", tr("Export the tables as XLSX"), self.export.ask_workbook),
            command("everything", tr("Export everything as JSON"), self.export.ask_everything),
        )

    def panes(self) -> Sequence[QWidget]:
        """The cards, and the form while it is open."""
        return (*self._cards, *self.panels)

    def arrived(self, **where: Any) -> None:
        """Show everything afresh."""
        self.appearance.show_preferences(self.desk.preferences)
        commands = getattr(self.window(), "commands", None)
        if isinstance(commands, Commands):
            self.keys.show_keys(commands.in_scope(WINDOW))
        super().arrived(**where)

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        self.people = ColleaguesCard()
        self.packets = PacketsCard(self.desk.theme)
        self.transcripts = TranscriptsCard()
        self.reasons = ReasonsCard(self.desk.theme)
        texts = Button(tr("Texts…"), small=True, name=tr("Texts of mails"), run=partial(self.desk.go, "mailtexts"))
        self.mails = Section(
            tr("Mails"), texts, note=tr("Drafts to candidates are written from these texts, in their language.")
        )
        self.backups = BackupsCard()
        self.export = ExportCard(self.desk)
        self.appearance = AppearanceCard()
        self.keys = KeysCard()
        self._cards = (
            self.people,
            self.packets,
            self.transcripts,
            self.reasons,
            self.mails,
            self.backups,
            self.export,
            self.appearance,
            self.keys,
        )
        self._sheet = holder(column(*self._cards, STRETCH, gap=16, margins=(20, 16, 20, 20)))
        self.person = ColleaguePanel(theme)
        empty = EmptyPage(theme, tr("Settings could not be read"))
        self.lay_out(scrolling(holder(row(wide(self._sheet, 100), STRETCH))), empty, self.person)

    def _connect(self) -> None:
        self.people.became.connect(self._ask_become)
        self.people.added.connect(partial(self._open_colleague, None))
        self.people.imported.connect(self._ask_colleagues)
        self.people.edited.connect(self._open_colleague)
        self.people.removed.connect(self._remove_colleague)
        self.person.complete.connect(self._save_colleague)
        self.packets.paper_chosen.connect(lambda paper: self.act(partial(settings.set_paper, self.workspace, paper)))
        self.packets.zone_chosen.connect(self._set_zone)
        self.packets.organisation_typed.connect(
            lambda name, place: self.act(partial(settings.set_organisation, self.workspace, name, place))
        )
        self.reasons.listed.connect(self._list_reasons)
        self.transcripts.chosen.connect(
            lambda kept: self.act(partial(settings.keep_transcripts, self.workspace, Keeping(kept)))
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

    def question(self) -> Callable[[], SettingsShown]:
        return partial(settings_shown, self.workspace)

    def fill(self, page: SettingsShown) -> None:
        """Each card anew."""
        self.people.show_colleagues(page.colleagues)
        self.packets.show_packets(page.paper, page.time_zone, page.organisation)
        self.transcripts.show_kept(page.transcripts)
        self.reasons.show_reasons(page.reasons)
        self._ask_backups()

    def _ask_backups(self) -> None:
        if self.shown is not None:
            self.desk.work.ask(self, "backups", partial(_backups, self.shown.key), self._show_backups)

    def _show_backups(self, found: tuple[Path, list[Backup]]) -> None:
        self.backups.show_backups(self.workspace.path, found[0], found[1], self.workspace.zone)

    # Colleagues

    def _ask_become(self, chosen: int) -> None:
        name = next(c.name for c in self.shown.colleagues if c.id == chosen) if self.shown is not None else ""
        dialog = confirm(
            self.desk.theme,
            self,
            tr("Use this workspace as {name}?").format(name=name),
            tr(
                "From then on cards are seen as {name} sees them, and what you write bears that name. "
                "It stands in the history."
            ).format(name=name),
            tr("Become {name}").format(name=name),
            lambda _reason: self.act(partial(colleague.become, self.workspace, chosen)),
        )
        dialog.rejected.connect(self.people.show_me)

    def _ask_colleagues(self) -> None:
        kinds = tr("Tables (*.csv *.tsv *.txt *.xlsx *.json)")
        ask_open(self, tr("A table of colleagues"), kinds, lambda path: self.desk.go("importcolleagues", source=path))

    def _open_colleague(self, who: ColleagueRow | None) -> None:
        self.person.fill(who)
        self.open_panel(self.person, tr("Edit {name}").format(name=who.name) if who else tr("Add colleague"))

    def _save_colleague(self, who: ColleagueRow | None, values: dict[str, str]) -> None:
        if who is None:
            said = tr("{name} is one of us now.").format(name=values["name"])
            self.act_in(self.person, partial(colleague.add, self.workspace, **values), said)
        else:
            self.act_in(self.person, partial(colleague.edit, self.workspace, who.id, **values))

    def _list_reasons(self, reasons: tuple[ClosingReason, ...]) -> None:
        self.act(partial(pipeline_lists.list_reasons, self.workspace, reasons), said=tr("The list is kept."))

    def _remove_colleague(self, who: ColleagueRow) -> None:
        said = tr("{name} is removed. Ctrl+Z brings them back.").format(name=who.name)
        self.act(partial(colleague.remove, self.workspace, who.id), said=said)

    # Packets and backups

    def _set_zone(self, zone: str) -> None:
        def refused(why: Refused) -> None:
            self.desk.refuse(why)
            self.packets.put_back()

        self.desk.write(partial(settings.set_time_zone, self.workspace, zone), None, self, refused)

    def _back_up(self) -> None:
        self.backups.now.setEnabled(False)
        job = self.desk.work.job(
            self, tr("Backup"), partial(_back_up, self.workspace), lambda _path: self._backed_up(), self.desk.refuse
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
            lambda _reason: ask_where(self, tr("Copy"), self.workspace.path.name, self._copy, suffix="tenfold"),
        )

    def _copy(self, target: Path) -> None:
        self.desk.work.job(
            self,
            tr("Copy"),
            partial(_save_copy, self.workspace, target),
            lambda _path: self._copied(target),
            self.desk.refuse,
        )

    def _copied(self, target: Path) -> None:
        said = tr("A copy is in {path}.").format(path=target)
        self.desk.write(
            partial(export_records.copy_made, self.workspace, target.name), lambda _c: self.desk.say(said), self
        )

    def _backed_up(self) -> None:
        self.desk.write(partial(export_records.copy_made, self.workspace, tr("backup")), None, self)
        self.desk.say(tr("A backup is made and checked."))
        self._ask_backups()

    def _ask_restore(self, backup: Backup) -> None:
        when = moment(backup.made, self.workspace.zone)
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
