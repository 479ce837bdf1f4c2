"""Where the focus goes when a person arrives in a part of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_first(pane: QWidget) -> bool:
    """Focus the pane's proxy, else what had the focus last in it, else its first control; False where it has none."""
    chosen = pane if pane.focusProxy() is not None else _last(pane) or _first(pane)
    if chosen is None:
        return False
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    return True


def focus_again(page: QWidget) -> None:
    """Focus the page's proxy, else what had the focus last in it, else the page itself, where no ring distracts."""
    last = None if page.focusProxy() is not None else _last(page)
    (last or page).setFocus(Qt.FocusReason.OtherFocusReason)


def _last(pane: QWidget) -> QWidget | None:
    last = pane.focusWidget()
    return last if last is not None and _takes_focus(last, pane) else None


def _first(pane: QWidget) -> QWidget | None:
    if _takes_focus(pane, pane):
        return pane
    candidate = pane.nextInFocusChain()
    while candidate is not None and candidate is not pane:
        if _takes_focus(candidate, pane):
            return candidate
        candidate = candidate.nextInFocusChain()
    return None


def _takes_focus(widget: QWidget, pane: QWidget) -> bool:
    inside = widget is pane or pane.isAncestorOf(widget)
    by_key = (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
    return inside and by_key and widget.isVisibleTo(pane) and widget.isEnabled()
