"""Documents that are archives of XML (XLSX, DOCX): counted before anything reads them, no document type in any part."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree.ElementTree import Element, fromstring

from app.exchange.sheet import LADDER, Size, refusal
from app.words import tr

PACKED_BYTES = LADDER.packed
_CHUNK = 65_536
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What a reader meets in an archive that is broken; a SyntaxError is XML that is none."""


def bounded_archive(file: str, content: bytes, size: Size = LADDER) -> zipfile.ZipFile:
    """The archive, counted as it is unpacked: what a header claims is not believed. Raises LadderError, or DAMAGED."""
    if len(content) > size.packed:
        raise refusal(file, tr("this file is larger than {n} MB.").format(n=size.packed // 1_000_000))
    archive = zipfile.ZipFile(io.BytesIO(content))
    left = size.unpacked
    for part in archive.infolist():
        before = b""
        with archive.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise refusal(
                        file, tr("this workbook unpacks to more than {n} MB.").format(n=size.unpacked // 1_000_000)
                    )
                if any(mark in before + chunk for mark in _DOCTYPES):
                    raise refusal(file, tr("this workbook declares a document type, which none needs."))
                before = chunk[-32:]
    return archive


def part_of_archive(archive: zipfile.ZipFile, name: str) -> Element | None:
    """One part as XML; None where there is none. The archive was counted, and holds no document type."""
    if name not in archive.namelist():
        return None
    return fromstring(archive.read(name))  # noqa: S314  (no document type, so nothing can grow)


def plain_tag(element: Element) -> str:
    """The name of an element or attribute without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its plain name, whatever its namespace; empty where there is none."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def relations(archive: zipfile.ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """What a part refers to, by id: the last word of its kind, and its target: an address, or a part's whole name."""
    folder, _, name = part.rpartition("/")
    root = part_of_archive(archive, f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    found = {}
    for element in root if root is not None else ():
        target = attribute(element, "Target")
        if attribute(element, "TargetMode") != "External":
            target = _whole(folder, target)
        found[attribute(element, "Id")] = (attribute(element, "Type").rpartition("/")[2], target)
    return found


def _whole(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    path = f"{folder}/{target}"
    while (shorter := re.sub(r"[^/]+/\.\./", "", path, count=1)) != path:
        path = shorter
    return path
