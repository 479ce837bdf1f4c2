"""Filling forms in as readers do, each in its own way. `choices` are states, `ticks` names, `texts` words."""

from __future__ import annotations

import ctypes
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary, Name
from pypdf import PdfReader, PdfWriter

from app.domain.scorecard_form import DATE, NOTES, OVERALL, FormSpec, evidence_field, score_field, signal_field

raw = pdfium.raw


@dataclass(frozen=True)
class Answers:
    """What somebody fills in."""

    choices: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    ticks: Sequence[str] = ()


def whole(spec: FormSpec, words: str = "Heard about it.", score: int = 3) -> Answers:
    """Every dimension scored with evidence, the first one's first signal ticked, a vote."""
    first = spec.planned[0]
    return Answers(
        {**{score_field(d): str(score) for d in spec.planned}, OVERALL: "hire"},
        {**{evidence_field(d): words for d in spec.planned}, NOTES: "Thorough.", DATE: "13 March 2026"},
        [signal_field(first, signal) for signal in spec.signals[0][:1]],
    )


def with_pypdf(pdf: bytes, answers: Answers) -> bytes:
    """As pypdf fills: values, appearances of its own, states."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    values = {
        **answers.texts,
        **{name: f"/{state}" for name, state in answers.choices.items()},
        **dict.fromkeys(answers.ticks, "/Yes"),
    }
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, values, auto_regenerate=True)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def nodes(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The fields by their names."""
    found: dict[str, Any] = {}

    def walk(node: Any, above: str) -> None:
        name = ".".join(part for part in (above, str(node.T) if "/T" in node else "") if part)
        kids = [k for k in node.get("/Kids", []) if "/T" in k]
        if kids:
            for kid in kids:
                walk(kid, name)
        else:
            found[name] = node

    fields: Any = pdf.Root.AcroForm.Fields
    for node in fields:
        walk(node, "")
    return found


def encoded(text: str, encoding: str) -> pikepdf.String:
    """A text string in one of the encodings PDF knows."""
    marks = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe", "utf-8": b"\xef\xbb\xbf", "pdfdoc": b""}
    return pikepdf.String(marks[encoding] + text.encode(encoding))


def with_values_only(pdf: bytes, answers: Answers, encoding: str = "utf-16-be", *, kids: bool = False) -> bytes:
    """By hand: /V alone, no appearance, no state. With `kids` the states of the places alone, and no /V."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        known = nodes(opened)
        for name, text in answers.texts.items():
            known[name].V = encoded(text, encoding)
        for name, state in answers.choices.items():
            if kids:
                for kid in known[name].Kids:
                    kid.AS = Name(f"/{state}") if f"/{state}" in kid.AP.N else Name.Off
            else:
                known[name].V = Name(f"/{state}")
        for name in answers.ticks:
            if kids:
                known[name].AS = Name.Yes
            else:
                known[name].V = Name.Yes
        opened.save(target)
    return target.getvalue()


def with_wrong_looks(pdf: bytes, answers: Answers) -> bytes:
    """Right values under appearances that say something else."""
    target = BytesIO()
    with pikepdf.open(BytesIO(with_values_only(pdf, answers, "utf-8"))) as opened:
        for name in answers.texts:
            stream = opened.make_stream(b"/Tx BMC BT /Helv 9 Tf 2 2 Td (something else) Tj ET EMC")
            stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, [0, 0, 100, 20]
            nodes(opened)[name].AP = Dictionary(N=stream)
        opened.save(target)
    return target.getvalue()


def with_pdfium(pdf: bytes, answers: Answers) -> bytes:
    """As Chrome's reader does: clicks on boxes, types into fields, saves."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    form = document.formenv.raw
    with pikepdf.open(BytesIO(pdf)) as opened:
        places = _places(opened, answers)
    for number, x, y, text in places:
        page = document[number]
        raw.FORM_OnMouseMove(form, page, 0, x, y)
        raw.FORM_OnLButtonDown(form, page, 0, x, y)
        raw.FORM_OnLButtonUp(form, page, 0, x, y)
        if text is not None:
            letters = (text.replace("\n", "\r") + "\0").encode("utf-16-le")
            buffer = ctypes.create_string_buffer(letters)
            raw.FORM_ReplaceSelection(form, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        raw.FORM_ForceToKillFocus(form)
        page.close()
    target = BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def _places(opened: pikepdf.Pdf, answers: Answers) -> list[tuple[int, float, float, str | None]]:
    """Page, middle of the place, and what to type there."""
    pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
    found: list[tuple[int, float, float, str | None]] = []

    def add(widget: Any, text: str | None) -> None:
        left, low, right, high = (float(n) for n in widget.Rect)
        found.append((pages[widget.P.objgen], (left + right) / 2, (low + high) / 2, text))

    known = nodes(opened)
    for name, text in answers.texts.items():
        add(known[name], text)
    for name, state in answers.choices.items():
        add(next(k for k in known[name].Kids if f"/{state}" in k.AP.N), None)
    for name in answers.ticks:
        add(known[name], None)
    return found


def edited(pdf: bytes, change: Any) -> bytes:
    """The file after `change` was done to it with pikepdf."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a file that a person has pulled about
            opened.save(target)
    return target.getvalue()
