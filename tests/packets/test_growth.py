"""The growth packet: what it says, the same bytes for the same facts, and above all what is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.__main__ import main
from app.actions import checkin, debrief, decision, evidence, growth, member, offer
from app.actions.decision import NewDecision
from app.actions.growth import NewGoal
from app.actions.offer import Amount
from app.domain.decision import Verdict
from app.domain.offer import Money, OfferStatus
from app.domain.operations import Op
from app.errors import NotYet, Refused
from app.packets.paper.page import Packet
from app.packets.printables import GROWTH, hand_out
from app.queries.growth import growth_page
from app.queries.growth_packet import growth_facts
from app.queries.growth_parts import Origin
from app.store.check import check_file
from app.store.workspace import Workspace
from tests.actions.panel import RUTH, Panel
from tests.actions.test_offer import approve_all
from tests.grown import add_member, assess, people_of, salma
from tests.packets.reading import links_of, read, text_of
from tests.printing import make_growth_packet


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def words(packet: Packet) -> str:
    return " ".join(text_of(packet))


def accept(panel: Panel, low: tuple[int, ...] = (1,)) -> None:
    """Ada takes an offer; the rounds `low` scored a 2."""
    for number in range(6):
        card = panel.start(number)
        panel.fill(card, number, 2 if number in low else 3)
        panel.submit(card, number)
    panel.clock.turn(minutes=30)
    debrief.start(panel.workspace, panel.ada)
    decision.decide(panel.workspace, panel.ada, NewDecision(Verdict.HIRE, "MLE3", "Yes.", departure="Evidence."))
    approve_all(panel)
    row = offer.draft(panel.workspace, panel.ada).subject
    today = panel.workspace.today()
    offer.edit(panel.workspace, row, starts_on=date(2026, 5, 4), expires_on=date(2026, 3, 20))
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"), "a year")])
    for status in (OfferStatus.APPROVED, OfferStatus.SENT, OfferStatus.ACCEPTED):
        offer.advance(panel.workspace, row, status, today)


def hire(panel: Panel, low: tuple[int, ...] = (1,)) -> int:
    """She takes it and becomes a member. Gives the member."""
    accept(panel, low)
    return member.from_offer(panel.workspace, panel.ada, RUTH).subject


def test_a_hire_begins_from_the_panels_scores_and_none_of_it_is_in_the_packet(panel: Panel) -> None:
    row = hire(panel)
    page = growth_page(panel.workspace, row)
    heard = [f for f in page.facts if f.origin is Origin.PANEL]
    assert len(heard) == len(page.facts) == 20
    assert {f.by for f in heard} == {"Ruth Amadi", "Omar Haddad", "Lena Vogt"}
    assert page.hired is not None
    assert (page.hired.cards, page.hired.level) == (6, "MLE3")
    low = set(panel.rounds[1].dimensions)
    assert page.from_hire
    assert page.readiness is None
    assert {g.dimension: g.score for g in page.gaps} == {d: 2 if d in low else 3 for d in page.guide.dimension_ids}
    assert all(g.bar == 3 for g in page.gaps), "the panel's own bar"
    assert {t.dimension for t in page.topics} == low, "its twos are the first topics"
    assert all(len(t.facts) == 2 and {f.dimension for f in t.facts} == {t.dimension} for t in page.topics)

    plan = growth.begin(panel.workspace, row, "MLE4", panel.workspace.today()).subject
    page = growth_page(panel.workspace, row)
    assert page.from_hire
    topic = page.topics[0]
    goal = growth.add_goal(
        panel.workspace,
        plan,
        NewGoal(topic.dimension, "Grow here first", to_score=3),
        evidence=[f.id for f in topic.facts],
    ).subject
    page = growth_page(panel.workspace, row)
    assert {f.id for f in page.facts if f.goal == goal} == {f.id for f in topic.facts}
    assert topic.dimension not in {t.dimension for t in page.topics}

    facts = growth_facts(panel.workspace, row)
    assert all(g.scores == () and g.score is None for g in facts.gaps)
    assert (facts.facts, facts.ratings, facts.readiness) == ((), (), None)
    said = words(make_growth_packet(panel.workspace, row))
    assert "Ada Lind" in said
    assert "Not assessed yet" in said
    for secret in ("Heard about", "Ruth", "Omar", "Lena", "interview", "hired", "panel", "below", "split"):
        assert secret not in said

    chosen = next(f for f in heard if f.dimension == topic.dimension)
    evidence.share(panel.workspace, chosen.id, shared=True)
    said = words(make_growth_packet(panel.workspace, row))
    assert chosen.text in said
    assert "From the interviews" in said
    for secret in ("Ruth", "Omar", "Lena", "below"):
        assert secret not in said, "the words were shared, not whose they are nor a score"

    at = panel.workspace.now()
    assess(panel.workspace, row, "Omar Haddad", dict.fromkeys(page.guide.dimension_ids, 3), at, level="MLE4")
    page = growth_page(panel.workspace, row)
    assert not page.from_hire
    assert page.topics == ()
    assert page.gap("people").scores == (3,), "once somebody assessed them, that counts"


def test_evidence_of_another_member_hangs_on_no_goal(panel: Panel) -> None:
    first, other = salma(panel.workspace), add_member(panel.workspace, "Anders Mbeki")
    page = growth_page(panel.workspace, first)
    with pytest.raises(Refused, match="another member"):
        evidence.add(panel.workspace, other, evidence.NewEvidence("mlops", "Seen", None, goal_id=page.goals[0].id))
    seen = evidence.add(panel.workspace, other, evidence.NewEvidence("mlops", "Seen", None)).subject
    assert page.plan is not None
    growth.settle_goal(panel.workspace, page.goals[0].id, "reached")
    with pytest.raises(Refused, match="another member"):
        growth.add_goal(panel.workspace, page.plan, NewGoal("mlops", "More"), evidence=[seen])


def test_the_check_in_of_a_plan_that_ended_is_not_the_next_one(panel: Panel) -> None:
    row = salma(panel.workspace)
    assert growth_page(panel.workspace, row).next_talk is not None
    growth.begin(panel.workspace, row, "MLE4", panel.workspace.today())
    assert growth_page(panel.workspace, row).next_talk is None
    assert growth_facts(panel.workspace, row).next_on is None


def test_what_a_sealed_panel_wrote_is_nowhere(panel: Panel) -> None:
    member = hire(panel)
    growth.begin(panel.workspace, member, "MLE4", panel.workspace.today())
    with panel.workspace.acting(people_of(panel.workspace, "Bo Falk")["Bo Falk"]):
        assert growth_page(panel.workspace, member).facts, "every card is in, so they are open to who owes none"
    panel.workspace.read()
    with panel.workspace.step(Op.EDIT_INTERVIEW) as step:
        card = step.connection.exec_driver_sql("SELECT min(id) FROM scorecard").scalar()
        step.connection.exec_driver_sql(f"UPDATE scorecard SET state = 'draft' WHERE id = {card}")
    page = growth_page(panel.workspace, member)
    assert page.facts == ()
    assert page.hired is not None
    assert page.hired.cells == ()


def test_private_notes_and_prepared_lines_never_leave(panel: Panel) -> None:
    member = salma(panel.workspace)
    page = growth_page(panel.workspace, member)
    assert page.plan is not None
    growth.edit_plan(panel.workspace, page.plan, private_note="ZEBRA in the plan")
    talk = checkin.start(panel.workspace, page.plan).subject
    checkin.edit(panel.workspace, talk, said="Said aloud.", private_note="ZEBRA in the talk", prepared=["ZEBRA line"])
    evidence.add(panel.workspace, member, evidence.NewEvidence("people", "ZEBRA unshared", date(2026, 3, 4)))
    said = words(make_growth_packet(panel.workspace, member))
    assert "ZEBRA" not in said
    assert "Said aloud." in said
    assert "pay" not in said.lower().split()


def test_the_same_facts_give_the_same_bytes_and_others_another_number(panel: Panel) -> None:
    member = salma(panel.workspace)
    first, second = (make_growth_packet(panel.workspace, member) for _ in range(2))
    assert first == second
    panel.clock.turn(days=3)
    assert make_growth_packet(panel.workspace, member) == first, "the time of making is not in it"
    page = growth_page(panel.workspace, member)
    growth.set_steps(panel.workspace, page.goals[0].id, 2, date(2026, 3, 3))
    assert make_growth_packet(panel.workspace, member).number != first.number


def test_page_one_has_gaps_goals_check_ins_and_room_for_the_next(panel: Panel) -> None:
    packet = make_growth_packet(panel.workspace, salma(panel.workspace))
    first, second = text_of(packet)
    for said in (
        "Senior ML Engineer (MLE3) to ML Engineering Manager (M1), change of track",
        "3 gaps",
        "People leadership one below",
        "1 below",
        "split",
        "Assessed against M1 by Tomasz Wieland and Ruth Amadi, 16 January 2026.",
        "Three goals from three gaps",
        "Bruno owns the retraining pipeline",
        "1 of 2 releases, 3 March",
        "When a review comment comes up twice, I will ask Bruno to write the rule.",
        "Next, Thursday 19 March",
        "Did the when happen?",
        "What did you do?",
        "What next?",
        "Evidence by dimension and month is on page 2.",
        "page 1 of 2",
    ):
        assert said in first, said
    assert "Bruno ran release 26.9 alone, start to finish" in second
    assert "Hires well, sets expectations by level" in second
    outline = [str(entry["/Title"]) for entry in read(packet).outline if not isinstance(entry, list)]
    assert outline == ["Growth plan", "Evidence by dimension and month"]
    assert links_of(packet) == []


def test_hostile_and_foreign_words_are_set_as_they_are(panel: Panel) -> None:
    member = add_member(panel.workspace, "<b>Łucja</b> & Søn", "MLE2")
    plan = growth.begin(panel.workspace, member, "MLE3").subject
    goal = NewGoal("people", "<para>$x^2$</para> & more", "a" * 400, steps=50, support="Γειά σου नमस्ते")
    growth.add_goal(panel.workspace, plan, goal, [("<i>x</i>", "&amp;")])
    evidence.add(
        panel.workspace,
        member,
        evidence.NewEvidence("people", "<a href='x'>seen</a>\n\nand more " * 60, None, shared=True),
    )
    said = words(make_growth_packet(panel.workspace, member))
    for typed in ("<b>Łucja</b> & Søn", "<para>$x^2$</para> & more", "<i>x</i>", "&amp;.", "Γειά σου"):
        assert typed in said, typed


def test_a_member_without_a_plan_has_no_packet(panel: Panel) -> None:
    with pytest.raises(NotYet, match="no growth plan to print"):
        make_growth_packet(panel.workspace, add_member(panel.workspace, "Ada Lind"))


def test_many_goals_and_much_evidence_run_on(panel: Panel) -> None:
    member = add_member(panel.workspace, "Ada Lind")
    plan = growth.begin(panel.workspace, member, "M1").subject
    for number in range(7):
        goal = NewGoal("mlops", f"Goal of {number} " + "and more words " * 12, "m" * 300, more_reason="It is needed.")
        growth.add_goal(panel.workspace, plan, goal, [(f"when {n}", f"will {n}") for n in range(4)])
    for number in range(80):
        text = f"Seen {number} " + "with words " * (number % 9)
        evidence.add(panel.workspace, member, evidence.NewEvidence("mlops", text, date(2026, 1, 1), shared=True))
    packet = make_growth_packet(panel.workspace, member)
    said = words(packet)
    assert all(f"Seen {n} " in said for n in range(80))
    assert all(f"Goal of {n} " in said for n in range(7))
    assert packet.pages > 3


def test_handing_out_is_recorded_and_the_command_line_gives_the_same(
    panel: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    member = salma(panel.workspace)
    made = GROWTH.print(panel.workspace, member)
    packet = made.packet
    hand_out(panel.workspace, made, tmp_path / "one.pdf")
    assert recorded(panel.workspace) == [(member, "growth-plan", packet.number, packet.sha256)]
    path = panel.workspace.path
    panel.workspace.close()
    export = ["export", str(path), "growth-plan", "--out", str(tmp_path / "two.pdf")]
    assert main([*export, "--member", str(member)]) == 0
    assert packet.number in capsys.readouterr().out
    assert (tmp_path / "two.pdf").read_bytes() == packet.bytes == (tmp_path / "one.pdf").read_bytes()
    assert main([*export, "--member", "99"]) == 1
    with pytest.raises(SystemExit, match="2"):
        main([*export, "--application", "1"])
    found = [f for f in check_file(path) if not f.subject.startswith("assessment:")]
    assert found == [], "all but the assessments, which the fixture made of rows"


def recorded(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        rows = connection.exec_driver_sql("SELECT member_id, packet, number, sha256 FROM member_packet").all()
    return [tuple(r) for r in rows]
