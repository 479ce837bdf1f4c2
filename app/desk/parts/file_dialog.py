"""Asking for files and folders. The only place that builds a file dialog.

Qt's own dialog opens every file it lists to guess its kind, as GTK's does, and closing any descriptor of a file drops
all the locks this process holds on it: SQLite's too. So kinds are told by name alone, and on Linux no dialog of
the desktop is used. The dialogs of Windows and macOS run in processes of their own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QFileInfo, QMimeData, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QToolButton, QWidget

from app.desk import icons
from app.store.files import safe_name
from app.words import tr

Then = Callable[[Path], None]
_ARROW = 16  # px
_FOLDERS = (QAbstractFileIconProvider.IconType.Folder, QAbstractFileIconProvider.IconType.Desktop)


def ask_open(parent: QWidget | None, title: str, kinds: str, then: Then) -> None:
    """Ask for one file that is there; `kinds` is a filter such as "PDF (*.pdf)"."""
    dialog = _dialog(parent, title, Path.home(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def ask_open_many(parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], None]) -> None:
    """Ask for one file or several that are there."""
    dialog = _dialog(parent, title, Path.home(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def ask_folder(parent: QWidget, title: str, then: Then) -> None:
    """Ask for a folder."""
    dialog = _dialog(parent, title, Path.home(), "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def ask_save(parent: QWidget | None, title: str, name: str, then: Then, *, kinds: str = "", suffix: str = "") -> None:
    """Ask where a file goes; `name` is proposed, `suffix` added where none is typed."""
    dialog = _dialog(parent, title, Path.home() / safe_name(name) if name else Path.home(), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    if suffix:
        dialog.setDefaultSuffix(suffix)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[Path], None], *, suffix: str = "pdf") -> None:
    """Ask where a file goes; `then` gets the path once a person has chosen it."""
    ask_save(parent, title, name, then, kinds=f"{suffix.upper()} (*.{suffix})", suffix=suffix)


def _dialog(parent: QWidget | None, title: str, start: Path, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent)
    if sys.platform not in ("win32", "darwin"):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setIconProvider(_by_name())  # before a folder is set: it is looked into at once
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilter(kinds)
    _show_arrows(dialog)
    dialog.setDirectory(str(start if start.is_dir() else start.parent))
    if not start.is_dir():
        dialog.selectFile(start.name)
    return dialog


def _show_arrows(dialog: QFileDialog) -> None:
    """Those of the style are black, which can't be seen on a dark ground. Dialogs of the desktop have none of these."""
    palette = dialog.palette()
    ink, faint = palette.buttonText().color(), palette.placeholderText().color()
    for name, icon in (
        ("backButton", "chevron-left"),
        ("forwardButton", "chevron-right"),
        ("toParentButton", "chevron-up"),
    ):
        button = dialog.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(icons.icon(icon, ink, faint, _ARROW))


class _ByName(QAbstractFileIconProvider):
    """Icons and kinds of files from their names and from what the folder says of them: no file is opened.

    Qt calls it in a thread of its own, where no icon may be drawn anew: the two there are were made before.
    """

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """The icon of a folder, or of a file whatever it holds."""
        folder = what.isDir() if isinstance(what, QFileInfo) else what in _FOLDERS
        return self._folder if folder else self._file

    def type(self, info: QFileInfo) -> str:
        """The kind in words, by the ending of the name."""
        if info.isDir():
            return tr("Folder")
        return tr("{suffix} file").format(suffix=info.suffix().upper()) if info.suffix() else tr("File")


@cache
def _by_name() -> _ByName:
    """One for all dialogs: Qt does not own it, and asks it until the last thread of the last dialog has ended."""
    return _ByName()


def pdfs_in(dragged: QMimeData) -> list[Path]:
    """The PDFs and folders among what is dragged."""
    files = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    return [path for path in files if path.suffix.lower() == ".pdf" or path.is_dir()]
