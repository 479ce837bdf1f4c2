"""A report on paper: what it found, its chart, how it is computed, and its table, on pages as those of packets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import pikepdf
from reportlab.platypus import Table, TableStyle

from app.charts.style import POINTS_AN_INCH, ChartLook, pdf
from app.packets.paper.colour import colour
from app.packets.paper.flow import Drawn, PagePlace, Space, block
from app.packets.paper.number import number_of
from app.packets.paper.page import PaperLook, compose
from app.packets.paper.type import BODY, HEAD, TABLE, TITLE, measure, plain
from app.packets.reports.report import Report
from app.words import day, ntr, tr

MOST_ROWS = 500
"""A longer table is in the CSV."""
_DRAWN = 640  # px: as wide as the chart is drawn, to be as wide as the text
_NARROWEST, _WIDEST = 28.0, 230.0  # points of a column
_APART = 10.0


def paper_of(report: Report) -> bytes:
    """The report as PDF pages; the same facts give the same bytes. There is something to draw."""
    chart = report.figure(ChartLook(), _DRAWN)
    assert chart is not None
    wide, high = (float(side) * POINTS_AN_INCH for side in chart.get_size_inches())
    look = _look(report)
    scale = look.text_size[0] / wide
    places: list[tuple[int, float, float]] = []

    def chart_is_here(canvas: Any) -> None:
        places.append((canvas.getPageNumber(), *canvas.absolutePosition(0, 0)))

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width, _ = look.text_size
        room = Drawn(width, high * scale, chart_is_here)
        return [*_head(report, width), room, Space(14), *_definition(report), Space(14), *_table(report, width)]

    laid = compose(look, [story])
    ((page, x, y),) = places
    return _with_chart(laid.bytes, pdf(chart, report.title), page, (scale, x, y))


def _with_chart(pages: bytes, chart: bytes, page: int, where: tuple[float, float, float]) -> bytes:
    """`where` is how large the chart is drawn, and its lower left corner."""
    target, (scale, x, y) = BytesIO(), where
    with pikepdf.open(BytesIO(pages)) as laid, pikepdf.open(BytesIO(chart)) as drawn:
        form = laid.copy_foreign(drawn.pages[0].as_form_xobject())
        laid.pages[page - 1].add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Chart)
        put = f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm /Chart Do Q"
        laid.pages[page - 1].contents_add(pikepdf.Stream(laid, put.encode("ascii")))
        laid.save(target, deterministic_id=True)
    return target.getvalue()


def _look(report: Report) -> PaperLook:
    printed = {f.name: getattr(report, f.name) for f in fields(report) if f.name != "draw"}
    as_of = tr("as of {day}").format(day=day(report.as_of))
    return PaperLook(
        title=report.title,
        subject=report.of,
        kind=tr("Report"),
        name=f"{report.title}, {as_of}",
        first_head=as_of,
        number=number_of("report", printed),
        rubric_version="",
        paper=report.paper,
        as_of=datetime.combine(report.as_of, time.min, UTC),
        edition=tr("report {name}").format(name=report.name),
    )


def _head(report: Report, width: float) -> list[Any]:
    lines = [plain(report.title, TITLE), Space(3), plain(report.of, BODY.soft()), Space(8), plain(report.finding, BODY)]
    for words in (report.note, report.left_out):
        if words:
            lines += [Space(4), plain(words, TABLE.soft())]
    return [block(width, lines, places=(PagePlace("report", report.title),)), Space(12)]


def _definition(report: Report) -> list[Any]:
    paragraphs = [part for words in report.definition for part in (plain(words, TABLE), Space(4))]
    return [plain(tr("How computed"), HEAD), Space(4), *paragraphs]


def _table(report: Report, width: float) -> list[Any]:
    """Its headings stand on every page again."""
    if not report.rows:
        return []
    shown = report.rows[:MOST_ROWS]
    cells = [[plain(words, TABLE.soft()) for words in report.headings]]
    cells += [[plain(words, TABLE) for words in entry] for entry in shown]
    table = Table(cells, _columns(report.headings, shown, width), repeatRows=1, hAlign="LEFT", spaceBefore=4)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), _APART),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LINEBELOW", (0, 0), (-1, 0), 0.6, colour("line_strong")),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, colour("line")),
            ]
        )
    )
    left = len(report.rows) - len(shown)
    found = [plain(tr("Table"), HEAD), table]
    if left:
        words = ntr("{n} more row is in the CSV.", "{n} more rows are in the CSV.", left)
        found.append(plain(words, TABLE.soft()))
    return found


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """As wide as what stands in them, within reason, and no narrower than a word; together no wider than the text."""
    wanted, least = [], []
    for place, heading in enumerate(headings):
        texts = [heading, *(entry[place] for entry in rows)]
        word = max(measure(part, TABLE) for text in texts for part in text.split() or [""])
        longest = max((measure(entry[place], TABLE) for entry in rows), default=0)
        least.append(_APART + min(_WIDEST, max(_NARROWEST, word + 1)))
        wanted.append(max(least[-1], _APART + min(_WIDEST, longest + 1)))
    over = sum(wanted) - width
    if over <= 0:
        return wanted
    spare = sum(wanted) - sum(least)
    if spare >= over:
        return [one - over * (one - few) / spare for one, few in zip(wanted, least, strict=True)]
    return [few * width / sum(least) for few in least]
