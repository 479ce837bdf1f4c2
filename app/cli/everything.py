"""Everything on the command line: as JSON that becomes a workspace again, and as the tables one may see."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from app.actions.export_records import whole_left
from app.cli.output import say
from app.cli.usage import EVERYTHING
from app.errors import Refused
from app.phrases.everything import carries_everything, tables_left_words
from app.store.workspace import Workspace
from app.words import tr

Writing = Callable[[Path], AbstractContextManager[Workspace]]


def export_whole(writing: Writing, chosen: argparse.Namespace) -> None:
    """Everything, or the tables. Raises Refused where it was not said that what is sealed may go along."""
    if chosen.what == EVERYTHING and not chosen.with_sealed:
        raise Refused(carries_everything(), tr("Say --with-sealed if that is meant."))
    with writing(chosen.file) as workspace:
        if chosen.what == EVERYTHING:
            _export_everything(workspace, chosen)
        else:
            _export_tables(workspace, chosen)


def _export_everything(workspace: Workspace, chosen: argparse.Namespace) -> None:
    from app.actions.everything import everything_written  # noqa: PLC0415  (each command imports what it needs)

    whole_left(workspace, everything_written(workspace, chosen.out))
    words = tr("Everything is in {path}, as it was before this was recorded in the history. Only you may read it.")
    say(chosen, words.format(path=chosen.out), path=str(chosen.out))


def _export_tables(workspace: Workspace, chosen: argparse.Namespace) -> None:
    from app.exchange.tables_folder import tables_written  # noqa: PLC0415

    written, left_out = tables_written(workspace, chosen.out, chosen.format or "csv")
    whole_left(workspace, written)
    words = tables_left_words(str(chosen.out), left_out)
    say(chosen, words, path=str(chosen.out), format=chosen.format or "csv", left_out=dict(left_out))


def import_everything(chosen: argparse.Namespace) -> None:
    """A new workspace of an export of everything. Raises Refused where FILE exists."""
    from app.store.everything_in import bring_everything  # noqa: PLC0415
    from app.store.partial_files import sweep  # noqa: PLC0415

    sweep()
    made = bring_everything(chosen.file, chosen.source)
    words = tr("Everything in {source} is in {path}, checked and sound.")
    say(chosen, words.format(source=chosen.source, path=made), workspace=str(made))
