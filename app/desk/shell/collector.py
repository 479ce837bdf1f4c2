"""Python's cycle collector, in the window's thread alone.

Left to itself it runs in whichever thread allocates: there it would destroy widgets that lie in a cycle, holding
Python's lock and waiting for Qt's while the window's thread holds Qt's and waits for Python's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

TICK_MS = 100
PAUSE_S = 0.3  # after a key or a click before young objects are looked through
REST_S = 2.0  # before all objects are: that takes longer than a frame
_LONGEST_WORK = 600  # ticks that work under way is waited for
PRESSING = 200  # times a threshold; memory comes before smoothness from here on
INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
    }
)


class Collector(QObject):
    """Collects while the window runs: young objects in pauses, all of them at rest, never in another thread.

    While `busy` says that work is under way it waits: an import makes a million objects of which none is in a cycle.
    From `begin` to `end` Python's automatic collection is off.
    """

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__()
        self._app = app
        self._automatic = False
        self._frozen = self._thawed = False
        self._touched = monotonic()
        self.busy: Callable[[], bool] = _never
        self._busy_ticks = 0
        self._watched: QWindow | None = None
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._tick)
        app.focusWindowChanged.connect(self._watch)

    def begin(self) -> None:
        """Take over from Python; called in the window's thread."""
        self._automatic = gc.isenabled()
        gc.disable()
        self._watch(self._app.focusWindow())
        self._ticking.start()

    def end(self) -> None:
        """Give back to Python, once no other thread works any more."""
        self._ticking.stop()
        self._watch(None)
        if self._frozen:
            gc.unfreeze()
        if self._automatic:
            gc.enable()

    def hold(self) -> None:
        """Until `freeze` or `thaw` nothing is looked through: while a workspace is opened, modules come that stay, and
        some hundred objects of half a million go. That was a twentieth of the time to the first page."""
        self._ticking.stop()

    def freeze(self) -> None:
        """What lives now is the program and its workspace, and is not looked through again until `thaw`."""
        self._ticking.start()
        if not self._frozen:
            if self._thawed:  # what is left of the workspace before must not stay for good
                gc.collect()
            gc.freeze()
            self._frozen = True

    def thaw(self) -> None:
        """The workspace is left: what was shown of it goes before anything is frozen again."""
        self._ticking.start()
        if self._frozen:
            gc.unfreeze()
            self._frozen, self._thawed = False, True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is at work: wait for a pause."""
        if event.type() in INPUT:
            self._touched = monotonic()
        return False

    def _watch(self, window: QWindow | None) -> None:
        """Follow the focus: only what a person does is looked at, not every event of every widget."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None

    def _tick(self) -> None:
        if self.busy() and self._busy_ticks < _LONGEST_WORK:
            self._busy_ticks += 1
            return
        worked, self._busy_ticks = self._busy_ticks > 1, 0
        if worked and gc.get_count()[0] > PRESSING * gc.get_threshold()[0]:
            gc.freeze()  # what long work made lives on, and to look through it all takes many frames
            self._frozen = True
        generation = due(gc.get_count(), gc.get_threshold(), monotonic() - self._touched)
        if generation is not None:
            gc.collect(generation)


def _never() -> bool:
    return False


def due(counts: tuple[int, int, int], limits: tuple[int, int, int], quiet: float) -> int | None:
    """The generation to collect now, None for none.

    `counts` and `limits` are what gc.get_count() and gc.get_threshold() say; `quiet` is the time since the last
    input in seconds. The oldest of which more than its limit waits is meant, as Python does it; the full one only
    at rest, the young ones in any pause. Where far more than a limit waits, no pause is waited for.
    """
    pressing = counts[0] > PRESSING * limits[0]
    if counts[0] <= limits[0] or not (quiet >= PAUSE_S or pressing):
        return None
    if counts[2] > limits[2] and (quiet >= REST_S or counts[2] > PRESSING * limits[2]):
        return 2
    return 1 if counts[1] > limits[1] else 0
