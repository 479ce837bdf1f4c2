"""What a command says: sentences on a line, or JSON; readable on any terminal, whatever the workspace holds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from app.errors import Refused
from app.store.files import STANDARD_OUTPUT
from app.words import tr


def say(chosen: argparse.Namespace, sentence: str, **facts: Any) -> None:
    """What was done: the sentence, or with --json its facts; beside a file on standard output, on standard error."""
    stream = sys.stderr if getattr(chosen, "out", None) == STANDARD_OUTPUT else sys.stdout
    if chosen.json:
        _write(stream, _as_json(facts, None, stream))
    else:
        _write(stream, _one_line(sentence))


def named(out: Path) -> str:
    """Where something was written, in words."""
    return tr("standard output") if out == STANDARD_OUTPUT else str(out)


def say_line(sentence: str) -> None:
    """One line on standard output."""
    _write(sys.stdout, _one_line(sentence))


def say_json(value: object, indent: int | None = None) -> None:
    """Every character arrives; those a terminal would obey are escaped, which only strings can hold."""
    _write(sys.stdout, _as_json(value, indent, sys.stdout))


def _as_json(value: object, indent: int | None, stream: TextIO | None) -> str:
    any_letter = stream is None or (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")
    text = json.dumps(value, ensure_ascii=not any_letter, indent=indent)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def say_refused(refused: Refused, *, as_json: bool) -> None:
    """Why it was not done, and what to do: on standard error, or as JSON where the answer would have been."""
    if as_json:
        say_json({"error": refused.sentence, "remedy": refused.remedy})
        return
    for sentence in filter(None, (refused.sentence, refused.remedy)):
        _write(sys.stderr, _one_line(sentence))


def refusal_of(error: OSError | UnicodeEncodeError) -> Refused:
    """What the system refused, in words."""
    if isinstance(error, UnicodeEncodeError):
        return Refused(
            tr("This system can’t write one of the names with its own letters."),
            tr("Choose a language with UTF-8 (such as LC_ALL=C.UTF-8)."),
        )
    what = tr("{path}: {why}.").format(
        path=error.filename or tr("The system refused"), why=error.strerror or error.errno
    )
    return Refused(what, tr("Check the name, and what you may do there."))


def failure_of(error: BaseException) -> Refused:
    """What nobody foresaw: its kind and where it was, never its message, which may hold what a person wrote."""
    return Refused(
        tr("Tenfold failed in a way nobody foresaw: {kind} in {place}.").format(
            kind=type(error).__name__, place=_place(error.__traceback__)
        ),
        tr("Run “tenfold check” on the file, and report this line: no data is in it."),
    )


def _place(trace: TracebackType | None) -> str:
    """The last line of ours on the way, by file, line and function."""
    root, place = Path(__file__).resolve().parent, "?"
    while trace is not None:
        code, line = trace.tb_frame.f_code, trace.tb_lineno
        file = Path(code.co_filename)
        if file.is_relative_to(root):
            place = f"{file.relative_to(root.parent).as_posix()}:{line} ({code.co_name})"
        trace = trace.tb_next
    return place


def _one_line(sentence: str) -> str:
    """What a terminal shows as it stands: names and paths bring no character that would steer it."""
    return "".join(c if c.isprintable() else " " for c in sentence)


def _write(stream: TextIO | None, line: str) -> None:
    if stream is not None:  # it is None where it was closed before we were started
        stream.write(line + "\n")
