"""What can be done in a calibration by its name or its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.desk.commands import Command
from app.words import tr

if TYPE_CHECKING:
    from app.desk.pages.calibration.page import CalibrationPage


def calibration_commands(page: CalibrationPage) -> Sequence[Command]:
    """The commands of the page."""
    where, deeds, files = tr("Calibration"), page.deeds, page.files
    there, held, prepared = (lambda: page.shown is not None), page.is_held, page.is_prepared
    return (
        Command("calibration.new", tr("New calibration"), deeds.open_form, ("Ctrl+N",), where),
        Command("calibration.edit", tr("Edit this calibration"), deeds.open_edit, (), where, prepared),
        Command("calibration.begin", tr("Begin the session"), deeds.ask_begin, (), where, prepared),
        Command("calibration.scores", tr("Second scores"), page.focus_scores, ("F2",), where, held),
        Command("calibration.note", tr("Note on this member"), page.focus_note, ("Ctrl+T",), where, held),
        Command("calibration.outcome", tr("Go to the outcome"), page.focus_outcome, ("Ctrl+D",), where, held),
        Command(
            "calibration.record", tr("Record the outcome"), page.session.form.check, ("Ctrl+Shift+Return",), where, held
        ),
        Command("calibration.next", tr("Next member on the agenda"), page.go_next, ("Ctrl+Return",), where, held),
        Command("calibration.close", tr("Close the calibration"), deeds.ask_close, (), where, held),
        Command("calibration.reopen", tr("Reopen the calibration"), deeds.ask_reopen, (), where, page.is_closed),
        Command("calibration.rows", tr("To the members"), page.focus_rows, ("Ctrl+M",), where, there),
        Command("calibration.ballots", tr("Ballots as PDF"), files.ask_ballots, (), where, there),
        Command("calibration.minutes", tr("Minutes as PDF"), files.ask_minutes, ("Ctrl+Shift+P",), where, there),
        Command("calibration.packets", tr("Promotion packets as PDF"), files.ask_packets, (), where, there),
    )
