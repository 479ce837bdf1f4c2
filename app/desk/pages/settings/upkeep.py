"""In Settings: paper and time zone of packets, backups, how the window looks, and its keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QWidget

from app.desk.commands import Command, key_words
from app.desk.pages.settings.colleagues import entry
from app.desk.parts.attached_files import size_words
from app.desk.parts.controls import Button, Segmented
from app.desk.parts.label import Text
from app.desk.parts.section import Section
from app.desk.parts.still import StillCombo, StillSpin
from app.desk.preferences import Appearance, Preferences
from app.desk.theme import Theme
from app.phrases.rubric import carries_sealed
from app.store.backup_folder import Backup
from app.words import moment, tr

_SHOWN_BACKUPS = 12


class PacketsCard(Section):
    """Paper, time zone, and who makes offers.

    `paper_chosen` carries "A4" or "Letter", `zone_chosen` the name of a zone, `organisation_typed` its name and place.
    """

    paper_chosen = Signal(str)
    zone_chosen = Signal(str)
    organisation_typed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Packets"))
        self._theme = theme
        self._zone = ""
        self._organisation = ("", "")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self.add(grid)
        self.paper = Segmented((("A4", "A4"), ("Letter", tr("US Letter"))), tr("Paper"))
        self.paper.chosen.connect(self.paper_chosen)
        self.zone = StillCombo()
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.setAccessibleName(tr("Time zone"))
        self.zone.setMinimumContentsLength(24)
        self.zone.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.zone.activated.connect(lambda _index: self._take())
        line = self.zone.lineEdit()
        assert isinstance(line, QLineEdit)
        line.setAccessibleName(tr("Time zone"))
        line.editingFinished.connect(self._take)
        self.name, self.place = QLineEdit(), QLineEdit()
        for line_, name, hint in (
            (self.name, tr("Organisation"), tr("as letters name it")),
            (self.place, tr("Its place"), tr("where letters are dated")),
        ):
            line_.setAccessibleName(name)
            line_.setPlaceholderText(hint)
            line_.setMinimumWidth(220)
            line_.editingFinished.connect(self._name)
        words = (tr("Paper"), tr("Time zone"), tr("Language"), tr("Organisation"), tr("Its place"))
        fields = (self.paper, self.zone, Text(tr("English")), self.name, self.place)
        for row, (label, field) in enumerate(zip(words, fields, strict=True)):
            grid.addWidget(Text(label, tone="soft"), row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        note = tr("The time zone is also that of every time on screen. Packets made before keep theirs.")
        self.add(Text(note, "caption", tone="soft", wrap=True))

    def offer_zones(self, zones: Iterable[str]) -> None:
        """Fill the list once."""
        with QSignalBlocker(self.zone):
            self.zone.addItems(list(zones))
        completer = self.zone.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        assert popup is not None
        self._theme.follow(popup)  # a window of its own
        self.zone.setEditText(self._zone)

    def show_packets(self, paper: str, zone: str, organisation: tuple[str, str]) -> None:
        """Show what is chosen; `organisation` is its name and place."""
        self._organisation = organisation
        for field, words in zip((self.name, self.place), organisation, strict=True):
            if not field.hasFocus():
                field.setText(words)
        self.paper.choose(paper)
        self._zone = zone
        if not self.zone.hasFocus():
            self.zone.setEditText(zone)

    def put_back(self) -> None:
        """Show the zone that holds, because another was refused."""
        self.zone.setEditText(self._zone)

    def _name(self) -> None:
        typed = (self.name.text().strip(), self.place.text().strip())
        if typed != self._organisation:
            self._organisation = typed
            self.organisation_typed.emit(*typed)

    def _take(self) -> None:
        chosen = self.zone.currentText().strip()
        if not chosen:
            self.put_back()
        elif chosen != self._zone:
            self._zone, before = chosen, self._zone
            self.zone_chosen.emit(chosen)
            self._zone = before


class BackupsCard(Section):
    """The backups. `now_asked` wants one made, `copy_asked` a copy, `restore_asked` carries one to restore."""

    now_asked = Signal()
    copy_asked = Signal()
    folder_asked = Signal(object)
    restore_asked = Signal(object)

    def __init__(self) -> None:
        self.folder = Button(tr("Open the folder"), "quiet", small=True)
        self.copy = Button(tr("Save a copy…"), small=True)
        self.now = Button(tr("Back up now"), small=True)
        super().__init__(tr("Backups"), self.folder, self.copy, self.now)
        self._folder: Path | None = None
        self.folder.clicked.connect(lambda _on=False: self.folder_asked.emit(self._folder))
        self.copy.clicked.connect(self.copy_asked)
        self.now.clicked.connect(self.now_asked)
        words = tr("Made every hour in which something changed, checked, and thinned as they age. They lie in:")
        self._where = Text("", "caption", elide=True, selectable=True)
        self._more = Text("", "caption", tone="soft")
        self._command = Text("", "caption", tone="soft", wrap=True, selectable=True)
        self.add(Text(words, tone="soft", wrap=True), Text(carries_sealed(), tone="soft", wrap=True), self._where)
        self.show_lines(()).add(self._more, self._command)

    def show_backups(self, path: Path, folder: Path, backups: Sequence[Backup], zone: tzinfo) -> None:
        """Show the newest of them."""
        self._folder = folder
        self.folder.setEnabled(bool(backups))
        self._where.setText(str(folder))
        line = tr("While the workspace is closed, a terminal does the same: tenfold restore {file} BACKUP")
        self._command.setText(line.format(file=path.name))
        self.show_lines(
            (self._line(backup, zone) for backup in backups[:_SHOWN_BACKUPS]),
            tr("No backup yet. The first is made shortly after a change."),
        )
        older = len(backups) - _SHOWN_BACKUPS
        self._more.setText(tr("{n} older ones lie in the folder.").format(n=older))
        self._more.setVisible(older > 0)

    def _line(self, backup: Backup, zone: tzinfo) -> QWidget:
        when = moment(backup.made, zone)
        name = tr("Restore the backup of {when}").format(when=when)
        restore = Button(tr("Restore…"), small=True, name=name, run=partial(self.restore_asked.emit, backup))
        return entry(when, size_words(backup.size), restore)


class AppearanceCard(Section):
    """Look and text size. `look_chosen` carries the look, `size_chosen` per cent."""

    look_chosen = Signal(str)
    size_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(tr("Appearance"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self.add(grid)
        looks = (
            (Appearance.SYSTEM, tr("As the system")),
            (Appearance.LIGHT, tr("Light")),
            (Appearance.DARK, tr("Dark")),
        )
        self.look = Segmented(looks, tr("Look"))
        self.look.chosen.connect(self.look_chosen)
        self.size_ = StillSpin()
        self.size_.setRange(80, 200)
        self.size_.setSingleStep(10)
        self.size_.setSuffix(" %")
        self.size_.lineEdit().setTextMargins(6, 0, 0, 0)
        self.size_.setKeyboardTracking(False)
        self.size_.setAccessibleName(tr("Text size in per cent"))
        self.size_.valueChanged.connect(self.size_chosen)
        grid.addWidget(Text(tr("Look"), tone="soft"), 0, 0)
        grid.addWidget(self.look, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Text(tr("Text size"), tone="soft"), 1, 0)
        grid.addWidget(self.size_, 1, 1, Qt.AlignmentFlag.AlignLeft)
        note = tr("These two belong to this computer, not to the workspace.")
        self.add(Text(note, "caption", tone="soft", wrap=True))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is chosen."""
        self.look.choose(preferences.appearance)
        with QSignalBlocker(self.size_):
            self.size_.setValue(preferences.text_size)


class KeysCard(Section):
    """The keys that work everywhere."""

    def __init__(self) -> None:
        super().__init__(tr("Shortcuts"))
        words = tr("These work everywhere. Each page’s own keys stand beside its commands in the list of Ctrl K.")
        self.add(Text(words, tone="soft", wrap=True))

    def show_keys(self, commands: Sequence[Command]) -> None:
        """Show the commands that have a key."""
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, command in enumerate(c for c in commands if c.keys):
            grid.addWidget(Text(key_words(command.keys[0]), "key"), row, 0)
            grid.addWidget(Text(command.words, wrap=True), row, 1)
        self.show_lines([table])
