"""Ladders in on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from app.actions.guide import adopt
from app.cli.output import say
from app.errors import Refused
from app.exchange.ladder_map import MAPPED, LadderMap
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladder_said import said_map
from app.exchange.ladder_words import reading_words
from app.exchange.ladders import build, looks_like_one
from app.queries.guide import guide_rows
from app.store.workspace import Workspace
from app.words import ntr, tr


def import_guide(writing: Callable[[Path], AbstractContextManager[Workspace]], chosen: argparse.Namespace) -> None:
    """Bring a ladder in as a version of a guide, read in the most likely way. Raises LadderError with the line."""
    source = read_ladder(chosen.source, encoding=chosen.encoding)
    map_ = said_map(source, chosen.map or [])
    guide = build(source, map_)
    read = reading_words(source, map_, guide)
    if not chosen.map and source.guide is None and not looks_like_one(guide):
        raise Refused(
            tr("{name} does not look like a ladder: no text in it says what a level asks.").format(name=source.name),
            tr("It would be read like this: {words} Say with --map how, where it is one.").format(words=" ".join(read)),
        )
    size = ntr("{n} level", "{n} levels", len(guide.levels)) + ntr(
        " of {n} dimension", " of {n} dimensions", len(guide.dimensions)
    )
    kept = [e.name for e in guide.extras]
    facts = {
        "name": guide.name,
        "levels": len(guide.levels),
        "dimensions": len(guide.dimensions),
        "kept": kept,
        "dry_run": chosen.dry_run,
        "map": {} if source.guide is not None else _said(map_),
        "read": read,
    }
    beside = " " + tr("Kept beside it: {names}.").format(names=", ".join(kept)) if kept else ""
    if chosen.dry_run:
        words = tr("Would bring in “{name}”: {size}.{beside} Nothing was changed.")
        how = "\n".join(["", tr("Read like this:"), *read]) if read else ""
        say(chosen, words.format(name=guide.name, size=size, beside=beside) + how, **facts)
        return
    with writing(chosen.file) as workspace:
        done = adopt(workspace, guide, chosen.source.name)
        row = next(r for r in guide_rows(workspace) if r.id == done.subject)
    words = tr("“{name}” is in as version {version}: {size}.{beside}")
    if not done.changes:
        words = tr("“{name}” is there already, as version {version}: {size}.{beside}")
    sentence = " ".join([words.format(name=guide.name, version=row.version, size=size, beside=beside), *source.remarks])
    say(chosen, sentence, guide=done.subject, version=row.version, added=bool(done.changes), **facts)


def _said(map_: LadderMap) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name in (*MAPPED, "across"):
        value = getattr(map_, name)
        if value and name != "name":
            found[name] = list(value) if isinstance(value, tuple) else value
    return found
