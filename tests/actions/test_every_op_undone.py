"""Every kind of step that may be undone gives the same rows back: tried on each as the sample is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.actions import (
    application,
    calibration,
    candidate,
    candidate_import,
    candidate_note,
    colleague,
    colleague_import,
    committee,
    decision,
    demographic,
    evidence,
    import_map,
    interview,
    mail,
    many,
    member,
    member_import,
    onboarding,
    opening,
    opening_closing,
    opening_job,
    pipeline_lists,
    rubric,
    rubric_draft,
    stages,
    today,
    transcript,
)
from app.actions.application import ClosedApplication, PutOnHold
from app.actions.calibration import NewCalibration
from app.actions.candidate import NewCandidate
from app.actions.candidate_note import NewNote
from app.actions.demographic import VoluntaryAnswer
from app.actions.evidence import NewEvidence
from app.actions.member import LevelChange, NewMember
from app.actions.merge import Merge, merge, tell_apart
from app.actions.opening import NewOpening
from app.actions.opening_closing import OpeningClosed
from app.actions.plan import keep_template, remove_template
from app.actions.rater_relation import say_relation_later
from app.actions.transcript import Agreement
from app.actions.undo import apply_inverse
from app.domain.assessment import Relation
from app.domain.committee import Ballots, Office
from app.domain.import_fields import About
from app.domain.import_map import guessed_map
from app.domain.mail import MailKind, MailText
from app.domain.operations import DECLARED, Op
from app.domain.pay import PayRange
from app.domain.pipeline import OpeningEnd, Outcome, PayPeriod
from app.domain.pipeline_view import PipelineView
from app.domain.rubric_draft import EXERCISE
from app.exchange.sample import make_sample
from app.packets.printables import print_hiring_packet
from app.phrases.closing import first_reasons
from app.queries.plan import plan_page
from app.queries.rubric_draft import draft_view
from app.queries.voluntary import voluntary_answers
from app.store.search_index import TABLES_OF_INDEX
from app.store.step import Step
from app.store.workspace import Workspace, open_workspace
from tests.openings import move_rubric

TRIES = 4
"""Of each kind, on the first so many steps."""
NOT_ROWS = {"history", "image", "salt", "unfinished", "sqlite_sequence", "blob"}
"""The history grows by an undo, and the bytes of a file stay until the window closes."""
BESIDE: tuple[Callable[[Workspace], object], ...] = (
    lambda w: colleague.edit(w, colleague.add(w, "Nora Lund").subject, "Nora Lund-Berg", "", ""),
    lambda w: colleague.remove(w, colleague.add(w, "Otto Vik").subject),
    lambda w: candidate.edit(w, 18, place="Bergen"),
    lambda w: candidate_import.import_all(w, [NewCandidate("Ida Moe"), NewCandidate("Eli Ness")], 1),
    lambda w: application.add(w, candidate.add(w, NewCandidate("Per Dahl"), None).subject, 1),
    lambda w: application.reopen(w, 3),
    lambda w: application.hold(w, 18, PutOnHold("Their visa.", w.today())),
    lambda w: application.resume(w, 18),
    lambda w: application.give_owner(w, [18], 2),
    lambda w: application.transfer(w, 24, 3),
    lambda w: candidate_note.edit(
        w, candidate_note.add(w, 18, NewNote("Called.", private=True)).subject, "Called her."
    ),
    lambda w: demographic.give(w, 18, VoluntaryAnswer("Gender", "Woman", w.today())),
    lambda w: demographic.give(w, 18, VoluntaryAnswer("gender", "Not said", w.today())),
    lambda w: demographic.take_out(w, answer_of(w, 18)),
    lambda w: candidate_note.remove(w, candidate_note.add(w, 18, NewNote("Wrote.")).subject),
    lambda w: many.tag_all(w, [17, 18], ["Rust", "remote"]),
    lambda w: many.untag_all(w, [17, 18], "Rust"),
    lambda w: many.close_all(w, [25, 26], ClosedApplication(Outcome.REJECTED, first_reasons()[0].words)),
    lambda w: pipeline_lists.list_reasons(w, first_reasons()[:3]),
    lambda w: pipeline_lists.keep_view(w, "Mine", PipelineView(owner=1)),
    lambda w: merge(w, Merge(33, 34, frozenset({"place"}), frozenset({33}))),
    lambda w: tell_apart(w, 31, 32),
    lambda w: application.detach(w, 3),
    lambda w: interview.plan_all(
        w, application.add(w, candidate.add(w, NewCandidate("Liv"), None).subject, 1).changes[0].row
    ),
    lambda w: interview.edit(w, 62, 1, w.now(), 45, "Room Fjord"),
    lambda w: interview.remove(w, 63),
    lambda w: opening.edit(
        w, 1, code="SR-X", role="Lead", level="M1", seats=2, approved_on=None, approved_by=None, manager=1
    ),
    lambda w: opening_closing.close(w, 1, OpeningClosed(OpeningEnd.CANCELLED, w.today(), "No budget before autumn.")),
    lambda w: opening_closing.take_up(w, 1),
    lambda w: opening_job.set_pay(w, 1, PayRange(9_000_000, 11_200_000, "EUR", PayPeriod.YEAR, "Scope, level")),
    lambda w: opening_job.describe(w, 1, "# The job\n\n{purpose}"),
    lambda w: opening_job.tell_pay(w, 18, w.today()),
    lambda w: stages.move_stage(w, stages.add_stage(w, 1, "Case study").subject, -2),
    lambda w: stages.rename_stage(w, stages.add_stage(w, 1, "Talk").subject, "Lunch"),
    lambda w: stages.remove_stage(w, stages.add_stage(w, 1, "Walk").subject),
    lambda w: stages.remove_template(w, stages.keep_template(w, "Two", ["Applied", "Offer"]).subject),
    lambda w: today.put_off(w, "full:id=2", "SR-2025-07", 7),
    lambda w: today.take_up(w, "full:id=2", "SR-2025-07"),
    lambda w: mail.keep_text(w, MailText(MailKind.THANKS, "", "en", "Thanks", "Dear {name}")),
    lambda w: mail.drop_text(w, MailText(MailKind.THANKS, "", "en", "", "")),
    lambda w: keep_template(w, "Four rounds", plan_page(w, 1).stored.plan),
    lambda w: remove_template(w, keep_template(w, "Five rounds", plan_page(w, 1).stored.plan).subject),
    lambda w: member.change_level(w, 8, LevelChange("MLE5", date(2026, 3, 1))),
    lambda w: member.edit(w, 8, manager_id=2),
    lambda w: member_import.import_all(w, [NewMember("MLE2", "Lise Holm")]),
    lambda w: colleague_import.import_all(w, [colleague_import.NewColleague("Tor Lund")]),
    lambda w: import_map.keep(w, "Theirs", guessed_map(About.CANDIDATES, ["Name", "Grade"])),
    lambda w: member.remove(w, member.add(w, NewMember("MLE2", "Tor Vang")).subject),
    lambda w: evidence.edit(w, added_evidence(w), text="Wrote the runbook."),
    lambda w: evidence.share(w, added_evidence(w), shared=True),
    lambda w: onboarding.begin(
        w, member.add(w, NewMember("M1", "Siv Aas", started_on=date(2026, 3, 2))).subject, 1, "midsize"
    ),
    lambda w: transcript.record_consent(w, 62, Agreement(w.today(), "by mail")),
    lambda w: decision.draft(w, 18, "{}"),
    lambda w: calibration.edit(w, 2, NewCalibration("Spring, again", date(2025, 3, 12), date(2026, 3, 12))),
    lambda w: say_relation_later(w, 7, Relation.OTHER, "Of another company since May."),
    lambda w: committee.seat(w, 2, 1, Office.CHAIR, votes=False),
    lambda w: committee.keep_ballots(w, 2, Ballots.COUNTS),
    lambda w: committee.unseat(w, 2, 1),
    lambda w: rubric.retire(w, "ml-engineering-manager", "q_sd1", "It went round."),
    lambda w: rubric_draft.begin_copy(w, 1, "Platform Lead"),
    lambda w: move_rubric(
        w, opening.add(w, NewOpening("SR-Z", "Lead", "M1"), 1).subject, further_version(w, "Leads the platform.")
    ),
)
"""Kinds of steps that no sample needs, on one that is made."""
TRIED_ELSEWHERE = {Op.NAME_APPROVER, Op.CHOOSE_STORY}
"""They need a decision without answers, and a session: `test_debrief.py` and `test_work_story.py` undo them."""


def further_version(workspace: Workspace, brief: str) -> int:
    draft = rubric_draft.begin_version(workspace, 1).subject
    exercise = next(p for p in draft_view(workspace, draft).parts if p.section == EXERCISE)
    rubric_draft.write(workspace, exercise.id, ("brief",), brief)
    return rubric_draft.make_version(workspace, draft, "Says what it is for.").subject


def answer_of(workspace: Workspace, candidate: int) -> int:
    if not voluntary_answers(workspace, candidate).given:
        demographic.give(workspace, candidate, VoluntaryAnswer("Gender", "Woman", workspace.today()))
    return voluntary_answers(workspace, candidate).given[0][0]


def added_evidence(workspace: Workspace) -> int:
    return evidence.add(workspace, 1, NewEvidence("mlops", "Wrote a runbook.", date(2026, 3, 2))).subject


def rows(workspace: Workspace) -> dict[str, list[Any]]:
    """Everything the file holds, but for its history."""
    with workspace.read() as connection:
        named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY rowid')]
            for name in named
            if name not in NOT_ROWS | TABLES_OF_INDEX
        }


def test_every_step_of_the_sample_can_be_taken_back_and_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tried = Workspace.step, Counter[Op]()
    trying: list[Op] = []

    @contextmanager
    def step(workspace: Workspace, op: Op, **more: Any) -> Iterator[Step]:
        if trying or op in DECLARED or tried[op] >= TRIES:
            with real(workspace, op, **more) as made:
                yield made
            return
        before = rows(workspace)
        with real(workspace, op, **more) as made:
            yield made
        report = made.report()
        if not report.undoable or not report.changes:
            return
        tried[op] += 1
        after = rows(workspace)
        trying.append(op)
        undone = apply_inverse(workspace, report, Op.UNDO)
        assert rows(workspace) == before, op
        apply_inverse(workspace, undone, Op.REDO)
        assert rows(workspace) == after, op
        trying.clear()

    monkeypatch.setattr(Workspace, "step", step)
    path = make_sample(tmp_path / "sample", print_hiring_packet)
    workspace = open_workspace(path)
    for act in BESIDE:
        act(workspace)
    workspace.close()
    assert set(Op) - DECLARED - set(tried) == {Op.UNDO, Op.REDO} | TRIED_ELSEWHERE
