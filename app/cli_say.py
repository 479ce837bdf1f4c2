"""What a command says: sentences on a line, or JSON; readable on any terminal, whatever the workspace holds."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, TextIO

from app.errors import Refused


def say(chosen: argparse.Namespace, sentence: str, **facts: Any) -> None:
    """What was done: the sentence, or with --json its facts."""
    if chosen.json:
        say_json(facts)
    else:
        say_line(sentence)


def say_line(sentence: str) -> None:
    """One line on standard output."""
    _write(sys.stdout, _one_line(sentence))


def say_json(value: object, indent: int | None = None) -> None:
    """Every character arrives; those a terminal would obey are escaped, which only strings can hold."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    _write(sys.stdout, "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text))


def say_refused(refused: Refused, *, as_json: bool) -> None:
    """Why it was not done, and what to do: on standard error, or as JSON where the answer would have been."""
    if as_json:
        say_json({"error": refused.sentence, "remedy": refused.remedy})
        return
    for sentence in filter(None, (refused.sentence, refused.remedy)):
        _write(sys.stderr, _one_line(sentence))


def _one_line(sentence: str) -> str:
    """What a terminal shows as it stands: names and paths bring no character that would steer it."""
    return "".join(c if c.isprintable() else " " for c in sentence)


def _write(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
