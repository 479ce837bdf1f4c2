"""The rows of a table in CSV: any usual encoding and separator, and the line by which Excel names it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from app.errors import Refused
from app.exchange.encodings import Decoded, Unread, decode, guess_words
from app.words import tr

LARGEST = 20 * 1024 * 1024
SEPARATORS = ",;\t"
_PARTING = SEPARATORS + "|"
_TOLD = re.compile(r"\"?sep=([,;\t|])\"?", re.IGNORECASE)  # the first line that Excel writes
_LOOKED_AT = 15  # lines in which headings may stand


class TableError(Refused):
    """The table can't come in; `problems` names each line that is wrong."""

    def __init__(self, sentence: str, remedy: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(" ".join((sentence, *problems[:10])), remedy)
        self.problems = problems


def read_rows(
    content: bytes, encoding: str = "", likely: Callable[[list[str]], int] = lambda _cells: 0
) -> tuple[list[tuple[int, list[str]]], Decoded]:
    """The lines of any CSV table that hold something, each with the number of the line it starts on; cells whole.

    With them, as what it was read. Where a first line could be parted in several ways, `likely` says of how many cells
    it knows the heading. Raises TableError that names the line.
    """
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    text = decoded(content, encoding)
    return list(_rows(text.text, likely)), text


def decoded(content: bytes, encoding: str = "") -> Decoded:
    """The text of a table. Raises TableError where its encoding would have to be guessed and no guess is good."""
    try:
        return decode(content, encoding)
    except LookupError as error:
        raise TableError(
            tr("There is no encoding “{name}”.").format(name=encoding), tr("Such as utf-8, cp1252, cp1251, shift_jis.")
        ) from error
    except Unread as unread:
        guess = unread.guess
        if encoding or guess is None:
            raise TableError(
                tr("The table is in no encoding Tenfold knows."), tr("Save it as CSV in UTF-8 and import that.")
            ) from unread
        raise TableError(
            tr("The table is not in UTF-8, and what else it is can only be guessed. {guess}").format(
                guess=guess_words(guess)
            ),
            tr("Say in which encoding it is (on the command line with --encoding), or save it as CSV in UTF-8."),
        ) from unread


def _rows(text: str, likely: Callable[[list[str]], int]) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold anything, with the number of the line they start on."""
    if "\x00" in text:
        raise TableError(tr("This is not a table of text."), tr("Save it as CSV and import that."))
    first, _, rest = text.partition("\n")
    told = _TOLD.fullmatch(first.strip())
    shown = rest if told else text
    separator = told[1] if told else _separator(text, likely)
    reader = csv.reader(io.StringIO(shown, newline=""), delimiter=separator, strict=True)
    before = 1 if told else 0
    start = 1 + before
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield start, cells
            start = reader.line_num + 1 + before
    except csv.Error as error:
        raise TableError(
            tr("Line {line} is not a line of a table: {why}.").format(line=reader.line_num + before, why=error),
            tr("Look at its quotes, mend it and import again."),
        ) from error


def _separator(text: str, likely: Callable[[list[str]], int]) -> str:
    """The separator that parts most known headings; else the one that the first line with any holds most of."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_LOOKED_AT]
    outside = ["".join(line.split('"')[::2]) for line in lines]
    known = {s: max((likely([c.strip('" ') for c in line.split(s)]) for line in lines), default=0) for s in _PARTING}
    best = max(known.values())
    if best > 1 and list(known.values()).count(best) == 1:
        return max(known, key=lambda s: known[s])
    first = outside[0] if outside else ""
    return max(SEPARATORS, key=first.count)
