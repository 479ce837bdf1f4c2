"""The worker that reads strangers' PDFs, in a process of its own: `python -m app.exchange.form_reader`.

It answers one request after the other on its standard streams: a letter, a number, the length and bytes of a file in;
a length and JSON (or a picture) out.
"""

from __future__ import annotations

import json
import struct
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from app.domain.scorecard_form import INFO, MARK, Beside
from app.exchange.form_protocol import READ
from app.exchange.reader_process import DAMAGED, serve

PAGES, FIELDS, DEPTH = 24, 600, 12
VALUE_BYTES = 200_000
_TEXT = 60_000  # characters of a page
_WIDE = 1000  # px of a picture
_TALL = 2200


class UnreadableForm(Exception):
    """The file is not read; its words are a key of `app.exchange.scorecard_form`."""


def main() -> None:
    """Answer until nobody asks any more."""
    serve(_answer)


def _answer(kind: bytes, number: int, content: bytes) -> tuple[bytes, bytes]:
    try:
        found = read_form(content) if kind == READ else None
        return (b"J", json.dumps(found).encode("ascii")) if found is not None else (b"B", draw_page(content, number))
    except UnreadableForm as why:
        return b"E", str(why).encode("ascii")
    except (pikepdf.PdfError, pdfium.PdfiumError, *DAMAGED):
        return b"E", b"damaged"


def read_form(content: bytes) -> dict[str, Any]:
    """What a PDF holds that matters: pages, text, fields with their values, and what it says of itself.

    Raises Unreadable, and what the libraries raise on damage.
    """
    if b"%PDF-" not in content[:1024]:
        raise UnreadableForm("no pdf")
    try:
        pdf = pikepdf.open(BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnreadableForm("locked") from error
    with pdf:
        pages = len(pdf.pages)
        if pages > PAGES:
            raise UnreadableForm("pages")
        fields = _Fields()
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary):
            for node in _array(form.get("/Fields")):
                fields.walk(node, "", {}, 0)
        beside: set[str] = set()
        for page in pdf.pages:
            for widget in _array(page.obj.get("/Annots")):
                fields.walk(_root(widget), "", {}, 0)
                beside |= _beside(widget)
        beside |= {Beside.SIGNATURE} if fields.signed else set()
        info = pdf.trailer.get("/Info")
        said = info.get(f"/{INFO}") if isinstance(info, pikepdf.Dictionary) else None
        marks = [m for m in (decoded(said), fields.values.pop(MARK, "")) if m]
        fields.choices.pop(MARK, None)
    texts, pictures = _pages(content)
    return {
        "pages": pages,
        "marks": marks,
        "values": fields.values,
        "choices": fields.choices,
        "twice": fields.twice,
        "texts": texts,
        "pictures": pictures,
        "bare": fields.bare,
        "contrary": fields.contrary,
        "beside": sorted(beside),
    }


class _Fields:
    """The tree of fields, walked to its ends. `choices` are the states of buttons; a text has none.

    `twice` says that one name stands in two places; the first one is kept. `bare` are buttons whose looks, and with
    them some of their states, were lost; `contrary` those whose value is another than the one that is shown.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.twice = False
        self.bare: list[str] = []
        self.contrary: list[str] = []
        self.signed = False
        self._seen: set[tuple[int, int]] = set()

    def walk(self, node: Any, above: str, inherited: dict[str, Any], depth: int) -> None:
        """One field or branch with what lies below it."""
        if not isinstance(node, pikepdf.Dictionary) or depth > DEPTH or len(self.choices) > FIELDS:
            raise UnreadableForm("fields")
        if node.is_indirect:
            if node.objgen in self._seen:
                return
            self._seen.add(node.objgen)
        last = decoded(node.get("/T"))
        name = ".".join(part for part in (above, last) if part)
        facts = {**inherited, **{k: node[k] for k in ("/FT", "/V") if k in node}}
        kids = _array(node.get("/Kids"))
        named = [k for k in kids if isinstance(k, pikepdf.Dictionary) and "/T" in k]
        if named:
            for kid in kids:
                self.walk(kid, name, facts, depth + 1)
        elif "/FT" in facts and name:
            self._keep(name, facts, kids or [node])

    def _keep(self, name: str, facts: dict[str, Any], widgets: list[Any]) -> None:
        if facts["/FT"] == "/Sig":
            self.signed = self.signed or "/V" in facts
            return
        if name in self.choices:
            self.twice = True
            return
        if facts["/FT"] == "/Btn":
            states, shown, bare = _states(widgets)
            self.choices[name] = states
            self.bare += [name] if bare else []
            value = _state(facts.get("/V"))
            if value and shown and shown != [value]:
                self.contrary.append(name)
            self.values[name] = value or (shown[0] if len(shown) == 1 else "")
            if not value and len(shown) > 1:
                self.values[name] = "+".join(shown)
        else:
            self.choices[name] = []
            self.values[name] = decoded(facts.get("/V"))


def _root(widget: Any) -> Any:
    """The field on top of a place on a page: some readers lose the list of fields, and keep the places."""
    if not isinstance(widget, pikepdf.Dictionary) or widget.get("/Subtype") != "/Widget":
        return pikepdf.Dictionary()
    for _ in range(DEPTH):
        above = widget.get("/Parent")
        if not isinstance(above, pikepdf.Dictionary):
            break
        widget = above
    return widget


_NOTED = {
    "/Text": Beside.NOTES,
    "/FreeText": Beside.NOTES,
    "/Ink": Beside.INK,
    "/Line": Beside.INK,
    "/Square": Beside.INK,
    "/Circle": Beside.INK,
    "/Polygon": Beside.INK,
    "/PolyLine": Beside.INK,
    "/Highlight": Beside.MARKS,
    "/Underline": Beside.MARKS,
    "/StrikeOut": Beside.MARKS,
    "/Squiggly": Beside.MARKS,
    "/Caret": Beside.MARKS,
    "/Stamp": Beside.STAMPS,
    "/FileAttachment": Beside.FILES,
}


def _beside(annotation: Any) -> set[str]:
    """What a place on a page is, where it is none of the form's."""
    kind = annotation.get("/Subtype") if isinstance(annotation, pikepdf.Dictionary) else None
    return {_NOTED[str(kind)]} if kind is not None and str(kind) in _NOTED else set()


