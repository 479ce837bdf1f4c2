"""A hiring packet against the same texts, boxes and lines put on the same pages with plain reportlab calls."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from app.queries.plain_lists import applications
from app.store.workspace import read_workspace
from benchmarks.ratio import Ratio, measure
from tests.printing import make_hiring_packet

PAIRS = 9
FONT = "Inter-Regular"
Mark = tuple[str, tuple[Any, ...]]


def packet(sample: Path) -> Ratio:
    """Ours reads the facts and lays them out; bare only draws what ours has put on its pages."""
    workspace = read_workspace(sample)
    hired = next(a["id"] for a in applications(workspace) if a["outcome"] == "hired")
    made = make_hiring_packet(workspace, hired)
    pages = [_marks_of(page) for page in PdfReader(BytesIO(made.bytes)).pages]

    def ours() -> float:
        start = time.perf_counter()
        make_hiring_packet(workspace, hired)
        return (time.perf_counter() - start) * 1000

    def bare() -> float:
        start = time.perf_counter()
        _draw(pages)
        return (time.perf_counter() - start) * 1000

    found = measure(f"hiring packet, {made.pages} pages", "its marks drawn with canvas calls", ours, bare, PAIRS)
    workspace.close()
    return found


def _marks_of(page: Any) -> list[Mark]:
    """Texts with their places, boxes and lines of a page, in its order."""
    marks: list[Mark] = []
    at = [0.0, 0.0]

    def operator(name: bytes, operands: list[Any], matrix: list[float], _text: list[float]) -> None:
        word = name.decode("latin-1")
        numbers = [float(o) for o in operands] if word in ("re", "m", "l", "rg") else []
        if word == "rg":
            marks.append(("setFillColorRGB", tuple(numbers)))
        elif word == "re":
            x, y = _moved(matrix, numbers[0], numbers[1])
            marks.append(("rect", (x, y, numbers[2] * matrix[0], numbers[3] * matrix[3], 0, 1)))
        elif word == "m":
            at[:] = _moved(matrix, *numbers)
        elif word == "l":
            x, y = _moved(matrix, *numbers)
            marks.append(("line", (at[0], at[1], x, y)))
            at[:] = [x, y]

    def text(words: str, matrix: list[float], place: list[float], _font: Any, size: float) -> None:
        if words.strip():
            x, y = _moved(matrix, place[4], place[5])
            marks.append(("setFont", (FONT, size)))
            marks.append(("drawString", (x, y, " ".join(words.split()))))

    page.extract_text(visitor_operand_before=operator, visitor_text=text)
    return marks


def _moved(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _draw(pages: list[list[Mark]]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for marks in pages:
        for name, values in marks:
            getattr(canvas, name)(*values)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
