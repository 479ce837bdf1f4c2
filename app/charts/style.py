"""How charts look: the tokens' colours, the typeface that comes along, plain text, and the same bytes each time.

A point of a figure is a pixel at ordinary size. matplotlib is imported where first used: it takes most of a second.
Only the canvas for pictures is used, never pyplot, so that charts can be drawn in any thread.
"""

from __future__ import annotations

import io
import json
import logging
import textwrap
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from app.resources import resource

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

POINTS_AN_INCH = 72
_FAMILIES = (
    "Inter",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "WenQuanYi Micro Hei",
)
_LETTER = 6.6  # px at ordinary text size: how wide a letter is, about
_SAID = 18  # px at ordinary text size: a line of what was found
_LONGEST = 60  # characters of a label that somebody typed
_UNKNOWN = "\N{WHITE SQUARE}"
_drawing = threading.RLock()
"""matplotlib's settings and font caches are one for the process: one chart is drawn at a time."""


@dataclass(frozen=True)
class ChartLook:
    """Light or dark, and how many times the ordinary size text is."""

    dark: bool = False
    text: float = 1.0

    def colour(self, name: str) -> str:
        """A colour of tokens.json by its name."""
        return str(_tokens()["dark" if self.dark else "light"][name])

    def score_colours(self, place: int) -> tuple[str, str]:
        """Ground and figure of a cell whose score has this place against its bar, 1 to 4."""
        ground, figure_ = _tokens()["score"]["dark" if self.dark else "light"][str(place)]
        return str(ground), str(figure_)

    def size(self, role: str = "caption") -> float:
        """A text size by role: caption, body, lead."""
        return float(_tokens()["type"]["sizes"][role]) * self.text

    def px(self, size: float) -> float:
        """A length that goes with the text."""
        return size * self.text


@dataclass(frozen=True)
class Frame:
    """What a chart stands in. `unit` says what is measured, `n` of how many; a chart that leaves has a `title`, and
    below it `of` what it is and what it found."""

    unit: str
    n: str
    title: str = ""
    width: int = 760
    look: ChartLook = field(default_factory=ChartLook)
    finding: str = ""
    of: str = ""

    @property
    def found(self) -> list[str]:
        """Of what it is and what it found, in lines."""
        across = max(20, int(self.width / self.look.px(_LETTER)))
        said = (self.of, self.finding) if self.title else ()
        return [line for words in said for line in textwrap.wrap(words, across)]

    @property
    def head(self) -> float:
        """What title and finding take, in px."""
        if not self.title:
            return 0.0
        return self.look.px(26) + (self.look.px(_SAID) * len(self.found) + self.look.px(8) if self.found else 0)


