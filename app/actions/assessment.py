"""Assessments: asked for, written alone, submitted once, amended by a new one with its reason.

As with scorecards, a draft is saved as it is typed and enters the history once, at submit, as the digest of its
canonical text; who may see one is the same rule (`records.visibility`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.assessment_rating import must_have_been, put_fact, put_ratings, set_rating
from app.actions.assessment_request import ask
from app.actions.calibration_rules import must_take_assessments
from app.actions.member import about_member
from app.domain.assessment import (
    AssessedRating,
    AssessmentLack,
    EvidenceEntry,
    MissingInAssessment,
    NoScore,
    Relation,
    assessment_text,
    missing_in_assessment,
)
from app.domain.guide import Guide
from app.domain.operations import Op
from app.domain.scorecard import SCORES, CardState
from app.errors import NotFound, Refused
from app.records.rater_relation import relations_now
from app.records.visibility import sealing_of_assessment
from app.store.assessment import read_assessment
from app.store.change_report import ChangeReport
from app.store.guide import read_guide
from app.store.history import HistoryEntry
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, AssessmentRating, EvidenceItem
from app.store.workspace import Workspace
from app.words import tr

_NOT_SHARED: Mapping[str, Any] = {"shared": False, "goal_id": None}
"""What an amendment says is shared item by item again, once it is in."""


class IncompleteAssessment(Refused):
    """An assessment lacks something; `missing_in_assessment` says what."""

    def __init__(self, sentence: str, lacks: tuple[MissingInAssessment, ...]) -> None:
        super().__init__(sentence, tr("Fill it in, or say why it was not assessed."))
        self.missing = lacks


def assess_myself(workspace: Workspace, member: int) -> ChangeReport:
    """Begin one's own assessment of a member against the level they hold; begun twice, it is the same one."""
    with workspace.read() as connection:
        known = connection.execute(
            select(col(Assessment.id)).where(
                col(Assessment.member_id) == member,
                col(Assessment.rater_id) == workspace.me,
                col(Assessment.cycle_id).is_(None),
                col(Assessment.state) == CardState.DRAFT,
            )
        ).scalar()
    if known is not None:
        with _drafting(workspace, known, None) as (step, _guide):
            step.words = tr("assessment of {name}").format(name=about_member(step, member))
        return step.report()
    if workspace.me is None:
        raise Refused(tr("The workspace does not know who you are."), tr("Choose yourself in Settings."))
    return ask(workspace, member, workspace.me)


def type_in(workspace: Workspace, assessment: int) -> ChangeReport:
    """Take on to type in what somebody else wrote on paper, once none of one's own on that member is due.

    Raises Refused for one that its rater has begun: theirs to finish.
    """
    with workspace.step(Op.DRAFT_ASSESSMENT, draft=True) as step:
        known = step.get(Assessment, assessment)
        name = about_member(step, known.member_id)
        step.subject, step.subject_table = assessment, "assessment"
        if known.state != CardState.DRAFT:
            raise _submitted()
        must_take_assessments(step, known)
        if sealing_of_assessment(step.connection, assessment).owes(step.me):
            raise Refused(
                tr("Your own assessment of {name} is due first.").format(name=name),
                tr("Submit it, then type in what others wrote on paper."),
            )
        if known.entered_by_id not in (None, step.who) or (
            known.entered_by_id is None and read_assessment(step.connection, assessment).begun
        ):
            who = step.get(Colleague, known.rater_id).name
            raise Refused(tr("{who} has begun this one.").format(who=who), tr("Only its author may finish it."))
        step.edit(Assessment, assessment, entered_by_id=step.who)
        step.words = tr("assessment of {name}").format(name=name)
    return step.report()


def rate(workspace: Workspace, assessment: int, dimension: str, score: int) -> ChangeReport:
    """Give a dimension a score, 1 to 4, against the level's own sentence."""
    if score not in SCORES:
        raise Refused(tr("A score is 1, 2, 3 or 4."), tr("Press one of these, or 0 for not assessed."))
    with _drafting(workspace, assessment, ("assess", assessment, dimension)) as (step, guide):
        set_rating(step, assessment, dimension, score=score, reason=None)
        step.words = tr("score {score} on {dimension}").format(score=score, dimension=guide.dimension(dimension).short)
    return step.report()


def not_assessed(workspace: Workspace, assessment: int, dimension: str, reason: NoScore) -> ChangeReport:
    """Say why a dimension was not assessed."""
    with _drafting(workspace, assessment, ("assess", assessment, dimension)) as (step, guide):
        set_rating(step, assessment, dimension, score=None, reason=str(NoScore(reason)))
        step.words = tr("{dimension} not assessed").format(dimension=guide.dimension(dimension).short)
    return step.report()


