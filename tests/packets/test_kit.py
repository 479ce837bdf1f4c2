"""The interview kit: what it says, how long it is, the same bytes for the same facts, and what it never shows."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from app.actions import candidate, interview, scorecard
from app.domain.scorecard import Overall
from app.packets.kit.packet import interview_kit
from app.packets.paper.page import MARGIN
from app.queries.kit import KitFacts, kit_facts
from tests.actions.panel import OMAR, RUTH, Panel
from tests.packets.reading import boxes_of, read, text_of

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "Ada Lind",
    "Λάμπρος Παπαδόπουλος",
    "李小龍",
    "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg " * 2,
    "A<b>&amp;",
)


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    starts = datetime(2026, 3, 13, 13, 30, tzinfo=UTC)
    for number, row in enumerate(made.interviews):
        interview.edit(made.workspace, row, made.holder(number), starts, 60, "room Linden")
    yield made
    made.workspace.close()


def lying_on(page: pikepdf.Page) -> list[Any]:
    """Fields and other things that lie on a page."""
    found: Any = page.obj.get("/Annots")
    return list(found) if found is not None else []


def facts_of(panel: Panel, number: int = 5) -> KitFacts:
    return kit_facts(panel.workspace, panel.interviews[number])


def test_the_first_page_says_whom_when_and_what_to_ask(panel: Panel) -> None:
    page = text_of(interview_kit(facts_of(panel)))[0]
    for words in (
        "Ada Lind Senior ML engineer. Score against MLE3",
        "People leadership interview, round 6 of 6, by Lena Vogt. Friday 13 March 2026, 13:30 to 14:30, room Linden.",
        "Alone first Fill in the form before you talk to anyone about this candidate.",
        "Questions, same order for everyone start by",
        "People leadership 13:35 Tell me about the hardest feedback",
        "Execution 14:01 Pick a quarter that went off plan.",
        "one sheet, both sides: brief and form",
    ):
        assert words in page


def test_the_form_has_anchors_reasons_signals_and_the_vote_last(panel: Panel) -> None:
    packet = interview_kit(facts_of(panel))
    page = text_of(packet)[1]
    for words in (
        "Scorecard form Ada Lind, against MLE3, round 6, Lena Vogt",
        "People leadership & team development mark one number, or a reason",
        "No sign of anyone having grown, or harm done.",
        "ran out of time question did not land conflict of interest",
        "Concrete coaching stories Strong",
        "Incident ends with a culprit Red flag, quote it above",
        "How to return it By Monday 16 March 2026.",
        "strong hire hire no hire strong no hire Name Lena Vogt Date",
    ):
        assert words in page.replace("\n", " "), words
    assert "not in my plan" not in page
    assert page.index("Overall vote, last") > page.index("Execution & delivery")


def test_one_sheet_for_two_dimensions_and_two_for_up_to_four(panel: Panel) -> None:
    for paper in ("A4", "Letter"):
        for number in range(6):
            facts = replace(facts_of(panel, number), paper=paper)
            assert interview_kit(facts).pages <= (2 if len(facts.dimensions) <= 2 else 4), (paper, number)
        assert interview_kit(replace(facts_of(panel), paper=paper)).pages == 2


def test_the_fields_are_empty_named_in_words_and_in_the_reader_s_hand(panel: Panel) -> None:
    facts = facts_of(panel)
    reader = read(interview_kit(facts))
    fields = reader.get_fields()
    assert fields is not None
    names = {f.name for f in facts.spec.fields}
    assert {"people.score", "people.evidence", "overall", "notes", "date"} <= names <= set(fields)
    with pikepdf.open(BytesIO(interview_kit(facts).bytes)) as pdf:
        form = pdf.Root.AcroForm
        assert form.NeedAppearances
        assert str(form.DR.Font.Helv.BaseFont) == "/Helvetica"
        for page in pdf.pages:
            for place in lying_on(page):
                assert "/V" not in place or str(place.T) == "form"
                assert str(place.get("/AS", "/Off")) == "/Off", "nothing is preselected"
        held: Any = form.Fields
        group = next(k for k in held if k.T == "people").Kids
        score = next(k for k in group if k.T == "score")
        states = [next(s for s in kid.AP.N if s != "/Off") for kid in score.Kids]
    assert states == ["/1", "/2", "/3", "/4", "/ran_out_of_time", "/did_not_land", "/conflict_of_interest"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_word_lies_beyond_the_margins(panel: Panel, name: str, paper: str) -> None:
    facts = facts_of(panel, 1)
    odd = replace(facts, candidate=name, interviewer=name, return_to=name, place=name, paper=paper)
    packet = interview_kit(odd)
    boxes = boxes_of(packet)
    if boxes is None:
        pytest.skip("poppler is not installed")
    width = float(read(packet).pages[0].mediabox[2])
    for page, left, _, right, _, word in boxes:
        assert left >= MARGIN - 0.5, (page, word)
        assert right <= width - MARGIN + 0.5, (page, word)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_field_lies_beyond_the_margins_or_on_another(panel: Panel, paper: str) -> None:
    for number in range(6):
        with pikepdf.open(BytesIO(interview_kit(replace(facts_of(panel, number), paper=paper)).bytes)) as pdf:
            for page in pdf.pages:
                box_of_page: Any = page.MediaBox
                width, height = (float(n) for n in list(box_of_page)[2:])
                boxes = [[float(n) for n in a.Rect] for a in lying_on(page) if str(a.get("/T", "")) != "form"]
                for box in boxes:
                    assert box[0] >= MARGIN
                    assert box[1] >= 48, "above the foot"
                    assert box[2] <= width - MARGIN + 0.5
                    assert box[3] <= height - 50
                for place, one in enumerate(boxes):
                    for other in boxes[place + 1 :]:
                        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                        assert apart, (number, one, other)


def test_every_page_has_its_number_and_the_form_s_id(panel: Panel) -> None:
    facts = facts_of(panel, 0)
    packet = interview_kit(facts)
    for place, text in enumerate(text_of(packet), 1):
        assert f"form {facts.spec.form_id} · rubric {facts.rubric}" in text
        assert f"page {place} of {packet.pages}" in text
    assert facts.spec.form_id.startswith("R1-")


def test_a_kit_shows_nobody_s_view(panel: Panel) -> None:
    """Two others' cards are in, with words, scores and votes; the kit of a third one has nothing of them."""
    before = interview_kit(facts_of(panel)).bytes
    for number in (0, 1):
        card = panel.start(number)
        with panel.workspace.acting(panel.holder(number)):
            for dimension in panel.rounds[number].dimensions:
                scorecard.note(panel.workspace, card, "The zebra crossed at noon.", dimension)
                scorecard.rate(panel.workspace, card, dimension, 1)
            scorecard.vote(panel.workspace, card, Overall.STRONG_NO_HIRE, "Never.")
            scorecard.submit(panel.workspace, card)
    after = interview_kit(facts_of(panel)).bytes
    assert after == before
    everything = " ".join(text_of(interview_kit(facts_of(panel))))
    for words in ("zebra", "Never", "Ruth Amadi’s", "Omar", "cards in", "composite"):
        assert words not in everything


