"""Files attached to an application: opened from a folder that is gone when the program ends."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.actions.application import LARGEST_FILE, attach_all
from app.desk.desk import Desk
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.label import Text
from app.desk.parts.layout import row, wide
from app.desk.parts.section import Section
from app.errors import Refused
from app.queries.application import ApplicationView, FileRow, file_bytes
from app.store.change_report import ChangeReport
from app.store.files import bytes_in, replace_file, safe_name
from app.store.partial_files import forget, remember
from app.store.workspace import Workspace
from app.words import day, tr

_OPENED = frozenset(
    {
        ".pdf",
        ".txt",
        ".md",
        ".csv",
        ".tsv",
        ".rtf",
        ".odt",
        ".ods",
        ".odp",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".pages",
        ".numbers",
        ".key",
        ".eml",
        ".ics",
        ".vcf",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".webp",
        ".heic",
        ".mp3",
        ".m4a",
        ".wav",
        ".ogg",
        ".mp4",
        ".mov",
        ".webm",
    }
)
"""Kinds of files that people attach and programs show. Nothing else is opened: it might be run."""


def size_words(size: int) -> str:
    """Bytes as people say them: '340 bytes', '12 KB', '1.4 MB'."""
    if size < 1000:
        return tr("{n} bytes").format(n=size)
    if size < 1_000_000:
        return tr("{n} KB").format(n=round(size / 1000))
    return tr("{n} MB").format(n=f"{size / 1_000_000:.1f}")


def attach_from(workspace: Workspace, application: int, sources: Sequence[Path]) -> ChangeReport:
    """Attach what these files hold, all or none. Raises Refused where one can't be read or is too large."""
    return attach_all(workspace, application, [(source.name, _bytes_of(source)) for source in sources])


def _bytes_of(source: Path) -> bytes:
    try:
        if not source.is_file():
            raise Refused(tr("{name} is no file.").format(name=source.name), tr("Attach files one by one."))
        return bytes_in(source, LARGEST_FILE + 1)
    except OSError as error:
        raise Refused(
            tr("{name} could not be read: {why}.").format(name=source.name, why=error.strerror),
            tr("Copy it to a folder of yours and attach it from there."),
        ) from error


def copy_out(workspace: Workspace, attachment: int, target: Path) -> Path:
    """Write an attached file to `target` and give that. Raises NotFound, ReadOnly."""
    replace_file(target, file_bytes(workspace, attachment))
    return target


def open_outside(path: Path) -> bool:
    """Open a file with the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class OpenedFiles:
    """The folder for files that were opened; gone with this object, at the latest when the program ends."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def place_for(self, item: FileRow) -> Path:
        """Where to write an attached file. Raises Refused for a kind that is not known to be only looked at."""
        name = safe_name(item.name)
        if Path(name).suffix.lower() not in _OPENED:
            raise Refused(
                tr("{name} is of a kind that Tenfold does not open: it may be a program.").format(name=item.name),
                tr("Save a copy of it, and look at it first."),
            )
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="tenfold-files-"))
            weakref.finalize(self, forget, self._folder, remember(self._folder))
        folder = self._folder / str(item.id)
        folder.mkdir(exist_ok=True)
        return folder / name


class FilesCard(Section):
    """The attached files. `attach_asked` wants one chosen; the others carry the file: `shown` wants it in the window,
    `open_asked` in its own program."""

    attach_asked = Signal()
    shown = Signal(object)
    open_asked = Signal(object)
    copy_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.button = Button(tr("Attach a file…"), small=True)
        super().__init__(tr("Files"), self.button)
        self.button.clicked.connect(self.attach_asked)
        self._desk = desk
        self._shown: tuple[FileRow, ...] | None = None

    def show_files(self, page: ApplicationView) -> None:
        """Show the files of this application."""
        if self._shown == page.files:
            return
        self._shown = page.files
        hint = tr("No files yet. Attach a résumé, or drop files anywhere on this page.")
        self.show_lines((_FileRow(self, self._desk, item) for item in page.files), hint, ruled=False, gap=6)


class _FileRow(QFrame):
    """One file."""

    def __init__(self, card: FilesCard, desk: Desk, item: FileRow) -> None:
        super().__init__()
        words = QGridLayout()
        words.setVerticalSpacing(1)
        words.addWidget(Text(item.name, elide=True), 0, 0)
        added = day(item.added_at.astimezone(desk.workspace.zone).date())
        facts = tr("{size} · added {day}").format(size=size_words(item.size), day=added)
        words.addWidget(Text(facts, "caption", tone="soft", elide=True), 1, 0)
        button = Button(tr("Show"), small=True, name=tr("Show {name}").format(name=item.name))
        button.clicked.connect(lambda _on=False: card.shown.emit(item))
        more = IconButton(desk.theme, "ellipsis", tr("More about {name}").format(name=item.name))
        more.clicked.connect(lambda _on=False: self._open_menu(more, card, item))
        row(wide(words), button, more, gap=12, on=self)

    def _open_menu(self, button: QWidget, card: FilesCard, item: FileRow) -> None:
        menu = DropMenu(button)
        menu.offer(tr("Open in its own program"), lambda: card.open_asked.emit(item))
        menu.offer(tr("Save a copy…"), lambda: card.copy_asked.emit(item))
        menu.offer(tr("Remove"), lambda: card.remove_asked.emit(item))
        menu.drop()
