"""Remembering which packet left the workspace, and letting go of bytes nobody points to."""

from __future__ import annotations

from collections.abc import Callable

from app.actions.application import about_candidate
from app.actions.member import about_member
from app.domain.operations import Op
from app.domain.spelling import canonical
from app.store.attachment import drop_unused
from app.store.change_report import ChangeReport
from app.store.history import HistoryEntry
from app.store.tables import PacketRecord
from app.store.tables_goals import MemberPacket
from app.store.workspace import Workspace
from app.store.written_aside import WrittenAside
from app.words import tr


def packet_left(
    workspace: Workspace, application: int, packet: str, number: str, sha256: str, interview: int | None = None
) -> ChangeReport:
    """Record that a packet was made: its number, and the SHA-256 of its bytes; a kit names its interview."""
    with workspace.step(Op.EXPORT_PACKET) as step:
        name = about_candidate(step, application)
        step.add(
            PacketRecord,
            application_id=application,
            packet=packet,
            number=number,
            sha256=sha256,
            made_at=step.at,
            by_id=step.who,
            interview_id=interview,
        )
        step.words = tr("packet of {name}").format(name=name)
    return step.report()


def calibration_print_left(workspace: Workspace, packet: str, number: str, sha256: str, words: str) -> ChangeReport:
    """Record in the history that something about a whole calibration left, its minutes or the ballots: its number, and
    the SHA-256 of its bytes."""
    with workspace.step(Op.EXPORT_PACKET) as step:
        step.also.append(HistoryEntry(Op.EXPORT_PACKET, "workspace:1", step.about, canonical([packet, number, sha256])))
        step.words = words
    return step.report()


def copy_made(workspace: Workspace, what: str, last: Callable[[], object] | None = None) -> ChangeReport:
    """Record that the whole file was copied by hand: `what` says which copy. It carries cards that are sealed here.

    `last` is done before the record is kept; where it raises, there is none.
    """
    with workspace.step(Op.COPY_FILE) as step:
        step.also.append(HistoryEntry(Op.COPY_FILE, "workspace:1", step.about, what, keep=False))
        step.words = tr("copy of the file")
        if last is not None:
            last()
    return step.report()


def whole_left(workspace: Workspace, written: WrittenAside) -> ChangeReport:
    """Record that everything, or all one may see of it, leaves; then give what was written its name.

    Nothing of it stays where that fails. Raises ReadOnly.
    """
    try:
        return copy_made(workspace, written.target.name, written.take_place)
    finally:
        written.let_go()


def drop_unused_bytes(workspace: Workspace) -> None:
    """Let go of the bytes of removed files; called when the window closes and undo can want them no more."""
    with workspace.step(Op.REMOVE_FILE, draft=True) as step:
        drop_unused(step)


def member_packet_left(workspace: Workspace, member: int, packet: str, number: str, sha256: str) -> ChangeReport:
    """Record that a packet about a member was made: its number, and the SHA-256 of its bytes."""
    with workspace.step(Op.EXPORT_PACKET) as step:
        name = about_member(step, member)
        step.add(
            MemberPacket, member_id=member, packet=packet, number=number, sha256=sha256, made_at=step.at, by_id=step.who
        )
        step.words = tr("packet of {name}").format(name=name)
    return step.report()
