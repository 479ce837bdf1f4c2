"""The committee of a calibration: seats, recusals, silent votes, and what is kept of them where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import calibration, calibration_session, colleague, committee
from app.actions.undo import Undoing
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots, HeldVote, Office, Tally, Turn, recusals, tally
from app.errors import NotYet, Refused
from app.queries.calibration import calibration_view
from app.store import sqlite
from app.store.backup import make_backup
from app.store.check import check_workspace
from app.store.everything_in import bring_everything
from app.store.workspace import open_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.whole import exported

PROMOTE, NOT_NOW, MORE = CalibrationOutcome
NADIA, ANDERS = 6, 5  # as colleagues
DANAS_VOTE = b"\x1b\x03not_now"  # as a record of SQLite ends: the kind of a text of seven letters, who, and the text


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A session with five seats: Joel chairs, Ruth manages both members, one more listens."""
    made = Team(tmp_path)
    made.all_in()
    listener = colleague.add(made.workspace, "Petra Novak").subject
    calibration.start(made.workspace, made.cycle)
    for who in (RUTH, TOMASZ, DANA, NADIA):
        committee.seat(made.workspace, made.cycle, who, Office.NONE, votes=True)
    committee.seat(made.workspace, made.cycle, JOEL, Office.CHAIR, votes=True)
    committee.seat(made.workspace, made.cycle, listener, Office.NONE, votes=False)
    yield made
    made.workspace.close()


def case(team: Team) -> int:
    return team.of(team.anders).proposal


def vote(team: Team) -> HeldVote:
    held = team.of(team.anders).vote
    assert held is not None
    return held


def opened(team: Team, ballots: Ballots = Ballots.NAMES) -> int:
    if ballots is not team.page.ballots:
        committee.keep_ballots(team.workspace, team.cycle, ballots)
    committee.open_vote(team.workspace, case(team))
    return vote(team).id


def cast_all(team: Team, held: int) -> None:
    for who, choice in ((TOMASZ, PROMOTE), (DANA, NOT_NOW), (NADIA, PROMOTE), (JOEL, PROMOTE)):
        committee.cast(team.workspace, held, who, choice)


def bytes_of(path: Path) -> bytes:
    log = sqlite.log_of(path)
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_more_than_half_is_a_result_and_nothing_else_is() -> None:
    assert tally([PROMOTE, PROMOTE, NOT_NOW]) == Tally(2, 1, 0)
    assert tally([PROMOTE, PROMOTE, NOT_NOW]).result is PROMOTE
    assert tally([PROMOTE, NOT_NOW]).result is None
    assert tally([PROMOTE, PROMOTE, NOT_NOW, MORE]).result is None
    assert tally([]).result is None


def test_the_member_and_their_manager_always_leave_it_to_the_others() -> None:
    chosen = {1: Relation.PEER, 3: Relation.REPORT, 9: Relation.OTHER}
    assert recusals([1, 2, 3, 4], chosen, member=1, manager=2) == {
        1: Relation.SELF,
        2: Relation.MANAGER,
        3: Relation.REPORT,
    }


def test_seats_have_one_chair_and_are_taken_back(team: Team) -> None:
    undoing = Undoing()
    with pytest.raises(Refused, match="Joel Abara chairs Spring 2026 already"):
        committee.seat(team.workspace, team.cycle, RUTH, Office.CHAIR, votes=True)
    undoing.note(committee.seat(team.workspace, team.cycle, RUTH, Office.MINUTES, votes=False))
    assert next((s.name, s.office, s.votes) for s in team.page.seats) == ("Ruth Amadi", Office.MINUTES, False)
    undoing.note(committee.unseat(team.workspace, team.cycle, RUTH))
    assert "Ruth Amadi" not in {s.name for s in team.page.seats}
    undoing.undo(team.workspace)
    undoing.undo(team.workspace)
    assert next((s.name, s.office, s.votes) for s in team.page.seats) == ("Ruth Amadi", Office.NONE, True)
    with pytest.raises(Refused, match="has no seat"):
        committee.unseat(team.workspace, team.cycle, ANDERS)


