"""Applications: putting a candidate into an opening, moving them, holding, closing, opening cards early, files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.opening_closing import must_be_open
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.errors import NotYet, Refused
from app.records.closing import close_in, reopen_in
from app.records.hold import end_hold
from app.records.plan import newest_plan
from app.records.transcripts import delete_for_good, ending_with_decision
from app.records.visibility import sealing_of
from app.store.attachment import keep_bytes
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Application, Attachment, Candidate, Opening, Stage, StageEntry
from app.store.tables_people import Hold
from app.store.workspace import Workspace
from app.words import ntr, tr

LARGEST_FILE = 25 * 1024 * 1024


@dataclass(frozen=True)
class ClosedApplication:
    """How an application ended: `why` is a reason of the list, `reason` words of one's own."""

    outcome: Outcome
    why: str = ""
    reason: str = ""


@dataclass(frozen=True)
class NewApplication:
    """Which opening somebody is put into, and when they applied."""

    opening: int
    applied_on: date | None = None


@dataclass(frozen=True)
class PutOnHold:
    """Why an application waits, and until when where that is known."""

    reason: str
    until: date | None = None


def add(workspace: Workspace, candidate: int, opening: int, applied_on: date | None = None) -> ChangeReport:
    """Put a candidate into the first stage of an opening. Raises Refused when they are in it already."""
    with workspace.step(Op.ADD_APPLICATION, about=f"candidate:{candidate}") as step:
        name = step.get(Candidate, candidate).name
        if not put_in(step, candidate, opening, applied_on):
            raise Refused(
                tr("{name} is in this opening already.").format(name=name), tr("Open their application instead.")
            )
        step.words = tr("{name} in {code}").format(name=name, code=step.get(Opening, opening).code)
    return step.report()


def put_in(step: Step, candidate: int, opening: int, applied_on: date | None) -> bool:
    """Put a candidate into an opening inside a running step; False when an application of theirs is open there.

    One that was closed stays beside the new one. Raises NotFound for no such opening, Refused for a closed one.
    """
    known = step.get(Opening, opening)
    must_be_open(known)
    if _open_ones(step, candidate, opening):
        return False
    first = step.first(
        select(col(Stage.id)).where(col(Stage.opening_id) == opening).order_by(col(Stage.position)).limit(1)
    )
    if first is None:
        raise Refused(tr("This opening has no stages."), tr("Add a stage to it first."))
    row = step.add(
        Application,
        candidate_id=candidate,
        opening_id=opening,
        plan_id=newest_plan(step.connection, opening),
        stage_id=first[0],
        entered_at=step.at,
        applied_on=applied_on,
    )
    step.add(StageEntry, application_id=row, stage_id=first[0], entered_at=step.at, by_id=step.who)
    return True


def _open_ones(step: Step, candidate: int, opening: int) -> Sequence[int]:
    """The open applications of a candidate in an opening: one, or none."""
    return step.values(
        select(col(Application.id)).where(
            col(Application.candidate_id) == candidate,
            col(Application.opening_id) == opening,
            col(Application.outcome) == Outcome.ACTIVE,
        )
    )


def must_be_the_open_one(step: Step, application: int, candidate: int, opening: int) -> None:
    """Raises Refused where another application of the candidate is open in the opening."""
    if any(other != application for other in _open_ones(step, candidate, opening)):
        raise Refused(
            tr("{name} applied again since, and that application is open.").format(
                name=step.get(Candidate, candidate).name
            ),
            tr("Go on with that one, or close it first."),
        )


def move(workspace: Workspace, application: int, stage: int) -> ChangeReport:
    """Move an application to a stage of its opening. Raises Refused for a closed one or a stage of another opening."""
    with workspace.step(Op.MOVE_APPLICATION, merge=("move", application)) as step:
        name = move_in(step, application, stage)
        step.words = tr("{name} to {stage}").format(name=name, stage=step.get(Stage, stage).name)
    return step.report()


