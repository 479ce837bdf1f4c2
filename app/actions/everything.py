"""Everything is written to leave the workspace and become a workspace elsewhere: as it is, before that is recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import Damaged, Refused
from app.store.check import check_workspace
from app.store.everything_lines import NotRead
from app.store.everything_out import write_everything
from app.store.workspace import Workspace
from app.store.written_aside import WrittenAside, file_aside
from app.words import tr

_CHECKED = 0.4  # of the way
Told = Callable[[float], object]


def everything_written(workspace: Workspace, target: Path, told: Told = lambda _fraction: None) -> WrittenAside:
    """Write everything aside, as it is now and before it is recorded that it left: what comes back is equal to that.

    `told` may raise to stop it. Raises Damaged where the workspace is not sound, which would not come back; Refused
    and ReadOnly where it can't be written.
    """
    with file_aside(target) as (written, out):
        findings = check_workspace(workspace)
        if findings:
            raise Damaged(
                tr("The workspace is not sound, and would not come back: {what}").format(what=findings[0].sentence),
                tr("“tenfold check” says all of it; a backup that holds can be restored."),
            )
        told(_CHECKED)
        try:
            with workspace.read() as connection:
                write_everything(connection, out, lambda part: told(_CHECKED + (1 - _CHECKED) * part))
        except NotRead as error:
            raise Refused(
                tr("Everything can’t be exported: {why}.").format(why=error),
                tr("Save a copy of the workspace instead; “tenfold check” says what is wrong with it."),
            ) from None
    return written