def _states(widgets: list[Any]) -> tuple[list[str], list[str], bool]:
    """The states a button's places offer, in their order, those that are shown as chosen, and whether a place has lost
    its looks."""
    offered: list[str] = []
    shown: list[str] = []
    bare = False
    for widget in widgets:
        if not isinstance(widget, pikepdf.Dictionary):
            continue
        looks = widget.get("/AP")
        normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
        drawn = normal.keys() if isinstance(normal, pikepdf.Dictionary) else []
        bare = bare or not drawn
        own = [str(k).removeprefix("/") for k in drawn if k != "/Off"]
        offered += [state for state in own if state not in offered]
        state = _state(widget.get("/AS"))
        if state and state not in shown:
            shown.append(state)
    return offered, shown, bare


def _state(value: Any) -> str:
    """A button's state; a reader that writes it as text means the same."""
    word = (str(value) if isinstance(value, pikepdf.Name) else decoded(value)).removeprefix("/")
    return "" if word == "Off" else word


def decoded(value: Any) -> str:
    """A text string or a stream of one: UTF-16 and UTF-8 by their mark, else PDFDocEncoding.

    Raises Unreadable where it is too long, UnicodeDecodeError where bytes are no text.
    """
    if isinstance(value, pikepdf.Stream):
        content = value.read_bytes()
    elif isinstance(value, pikepdf.String):
        content = bytes(value)
    else:
        return ""
    if len(content) > VALUE_BYTES:
        raise UnreadableForm("long")
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding)
    return content.decode("pdfdoc")


def _array(value: Any) -> list[Any]:
    items: Any = value if isinstance(value, pikepdf.Array) else ()
    return list(items)


def _pages(content: bytes) -> tuple[list[str], int]:
    """The text of each page, and how many pages hold a picture."""
    texts, pictures = [], 0
    document = pdfium.PdfDocument(content)
    try:
        for number in range(min(len(document), PAGES)):
            page = document[number]
            page.set_rotation(0)  # the text of a page that was turned is read in its own order
            part = page.get_textpage()
            texts.append(part.get_text_range()[:_TEXT])
            pictures += any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
            part.close()
            page.close()
    finally:
        document.close()
    return texts, pictures


def draw_page(content: bytes, number: int) -> bytes:
    """A page as it looks: width and height in px, then rows of red, green, blue."""
    document = pdfium.PdfDocument(content)
    try:
        if not number < len(document):
            raise UnreadableForm("pages")
        document.init_forms()
        page = document[number]
        width, height = page.get_size()
        scale = min(_WIDE / max(1.0, width), _TALL / max(1.0, height))
        drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        row = drawn.width * 3
        lines = [bytes(drawn.buffer[n * drawn.stride : n * drawn.stride + row]) for n in range(drawn.height)]
        return struct.pack(">II", drawn.width, drawn.height) + b"".join(lines)
    finally:
        document.close()


if __name__ == "__main__":
    main()
