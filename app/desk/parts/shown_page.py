"""A page that shows one thing that is read: it reads it again when it has changed, and says where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.desk.desk import Desk
from app.desk.page import Page
from app.desk.parts.empty import EmptyPage
from app.desk.parts.layout import add, row, stacked, wide
from app.desk.parts.side_panel import SidePanel, confirm
from app.desk.work import Failed
from app.errors import Refused
from app.store.workspace import Workspace

V = TypeVar("V")
A = TypeVar("A")


class ShownPage(Page, Generic[V]):
    """Reads what it shows when it is arrived at, and again whenever something it was read from has changed.

    A page says how that is read (`question`), how it is shown (`fill`), and where it is laid out (`lay_out`). `shown`
    is what is in sight, None while nothing is.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: V | None = None
        self.panels: tuple[SidePanel, ...] = ()

    # What a page of this kind says

    def question(self) -> Callable[[], V | None] | None:
        """How it is read; None where nothing is asked for. An answer of None, or a Refused, means it is not there."""
        raise NotImplementedError

    def ask_beside(self) -> None:
        """Ask for what is needed beside it, by `desk.ask`."""

    def fill(self, page: V) -> None:
        """Show it. A field with focus is not refilled."""
        raise NotImplementedError

    def is_empty(self, page: V) -> bool:
        """Whether there is nothing to show in it, so that the empty page stands in its place."""
        return False

    def page_for(self, refused: Refused) -> EmptyPage:
        """What stands in its place where it can't be read."""
        return self._empty

    def put_away(self) -> None:
        """It is in sight for the last time: another one is asked for, or it is gone, or somebody else is here."""

    def show_actions(self) -> None:
        """Show what can be done now, with it or with nothing."""

    def about(self) -> Hashable:
        """Which one is asked for, so that an answer about another one is let go."""
        return None

    # What it does

    def lay_out(
        self, body: QWidget, empty: EmptyPage, *panels: SidePanel, beside: QBoxLayout | None = None
    ) -> QHBoxLayout:
        """The body, or why there is none, with forms at its right. Cancelling a form closes it.

        `beside` is a row within the body, where the forms stand beside a part of it alone.
        """
        self.panels = panels
        self._body, self._empty, self._blank = body, empty, QWidget()
        self.stack = stacked(self._blank, body, empty)
        self._nothing = empty.words
        for panel in panels:
            panel.cancelled.connect(panel.close_panel)
        if beside is None:
            return row(wide(self.stack), *panels, gap=0, on=self)
        add(beside, *panels)
        return row(self.stack, on=self)

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.desk.workspace

    def there(self) -> bool:
        """Whether anything is shown; the `when` of most commands."""
        return self.shown is not None

    def arrived(self, **where: Any) -> None:
        """Read it."""
        self.read_again()

    def forget(self) -> None:
        """Nothing of it is in sight until it is read again."""
        self._let_go(self._blank)

    def changed(self, report: Any) -> None:
        """Read it again."""
        self.read_again()

    def read_again(self) -> None:
        """Ask for it; where nothing is asked for, say that nothing is shown."""
        question = self.question()
        if question is None:
            self._empty.set_words(*self._nothing)
            self.stack.setCurrentWidget(self._empty)
            return
        self.ask_beside()
        about = self.about()
        self.desk.ask(self, "shown", question, partial(self._take, about), partial(self._gone, about))

    def act(
        self,
        action: Callable[[], A],
        then: Callable[[A], object] | None = None,
        failed: Failed | None = None,
        *,
        said: str = "",
    ) -> None:
        """Do it in the writing thread; the page hears of the change by itself.

        `then` gets what came of it, and `said` is said once it is done. A Refused goes to `failed`, else it is said.
        """

        def done(result: A) -> None:
            if then is not None:
                then(result)
            if said:
                self.desk.say(said)

        self.desk.write(action, done, self, failed)

    def act_in(self, panel: SidePanel, action: Callable[[], object], said: str = "") -> None:
        """Do what a form asks for: it closes once it is done, with a sentence, and says why where it is refused."""
        self.act(action, lambda _changed: panel.close_panel(), panel.refuse, said=said)

    def confirm(
        self, title: str, sentence: str, action: str, then: Callable[[str], object], *, reason: str = ""
    ) -> None:
        """Ask once before something is declared, as `side_panel.confirm`."""
        confirm(self.desk.theme, self, title, sentence, action, then, reason=reason)

    def open_panel(self, panel: SidePanel, title: str = "") -> None:
        """Open one form, and close the others."""
        self._close_panels(panel)
        panel.open_panel(title)

    def panes(self) -> Sequence[QWidget]:
        """The page, and the form that is open."""
        return (self._body, *(panel for panel in self.panels if not panel.isHidden()))

    def _close_panels(self, but: SidePanel | None = None) -> None:
        for panel in self.panels:
            if panel is not but and not panel.isHidden():
                panel.close_panel()

    def _take(self, about: Hashable, page: V | None) -> None:
        if about != self.about():
            return
        if page is None:
            self._no_more(self._empty, *self._nothing)
            return
        head, first = self._head(), self.shown is None
        self.shown = page
        self.stack.setCurrentWidget(self._empty if self.is_empty(page) else self._body)
        self.fill(page)
        self.show_actions()
        self._give_focus_back()
        if first or head != self._head():
            self.headed.emit()

    def _head(self) -> tuple[object, ...]:
        return (*self.breadcrumb(), *self.top_actions())

    def _give_focus_back(self) -> None:
        """A control that can't be used any more gives the focus to the page, so that its keys go on working."""
        focused = self.window().focusWidget()
        usable = focused is not None and focused.isVisible() and focused.isEnabled()
        if self.isVisible() and not usable:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _gone(self, about: Hashable, refused: Refused) -> None:
        if about == self.about():
            self._no_more(self.page_for(refused), refused.sentence, refused.remedy)

    def _no_more(self, empty: EmptyPage, words: str, hint: str) -> None:
        empty.set_words(words, hint)
        self._let_go(empty)

    def _let_go(self, instead: QWidget) -> None:
        self.put_away()
        self.shown = None
        self._close_panels()
        self.stack.setCurrentWidget(instead)
        self.show_actions()
        self.headed.emit()