def test_a_vote_is_silent_until_it_ends_and_is_then_kept_by_name(team: Team) -> None:
    held = opened(team)
    assert [(t.name, t.turn) for t in vote(team).turns] == [
        ("Ruth Amadi", Turn.RECUSED),
        ("Tomasz Wieland", None),
        ("Dana Whitlock", None),
        ("Nadia Rousselle", None),
        ("Joel Abara", None),
    ]
    chain = team.chain()
    cast_all(team, held)
    assert team.chain() == chain, "what is cast enters no history"
    shown = vote(team)
    assert (shown.voted, shown.due, shown.tally, shown.result) == (4, (), None, None)
    assert {turn.choice for turn in shown.turns} == {None}
    committee.end_vote(team.workspace, held)
    ended = vote(team)
    assert (ended.tally, ended.result) == (Tally(3, 1, 0), PROMOTE)
    assert {t.name: t.choice for t in ended.turns} == {
        "Ruth Amadi": None,
        "Tomasz Wieland": PROMOTE,
        "Dana Whitlock": NOT_NOW,
        "Nadia Rousselle": PROMOTE,
        "Joel Abara": PROMOTE,
    }
    assert check_workspace(team.workspace) == []


def test_with_counts_nobodys_vote_is_in_any_byte_after_the_end(team: Team, tmp_path: Path) -> None:
    held = opened(team, Ballots.COUNTS)
    cast_all(team, held)
    team.workspace.close()
    team.workspace = open_workspace(team.workspace.path, backups=tmp_path / "data")
    backup = make_backup(team.workspace, tmp_path / "data", team.workspace.now())
    assert DANAS_VOTE in bytes_of(team.workspace.path)
    assert DANAS_VOTE in backup.read_bytes()
    report = committee.end_vote(team.workspace, held)
    assert report.remains == ()
    assert DANAS_VOTE not in bytes_of(team.workspace.path)
    assert DANAS_VOTE not in backup.read_bytes()
    assert (vote(team).tally, vote(team).result) == (Tally(3, 1, 0), PROMOTE)
    assert {turn.choice for turn in vote(team).turns} == {None}
    assert {turn.turn for turn in vote(team).turns} == {Turn.VOTED, Turn.RECUSED}


def test_under_four_votes_counts_tell_nothing_but_the_result(team: Team) -> None:
    held = opened(team, Ballots.COUNTS)
    committee.cast(team.workspace, held, TOMASZ, PROMOTE)
    committee.cast(team.workspace, held, DANA, NOT_NOW)
    committee.cast(team.workspace, held, JOEL, PROMOTE)
    committee.excuse_from_vote(team.workspace, held, NADIA, "On leave")
    committee.end_vote(team.workspace, held)
    assert (vote(team).tally, vote(team).result, vote(team).voted) == (None, PROMOTE, 3)
    with team.workspace.read() as connection:
        said = " ".join(connection.exec_driver_sql("SELECT content FROM image").scalars())
    assert '"choice":"promote"' not in said
    assert '"choice":"not_now"' not in said


def test_what_is_kept_is_fixed_before_the_first_vote(team: Team) -> None:
    opened(team, Ballots.COUNTS)
    with pytest.raises(Refused, match="what is kept of its votes was said before"):
        committee.keep_ballots(team.workspace, team.cycle, Ballots.NAMES)


def test_each_votes_once_and_nobody_else(team: Team) -> None:
    held = opened(team)
    committee.cast(team.workspace, held, DANA, NOT_NOW)
    with pytest.raises(Refused, match="Dana Whitlock has voted"):
        committee.cast(team.workspace, held, DANA, PROMOTE)
    with pytest.raises(Refused, match="Ruth Amadi leaves this one to the others"):
        committee.cast(team.workspace, held, RUTH, PROMOTE)
    with pytest.raises(Refused, match="Petra Novak has no vote here"):
        committee.cast(team.workspace, held, 7, PROMOTE)
    with pytest.raises(Refused, match="Dana Whitlock has voted on Anders Mbeki"):
        committee.recuse(team.workspace, case(team), DANA, Relation.PEER)
    committee.recuse(team.workspace, case(team), TOMASZ, Relation.PEER)
    with pytest.raises(Refused, match="Tomasz Wieland leaves this one to the others"):
        committee.cast(team.workspace, held, TOMASZ, PROMOTE)


def test_ending_early_takes_a_reason_and_a_further_vote_too(team: Team) -> None:
    held = opened(team)
    committee.cast(team.workspace, held, DANA, MORE)
    with pytest.raises(Refused, match="Still to vote: Tomasz Wieland, Nadia Rousselle and Joel Abara"):
        committee.end_vote(team.workspace, held)
    committee.end_vote(team.workspace, held, "The room is needed.")
    assert (vote(team).end_reason, vote(team).result) == ("The room is needed.", MORE)
    assert [t.turn for t in vote(team).turns] == [Turn.RECUSED, Turn.MISSING, Turn.VOTED, Turn.MISSING, Turn.MISSING]
    with pytest.raises(Refused, match="The vote on Anders Mbeki has ended"):
        committee.cast(team.workspace, held, JOEL, PROMOTE)
    with pytest.raises(Refused, match="voted on before"):
        committee.open_vote(team.workspace, case(team))
    committee.open_vote(team.workspace, case(team), "Two were missing.")
    assert [v.reason for v in team.of(team.anders).votes] == ["", "Two were missing."]
    assert vote(team).open


