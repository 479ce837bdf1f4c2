"""From a member to a packet on disk: facts, bytes, file, and the record that it left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.actions.export_records import member_packet_left
from app.packets.growth.packet import growth_packet
from app.packets.paper.page import Packet
from app.queries.growth_packet import growth_facts
from app.store.change_report import ChangeReport
from app.store.files import leaving
from app.store.workspace import Workspace

GROWTH = "growth-plan"


def make_growth_packet(
    workspace: Workspace, member: int, progress: Callable[[float, str], None] | None = None
) -> Packet:
    """The growth packet of a member. Raises NotFound, and NotYet without a plan."""
    return growth_packet(growth_facts(workspace, member), progress)


def hand_out_member(workspace: Workspace, member: int, packet: Packet, target: Path | None, kind: str) -> ChangeReport:
    """Write the packet to `target` where one is given, then record its number and bytes in the history."""
    with leaving(target, packet.bytes):
        return member_packet_left(workspace, member, kind, packet.number, packet.sha256)
