"""The worker that reads the words of attached files: `python -m app.exchange.file_words_reader`.

The bytes of a PDF, a DOCX or a plain text in; as JSON its words out, none of a file of another kind.
"""

from __future__ import annotations

import json

import pypdfium2 as pdfium

from app.exchange.located_values import LadderError
from app.exchange.reader_process import DAMAGED, serve
from app.exchange.word_document import words_of_document

_PAGES = 200


def answer(_kind: bytes, _number: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one file."""
    try:
        return b"J", json.dumps({"words": words_in(content)}).encode("ascii")
    except (*DAMAGED, LadderError, pdfium.PdfiumError):
        return b"E", b"damaged"


def words_in(content: bytes) -> str:
    """The words of a file. Raises one of `DAMAGED`, LadderError or PdfiumError where it is broken."""
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return words_of_document("", content)
    return "" if b"\0" in content else content.decode("utf-8")


def _pdf(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        return "\n".join(document[n].get_textpage().get_text_range() for n in range(min(len(document), _PAGES)))
    finally:
        document.close()


if __name__ == "__main__":
    serve(answer)
