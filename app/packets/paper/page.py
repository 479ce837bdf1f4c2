"""A packet's pages: paper, frames, running heads and feet, outline, metadata, and the same bytes for the same facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from app.packets.paper.colour import colour
from app.packets.paper.strip import PaperCell, draw_mark, small_strip
from app.packets.paper.type import CAPTION, TABLE, clean, fitted, typesetting, write
from app.words import tr

LAYOUT = 5
"""The version of the layout; it grows whenever the same facts come out differently."""

MARGIN = 54.0
_TOP = 62.0  # where text begins
_BOTTOM = 62.0  # where text ends
_HEAD_BASELINE = 40.0
_FOOT_RULE = 46.0
_FOOT_BASELINE = 34.0
_PASSES = 5
_PAPERS = {"a4": A4, "letter": LETTER}
_PRODUCT = "Tenfold"
rl_config.useA85 = 0  # streams as bytes, not as letters: a fifth smaller, and nobody mails a PDF as text any more

Progress = Callable[[float, str], None]
Story = Callable[[Mapping[str, int]], list[Any]]
"""Gives the blocks of a part of a packet, by what is known of the pages its places are on."""


@dataclass(frozen=True)
class Packet:
    """A finished PDF: its bytes and their SHA-256 in hex, its number, and how many pages it has."""

    bytes: bytes
    number: str
    sha256: str
    pages: int


@dataclass(frozen=True)
class PaperLook:
    """What stands around the text of every page. `kind` is the sort of packet, `name` the person it is about.

    From the second page on, `kind_after` stands in the place of `kind`; `form` is the id of a form that comes back.
    `edition` says in the foot what was printed where that is no rubric.
    """

    title: str
    subject: str
    kind: str
    name: str
    first_head: str
    number: str
    rubric_version: str
    paper: str
    as_of: datetime
    strip: Sequence[PaperCell] = ()
    kind_after: str = ""
    form: str = ""
    edition: str = ""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        width, height = _PAPERS["letter" if "letter" in self.paper.lower() else "a4"]
        return float(width), float(height)

    @property
    def text_size(self) -> tuple[float, float]:
        """Width and height of the text on a page in points."""
        width, height = self.size
        return width - 2 * MARGIN, height - _TOP - _BOTTOM


class _Pages(dict[str, int]):
    """By place the page it was found on. `asked` is set once somebody wanted to know."""

    asked = False

    def get(self, key: str, default: Any = None) -> Any:
        """As of a dictionary; there is no other way in which stories ask."""
        self.asked = True
        return super().get(key, default)


class _Told:
    """A part of a packet as it was told last."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.asked = True
        self.blocks: list[Any] = []

    def tell(self, pages: _Pages) -> None:
        """Tell it, unless it did not ask for pages: then it is what it was."""
        if self.asked:
            pages.asked = False
            self.blocks = self._story(pages)
            self.asked = pages.asked


def compose(look: PaperLook, parts: Sequence[Story], progress: Progress | None = None) -> Packet:
    """Lay the parts out one behind the other, then draw them. `progress` may raise, which ends it.

    A part that asked for pages while it was told is told again, until every page it names is the page it is on; what
    is drawn may ask at any time.
    """
    target, pages = BytesIO(), _Pages()
    told = [_Told(part) for part in parts]
    with typesetting():
        for attempt in range(_PASSES):
            for part in told:
                part.tell(pages)
            blocks = [block for part in told for block in part.blocks]
            tried = _Document(BytesIO(), look, 0, _part(progress, min(attempt, 1)))
            tried.lay_out(blocks)
            settled = pages == tried.landed or not any(part.asked for part in told)
            pages.clear()
            pages.update(tried.landed)
            if settled:
                break
        drawn = _Document(target, look, tried.page, _part(progress, 2))
        drawn.build(blocks)
    laid = target.getvalue()
    return Packet(laid, look.number, hashlib.sha256(laid).hexdigest(), drawn.page)


def _part(progress: Progress | None, before: int) -> Progress:
    """Thirds of the bar: laying out, laying out again where that is needed, drawing."""

    def tell(done: float, words: str) -> None:
        if progress is not None:
            progress(min(1.0, (before + done) / 3), words)

    return tell


