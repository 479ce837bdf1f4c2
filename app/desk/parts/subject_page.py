"""A page about one thing: an application, a member, an offer, a card."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from app.desk.desk import Desk
from app.desk.parts.shown_page import ShownPage

V = TypeVar("V")


class SubjectPage(ShownPage[V]):
    """Shows the thing that `arrived(id=…)` names; `subject` is its number.

    A page says how it is read by that number (`query`), and the rest as any page that shows something.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.subject: int | None = None

    def query(self, subject: int) -> Callable[[], V | None]:
        """How the thing is read. A Refused, or None, means that it is not there."""
        raise NotImplementedError

    def query_beside(self, subject: int) -> None:
        """Ask for what is needed beside it, by `desk.ask`."""

    def question(self) -> Callable[[], V | None] | None:
        """By its number; without one nothing is asked for."""
        return None if self.subject is None else self.query(self.subject)

    def ask_beside(self) -> None:
        """By its number too."""
        assert self.subject is not None
        self.query_beside(self.subject)

    def about(self) -> Hashable:
        """Its number."""
        return self.subject

    def arrived(self, **where: Any) -> None:
        """Show the one with the number `id`, else the one that was shown last."""
        chosen = where.get("id", self.subject)
        if chosen != self.subject:
            self.forget()
        self.subject = chosen
        self.read_again()
