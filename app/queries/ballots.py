"""What the ballots of a calibration print: who votes on whom and on which cells, without any score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.panel import State
from app.errors import NotYet
from app.queries.calibration import CalibrationMember, CalibrationView, page_in
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class BallotCell:
    """A cell that may come to a vote: its dimension by its everyday name, and the sentence it is scored against."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Ballot:
    """What one person is handed for one member; `seat` is where the vote is keyed in, from 1, and 0 where they have no
    second scores. `outcome` says that they vote on the outcome, as one of the committee."""

    member: str
    way: str
    voter: str
    seat: int
    cells: tuple[BallotCell, ...]
    outcome: bool = False


@dataclass(frozen=True)
class BallotFacts:
    """Every ballot of a session, in the order of its agenda and then of the seats."""

    cycle: str
    made_at: datetime
    versions: str
    ballots: tuple[Ballot, ...]
    paper: str


def ballot_facts(workspace: Workspace, calibration: int) -> BallotFacts:
    """The ballots of a calibration. Raises NotFound, and NotYet while a member is sealed or when it is closed."""
    with workspace.read() as connection:
        page = page_in(connection, workspace, calibration)
    sealed = [m.name for m in page.members if m.judged is None]
    if sealed:
        raise NotYet(
            tr("The assessments of {name} are sealed to you.").format(name=sealed[0]),
            tr("Ballots can be printed once every one that was asked for is in, or the session has begun."),
        )
    if page.closed:
        raise NotYet(tr("{name} is closed, nobody votes in it.").format(name=page.name), tr("Reopen it first."))
    turns = [page.member(t.proposal) for t in page.turns if not t.again]
    ballots = tuple(ballot for one in turns or page.members for ballot in _ballots(page, one))
    if not ballots:
        raise NotYet(tr("Nobody can vote in {name} yet.").format(name=page.name), tr("Ask two raters for each member."))
    made = max(g.submitted_at for m in page.members if m.judged is not None for g in m.judged.first)
    return BallotFacts(page.name, made, page.versions, ballots, workspace.settings.paper)


def _ballots(page: CalibrationView, one: CalibrationMember) -> list[Ballot]:
    judged = one.judged
    assert judged is not None
    asked = one.guide.level(one.target).cells
    may_vote = {d: {g.rater for g in judged.voters(d)} for d in one.guide.dimension_ids}
    open_cells = [c.dimension for c in judged.before.cells if c.state in (State.SPLIT, State.NOT_MET)]
    way = tr("{level} to {target}").format(level=one.level, target=one.target)
    raters = {g.rater: g.name for g in judged.first if any(g.rater in who for who in may_vote.values())}
    committee = {s.colleague: s.name for s in page.seats if s.votes and s.colleague not in one.recused}
    return [
        Ballot(
            one.name,
            way,
            name,
            seat if rater in raters else 0,
            tuple(
                BallotCell(one.guide.dimension(d).short, asked[d].expect) for d in open_cells if rater in may_vote[d]
            ),
            rater in committee,
        )
        for seat, (rater, name) in enumerate((raters | committee).items(), 1)
    ]
