"""The paragraphs of a DOCX as lines of text, with little trust: bounded, one part alone, no entities."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib

PART = "word/document.xml"
MAX_UNPACKED = 40_000_000
MAX_PARAGRAPHS = 200_000
_CHUNK = 65_536
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_DAMAGED = (zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, NotImplementedError, RuntimeError, LookupError)
"""What is met in an archive or in XML that is broken; a SyntaxError is XML that is none."""


class NoDocument(Exception):
    """The bytes are no DOCX that is read: damaged, too large once unpacked, or with a document type."""


def document_text(content: bytes) -> str:
    """The words of a DOCX, a line for each paragraph and line break. Raises NoDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = _bounded(archive)
        return _text(xml)
    except _DAMAGED as wrong:
        raise NoDocument from wrong


def _bounded(archive: zipfile.ZipFile) -> bytes:
    """Counted as it is unpacked: what a header claims is not believed."""
    parts, size = [], 0
    with archive.open(PART) as opened:
        while chunk := opened.read(_CHUNK):
            size += len(chunk)
            if size > MAX_UNPACKED:
                raise NoDocument
            parts.append(chunk)
    xml = b"".join(parts)
    if any(mark in xml for mark in _DOCTYPES):
        raise NoDocument
    return xml


def _text(xml: bytes) -> str:
    """Paragraph by paragraph; what was read of each is let go of at once."""
    lines: list[str] = []
    for _, element in ET.iterparse(io.BytesIO(xml), ("end",)):  # noqa: S314  (no document type: no entities)
        if element.tag == f"{_WORDS}p":
            lines.append("".join(_piece(part) for part in element.iter()))
            element.clear()
            if len(lines) > MAX_PARAGRAPHS:
                raise NoDocument
    return "\n".join(lines)


def _piece(part: ET.Element) -> str:
    if part.tag == f"{_WORDS}t":
        return part.text or ""
    if part.tag in (f"{_WORDS}br", f"{_WORDS}cr"):
        return "\n"
    return "\t" if part.tag == f"{_WORDS}tab" else ""
