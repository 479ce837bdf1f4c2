"""What is typed after an option, as values; argparse says what could not be read."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.store.files import STANDARD_OUTPUT
from app.words import tr

_NUMBERS = 2**63


def path_of(text: str) -> Path:
    """A file or a folder."""
    if "\0" in text:
        raise argparse.ArgumentTypeError(tr("no name of a file holds a zero byte"))
    return Path(text)


def out_of(text: str) -> Path:
    """Where to write; "-" is standard output, "./-" a file of that name."""
    path = path_of(text)
    return path if text == "-" or path != STANDARD_OUTPUT else path.absolute()


def number_of(text: str) -> int:
    """The number of a row."""
    try:
        number = int(text)
    except ValueError:
        told = tr("“{text}” is no number; “tenfold list FILE …” shows the ids").format(text=text)
        raise argparse.ArgumentTypeError(told) from None
    if not -_NUMBERS < number < _NUMBERS:
        raise argparse.ArgumentTypeError(tr("no number of anything is that large"))
    return number


def rubric_of(text: str) -> int | str:
    """The id of a version, or what a rubric is listed by."""
    return number_of(text) if text.lstrip("-").isdecimal() else text


def day_of(text: str) -> date:
    """A day as in 2026-03-12."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = tr("“{text}” is no day; write it as in 2026-03-12").format(text=text)
        raise argparse.ArgumentTypeError(told) from None
