"""A calibration from a file, in one step: its days, members, raters and seats; every name has to be somebody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.assessment_request import ask_in
from app.actions.guide import guide_in_use
from app.actions.member import about_member
from app.domain.assessment import Relation
from app.domain.committee import Ballots, Office
from app.domain.level_step import next_level
from app.domain.operations import Op
from app.errors import Refused
from app.records.calibration_guides import versions_for
from app.records.member_level import levels_on
from app.records.rater_relation import relations_of
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.guide import read_guide
from app.store.history import WORKSPACE_PERSON
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_committee import CommitteeSeat
from app.store.tables_growth import Assessment, Calibration, GuideVersion, Member, Proposal
from app.store.workspace import Workspace
from app.words import ntr, tr


@dataclass(frozen=True)
class WrittenRater:
    """Somebody to be asked, as a file names them; `relation` None where it is not said."""

    name: str
    relation: Relation | None = None
    by: date | None = None


@dataclass(frozen=True)
class WrittenMember:
    """Somebody to be in it; `to` is empty for the level after theirs."""

    line: int
    name: str
    to: str = ""
    anchor: bool = False
    raters: tuple[WrittenRater, ...] = ()


@dataclass(frozen=True)
class WrittenSeat:
    """Somebody of the committee."""

    line: int
    name: str
    office: Office = Office.NONE
    votes: bool = True


@dataclass(frozen=True)
class WrittenCalibration:
    """What a file says of a calibration. `guides` names leveling guides, whose newest versions are taken, the
    calibration's own first; without any, the team's is its own and everybody stands in it by theirs."""

    name: str
    window_from: date | None = None
    window_to: date | None = None
    due_on: date | None = None
    guides: tuple[str, ...] = ()
    ballots: Ballots = Ballots.NAMES
    members: tuple[WrittenMember, ...] = ()
    seats: tuple[WrittenSeat, ...] = ()
    tenure: bool = False


class NotInAsItIs(Refused):
    """A file of a calibration can't come in; `problems` are sentences, each with its line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        words = ntr("{n} line can’t come in.", "{n} lines can’t come in.", len(problems))
        super().__init__(" ".join((words, *problems[:10])), tr("Mend them; nothing has come in."))
        self.problems = problems


@dataclass(frozen=True)
class CalibrationBrought:
    """What came in, or would: the calibration's number, None in a trial; how many of each."""

    calibration: int | None
    name: str
    members: int
    asked: int
    seats: int
    changed: ChangeReport | None

    @property
    def words(self) -> str:
        """The counts in a sentence."""
        return tr("{name}: {members}, {asked}, {seats}.").format(
            name=self.name,
            members=ntr("{n} member", "{n} members", self.members),
            asked=ntr("{n} assessment asked for", "{n} assessments asked for", self.asked),
            seats=ntr("{n} seat", "{n} seats", self.seats),
        )


@dataclass(frozen=True)
class _Found:
    """A member of a file: who they are, the version of the guide and the level proposed, their raters."""

    written: WrittenMember
    member: int
    guide: int
    target: str
    raters: tuple[int, ...]


@dataclass(frozen=True)
class _Resolved:
    guide: int
    members: tuple[_Found, ...]
    seats: tuple[tuple[WrittenSeat, int], ...]


def bring_calibration(
    workspace: Workspace, written: WrittenCalibration, *, dry_run: bool = False
) -> CalibrationBrought:
    """Prepare the calibration of a file. Raises NotInAsItIs with every line that names nobody, or somebody unclear."""
    if not written.name.strip():
        raise Refused(tr("The calibration has no name."), tr("Write one into the file, as name."))
    if written.window_from and written.window_to and written.window_to < written.window_from:
        raise Refused(tr("The evidence would end before it begins."), tr("Mend one of the two days."))
    usual = guide_in_use(workspace) if not written.guides else None
    if dry_run:
        with workspace.read() as connection:
            found = _resolved(connection, workspace.today(), written, usual)
        return _brought(None, written, found, None)
    with workspace.step(Op.ADD_CYCLE) as step:
        found = _resolved(step.connection, workspace.today(), written, usual)
        number = _put_in(step, written, found)
        step.words = tr("calibration {name}").format(name=written.name.strip())
    report = step.report()
    return _brought(number, written, found, report)


def _put_in(step: Step, written: WrittenCalibration, found: _Resolved) -> int:
    number = step.add(
        Calibration,
        name=written.name.strip(),
        guide_id=found.guide,
        window_from=written.window_from,
        window_to=written.window_to,
        seed=int.from_bytes(step.entropy(4), "big") % 1_000_000,
        due_on=written.due_on,
        ballots=written.ballots,
        tenure=written.tenure,
        made_at=step.at,
    )
    for one in found.members:
        about_member(step, one.member)
        step.add(
            Proposal,
            cycle_id=number,
            member_id=one.member,
            target=one.target,
            anchor=one.written.anchor,
            guide_id=None if one.guide == found.guide else one.guide,
        )
        known = relations_of(step.connection, one.member)
        for said, rater in zip(one.written.raters, one.raters, strict=True):
            row = ask_in(step, one.member, rater, number, due_on=said.by)
            if said.relation is not None and known.get(rater) not in (Relation.SELF, Relation.MANAGER):
                step.edit(Assessment, row, relation=said.relation)
    step.about = WORKSPACE_PERSON
    for seat, colleague in found.seats:
        step.add(CommitteeSeat, cycle_id=number, colleague_id=colleague, office=seat.office, votes=seat.votes)
    return number


