"""`tenfold`: a command, or the window. The only module that knows both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command where the first word names one, else open the window on the file that is named."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from app import cli  # noqa: PLC0415  (the window starts without the command line's imports)

    if given and (given[0] in cli.COMMANDS or given[0].startswith("-") or not _may_be_a_file(given[0])):
        return _told(cli.main, given)
    from app.desk.main import run  # noqa: PLC0415

    return run(given)


def _may_be_a_file(word: str) -> bool:
    """A word that is neither there nor looks like a path is a mistyped command, which the command line names."""
    return Path(word).exists() or Path(word).suffix != "" or Path(word).name != word


def _told(run: Callable[[Sequence[str]], int], given: Sequence[str]) -> int:
    """A reader that goes away early, such as `head`, has what it wanted."""
    try:
        code = run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
