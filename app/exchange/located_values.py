"""YAML and JSON from anywhere as plain values, each with the line it stands on; bounded, and nothing half read.

Texts are kept as they are written. A number that would not be written the same again is kept as its text.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.domain.value import Way
from app.exchange.yaml_nodes import CORE, Bounds, FileRefused, Problem, compose, decoded, line_of, nearest_line
from app.words import tr

MAX_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_VALUES = 200_000

_PLAIN = {"str", "null", "bool", "int", "float", "timestamp", "merge", "value"}
_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}
_LONGEST_NUMBER = 40
_ALLOWED = "\t\n\r"


class LadderError(FileRefused):
    """A ladder was not taken in; `problems` holds what was found, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(problems, tr("Correct the file and import it again. Nothing was changed."))


@dataclass
class Marked:
    """A file as plain values, and the line each of them stands on. Of a `table` a place is named by its heading.

    `files` names what each part stands in, where that is a sheet or one of several files.
    """

    file: str
    value: Any = None
    lines: dict[Way, int] = field(default_factory=dict)
    table: bool = False
    files: dict[Way, str] = field(default_factory=dict)

    def line(self, way: Way) -> int:
        """The line of the nearest place to `way` that is written in the file."""
        return nearest_line(self.lines, way)

    def problem(self, way: Way, sentence: str) -> Problem:
        """A problem at a place, by its line and its dotted way."""
        names = way[3:] if way[2:3] == ("cells",) else way[2:]
        named = ".".join(short(str(p)) for p in (names if self.table else way))
        return Problem(self._file(way), self.line(way), named, sentence)

    def _file(self, way: Way) -> str:
        while way and way not in self.files:
            way = way[:-1]
        return self.files.get(way, self.file)


