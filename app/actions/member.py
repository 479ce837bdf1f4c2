"""Members: colleagues whose level and growth are kept here. Added by form, from a table, or from an accepted offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app.actions.guide import guide_in_use
from app.domain.guide import Guide
from app.domain.offer import OfferStatus
from app.domain.operations import Op
from app.errors import NotYet, Refused
from app.records.candidate import first_mail
from app.records.member_level import levels_on
from app.records.panel_scores import first_cards
from app.records.visibility import sealing_of
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.guide import guide_number, newest_guide, read_guide
from app.store.scorecard import evidence_lines
from app.store.step import Step
from app.store.tables import Application, Candidate, Colleague, Opening
from app.store.tables_growth import (
    Assessment,
    EvidenceItem,
    GrowthCheckIn,
    GrowthPlan,
    GuideVersion,
    LevelSpell,
    Member,
    OnboardingGoal,
    Proposal,
)
from app.store.tables_offer import Offer
from app.store.workspace import Workspace
from app.words import ntr, sentence_list, tr


@dataclass(frozen=True)
class NewMember:
    """What a form or a line of a table says. `colleague` is somebody known already, else `name` (and `mail`).

    `line` is where in its table it stands, `guide_name` the guide it names; empty where it names none.
    """

    level: str
    name: str = ""
    mail: str = ""
    role: str = ""
    colleague: int | None = None
    since: date | None = None
    manager: int | None = None
    manager_name: str = ""
    started_on: date | None = None
    line: int = 0
    guide_name: str = ""


@dataclass(frozen=True)
class LevelChange:
    """A level from a day on."""

    level: str
    since: date
    reason: str = ""


@dataclass(frozen=True)
class MemberFacts:
    """What is known of a member beside their levels; `left_on` is the day they left."""

    name: str
    mail: str = ""
    role: str = ""
    manager_id: int | None = None
    started_on: date | None = None
    left_on: date | None = None
    second_manager_id: int | None = None


def person(member: int) -> str:
    """Under whose salt the history keeps what is about a member."""
    return f"member:{member}"


def about_member(step: Step, member: int) -> str:
    """Let the history keep this step under the member's salt; gives their name. Raises NotFound."""
    known = step.get(Member, member)
    step.about = person(member)
    return step.get(Colleague, known.colleague_id).name


def add(workspace: Workspace, new: NewMember, guide: int | None = None) -> ChangeReport:
    """Add a member by a form, kept by this version of a guide, or by the guide in use. Raises Refused for a level it
    has not, and for who is a member already."""
    guide = guide if guide is not None else guide_in_use(workspace)
    with workspace.step(Op.ADD_MEMBER) as step:
        row = add_in(step, new, guide)
        _shows(step, row)
        step.words = tr("member {name}").format(name=about_member(step, row))
    return step.report()


def from_offer(
    workspace: Workspace, application: int, manager: int | None = None, *, guide: int | None = None, level: str = ""
) -> ChangeReport:
    """Make the person who accepted an offer a member, in one step: at the level of the offer, by the guide in use,
    or by another `guide` at a `level` of it.

    The panel's evidence comes along as facts that point to its notes: the manager's own until they are shared one by
    one. Its ratings stay on its cards, which are read as the baseline. Raises Refused without an accepted offer,
    NotYet while the cards are sealed.
    """
    guide = guide if guide is not None else guide_in_use(workspace)
    with workspace.step(Op.ADD_MEMBER) as step:
        known = step.get(Application, application)
        who = step.get(Candidate, known.candidate_id)
        offers = rows_of(
            step.connection, Offer, col(Offer.application_id) == application, order_by=[col(Offer.id).desc()]
        )
        offer = next(iter(offers), None)
        if offer is None or offer.status != OfferStatus.ACCEPTED:
            raise Refused(tr("{name} has accepted no offer.").format(name=who.name), tr("Note the answer first."))
        if step.who is None or not sealing_of(step.connection, application).open_to(step.who):
            raise NotYet(tr("The cards of {name} are sealed to you.").format(name=who.name))
        opening = step.get(Opening, known.opening_id)
        new = NewMember(
            level or offer.level,
            who.name,
            first_mail(step.connection, who.id),
            opening.role,
            since=offer.starts_on,
            manager=manager if manager is not None else opening.manager_id,
            started_on=offer.starts_on,
        )
        row = add_in(step, new, guide, application)
        _attach_evidence(step, workspace, row, application, read_guide(step.connection, guide))
        _shows(step, row)
        step.words = tr("member {name}").format(name=who.name)
    return step.report()


