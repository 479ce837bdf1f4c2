"""A panel that opens beside the page, and the one question before something that can't be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QHBoxLayout, QScrollArea, QWidget

from app.desk.parts.controls import Button, IconButton
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.focus import focus_first
from app.desk.parts.label import Text
from app.desk.parts.layout import TOP, Space, aligned, column, holder, row, wide
from app.desk.theme import Theme
from app.desk.work import alive
from app.errors import Refused
from app.words import tr

_WIDE = 360  # px at ordinary text size
_SIDE = 20  # px
_REASON = "reason"


class SidePanel(QFrame):
    """Holds a form at the right of a page. `saved` asks for it to be saved, `cancelled` to forget it.

    It stays open until `close_panel`, so that a refusal can be shown in it. Enter in a line and Ctrl+Enter
    anywhere save, Escape cancels.
    """

    saved = Signal()
    cancelled = Signal()

    def __init__(
        self, theme: Theme, title: str, content: QWidget, *, save: str = "", parent: QWidget | None = None
    ) -> None:
        """`save` are the words of its main button; without them it is "Save"."""
        super().__init__(parent)
        self._theme = theme
        self._content = content
        self._before: QWidget | None = None
        self.setProperty("role", "side")
        self.setAccessibleName(title)
        self._title = Text(title, "lead", weight=600, wrap=True)
        self.save_button = Button(save or tr("Save"), "primary")
        self.save_button.clicked.connect(self._save)
        self._problem = Text("", tone="bad", wrap=True)
        self._problem.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self._problem.hide()
        column(
            self._head(), wide(_scrolled(content)), self._problem, self._foot(), gap=8, margins=(0, 14, 0, 14), on=self
        )
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._save)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    @property
    def checked_form(self) -> FieldSet | None:
        """The fields that are checked before it is saved, where it has any."""
        return self._content if isinstance(self._content, FieldSet) else None

    def open_panel(self, title: str = "") -> None:
        """Show it, with the focus on its first control."""
        if title:
            self._title.setText(title)
            self.setAccessibleName(title)
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.clear_refusal()
        self.show()
        if self.checked_form is not None:
            self.checked_form.focus_first()
        else:
            focus_first(self._content)
        if not self.isAncestorOf(self.window().focusWidget() or self):
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)  # there is nothing to fill in

    def close_panel(self) -> None:
        """Put it away, and the focus back where it was."""
        self.hide()
        if self._before is not None and alive(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, refused: Refused) -> None:
        """Say above the buttons what was not done; pass it as `failed` of `desk.write`."""
        self._problem.setText(f"{refused.sentence} {refused.remedy}".strip())
        self._problem.show()

    def clear_refusal(self) -> None:
        """Take the sentence away."""
        self._problem.hide()

    def sizeHint(self) -> QSize:
        """360 px wide at ordinary text size, as high as there is room."""
        return QSize(self._theme.px(_WIDE), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """In a narrow window it gives way to two thirds."""
        return QSize(self._theme.px(_WIDE * 2 / 3), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line saves, Escape cancels."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QHBoxLayout:
        close = IconButton(self._theme, "x", tr("Close panel"))
        close.clicked.connect(self.cancelled)
        return row(wide(self._title), aligned(close, TOP), margins=(_SIDE, 0, 12, 0))

    def _foot(self) -> QHBoxLayout:
        cancel = Button(tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        return row(Space(share=1), cancel, self.save_button, gap=8, margins=(_SIDE, 0, _SIDE, 0))

    def _save(self) -> None:
        self.clear_refusal()
        if self.checked_form is None or self.checked_form.check():
            self.saved.emit()


class Confirm(QDialog):
    """Asks once before something is declared: 'Submitting can't be undone; a change is a new card with its reason.'

    `confirmed` carries the reason, empty where none was asked for. Show it with `open()`.
    """

    confirmed = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget, title: str, sentence: str, action: str, *, reason: str = ""
    ) -> None:
        """`action` are the words of the button that does it. `reason` is the label of a reason that must be given."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.follow(self)
        self._reason = FieldSet(theme, [Field(_REASON, reason, FieldType.TEXT, required=True)]) if reason else None
        self.cancel_button = Button(tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.action_button = Button(action, "primary")
        self.action_button.clicked.connect(self._confirm)
        self.cancel_button.setAutoDefault(True)
        self.action_button.setAutoDefault(True)
        buttons = row(Space(share=1), self.cancel_button, self.action_button, gap=8)
        body = column(
            Text(title, "title", wrap=True), Text(sentence, wrap=True), gap=12, margins=(20, 18, 20, 16), on=self
        )
        if self._reason is not None:
            body.addWidget(self._reason)
        body.addStretch()
        body.addLayout(buttons)
        self.setMinimumWidth(theme.px(420))
        width = max(theme.px(420), self.sizeHint().width())
        self.resize(width, max(self.sizeHint().height(), body.totalHeightForWidth(width)))
        if self._reason is not None:
            self._reason.focus_first()
        else:
            self.cancel_button.setFocus()

    def _confirm(self) -> None:
        if self._reason is not None and not self._reason.check():
            return
        reason = self._reason.values()[_REASON] if self._reason is not None else ""
        self.accept()
        self.confirmed.emit(reason)


def _scrolled(content: QWidget) -> QScrollArea:
    """The content, scrolling where the panel is too low for it."""
    held = holder(column(content, Space(share=1), margins=(_SIDE, 4, _SIDE, 12)))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(held)
    return area


def confirm(
    theme: Theme,
    parent: QWidget,
    title: str,
    sentence: str,
    action: str,
    then: Callable[[str], object],
    *,
    reason: str = "",
) -> Confirm:
    """Open the question; `then` gets the reason once somebody has confirmed."""
    dialog = Confirm(theme, parent, title, sentence, action, reason=reason)
    dialog.confirmed.connect(then)
    dialog.open()
    return dialog
