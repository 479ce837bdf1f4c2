"""The sidebar: places under their headings, what undo would take back, and how the file is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.desk import icons
from app.desk.commands import key_words
from app.desk.page import Place
from app.desk.parts.label import Text
from app.desk.parts.layout import Space, column, row, wide
from app.desk.theme import Theme
from app.words import ntr, tr

_WIDTH = 196  # px at ordinary text size, its line included
_WIDER = 110  # px more at twice the text size: its words are short
_SIDE = 20  # px from the window's edge to the words
_PILL = 12  # px from the window's edge to the mark of the chosen place


class ProgramMark(QWidget):
    """The program's mark, 26 x 16 px at ordinary text size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Its size at the text size of now."""
        return QSize(self._theme.px(26), self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        icons.paint_mark(painter, QRectF(self.rect()), self._theme.colour("accent"))
        painter.end()


class PlaceButton(QPushButton):
    """A place in the sidebar, with the number of things that wait there."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._words = place.words
        self.setText(place.words)
        self.setProperty("role", "place")
        self.setCheckable(True)
        self.setAutoDefault(True)  # Enter presses it
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._count = Text("", "caption", tone="soft")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row(Space(share=1), self._count, margins=(8, 0, 8, 0), on=self)
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        """Show how many wait; none is nothing."""
        self._count.setText(str(count) if count else "")
        self.setAccessibleName(self._words if not count else f"{self._words}, {ntr('{n} waits', '{n} wait', count)}")


class Sidebar(QFrame):
    """Places and foot. `asked` carries the id of the place a person clicked."""

    asked = Signal(str)

    def __init__(self, theme: Theme, places: Sequence[Place]) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: dict[str, PlaceButton] = {}
        self.setProperty("role", "sidebar")
        self.setAccessibleName(tr("Places"))
        column(self._head(), wide(self._list(places)), self._undo_foot(), self._file_foot(), gap=0, on=self)
        theme.changed.connect(self._measure)
        self._measure()

    def set_chosen(self, place: str | None) -> None:
        """Mark the place being shown."""
        for identity, button in self._buttons.items():
            button.setChecked(identity == place)

    def set_count(self, place: str, count: int | None) -> None:
        """Show how many things wait at a place."""
        self._buttons[place].set_count(count)

    def set_undo(self, words: str | None) -> None:
        """Say what Ctrl+Z would take back; None where there is nothing."""
        self._undo_words.setText(words or "")
        self._undo.setVisible(words is not None)
        self._undo.setAccessibleName(tr("Undo takes back: {what}").format(what=words) if words else "")

    def set_status(self, file: str, words: str) -> None:
        """Say which file is open and how it is kept: 'Saved, backed up 08:40'."""
        self._file.setText(file)
        self._status.setText(words)

    def set_today_note(self, words: str | None) -> None:
        """Say that the workspace keeps a day of its own."""
        self._today.setText(words or "")
        self._today.setVisible(bool(words))

    def button(self, place: str) -> PlaceButton:
        """The button of a place. Raises KeyError."""
        return self._buttons[place]

    def _head(self) -> QWidget:
        self._brand = QWidget()
        row(
            ProgramMark(self._theme),
            Text("Tenfold", "lead", weight=600),
            Space(share=1),
            gap=9,
            margins=(_SIDE, 0, _SIDE, 0),
            on=self._brand,
        )
        return self._brand

    def _list(self, places: Sequence[Place]) -> QWidget:
        content = QWidget()
        body = column(gap=1, margins=(_PILL, 0, _PILL, 8), on=content)
        group: str | None = None
        first = True
        for place in places:
            if place.under is not None:
                continue
            if place.group != group or first:
                self._heading(body, place.group, first)
            group, first = place.group, False
            button = PlaceButton(place)
            button.clicked.connect(lambda _checked=False, chosen=place.id: self.asked.emit(chosen))
            self._buttons[place.id] = button
            body.addWidget(button)
        body.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        return area

    def _heading(self, column: QVBoxLayout, words: str | None, first: bool) -> None:
        if words is None:
            if not first:
                column.addSpacing(12)
            return
        column.addSpacing(8 if first else 15)
        label = Text(words, "caption", weight=500, tone="soft")
        label.setContentsMargins(_SIDE - _PILL, 0, 0, 0)
        column.addWidget(label)
        column.addSpacing(4)

    def _undo_foot(self) -> QWidget:
        self._undo = QFrame()
        self._undo.setProperty("role", "foot")
        line = row(Text(key_words("Ctrl+Z"), "key"), Text(tr("undoes"), "caption", tone="faint"), Space(share=1), gap=4)
        self._undo_words = Text("", "caption", tone="soft", elide=True)
        column(line, self._undo_words, gap=3, margins=(_SIDE, 10, _PILL, 9), on=self._undo)
        self._undo.hide()
        return self._undo

    def _file_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        self._today = Text("", "caption", tone="warn", wrap=True)
        self._today.hide()
        self._file = Text("", "caption", tone="soft", elide=True)
        self._status = Text("", "caption", tone="faint", elide=True)
        body = column(gap=2, margins=(_SIDE, 9, _PILL, 12), on=foot)
        for label in (self._today, self._file, self._status):
            body.addWidget(label)
        return foot

    def _measure(self) -> None:
        factor = self._theme.text_factor
        self.setFixedWidth(round(_WIDTH + (factor - 1) * (_WIDER if factor > 1 else _WIDTH / 2)))
        self._brand.setFixedHeight(self._theme.px(52))
