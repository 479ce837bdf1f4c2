"""The fields of a fillable form, added to finished pages: empty, named in words, drawn by whoever fills them in.

reportlab's own fields take few fonts and write broken font keys, so these are made with pikepdf. Names, questions and
anchors are text of the page and never fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from app.domain.scorecard_form import INFO, MARK, TICKED, FieldKind
from app.packets.paper.colour import colour

_READ_ONLY, _MULTILINE, _RADIO = 1, 1 << 12, 1 << 15
_PRINT, _HIDDEN = 4, 2
_TEXT_DRAWN = "/Helv 9 Tf 0 g"
_MARK_DRAWN = "/ZaDb 0 Tf 0 g"
_MARKS = {"box": "l", "ring": "l", "tick": "4"}  # what a reader that draws for itself takes, in ZapfDingbats
_BEND = 0.5523  # of a circle's radius, for its four curves


@dataclass(frozen=True)
class FieldPlace:
    """One place of a field: page from 1, and left, bottom, right, top in points.

    A choice has a place for each of its states; `shape` says how a chosen state looks, and `tip` what a reader of the
    screen says.
    """

    name: str
    kind: FieldKind
    page: int
    box: tuple[float, float, float, float]
    tip: str
    state: str = ""
    shape: str = ""
    lines: bool = False


@dataclass
class Placing:
    """Where a layout put the fields; a new pass over the pages begins afresh."""

    found: list[FieldPlace] = field(default_factory=list)

    def restart(self) -> None:
        """Forget the pass before."""
        self.found.clear()

    def put(self, canvas: Any, box: tuple[float, float, float, float], **facts: Any) -> None:
        """Note a field while the page is drawn; `box` is left, bottom, width, height where the canvas stands."""
        left, bottom = canvas.absolutePosition(box[0], box[1])
        place = tuple(round(float(n), 2) for n in (left, bottom, left + box[2], bottom + box[3]))
        self.found.append(FieldPlace(page=canvas.getPageNumber(), box=place, **facts))  # type: ignore[arg-type]


def with_fields(pages: bytes, placed: Sequence[FieldPlace], mark: str) -> bytes:
    """The pages with their fields, and `mark` where a returned form is known by: the same input, the same bytes."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pages)) as pdf:
        fonts = Dictionary(
            Helv=pdf.make_indirect(_font("/Helvetica", Encoding=Name.WinAnsiEncoding)),
            ZaDb=pdf.make_indirect(_font("/ZapfDingbats")),
        )
        form = Dictionary(Fields=Array(), NeedAppearances=True, DA=String(_TEXT_DRAWN), DR=Dictionary(Font=fonts))
        pdf.Root.AcroForm = pdf.make_indirect(form)
        maker = _Maker(pdf)
        for place in placed:
            maker.add(place)
        maker.add_mark(mark)
        for page in pdf.pages:
            if Name.Annots in page:
                page.Tabs = Name.R
        pdf.docinfo[f"/{INFO}"] = String(mark)
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def _font(base: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base), **more)


