"""Everything that can be printed, in one table: window, command line and README read it.

Making reads and draws, in any thread; handing out writes a file and the step that says that it left. What draws is
imported where it is needed: the table itself is read by every command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.actions.export_records import calibration_print_left, member_packet_left, packet_left
from app.store.change_report import ChangeReport
from app.store.files import kept_beside, leaving, safe_name, unused_name
from app.store.workspace import Workspace
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.packets.paper.page import Packet

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Print:
    """Something drawn that is on no disk yet: its packet, what its file is called, and how it is recorded.

    `facts` are what a command says of it beside its number.
    """

    packet: Packet
    name: str
    left: Callable[[Workspace], ChangeReport]
    facts: Mapping[str, object] = field(default_factory=dict)


Make = Callable[[Workspace, int, Progress | None], Print]


@dataclass(frozen=True)
class Several:
    """One of each into a folder: of what, which of them, and how the number of those that were written, and of those
    that could not be, is said. `key` is their name in JSON."""

    of: str
    each: Callable[[Workspace, int], Sequence[Callable[[Workspace], Print]]]
    counted: Callable[[int], str]
    lost: Callable[[int], str]
    key: str
    beside: bool = True  # whether a file of the same name stays: it may have been filled in


@dataclass(frozen=True)
class Printable:
    """A kind of packet: its name on the command line, what it is about, its title, and how one is made.

    One is made by the number of what it is about; `several` makes one of each into a folder.
    """

    name: str
    about: str
    title: str
    make: Make
    several: Several | None = None

    def print(self, workspace: Workspace, number: int, progress: Progress | None = None) -> Print:
        """Draw one. Raises NotFound, and NotYet while it can't be printed."""
        return self.make(workspace, number, progress)

    def print_each(
        self, workspace: Workspace, numbers: Sequence[int] | int, progress: Progress | None = None
    ) -> list[Print]:
        """Draw several under names of their own: those with these numbers, or one of each of a whole."""
        if isinstance(numbers, int):
            assert self.several is not None
            wanted = self.several.each(workspace, numbers)
        else:
            wanted = [partial(self.print, number=number) for number in numbers]
        made: list[Print] = []
        for place, draw in enumerate(wanted, start=1):
            if progress is not None:
                words = tr("{title} {n} of {all}").format(title=self.title, n=place, all=len(wanted))
                progress((place - 1) / len(wanted), words)
            one = draw(workspace)
            made.append(replace(one, name=unused_name(one.name, [m.name for m in made])))
        return made


def hand_out(workspace: Workspace, made: Print, target: Path | None, content: bytes | None = None) -> ChangeReport:
    """Write it to `target` where one is given, or the mail that holds it, then record its number and bytes."""
    with leaving(target, made.packet.bytes if content is None else content):
        return made.left(workspace)


def hand_out_into(workspace: Workspace, made: Print, folder: Path, *, beside: bool) -> tuple[Path, ChangeReport]:
    """Write it into a folder under its own name and record it; what lies there stays if it may be filled in."""
    target = folder / made.name
    free = kept_beside(target, made.packet.bytes) if beside else target
    return free, hand_out(workspace, made, free)


def _hiring(workspace: Workspace, application: int, progress: Progress | None = None) -> Print:
    from app.packets.hiring.packet import hiring_packet  # noqa: PLC0415  (see above)
    from app.queries.hiring import hiring_facts  # noqa: PLC0415

    facts = hiring_facts(workspace, application)
    name = safe_name(tr("{name}, hiring packet.pdf").format(name=facts.candidate.name))
    return _of_application(hiring_packet(facts, progress), application, "hiring", name)


def _offer(workspace: Workspace, application: int, progress: Progress | None = None) -> Print:
    from app.packets.offer.packet import offer_packet  # noqa: PLC0415
    from app.queries.offer import offer_facts  # noqa: PLC0415

    facts = offer_facts(workspace, application)
    name = safe_name(tr("{name}, offer.pdf").format(name=facts.name))
    return _of_application(offer_packet(facts, progress), application, "offer", name)


def _of_application(packet: Packet, application: int, kind: str, name: str) -> Print:
    left = partial(packet_left, application=application, packet=kind, number=packet.number, sha256=packet.sha256)
    return Print(packet, name, left)


def _kit(workspace: Workspace, interview: int, progress: Progress | None = None) -> Print:
    from app.packets.kit.packet import interview_kit  # noqa: PLC0415
    from app.queries.kit import KIT, kit_facts  # noqa: PLC0415

    facts = kit_facts(workspace, interview)
    packet, spec = interview_kit(facts), facts.spec
    parts = (facts.candidate, tr("R{n} {round}").format(n=facts.position, round=facts.short), facts.interviewer)
    name = safe_name(", ".join(part.replace(".", " ").strip() for part in parts) + ".pdf")
    left = partial(
        packet_left,
        application=spec.application,
        packet=KIT,
        number=packet.number,
        sha256=packet.sha256,
        interview=spec.interview,
    )
    return Print(packet, name, left, {"interview": spec.interview, "form": spec.form_id})


