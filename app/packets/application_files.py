"""From an application to its packet on disk: facts, bytes, file, and the record that it left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.actions.export_records import packet_left
from app.actions.guide import guide_left
from app.packets.guide.packet import leveling_guide
from app.packets.hiring.packet import hiring_packet
from app.packets.kit.packet import interview_kit
from app.packets.names import HIRING
from app.packets.offer.packet import offer_packet
from app.packets.paper.page import Packet
from app.queries.guide import guide_facts
from app.queries.hiring import hiring_facts
from app.queries.kit import KIT, KitFacts, kit_facts
from app.queries.offer import offer_facts
from app.store.change_report import ChangeReport
from app.store.files import leaving, safe_name
from app.store.workspace import Workspace
from app.words import tr


def make_hiring_packet(
    workspace: Workspace, application: int, progress: Callable[[float, str], None] | None = None
) -> Packet:
    """The packet of an application. Raises NotFound, and NotYet while its cards are sealed to the user."""
    return hiring_packet(hiring_facts(workspace, application), progress)


def make_offer_packet(
    workspace: Workspace, application: int, progress: Callable[[float, str], None] | None = None
) -> Packet:
    """The packet of an application's newest offer. Raises NotFound, and NotYet while it can't be printed."""
    return offer_packet(offer_facts(workspace, application), progress)


def hand_out(
    workspace: Workspace, application: int, packet: Packet, target: Path | None, kind: str = HIRING
) -> ChangeReport:
    """Write the packet to `target` where one is given, then record its number and bytes in the history."""
    with leaving(target, packet.bytes):
        return packet_left(workspace, application, kind, packet.number, packet.sha256)


def print_hiring_packet(workspace: Workspace, application: int) -> bytes:
    """Make a packet, record that it left, and give its bytes."""
    packet = make_hiring_packet(workspace, application)
    hand_out(workspace, application, packet, None)
    return packet.bytes


def make_kit(workspace: Workspace, interview: int) -> tuple[Packet, KitFacts]:
    """The kit of an interview, with the facts it prints. Raises NotFound."""
    facts = kit_facts(workspace, interview)
    return interview_kit(facts), facts


def kit_name(facts: KitFacts) -> str:
    """What a kit's file is called."""
    parts = (facts.candidate, tr("R{n} {round}").format(n=facts.position, round=facts.short), facts.interviewer)
    return safe_name(", ".join(part.replace(".", " ").strip() for part in parts) + ".pdf")


def hand_out_kit(workspace: Workspace, packet: Packet, facts: KitFacts, target: Path | None) -> ChangeReport:
    """Write a kit to `target` where one is given, then record that it left, and for which interview."""
    spec = facts.spec
    with leaving(target, packet.bytes):
        return packet_left(workspace, spec.application, KIT, packet.number, packet.sha256, spec.interview)


def make_guide(workspace: Workspace, guide: int, progress: Callable[[float, str], None] | None = None) -> Packet:
    """A version of a leveling guide as PDF. Raises NotFound."""
    return leveling_guide(guide_facts(workspace, guide), progress)


def hand_out_guide(workspace: Workspace, guide: int, packet: Packet, target: Path | None) -> ChangeReport:
    """Write a printed guide to `target` where one is given, then record its number and bytes in the history."""
    with leaving(target, packet.bytes):
        return guide_left(workspace, guide, packet.number, packet.sha256)
