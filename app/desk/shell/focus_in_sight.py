"""Where the focus is, is in sight; and it is never passed on to what nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.page import Page
from app.desk.shell.frame import FramedPage
from app.desk.work import alive

_AROUND = 12  # px


class FocusInSight(QObject):
    """Follows the focus in a window; `shown` gives the page in sight.

    Where it was on something that went away, Qt passes it on to whatever comes next: a button that removes
    something, or the sidebar. Then it goes where the page puts it, else on the page itself.
    """

    def __init__(self, window: QWidget, shown: Callable[[], FramedPage | None]) -> None:
        super().__init__(window)
        self._window, self._shown = window, shown
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        shown = self._shown()
        if shown is None:
            return
        gone = before is not None and not (alive(before) and before.isVisible())
        if now is None or (gone and now.isVisible()):  # what can't be seen yet was not chosen by Qt
            QTimer.singleShot(0, self, partial(self._take_back, shown.page, now))
        if now is not None and now is not shown.page and shown.page.isAncestorOf(now):
            shown.area.ensureWidgetVisible(now, _AROUND, _AROUND)

    def _take_back(self, page: Page, given: QWidget | None) -> None:
        shown = self._shown()
        if shown is None or page is not shown.page:
            return
        if not self._window.isActiveWindow() or QApplication.focusWidget() is not given:
            return
        chosen = page.focusWidget()  # also where it could not have it yet
        to = chosen if chosen is not None and chosen is not given and chosen.isVisibleTo(page) else page
        to.setFocus(Qt.FocusReason.OtherFocusReason)
