"""Assessment forms and calibrations in on the command line; the team, assessments and outcomes out."""

from __future__ import annotations

import argparse

from app.actions.calibration_import import bring_calibration
from app.cli.output import named, say
from app.exchange.assessment_form import bring_assessments
from app.exchange.calibration_file import read_calibration
from app.exchange.growth_tables import growth_table_file
from app.exchange.scorecard_form import forms_at
from app.queries.team_tables import GROWTH_TABLES
from app.store.files import replace_file
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


def import_calibration(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """Prepare a calibration as a file has it. Raises Refused with every line that names nobody."""
    done = bring_calibration(workspace, read_calibration(chosen.source, chosen.encoding), dry_run=chosen.dry_run)
    words = tr("Would bring in {what} Nothing was changed.").format(what=done.words) if chosen.dry_run else done.words
    say(
        chosen,
        words,
        calibration=done.calibration,
        name=done.name,
        members=done.members,
        asked=done.asked,
        seats=done.seats,
        dry_run=chosen.dry_run,
    )


def export_growth_table(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """The team, assessments or outcomes, of which those that are sealed are counted. Raises NotFound."""
    table = GROWTH_TABLES[chosen.what](workspace, chosen.cycle)
    form = chosen.format or "csv"
    replace_file(chosen.out, growth_table_file(table, form))
    said = ntr("{n} row in {{path}}.", "{n} rows in {{path}}.", len(table.rows)).format(path=named(chosen.out))
    if table.left_out:
        left = ntr("{n} more is sealed to you.", "{n} more are sealed to you.", table.left_out)
        said = f"{said} {left}"
    say(chosen, said, path=str(chosen.out), format=form, rows=len(table.rows), left_out=table.left_out)
