"""Several packets bound into one PDF: their pages in a row with their links, and one outline over all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from app.packets.paper.page import Packet


@dataclass(frozen=True)
class Bound:
    """A part of a book: what it is called in the outline, and its packet."""

    title: str
    packet: Packet


def bind(parts: Sequence[Bound], title: str, number: str) -> tuple[bytes, int]:
    """The book as bytes, the same for the same parts, and how many pages it has. Raises ValueError without parts."""
    if not parts:
        raise ValueError("a book of nothing")
    with Pdf.new() as book:
        entries = [_add(book, part) for part in parts]
        with book.open_outline() as outline:
            outline.root.extend(entries)
        with Pdf.open(BytesIO(parts[0].packet.bytes)) as first:
            for key, value in first.docinfo.items():
                book.docinfo[key] = str(value)
        book.docinfo["/Title"] = title
        book.Root.Lang = String("en")
        book.Root.PageMode = Name.UseOutlines
        book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        book.trailer.ID = Array([String(number), String(number)])
        out = BytesIO()
        book.save(out, static_id=True)
        return out.getvalue(), len(book.pages)


def _add(book: Pdf, part: Bound) -> OutlineItem:
    """A packet's pages, and its line of the outline with those of the packet under it."""
    start = len(book.pages)
    entry = OutlineItem(part.title, start)
    with Pdf.open(BytesIO(part.packet.bytes)) as packet:
        book.pages.extend(packet.pages)
        numbers = {page.obj.objgen: at for at, page in enumerate(packet.pages)}
        with packet.open_outline() as outline:
            for item in outline.root:
                place = item.destination
                if isinstance(place, Array) and place[0].objgen in numbers:
                    entry.children.append(OutlineItem(item.title, start + numbers[place[0].objgen]))
    entry.is_closed = True
    return entry
