"""How a member stands against a level, from one source: what a calibration judged last, newer assessments, or the hire.

The word and the cells beside it always come from the same source, so that they never say two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.gap_sources import gaps_of_hire, gaps_of_verdict
from app.domain.growth import Gap, gap
from app.domain.guide import Guide
from app.domain.readiness import Readiness
from app.records.assessment_groups import AssessmentGroup, newest_against
from app.records.calibration import JudgedMember, judged_members
from app.records.calibration_guides import guide_held_by
from app.records.hire import Hired
from app.records.submitted_assessments import SubmittedAssessment, verdict_of
from app.records.visibility import assessment_sealings
from app.store.guide import guide_number, read_guide
from app.store.tables_calibration import CalibrationResult
from app.store.tables_growth import Calibration, Proposal
from app.store.workspace import Workspace


@dataclass(frozen=True)
class GapsAgainst:
    """The gaps against a level, with the word of the calibration they come from where they come from one.

    `from_hire` says that nobody has assessed the member and these are the panel's first scores; `known` that the
    guide has the level at all. `outcome` is what that calibration decided, `settled_by` the version of the guide it was
    held by where that is another one, whose level says something else. `raters` are those whose scores count;
    `session_on` is the day of the session whose second scores are in the gaps.
    """

    gaps: tuple[Gap, ...]
    readiness: Readiness | None = None
    raters: tuple[str, ...] = ()
    assessed_on: date | None = None
    from_hire: bool = False
    known: bool = True
    session_on: date | None = None
    outcome: str = ""
    settled_by: int | None = None


def gaps_against(
    connection: Connection,
    workspace: Workspace,
    member: int,
    version: int,
    level: str,
    every: Sequence[AssessmentGroup],
    hired: Hired | None = None,
) -> GapsAgainst:
    """A member against a level of a guide's version; `every` are the groups of assessments that are open to me."""
    guide = read_guide(connection, version)
    if all(one.id != level for one in guide.levels):
        return GapsAgainst(tuple(gap(d, None, ()) for d in guide.dimension_ids), known=False)
    found = newest_against(partial(read_guide, connection), every, version, level)
    if not is_assessed(every) and hired is not None and any(scores for _, scores in hired.scores):
        return GapsAgainst(gaps_of_hire(guide, level, hired.bar, dict(hired.scores)), from_hire=True)
    raters = tuple(g.name for g in found if g.content.relation.counts)
    assessed_on = max((g.on(workspace.zone) for g in found), default=None)
    settled = _judged(connection, workspace, member, guide, version, level, found)
    if settled is not None:
        one, held_by = settled
        voted = max((v.at.astimezone(workspace.zone).date() for v in one.votes), default=None)
        cells = gaps_of_verdict(guide, one.verdict)
        if held_by is not None:
            raters, assessed_on = _of_session(one, workspace)
        return GapsAgainst(
            cells,
            one.verdict.word,
            raters,
            assessed_on,
            session_on=voted,
            outcome=_outcome_of(connection, one.proposal),
            settled_by=held_by,
        )
    return GapsAgainst(gaps_of_given(guide, level, found, assessed_on or workspace.today()), None, raters, assessed_on)


def gaps_of_given(guide: Guide, level: str, given: Sequence[SubmittedAssessment], until: date) -> tuple[Gap, ...]:
    """What assessments say against a level, by what the guide needs: today's, or those of a day past. Raises KeyError
    for a level the guide has not."""
    since = until - timedelta(days=guide.needs.window_days)
    return gaps_of_verdict(guide, verdict_of(guide, level, given, since, until))


def is_assessed(every: Sequence[AssessmentGroup]) -> bool:
    """Whether somebody else has assessed the member, as far as I may see."""
    return any(given.content.relation.counts for group in every for given in group.given)


def _judged(
    connection: Connection,
    workspace: Workspace,
    member: int,
    guide: Guide,
    version: int,
    level: str,
    found: Sequence[SubmittedAssessment],
) -> tuple[JudgedMember, int | None] | None:
    """The newest calibration of a member against a level, with the version of the guide it was held by where that is
    newer and its level says something else: what it settled stands for who is on an older one, by its own sentences.

    None without one, while it is sealed to me, where an older version's sentences were others, and where somebody has
    assessed them since.
    """
    query = (
        select(col(Calibration.id), guide_held_by())
        .join(Proposal, col(Proposal.cycle_id) == col(Calibration.id))
        .where(col(Proposal.member_id) == member, col(Proposal.target) == level)
        .order_by(col(Calibration.id).desc())
    )
    for calibration, held_guide in connection.execute(query).all():
        one = next(iter(judged_members(connection, calibration, [member])), None)
        if one is None or not any(cell.scores for cell in one.verdict.cells):
            continue  # nobody has scored them there: what was said before still holds
        sealing = assessment_sealings(connection, calibration, [member])[member]
        moments = [g.submitted_at for g in one.newest] + [v.at for v in one.votes]
        if workspace.me is None or not sealing.open_to(workspace.me):
            return None
        if _since(found, calibration, max(moments)):
            return None
        held_by = read_guide(connection, held_guide)
        if held_guide == version or _asks_the_same(held_by, guide, level):
            return one, None
        number = guide_number(connection, held_guide)
        newer = held_by.name == guide.name and number > guide_number(connection, version)
        return (one, number) if newer else None
    return None


def _of_session(one: JudgedMember, workspace: Workspace) -> tuple[tuple[str, ...], date | None]:
    """Whose scores a session settled, and when the newest of them came in."""
    return tuple(g.name for g in one.counted), max((g.on(workspace.zone) for g in one.counted), default=None)


def _outcome_of(connection: Connection, proposal: int) -> str:
    query = (
        select(col(CalibrationResult.outcome))
        .where(col(CalibrationResult.proposal_id) == proposal)
        .order_by(col(CalibrationResult.id).desc())
    )
    return connection.execute(query.limit(1)).scalar() or ""


def _asks_the_same(one: Guide, other: Guide, level: str) -> bool:
    if all(known.id != level for known in one.levels) or one.dimension_ids != other.dimension_ids:
        return False
    rows = [{d: (c.expect, c.weight, c.bar) for d, c in guide.level(level).cells.items()} for guide in (one, other)]
    return rows[0] == rows[1]


def _since(found: Sequence[SubmittedAssessment], calibration: int, moment: datetime) -> bool:
    """Whether somebody assessed the member after a calibration, outside it."""
    return any(g.submitted_at > moment and g.content.cycle != calibration and g.content.relation.counts for g in found)
