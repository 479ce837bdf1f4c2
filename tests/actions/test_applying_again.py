"""One person, several applications: again in the same opening, moved to another, on hold, closed for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions import application, candidate, candidate_note, colleague, many, pipeline_lists
from app.actions.application import ClosedApplication, PutOnHold
from app.actions.candidate_note import NewNote
from app.actions.opening_closing import OpeningClosed, close
from app.actions.undo import Undoing, apply_inverse, can_be_undone
from app.domain.operations import Op
from app.domain.pipeline import ClosingReason, OpeningEnd, Outcome, Side
from app.errors import Refused
from app.phrases.closing import first_reasons
from app.queries.application import application_page
from app.queries.candidate_page import CandidateView, candidate_page
from app.store.check import check_workspace
from app.store.workspace import Workspace, open_workspace
from tests.samples import sample_in

NOOR, HERS, OTHER = 24, 24, 3
"""A candidate of the sample, her open application, and an opening she is not in."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(sample_in(tmp_path))
    yield opened
    assert check_workspace(opened) == []
    opened.close()


def page(workspace: Workspace) -> CandidateView:
    return candidate_page(workspace, NOOR)


def test_who_was_rejected_applies_again_and_is_one_person_with_two_applications(workspace: Workspace) -> None:
    opening = page(workspace).applications[0].opening
    with pytest.raises(Refused, match="in this opening already"):
        application.add(workspace, NOOR, opening)
    application.close(workspace, HERS, Outcome.REJECTED, "Not this year.", "A must-have is missing")
    again = application.add(workspace, NOOR, opening, date(2026, 3, 1))
    first, second = page(workspace).applications
    assert (first.outcome, second.outcome) == (Outcome.ACTIVE, Outcome.REJECTED)
    assert (second.id, second.why, second.reason) == (HERS, "A must-have is missing", "Not this year.")
    with pytest.raises(Refused, match="applied again since"):
        application.reopen(workspace, HERS)
    assert [e.outcome for e in application_page(workspace, first.id).elsewhere] == [Outcome.REJECTED]
    assert again.subject == first.id


def test_a_closing_is_not_taken_back_beside_a_new_application(workspace: Workspace) -> None:
    undoing = Undoing()
    undoing.note(application.close(workspace, HERS, Outcome.WITHDRAWN))
    application.add(workspace, NOOR, page(workspace).applications[0].opening)
    with pytest.raises(Refused, match="applied again since"):
        undoing.undo(workspace)


def test_moved_to_another_opening_in_one_step_and_back_in_one(workspace: Workspace) -> None:
    undoing = Undoing()
    undoing.note(application.transfer(workspace, HERS, OTHER))
    there, here = page(workspace).applications
    assert (there.opening, there.outcome) == (OTHER, Outcome.ACTIVE)
    assert (here.id, here.outcome, here.reason) == (HERS, Outcome.MOVED, f"To {there.code}")
    with pytest.raises(Refused, match="is closed"):
        application.transfer(workspace, HERS, OTHER)
    undoing.undo(workspace)
    assert [one.outcome for one in page(workspace).applications] == [Outcome.ACTIVE]


def test_nobody_is_moved_to_where_they_are_nor_put_into_a_cancelled_opening(workspace: Workspace) -> None:
    here = page(workspace).applications[0].opening
    with pytest.raises(Refused, match="Choose another opening"):
        application.transfer(workspace, HERS, here)
    close(workspace, OTHER, OpeningClosed(OpeningEnd.CANCELLED, workspace.today(), "No budget."))
    with pytest.raises(Refused, match="is cancelled"):
        application.add(workspace, NOOR, OTHER)


def test_a_tag_that_is_there_again_is_not_given_back_twice(workspace: Workspace) -> None:
    many.tag_all(workspace, [NOOR], ["Rust"])
    taken = many.untag_all(workspace, [NOOR], "Rust")
    many.tag_all(workspace, [NOOR], ["Rust"])
    assert not can_be_undone(workspace, taken)
    with pytest.raises(Refused, match="can’t be taken back"):
        apply_inverse(workspace, taken, Op.UNDO)


