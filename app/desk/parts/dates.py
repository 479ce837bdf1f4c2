"""A field for a day or a moment: typed in the usual ways, or taken from a calendar."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QVBoxLayout, QWidget, QWidgetAction

from app.desk.parts.controls import IconButton
from app.desk.parts.layout import row, wide
from app.desk.theme import Theme
from app.domain.day_text import days_in
from app.domain.moment_text import moment_in
from app.words import day, tr


def read_day(text: str) -> date | None:
    """The day in '12 March 2026', '2026-03-12', '12.3.2026' or '12/3/2026'; None where it is none."""
    found = days_in(text)
    return found[0] if found else None


class DateField(QWidget):
    """A line for a day, or with `with_time` for a moment, and a button with a calendar. Empty means none.

    A moment is without a zone: the page knows which zone the workspace keeps, and sets `today`, from which 'tomorrow
    10:00' and '30/11 9:00' are told. `settled` says that what stands there
    can be read and is not being typed any more; it may be what stood there before.
    """

    edited = Signal()
    settled = Signal()

    def __init__(self, theme: Theme, *, with_time: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._with_time = theme, with_time
        self.today: date | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("12 March 2026, 15:30") if with_time else tr("12 March 2026"))
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self._tidy)
        self.line.editingFinished.connect(self._settle)
        self.edited.connect(lambda: None if self.line.hasFocus() else self._settle())
        self._button = IconButton(theme, "calendar", tr("Choose from a calendar"))
        self._button.clicked.connect(self._open_calendar)
        row(wide(self.line), self._button, gap=4, on=self)
        self.setFocusProxy(self.line)

    @property
    def unreadable(self) -> bool:
        """Whether something is typed that is no date."""
        return bool(self.line.text().strip()) and self.value is None

    @property
    def value(self) -> date | datetime | None:
        """What is typed; None where nothing is, or where it is no date."""
        return moment_in(self.line.text(), self.today) if self._with_time else read_day(self.line.text())

    def set_value(self, value: date | datetime | None) -> None:
        """Show a day or a moment, or nothing."""
        self.line.setText("" if value is None else _written(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar, as it opens a list."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_calendar()
        else:
            super().keyPressEvent(event)

    def _tidy(self) -> None:
        if self.value is not None:
            self.set_value(self.value)

    def _settle(self) -> None:
        if not self.unreadable:
            self.settled.emit()

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setAccessibleName(tr("Calendar"))
        calendar.setMinimumSize(self._theme.px(300), self._theme.px(230))  # weekdays and all weeks in full
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, _plain(self._theme.colour("ink_soft")))
        calendar.setHeaderTextFormat(_plain(self._theme.colour("ink_soft")))
        value = self.value
        if value is not None:
            calendar.setSelectedDate(QDate(value.year, value.month, value.day))
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        holder = QWidget()
        QVBoxLayout(holder).addWidget(calendar)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.setFocus()

    def _take(self, chosen: QDate) -> None:
        on = date(chosen.year(), chosen.month(), chosen.day())
        before = self.value
        if self._with_time:
            at = before.time() if isinstance(before, datetime) else time(9, 0)
            self.set_value(datetime.combine(on, at))
        else:
            self.set_value(on)
        self.edited.emit()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(self.fontMetrics().averageCharWidth() * 26, 0))


def _plain(colour: QColor) -> QTextCharFormat:
    """Days in a colour of the theme: Qt's own red can't be read on a dark ground."""
    plain = QTextCharFormat()
    plain.setForeground(colour)
    return plain


def _written(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f"{day(value)}, {value:%H:%M}"
    return day(value)
