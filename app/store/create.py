"""A new workspace: it has its name only once it is whole."""

from __future__ import annotations

import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.operations import Op
from app.errors import ReadOnly, Refused
from app.store import sqlite
from app.store.files import create_private, give_name, make_durable
from app.store.header import SUFFIX
from app.store.partial_files import part_of
from app.store.schema import build
from app.store.step import Step
from app.store.tables import Setting
from app.store.workspace import Clock, Workspace, open_workspace, utc_now
from app.words import tr


def create_workspace(
    path: Path,
    *,
    clock: Clock = utc_now,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
    time_zone: str = "UTC",
    window: bool = False,
) -> Workspace:
    """Make a new, empty workspace at `path`; the suffix `.tenfold` is added where it is missing.

    Raises Refused where a file of that name exists, ReadOnly where it can't be made. Nothing half is left.
    """
    with at_last(path) as (aside, path):
        _build(aside, clock, entropy, time_zone)
    return open_workspace(path, clock=clock, entropy=entropy, window=window, logged=True)


@contextmanager
def making(
    path: Path,
    *,
    clock: Clock = utc_now,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
    time_zone: str = "UTC",
) -> Iterator[tuple[Workspace, Path]]:
    """A new workspace to be filled in the block, and the path it will have; it gets that name when the block is left.

    Raises as `create_workspace`.
    """
    with at_last(path) as (aside, path):
        _build(aside, clock, entropy, time_zone)
        workspace = open_workspace(aside, clock=clock, entropy=entropy, logged=True)
        try:
            yield workspace, path
        finally:
            workspace.close()


@contextmanager
def at_last(path: Path) -> Iterator[tuple[Path, Path]]:
    """Where a new workspace is written in the block, and the path it gets when the block is left; where the block
    fails nothing stays. Raises as `create_workspace`."""
    path = _named(path)
    with _told(path), part_of(path) as aside:
        yield aside, path
        give_name(aside, path)


def _named(path: Path) -> Path:
    try:
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        path = path.expanduser().absolute()
        path.lstat()
        there = True
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        there = False
    except (OSError, ValueError, RuntimeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or tr("it is no name of a file")
        raise ReadOnly(
            tr("{path} can’t be made: {why}.").format(path=path, why=why), tr("Choose another name.")
        ) from error
    if there:
        raise Refused(tr("{path} exists already.").format(path=path), tr("Open it, or choose another name."))
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise ReadOnly(
            tr("Nothing can be written in {folder}.").format(folder=path.parent), tr("Choose another folder.")
        )
    return path


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise Refused(tr("{path} exists already.").format(path=path), tr("Open it, or choose another name.")) from error
    except OSError as error:
        raise ReadOnly(
            tr("{path} could not be written: {why}.").format(path=path, why=error.strerror or error),
            tr("Choose another folder, or free some space."),
        ) from error


def _build(path: Path, clock: Clock, entropy: Callable[[int], bytes], time_zone: str) -> None:
    create_private(path)
    engine = sqlite.connect(path, writing=True)
    try:
        with sqlite.transaction(engine, path) as connection:
            build(connection)
            step = Step(connection, Op.CREATE_WORKSPACE, None, clock(), entropy)
            step.add(Setting, id=1, key=uuid.uuid4().hex, created_at=clock(), time_zone=time_zone)
            step.commit_history()
    finally:
        engine.dispose()
    make_durable(path.parent)
