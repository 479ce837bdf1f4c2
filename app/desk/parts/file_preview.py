"""An attached file beside the page: its pages or its text, larger and smaller, and what is searched for in it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShortcut,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QDockWidget, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QScrollArea, QWidget

from app.desk.desk import Desk, Reader
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, row, stacked, wide
from app.errors import Refused
from app.exchange.file_preview import Preview, pages_of, preview_of
from app.exchange.quarantine import PagePicture
from app.queries.application import FileRow
from app.words import tr

_WIDE, _LEAST = 520, 320  # px at ordinary text size
_STEP = 1.25
_SMALLEST, _LARGEST = 0.5, 4.0
_AT_ONCE = 3  # pages drawn by one reader
_KEPT = 12  # pages kept as pictures, besides those in sight
_LONGEST = 40.0  # times as high as wide, or as wide as high, at most


class PreviewDock(QDockWidget):
    """At the right of the window until it is closed or its page is left. Pages are drawn as they come into sight."""

    def __init__(self, desk: Desk, item: FileRow, beside: QWidget, parent: QWidget) -> None:
        super().__init__(tr("Preview of {name}").format(name=item.name), parent)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        self.setAccessibleName(self.windowTitle())
        self._desk, self._item, self.beside = desk, item, beside
        self._preview: Preview | None = None
        self._zoom, self._found, self._asked = 1.0, -1, set[int]()
        self._pages: list[_Page] = []
        desk.theme.follow(self)
        self._reader = Reader(self)
        self._build()
        beside.installEventFilter(self)
        self._desk.work.ask(
            self._reader, "preview", partial(preview_of, desk.workspace, item.id), self._take, self._refused
        )

    def _build(self) -> None:
        theme = self._desk.theme
        self.close_button = IconButton(theme, "x", tr("Close the preview"), run=self.close)
        self.smaller = Button("−", small=True, name=tr("Smaller"), run=partial(self.scale, 1 / _STEP))
        self.larger = Button("+", small=True, name=tr("Larger"), run=partial(self.scale, _STEP))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Search in it"))
        self.line.setAccessibleName(tr("Search in the file"))
        self.line.returnPressed.connect(self.find_next)
        self.line.textEdited.connect(self._begin_again)
        self.place = Text("", "caption", tone="soft")
        name = row(wide(Text(self._item.name, weight=500, elide=True)), self.close_button)
        tools = row(wide(self.line), self.place, self.smaller, self.larger, gap=6)
        self.setTitleBarWidget(holder(column(name, tools, gap=6, margins=(16, 10, 8, 8))))
        self._inside = column(gap=10, margins=(12, 0, 12, 12))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(self.windowTitle())
        self.area.setWidget(holder(self._inside))
        self.area.setMinimumWidth(theme.px(_LEAST))
        self.area.verticalScrollBar().valueChanged.connect(self._draw_what_is_seen)
        self.area.viewport().installEventFilter(self)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Text of {name}").format(name=self._item.name))
        self.said = Text(tr("Reading it…"), tone="soft", wrap=True)
        self.stack = stacked(holder(column(self.said, STRETCH, margins=(16, 8, 16, 8))), self.area, self.text)
        self.setWidget(self.stack)
        for keys, run in (("Ctrl+F", self.line.setFocus), ("Esc", self.close), ("F3", self.find_next)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    @property
    def file(self) -> int:
        """The attachment it shows."""
        return self._item.id

    def show_in(self, window: QMainWindow) -> None:
        """Stand at the window's right, in place of the one before."""
        for before in window.findChildren(PreviewDock):
            if before is not self:
                before.close()
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.resizeDocks([self], [self._desk.theme.px(_WIDE)], Qt.Orientation.Horizontal)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown

    def _take(self, preview: Preview) -> None:
        self._preview = preview
        if not preview.sizes:
            self.text.setPlainText(preview.text)
            self.stack.setCurrentWidget(self.text)
            return
        for number, size in enumerate(preview.sizes, 1):
            page = _Page(size, tr("Page {n} of {name}").format(n=number, name=self._item.name))
            self._pages.append(page)
            self._inside.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        if preview.pages > len(preview.sizes):
            words = tr("The first {n} of {all} pages.").format(n=len(preview.sizes), all=preview.pages)
            self._inside.addWidget(Text(words, "caption", tone="soft"))
        self._inside.addStretch(1)
        self.stack.setCurrentWidget(self.area)
        self._fit()

    def _refused(self, refused: Refused) -> None:
        self.said.setText(f"{refused.sentence} {refused.remedy}".strip())
        for control in (self.line, self.smaller, self.larger):
            control.setEnabled(False)
        self.close_button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pages are as wide as there is room; Ctrl with the wheel makes them larger and smaller.

        It closes when its page is left, which a window that is only put down is not.
        """
        if watched is self.beside:
            if event.type() == QEvent.Type.Hide and not event.spontaneous():
                self.close()
        elif event.type() == QEvent.Type.Resize:
            self._fit()
        elif event.type() == QEvent.Type.Wheel:
            assert isinstance(event, QWheelEvent)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.scale(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
                return True
        return super().eventFilter(watched, event)

    def scale(self, by: float) -> None:
        """Show it larger, or smaller."""
        if not self._pages:
            self.text.zoomIn(1) if by > 1 else self.text.zoomOut(1)
            return
        self._zoom = min(max(self._zoom * by, _SMALLEST), _LARGEST)
        self._fit()

    def _fit(self) -> None:
        wide_ = max(40, round((self.area.viewport().width() - 24) * self._zoom))
        for page in self._pages:
            page.be(wide_)
        self._draw_what_is_seen()

    def _seen(self) -> list[int]:
        """The pages in sight."""
        top, high = self.area.verticalScrollBar().value(), self.area.viewport().height()
        return [n for n, page in enumerate(self._pages) if page.y() < top + high and page.y() + page.height() > top]

    def _draw_what_is_seen(self) -> None:
        """Ask for the pages in sight that are not drawn, a few at a time; those far away are let go."""
        seen = self._seen()
        if seen:
            self.place.setText(tr("{n} of {all}").format(n=seen[0] + 1, all=len(self._pages)))
        wanted = [n for n in seen if not self._pages[n].drawn and n not in self._asked][:_AT_ONCE]
        if not wanted:
            return
        self._asked.update(wanted)
        query = partial(pages_of, self._desk.workspace, self._item.id, wanted)
        self._desk.work.ask(self._reader, f"page {wanted[0]}", query, partial(self._drawn, wanted), self._gone)

    def _gone(self, _refused: Refused) -> None:
        """The file was removed."""
        self.close()

    def _drawn(self, wanted: list[int], pictures: tuple[tuple[int, PagePicture], ...]) -> None:
        self._asked.difference_update(wanted)
        for number, picture in pictures:
            self._pages[number].show_picture(picture)
        seen = set(self._seen())
        away = [n for n, page in enumerate(self._pages) if page.drawn and n not in seen]
        for number in sorted(away, key=lambda n: -abs(n - wanted[0]))[: max(0, len(away) - _KEPT)]:
            self._pages[number].let_go()
        failed = set(wanted) - {number for number, _ in pictures}
        for number in failed:
            self._pages[number].fail()
        self._draw_what_is_seen()

    # Searching

    def _begin_again(self) -> None:
        self._found = -1

    def find_next(self) -> None:
        """Go to the next page, or the next place in the text, that has these words."""
        words, preview = self.line.text().strip(), self._preview
        if not words or preview is None:
            return
        if not self._pages:
            if not self.text.find(words):
                self.text.moveCursor(QTextCursor.MoveOperation.Start)
                if not self.text.find(words, QTextDocument.FindFlag(0)):
                    self.place.setText(tr("not found"))
                    return
            self.place.setText("")
            return
        having = [n for n, said in enumerate(preview.words) if words.casefold() in " ".join(said.split()).casefold()]
        if not having:
            self.place.setText(tr("not found"))
            return
        self._found = next((n for n in having if n > self._found), having[0])
        self.area.verticalScrollBar().setValue(self._pages[self._found].y())
        place = having.index(self._found) + 1
        words_ = tr("page {n}, {place} of {all}")
        self.place.setText(words_.format(n=self._found + 1, place=place, all=len(having)))


def show_preview(desk: Desk, item: FileRow, page: QWidget) -> None:
    """Show an attached file beside a page."""
    window = page.window()
    if isinstance(window, QMainWindow):
        PreviewDock(desk, item, page, window).show_in(window)


def keep_preview_of(page: QWidget, files: Collection[int]) -> None:
    """Close the preview beside this page where it is of none of these files: it shows somebody else, or nobody, or the
    file was removed."""
    for dock in page.window().findChildren(PreviewDock):
        if dock.beside is page and dock.file not in files:
            dock.close()


class _Page(QLabel):
    """One page: an empty sheet until it is drawn."""

    def __init__(self, size: tuple[float, float], name: str) -> None:
        super().__init__()
        ratio = size[1] / size[0] if size[0] > 0 else 1.4
        self._ratio = min(max(ratio, 1 / _LONGEST), _LONGEST)
        self._whole: QPixmap | None = None
        self._failed = False
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "paper")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    @property
    def drawn(self) -> bool:
        """Whether its picture is there, or will never be."""
        return self._whole is not None or self._failed

    def be(self, wide_: int) -> None:
        """So many px wide."""
        self.setFixedSize(wide_, max(1, round(wide_ * self._ratio)))

    def show_picture(self, picture: PagePicture) -> None:
        """Show what was drawn."""
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        whole = QPixmap.fromImage(image)
        if whole.isNull():
            self.fail()
            return
        self._whole = whole
        self.update()

    def let_go(self) -> None:
        """Be an empty sheet again."""
        self._whole = None
        self.update()

    def fail(self) -> None:
        """Say that it can't be drawn."""
        self._failed = True
        self.setText(tr("This page can’t be drawn."))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, and the part of the picture that is in sight: scaled as a whole it could fill the memory."""
        super().paintEvent(event)
        if self._whole is None:
            return
        seen, whole = QRectF(event.rect()), self._whole
        across, down = whole.width() / max(1, self.width()), whole.height() / max(1, self.height())
        part = QRectF(seen.x() * across, seen.y() * down, seen.width() * across, seen.height() * down)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(seen, whole, part)
        painter.end()
