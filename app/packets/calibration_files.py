"""From a calibration to its files on disk: forms and ballots that go out, minutes, packets, and that they left.

Making reads and draws, in any thread; handing out writes a file and the step that says it left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.actions.export_records import cycle_print_left, member_packet_left
from app.packets.assessment_form.packet import assessment_form
from app.packets.calibration.ballots import ballots
from app.packets.calibration.minutes import minutes
from app.packets.paper.page import Packet, Progress
from app.packets.promotion.packet import promotion_packet
from app.queries.assessment_form import AssessmentFormFacts, assessment_form_facts, due_forms
from app.queries.ballots import ballot_facts
from app.queries.calibration import calibration_view
from app.queries.minutes import minutes_facts
from app.queries.promotion import promotion_facts
from app.records.calibration import cycle_row
from app.store.change_report import ChangeReport
from app.store.files import kept_beside, leaving, safe_name, unused_name
from app.store.workspace import Workspace
from app.words import tr

FORM, BALLOTS, MINUTES, PROMOTION = "assessment form", "ballots", "minutes", "promotion packet"
Told = Callable[[float, str], None]


@dataclass(frozen=True)
class Made:
    """A packet about a member, drawn and on no disk yet: what it is, and what its file is called."""

    packet: Packet
    member: int
    kind: str
    name: str


def make_form(workspace: Workspace, assessment: int) -> tuple[Packet, AssessmentFormFacts]:
    """The form of one assessment, with the facts it prints. Raises NotFound."""
    facts = assessment_form_facts(workspace, assessment)
    return assessment_form(facts), facts


def make_forms(workspace: Workspace, cycle: int, progress: Told = lambda done, words: None) -> list[Made]:
    """A form for each assessment of a calibration that is due. Raises NotFound."""
    made: list[Made] = []
    wanted = due_forms(workspace, cycle)
    for number, row in enumerate(wanted):
        progress(number / len(wanted), tr("Form {n} of {all}").format(n=number + 1, all=len(wanted)))
        packet, facts = make_form(workspace, row)
        name = safe_name(f"{facts.name}, {facts.spec.level}, {facts.rater}.pdf")
        made.append(Made(packet, facts.spec.member, FORM, unused_name(name, [m.name for m in made])))
    return made


def make_packets(workspace: Workspace, cycle: int, progress: Told = lambda done, words: None) -> list[Made]:
    """A promotion packet for each member of a calibration whose assessments are open to me."""
    made: list[Made] = []
    wanted = [m for m in calibration_view(workspace, cycle).members if m.judged is not None]
    for number, one in enumerate(wanted):
        progress(number / len(wanted), one.name)
        packet = make_promotion_packet(workspace, one.member, cycle)
        name = unused_name(safe_name(f"{one.name}, {one.target}.pdf"), [m.name for m in made])
        made.append(Made(packet, one.member, PROMOTION, name))
    return made


def hand_out_made(workspace: Workspace, made: Made, folder: Path) -> ChangeReport:
    """Write one of them into a folder, and record that it left. No form takes the place of one that was filled in."""
    target = folder / made.name
    with leaving(kept_beside(target, made.packet.bytes) if made.kind == FORM else target, made.packet.bytes):
        return member_packet_left(workspace, made.member, made.kind, made.packet.number, made.packet.sha256)


def make_minutes(workspace: Workspace, cycle: int, progress: Progress | None = None) -> Packet:
    """The minutes of a calibration. Raises NotFound, NotYet."""
    return minutes(minutes_facts(workspace, cycle), progress)


def hand_out_minutes(workspace: Workspace, cycle: int, packet: Packet, target: Path) -> ChangeReport:
    """Write the minutes to `target`, and record that they left."""
    return _hand_out(workspace, MINUTES, packet, target, tr("minutes of {name}").format(name=_name(workspace, cycle)))


def make_ballots(workspace: Workspace, cycle: int, progress: Progress | None = None) -> Packet:
    """The ballots of a calibration. Raises NotFound, NotYet."""
    return ballots(ballot_facts(workspace, cycle), progress)


def hand_out_ballots(workspace: Workspace, cycle: int, packet: Packet, target: Path) -> ChangeReport:
    """Write the ballots to `target`, and record that they left."""
    return _hand_out(workspace, BALLOTS, packet, target, tr("ballots of {name}").format(name=_name(workspace, cycle)))


def _hand_out(workspace: Workspace, kind: str, packet: Packet, target: Path, words: str) -> ChangeReport:
    with leaving(target, packet.bytes):
        return cycle_print_left(workspace, kind, packet.number, packet.sha256, words)


def _name(workspace: Workspace, cycle: int) -> str:
    with workspace.read() as connection:
        return str(cycle_row(connection, cycle)["name"])


def make_promotion_packet(
    workspace: Workspace, member: int, cycle: int | None = None, progress: Progress | None = None
) -> Packet:
    """The promotion packet of a member, in a calibration or the newest. Raises NotFound, NotYet."""
    return promotion_packet(promotion_facts(workspace, member, cycle), progress)


def hand_out_promotion(workspace: Workspace, member: int, packet: Packet, target: Path) -> ChangeReport:
    """Write the packet to `target`, and record that it left."""
    with leaving(target, packet.bytes):
        return member_packet_left(workspace, member, PROMOTION, packet.number, packet.sha256)
