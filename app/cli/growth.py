"""Members, assessment forms, ballots, minutes and promotion packets on the command line."""

from __future__ import annotations

import argparse

from app.actions.member_import import import_all
from app.cli.output import named, say
from app.errors import ReadOnly, Refused
from app.exchange.assessment_form import bring_assessments
from app.exchange.candidate_import import LARGEST
from app.exchange.member_import import read_members
from app.exchange.scorecard_form import forms_at
from app.packets.calibration_files import (
    hand_out_ballots,
    hand_out_made,
    hand_out_minutes,
    hand_out_promotion,
    make_ballots,
    make_forms,
    make_minutes,
    make_promotion_packet,
)
from app.store.files import bytes_in
from app.store.partial_files import make_private_folder
from app.store.workspace import Workspace
from app.words import ntr, tr


def export(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """Forms of who is due into a folder, the ballots, the minutes, or a promotion packet."""
    if chosen.what == "assessment-form":
        try:
            if not chosen.out.is_dir():
                make_private_folder(chosen.out)
        except OSError as error:
            raise ReadOnly(
                tr("{path} can’t be a folder: {why}.").format(path=chosen.out, why=error.strerror or error),
                tr("Choose another folder."),
            ) from error
        made = make_forms(workspace, chosen.cycle)
        for form in made:
            hand_out_made(workspace, form, chosen.out)
        words = ntr("{n} form in", "{n} forms in", len(made)) + f" {chosen.out}."
        say(chosen, words, forms=[str(chosen.out / form.name) for form in made])
        return
    if chosen.what == "minutes":
        packet = make_minutes(workspace, chosen.cycle)
        hand_out_minutes(workspace, chosen.cycle, packet, chosen.out)
    elif chosen.what == "ballots":
        packet = make_ballots(workspace, chosen.cycle)
        hand_out_ballots(workspace, chosen.cycle, packet, chosen.out)
    else:
        packet = make_promotion_packet(workspace, chosen.member)
        hand_out_promotion(workspace, chosen.member, packet, chosen.out)
    words = ntr("{n} page", "{n} pages", packet.pages)
    words += tr(" in {path}, packet {number}.").format(path=named(chosen.out), number=packet.number)
    say(chosen, words, packet=str(chosen.out), number=packet.number, sha256=packet.sha256, pages=packet.pages)


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