def move_in(step: Step, application: int, stage: int) -> str:
    """Move an application inside a running step, and give the candidate's name. Raises as `move`."""
    known = step.get(Application, application)
    target = step.get(Stage, stage)
    name = about_candidate(step, application)
    if known.outcome != Outcome.ACTIVE:
        raise Refused(tr("{name}’s application is closed.").format(name=name), tr("Reopen it before you move it."))
    if target.opening_id != known.opening_id:
        raise Refused(tr("That stage belongs to another opening."), tr("Choose a stage of this opening."))
    if known.stage_id != stage:
        step.edit(Application, application, stage_id=stage, entered_at=step.at)
        step.add(StageEntry, application_id=application, stage_id=stage, entered_at=step.at, by_id=step.who)
    return name


def transfer(workspace: Workspace, application: int, opening: int) -> ChangeReport:
    """Move a candidate into another opening: this application is closed as moved, and one there begins.

    Its transcripts go as with any closing. Raises Refused for a closed one, or where they are in that opening already.
    """
    with workspace.step(Op.TRANSFER_APPLICATION) as step:
        known = step.get(Application, application)
        there = step.get(Opening, opening)
        if known.opening_id == opening:
            raise Refused(tr("This application is in {code}.").format(code=there.code), tr("Choose another opening."))
        moved = ClosedApplication(Outcome.MOVED, reason=tr("To {code}").format(code=there.code))
        name = close_one(step, application, moved)
        if not put_in(step, known.candidate_id, opening, known.applied_on):
            raise Refused(
                tr("{name} is in {code} already.").format(name=name, code=there.code),
                tr("Close this application instead."),
            )
        step.words = tr("{name} to {code}").format(name=name, code=there.code)
    return step.report()


def hold(workspace: Workspace, application: int, why: PutOnHold) -> ChangeReport:
    """Put an application on hold. Raises Refused without a reason, for a closed one, and for one that is on hold."""
    if not why.reason.strip():
        raise Refused(tr("A hold needs a reason."), tr("Write what is waited for."))
    with workspace.step(Op.HOLD_APPLICATION) as step:
        name = about_candidate(step, application)
        _must_be_open(step, application, name)
        if end_hold(step, application):
            raise Refused(tr("{name}’s application is on hold already.").format(name=name), tr("Go on with it first."))
        step.add(
            Hold,
            application_id=application,
            since=step.at,
            until=why.until,
            reason=why.reason.strip(),
            by_id=step.who,
        )
        step.words = tr("hold of {name}").format(name=name)
    return step.report()


def resume(workspace: Workspace, application: int) -> ChangeReport:
    """Go on with an application that was on hold."""
    with workspace.step(Op.HOLD_APPLICATION) as step:
        name = about_candidate(step, application)
        if not end_hold(step, application):
            raise Refused(tr("{name}’s application is not on hold.").format(name=name))
        step.words = tr("going on with {name}").format(name=name)
    return step.report()


def give_owner(workspace: Workspace, applications: Collection[int], owner: int | None) -> ChangeReport:
    """Say who looks after these applications; None for the opening's hiring manager."""
    with workspace.step(Op.GIVE_OWNER) as step:
        for application in sorted(applications):
            about_candidate(step, application)
            step.edit(Application, application, owner_id=owner)
        step.words = ntr("owner of {n} application", "owner of {n} applications", len(applications))
    return step.report()


def close(workspace: Workspace, application: int, outcome: Outcome, reason: str = "", why: str = "") -> ChangeReport:
    """Close an application as hired, rejected or withdrawn; its transcripts go as with a decision.

    Raises Refused for one that is closed, and for a reason that is not on the list.
    """
    with workspace.step(Op.CLOSE_APPLICATION) as step:
        if outcome not in (Outcome.HIRED, Outcome.REJECTED, Outcome.WITHDRAWN):
            raise Refused(tr("An application is closed as hired, rejected or withdrawn."), tr("Choose one."))
        name = close_one(step, application, ClosedApplication(outcome, why, reason))
        step.words = tr("closing of {name}").format(name=name)
    return step.report()


def close_one(step: Step, application: int, end: ClosedApplication) -> str:
    """Close an application inside a running step, and give the candidate's name. Raises as `close`."""
    name = about_candidate(step, application)
    _must_be_open(step, application, name)
    close_in(step, application, end.outcome, end.reason.strip(), end.why)
    delete_for_good(step, ending_with_decision(step.connection, application))
    return name


