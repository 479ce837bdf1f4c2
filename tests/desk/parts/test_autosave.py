"""When typing is saved: in a pause, and without one again and again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.desk.parts.autosave import SAVED_AFTER_MS, SAVED_WITHIN_MS, Autosave


class Typing(QObject):
    """Something that is saved."""

    def __init__(self) -> None:
        super().__init__()
        self.touched = 0
        self.saved: list[int] = []
        self.soon = Autosave(self, self.save)

    def touch(self) -> None:
        self.touched += 1
        self.soon.touch()

    def save(self) -> None:
        self.saved.append(self.touched)


def test_a_pause_saves_once(qtbot: QtBot) -> None:
    typing = Typing()
    for _ in range(5):
        typing.touch()
    qtbot.waitUntil(lambda: typing.saved == [5])
    assert not typing.soon.isActive()


def test_typing_without_a_pause_is_saved_again_and_again(qtbot: QtBot) -> None:
    typing = Typing()
    key = QTimer()
    key.timeout.connect(typing.touch)
    key.start(SAVED_AFTER_MS // 10)
    qtbot.waitUntil(lambda: len(typing.saved) == 2, timeout=60_000)
    key.stop()
    most = SAVED_WITHIN_MS / (SAVED_AFTER_MS // 10)
    assert typing.saved[0] <= most + 2
    assert typing.saved[1] - typing.saved[0] <= most + 2
