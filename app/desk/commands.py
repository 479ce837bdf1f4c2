"""The table of commands: what can be done, its words and keys. It feeds shortcuts, palette and manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

WINDOW = "window"


def always() -> bool:
    """The `when` of a command that can be run at any time."""
    return True


@dataclass(frozen=True)
class Command:
    """One thing a person can ask for.

    `keys` are key sequences in Qt's notation ("Ctrl+Shift+Z"), the first one shown. `where` is its group in
    palette and manual. `when` says whether it can be run now, `keyed` whether its keys do so where the focus is.
    A command that is not `listed` has keys only.
    """

    id: str
    words: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    where: str = ""
    when: Callable[[], bool] = always
    listed: bool = True
    keyed: Callable[[], bool] = always


class CommandsOf:
    """Makes the commands of one place: `command("edit", tr("Edit"), self.edit, "Ctrl+E")` is `member.edit` in "Member".

    `when` holds for those that do not say their own.
    """

    def __init__(self, id: str, where: str, when: Callable[[], bool] = always) -> None:
        self._id, self._where, self._when = id, where, when

    def __call__(
        self,
        key: str,
        words: str,
        run: Callable[[], None],
        *keys: str,
        when: Callable[[], bool] | None = None,
        listed: bool = True,
        keyed: Callable[[], bool] = always,
    ) -> Command:
        """One of them."""
        return Command(f"{self._id}.{key}", words, run, keys, self._where, when or self._when, listed, keyed)


class Commands(QObject):
    """All commands, by scope: the window's own, and each page's while it is shown.

    A key may stand once in a scope, and not in a page's where the window has it; an id stands once at all.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scopes: dict[str, list[Command]] = {WINDOW: []}

    def add(self, command: Command, scope: str = WINDOW) -> None:
        """Take a command in. Raises ValueError where its id or one of its keys is taken."""
        self.add_many([command], scope)

    def add_many(self, commands: Iterable[Command], scope: str = WINDOW) -> None:
        """Take several in, all or none. Raises ValueError where an id or a key is taken."""
        after = {**self._scopes, scope: [*self._scopes.get(scope, []), *commands]}
        _check(after)
        self._scopes = after
        self.changed.emit()

    def drop(self, scope: str) -> None:
        """Forget the commands of a scope."""
        if self._scopes.pop(scope, None) is not None:
            self.changed.emit()
        self._scopes.setdefault(WINDOW, [])

    def in_scope(self, *scopes: str) -> list[Command]:
        """The commands of these scopes, in the order they were added."""
        return [c for scope in scopes for c in self._scopes.get(scope, ())]

    def resolve(self, identity: str) -> Command:
        """The command with this id. Raises KeyError."""
        for commands in self._scopes.values():
            for command in commands:
                if command.id == identity:
                    return command
        raise KeyError(identity)


def bind(commands: Iterable[Command], widget: QWidget, run: Callable[[Command], None]) -> list[QAction]:
    """Give `widget` the commands' shortcuts; `run` is called with the command.

    Keys with Ctrl, Alt or F1 to F35 work in the whole window while the widget is shown. Others, such as plain
    letters, need the focus inside it, so that they never take a letter from a text field elsewhere. A widget
    with the focus comes first: it keeps a key by accepting the ShortcutOverride event.
    """
    actions = []
    for command in commands:
        for key in command.keys:
            action = QAction(command.words, widget)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(
                Qt.ShortcutContext.WindowShortcut
                if _works_anywhere(key)
                else Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            action.triggered.connect(lambda _checked=False, chosen=command: run(chosen) if chosen.keyed() else None)
            widget.addAction(action)
            actions.append(action)
    return actions


def key_words(key: str) -> str:
    """A key as it stands on a badge: 'Ctrl K'."""
    words = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return words[:-1].replace("+", " ") + words[-1:]


def _works_anywhere(key: str) -> bool:
    return re.search(r"\b(Ctrl|Alt|Meta)\+|\bF\d+$", key) is not None


def _check(scopes: dict[str, list[Command]]) -> None:
    ids = [c.id for commands in scopes.values() for c in commands]
    for identity in ids:
        if ids.count(identity) > 1:
            raise ValueError(f"two commands are called {identity}")
    windows = _keys(scopes[WINDOW])
    for scope, commands in scopes.items():
        keys = _keys(commands) if scope == WINDOW else [*windows, *_keys(commands)]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"{key} is taken twice in {scope}")


def _keys(commands: list[Command]) -> list[str]:
    return [QKeySequence(k).toString() for c in commands for k in c.keys]
