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

from app.charts import bars, curves, rows
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


def bar_of(name: str, frame: Frame | None = None) -> Figure:
    parts = [(n, filling) for n, filling in enumerate(rows.Filling, start=2)]
    shown = [rows.ChartRow(name, parts, f"{name}: 33 %"), rows.ChartRow("b", [(0, rows.Filling.FULL)], "", mark=2.0)]
    return rows.bar_rows(frame or Frame(name, name, title=name, of=name), shown, name)


def span_of(name: str, frame: Frame | None = None) -> Figure:
    shown = [
        rows.SpanRow(name, 4, 9, 30, f"{name}: 80 % on"),
        rows.SpanRow("b", 12, None, 30, "50 % on"),
        rows.SpanRow("c", None, None, 0, "3 of 8 that ended"),
    ]
    return rows.span_rows(frame or Frame(name, name, title=name, of=name), shown, name, "days")


EVERY: tuple[Callable[[str], Figure], ...] = (
    lambda n: fill_chart(3, n),
    lambda n: fill_chart(9, n),
    span,
    counted,
    bar_of,
    span_of,
)


def texts(figure: Figure) -> list[Text]:
    return [t for t in figure.findobj(Text) if isinstance(t, Text) and t.get_text()]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("draw", EVERY, ids=["few", "many", "interval", "counts", "bars", "spans"])
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


@pytest.mark.parametrize("draw", EVERY, ids=["few", "many", "interval", "counts", "bars", "spans"])
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


@pytest.mark.parametrize("text", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("draw", [bar_of, span_of], ids=["bars", "spans"])
@pytest.mark.parametrize("name", ["Ada", "An opening whose name is far longer than any chart has room for"])
def test_rows_keep_their_words_inside_at_any_size(
    draw: Callable[[str, Frame | None], Figure], text: float, name: str
) -> None:
    for width in (700, 1200):
        figure = draw(name, Frame("Days", "n = 3", width=width, look=ChartLook(text=text)))
        png(figure, 1)
        for t in texts(figure):
            box = t.get_window_extent()
            assert box.x0 >= -1, t.get_text()
            assert box.x1 <= figure.bbox.x1 + 1, t.get_text()
            assert box.y1 <= figure.bbox.y1 + 1, t.get_text()


def test_parts_of_a_row_differ_by_more_than_colour() -> None:
    (axes,) = bar_of("Ada").axes
    drawn = [p for p in axes.patches if isinstance(p, Rectangle)]
    looks = {(bool(p.get_hatch()), p.get_facecolor() == p.get_edgecolor()) for p in drawn}
    assert looks == {(False, True), (True, False), (False, False)}


def test_a_chart_that_leaves_says_of_what_it_is() -> None:
    frame = Frame("Days", "n = 3", title="Funnel", finding="Most went on.", of="SR-1 · from 1 January 2026 on")
    said = [t.get_text() for t in texts(bar_of("Ada", frame))]
    assert "SR-1 · from 1 January 2026 on" in said
    assert "Most went on." in said


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