def clear(workspace: Workspace, assessment: int, dimension: str) -> ChangeReport:
    """Take a score or a reason back; the words stay."""
    with _drafting(workspace, assessment, ("assess", assessment, dimension)) as (step, guide):
        set_rating(step, assessment, dimension, score=None, reason=None)
        step.words = tr("no score on {dimension}").format(dimension=guide.dimension(dimension).short)
    return step.report()


def say(workspace: Workspace, assessment: int, dimension: str, words: str) -> ChangeReport:
    """Write a sentence on a dimension."""
    with _drafting(workspace, assessment, ("say", assessment, dimension)) as (step, guide):
        set_rating(step, assessment, dimension, words=words)
        step.words = tr("words on {dimension}").format(dimension=guide.dimension(dimension).short)
    return step.report()


def add_fact(
    workspace: Workspace,
    assessment: int,
    dimension: str,
    text: str,
    on: date | None,
    *,
    inferred: bool = False,
    source: str = "",
) -> ChangeReport:
    """Add a dated thing that was seen, or inferred."""
    with _drafting(workspace, assessment, None) as (step, guide):
        if not text.strip():
            raise Refused(tr("The line is empty."), tr("Write what you saw."))
        put_fact(step, assessment, dimension, EvidenceEntry(on, text, inferred, source), workspace.today())
        step.words = tr("evidence for {dimension}").format(dimension=guide.dimension(dimension).short)
    return step.report()