def test_a_hold_stands_until_it_ends_or_the_application_does(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        application.hold(workspace, HERS, PutOnHold(" "))
    application.hold(workspace, HERS, PutOnHold("Their visa.", date(2026, 5, 3)))
    with pytest.raises(Refused, match="on hold already"):
        application.hold(workspace, HERS, PutOnHold("Again."))
    (held,) = page(workspace).applications
    assert (held.held, held.held_until) == ("Their visa.", date(2026, 5, 3))
    application.resume(workspace, HERS)
    with pytest.raises(Refused, match="not on hold"):
        application.resume(workspace, HERS)
    application.hold(workspace, HERS, PutOnHold("Their manager."))
    application.close(workspace, HERS, Outcome.WITHDRAWN, why="Took another job")
    assert page(workspace).applications[0].held == ""
    said = [moment.words for moment in application_page(workspace, HERS).timeline]
    assert {
        "On hold until 3 May 2026: Their visa.",
        "No longer on hold",
        "On hold: Their manager.",
        "Closed: withdrawn. Took another job.",
    } <= set(said)


def test_a_reason_is_one_of_the_list_and_keeps_its_side(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="no reason on the list"):
        application.close(workspace, HERS, Outcome.REJECTED, why="Took another job")
    own = (ClosingReason(Outcome.REJECTED, Side.OURS, "Wrong city"), *first_reasons()[6:])
    pipeline_lists.list_reasons(workspace, own)
    application.close(workspace, HERS, Outcome.REJECTED, why="Wrong city")
    pipeline_lists.list_reasons(workspace, own[1:])
    assert page(workspace).applications[0].why == "Wrong city", "what was closed keeps its reason"
    with pytest.raises(Refused, match="A list needs a reason"):
        pipeline_lists.list_reasons(workspace, ())
    with pytest.raises(Refused, match="Two reasons are the same"):
        pipeline_lists.list_reasons(workspace, (*own, ClosingReason(Outcome.REJECTED, Side.OURS, " wrong  CITY ")))


def test_a_private_note_is_its_authors_and_nobody_changes_anothers(workspace: Workspace) -> None:
    mine = candidate_note.add(workspace, NOOR, NewNote("Hesitant about moving.", private=True)).subject
    candidate_note.add(workspace, NOOR, NewNote("Called her on Monday."))
    assert [(n.text, n.private, n.mine) for n in page(workspace).notes] == [
        ("Called her on Monday.", False, True),
        ("Hesitant about moving.", True, True),
    ]
    other = next(c for c in range(1, 9) if c != workspace.me)
    colleague.become(workspace, other)
    assert [n.text for n in page(workspace).notes] == ["Called her on Monday."]
    with pytest.raises(Refused, match="somebody else"):
        candidate_note.edit(workspace, mine, "Mine now.")


def test_several_at_once_are_one_step_all_or_none(workspace: Workspace) -> None:
    undoing = Undoing()
    undoing.note(many.close_all(workspace, [25, 26], ClosedApplication(Outcome.REJECTED, "Somebody else was chosen")))
    with pytest.raises(Refused, match="is closed"):
        many.close_all(workspace, [27, 26], ClosedApplication(Outcome.REJECTED))
    assert application_page(workspace, 27).outcome == Outcome.ACTIVE
    undoing.undo(workspace)
    assert {application_page(workspace, n).outcome for n in (25, 26, 27)} == {Outcome.ACTIVE}
    with pytest.raises(Refused, match="Nobody is chosen"):
        many.move_all(workspace, {})
    many.tag_all(workspace, [NOOR, 25], ["Rust", "rust ", "remote"])
    assert page(workspace).tags == ("Rust", "remote")
    assert page(workspace).all_tags == ("Rust", "remote")
    many.untag_all(workspace, [NOOR, 25], "Rust")
    assert page(workspace).tags == ("remote",)


def test_mail_addresses_of_one_field_are_each_found(workspace: Workspace) -> None:
    candidate.edit(workspace, NOOR, mail="noor@example.org; N.Salimi@example.com")
    assert page(workspace).person.mail == "noor@example.org, N.Salimi@example.com"
    candidate.edit(workspace, NOOR, mail="n.salimi@example.com")
    assert page(workspace).person.mail == "n.salimi@example.com"