def _attach_evidence(step: Step, workspace: Workspace, member: int, application: int, guide: Guide) -> None:
    """Each line of evidence on a card that counts becomes a fact; what the guide has no dimension for stays there."""
    step.about = person(member)
    for line in evidence_lines(step.connection, first_cards(step.connection, application)):
        if line.dimension in guide.dimension_ids:
            step.add(
                EvidenceItem,
                member_id=member,
                note_id=line.note,
                dimension=line.dimension,
                text=line.text,
                on=line.at.astimezone(workspace.zone).date(),
                by_id=line.author,
                added_at=step.at,
            )


def change_level(workspace: Workspace, member: int, new: LevelChange) -> ChangeReport:
    """Give a member a level from a day on: today's, one to come, or one they held before the one of now.

    Raises Refused for one the guide does not have.
    """
    with workspace.step(Op.CHANGE_LEVEL) as step:
        name = about_member(step, member)
        known = step.get(Member, member)
        must_know(read_guide(step.connection, known.guide_id), new.level)
        step.add(LevelSpell, member_id=member, level=new.level, since=new.since, reason=new.reason.strip())
        hold_level_of(step, member, workspace.today())
        step.subject, step.subject_table = member, "member"
        step.words = tr("level {level} of {name}").format(level=new.level, name=name)
    return step.report()


def hold_level_of(step: Step, member: int, today: date) -> None:
    """Let a member hold the level of today among those they were given."""
    level, since = levels_on(step.connection, today, [member])[member]
    step.edit(Member, member, level=level, level_since=since)


def edit(workspace: Workspace, member: int, **values: Any) -> ChangeReport:
    """Change a member's manager_id, second_manager_id, started_on, or left_on; and their name, mail and role.

    Raises Refused without a name, for their own manager, and for a last day that is still to come or before the first.
    """
    with workspace.step(Op.EDIT_MEMBER, merge=("member", member, *sorted(values))) as step:
        known = step.get(Member, member)
        step.subject, step.subject_table = member, "member"
        called = {key: str(values.pop(key)).strip() for key in ("name", "mail", "role") if key in values}
        if called.get("name") == "":
            raise Refused(tr("A colleague needs a name."), tr("Type one."))
        if called:
            step.edit(Colleague, known.colleague_id, **called)
        name = about_member(step, member)
        if known.colleague_id in (values.get("manager_id"), values.get("second_manager_id")):
            raise Refused(tr("Nobody is their own manager."), tr("Choose another colleague."))
        left, started = values.get("left_on"), values.get("started_on", known.started_on)
        if left is not None and left > workspace.today():
            raise Refused(tr("That day is still to come."), tr("Write it down once {name} has left.").format(name=name))
        if left is not None and started is not None and left < started:
            raise Refused(tr("The last day lies before the first one."), tr("Look at both days."))
        if values:
            step.edit(Member, member, **values)
        step.words = tr("edit of {name}").format(name=name)
    return step.report()


