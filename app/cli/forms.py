"""Scorecard forms back on the command line."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.output import say
from app.exchange.scorecard_form import FormVerdict, bring_all, forms_at
from app.store.workspace import Workspace
from app.words import ntr


def import_scorecards(workspace: Workspace, chosen: argparse.Namespace) -> bool:
    """Bring the forms of a folder in; False where one was turned down. Those that fit are in."""
    found = [verdict for verdict, _ in bring_all(workspace, forms_at(chosen.source), held=chosen.held)]
    accepted = [v for v in found if v.fits]
    if chosen.json:
        say(
            chosen, "", accepted=len(accepted), turned_down=len(found) - len(accepted), forms=[_entry(v) for v in found]
        )
    else:
        for verdict in found:
            say(chosen, f"{verdict.name}: {verdict.sentence} {verdict.remedy if not verdict.fits else ''}".strip())
        say(
            chosen,
            ntr("{n} card is in", "{n} cards are in", len(accepted))
            + ntr(", {n} form turned down.", ", {n} forms turned down.", len(found) - len(accepted)),
        )
    return len(accepted) == len(found)


def _entry(verdict: FormVerdict) -> dict[str, Any]:
    return {
        "file": verdict.name,
        "accepted": verdict.fits,
        "reason": verdict.reason,
        "sentence": verdict.sentence,
        "interview": verdict.interview,
        "card": verdict.card,
        "lacking": list(verdict.lacking),
    }
