"""Ladders read here, without the process of their own that strangers' files get."""

from __future__ import annotations

from app.exchange.ladder_files import Content
from app.exchange.ladders import Source, source_of_files


def source_of(name: str, content: bytes, encoding: str = "") -> Source:
    """One file's ladder. Raises LadderError."""
    return source_of_files(name, [Content(name, content)], encoding)