def test_nothing_is_decided_closed_or_seated_while_a_vote_is_open(team: Team) -> None:
    undoing = Undoing()
    undoing.note(committee.seat(team.workspace, team.cycle, NADIA, Office.MINUTES, votes=True))
    held = opened(team)
    with pytest.raises(Refused, match="The committee is voting on Anders Mbeki"):
        calibration_session.decide(team.workspace, case(team), PROMOTE, "The core is covered.")
    with pytest.raises(Refused, match="The committee is voting on Anders Mbeki"):
        calibration.close(team.workspace, team.cycle)
    with pytest.raises(Refused, match="Who votes stays while"):
        committee.seat(team.workspace, team.cycle, ANDERS, Office.NONE, votes=True)
    with pytest.raises(Refused, match="Who votes stays while"):
        committee.unseat(team.workspace, team.cycle, DANA)
    with pytest.raises(Refused, match="has voted since"):
        undoing.undo(team.workspace)
    team.clock.turn(minutes=1)
    assert not committee.end_vote(team.workspace, held, "Nobody came.").undoable
    assert vote(team).result is None
    calibration_session.decide(team.workspace, case(team), PROMOTE, "The core is covered.")


def test_nobody_votes_before_the_session_or_without_seats(tmp_path: Path) -> None:
    team = Team(tmp_path)
    with pytest.raises(Refused, match="has not begun"):
        committee.open_vote(team.workspace, case(team))
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    with pytest.raises(Refused, match="Nobody may vote on Anders Mbeki"):
        committee.open_vote(team.workspace, case(team))
    committee.seat(team.workspace, team.cycle, RUTH, Office.CHAIR, votes=True)
    with pytest.raises(Refused, match="Nobody may vote on Anders Mbeki"):
        committee.open_vote(team.workspace, case(team))
    with pytest.raises(Refused, match="Ruth Amadi never votes on this case"):
        committee.recuse(team.workspace, case(team), RUTH, Relation.PEER)
    team.workspace.close()


def test_who_is_taken_out_takes_recusals_along_and_brings_them_back(tmp_path: Path) -> None:
    team = Team(tmp_path)
    undoing = Undoing()
    committee.seat(team.workspace, team.cycle, JOEL, Office.CHAIR, votes=True)
    committee.recuse(team.workspace, case(team), JOEL, Relation.PEER)
    undoing.note(calibration.take_out(team.workspace, case(team)))
    assert [m.name for m in team.page.members] == ["Nadia Rousselle"]
    undoing.undo(team.workspace)
    assert team.of(team.anders).recused == {JOEL: Relation.PEER}
    assert check_workspace(team.workspace) == []
    team.workspace.close()


def test_a_colleague_with_a_seat_is_not_removed(team: Team) -> None:
    with pytest.raises(Refused):
        colleague.remove(team.workspace, JOEL)
    assert check_workspace(team.workspace) == []


def test_who_is_excused_can_still_be_said_to_be_recused(team: Team) -> None:
    held = opened(team)
    committee.excuse_from_vote(team.workspace, held, DANA, "On leave")
    committee.recuse(team.workspace, case(team), DANA, Relation.PEER)
    assert next(t.turn for t in vote(team).turns if t.colleague == DANA) is Turn.EXCUSED


def test_who_still_owes_an_assessment_of_somebody_neither_opens_nor_casts(tmp_path: Path) -> None:
    team = Team(tmp_path)
    team.fill(team.anders, TOMASZ)
    team.fill(team.nadia, TOMASZ)
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "Dana is away.")
    committee.seat(team.workspace, team.cycle, JOEL, Office.CHAIR, votes=True)
    held = opened(team)
    with team.workspace.acting(DANA):
        with pytest.raises(NotYet):
            committee.cast(team.workspace, held, JOEL, PROMOTE)
        assert team.of(team.anders).votes == ()
    team.workspace.close()


def test_an_open_vote_moves_without_what_was_cast(team: Team, tmp_path: Path) -> None:
    held = opened(team)
    cast_all(team, held)
    source = tmp_path / "all.jsonl"
    source.write_bytes(exported(team.workspace.path))
    assert b"committee_ballot" not in source.read_bytes()
    moved = open_workspace(bring_everything(tmp_path / "moved.tenfold", source))
    assert check_workspace(moved) == []
    again = calibration_view(moved, team.cycle).members[0].vote
    assert again is not None
    assert len(again.due) == 4
    moved.close()
