"""What the workspace itself remembers: paper, time zone, and the day a sample keeps."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.operations import Op
from app.domain.transcript import Keeping
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.tables import Setting
from app.store.workspace import Workspace
from app.words import tr


def set_paper(workspace: Workspace, paper: str) -> ChangeReport:
    """Packets on "A4" or "Letter"."""
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, paper=paper)
        step.words = tr("paper {paper}").format(paper=paper)
    return step.report()


def set_time_zone(workspace: Workspace, name: str) -> ChangeReport:
    """Times on screen and on paper in an IANA zone, such as Europe/Paris. Raises Refused for an unknown one."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            tr("There is no time zone “{name}”.").format(name=name),
            tr("Choose one from the list, such as Europe/Paris."),
        ) from error
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, time_zone=name)
        step.words = tr("time zone {name}").format(name=name)
    return step.report()


def set_organisation(workspace: Workspace, name: str, place: str) -> ChangeReport:
    """Who makes offers, and where: both stand at the head of a letter."""
    with workspace.step(Op.CHANGE_SETTINGS, merge=("organisation",)) as step:
        step.edit(Setting, 1, organisation=name.strip(), organisation_place=place.strip())
        step.words = tr("the organisation’s name")
    return step.report()


def keep_transcripts(workspace: Workspace, keeping: Keeping) -> ChangeReport:
    """How long transcripts of recorded calls are kept. Those that are there stay until then, or are deleted by hand."""
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, transcripts=keeping)
        step.words = tr("how long transcripts are kept")
    return step.report()


def keep_today(workspace: Workspace, day: date) -> ChangeReport:
    """Let the workspace keep this day as its today, as the sample does."""
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, today_kept=day)
        step.words = tr("the kept day")
    return step.report()


def watch_folder(workspace: Workspace, folder: str) -> ChangeReport:
    """Look for returned forms in this folder; an empty one for none."""
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        step.edit(Setting, 1, forms_folder=folder.strip())
        step.words = tr("folder of returned forms")
    return step.report()
