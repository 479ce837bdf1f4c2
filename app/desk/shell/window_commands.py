"""What can be done in every place of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.preferences import Appearance
from app.words import tr

_TEXT_STEP = 10  # per cent


class Moves(Protocol):
    """What the window can do in every place, as far as commands need it."""

    def open_palette(self) -> None:
        """Show the palette."""

    def back(self) -> None:
        """Show the place before."""

    def forward(self) -> None:
        """Undo `back`."""

    def next_pane(self, by: int) -> None:
        """Go to another part of the window."""


def window_commands(window: Moves, desk: Desk) -> list[Command]:
    """What can be done in every place."""

    def text(by: int) -> Callable[[], None]:
        return lambda: desk.prefer(text_size=min(200, max(80, desk.preferences.text_size + by)))

    def undo() -> None:
        desk.undo()

    def redo() -> None:
        desk.redo()

    def look(appearance: Appearance) -> Callable[[], None]:
        return lambda: desk.prefer(appearance=appearance)

    edit, view = tr("Edit"), tr("View")
    return [
        Command("palette", tr("Find people, words, pages, commands"), window.open_palette, ("Ctrl+K",), listed=False),
        Command("undo", tr("Undo"), undo, ("Ctrl+Z",), edit),
        Command("redo", tr("Redo"), redo, ("Ctrl+Shift+Z", "Ctrl+Y"), edit),
        Command("back", tr("Back"), window.back, ("Alt+Left",), view),
        Command("forward", tr("Forward"), window.forward, ("Alt+Right",), view),
        Command("pane.next", tr("Next part of the window"), lambda: window.next_pane(1), ("F6",), view),
        Command("pane.before", tr("Part before"), lambda: window.next_pane(-1), ("Shift+F6",), view, listed=False),
        Command("text.larger", tr("Larger text"), text(_TEXT_STEP), ("Ctrl++", "Ctrl+="), view),
        Command("text.smaller", tr("Smaller text"), text(-_TEXT_STEP), ("Ctrl+-",), view),
        Command("text.usual", tr("Usual text size"), lambda: desk.prefer(text_size=100), ("Ctrl+0",), view),
        Command("look.system", tr("Look as the system does"), look(Appearance.SYSTEM), (), view),
        Command("look.light", tr("Light look"), look(Appearance.LIGHT), (), view),
        Command("look.dark", tr("Dark look"), look(Appearance.DARK), (), view),
    ]
