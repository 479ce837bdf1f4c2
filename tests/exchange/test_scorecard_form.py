"""Kits go out and forms come back, as the people who fill them in and the readers they use have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from app.actions import interview, scorecard
from app.actions.scorecard_form import Original
from app.domain.scorecard_form import Reason, evidence_field, score_field, signal_field
from app.errors import NotYet, Refused
from app.exchange.quarantine import Failed, Quarantine
from app.exchange.scorecard_form import FormVerdict, bring_all, judge_form
from app.packets.kit.packet import interview_kit
from app.queries.kit import kit_facts, kit_rows, without_card
from app.queries.plain_lists import scorecards
from app.queries.scorecard import card_page
from app.store.check import check_workspace
from tests.actions.panel import OMAR, RUTH, Panel
from tests.exchange.filling import (
    Answers,
    edited,
    nodes,
    whole,
    with_pdfium,
    with_pypdf,
    with_values_only,
    with_wrong_looks,
)

GREEK = "“Ο Λάμπρος έσωσε το έργο”\nVäter, 日本語 – 2½ ±"
WRITERS: dict[str, Callable[[bytes, Answers], bytes]] = {
    "pypdf": with_pypdf,
    "pdfium": with_pdfium,
    "values alone, UTF-16 BE": lambda pdf, a: with_values_only(pdf, a, "utf-16-be"),
    "values alone, UTF-16 LE": lambda pdf, a: with_values_only(pdf, a, "utf-16-le"),
    "values alone, UTF-8": lambda pdf, a: with_values_only(pdf, a, "utf-8"),
    "wrong looks": with_wrong_looks,
    "states alone": lambda pdf, a: with_values_only(pdf, a, "utf-8", kids=True),
}


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


@pytest.fixture(scope="module")
def quarantine() -> Iterator[Quarantine]:
    """One worker for all files of this module, as in a batch."""
    with Quarantine() as opened:
        yield opened


def kit(panel: Panel, number: int = 0) -> bytes:
    return interview_kit(kit_facts(panel.workspace, panel.interviews[number])).bytes


def answers(panel: Panel, number: int = 0, words: str = "Heard about it.") -> Answers:
    return whole(kit_facts(panel.workspace, panel.interviews[number]).spec, words)


def bring(panel: Panel, folder: Path, *forms: bytes) -> list[FormVerdict]:
    """Drop these files."""
    paths = []
    for number, content in enumerate(forms):
        paths.append(folder / f"form {number}.pdf")
        paths[-1].write_bytes(content)
    return [verdict for verdict, _ in bring_all(panel.workspace, paths)]


def sound(panel: Panel) -> bool:
    return check_workspace(panel.workspace) == []


# Kits out, forms back


def test_six_kits_go_out_are_filled_in_as_readers_do_and_come_back_as_six_cards(panel: Panel, tmp_path: Path) -> None:
    forms = []
    for number, fill in zip(range(6), [*WRITERS.values()][:6], strict=True):
        forms.append(fill(kit(panel, number), answers(panel, number, GREEK)))
    found = bring(panel, tmp_path, *forms)
    assert [v.reason for v in found] == [None] * 6
    assert {c["state"] for c in scorecards(panel.workspace)} == {"submitted"}
    assert without_card(kit_rows(panel.workspace)) == ()
    assert ("cards opened", f"application:{panel.ada}") in panel.chain()
    assert sound(panel)
    page = card_page(panel.workspace, found[2].card or 0)
    assert page.author == "Lena Vogt"
    assert page.entered_by is None, "nobody typed it in: it is the author's own"
    assert page.brought is not None
    assert (page.brought.by, page.brought.written, str(page.brought.written_on)) == (
        "Ruth Amadi",
        "13 March 2026",
        "2026-03-13",
    )
    assert {r.score for r in page.content.ratings} == {3}
    for rating in page.content.ratings:
        assert [e.text for e in rating.evidence] == GREEK.split("\n")


@pytest.mark.parametrize("writer", WRITERS)
def test_every_reader_s_way_of_writing_comes_back_whole(panel: Panel, quarantine: Quarantine, writer: str) -> None:
    given = answers(panel, 0, GREEK)
    first, second, *_ = kit_facts(panel.workspace, panel.interviews[0]).dimensions
    given = replace(given, choices={**given.choices, score_field(second.id): "did_not_land"})
    verdict = judge_form(panel.workspace, Original("a.pdf", WRITERS[writer](kit(panel), given)), quarantine)
    assert verdict.fits, verdict.sentence
    filled = verdict.filled
    assert filled is not None
    assert [(r.score, r.reason) for r in filled.ratings[:2]] == [(3, None), (None, "did_not_land")]
    assert filled.ratings[0].evidence == tuple(GREEK.split("\n"))
    assert [s.signal for s in filled.ratings[0].signals] == [first.signals[0].id]
    assert (filled.overall, filled.notes, filled.date) == ("hire", ("Thorough.",), "13 March 2026")


def test_text_in_the_old_encoding_comes_back_whole(panel: Panel, quarantine: Quarantine) -> None:
    words = "Naïve – “quoted” … € fiancée"
    form = with_values_only(kit(panel), answers(panel, 0, words), "pdfdoc")
    verdict = judge_form(panel.workspace, Original("a.pdf", form), quarantine)
    assert verdict.filled is not None
    assert verdict.filled.ratings[0].evidence == (words,)


def test_the_history_says_that_it_came_as_a_form_and_the_file_is_kept(panel: Panel, tmp_path: Path) -> None:
    form = with_pypdf(kit(panel), answers(panel))
    (verdict,) = bring(panel, tmp_path, form)
    assert panel.chain()[-2:] == [("submit card", f"scorecard:{verdict.card}"), ("bring form", "returned_form:1")]
    with panel.workspace.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT name, size, content FROM returned_form JOIN blob ON blob.digest = returned_form.digest"
        ).one()
    assert tuple(row) == ("form 0.pdf", len(form), form)
    assert sound(panel)


def test_a_form_comes_in_while_my_own_card_is_due_and_shows_nothing(panel: Panel, tmp_path: Path) -> None:
    (verdict,) = bring(panel, tmp_path, with_pypdf(kit(panel, 1), answers(panel, 1)))
    assert verdict.fits
    assert verdict.sentence == "Omar Haddad’s card for Ada Lind is in."
    assert panel.seen_by(RUTH) == set()
    with pytest.raises(NotYet):
        card_page(panel.workspace, verdict.card or 0)


def test_a_red_flag_s_quote_is_what_stands_in_quotation_marks(panel: Panel, tmp_path: Path) -> None:
    facts = kit_facts(panel.workspace, panel.interviews[0])
    dimension = next(d for d in facts.dimensions if any(s.kind == "red" for s in d.signals))
    flag = next(s.id for s in dimension.signals if s.kind == "red")
    given = answers(panel, 0, "Two outages.\nSaid “that was Piotr” twice")
    given = replace(given, ticks=[signal_field(dimension.id, flag)])
    (verdict,) = bring(panel, tmp_path, with_pypdf(kit(panel), given))
    seen = next(r for r in card_page(panel.workspace, verdict.card or 0).content.ratings if r.dimension == dimension.id)
    assert [(o.red, o.quote) for o in seen.observed] == [(True, "that was Piotr")]


def test_when_the_window_closes_the_form_s_bytes_stay(panel: Panel, tmp_path: Path) -> None:
    from app.actions.export_records import drop_unused_bytes

    bring(panel, tmp_path, with_pypdf(kit(panel), answers(panel)))
    drop_unused_bytes(panel.workspace)
    assert sound(panel)
    with panel.workspace.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM blob").scalar() == 1


# Each reason has its file


def refused(panel: Panel, quarantine: Quarantine, content: bytes) -> FormVerdict:
    """Judge a file that must be turned down, and see that nothing was written."""
    before = panel.tables()
    verdict = judge_form(panel.workspace, Original("a.pdf", content), quarantine)
    assert not verdict.fits
    assert verdict.sentence
    assert panel.tables() == before
    return verdict


def test_another_pdf_is_no_form(panel: Panel, quarantine: Quarantine) -> None:
    from app.packets.hiring.packet import hiring_packet
    from tests.packets import facts as cases

    verdict = refused(panel, quarantine, hiring_packet(cases.empty()).bytes)
    assert verdict.reason is Reason.NOT_A_FORM


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 nothing more", b"PK\x03\x04" * 50])
def test_what_is_no_pdf_is_no_form(panel: Panel, quarantine: Quarantine, content: bytes) -> None:
    assert refused(panel, quarantine, content).reason in (Reason.NOT_A_FORM, Reason.UNREADABLE)


def test_a_form_of_another_workspace(panel: Panel, quarantine: Quarantine, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Panel(tmp_path / "other")
    try:
        form = with_pypdf(kit(other), answers(other))
    finally:
        other.workspace.close()
    assert refused(panel, quarantine, form).reason is Reason.OTHER_WORKSPACE


def test_a_form_of_another_rubric_version(panel: Panel, quarantine: Quarantine) -> None:
    facts = kit_facts(panel.workspace, panel.interviews[0])
    older = replace(facts, spec=replace(facts.spec, version="0.9", digest="0" * 64))
    form = with_pypdf(interview_kit(older).bytes, answers(panel))
    verdict = refused(panel, quarantine, form)
    assert verdict.reason is Reason.OTHER_RUBRIC
    assert "rubric 0.9; the opening uses 1.0" in verdict.sentence


def test_a_form_for_another_candidate(panel: Panel, quarantine: Quarantine) -> None:
    facts = kit_facts(panel.workspace, panel.interviews[0])
    wrong = replace(facts, spec=replace(facts.spec, application=panel.ben))
    verdict = refused(panel, quarantine, with_pypdf(interview_kit(wrong).bytes, answers(panel)))
    assert verdict.reason is Reason.WRONG_CANDIDATE


def test_pages_of_two_forms_in_one_file(panel: Panel, quarantine: Quarantine) -> None:
    other = kit(panel, 1)

    def mix(pdf: pikepdf.Pdf) -> None:
        from io import BytesIO

        with pikepdf.open(BytesIO(other)) as second:
            pdf.pages.append(second.pages[1])

    form = edited(with_pypdf(kit(panel), answers(panel)), mix)
    assert refused(panel, quarantine, form).reason is Reason.WRONG_CANDIDATE


def test_a_form_whose_interview_has_another_holder_or_is_gone(panel: Panel, quarantine: Quarantine) -> None:
    form = with_pypdf(kit(panel), answers(panel))
    interview.edit(panel.workspace, panel.interviews[0], OMAR, None, 60, "")
    assert refused(panel, quarantine, form).reason is Reason.WRONG_INTERVIEWER
    interview.remove(panel.workspace, panel.interviews[0])
    assert refused(panel, quarantine, form).reason is Reason.NO_INTERVIEW


def test_an_incomplete_form_says_which_fields(panel: Panel, quarantine: Quarantine) -> None:
    given = answers(panel)
    first, second, *_ = kit_facts(panel.workspace, panel.interviews[0]).dimensions
    choices = {k: v for k, v in given.choices.items() if k not in (score_field(first.id), "overall")}
    texts = {k: v for k, v in given.texts.items() if k != evidence_field(second.id)}
    verdict = refused(panel, quarantine, with_pypdf(kit(panel), replace(given, choices=choices, texts=texts)))
    assert verdict.reason is Reason.INCOMPLETE
    assert verdict.lacking == (score_field(first.id), evidence_field(second.id), "overall")
    assert verdict.sentence == (
        f"This form is incomplete. It lacks a score or a reason for {first.short}; evidence for {second.short}; "
        "the overall vote."
    )
    assert refused(panel, quarantine, kit(panel)).reason is Reason.INCOMPLETE


def rename(pdf: pikepdf.Pdf) -> None:
    nodes(pdf)["overall"].T = String("overall vote")


def further(pdf: pikepdf.Pdf) -> None:
    extra = Dictionary(FT=Name.Tx, T=String("salary"), Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]))
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(extra))


def fifth(pdf: pikepdf.Pdf) -> None:
    kid = nodes(pdf)["overall"].Kids[0]
    kid.AP.N = Dictionary({"/Off": kid.AP.N.Off, "/maybe": kid.AP.N["/strong_hire"]})


def unoffered(pdf: pikepdf.Pdf) -> None:
    nodes(pdf)["overall"].V = Name("/perhaps")


@pytest.mark.parametrize("change", [rename, further, fifth, unoffered])
def test_other_fields_and_choices(panel: Panel, quarantine: Quarantine, change: Callable[[Any], None]) -> None:
    form = edited(with_pypdf(kit(panel), answers(panel)), change)
    assert refused(panel, quarantine, form).reason is Reason.OTHER_FIELDS


def test_question_text_that_differs(panel: Panel, quarantine: Quarantine) -> None:
    facts = kit_facts(panel.workspace, panel.interviews[0])
    asked = (replace(facts.questions[0], text="How old are you?"), *facts.questions[1:])
    form = with_pypdf(interview_kit(replace(facts, questions=asked)).bytes, answers(panel))
    assert refused(panel, quarantine, form).reason is Reason.OTHER_WORDS


def test_a_plan_that_changed_since(panel: Panel, quarantine: Quarantine) -> None:
    facts = kit_facts(panel.workspace, panel.interviews[0])
    for older in (replace(facts.spec, level="MLE4"), replace(facts.spec, choices=facts.spec.choices[:-1])):
        form = with_pypdf(interview_kit(replace(facts, spec=older)).bytes, answers(panel))
        assert refused(panel, quarantine, form).reason is Reason.OTHER_FIELDS


def test_a_form_that_is_in_already(panel: Panel, quarantine: Quarantine, tmp_path: Path) -> None:
    form = with_pypdf(kit(panel), answers(panel))
    bring(panel, tmp_path, form)
    assert refused(panel, quarantine, form).reason is Reason.IDENTICAL
    again = with_values_only(kit(panel), answers(panel))
    assert refused(panel, quarantine, again).reason is Reason.IDENTICAL
    other = refused(panel, quarantine, with_pypdf(kit(panel), answers(panel, 0, "Something else.")))
    assert other.reason is Reason.DIFFERENT
    assert other.card == 1
    assert "something else" in other.sentence


def test_the_same_file_dropped_twice_at_once_is_one_card(panel: Panel, tmp_path: Path) -> None:
    form = with_pypdf(kit(panel), answers(panel))
    assert [v.reason for v in bring(panel, tmp_path, form, form)] == [None, Reason.IDENTICAL]
    assert len(scorecards(panel.workspace)) == 1


def test_a_card_that_was_begun_in_the_program(panel: Panel, quarantine: Quarantine) -> None:
    panel.start(0)
    assert refused(panel, quarantine, with_pypdf(kit(panel), answers(panel))).reason is Reason.BEGUN


def test_a_card_that_came_in_between_looking_and_accepting(panel: Panel, quarantine: Quarantine) -> None:
    from app.exchange.scorecard_form import accept

    verdict = judge_form(panel.workspace, Original("a.pdf", with_pypdf(kit(panel), answers(panel))), quarantine)
    panel.start(0)
    before = panel.tables()
    late, changed = accept(panel.workspace, verdict)
    assert (late.reason, changed) == (Reason.BEGUN, None)
    assert panel.tables() == before


def flatten(pdf: pikepdf.Pdf) -> None:
    """As a print to PDF: looks are drawn into the page, fields and information go."""
    pdf.flatten_annotations("all")
    del pdf.Root.AcroForm
    for page in pdf.pages:
        if Name.Annots in page:
            del page.Annots
    del pdf.trailer.Info


def test_a_flattened_form_is_known_by_the_id_on_its_pages(panel: Panel, quarantine: Quarantine) -> None:
    verdict = refused(panel, quarantine, edited(with_pypdf(kit(panel, 1), answers(panel, 1)), flatten))
    assert verdict.reason is Reason.FLATTENED
    assert (verdict.interview, verdict.who, verdict.candidate) == (panel.interviews[1], "Omar Haddad", "Ada Lind")


def test_a_scanned_form_is_a_picture(panel: Panel, quarantine: Quarantine) -> None:
    drawn = quarantine.picture(kit(panel), 0)
    scan = pikepdf.new()
    image = scan.make_stream(drawn.pixels)
    image.Type, image.Subtype, image.ColorSpace, image.BitsPerComponent = Name.XObject, Name.Image, Name.DeviceRGB, 8
    image.Width, image.Height = drawn.width, drawn.height
    page = scan.add_blank_page(page_size=(595, 842))
    page.Resources = Dictionary(XObject=Dictionary(Scan=image))
    page.Contents = scan.make_stream(b"595 0 0 842 0 0 cm /Scan Do")
    verdict = refused(panel, quarantine, edited_new(scan))
    assert verdict.reason is Reason.FLATTENED
    assert verdict.interview is None


def edited_new(pdf: pikepdf.Pdf) -> bytes:
    from io import BytesIO

    target = BytesIO()
    pdf.save(target)
    pdf.close()
    return target.getvalue()


def test_a_locked_pdf_says_so(panel: Panel, quarantine: Quarantine) -> None:
    from io import BytesIO

    target = BytesIO()
    with pikepdf.open(BytesIO(kit(panel))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    verdict = refused(panel, quarantine, target.getvalue())
    assert (verdict.reason, "password" in verdict.sentence) == (Reason.UNREADABLE, True)


def test_the_id_survives_a_reader_that_drops_one_of_its_places(panel: Panel, quarantine: Quarantine) -> None:
    form = with_pypdf(kit(panel), answers(panel))

    def without_info(pdf: pikepdf.Pdf) -> None:
        del pdf.trailer.Info

    def without_field(pdf: pikepdf.Pdf) -> None:
        for holder, key in ((pdf.Root.AcroForm, "/Fields"), (pdf.pages[0].obj, "/Annots")):
            held: Any = holder[key]
            holder[key] = Array([f for f in held if str(f.get("/T", "")) != "form"])

    def neither(pdf: pikepdf.Pdf) -> None:
        without_info(pdf)
        without_field(pdf)

    for change in (without_info, without_field):
        assert judge_form(panel.workspace, Original("a.pdf", edited(form, change)), quarantine).fits
    assert refused(panel, quarantine, edited(form, neither)).reason is Reason.NOT_A_FORM


def test_a_reader_that_loses_the_list_of_fields_loses_no_value(panel: Panel, quarantine: Quarantine) -> None:
    def lose(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.AcroForm

    form = edited(with_pypdf(kit(panel), answers(panel)), lose)
    assert judge_form(panel.workspace, Original("a.pdf", form), quarantine).fits


# Hostile files


def test_limits_on_size_pages_and_fields(panel: Panel, quarantine: Quarantine) -> None:
    many = pikepdf.new()
    for _ in range(60):
        many.add_blank_page()
    assert refused(panel, quarantine, edited_new(many)).reason is Reason.NOT_A_FORM
    assert refused(panel, quarantine, b"%PDF-1.7" + b"0" * (13 * 1024 * 1024)).reason is Reason.NOT_A_FORM

    def crowd(pdf: pikepdf.Pdf) -> None:
        for number in range(1000):
            field = Dictionary(FT=Name.Tx, T=String(f"f{number}"))
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

    assert refused(panel, quarantine, edited(kit(panel), crowd)).reason is Reason.UNREADABLE


def test_a_tree_of_fields_that_bites_its_tail_ends(panel: Panel, quarantine: Quarantine) -> None:
    def knot(pdf: pikepdf.Pdf) -> None:
        branch = pdf.make_indirect(Dictionary(T=String("people")))
        branch.Kids = Array([branch])
        pdf.Root.AcroForm.Fields.append(branch)

    refused(panel, quarantine, edited(kit(panel), knot))


def test_a_reader_that_hangs_or_dies_takes_down_a_worker_only(panel: Panel) -> None:
    with Quarantine(seconds=0.3) as opened:
        assert judge_form(panel.workspace, Original("a.pdf", kit(panel)), opened).reason is Reason.INCOMPLETE
        first = opened._worker
        assert first is not None
        first._process.kill()
        with pytest.raises(Failed, match="crashed"):
            opened.read(kit(panel))
        assert judge_form(panel.workspace, Original("a.pdf", kit(panel)), opened).reason is Reason.INCOMPLETE
        assert opened._worker is not first
        import signal

        if hasattr(signal, "SIGSTOP"):
            assert opened._worker is not None
            opened._worker._process.send_signal(signal.SIGSTOP)
            with pytest.raises(Failed, match="late"):
                opened.read(kit(panel))


def test_nothing_of_the_control_characters_in_a_field_reaches_the_card(panel: Panel, tmp_path: Path) -> None:
    given = answers(panel, 0, "a\x00b\x1b[31mred\u2028next\x07")
    (verdict,) = bring(panel, tmp_path, with_values_only(kit(panel), given))
    page = card_page(panel.workspace, verdict.card or 0)
    assert [e.text for e in page.content.ratings[0].evidence] == ["ab[31mred", "next"]
    assert sound(panel)


def test_lone_halves_of_a_character_are_no_text(panel: Panel, quarantine: Quarantine) -> None:
    def half(pdf: pikepdf.Pdf) -> None:
        nodes(pdf)["notes"].V = String(b"\xfe\xff\xd8\x3d\x00a")

    assert refused(panel, quarantine, edited(kit(panel), half)).reason is Reason.UNREADABLE


# From paper


def test_typing_in_from_paper_is_refused_while_my_own_card_is_due(panel: Panel) -> None:
    with pytest.raises(Refused, match="Your own card"):
        scorecard.start(panel.workspace, panel.interviews[1])
