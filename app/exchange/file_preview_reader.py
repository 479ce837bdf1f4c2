"""The worker that shows attached files: `python -m app.exchange.file_preview_reader`.

Asked to read, it says as JSON what the file is: pages with their sizes and the words on each, or text. Asked for a
picture, it draws one page. Of a file of another kind it says nothing.
"""

from __future__ import annotations

import io
import json
import struct

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from app.exchange.encodings import Unread, decode
from app.exchange.form_protocol import PICTURE
from app.exchange.located_values import LadderError
from app.exchange.reader_process import DAMAGED, serve
from app.exchange.word_document import words_of_document

_PAGES = 200
_WIDE = 1200  # px of a drawn page
_TALLEST = 6000  # px
_MOST_PIXELS = 80_000_000
_LONGEST = 400_000  # characters of a text that are shown
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_SIZE = struct.Struct(">II")
_BROKEN = (*DAMAGED, LadderError, Unread, pdfium.PdfiumError, UnidentifiedImageError, Image.DecompressionBombError)


def answer(kind: bytes, number: int, content: bytes) -> tuple[bytes, bytes]:
    """Say what a file is, or draw a page of it, from 0."""
    try:
        return (
            (b"B", _drawn(content, number)) if kind == PICTURE else (b"J", json.dumps(_told(content)).encode("ascii"))
        )
    except _BROKEN:
        return b"E", b"damaged"


def _told(content: bytes) -> dict[str, object]:
    if _is_pdf(content):
        document = pdfium.PdfDocument(content)
        try:
            count = min(len(document), _PAGES)
            sizes = [document.get_page_size(n) for n in range(count)]
            words = [document[n].get_textpage().get_text_range() for n in range(count)]
            return {"sizes": sizes, "words": words, "pages": len(document)}
        finally:
            document.close()
    if content.startswith(b"PK\x03\x04"):
        return {"text": words_of_document("", content)[:_LONGEST]}
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            _must_be_small(image)
            return {"sizes": [ImageOps.exif_transpose(image).size], "words": [""], "pages": 1}
    except UnidentifiedImageError:
        if b"\0" in content:
            raise
        return {"text": decode(content).text[:_LONGEST]}


def _drawn(content: bytes, number: int) -> bytes:
    if _is_pdf(content):
        document = pdfium.PdfDocument(content)
        try:
            page = document[number]
            width, height = page.get_size()
            scale = min(_WIDE / max(width, 1), _TALLEST / max(height, 1))
            return _bytes(page.render(scale=scale).to_pil())
        finally:
            document.close()
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        _must_be_small(image)
        turned = ImageOps.exif_transpose(image)
        turned.thumbnail((_WIDE, _TALLEST))
        return _bytes(turned)


def _bytes(image: Image.Image) -> bytes:
    """Rows of red, green, blue; what can be seen through stands on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        image = Image.alpha_composite(ground, seen)
    plain = image.convert("RGB")
    return _SIZE.pack(*plain.size) + plain.tobytes()


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _must_be_small(image: Image.Image) -> None:
    if image.size[0] * image.size[1] > _MOST_PIXELS:
        raise Image.DecompressionBombError


if __name__ == "__main__":
    serve(answer)
