"""A ladder on a web page that was saved: its tables, or its headings with text beneath. Nothing it names is fetched."""

from __future__ import annotations

from html.parser import HTMLParser

from app.exchange.located_values import text_of, unfit_line
from app.exchange.outline import Block, Document, sheets_of
from app.exchange.sheet import MAX_COLUMNS, MAX_ROWS, Sheets, refusal
from app.exchange.spanned_rows import SpannedCell
from app.words import tr

_UNSEEN = {"script", "style", "template", "noscript", "svg", "iframe", "object"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "section", "article", "blockquote", "pre", "dt", "dd", "dl", "body", "main"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def read_web_page(file: str, content: bytes) -> Sheets:
    """The tables of a page, or its outline. Raises LadderError."""
    text = text_of(file, content)
    bad = next((n for n, line in enumerate(text.split("\n"), 1) if unfit_line(line)), 0)
    if bad:
        raise refusal(file, tr("this holds a control character."), bad)
    document = Document(file)
    page = _Page(document)
    page.feed(text)
    page.close()
    page.end()
    return sheets_of(document, {}, {})


class _Page(HTMLParser):
    """Text as it is seen. A table within a cell is text of that cell."""

    def __init__(self, document: Document) -> None:
        super().__init__(convert_charrefs=True)
        self._document = document
        self._unseen = 0
        self._tables = 0
        self._text: list[str] = []
        self._began, self._depth = 1, 0
        self._name = ""
        self._rows: list[tuple[int, list[SpannedCell]]] = []
        self._spans: tuple[int, int] | None = None
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A thing begins."""
        said = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._tables += 1
            if self._tables == 1:
                self._end_text()
                self._rows, self._name = [], ""
        elif self._tables == 1 and tag == "tr":
            self._end_cell()
            self._rows.append((self.getpos()[0], []))
        elif self._tables == 1 and tag in ("td", "th"):
            self._end_cell()
            self._spans = (_number(said.get("colspan", ""), MAX_COLUMNS), _number(said.get("rowspan", ""), MAX_ROWS))
            self._links = []
        elif tag == "br":
            self._text.append("\n")
        else:
            self._begin(tag, said)

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        if tag == "a" and said.get("href", "").strip():
            if self._spans is not None:
                self._links.append(said["href"].strip())
            elif not said["href"].startswith("#"):
                self._text.append(f"<{said['href'].strip()}> ")
        if tag in _HEADINGS or tag in _BLOCKS:
            if self._tables:
                self._text.append("\n")
            else:
                self._end_text()
                self._depth = _HEADINGS.get(tag, 0)
                self._began = self.getpos()[0]

    def handle_endtag(self, tag: str) -> None:
        """A thing ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                self._end_cell()
                self._document.add_table(self._name, self._rows)
                self._rows = []
        elif self._tables == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self._tables == 1 and tag == "caption":
            self._name = _seen(self._text)
            self._text = []
        elif tag in _HEADINGS or tag in _BLOCKS:
            if self._tables:
                self._text.append("\n")
            else:
                self._end_text()
                self._depth = 0

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._unseen:
            if not self._text and not self._tables and not self._depth:
                self._began = self.getpos()[0]
            self._text.append(" ".join(["", *data.split(), ""]) if data.split() else " ")

    def end(self) -> None:
        """The page is over, also where a table was never closed."""
        if self._tables:
            self._end_cell()
            self._document.add_table(self._name, self._rows)
        self._end_text()

    def _end_cell(self) -> None:
        if self._spans is None:
            if self._tables and _seen(self._text):
                self._document.blocks.append(Block(self.getpos()[0], 0, _seen(self._text)))
        else:
            columns, rows = self._spans
            if not self._rows:
                self._rows.append((self.getpos()[0], []))
            self._rows[-1][1].append(SpannedCell(_seen(self._text), columns, rows, tuple(self._links)))
        self._spans, self._text = None, []

    def _end_text(self) -> None:
        if text := _seen(self._text):
            self._document.blocks.append(Block(self._began, self._depth, text))
        self._text = []


def _seen(pieces: list[str]) -> str:
    """The text with its blanks as a reader of pages shows them."""
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return "\n".join(line for line in lines if line)


def _number(written: str, most: int) -> int:
    return min(int(written), most) if written.isascii() and written.isdigit() and len(written) < 7 else 1
