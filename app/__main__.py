"""`tenfold`: a command, or the window. The only module that knows both."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command where the first word names one or several are given, else open the window on the file named."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from app.cli.main import COMMANDS, main  # noqa: PLC0415  (the window starts without the command line's imports)

    if given and (given[0] in COMMANDS or given[0].startswith("-") or len(given) > 1 or not _may_be_a_file(given[0])):
        return _told(main, given)
    from app.desk.shell.main import run  # noqa: PLC0415

    return run(given)


def _may_be_a_file(word: str) -> bool:
    """A word that is neither there nor looks like a path is a mistyped command, which the command line names."""
    try:
        there = Path(word).exists()
    except (OSError, ValueError):  # a name that can't be one: the command line says so
        there = False
    return there or Path(word).suffix != "" or Path(word).name != word


def _told(run: Callable[[Sequence[str]], int], given: Sequence[str]) -> int:
    """A reader that goes away early, such as `head`, has what it wanted. What can't be written is said by the code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or pipe that has not all letters
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _let_output_go()
        return 0
    except OSError as error:  # what was to be said could not be: a full disk, a terminal that is gone
        _let_output_go()
        with contextlib.suppress(OSError, AttributeError):
            sys.stderr.write(f"{error.strerror}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _let_output_go() -> None:
    """Nothing more is written there, not even what Python still holds when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
