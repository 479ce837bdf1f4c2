"""YAML from anywhere, up to its nodes: bounded before anything is built, no aliases, every fault named by its line.

What values a file may hold is its reader's to say: a pack takes fewer than a ladder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event
from yaml.nodes import Node

from app.domain.value import Way
from app.errors import Refused
from app.words import ntr, tr

CORE = "tag:yaml.org,2002:"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold. `line` counts from 1; 0 stands for the whole file. `field` is a dotted way."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        if not self.line:
            return tr("{file}: {sentence}").format(file=self.file, sentence=self.sentence)
        words = tr("{file}, line {line}, {field}: {sentence}") if self.field else tr("{file}, line {line}: {sentence}")
        return words.format(file=self.file, line=self.line, field=self.field, sentence=self.sentence)


class FileRefused(Refused):
    """A file was not taken in; `problems` holds what was found, in the order of the files and lines."""

    def __init__(self, problems: Iterable[Problem], remedy: str) -> None:
        self.problems = tuple(problems)
        first, more = self.problems[0], len(self.problems) - 1
        rest = f" {ntr('And {n} more problem.', 'And {n} more problems.', more)}" if more else ""
        super().__init__(f"{first}{rest}", remedy)


Refuse = Callable[[list[Problem]], FileRefused]


@dataclass(frozen=True)
class Bounds:
    """How deep and how much, and what is said past it and of an alias."""

    depth: int
    events: int
    no_alias: str
    too_much: str


def decoded(file: str, content: bytes, refuse: Refuse) -> str:
    """UTF-8 text. Raises what `refuse` gives."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise refuse([Problem(file, line, "", tr("this is not UTF-8 text."))]) from wrong


def compose(file: str, text: str, bounds: Bounds, refuse: Refuse) -> Node:
    """The root of a YAML text. Raises what `refuse` gives."""
    try:
        _walk(file, text, bounds, refuse)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        words = tr("this is not YAML: {why}.").format(why=wrong.problem or wrong.context)
        raise refuse([Problem(file, line, "", words)]) from wrong
    except yaml.YAMLError as wrong:
        line = text.count("\n", 0, getattr(wrong, "position", 0)) + 1
        raise refuse([Problem(file, line, "", tr("this holds a character YAML does not allow."))]) from wrong
    if root is None:
        raise refuse([Problem(file, 1, "", tr("this file is empty."))])
    return root


def _walk(file: str, text: str, bounds: Bounds, refuse: Refuse) -> None:
    """Walk the events before anything is built from them."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        sentence = ""
        if isinstance(event, AliasEvent):
            sentence = bounds.no_alias
        elif depth > bounds.depth:
            sentence = tr("this is nested too deeply.")
        elif count > bounds.events:
            sentence = bounds.too_much
        if sentence:
            raise refuse([Problem(file, line_of(event), "", sentence)])


def line_of(of: Node | Event) -> int:
    """The line something begins on, from 1."""
    return of.start_mark.line + 1 if of.start_mark else 1


def nearest_line(lines: Mapping[Way, int], way: Way) -> int:
    """The line of the nearest place to `way` that is written in the file."""
    while way and way not in lines:
        way = way[:-1]
    return lines.get(way, 1)