def _brought(
    number: int | None, written: WrittenCalibration, found: _Resolved, report: ChangeReport | None
) -> CalibrationBrought:
    asked = sum(len(one.raters) for one in found.members)
    return CalibrationBrought(number, written.name.strip(), len(found.members), asked, len(found.seats), report)


def _resolved(connection: Connection, today: date, written: WrittenCalibration, usual: int | None) -> _Resolved:
    problems: list[tuple[int, str]] = []
    here = [usual] if usual is not None else [_guide_called(connection, name) for name in written.guides]
    versions = versions_for(connection, here)
    people = _Names(connection)
    levels = levels_on(connection, today)
    members: list[_Found] = []
    inside: set[int] = set()
    for one in written.members:
        member = people.member(one, problems)
        if member is None:
            continue
        if member in inside:
            problems.append((one.line, tr("{name} is in it twice").format(name=one.name)))
            continue
        inside.add(member)
        by = versions[member]
        if written.guides and by not in here:
            name = read_guide(connection, by).name
            problems.append(
                (
                    one.line,
                    tr("{name} is kept by {guide}, which the file does not name").format(name=one.name, guide=name),
                )
            )
            continue
        by, target = _target(connection, (by, here[0]), one, levels[member][0], problems)
        raters = [people.colleague(one.line, rater.name, problems) for rater in one.raters]
        known = [rater for rater in raters if rater is not None]
        if len(set(known)) < len(known):
            problems.append((one.line, tr("a rater of {name} is named twice").format(name=one.name)))
        members.append(_Found(one, member, by, target, tuple(known)))
    seats = _seats(people, written.seats, problems)
    if problems:
        raise NotInAsItIs(
            tuple(tr("Line {n}: {why}.").format(n=line, why=why) for line, why in sorted(dict.fromkeys(problems)))
        )
    return _Resolved(here[0], tuple(members), seats)


def _seats(
    people: _Names, written: Sequence[WrittenSeat], problems: list[tuple[int, str]]
) -> tuple[tuple[WrittenSeat, int], ...]:
    seats: list[tuple[WrittenSeat, int]] = []
    for seat in written:
        colleague = people.colleague(seat.line, seat.name, problems)
        if colleague is not None and colleague in {who for _, who in seats}:
            problems.append((seat.line, tr("{name} has two seats").format(name=seat.name)))
        elif colleague is not None:
            seats.append((seat, colleague))
    if sum(seat.office is Office.CHAIR for seat, _ in seats) > 1:
        problems.append((seats[-1][0].line, tr("two chair the committee")))
    return tuple(seats)


def _target(
    connection: Connection, tried: tuple[int, int], one: WrittenMember, level: str, problems: list[tuple[int, str]]
) -> tuple[int, str]:
    """The level that is proposed, with the version it is of: the one that is named, by its key or its title, in their
    own guide before the calibration's; else the one after theirs."""
    own = tried[0]
    if not one.to.strip():
        after = next_level(read_guide(connection, own), level)
        if after is None:
            problems.append((one.line, tr("the guide has no level after {level}: say one").format(level=level)))
        return own, after or ""
    wanted = " ".join(one.to.split()).casefold()
    for version in tried:
        for known in read_guide(connection, version).levels:
            if wanted in (known.id.casefold(), known.title.casefold()):
                return version, known.id
    problems.append((one.line, tr("the guide has no level “{level}”").format(level=one.to)))
    return own, ""


def _guide_called(connection: Connection, name: str) -> int:
    wanted = " ".join(name.split()).casefold()
    versions = rows_of(connection, GuideVersion, order_by=[col(GuideVersion.version)])
    found = [row for row in versions if row.name.casefold() == wanted]
    if not found:
        names = ", ".join(dict.fromkeys(row.name for row in versions))
        raise Refused(
            tr("There is no leveling guide “{name}”.").format(name=name), tr("There are: {names}.").format(names=names)
        )
    return found[-1].id


class _Names:
    """Whom a name or a mail address means: of members, who has not left; of colleagues, anybody."""

    def __init__(self, connection: Connection) -> None:
        self._colleagues: dict[str, list[int]] = {}
        for row in rows_of(connection, Colleague):
            for key in filter(None, (_folded(row.name), row.mail.strip().casefold())):
                self._colleagues.setdefault(key, []).append(row.id)
        query = select(col(Member.colleague_id), col(Member.id)).where(col(Member.left_on).is_(None))
        self._members: Mapping[int, int] = dict(connection.execute(query).all())

    def colleague(self, line: int, name: str, problems: list[tuple[int, str]]) -> int | None:
        """Their number; None where it is nobody's name, or several people's, which is added to the problems."""
        found = self._colleagues.get(_folded(name), [])
        if not found:
            problems.append((line, tr("nobody here is called “{name}”").format(name=name)))
        elif len(found) > 1:
            words = tr("{n} people here are called “{name}”: write the mail address")
            problems.append((line, words.format(n=len(found), name=name)))
        return found[0] if len(found) == 1 else None

    def member(self, one: WrittenMember, problems: list[tuple[int, str]]) -> int | None:
        """The member of that name."""
        found = [who for who in self._colleagues.get(_folded(one.name), []) if who in self._members]
        if len(found) == 1:
            return self._members[found[0]]
        if not found and self._colleagues.get(_folded(one.name)):
            problems.append((one.line, tr("{name} is not on the team").format(name=one.name)))
            return None
        self.colleague(one.line, one.name, problems)
        return None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
