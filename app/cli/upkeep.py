"""The file itself on the command line: checked, backed up, restored."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from app.cli.output import say, say_json, say_line
from app.store.check import compare_file
from app.store.compare import Compared, Why
from app.store.partial_files import data_folder
from app.store.workspace import Workspace
from app.words import ntr, tr


def check(chosen: argparse.Namespace) -> bool:
    """Say what does not hold, and what could not be compared; whether it is sound."""
    compared = compare_file(chosen.file)
    findings = compared.findings
    if chosen.json:
        rows = [{"subject": f.subject, "finding": f.sentence} for f in findings]
        beside = {str(why): count for why in Why if (count := compared.count(why))}
        say_json({"sound": not findings, "findings": rows, "not_compared": beside}, indent=1)
        return not findings
    for finding in findings:
        say_line(finding.sentence)
    if not findings:
        say_line(
            tr(
                "{path} is sound: the file, its history, every row the history tells of, and every submitted card."
            ).format(path=chosen.file)
        )
    for line in _not_compared(compared):
        say_line(line)
    return not findings


def _not_compared(compared: Compared) -> list[str]:
    counts = {why: compared.count(why) for why in Why}
    lines = [
        (Why.DRAFT, ntr("{n} row of a draft", "{n} rows of drafts", counts[Why.DRAFT])),
        (Why.TYPED, ntr("{n} row being typed in", "{n} rows being typed in", counts[Why.TYPED])),
        (
            Why.UNDECLARED,
            ntr(
                "{n} row of a submitted card, in part (when it was begun, notes of one’s own)",
                "{n} rows of submitted cards, in part (when they were begun, notes of one’s own)",
                counts[Why.UNDECLARED],
            ),
        ),
        (Why.ERASED, ntr("{n} row of an erased person", "{n} rows of erased persons", counts[Why.ERASED])),
        (
            Why.MIGRATED,
            ntr(
                "{n} row that an update filled in from others",
                "{n} rows that an update filled in from others",
                counts[Why.MIGRATED],
            ),
        ),
    ]
    said = [words for why, words in lines if counts[why]]
    return [tr("Not compared, because no history tells of it: {what}.").format(what="; ".join(said))] if said else []


def back_up(writing: Callable[[Path], AbstractContextManager[Workspace]], chosen: argparse.Namespace) -> None:
    """Make a backup, opened and checked, and record it."""
    from app.actions.export_records import copy_made  # noqa: PLC0415  (each command imports what it needs)
    from app.phrases.rubric import carries_sealed  # noqa: PLC0415
    from app.store.backup import make_backup  # noqa: PLC0415

    with writing(chosen.file) as workspace:
        if not chosen.json:
            say_line(carries_sealed())
        target = make_backup(workspace, data_folder(), datetime.now(UTC))
        copy_made(workspace, target.name)
    say(chosen, tr("Backed up to {path}, opened and checked.").format(path=target), backup=str(target))


def put_back(chosen: argparse.Namespace) -> None:
    """Put a backup in the workspace's place; say how old it is and what is only in what was there."""
    from app.store.backup import reach, restore  # noqa: PLC0415

    kept = restore(chosen.file, chosen.backup, datetime.now(UTC))
    sentence = tr("{path} is restored.").format(path=chosen.file)
    if kept is not None:
        sentence += " " + tr("What was there is kept in {kept}.").format(kept=kept)
    now, before = reach(chosen.file), reach(kept) if kept is not None else None
    if now is not None:
        sentence += " " + tr("The last change in it is of {at}.").format(at=now.last[:16].replace("T", " ") + " UTC")
    if now is not None and before is not None and before.rows > now.rows:
        less = before.rows - now.rows
        words = ntr(
            "{n} later change is only in what was there.", "{n} later changes are only in what was there.", less
        )
        sentence += " " + words
    say(chosen, sentence, workspace=str(chosen.file), kept=str(kept) if kept else None)
