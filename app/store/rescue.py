"""What a window holds of a file that was taken from under it, saved beside the place where the file was."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.errors import Refused, Replaced
from app.store import sqlite
from app.store.files import take_place
from app.store.partial_files import part_of
from app.words import tr


def rescue(engine: Engine, path: Path, otherwise: Path | None = None) -> Path | None:
    """Copy what the open connection holds to "NAME (rescued)" beside `path`, else into the folder `otherwise`.

    None where it can't be put together any more, or can be written nowhere.
    """
    for folder in filter(None, (path.parent, otherwise)):
        target = _free(folder, tr("{name} (rescued)").format(name=path.stem), path.suffix)
        try:
            with part_of(target) as aside:
                sqlite.copy_database(engine, aside)
                if not _holds(aside):
                    return None
                take_place(aside, target)
        except (OSError, Refused, DBAPIError):
            continue
        return target
    return None


def after_rescue(lost: Replaced, rescued: Path | None) -> Replaced:
    """The failure, saying where what the window held is now; `rescued` is None where it could not be saved."""
    remedy = tr("Nothing more is saved to it. Close this window, and see what lies there.")
    if rescued is not None:
        remedy = tr("Nothing more is saved to it. What this window held is in {path}: open that.").format(path=rescued)
    return Replaced(lost.sentence, remedy, rescued)


def _free(folder: Path, name: str, suffix: str) -> Path:
    target = folder / f"{name}{suffix}"
    for number in count(2):
        if not target.exists():
            break
        target = folder / f"{name} {number}{suffix}"
    return target


def _holds(copy: Path) -> bool:
    engine = sqlite.connect(copy, writing=False)
    try:
        with sqlite.transaction(engine, copy) as connection:
            return not sqlite.integrity(connection)
    except Refused:
        return False
    finally:
        engine.dispose()
