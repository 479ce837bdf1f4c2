"""The files a ladder comes in, each by its suffix: nested values of YAML and JSON, or sheets of everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.exchange.csv_rows import TableError, read_rows
from app.exchange.encodings import guess_words
from app.exchange.located_values import Marked, read_json, read_yaml
from app.exchange.markdown_ladder import read_markdown
from app.exchange.sheet import MAX_COLUMNS, MAX_ROWS, Sheet, Sheets, refusal
from app.exchange.web_page import read_web_page
from app.exchange.word_document import read_word_document
from app.exchange.workbook import read_workbook
from app.words import tr

TREES = (".yaml", ".yml", ".json")
_READERS: dict[str, Callable[[str, bytes], Sheets]] = {
    ".xlsx": read_workbook,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".docx": read_word_document,
}
TABLES = (".csv", ".tsv", *_READERS)
SUFFIXES = (*TREES, *TABLES)


@dataclass(frozen=True)
class Content:
    """A file: its name, and its bytes."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """Its suffix, in small letters."""
        return Path(self.name).suffix.lower()


def tree_in(file: Content) -> Marked:
    """The nested values of a file. Raises LadderError."""
    tree = read_json(file.name, file.content) if file.suffix == ".json" else read_yaml(file.name, file.content)
    if not isinstance(tree.value, (dict, list)):
        raise refusal(file.name, tr("this holds no ladder."), tree.line(()))
    return tree


def sheets_in(file: Content, encoding: str = "") -> Sheets:
    """The tables of a file. Raises LadderError."""
    if file.suffix in _READERS:
        found = _READERS[file.suffix](file.name, file.content)
        if not found.sheets:
            raise refusal(file.name, tr("this file is empty, or holds no table and no text under headings."))
        return found
    try:
        rows, guess = read_rows(file.content, encoding)
    except TableError as wrong:
        raise refusal(file.name, f"{wrong.sentence} {wrong.remedy}") from wrong
    if not rows:
        raise refusal(file.name, tr("this table is empty."), 1)
    if len(rows) > MAX_ROWS or any(len(cells) > MAX_COLUMNS for _, cells in rows):
        raise refusal(file.name, tr("this table is too large for a ladder."))
    remarks = [guess_words(guess)] if guess.guess else []
    return Sheets([Sheet(Path(file.name).stem, rows, strict=True)], remarks=remarks)
