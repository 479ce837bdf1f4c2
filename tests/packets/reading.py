"""Reading packets back: text by page, links, fonts, and where words lie on the paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import lru_cache
from html import unescape
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination

from app.packets.paper.page import Packet


def read(packet: Packet) -> PdfReader:
    """The packet as pypdf reads it."""
    return PdfReader(BytesIO(packet.bytes))


@lru_cache(maxsize=4)
def text_of(packet: Packet) -> list[str]:
    """The words of each page, lines joined."""
    return [" ".join(page.extract_text().split()) for page in read(packet).pages]


def links_of(packet: Packet) -> list[tuple[int, int]]:
    """Every link: the page it is on and the page it goes to, from 1. Raises where a link goes nowhere."""
    reader = read(packet)
    pages = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    notes: list[tuple[int, Any]] = [
        (number, note.get_object()) for number, page in enumerate(reader.pages, 1) for note in _notes(page)
    ]
    return [(number, pages[note["/Dest"].get_object()[0]]) for number, note in notes if note["/Subtype"] == "/Link"]


def _notes(page: Any) -> list[Any]:
    return list(page.get("/Annots") or [])


def outline_of(packet: Packet) -> list[tuple[str, int, int]]:
    """The outline: title, depth from 0, page from 1."""
    reader = read(packet)
    found: list[tuple[str, int, int]] = []

    def walk(items: list[Any], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                assert isinstance(item, Destination)
                page = reader.get_destination_page_number(item)
                assert page is not None
                found.append((str(item.title), depth, page + 1))

    walk(reader.outline, 0)
    return found


def fonts_of(packet: Packet) -> dict[str, bool]:
    """Fonts named on any page, and whether their outlines are inside."""
    found: dict[str, bool] = {}
    pages: list[Any] = list(read(packet).pages)
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            known = font.get_object()
            inside = "/FontFile2" in known.get("/FontDescriptor", {})
            found[str(known["/BaseFont"])] = inside
    return found


def boxes_of(packet: Packet) -> list[tuple[int, float, float, float, float, str]] | None:
    """Page, left, top, right, bottom and text of every word; None where poppler is not installed."""
    if shutil.which("pdftotext") is None:
        return None
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=packet.bytes, capture_output=True, check=True)
    found = []
    page = 0
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        page += "<page " in line
        word = re.search(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if word:
            left, top, right, bottom = (float(word[n]) for n in range(1, 5))
            found.append((page, left, top, right, bottom, unescape(word[5])))
    return found