def _kits_of(workspace: Workspace, opening: int) -> Sequence[Callable[[Workspace], Print]]:
    from app.queries.kit import kit_rows, without_card  # noqa: PLC0415

    return [partial(_kit, interview=row.interview) for row in without_card(kit_rows(workspace, opening))]


def _guide(workspace: Workspace, guide: int, progress: Progress | None = None) -> Print:
    from app.actions.guide import guide_left  # noqa: PLC0415
    from app.packets.guide.packet import leveling_guide  # noqa: PLC0415
    from app.queries.guide import guide_facts  # noqa: PLC0415

    facts = guide_facts(workspace, guide)
    packet = leveling_guide(facts, progress)
    left = partial(guide_left, guide=guide, number=packet.number, sha256=packet.sha256)
    return Print(packet, safe_name(f"{facts.guide.name}.pdf"), left, {"guide": guide, "format": "pdf"})


def _job(workspace: Workspace, opening: int, progress: Progress | None = None) -> Print:
    from app.actions.opening_job import description_left  # noqa: PLC0415
    from app.packets.job.packet import job_description  # noqa: PLC0415
    from app.queries.openings import job_facts  # noqa: PLC0415

    facts = job_facts(workspace, opening)
    packet = job_description(facts, progress)
    left = partial(description_left, opening=opening, number=packet.number, sha256=packet.sha256)
    name = safe_name(tr("{role}, job description.pdf").format(role=facts.role))
    return Print(packet, name, left, {"opening": opening})


def _growth(workspace: Workspace, member: int, progress: Progress | None = None) -> Print:
    from app.packets.growth.packet import growth_packet  # noqa: PLC0415
    from app.queries.growth_packet import growth_facts  # noqa: PLC0415

    facts = growth_facts(workspace, member)
    name = safe_name(tr("{name}, growth plan.pdf").format(name=facts.name))
    return _of_member(growth_packet(facts, progress), member, "growth-plan", name)


def _first_year(workspace: Workspace, member: int, progress: Progress | None = None) -> Print:
    from app.packets.growth.first_year import first_year_packet  # noqa: PLC0415
    from app.queries.onboarding import first_year_facts  # noqa: PLC0415

    facts = first_year_facts(workspace, member)
    name = safe_name(tr("{name}, first year.pdf").format(name=facts.year.name))
    return _of_member(first_year_packet(facts, progress), member, "first year", name)


def _promotion(
    workspace: Workspace, member: int, progress: Progress | None = None, calibration: int | None = None
) -> Print:
    """In a calibration, or the newest they are in."""
    from app.packets.promotion.packet import promotion_packet  # noqa: PLC0415
    from app.queries.promotion import promotion_facts  # noqa: PLC0415

    facts = promotion_facts(workspace, member, calibration)
    packet = promotion_packet(facts, progress)
    return _of_member(packet, member, "promotion packet", safe_name(f"{facts.name}, {facts.target.id}.pdf"))


def _promotions_of(workspace: Workspace, calibration: int) -> Sequence[Callable[[Workspace], Print]]:
    """Of each member whose assessments are open to me."""
    from app.queries.calibration import calibration_view  # noqa: PLC0415

    open_to_me = [m for m in calibration_view(workspace, calibration).members if m.judged is not None]
    return [partial(_promotion, member=one.member, calibration=calibration) for one in open_to_me]


def _form(workspace: Workspace, assessment: int, progress: Progress | None = None) -> Print:
    from app.packets.assessment_form.packet import assessment_form  # noqa: PLC0415
    from app.queries.assessment_form import assessment_form_facts  # noqa: PLC0415

    facts = assessment_form_facts(workspace, assessment)
    name = safe_name(f"{facts.name}, {facts.spec.level}, {facts.rater}.pdf")
    return _of_member(assessment_form(facts), facts.spec.member, "assessment form", name)


def _forms_of(workspace: Workspace, calibration: int) -> Sequence[Callable[[Workspace], Print]]:
    from app.queries.assessment_form import due_forms  # noqa: PLC0415

    return [partial(_form, assessment=row) for row in due_forms(workspace, calibration)]


def _of_member(packet: Packet, member: int, kind: str, name: str) -> Print:
    left = partial(member_packet_left, member=member, packet=kind, number=packet.number, sha256=packet.sha256)
    return Print(packet, name, left)


