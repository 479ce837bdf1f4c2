"""What a session has done to a file beside the window: opening, making, keeping and closing it.

Each brings its own imports, so that the window is painted before them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.desk.work import Progress

if TYPE_CHECKING:
    from app.store.workspace import Workspace


Make = Callable[[Path, Progress], Path]
"""Writes a file and gives its path, which may have another ending."""


def open_file(path: Path, clock: Callable[[], datetime] | None) -> Workspace:
    """Open the file in its window."""
    from app.actions.member_level import levels_come  # noqa: PLC0415  (in the writing thread, beside the painted window)
    from app.store.partial_files import data_folder  # noqa: PLC0415
    from app.store.workspace import open_workspace, utc_now  # noqa: PLC0415

    workspace = open_workspace(path, window=True, backups=data_folder(), clock=clock or utc_now)
    try:
        levels_come(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def make_new_file(path: Path, _progress: Progress, roles: Sequence[str] | None = None) -> Path:
    """A new workspace, as a person gets it: with the rubrics of these shipped roles, else with the first one."""
    from app.exchange.new_workspace import make_new  # noqa: PLC0415

    return make_new(path) if roles is None else make_new(path, roles)


def roles_to_begin_with() -> tuple[tuple[str, str], ...]:
    """The roles whose rubrics come along, as folder and title."""
    from app.exchange.shipped import shipped_roles  # noqa: PLC0415

    return tuple((role.folder, role.title) for role in shipped_roles())


def make_sample_file(path: Path, progress: Progress) -> Path:
    """The sample."""
    from app.exchange.sample import make_sample  # noqa: PLC0415
    from app.packets.printables import print_hiring_packet  # noqa: PLC0415

    return make_sample(path, print_hiring_packet, progress)


def make_from_export(path: Path, progress: Progress, source: Path) -> Path:
    """A workspace out of an export of everything."""
    from app.store.everything_in import bring_everything  # noqa: PLC0415
    from app.store.reading import while_wanted  # noqa: PLC0415

    with while_wanted(progress.check):
        return bring_everything(path, source, progress)


def let_file_go(workspace: Workspace) -> None:
    """Drop what undo can want no more, and close; a file that is not this window's any more is only let go."""
    from app.actions.export_records import drop_unused_bytes  # noqa: PLC0415

    try:
        if workspace.lost is None:
            drop_unused_bytes(workspace)
    finally:
        workspace.close()


def put_back(backup: Path, path: Path, _progress: Progress) -> Path:
    """Put a backup in the place of the closed workspace."""
    from app.store.backup import restore  # noqa: PLC0415

    restore(path, backup, datetime.now(UTC))
    return path


def back_up(workspace: Workspace, progress: Progress) -> datetime:
    """Make a backup, and say when. Given up where the window closes: nothing of it stays."""
    from app.store.backup import make_backup  # noqa: PLC0415
    from app.store.partial_files import data_folder  # noqa: PLC0415
    from app.store.reading import while_wanted  # noqa: PLC0415

    now = datetime.now(UTC)
    with while_wanted(progress.check):
        make_backup(workspace, data_folder(), now)
    return now


def due(workspace: Workspace) -> dict[str, int]:
    """How many things wait at each place."""
    from app.queries.today import waiting_by_place  # noqa: PLC0415

    return waiting_by_place(workspace)
