"""How much time is left for what is talked about: its name, its place among the others, the time, and a bar."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.words import tr

_TICK_MS = 1000


class Stopwatch:
    """How long each subject has been talked about, in milliseconds; the one that is open runs."""

    def __init__(self) -> None:
        self._spent: dict[str, int] = {}
        self._running: str | None = None
        self._since = QElapsedTimer()

    def run(self, subject: str | None) -> None:
        """Go on counting for this one; the one before keeps what it has."""
        if subject == self._running:
            return
        if self._running is not None:
            self._spent[self._running] = self.spent(self._running)
        self._running = subject
        self._since.start()

    def spent(self, subject: str) -> int:
        """What a subject has taken so far."""
        running = self._since.elapsed() if subject == self._running else 0
        return self._spent.get(subject, 0) + running


class TimeHead(QWidget):
    """The head of a talk. `name` says what the bar measures, for a reader of the screen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._watch = Stopwatch()
        self._subject = ""
        self._planned = 0
        self._title = Text("", "lead", weight=500, elide=True)
        self._place = Text("", tone="soft")
        self._time = Text("", "lead", weight=600)
        self._of = Text("", tone="soft")
        line = row(self._title, wide(self._place), self._time, self._of)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        column(line, self._bar, on=self)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def show_subject(self, subject: str, title: str, place: str, minutes: int) -> None:
        """Show what is talked about, and for how many minutes; its time runs."""
        self._subject, self._planned = subject, minutes * 60
        self._watch.run(subject)
        self._tick.start()
        self._title.setText(title)
        self.show_place(place)
        self._show_time()

    def show_place(self, place: str) -> None:
        """Change the words beside the title."""
        self._place.setText(place)

    @property
    def spent(self) -> int:
        """Seconds the subject of now has taken."""
        return self._watch.spent(self._subject) // 1000

    def rest(self) -> None:
        """Stop the time."""
        self._watch.run(None)
        self._tick.stop()

    def _show_time(self) -> None:
        left = self._planned - self.spent
        self._time.setText(_clock(abs(left)))
        self._time.set_tone("ink" if left >= 0 else "warn")
        self._of.setText(tr("of {time}").format(time=_clock(self._planned)) if left >= 0 else tr("over"))
        self._bar.setRange(0, self._planned)
        self._bar.setValue(max(0, left))


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