def _minutes(workspace: Workspace, calibration: int, progress: Progress | None = None) -> Print:
    from app.packets.calibration.minutes import minutes  # noqa: PLC0415
    from app.queries.minutes import minutes_facts  # noqa: PLC0415

    facts = minutes_facts(workspace, calibration)
    packet = minutes(facts, progress)
    said = tr("minutes of {name}").format(name=facts.page.name)
    name = safe_name(tr("Minutes, {name}.pdf").format(name=facts.page.name))
    return Print(packet, name, partial(_calibration_left, kind="minutes", packet=packet, words=said))


def _ballots(workspace: Workspace, calibration: int, progress: Progress | None = None) -> Print:
    from app.packets.calibration.ballots import ballots  # noqa: PLC0415
    from app.queries.ballots import ballot_facts  # noqa: PLC0415

    facts = ballot_facts(workspace, calibration)
    packet = ballots(facts, progress)
    said = tr("ballots of {name}").format(name=facts.cycle)
    name = safe_name(tr("Ballots, {name}.pdf").format(name=facts.cycle))
    return Print(packet, name, partial(_calibration_left, kind="ballots", packet=packet, words=said))


def _book(workspace: Workspace, calibration: int, progress: Progress | None = None, *, record: bool = False) -> Print:
    from app.packets.calibration.book import calibration_book  # noqa: PLC0415
    from app.queries.calibration_book import book_facts  # noqa: PLC0415

    facts = book_facts(workspace, calibration, record=record)
    packet = calibration_book(facts, progress)
    name = tr("{name}, for the record.pdf") if record else tr("{name}, for the committee.pdf")
    said = tr("book of {name}").format(name=facts.page.name)
    left = partial(_calibration_left, kind="calibration book", packet=packet, words=said)
    return Print(packet, safe_name(name.format(name=facts.page.name)), left)


def _calibration_left(workspace: Workspace, kind: str, packet: Packet, words: str) -> ChangeReport:
    return calibration_print_left(workspace, kind, packet.number, packet.sha256, words)


def _kits_counted(n: int) -> str:
    return ntr("{n} kit in", "{n} kits in", n)


def _kits_lost(n: int) -> str:
    return ntr("{n} kit was not written.", "{n} kits were not written.", n)


def _forms_counted(n: int) -> str:
    return ntr("{n} form in", "{n} forms in", n)


def _forms_lost(n: int) -> str:
    return ntr("{n} form was not written.", "{n} forms were not written.", n)


def _packets_counted(n: int) -> str:
    return ntr("{n} packet in", "{n} packets in", n)


def _packets_lost(n: int) -> str:
    return ntr("{n} packet was not written.", "{n} packets were not written.", n)


HIRING = Printable("hiring-packet", "application", tr("Hiring packet"), _hiring)
OFFER = Printable("offer-packet", "application", tr("Offer packet"), _offer)
KIT = Printable(
    "interview-kit",
    "interview",
    tr("Interview kit"),
    _kit,
    Several("opening", _kits_of, _kits_counted, _kits_lost, "kits"),
)
GUIDE = Printable("leveling-guide", "guide", tr("Leveling guide"), _guide)
JOB = Printable("job-description", "opening", tr("Job description"), _job)
FORM = Printable(
    "assessment-form",
    "assessment",
    tr("Assessment form"),
    _form,
    Several("cycle", _forms_of, _forms_counted, _forms_lost, "forms"),
)
PROMOTION = Printable(
    "promotion-packet",
    "member",
    tr("Promotion packet"),
    _promotion,
    Several("cycle", _promotions_of, _packets_counted, _packets_lost, "packets", beside=False),
)
BALLOTS = Printable("ballots", "cycle", tr("Ballots"), _ballots)
MINUTES = Printable("minutes", "cycle", tr("Minutes"), _minutes)
BOOK = Printable("calibration-book", "cycle", tr("Book for the committee"), _book)
RECORD = Printable("calibration-record", "cycle", tr("Book for the record"), partial(_book, record=True))
GROWTH = Printable("growth-plan", "member", tr("Growth packet"), _growth)
FIRST_YEAR = Printable("first-year", "member", tr("First year"), _first_year)

PRINTABLES = {
    p.name: p
    for p in (HIRING, OFFER, KIT, GUIDE, JOB, FORM, PROMOTION, BALLOTS, MINUTES, BOOK, RECORD, GROWTH, FIRST_YEAR)
}


def print_hiring_packet(workspace: Workspace, application: int) -> bytes:
    """Print one, record that it left, and give its bytes: for the sample."""
    made = HIRING.print(workspace, application)
    hand_out(workspace, made, None)
    return made.packet.bytes