def test_the_number_and_the_bytes_follow_from_the_facts(panel: Panel) -> None:
    facts = facts_of(panel)
    one, again = interview_kit(facts), interview_kit(facts)
    assert (one.number, one.bytes) == (again.number, again.bytes)
    assert one.sha256 == hashlib.sha256(one.bytes).hexdigest()
    assert interview_kit(replace(facts, place="elsewhere")).number != one.number


def test_the_same_bytes_in_two_processes(panel: Panel) -> None:
    here = interview_kit(facts_of(panel, 1)).sha256
    path, row = panel.workspace.path, panel.interviews[1]
    code = (
        "import sys; from pathlib import Path; from app.store.workspace import read_workspace;"
        "from app.packets.kit.packet import interview_kit; from app.queries.kit import kit_facts;"
        "print(interview_kit(kit_facts(read_workspace(Path(sys.argv[1])), int(sys.argv[2]))).sha256)"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(row)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
        )
        assert done.stdout.strip() == here


def test_an_interview_without_a_time_says_so(panel: Panel) -> None:
    interview.edit(panel.workspace, panel.interviews[5], panel.holder(5), None, 45, "")
    facts = facts_of(panel)
    assert facts.by_when is None
    pages = text_of(interview_kit(facts))
    assert "No time yet, 45 minutes." in pages[0]
    assert "5 min in" in pages[0]
    assert "By the first working day after the interview." in pages[1]


def test_it_goes_back_to_the_opening_s_manager_or_to_me(panel: Panel) -> None:
    from app.actions import opening

    assert facts_of(panel).return_to == "Ruth Amadi"
    facts = {"code": "SR-2026-01", "role": "Senior ML engineer", "level": "MLE3", "seats": 1, "approved_on": None}
    opening.edit(panel.workspace, 1, **facts, approved_by=None, manager=OMAR)  # type: ignore[arg-type]
    assert facts_of(panel).return_to == "Omar Haddad"
    assert RUTH != OMAR


def test_a_form_back_after_a_weekend() -> None:
    from app.domain.scorecard_form import start_times, working_day_after

    assert working_day_after(date(2026, 3, 13)) == date(2026, 3, 16)
    assert working_day_after(date(2026, 3, 16)) == date(2026, 3, 17)
    assert start_times(60, 4) == (5, 18, 31, 44)
    assert start_times(60, 0) == ()
    assert start_times(10, 9) == tuple(range(5, 14))


def test_an_interview_that_scores_nothing_still_has_its_vote(panel: Panel) -> None:
    bare = replace(facts_of(panel), dimensions=(), questions=())
    assert "Overall vote, last" in text_of(interview_kit(bare))[1]


def test_a_candidate_in_any_script_is_on_the_pages(panel: Panel) -> None:
    candidate.edit(panel.workspace, 1, name="Λάμπρος 李小龍")
    assert "Λάμπρος 李小龍" in text_of(interview_kit(facts_of(panel)))[0]
