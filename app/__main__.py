"""`tenfold`: a command, or the window. The only module that knows both."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command where the first word names one, else open the window on the file that is named."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from app import cli  # noqa: PLC0415  (the window starts without the command line's imports)

    if given and (given[0] in cli.COMMANDS or given[0].startswith("-")):
        return cli.main(given)
    from app.desk.main import run  # noqa: PLC0415

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
