"""Kits out and forms back on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.output import named, say
from app.errors import ReadOnly
from app.exchange.scorecard_form import FormVerdict, bring_all, forms_at
from app.packets.application_files import hand_out_kit, kit_name, make_kit
from app.queries.kit import kit_rows, without_card
from app.store.files import kept_beside, unused_name
from app.store.partial_files import make_private_folder
from app.store.workspace import Workspace
from app.words import ntr, tr


def export_kits(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """One kit to a PDF, or one for every interview of an opening with no card yet into a folder."""
    if chosen.interview is not None:
        packet, facts = make_kit(workspace, chosen.interview)
        hand_out_kit(workspace, packet, facts, chosen.out)
        words = ntr("{n} page", "{n} pages", packet.pages)
        words += tr(" in {path}, packet {number}, form {form}.").format(
            path=named(chosen.out), number=packet.number, form=facts.spec.form_id
        )
        say(
            chosen,
            words,
            packet=str(chosen.out),
            number=packet.number,
            sha256=packet.sha256,
            pages=packet.pages,
            form=facts.spec.form_id,
        )
        return
    wanted = without_card(kit_rows(workspace, chosen.opening))
    folder = _folder(chosen.out)
    made: list[dict[str, Any]] = []
    for row in wanted:
        packet, facts = make_kit(workspace, row.interview)
        target = folder / unused_name(kit_name(facts), [Path(m["packet"]).name for m in made])
        target = kept_beside(target, packet.bytes)
        hand_out_kit(workspace, packet, facts, target)
        made.append({"interview": row.interview, "packet": str(target), "number": packet.number})
    say(chosen, ntr("{n} kit in", "{n} kits in", len(made)) + f" {folder}.", kits=made)


def _folder(path: Path) -> Path:
    try:
        if not path.is_dir():
            make_private_folder(path)
    except OSError as error:
        raise ReadOnly(
            tr("{path} can’t be a folder: {why}.").format(path=path, why=error.strerror or error),
            tr("Choose another folder."),
        ) from error
    return path


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