class _Maker:
    """Builds the tree of fields: `people.score` is the field `score` under `people`."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._nodes: dict[str, Any] = {}

    def add(self, place: FieldPlace) -> None:
        """One place: of a choice, one of its states."""
        widget = self._widget(place)
        if place.kind is FieldKind.CHOICE:
            group = self._nodes.get(place.name) or self._node(
                place.name, FT=Name.Btn, Ff=_RADIO, TU=String(place.tip.partition(":")[0]), Kids=Array()
            )
            widget.Parent = group
            group.Kids.append(widget)
            return
        parent, _, last = place.name.rpartition(".")
        if parent:
            widget.Parent = self._branch(parent)
        widget.T = String(last)
        self._siblings(parent).append(widget)

    def add_mark(self, mark: str) -> None:
        """The hidden field by which a form is known."""
        widget = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array([0, 0, 0, 0]),
                F=_HIDDEN,
                FT=Name.Tx,
                T=String(MARK),
                Ff=_READ_ONLY,
                DA=String(_TEXT_DRAWN),
                V=String(mark),
                P=self._pdf.pages[0].obj,
            )
        )
        self._siblings("").append(widget)
        self._on_page(0, widget)

    def _widget(self, place: FieldPlace) -> Any:
        page = self._pdf.pages[place.page - 1]
        said = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=Array([float(n) for n in place.box]),
            F=_PRINT,
            P=page.obj,
            TU=String(place.tip),
        )
        if place.kind is FieldKind.TEXT:
            said.FT, said.DA = Name.Tx, String(_TEXT_DRAWN)
            said.Ff = _MULTILINE if place.lines else 0
        else:
            state = place.state or TICKED
            said.AS = Name.Off
            said.DA = String(_MARK_DRAWN)
            said.MK = Dictionary(CA=String(_MARKS[place.shape]))
            said.AP = Dictionary(
                N=Dictionary({"/Off": self._drawn(place, on=False), f"/{state}": self._drawn(place, on=True)})
            )
            if place.kind is FieldKind.TICK:
                said.FT = Name.Btn
        widget = self._pdf.make_indirect(said)
        self._on_page(place.page - 1, widget)
        return widget

    def _on_page(self, number: int, widget: Any) -> None:
        page = self._pdf.pages[number]
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(widget)

    def _siblings(self, parent: str) -> Any:
        return self._branch(parent).Kids if parent else self._pdf.Root.AcroForm.Fields

    def _branch(self, name: str) -> Any:
        return self._nodes.get(name) or self._node(name, Kids=Array())

    def _node(self, name: str, **facts: Any) -> Any:
        parent, _, last = name.rpartition(".")
        node = self._pdf.make_indirect(Dictionary(T=String(last), **facts))
        if parent:
            node.Parent = self._branch(parent)
        self._siblings(parent).append(node)
        self._nodes[name] = node
        return node

    def _drawn(self, place: FieldPlace, *, on: bool) -> Stream:
        width, height = place.box[2] - place.box[0], place.box[3] - place.box[1]
        drawing = _SHAPES[place.shape](width, height, place.state) if on else "q Q"
        stream = Stream(self._pdf, drawing.encode("ascii"))
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, round(width, 2), round(height, 2)])
        if on and place.shape == "box":
            bold = self._pdf.make_indirect(_font("/Helvetica-Bold", Encoding=Name.WinAnsiEncoding))
            stream.Resources = Dictionary(Font=Dictionary(HeBo=bold))
        return stream


def _ink(name: str, operator: str) -> str:
    found = colour(name)
    return f"{found.red:.3f} {found.green:.3f} {found.blue:.3f} {operator}"


def _box(width: float, height: float, state: str) -> str:
    """A filled box with its number."""
    size = height * 0.62
    left = (width - size * 0.556) / 2
    return (
        f"{_ink('accent', 'rg')} 0 0 {width:.2f} {height:.2f} re f "
        f"BT 1 1 1 rg /HeBo {size:.2f} Tf {left:.2f} {(height - size * 0.72) / 2:.2f} Td ({state}) Tj ET"
    )


def _ring(width: float, height: float, state: str) -> str:
    """A disc in the printed ring."""
    x, y, r = width / 2, height / 2, min(width, height) * 0.3
    b = r * _BEND
    return (
        f"{_ink('accent', 'rg')} {x - r:.2f} {y:.2f} m "
        f"{x - r:.2f} {y + b:.2f} {x - b:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x + b:.2f} {y + r:.2f} {x + r:.2f} {y + b:.2f} {x + r:.2f} {y:.2f} c "
        f"{x + r:.2f} {y - b:.2f} {x + b:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x - b:.2f} {y - r:.2f} {x - r:.2f} {y - b:.2f} {x - r:.2f} {y:.2f} c f"
    )


def _tick(width: float, height: float, state: str) -> str:
    """A tick in the printed square."""
    return (
        f"{_ink('accent', 'RG')} {width * 0.16:.2f} w 1 J 1 j {width * 0.2:.2f} {height * 0.52:.2f} m "
        f"{width * 0.42:.2f} {height * 0.26:.2f} l {width * 0.8:.2f} {height * 0.76:.2f} l S"
    )


_SHAPES = {"box": _box, "ring": _ring, "tick": _tick}
