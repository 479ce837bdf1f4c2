"""Members and assessment forms in on the command line."""

from __future__ import annotations

import argparse

from app.actions.member_import import import_all
from app.cli.output import say
from app.errors import Refused
from app.exchange.assessment_form import bring_assessments
from app.exchange.candidate_import import LARGEST
from app.exchange.member_import import read_members
from app.exchange.scorecard_form import forms_at
from app.store.files import bytes_in
from app.store.workspace import Workspace
from app.words import ntr, tr


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


def import_members(workspace: Workspace, chosen: argparse.Namespace) -> bool:
    """Bring the members of a table in, all or none."""
    try:
        content = bytes_in(chosen.source, LARGEST + 1)
    except OSError as error:
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=chosen.source, why=error.strerror),
            tr("Check its name."),
        ) from error
    people, unknown = read_members(content)
    done = import_all(workspace, people, dry_run=chosen.dry_run)
    words = tr("Would bring in: {what} Nothing was changed.").format(what=done.words) if chosen.dry_run else done.words
    if unknown:
        words += " " + tr("Not read: {headings}.").format(headings=", ".join(unknown))
    say(
        chosen,
        words,
        added=len(done.added),
        known=len(done.known),
        differs=list(done.differs),
        dry_run=chosen.dry_run,
        not_read=list(unknown),
    )
    return True
