"""Progress over time and hire to outcome: same bytes, plain names, and every look draws."""

from __future__ import annotations

from datetime import date

import pytest

from app.charts.hire_outcome import pairs_of_scores
from app.charts.progress import ProgressPoint, ProgressScore, over_time
from app.charts.style import ChartLook, Frame, pdf, png

HOSTILE = (
    "$\\frac{",
    "_x_",
    "a^b_c",
    "Zoë\nØ\x00\u202e",
    "日本語 \U0001f600",
    "<b>x</b>",
    "%s {0}",
    "",
    "=1+1",
    "x" * 300,
)


def occasions(count: int, names: int) -> list[ProgressPoint]:
    cells = [None, ProgressScore(2, 3), ProgressScore(2, 3, 3), ProgressScore(4, 3), ProgressScore(1, 2)]
    return [
        ProgressPoint(
            date(2024 + n // 4, n % 4 * 3 + 1, 2), HOSTILE[n % 10], tuple(cells[(n + d) % 5] for d in range(names))
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 8, 30])
@pytest.mark.parametrize("look", [ChartLook(), ChartLook(dark=True, text=2.0)])
def test_progress_draws_hostile_names_and_many_occasions(count: int, look: ChartLook) -> None:
    frame = Frame("Each against its own bar", f"n = {count}", "", 340, look)
    first, second = (png(over_time(frame, HOSTILE, occasions(count, 10))) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")


def test_sixteen_dimensions_and_five_fit() -> None:
    for names in (5, 16):
        made = over_time(Frame("x", "n = 3"), [f"Dimension {n}" for n in range(names)], occasions(3, names))
        assert len(made.axes[0].get_yticks()) == names


@pytest.mark.parametrize("look", [ChartLook(), ChartLook(dark=True, text=2.0)])
def test_outcome_draws_the_same_bytes(look: ChartLook) -> None:
    pairs = [(n % 4 + 1, n // 4 % 4 + 1) for n in range(40)]
    frame = Frame("Interview and later score", "n = 40 pairs", "Hire to outcome", 760, look)
    assert png(pairs_of_scores(frame, pairs)) == png(pairs_of_scores(frame, pairs))
    assert pdf(pairs_of_scores(frame, pairs), "x") == pdf(pairs_of_scores(frame, pairs), "x")
