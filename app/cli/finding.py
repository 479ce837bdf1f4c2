"""`tenfold find`: what the workspace's user may see, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.cli.output import say_json, say_line
from app.errors import ReadOnly
from app.queries.search import Hit, search
from app.store.partial_files import data_folder
from app.store.workspace import open_workspace, read_workspace
from app.words import tr

_MOST = 50


def find(path: Path, words: str, *, as_json: bool) -> bool:
    """Say at most 50 hits of each group; gives whether there are any. Raises as opening a file does."""
    hits = _hits(path, words)
    if as_json:
        say_json([_entry(hit) for hit in hits], indent=1)
        return bool(hits)
    for hit in hits:
        text = "  ".join(part for part in (hit.title, hit.where, hit.text) if part)
        say_line(text)
    if not hits:
        say_line(tr("Nothing has these words."))
    return bool(hits)


def _hits(path: Path, words: str) -> Sequence[Hit]:
    """What changed is indexed first, where the file may be written."""
    try:
        workspace = open_workspace(path, backups=data_folder())
    except ReadOnly:
        workspace = read_workspace(path)
    try:
        return search(workspace, words, _MOST)
    finally:
        workspace.close()


def _entry(hit: Hit) -> dict[str, object]:
    return {
        "group": hit.group.name.lower(),
        "title": hit.title,
        "where": hit.where,
        "text": hit.text,
        "place": hit.place,
        "private": hit.private,
        **dict(hit.target),
    }