def move_guide(workspace: Workspace, member: int) -> ChangeReport:
    """Keep a member by the newest version of their guide. Raises Refused where they are, or where it lacks their level.

    Their growth plan stays on its own version; a plan that is begun from now on is on the newest.
    """
    with workspace.step(Op.EDIT_MEMBER) as step:
        name = about_member(step, member)
        known = step.get(Member, member)
        newest = newest_guide(step.connection, step.get(GuideVersion, known.guide_id).name)
        if newest is None or newest == known.guide_id:
            raise Refused(tr("{name} is on the newest version already.").format(name=name))
        level = levels_on(step.connection, workspace.today(), [member])[member][0]
        must_know(read_guide(step.connection, newest), level)
        step.edit(Member, member, guide_id=newest)
        _drop_to_come(step, member, newest, workspace.today())
        number = guide_number(step.connection, newest)
        step.words = tr("{name} on version {n} of the guide").format(name=name, n=number)
    return step.report()


def move_all(workspace: Workspace, moves: Sequence[tuple[int, int]]) -> ChangeReport:
    """Keep members each by a version of their guide, in one step: the one a calibration goes by.

    Raises Refused for one of another guide, and where the version lacks somebody's level.
    """
    with workspace.step(Op.EDIT_MEMBER) as step:
        held = levels_on(step.connection, workspace.today(), [member for member, _ in moves])
        for member, guide in moves:
            name, after = about_member(step, member), read_guide(step.connection, guide)
            if step.get(GuideVersion, step.get(Member, member).guide_id).name != after.name:
                raise Refused(tr("{name} is kept by another guide.").format(name=name), tr("Move them by hand."))
            must_know(after, held[member][0])
            step.edit(Member, member, guide_id=guide)
            _drop_to_come(step, member, guide, workspace.today())
        numbers = sorted({guide_number(step.connection, guide) for _, guide in moves})
        words = ntr("{n} member on version {{version}}", "{n} members on version {{version}}", len(moves))
        step.words = words.format(version=sentence_list([str(number) for number in numbers]))
    return step.report()


def keep_by(workspace: Workspace, member: int, guide: int, level: str) -> ChangeReport:
    """Keep a member by another guide, or another version of the one they are on, at one of its levels from today on.

    Levels that were written down ahead and that it has not go. Their growth plan stays on the guide it was begun by.
    Raises Refused where they are kept by it already, and for a level it has not.
    """
    with workspace.step(Op.EDIT_MEMBER) as step:
        name = about_member(step, member)
        before = step.get(Member, member).guide_id
        if before == guide:
            raise Refused(
                tr("{name} is kept by this guide already.").format(name=name), tr("Change the level instead.")
            )
        after, today = read_guide(step.connection, guide), workspace.today()
        must_know(after, level)
        held, since = levels_on(step.connection, today, [member])[member]
        step.edit(Member, member, guide_id=guide)
        _drop_to_come(step, member, guide, today)
        if level != held or after.name != read_guide(step.connection, before).name:
            reason = tr("Kept by the guide {name}").format(name=after.name)
            on = since if since is not None and since > today else today
            step.add(LevelSpell, member_id=member, level=level, since=on, reason=reason)
        hold_level_of(step, member, today)
        step.subject, step.subject_table = member, "member"
        step.words = tr("{name} by the guide {guide}").format(name=name, guide=after.name)
    return step.report()


def _drop_to_come(step: Step, member: int, guide: int, today: date) -> None:
    """Levels from a day to come that a guide has not can't hold by it."""
    known = {one.id for one in read_guide(step.connection, guide).levels}
    to_come = (col(LevelSpell.member_id) == member, col(LevelSpell.since) > today)
    step.remove_all(LevelSpell, *to_come, col(LevelSpell.level).not_in(known))


def remove(workspace: Workspace, member: int) -> ChangeReport:
    """Take somebody off the team of whom nothing is kept but levels and evidence. The colleague stays.

    Raises Refused for who was assessed, stands in a calibration, or has a plan or a first year: they left.
    """
    with workspace.step(Op.REMOVE_MEMBER) as step:
        name = about_member(step, member)
        for member_id, words in (
            (col(Proposal.member_id), tr("{name} stands in a calibration.")),
            (col(Assessment.member_id), tr("{name} has assessments, or somebody was asked for one.")),
            (col(GrowthPlan.member_id), tr("{name} has a growth plan.")),
            (col(GrowthCheckIn.member_id), tr("{name} has check-ins of the first year.")),
            (col(OnboardingGoal.member_id), tr("{name} has goals of the first year.")),
        ):
            if step.first(select(member_id).where(member_id == member)):
                raise Refused(words.format(name=name), tr("Write the day they left instead."))
        step.remove_all(EvidenceItem, col(EvidenceItem.member_id) == member)
        step.remove_all(LevelSpell, col(LevelSpell.member_id) == member)
        step.remove(Member, member)
        step.subject, step.subject_table = member, "member"
        step.words = tr("removal of {name}").format(name=name)
    return step.report()