def reopen(workspace: Workspace, application: int) -> ChangeReport:
    """Take a closed application up again, at the stage it was in. The closing and its reason stay in its timeline.

    Raises Refused where it is open, where another one of theirs in the same opening is, and where the opening is
    closed.
    """
    with workspace.step(Op.REOPEN_APPLICATION) as step:
        name = about_candidate(step, application)
        known = step.get(Application, application)
        if known.outcome == Outcome.ACTIVE:
            raise Refused(tr("{name}’s application is open.").format(name=name))
        must_be_open(step.get(Opening, known.opening_id))
        must_be_the_open_one(step, application, known.candidate_id, known.opening_id)
        reopen_in(step, application)
        step.words = tr("reopening of {name}").format(name=name)
    return step.report()


def _must_be_open(step: Step, application: int, name: str) -> None:
    if step.get(Application, application).outcome != Outcome.ACTIVE:
        raise Refused(tr("{name}’s application is closed.").format(name=name), tr("Reopen it first."))


def open_cards(workspace: Workspace, application: int, reason: str) -> ChangeReport:
    """Open the cards before all of them are in. Needs a reason, and one's own card must be in."""
    if not reason.strip():
        raise Refused(
            tr("Opening the cards early needs a reason."), tr("Write why the missing cards can’t be waited for.")
        )
    with workspace.step(Op.OPEN_CARDS) as step:
        name = about_candidate(step, application)
        sealing = sealing_of(step.connection, application)
        if step.who is None or sealing.owes(step.who):
            raise Refused(
                tr("Your own card for {name} is still due.").format(name=name),
                tr("Submit it first, then open the cards."),
            )
        if sealing.all_in or sealing.opened:
            raise Refused(tr("The cards of {name} are open already.").format(name=name))
        step.edit(Application, application, opened_at=step.at, opened_by_id=step.who, open_reason=reason.strip())
        step.words = tr("opening of the cards of {name}").format(name=name)
    return step.report()


def attach(workspace: Workspace, application: int, name: str, content: bytes) -> ChangeReport:
    """Attach a file by its bytes. Raises Refused over 25 MB or when it is empty."""
    return attach_all(workspace, application, [(name, content)])


def attach_all(workspace: Workspace, application: int, files: Sequence[tuple[str, bytes]]) -> ChangeReport:
    """Attach files by their names and bytes in one step, all or none. Raises Refused, naming the one that can't be."""
    for name, content in files:
        if not content or len(content) > LARGEST_FILE:
            raise Refused(tr("{name} is empty or larger than 25 MB.").format(name=name), tr("Attach a smaller file."))
    with workspace.step(Op.ATTACH_FILE) as step:
        about_candidate(step, application)
        for name, content in files:
            digest = keep_bytes(step, content)
            step.add(
                Attachment, application_id=application, name=name, size=len(content), digest=digest, added_at=step.at
            )
        several = ntr("{n} file", "{n} files", len(files))
        step.words = tr("file {name}").format(name=files[0][0]) if len(files) == 1 else several
    return step.report()


def detach(workspace: Workspace, attachment: int) -> ChangeReport:
    """Remove an attached file. Its bytes go when the window closes, because undo may want them."""
    with workspace.step(Op.REMOVE_FILE) as step:
        known = step.get(Attachment, attachment)
        about_candidate(step, known.application_id)
        step.remove(Attachment, attachment)
        step.words = tr("removal of {name}").format(name=known.name)
    return step.report()


def about_candidate(step: Step, application: int) -> str:
    """Say whom the step is about, and give their name."""
    candidate = step.get(Application, application).candidate_id
    step.about = f"candidate:{candidate}"
    return step.get(Candidate, candidate).name


def about_open_candidate(step: Step, application: int) -> str:
    """The `about_candidate` of a step that rests on what the cards say. Raises NotYet while they are sealed to me."""
    name = about_candidate(step, application)
    if step.who is None or not sealing_of(step.connection, application).open_to(step.who):
        raise NotYet(
            tr("The cards of {name} are not open yet.").format(name=name),
            tr("Wait for the cards that are due, or open them early with a reason."),
        )
    return name
