"""The debrief: begun once the cards are open, walked dimension by dimension, second scores beside the first, flags.

Notes are typed; beginning, second scores and what became of a red flag are declared.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import about_open_candidate
from app.domain.debrief import FlagVerdict
from app.domain.decision import Verdict
from app.domain.operations import Op
from app.domain.scorecard import SCORES
from app.errors import Refused
from app.records.panel_scores import observed_flags, raters_of, second_votes
from app.records.plan import rubric_of
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_debrief import DebriefWalk
from app.store.tables_panel import Debrief, Decision, FlagResolution, SecondScore, SecondVote
from app.store.workspace import Workspace
from app.words import sentence_list, tr


def start(workspace: Workspace, application: int) -> ChangeReport:
    """Begin the debrief: what comes in from now on is a second score. Begun twice, it is the same one."""
    with workspace.step(Op.START_DEBRIEF) as step:
        name = about_open_candidate(step, application)
        known = step.first(select(col(Debrief.id)).where(col(Debrief.application_id) == application))
        if known:
            step.subject, step.subject_table = known[0], "debrief"
        else:
            row = step.add(Debrief, application_id=application, facilitator_id=step.who, started_at=step.at)
            for dimension in rubric_of(step.connection, application).dimension_ids:
                step.add(DebriefWalk, debrief_id=row, dimension=dimension)
        step.words = tr("debrief of {name}").format(name=name)
    return step.report()


def note(workspace: Workspace, debrief: int, dimension: str, text: str, *, typing: bool = False) -> ChangeReport:
    """Write down what was said about a dimension; `typing` while the field is not left yet."""
    merge = ("debrief note", debrief, dimension)
    with workspace.step(Op.WALK_DIMENSION, merge=merge, typing=typing) as step:
        row = _walk(step, debrief, dimension)
        step.edit(DebriefWalk, row, note=text if typing else text.strip())
        step.words = tr("note on {dimension}").format(dimension=_short(step, debrief, dimension))
    return step.report()


def walked(workspace: Workspace, debrief: int, dimension: str) -> ChangeReport:
    """A dimension was talked through."""
    with workspace.step(Op.WALK_DIMENSION) as step:
        step.edit(DebriefWalk, _walk(step, debrief, dimension), walked_at=step.at, skipped=False)
        step.words = tr("{dimension} walked").format(dimension=_short(step, debrief, dimension))
    return step.report()


def skip_rest(workspace: Workspace, debrief: int) -> ChangeReport:
    """Go to the decision without the dimensions that were not walked; that they were skipped is recorded."""
    with workspace.step(Op.WALK_DIMENSION) as step:
        about_open_candidate(step, step.get(Debrief, debrief).application_id)
        left = step.values(
            select(col(DebriefWalk.id)).where(
                col(DebriefWalk.debrief_id) == debrief, col(DebriefWalk.walked_at).is_(None)
            )
        )
        for walk in left:
            step.edit(DebriefWalk, walk, walked_at=step.at, skipped=True)
        step.words = tr("skipping of the rest")
    return step.report()


def score_again(
    workspace: Workspace, debrief: int, dimension: str, scores: Mapping[int, int | None], reason: str = ""
) -> ChangeReport:
    """Record the silent second scores of a dimension, by colleague; None is no score. The first ones stay.

    Raises Refused unless exactly those who scored the dimension are in it, for a further vote without a reason, and
    once it is decided: a result the decision did not have would stand beside it. A hold leaves the debrief open.
    """
    with workspace.step(Op.SECOND_SCORES) as step:
        application = step.get(Debrief, debrief).application_id
        name = about_open_candidate(step, application)
        if dimension not in rubric_of(step.connection, application).dimension_ids:
            raise Refused(tr("That is no dimension of this rubric."))
        _must_be_undecided(step, application, name)
        raters = raters_of(step.connection, application, dimension)
        if set(scores) != set(raters):
            named = sentence_list([step.get(Colleague, c).name for c in raters])
            raise Refused(
                tr("Second scores come from those who scored it: {names}.").format(names=named or tr("nobody")),
                tr("Key in one digit for each of them, 0 for no score."),
            )
        if any(score is not None and score not in SCORES for score in scores.values()):
            raise Refused(tr("A score is 1, 2, 3 or 4."), tr("Key in 0 for no score."))
        if dimension in second_votes(step.connection, application) and not reason.strip():
            raise Refused(
                tr("This dimension has second scores already."), tr("Say why they are taken again. The others stay.")
            )
        row = step.add(
            SecondVote, debrief_id=debrief, dimension=dimension, reason=reason.strip(), at=step.at, by_id=step.who
        )
        for colleague in raters:
            step.add(SecondScore, vote_id=row, colleague_id=colleague, score=scores[colleague])
        step.words = tr("second scores of {name}").format(name=name)
    return step.report()


def resolve_flag(workspace: Workspace, application: int, signal: str, verdict: FlagVerdict, why: str) -> ChangeReport:
    """Say what the debrief makes of an observed red flag. A later answer takes its place, with its own why."""
    if not why.strip():
        raise Refused(tr("A red flag is settled in words."), tr("Write what the second observation showed."))
    with workspace.step(Op.RESOLVE_FLAG) as step:
        name = about_open_candidate(step, application)
        if signal not in observed_flags(step.connection, application):
            raise Refused(tr("Nobody observed that red flag on {name}.").format(name=name))
        step.add(
            FlagResolution,
            application_id=application,
            signal=signal,
            verdict=verdict,
            why=why.strip(),
            at=step.at,
            by_id=step.who,
        )
        step.words = tr("red flag of {name}").format(name=name)
    return step.report()


def _must_be_undecided(step: Step, application: int, name: str) -> None:
    decided = select(col(Decision.verdict)).where(col(Decision.application_id) == application)
    newest = step.first(decided.order_by(col(Decision.id).desc()).limit(1))
    if newest is not None and newest[0] != Verdict.HOLD:
        raise Refused(
            tr("{name} is decided, so the scores stay as they were then.").format(name=name),
            tr("Write what is new into a further decision."),
        )


def _walk(step: Step, debrief: int, dimension: str) -> int:
    about_open_candidate(step, step.get(Debrief, debrief).application_id)
    row = step.first(
        select(col(DebriefWalk.id)).where(
            col(DebriefWalk.debrief_id) == debrief, col(DebriefWalk.dimension) == dimension
        )
    )
    if row is None:
        raise Refused(tr("That dimension is not in this debrief."))
    return int(row[0])


def _short(step: Step, debrief: int, dimension: str) -> str:
    return rubric_of(step.connection, step.get(Debrief, debrief).application_id).dimension(dimension).short
