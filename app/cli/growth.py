"""Assessment forms in on the command line."""

from __future__ import annotations

import argparse

from app.cli.output import say
from app.exchange.assessment_form import bring_assessments
from app.exchange.scorecard_form import forms_at
from app.store.workspace import Workspace
from app.words import ntr


def import_assessments(workspace: Workspace, chosen: argparse.Namespace) -> bool:
    """Bring the forms of a folder in; False where one was turned down. Those that fit are in."""
    results = bring_assessments(workspace, forms_at(chosen.source))
    lines = [
        {
            "file": verdict.name,
            "in": changed is not None,
            "reason": str(verdict.reason) if verdict.reason else None,
            "sentence": verdict.sentence,
            "remedy": verdict.remedy,
            "assessment": verdict.assessment,
        }
        for verdict, changed in results
    ]
    came = sum(changed is not None for _, changed in results)
    words = ntr("{n} form came in", "{n} forms came in", came)
    words += ntr(", {n} was turned down.", ", {n} were turned down.", len(results) - came)
    if not chosen.json:
        for line in lines:
            say(chosen, f"{line['file']}: {line['sentence']} {line['remedy']}".strip())
    say(chosen, words, forms=lines, came_in=came, turned_down=len(results) - came)
    return came == len(results)
