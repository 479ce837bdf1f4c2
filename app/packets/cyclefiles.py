"""From a calibration to its files on disk: forms and ballots that go out, minutes, packets, and that they left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.actions.keeping import cycle_print_left, member_packet_left
from app.packets.assessmentform import assessment_form
from app.packets.ballots import ballots
from app.packets.minutes import minutes
from app.packets.page import Packet, Progress
from app.packets.promotion import promotion_packet
from app.queries.assessmentform import AssessmentFormFacts, due_forms, form_facts
from app.queries.ballots import ballot_facts
from app.queries.cycle import cycle_page
from app.queries.minutes import minutes_facts
from app.queries.promotion import promotion_facts
from app.store.changed import Changed
from app.store.files import replace_file, safe_name, unused_name
from app.store.workspace import Workspace
from app.words import tr

FORM, BALLOTS, MINUTES, PROMOTION = "assessment form", "ballots", "minutes", "promotion packet"


def make_form(workspace: Workspace, assessment: int) -> tuple[Packet, AssessmentFormFacts]:
    """The form of one assessment, with the facts it prints. Raises NotFound."""
    facts = form_facts(workspace, assessment)
    return assessment_form(facts), facts


def hand_out_forms(
    workspace: Workspace, cycle: int, folder: Path, progress: Callable[[float, str], None] = lambda done, words: None
) -> list[Path]:
    """A form for each assessment of a calibration that is due, into a folder; gives their paths. Raises NotFound."""
    made: list[Path] = []
    wanted = due_forms(workspace, cycle)
    for number, row in enumerate(wanted):
        packet, facts = make_form(workspace, row)
        progress(number / max(1, len(wanted)), facts.name)
        name = safe_name(f"{facts.name}, {facts.spec.level}, {facts.rater}.pdf")
        target = folder / unused_name(name, [p.name for p in made])
        replace_file(target, packet.bytes)
        member_packet_left(workspace, facts.spec.member, FORM, packet.number, packet.sha256)
        made.append(target)
    return made


def make_minutes(workspace: Workspace, cycle: int) -> Packet:
    """The minutes of a calibration. Raises NotFound, NotYet."""
    return minutes(minutes_facts(workspace, cycle))


def hand_out_minutes(workspace: Workspace, cycle: int, target: Path) -> Changed:
    """Write the minutes to `target`, and record that they left."""
    facts = minutes_facts(workspace, cycle)
    packet = minutes(facts)
    replace_file(target, packet.bytes)
    words = tr("minutes of {name}").format(name=facts.page.name)
    return cycle_print_left(workspace, MINUTES, packet.number, packet.sha256, words)


def make_ballots(workspace: Workspace, cycle: int) -> Packet:
    """The ballots of a calibration. Raises NotFound, NotYet."""
    return ballots(ballot_facts(workspace, cycle))


def hand_out_ballots(workspace: Workspace, cycle: int, target: Path) -> Changed:
    """Write the ballots to `target`, and record that they left."""
    facts = ballot_facts(workspace, cycle)
    packet = ballots(facts)
    replace_file(target, packet.bytes)
    words = tr("ballots of {name}").format(name=facts.cycle)
    return cycle_print_left(workspace, BALLOTS, packet.number, packet.sha256, words)


def make_promotion_packet(
    workspace: Workspace, member: int, cycle: int | None = None, progress: Progress | None = None
) -> Packet:
    """The promotion packet of a member, in a calibration or the newest. Raises NotFound, NotYet."""
    return promotion_packet(promotion_facts(workspace, member, cycle), progress)


def hand_out_promotion(workspace: Workspace, member: int, packet: Packet, target: Path) -> Changed:
    """Write the packet to `target`, and record that it left."""
    replace_file(target, packet.bytes)
    return member_packet_left(workspace, member, PROMOTION, packet.number, packet.sha256)


def hand_out_packets(
    workspace: Workspace, cycle: int, folder: Path, progress: Callable[[float, str], None] = lambda done, words: None
) -> list[Path]:
    """A promotion packet for each member of a calibration whose assessments are open to me; gives their paths."""
    made: list[Path] = []
    wanted = [m for m in cycle_page(workspace, cycle).members if m.judged is not None]
    for number, one in enumerate(wanted):
        progress(number / max(1, len(wanted)), one.name)
        packet = make_promotion_packet(workspace, one.member, cycle)
        target = folder / unused_name(safe_name(f"{one.name}, {one.target}.pdf"), [p.name for p in made])
        hand_out_promotion(workspace, one.member, packet, target)
        made.append(target)
    return made