@cache
def _tokens() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource("tokens.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _known_characters() -> frozenset[int]:
    """Register the typefaces that come along, settle matplotlib's settings once; every character they can draw."""
    import matplotlib as mpl  # noqa: PLC0415  (see above)
    from matplotlib.font_manager import fontManager, get_font  # noqa: PLC0415

    with _drawing:
        known: set[int] = set()
        for path in sorted(resource("fonts").glob("*.ttf")):
            fontManager.addfont(str(path))
            known |= set(get_font(str(path)).get_charmap())
        # Only Inter comes in several weights; that a fallback does not is no news.
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
        mpl.rcParams["text.parse_math"] = False
        mpl.rcParams["text.hinting"] = "none"
        mpl.rcParams["pdf.fonttype"] = 42
        mpl.rcParams["font.family"] = [*_FAMILIES]
        mpl.rcParams["axes.unicode_minus"] = True
    return frozenset(known)


def plain_label(text: str, longest: int = _LONGEST) -> str:
    """Words as they are drawn: one line, no control characters, what no typeface has as a square, long ones cut."""
    known = _known_characters()
    line = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", text))
    drawn = "".join(c if ord(c) in known else _UNKNOWN for c in " ".join(line.split()))
    return drawn if len(drawn) <= longest else f"{drawn[: longest - 1]}…"


def figure(frame: Frame, height: float, columns: Sequence[float] = (1,)) -> tuple[Figure, list[Axes]]:
    """An empty figure of `height` px, plus what title, unit and n take, with axes beside each other."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure as Drawn  # noqa: PLC0415

    _known_characters()
    look = frame.look
    foot = look.px(22)
    whole = height + frame.head + foot
    with _drawing:
        made = Drawn((frame.width / POINTS_AN_INCH, whole / POINTS_AN_INCH), dpi=POINTS_AN_INCH)
        FigureCanvasAgg(made)
        made.set_facecolor(look.colour("panel"))
        axes = list(made.subplots(1, len(columns), width_ratios=list(columns), squeeze=False)[0])
        for one in axes:
            _dress(one, look)
        if frame.title:
            chart_words(made, 0, whole - look.px(18), frame.title, look, "lead", weight=600)
        for number, line in enumerate(frame.found, start=1):
            chart_words(made, 0, whole - look.px(20 + number * _SAID), line, look, "body", longest=200)
        chart_words(made, 0, look.px(4), f"{frame.unit} · {frame.n}", look, tone="ink_soft", longest=200)
    return made, axes


def lay_out(
    made: Figure, frame: Frame, left: float, *, right: float = 12, bottom: float = 24, top: float = 12, gap: float = 0.2
) -> None:
    """Leave this room around the axes, in px at ordinary text size."""
    look, (width, height) = frame.look, made.get_size_inches() * POINTS_AN_INCH
    made.subplots_adjust(
        left=min(0.5, look.px(left) / width),
        right=1 - look.px(right) / width,
        bottom=(look.px(22) + look.px(bottom)) / height,
        top=1 - (frame.head + look.px(top)) / height,
        wspace=gap,
    )


def chart_words(
    at: Figure,
    x: float,
    y: float,
    text: str,
    look: ChartLook,
    role: str = "caption",
    *,
    tone: str = "ink",
    weight: int = 400,
    longest: int = _LONGEST,
) -> Text:
    """Write a line at px from the left and the foot of the figure."""
    width, height = at.get_size_inches() * POINTS_AN_INCH
    return at.text(
        x / width,
        y / height,
        plain_label(text, longest),
        fontsize=look.size(role),
        color=look.colour(tone),
        weight=weight,
        va="baseline",
        parse_math=False,
    )


def label(axes: Axes, x: float, y: float, text: str, look: ChartLook, **more: Any) -> Text:
    """Write beside a mark, in the axes' own units; never read as mathematics."""
    settings: dict[str, Any] = {"fontsize": look.size(), "color": look.colour("ink"), "parse_math": False, **more}
    return axes.text(x, y, plain_label(text), **settings)


def chart_note(axes: Axes, text: str, look: ChartLook) -> Text:
    """Say over the axes what their marks are."""
    return axes.text(
        0,
        1.03,
        plain_label(text, 200),
        fontsize=look.size(),
        color=look.colour("ink_soft"),
        va="bottom",
        transform=axes.transAxes,
        parse_math=False,
    )


def ticks(axes: Axes, which: str, places: Sequence[float], names: Sequence[str]) -> None:
    """Name places of an axis, "x" or "y", in plain text."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_ticks(list(places), labels=[plain_label(n) for n in names], parse_math=False)


def _dress(axes: Axes, look: ChartLook) -> None:
    axes.set_facecolor(look.colour("panel"))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(look.colour("line_strong"))
    axes.tick_params(
        colors=look.colour("ink_soft"),
        labelsize=look.size(),
        length=0,
        pad=look.px(5),
        labelcolor=look.colour("ink_soft"),
    )
    axes.grid(visible=True, axis="y", color=look.colour("line"), linewidth=1)
    axes.set_axisbelow(True)


def _with_margin(made: Figure, margin: float) -> Any:
    """The figure with a margin of paper around it, in px."""
    from matplotlib.transforms import Bbox  # noqa: PLC0415  (see above)

    width, height = made.get_size_inches()
    around = margin / POINTS_AN_INCH
    return Bbox.from_extents(-around, -around, width + around, height + around)


def png(made: Figure, scale: float = 2.0, margin: float = 0) -> bytes:
    """The chart as a picture of `scale` pixels a px; nothing of the machine or the time is in it."""
    content = io.BytesIO()
    with _drawing:
        made.savefig(
            content,
            format="png",
            dpi=POINTS_AN_INCH * scale,
            facecolor=made.get_facecolor(),
            bbox_inches=_with_margin(made, margin),
            metadata={"Software": None},
        )
    return content.getvalue()


def pdf(made: Figure, title: str, margin: float = 0) -> bytes:
    """The chart as a PDF page of its own size, its typeface embedded; the same chart gives the same bytes."""
    content = io.BytesIO()
    with _drawing:
        made.savefig(
            content,
            format="pdf",
            facecolor=made.get_facecolor(),
            bbox_inches=_with_margin(made, margin),
            metadata={"Title": title, "Creator": "Tenfold", "Producer": None, "CreationDate": None},
        )
    return content.getvalue()
