"""What is declared in a debrief, each asked once: second scores, red flags, the decision; and skipping the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.actions import debrief, decision
from app.actions.decision import NewDecision
from app.desk.parts.decisions import decision_words
from app.desk.parts.side_panel import confirm
from app.desk.parts.subject_page import SubjectPage
from app.domain.debrief import FlagVerdict
from app.phrases.rubric import flag_word
from app.queries.debrief import DebriefView
from app.words import ntr, tr


class DebriefDeclarations:
    """Asks and writes for the debrief that is shown on a page."""

    def __init__(self, page: SubjectPage[DebriefView]) -> None:
        self._page = page
        self._desk, self._workspace = page.desk, page.workspace

    @property
    def _shown(self) -> DebriefView:
        assert self._page.shown is not None
        return self._page.shown

    def vote(self, taken: Callable[[], None], dimension: str, scores: dict[int, int | None]) -> None:
        """Keep second scores, then say that they were taken; another time they need a reason."""
        page = self._shown
        assert page.debrief is not None
        action = partial(debrief.score_again, self._workspace, page.debrief, dimension, scores)

        def record(reason: str) -> None:
            self._page.act(partial(action, reason), lambda _changed: taken())

        if any(dimension in c.second for c in page.columns):
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
        page = self._shown
        label = page.rubric.signal(signal).label
        confirm(
            self._desk.theme,
            self._page,
            tr("{flag}: {verdict}").format(flag=label, verdict=flag_word(verdict)),
            tr("It stands beside the decision and can’t be undone; a later answer takes its place with its own words."),
            tr("Record it"),
            lambda why: self._page.act(
                partial(debrief.resolve_flag, self._workspace, page.application, signal, FlagVerdict(verdict), why)
            ),
            reason=tr("What did the second observation show?"),
        )

    def ask_skip(self) -> None:
        """Ask whether to go to the decision at once."""
        row = self._shown.debrief
        assert row is not None
        confirm(
            self._desk.theme,
            self._page,
            tr("Skip the dimensions that are left?"),
            tr("That they were not talked about is kept with the debrief. Ctrl+Z takes it back."),
            tr("Skip to the decision"),
            lambda _reason: self._page.act(partial(debrief.skip_rest, self._workspace, row)),
        )

    def confirm(self, new: NewDecision) -> None:
        """Say what will be recorded, and record it."""
        page = self._shown
        rule = tr("A recorded decision is never edited. It is changed only by a new one, with its reason.")
        deleted = ntr(
            "{n} transcript of these interviews is deleted with it, for good.",
            "{n} transcripts of these interviews are deleted with it, for good.",
            page.transcripts,
        )
        confirm(
            self._desk.theme,
            self._page,
            tr("{name}: {verdict}").format(name=page.name, verdict=decision_words(new.verdict, new.level, page.level)),
            f"{rule} {deleted}" if page.transcripts else rule,
            tr("Record decision"),
            lambda _reason: self._page.act(
                partial(decision.decide, self._workspace, page.application, new),
                said=tr("The decision on {name} is recorded.").format(name=page.name),
            ),
        )
