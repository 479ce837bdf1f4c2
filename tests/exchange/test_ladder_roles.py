"""What each column of a table is: said one by one, in any order, and always a map that can be shown again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.exchange.ladder_roles import ACROSS, BESIDE, DOWN, GROUP, ROLES, ROWS, laid_out, layout_of, roles_of, with_role
from app.exchange.ladder_table_guess import TableGuess
from app.exchange.ladders import build, guess_map
from app.exchange.located_values import LadderError
from tests.ladders import source_of

HEADINGS = ("Category", "Competency", "Junior", "Senior")
TEXT = b"Category,Competency,Junior,Senior\nCraft,Testing,Writes own tests,Sets the way\n"


def test_a_column_is_what_it_was_said_to_be_and_one_alone_names_the_rows() -> None:
    map_ = TableGuess(HEADINGS, []).map("x")
    assert roles_of(map_, HEADINGS) == {
        "Category": "group", "Competency": "dimension", "Junior": "level", "Senior": "level",
    }  # fmt: skip
    turned = with_role(map_, HEADINGS, "Category", "dimension")
    assert roles_of(turned, HEADINGS)["Competency"] == BESIDE
    assert turned.dimension == "^Category"
    assert with_role(map_, HEADINGS, "Senior", GROUP).across == ("Junior",)


def test_a_matrix_keeps_a_column_across() -> None:
    map_ = with_role(TableGuess(HEADINGS, []).map("x"), HEADINGS, "Senior", BESIDE)
    assert with_role(map_, HEADINGS, "Junior", BESIDE) == map_


@given(st.data())
def test_whatever_is_chosen_can_be_shown_and_comes_in_or_is_refused(data: st.DataObject) -> None:
    source = source_of("x.csv", TEXT)
    map_ = guess_map(source)
    for _ in range(data.draw(st.integers(1, 6))):
        if data.draw(st.booleans()):
            layout = data.draw(st.sampled_from([ROWS, ACROSS, DOWN]))
            map_ = laid_out(guess_map(source), HEADINGS, layout)
            assert layout_of(map_) == layout
        else:
            layout = layout_of(map_)
            heading, role = data.draw(st.sampled_from(HEADINGS)), data.draw(st.sampled_from(ROLES[layout]))
            map_ = with_role(map_, HEADINGS, heading, role)
            assert layout_of(map_) == layout
            assert set(roles_of(map_, HEADINGS).values()) <= set(ROLES[layout])
    try:
        guide = build(source, map_)
        assert all(word in guide.canonical_text() for word in ("Craft", "Testing", "Writes own tests", "Sets the way"))
    except LadderError as refused:
        assert refused.problems
