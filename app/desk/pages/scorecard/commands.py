"""What can be done on a scorecard, with its keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.desk.commands import Command
from app.desk.pages.scorecard.brief import BriefPane
from app.desk.pages.scorecard.submission import CardSubmission
from app.words import tr

if TYPE_CHECKING:
    from app.desk.pages.scorecard.page import ScorecardPage


def card_commands(page: ScorecardPage, brief: BriefPane, declaring: CardSubmission) -> Sequence[Command]:
    """Plain keys work where no text is typed, those of scores on the open dimension; Escape leaves a text."""
    where, mine, there = tr("Scorecard"), page.can_write, page.has_card
    scores = [
        Command(
            f"scorecard.score.{n}",
            tr("Score {n}").format(n=n),
            partial(page.score, n),
            (str(n),),
            where,
            mine,
            listed=False,
            keyed=page.scores_here,
        )
        for n in (1, 2, 3, 4)
    ]
    return [
        *scores,
        Command("scorecard.none", tr("Not assessed"), page.ask_reason, ("0",), where, mine, keyed=page.scores_here),
        Command(
            "scorecard.clear",
            tr("Take the score back"),
            page.clear,
            ("Backspace",),
            where,
            mine,
            keyed=page.scores_here,
        ),
        Command("scorecard.next", tr("Next dimension"), partial(page.step, 1), ("N",), where, there),
        Command("scorecard.back", tr("Previous dimension"), partial(page.step, -1), ("P",), where, there),
        Command("scorecard.examples", tr("What this score looked like here"), page.show_examples, ("L",), where, there),
        Command("scorecard.evidence", tr("Write evidence"), page.focus_evidence, ("E",), where, mine),
        Command("scorecard.note", tr("Write a note"), brief.entry.setFocus, ("T",), where, mine),
        Command("scorecard.vote", tr("Overall vote"), page.vote.focus, ("V",), where, mine),
        Command("scorecard.submit", tr("Submit the card"), declaring.ask_submit, ("Ctrl+Shift+Return",), where, mine),
        Command("scorecard.discard", tr("Throw this draft away"), declaring.discard, (), where, mine),
    ]
