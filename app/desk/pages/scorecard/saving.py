"""What is written on a scorecard, and the mark that says when all of it is in the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from app.actions import scorecard
from app.desk.pages.scorecard.head import SavedMark
from app.desk.parts.subject_page import SubjectPage
from app.errors import Refused
from app.queries.scorecard import CardView
from app.store.change_report import ChangeReport
from app.words import clock


class CardSaving:
    """Writes to the card that a page shows. `pending` has the scores that are on their way to the file."""

    def __init__(self, page: SubjectPage[CardView], mark: SavedMark) -> None:
        self._page, self._mark, self.workspace = page, mark, page.workspace
        self.pending: dict[str, int] = {}
        self.unsaved = 0

    def on_card(
        self,
        action: Callable[..., ChangeReport],
        *given: Any,
        then: Callable[[ChangeReport], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Do something on the card."""
        assert self._page.subject is not None
        self.write(partial(action, self.workspace, self._page.subject, *given), then, failed)

    def write(
        self,
        action: Callable[[], ChangeReport],
        then: Callable[[ChangeReport], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Write, and say "Saved" with the time when it is in the file; `failed` keeps what was not taken."""
        self.unsaved += 1
        self._mark.saving()

        def done(changed: ChangeReport) -> None:
            self.unsaved -= 1
            if self.unsaved == 0:
                self._mark.saved(clock(changed.at, self.workspace.zone))
            if then is not None:
                then(changed)

        def refuse(refused: Refused) -> None:
            self.unsaved -= 1
            self.pending.clear()
            (self._mark.untouched if isinstance(refused, scorecard.IncompleteScorecard) else self._mark.failed)()
            self._page.desk.refuse(refused)
            if failed is not None:
                failed()
            self._page.read_again()

        self._page.act(action, done, refuse)

    def rate(self, dimension: str, score: int) -> None:
        """Give a score; it is pending until it is in the file."""

        def settle(_changed: ChangeReport) -> None:
            if self.pending.get(dimension) == score:
                del self.pending[dimension]

        self.pending[dimension] = score
        self.on_card(scorecard.rate, dimension, score, then=settle)
