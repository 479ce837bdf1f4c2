"""Forms that readers pulled about: signed, turned, without looks, merged, contrary, with more on them than fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader, PdfWriter

from app.actions.scorecard_form import Original
from app.domain.scorecard_form import OVERALL, Reason, score_field
from app.exchange.quarantine import Quarantine
from app.exchange.scorecard_form import FormVerdict, bring_all, judge_form
from app.packets.hiring.packet import hiring_packet
from app.packets.kit.packet import interview_kit
from app.queries.hiring import hiring_facts
from app.queries.kit import kit_facts
from app.queries.scorecard import card_page
from tests.actions.panel import Panel
from tests.exchange.filling import edited, nodes, whole, with_pypdf, with_values_only
from tests.packets.reading import text_of


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


@pytest.fixture(scope="module")
def quarantine() -> Iterator[Quarantine]:
    with Quarantine() as opened:
        yield opened


def filled(panel: Panel, number: int = 0, fill: Callable[..., bytes] = with_pypdf) -> bytes:
    facts = kit_facts(panel.workspace, panel.interviews[number])
    return fill(interview_kit(facts).bytes, whole(facts.spec))


def judged(panel: Panel, quarantine: Quarantine, content: bytes) -> FormVerdict:
    return judge_form(panel.workspace, Original("a.pdf", content), quarantine)


def sign(pdf: Any) -> None:
    """A signature as a signing program leaves it: a field of its own, with its value and its place on page one."""
    value = pdf.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("0" * 64)))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Signature1"),
            V=value,
            Rect=[0, 0, 0, 0],
            P=pdf.pages[0].obj,
            F=132,
        )
    )
    pdf.Root.AcroForm.Fields.append(field)
    pdf.Root.AcroForm.SigFlags = 3
    pdf.pages[0].obj.Annots.append(field)


def turn(pdf: Any) -> None:
    for page in pdf.pages:
        page.obj.Rotate = 90


def strip(pdf: Any) -> None:
    """The looks of every button are lost; what was chosen stays in its value."""
    for node in nodes(pdf).values():
        for widget in node.get("/Kids", [node]):
            if "/AP" in widget and ("/FT" in widget or "/FT" in node) and node.get("/FT") == "/Btn":
                del widget["/AP"]


def test_a_signed_form_comes_in_and_keeps_its_signature(panel: Panel, quarantine: Quarantine, tmp_path: Path) -> None:
    signed = edited(filled(panel), sign)
    verdict = judged(panel, quarantine, signed)
    assert verdict.fits, verdict.sentence
    assert verdict.sentence.endswith("is in. The original holds more than the fields: a signature.")
    (tmp_path / "s.pdf").write_bytes(signed)
    ((done, _),) = bring_all(panel.workspace, [tmp_path / "s.pdf"])
    with panel.workspace.read() as connection:
        assert connection.exec_driver_sql("SELECT content FROM blob").scalar() == signed
    brought = card_page(panel.workspace, done.card or 0).brought
    assert brought is not None
    assert brought.beside == ("signature",)


def test_a_turned_form_comes_in(panel: Panel, quarantine: Quarantine) -> None:
    assert judged(panel, quarantine, edited(filled(panel), turn)).fits


@pytest.mark.parametrize("fill", [with_pypdf, with_values_only])
def test_buttons_without_looks_come_in(panel: Panel, quarantine: Quarantine, fill: Callable[..., bytes]) -> None:
    verdict = judged(panel, quarantine, edited(filled(panel, 0, fill), strip))
    assert verdict.fits, verdict.sentence
    assert verdict.filled is not None
    assert {r.score for r in verdict.filled.ratings} == {3}
    assert verdict.filled.overall == "hire"


def test_without_looks_a_choice_is_still_one_that_is_offered(panel: Panel, quarantine: Quarantine) -> None:
    def fifth(pdf: Any) -> None:
        strip(pdf)
        nodes(pdf)[OVERALL].V = Name("/splendid")

    assert judged(panel, quarantine, edited(filled(panel, 0, with_values_only), fifth)).reason is Reason.OTHER_FIELDS


def test_a_choice_that_says_one_thing_and_shows_another_is_turned_down(panel: Panel, quarantine: Quarantine) -> None:
    first = score_field(panel.rounds[0].dimensions[0])

    def contradict(pdf: Any) -> None:
        for kid in nodes(pdf)[first].Kids:
            kid.AS = Name("/1") if "/1" in kid.AP.N else Name.Off

    verdict = judged(panel, quarantine, edited(filled(panel), contradict))
    assert (verdict.reason, verdict.sentence) == (
        Reason.CONTRARY,
        "A choice of this form says one thing and shows another.",
    )


def test_two_forms_in_one_file_say_so(panel: Panel, quarantine: Quarantine) -> None:
    """As two programs put files together; nothing of either comes in."""
    one, other = filled(panel, 0), filled(panel, 1)
    writer = PdfWriter()
    for content in (one, other):
        writer.append(PdfReader(BytesIO(content)))
    by_pypdf = BytesIO()
    writer.write(by_pypdf)
    by_pikepdf = BytesIO()
    with pikepdf.open(BytesIO(one)) as first, pikepdf.open(BytesIO(other)) as second:
        first.pages.extend(second.pages)
        first.save(by_pikepdf)
    for merged in (by_pypdf, by_pikepdf):
        verdict = judged(panel, quarantine, merged.getvalue())
        assert verdict.reason is Reason.WRONG_CANDIDATE
        assert re.search("two different forms|belong to another form", verdict.sentence)
        assert verdict.remedy == "Ask for each form by itself."


def test_notes_and_ink_beside_the_fields_are_pointed_out(panel: Panel, tmp_path: Path) -> None:
    def scribble(pdf: Any) -> None:
        for kind in ("Text", "FreeText", "Ink", "Highlight", "Stamp"):
            note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[10, 10, 40, 40], Contents=String("hm"))
            if kind == "Ink":
                note.InkList = Array([Array([10, 10, 40, 40])])
            pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))

    (tmp_path / "n.pdf").write_bytes(edited(filled(panel), scribble))
    ((verdict, _),) = bring_all(panel.workspace, [tmp_path / "n.pdf"])
    said = "The original holds more than the fields: ink, marked text, notes and a stamp."
    assert verdict.sentence.endswith(said)
    panel.bring_in(1, 2, 3, 4, 5)
    assert said in " ".join(" ".join(text_of(hiring_packet(hiring_facts(panel.workspace, panel.ada)))).split())


def test_a_plain_form_holds_no_more(panel: Panel, quarantine: Quarantine) -> None:
    verdict = judged(panel, quarantine, filled(panel))
    assert verdict.original is not None
    assert verdict.original.beside == ()
    assert verdict.sentence.endswith("is in.")
