"""Charts: whatever somebody is called is drawn as it is written, and the same chart gives the same bytes."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from pypdf import PdfReader

from app.charts import bars, curves
from app.charts.style import ChartLook, Frame, _known_characters, pdf, plain_label, png
from app.domain.durations import End, SeatWait, time_to_fill

HOSTILE = (
    "$\\frac{",
    "$$",
    "_x_",
    "a^b_c",
    "\\alpha $x$",
    "Zoë\nØ\x00\u202e",
    "日本語 \U0001f600",
    "=1+1",
    "%s {0} {x}",
)


def seats(n: int, name: str = "SR-2026-01", *, waiting: int = 1) -> list[SeatWait]:
    chance = random.Random(5)
    found = [
        SeatWait(chance.randint(30, 160), End.FILLED, name, date(2025, 1, 10) + timedelta(days=chance.randint(0, 400)))
        for _ in range(n)
    ]
    found += [SeatWait(59, End.OPEN, name, date(2026, 3, 12))] * waiting
    return [*found, SeatWait(70, End.CANCELLED, name, date(2025, 8, 1))]


def fill_chart(n: int, name: str = "SR-2026-01", frame: Frame | None = None) -> Figure:
    shown = seats(n, name)
    figure = time_to_fill(shown)
    return bars.time_to_fill_chart(frame or Frame("days", f"n = {n}", title=name), shown, figure)


def span(name: str, frame: Frame | None = None) -> Figure:
    value = curves.CurveSpan(0.83, 0.44, 0.97, name, (0, 1), [(0, name), (1, "100 %")], [curves.CurveMark(0.7, name)])
    return curves.interval(frame or Frame(name, name, title=name), value)


def counted(name: str, frame: Frame | None = None) -> Figure:
    return bars.counts(frame or Frame(name, name, title=name), [(name, 3, False), ("b", 0, True)])


EVERY: tuple[Callable[[str], Figure], ...] = (lambda n: fill_chart(3, n), lambda n: fill_chart(9, n), span, counted)


def texts(figure: Figure) -> list[Text]:
    return [t for t in figure.findobj(Text) if isinstance(t, Text) and t.get_text()]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("draw", EVERY, ids=["few", "many", "interval", "counts"])
def test_nothing_typed_is_read_as_mathematics(draw: Callable[[str], Figure], name: str) -> None:
    figure = draw(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png(figure, 1)
        pdf(figure, name)
    assert all(not t.get_parse_math() for t in texts(figure))
    assert any(plain_label(name, 12)[:6] in t.get_text() for t in texts(figure))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_drawn(name: str) -> None:
    png(counted(name), 0.5)


@pytest.mark.parametrize("draw", EVERY, ids=["few", "many", "interval", "counts"])
def test_the_same_chart_gives_the_same_bytes(draw: Callable[[str], Figure]) -> None:
    assert png(draw("Ada")) == png(draw("Ada"))
    assert pdf(draw("Ada"), "Ada") == pdf(draw("Ada"), "Ada")


def test_a_pdf_has_its_typeface_inside_its_title_and_its_words() -> None:
    page = PdfReader(io.BytesIO(pdf(counted("Zoë Ørsted"), "Zoë Ørsted"))).pages[0]
    fonts = [f.get_object() for f in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        held = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "/FontFile2" in held["/FontDescriptor"].get_object()
        assert "Inter" in font["/BaseFont"]
    assert "Zoë Ørsted" in page.extract_text()


@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("fills", [1, 4, 5, 60])
def test_every_chart_says_its_unit_and_its_n_and_stays_inside(fills: int, dark: bool, text: float) -> None:
    for width in (480, 1200):
        frame = Frame("Days from approval", f"n = {fills}", width=width, look=ChartLook(dark, text))
        figure = fill_chart(fills, "SR", frame)
        assert f"Days from approval · n = {fills}" in [t.get_text() for t in texts(figure)]
        png(figure, 1)
        edge = figure.bbox
        for t in texts(figure):
            box = t.get_window_extent()
            assert box.x0 >= -1
            assert box.y0 >= -1
            assert box.x1 <= edge.x1 + 1 or " " in t.get_text()


def test_open_seats_differ_by_more_than_colour() -> None:
    (axes,) = fill_chart(2).axes
    seats_drawn = [p for p in axes.patches if isinstance(p, Rectangle) and p.get_width() == pytest.approx(0.56)]
    assert [bool(p.get_hatch()) for p in seats_drawn] == [False, False, True, True]


def test_arabic_is_joined_in_a_chart() -> None:
    """The same letters apart end in tails that reach lower."""
    _known_characters()
    made = Figure(figsize=(4, 1))
    joined = made.text(0, 0, "محمد", fontsize=20)
    apart = made.text(0, 0, "\u200c".join("محمد"), fontsize=20)
    assert joined.get_window_extent().y0 > apart.get_window_extent().y0 + 2
