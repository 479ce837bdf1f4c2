"""The start window: a new workspace, one that is there, one out of an export, or the sample; and those used last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.section import fill
from app.desk.shell.sidebar import ProgramMark
from app.desk.theme import Theme
from app.errors import Refused
from app.words import tr


class StartWindow(QMainWindow):
    """Emits what a person chose; the session does it. `create_asked` carries the roles a new workspace begins with."""

    roles_asked = Signal()
    create_asked = Signal(object)
    open_asked = Signal()
    sample_asked = Signal()
    export_asked = Signal()
    recent_asked = Signal(Path)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.follow(self)
        self.setWindowTitle("Tenfold")
        self.setMinimumSize(560, 420)
        self.resize(theme.px(680), theme.px(560))
        body = QWidget()
        self.setCentralWidget(body)
        outer = QHBoxLayout(body)
        content = QVBoxLayout()
        outer.addStretch(1)
        outer.addLayout(content, 8)
        outer.addStretch(1)
        content.addStretch(1)
        content.addLayout(row(ProgramMark(theme), wide(Text("Tenfold", "display")), gap=12))
        content.addWidget(
            Text(
                tr("Hire and grow people against one rubric. Everything stays in one file on this machine."),
                "lead",
                tone="soft",
                wrap=True,
            )
        )
        content.addSpacing(16)
        content.addWidget(self._refusal())
        content.addLayout(self._buttons())
        content.addWidget(self._role_choice())
        content.addSpacing(20)
        self._recent_head = Text(tr("Used last"), "caption", tone="soft", weight=500)
        content.addWidget(self._recent_head)
        self._recent = column(gap=2)
        content.addLayout(self._recent)
        content.addStretch(2)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refusal(self) -> QFrame:
        self._refused = QFrame()
        self._refused.setProperty("role", "notice")
        self._refused.setProperty("tone", "warn")
        words = QVBoxLayout(self._refused)
        self._sentence = Text("", wrap=True, weight=500)
        self._remedy = Text("", wrap=True)
        words.addWidget(self._sentence)
        words.addWidget(self._remedy)
        self._refused.hide()
        return self._refused

    def _buttons(self) -> QHBoxLayout:
        buttons = row(gap=8)
        self.new = Button(tr("New workspace"), "primary")
        self.open_button = Button(tr("Open"))
        self.export = Button(tr("From an export…"))
        self.sample = Button(tr("Try the sample"))
        self.new.clicked.connect(self.roles_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.export.clicked.connect(self.export_asked)
        self.sample.clicked.connect(self.sample_asked)
        for button in (self.new, self.open_button, self.export, self.sample):
            buttons.addWidget(button)
        buttons.addStretch(1)
        return buttons

    def _role_choice(self) -> QWidget:
        """Which roles a new workspace begins with; hidden until one is asked for."""
        self.ticks: dict[str, QCheckBox] = {}
        self._roles = column(gap=4)
        self.begin = Button(tr("Choose where to keep it…"), "primary", run=self._create)
        said = tr("None is fine too: a rubric can be written, imported or taken later.")
        head = Text(tr("Which roles do you hire for, or grow?"), weight=600, wrap=True)
        self._choice = holder(
            column(head, self._roles, Text(said, "caption", tone="soft", wrap=True), row(self.begin, STRETCH), gap=8)
        )
        self._choice.setContentsMargins(0, 12, 0, 0)
        self._choice.hide()
        return self._choice

    def show_roles(self, roles: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Ask which of these roles to begin with."""
        self.ticks = {folder: QCheckBox(title.replace("&", "&&")) for folder, title in roles}
        for folder, tick in self.ticks.items():
            tick.setChecked(folder in chosen)
        fill(self._roles, list(self.ticks.values()))
        self._choice.show()
        next(iter(self.ticks.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _create(self) -> None:
        self.create_asked.emit(tuple(folder for folder, tick in self.ticks.items() if tick.isChecked()))

    def show_recent(self, recent: Sequence[str]) -> None:
        """The workspaces used last that are still there."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        there = [path for path in recent if Path(path).exists()]
        self._recent_head.setVisible(bool(there))
        for path in there:
            button = Button(Path(path).stem, "quiet")
            button.setAccessibleDescription(path)
            button.setToolTip(as_tooltip(path))
            button.clicked.connect(lambda _on=False, chosen=path: self.recent_asked.emit(Path(chosen)))
            self._recent.addWidget(button)

    def show_refused(self, refused: Refused | None) -> None:
        """Why the file was not opened, and what to do."""
        self._refused.setVisible(refused is not None)
        if refused is not None:
            self._sentence.setText(refused.sentence)
            self._remedy.setText(refused.remedy)
            self._remedy.setVisible(bool(refused.remedy))