class _Unseen(Canvas):  # type: ignore[misc]  # reportlab ships no types
    """Paper while pages are only laid out: blocks do not draw on it, and it is never written."""

    unseen = True

    def save(self) -> None:
        """Nothing to write."""


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab ships no types
    """One pass over the story. `total` is how many pages there are, as far as it is known."""

    def __init__(self, target: BytesIO, look: PaperLook, total: int, progress: Progress) -> None:
        width, height = look.size
        super().__init__(
            target,
            pagesize=(width, height),
            title=clean(look.title),
            author=_PRODUCT,
            subject=clean(look.subject),
            creator=_PRODUCT,
            producer=_PRODUCT,
            lang="en",
            invariant=1,
            pageCompression=1,
            displayDocTitle=1,
            initialFontName="Inter-Regular",
            allowSplitting=1,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
        )
        text_width, text_height = look.text_size
        frame = Frame(MARGIN, _BOTTOM, text_width, text_height, 0, 0, 0, 0, id="text")
        self.addPageTemplates([PageTemplate(id="page", frames=[frame], onPageEnd=self._furnish, pagesize=look.size)])
        self._look, self._total, self._progress = look, total, progress
        self._marks: set[str] = set()
        self._handled = 0
        self._story = 1
        self.landed: dict[str, int] = {}

    def lay_out(self, blocks: list[Any]) -> None:
        """Find out what lies on which page; the same blocks can be drawn afterwards."""
        self.build([*blocks], _Unseen)
        for block in blocks:
            vars(block).pop("_postponed", None)  # reportlab's note that it was moved to the next page once

    def build(self, flowables: list[Any], canvas: type[Canvas] = Canvas) -> None:
        """Lay everything out, draw it and write it."""
        self._story = max(1, len(flowables))
        super().build(flowables, canvasmaker=canvas)

    def handle_documentBegin(self) -> None:  # noqa: N802  # reportlab's name
        """Before the first page: nothing of the machine goes into the file, neither its clock nor its environment."""
        stamp = self._look.as_of.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        self.canv.setDateFormatter(lambda *_: stamp)
        self.canv._doc.signature = hashlib.md5(self._look.number.encode(), usedforsecurity=False)
        super().handle_documentBegin()

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  # reportlab's name
        """Note which page a place landed on, and the dimensions this page speaks of."""
        self._handled += 1
        self._marks |= getattr(flowable, "marks", frozenset())
        for place in getattr(flowable, "places", ()):
            self.landed[place.key] = self.page

    def _furnish(self, canvas: Any, document: Any) -> None:
        if not isinstance(canvas, _Unseen):
            self._head_and_foot(canvas)
        self._marks = set()
        self._progress(min(1.0, self._handled / self._story), tr("Page {n}").format(n=self.page))

    def _head_and_foot(self, canvas: Any) -> None:
        look, (width, height) = self._look, self._look.size
        right, head = width - MARGIN, height - _HEAD_BASELINE
        canvas.saveState()
        draw_mark(canvas, MARGIN, head - 1.6)
        kind = look.kind_after if look.kind_after and self.page > 1 else look.kind
        write(canvas, MARGIN + 23, head, kind, TABLE.soft())
        if self.page == 1:
            write(canvas, right, head, look.first_head, TABLE.soft().right())
        else:
            left = small_strip(canvas, right, head - 2, look.strip, self._marks) - 9 if look.strip else right
            room = left - MARGIN - 151
            write(canvas, left, head, fitted(look.name, TABLE.soft(), room), TABLE.soft().right())
        self._foot(canvas, right)
        canvas.restoreState()

    def _foot(self, canvas: Any, right: float) -> None:
        look = self._look
        canvas.setStrokeColor(colour("line_strong"))
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, _FOOT_RULE, right, _FOOT_RULE)
        number = " ".join(look.number[i : i + 4] for i in range(0, len(look.number), 4))
        parts = [tr("packet {number}").format(number=number)]
        parts += [tr("form {id}").format(id=look.form)] if look.form else []
        parts.append(look.edition or tr("rubric {version}").format(version=look.rubric_version))
        left_words = "  ·  ".join(parts)
        write(canvas, MARGIN, _FOOT_BASELINE, left_words, CAPTION)
        words = tr("page {n} of {total}").format(n=self.page, total=self._total)
        write(canvas, right, _FOOT_BASELINE, words, CAPTION.right())
