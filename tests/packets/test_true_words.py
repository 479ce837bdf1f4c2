"""Paper says who wrote a thing and when it was written, not when it was imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.actions import debrief, decision, interview, scorecard
from app.actions.decision import NewDecision
from app.domain.day_text import day_written, days_in
from app.domain.decision import Answer, Verdict
from app.domain.scorecard import Overall
from app.domain.scorecard_form import DATE, Reason
from app.errors import Refused
from app.exchange.scorecard_form import bring_all
from app.packets.hiring.packet import hiring_packet
from app.packets.kit.packet import interview_kit
from app.queries.debrief import debrief_page
from app.queries.hiring import hiring_facts
from app.queries.kit import kit_facts
from app.queries.reports.panel import days_to_submit
from app.queries.scorecard import card_page
from app.queries.slate import slate
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, RUTH, Panel
from tests.exchange.filling import Answers, whole, with_values_only
from tests.packets.reading import text_of
from tests.printing import worked_out


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def form(panel: Panel, folder: Path, number: int, dated: str) -> Path:
    """The form of a round, filled in with this date."""
    facts = kit_facts(panel.workspace, panel.interviews[number])
    given = whole(facts.spec)
    answers = Answers(given.choices, {**given.texts, DATE: dated}, given.ticks)
    path = folder / f"{number}.pdf"
    path.write_bytes(with_values_only(interview_kit(facts).bytes, answers))
    return path


def test_a_form_is_its_authors_card_of_its_own_day(panel: Panel, tmp_path: Path) -> None:
    """Omar filled it in on the day of the interview; it was brought in a week later."""
    interview.edit(panel.workspace, panel.interviews[1], OMAR, datetime(2026, 3, 12, 9, 30, tzinfo=UTC), 60, "")
    path = form(panel, tmp_path, 1, "12 March 2026")
    panel.clock.turn(days=7, hours=5, minutes=41)
    ((verdict, _),) = bring_all(panel.workspace, [path])
    assert verdict.fits, verdict.sentence
    panel.bring_in(0, 2, 3, 4, 5)
    facts = hiring_facts(panel.workspace, panel.ada)
    card = next(c for i in facts.interviews for c in i.cards if c.author.name == "Omar Haddad")
    assert card.entered_by is None
    assert card.brought is not None
    assert {e.at.date() for r in card.content.ratings for e in r.evidence} == {date(2026, 3, 12)}
    text = " ".join(" ".join(text_of(hiring_packet(facts))).split())
    assert "typed in by" not in text
    assert "brought in by Ruth Amadi, 19 March 2026, 14:41" in text
    assert "Form dated 12 March 2026" in text
    assert "14:41 Heard about it." not in text, "no line was heard at the minute of the import"
    assert "Form of Omar Haddad brought in" in text
    omar = next(r for r in worked_out(panel.workspace, days_to_submit).raters if r.name == "Omar Haddad")
    assert omar.days == (0,), "days to submit count to the form's day"
    assert check_workspace(panel.workspace) == []


def test_an_undated_form_says_that_it_has_no_date(panel: Panel, tmp_path: Path) -> None:
    interview.edit(panel.workspace, panel.interviews[1], OMAR, datetime(2026, 3, 11, 9, 30, tzinfo=UTC), 60, "")
    bring_all(panel.workspace, [form(panel, tmp_path, 1, "")])
    panel.bring_in(0, 2, 3, 4, 5)
    text = " ".join(text_of(hiring_packet(hiring_facts(panel.workspace, panel.ada))))
    assert "Form without a date" in text
    assert [r.days for r in worked_out(panel.workspace, days_to_submit).raters if r.name == "Omar Haddad"] == [()]


def test_a_date_that_could_be_two_days_stands_as_it_was_written() -> None:
    latest = date(2026, 6, 1)
    assert days_in("3/4/2026") == (date(2026, 4, 3), date(2026, 3, 4))
    assert day_written("3/4/2026", latest) is None
    assert day_written("3/4/2026", date(2026, 3, 20)) == date(2026, 3, 4), "3 April had not come yet"
    assert day_written("13.3.2026", latest) == day_written("Fri, 13 March 2026", latest) == date(2026, 3, 13)
    assert day_written("March 13th, 2026", latest) == day_written("2026-03-13", latest) == date(2026, 3, 13)
    assert day_written("soon", latest) is None
    assert day_written("13 March 2027", latest) is None


def test_a_form_of_an_interview_to_come_is_asked_about(panel: Panel, tmp_path: Path) -> None:
    interview.edit(panel.workspace, panel.interviews[1], OMAR, datetime(2026, 3, 20, 9, 30, tzinfo=UTC), 60, "")
    path = form(panel, tmp_path, 1, "12 March 2026")
    ((verdict, changed),) = bring_all(panel.workspace, [path])
    assert (verdict.reason, changed) == (Reason.NOT_HELD, None)
    assert "still to come: 20 March 2026, 09:30" in verdict.sentence
    ((answered, changed),) = bring_all(panel.workspace, [path], held=True)
    assert (answered.reason, bool(changed)) == (None, True)


def test_a_form_dated_before_its_interview_is_asked_about(panel: Panel, tmp_path: Path) -> None:
    interview.edit(panel.workspace, panel.interviews[1], OMAR, datetime(2026, 3, 11, 9, 30, tzinfo=UTC), 60, "")
    ((verdict, _),) = bring_all(panel.workspace, [form(panel, tmp_path, 1, "2 March 2026")])
    assert verdict.reason is Reason.NOT_HELD
    assert verdict.sentence == "This form is dated 2 March 2026; the interview was on 11 March 2026, 09:30."


def test_an_amendment_from_after_the_opening_says_so_wherever_it_counts(panel: Panel) -> None:
    """Before the debrief it counts as the first score, though its author could read the others by then."""
    cards = panel.bring_in(0, 1, 2, 3, 4, 5)
    panel.clock.turn(hours=1)
    with panel.workspace.acting(OMAR):
        card = scorecard.amend(panel.workspace, cards[1], "Lena saw what I missed.").subject
        scorecard.rate(panel.workspace, card, panel.rounds[1].dimensions[0], 4)
        scorecard.submit(panel.workspace, card)
    panel.clock.turn(hours=1)
    debrief.start(panel.workspace, panel.ada)
    assert [c.name for c in debrief_page(panel.workspace, panel.ada).columns if c.after_open] == ["Omar Haddad"]
    assert [p.not_alone for p in slate(panel.workspace, 1).people] == [1]
    pages = [" ".join(page.split()) for page in text_of(hiring_packet(hiring_facts(panel.workspace, panel.ada)))]
    said = "Written or amended after the cards were open, when its author could read the others: Omar Haddad"
    assert said in pages[0], "on page one, beside the result"
    assert said in pages[1], "under the matrix"
    assert any("Amended after the cards were open; the first card said 3" in page for page in pages[2:])
    assert any("Card amended after the cards were open" in page for page in pages)
    assert not any("Each first card was written before its author could see another’s." in page for page in pages)


def test_an_amendment_from_before_the_opening_is_written_alone(panel: Panel) -> None:
    card = panel.bring_in(0)[0]
    again = scorecard.amend(panel.workspace, card, "A word was wrong.").subject
    scorecard.submit(panel.workspace, again)
    panel.bring_in(1, 2, 3, 4, 5)
    debrief.start(panel.workspace, panel.ada)
    assert not any(c.after_open for c in debrief_page(panel.workspace, panel.ada).columns)
    text = " ".join(text_of(hiring_packet(hiring_facts(panel.workspace, panel.ada))))
    assert "after the cards were open" not in text


def test_the_authors_own_amendment_of_what_was_typed_in_is_theirs(panel: Panel) -> None:
    panel.bring_in(0)
    card = scorecard.start(panel.workspace, panel.interviews[1]).subject  # on Omar's behalf, from paper
    for dimension in panel.rounds[1].dimensions:
        scorecard.note(panel.workspace, card, "Seen.", dimension)
        scorecard.rate(panel.workspace, card, dimension, 3)
    scorecard.vote(panel.workspace, card, Overall.HIRE)
    scorecard.submit(panel.workspace, card)
    assert card_page(panel.workspace, panel.bring_in(2, 3, 4, 5)[0])
    assert card_page(panel.workspace, card).entered_by == "Ruth Amadi"
    with panel.workspace.acting(OMAR):
        again = scorecard.amend(panel.workspace, card, "In my own words.").subject
        assert card_page(panel.workspace, again).entered_by is None


def decided(panel: Panel) -> int:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    debrief.start(panel.workspace, panel.ada)
    return decision.decide(panel.workspace, panel.ada, NewDecision(Verdict.HIRE, "MLE3", "Yes.")).subject


def test_an_approval_is_a_persons_with_who_recorded_it_and_when(panel: Panel) -> None:
    decided(panel)
    first, _ = debrief_page(panel.workspace, panel.ada).decisions[0].approvals
    decision.name_approver(panel.workspace, first.id, LENA)
    panel.clock.turn(days=1)
    decision.answer(panel.workspace, first.id, Answer.APPROVED, date(2026, 3, 12))
    told = debrief_page(panel.workspace, panel.ada).decisions[0].approvals[0]
    assert (told.name, told.recorded_by, told.recorded_at) == (
        "Lena Vogt",
        "Ruth Amadi",
        datetime(2026, 3, 13, 9, 0, tzinfo=UTC),
    )
    text = " ".join(" ".join(text_of(hiring_packet(hiring_facts(panel.workspace, panel.ada)))).split())
    assert "recorded by Ruth Amadi, 13 March 2026, 09:00" in text
    assert "nobody named yet" in text, "the other place"


def test_one_person_counts_once(panel: Panel) -> None:
    """Who decided approves nothing, and who holds two roles is one row with one answer."""
    decided(panel)
    first, second = debrief_page(panel.workspace, panel.ada).decisions[0].approvals
    with pytest.raises(Refused, match="Ruth Amadi decided this, and one person counts once"):
        decision.name_approver(panel.workspace, first.id, RUTH)
    for place in (first, second):
        decision.name_approver(panel.workspace, place.id, LENA)
    (both,) = debrief_page(panel.workspace, panel.ada).decisions[0].approvals
    assert (both.name, both.role) == ("Lena Vogt", "HR partner and Director of Engineering")
    decision.answer(panel.workspace, both.id, Answer.APPROVED, date(2026, 3, 12))
    (both,) = debrief_page(panel.workspace, panel.ada).decisions[0].approvals
    assert both.answer == "approved"


def test_who_answered_for_one_role_is_not_named_for_another(panel: Panel) -> None:
    decided(panel)
    first, second = debrief_page(panel.workspace, panel.ada).decisions[0].approvals
    decision.name_approver(panel.workspace, first.id, LENA)
    decision.answer(panel.workspace, first.id, Answer.APPROVED, date(2026, 3, 12))
    with pytest.raises(Refused, match="Lena Vogt has answered already, and one person counts once"):
        decision.name_approver(panel.workspace, second.id, LENA)