def edit_fact(workspace: Workspace, fact: int, **values: Any) -> ChangeReport:
    """Change a line of a draft: its text, day, source, whether it is inferred; an empty text takes it out."""
    cleaned: dict[str, Any] = {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
    with _drafting(workspace, _assessment_of(workspace, fact), ("fact", fact, *sorted(values))) as (step, _):
        if cleaned.get("text") == "":
            step.remove(EvidenceItem, fact)
        else:
            must_have_been(cleaned.get("on"), workspace.today())
            step.edit(EvidenceItem, fact, **cleaned)
        step.words = tr("edit of a line")
    return step.report()


def submit(workspace: Workspace, assessment: int) -> ChangeReport:
    """Declare an assessment finished. Raises Incomplete; nothing can be changed afterwards."""
    with workspace.step(Op.SUBMIT_ASSESSMENT) as step:
        known = _own_draft(step, assessment)
        guide = read_guide(step.connection, known.guide_id)
        lacks = missing_in_assessment(read_assessment(step.connection, assessment))
        if lacks:
            names = [_lack_in_words(guide, lack) for lack in lacks]
            raise IncompleteAssessment(tr("Still missing: {what}.").format(what="; ".join(names)), lacks)
        name = about_member(step, known.member_id)
        declare(step, assessment)
        step.words = tr("assessment of {name}").format(name=name)
    return step.report()


def declare(step: Step, assessment: int) -> None:
    """Let a complete draft become the submitted one, inside a running step."""
    known = step.get(Assessment, assessment)
    was_open = _all_in(step, assessment)
    step.edit(Assessment, assessment, state=CardState.SUBMITTED, submitted_at=step.at)
    step.subject, step.subject_table = assessment, "assessment"
    if known.amends_id is not None:
        step.op = Op.AMEND_ASSESSMENT
        step.edit(Assessment, known.amends_id, state=CardState.AMENDED)
    step.declared_text = assessment_text(read_assessment(step.connection, assessment))
    if not was_open and _all_in(step, assessment):
        opened = f"member:{known.member_id}"
        step.also.append(HistoryEntry(Op.CARDS_OPENED, opened, step.about, opened, keep=False))


def _all_in(step: Step, assessment: int) -> bool:
    return sealing_of_assessment(step.connection, assessment).all_in


def amend(workspace: Workspace, assessment: int, reason: str) -> ChangeReport:
    """Begin a new one in the place of a submitted one of one's own; the first one stays as it was."""
    if not reason.strip():
        raise Refused(tr("An amendment needs a reason."), tr("Write what changed your mind, or what was wrong."))
    with workspace.step(Op.DRAFT_ASSESSMENT, draft=True) as step:
        old = step.get(Assessment, assessment)
        if old.state != CardState.SUBMITTED:
            raise Refused(tr("Only a submitted assessment can be amended."), tr("Open the newest one."))
        _must_be_mine(step, assessment)
        must_take_assessments(step, old)
        if step.first(select(col(Assessment.id)).where(col(Assessment.amends_id) == assessment)):
            raise Refused(tr("An amendment of this one was begun."), tr("Finish that one."))
        about_member(step, old.member_id)
        new = step.add(
            Assessment,
            member_id=old.member_id,
            rater_id=old.rater_id,
            relation=relations_now(step.connection, [assessment]).get(assessment, Relation(old.relation)),
            cycle_id=old.cycle_id,
            guide_id=old.guide_id,
            level=old.level,
            dimensions=old.dimensions,
            amends_id=assessment,
            amend_reason=reason.strip(),
            entered_by_id=None if step.who == old.rater_id else step.who,
            started_at=step.at,
        )
        step.copy_all(AssessmentRating, col(AssessmentRating.assessment_id) == assessment, assessment_id=new)
        step.copy_all(EvidenceItem, col(EvidenceItem.assessment_id) == assessment, assessment_id=new, **_NOT_SHARED)
        step.subject, step.subject_table = new, "assessment"
        step.words = tr("amendment")
    return step.report()


def discard(workspace: Workspace, assessment: int) -> ChangeReport:
    """Throw away what a draft says; who was asked stays asked. A begun amendment goes as a whole."""
    with workspace.step(Op.DRAFT_ASSESSMENT, draft=True) as step:
        known = _own_draft(step, assessment)
        step.subject, step.subject_table = assessment, "assessment"
        step.remove_all(AssessmentRating, col(AssessmentRating.assessment_id) == assessment)
        step.remove_all(EvidenceItem, col(EvidenceItem.assessment_id) == assessment)
        if known.amends_id is not None:
            step.remove(Assessment, assessment)
        step.words = tr("draft")
    return step.report()


@contextmanager
def _drafting(workspace: Workspace, assessment: int, merge: tuple[object, ...] | None) -> Iterator[tuple[Step, Guide]]:
    with workspace.step(Op.DRAFT_ASSESSMENT, draft=True, merge=merge) as step:
        known = _own_draft(step, assessment)
        step.subject, step.subject_table = assessment, "assessment"
        if known.rater_id == step.who and known.entered_by_id is not None:
            step.edit(Assessment, assessment, entered_by_id=None)  # they go on alone: nobody reads along
        yield step, read_guide(step.connection, known.guide_id)


def _own_draft(step: Step, assessment: int) -> Assessment:
    known = step.get(Assessment, assessment)
    if known.state != CardState.DRAFT:
        raise _submitted()
    _must_be_mine(step, assessment)
    must_take_assessments(step, known)
    return known


def _submitted() -> Refused:
    return Refused(tr("This assessment is submitted and can’t be changed."), tr("Amend it: a new one with its reason."))


def _must_be_mine(step: Step, assessment: int) -> None:
    known, sealing = step.get(Assessment, assessment), sealing_of_assessment(step.connection, assessment)
    if known.rater_id != step.me and not (
        known.entered_by_id == step.who and sealing.shows(step.who, known.rater_id, known.entered_by_id, known.state)
    ):
        raise Refused(
            tr("This is {name}’s assessment.").format(name=step.get(Colleague, known.rater_id).name),
            tr("Only its author may write on it, or who types it in for them once their own is in."),
        )


def _assessment_of(workspace: Workspace, fact: int) -> int:
    with workspace.read() as connection:
        found = connection.execute(select(col(EvidenceItem.assessment_id)).where(col(EvidenceItem.id) == fact)).scalar()
    if found is None:
        raise NotFound(tr("That line is gone."), tr("It was taken out meanwhile."))
    return int(found)


def _lack_in_words(guide: Guide, lack: MissingInAssessment) -> str:
    return {
        AssessmentLack.SCORE: tr("a score or a reason for {name}"),
        AssessmentLack.FACT: tr("evidence for {name}"),
        AssessmentLack.DAY: tr("the day of a line on {name}"),
        AssessmentLack.WORDS: tr("your words on {name}"),
    }[lack.lack].format(name=guide.dimension(lack.dimension).short)


def fill(workspace: Workspace, assessment: int, ratings: Sequence[AssessedRating]) -> ChangeReport:
    """Write these ratings with their facts into a draft in one step, in the place of what it said of the same
    dimensions: from a spreadsheet, or all at once. Nothing is submitted by it."""
    with _drafting(workspace, assessment, None) as (step, _guide):
        put_ratings(step, assessment, ratings, workspace.today())
        name = about_member(step, step.get(Assessment, assessment).member_id)
        step.words = tr("assessment of {name}").format(name=name)
    return step.report()


def fill_all(workspace: Workspace, ratings: Mapping[int, Sequence[AssessedRating]], words: str) -> ChangeReport:
    """Fill several drafts of one's own, all or none."""
    with workspace.step(Op.DRAFT_ASSESSMENT, draft=True) as step:
        for row, rated in ratings.items():
            _own_draft(step, row)
            put_ratings(step, row, rated, workspace.today())
        step.subject, step.subject_table = next(iter(ratings)), "assessment"
        step.words = words
    return step.report()
