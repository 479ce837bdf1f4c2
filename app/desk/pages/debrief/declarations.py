"""What is declared in a debrief, each asked once: second scores, red flags, the decision; and skipping the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions import debrief, decision
from app.desk.parts.decisions import decision_words
from app.desk.parts.side_panel import confirm
from app.domain.debrief import FlagVerdict
from app.phrases.rubric import flag_word
from app.words import tr

if TYPE_CHECKING:
    from app.desk.pages.debrief.page import DebriefPage


class DebriefDeclarations:
    """Asks and writes for one page."""

    def __init__(self, page: DebriefPage) -> None:
        self._page = page
        self._desk = page.desk

    def vote(self, dimension: str, scores: dict[int, int | None]) -> None:
        """Keep second scores; taken again, they need a reason."""

        def record(reason: str) -> None:
            self._page.write(
                partial(debrief.score_again, self._desk.workspace, self._page.debrief, dimension, scores, reason),
                lambda _changed: self._page.walk.scores.taken(),
            )

        page = self._page.shown
        if page is not None and any(dimension in c.second for c in page.columns):
            confirm(
                self._desk.theme,
                self._page,
                tr("Take second scores again?"),
                tr("The ones before stay in the file beside these."),
                tr("Keep these"),
                record,
                reason=tr("Why are they taken again?"),
            )
        else:
            record("")

    def ask_flag(self, signal: str, verdict: str) -> None:
        """Ask what the second observation of a red flag showed, and record it."""
        assert self._page.shown is not None
        label = self._page.shown.rubric.signal(signal).label
        confirm(
            self._desk.theme,
            self._page,
            tr("{flag}: {verdict}").format(flag=label, verdict=flag_word(verdict)),
            tr("It stands beside the decision and can’t be undone; a later answer takes its place with its own words."),
            tr("Record it"),
            lambda why: self._page.write(
                partial(debrief.resolve_flag, self._desk.workspace, self._page.id, signal, FlagVerdict(verdict), why)
            ),
            reason=tr("What did the second observation show?"),
        )

    def ask_skip(self) -> None:
        """Ask whether to go to the decision at once."""
        confirm(
            self._desk.theme,
            self._page,
            tr("Skip the dimensions that are left?"),
            tr("That they were not talked about is kept with the debrief. Ctrl+Z takes it back."),
            tr("Skip to the decision"),
            lambda _reason: self._page.write(partial(debrief.skip_rest, self._desk.workspace, self._page.debrief)),
        )

    def confirm(self) -> None:
        """Say what will be recorded, and record it."""
        page, new = self._page.shown, self._page.conclude.form.new_decision()
        assert page is not None
        confirm(
            self._desk.theme,
            self._page,
            tr("{name}: {verdict}").format(name=page.name, verdict=decision_words(new.verdict, new.level, page.level)),
            tr("A recorded decision is never edited. It is changed only by a new one, with its reason."),
            tr("Record decision"),
            lambda _reason: self._page.write(
                partial(decision.decide, self._desk.workspace, self._page.id, new),
                lambda _changed: self._desk.say(tr("The decision on {name} is recorded.").format(name=page.name)),
            ),
        )
