"""The form as values: its fields, what it says of itself, and how its values become a card or a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scorecard_form import (
    FormSpec,
    evidence_field,
    form_ids,
    form_spec,
    letters_of,
    lines_of,
    quote_in,
    read_values,
    score_field,
    signal_field,
    spec_of,
    stands_in,
)
from app.exchange.packs import load_pack
from app.resources import packs

RUBRIC = load_pack(packs() / "ml-engineering-manager").rubric


def spec(*planned: str, round_: int = 6) -> FormSpec:
    return form_spec(
        RUBRIC,
        planned or ("people", "execution"),
        workspace="0f" * 16,
        interview=3,
        application=2,
        candidate=1,
        interviewer=4,
        digest="d" * 64,
        level="M1",
        round=round_,
    )


def values(form: FormSpec, **changed: str) -> dict[str, str]:
    """A form filled in, with some fields changed; "__" stands for the dot."""
    whole = {score_field(d): "3" for d in form.planned} | {evidence_field(d): "Heard." for d in form.planned}
    return whole | {"overall": "hire"} | {name.replace("__", "."): value for name, value in changed.items()}


def test_fields_are_named_in_words_in_the_order_of_the_paper() -> None:
    names = [f.name for f in spec().fields]
    assert names[:2] == ["people.score", "people.evidence"]
    assert names[-3:] == ["overall", "notes", "date"]
    assert "execution.signal.s4" in names
    score = spec().fields[0]
    assert score.choices == ("1", "2", "3", "4", "ran_out_of_time", "did_not_land", "conflict_of_interest")
    assert "not_in_my_plan" not in score.choices


def test_a_dimension_called_as_a_field_of_the_whole_form_is_told_apart() -> None:
    assert [score_field("notes"), evidence_field("form"), signal_field("date", "s1")] == [
        "notes_dimension.score",
        "form_dimension.evidence",
        "date_dimension.signal.s1",
    ]


def test_what_a_form_says_of_itself_is_read_back_and_a_lost_letter_shows() -> None:
    form = spec()
    assert form.text.isascii()
    assert spec_of(form.text) == form
    assert spec_of(f"  {form.text}\n") == form
    for place in range(len(form.text)):
        if not form.text[place].isspace():
            assert spec_of(form.text[:place] + "~" + form.text[place + 1 :]) is None
    assert spec_of("") is None


@pytest.mark.parametrize(
    "said",
    ["[]", "{}", "7", '{"workspace": 1}', "{" * 2000, '{"interview": "1"}', "\ud800", '{"planned": [[]]}', "null"],
)
def test_something_else_under_a_right_check_is_no_spec(said: str) -> None:
    import hashlib

    assert spec_of(f"{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:12]} {said}") is None


def test_the_id_people_read_out_names_the_round() -> None:
    assert spec().form_id.startswith("R6-")
    assert form_ids(f"form {spec().form_id} · rubric 1.0") == {spec().form_id}
    assert replace(spec(), interview=4).form_id != spec().form_id
    assert form_ids("R6-12G4-0000 r6-1234-0000 xR6-1234-5678") == frozenset()


def test_a_whole_form_is_a_card() -> None:
    filled = read_values(spec(), values(spec(), notes="a\n\nb", date=" 13 March "), RUBRIC)
    assert filled is not None
    assert filled.lacking == ()
    assert [(r.dimension, r.score, r.reason) for r in filled.ratings] == [("people", 3, None), ("execution", 3, None)]
    assert (filled.overall, filled.notes, filled.date) == ("hire", ("a", "b"), "13 March")


def test_a_reason_needs_no_evidence_and_a_score_does() -> None:
    filled = read_values(spec(), values(spec(), people__score="did_not_land", people__evidence=""), RUBRIC)
    assert filled is not None
    assert filled.lacking == ()
    assert filled.ratings[0].reason == "did_not_land"
    lacking = read_values(spec(), values(spec(), people__evidence="  \n "), RUBRIC)
    assert lacking is not None
    assert lacking.lacking == ("people.evidence",)


def test_a_red_flag_needs_something_to_quote() -> None:
    form = spec()
    flag = next(s for s in form.signals[0] if RUBRIC.signal(s).kind == "red")
    given_ = values(form, people__score="ran_out_of_time", people__evidence="") | {signal_field("people", flag): "Yes"}
    filled = read_values(form, given_, RUBRIC)
    assert filled is not None
    assert filled.lacking == ("people.evidence",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people.score", "5"),
        ("people.score", "hire"),
        ("overall", "maybe"),
        ("notes", "x" * 20_001),
        ("people.signal.s5", "hire"),
    ],
)
def test_what_the_form_does_not_offer_is_no_value(name: str, value: str) -> None:
    assert read_values(spec(), values(spec()) | {name: value}, RUBRIC) is None


def test_an_empty_form_lacks_everything_that_must_be_there() -> None:
    filled = read_values(spec(), {}, RUBRIC)
    assert filled is not None
    assert filled.lacking == ("people.score", "execution.score", "overall")


@pytest.mark.parametrize(
    ("evidence", "quote"),
    [
        (["Said “it was Piotr” twice"], "it was Piotr"),
        (['He said "not me" and “not us”'], "not me … not us"),
        (["„Nicht ich“, sagte er"], "Nicht ich"),
        (["« Pas moi »"], "Pas moi"),
        (["no marks", "at all"], "no marks at all"),
        (["empty “ ” marks"], "empty “ ” marks"),
    ],
)
def test_what_a_red_flag_quotes(evidence: list[str], quote: str) -> None:
    assert quote_in(evidence) == quote


@given(st.text())
def test_lines_hold_nothing_that_breaks_a_line_or_a_file(text: str) -> None:
    for line in lines_of(text):
        assert line == line.strip()
        assert line
        assert not set(line) & set("\r\n\x00\x0b\x0c\x85\u2028\u2029\x1b")
        line.encode("utf-8")


@given(st.text())
def test_letters_are_compared_without_blanks_and_size(text: str) -> None:
    assert letters_of(letters_of(text)) == letters_of(text)
    assert letters_of("ﬁne  Print\n1/2") == "fineprint12"


@pytest.mark.parametrize(
    ("words", "drawn", "there"),
    [
        ("Draw it 𝔊 6", "1\nDraw it □ 6\nProbe", True),
        ("𭟜", "Question\n□\n", True),
        ("Draw it 𝔊 6", "1\nDraw □ it □ 7\nProbe", False),
        ("Draw the system", "Draw the house □", False),
    ],
)
def test_a_letter_no_font_has_stands_as_a_square_and_no_other_words_pass(words: str, drawn: str, there: bool) -> None:
    assert stands_in(words, drawn) is there
