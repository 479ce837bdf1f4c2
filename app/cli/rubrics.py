"""Rubrics in and out on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from app.actions.rubric import adopt
from app.cli.output import named, say
from app.cli.rubric_check import say_problems
from app.domain.pack import PARTS, Pack
from app.errors import NotFound
from app.exchange.packs import PackError
from app.exchange.rubric_files import FORMATS, read_rubric, rubric_file
from app.phrases.rubric_draft import SECTION_WORDS
from app.queries.rubrics import rubric_at, rubric_rows
from app.store.files import replace_file
from app.store.workspace import Workspace
from app.words import sentence_list, tr


def import_rubric(writing: Callable[[Path], AbstractContextManager[Workspace]], chosen: argparse.Namespace) -> bool:
    """Bring a rubric in as a version; whether that was done. What is no rubric is said whole, by line."""
    try:
        pack = read_rubric(chosen.source)
    except PackError as refused:
        say_problems(refused, as_json=chosen.json)
        return False
    with writing(chosen.file) as workspace:
        done = adopt(workspace, pack)
    said = tr("“{name}” is in.") if done.changes else tr("“{name}” was there already, word for word.")
    if chosen.dry_run:
        said = tr("Would bring in “{name}”. Nothing was changed.")
        said = said if done.changes else tr("“{name}” is there already, word for word.")
    sentence = said.format(name=pack.rubric.words)
    absent = _absent(pack)
    if absent:
        sentence += " " + tr("Without {parts}: what depends on them is not shown.").format(parts=sentence_list(absent))
    say(
        chosen,
        sentence,
        rubric=pack.id,
        version=pack.rubric.version,
        id=None if chosen.dry_run else done.subject,
        added=bool(done.changes),
        dimensions=len(pack.rubric.dimensions),
        without=[name for name in PARTS if getattr(pack, name) is None],
        dry_run=chosen.dry_run,
    )
    return True


def export_rubric(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """A version of a rubric, or the newest of the one that is named, as YAML or XLSX. Raises NotFound."""
    version = _version(workspace, chosen.rubric)
    pack = rubric_at(workspace, version)
    form = chosen.format or FORMATS[0]
    replace_file(chosen.out, rubric_file(pack, form))
    words = tr("“{name}” is in {path}.").format(name=pack.rubric.words, path=named(chosen.out))
    say(chosen, words, path=str(chosen.out), rubric=version, format=form)


def _version(workspace: Workspace, wanted: int | str) -> int:
    if isinstance(wanted, int):
        return wanted
    found = next((row.id for row in rubric_rows(workspace) if row.newest and row.pack == wanted), None)
    if found is None:
        raise NotFound(
            tr("There is no rubric “{name}” here.").format(name=wanted), tr("“tenfold list FILE rubrics” shows them.")
        )
    return found


def _absent(pack: Pack) -> list[str]:
    return [SECTION_WORDS[name].lower() for name in PARTS if getattr(pack, name) is None]
