"""Starts the window: application, the one place for bugs, then a workspace's window or the start window.

The shell is painted before anything that reads a workspace is imported; the file is opened beside it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_config_path, user_log_path
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app import __version__
from app.desk.preferences import Preferences
from app.desk.shell.failures import Failures
from app.desk.theme import Theme
from app.words import tr


def run(arguments: Sequence[str]) -> int:
    """Open the window on the workspace that is named, else on the one used last, else on the start window."""
    if _no_screen():
        sys.stderr.write(tr("There is no screen to open a window on. Commands work without one: tenfold --help") + "\n")
        return 1
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Tenfold")
    app.setApplicationVersion(__version__)
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    trouble = Failures(Path(os.environ.get("TENFOLD_DATA") or user_log_path("Tenfold", appauthor=False)), __version__)
    trouble.install()
    preferences_path = preferences_file()
    preferences = Preferences.load(preferences_path)
    theme = Theme(preferences.appearance, preferences.text_factor)
    theme.apply(app)
    trouble.dress = theme.follow
    from app.desk.shell.session import Session  # noqa: PLC0415  (after the application is dressed)

    session = Session(app, theme, trouble, preferences, preferences_path)
    session.begin(Path(arguments[0]) if arguments else None)
    code = app.exec()
    session.end()
    trouble.remove()
    return code


def preferences_file() -> Path:
    """Where this machine's settings are kept."""
    folder = os.environ.get("TENFOLD_DATA") or user_config_path("Tenfold", appauthor=False)
    return Path(folder) / "preferences.json"


def _no_screen() -> bool:
    """On Linux, a window needs a display, unless another platform was asked for."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
