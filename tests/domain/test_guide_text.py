"""A cell as one text to edit, and back: nothing that was not touched changes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.guide import BAR_OF, Extra, GuideCell, Statement, cell_of
from app.domain.guide_text import cell_from, cell_text

ID = (Extra(name="id", content='"7ed8"'),)
TWO = cell_of(
    (
        Statement(text="Says it plainly\nin two lines\n", examples=("A letter", "A\nnote"), extras=ID),
        Statement(text="Reads between lines"),
    ),
    "core",
    3,
)


def test_a_cell_reads_as_statements_with_their_examples() -> None:
    assert cell_text(TWO) == "Says it plainly\nin two lines\n– A letter\n– A note\n\nReads between lines"
    assert cell_text(None) == ""


def test_what_is_not_touched_keeps_every_letter() -> None:
    assert cell_from(TWO, f"  {cell_text(TWO)}\n", "core", 3) == TWO
    other = cell_from(TWO, cell_text(TWO), "supporting", None)
    assert other == TWO.model_copy(update={"weight": "supporting", "bar": 2})


def test_an_edited_text_is_parted_anew() -> None:
    cell = cell_from(None, "One\n- an example\n• another\n\n\n  \nTwo", "important", None)
    assert cell is not None
    assert [(s.text, s.examples) for s in cell.said] == [("One", ("an example", "another")), ("Two", ())]
    assert cell.bar == 3
    assert cell_from(TWO, "  ", "core", 3) is None
    none = cell_from(None, "Nothing asked", "not_expected", 3)
    assert none is not None
    assert none.bar is None


def test_what_stood_beside_a_statement_goes_with_its_words_or_its_place() -> None:
    changed = cell_from(TWO, "Says it well\n\nReads between lines", "core", 3)
    assert changed is not None
    assert [s.extras for s in changed.said] == [ID, ()]
    longer = cell_from(TWO, "New\n\nSays it plainly\nin two lines\n\nReads between lines", "core", 3)
    assert longer is not None
    assert [s.extras for s in longer.said] == [(), ID, ()]


_text = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20) | st.sampled_from(
    ["– a", "a\n\nb", " ", "\n"]
)
_said = st.builds(
    Statement, text=_text, examples=st.lists(_text, max_size=2).map(tuple), extras=st.just(ID) | st.just(())
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_said, min_size=1, max_size=3), st.sampled_from(list(BAR_OF)), _text)
def test_an_unchanged_text_never_changes_a_cell(said: list[Statement], weight: str, more: str) -> None:
    known = next(w for w in BAR_OF if w == weight)
    cell: GuideCell = cell_of(said, known, BAR_OF[known])
    assert cell_from(cell, cell_text(cell), known, cell.bar) == cell
    again = cell_from(cell, f"{cell_text(cell)}\n\n{more}", known, cell.bar)
    assert again is None or cell_from(again, cell_text(again), known, again.bar) == again
