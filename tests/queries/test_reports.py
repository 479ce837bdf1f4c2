"""Reports: what enters them, and above all what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader
from sqlalchemy import event

from app.actions import colleague, decision, opening, scorecard, settings
from app.actions.opening import NewOpening
from app.actions.opening_closing import OpeningClosed, close
from app.domain.durations import End, Outlook
from app.domain.offer import OfferStatus
from app.domain.operations import Op
from app.domain.pipeline import OpeningEnd
from app.errors import Refused
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS, content_of
from app.queries.plain_lists import interviews
from app.queries.reports.departures import DepartureReport, departures
from app.queries.reports.hiring import FillReport, OfferReport, acceptance, time_to_fill
from app.queries.reports.panel import AgreementReport, RaterReport, agreement, days_to_submit, severity
from app.queries.reports.scope import Scope
from app.records.panel_scores import first_scores
from app.store.tables import Interview, Rating, Scorecard
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent
from app.store.tables_panel import Debrief, Decision
from app.store.workspace import Workspace
from app.words import tr
from tests.actions.panel import LENA, OMAR, RUTH, Panel, hire
from tests.printing import report, worked_out

T = TypeVar("T")


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def offer(panel: Panel, status: OfferStatus, on: date) -> None:
    """An offer that has come to this status on a day."""
    with panel.workspace.step(Op.DRAFT_OFFER) as step:
        held = step.add(
            Decision,
            application_id=panel.ada,
            verdict="hire",
            level="MLE3",
            reason="Good.",
            by_id=RUTH,
            conditions=[],
            at=step.at,
        )
        row = step.add(
            Offer,
            application_id=panel.ada,
            decision_id=held,
            level="MLE3",
            status=status,
            conditions=[],
            goals=[],
            made_at=step.at,
        )
        step.add(OfferEvent, offer_id=row, status=OfferStatus.DRAFTED, on=date(2026, 1, 2), at=step.at)
        if status is not OfferStatus.DRAFTED:
            step.add(OfferEvent, offer_id=row, status=status, on=on, at=step.at)


def approved(panel: Panel, on: date, seats: int = 1) -> None:
    opening.edit(
        panel.workspace,
        1,
        code="SR-2026-01",
        role="Senior ML engineer",
        level="MLE3",
        seats=seats,
        approved_on=on,
        approved_by=OMAR,
        manager=RUTH,
    )


@dataclass(frozen=True)
class Seen:
    """The figures as somebody sees them."""

    workspace: Workspace
    who: int

    def figure(self, work: Callable[[Scope], T]) -> T:
        with self.workspace.acting(self.who):
            return worked_out(self.workspace, work)

    def report(self, name: str, interviewer: int | None = None) -> Report:
        with self.workspace.acting(self.who):
            return report(self.workspace, name, interviewer)

    @property
    def agreement(self) -> AgreementReport:
        return self.figure(agreement)

    @property
    def raters(self) -> tuple[RaterReport, ...]:
        return self.figure(severity).raters

    @property
    def days(self) -> dict[str, tuple[int, ...]]:
        return {rater.name: rater.days for rater in self.figure(days_to_submit).raters}

    @property
    def sealed(self) -> int:
        return self.agreement.sealed

    @property
    def fill(self) -> FillReport:
        return self.figure(time_to_fill)

    @property
    def offers(self) -> OfferReport:
        return self.figure(acceptance)

    @property
    def departures(self) -> DepartureReport:
        return self.figure(departures)


def seen(panel: Panel, who: int = RUTH) -> Seen:
    return Seen(panel.workspace, who)


def test_no_sealed_card_enters_a_report(panel: Panel) -> None:
    panel.bring_in(0, 1, 2)
    for who in (RUTH, OMAR, LENA):
        found = seen(panel, who)
        assert found.agreement.cells == 0, "three of six cards are in: nothing is open yet"
        assert found.raters == ()
        assert found.sealed == 1
        texts = [found.report(name) for name in REPORTS if not REPORTS[name].of_one]
        assert not any("Ada" in str(t.rows) or "Ada" in t.finding for t in texts)
    panel.bring_in(3, 4, 5)
    found = seen(panel)
    assert found.sealed == 0
    assert found.agreement.cells == 10
    assert {r.name for r in found.raters} == {"Ruth Amadi", "Omar Haddad", "Lena Vogt"}


def test_cards_opened_early_are_not_seen_by_who_owes_one(panel: Panel) -> None:
    panel.bring_in(0, 2)
    panel.open_early()
    assert seen(panel, RUTH).sealed == 0
    assert seen(panel, OMAR).sealed == 1
    assert seen(panel, OMAR).agreement.figure.scores == 0


def test_a_shadow_and_a_score_after_the_debrief_count_nowhere(panel: Panel) -> None:
    first = panel.bring_in(0, 1, 2, 3, 4, 5)[0]
    before = seen(panel)
    planned = interviews(panel.workspace)[0]["dimensions"]
    with panel.workspace.step(Op.ADD_INTERVIEW) as step:
        shadow = step.add(
            Interview, application_id=panel.ada, round_id=1, interviewer_id=OMAR, dimensions=planned, shadow=True
        )
        card = step.add(
            Scorecard,
            interview_id=shadow,
            author_id=OMAR,
            state="submitted",
            level="MLE3",
            rubric_id=1,
            planned=planned,
            started_at=step.at,
            submitted_at=step.at,
            overall="hire",
        )
        step.add(Rating, scorecard_id=card, dimension=planned[0], score=1)
    assert seen(panel).agreement == before.agreement
    panel.clock.turn(hours=1)
    with panel.workspace.step(Op.START_DEBRIEF) as step:
        step.add(Debrief, application_id=panel.ada, facilitator_id=RUTH, started_at=step.at)
    panel.clock.turn(hours=1)
    again = scorecard.amend(panel.workspace, first, "I had it wrong.").subject
    scorecard.rate(panel.workspace, again, planned[0], 1)
    scorecard.submit(panel.workspace, again)
    assert seen(panel).agreement == before.agreement, "the amendment came in after the debrief began"


def test_seats_count_from_approval_to_accepted_offer(panel: Panel) -> None:
    approved(panel, date(2026, 1, 1), seats=3)
    offer(panel, OfferStatus.ACCEPTED, date(2026, 3, 2))
    opening.add(panel.workspace, NewOpening("SR-2", "Engineer", "MLE3", seats=2, approved_on=date(2025, 12, 1)), 1)
    close(panel.workspace, 2, OpeningClosed(OpeningEnd.CANCELLED, date(2026, 2, 1), "The team is full."))
    opening.add(panel.workspace, NewOpening("SR-3", "Engineer", "MLE3"), 1)
    fill = seen(panel).fill
    assert [(s.code, s.days, s.end) for s in fill.seats] == [
        ("SR-2026-01", 60, End.FILLED),
        ("SR-2026-01", 70, End.OPEN),
        ("SR-2026-01", 70, End.OPEN),
        ("SR-2", 62, End.CANCELLED),
        ("SR-2", 62, End.CANCELLED),
    ]
    assert fill.undated == ("SR-3",)
    by_60 = fill.figure.by[60]
    assert by_60 is not None
    assert by_60.value == Fraction(1, 5)


def test_an_offer_accepted_before_the_approval_is_left_out_by_name(panel: Panel) -> None:
    approved(panel, date(2026, 3, 5))
    offer(panel, OfferStatus.ACCEPTED, date(2026, 3, 2))
    fill = seen(panel).fill
    assert (fill.seats, fill.undated) == ((), ("SR-2026-01",))
    assert "SR-2026-01" in seen(panel).report("time-to-fill").definition[-1]


def test_acceptance_keeps_withdrawn_and_pending_apart(panel: Panel) -> None:
    for status in (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED, OfferStatus.WITHDRAWN):
        offer(panel, status, date(2026, 2, 3))
    offer(panel, OfferStatus.SENT, date(2026, 3, 3))
    offer(panel, OfferStatus.DRAFTED, date(2026, 3, 3))
    found = seen(panel).offers
    assert (found.figure.answered, found.figure.withdrawn, found.figure.pending) == (3, 1, 2)
    assert found.figure.rate == Fraction(1, 3)
    assert found.figure.outlook is Outlook.TOO_EARLY
    assert found.months == ((date(2026, 2, 1), 1, 1, 1),)


def test_departures_are_counted_with_their_reasons(panel: Panel) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    made = seen(panel).departures
    assert (made.decided, made.departed) == (0, ())
    against = hire("MLE3", "We need her.")
    decision.decide(panel.workspace, panel.ada, against)
    found = seen(panel).departures
    assert found.decided == 1
    if found.departed:
        assert found.departed[0].why == against.departure


def test_a_departure_on_sealed_cards_is_not_shown(panel: Panel) -> None:
    offer(panel, OfferStatus.SENT, date(2026, 3, 3))
    assert seen(panel).departures.decided == 0


def test_days_to_submit_count_from_the_end_of_the_interview(panel: Panel) -> None:
    with panel.workspace.step(Op.EDIT_INTERVIEW) as step:
        step.edit(Interview, panel.interviews[1], starts_at=datetime(2026, 3, 9, 10, tzinfo=UTC))
        step.edit(Interview, panel.interviews[0], starts_at=datetime(2026, 3, 12, 14, tzinfo=UTC))
    panel.bring_in(0, 1, 2, 3, 4, 5)
    assert seen(panel).days == {"Omar Haddad": (3,), "Ruth Amadi": (0,), "Lena Vogt": ()}


def test_severity_is_of_one_person_and_says_what_it_is_for(panel: Panel) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    found = seen(panel)
    one = found.report("severity", OMAR)
    assert "Omar" in one.title
    assert "coaching only" in one.note
    assert not any("Ruth" in str(part) or "Lena" in str(part) for part in (one.rows, one.finding, one.definition))
    with pytest.raises(Refused):
        found.report("severity", None)


@pytest.mark.parametrize("name", ["$\\frac{", "_x_ $", "=2+2"])
def test_whatever_somebody_is_called_can_be_drawn(panel: Panel, name: str) -> None:
    colleague.edit(panel.workspace, OMAR, name=name, mail="", role="")
    approved(panel, date(2026, 1, 1))
    opening.add(panel.workspace, NewOpening(name, name, "MLE3", approved_on=date(2026, 1, 5)), 1)
    panel.bring_in(0, 1, 2, 3, 4, 5)
    found = seen(panel)
    for made in (found.report("severity", LENA), found.report("time-to-fill"), found.report("spread")):
        assert (made.draw is None) == (made.as_png() is None)
        assert (made.draw is None) == (content_of(made, "pdf") is None)
    assert name in found.report("severity", OMAR).title


def test_a_report_on_paper_says_what_it_found_how_and_from_what(panel: Panel) -> None:
    approved(panel, date(2026, 1, 1))
    made = seen(panel).report("time-to-fill")
    pages = PdfReader(BytesIO(content_of(made, "pdf") or b"")).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (made.title, made.of, made.finding, *made.definition, *made.headings, *made.rows[0]):
        assert " ".join(words.split()) in text
    assert "as of 12 March 2026" in text
    assert made.n in text, "the chart is there, as letters"
    settings.set_paper(panel.workspace, "Letter")
    made = seen(panel).report("time-to-fill")
    assert PdfReader(BytesIO(content_of(made, "pdf") or b"")).pages[0].mediabox.width == 612


def test_an_empty_workspace_has_words_for_everything(tmp_path: Path) -> None:
    panel = Panel(tmp_path)
    found = seen(panel)
    for name in REPORTS:
        if not REPORTS[name].of_one:
            made = found.report(name)
            assert made.finding
            assert made.definition
            if name not in ("funnel", "sources"):  # two candidates have come in
                assert made.draw is None, name
                assert made.as_png() is None
    assert found.report("acceptance").finding == tr("No data: no offer has been answered yet.")
    panel.workspace.close()


def test_a_csv_of_a_report_holds_nothing_that_runs(panel: Panel) -> None:
    approved(panel, date(2026, 1, 1))
    opening.add(panel.workspace, NewOpening('=cmd|"/c calc"!A1', "Engineer", "MLE3", approved_on=date(2026, 1, 5)), 1)
    made = seen(panel).report("time-to-fill")
    text = made.as_table().decode("utf-8-sig")
    assert "'=cmd" in text
    assert not any(cell.lstrip('"').startswith("=") for line in text.splitlines() for cell in line.split(","))


def test_more_cards_take_no_more_variables(panel: Panel) -> None:
    """SQLite takes 250,000 of them: a workspace may have more cards."""
    panel.bring_in(0, 1, 2, 3, 4, 5)
    most: list[int] = []

    def counted(_c: object, _cursor: object, _statement: str, parameters: tuple[object, ...], *_: object) -> None:
        most.append(len(parameters))

    with panel.workspace.read() as connection:
        event.listen(connection, "before_cursor_execute", counted)
        assert len(first_scores(connection, [panel.ada])) == 20
    assert max(most) < 6, "of six cards"
