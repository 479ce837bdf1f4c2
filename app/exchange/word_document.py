"""A ladder in a DOCX: its tables, or its headings with text beneath. Read as XML that was counted before.

What was struck out as a tracked change is no text any more; comments, links and footnotes are kept.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from app.exchange.located_values import LadderError, unfit_line
from app.exchange.outline import Block, Document, sheets_of
from app.exchange.packed import DAMAGED, attribute, bounded_archive, part_of_archive, plain_tag, relations
from app.exchange.sheet import MAX_COLUMNS, Sheets, refusal
from app.exchange.spanned_rows import SpannedCell
from app.words import tr

_MAIN = "word/document.xml"
_HEADING = re.compile(r"(?:heading|titre|berschrift|überschrift|encabezado)\s*([1-6])", re.IGNORECASE)
_GONE = {"del", "moveFrom", "instrText", "delText"}


def read_word_document(file: str, content: bytes) -> Sheets:
    """The tables of a document, or its outline. Raises LadderError."""
    try:
        with bounded_archive(file, content) as archive:
            return _Word(file, archive).read()
    except LadderError:
        raise
    except DAMAGED as wrong:
        raise refusal(file, tr("this is no document that can be read: it is damaged or locked.")) from wrong


def words_of_document(file: str, content: bytes) -> str:
    """Every paragraph of a document, as text. Raises LadderError."""
    try:
        with bounded_archive(file, content) as archive:
            root = part_of_archive(archive, _MAIN)
            paragraphs = () if root is None else (e for e in root.iter() if plain_tag(e) == "p")
            return "\n".join(_text(paragraph) for paragraph in paragraphs)
    except DAMAGED as wrong:
        raise refusal(file, tr("this is no document that can be read: it is damaged or locked.")) from wrong


class _Word:
    """One document; a paragraph's number stands for its line."""

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        self._file, self._archive = file, archive
        self._document = Document(file)
        self._relations = relations(archive, _MAIN)
        self._comments = self._texts("comments", "comment")
        self._styles = self._heading_styles()
        self._number = 0

    def read(self) -> Sheets:
        """All of it."""
        root = part_of_archive(self._archive, _MAIN)
        body = next((e for e in root if plain_tag(e) == "body"), None) if root is not None else None
        if body is None:
            raise refusal(self._file, tr("this is no document that can be read: it is damaged or locked."))
        for element in _blocks(body):
            if plain_tag(element) == "tbl":
                self._document.add_table("", self._rows(element))
            else:
                self._paragraph(element)
        notes = [*self._texts("footnotes", "footnote").values(), *self._texts("endnotes", "endnote").values()]
        return sheets_of(self._document, {}, {tr("Footnotes"): notes} if notes else {})

    def _paragraph(self, element: Element) -> None:
        self._number += 1
        cell = self._cell(element)
        text = "\n".join([cell.text, *cell.notes, *(f"<{link}>" for link in cell.links)]).strip()
        style = next((attribute(e, "val") for e in element.iter() if plain_tag(e) == "pStyle"), "")
        if text:
            self._document.blocks.append(Block(self._number, self._styles.get(style, 0), text))

    def _rows(self, table: Element) -> list[tuple[int, list[SpannedCell]]]:
        """The rows of a table; a cell merged downwards says its text in each row."""
        found = []
        above: dict[int, str] = {}
        for row in (e for e in _blocks(table) if plain_tag(e) == "tr"):
            self._number += 1
            cells, column = [], 0
            for element in (e for e in _blocks(row) if plain_tag(e) == "tc"):
                inside = {plain_tag(e): e for p in element if plain_tag(p) == "tcPr" for e in p}
                span = _number(attribute(inside["gridSpan"], "val")) if "gridSpan" in inside else 1
                cell = replace(self._cell(element), columns=span)
                merge = inside.get("vMerge")
                if merge is not None and attribute(merge, "val") != "restart" and not cell.text:
                    cell = replace(cell, text=above.get(column, ""))
                above[column] = cell.text if merge is not None else ""
                cells.append(cell)
                column += span
            found.append((self._number, cells))
        return found

    def _cell(self, element: Element) -> SpannedCell:
        text = _text(element)
        if any(unfit_line(line) for line in text.split("\n")):
            raise refusal(self._file, tr("this holds a control character."))
        links, notes = [], []
        for inner in element.iter():
            if plain_tag(inner) == "hyperlink":
                _, target = self._relations.get(attribute(inner, "id"), ("", ""))
                links += [target] if target else []
            if plain_tag(inner) == "commentReference":
                note = self._comments.get(attribute(inner, "id"), "")
                notes += [note] if note else []
        return SpannedCell(text, links=tuple(links), notes=tuple(notes))

    def _texts(self, kind: str, tag: str) -> Mapping[str, str]:
        """The texts of a part that belongs to the document, such as its comments, by their ids."""
        name = next((target for known, target in self._relations.values() if known == kind), "")
        root = part_of_archive(self._archive, name) if name else None
        entries = [e for e in root.iter() if plain_tag(e) == tag] if root is not None else []
        return {attribute(e, "id"): text for e in entries if (text := _text(e))}

    def _heading_styles(self) -> dict[str, int]:
        """Which styles are headings, and how deep."""
        name = next((target for kind, target in self._relations.values() if kind == "styles"), "")
        root = part_of_archive(self._archive, name) if name else None
        found = {f"Heading{n}": n for n in range(1, 7)}
        for style in root if root is not None else ():
            called = next((attribute(e, "val") for e in style if plain_tag(e) == "name"), "")
            known = _HEADING.search(called)
            if known:
                found[attribute(style, "styleId")] = int(known[1])
        return found


def _blocks(body: Element) -> Iterator[Element]:
    """Paragraphs, tables, rows and cells, also within content controls and insertions."""
    for element in body:
        if plain_tag(element) in ("p", "tbl", "tr", "tc"):
            yield element
        elif plain_tag(element) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(element)


def _text(element: Element) -> str:
    pieces: list[str] = []
    _gather(element, pieces)
    return "\n".join(line.strip() for line in "".join(pieces).split("\n") if line.strip())


def _gather(element: Element, pieces: list[str]) -> None:
    tag = plain_tag(element)
    if tag in _GONE:
        return
    if tag == "t":
        pieces.append(element.text or "")
    elif tag == "tab":
        pieces.append(" ")
    elif tag in ("br", "cr"):
        pieces.append("\n")
    for inner in element:
        _gather(inner, pieces)
    if tag == "p":
        pieces.append("\n")


def _number(written: str) -> int:
    return min(int(written), MAX_COLUMNS) if written.isascii() and written.isdigit() and len(written) < 7 else 1
