"""The tags of a candidate: each can be taken off, and another one put on by typing it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.flow import Flow
from app.desk.parts.section import Section
from app.words import tr


class TagsCard(Section):
    """`put` carries a tag that was typed, `taken` one that was pressed."""

    put = Signal(str)
    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Tags"))
        self._tags = QWidget()
        self._flow = Flow(self._tags, 6)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Further tag"))
        self.line.setPlaceholderText(tr("Further tag, then Enter"))
        self.line.returnPressed.connect(self._put)
        self.add(self._tags, self.line)

    def show_tags(self, tags: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Show them; `known` are offered while one types."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, QWidget):
                widget.hide()
                widget.deleteLater()
        for tag in tags:
            chip = Button(f"{tag}  ×", "chip", small=True, name=tr("Take off tag {tag}").format(tag=tag))
            chip.clicked.connect(lambda _on=False, tag=tag: self.taken.emit(tag))
            self._flow.addWidget(chip)
        self._tags.setVisible(bool(tags))
        completer = QCompleter([tag for tag in known if tag not in tags], self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)

    def _put(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.put.emit(text)
