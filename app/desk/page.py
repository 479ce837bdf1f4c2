"""What a page is to the window that shows it, and a place where one can go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.commands import Command
from app.desk.desk import Desk, Reader


@dataclass(frozen=True)
class Crumb:
    """A step of the path at the left of the top bar; with a place it can be clicked."""

    words: str
    place: str | None = None
    where: dict[str, Any] = field(default_factory=dict)


class Page(Reader):
    """One page. It is built when first visited and kept; `headed` says that its path or actions are others now.

    Arriving puts the focus on the page's focus proxy, else where it was last, else on the page itself.
    """

    headed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def breadcrumb(self) -> Sequence[Crumb]:
        """The path to what is shown, the last step without a place."""
        raise NotImplementedError

    def top_actions(self) -> Sequence[QWidget]:
        """The one or two controls at the right of the top bar; the same widgets each time."""
        return ()

    def footer(self) -> QWidget | None:
        """A line at the foot of the page; asked for once."""
        return None

    def commands(self) -> Sequence[Command]:
        """What can be done here; asked for once. Their `when` says what can be done now."""
        return ()

    def panes(self) -> Sequence[QWidget]:
        """The parts F6 goes through, in their order."""
        return (self,)

    def arrived(self, **where: Any) -> None:
        """The page is shown, for what `where` says. It asks for its data afresh."""

    def flush(self) -> None:
        """Save what is being typed; called before any command runs and before the page is left."""

    def left(self) -> None:
        """Another page is about to be shown, or the window closes."""
        self.flush()

    def forget(self) -> None:
        """Somebody else is at the machine now: nothing stays in sight that the one before was shown of cards.

        It is asked for afresh before it is shown again. What is typed stays.
        """

    def unsaved(self) -> str:
        """What would be lost if the window closed now, in a sentence; empty where nothing would."""
        return ""

    def shows(self, report: Any) -> bool:
        """Whether what was changed may be in sight: it was read, or is being read."""
        return any(tables is None or report.touches(tables) for tables in self.read.values())

    def changed(self, report: Any) -> None:
        """Something it has read was changed while it is shown. A field with focus is never refilled."""


@dataclass(frozen=True)
class Place:
    """Somewhere to go. `group` is the heading it stands under in the sidebar, None for no heading.

    A place `under` another one is not in the sidebar; the other one is marked while it is shown.
    `key` is its shortcut ("Ctrl+1") or empty.
    """

    id: str
    words: str
    build: Callable[[Desk], Page]
    group: str | None = None
    key: str = ""
    under: str | None = None