def short(text: str) -> str:
    """A text for a sentence: cut where it is long, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def text_of(file: str, content: bytes) -> str:
    """UTF-8 text. Raises LadderError where it is none or too much."""
    if len(content) > MAX_BYTES:
        raise LadderError([Problem(file, 0, "", tr("this file is larger than 4 MB."))])
    return decoded(file, content, LadderError)


def read_yaml(file: str, content: bytes) -> Marked:
    """The YAML: no aliases, no tags, no field twice. Raises LadderError with the line."""
    aliases, too_much = (
        tr("an alias (*) is not taken; write the value out."),
        tr("this file holds too much for a ladder."),
    )
    root = compose(file, text_of(file, content), Bounds(MAX_DEPTH, MAX_VALUES, aliases, too_much), LadderError)
    tree = Marked(file, lines={(): line_of(root)})
    tree.value = _of_node(tree, (), root)
    return tree


def _broken(file: str, line: int, sentence: str) -> LadderError:
    return LadderError([Problem(file, line, "", sentence)])


def _of_node(tree: Marked, way: Way, node: Node) -> Any:
    tree.lines.setdefault(way, line_of(node))
    if isinstance(node, MappingNode) and node.tag == f"{CORE}map":
        return _mapping(tree, way, node)
    if isinstance(node, SequenceNode) and node.tag == f"{CORE}seq":
        return [_of_node(tree, (*way, place), item) for place, item in enumerate(node.value)]
    if isinstance(node, ScalarNode) and node.tag.removeprefix(CORE) in _PLAIN:
        return _scalar(tree, way, node)
    raise LadderError([tree.problem(way, tr("a tag is not taken, and here is “{tag}”.").format(tag=short(node.tag)))])


def _mapping(tree: Marked, way: Way, node: MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in node.value:
        if not isinstance(key, ScalarNode):
            raise _broken(tree.file, line_of(key), tr("a field’s name must be plain text."))
        name = _checked(tree.file, line_of(key), str(key.value))
        if name in found:
            raise _broken(tree.file, line_of(key), tr("the field “{name}” stands here twice.").format(name=short(name)))
        tree.lines[(*way, name)] = line_of(key)
        found[name] = _of_node(tree, (*way, name), item)
    return found


def _scalar(tree: Marked, way: Way, node: ScalarNode) -> Any:
    kind, text = node.tag.removeprefix(CORE), str(node.value)
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    if kind in {"int", "float"}:
        return _number(text)
    return _checked(tree.file, line_of(node), text)


def _number(text: str) -> Any:
    """A number where it is written the same again, else its text: no zero, digit or sign is lost."""
    if len(text) > _LONGEST_NUMBER:
        return text
    for kind in (int, float):
        try:
            if str(kind(text)) == text and text.lower() not in {"nan", "inf", "-inf"}:
                return kind(text)
        except ValueError:
            continue
    return text


def _checked(file: str, line: int, text: str) -> str:
    """Text that can be stored and shown: no control characters but line ends and tabs, no half of a character."""
    if not unfit_line(text):
        return text
    raise _broken(file, line, tr("this holds a control character."))


def unfit_line(text: str) -> bool:
    """Whether a text holds what can be neither stored nor shown."""
    return not text.isprintable() and any(c not in _ALLOWED and _unfit(c) for c in text)


def _unfit(character: str) -> bool:
    return ord(character) < 32 or 0x7F <= ord(character) < 0xA0 or 0xD800 <= ord(character) < 0xE000


def read_json(file: str, content: bytes) -> Marked:
    """The JSON: no field twice. Raises LadderError with the line."""
    text = text_of(file, content)
    if not text.strip():
        raise _broken(file, 1, tr("this file is empty."))
    return _Json(file, text).read()


class _Json:
    """A reader that knows where it is; the strings, numbers and words themselves are read by the library."""

    def __init__(self, file: str, text: str) -> None:
        self._tree = Marked(file)
        self._text, self._at, self._count = text, 0, 0
        self._ends = [place for place, character in enumerate(text) if character == "\n"]
        self._scalars = json.JSONDecoder(parse_float=_number, parse_int=_number, parse_constant=self._no_number)

    def read(self) -> Marked:
        """The whole text."""
        self._tree.value = self._value((), 0)
        if self._peek():
            raise self._wrong(tr("something stands after the end."))
        return self._tree

    def _line(self, at: int | None = None) -> int:
        return bisect.bisect_left(self._ends, self._at if at is None else at) + 1

    def _wrong(self, sentence: str, at: int | None = None) -> LadderError:
        place = min(self._at if at is None else at, max(0, len(self._text) - 1))
        line = self._line(place)
        column = place - (self._ends[line - 2] if line > 1 else -1)
        words = tr("this is not JSON at column {column}: {why}").format(column=column, why=sentence)
        return _broken(self._tree.file, line, words)

    def _no_number(self, _text: str) -> Any:
        raise self._wrong(tr("NaN and Infinity are no numbers."))

    def _peek(self) -> str:
        while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _value(self, way: Way, depth: int) -> Any:
        first = self._peek()
        self._count += 1
        self._tree.lines.setdefault(way, self._line())
        if depth > MAX_DEPTH:
            raise _broken(self._tree.file, self._line(), tr("this is nested too deeply."))
        if self._count > MAX_VALUES:
            raise _broken(self._tree.file, self._line(), tr("this file holds too much for a ladder."))
        if first == "{":
            return self._object(way, depth)
        if first == "[":
            return self._array(way, depth)
        return self._plain()

    def _plain(self) -> Any:
        line = self._line()
        try:
            found, self._at = self._scalars.raw_decode(self._text, self._at)
        except json.JSONDecodeError as wrong:
            raise self._wrong(f"{wrong.msg}.", wrong.pos) from wrong
        return _checked(self._tree.file, line, found) if isinstance(found, str) else found

    def _each(self, end: str, one: Callable[[], None]) -> None:
        """Items up to the end, with commas between them."""
        self._at += 1
        if self._peek() == end:
            self._at += 1
            return
        while True:
            one()
            after = self._peek()
            if after == end:
                self._at += 1
                return
            if after != ",":
                raise self._wrong(tr("a comma or “{end}” is missing.").format(end=end))
            self._at += 1

    def _array(self, way: Way, depth: int) -> list[Any]:
        found: list[Any] = []
        self._each("]", lambda: found.append(self._value((*way, len(found)), depth + 1)))
        return found

    def _object(self, way: Way, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}

        def one() -> None:
            if self._peek() != '"':
                raise self._wrong(tr("a field’s name in quotes is missing."))
            line = self._line()
            name = self._plain()
            if name in found:
                words = tr("the field “{name}” stands here twice.").format(name=short(name))
                raise _broken(self._tree.file, line, words)
            if self._peek() != ":":
                raise self._wrong(tr("a colon is missing."))
            self._at += 1
            self._tree.lines[(*way, name)] = line
            found[name] = self._value((*way, name), depth + 1)

        self._each("}", one)
        return found