def add_in(step: Step, new: NewMember, guide: int, application: int | None = None) -> int:
    """Add a member inside a running step; gives their row."""
    must_know(read_guide(step.connection, guide), new.level)
    colleague = new.colleague if new.colleague is not None else colleague_of(step, new.name, new.mail)
    if colleague is None:
        if not new.name.strip():
            raise Refused(tr("A member needs a name."), tr("Type one, or choose a colleague."))
        colleague = step.add(Colleague, name=new.name.strip(), mail=new.mail.strip(), role=new.role.strip())
    known = step.get(Colleague, colleague)
    if member_of(step, colleague) is not None:
        raise Refused(tr("{name} is on the team already.").format(name=known.name), tr("Open their page instead."))
    if new.mail.strip() and not known.mail:
        step.edit(Colleague, colleague, mail=new.mail.strip())
    manager = new.manager if new.manager is not None else manager_of(step, new.manager_name)
    row = step.next_number(Member)
    step.about = person(row)
    step.add(
        Member,
        id=row,
        colleague_id=colleague,
        guide_id=guide,
        level=new.level,
        level_since=new.since,
        manager_id=manager if manager != colleague else None,
        application_id=application,
        started_on=new.started_on,
        onboarding_goals=[],
    )
    step.add(LevelSpell, member_id=row, level=new.level, since=new.since)
    return row


def _shows(step: Step, member: int) -> None:
    """What the step is about is the member, whatever row came first."""
    step.subject, step.subject_table = member, "member"


def must_know(guide: Guide, level: str) -> None:
    """Raise Refused for a level the guide does not have."""
    if level not in {known.id for known in guide.levels}:
        raise Refused(tr("The guide has no level “{level}”.").format(level=level), tr("Choose one of its levels."))


def colleague_of(step: Step, name: str, mail: str) -> int | None:
    """The colleague of this mail; by name only where one of the two has no mail. None where there is none.

    Raises Refused where several are called so and no mail says which.
    """
    if mail.strip():
        found = step.first(select(col(Colleague.id)).where(func.lower(col(Colleague.mail)) == mail.strip().lower()))
        if found:
            return int(found[0])
    if not name.strip():
        return None
    query = select(col(Colleague.id)).where(func.lower(col(Colleague.name)) == func.lower(name.strip()))
    if mail.strip():
        query = query.where(col(Colleague.mail) == "")  # two people of one name have two mails
    rows = step.values(query.order_by(col(Colleague.id)))
    if len(rows) > 1:
        raise Refused(
            tr("{n} people here are called {name}.").format(n=len(rows), name=name.strip()),
            tr("Give the mail of the one you mean."),
        )
    return rows[0] if rows else None


def manager_of(step: Step, name: str) -> int | None:
    """The colleague who is named as a manager, by name or by mail; None where nobody is. Raises Refused for one who
    is not here, or who could be several."""
    if not name.strip():
        return None
    found = colleague_of(step, "", name) if "@" in name else colleague_of(step, name, "")
    if found is None:
        raise Refused(
            tr("Nobody here is called {name}, who is to be a manager.").format(name=name.strip()),
            tr("Add them as a colleague first."),
        )
    return found


def member_of(step: Step, colleague: int) -> int | None:
    """The member a colleague is, or None."""
    found = step.first(select(col(Member.id)).where(col(Member.colleague_id) == colleague))
    return int(found[0]) if found else None
