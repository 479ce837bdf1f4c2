"""Ladders in on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from app.actions.guide import adopt
from app.cli.output import say
from app.errors import Refused
from app.exchange.ladder_map import MAPPED, LadderMap, corrected
from app.exchange.ladders import Source, build, guess_map, looks_like_one, read_ladder
from app.queries.guide import guide_rows
from app.store.workspace import Workspace
from app.words import ntr, tr


def import_guide(writing: Callable[[Path], AbstractContextManager[Workspace]], chosen: argparse.Namespace) -> None:
    """Bring a ladder in as a version of a guide, read in the most likely way. Raises LadderError with the line."""
    source = read_ladder(chosen.source)
    map_ = _map(source, chosen.map or [])
    guide = build(source, map_)
    if not chosen.map and source.guide is None and not looks_like_one(guide):
        raise Refused(
            tr("{name} does not look like a ladder: no text in it says what a level asks.").format(name=source.name),
            tr("It would be read like this: {map}. Say it with --map where it is one.").format(map=_in_words(map_)),
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
    }
    beside = " " + tr("Kept beside it: {names}.").format(names=", ".join(kept)) if kept else ""
    if chosen.dry_run:
        words = tr("Would bring in “{name}”: {size}.{beside} Nothing was changed.")
        read = "" if source.guide is not None else "\n" + tr("Read like this: {map}.").format(map=_in_words(map_))
        say(chosen, words.format(name=guide.name, size=size, beside=beside) + read, **facts)
        return
    with writing(chosen.file) as workspace:
        done = adopt(workspace, guide, chosen.source.name)
        row = next(r for r in guide_rows(workspace) if r.id == done.subject)
    words = tr("“{name}” is in as version {version}: {size}.{beside}")
    if not done.changes:
        words = tr("“{name}” is there already, as version {version}: {size}.{beside}")
    sentence = words.format(name=guide.name, version=row.version, size=size, beside=beside)
    say(chosen, sentence, guide=done.subject, version=row.version, added=bool(done.changes), **facts)


def _map(source: Source, pairs: list[str]) -> LadderMap:
    try:
        return corrected(guess_map(source), pairs)
    except ValueError as wrong:
        raise Refused(
            tr("“{words}” is nothing a ladder can be read by.").format(words=wrong),
            tr("Say field=place, with one of: {names}.").format(names=", ".join(MAPPED)),
        ) from wrong


def _said(map_: LadderMap) -> dict[str, str]:
    return {name: value for name in MAPPED if (value := getattr(map_, name)) and name != "name"}


def _in_words(map_: LadderMap) -> str:
    return " ".join(f"{name}={value}" for name, value in _said(map_).items())
