"""The worker that reads strangers' ladders, in a process of its own: `python -m app.exchange.ladder_reader`.

A name and the bytes of a file in; as JSON the values with their lines out, or what is wrong, by line.
"""

from __future__ import annotations

import json
from typing import Any

from app.exchange.ladders import Source, source_of
from app.exchange.located_values import LadderError
from app.exchange.reader_process import DAMAGED, serve


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one ladder; of the content, so many bytes are its name."""
    try:
        found = _told(source_of(content[:size].decode("utf-8"), content[size:]))
    except LadderError as wrong:
        found = {"problems": [[p.file, p.line, p.field, p.sentence] for p in wrong.problems]}
    except DAMAGED:
        return b"E", b"damaged"
    return b"J", json.dumps(found).encode("ascii")


def _told(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "value": source.tree.value,
        "lines": [[list(way), line] for way, line in source.tree.lines.items()],
        "table": source.tree.table,
        "headings": source.headings,
        "guide": source.guide.model_dump_json(by_alias=True) if source.guide is not None else None,
    }


if __name__ == "__main__":
    serve(answer)
